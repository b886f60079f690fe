# The eve of a meeting, and the committee's monthly digest.

reminder-summary = Kính gửi đồng chí { $name }. Xin gửi đồng chí tổng hợp báo cáo và chương trình dự kiến của kỳ họp { $unit } lúc { $when }:
summary-reports = Báo cáo theo dõi, giúp đỡ – đã nhận { $received }/{ $all }:
summary-report = { $candidate } – đồng chí { $mentor }: { $ratings }; kiến nghị: { $recommendation }
summary-owed = { $candidate } – đồng chí { $mentor }: chưa gửi báo cáo
summary-attendance = Trả lời lời mời họp: có mặt { $coming }, vắng có lý do { $excused }, chưa trả lời { $silent }.
summary-excused = Vắng: { $person } (“{ $reason }”)
summary-excused-bare = Vắng: { $person }
summary-agenda = Chương trình dự kiến:
summary-agenda-line = { $n }. { $item }

agenda-opening = Khai mạc, nêu lý do
agenda-taker = Cử người ghi biên bản
agenda-roll = Điểm danh
agenda-dues = Thu, nộp đảng phí
agenda-programme = Thông qua chương trình
agenda-report = Báo cáo kết quả tháng trước, nhiệm vụ tháng này
agenda-development = Công tác phát triển đảng
agenda-discussion = Thảo luận
agenda-conclusion = Kết luận
agenda-duties = Phân công nhiệm vụ
agenda-vote = Biểu quyết
agenda-score = Tự chấm điểm chất lượng sinh hoạt
agenda-minutes = Thông qua biên bản

# To the committee and its office.
digest-reason = tổng hợp { $month }
digest-greeting = Kính gửi đồng chí { $name }. Tổng hợp tình hình sinh hoạt chi bộ { $month } của { $unit }, tính đến { $now }:
digest-met = Đã họp ({ $count }/{ $all } chi bộ):
digest-not-met = Chưa họp ({ $count }/{ $all } chi bộ):
digest-branch-met = { $unit } – họp lúc { $at }; báo cáo đã nhận { $received } (muộn { $late }), còn thiếu { $owed }
digest-branch-ahead = { $unit } – dự kiến họp lúc { $at }; báo cáo đã nhận { $received } (muộn { $late }), còn thiếu { $owed }
digest-branch-open = { $unit } – theo lịch đã họp lúc { $at } nhưng chưa kết thúc phiếu họp; báo cáo đã nhận { $received } (muộn { $late }), còn thiếu { $owed }
digest-no-meeting = { $unit } – không có kỳ họp trong tháng
digest-overdue =
    { $count ->
        [0] Không có nhiệm vụ quá hạn.
       *[other] Nhiệm vụ quá hạn ({ $count }):
    }
digest-duty = { $unit } – { $person }: { $what } (hạn { $due })
