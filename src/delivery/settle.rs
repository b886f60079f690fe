//! What follows from each send: marked in one commit, and then carried out in memory.
//!
//! Marking runs beside the sends, one commit at a time: what comes home meanwhile is marked
//! together by the next.

use std::sync::Arc;
use std::time::Duration;

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
pub(super) const LONGEST_WAIT: TimeDelta = TimeDelta::days(1);

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
        let tx = self.begin().await?;
        let mut marking = Marking { tx, post: Post::default(), finished: Vec::new(), now };
        for held in &batch.superseded {
            marking.finish(held.clone(), End::Cancelled, None, Some("superseded"));
        }
        let mut nexts = Vec::new();
        for attempt in &batch.landed {
            nexts.push(self.consider(&mut marking, attempt).await?);
        }
        let posted = !marking.post.is_empty();
        marking.keep(&nexts).await?;
        Ok(Marked { nexts, at: now, posted })
    }

    /// What follows from one send.
    async fn consider(&self, marking: &mut Marking, attempt: &Attempt) -> Result<Next, StoreError> {
        let held = attempt.held.clone();
        match &attempt.outcome {
            Outcome::Sent { external_id } => Ok(marking.sent(held, external_id.clone())),
            Outcome::Expired => Ok(marking.dead(held, "expired")),
            Outcome::Panicked => Ok(self.unknown(marking, held)),
            Outcome::NoChannel => self.elsewhere(marking, held, Obstacle::NoChannel).await,
            Outcome::Failed(error) => self.failed(marking, held, error).await,
        }
    }

    async fn failed(
        &self,
        marking: &mut Marking,
        held: Held,
        error: &SendError,
    ) -> Result<Next, StoreError> {
        match error {
            SendError::Transient { after: Some(after) } => Ok(slowed(held, *after, marking.now)),
            SendError::Transient { after: None } => self.once_more(marking, held).await,
            SendError::Ambiguous => Ok(self.unknown(marking, held)),
            SendError::Moved { to } => marking.moved(held, to).await,
            SendError::Unreachable => self.elsewhere(marking, held, Obstacle::Unreachable).await,
            SendError::Rejected { reason } => {
                tracing::error!(message = held.id.0, reason, "a platform refuses a message");
                Ok(marking.dead(held, "rejected"))
            }
            // Sending has tried both ways already.
            SendError::CannotEdit => Ok(marking.dead(held, "cannot edit")),
        }
    }

    /// After an attempt that failed: again after a pause, unless there were enough.
    async fn once_more(&self, marking: &mut Marking, held: Held) -> Result<Next, StoreError> {
        let failed = held.attempts - held.journey.slowed;
        if failed >= self.limits.attempts {
            tracing::warn!(message = held.id.0, "given up after many tries");
            return self.elsewhere(marking, held, Obstacle::GivenUp).await;
        }
        Ok(retry(held, marking.now + self.pause(failed), Blocks::Lane))
    }

    /// Nobody knows whether it arrived.
    fn unknown(&self, marking: &mut Marking, mut held: Held) -> Next {
        // A send before a crash is not counted here: nobody knows that it was begun.
        if held.journey.unknown > 0 {
            return marking.dead(held, "outcome unknown twice");
        }
        tracing::warn!(message = held.id.0, "the outcome of a send is unknown: once more");
        held.repeated += 1;
        held.journey.unknown += 1;
        retry(held, marking.now + self.pause(1), Blocks::Lane)
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
        marking: &mut Marking,
        mut held: Held,
        obstacle: Obstacle,
    ) -> Result<Next, StoreError> {
        let from = held.address.clone();
        let serves = |bot: &str| self.channels.contains_key(bot);
        let Marking { tx, post, now, .. } = marking;
        let way = post.redirect(tx, &self.practice, &mut held, obstacle, serves, *now).await?;
        let Way::Elsewhere { not_before } = way else {
            return Ok(marking.dead(held, obstacle.as_str()));
        };
        // Nothing of it was tried there.
        held.parts_sent = 0;
        held.attempts = 1;
        held.journey.slowed = 0;
        Ok(Next::Onward { from, held, moved: false, until: not_before })
    }
}

/// A batch on its way to its commit.
struct Marking {
    tx: Tx,
    /// What somebody else is told because of it.
    post: Post,
    finished: Vec<Finished>,
    now: Instant,
}

impl Marking {
    fn finish(&mut self, held: Held, end: End, external_id: Option<String>, why: Option<&str>) {
        let (outcome, at) = (why.map(str::to_owned), self.now);
        self.finished.push(Finished { held, end, external_id, outcome, at });
    }

    fn sent(&mut self, held: Held, external_id: Option<String>) -> Next {
        self.finish(held.clone(), End::Sent, external_id.clone(), None);
        match external_id {
            Some(external_id) => Next::Shown { held, external_id },
            None => Next::Finished { address: held.address },
        }
    }

    fn dead(&mut self, held: Held, why: &str) -> Next {
        let address = held.address.clone();
        self.finish(held, End::Dead, None, Some(why));
        Next::Finished { address }
    }

    /// The chat has another id from now on.
    async fn moved(&mut self, mut held: Held, to: &str) -> Result<Next, StoreError> {
        let from = held.address.clone();
        accounts::follow(&mut self.tx, &from, to, self.now).await?;
        to.clone_into(&mut held.address.chat);
        Ok(Next::Onward { from, held, moved: true, until: None })
    }

    /// Writes all of it down, and commits.
    async fn keep(self, nexts: &[Next]) -> Result<(), StoreError> {
        let Self { mut tx, post, finished, .. } = self;
        let retried = |next: &Next| match next {
            Next::Retry { held, .. } => Some(held.clone()),
            _ => None,
        };
        let holding: Vec<Held> = nexts.iter().filter_map(retried).collect();
        if !finished.is_empty() {
            outbox::finish(&mut tx, &finished).await?;
        }
        if !holding.is_empty() {
            outbox::hold(&mut tx, &holding).await?;
        }
        post.flush(&mut tx).await?;
        for next in nexts {
            if let Next::Shown { held, external_id } = next
                && let Some(original) = held.edits
            {
                outbox::set_external_id(&mut tx, original, &held.address, external_id).await?;
            }
        }
        tx.commit().await
    }
}

/// The platform asked for a pause, which holds up the whole address and is no failed attempt.
fn slowed(mut held: Held, after: Duration, now: Instant) -> Next {
    held.journey.slowed += 1;
    let wait = TimeDelta::from_std(after).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    retry(held, now + wait, Blocks::Address)
}

fn retry(mut held: Held, until: Instant, blocks: Blocks) -> Next {
    held.attempts += 1;
    held.not_before = until;
    Next::Retry { held, until, blocks }
}
