# /lop: the classes of the committee, who is sent, and who came back with a certificate.

class-about = Các lớp bồi dưỡng: cử đi học, chứng nhận
class-kind-awareness = lớp bồi dưỡng nhận thức về Đảng
class-kind-new_member = lớp bồi dưỡng đảng viên mới
class-short-awareness = Lớp nhận thức
class-short-new_member = Lớp đảng viên mới
class-name = { $kind }, từ ngày { $first } đến ngày { $last }, tại { $place } (văn bản số { $number })

# The list of a year.
class-list-title = Các lớp bồi dưỡng năm { $year }
class-list-kind = Học { $kind }:
class-list-none = Chưa mở lớp nào.
class-list-line = { $first } – { $last }, { $place } (số { $number }): cử { $sent }, được cấp giấy chứng nhận { $certified }, chưa có kết quả { $open }
class-list-cancelled = { $first } – { $last }, { $place } (số { $number }): đã hủy, lý do: { $reason }
class-ready = Hiện có thể cử đi học { $kind }: { $count } người.
class-ending = Giấy chứng nhận lớp nhận thức về Đảng sắp hết hoặc đã hết giá trị:
class-ending-line = { $candidate } ({ $unit }): có giá trị đến ngày { $on } (còn { $days } ngày)
class-ending-over = { $candidate } ({ $unit }): đã hết giá trị từ ngày { $on } (quá { $days } ngày)
class-look-button = { $kind } { $first }
class-year-button = Năm { $year }
button-class-open = Mở lớp
button-class-again = Cử học lại
button-class-list = Danh sách lớp
button-class-previous = ◀ Trước
button-class-next = Sau ▶

# One class.
class-title = Học { $kind }
class-days = Thời gian: từ ngày { $first } đến ngày { $last }
class-place = Địa điểm: { $place }
class-number = Văn bản số { $number }
class-opened-by = Người mở lớp: đồng chí { $by }
class-cancelled-by = Đã hủy lúc { $at } bởi đồng chí { $by }. Lý do: { $reason }
class-empty = Chưa cử ai đi học lớp này.
class-counts = Đã cử { $sent } người; được cấp giấy chứng nhận { $certified }, chưa có kết quả { $open }.
class-unit = { $unit }:
class-seat = { $candidate }: { $result }
class-person = { $candidate }
class-result-open = chưa có kết quả
class-result-certified = giấy chứng nhận số { $number } ngày { $on }
class-result-withdrawn = đã rút, không tính
class-outcome-certified = được cấp giấy chứng nhận
class-outcome-absent = không dự học
class-outcome-failed = dự học, không đạt
button-class-add = Thêm người
button-class-certify = Ghi giấy chứng nhận
button-class-cancel = Hủy lớp

# Opening one.
class-ask-kind = Mở lớp nào?
class-ask-first = Lớp bắt đầu ngày nào? Đề nghị đồng chí gõ ngày, ví dụ: 10/12.
class-ask-last = Lớp bắt đầu ngày { $first }. Ngày cuối của lớp là ngày nào? Đề nghị đồng chí chọn hoặc gõ ngày, ví dụ: 14/12.
class-ask-place = Lớp tổ chức ở đâu?
class-ask-number = Số, ký hiệu của quyết định mở lớp hoặc công văn triệu tập? Ví dụ: 88-CV/ĐU.
class-day-button = Ngày { $on }
class-open-preview = Xem lại trước khi mở lớp
class-open-kind = Học { $kind }
class-open-alike = ⚠ Đã có một lớp cùng loại bắt đầu đúng ngày này. Đề nghị đồng chí xem lại kẻo mở trùng.
class-open-done = Đã mở { $class }.
class-open-already = Lớp này vừa được đồng chí { $by } mở, nên không mở thêm.
class-day-far = Ngày { $on } quá xa hôm nay. Lớp chỉ bắt đầu trong vòng một năm trước hoặc sau hôm nay; đề nghị đồng chí gõ lại ngày.
class-day-backwards = Ngày cuối không thể trước ngày đầu ({ $first }). Đề nghị đồng chí gõ lại ngày cuối.
class-too-long = Một lớp không dài quá { $limit } ngày. Đề nghị đồng chí gõ lại ngày cuối.
class-place-length = Địa điểm cần từ 2 đến { $limit } ký tự. Đề nghị đồng chí gõ lại.
class-number-wrong = Số văn bản phải có chữ số và không quá { $limit } ký tự, ví dụ: 88-CV/ĐU. Đề nghị đồng chí gõ lại.
button-class-open-now = Mở lớp này
button-class-anew = Sửa

