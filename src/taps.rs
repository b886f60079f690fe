//! What a tapped button means: the words shared by who makes a button (a feature, a reminder) and
//! the feature that answers it. Stored as JSON beside the button; the wire sees only its id.

mod confirms;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::audit::{ActKind, Cursor, Toward};
use crate::domain::class::{ClassKind, Outcome};
use crate::domain::ids::{
    CaseId, CaseStepId, ClassId, DutyId, MeetingId, NoticeId, OutboxId, PersonId, ProposalId,
    UnitId,
};
use crate::domain::language::Language;
use crate::domain::listed::Departure;
use crate::domain::minutes::{PaperKind, Presence};
use crate::domain::month::StepKind;
use crate::domain::people::{OfficeKind, Status};
use crate::domain::quiet::Rest;
use crate::domain::report::{Rating, Recommendation, Slot};
use crate::domain::road::{ArrivesAs, Ask, CaseStep, Paper, PaperSet, Place, Reason};
use crate::domain::target::TargetKind;

pub use confirms::Confirms;

/// Which feature answers, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", content = "t", rename_all = "snake_case")]
pub enum Tap {
    Report(ReportTap),
    Review(ReviewTap),
    Attendance(AttendanceTap),
    Schedule(ScheduleTap),
    Sheet(SheetTap),
    Handover(HandoverTap),
    Personnel(PersonnelTap),
    Figures(FiguresTap),
    Nudge(NudgeTap),
    Snooze(SnoozeTap),
    Settings(SettingsTap),
    Notice(NoticeTap),
    Road(RoadTap),
    Introduction(IntroductionTap),
    Doubt(DoubtTap),
    Audit(AuditTap),
    Class(ClassTap),
    Target(TargetTap),
    Approval(ApprovalTap),
    /// A command, as if it had been typed: the word without slash.
    Command(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum ReportTap {
    /// Opens the list of what is owed.
    Open,
    /// Opens one candidate for one meeting.
    Choose {
        meeting: MeetingId,
        case: CaseId,
    },
    /// Opens one candidate for one meeting with last month's report, unless one was begun.
    Repeat {
        meeting: MeetingId,
        case: CaseId,
    },
    /// Fills the draft with last month's report and shows the preview.
    AsLastMonth,
    Rate(Rating),
    SkipText,
    Recommend(Recommendation),
    Back,
    SaveDraft,
    /// Opens the menu of what to change.
    Edit,
    /// The aspect with this index.
    EditRating(usize),
    EditText,
    EditRecommendation,
    Send,
}

/// What a secretary or deputy does with a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum ReviewTap {
    /// Shows it, with what can be done.
    Open(Slot),
    Accept(Slot),
    /// Begins the return: asks why.
    Return(Slot),
    /// Until when it is expected again; local time.
    Until(NaiveDateTime),
    /// What was said of the candidate in the months before.
    Earlier(Slot),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum AttendanceTap {
    Coming(MeetingId),
    Excused(MeetingId),
    /// Leaves the absence without a reason.
    NoReason,
}

/// What a secretary or deputy does with the meetings of their branch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum ScheduleTap {
    /// Begins to set when the branch meets.
    Rule(UnitId),
    /// Lists the meetings that can be moved or cancelled.
    Meetings(UnitId),
    /// Begins to move one.
    Move(MeetingId),
    /// Begins to cancel one.
    Cancel(MeetingId),
    /// Begins to add a thematic one.
    Add(UnitId),
    /// Who comes, who does not, and who has not said.
    Roll(MeetingId),
    /// Answers the open question.
    Give(Given),
    /// Goes back to a question.
    Ask(Asked),
    /// Shows what can be changed before it is confirmed.
    Edit,
    /// Does what was shown.
    Confirm,
    /// Leaves everything as it was.
    Leave,
}

/// An answer that is offered as a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "g", content = "v", rename_all = "snake_case")]
pub enum Given {
    /// A rule in its stored form.
    Rule(String),
    Time(NaiveTime),
    /// A day-off policy in its stored form.
    Policy(String),
    /// What was asked for stays as it is.
    Same,
    /// The day is meant although it is off.
    Anyway,
}

/// A question about a rule or a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The day, in words or by kind.
    Rule,
    DayOfMonth,
    /// Which weekday …
    Weekday,
    /// … and which one of the month; days from Monday.
    Which(u8),
    Time,
    Place,
    Policy,
    Topic,
    When,
    Reason,
}

/// What who watches over a branch does about its reminders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum NudgeTap {
    /// Shows what became of a meeting's reminders.
    Proof(MeetingId),
    /// Reminds those who still owe a report for it.
    Owing(MeetingId),
    /// The same, although they were reminded a short while ago.
    Anyway(MeetingId),
}

