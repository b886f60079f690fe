# /thongbao: what the committee lets its branches know, and who has read it.

notice-about = Thông báo đến các chi bộ
notice-text = { $text }

# The last ones.
notice-list-title = Thông báo đã gửi
notice-list-line = { $at }, đồng chí { $sender } gửi { $units } chi bộ: đã đọc { $read }/{ $recipients }
notice-list-look = Xem { $at }
notice-list-draft = Đồng chí có một bản nháp chưa gửi, sửa lần cuối { $at }.

# Writing one.
notice-ask-text = Đề nghị đồng chí gõ nội dung thông báo (không quá { $limit } ký tự), hoặc /huy để dừng.
notice-text-now = Nội dung hiện nay:
notice-text-length = Nội dung thông báo không được để trống và không dài quá { $limit } ký tự; tin vừa rồi dài { $length } ký tự. Đề nghị đồng chí viết lại.
notice-ask-units = Gửi thông báo đến chi bộ nào? Đề nghị đồng chí chọn một hay nhiều chi bộ (chọn lần nữa để bỏ), rồi chọn “{ button-continue }”.
notice-units-chosen = Đã chọn { $count }/{ $all } chi bộ.
notice-unit = { $unit }
notice-unit-picked = ✓ { $unit }
notice-units-all = tất cả { $count } chi bộ
notice-units-many = { $count } chi bộ
notice-preview-title = Xem lại thông báo
# $units: how many branches; those that are named follow as items.
notice-preview-to = Gửi đến { $count } đảng viên của { $units }.
notice-preview-reminder = Sau { $days } ngày làm việc, đồng chí nào chưa xác nhận đã đọc được nhắc lại một lần.
notice-unreachable-count = Có { $count } đồng chí không nhận được tin nhắn (chưa xác nhận tài khoản hoặc đã chặn trợ lý); đề nghị thông báo trực tiếp.
notice-sent = Đã gửi thông báo đến { $count } đảng viên của { $units }.
notice-discarded = Đã hủy bản nháp thông báo.

# The file that goes with one.
notice-file-size = { $kib } KB
notice-file = Tệp đính kèm: { $name } ({ $size })
notice-file-attached = Đã đính kèm tệp { $name } ({ $size }).
notice-file-text-first = Đề nghị đồng chí gõ nội dung thông báo trước, rồi gửi tệp. Tệp vừa rồi chưa được lưu.
notice-file-kind = Chỉ đính kèm được tệp PDF, Word (doc, docx), Excel (xls, xlsx) hoặc ảnh PNG, JPEG; tệp “{ $name }” không thuộc các loại này và không được lưu. Bản nháp được giữ nguyên.
notice-file-content = Tệp “{ $name }” trống, hỏng hoặc bên trong không đúng loại như tên tệp, nên không được lưu. Đề nghị đồng chí mở thử, lưu lại đúng loại PDF, Word, Excel, PNG hoặc JPEG rồi gửi lại. Bản nháp được giữ nguyên.
notice-file-too-large = Tệp đính kèm không quá { $limit } KB; tệp vừa rồi { $size } nên không được lưu. Đề nghị đồng chí thu nhỏ hoặc tách tệp rồi gửi lại. Bản nháp được giữ nguyên.
notice-file-elsewhere = Tệp của thông báo chỉ nhận trên trang trò chuyện của đơn vị, không nhận và không lưu tại đây. Đề nghị đồng chí mở trang ấy, gõ /thongbao, tiếp tục bản nháp và chọn “{ button-notice-file-attach }”. Bản nháp được giữ nguyên.

# As a member gets it, and once more if it was not read.
notice-letter-title = Thông báo – { $unit }
notice-letter-greeting = Kính gửi đồng chí { $name }.
notice-letter-again = Kính gửi đồng chí { $name }. Đồng chí chưa xác nhận đã đọc thông báo gửi lúc { $at }:
notice-letter-ask = Đọc xong, đề nghị đồng chí chọn “{ button-notice-read }”.
notice-read-noted = Đã ghi nhận đồng chí đọc thông báo lúc { $at }. Trân trọng cảm ơn đồng chí.

