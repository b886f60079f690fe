# /hop: the meeting of a branch, from the eve to the closing.

sheet-about = Điều hành kỳ họp chi bộ, ghi phiếu họp
sheet-title = Phiếu họp – { $unit }, { $what } (kỳ họp ngày { $date })
sheet-ahead = { $unit } – chuẩn bị kỳ họp lúc { $when }
sheet-which = Đề nghị đồng chí chọn chi bộ:
sheet-branch = { $unit }
sheet-back = Quay lại
sheet-continue = Phiếu họp

# What stands on it.
sheet-roll = Điểm danh: có mặt { $present }/{ $all } đảng viên, trong đó { $voters } đảng viên chính thức; vắng có lý do { $excused }, vắng không lý do { $unexcused }
sheet-roll-open =
    { $silent ->
        [0] Chưa điểm danh. Theo trả lời của các đồng chí: có mặt { $present }/{ $all } đảng viên, trong đó { $voters } đảng viên chính thức; vắng có lý do { $excused }.
       *[other] Chưa điểm danh. Đã trả lời: có mặt { $coming }, vắng có lý do { $excused }; chưa trả lời { $silent }, tạm tính có mặt. Như vậy có mặt { $present }/{ $all } đảng viên, trong đó { $voters } đảng viên chính thức.
    }
sheet-roll-noted = Đang điểm danh, chưa lưu: có mặt { $present }/{ $all } đảng viên, trong đó { $voters } đảng viên chính thức; vắng có lý do { $excused }, vắng không lý do { $unexcused }
sheet-absent = { $person }: { $presence }
sheet-absent-reason = { $person }: { $presence } (“{ $reason }”)
sheet-chair = Chủ trì: đồng chí { $person }
sheet-chair-open = Chủ trì: chưa chọn
sheet-taker = Người ghi biên bản: đồng chí { $person }
sheet-taker-open = Người ghi biên bản: chưa chọn
sheet-conclusion = { $candidate } – kết luận: { $text }
sheet-proposed = { $candidate } – kiến nghị: { $recommendation } (chưa biểu quyết)
sheet-voted-carried = { $candidate } – { $recommendation }: tán thành { $in-favour }, không tán thành { $against }, ý kiến khác { $other }. Được thông qua, vì quá { $percent }% trong { $officials } đảng viên chính thức của chi bộ tán thành (Điều lệ Đảng, Điều 9).
sheet-voted-lost = { $candidate } – { $recommendation }: tán thành { $in-favour }, không tán thành { $against }, ý kiến khác { $other }. Không được thông qua: cần quá { $percent }% trong { $officials } đảng viên chính thức của chi bộ tán thành (Điều lệ Đảng, Điều 9).
sheet-duty = { $person }: { $what } – hạn { $due }
sheet-duty-overdue = { $person }: { $what } – quá hạn { $due }
sheet-left-open = Nhiệm vụ kỳ trước chưa xong:
sheet-score = Chi bộ tự chấm: { $score } điểm, xếp loại { $band }
sheet-score-open = Chi bộ tự chấm: chưa chấm
sheet-paper = { $kind } số { $number }
sheet-fetch = Tải { $kind } (Word)

presence-present = có mặt
presence-excused = vắng có lý do
presence-unexcused = vắng không lý do
band-tot = tốt
band-kha = khá
band-trung_binh = trung bình
band-kem = kém
paper-minutes = Biên bản
paper-resolution = Nghị quyết

# Its buttons.
sheet-roll-button = Điểm danh
sheet-chair-button = Chủ trì
sheet-taker-button = Người ghi biên bản
sheet-case-button = Kết luận về { $candidate }
sheet-duties-button = Nhiệm vụ
sheet-score-button = Tự chấm điểm
sheet-close-button = Kết thúc kỳ họp
sheet-ahead-button = Kỳ họp sắp tới
sheet-last-button = Kỳ họp trước