/// Being reminded again of a duty around a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum SnoozeTap {
    /// Asks when.
    Ask { meeting: MeetingId, duty: StepKind },
    /// At this local time.
    At { meeting: MeetingId, duty: StepKind, at: NaiveDateTime },
}

/// What people choose for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum SettingsTap {
    /// Shows the choices.
    Open,
    /// `vi` or `en`.
    Language(Language),
    /// Asks for the quiet hours.
    Hours,
    Rest(Rest),
    /// Asks which account is written to first.
    Accounts,
    Account(i64),
}

/// What the secretary or deputy writes on a meeting's sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum SheetTap {
    /// The meeting of this branch that is at hand.
    Branch(UnitId),
    /// The summary for the branch's next meeting.
    Ahead(UnitId),
    /// The sheet, or what became of it.
    Show(MeetingId),
    Roll(MeetingId),
    /// Marks everybody present, and saves that.
    AllPresent(MeetingId),
    /// The next mark for one member.
    Mark {
        meeting: MeetingId,
        person: PersonId,
        /// The mark that the button shows; versions before did not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Presence>,
    },
    SaveRoll(MeetingId),
    Chairs(MeetingId),
    Chair {
        meeting: MeetingId,
        person: PersonId,
    },
    Takers(MeetingId),
    /// Who takes the minutes.
    Taker {
        meeting: MeetingId,
        person: PersonId,
    },
    Case {
        meeting: MeetingId,
        case: CaseId,
    },
    /// Asks for the conclusion on a candidate.
    Conclude {
        meeting: MeetingId,
        case: CaseId,
    },
    Propose {
        meeting: MeetingId,
        case: CaseId,
        recommendation: Recommendation,
    },
    /// Asks how many were for it.
    Vote {
        meeting: MeetingId,
        case: CaseId,
    },
    Unanimous {
        meeting: MeetingId,
        case: CaseId,
    },
    Duties(MeetingId),
    /// Asks what the member is to do.
    Assign {
        meeting: MeetingId,
        person: PersonId,
    },
    TakeBack {
        meeting: MeetingId,
        duty: DutyId,
    },
    /// Asks for the branch's own score.
    Score(MeetingId),
    /// Asks from which number on the papers of this kind go on.
    Number {
        meeting: MeetingId,
        kind: PaperKind,
    },
    /// Shows the whole and asks whether to close.
    Close(MeetingId),
    CloseNow(MeetingId),
    /// What a meeting gave somebody to do is done.
    Done(DutyId),
}

/// A notice of the committee to branches: writing it, watching it, and having read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum NoticeTap {
    /// Begins one, or goes on with the draft.
    Compose,
    /// Chooses a branch, however often it is tapped; the next one takes it back.
    Pick(UnitId),
    Drop(UnitId),
    PickAll,
    DropAll,
    /// Other branches to choose from.
    Page(usize),
    /// The branches are chosen.
    Continue,
    EditText,
    EditUnits,
    /// Takes the file away.
    DropFile,
    /// Leaves the text as it is.
    Back,
    Send,
    /// Throws the draft away.
    Discard,
    /// Who has read one; some branches at a time.
    Look {
        notice: NoticeId,
        page: usize,
    },
    /// What a recipient taps.
    Read(NoticeId),
}

/// Who guides whom, and who holds which office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum HandoverTap {
    /// One candidate: their mentors, and what can be changed.
    Candidate(CaseId),
    /// The offices of one branch.
    Branch(UnitId),
    /// Begins to change something: asks who takes it over.
    Begin(Charge),
    Who(PersonId),
    Since(NaiveDate),
    Confirm,
    /// Asks everything once more.
    Anew,
}

/// People who are on no road, kept true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum PersonnelTap {
    /// Somebody as they stand.
    Somebody(PersonId),
    /// Begins to change something; of nobody: puts somebody down.
    Begin {
        deed: PersonnelDeed,
        person: Option<PersonId>,
    },
    Unit(UnitId),
    Status(Status),
    How(Departure),
    Office(OfficeKind),
    Day(NaiveDate),
    Confirm,
    /// Asks everything once more.
    Anew,
    /// What a branch's leader proposed.
    Proposal(ProposalId),
    Accept(ProposalId),
    Decline(ProposalId),
}

/// What is done to somebody who is on no road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "d", rename_all = "snake_case")]
pub enum PersonnelDeed {
    Add,
    Rename,
    Born,
    Move,
    Leave,
    Return,
    Become,
    Appoint,
    Release { office: OfficeKind, unit: UnitId },
}

/// What passes from one person to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "c", rename_all = "snake_case")]
pub enum Charge {
    /// The guidance of a candidate; in place of one of their mentors, or beside them.
    Mentor { case: CaseId, instead_of: Option<PersonId> },
    /// The guidance of a candidate ends, and nobody follows.
    Release { case: CaseId, mentor: PersonId },
    /// An office of a branch; `holder` gives it up, or nobody held it.
    Office { unit: UnitId, kind: OfficeKind, holder: Option<PersonId> },
}

