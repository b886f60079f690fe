//! Whether a meeting still is what somebody does something about.

use crate::domain::meeting::MeetingState;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::operations::work::{Refused, refuse};
use crate::store::meetings::Meeting;

/// Refuses a meeting that was cancelled: nothing is done about one any more. Whether it is theirs is asked before.
pub fn must_stand(practice: &Practice, meeting: &Meeting) -> Result<(), Refused> {
    match meeting.state {
        MeetingState::Cancelled => refuse(
            Phrase::new("schedule-was-cancelled").with("at", practice.local(meeting.starts_at)),
        ),
        MeetingState::Planned | MeetingState::Closed => Ok(()),
    }
}
