# Somebody who comes from another organisation with their file.

arrive-button = Tiếp nhận hồ sơ từ nơi khác
arrive-not-allowed = Chỉ cấp ủy viên và Văn phòng Đảng ủy mới tiếp nhận người chuyển đến kèm hồ sơ.
arrive-elsewhere = Ở kênh này tôi không nhận họ tên, ngày sinh của người mới, để giữ kín thông tin. Đề nghị đồng chí mở trang trò chuyện của đơn vị, gõ /hoso rồi chọn “{ arrive-button }”.
arrive-gone = Chi bộ này không còn trong phạm vi đồng chí phụ trách. Gõ /hoso để chọn lại.
arrive-listed = { $name } sinh cùng ngày đã có trong danh sách, mã { $code }, { $unit }; không ghi thêm. Nếu người ấy đã có hồ sơ ở đây rồi chuyển đi, đề nghị mở hồ sơ cũ bằng /hoso; nếu chưa có hồ sơ, chi bộ giới thiệu bằng /gioithieu.
arrive-listed-left = { $name } sinh cùng ngày đã có trong danh sách, mã { $code }, hiện không thuộc chi bộ nào; không ghi thêm. Nếu người ấy đã chuyển đi nay trở về, đề nghị mở hồ sơ cũ bằng /hoso, bấm “{ step-received }” rồi chọn chi bộ, kể cả chi bộ cũ.
arrive-title = Tiếp nhận người chuyển đến kèm hồ sơ
arrive-title-of = Tiếp nhận hồ sơ từ nơi khác – { $name }
arrive-at = Người này đang ở bước nào? Chọn một mục (gõ /huy để thôi).
arrive-at-source = Trong nguồn
arrive-at-certified = Đã có giấy chứng nhận lớp nhận thức
arrive-at-probationary = Đảng viên dự bị

# What the file says.
arrive-sourced-on = Được duyệt đưa vào nguồn ở nơi cũ ngày nào? Gõ đủ ngày, tháng, năm, ví dụ: 5/11/2018 (gõ /huy để thôi).
arrive-sourced-number = Số, ký hiệu văn bản đưa vào nguồn? Ví dụ: 05-NQ/CB (chỉ số hiệu, không ghi nội dung).
arrive-certified-on = Ngày cấp giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng? Giá trị của giấy được tính từ ngày này.
arrive-certified-number = Số giấy chứng nhận? Ví dụ: 12/2018.
arrive-decided-on = Ngày ra quyết định kết nạp đảng viên? Gõ đủ ngày, tháng, năm, ví dụ: 5/11/2018 (gõ /huy để thôi).
arrive-decided-number = Số, ký hiệu quyết định kết nạp? Ví dụ: 03-QĐ/ĐU.
arrive-admitted-on = Ngày tổ chức lễ kết nạp? Thời gian dự bị được tính từ ngày này.
arrive-class-on = Đã học lớp bồi dưỡng đảng viên mới thì gõ ngày cấp giấy chứng nhận; chưa học thì chọn “{ arrive-not-yet-button }”.
arrive-class-number = Số giấy chứng nhận lớp đảng viên mới? Ví dụ: 40/2018.
arrive-not-yet-button = Chưa học
arrive-received-on = Ngày nhận được hồ sơ và giấy giới thiệu ở đây? Chọn, hoặc gõ ngày.
arrive-received-number = Số, ký hiệu giấy giới thiệu hoặc công văn chuyển đến? Ví dụ: 45-CV/ĐU.
arrive-day-wrong = Chưa đọc được ngày. Đề nghị đồng chí gõ đủ ngày, tháng, năm, ví dụ: 5/11/2018.
arrive-day-ahead = Ngày { $on } chưa đến. Đề nghị đồng chí gõ lại ngày đã ghi trong hồ sơ.
arrive-day-before = Ngày { $on } sớm hơn bước trước đó ({ $step }, { $last }). Đề nghị đồng chí gõ lại; nếu bước trước đó ghi sai, gõ /huy rồi làm lại.
arrive-day-too-young = Ngày { $on } không hợp lý với ngày sinh { $born }. Đề nghị đồng chí gõ lại.
arrive-number-wrong = Chưa đọc được số, ký hiệu văn bản: phải có chữ số và không quá 40 ký tự, ví dụ: 05-NQ/CB. Đề nghị đồng chí gõ lại.

arrive-preview = Xem lại trước khi ghi: tiếp nhận hồ sơ từ nơi khác
arrive-hint = Việc tiếp nhận đã ghi không gỡ lại được. Đề nghị đồng chí đối chiếu với hồ sơ, rồi chọn ghi nhận (gõ /huy để thôi).
arrive-anew-button = Khai lại nội dung hồ sơ
arrive-done = Đã tiếp nhận { $candidate } về { $unit }. Việc đã qua ở nơi khác được ghi vào hồ sơ, không tính vào số liệu của đơn vị.
arrive-done-papers = Đề nghị mở hồ sơ, ghi các giấy tờ đã nhận và nơi lưu.
arrive-told = Kính gửi đồng chí { $name }. Đảng ủy đã tiếp nhận { $candidate } chuyển đến { $unit } kèm hồ sơ. Đề nghị chi bộ phân công đảng viên theo dõi, giúp đỡ. Trân trọng.
arrive-mentors-button = Phân công người giúp đỡ

# On the page.
arrive-step = Tiếp nhận hồ sơ từ nơi khác
told-elsewhere = ở nơi khác
told-elsewhere-number = văn bản số { $number }
back-arrived = Không gỡ được việc tiếp nhận { $candidate } từ nơi khác: người này và các bước trước đó được ghi cùng với việc tiếp nhận. Nếu người ấy không về đơn vị, chi bộ ghi “{ step-transferred }”; nếu ghi sai, đề nghị báo người quản trị.
