//! What a tapped button means: the words shared by who makes a button (a feature, a reminder) and
//! the feature that answers it. Stored as JSON beside the button; the wire sees only its id.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CaseId, MeetingId, UnitId};
use crate::domain::report::{Rating, Recommendation};

/// Which feature answers, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", content = "t", rename_all = "snake_case")]
pub enum Tap {
    Report(ReportTap),
    Attendance(AttendanceTap),
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum AttendanceTap {
    Coming(MeetingId),
    Excused(MeetingId),
    /// Leaves the absence without a reason.
    NoReason,
}

/// The same figures for another unit or the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresTap {
    pub unit: UnitId,
    pub from: NaiveDate,
    /// First day after the period.
    pub to: NaiveDate,
}
