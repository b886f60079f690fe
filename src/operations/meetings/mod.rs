//! Meetings of branches as people change them: one is moved, cancelled or added, or the branch gets a new
//! rule ([`rule`]). What is [`ahead`] anyone of the branch may see. Whoever must know of a change is told
//! ([`notify`]). Meetings and their steps are kept together by [`super::timetable`].

pub mod ahead;
mod notify;
pub mod rule;
mod standing;

use chrono::{Days, NaiveDateTime};

use super::rights::Right;
use super::timetable::{self, Appointment, Moved};
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field, State};
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::typed::Typed;
use crate::message::{Arg, Phrase};
use crate::phrasing;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::meetings::{self, Meeting};
use crate::store::revisions::{self, Cause};
use crate::store::sheets::OfTheDay;

pub use standing::must_stand;

/// Longest place and topic, in characters.
pub const NAME_LIMIT: usize = 200;
/// Longest reason, in characters.
pub const REASON_LIMIT: usize = 300;

/// How far ahead a thematic meeting is set, in days.
const FARTHEST: Days = Days::new(183);

/// A change that was made.
#[derive(Debug)]
pub struct Changed {
    /// The meeting as it stands now; one that was cancelled, as it was.
    pub meeting: Meeting,
    /// How many were told of it, a group as one.
    pub informed: usize,
    /// What was noted before and is void.
    pub voids: OfTheDay,
}

/// Refuses whoever does not set the meetings of a branch today.
pub fn must_set(work: &Work<'_>, branch: UnitId) -> Result<(), Refused> {
    work.must(Right::SetMeetings, branch, "schedule-not-leader")
}

/// Refuses a place, topic or reason that is none, or longer than so many characters.
pub fn must_be_text(text: &Typed, limit: usize) -> Result<(), Refused> {
    if text.is_empty() || text.length() > limit {
        return refuse(Phrase::new("schedule-text-length").with("limit", limit));
    }
    Ok(())
}

/// A meeting to be changed, if it is this person's to change and still ahead.
pub async fn find(work: &mut Work<'_>, id: MeetingId) -> Result<Meeting, Refused> {
    let Some(meeting) = meetings::get(work.tx, id).await? else { return refuse("tap-stale") };
    must_set(work, meeting.unit)?;
    must_stand(work.practice, &meeting)?;
    match meeting.is_ahead(work.judged_now()) {
        true => Ok(meeting),
        false => refuse(
            Phrase::new("schedule-is-over").with("at", work.practice.local(meeting.starts_at)),
        ),
    }
}

/// The same, if nobody has changed it since it was seen in a revision.
pub async fn unchanged(work: &mut Work<'_>, id: MeetingId, seen: i64) -> Result<Meeting, Refused> {
    let meeting = find(work, id).await?;
    if meeting.revision == seen {
        return Ok(meeting);
    }
    let when = phrasing::meeting_time(work.practice, &meeting);
    refuse(Phrase::new("schedule-overtaken").with("when", when))
}

/// Refuses a local time at which a branch cannot meet: one that is past or taken, for a regular meeting
/// (`moved`) beyond those beside it, for a thematic one too far ahead.
pub async fn must_fit(
    work: &mut Work<'_>,
    branch: UnitId,
    moved: Option<&Meeting>,
    starts: NaiveDateTime,
) -> Result<(), Refused> {
    must_set(work, branch)?;
    let (practice, today) = (work.practice, work.today());
    let (at, judged) = (practice.instant(starts), practice.local(work.judged_now()));
    if starts <= judged {
        return refuse(Phrase::new("schedule-past").with("at", starts));
    }
    if moved.is_some_and(|meeting| practice.local(meeting.starts_at) == starts) {
        return refuse(Phrase::new("schedule-same-time").with("at", starts));
    }
    if let Some(meeting) = moved.filter(|meeting| meeting.is_regular()) {
        let rule = rule::stands(work, branch).await?;
        let (from, to) = timetable::room_for(work.tx, practice, &rule, meeting).await?;
        if starts < from || starts >= to {
            let out = Phrase::new("schedule-out-of-range")
                .with("at", starts)
                .with("from", from.date().max(judged.date()))
                .with("to", to.date() - Days::new(1));
            return refuse(out);
        }
    } else if starts.date() > today + FARTHEST {
        return refuse(Phrase::new("schedule-too-far").with("to", today + FARTHEST));
    }
    let then = meetings::planned_at(work.tx, branch, at).await?;
    match then.iter().any(|one| moved.is_none_or(|meeting| meeting.id != *one)) {
        true => refuse(Phrase::new("schedule-taken").with("at", starts)),
        false => Ok(()),
    }
}

