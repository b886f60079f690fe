# What rendering itself says, whatever the feature.

# A message that is nothing but its buttons.
common-choose = Đề nghị chọn một mục:

# Where there are no buttons, each one is a line.
common-option = { $number }. { $label }
common-options-hint = Trả lời bằng số đứng trước mục cần chọn.

# Under a prompt: the word and the code to type, then what it means.
common-prompt-option = { $answer } – { $label }
common-prompt-hint = Trả lời bằng cụm từ đứng đầu dòng, ví dụ: { $example }

# A button that leads into the private chat, where there are no buttons.
common-private-link = { $label }: mở cuộc trò chuyện riêng với tôi và gửi “/start { $payload }”.

# A paper, where it cannot be fetched: the channel is no place for full names, or it is the console.
common-paper-elsewhere = { $label }: có ghi họ tên nên không gửi ở đây; đề nghị tải trên trang trò chuyện của đơn vị (gõ /hop tại đó).
common-paper-command = { $label }: { $command } TEN-TEP.docx

# The file of a notice, where it can be neither put nor fetched.
common-attach-elsewhere = { $label }: thực hiện trên trang trò chuyện của đơn vị (gõ /thongbao tại đó).
common-file-elsewhere = { $label }: mở { $address } trên trang trò chuyện của đơn vị, bằng trình duyệt đã xác nhận mã mời.

# What a channel is called, by the bot's name.
channel-name =
    { $bot ->
        [telegram] Telegram
        [web] trang trò chuyện
        [console] dòng lệnh
        [command] dòng lệnh
       *[other] { $bot }
    }
