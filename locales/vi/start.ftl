# Getting to know each other: /start and the invitation code. A reader who has not been confirmed
# is not called đồng chí, and learns nothing about the organisation but its name.

start-about = Xác nhận tài khoản bằng mã mời

start-welcome = Dìu Dắt là trợ lý công tác phát triển đảng của { $organisation }: nhắc lịch sinh hoạt chi bộ, nhận báo cáo theo dõi, giúp đỡ hằng tháng và tổng hợp số liệu.
start-stranger = Để sử dụng, đề nghị liên hệ bí thư chi bộ hoặc Văn phòng Đảng ủy để nhận mã mời, sau đó gửi: /start kèm mã mời.

start-known = Kính chào đồng chí { $name }.
start-known-guest = Kính chào anh/chị { $name }.
start-known-hint = Gõ /viec để xem việc cần làm, /trogiup để xem hướng dẫn.

start-bound = Kính chào đồng chí { $name }. Tài khoản của đồng chí đã được xác nhận.
start-bound-guest = Kính chào anh/chị { $name }. Tài khoản của anh/chị đã được xác nhận.
start-bound-unit = Đơn vị: { $unit }.

# Why a code was not taken, and what to do.
start-code-malformed = Mã mời chưa đúng dạng: mã gồm 8 ký tự, viết như ABCD-EFGH. Đề nghị kiểm tra và gửi lại.
start-code-unknown = Không có mã mời này. Đề nghị kiểm tra và gửi lại; nếu vẫn không được, đề nghị xin mã mới.
start-code-used = Mã mời này đã được sử dụng; mỗi mã chỉ dùng một lần. Đề nghị xin mã mới.
start-code-expired = Mã mời này đã hết hạn. Đề nghị xin mã mới.
# To somebody nobody has confirmed.
start-slow-down = Có quá nhiều tin gửi đến trong một phút. Đề nghị đợi một phút rồi gửi lại.
start-too-many = Tài khoản này đã gửi sai mã quá nhiều lần. Đề nghị thử lại sau một giờ.
start-paused = Việc xác nhận tài khoản đang tạm dừng đối với tất cả mọi người, do có quá nhiều mã sai; sự việc đã được ghi lại cho người quản trị. Đề nghị thử lại sau một giờ.
# Everybody in the group saw the code.
start-code-shown = Mã mời cá nhân đã bị lộ trong nhóm nên không còn giá trị. Đề nghị xin mã mới và gửi trong cuộc trò chuyện riêng với tôi.
start-code-for-group = Đây là mã gắn nhóm của chi bộ. Đề nghị gửi mã này trong nhóm của chi bộ.
