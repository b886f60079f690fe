# What our own web page says around the chat; the chat itself is the assistant's.

web-app = Dìu Dắt
web-log = Cuộc trò chuyện
web-stranger = Khách chưa xác nhận
web-input = Tin nhắn
web-placeholder = Nhập tin nhắn…
web-send = Gửi
web-menu = Các lệnh
web-older = Xem tin cũ hơn
web-newer = Tin mới
web-skip = Tới ô nhập tin nhắn

# An empty chat.
web-welcome-title = Chào đồng chí
web-welcome-text = Dìu Dắt nhắc lịch sinh hoạt, nhận báo cáo theo dõi và trả lời số liệu về công tác phát triển đảng. Bấm “/” để xem các lệnh, hoặc nhắn bất kỳ điều gì để bắt đầu.

# Beside a message on its way.
web-sending = Đang gửi…
web-retrying = Chưa gửi được, đang thử lại…
web-refused = Không gửi được.
web-too-long = Tin nhắn dài quá, chưa gửi được. Đề nghị chia thành nhiều tin.
web-stale = Trang đã cũ, đề nghị tải lại rồi thử lại.
web-offline = Mất kết nối. Đang nối lại…
web-online = Đã nối lại.
web-reload = Tải lại
web-without-script = Trình duyệt đang tắt JavaScript: trang vẫn dùng được nhưng không tự cập nhật.

# Somebody follows an invitation's link.
web-invited-title = Xác nhận lời mời
web-invited-text = Mã mời chỉ dùng được một lần, trên trình duyệt này. Bấm nút dưới đây để bắt đầu.
web-invited-button = Xác nhận
web-invited-wrong = Mã mời trong đường dẫn không đúng dạng. Đề nghị mở lại đường dẫn đã nhận, hoặc nhắn “/start” kèm mã.

# Shown for a moment to a visitor who comes from another site.
web-entering = Đang mở cuộc trò chuyện…
web-enter = Mở cuộc trò chuyện

# Instead of a page that cannot be shown.
web-back = Về cuộc trò chuyện
web-error-missing = Không có trang này.
web-error-forbidden = Trang đã cũ hoặc được mở từ nơi khác. Đề nghị quay lại và thử lần nữa.
web-error-too-long = Nội dung dài quá, chưa gửi được. Đề nghị chia thành nhiều tin.
web-error-request = Yêu cầu không hợp lệ.
web-error-busy = Hệ thống đang bận. Đề nghị thử lại sau ít phút.

# Where the file of a notice is chosen, and what then stands in the chat. $limit: KiB.
web-attach-title = Đính kèm tệp vào thông báo
web-attach-text = Mỗi thông báo kèm một tệp PDF, Word, Excel hoặc ảnh PNG, JPEG, không quá { $limit } KB. Tệp gửi sau thay cho tệp gửi trước. Không gửi hồ sơ của quần chúng, đảng viên tại đây.
web-attach-choose = Chọn tệp
web-attach-send = Đính kèm
web-attach-sent = Tệp: { $name }

# A day between messages: thứ Hai, 03/12/2018.
web-day = { $weekday }, { $date }

# The demo's bar.
web-demo-name = Bản trình diễn
web-demo-note = Nhân vật là hư cấu; số liệu theo một bài viết năm 2018.
web-demo-clock = Thời gian của bản trình diễn
web-demo-next-event = Sự kiện kế tiếp
web-demo-next-day = Ngày kế tiếp
web-demo-to-meeting = Đến cuộc họp
web-demo-moving = Đang chuyển thời gian…
web-demo-failed = Chưa chuyển được thời gian. Đề nghị thử lại.
web-demo-happened = Vừa diễn ra
web-demo-nothing = Không có việc nào đến hạn.
web-demo-people = Xem với vai
web-demo-switch = Đổi vai
web-demo-unread = có tin mới
web-demo-close = Đóng
# In an empty chat: three things to try.
web-demo-step-ask = Với vai bí thư, gõ /thongke để xem số liệu.
web-demo-step-wait = Bấm “{ web-demo-next-event }” để thời gian trôi đến lời nhắc báo cáo.
web-demo-step-play = Đổi sang vai đảng viên giúp đỡ, gửi báo cáo, rồi trở lại vai bí thư để nhận.
