# Setting when a branch meets, changing one meeting, and who comes.

# Buttons, at most 24 characters. `.word` as in buttons.ftl.
button-set-rule = Đặt lịch định kỳ
button-change-one = Đổi, hủy một kỳ
button-thematic = Thêm chuyên đề
    .word = CĐ
button-roll = Ai có mặt, ai vắng
    .word = DS
button-leave = Thôi, giữ như cũ
button-day-of-month = Một ngày trong tháng
button-weekday = Một thứ trong tuần
button-anyway = Vẫn họp ngày này
button-another-day = Chọn ngày khác
button-edit-rule = Ngày họp
button-edit-time = Giờ họp
button-edit-place = Địa điểm
button-edit-policy = Khi trùng ngày nghỉ
button-edit-topic = Chủ đề
button-edit-when = Ngày, giờ
button-edit-reason = Lý do

# Setting the rule.
schedule-ask-rule = { $unit } sinh hoạt định kỳ vào ngày nào? (Hiện nay: { $rule }, lúc { $time }, tại { $place }.)
schedule-ask-rule-words = Đề nghị đồng chí gõ, có thể kèm giờ, ví dụ: “ngày 3 hằng tháng 14h”, “thứ Hai đầu tiên”, “thứ Năm cuối cùng 8h30”, “ngày làm việc đầu tiên”; hoặc chọn một mục dưới đây.
schedule-ask-day = Ngày nào hằng tháng? Tháng không có ngày ấy thì lấy ngày cuối tháng.
schedule-day = Ngày { $day }
schedule-ask-weekday = Thứ mấy?
schedule-ask-which = Lần thứ mấy trong tháng?
schedule-ask-time = Họp lúc mấy giờ? (Hiện nay: { $time }.) Đề nghị đồng chí chọn, hoặc gõ giờ, ví dụ: 14h, 8h30.
schedule-time = { $time }
schedule-ask-place = Họp ở đâu? (Hiện nay: { $place }.) Đề nghị đồng chí gõ địa điểm, hoặc chọn “{ schedule-same }”.
schedule-same = Giữ nguyên
schedule-ask-policy = Khi ngày họp trùng ngày nghỉ thì thế nào?
schedule-policy-next = Chuyển sang ngày làm việc sau
schedule-policy-previous = Chuyển lên ngày làm việc trước
schedule-policy-keep = Vẫn họp ngày ấy

# What will come of it. The dates follow as items.
schedule-preview = Lịch sinh hoạt mới của { $unit }
schedule-preview-habit = Định kỳ { $rule }, lúc { $time }, tại { $place }. Khi trùng ngày nghỉ: { $policy }.
schedule-preview-now = Hiện nay: { $rule }, lúc { $time }, tại { $place }. Khi trùng ngày nghỉ: { $policy }.
schedule-preview-follow = Kỳ họp đã định sẽ chuyển theo lịch mới: { $count }. Ai đã được nhắc sẽ được báo lại.
# Of each of these: $before and $when are the sentence meeting-time, $why is schedule-changed or
# schedule-place-changed.
schedule-preview-moves = Kỳ { $month }: { $before } → { $when }
schedule-preview-kept = Kỳ { $month }: vẫn lúc { $at } ({ $why })
# Why a meeting is on its day, at the end of a line.
schedule-stays = giữ ngày đã định vì ngày theo lịch mới đã qua
schedule-kept = giữ ngày đã đổi riêng ({ $why })
schedule-clash = Chưa đặt được lịch này: kỳ họp đã định lúc { $at } sẽ rơi sau kỳ họp của tháng kế tiếp. Đề nghị đồng chí đổi ngày kỳ họp ấy trước (/lichhop), hoặc chọn lịch khác.
schedule-saved = Đã đặt lịch sinh hoạt của { $unit }: { $rule }, lúc { $time }. Gõ /lichhop để xem các kỳ tới.
schedule-unchanged = Lịch này giống lịch đang dùng nên không có gì thay đổi.
schedule-void = Nội dung đã ghi cho thời gian cũ không còn giá trị: { $what }; đến kỳ họp đề nghị ghi lại. Kết luận, kiến nghị và việc đã giao vẫn giữ.
# Of the old time: what is or will be void.
schedule-preview-void = Nội dung đã ghi cho thời gian cũ sẽ không còn giá trị: { $what }. Kết luận, kiến nghị và việc đã giao vẫn giữ.
void-roll = điểm danh
void-votes = kết quả biểu quyết
void-chair = người chủ trì
void-taker = người ghi biên bản
void-score = điểm tự chấm
schedule-informed = Số nơi nhận tin báo thay đổi (đồng chí, nhóm): { $count }.

