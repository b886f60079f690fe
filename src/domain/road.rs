//! The road of a candidate, from the introduction to the official member: its stages, what can
//! happen on it, and what each step asks for.
//!
//! A road is its history: steps that are recorded once and never overwritten. Where a case stands
//! follows from them. [`guards`] says which steps are possible and what the others lack, and
//! [`deadlines`] which limits are running. Values of rules are in [`super::regulations`]; nothing
//! here knows how many months anything takes.

mod arrival;
mod deadlines;
mod guards;
mod reading;
mod verdict;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use arrival::{Arrival, ArrivesAs};
pub use deadlines::{Deadline, DeadlineKind, deadlines};
pub use guards::{Facts, Road, guided_by, too_many_mentors};
pub use reading::paper_number;
pub use verdict::{Lack, Missing, Tally, Verdict};

use super::ids::{PersonId, UnitId};
use super::people::Status;
use super::regulations::{CountedFrom, Regulations};
use super::typed::Typed;
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
        /// Đảng ủy duyệt danh sách nguồn
        SourceApproved = "source_approved",
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
        /// chi bộ xét công nhận đảng viên chính thức
        RecognitionVote = "recognition_vote",
        /// công nhận đảng viên chính thức
        Recognised = "recognised",
        /// trả lại bước trước
        SentBack = "sent_back",
        /// đưa ra khỏi nguồn, dừng theo dõi; of a probationary member: xóa tên
        Dropped = "dropped",
        /// theo dõi trở lại
        Returned = "returned",
        /// chuyển sang đơn vị khác
        Transferred = "transferred",
        /// hồ sơ chuyển đến chi bộ khác cùng Đảng bộ
        Received = "received",
        /// từ trần
        Died = "died",
    }
}

words! {
    /// Where a case stands. The order is that of the road; the last three are its ends.
    Stage {
        /// quần chúng được giới thiệu
        Introduced = "introduced",
        /// được theo dõi, giúp đỡ
        Guided = "guided",
        /// trong nguồn (dự nguồn)
        Source = "source",
        /// được cử học lớp bồi dưỡng nhận thức về Đảng
        Taught = "taught",
        /// đang lập hồ sơ
        Dossier = "dossier",
        /// chi bộ đã xét, trình Đảng ủy
        Voted = "voted",
        /// Đảng ủy đã quyết định kết nạp
        Decided = "decided",
        /// đảng viên dự bị
        Probationary = "probationary",
        /// chi bộ đã xét công nhận
        Considered = "considered",
        /// đảng viên chính thức
        Official = "official",
        /// dừng theo dõi
        Dropped = "dropped",
        /// đã chuyển sang đơn vị khác
        Transferred = "transferred",
        /// đã từ trần
        Died = "died",
    }
}

words! {
    /// Who can do something about a case.
    Who {
        /// bí thư, phó bí thư chi bộ
        Secretary = "secretary",
        /// Đảng ủy và Văn phòng Đảng ủy
        Committee = "committee",
        /// đầu mối đoàn thể
        Union = "union",
        /// chi bộ, by a vote
        Branch = "branch",
        /// cấp ủy cấp trên
        Superior = "superior",
        /// nobody: the day has to come
        Time = "time",
    }
}

