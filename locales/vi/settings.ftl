# /caidat: what a person chooses for themselves.

settings-about = Cài đặt: ngôn ngữ, giờ yên tĩnh, kênh nhận tin
settings-title = Cài đặt của đồng chí
settings-language = Ngôn ngữ: { $language }
settings-rest = Giờ yên tĩnh: { $hours }
settings-account = Kênh nhận tin trước tiên: { $account }

# Each language is named in itself.
settings-vietnamese = Tiếng Việt
settings-english = English
settings-speak = Đổi sang { $language }
settings-change-hours = Đổi giờ yên tĩnh
settings-change-account = Đổi kênh nhận tin

# Quiet hours: nothing but answers is sent from $from to $to.
settings-hours-usual = từ { $from } đến { $to } (theo quy định chung của đơn vị)
settings-hours-own = từ { $from } đến { $to }
settings-hours-none = không đặt, nhận tin bất cứ lúc nào
settings-ask-hours = Trong giờ yên tĩnh, tin nhắc được giữ lại và gửi khi hết giờ; câu trả lời cho đồng chí vẫn gửi ngay. Hiện nay: { $hours }. Đề nghị đồng chí chọn, hoặc gõ giờ bắt đầu và giờ kết thúc, ví dụ: 22h-6h.
settings-as-usual = Theo đơn vị: { $hours }
settings-no-hours = Không đặt giờ yên tĩnh

# What is wrong with hours that were typed.
settings-hours-unclear = Tôi chưa hiểu “{ $typed }”. Đề nghị gõ giờ bắt đầu và giờ kết thúc theo 24 giờ, ví dụ: 22h-6h hoặc 21:30-06:00; gõ “không” để nhận tin bất cứ lúc nào.
settings-hours-one = Mới có giờ bắt đầu { $from }, còn thiếu giờ kết thúc. Đề nghị gõ cả hai, ví dụ: 22h-6h.
settings-hours-no-time = Không có giờ “{ $typed }”. Giờ tính từ 0 đến 24, phút từ 0 đến 59. Đề nghị gõ lại, ví dụ: 22h-6h.
settings-hours-same = Giờ bắt đầu và giờ kết thúc đều là { $time }. Đề nghị gõ hai giờ khác nhau, ví dụ: 22h-6h.

# Which account is written to first.
settings-ask-account = Tin nhắc gửi đến kênh nào trước? Không gửi được ở đó thì tin chuyển sang kênh khác của đồng chí.
settings-account-button = { $account }
settings-account-gone = Kênh này không còn gửi tin đến đồng chí được. Gõ /caidat để chọn kênh khác.
# The second account in the same place.
settings-at-number = { $place } ({ $number })
settings-hours-too-long = Giờ yên tĩnh từ { $from } đến { $to } dài quá { $limit } giờ: lời nhắc họp, nhắc báo cáo sẽ không kịp đến đồng chí. Đề nghị gõ khoảng ngắn hơn, ví dụ: 21h-6h30.
