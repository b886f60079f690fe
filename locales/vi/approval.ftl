# /duyet: what waits for the committee.

approve-about = Việc đang chờ Đảng ủy duyệt
approve-not-allowed = Chỉ cấp ủy viên và Văn phòng Đảng ủy mới duyệt được việc của các chi bộ trong phạm vi phụ trách.
approve-title = Việc chờ Đảng ủy duyệt
approve-none = Hiện không có việc nào chờ duyệt.
approve-lists = Danh sách nguồn, theo chi bộ (căn cứ: { $source }):
approve-list = { $unit }: { $count } người ({ $candidates }), chờ từ { $since } ({ $days } ngày)
approve-list-button = Duyệt danh sách: { $unit }
approve-submissions = Chi bộ đã xét, trình kết nạp:
approve-recognitions = Chi bộ đã xét, trình công nhận chính thức:
approve-case = { $candidate } – { $unit }, chờ từ { $since } ({ $days } ngày)
approve-limit = Thời hạn: { $kind } ngày { $on } – { $source }
approve-case-button = Xét { $code }
approve-look-button = Xem { $code }
approve-back-button = Trả lại { $code }
approve-more = Và { $count } mục khác; duyệt bớt các mục trên rồi gõ /duyet để xem tiếp.

# One branch's list.
approve-list-title = Danh sách nguồn chờ duyệt – { $unit }
approve-list-line = { $candidate }: nghị quyết chi bộ số { $number }, ngày { $since }
approve-list-hint = Duyệt hoặc trả lại cả danh sách; hoặc chọn từng người trước (gõ /huy để thôi).
approve-list-empty = Danh sách nguồn của { $unit } không còn ai chờ duyệt. Gõ /duyet để xem việc còn lại.
approve-all-button = Duyệt cả danh sách
approve-some-button = Duyệt { $count } người đã chọn
approve-return-all = Trả lại cả danh sách
approve-return-some = Trả lại { $count } người đã chọn
approve-choose = ○ { $candidate }
approve-chosen = ✓ { $candidate }
approve-asked = { $step } – { $unit } ({ $count } người)
approve-nobody = Câu trả lời này không dùng được cho ai trong danh sách:
approve-lacking = { $candidate }:

# Everything once more, and what became of it.
approve-preview = Xem lại trước khi ghi: { $step } – { $unit } ({ $count } người)
approve-for = Ghi nhận cho: { $candidates }
approve-not-for = Chưa ghi nhận được cho:
approve-hint = Đề nghị đồng chí kiểm tra, rồi chọn ghi nhận (gõ /huy để thôi).
approve-anew-button = Chọn lại
approve-done = Đã ghi nhận: { $step } – { $count } người ({ $candidates }).
approve-gone = { $candidate }: đã được xử lý trước đó – { $step } ngày { $on }, đồng chí { $by } ghi.
approve-again-button = Việc chờ duyệt
approve-told = Kính gửi đồng chí { $name }. Đảng ủy đã duyệt danh sách nguồn của { $unit }, { $count } người: { $candidates }.
approve-returned-told = Kính gửi đồng chí { $name }. Đảng ủy trả lại danh sách nguồn của { $unit }, { $count } người: { $candidates }. Đề nghị chi bộ xem xét lại.
approve-pool-button = Xem nguồn
