# /gioithieu: introducing somebody.

introduce-about = Giới thiệu quần chúng ưu tú
introduce-not-allowed = Chỉ đầu mối đoàn thể, bí thư và phó bí thư chi bộ mới giới thiệu quần chúng ưu tú.
introduce-nobody = Trong phạm vi đồng chí phụ trách, mọi quần chúng trong danh sách đều đã có hồ sơ theo dõi. Người mới thì đề nghị người quản trị thêm vào danh sách trước.
introduce-gone = Người này vừa được giới thiệu, hoặc không còn trong phạm vi đồng chí phụ trách. Gõ /gioithieu để chọn lại.
introduce-title = Giới thiệu quần chúng ưu tú
introduce-who = Đồng chí giới thiệu ai? Chọn một người, hoặc gõ họ tên hay mã (gõ /huy để thôi).
introduce-person = { $person }
introduce-unknown = Không có quần chúng nào chưa có hồ sơ tên hoặc mã “{ $typed }” trong phạm vi đồng chí phụ trách. Gõ /gioithieu để xem danh sách.
introduce-many = Có nhiều người trùng tên: { $people }. Đề nghị đồng chí gõ mã.
introduce-when = Ngày giới thiệu? Chọn, hoặc gõ ngày, ví dụ: 5/11/2018.
introduce-not-then = Chưa ghi được ngày này: { $lack }. Đề nghị đồng chí gõ ngày khác.
introduce-preview = Xem lại trước khi ghi: giới thiệu quần chúng ưu tú
introduce-unit = { $unit }
introduce-hint = Ghi nhận thì hồ sơ có mã riêng và chi bộ được báo (gõ /huy để thôi).
introduce-done = Đã ghi nhận giới thiệu { $candidate } với { $unit }.
introduce-told = Kính gửi đồng chí { $name }. Đồng chí { $by } giới thiệu quần chúng ưu tú { $candidate }. Đề nghị chi bộ xem xét, phân công đảng viên theo dõi, giúp đỡ. Trân trọng.
