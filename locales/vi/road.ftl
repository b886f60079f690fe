# A candidate's road: /nguon, /hoso, and the dialogue that records a step.

# Where a case stands.
stage-introduced = quần chúng được giới thiệu
stage-guided = được theo dõi, giúp đỡ
stage-source = trong nguồn (dự nguồn)
stage-taught = được cử học lớp bồi dưỡng nhận thức về Đảng
stage-dossier = đang lập hồ sơ
stage-voted = chi bộ đã xét, trình Đảng ủy
stage-decided = Đảng ủy đã quyết định kết nạp
stage-probationary = đảng viên dự bị
stage-considered = chi bộ đã xét công nhận chính thức
stage-official = đảng viên chính thức
stage-dropped = dừng theo dõi
stage-transferred = đã chuyển sang đơn vị khác
stage-died = đã từ trần

# What happens to it.
step-introduced = Được giới thiệu
step-mentored = Phân công theo dõi, giúp đỡ
step-sourced = Đưa vào nguồn
step-source_approved = Duyệt danh sách nguồn
step-awareness_class = Học lớp bồi dưỡng nhận thức về Đảng
step-dossier = Lập hồ sơ
step-branch_vote = Chi bộ xét kết nạp
step-committee_decision = Đảng ủy quyết định kết nạp
step-admitted = Lễ kết nạp
step-new_member_class = Học lớp bồi dưỡng đảng viên mới
step-recognition_vote = Chi bộ xét công nhận chính thức
step-recognised = Công nhận đảng viên chính thức
step-sent_back = Trả lại bước trước
step-dropped = Dừng theo dõi
step-returned = Theo dõi trở lại
step-transferred = Chuyển sang đơn vị khác
step-received = Chuyển hồ sơ về chi bộ mới
step-died = Ghi nhận từ trần

who-secretary = bí thư, phó bí thư chi bộ
who-committee = Đảng ủy, Văn phòng Đảng ủy
who-union = đầu mối đoàn thể
who-branch = chi bộ (biểu quyết lại)
who-superior = cấp ủy cấp trên
who-time = phải chờ đến ngày

status-non_member = quần chúng
status-probationary = đảng viên dự bị
status-official = đảng viên chính thức

# Papers, with the numbers of their forms.
paper-application = Đơn xin vào Đảng (Mẫu 1)
paper-cv = Lý lịch của người xin vào Đảng (Mẫu 2)
paper-verification = Kết quả thẩm tra lý lịch
paper-introduction = Giấy giới thiệu của đảng viên (Mẫu 3)
paper-youth_resolution = Nghị quyết giới thiệu của Đoàn (Mẫu 4)
paper-union_resolution = Nghị quyết giới thiệu của Công đoàn (Mẫu 4A)
paper-opinions = Ý kiến đoàn thể và nơi cư trú (Mẫu 5)
paper-education = Xác nhận trình độ học vấn
paper-certificate = Giấy chứng nhận lớp nhận thức về Đảng
paper-branch_resolution = Nghị quyết của chi bộ (Mẫu 6)
paper-intermediate = Báo cáo của cấp ủy trung gian (Mẫu 7)
paper-committee_resolution = Nghị quyết của Đảng ủy (Mẫu 8)
paper-decision = Quyết định kết nạp (Mẫu 9)
paper-member_cv = Lý lịch đảng viên
paper-new_member_certificate = Giấy chứng nhận lớp đảng viên mới
paper-self_review = Bản tự kiểm điểm (Mẫu 10)
paper-mentor_review = Nhận xét của đảng viên giúp đỡ (Mẫu 11)
paper-later_opinions = Ý kiến đoàn thể và nơi cư trú (Mẫu 12)
paper-recognition_resolution = Nghị quyết chi bộ về công nhận (Mẫu 13)
paper-committee_recognition = Nghị quyết Đảng ủy về công nhận (Mẫu 15)

place-branch = chi bộ
place-office = Văn phòng Đảng ủy

reason-papers = Hồ sơ chưa đủ, chưa đúng
reason-votes = Không đủ số phiếu tán thành
reason-reconsider = Cấp ủy yêu cầu xem xét lại
reason-wish = Không còn nguyện vọng
reason-standard = Không đủ tiêu chuẩn, điều kiện
reason-left = Thôi việc

deadline-certificate = giấy chứng nhận lớp nhận thức về Đảng hết giá trị
deadline-ceremony = hạn tổ chức lễ kết nạp
deadline-member_cv = hạn khai lý lịch đảng viên
deadline-probation = hết thời gian dự bị
deadline-recognition = hạn chi bộ xét công nhận chính thức
deadline-transfer = hạn chuyển sinh hoạt

