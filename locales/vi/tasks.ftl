# /viec: what I owe, and who owes me.

tasks-about = Việc cần làm của đồng chí
tasks-title = Việc cần làm
tasks-none = Hiện đồng chí không có việc nào cần làm.
tasks-report = Gửi báo cáo về { $candidate } – hạn { $due }
tasks-answer = Trả lời có mặt hay vắng tại kỳ sinh hoạt chi bộ lúc { $at }

# To who leads a branch; the lines of who owes (owing-line) follow.
tasks-owed-to-me = { $unit } – các báo cáo chưa gửi về chi bộ (hạn { $due }):

# To the committee, a line for each branch; $all counts the reports due for the next meeting.
tasks-branch =
    { $all ->
        [0] { $unit }: họp ngày { $date }, không có báo cáo phải gửi
       *[other] { $unit }: họp ngày { $date }, đã nhận { $received }/{ $all } báo cáo
    }
# A report the branch's secretary has not judged yet, and its button.
tasks-review = Chờ duyệt: đồng chí { $mentor } – { $candidate }
tasks-review-button = Xem { $candidate }
# A report that came back, and its button.
tasks-returned = Sửa và gửi lại báo cáo về { $candidate } – hạn { $due }
tasks-mend-button = Sửa { $candidate }
# To the committee: the deadline of some of a branch's reports has passed.
tasks-overdue = { $unit }: { $count } báo cáo quá hạn (hạn { $due })
# What a meeting gave the reader to do.
tasks-duty = { $what } – hạn { $due }
tasks-duty-overdue = { $what } – quá hạn { $due }
# A meeting that has begun and whose sheet is not closed.
tasks-sheet = { $unit }: kỳ họp lúc { $at } chưa kết thúc phiếu họp
tasks-sheet-button = Phiếu họp { $at }

# The next steps of candidates, and the source lists.
tasks-lists = Danh sách nguồn chờ Đảng ủy duyệt: { $count } người của { $branches } chi bộ
tasks-lists-button = Việc chờ duyệt
tasks-step = { $step }: { $candidate } đủ điều kiện
tasks-step-lacking = { $step }: { $candidate } còn thiếu điều kiện
tasks-step-late = { $line } ({ $kind }: { $on }, đã quá { $days } ngày)
tasks-step-by = { $line } ({ $kind }: { $on })
tasks-step-button = Ghi bước của { $candidate }
tasks-more-steps = Và { $count } hồ sơ khác đủ điều kiện cho bước tiếp theo
tasks-pool-button = Xem nguồn
