# What is said when a tap or a text does not fit, whatever the feature.

# A button that is too old, or of a message that was answered long ago.
tap-stale = Nút này không còn hiệu lực. Đề nghị đồng chí thực hiện lại, ví dụ gõ /viec.
deed-needs-a-person = Việc này được ghi kèm tên người làm. Đề nghị thực hiện trong cuộc trò chuyện, bằng tài khoản của người đó.
deed-administrator = Việc này do người quản trị máy chủ thực hiện bằng dòng lệnh.

# Said of what somebody did that changed nothing, above what stands.
deed-same = Nội dung này đã được ghi như vậy từ trước, không có gì thay đổi.

# What was to be confirmed is not what was shown: nothing was done, and what stands follows.
shown-changed = Nội dung đã thay đổi so với lúc hiển thị nên chưa thực hiện gì. Đề nghị đồng chí xem lại nội dung hiện tại dưới đây rồi xác nhận.
# The same of a message of before an update of the program.
shown-once-more = Chương trình vừa được cập nhật nên chưa thực hiện gì. Đề nghị đồng chí xem lại nội dung dưới đây rồi xác nhận lại.

# The second of two taps: it is done; what was answered then follows.
deed-done = Việc này đã được thực hiện lúc { $at }.
deed-done-by = Việc này đã được thực hiện lúc { $at }, do đồng chí { $by }.

# Wherever a date is asked for.
typed-no-such-date = Không có ngày { $date }. Ngày gõ trước, tháng gõ sau, ví dụ: 3/12 hoặc 3/12/2018. Đề nghị đồng chí gõ lại.

# A paper that is named with its date.
paper-no-such-date = Không có ngày { $date }. Đề nghị đồng chí gõ lại số và ngày của văn bản, ví dụ: 05-NQ/CB ngày 03/12/2018.
paper-without-number = Đề nghị đồng chí gõ cả số, ký hiệu của văn bản, không chỉ ngày, ví dụ: 05-NQ/CB ngày 03/12/2018.
paper-ahead = Văn bản không thể ghi ngày { $on }: ngày này chưa tới (hôm nay là { $today }). Đề nghị đồng chí kiểm tra và gõ lại số, ngày của văn bản.
tap-not-yours = Nút này dành cho người khác.
# Somebody we do not know, in a group.
tap-stranger = Tài khoản này chưa được xác nhận. Đề nghị nhắn riêng cho tôi: /start kèm mã mời.

# A number, but nothing was asked.
typed-number-alone = Hiện không có câu hỏi nào chờ trả lời bằng số. Gõ /viec để xem việc cần làm.
# A number typed under a question that wants words, while another one waits.
typed-number-which = Chưa rõ số này trả lời câu hỏi nào nên chưa ghi. Đề nghị đồng chí trả lời câu hỏi dưới đây.
names-given = Tên gọi riêng (không kèm họ) có thể không được che trên tin nhắn. Để giữ kín thông tin, lần sau đề nghị đồng chí ghi mã (ví dụ QC-014) thay cho tên.
typed-unclear = Tôi chưa hiểu câu trả lời này. Đề nghị đồng chí chọn một mục của câu hỏi dưới đây, hoặc gõ /huy để dừng; những gì đã nhập vẫn được giữ.
typed-number-unknown = Không có mục mang số này. Đề nghị chọn một trong các số đã nêu.
typed-chosen = Đồng chí đã chọn: { $option }

# Buttons with commands follow.
unknown-command = Không có lệnh này. Gõ /trogiup để xem các lệnh, hoặc chọn một mục dưới đây.
unknown-text = Tôi chưa hiểu nội dung này. Đồng chí có thể gõ, ví dụ: “việc của tôi”, “lịch họp”, “trợ giúp”, hoặc chọn một mục dưới đây.

cancel-about = Dừng việc đang làm dở, giữ bản nháp
cancel-nothing = Hiện không có việc nào đang làm dở.
cancel-done = Đã dừng. Bản nháp báo cáo, thông báo (nếu có) vẫn được giữ.

# A picture, a document, a voice message.
upload-refused = Tôi không nhận và không lưu giấy tờ, hình ảnh, tệp gửi qua tin nhắn. Hồ sơ là tài liệu mật: đề nghị đồng chí không gửi qua ứng dụng nhắn tin, thu hồi tin vừa gửi nếu có nội dung hồ sơ, và nộp bản giấy cho chi bộ.

# The dialogue was kept by another version of the program.
dialogue-reset = Xin lỗi đồng chí, phần đang làm dở không mở lại được. Đề nghị đồng chí bắt đầu lại; các bản nháp vẫn được giữ.

# Our mistake. The reader may be somebody we do not know.
fault = Xin lỗi, hệ thống gặp lỗi khi xử lý tin vừa rồi (mã { $code }). Những gì đã nhập trước đó vẫn được giữ. Đề nghị thử lại; nếu vẫn gặp lỗi, đề nghị báo mã này cho người quản trị.

# A text that could be the content of an answer or something else. $what names that.
doubt-ask = Đồng chí muốn ghi “{ $typed }” làm nội dung trả lời câu hỏi đang mở, hay làm việc khác? Câu hỏi vẫn chờ trả lời.
doubt-content = Ghi làm nội dung
    .word = GHI
doubt-instead = Làm việc khác: { $what }
    .word = KHÁC
doubt-reply = “{ $typed }”

# Thanks, and assent that answers nothing.
courtesy-thanks = Rất vui được giúp đồng chí. Khi cần, đồng chí gõ /viec để xem việc cần làm.
courtesy-assent = Vâng. Nếu đồng chí muốn chọn một nút ở trên, đề nghị bấm nút đó hoặc gõ đúng chữ trên nút; gõ /viec để xem việc cần làm.