# Sending people.
class-ask-whom = Cử ai đi học { $class }? Đề nghị đồng chí bấm tên (bấm lần nữa để bỏ), hoặc gõ mã, họ tên, tên chi bộ, cách nhau bằng dấu phẩy; rồi chọn “{ button-continue }”.
class-chosen = Đã chọn { $count }/{ $all } người có thể cử.
class-pick = { $candidate } – { $unit }
class-picked = ✓ { $candidate } – { $unit }
class-not-yet = Chưa cử được:
class-not-yet-line = { $candidate } ({ $unit }): { $why }
class-not-yet-more = và { $count } người khác.
class-lacks = { $lacks }
class-first-step = phải qua bước “{ $step }” trước
class-first-lacks = phải qua bước “{ $step }” trước; bước ấy còn thiếu: { $lacks }
class-nobody = Hiện chưa có ai đủ điều kiện cử đi học { $class }.
class-nobody-chosen = Đồng chí chưa chọn ai. Đề nghị chọn ít nhất một người, rồi chọn “{ button-continue }”.
class-several = Có nhiều người ứng với tên này: { $people }. Đề nghị đồng chí gõ mã.
class-not-ready = { $candidate } chưa cử đi học được: { $why }.
class-unknown = Trong những người có thể cử, không có ai và không có chi bộ nào ứng với “{ $typed }”. Đề nghị đồng chí bấm tên, hoặc gõ mã, ví dụ: QC-014.
class-branch-nobody = { $unit } hiện không có ai đủ điều kiện cử đi học lớp này.
class-send-preview = Xem lại trước khi cử đi học
class-send-to = Cử { $count } người đi học { $class }:
class-send-hint = Bước “đi học” sẽ được ghi vào hồ sơ từng người; bí thư chi bộ, đảng viên giúp đỡ và người được cử đều được báo.
class-some-stay = Không cử được nữa: { $people }. Có thể đã có đồng chí khác vừa cử, hoặc hồ sơ vừa thay đổi. Đề nghị đồng chí xem lại.
class-sent = Đã cử { $count } người đi học { $class }.
class-again-none = Chưa có lớp bồi dưỡng nhận thức về Đảng nào sắp mở. Đề nghị đồng chí gõ /lop, chọn “{ button-class-open }” trước, rồi cử học lại.
button-class-all = Chọn tất cả
button-class-none = Bỏ chọn tất cả
button-class-send = Cử đi học

# Noting certificates.
class-settle-title = Kết quả { $class }
class-ask-marks = Ai được cấp giấy chứng nhận? Đề nghị đồng chí bấm vào người KHÔNG được cấp (mỗi lần bấm đổi một mức), hoặc gõ: QC-014 vắng, QC-018 không đạt; rồi chọn “{ button-continue }”.
class-marks-count = Được cấp giấy chứng nhận: { $certified }/{ $all }.
class-mark = { $candidate }: { $result }
class-ask-certified-on = Giấy chứng nhận cấp ngày nào?
class-ask-certificate = Số giấy chứng nhận? Đề nghị đồng chí gõ một số chung (số quyết định cấp), hoặc số của từng người, ví dụ: { $example } 84/2018
class-settle-preview = Xem lại trước khi ghi:
class-settle-hint = Người được cấp: giấy chứng nhận ghi là lưu tại Văn phòng Đảng ủy, thời hạn tính từ ngày cấp. Người không dự học hoặc không đạt: bước “đi học” không tính, có thể cử lại lớp sau.
class-not-sent = Không có ai đang chờ kết quả của lớp này ứng với “{ $typed }”. Đề nghị đồng chí gõ mã ghi trên nút.
class-numbers-left = Còn thiếu số giấy chứng nhận của: { $people }. Đề nghị đồng chí gõ đủ trong một tin, hoặc một số chung.
class-certified-when = Ngày cấp phải từ ngày đầu của lớp ({ $first }) đến hôm nay ({ $today }). Đề nghị đồng chí gõ lại.
class-nothing-marked = Chưa có kết quả của ai để ghi. Đề nghị đồng chí chọn lại, hoặc /huy để dừng.
class-settled = Đã ghi kết quả { $all } người, trong đó { $count } người được cấp giấy chứng nhận.
class-settled-already = Kết quả của lớp này vừa được đồng chí khác ghi, nên không ghi thêm. Đề nghị đồng chí xem lại dưới đây.
class-all-settled = Lớp này không còn ai chờ kết quả.
class-not-over = Lớp này đến ngày { $last } mới kết thúc; kết thúc rồi mới ghi giấy chứng nhận.
button-class-record = Ghi nhận

# Cancelling one.
class-cancel-title = Hủy { $class }
class-ask-reason = Vì lý do gì? Đề nghị đồng chí gõ lý do; lý do sẽ được báo cho các chi bộ. Gõ /huy để thôi, lớp vẫn giữ nguyên.
class-cancel-reason = Lý do: { $reason }
class-cancel-people = { $count } người đã cử sẽ được rút lại và được báo.
class-reason-wrong = Lý do phải viết bằng chữ và không quá { $limit } ký tự. Đề nghị đồng chí gõ lại.
class-cancel-done = Đã hủy lớp; đã rút lại { $count } người.
class-is-cancelled = Lớp này đã hủy.
class-was-held = Lớp này đã có người được cấp giấy chứng nhận nên không hủy được nữa.
button-class-cancel-now = Xác nhận hủy lớp

# To the branches, and to whoever was sent.
class-told-sent = Kính gửi đồng chí { $name }. { $committee } cử những người sau đi học { $class }. Đề nghị đồng chí thông báo và tạo điều kiện để dự học đầy đủ.
class-told-settled = Kính gửi đồng chí { $name }. Kết quả { $class }:
class-told-cancelled = Kính gửi đồng chí { $name }. { $committee } hủy { $class }. Lý do: { $reason }. Những người sau chưa phải đi học và sẽ được cử lại:
class-self-sent = Kính gửi { $whom }. { $committee } cử { $whom } đi học { $class }. Chi tiết xin liên hệ bí thư chi bộ. Trân trọng.
class-self-cancelled = Kính gửi { $whom }. { $committee } hủy { $class }. Lý do: { $reason }. Trân trọng.
class-self-guest = anh/chị { $name }
class-self-comrade = đồng chí { $name }

# Why not.
class-not-allowed = Chỉ cấp ủy viên và Văn phòng Đảng ủy được xem, mở lớp và cử người đi học.
class-not-yours = Lớp này không thuộc phạm vi đồng chí phụ trách.
class-which-year = Đề nghị đồng chí gõ /lop để xem các lớp năm nay, hoặc thêm năm, ví dụ: /lop 2018
