# /thongke: the figures of an organisation or a branch.

figures-about = Thống kê công tác phát triển đảng
figures-title = Công tác phát triển đảng – { $unit }
figures-period = Kỳ thống kê từ ngày { $from }; số liệu tính đến ngày { $date }.
figures-members = Đảng viên: { $members }/{ $staff } cán bộ, công chức ({ $share })
figures-admitted = Kết nạp năm { $year }: { $count }
figures-admitted-total = Tổng cộng kết nạp: { $count }, ở { $with }/{ $branches } chi bộ
figures-admitted-sum = Tổng cộng kết nạp: { $count }
figures-target = So với chỉ tiêu kết nạp năm { $year } của { $branches } chi bộ: { $admitted }/{ $target } ({ $share })
figures-new-member-class = Đảng viên được cử học lớp đảng viên mới: { $count }
figures-awareness-class = Quần chúng được cử học lớp nhận thức về Đảng: { $count }
figures-by-branch = Đảng viên trên tổng số cán bộ, công chức của từng chi bộ:
figures-branch = { $unit }: { $members }/{ $staff } ({ $share })
figures-unit-button = { $unit }

figures-which-unit = Có nhiều đơn vị phù hợp. Đề nghị đồng chí chọn:
figures-no-unit = Trong phạm vi đồng chí được xem không có đơn vị nào ứng với “{ $words }”. Đề nghị đồng chí gõ tên hoặc một phần tên đơn vị, ví dụ: /thongke phòng 1
figures-not-allowed = Chỉ bí thư, phó bí thư, cấp ủy viên và Văn phòng Đảng ủy được xem số liệu này.
figures-future = Khoảng thời gian này chưa đến nên chưa có số liệu.

period-backwards = Khoảng thời gian viết ngược: từ { $from } đến { $to }. Đề nghị đồng chí viết năm đầu trước, ví dụ: /thongke { $to }-{ $from }
period-two = Mỗi lần chỉ xem một khoảng thời gian. Đề nghị đồng chí giữ lại một, ví dụ: /thongke 2015-2018
period-unknown = Khoảng thời gian chưa đúng. Đề nghị đồng chí viết như sau: /thongke 2018, /thongke 2015-2018, /thongke quý 3, /thongke 6 tháng
