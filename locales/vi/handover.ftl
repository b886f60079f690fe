# /phancong and /bangiao: who guides a candidate, who holds an office of a branch.

handover-mentors-about = Phân công, thay người theo dõi, giúp đỡ
handover-offices-about = Bàn giao nhiệm vụ bí thư, phó bí thư

# The candidates of the branch; $mentors counts who guides one.
handover-candidates-title = Phân công theo dõi, giúp đỡ
handover-type-candidate = Đề nghị đồng chí chọn một người, hoặc gõ mã, họ tên (một phần cũng được), ví dụ: QC-014.
handover-candidates-none = Chi bộ hiện chưa có quần chúng, đảng viên dự bị nào đang được theo dõi.
handover-candidates-line =
    { $mentors ->
        [0] { $candidate }: chưa có người giúp đỡ
       *[other] { $candidate }: { $mentors } người giúp đỡ
    }
handover-candidate-button = { $candidate }
handover-candidate-title = Người theo dõi, giúp đỡ { $candidate }
handover-no-mentor = Chưa có đồng chí nào được phân công.
handover-mentor = Đồng chí { $name }
handover-assign = Phân công
handover-replace = Thay đồng chí { $name }
handover-release = Thôi giúp đỡ: { $name }

# The offices.
handover-offices-title = Bàn giao nhiệm vụ
handover-which-branch = Đề nghị đồng chí chọn chi bộ, hoặc gõ tên chi bộ, ví dụ: phòng 1.
handover-which-office = Đề nghị đồng chí chọn, hoặc gõ chức danh, họ tên người đang giữ nhiệm vụ.
handover-branch-button = { $unit }
handover-office-line = { $office } { $unit }: đồng chí { $name }
handover-office-vacant = { $office } { $unit }: đang khuyết
handover-office-button = { $office }: { $name }
handover-office-fill = Bổ sung: { $office }

# Above each question.
handover-about-assign = Phân công theo dõi, giúp đỡ { $candidate }
handover-about-replace = Thay đồng chí { $from } theo dõi, giúp đỡ { $candidate }
handover-about-release = Đồng chí { $from } thôi theo dõi, giúp đỡ { $candidate }
handover-about-office = Bàn giao nhiệm vụ { $office } { $unit } của đồng chí { $from }
handover-about-vacancy = Bổ sung nhiệm vụ { $office } { $unit }

handover-ask-who = Đề nghị đồng chí chọn người tiếp nhận (đảng viên chính thức của chi bộ), hoặc gõ họ tên, mã.
handover-who = { $name }
handover-ask-paper = Theo nghị quyết, quyết định nào? Đề nghị đồng chí gõ số và ngày, ví dụ: 05-NQ/CB ngày 03/12/2018. Gõ /huy để thôi.
handover-ask-since = Kể từ ngày nào? Đề nghị đồng chí chọn, hoặc gõ ngày, ví dụ: mai, 3/12.
handover-since-today = Hôm nay, { $date }

handover-confirm-who = Người tiếp nhận: đồng chí { $name }.
handover-confirm-also = Đồng chí { $name } đồng thời thôi giữ nhiệm vụ { $office } của chi bộ.
handover-confirm-paper = Theo: { $paper }.
handover-confirm-since = Kể từ ngày { $since }.

handover-mentor-done = Đã phân công đồng chí { $name } theo dõi, giúp đỡ { $candidate } kể từ ngày { $since }, theo { $paper }.
handover-release-done = Đã ghi nhận việc thôi theo dõi, giúp đỡ { $candidate } kể từ ngày { $since }, theo { $paper }.
handover-office-done = Đã ghi nhận: đồng chí { $name } giữ nhiệm vụ { $office } { $unit } kể từ ngày { $since }, theo { $paper }.

