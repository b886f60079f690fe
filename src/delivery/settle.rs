//! What follows from each send: marked in one commit, and then carried out in memory.
//!
//! Marking runs beside the sends, one commit at a time: what comes home meanwhile is marked
//! together by the next.

use std::sync::Arc;

use chrono::TimeDelta;

use super::send::{Attempt, Outcome};
use super::{Channels, Delivery, Limits};
use crate::clock::Instant;
use crate::domain::practice::Practice;
use crate::message::{Address, SendError};
use crate::meters::SendResult;
use crate::outbound::{Obstacle, Post, Way};
use crate::store::lease::Fence;
use crate::store::outbox::{self, End, Finished, Held};
use crate::store::{Db, StoreError, Tx, accounts};

/// The longest pause a platform is granted at a time.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(1);

/// What is to be done in memory once the commit stands.
pub(super) enum Next {
    Finished {
        address: Address,
    },
    /// Shown, under this id.
    Shown {
        held: Held,
        external_id: String,
    },
    Retry {
        held: Held,
        until: Instant,
        blocks: Blocks,
    },
    /// Goes on to another address.
    Onward {
        from: Address,
        held: Held,
        moved: bool,
        /// The end of the quiet hours of whom it goes to.
        until: Option<Instant>,
    },
}

/// What a message that is tried again keeps waiting meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Blocks {
    /// What else of its lane goes to its address.
    Lane,
    Address,
}

/// What marking needs, apart from what delivery holds in memory.
pub(super) struct Marker {
    pub db: Db,
    pub practice: Arc<Practice>,
    pub channels: Arc<Channels>,
    pub fence: Fence,
    pub limits: Limits,
}

/// What came back, on its way to be marked.
#[derive(Default)]
pub(super) struct Batch {
    pub landed: Vec<Attempt>,
    /// Older versions of a message that a newer edit made needless.
    pub superseded: Vec<Held>,
}

/// What is left to do once a batch is marked.
pub(super) struct Marked {
    pub nexts: Vec<Next>,
    /// When it was marked.
    pub at: Instant,
    /// Whether new messages were queued, for somebody else.
    pub posted: bool,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.landed.is_empty() && self.superseded.is_empty()
    }

    /// Takes back what could not be marked, in front of what came since.
    pub fn return_to(mut self, later: &mut Self) {
        self.landed.append(&mut later.landed);
        self.superseded.append(&mut later.superseded);
        *later = self;
    }
}

impl Delivery {
    /// Carries out in memory what follows from a batch that is marked.
    pub(super) fn carry_out_all(&mut self, batch: Batch, marked: Marked) {
        let sent = |attempt: &&Attempt| !matches!(attempt.outcome, Outcome::Expired);
        for attempt in batch.landed.iter().filter(sent) {
            self.no_doubt(&attempt.held.address);
        }
        for attempt in &batch.landed {
            self.count(attempt, marked.at);
        }
        for next in marked.nexts {
            self.carry_out(next);
        }
        if marked.posted {
            self.look();
        }
    }

    fn count(&self, attempt: &Attempt, now: Instant) {
        let result = match &attempt.outcome {
            Outcome::Sent { .. } => SendResult::Sent,
            Outcome::Expired => SendResult::Expired,
            Outcome::Panicked => SendResult::Unknown,
            Outcome::NoChannel => SendResult::Unreachable,
            Outcome::Failed(error) => match error {
                SendError::Transient { after: Some(_) } => SendResult::Slowed,
                SendError::Transient { after: None } => SendResult::Failed,
                SendError::Ambiguous => SendResult::Unknown,
                SendError::Moved { .. } => SendResult::Moved,
                SendError::Unreachable => SendResult::Unreachable,
                SendError::Rejected { .. } | SendError::CannotEdit => SendResult::Refused,
            },
        };
        let bot = &attempt.held.address.bot;
        self.meters.send(bot, result);
        if let (SendResult::Sent, Some(asked_at)) = (result, attempt.held.journey.asked_at) {
            self.meters.reply(bot, (now - asked_at).to_std().unwrap_or_default());
        }
    }

    fn carry_out(&mut self, next: Next) {
        match next {
            Next::Finished { address } => self.queue.free(&address),
            Next::Shown { held, external_id } => {
                self.queue.free(&held.address);
                for id in std::iter::once(held.id).chain(held.edits) {
                    self.shown.set(id, held.address.clone(), external_id.clone());
                }
            }
            Next::Retry { held, until, blocks } => {
                self.queue.free(&held.address);
                if blocks == Blocks::Address {
                    self.queue.hold_address(&held.address, until);
                }
                self.queue.put_back(held, Some(until));
            }
            Next::Onward { from, held, moved, until } => {
                self.queue.free(&from);
                if moved {
                    self.queue.readdress(&from, &held.address);
                }
                self.queue.put_back(held, until);
            }
        }
    }
}

