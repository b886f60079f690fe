//! Reminding by hand the mentors who still owe a report for a meeting, each at most once a day.

use super::meetings::must_stand;
use super::rights::Right;
use super::timetable;
use super::work::{Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::audit::Act;
use crate::domain::ids::{MeetingId, OutboxId, PersonId, UnitId};
use crate::domain::people::Person;
use crate::message::{Button, Message, Phrase};
use crate::outbound::{Addressee, Posted};
use crate::store::audit::Entry;
use crate::store::cases::Guided;
use crate::store::meetings::{self, Meeting};
use crate::store::{StoreError, Tx, delivery_status, people, reports, steps};
use crate::taps::{ReportTap, Tap};

/// What came of reminding a mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudged {
    Sent,
    /// It goes at this instant, when quiet hours end.
    Held(Instant),
    /// They were reminded by hand today already.
    Before(Instant),
    Unreachable,
}

/// The meeting, if it is theirs to follow up. Asked at each deed: an office may have ended.
pub async fn watched(work: &mut Work<'_>, id: MeetingId) -> Result<Meeting, Refused> {
    let Some(meeting) = meetings::get(work.tx, id).await? else {
        return refuse("nudge-not-allowed");
    };
    work.must(Right::FollowUp, meeting.unit, "nudge-not-allowed")?;
    Ok(meeting)
}

/// Reminds those who still owe a report for a meeting, but for whoever asks for it, in the order of
/// their names; nobody if none is owed.
pub async fn remind(
    work: &mut Work<'_>,
    id: MeetingId,
) -> Result<Vec<(PersonId, Nudged)>, Refused> {
    let meeting = watched(work, id).await?;
    must_stand(work.practice, &meeting)?;
    let (me, today) = (work.me()?, work.today());
    if !meeting.is_ahead(work.judged_now()) {
        return refuse("nudge-meeting-over");
    }
    let owed = reports::owed(work.tx, &meeting, today).await?;
    if owed.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids: Vec<PersonId> = owed.iter().map(|guided| guided.mentor_id).collect();
    ids.dedup();
    // Nobody has to be told by the program what they tell others.
    ids.retain(|id| *id != me.id);
    if ids.is_empty() {
        return refuse("nudge-own");
    }
    let before = delivery_status::nudged(work.tx, meeting.id, today).await?;
    let mut mentors = people::load(work.tx, &ids, today).await?;
    mentors.sort_by(|a, b| a.name.cmp(&b.name));
    let mut nudged = Vec::new();
    for mentor in mentors {
        let last = before.iter().find(|(id, _)| *id == mentor.id);
        let came = match last {
            Some((_, at)) => Nudged::Before(*at),
            None => remind_one(work, &meeting, me, &mentor, &owed).await?,
        };
        nudged.push((mentor.id, came));
    }
    Ok(nudged)
}

async fn remind_one(
    work: &mut Work<'_>,
    meeting: &Meeting,
    me: &Person,
    mentor: &Person,
    owed: &[Guided],
) -> Result<Nudged, StoreError> {
    let message = request(work, meeting, me, mentor, owed);
    let key = format!("nudge-{}", mentor.id.0);
    // For no unit: who asks learns at once whether it can arrive, and the proof shows it later.
    let posted =
        work.tell(&Addressee::alone(mentor.clone()), None::<UnitId>, &key, message).await?;
    let nudged = match posted {
        Posted::Queued(_) => Nudged::Sent,
        Posted::Held(_, at) => Nudged::Held(at),
        Posted::Unreachable(_) | Posted::TooLate(_) => return Ok(Nudged::Unreachable),
    };
    let (today, now) = (work.today(), work.now);
    delivery_status::nudge(work.tx, meeting.id, mentor.id, today, posted.id(), me.id, now).await?;
    let entry = Entry::new(Act::Nudged, mentor.code.as_str());
    work.note(entry.within(meeting.unit).for_meeting(meeting.id)).await?;
    Ok(nudged)
}

/// What the mentor reads.
fn request(
    work: &Work<'_>,
    meeting: &Meeting,
    me: &Person,
    mentor: &Person,
    owed: &[Guided],
) -> Message {
    let due = timetable::reports_due(work.practice, meeting);
    let judged = work.practice.local(work.judged_now());
    let key = if due > judged { "nudge-request" } else { "nudge-request-overdue" };
    let mut message = Message::of(
        Phrase::new(key)
            .with("name", mentor.id)
            .with("by", me.id)
            .with("month", meeting.month)
            .with("due", due),
    );
    let own: Vec<&Guided> = owed.iter().filter(|guided| guided.mentor_id == mentor.id).collect();
    for guided in &own {
        let candidate = guided.person;
        message = message.item(Phrase::new("reminder-prompt-item").with("candidate", candidate));
    }
    message = message.line("reminder-regards");
    if let [_] = own.as_slice() {
        return message.row(vec![Button::new("button-report", Tap::Report(ReportTap::Open))]);
    }
    for guided in own {
        let label = Phrase::new("report-about-one").with("candidate", guided.person);
        let choose = ReportTap::Choose { meeting: meeting.id, case: guided.id };
        message = message.row(vec![Button::new(label, Tap::Report(choose))]);
    }
    message
}

/// Notes that whom a reminder reached answered it.
pub async fn seen(tx: &mut Tx, reminder: OutboxId, now: Instant) -> Result<(), StoreError> {
    steps::acknowledge(tx, reminder, now).await
}
