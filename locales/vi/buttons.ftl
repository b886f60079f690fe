# Labels of buttons, at most 24 characters. `.word` is what is typed instead, with the code of the
# reminder, on a channel without buttons: “CM 47”.

button-back = Quay lại
button-save-draft = Lưu nháp
button-send-report = Gửi báo cáo
button-edit = Sửa
button-confirm = Xác nhận
button-skip = Bỏ qua
button-skip-text = Bỏ qua nhận xét
button-as-last-month = Như tháng trước
button-continue = Tiếp tục
button-edit-text = Ưu điểm, hạn chế
button-edit-recommendation = Kiến nghị

# Under reminders.
button-report = Báo cáo tháng này
    .word = BC
button-report-again = Như tháng trước
    .word = NHƯ
button-coming = Có mặt
    .word = CM
button-excused = Vắng có lý do
    .word = VẮNG
button-snooze = Nhắc tôi sau
    .word = SAU
button-accept = Duyệt
    .word = DUYỆT
button-return = Trả lại
    .word = TRẢ LẠI
button-mend-report = Sửa báo cáo
    .word = SỬA

# Under a report that is judged.
button-earlier = Các báo cáo trước
button-back-to-report = Quay lại báo cáo

# Under the notice of a new office.
button-tasks = Việc cần làm
    .word = VIỆC