# The roll call.
sheet-roll-hint = Bấm vào tên để đổi: có mặt → vắng có lý do → vắng không lý do. Xong thì bấm “Lưu điểm danh”.
sheet-all-present = Tất cả có mặt
sheet-save-roll = Lưu điểm danh
sheet-mark = { $person } – { $presence }
sheet-person = { $person }
sheet-ask-chair = Đồng chí nào chủ trì hội nghị?
sheet-ask-taker = Đồng chí nào ghi biên bản?

# Of one candidate.
sheet-case-title = Kết luận về { $candidate }
sheet-case-report = Đồng chí { $mentor }: { $ratings }; kiến nghị: { $recommendation }
sheet-case-no-report = Đồng chí { $mentor }: chưa có báo cáo
sheet-conclude = Ghi kết luận
sheet-propose = Kiến nghị: { $recommendation }
sheet-vote = Biểu quyết
sheet-ask-conclusion = Đề nghị đồng chí gõ kết luận của chi bộ về { $candidate }:
sheet-ask-votes = Biểu quyết về { $candidate }: { $recommendation }. Có { $voters } đảng viên chính thức có mặt. Đề nghị đồng chí gõ số tán thành, không tán thành, ý kiến khác, ví dụ: 6 0 1, hoặc: 6 tán thành 1 khác.
# What was noted of this vote before; another number takes its place.
sheet-votes-noted = Đã ghi: tán thành { $in-favour }, không tán thành { $against }, ý kiến khác { $other }. Số phiếu mới sẽ thay số phiếu này.
sheet-unanimous = Cả { $voters } đồng chí tán thành
sheet-vote-sum = { $in-favour } tán thành + { $against } không tán thành + { $other } ý kiến khác = { $sum }, nhưng có { $voters } đảng viên chính thức có mặt. Chỉ đảng viên chính thức có quyền biểu quyết (Điều lệ Đảng, Điều 3). Đề nghị đồng chí kiểm lại và gõ lại.
sheet-vote-negative = Số phiếu không thể nhỏ hơn 0. Đề nghị đồng chí gõ lại số tán thành, không tán thành, ý kiến khác, ví dụ: 6 0 1.
sheet-vote-no-roll = Chưa điểm danh nên chưa biết bao nhiêu đảng viên chính thức có mặt; chỉ đảng viên chính thức có quyền biểu quyết (Điều lệ Đảng, Điều 3). Đề nghị đồng chí điểm danh trước.
sheet-no-such-proposal = Kiến nghị này không phù hợp: với đảng viên dự bị chỉ có tiếp tục theo dõi hoặc công nhận chính thức; với quần chúng thì không có công nhận chính thức. Đề nghị đồng chí chọn kiến nghị khác.
sheet-vote-no-proposal = Chưa có kiến nghị để biểu quyết. Đề nghị đồng chí chọn kiến nghị trước.

# What members are given to do.
sheet-duties-title = Phân công nhiệm vụ
sheet-ask-whom = Giao nhiệm vụ cho đồng chí nào?
sheet-take-back = Bỏ: { $what }
sheet-ask-what = Giao cho { $person } việc gì?
sheet-ask-until = { $person }: “{ $what }”. Hạn đến ngày nào? Ví dụ: 20/12, thứ 6, thứ 6 tuần sau.
sheet-date-past = Ngày { $due } đã qua (hôm nay là { $today }). Đề nghị đồng chí gõ một ngày từ hôm nay trở đi.
sheet-text-length = Nội dung không được để trống và không dài quá { $limit } ký tự. Đề nghị đồng chí viết lại.
duty-done-button = Đã xong: { $what }
duty-done = Đã ghi nhận hoàn thành: “{ $what }”. Cảm ơn đồng chí.
duty-others = Việc khác của tôi
duty-told = Kính gửi đồng chí { $name }. Hội nghị { $unit } đã phân công đồng chí:
duty-told-how = Khi hoàn thành, đề nghị đồng chí gõ /viec và bấm “Đã xong”. Trân trọng.
duty-not-yours = Việc này không được giao cho đồng chí, hoặc không còn nữa. Gõ /viec để xem việc của đồng chí.
duty-was-done = Việc này đã được ghi nhận là hoàn thành.

