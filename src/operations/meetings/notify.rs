//! Who is told that a meeting changed: whoever had heard of it, in the group or in private as they
//! had; and the whole branch where its first reminder would have come before now.
//!
//! Telling is a step of the new revision, so that it happens once and leaves the proof that any
//! reminder leaves.

use crate::clock::Instant;
use crate::domain::ids::{OutboxId, PersonId, StepId};
use crate::domain::month::Step;
use crate::domain::people::Person;
use crate::domain::units::UnitTree;
use crate::message::{Address, Arg, Button, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::operations::timetable;
use crate::operations::work::Work;
use crate::outbound::{Addressee, Notification};
use crate::phrasing;
use crate::store::meetings::Meeting;
use crate::store::{StoreError, accounts, people, revisions, steps};
use crate::taps::{ScheduleTap, Tap};

/// Whom it concerns.
struct Audience {
    group: Option<Address>,
    persons: Vec<Person>,
    /// Of these, who was asked for reports.
    prompted: Vec<PersonId>,
    /// Of these, who answers whether they come.
    members: Vec<PersonId>,
}

/// How far it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Circle {
    /// To whoever had heard of the meeting.
    Heard,
    /// To the whole branch.
    Branch,
}

/// Tells of a meeting that was moved; gives how many were told, a group as one.
pub(super) async fn moved(
    work: &mut Work<'_>,
    before: &Meeting,
    after: &Meeting,
    why: Arg,
) -> Result<usize, StoreError> {
    let circle = match timetable::is_first_reminder_past(work.practice, after, work.now) {
        true => Circle::Branch,
        false => Circle::Heard,
    };
    let audience = audience(work, after, circle).await?;
    let units = work.units.clone();
    let practice = work.practice;
    let told = |key: &str| {
        Phrase::new(key)
            .with("unit", units.name(after.unit))
            .with("what", phrasing::meeting_name(before))
            .with("before", phrasing::meeting_time(practice, before))
            .with("when", phrasing::meeting_time(practice, after))
            .with("why", why.clone())
    };
    let to_group =
        Message::of(told("change-moved-group")).row(phrasing::attendance_buttons(after.id));
    let due = timetable::reports_due(practice, after);
    let to_person = |person: &Person| {
        let name = Arg::Who(person.id);
        let mut message = Message::of(told("change-moved-person").with("name", name));
        if after.is_regular() && audience.prompted.contains(&person.id) {
            message = message.line(Phrase::new("change-report-due").with("due", due));
        }
        if audience.members.contains(&person.id) {
            message = message.line("change-answer").row(phrasing::attendance_buttons(after.id));
        }
        with_roll(message, person, after, &units)
    };
    spread(work, after, after.revision, after.starts_at, &audience, to_group, to_person).await
}

/// Tells of a meeting that was cancelled, given as it was.
pub(super) async fn cancelled(
    work: &mut Work<'_>,
    meeting: &Meeting,
    why: Arg,
) -> Result<usize, StoreError> {
    let audience = audience(work, meeting, Circle::Heard).await?;
    let units = work.units.clone();
    let practice = work.practice;
    let told = |key: &str| {
        Phrase::new(key)
            .with("unit", units.name(meeting.unit))
            .with("what", phrasing::meeting_name(meeting))
            .with("when", phrasing::meeting_time(practice, meeting))
            .with("why", why.clone())
    };
    let to_group = Message::of(told("change-cancelled-group"));
    let to_person = |person: &Person| {
        let name = Arg::Who(person.id);
        let message = Message::of(told("change-cancelled-person").with("name", name));
        match meeting.is_regular() && audience.prompted.contains(&person.id) {
            true => message.line("change-report-next"),
            false => message,
        }
    };
    let revision = meeting.revision + 1;
    spread(work, meeting, revision, meeting.starts_at, &audience, to_group, to_person).await
}