# What cannot be a rule.
rule-wrong-day = Không có ngày { $day }: một tháng có ngày 1 đến ngày 31. Đề nghị đồng chí chọn lại.
rule-wrong-fifth = Không phải tháng nào cũng có lần thứ năm. Đề nghị đồng chí chọn “{ $rule }”, hoặc lần thứ nhất đến thứ tư.
rule-wrong-fields = Biểu thức lịch cần 6 phần: giây, phút, giờ, ngày, tháng, thứ; biểu thức này có { $count } phần. Ví dụ: cron 0 0 14 1-7 * Mon.
rule-wrong-syntax = Không đọc được biểu thức lịch này. Ví dụ đúng: cron 0 0 14 1-7 * Mon (thứ Hai đầu tiên, 14:00).
rule-wrong-weekday = Trong biểu thức lịch, thứ được viết bằng chữ: Mon, Tue, Wed, Thu, Fri, Sat, Sun. Ví dụ: cron 0 0 14 1-7 * Mon.
rule-wrong-end = Biểu thức lịch này có năm kết thúc. Lịch sinh hoạt phải dùng được mãi; đề nghị đồng chí bỏ phần năm.
rule-wrong-often = Biểu thức lịch phải cho đúng một ngày mỗi tháng; riêng { $month } có { $count } ngày. Đề nghị đồng chí sửa lại.

# Changing one meeting, or adding one.
schedule-choose = Đề nghị đồng chí chọn kỳ họp cần đổi hoặc hủy:
schedule-move-regular = Đổi kỳ { $date }
schedule-move-thematic = Đổi chuyên đề { $date }
schedule-cancel-regular = Hủy kỳ { $date }
schedule-cancel-thematic = Hủy chuyên đề { $date }
schedule-none-ahead = Chi bộ chưa có kỳ họp nào sắp tới để đổi hoặc hủy. Gõ /lichhop để xem lịch.
schedule-ask-when = Kỳ họp đang định lúc { $when }. Chuyển sang ngày, giờ nào? Đề nghị đồng chí gõ, ví dụ: 10/12, 10/12 15h, thứ Sáu 9h30; chỉ gõ giờ nếu vẫn họp ngày ấy. Nếu chỉ đổi địa điểm, chọn “{ schedule-same }”.
schedule-ask-when-new = Họp ngày, giờ nào? Đề nghị đồng chí gõ, ví dụ: 20/12 15h, thứ Sáu tuần sau 9h30. Không gõ giờ thì lấy { $time } như thường lệ.
schedule-ask-topic = Chủ đề của buổi sinh hoạt chuyên đề là gì? (Gõ /huy để thôi.)
schedule-ask-reason = Vì lý do gì? Lý do sẽ được báo cho các đồng chí đã được nhắc (không quá { $limit } ký tự).
schedule-day-off = Ngày { $date } là { $off }. Đồng chí vẫn chọn họp ngày này?
schedule-edit = Đồng chí muốn sửa mục nào?
schedule-preview-move = { $unit } chuyển { $what } từ { $before } sang { $when }.
schedule-preview-cancel = { $unit } không tổ chức { $what } đã định lúc { $when }.
schedule-preview-add = { $unit } tổ chức sinh hoạt chuyên đề “{ $topic }” lúc { $when }.
schedule-preview-reason = Lý do: { $reason }
schedule-moved-done = Đã chuyển { $what } sang { $when }.
schedule-cancelled-done = Đã hủy { $what } lúc { $when }.
schedule-added-done = Đã thêm sinh hoạt chuyên đề “{ $topic }” lúc { $when }. Đảng viên sẽ được nhắc như kỳ họp định kỳ.
schedule-left = Đã thôi. Lịch họp vẫn như cũ.

# Why not.
schedule-not-leader = Chỉ bí thư hoặc phó bí thư của chi bộ mới đặt, đổi lịch họp và xem danh sách trả lời. Đề nghị đồng chí trao đổi với bí thư chi bộ.
schedule-no-such-time = Không có giờ { $time }. Giờ từ 0 đến 23, phút từ 0 đến 59, ví dụ: 14h, 8h30.
schedule-past = Thời điểm { $at } đã qua. Đề nghị đồng chí chọn thời điểm sau lúc này.
schedule-same-time = Kỳ họp đang định đúng lúc { $at }. Đề nghị đồng chí gõ ngày, giờ khác; nếu chỉ đổi địa điểm, chọn “{ schedule-same }”.
schedule-out-of-range = Không chuyển được sang { $at }: kỳ họp này phải nằm giữa kỳ trước và kỳ sau, từ { $from } đến { $to }. Đề nghị đồng chí chọn ngày khác.
schedule-too-far = Buổi sinh hoạt chuyên đề chỉ đặt trước đến { $to }. Đề nghị đồng chí chọn ngày gần hơn.
schedule-taken = Chi bộ đã có một kỳ họp khác lúc { $at }. Đề nghị đồng chí chọn ngày hoặc giờ khác.
schedule-nothing-new = Ngày, giờ và địa điểm đều như cũ nên chưa có gì thay đổi.
schedule-text-length = Nội dung không được để trống và không dài quá { $limit } ký tự. Đề nghị đồng chí viết lại.
schedule-overtaken = Kỳ họp này vừa được người khác đổi, nay là { $when }. Đề nghị đồng chí xem lại ở /lichhop.
schedule-rule-overtaken = Lịch sinh hoạt của { $unit } vừa được người khác đặt lại, nay là: { $rule }, lúc { $time }, tại { $place }; khi trùng ngày nghỉ: { $policy }. Lịch đồng chí vừa xác nhận chưa được ghi. Đề nghị đồng chí xem lại ở /lichhop.
schedule-was-cancelled = Kỳ họp lúc { $at } đã hủy. Gõ /lichhop để xem các kỳ khác.
schedule-is-over = Kỳ họp lúc { $at } đã bắt đầu nên không đổi được nữa.

