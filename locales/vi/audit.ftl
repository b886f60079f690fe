# /nhatky: what was done, by whom, when, where, before and after.

audit-about = Nhật ký: ai đã làm gì, khi nào
audit-title = Nhật ký – { $unit }
audit-filter-code = Chỉ xem việc của hoặc về: { $about }
audit-filter-day = Chỉ xem ngày { $day }.
audit-filter-days = Chỉ xem từ ngày { $from } đến hết ngày { $to }.
audit-filter-kind = Chỉ xem loại việc: { $kind }.
audit-none = Không có việc nào được ghi trong phạm vi này.

# A row; the parts that follow are put behind it one after the other.
audit-line = { $weekday }, { $at } – { $who } – { $deed }
audit-on = { $line } (qua { $channel })
audit-to = { $line }: { $about }
audit-at = { $line }, { $meeting }
audit-how = { $line } – { $changes }
audit-and = { $told }; { $next }
audit-erased = { $line } – chi tiết đã được xoá theo yêu cầu bảo vệ dữ liệu cá nhân
audit-person = { $name } ({ $code })
audit-administrator = người quản trị hệ thống
audit-platform = hệ thống nhắn tin
audit-notice = thông báo gửi { $at }
audit-changed = { $field }: { $was } → { $became }
audit-set = { $field }: { $became }
audit-ended = { $field }: { $was } → không còn

audit-older = Cũ hơn
audit-newer = Mới hơn
audit-kinds-button = Lọc theo loại việc
audit-all-kinds = Tất cả các việc
audit-unit-button = Nhật ký { $unit }
audit-which-kind = Đồng chí muốn xem loại việc nào?
audit-which-unit = Có nhiều đơn vị phù hợp. Đề nghị đồng chí chọn:

audit-not-allowed = Chỉ cấp ủy viên và Văn phòng Đảng ủy được xem nhật ký.
audit-other-unit = Đồng chí được xem nhật ký của đơn vị mình phụ trách và các đơn vị trực thuộc; đơn vị này không thuộc phạm vi đó.
audit-no-code = Không có ai mang mã { $code }. Đề nghị đồng chí kiểm tra lại mã, ví dụ: /nhatky QC-014 hoặc /nhatky NS-013
audit-unclear = Tôi chưa hiểu “{ $typed }”. Đề nghị đồng chí ghi mã, đơn vị, ngày hoặc tháng, ví dụ: /nhatky QC-014, /nhatky phòng 1 tháng 12, /nhatky hôm qua

# Kinds of deed, as labels of buttons.
audit-kind-reports = Báo cáo
audit-kind-meetings = Sinh hoạt chi bộ
audit-kind-cases = Hồ sơ quần chúng
audit-kind-charges = Phân công, bàn giao
audit-kind-accounts = Tài khoản, cài đặt
audit-kind-notices = Thông báo
audit-kind-readings = Xem thông tin

# Deeds.
audit-act-report-send = gửi báo cáo
audit-act-report-accept = duyệt báo cáo
audit-act-report-return = trả lại báo cáo
audit-act-report-nudge = nhắc báo cáo
audit-act-sheet-roll = điểm danh
audit-act-sheet-vote = ghi kết quả biểu quyết
audit-act-meeting-close = kết thúc kỳ họp
audit-act-meeting-rule = đặt lịch sinh hoạt
audit-act-meeting-move = dời kỳ họp
audit-act-meeting-cancel = huỷ kỳ họp
audit-act-meeting-thematic = thêm buổi sinh hoạt chuyên đề
audit-act-duty-done = báo hoàn thành việc được giao
audit-act-meeting-number = đặt số văn bản
audit-act-case-step = ghi nhận bước phát triển đảng
audit-act-case-paper = ghi nhận giấy tờ
audit-act-mentor-change = thay đổi người theo dõi, giúp đỡ
audit-act-office-handover = bàn giao chức vụ
audit-act-account-invite = cấp mã mời
audit-act-account-bind = gắn tài khoản
audit-act-console-open = mở trò chuyện tại dòng lệnh
audit-act-group-code = lấy mã gắn nhóm
audit-act-group-bind = gắn nhóm trò chuyện
audit-act-group-unbind = mất nhóm trò chuyện
audit-act-settings-language = chọn ngôn ngữ
audit-act-settings-rest = chọn giờ yên tĩnh
audit-act-settings-account = chọn nơi nhận tin
audit-act-notice-send = gửi thông báo
audit-act-person-add = thêm người vào danh sách
audit-act-person-erase = xoá dữ liệu cá nhân theo Luật 91/2025/QH15
audit-act-read-dossier = xem hồ sơ
audit-act-read-person = xem thông tin để giới thiệu
audit-act-read-report = xem báo cáo
audit-act-read-paper = tải văn bản kỳ họp
audit-act-read-file = tải tệp của thông báo
audit-act-read-people = xem danh sách nhân sự
audit-act-read-audit = xem nhật ký

# Circumstances.
audit-field-state = tình trạng
audit-field-paper = giấy tờ
audit-field-kept = nơi lưu
audit-field-step = bước
audit-field-stage = giai đoạn
audit-field-on = ngày thực hiện
audit-field-ratings = đánh giá
audit-field-recommendation = kiến nghị
audit-field-mentor = người giúp đỡ
audit-field-office = chức vụ
audit-field-holder = người giữ chức vụ
audit-field-since = kể từ ngày
audit-field-due = hạn gửi lại
audit-field-starts = bắt đầu
audit-field-rule = ngày họp
audit-field-time = giờ họp
audit-field-day_off = khi trùng ngày nghỉ
audit-field-present = có mặt
audit-field-excused = vắng có lý do
audit-field-unexcused = vắng không có lý do
audit-field-in_favour = tán thành
audit-field-against = không tán thành
audit-field-otherwise = ý kiến khác
audit-field-channel = nơi trò chuyện
audit-field-language = ngôn ngữ
audit-field-quiet = giờ yên tĩnh
audit-field-branches = chi bộ nhận
audit-field-recipients = số người nhận
audit-field-file_bytes = tệp kèm theo
audit-field-document = văn bản
audit-field-number = số
audit-field-blanked = số mục đã xoá

audit-state-submitted = đã gửi
audit-state-returned = trả lại
audit-state-accepted = đã duyệt
audit-state-planned = theo lịch
audit-state-closed = đã kết thúc
audit-state-cancelled = đã huỷ
audit-quiet-usual = theo giờ chung
audit-quiet-none = nhận tin bất cứ lúc nào
