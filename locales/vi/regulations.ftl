# /quydinh: the rules in force, with the documents they come from.

regulations-about = Các quy định đang áp dụng
regulations-title = Quy định đang áp dụng, ngày { $today }
regulations-unconfirmed =
    { $count ->
        [0] Cả { $all } quy định đã được cơ quan đảng xác nhận.
       *[other] { $count }/{ $all } quy định chưa được cơ quan đảng xác nhận; đề nghị đối chiếu với văn bản trước khi dùng.
    }
regulations-line = { $name }: { $value } – { $source }
regulations-before = Trước đó: { $value } – { $source }
regulations-oldest = Chưa nhập văn bản áp dụng trước ngày { $from }; tạm tính theo văn bản này.
regulations-doubt = Cần đối chiếu: { $doubt }

# The document of a rule.
source-confirmed = { $cite }, từ ngày { $from }
source-unconfirmed = { $cite }, từ ngày { $from } (chưa xác nhận)

# What a rule says.
measure-years = { $count } tuổi, tính theo tháng
measure-months = { $count } tháng
measure-working-days = { $count } ngày làm việc
measure-persons = { $count } người
measure-share = { $part }/{ $whole }
measure-papers = { $papers }
approved-by-none = không phải duyệt
approved-by-committee = Đảng ủy duyệt
counted-from-issue = ngày ra quyết định
counted-from-receipt = ngày nhận được quyết định

# The rules by name.
regulation-age_from = Tuổi đời khi chi bộ xét kết nạp, từ đủ
regulation-age_to = Tuổi đời khi chi bộ xét kết nạp, đến đủ
regulation-youth_to = Tuổi Đoàn khi xét người giới thiệu, đến đủ
regulation-mentors_at_most = Số đảng viên giúp đỡ một quần chúng, nhiều nhất
regulation-source_approval = Danh sách nguồn do chi bộ lập
regulation-certificate_valid = Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng có giá trị
regulation-introducers_youth = Đảng viên giới thiệu người trong tuổi Đoàn (cùng tổ chức Đoàn), ít nhất
regulation-introducers = Đảng viên giới thiệu người ngoài tuổi Đoàn, ít nhất
regulation-known_for = Người giới thiệu đã cùng công tác, ít nhất
regulation-papers_vote = Giấy tờ phải có trước khi chi bộ xét kết nạp
regulation-branch_vote = Chi bộ biểu quyết: số tán thành trên tổng số đảng viên chính thức, ít nhất
regulation-papers_committee = Giấy tờ phải có trước khi Đảng ủy xét kết nạp
regulation-committee_vote = Đảng ủy biểu quyết: số tán thành trên tổng số cấp ủy viên, ít nhất
regulation-ceremony_within = Hạn tổ chức lễ kết nạp sau quyết định
regulation-ceremony_counted_from = Hạn tổ chức lễ kết nạp tính từ
regulation-cv_within = Hạn khai lý lịch đảng viên sau lễ kết nạp
regulation-probation = Thời gian dự bị, từ ngày tổ chức lễ kết nạp
regulation-papers_recognition = Giấy tờ phải có trước khi chi bộ xét công nhận chính thức
regulation-recognition_within = Hạn chi bộ xét công nhận chính thức sau thời gian dự bị
regulation-readmission_after = Sau khi bị đưa ra khỏi Đảng, được xét lại sau ít nhất
regulation-transfer_within = Hạn chuyển sinh hoạt đảng
