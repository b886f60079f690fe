# Being reminded again, once.

snooze-ask = Đồng chí muốn được nhắc lại khi nào?
snooze-afternoon = Chiều nay ({ $at })
snooze-tomorrow = Ngày mai ({ $at })
snooze-set-report = Tôi sẽ nhắc lại đồng chí lúc { $at }, nếu đến lúc đó đồng chí chưa gửi báo cáo.
snooze-set-meeting = Tôi sẽ nhắc lại đồng chí lúc { $at }, nếu đến lúc đó đồng chí chưa trả lời có mặt hay vắng.

# Why not.
snooze-nothing = Hiện không có việc nào để nhắc lại. Gõ /viec để xem việc cần làm.
snooze-not-yours = Tôi chưa gửi đồng chí tin nhắc nào về việc này. Gõ /viec để xem việc cần làm.
snooze-done = Việc này đồng chí đã làm xong, không cần nhắc lại.
snooze-too-late = Hạn của việc này là { $deadline } nên không hoãn lại được nữa. Gõ /viec để làm ngay.
