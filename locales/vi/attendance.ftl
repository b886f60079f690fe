# The answer to a meeting's reminder. What is noted in a group is a short notice that only the one
# who tapped sees.

attendance-coming = Đã ghi nhận đồng chí có mặt tại kỳ sinh hoạt chi bộ lúc { $at }. Nếu có thay đổi, đồng chí có thể trả lời lại trước giờ họp.
attendance-coming-noted = Đã ghi nhận đồng chí có mặt.
attendance-excused = Đã ghi nhận đồng chí vắng có lý do tại kỳ sinh hoạt chi bộ lúc { $at }. Nếu có thay đổi, đồng chí có thể trả lời lại trước giờ họp.
attendance-excused-noted = Đã ghi nhận đồng chí vắng có lý do. Đề nghị đồng chí báo lý do với bí thư chi bộ.
attendance-ask-reason = Đề nghị đồng chí nhắn lý do vắng, hoặc chọn “{ button-skip }”.
attendance-no-reason = Đã ghi nhận. Đồng chí có thể báo lý do trực tiếp với bí thư chi bộ.
attendance-reason-length = Lý do dài tối đa { $limit } ký tự. Đề nghị đồng chí viết ngắn hơn và gửi lại.
attendance-not-member = Kỳ sinh hoạt này chỉ ghi nhận câu trả lời của đảng viên thuộc chi bộ.
attendance-too-late = Kỳ sinh hoạt đã bắt đầu nên không ghi nhận câu trả lời được nữa. Đề nghị đồng chí báo trực tiếp với bí thư chi bộ.
# Whoever gives a reason, and has said since that they come.
attendance-comes = Đồng chí đã báo có mặt tại kỳ họp { $when }, nên lý do vắng vừa nhắn chưa được ghi nhận. Nếu đồng chí vắng mặt, đề nghị chọn lại.
# Whoever answers for the time before.
attendance-moved = Kỳ sinh hoạt này đã chuyển sang { $when } nên câu trả lời vừa rồi chưa được ghi. Đề nghị đồng chí trả lời cho thời gian mới.