words! {
    /// A paper of the dossier. Only whether it is there and where it is kept is recorded, never what
    /// it says: dossiers are classified. Numbers of forms are those of HD 12-HD/BTCTW (18/01/2022).
    Paper {
        /// Mẫu 1, handwritten
        Application = "application",
        /// Mẫu 2
        Cv = "cv",
        /// thẩm tra lý lịch
        Verification = "verification",
        /// Mẫu 3
        Introduction = "introduction",
        /// Mẫu 4, of the Đoàn
        YouthResolution = "youth_resolution",
        /// Mẫu 4A, of the trade union
        UnionResolution = "union_resolution",
        /// Mẫu 5: of organisations and of the place of residence
        Opinions = "opinions",
        /// văn bằng, giấy xác nhận trình độ học vấn
        Education = "education",
        /// giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng
        Certificate = "certificate",
        /// Mẫu 6
        BranchResolution = "branch_resolution",
        /// Mẫu 7, of an intermediate committee
        Intermediate = "intermediate",
        /// Mẫu 8
        CommitteeResolution = "committee_resolution",
        /// Mẫu 9
        Decision = "decision",
        /// lý lịch đảng viên, after the ceremony
        MemberCv = "member_cv",
        /// giấy chứng nhận học lớp đảng viên mới
        NewMemberCertificate = "new_member_certificate",
        /// Mẫu 10
        SelfReview = "self_review",
        /// Mẫu 11
        MentorReview = "mentor_review",
        /// Mẫu 12
        LaterOpinions = "later_opinions",
        /// Mẫu 13
        RecognitionResolution = "recognition_resolution",
        /// Mẫu 15
        CommitteeRecognition = "committee_recognition",
    }
}

words! {
    /// The half of the road that a paper belongs to.
    PaperSet {
        /// hồ sơ kết nạp
        Admission = "admission",
        /// hồ sơ công nhận chính thức
        Recognition = "recognition",
    }
}

words! {
    /// Where a paper is kept.
    Place {
        /// chi bộ
        Branch = "branch",
        /// Văn phòng Đảng ủy
        Office = "office",
    }
}

words! {
    /// Why a case was sent back or stopped. A list, so that nothing about a person has to be
    /// written in a messenger.
    Reason {
        /// hồ sơ chưa đủ, chưa đúng
        Papers = "papers",
        /// không đủ số phiếu tán thành
        Votes = "votes",
        /// cấp ủy yêu cầu xem xét lại
        Reconsider = "reconsider",
        /// không còn nguyện vọng
        Wish = "wish",
        /// không đủ tiêu chuẩn, điều kiện
        Standard = "standard",
        /// thôi việc
        Left = "left",
    }
}

words! {
    /// Something that a step has to be told before it is taken.
    Ask {
        /// the day it happened
        On = "on",
        /// số, ký hiệu of the resolution, decision or certificate
        Number = "number",
        /// the branch that a case goes to
        Branch = "branch",
        Mentors = "mentors",
        Introducers = "introducers",
        /// in favour, and excused by rule; how many there are is known
        BranchVotes = "branch_votes",
        /// in favour, of how many
        CommitteeVotes = "committee_votes",
        /// the day the decision was received, where limits run from then
        Received = "received",
        Reason = "reason",
        /// number of the superior committee's consent, where only that mends what is lacking
        Consent = "consent",
    }
}

/// A vote on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// Everybody who has a vote, present or not.
    pub members: u32,
    /// Those of them who do not count: on temporary transfer, or exempt and absent.
    pub excused: u32,
    pub in_favour: u32,
}

/// A member named as mentor or introducer, as they were on the day of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fellow {
    pub id: PersonId,
    /// Whether they were an official member of the branch.
    pub official: bool,
    /// Whole months of work together with the candidate, as far as is known.
    pub months: u32,
}

/// What became of a class that somebody was sent to together with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Studied {
    /// Sent; there is no certificate yet.
    Sent,
    Certified {
        number: Typed,
        on: NaiveDate,
    },
}

/// What a step was told. While it is being asked for, anything may still be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub on: Option<NaiveDate>,
    pub number: Option<Typed>,
    pub people: Option<Vec<Fellow>>,
    pub votes: Option<Votes>,
    pub received: Option<NaiveDate>,
    pub reason: Option<Reason>,
    pub consent: Option<Typed>,
    /// Of a step that a class stands behind. One recorded by itself is the certificate's: its day and
    /// number are those of the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studied: Option<Studied>,
    /// The branch that the case went to.
    pub branch: Option<UnitId>,
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub step: CaseStep,
    pub on: NaiveDate,
    pub evidence: Evidence,
    /// In another organisation, before the candidate came from there with their file.
    pub elsewhere: bool,
}