# To the two whom it concerns.
handover-mentor-told = Kính gửi đồng chí { $name }. Theo { $paper }, kể từ ngày { $since }, đồng chí được phân công theo dõi, giúp đỡ { $candidate }. Đề nghị đồng chí báo cáo hằng tháng trước kỳ họp chi bộ. Trân trọng.
handover-mentor-ended-told = Kính gửi đồng chí { $name }. Theo { $paper }, kể từ ngày { $since }, đồng chí thôi theo dõi, giúp đỡ { $candidate }. Trân trọng cảm ơn đồng chí.
handover-office-told = Kính gửi đồng chí { $name }. Theo { $paper }, kể từ ngày { $since }, đồng chí giữ nhiệm vụ { $office } { $unit }. Các việc đang chờ của nhiệm vụ này chuyển đến đồng chí từ ngày đó. Trân trọng.
handover-office-ended-told = Kính gửi đồng chí { $name }. Theo { $paper }, kể từ ngày { $since }, đồng chí thôi giữ nhiệm vụ { $office } { $unit }. Trân trọng cảm ơn đồng chí.

# Why not.
handover-not-leader = Chỉ bí thư, phó bí thư của chi bộ mới phân công người theo dõi, giúp đỡ trong chi bộ mình.
handover-no-office = Đồng chí không có nhiệm vụ nào để bàn giao. Bí thư bàn giao nhiệm vụ của mình và của phó bí thư; phó bí thư bàn giao nhiệm vụ của mình; cấp ủy, Văn phòng Đảng ủy ghi nhận việc bàn giao của các chi bộ trực thuộc.
handover-which-candidate = Trong danh sách đang theo dõi không có “{ $typed }”. Đề nghị đồng chí gõ mã hoặc họ tên, ví dụ: /phancong QC-014, hoặc gõ /phancong để chọn.
handover-no-such-office = Không có chi bộ, nhiệm vụ hoặc người giữ nhiệm vụ nào là “{ $typed }” mà đồng chí được ghi nhận bàn giao. Gõ /bangiao để xem danh sách.
handover-no-candidate = Chi bộ không có { $code } trong danh sách đang theo dõi. Gõ /phancong để xem danh sách.
handover-mentors-full = Mỗi người chỉ có tối đa { $limit } đảng viên theo dõi, giúp đỡ (căn cứ: { $source }). Đề nghị đồng chí chọn thay người.
handover-nobody-eligible = Chi bộ không còn đảng viên chính thức nào có thể tiếp nhận.
handover-several = Có nhiều đồng chí trùng tên: { $people }. Đề nghị gõ mã.
handover-namesake = { $name } ({ $code })
handover-unknown = Trong chi bộ không có ai tên “{ $typed }”. Đề nghị đồng chí chọn một nút, hoặc gõ họ tên, mã (ví dụ NS-012).
handover-probationary = Đồng chí { $name } là đảng viên dự bị. Chỉ đảng viên chính thức mới được phân công giúp đỡ hoặc giữ nhiệm vụ này. Đề nghị chọn người khác.
handover-not-member = Chỉ đảng viên chính thức của chi bộ mới được phân công giúp đỡ hoặc giữ nhiệm vụ này. Đề nghị chọn người khác.
handover-guides-already = Đồng chí { $name } đang theo dõi, giúp đỡ người này. Đề nghị chọn người khác.
handover-holds-already = Đồng chí { $name } đang giữ nhiệm vụ này. Đề nghị chọn người khác.
handover-paper-unclear = Đề nghị đồng chí ghi số của nghị quyết hoặc quyết định, không quá { $limit } ký tự, ví dụ: 05-NQ/CB ngày 03/12/2018.
handover-since-range = Ngày { $since } quá xa. Đề nghị chọn một ngày từ { $earliest } đến { $latest }.
handover-ends-before = Đồng chí { $name } nhận nhiệm vụ này từ ngày { $began }, nên không thể kết thúc từ ngày { $since }. Đề nghị chọn một ngày sau ngày { $began }.
handover-planned-already = Nhiệm vụ này đã được giao trước, kể từ ngày { $from }. Đề nghị đồng chí xem lại, hoặc chọn người khác.
handover-changed = Việc này vừa được thay đổi ở nơi khác. Gõ /phancong hoặc /bangiao để xem lại.
handover-nobody-left = Lưu ý: { $candidate } hiện không còn đồng chí nào theo dõi, giúp đỡ. Gõ /phancong để phân công.
