# Units founded, renamed, moved, merged, dissolved.
structure-not-allowed = Việc này do cấp ủy và Văn phòng Đảng ủy thực hiện.
structure-ended = Đơn vị này đã kết thúc hoạt động.
structure-name = Tên đơn vị phải có từ 3 đến { $most } ký tự.
structure-name-there = Đã có đơn vị { $unit } cùng cấp ủy.
structure-code = Mã đơn vị gồm chữ cái không dấu, chữ số, dấu gạch nối, bắt đầu bằng chữ cái, không quá 12 ký tự, ví dụ: CB-09.
structure-code-there = Mã này đã có đơn vị dùng.
structure-below-branch = Chi bộ không có đơn vị trực thuộc. Đề nghị chọn đảng ủy, đảng bộ.
structure-circle = Đơn vị này không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.
structure-top = Đây là tổ chức cao nhất, không giải thể được.
structure-has-below = Đơn vị này còn đơn vị trực thuộc. Đề nghị chuyển hoặc giải thể các đơn vị đó trước.
structure-not-empty = Đơn vị này còn { $people } người và { $cases } hồ sơ đang theo dõi. Đề nghị chuyển đi hoặc sáp nhập vào chi bộ khác.
structure-itself = Đề nghị chọn hai chi bộ khác nhau.
structure-branches-alone = Chỉ sáp nhập chi bộ vào chi bộ.
structure-not-closed = Kỳ họp { $starts } chưa chốt. Đề nghị chốt kỳ họp trước.
structure-called-off = chi bộ kết thúc hoạt động
structure-merged-told = Kính gửi đồng chí { $name }. Từ ngày { $since }, { $unit } được sáp nhập vào { $into }: { $people } người, { $cases } hồ sơ đang theo dõi tiếp tục ở { $into }.
