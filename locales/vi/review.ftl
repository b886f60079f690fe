# What a secretary or deputy says of a report.

review-title = Báo cáo của đồng chí { $mentor } về { $candidate } – kỳ họp chi bộ { $month }
review-accepted-mark = Báo cáo này đã được duyệt.
review-returned-mark = Báo cáo này đã được trả lại, đang chờ đồng chí ấy gửi lại.

review-accepted = Đã duyệt báo cáo của đồng chí { $mentor } về { $candidate }, kỳ họp chi bộ { $month }.
review-accepted-told = Kính gửi đồng chí { $name }. Báo cáo của đồng chí về { $candidate }, kỳ họp chi bộ { $month }, đã được chi bộ duyệt. Trân trọng cảm ơn đồng chí.

# Returning: why, and until when.
review-ask-reason = Đề nghị đồng chí nêu lý do trả lại báo cáo về { $candidate } (gõ nội dung cần bổ sung, hoặc /huy để thôi):
review-reason-length = Lý do trả lại không được để trống và không dài quá { $limit } ký tự. Đề nghị đồng chí viết lại.
review-ask-until = Hạn gửi lại (chi bộ họp lúc { $start })? Đề nghị đồng chí chọn, hoặc gõ ngày, giờ, ví dụ: mai 8h, chiều nay, thứ 6, 3/12.
review-until = { $due }
review-until-range = Hạn gửi lại { $due } phải sau thời điểm này và không muộn hơn giờ họp { $start }. Đề nghị đồng chí chọn lại.
review-meeting-over = Kỳ họp của báo cáo này đã bắt đầu nên không trả lại được nữa.
review-returned = Đã trả lại báo cáo về { $candidate }, kỳ họp chi bộ { $month }. Đồng chí { $mentor } được đề nghị gửi lại trước { $due }.
review-returned-told = Kính gửi đồng chí { $name }. Báo cáo của đồng chí về { $candidate }, kỳ họp chi bộ { $month }, cần bổ sung: “{ $reason }”. Đề nghị đồng chí sửa và gửi lại trước { $due }. Trân trọng.

# Why not.
review-not-leader = Chỉ bí thư hoặc phó bí thư của chi bộ mới duyệt, trả lại được báo cáo này.
review-own = Đồng chí không tự duyệt báo cáo của mình. Đề nghị đồng chí phó bí thư hoặc bí thư duyệt.
review-gone = Báo cáo này không còn chờ duyệt. Gõ /viec để xem việc cần làm.
review-was-accepted = Báo cáo này đã được đồng chí { $by } duyệt.
review-was-returned = Báo cáo này đã được đồng chí { $by } trả lại, đang chờ gửi lại.
review-mentor-gone = Đồng chí { $mentor } không còn theo dõi, giúp đỡ { $candidate } nên không trả lại báo cáo này được. Đồng chí vẫn có thể duyệt báo cáo.

# The months before.
review-earlier-title = Các báo cáo trước về { $candidate }
review-earlier-line = { $month }, đồng chí { $mentor }: { $ratings }; kiến nghị: { $recommendation }
review-earlier-none = Chưa có báo cáo nào ở các kỳ trước.
review-no-such-time = Không có giờ { $time }. Đề nghị đồng chí gõ lại hạn, ví dụ: 30/11 8h, mai 17h.