# The branch's own score.
sheet-ask-score = Chi bộ tự chấm kỳ họp này bao nhiêu điểm (0 đến { $full })? Từ { $good }: tốt; từ { $fair }: khá; từ { $average }: trung bình; dưới { $average }: kém.
sheet-score-range = Điểm là số nguyên từ 0 đến { $full }. Đề nghị đồng chí gõ lại.

# The closing.
sheet-ask-close = Sau khi kết thúc, phiếu họp không sửa được nữa, và biên bản, nghị quyết được lấy số. Đồng chí xác nhận kết thúc kỳ họp?
sheet-number-button = Số { $kind }
sheet-ask-number = { $kind } của kỳ họp này mang số mấy? (Theo thứ tự: { $next }.) Nếu trong nhiệm kỳ chi bộ đã ban hành văn bản trước khi dùng trợ lý, đề nghị đồng chí gõ số tiếp theo, ví dụ: 5 hoặc 05; các số sau sẽ tính tiếp từ đó.
sheet-number-used = Không dùng được số { $number }: trong nhiệm kỳ này { $kind } đã lấy số đến { $last }, mỗi số chỉ dùng một lần. Đề nghị đồng chí gõ từ { $next } trở đi.
sheet-close-now = Xác nhận kết thúc
sheet-close-missing = Chưa kết thúc được kỳ họp. Còn thiếu: { $missing }.
sheet-missing-roll = điểm danh
sheet-missing-chair = người chủ trì
sheet-missing-taker = người ghi biên bản
sheet-missing-votes = biểu quyết lại về { $candidate } (đã ghi { $sum } phiếu, nay có { $voters } đảng viên chính thức có mặt)
sheet-close-early = Kỳ họp bắt đầu lúc { $at } nên chưa kết thúc được.
sheet-was-closed = Kỳ họp { $month } đã được đồng chí { $by } kết thúc lúc { $at }; phiếu họp không sửa được nữa.
sheet-was-closed-before = Kỳ họp { $month } đã kết thúc; phiếu họp không sửa được nữa.

# Why not.
sheet-not-leader = Phiếu họp do bí thư hoặc phó bí thư của chi bộ ghi. Đồng chí có thể gõ /lichhop để xem lịch họp, /viec để xem việc của mình.
sheet-too-early = Phiếu họp mở từ ngày họp (chi bộ họp lúc { $at }). Gõ /hop để xem báo cáo và chương trình dự kiến.
sheet-no-meeting = { $unit } chưa có lịch họp sắp tới.
sheet-no-member = Đồng chí này không có trong danh sách của kỳ họp. Gõ /hop để xem lại phiếu họp.
sheet-cannot-chair = Chủ trì hội nghị phải là đảng viên chính thức đang có mặt. Đề nghị đồng chí chọn lại, hoặc điểm danh lại nếu đồng chí ấy đã đến.
sheet-cannot-take = Người ghi biên bản phải là đảng viên đang có mặt. Đề nghị đồng chí chọn lại, hoặc điểm danh lại nếu đồng chí ấy đã đến.
sheet-namesakes = Có nhiều đồng chí cùng tên: { $people }. Đề nghị đồng chí gõ đủ họ tên hoặc mã.
sheet-thematic-no-case = Buổi sinh hoạt chuyên đề không kết luận về quần chúng, đảng viên dự bị; việc này thuộc kỳ sinh hoạt định kỳ. Gõ /hop để xem lại phiếu họp.
sheet-no-case = Người này hiện không được theo dõi, giúp đỡ ở chi bộ của kỳ họp. Gõ /hop để xem lại phiếu họp.
