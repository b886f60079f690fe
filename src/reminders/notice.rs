//! The one reminder of a notice: some working days after it was sent, to those who have not said
//! that they read it and are still members of its branches. It carries the text once more.

use std::collections::HashMap;

use super::LATE;
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::message::{Arg, Block, Button, Message, Phrase};
use crate::phrasing;
use crate::store::notices::{self, Recipient, Reminder, Sent};
use crate::store::outbox::Lane;
use crate::store::post::{Notice, Post};
use crate::store::units::UnitTree;
use crate::store::{StoreError, Tx, people};
use crate::taps::{NoticeTap, Tap};

/// Fires the reminders that are due, and drops those that are due for longer than the grace; gives
/// the numbers of messages queued and of reminders dropped.
pub(super) async fn fire(
    tx: &mut Tx,
    practice: &Practice,
    due: Vec<Sent>,
    now: Instant,
) -> Result<(usize, usize), StoreError> {
    if due.is_empty() {
        return Ok((0, 0));
    }
    let units = UnitTree::load(tx).await?;
    let mut post = Post::default();
    let (mut queued, mut dropped) = (0, 0);
    for notice in due {
        let Reminder::Planned(due_at) = notice.reminder else { continue };
        let in_time = now - due_at <= practice.grace;
        let state = if in_time { Reminder::Fired(now) } else { Reminder::Dropped };
        if !notices::finish(tx, notice.id, state, now).await? {
            continue;
        }
        if in_time {
            let late = now - due_at > LATE;
            queued += remind(tx, &mut post, practice, &units, &notice, late, now).await?;
        } else {
            tracing::warn!(notice = notice.id.0, "the reminder of a notice came too late");
            tell_dropped(tx, &mut post, practice, &notice, now).await?;
            dropped += 1;
        }
    }
    post.flush(tx).await?;
    Ok((queued, dropped))
}

async fn remind(
    tx: &mut Tx,
    post: &mut Post,
    practice: &Practice,
    units: &UnitTree,
    notice: &Sent,
    late: bool,
    now: Instant,
) -> Result<usize, StoreError> {
    let today = practice.today(now);
    let unread = notices::unread(tx, notice.id).await?;
    let branches: Vec<UnitId> =
        notices::tallies(tx, &[notice.id]).await?.iter().map(|tally| tally.unit_id).collect();
    let placed: HashMap<PersonId, UnitId> =
        people::members_of(tx, &branches, today).await?.into_iter().collect();
    let owing: Vec<PersonId> =
        unread.into_iter().filter(|person| placed.contains_key(person)).collect();
    if owing.is_empty() {
        return Ok(0);
    }
    let mut persons = people::load(tx, &owing, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let compose = |person: &Person| Notice {
        message: again(practice, units, notice, person, late),
        unit: placed.get(&person.id).copied(),
        dedupe_key: format!("notice-again:{}:{}", notice.id.0, person.code),
        fallbacks: &[],
        expires_at: None,
        lane: Lane::Broadcast,
    };
    let posted = post.tell_each(tx, &persons, &practice.language, now, compose).await?;
    let recipients: Vec<Recipient> = persons
        .iter()
        .zip(posted)
        .filter_map(|(person, posted)| {
            let unit = placed.get(&person.id).copied()?;
            Some(Recipient { person: person.id, unit, outbox: posted.id() })
        })
        .collect();
    notices::reminded(tx, notice.id, &recipients).await?;
    Ok(recipients.len())
}

/// The notice once more.
fn again(
    practice: &Practice,
    units: &UnitTree,
    notice: &Sent,
    person: &Person,
    late: bool,
) -> Message {
    let greeting = Phrase::new("notice-letter-again")
        .with("name", Arg::Person(person.name.clone()))
        .with("at", practice.local(notice.sent_at));
    let mut message = phrasing::letter(units.name(notice.unit), greeting, &notice.body);
    if late {
        message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
    }
    let read = Tap::Notice(NoticeTap::Read(notice.id));
    message.line("notice-letter-ask").row(vec![Button::new("button-notice-read", read)])
}

/// Tells the sender that nobody was reminded, so that they can do it themselves.
async fn tell_dropped(
    tx: &mut Tx,
    post: &mut Post,
    practice: &Practice,
    notice: &Sent,
    now: Instant,
) -> Result<(), StoreError> {
    let today = practice.today(now);
    let Some(sender) = people::get(tx, notice.sender, today).await? else { return Ok(()) };
    let told = Phrase::new("notice-reminder-lost")
        .with("name", Arg::Person(sender.name.clone()))
        .with("at", practice.local(notice.sent_at));
    let notice = Notice {
        message: Message::of(told),
        unit: None,
        dedupe_key: format!("notice-dropped:{}", notice.id.0),
        fallbacks: &[],
        expires_at: None,
        lane: Lane::Reminder,
    };
    post.tell(tx, &sender, &practice.language, notice, now).await.map(drop)
}