impl Taken {
    /// Whether a file was received that comes from another organisation, and not from another branch.
    pub fn is_arrival(&self) -> bool {
        self.step == CaseStep::Received && self.evidence.branch.is_none()
    }

    /// The day of the certificate that this class ended with, if there is one.
    pub fn certified_on(&self) -> Option<NaiveDate> {
        match &self.evidence.studied {
            None => Some(self.on),
            Some(Studied::Certified { on, .. }) => Some(*on),
            Some(Studied::Sent) => None,
        }
    }
}

impl Fellow {
    /// Whole months from one day to another; none where the other does not come after it.
    pub fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
        let months = (to.year() - from.year()) * 12 + to.month().cast_signed()
            - from.month().cast_signed()
            - i32::from(to.day() < from.day());
        u32::try_from(months).unwrap_or_default()
    }
}

impl Paper {
    /// Which half of the road it belongs to.
    pub fn set(self) -> PaperSet {
        if self < Self::MemberCv { PaperSet::Admission } else { PaperSet::Recognition }
    }
}

/// What a branch lays before the committee, in the order in which the committee is shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Submission {
    /// danh sách nguồn
    SourceList,
    /// đề nghị kết nạp
    Admission,
    /// đề nghị công nhận đảng viên chính thức
    Recognition,
}

/// What a step does to the guidance of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guidance {
    /// Those named in it guide the candidate after it, and nobody else.
    Begins,
    GoesOn,
    /// Nobody guides the candidate any more after it.
    Ends,
}

impl CaseStep {
    /// Whether it leads on along the road, rather than back or off it.
    pub const fn leads_on(self) -> bool {
        use CaseStep::*;
        match self {
            Introduced | Mentored | Sourced | SourceApproved | AwarenessClass | Dossier
            | BranchVote | CommitteeDecision | Admitted | NewMemberClass | RecognitionVote
            | Recognised | Returned | Received => true,
            SentBack | Dropped | Transferred | Died => false,
        }
    }

