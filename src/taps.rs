//! What a tapped button means: the words shared by who makes a button (a feature, a reminder) and
//! the feature that answers it. Stored as JSON beside the button; the wire sees only its id.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CaseId, MeetingId, NoticeId, UnitId};
use crate::domain::report::{Rating, Recommendation, Slot};

/// Which feature answers, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", content = "t", rename_all = "snake_case")]
pub enum Tap {
    Report(ReportTap),
    Review(ReviewTap),
    Attendance(AttendanceTap),
    Figures(FiguresTap),
    Notice(NoticeTap),
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

/// The same figures for another unit or the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresTap {
    pub unit: UnitId,
    pub from: NaiveDate,
    /// First day after the period.
    pub to: NaiveDate,
}
