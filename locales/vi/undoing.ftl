# [Ghi nhầm] on a candidate's page: the newest step is taken back.

back-ask-button = Ghi nhầm
back-committees = Bước “{ $step }” của { $candidate } do Đảng ủy, Văn phòng Đảng ủy ghi nhận, nên chỉ Đảng ủy, Văn phòng Đảng ủy mới gỡ được. Nếu có nhầm lẫn, đề nghị đồng chí trao đổi với Văn phòng Đảng ủy.
back-title = Gỡ bước ghi nhầm – { $candidate }
back-recorded = Đồng chí { $by } ghi lúc { $at }
back-to = Gỡ bước này thì hồ sơ trở lại giai đoạn: { $stage }.
back-to-nothing = Gỡ bước này thì việc giới thiệu coi như chưa có, hồ sơ được đóng lại.
back-hint = Chỉ gỡ bước gần nhất. Bước và việc gỡ đều được lưu lại. Đề nghị đồng chí xác nhận.
back-button = Gỡ bước này
back-done = Đã gỡ bước ghi nhầm: { $step } ngày { $on } – { $candidate }.
back-stage = Giai đoạn hiện nay: { $stage }.
back-nothing-left = Hồ sơ đã đóng; có thể giới thiệu lại bằng /gioithieu.
back-told = Kính gửi đồng chí { $name }. Bước “{ $step }” ngày { $on } của { $candidate } là ghi nhầm và đã được gỡ; đề nghị đồng chí coi như chưa có. Trân trọng.
back-told-mentor = Đồng chí không được phân công theo bước đã gỡ này.

# Why not.
back-not-yours = Bước “{ $step }” của { $candidate } do người ghi nhận bước đó hoặc Đảng ủy gỡ.
back-not-newest = Hồ sơ { $candidate } vừa thay đổi, bước này không còn là bước gần nhất hoặc đã được gỡ. Gõ /hoso và mã để xem lại.
back-guided-since = Chưa gỡ được bước “{ $step }” của { $candidate }: sau bước này đã phân công người theo dõi, giúp đỡ khác. Đề nghị dùng /phancong để kết thúc phân công đó, rồi gỡ lại.
back-unknown = Chưa gỡ được bước “{ $step }” của { $candidate }: bước này được ghi từ trước khi chương trình lưu những gì nó thay đổi. Đề nghị báo người quản trị.
