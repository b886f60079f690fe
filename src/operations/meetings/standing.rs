//! Whether a meeting still is what somebody does something about.

use chrono::NaiveDateTime;

use crate::domain::meeting::MeetingState;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::operations::work::{Refused, refuse};
use crate::store::meetings::Meeting;

/// A meeting that was not cancelled. Whatever is done about a meeting is done about one of these: only
/// [`Standing::of`] makes one.
#[derive(Clone, Debug)]
pub struct Standing(Meeting);

impl Standing {
    /// Refuses a meeting that was cancelled. Whether it is theirs is asked before.
    pub fn of(practice: &Practice, meeting: Meeting) -> Result<Self, Refused> {
        match meeting.state {
            MeetingState::Cancelled => refuse(cancelled(practice.local(meeting.starts_at))),
            MeetingState::Planned | MeetingState::Closed => Ok(Self(meeting)),
        }
    }

    pub fn meeting(self) -> Meeting {
        self.0
    }
}

/// That a meeting was cancelled which was to begin at this local time.
fn cancelled(at: NaiveDateTime) -> Phrase {
    Phrase::new("schedule-was-cancelled").with("at", at)
}
