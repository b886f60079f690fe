//! Where channels put what they receive: committed before the platform is told so.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;

use crate::clock::{Clock, Instant};
use crate::message::{Accept, AcceptError, Incoming};
use crate::store::{Db, StoreError, inbox};

/// Channels wait before they ask for more while this many updates are unhandled, so that memory
/// and delay stay bounded.
const FULL: i64 = 5_000;
/// How far stamps may run ahead of the clock, in milliseconds.
const TIE: i64 = 1_000;
/// How often a full inbox is counted anew.
const LOOK: Duration = Duration::from_secs(1);

pub struct StoredInbox {
    db: Db,
    clock: Clock,
    /// Updates accepted and not handled, as far as this process knows; counted anew before anyone
    /// has to wait because of it.
    waiting: AtomicI64,
    /// The time of the latest batch, in epoch milliseconds.
    latest: AtomicI64,
    arrived: Notify,
    drained: Notify,
}

impl StoredInbox {
    pub(super) fn new(db: Db, clock: Clock) -> Self {
        Self {
            db,
            clock,
            waiting: AtomicI64::new(0),
            latest: AtomicI64::new(i64::MIN),
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
            // Another process accepted some of them, or this one has not counted them yet.
            self.waiting.store(0, Ordering::SeqCst);
        }
        if before >= FULL && before - count < FULL {
            self.drained.notify_waiters();
        }
    }

    /// The time of one more batch: now, or just after the batch before it, because what arrives
    /// within one millisecond is handled in the order of its arrival, too. A clock that was set
    /// back is followed.
    fn stamp(&self) -> Instant {
        let now = self.clock.now();
        let millis = now.timestamp_millis();
        let after = |latest: i64| match latest.checked_sub(millis) {
            Some(ahead) if (0..TIE).contains(&ahead) => latest + 1,
            _ => millis,
        };
        let update = |latest| Some(after(latest));
        let before = self.latest.fetch_update(Ordering::SeqCst, Ordering::SeqCst, update);
        let at = after(before.unwrap_or_else(|latest| latest));
        now + chrono::TimeDelta::milliseconds(at - millis)
    }

    /// Returns when something may have arrived.
    pub(super) async fn arrival(&self) {
        self.arrived.notified().await;
    }
}

#[async_trait]
impl Accept for StoredInbox {
    async fn accept(&self, batch: Vec<Incoming>) -> Result<(), AcceptError> {
        let batch: Vec<Incoming> = batch.into_iter().map(Incoming::meant).collect();
        let stored = async {
            let mut tx = self.db.begin().await?;
            let new = inbox::accept(&mut tx, &batch, self.stamp()).await?;
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
            // The count may have drifted upwards: the rows know.
            if let Err(error) = self.recount().await {
                tracing::warn!(%error, "what waits cannot be counted");
            } else if self.waiting.load(Ordering::SeqCst) < FULL {
                return;
            }
            tokio::select! {
                () = drained => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{ChatKind, Event, Incoming};

    fn update(n: usize) -> Incoming {
        Incoming {
            bot: "telegram".to_owned(),
            external_id: n.to_string(),
            chat: "1".to_owned(),
            kind: ChatKind::Private,
            sender: "1".to_owned(),
            language: None,
            event: Event::Text { text: "/toi".to_owned() },
        }
    }

    #[tokio::test]
    async fn a_count_that_has_drifted_closes_the_door_to_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("inbox.db").display());
        let db = Db::open(&url, 1).await.unwrap();
        let inbox = StoredInbox::new(db.clone(), Clock::System);
        let full = usize::try_from(FULL).unwrap();
        // Handled before the one who accepted them came to count them.
        inbox.handled(full);
        inbox.accept((0..full).map(update).collect()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let bots = crate::store::Bots::new(["telegram"]);
        let rows = inbox::waiting(&mut tx, &bots, u32::MAX).await.unwrap().readable;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        inbox::done(&mut tx, &ids, inbox.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let opens = tokio::time::timeout(Duration::from_secs(20), inbox.room());
        assert!(opens.await.is_ok(), "nothing waits, and still there is no room");
    }
}
