//! Being reminded once more, later: of reports somebody owes for a meeting, or of its invitation.

use chrono::NaiveDateTime;

use super::meetings::must_stand;
use super::timetable;
use super::work::{Refused, Work, refuse};
use crate::domain::ids::{MeetingId, PersonId};
use crate::domain::month::StepKind;
use crate::message::Phrase;
use crate::store::deferrals::{self, Cause};
use crate::store::meetings::{self, Meeting};
use crate::store::steps::DueStep;
use crate::store::{StoreError, people, reports};

/// A duty whose reminder can be put off.
#[derive(Debug)]
pub struct Open {
    step: DueStep,
    /// Local times at which the reminder can come again.
    pub times: Vec<NaiveDateTime>,
    deadline: NaiveDateTime,
}

/// The duty, if this person was reminded of it, has not done it, and there is time.
pub async fn open(
    work: &mut Work<'_>,
    meeting: MeetingId,
    duty: StepKind,
) -> Result<Open, Refused> {
    let (me, practice) = (work.me()?.id, work.practice);
    let step = deferrals::last_step(work.tx, me, meeting, duty).await?;
    let found = meetings::get(work.tx, meeting).await?;
    let (Some(step), Some(meeting)) = (step, found) else { return refuse("snooze-not-yours") };
    must_stand(practice, &meeting)?;
    let deadline = match duty {
        StepKind::Meeting => practice.local(meeting.starts_at),
        _ => timetable::reports_due(practice, &meeting),
    };
    if !is_owed(work, me, &meeting, duty).await? {
        return refuse("snooze-done");
    }
    let times = practice.snooze_times(practice.local(work.judged_now()), deadline);
    if times.is_empty() {
        return refuse(Phrase::new("snooze-too-late").with("deadline", deadline));
    }
    Ok(Open { step, times, deadline })
}

async fn is_owed(
    work: &mut Work<'_>,
    me: PersonId,
    meeting: &Meeting,
    duty: StepKind,
) -> Result<bool, StoreError> {
    let today = work.today();
    Ok(match duty {
        StepKind::Meeting => {
            let answers = meetings::answers(work.tx, meeting.id).await?;
            people::members(work.tx, meeting.unit, today).await?.contains(&me)
                && answers.iter().all(|answer| answer.person_id != me)
        }
        StepKind::Report => {
            let owed = reports::owed(work.tx, meeting, today).await?;
            owed.iter().any(|guided| guided.mentor_id == me)
        }
        _ => false,
    })
}

/// Lets the last reminder of a duty come again at a local time before its deadline. Whether it is still a
/// duty is asked anew then.
pub async fn put_off(
    work: &mut Work<'_>,
    meeting: MeetingId,
    duty: StepKind,
    at: NaiveDateTime,
) -> Result<(), Refused> {
    let open = open(work, meeting, duty).await?;
    let (me, practice) = (work.me()?.id, work.practice);
    if at <= practice.local(work.judged_now()) || at >= open.deadline {
        return refuse(Phrase::new("snooze-too-late").with("deadline", open.deadline));
    }
    let at = practice.instant(at);
    Ok(deferrals::plan(work.tx, open.step.id, me, Cause::Snooze, at).await?)
}
