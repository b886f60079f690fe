# What is said about messages that did not reach their reader.

# To the secretary.
delivery-unreachable = Kính gửi đồng chí { $name }. Tin nhắn gửi đồng chí { $person }, { $unit }, không đến được tài khoản nào của đồng chí ấy. Đề nghị đồng chí thông báo trực tiếp. Trân trọng.

# Above a message that goes to a deputy instead.
delivery-instead = Tin này được chuyển đến đồng chí vì không liên lạc được với đồng chí { $person }.
