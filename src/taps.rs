//! What a tapped button means: the words shared by who makes a button (a feature, a reminder) and
//! the feature that answers it. Stored as JSON beside the button; the wire sees only its id.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::people::OfficeKind;
use crate::domain::report::{Rating, Recommendation, Slot};

/// Which feature answers, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", content = "t", rename_all = "snake_case")]
pub enum Tap {
    Report(ReportTap),
    Review(ReviewTap),
    Attendance(AttendanceTap),
    Handover(HandoverTap),
    Figures(FiguresTap),
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