/// Tells of a meeting that was added, if it is too near for its first reminder.
pub(super) async fn added(work: &mut Work<'_>, meeting: &Meeting) -> Result<usize, StoreError> {
    if !timetable::is_first_reminder_past(work.practice, meeting, work.now) {
        return Ok(0);
    }
    let audience = audience(work, meeting, Circle::Branch).await?;
    let units = work.units.clone();
    let (practice, unit) = (work.practice, units.name(meeting.unit));
    let when = phrasing::meeting_time(practice, meeting);
    let to_group = Message::of(phrasing::group_invited(meeting, unit, when.clone()))
        .row(phrasing::attendance_buttons(meeting.id));
    let to_person = |person: &Person| {
        let invited = phrasing::person_invited(meeting, unit, when.clone(), person.id);
        let message = Message::of(invited).row(phrasing::attendance_buttons(meeting.id));
        with_roll(message, person, meeting, &units)
    };
    spread(work, meeting, meeting.revision, meeting.starts_at, &audience, to_group, to_person).await
}

/// Whoever may see who comes gets there by a button.
fn with_roll(message: Message, person: &Person, meeting: &Meeting, units: &UnitTree) -> Message {
    if rights::may(person, Right::SeeAnswers, meeting.unit, units) {
        message.row(vec![Button::new("button-roll", Tap::Schedule(ScheduleTap::Roll(meeting.id)))])
    } else {
        message
    }
}

/// Whom a change concerns; who makes it has the answer before their eyes.
async fn audience(
    work: &mut Work<'_>,
    meeting: &Meeting,
    circle: Circle,
) -> Result<Audience, StoreError> {
    let today = work.today();
    let told = revisions::told(work.tx, meeting.id).await?;
    let members = people::members(work.tx, meeting.unit, today).await?;
    let through_group = told.group || circle == Circle::Branch;
    let group = match through_group {
        true => accounts::group_of(work.tx, meeting.unit).await?,
        false => None,
    };
    let mut ids: Vec<PersonId> = told.reminded;
    ids.extend(&told.prompted);
    if group.is_none() {
        ids.extend(told.answered);
        // The group is gone, or there was none.
        ids.extend(members.iter().filter(|_| through_group));
    }
    ids.sort();
    ids.dedup();
    ids.retain(|id| !work.is_me(*id));
    let mut persons = people::load(work.tx, &ids, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let group = group.map(|group| Address { bot: group.bot, chat: group.chat });
    Ok(Audience { group, persons, prompted: told.prompted, members })
}

/// Queues a message for each of them, once.
async fn spread(
    work: &mut Work<'_>,
    meeting: &Meeting,
    revision: i64,
    until: Instant,
    audience: &Audience,
    to_group: Message,
    to_person: impl Fn(&Person) -> Message,
) -> Result<usize, StoreError> {
    let (id, unit) = (meeting.id, meeting.unit);
    let Some(step) = steps::take(work.tx, id, revision, Step::Told, work.now).await? else {
        return Ok(0);
    };
    let notification = |message: Message, to: &str| {
        let key = format!("{}:{revision}:change:told:{to}", id.0);
        Notification { expires_at: Some(until), ..Notification::new(message, unit, key) }
    };
    if let Some(group) = &audience.group {
        let (to, notification) = (group.clone(), notification(to_group, "group"));
        let posted = work
            .post
            .notify_group(work.tx, to, unit, work.practice, notification, work.now)
            .await?;
        prove(work, step, None, posted.id(), meeting).await?;
    }
    for person in &audience.persons {
        let notification = notification(to_person(person), &person.code);
        let posted = work.notify(&Addressee::alone(person.clone()), notification).await?;
        prove(work, step, Some(person.id), posted.id(), meeting).await?;
    }
    Ok(audience.persons.len() + usize::from(audience.group.is_some()))
}

async fn prove(
    work: &mut Work<'_>,
    step: StepId,
    person: Option<PersonId>,
    outbox: OutboxId,
    meeting: &Meeting,
) -> Result<(), StoreError> {
    let unit = person.is_none().then_some(meeting.unit);
    steps::remind(work.tx, step, person, unit, outbox).await
}