# What a question asks for.
asked-on = Ngày
asked-number = Số, ký hiệu văn bản
asked-branch = Chi bộ tiếp nhận
asked-mentors = Người được phân công giúp đỡ
asked-introducers = Người giới thiệu
asked-branch_votes = Kết quả biểu quyết của chi bộ
asked-committee_votes = Kết quả biểu quyết của Đảng ủy
asked-received = Ngày nhận quyết định
asked-reason = Lý do
asked-consent = Văn bản đồng ý của cấp ủy cấp trên

# What a step was told.
told-on = Ngày { $on }
told-branch = hồ sơ đã nhận tại { $unit }
told-number = văn bản số { $number }, lưu tại { $place }
told-mentors = người giúp đỡ: { $people }
told-introducers = người giới thiệu: { $people }
told-votes = biểu quyết: { $favour }/{ $members } tán thành
told-votes-excused = biểu quyết: { $favour }/{ $members } tán thành, { $excused } được miễn tính
told-received = nhận ngày { $on }
told-reason = lý do: { $reason }
told-consent = cấp ủy cấp trên đồng ý tại văn bản số { $number }
told-certificate = giấy chứng nhận số { $number } ngày { $on }
told-no-certificate = chưa có giấy chứng nhận

# The arithmetic of a vote.
road-tally =
    { $excused ->
        [0] { $favour } tán thành trên tổng số { $members }; cần ít nhất { $needed } ({ $part }/{ $whole } của { $counted })
       *[other] { $favour } tán thành trên { $counted } được tính (tổng số { $members }, trừ { $excused } được miễn); cần ít nhất { $needed } ({ $part }/{ $whole } của { $counted })
    }

# What a step lacks, the rule, and who can mend it.
road-missing = + { $what } – xử lý: { $mender }
road-missing-by-rule = + { $what } – căn cứ: { $source } – xử lý: { $mender }
lack-not-next = hồ sơ không còn ở giai đoạn của bước này
lack-unanswered = chưa có: { $ask }
lack-in-future = ngày này chưa đến
lack-before-last = ngày phải từ { $last } trở đi (bước gần nhất đã ghi)
lack-odd-receipt = ngày nhận phải từ ngày ra quyết định đến hôm nay
lack-no-birthday = chưa có ngày sinh trong danh sách
lack-too-young = chưa đủ tuổi, đủ từ ngày { $until }
lack-too-old = quá tuổi sau ngày { $since }, cần văn bản đồng ý của cấp ủy cấp trên
lack-no-mentor = chưa có đảng viên chính thức được phân công giúp đỡ
lack-too-many-mentors = nhiều nhất { $most } người giúp đỡ
lack-not-official = đồng chí { $who } không là đảng viên chính thức của chi bộ vào ngày này
lack-introducers-too-few = cần ít nhất { $needed } đảng viên chính thức giới thiệu
lack-known-too-short = đồng chí { $who } đã cùng công tác { $months } tháng, cần ít nhất { $needed } tháng
lack-not-approved = danh sách nguồn (nghị quyết chi bộ ngày { $since }) chưa được Đảng ủy duyệt
lack-no-certificate = chưa có giấy chứng nhận lớp nhận thức về Đảng
lack-certificate-expired = giấy chứng nhận lớp nhận thức về Đảng hết giá trị sau ngày { $on }, phải học lại
lack-papers = chưa có giấy tờ: { $papers }
lack-odd-votes = số phiếu không khớp: phải có người được tính, và số tán thành cộng số được miễn tính không quá tổng số
lack-other-members = vào ngày này chi bộ có { $known } đảng viên chính thức theo danh sách; nếu danh sách sai, đề nghị sửa danh sách trước
lack-too-few-votes = không đủ phiếu: { $tally }
lack-ceremony-late = quá hạn tổ chức lễ kết nạp ngày { $limit }, cần văn bản đồng ý của cấp ủy cấp trên
lack-probation-until = thời gian dự bị đến hết ngày { $ends }
lack-no-new-member-class = chưa học lớp bồi dưỡng đảng viên mới
lack-readmission-from = được xem xét lại từ ngày { $on }
lack-other-reason = lý do này không dùng cho bước này

# /nguon.
pool-about = Quần chúng theo từng giai đoạn, đang chờ bước nào
pool-no-branch = Không có chi bộ nào tên “{ $typed }” trong phạm vi đồng chí phụ trách. Gõ /nguon để chọn trong danh sách.
pool-not-allowed = Chỉ bí thư, phó bí thư, cấp ủy viên và Văn phòng Đảng ủy mới xem được nguồn và hồ sơ trong phạm vi phụ trách.
pool-branches = Nguồn phát triển đảng theo chi bộ
pool-branch = { $unit }: { $count } hồ sơ đang theo dõi
pool-branch-button = { $unit }
pool-title = Nguồn phát triển đảng – { $unit }
pool-none = Hiện không có hồ sơ nào đang theo dõi.
pool-stage = Giai đoạn “{ $stage }” ({ $count }):
pool-line = { $candidate }: { $waits }
pool-line-limit = { $line }; { $limit }
pool-ready = đủ điều kiện cho bước “{ $step }”, chờ { $who } ghi nhận
pool-lacking = chưa đủ điều kiện cho bước “{ $step }”: { $lacks }
pool-nothing = không còn bước nào
pool-limit = { $kind }: { $on }

