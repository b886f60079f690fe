# What the program says unasked when something falls due. $when is the sentence meeting-time.

reminder-meeting-person = Kính gửi đồng chí { $name }. { $unit } sinh hoạt lúc { $when }. Đề nghị đồng chí cho biết có mặt hay vắng có lý do. Trân trọng.
reminder-meeting-group = Kính gửi các đồng chí đảng viên { $unit }. Chi bộ sinh hoạt lúc { $when }. Đề nghị các đồng chí cho biết có mặt hay vắng có lý do. Trân trọng.

# To a mentor; an item for each report still to be sent follows.
reminder-prompt = Kính gửi đồng chí { $name }. Đề nghị đồng chí báo cáo kết quả theo dõi, giúp đỡ quần chúng, đảng viên dự bị được phân công, phục vụ kỳ họp chi bộ { $month }, trước { $due }, để chi bộ tổng hợp:
reminder-prompt-again = Kính gửi đồng chí { $name }. Chi bộ chưa nhận được báo cáo của đồng chí phục vụ kỳ họp { $month }. Đề nghị đồng chí gửi trước { $due } báo cáo về:
reminder-prompt-last = Kính gửi đồng chí { $name }. Sắp hết hạn báo cáo phục vụ kỳ họp chi bộ { $month } (trước { $due }). Chi bộ còn chờ báo cáo của đồng chí về:
reminder-prompt-item = { $candidate }

# Ends a message whose list stands before.
reminder-regards = Trân trọng.

# To the secretary at the deadline; an item for each report not sent follows.
reminder-owing = Kính gửi đồng chí { $name }. Đã hết hạn báo cáo phục vụ kỳ họp { $month } của { $unit }, còn các báo cáo dưới đây chưa gửi; đề nghị đồng chí đôn đốc:
owing-line = Đồng chí { $mentor } – { $candidate }
# The mentor has no account the program can reach.
owing-line-unreachable = Đồng chí { $mentor } – { $candidate } (không nhận được tin nhắn; đề nghị nhắc trực tiếp)

# Above a reminder that waited while the service was down.
reminder-late = Tin này được gửi muộn do hệ thống bị gián đoạn, mong được thông cảm.

# To the secretary: $count rounds of reminders came too late to be of use.
reminder-dropped = Kính gửi đồng chí { $name }. Do hệ thống bị gián đoạn, { $count } đợt nhắc của { $unit } không gửi kịp và đã hủy, nên có thể có đồng chí chưa được nhắc. Đề nghị đồng chí thông báo trực tiếp. Trân trọng.
