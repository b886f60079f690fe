# The demo's bar: who can be played, and what happened when the clock was moved.

demo-role-secretary = Bí thư { $unit }
demo-role-mentor = Đảng viên giúp đỡ, { $unit }
demo-role-office = Văn phòng Đảng ủy

# How many messages, to whomever; then who of those above got some.
demo-happened-sent = Đã gửi { $count } tin nhắn.
demo-happened-news = Có tin mới: { $people }.
demo-happened-meeting = { $unit } họp lúc { $at }.