# /hoso.
page-about = Hồ sơ một quần chúng, ghi nhận bước tiếp theo
page-list = Hồ sơ
page-list-unit = { $unit }:
page-list-line = { $candidate }: { $stage }
page-list-ended = Đã kết thúc hoặc dừng: { $codes }. Gõ /hoso và mã để xem.
page-open-button = { $code }
page-no-code = Ở đây cần mã hồ sơ, ví dụ: /hoso QC-014. Danh sách mã có ở /hoso.
page-not-yours = Không có hồ sơ { $code } trong phạm vi đồng chí phụ trách. Gõ /hoso để xem danh sách.
page-title = Hồ sơ { $candidate } – { $unit }
page-stage = Giai đoạn: { $stage }
page-mentors = Đảng viên theo dõi, giúp đỡ: { $people }
page-no-mentors = Chưa có đảng viên theo dõi, giúp đỡ.
page-history = Diễn biến:
page-step = { $on }: { $step }
page-step-told = { $line } ({ $told })
page-papers = Giấy tờ (chỉ ghi có hay chưa và nơi lưu):
page-papers-kept = Lưu tại { $place }: { $papers }
page-papers-missing = Chưa có: { $papers }
page-limits = Thời hạn:
page-limit = { $on } (còn { $days } ngày): { $kind } – { $source }
page-limit-over = { $on } (quá { $days } ngày): { $kind } – { $source }
page-reports = Báo cáo gần đây:
page-report = { $month }, đồng chí { $mentor }, kiến nghị: { $recommendation }
page-next = Bước tiếp theo:
page-possible = { $step }: đủ điều kiện, do { $who } ghi nhận
page-impossible = { $step } (do { $who } ghi nhận): chưa đủ điều kiện
page-take-button = { $step }
page-papers-button = Giấy tờ
page-others-button = Việc khác
page-others = Việc khác với { $candidate }
page-others-hint = Các việc này đưa hồ sơ trở lại hoặc ra khỏi quá trình; nội dung đã ghi trước đó vẫn được giữ.
page-back-button = Xem hồ sơ

# The checklist of papers.
papers-admission = Giấy tờ kết nạp – { $candidate }
papers-recognition = Giấy tờ công nhận chính thức – { $candidate }
papers-button-admission = Giấy tờ kết nạp
papers-button-recognition = Giấy tờ công nhận
papers-count = Đã có { $have }/{ $all } loại.
papers-hint = Chọn một loại để ghi có hay chưa, lưu ở đâu. Không gửi nội dung hay ảnh giấy tờ vào đây.
papers-there = ✓ { $paper }
papers-needed = ○ { $paper }
papers-other = – { $paper }
papers-which = { $paper } – { $candidate }
papers-kept-at = Hiện đang ghi: có, lưu tại { $place }.
papers-not-there = Hiện đang ghi: chưa có.
papers-at-button = Có, lưu tại { $place }
papers-none-button = Chưa có
papers-back-button = Danh sách giấy tờ
papers-noted = Đã ghi: { $paper } – có, lưu tại { $place }.
papers-noted-none = Đã ghi: { $paper } – chưa có.

# Recording a step.
take-title = { $step } – { $candidate }
take-not-next = Hồ sơ { $candidate } không ở giai đoạn của bước “{ $step }”. Gõ /hoso và mã để xem các bước làm được.
take-not-yours = Bước “{ $step }” của { $candidate } do { $who } ghi nhận.
take-impossible = Chưa ghi nhận được bước “{ $step }” của { $candidate }:
take-answer-wrong = Câu trả lời này chưa hợp lệ:
take-preview = Xem lại trước khi ghi: { $step } – { $candidate }
take-tally = Cách tính: { $tally }. Căn cứ: { $source }
take-few-votes = Đề nghị kiểm tra lại: chỉ { $counted } người được tính khi biểu quyết.
take-late = Quá hạn { $days } ngày: { $kind } { $on } – { $source }. Đề nghị nêu lý do chậm trong nghị quyết.
take-after = Sau bước này, hồ sơ ở giai đoạn: { $stage }
take-standing = Được tính là { $status } từ ngày { $from }
take-preview-hint = Bước đã ghi được giữ mãi; ghi nhầm chỉ gỡ được khi chưa có bước sau. Đề nghị đồng chí kiểm tra, rồi chọn ghi nhận (gõ /huy để thôi).
take-button = Ghi nhận
take-edit-button = Sửa
take-edit = Đồng chí muốn sửa từ câu nào? Các câu sau đó sẽ được hỏi lại.
take-done = Đã ghi nhận: { $step } – { $candidate }, ngày { $on }. Giai đoạn hiện nay: { $stage }.
take-told-mentor = Kính gửi đồng chí { $name }. Đồng chí được phân công theo dõi, giúp đỡ { $candidate } từ ngày { $on }. Gõ /baocao khi đến kỳ báo cáo. Trân trọng.
take-told = Kính gửi đồng chí { $name }. { $unit }: đã ghi nhận bước “{ $step }” của { $candidate }, ngày { $on }.
take-told-reason = Đồng chí { $by } ghi nhận, lý do: { $reason }.
take-told-next = Bước tiếp theo: { $step }, do { $who } ghi nhận.

