//! The one reminder of a notice: some working days after it was sent, to those who have not said
//! that they read it and are still members of its branches. It carries the text once more.

use std::collections::HashMap;

use super::LATE;
use super::round::Round;
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Block, Button, Message, Phrase};
use crate::outbound::{Notification, Post};
use crate::phrasing;
use crate::store::notice_files::{self, Described};
use crate::store::notices::{self, Recipient, Reminder, Sent};
use crate::store::outbox::Lane;
use crate::store::{StoreError, Tx, people};
use crate::taps::{NoticeTap, Tap};

/// Fires the reminders that are due, and drops those that are due for longer than the grace.
pub(super) async fn fire(
    tx: &mut Tx,
    round: &mut Round<'_>,
    due: Vec<Sent>,
) -> Result<(), StoreError> {
    let (practice, now) = (round.practice, round.now);
    for notice in due {
        let Reminder::Planned(due_at) = notice.reminder else { continue };
        let in_time = now - due_at <= practice.grace;
        let state = if in_time { Reminder::Fired(now) } else { Reminder::Dropped };
        if !notices::finish(tx, notice.id, state, now).await? {
            continue;
        }
        if in_time {
            remind(tx, round, &notice, now - due_at > LATE).await?;
        } else {
            tracing::warn!(notice = notice.id.0, "the reminder of a notice came too late");
            tell_dropped(tx, &mut round.post, practice, &notice, now).await?;
            round.dropped += 1;
        }
    }
    Ok(())
}

async fn remind(
    tx: &mut Tx,
    round: &mut Round<'_>,
    notice: &Sent,
    late: bool,
) -> Result<(), StoreError> {
    let (practice, units, now) = (round.practice, &round.units, round.now);
    let today = practice.today(now);
    let unread = notices::unread(tx, notice.id).await?;
    let branches: Vec<UnitId> =
        notices::tallies(tx, &[notice.id]).await?.iter().map(|tally| tally.unit_id).collect();
    let placed: HashMap<PersonId, UnitId> =
        people::members_of(tx, &branches, today).await?.into_iter().collect();
    let owing: Vec<PersonId> =
        unread.into_iter().filter(|person| placed.contains_key(person)).collect();
    if owing.is_empty() {
        return Ok(());
    }
    let mut persons = people::load(tx, &owing, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let file = notice_files::of_notice(tx, notice.id).await?;
    let compose = |person: &Person| Notification {
        message: again(practice, units, notice, file.as_ref(), person, late),
        unit: placed.get(&person.id).copied(),
        dedupe_key: format!("notice-again:{}:{}", notice.id.0, person.code),
        fallbacks: &[],
        expires_at: None,
        lane: Lane::Broadcast,
    };
    let posted = round.post.notify_each(tx, &persons, practice, now, compose).await?;
    let recipients: Vec<Recipient> = persons
        .iter()
        .zip(posted)
        .filter_map(|(person, posted)| {
            let unit = placed.get(&person.id).copied()?;
            Some(Recipient { person: person.id, unit, outbox: posted.id() })
        })
        .collect();
    round.queued += recipients.len();
    notices::reminded(tx, notice.id, &recipients).await
}

/// The notice once more.
fn again(
    practice: &Practice,
    units: &UnitTree,
    notice: &Sent,
    file: Option<&Described>,
    person: &Person,
    late: bool,
) -> Message {
    let greeting = Phrase::new("notice-letter-again")
        .with("name", person.id)
        .with("at", practice.local(notice.sent_at));
    let mut message = phrasing::letter(
        units.name(notice.unit),
        greeting,
        &notice.body,
        file.map(|file| (notice.id, file)),
    );
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
        .with("name", sender.id)
        .with("at", practice.local(notice.sent_at));
    let notification = Notification {
        message: Message::of(told),
        unit: None,
        dedupe_key: format!("notice-dropped:{}", notice.id.0),
        fallbacks: &[],
        expires_at: None,
        lane: Lane::Reminder,
    };
    post.notify(tx, &sender, practice, notification, now).await.map(drop)
}
