//! The one reminder of a notice: some working days after it was sent, to those who have not said
//! that they read it and are still members of its branches. It carries the text once more.

use async_trait::async_trait;
use chrono::NaiveTime;

use super::dry_run::{Ahead, PlanLine, arrival};
use super::round::Round;
use super::{Recipient, Source};
use crate::clock::Instant;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::operations::notices::{self as operation, Reminded};
use crate::outbound::Addressee;
use crate::store::notices::{self, Reminder};
use crate::store::{StoreError, Tx};

/// What the dry run calls it.
const KIND: &str = "notice";

pub(super) struct NoticeReminders;

#[async_trait]
impl Source for NoticeReminders {
    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
        notices::next_due(tx).await
    }

    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError> {
        for notice in notices::due(tx, round.window()).await? {
            let Reminder::Planned(due_at) = notice.reminder else { continue };
            match operation::remind(&mut round.work(tx), &notice, due_at).await? {
                Reminded::Sent(count) => round.queued += count,
                Reminded::Lost => round.dropped += 1,
                Reminded::Before | Reminded::StaysDue => {}
            }
        }
        Ok(())
    }

    async fn restore(&self, tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
        operation::plan_again(tx, now, from).await
    }

    async fn bring_nearer(
        &self,
        tx: &mut Tx,
        practice: &Practice,
        now: Instant,
    ) -> Result<u64, StoreError> {
        operation::remind_nearer(tx, practice, now).await
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
            for (person, unit) in operation::owing(tx, &notice, at.date()).await? {
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
