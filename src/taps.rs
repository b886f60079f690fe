//! What a tapped button means: the words shared by who makes a button (a feature, a reminder) and
//! the feature that answers it. Stored as JSON beside the button; the wire sees only its id.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CaseId, DutyId, MeetingId, PersonId, UnitId};
use crate::domain::report::{Rating, Recommendation, Slot};

/// Which feature answers, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "f", content = "t", rename_all = "snake_case")]
pub enum Tap {
    Report(ReportTap),
    Review(ReviewTap),
    Attendance(AttendanceTap),
    Sheet(SheetTap),
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
    /// Shows the whole and asks whether to close.
    Close(MeetingId),
    CloseNow(MeetingId),
    /// What a meeting gave somebody to do is done.
    Done(DutyId),
}

/// The same figures for another unit or the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresTap {
    pub unit: UnitId,
    pub from: NaiveDate,
    /// First day after the period.
    pub to: NaiveDate,
}