    /// Who may take it.
    pub const fn takers(self) -> &'static [Who] {
        use CaseStep::*;
        match self {
            Introduced => &[Who::Union, Who::Secretary],
            SourceApproved | AwarenessClass | CommitteeDecision | NewMemberClass | Recognised
            | Received => &[Who::Committee],
            SentBack => &[Who::Secretary, Who::Committee],
            Mentored | Sourced | Dossier | BranchVote | Admitted | RecognitionVote | Dropped
            | Returned | Transferred | Died => &[Who::Secretary],
        }
    }

    /// What the committee decides on by it, where a branch has laid that before it.
    pub const fn submission(self) -> Option<Submission> {
        use CaseStep::*;
        match self {
            SourceApproved => Some(Submission::SourceList),
            CommitteeDecision => Some(Submission::Admission),
            Recognised => Some(Submission::Recognition),
            Introduced | Mentored | Sourced | AwarenessClass | Dossier | BranchVote | Admitted
            | NewMemberClass | RecognitionVote | SentBack | Dropped | Returned | Transferred
            | Received | Died => None,
        }
    }

    /// What it asks for, in order. [`Ask::Received`] is asked only where the rule counts from
    /// there.
    pub const fn asks(self) -> &'static [Ask] {
        use CaseStep::*;
        match self {
            Introduced | Admitted | Died => &[Ask::On],
            Mentored | Returned => &[Ask::On, Ask::Number, Ask::Mentors],
            Sourced | SourceApproved | AwarenessClass | NewMemberClass | Transferred => {
                &[Ask::On, Ask::Number]
            }
            Received => &[Ask::On, Ask::Branch, Ask::Number],
            Dossier => &[Ask::On, Ask::Introducers],
            BranchVote | RecognitionVote => &[Ask::On, Ask::Number, Ask::BranchVotes],
            CommitteeDecision => &[Ask::On, Ask::Number, Ask::CommitteeVotes, Ask::Received],
            Recognised => &[Ask::On, Ask::Number, Ask::CommitteeVotes],
            SentBack => &[Ask::On, Ask::Reason],
            Dropped => &[Ask::On, Ask::Number, Ask::Reason],
        }
    }

    /// The questions that have no answer yet, in order.
    pub fn unanswered(self, told: &Evidence, rules: &Regulations) -> impl Iterator<Item = Ask> {
        let is_open = |ask: &Ask| match ask {
            Ask::On => told.on.is_none(),
            Ask::Number => told.number.is_none(),
            Ask::Branch => told.branch.is_none(),
            Ask::Mentors | Ask::Introducers => told.people.is_none(),
            Ask::BranchVotes | Ask::CommitteeVotes => told.votes.is_none(),
            Ask::Received => {
                let counted = told.on.map(|on| rules.ceremony_counted_from.on(on).value);
                counted == Some(CountedFrom::Receipt) && told.received.is_none()
            }
            Ask::Reason => told.reason.is_none(),
            Ask::Consent => told.consent.is_none(),
        };
        self.asks().iter().copied().filter(is_open)
    }

    /// The reasons it may be given.
    pub const fn reasons(self) -> &'static [Reason] {
        use CaseStep::*;
        match self {
            SentBack => &[Reason::Papers, Reason::Votes, Reason::Reconsider, Reason::Standard],
            Dropped => &[Reason::Wish, Reason::Standard, Reason::Left],
            Introduced | Mentored | Sourced | SourceApproved | AwarenessClass | Dossier
            | BranchVote | CommitteeDecision | Admitted | NewMemberClass | RecognitionVote
            | Recognised | Returned | Transferred | Received | Died => &[],
        }
    }

    /// The limit by which it has to be taken, where one runs.
    pub const fn limit(self) -> Option<DeadlineKind> {
        use CaseStep::*;
        match self {
            Dossier | BranchVote | CommitteeDecision => Some(DeadlineKind::Certificate),
            Admitted => Some(DeadlineKind::Ceremony),
            NewMemberClass => Some(DeadlineKind::Probation),
            RecognitionVote => Some(DeadlineKind::Recognition),
            Received => Some(DeadlineKind::Transfer),
            Introduced | Mentored | Sourced | SourceApproved | AwarenessClass | Recognised
            | SentBack | Dropped | Returned | Transferred | Died => None,
        }
    }

    /// Where its paper is kept.
    pub fn kept(self) -> Place {
        if self.takers() == [Who::Committee] { Place::Office } else { Place::Branch }
    }

    /// What it does to the guidance.
    pub const fn guidance(self) -> Guidance {
        use CaseStep::*;
        match self {
            Mentored | Returned => Guidance::Begins,
            Introduced | Sourced | SourceApproved | AwarenessClass | Dossier | BranchVote
            | CommitteeDecision | Admitted | NewMemberClass | RecognitionVote | SentBack
            | Received => Guidance::GoesOn,
            Recognised | Dropped | Transferred | Died => Guidance::Ends,
        }
    }

    /// What it makes of every candidate.
    pub const fn makes(self) -> Option<Status> {
        use CaseStep::*;
        match self {
            Admitted => Some(Status::Probationary),
            Recognised => Some(Status::Official),
            Introduced | Mentored | Sourced | SourceApproved | AwarenessClass | Dossier
            | BranchVote | CommitteeDecision | NewMemberClass | RecognitionVote | SentBack
            | Dropped | Returned | Transferred | Received | Died => None,
        }
    }

    /// Whether it begins rows beside the case whenever it is taken.
    pub fn leaves_traces(self) -> bool {
        self.guidance() == Guidance::Begins || self.makes().is_some()
    }
}

impl Stage {
    /// Whether the road goes on from here.
    pub fn is_open(self) -> bool {
        self < Self::Official
    }

