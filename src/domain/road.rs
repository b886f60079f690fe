//! The road of a candidate: what can happen on it, as steps that are recorded once and never
//! overwritten.

use super::words;

words! {
    /// Something that happened in a case, on a date.
    CaseStep {
        /// được giới thiệu
        Introduced = "introduced",
        /// được phân công theo dõi, giúp đỡ
        Mentored = "mentored",
        /// đưa vào nguồn (dự nguồn)
        Sourced = "sourced",
        /// cử đi học lớp bồi dưỡng nhận thức về Đảng
        AwarenessClass = "awareness_class",
        /// lập hồ sơ
        Dossier = "dossier",
        /// chi bộ xét
        BranchVote = "branch_vote",
        /// Đảng ủy xét
        CommitteeDecision = "committee_decision",
        /// kết nạp
        Admitted = "admitted",
        /// cử đi học lớp bồi dưỡng đảng viên mới
        NewMemberClass = "new_member_class",
        /// công nhận đảng viên chính thức
        Recognised = "recognised",
        /// đưa ra khỏi nguồn, dừng theo dõi
        Dropped = "dropped",
    }
}
