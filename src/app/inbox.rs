//! Where channels put what they receive: committed before the platform is told so.

use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::message::{Accept, AcceptError, Incoming};
use crate::store::{Db, StoreError, inbox};

/// Channels wait before they ask for more while this many updates are unhandled, so that memory
/// and delay stay bounded.
const FULL: i64 = 5_000;

pub struct StoredInbox {
    db: Db,
    clock: Clock,
    /// Updates accepted and not handled, as far as this process knows.
    waiting: AtomicI64,
    arrived: Notify,
    drained: Notify,
}

impl StoredInbox {
    pub(super) fn new(db: Db, clock: Clock) -> Self {
        Self {
            db,
            clock,
            waiting: AtomicI64::new(0),
            arrived: Notify::new(),
            drained: Notify::new(),
        }
    }

    /// Learns how much an earlier run left.
    pub(super) async fn recount(&self) -> Result<(), StoreError> {
        let waiting = inbox::count_waiting(&mut self.db.read().await?).await?;
        self.waiting.store(waiting, Ordering::SeqCst);
        self.arrived.notify_one();
        Ok(())
    }

    /// Notes that updates were handled.
    pub(super) fn handled(&self, count: usize) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let before = self.waiting.fetch_sub(count, Ordering::SeqCst);
        if before - count < 0 {
            // Another process accepted some of them.
            self.waiting.store(0, Ordering::SeqCst);
        }
        if before >= FULL && before - count < FULL {
            self.drained.notify_waiters();
        }
    }

    /// Returns when something may have arrived.
    pub(super) async fn arrival(&self) {
        self.arrived.notified().await;
    }
}

#[async_trait]
impl Accept for StoredInbox {
    async fn accept(&self, batch: Vec<Incoming>) -> Result<(), AcceptError> {
        let stored = async {
            let mut tx = self.db.begin().await?;
            let new = inbox::accept(&mut tx, &batch, self.clock.now()).await?;
            tx.commit().await?;
            Ok::<u64, StoreError>(new)
        };
        match stored.await {
            Ok(new) => {
                self.waiting.fetch_add(i64::try_from(new).unwrap_or(i64::MAX), Ordering::SeqCst);
                self.arrived.notify_one();
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, updates = batch.len(), "the inbox cannot take updates");
                Err(AcceptError)
            }
        }
    }

    async fn room(&self) {
        loop {
            let drained = self.drained.notified();
            if self.waiting.load(Ordering::SeqCst) < FULL {
                return;
            }
            drained.await;
        }
    }
}