impl Marker {
    /// A transaction that is worth nothing if another process leads.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let mut tx = self.db.begin().await?;
        self.fence.check(&mut tx).await?;
        Ok(tx)
    }

    /// Marks a batch in one commit.
    pub async fn mark(&self, batch: &Batch, now: Instant) -> Result<Marked, StoreError> {
        let mut finished: Vec<Finished> = batch
            .superseded
            .iter()
            .map(|held| end(held.clone(), End::Cancelled, Some("superseded"), now))
            .collect();
        let mut holding = Vec::new();
        let mut nexts = Vec::new();
        let mut post = Post::default();
        let mut tx = self.begin().await?;
        for attempt in &batch.landed {
            let next = self.consider(&mut tx, &mut post, attempt, &mut finished, now).await?;
            if let Next::Retry { held, .. } = &next {
                holding.push(held.clone());
            }
            nexts.push(next);
        }
        if !finished.is_empty() {
            outbox::finish(&mut tx, &finished).await?;
        }
        if !holding.is_empty() {
            outbox::hold(&mut tx, &holding).await?;
        }
        let posted = !post.is_empty();
        post.flush(&mut tx).await?;
        for next in &nexts {
            if let Next::Shown { held, external_id } = next
                && let Some(original) = held.edits
            {
                outbox::set_external_id(&mut tx, original, &held.address, external_id).await?;
            }
        }
        tx.commit().await?;
        Ok(Marked { nexts, at: now, posted })
    }

    async fn consider(
        &self,
        tx: &mut Tx,
        post: &mut Post,
        attempt: &Attempt,
        finished: &mut Vec<Finished>,
        now: Instant,
    ) -> Result<Next, StoreError> {
        let held = attempt.held.clone();
        let address = held.address.clone();
        let dead = |held: Held, why: &str, finished: &mut Vec<Finished>| {
            finished.push(end(held, End::Dead, Some(why), now));
            Ok(Next::Finished { address: address.clone() })
        };
        match &attempt.outcome {
            Outcome::Sent { external_id } => {
                let mut done = end(held.clone(), End::Sent, None, now);
                done.external_id.clone_from(external_id);
                finished.push(done);
                Ok(match external_id {
                    Some(id) => Next::Shown { held, external_id: id.clone() },
                    None => Next::Finished { address },
                })
            }
            Outcome::Expired => dead(held, "expired", finished),
            Outcome::Failed(SendError::Rejected { reason }) => {
                tracing::error!(message = held.id.0, reason, "a platform refuses a message");
                dead(held, "rejected", finished)
            }
            Outcome::Failed(SendError::Transient { after: Some(after) }) => {
                let mut held = held;
                held.journey.slowed += 1;
                let wait = TimeDelta::from_std(*after).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
                Ok(self.retry(held, now + wait, Blocks::Address))
            }
            Outcome::Failed(SendError::Transient { after: None }) => {
                let failed = held.attempts - held.journey.slowed;
                if failed >= self.limits.attempts {
                    tracing::warn!(message = held.id.0, "given up after many tries");
                    return self.elsewhere(tx, post, held, Obstacle::GivenUp, finished, now).await;
                }
                Ok(self.retry(held, now + self.pause(failed), Blocks::Lane))
            }
            Outcome::Failed(SendError::Ambiguous) | Outcome::Panicked => {
                // A send before a crash is not counted here: nobody knows that it was begun.
                if held.journey.unknown > 0 {
                    return dead(held, "outcome unknown twice", finished);
                }
                tracing::warn!(message = held.id.0, "the outcome of a send is unknown: once more");
                let mut held = held;
                held.repeated += 1;
                held.journey.unknown += 1;
                Ok(self.retry(held, now + self.pause(1), Blocks::Lane))
            }
            // Sending has tried both ways already.
            Outcome::Failed(SendError::CannotEdit) => dead(held, "cannot edit", finished),
            Outcome::Failed(SendError::Moved { to }) => {
                accounts::follow(tx, &address, to, now).await?;
                let mut held = held;
                held.address.chat.clone_from(to);
                Ok(Next::Onward { from: address, held, moved: true, until: None })
            }
            Outcome::Failed(SendError::Unreachable) => {
                self.elsewhere(tx, post, held, Obstacle::Unreachable, finished, now).await
            }
            Outcome::NoChannel => {
                self.elsewhere(tx, post, held, Obstacle::NoChannel, finished, now).await
            }
        }
    }

    fn retry(&self, mut held: Held, until: Instant, blocks: Blocks) -> Next {
        held.attempts += 1;
        held.not_before = until;
        Next::Retry { held, until, blocks }
    }

    /// The pause after so many failed attempts.
    fn pause(&self, failed: i64) -> TimeDelta {
        let pause = self.limits.retry.after(u32::try_from(failed).unwrap_or_default());
        TimeDelta::from_std(pause).unwrap_or(LONGEST_WAIT)
    }

    /// Gives a message up for the address it had: it goes on where it is sent from there, or it is
    /// dead.
    async fn elsewhere(
        &self,
        tx: &mut Tx,
        post: &mut Post,
        mut held: Held,
        obstacle: Obstacle,
        finished: &mut Vec<Finished>,
        now: Instant,
    ) -> Result<Next, StoreError> {
        let from = held.address.clone();
        let serves = |bot: &str| self.channels.contains_key(bot);
        let way = post.redirect(tx, &self.practice, &mut held, obstacle, serves, now).await?;
        let Way::Elsewhere { not_before } = way else {
            finished.push(end(held, End::Dead, Some(obstacle.as_str()), now));
            return Ok(Next::Finished { address: from });
        };
        // Nothing of it was tried there.
        held.parts_sent = 0;
        held.attempts = 1;
        held.journey.slowed = 0;
        Ok(Next::Onward { from, held, moved: false, until: not_before })
    }
}

fn end(held: Held, end: End, outcome: Option<&str>, at: Instant) -> Finished {
    Finished { held, end, external_id: None, outcome: outcome.map(str::to_owned), at }
}
