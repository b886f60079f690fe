# /nhac: the proof of a meeting's reminders, reminding by hand, and the ladder.

nudge-about = Đôn đốc: ai đã được nhắc, ai chưa báo cáo
nudge-overview = Đôn đốc báo cáo – các chi bộ
nudge-unit-button = Đôn đốc { $unit }
nudge-title = Đôn đốc – { $unit }, kỳ họp { $month }

# Of the reports, and of the mentors reminded of them; a line for each follows.
nudge-reports = Báo cáo: đã nhận { $received }/{ $all } (hạn { $due }).
nudge-mentors =
    { $all ->
        [0] Nhắc báo cáo: kỳ này không có đồng chí nào phải báo cáo.
       *[other] Nhắc báo cáo { $all } đồng chí: { $counts }.
    }
nudge-meeting = Kỳ sinh hoạt chi bộ lúc { $at }.
nudge-members =
    { $all ->
        [0] Chưa nhắc họp đồng chí nào.
       *[other] Nhắc họp { $all } nơi nhận: { $counts }.
    }
# Those above who were told what is owed.
nudge-above = Đã báo { $all } đồng chí có trách nhiệm đôn đốc: { $counts }.
nudge-line = Đồng chí { $name }: { $state }
nudge-line-group = Nhóm của chi bộ: { $state }

# What became of a reminder.
proof-done = đã gửi đủ báo cáo
proof-acknowledged = đã phản hồi { $at }
proof-sent = đã gửi tin { $at }, chưa phản hồi
proof-waiting = chờ gửi lúc { $at }
proof-not-yet = chưa đến đợt nhắc
proof-unsent = không gửi, vì đã quá giờ hoặc không còn cần
proof-instead = không liên lạc được; đã báo đồng chí { $person } thay { $at }
proof-unreachable = không liên lạc được; đề nghị nhắc trực tiếp
proof-unreachable-told = không liên lạc được; đã báo đồng chí { $person }

# How many came to what, in a list.
proof-count-unreachable = { $count } không liên lạc được
proof-count-unsent = { $count } không gửi
proof-count-instead = { $count } báo người khác thay
proof-count-waiting = { $count } chờ gửi
proof-count-sent = { $count } đã gửi tin, chưa phản hồi
proof-count-acknowledged = { $count } đã phản hồi
proof-count-done = { $count } đã gửi đủ báo cáo

# Reminding by hand; a line for each mentor.
nudge-owing-button = Nhắc đồng chí chưa báo cáo
    .word = NHẮC
nudge-sent = Đồng chí { $name }: đã nhắc
nudge-held = Đồng chí { $name }: đang trong giờ yên tĩnh, tin sẽ gửi lúc { $at }
nudge-was-today = Đồng chí { $name }: hôm nay đã nhắc lúc { $at }; mỗi ngày chỉ nhắc một lần
nudge-unreachable = Đồng chí { $name }: không liên lạc được; đề nghị nhắc trực tiếp
nudge-none-owed = Các báo cáo của kỳ họp này đã gửi đủ, không còn đồng chí nào phải nhắc.

# To the mentor; an item for each report still to be sent follows.
nudge-request = Kính gửi đồng chí { $name }. Đồng chí { $by } đề nghị đồng chí gửi báo cáo phục vụ kỳ họp chi bộ { $month }, trước { $due }, về:
nudge-request-overdue = Kính gửi đồng chí { $name }. Đồng chí { $by } đề nghị đồng chí gửi ngay báo cáo phục vụ kỳ họp chi bộ { $month } (đã quá hạn { $due }) về:

# Why not.
nudge-not-allowed = Chỉ bí thư, phó bí thư của chi bộ, cấp ủy viên và Văn phòng Đảng ủy mới xem và đôn đốc được việc này.
nudge-no-unit = Trong phạm vi đồng chí theo dõi không có chi bộ nào là “{ $words }”. Gõ /nhac để xem các chi bộ.
nudge-no-meeting = { $unit } chưa có kỳ họp nào để đôn đốc.
nudge-meeting-over = Kỳ họp của các báo cáo này đã bắt đầu nên không nhắc được nữa.
nudge-own = Chỉ còn báo cáo của chính đồng chí chưa gửi. Gõ /baocao để gửi.

# The ladder: to those above the mentors; an item for each report not sent follows.
ladder-owed = Kính gửi đồng chí { $name }. { $unit } còn các báo cáo phục vụ kỳ họp { $month } đã quá hạn ({ $due }) mà chưa gửi; đề nghị đồng chí quan tâm, đôn đốc:
ladder-owed-after = Kính gửi đồng chí { $name }. Kỳ họp { $month } của { $unit } đã diễn ra mà các báo cáo dưới đây (hạn { $due }) chưa gửi; đề nghị đồng chí nắm và chỉ đạo:

# In a dry run: it falls due at $due.
plan-snoozed = nhắc lại theo đề nghị; lần trước lúc { $due }
plan-held = đến hạn { $due }, trong giờ yên tĩnh nên gửi khi hết giờ

# To the secretary: quiet hours would end only after the meeting began.
reminder-too-late = Kính gửi đồng chí { $name }. Tin nhắc của { $unit } không gửi kịp đến các đồng chí: { $people }, vì giờ yên tĩnh chỉ hết khi kỳ họp đã bắt đầu. Đề nghị đồng chí thông báo trực tiếp. Trân trọng.

# Those whom the program reminded a short while ago.
nudge-lately = Lúc { $at } hôm nay hệ thống vừa tự nhắc báo cáo: { $people }. Đồng chí vẫn muốn nhắc thêm một lần nữa?
nudge-anyway-button = Vẫn nhắc
