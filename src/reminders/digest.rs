//! The committee's monthly digest: which of its branches have met and which have not, the reports
//! received, late and owed, and what should have been done by now. It is planned for a day of the
//! month and goes to the committee's members and its office, once; found late it is still sent
//! while its month lasts.

use std::collections::HashMap;

use async_trait::async_trait;

use super::dry_run::{Ahead, PlanLine};
use super::round::Round;
use super::{Due, Recipient, Source};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::due::{Fate, Timeliness};
use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;
use crate::domain::practice::Practice;
use crate::domain::units::{Unit, UnitTree};
use crate::message::{Arg, Block, Message, Phrase};
use crate::operations::timetable;
use crate::outbound::{self, Addressee, Notification};
use crate::store::meetings::{self, Meeting};
use crate::store::{StoreError, Tx, digests, people, reports};

pub(super) struct Digests;

#[async_trait]
impl Source for Digests {
    /// Plans the coming months' digests for every committee.
    async fn plan(&self, tx: &mut Tx, practice: &Practice, now: Instant) -> Result<(), StoreError> {
        let units = UnitTree::load(tx).await?;
        for month in practice.months_ahead(now) {
            let due = practice.instant(practice.digest_due(month));
            let ended = (due < now).then_some((Fate::Dropped, now));
            for committee in committees(&units) {
                digests::plan(tx, committee.id, month, due, ended).await?;
            }
        }
        Ok(())
    }

    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
        digests::next_due(tx).await
    }

    /// Queues digests that are due.
    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError> {
        let (practice, now) = (round.practice, round.now);
        for digest in digests::due(tx, now).await? {
            let month = digest.month;
            let timely = Month::of(practice.today(now)) == month;
            let fate = if timely { Fate::Fired } else { Fate::Dropped };
            // Within its month it is sent however late, but by a clock that is believed.
            let late = round.timeliness(digest.due_at) == Timeliness::TooLate;
            if round.leaves_due(if late { Fate::Dropped } else { fate }) {
                continue;
            }
            if !digests::finish(tx, &digest, fate, now).await? {
                continue;
            }
            if !timely {
                tracing::warn!(unit = digest.unit.0, period = %month, "a digest came too late");
                continue;
            }
            for mut one in messages(tx, practice, &round.units, digest.unit, month, now).await? {
                let Recipient::Person(to) = one.to else { continue };
                if round.timeliness(digest.due_at) >= Timeliness::Late {
                    one.message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
                }
                let (unit, reader) = (digest.unit, &to.person.code);
                let key = format!("digest:{}:{month}:{reader}", unit.0);
                let notification = Notification::new(one.message, unit, key);
                round.post.notify(tx, &to, practice, notification, now).await?;
                round.queued += 1;
            }
        }
        Ok(())
    }

    async fn restore(&self, tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
        digests::restore(tx, now, from).await
    }

    async fn foresee(&self, tx: &mut Tx, ahead: &Ahead<'_>) -> Result<Vec<PlanLine>, StoreError> {
        let (at, month) = (ahead.practice.digest_due(ahead.month), ahead.month);
        let mut lines = Vec::new();
        for committee in committees(ahead.units).filter(|unit| ahead.holds(unit.id)) {
            let readers = outbound::committee(tx, committee.id, at.date()).await?;
            for person in people::load(tx, &readers, at.date()).await? {
                lines.push(PlanLine {
                    at,
                    to: person.code,
                    unit: committee.code.clone(),
                    kind: "digest",
                    step: "digest".to_owned(),
                    reason: Phrase::new("digest-reason").with("month", month),
                    held: None,
                    meeting: at,
                });
            }
        }
        Ok(lines)
    }
}

fn committees(units: &UnitTree) -> impl Iterator<Item = &Unit> {
    units.all().iter().filter(|unit| unit.kind == UnitKind::Committee)
}

