//! Steps that were deferred for somebody: out of quiet hours, or because they asked to be reminded again.

use async_trait::async_trait;
use chrono::TimeDelta;

use super::dry_run::{Ahead, PlanLine, arrival};
use super::round::{Errand, Round};
use super::steps::is_overtaken;
use super::{Occasion, Recipient, Source, due};
use crate::clock::Instant;
use crate::domain::due::{Fate, Timeliness};
use crate::domain::ids::PersonId;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::store::deferrals::{self, Cause, Deferred};
use crate::store::meetings::{self, Meeting};
use crate::store::{StoreError, Tx, people};

/// No quiet hours last longer.
pub(super) const QUIET_LASTS: TimeDelta = TimeDelta::days(1);
/// Nobody puts anything off for longer than until tomorrow.
const PUT_OFF: TimeDelta = TimeDelta::days(2);

pub(super) struct Deferrals;

#[async_trait]
impl Source for Deferrals {
    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
        deferrals::next_due(tx).await
    }

    /// Sends what was deferred and is still wanted.
    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError> {
        for deferred in deferrals::due(tx, round.window()).await? {
            let Some(meeting) = meetings::get(tx, deferred.step.meeting).await? else { continue };
            let (fate, by_the_clock) = fate(tx, round, &deferred, &meeting).await?;
            if by_the_clock && round.leaves_due(Fate::Dropped) {
                continue;
            }
            if !deferrals::finish(tx, deferred.id, fate, round.now).await? {
                continue;
            }
            match fate {
                Fate::Fired => send_again(tx, round, &meeting, &deferred).await?,
                Fate::Dropped => {
                    let person = people::get(tx, deferred.person, round.today()).await?;
                    let late = Vec::from_iter(person);
                    round.tell_too_late(tx, &meeting, &deferred.step, &late).await?;
                }
                Fate::Skipped => {}
            }
        }
        Ok(())
    }

    async fn restore(&self, tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
        deferrals::restore(tx, now, from).await
    }

    async fn kept_from(&self, tx: &mut Tx, after: Instant) -> Result<Vec<PersonId>, StoreError> {
        deferrals::kept_from(tx, after).await
    }

    async fn bring_nearer(
        &self,
        tx: &mut Tx,
        _: &Practice,
        now: Instant,
    ) -> Result<u64, StoreError> {
        deferrals::bring_nearer(tx, now + PUT_OFF, now + QUIET_LASTS).await
    }

    /// What persons put off. Whom quiet hours will hold back the steps themselves say.
    async fn foresee(&self, tx: &mut Tx, ahead: &Ahead<'_>) -> Result<Vec<PlanLine>, StoreError> {
        let Ahead { practice, units, month, .. } = *ahead;
        let mut lines = Vec::new();
        for snoozed in deferrals::snoozed(tx, month).await? {
            let Some(meeting) = meetings::get(tx, snoozed.step.meeting).await? else { continue };
            if !ahead.holds(meeting.unit) {
                continue;
            }
            let (step, now) = (snoozed.step.step, snoozed.wake_at);
            let occasion = Occasion { practice, units, meeting: &meeting, step, now };
            for one in due(tx, &occasion).await? {
                if !is_for(&one.to, &snoozed) {
                    continue;
                }
                let (to, held) = arrival(tx, practice, one.to, now).await?;
                let (asked, at) = (practice.local(now), practice.local(held.unwrap_or(now)));
                if is_overtaken(practice, &meeting, &snoozed.step, at) {
                    continue;
                }
                lines.push(PlanLine {
                    at,
                    to,
                    unit: units.code(meeting.unit).to_owned(),
                    kind: step.kind().as_str(),
                    step: step.to_string(),
                    reason: Phrase::new("plan-snoozed")
                        .with("due", practice.local(snoozed.step.due_at)),
                    held: held.map(|_| Phrase::new("plan-held").with("due", asked)),
                    meeting: practice.local(meeting.starts_at),
                });
            }
        }
        Ok(lines)
    }
}

/// Whether a message is the one that a person's step waits for.
fn is_for(to: &Recipient, deferred: &Deferred) -> bool {
    match to {
        Recipient::Person(to) => {
            to.person.id == deferred.person || deferred.step.step.is_for_office()
        }
        Recipient::Group(_) => false,
    }
}

/// What becomes of one, and whether it is only because of the time that it says nothing.
async fn fate(
    tx: &mut Tx,
    round: &Round<'_>,
    deferred: &Deferred,
    meeting: &Meeting,
) -> Result<(Fate, bool), StoreError> {
    let lasting = deferred.step.step.outlives_meeting();
    let over = meeting.starts_at <= round.now && !lasting;
    let late = round.timeliness(deferred.wake_at) == Timeliness::TooLate;
    let gone = deferred.revision != meeting.revision
        || !lasting && deferrals::overtaken(tx, deferred, round.now).await?;
    let fate = match deferred.cause {
        _ if gone => Fate::Skipped,
        // Whoever put it off was reminded once.
        Cause::Snooze if over || late => Fate::Skipped,
        Cause::Quiet if over || late => Fate::Dropped,
        Cause::Quiet | Cause::Snooze => Fate::Fired,
    };
    Ok((fate, !gone && fate != Fate::Fired))
}

/// Sends a deferred step to the person it was deferred for, or to who holds the office now.
async fn send_again(
    tx: &mut Tx,
    round: &mut Round<'_>,
    meeting: &Meeting,
    deferred: &Deferred,
) -> Result<(), StoreError> {
    let step = deferred.step.step;
    let key = match deferred.cause {
        Cause::Quiet => String::new(),
        Cause::Snooze => format!(":again-{}", deferred.wake_at.timestamp_millis()),
    };
    let errand = Errand { step: &deferred.step, expected: deferred.wake_at, key };
    let mut late = Vec::new();
    for one in round.due(tx, meeting, step).await? {
        if is_for(&one.to, deferred) {
            late.extend(round.post_one(tx, meeting, &errand, one).await?);
        }
    }
    round.tell_too_late(tx, meeting, &deferred.step, &late).await
}
