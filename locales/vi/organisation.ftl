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
