//! What a tapped button means: the words shared by who makes a button (a feature, a reminder) and
//! the feature that answers it. Stored as JSON beside the button; the wire sees only its id.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::report::{Rating, Recommendation, Slot};
use crate::domain::road::{Ask, CaseStep, Paper, PaperSet, Place, Reason};

/// Which feature answers, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", content = "t", rename_all = "snake_case")]
pub enum Tap {
    Report(ReportTap),
    Review(ReviewTap),
    Attendance(AttendanceTap),
    Figures(FiguresTap),
    Road(RoadTap),
    Introduction(IntroductionTap),
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
    /// A day that was asked for.
    On(NaiveDate),
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
    On(NaiveDate),
    Record,
}
