# Lập tổ chức, nhân sự.

init-usual-name = Đảng bộ
init-there = Cơ sở dữ liệu này đã có tổ chức: { $unit }. Đề nghị dùng cơ sở dữ liệu mới.
init-name = Tên tổ chức đảng phải có từ 3 đến { $most } ký tự, ví dụ: Đảng bộ Công ty A.
init-officer-name = Chưa đọc được họ tên cán bộ Văn phòng. Đề nghị ghi đủ họ, tên đệm và tên, ví dụ: Lê Thị Hồng Nhung.
init-officer-there = Văn phòng Đảng ủy đã có cán bộ phụ trách ({ $code }).

# Nhập danh sách.

import-not-allowed = Chỉ Văn phòng Đảng ủy và cấp ủy mới nhập được danh sách.
import-nowhere = Chưa có tổ chức nào. Đề nghị lập tổ chức trước (diudat init).
import-mistakes = Danh sách còn { $many } chỗ sai. Đề nghị sửa rồi nhập lại; chưa có gì thay đổi.
import-nothing = Danh sách không có gì mới so với dữ liệu đang có.
import-changed-since = Dữ liệu đã thay đổi kể từ lúc xem trước. Đề nghị xem lại rồi nhập; chưa có gì thay đổi.
deed-in-nobodys-name = Không có người mang mã này, hoặc người đó đã thôi công tác.
import-unknown = Không có lần nhập số { $import }.
import-undone = Lần nhập số { $import } đã được rút lại trước đó.
import-used-since = Lần nhập số { $import } không rút lại được nữa: đã có việc làm tiếp trên dữ liệu đó. Chưa có gì thay đổi.

# The first page of all, on a database without an organisation.
setup-title = Bắt đầu tổ chức đảng
setup-text = Cơ sở dữ liệu chưa có tổ chức nào. Đề nghị nhập mã hiện trên màn hình của máy chủ khi khởi động chương trình và điền các thông tin dưới đây. Chi bộ, đảng viên, quần chúng được đưa vào sau, bằng các danh sách đang dùng.
setup-code = Mã trên màn hình máy chủ
setup-name = Tên tổ chức đảng
setup-officer = Họ và tên cán bộ Văn phòng Đảng ủy đầu tiên
setup-place = Địa danh ghi trên văn bản
setup-term = Ngày đầu nhiệm kỳ
setup-zone = Múi giờ
setup-language = Ngôn ngữ
setup-begin = Bắt đầu
setup-wrong-code = Mã chưa đúng. Mã gồm tám ký tự, hiện trên màn hình của máy chủ khi khởi động chương trình.
setup-too-many = Đã thử quá nhiều lần. Đề nghị thử lại sau ít phút.
setup-zone-wrong = Chưa đọc được múi giờ. Ví dụ: Asia/Ho_Chi_Minh.
setup-term-wrong = Chưa đọc được ngày đầu nhiệm kỳ. Đề nghị ghi theo dạng năm-tháng-ngày, ví dụ: 2025-06-20.
setup-begun = Đã bắt đầu. Mã mời dưới đây dành cho cán bộ Văn phòng, dùng được một lần, trên trang này hoặc trong ứng dụng nhắn tin.
setup-officer-code = Mã số của cán bộ Văn phòng: { $code }
setup-enter = Vào ngay trên trình duyệt này
setup-next = Bước tiếp theo: vào mục Nhân sự (/nhansu), chọn “Đưa danh sách vào” để đưa chi bộ và nhân sự từ danh sách đang dùng.