# Its questions.
ask-on = Ngày thực hiện? Chọn, hoặc gõ ngày, ví dụ: 5/11/2018 (gõ /huy để thôi).
ask-on-button = { $weekday }, { $on }
ask-received = Ngày nhận được quyết định? Thời hạn được tính từ ngày này.
ask-number = Số, ký hiệu văn bản của bước “{ $step }”? Ví dụ: 05-NQ/CB (nhiều nhất 40 ký tự, phải có chữ số; chỉ số hiệu, không ghi nội dung).
ask-branch = Hồ sơ chuyển về chi bộ nào? Chọn, hoặc gõ tên hay mã chi bộ, ví dụ: phòng 1.
ask-consent = Bước này chỉ làm được khi cấp ủy cấp trên đồng ý bằng văn bản. Nếu có, đề nghị gõ số, ký hiệu văn bản đó; nếu không, gõ /huy.
ask-branch-votes = Bao nhiêu đồng chí tán thành? Chi bộ có { $members } đảng viên chính thức vào ngày này, vắng mặt vẫn tính. Gõ số tán thành, ví dụ “{ $members }”, hoặc “{ $members }, miễn 1” nếu có người được miễn tính.
ask-committee-votes = Kết quả biểu quyết của Đảng ủy? Gõ số tán thành trên tổng số cấp ủy viên, ví dụ: 7/7.
ask-votes-by-rule = { $question } Cần ít nhất { $needed } trên { $members } đồng chí. Căn cứ: { $source }
ask-votes-by-share = { $question } Cần ít nhất { $part }/{ $whole } tổng số. Căn cứ: { $source }
ask-reason = Lý do? Chọn một mục.
ask-mentors = Ai được phân công theo dõi, giúp đỡ? Chọn từng người, hoặc gõ họ tên hay mã, cách nhau bằng dấu phẩy.
ask-introducers = Đảng viên nào giới thiệu? Chọn từng người, hoặc gõ họ tên hay mã, cách nhau bằng dấu phẩy.
ask-chosen = Đã chọn: { $people }
ask-person = { $name }
ask-person-chosen = ✓ { $name }
ask-named-button = Xong
ask-person-not-eligible = Người này không là đảng viên chính thức của chi bộ vào ngày đã nêu.
ask-person-unknown = Không có đảng viên chính thức nào của chi bộ tên “{ $typed }” vào ngày đã nêu. Đề nghị chọn trong danh sách, hoặc gõ mã, ví dụ NS-012.
ask-person-many = “{ $typed }” có thể là: { $people }. Đề nghị gõ đủ họ tên hoặc mã.

# To the secretary, before limits end; an item for each.
# Shown once below limits.
limit-unlisted = Chưa có danh sách ngày nghỉ lễ, Tết của năm { $years }: hạn tính theo ngày làm việc mới trừ thứ Bảy, Chủ nhật và có thể còn thay đổi.
alert-head = Kính gửi đồng chí { $name }. Các thời hạn sắp đến của { $unit }, đề nghị đồng chí lưu ý:
# Found later than the grace.
alert-head-lost = Kính gửi đồng chí { $name }. Do hệ thống bị gián đoạn, các thời hạn sau của { $unit } không báo được đúng lúc; đề nghị đồng chí xem ngay:
# Some or all of them are over.
alert-head-over = Kính gửi đồng chí { $name }. Thời hạn của { $unit } đã quá mà chưa được thực hiện, đề nghị đồng chí xem xét, giải quyết:
alert-line = { $candidate }: { $kind } ngày { $on } (còn { $days } ngày)
alert-over = { $candidate }: { $kind } ngày { $on } (đã quá { $days } ngày)
# The last day is another than the one told before, as when a list of holidays has come.
alert-moved = { $line }; trước đây báo là ngày { $was }
# Why it comes, in the dry run.
alert-reason = thời hạn: { $limits }