/// What will be void if a meeting goes to another local time.
pub async fn voids(
    work: &mut Work<'_>,
    meeting: &Meeting,
    starts: NaiveDateTime,
) -> Result<OfTheDay, Refused> {
    must_set(work, meeting.unit)?;
    Ok(timetable::voids(work.tx, work.practice, meeting, starts, work.now).await?)
}

/// Moves a meeting, as it was seen in a revision, to another time or place.
pub async fn move_to(
    work: &mut Work<'_>,
    id: MeetingId,
    seen: i64,
    at: &Appointment,
    reason: &Typed,
) -> Result<Changed, Refused> {
    let before = unchanged(work, id, seen).await?;
    let (me, practice, now) = (work.me()?.id, work.practice, work.now);
    let was = timetable::appointment(practice, &before);
    if was == *at {
        return refuse("schedule-nothing-new");
    }
    if at.starts != was.starts {
        must_fit(work, before.unit, Some(&before), at.starts).await?;
    }
    if at.place != was.place {
        must_be_text(&at.place, NAME_LIMIT)?;
    }
    must_be_text(reason, REASON_LIMIT)?;
    let after = timetable::move_to(work.tx, practice, &before, at, now).await?;
    let Moved { meeting: after, voids } = after.ok_or(StoreError::Outrun)?;
    revisions::note(work.tx, &before, Cause::Moved(reason), me, now).await?;
    let informed = notify::moved(work, &before, &after, Arg::Typed(reason.clone())).await?;
    let entry = entry(work, Act::MeetingMoved, &before)
        .was(Field::Starts, was.starts)
        .became(Field::Starts, at.starts)
        .became(Field::PlaceChanged, (at.place != was.place).then_some(true));
    work.note(entry).await?;
    Ok(Changed { meeting: after, informed, voids })
}

/// Cancels a meeting as it was seen in a revision.
pub async fn cancel(
    work: &mut Work<'_>,
    id: MeetingId,
    seen: i64,
    reason: &Typed,
) -> Result<Changed, Refused> {
    let meeting = unchanged(work, id, seen).await?;
    let (me, now) = (work.me()?.id, work.now);
    must_be_text(reason, REASON_LIMIT)?;
    let informed = cancelled(work, &meeting, Arg::Typed(reason.clone())).await?;
    revisions::note(work.tx, &meeting, Cause::Cancelled(reason), me, now).await?;
    Ok(Changed { meeting, informed, voids: OfTheDay::default() })
}

/// Cancels a meeting of a branch that ends; whoever had heard of it is told why.
pub(super) async fn call_off(
    work: &mut Work<'_>,
    meeting: &Meeting,
    why: &Phrase,
) -> Result<(), Refused> {
    cancelled(work, meeting, Arg::from(why.clone())).await.map(drop)
}

/// Cancels, tells and notes; gives how many were told.
async fn cancelled(work: &mut Work<'_>, meeting: &Meeting, why: Arg) -> Result<usize, Refused> {
    let (practice, now) = (work.practice, work.now);
    if !timetable::cancel(work.tx, meeting, now).await? {
        return Err(StoreError::Outrun.into());
    }
    let informed = notify::cancelled(work, meeting, why).await?;
    let entry = entry(work, Act::MeetingCancelled, meeting)
        .was(Field::State, State::Planned)
        .was(Field::Starts, practice.local(meeting.starts_at))
        .became(Field::State, State::Cancelled);
    work.note(entry).await?;
    Ok(informed)
}

/// Adds a thematic meeting to those of a branch.
pub async fn add(
    work: &mut Work<'_>,
    branch: UnitId,
    at: &Appointment,
    topic: &Typed,
) -> Result<Changed, Refused> {
    must_set(work, branch)?;
    if at.place != rule::stands(work, branch).await?.habit.place {
        must_be_text(&at.place, NAME_LIMIT)?;
    }
    must_be_text(topic, NAME_LIMIT)?;
    must_fit(work, branch, None, at.starts).await?;
    let (practice, now) = (work.practice, work.now);
    let added = timetable::add_thematic(work.tx, practice, branch, at, topic, now).await?;
    let meeting = added.ok_or(StoreError::Outrun)?;
    let informed = notify::added(work, &meeting).await?;
    let entry = entry(work, Act::MeetingAdded, &meeting).became(Field::Starts, at.starts);
    work.note(entry).await?;
    Ok(Changed { meeting, informed, voids: OfTheDay::default() })
}

/// What the audit says of a meeting.
fn entry(work: &Work<'_>, act: Act, meeting: &Meeting) -> Entry {
    Entry::new(act, work.units.code(meeting.unit)).within(meeting.unit).for_meeting(meeting.id)
}
