# The demo's bar: who can be played, and what happened when the clock was moved.

demo-role-secretary = Bí thư { $unit }
demo-role-mentor = Đảng viên giúp đỡ, { $unit }
demo-role-office = Văn phòng Đảng ủy, { $unit }

demo-happened-reminders = Đã gửi { $count } tin nhắn.
demo-happened-meeting = { $unit } bắt đầu họp.
demo-happened-nothing = Không có việc nào sắp đến hạn.