# How one fares.
notice-look-title = Thông báo lúc { $at } của đồng chí { $sender }
notice-text-forgotten = (Nội dung đã được xóa sau thời hạn lưu giữ.)
notice-look-total = Đã đến { $arrived }/{ $recipients } đồng chí; đã đọc { $read }, chưa đọc { $unread }, không nhận được tin nhắn { $unreachable }.
notice-look-unit = { $unit }: đã đến { $arrived }/{ $recipients }; đã đọc { $read }, chưa đọc { $unread }, không nhận được tin nhắn { $unreachable }
notice-look-unread = Chưa đọc: { $names }.
notice-look-unreachable = Không nhận được tin nhắn, đề nghị thông báo trực tiếp: { $names }.
notice-look-name = đồng chí { $name }
notice-look-others = và { $count } đồng chí khác
notice-reminder-planned = Đồng chí nào chưa đọc được nhắc lại một lần lúc { $at }.
notice-reminder-fired = Đã nhắc lại đồng chí chưa đọc lúc { $at }.
notice-reminder-dropped = Do hệ thống bị gián đoạn, lời nhắc lại không gửi kịp và đã hủy.

# To the sender.
notice-reminder-lost = Kính gửi đồng chí { $name }. Do hệ thống bị gián đoạn, lời nhắc các đồng chí chưa đọc thông báo gửi lúc { $at } không gửi kịp và đã hủy. Đề nghị đồng chí gõ /thongbao để xem ai chưa đọc, và nhắc trực tiếp. Trân trọng.

# Why not.
notice-not-allowed = Chỉ cấp ủy viên và Văn phòng Đảng ủy được gửi và xem thông báo đến các chi bộ.
notice-not-yours = Thông báo này không thuộc phạm vi đồng chí phụ trách.
notice-draft-first = Đồng chí còn một bản nháp chưa gửi dưới đây. Đề nghị đồng chí gửi hoặc hủy bản này trước, rồi soạn thông báo mới.
notice-draft-gone = Bản nháp này đã được gửi hoặc đã hủy. Gõ /thongbao để xem các thông báo hoặc soạn thông báo mới.
notice-units-several = Có nhiều chi bộ phù hợp: { $units }. Đề nghị đồng chí ghi rõ hơn.
notice-no-branch = Đồng chí chưa chọn chi bộ nào. Đề nghị chọn ít nhất một chi bộ, rồi chọn “{ button-continue }”.
notice-nobody = Các chi bộ đã chọn hiện không có đảng viên nào. Đề nghị đồng chí chọn chi bộ khác.

button-notice-compose = Soạn thông báo
button-notice-resume = Tiếp tục bản nháp
button-notice-all = Tất cả các chi bộ
button-notice-none = Bỏ chọn tất cả
button-notice-next = Trang sau
button-notice-previous = Trang trước
button-notice-send = Gửi thông báo
button-notice-text = Sửa nội dung
button-notice-units = Sửa nơi nhận
button-notice-file-attach = Đính kèm tệp
button-notice-file-other = Thay tệp khác
button-notice-file-drop = Bỏ tệp đính kèm
button-notice-file = Tải tệp đính kèm
button-notice-discard = Hủy bản nháp
button-notice-details = Xem ai đã đọc
button-notice-list = Các thông báo khác
button-notice-read = Đã đọc
    .word = ĐỌC

# “Đã đọc”, typed.
notice-none-unread = Đồng chí không còn thông báo nào chưa xác nhận đã đọc.
notice-read-which = Đồng chí còn nhiều thông báo chưa xác nhận. Đồng chí đã đọc thông báo nào?
notice-read-one = Thông báo lúc { $at }

# In a dry run.
notice-reason = nhắc đọc thông báo gửi lúc { $at }
