# /trogiup and /toi.

help-about = Hướng dẫn sử dụng
help-title = Hướng dẫn sử dụng
help-greeting = Kính chào đồng chí { $name }. Đồng chí có thể dùng các lệnh sau:
help-greeting-guest = Kính chào anh/chị { $name }. Anh/chị có thể dùng các lệnh sau:
help-command = /{ $command } – { $about }
help-one-line = Báo cáo nhanh bằng một dòng gồm mã, năm mức đánh giá và kiến nghị, ví dụ: “qc-014 tốt khá tốt tốt tốt, đưa vào nguồn”.
help-plain-words = Lệnh cũng có thể gõ bằng lời, có dấu hoặc không dấu, ví dụ: “việc của tôi”, “lich hop”.

me-about = Thông tin của đồng chí trong hệ thống
me-title = Đồng chí { $name } ({ $code })
me-title-guest = Anh/chị { $name } ({ $code })
me-unit = Đơn vị: { $unit }
me-office = { $office } – { $unit }
me-mentor = Đảng viên được phân công theo dõi, giúp đỡ

# An office, before its unit.
office-secretary = Bí thư
office-deputy = Phó bí thư
office-committee = Cấp ủy viên
office-office = Văn phòng Đảng ủy
office-union = Đầu mối đoàn thể