/// The same figures for another unit or the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresTap {
    pub unit: UnitId,
    pub from: NaiveDate,
    /// First day after the period.
    pub to: NaiveDate,
}

/// What is looked at and done on a candidate's road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum RoadTap {
    /// The candidates of a branch, stage by stage.
    Branch(UnitId),
    /// One candidate's page.
    Open(CaseId),
    /// The steps that lead back or off the road.
    Others(CaseId),
    Papers {
        case: CaseId,
        set: PaperSet,
    },
    /// Asks whether a paper is there, and where it is kept.
    Paper {
        case: CaseId,
        paper: Paper,
    },
    /// Notes it; nowhere: it is not there.
    Keep {
        case: CaseId,
        paper: Paper,
        at: Option<Place>,
    },
    /// Begins to record a step.
    Begin {
        case: CaseId,
        step: CaseStep,
    },
    /// Asks whether the newest step was recorded by mistake.
    Mistaken(CaseId),
    TakeBack {
        case: CaseId,
        taken: CaseStepId,
    },
    /// A day that was asked for.
    On(NaiveDate),
    /// The branch that a case goes to.
    To(UnitId),
    /// Names a person, or takes the name back.
    Name(PersonId),
    /// Everybody is named.
    Named,
    Because(Reason),
    /// Opens the menu of what to change.
    Edit,
    /// Asks anew, from this question on.
    Change(Ask),
    /// Records the step as it was shown.
    Take,
}

/// The steps of introducing somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum IntroductionTap {
    Choose(PersonId),
    /// Somebody who is not on the staff list yet.
    New,
    /// The newcomer's branch.
    In(UnitId),
    /// Somebody comes from another organisation with their file.
    Arrive,
    /// Where they stand on the road.
    As(ArrivesAs),
    /// What is asked for has not happened yet.
    NotYet,
    /// Asks anew what the file says.
    Anew,
    On(NaiveDate),
    Record,
}

/// What a text was meant as that could be the content of an answer or something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum DoubtTap {
    /// The content of the answer to this question.
    Content { question: OutboxId, text: String },
    /// What it says where nothing is asked.
    Instead { text: String },
}

/// Reading on in the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum AuditTap {
    Show(AuditView),
    /// Offers the kinds of deed to choose from.
    Kinds(AuditView),
}

/// Which part of the audit is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// With everything below it; `None`: all that the reader watches over.
    pub unit: Option<UnitId>,
    /// Done by, or to, the person or case with this code.
    pub code: Option<String>,
    /// First day, and first day after.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub kind: Option<ActKind>,
    pub place: Cursor,
    pub toward: Toward,
}

/// What the committee does about its classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum ClassTap {
    /// The classes that begin in a year.
    Year(i32),
    /// Begins to open one.
    Open,
    Kind(ClassKind),
    /// A day that was asked for.
    Day(NaiveDate),
    /// One class: who was sent and what became of them.
    Look(ClassId),
    /// Begins to send people to it.
    Add(ClassId),
    /// The same for those whose certificate ends, to the next class there is.
    Again,
    /// Chooses somebody, however often it is tapped; the next one takes it back.
    Pick(CaseId),
    Drop(CaseId),
    PickAll,
    DropAll,
    /// Others to choose from.
    Page(usize),
    /// Everybody is chosen, or everybody's result is noted.
    Continue,
    /// Begins to note who got a certificate.
    Certify(ClassId),
    /// What became of somebody; `None`: not known yet.
    Mark {
        case: CaseId,
        outcome: Option<Outcome>,
    },
    /// Begins to cancel a class.
    Cancel(ClassId),
    /// Asks everything once more.
    Anew,
    /// Does what was shown.
    Confirm,
}

/// What is expected of the branches in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum TargetTap {
    /// The table of a year.
    Year(i32),
    /// Who set what, and when.
    Changes(i32),
    /// Begins to set one: asks for the branch.
    Set(i32),
    /// Asks how many.
    Of { unit: UnitId, year: i32, kind: TargetKind },
    /// Sets it although it is odd.
    Anyway,
}

/// What the committee does with a branch's source list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum ApprovalTap {
    /// The list of a branch.
    List(UnitId),
    /// Chooses a candidate, or takes the choice back.
    Pick(CaseId),
    /// Begins to approve it for those chosen, or for all.
    Approve,
    /// Begins to return it.
    Return,
    /// The day that was asked for.
    On(NaiveDate),
    Because(Reason),
    /// Back to the choice.
    Anew,
    /// Records what was shown.
    Record,
}
