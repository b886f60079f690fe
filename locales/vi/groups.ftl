# The group chat of a branch. Nothing about a candidate is ever said in it.

group-about = Gắn nhóm trò chuyện của chi bộ
group-code = Mã gắn nhóm của { $unit }: { $code }. Mã chỉ dùng một lần, có hiệu lực đến { $until }.
group-code-hint = Đề nghị đồng chí thêm tôi vào nhóm của chi bộ, rồi gửi trong nhóm: /start kèm mã trên.

group-hello = Kính chào các đồng chí. Tôi là Dìu Dắt, trợ lý công tác phát triển đảng. Nhóm này chưa gắn với chi bộ nào: đề nghị đồng chí bí thư chi bộ nhắn riêng cho tôi /nhom để nhận mã, rồi gửi trong nhóm: /start kèm mã.
group-bound = Nhóm này đã được gắn với { $unit }. Lịch sinh hoạt chi bộ sẽ được nhắc tại đây; các đồng chí có thể gõ /lichhop để xem lịch. Thông tin về người được theo dõi, giúp đỡ không gửi vào nhóm.
group-not-leader = Chỉ bí thư hoặc phó bí thư chi bộ được gắn nhóm của chi bộ.
group-stranger = Tài khoản này chưa được xác nhận. Đề nghị trước hết nhắn riêng cho tôi: /start kèm mã mời cá nhân, rồi gửi lại mã gắn nhóm tại đây.
group-taken = Nhóm này đang gắn với một chi bộ khác. Muốn gắn lại, đề nghị đưa tôi ra khỏi nhóm, thêm lại, rồi gửi lại mã.
group-not-bound = Nhóm này chưa gắn với chi bộ nào. Đề nghị đồng chí bí thư chi bộ nhắn riêng cho tôi /nhom để nhận mã gắn nhóm.

# To the secretary, when the bot was removed or may not write any more.
group-lost = Kính gửi đồng chí { $name }. Tôi không còn gửi được tin vào nhóm của { $unit }; từ nay lịch sinh hoạt được nhắc riêng từng đảng viên. Muốn gắn lại nhóm, đề nghị đồng chí thêm tôi vào nhóm và gõ /nhom. Trân trọng.