    /// Whether the certificate of the awareness class still matters: until the decision.
    pub fn needs_certificate(self) -> bool {
        self < Self::Decided
    }

    /// Whether somebody can be sent to the awareness class: who is on the list, until the decision.
    pub fn is_taught(self) -> bool {
        self >= Self::Source && self.needs_certificate()
    }

    /// Whether the branch has voted on the admission, and the ceremony is still to come.
    pub fn awaits_ceremony(self) -> bool {
        (Self::Voted..Self::Probationary).contains(&self)
    }

    /// Whether the candidate is on probation.
    pub fn is_on_probation(self) -> bool {
        (Self::Probationary..Self::Official).contains(&self)
    }

    /// The papers that matter there.
    pub fn papers(self) -> PaperSet {
        match (Self::Probationary..=Self::Official).contains(&self) {
            true => PaperSet::Recognition,
            false => PaperSet::Admission,
        }
    }

    /// Where a case stands after a step. A recorded step is a fact, so every one of them leads
    /// somewhere; which of them may be taken is for [`Road::possible`] to say.
    fn after(from: Option<Self>, step: CaseStep) -> Self {
        let at_least = |stage| from.map_or(stage, |from: Self| from.max(stage));
        match step {
            CaseStep::Introduced => Self::Introduced,
            CaseStep::Mentored | CaseStep::Returned => Self::Guided,
            CaseStep::Sourced => Self::Source,
            CaseStep::SourceApproved => at_least(Self::Source),
            CaseStep::AwarenessClass => at_least(Self::Taught),
            CaseStep::Dossier => Self::Dossier,
            CaseStep::BranchVote => Self::Voted,
            CaseStep::CommitteeDecision => Self::Decided,
            CaseStep::Admitted => Self::Probationary,
            CaseStep::NewMemberClass => at_least(Self::Probationary),
            CaseStep::RecognitionVote => Self::Considered,
            CaseStep::Recognised => Self::Official,
            CaseStep::SentBack => {
                from.map_or(Self::Introduced, |from| from.before().unwrap_or(from))
            }
            CaseStep::Dropped => Self::Dropped,
            CaseStep::Transferred => Self::Transferred,
            // Where it stood before it left is in its history: see [`stage`].
            CaseStep::Received => from.unwrap_or(Self::Introduced),
            CaseStep::Died => Self::Died,
        }
    }

    /// Where a case goes when it is sent back: out of the source list only before the class. `None`:
    /// nothing was laid before anybody that could be.
    fn before(self) -> Option<Self> {
        match self {
            Self::Source => Some(Self::Guided),
            Self::Dossier => Some(Self::Taught),
            Self::Voted => Some(Self::Dossier),
            Self::Decided => Some(Self::Voted),
            Self::Considered => Some(Self::Probationary),
            Self::Introduced | Self::Guided | Self::Taught | Self::Probationary => None,
            Self::Official | Self::Dropped | Self::Transferred | Self::Died => None,
        }
    }
}

/// Where a history has led; `None` before anything happened.
pub fn stage(history: &[Taken]) -> Option<Stage> {
    stage_along(history.iter().map(|taken| taken.step))
}

/// Where a history would lead with one more step.
pub fn stage_after(history: &[Taken], step: CaseStep) -> Option<Stage> {
    stage_along(history.iter().map(|taken| taken.step).chain([step]))
}

/// A case that left and was received elsewhere stands where it stood when it left; one that never left
/// came from another organisation, and stands where its file says.
fn stage_along(steps: impl Iterator<Item = CaseStep>) -> Option<Stage> {
    let (mut left, mut at) = (None, None);
    for step in steps {
        if step == CaseStep::Transferred {
            left = at;
        }
        let from = if step == CaseStep::Received { left.or(at) } else { at };
        at = Some(Stage::after(from, step));
    }
    at
}

#[cfg(test)]
mod tests;