async fn messages(
    tx: &mut Tx,
    practice: &Practice,
    units: &UnitTree,
    committee: UnitId,
    month: Month,
    now: Instant,
) -> Result<Vec<Due>, StoreError> {
    let today = practice.today(now);
    let body = told(tx, practice, units, committee, month, now).await?;
    let readers = outbound::committee(tx, committee, today).await?;
    let mut persons = people::load(tx, &readers, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let to_each = |person: crate::domain::people::Person| {
        let greeting = Phrase::new("digest-greeting")
            .with("name", person.id)
            .with("unit", units.name(committee))
            .with("month", month)
            .with("now", practice.local(now));
        let mut message = Message::of(greeting);
        message.body.extend(body.body.iter().cloned());
        let message = message.gap().line("reminder-regards");
        Due { to: Recipient::Person(Addressee::alone(person)), message }
    };
    Ok(persons.into_iter().map(to_each).collect())
}

/// What all readers of a digest are told alike.
async fn told(
    tx: &mut Tx,
    practice: &Practice,
    units: &UnitTree,
    committee: UnitId,
    month: Month,
    now: Instant,
) -> Result<Message, StoreError> {
    let branches: Vec<&Unit> =
        units.branches().filter(|branch| units.is_within(branch.id, committee)).collect();
    let held = meetings::regular_of(tx, month).await?;
    let held: HashMap<UnitId, Meeting> = held.into_iter().map(|one| (one.unit, one)).collect();
    let (met, not_met): (Vec<&Unit>, Vec<&Unit>) =
        branches.iter().partition(|branch| held.get(&branch.id).is_some_and(Meeting::is_closed));

    let count = |key: &str, n: usize| Phrase::new(key).with("count", n).with("all", branches.len());
    let mut message = Message::new();
    for (key, list) in [("digest-met", &met), ("digest-not-met", &not_met)] {
        if list.is_empty() {
            continue;
        }
        message = message.gap().line(count(key, list.len()));
        for branch in list {
            message = message.item(match held.get(&branch.id) {
                Some(meeting) => of_branch(tx, practice, branch, meeting, now).await?,
                None => Phrase::new("digest-no-meeting").with("unit", &branch.name),
            });
        }
    }
    overdue(tx, practice, units, committee, now, message).await
}

/// When the branch met or will, and the reports for that meeting.
async fn of_branch(
    tx: &mut Tx,
    practice: &Practice,
    branch: &Unit,
    meeting: &Meeting,
    now: Instant,
) -> Result<Phrase, StoreError> {
    let start = practice.local(meeting.starts_at);
    let due = practice.instant(timetable::reports_due(practice, meeting));
    let received = digests::received(tx, meeting.id).await?;
    let late = received.iter().filter(|at| **at > due).count();
    let owed = reports::owed(tx, meeting, start.date()).await?;
    let key = match meeting.is_closed() {
        true => "digest-branch-met",
        false if meeting.starts_at <= now => "digest-branch-open",
        false => "digest-branch-ahead",
    };
    Ok(Phrase::new(key)
        .with("unit", &branch.name)
        .with("at", start)
        .with("received", received.len())
        .with("late", late)
        .with("owed", owed.len()))
}

/// What should have been done by now.
async fn overdue(
    tx: &mut Tx,
    practice: &Practice,
    units: &UnitTree,
    committee: UnitId,
    now: Instant,
    mut message: Message,
) -> Result<Message, StoreError> {
    let today = practice.today(now);
    let mut open = digests::overdue(tx, today).await?;
    open.retain(|duty| units.is_within(duty.unit, committee));
    message = message.gap().line(Phrase::new("digest-overdue").with("count", open.len()));
    for duty in open {
        message = message.item(
            Phrase::new("digest-duty")
                .with("unit", units.name(duty.unit))
                .with("person", duty.person)
                .with("what", Arg::Typed(duty.what))
                .with("due", duty.due),
        );
    }
    Ok(message)
}