# Why a meeting is on its day, at the end of a line of /lichhop.
schedule-thematic = sinh hoạt chuyên đề “{ $topic }”
schedule-changed = chuyển từ { $was }: { $reason }
schedule-place-changed = đổi địa điểm: { $reason }

# Which meeting, inside a sentence.
meeting-regular = kỳ sinh hoạt chi bộ { $month }
meeting-thematic = buổi sinh hoạt chuyên đề “{ $topic }”

# To those who had been told. $when and $before are the sentence meeting-time.
change-moved-person = Kính gửi đồng chí { $name }. { $unit } chuyển { $what } từ { $before } sang { $when }. Lý do: { $why }.
change-moved-group = Kính gửi các đồng chí đảng viên { $unit }. Chi bộ chuyển { $what } từ { $before } sang { $when }. Lý do: { $why }. Đề nghị các đồng chí cho biết có mặt hay vắng có lý do. Trân trọng.
change-answer = Đề nghị đồng chí cho biết có mặt hay vắng có lý do. Trân trọng.
change-report-due = Hạn gửi báo cáo theo dõi, giúp đỡ phục vụ kỳ họp này: { $due }.
change-cancelled-person = Kính gửi đồng chí { $name }. { $unit } không tổ chức { $what } đã định lúc { $when }. Lý do: { $why }. Trân trọng.
change-cancelled-group = Kính gửi các đồng chí đảng viên { $unit }. Chi bộ không tổ chức { $what } đã định lúc { $when }. Lý do: { $why }. Trân trọng.
change-report-next = Đồng chí sẽ được đề nghị báo cáo theo dõi, giúp đỡ cho kỳ họp kế tiếp.
# Instead of a reason.
change-by-rule = chi bộ đặt lịch sinh hoạt định kỳ mới

# Reminders of thematic meetings.
reminder-thematic-person = Kính gửi đồng chí { $name }. { $unit } sinh hoạt chuyên đề “{ $topic }” lúc { $when }. Đề nghị đồng chí cho biết có mặt hay vắng có lý do. Trân trọng.
reminder-thematic-group = Kính gửi các đồng chí đảng viên { $unit }. Chi bộ sinh hoạt chuyên đề “{ $topic }” lúc { $when }. Đề nghị các đồng chí cho biết có mặt hay vắng có lý do. Trân trọng.
# To the secretary, once in the last month of a quarter.
reminder-quarter = Kính gửi đồng chí { $name }. Quý { $quarter }/{ $year } { $unit } chưa có buổi sinh hoạt chuyên đề nào, trong khi mỗi quý cần ít nhất một buổi (Hướng dẫn 42-HD/BTCTW ngày 28/10/2025). Đề nghị đồng chí cho lịch. Trân trọng.

# Who comes. $names are joined with commas.
roll-title = Trả lời dự họp – { $unit }, { $at }
roll-members = Tổng số đảng viên: { $count }
roll-coming = Có mặt ({ $count }): { $names }
roll-excused = Vắng có lý do ({ $count }):
roll-excused-line = { $name }: { $reason }
roll-excused-bare = { $name } (chưa nêu lý do)
roll-seen = Đã xem, chưa trả lời ({ $count }): { $names }
roll-open = Chưa trả lời ({ $count }): { $names }
roll-lost = Không nhận được tin nhắn, đề nghị báo trực tiếp ({ $count }): { $names }

# Answers.
attendance-excused-why = Đã ghi nhận đồng chí vắng có lý do tại kỳ sinh hoạt chi bộ lúc { $at }, lý do: { $reason }. Nếu có thay đổi, đồng chí có thể trả lời lại trước giờ họp.
attendance-none-ahead = Chi bộ của đồng chí chưa có kỳ họp nào sắp tới. Gõ /lichhop để xem lịch.
attendance-cancelled = Kỳ sinh hoạt này đã hủy nên không cần trả lời nữa. Gõ /lichhop để xem các kỳ tới.
# To the secretary.
attendance-in-row = Kính gửi đồng chí { $name }. Đồng chí { $member } báo vắng có lý do { $count } kỳ sinh hoạt liên tiếp của { $unit }, gần nhất là kỳ họp lúc { $at }. Đề nghị đồng chí tìm hiểu, có biện pháp giúp đỡ. Trân trọng.
