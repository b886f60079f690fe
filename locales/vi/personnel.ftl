# Keeping people true: what is done, said, and refused.
personnel-not-allowed = Việc này do Văn phòng Đảng ủy và cấp ủy thực hiện. Đề nghị đồng chí liên hệ Văn phòng Đảng ủy.
personnel-nobody = Không tìm thấy người này trong danh sách.
personnel-there = Người này đã có trong danh sách với mã { $code }. Nếu là người khác trùng họ tên, đề nghị ghi cả ngày sinh.
personnel-same = Dữ liệu đang ghi đúng như vậy, không có gì thay đổi.
personnel-left = Người này hiện không sinh hoạt ở chi bộ nào. Đề nghị ghi nhận trở lại trước.
personnel-here = Người này đang sinh hoạt ở chi bộ. Nếu chuyển chi bộ, đề nghị chọn chuyển.
personnel-on-road = Người này đang được theo dõi ({ $code }). Chuyển chi bộ, thôi theo dõi, từ trần được ghi bằng bước trong hồ sơ: /hoso { $code }
personnel-moves-ahead = Người này đã có quyết định chuyển đi từ một ngày tới. Đề nghị chờ đến ngày đó.
personnel-not-official = Bí thư, phó bí thư phải là đảng viên chính thức.
personnel-no-office = Người này không giữ chức vụ đó.
personnel-no-such-office = Đơn vị này không có chức vụ đó.
personnel-no-unit = Không có đơn vị này.
personnel-far = Ngày không được sau ngày { $latest }.
personnel-ahead = Ngày này chưa tới (hôm nay là { $today }).
personnel-after = Ngày phải sau ngày { $since }, là ngày bắt đầu của việc đang ghi.
personnel-rename = Đổi họ tên của { $who } thành { $to }; tên cũ vẫn tra cứu được
personnel-born = Sửa ngày sinh của { $who } thành { $born }
personnel-move = { $who } chuyển đến { $unit } từ ngày { $since }
personnel-leave =
    { $to ->
        [""] { $who } thôi sinh hoạt từ ngày { $since }: { $how }
       *[other] { $who } thôi sinh hoạt từ ngày { $since }: { $how }, nơi đến: { $to }
    }
personnel-return = { $who } trở lại sinh hoạt ở { $unit } từ ngày { $since }
personnel-become = { $who } là { $status } từ ngày { $since }
personnel-appoint = { $who } giữ chức vụ { $office } của { $unit } từ ngày { $since }
personnel-release = { $who } thôi giữ chức vụ { $office } của { $unit } từ ngày { $since }
personnel-ends-office = Kết thúc chức vụ: { $office }, { $unit }.
personnel-ends-guidance = Thôi giúp đỡ: { $codes }. Chi bộ cần phân công người khác: /phancong
personnel-instead = Đồng chí { $name } thôi giữ chức vụ này.
personnel-waiting = Đang dở: { $drafts } báo cáo nháp, { $duties } việc được giao.
personnel-told = Kính gửi đồng chí { $name }. { $what }.
departure-within = chuyển đi trong đảng bộ
departure-outside = chuyển đi đảng bộ khác
departure-died = từ trần
departure-expelled = khai trừ
departure-struck_off = xóa tên
departure-withdrew = xin ra khỏi Đảng

# /nhansu: what is shown and asked.
personnel-about = Thêm, sửa thông tin, chuyển chi bộ, thôi sinh hoạt, chức vụ
personnel-title = Nhân sự
personnel-ask-who = Đề nghị đồng chí gõ họ tên hoặc mã của người cần xem, sửa, ví dụ: NS-012. Thêm người mới bằng nút dưới đây.
personnel-button-add = Thêm người
personnel-several = Có nhiều người trùng tên. Đề nghị đồng chí chọn một người.
personnel-unknown = Không tìm thấy "{ $typed }" trong danh sách. Đề nghị đồng chí gõ mã hoặc họ tên đầy đủ.
personnel-elsewhere = Họ tên không gõ ở đây. Đề nghị đồng chí làm việc này trên trang trò chuyện của đơn vị.
personnel-somebody = { $who } ({ $code })
personnel-placed = Sinh hoạt ở { $unit } từ ngày { $since }.
personnel-unplaced = Hiện không sinh hoạt ở chi bộ nào.
personnel-stands = Là { $status } từ ngày { $since }.
personnel-holds = { $office } { $unit } từ ngày { $since }.
personnel-has-road = Đang được theo dõi trên lộ trình: /hoso { $code }
personnel-button-move = Chuyển chi bộ
personnel-button-leave = Thôi sinh hoạt
personnel-button-return = Trở lại sinh hoạt
personnel-button-rename = Sửa họ tên
personnel-button-born = Sửa ngày sinh
personnel-button-appoint = Giao chức vụ
personnel-button-become = Sửa tư cách đảng viên
personnel-button-release = Thôi: { $office } { $unit }
personnel-about-add = Thêm người vào danh sách
personnel-about-rename = Sửa họ tên của { $who }
personnel-about-born = Sửa ngày sinh của { $who }
personnel-about-move = Chuyển chi bộ: { $who }
personnel-about-leave = Thôi sinh hoạt: { $who }
personnel-about-return = Trở lại sinh hoạt: { $who }
personnel-about-become = Tư cách đảng viên của { $who }
personnel-about-appoint = Giao chức vụ cho { $who }
personnel-about-release = Thôi giữ chức vụ: { $who }
personnel-ask-unit = Ở đơn vị nào? Đề nghị đồng chí chọn, hoặc gõ tên đơn vị.
personnel-ask-status = Tư cách nào? Đề nghị đồng chí chọn.
personnel-ask-how = Thôi sinh hoạt vì lý do nào? Đề nghị đồng chí chọn.
personnel-ask-office = Chức vụ nào? Đề nghị đồng chí chọn.
personnel-ask-day = Từ ngày nào? Đề nghị đồng chí chọn, hoặc gõ ngày, ví dụ: 1/12.
personnel-add =
    { $born ->
        [0] Thêm { $name } vào { $unit } từ ngày { $since }: { $status }
       *[other] Thêm { $name }, sinh ngày { $born }, vào { $unit } từ ngày { $since }: { $status }
    }
personnel-done = Đã ghi nhận: { $what }.
personnel-added = Đã thêm vào danh sách với mã { $code }. Cấp mã vào trò chuyện: diudat invite { $code }
