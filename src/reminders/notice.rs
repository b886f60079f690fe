//! The one reminder of a notice: some working days after it was sent, to those who have not said
//! that they read it and are still members of its branches. It carries the text once more.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{NaiveDate, NaiveTime};

use super::dry_run::{Ahead, PlanLine, arrival};
use super::round::Round;
use super::{Recipient, Source};
use crate::clock::Instant;
use crate::domain::due::{Fate, Timeliness};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Block, Button, Message, Phrase};
use crate::outbound::{Addressee, Notification};
use crate::phrasing;
use crate::store::notice_files::{self, Described};
use crate::store::notices::{self, Reminder, Sent};
use crate::store::outbox::Lane;
use crate::store::{StoreError, Tx, people};
use crate::taps::{NoticeTap, Tap};

/// What the dry run calls it.
const KIND: &str = "notice";

pub(super) struct NoticeReminders;

#[async_trait]
impl Source for NoticeReminders {
    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
        notices::next_due(tx).await
    }

    /// Fires the reminders that are due, and drops those that are due for longer than the grace.
    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError> {
        for notice in notices::due(tx, round.now).await? {
            let Reminder::Planned(due_at) = notice.reminder else { continue };
            let found = round.timeliness(due_at);
            let lost = found == Timeliness::TooLate;
            let fate = if lost { Fate::Dropped } else { Fate::Fired };
            if !notices::finish(tx, notice.id, fate, round.now).await? {
                continue;
            }
            if lost {
                tracing::warn!(notice = notice.id.0, "the reminder of a notice came too late");
                tell_dropped(tx, round, &notice).await?;
                round.dropped += 1;
            } else {
                remind(tx, round, &notice, found == Timeliness::Late).await?;
            }
        }
        Ok(())
    }

    async fn foresee(&self, tx: &mut Tx, ahead: &Ahead<'_>) -> Result<Vec<PlanLine>, StoreError> {
        let practice = ahead.practice;
        let (first, next) = (ahead.month.first_day(), ahead.month.next().first_day());
        let [from, to] = [first, next].map(|day| practice.instant(day.and_time(NaiveTime::MIN)));
        let mut lines = Vec::new();
        for notice in notices::planned(tx, from, to).await? {
            let Reminder::Planned(due_at) = notice.reminder else { continue };
            let reason = Phrase::new("notice-reason").with("at", practice.local(notice.sent_at));
            let at = practice.local(due_at);
            for (person, unit) in owing(tx, &notice, at.date()).await? {
                if !ahead.holds(unit) {
                    continue;
                }
                let to = Recipient::Person(Addressee::alone(person));
                let (to, held) = arrival(tx, practice, to, due_at).await?;
                lines.push(PlanLine {
                    at: held.map_or(at, |held| practice.local(held)),
                    to,
                    unit: ahead.units.code(unit).to_owned(),
                    kind: KIND,
                    step: KIND.to_owned(),
                    reason: reason.clone(),
                    held: held.map(|_| Phrase::new("plan-held").with("due", at)),
                    meeting: at,
                });
            }
        }
        Ok(lines)
    }
}

/// Who has not said that they read a notice and is still a member of one of its branches on a day, with
/// the branch, by their codes.
async fn owing(
    tx: &mut Tx,
    notice: &Sent,
    day: NaiveDate,
) -> Result<Vec<(Person, UnitId)>, StoreError> {
    let unread = notices::unread(tx, notice.id).await?;
    let branches: Vec<UnitId> =
        notices::tallies(tx, &[notice.id]).await?.iter().map(|tally| tally.unit_id).collect();
    let placed: HashMap<PersonId, UnitId> =
        people::members_of(tx, &branches, day).await?.into_iter().collect();
    let owing: Vec<PersonId> =
        unread.into_iter().filter(|person| placed.contains_key(person)).collect();
    let mut persons = people::load(tx, &owing, day).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(persons
        .into_iter()
        .filter_map(|person| placed.get(&person.id).map(|unit| (person, *unit)))
        .collect())
}

async fn remind(
    tx: &mut Tx,
    round: &mut Round<'_>,
    notice: &Sent,
    late: bool,
) -> Result<(), StoreError> {
    let (practice, now) = (round.practice, round.now);
    let (persons, placed): (Vec<Person>, Vec<UnitId>) =
        owing(tx, notice, practice.today(now)).await?.into_iter().unzip();
    if persons.is_empty() {
        return Ok(());
    }
    let of: HashMap<PersonId, UnitId> =
        persons.iter().map(|person| person.id).zip(placed.iter().copied()).collect();
    let file = notice_files::of_notice(tx, notice.id).await?;
    let units = &round.units;
    let compose = |person: &Person| Notification {
        message: again(practice, units, notice, file.as_ref(), person, late),
        unit: of.get(&person.id).copied(),
        dedupe_key: format!("notice-again:{}:{}", notice.id.0, person.code),
        expires_at: None,
        lane: Lane::Broadcast,
    };
    let posted = round.post.notify_each(tx, &persons, practice, now, compose).await?;
    let recipients: Vec<notices::Recipient> = persons
        .iter()
        .zip(placed)
        .zip(posted)
        .map(|((person, unit), posted)| notices::Recipient {
            person: person.id,
            unit,
            outbox: posted.id(),
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
async fn tell_dropped(tx: &mut Tx, round: &mut Round<'_>, notice: &Sent) -> Result<(), StoreError> {
    let (practice, now) = (round.practice, round.now);
    let today = practice.today(now);
    let Some(sender) = people::get(tx, notice.sender, today).await? else { return Ok(()) };
    let told = Phrase::new("notice-reminder-lost")
        .with("name", sender.id)
        .with("at", practice.local(notice.sent_at));
    let key = format!("notice-dropped:{}", notice.id.0);
    let (to, notification) =
        (Addressee::alone(sender), Notification::new(Message::of(told), None, key));
    round.post.notify(tx, &to, practice, notification, now).await.map(drop)
}
