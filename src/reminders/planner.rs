//! Plans ahead once a day, and fires whatever falls due.
//!
//! A reminder exists once: what is planned fires by compare-and-set, and each of its messages has a key
//! that the outbox takes only once. The planner may run twice, late, or on several machines. What it
//! finds late is sent and marked within the grace; older, it is dropped, recorded, and somebody is told
//! what was. Of several things that say the same only the last is sent: never a flood.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use tracing::Span;
use tracing::field::Empty;

use super::round::Round;
use super::{SOURCES, next_due};
use crate::clock::Instant;
use crate::domain::practice::Practice;
use crate::spans;
use crate::store::lease::Fence;
use crate::store::{Db, StoreError, deeds};

pub struct Planner {
    db: Db,
    practice: Arc<Practice>,
    fence: Fence,
    /// The day on which everything was last planned ahead.
    planned_on: Mutex<Option<NaiveDate>>,
}

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Messages queued.
    pub queued: usize,
    /// What could not be sent in time.
    pub dropped: usize,
    /// When the planner wants to be called again, apart from the next midnight.
    pub next: Option<Instant>,
}

impl Planner {
    pub fn new(db: Db, practice: Arc<Practice>, fence: Fence) -> Self {
        Self { db, practice, fence, planned_on: Mutex::default() }
    }

    /// Plans ahead and fires what is due. Calling it again changes nothing.
    pub async fn tick(&self, now: Instant) -> Result<Ticked, StoreError> {
        let span = tracing::error_span!("tick", queued = Empty, dropped = Empty);
        let tick = async {
            let ticked = self.plan_and_fire(now).await?;
            Span::current().record("queued", ticked.queued).record("dropped", ticked.dropped);
            Ok(ticked)
        };
        spans::timed(span, tick).await.0
    }

    async fn plan_and_fire(&self, now: Instant) -> Result<Ticked, StoreError> {
        let today = self.practice.today(now);
        if *self.planned_on() != Some(today) {
            let mut tx = self.db.begin().await?;
            self.fence.check(&mut tx).await?;
            deeds::take_turn(&mut tx).await?;
            for source in SOURCES {
                source.plan(&mut tx, &self.practice, now).await?;
            }
            tx.commit().await?;
            *self.planned_on() = Some(today);
        }
        let mut ticked = Ticked::default();
        loop {
            let mut tx = self.db.begin().await?;
            self.fence.check(&mut tx).await?;
            let next = next_due(&mut tx).await?;
            if next.is_none_or(|next| next > now) {
                ticked.next = next;
                tx.rollback().await?;
                return Ok(ticked);
            }
            deeds::take_turn(&mut tx).await?;
            let mut round = Round::new(&self.practice, &mut tx, now).await?;
            for source in SOURCES {
                source.fire(&mut tx, &mut round).await?;
            }
            let Round { queued, dropped, post, .. } = round;
            post.flush(&mut tx).await?;
            tx.commit().await?;
            ticked.queued += queued;
            ticked.dropped += dropped;
        }
    }

    fn planned_on(&self) -> std::sync::MutexGuard<'_, Option<NaiveDate>> {
        self.planned_on.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
