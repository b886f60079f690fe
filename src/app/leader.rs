//! Of several processes on one database one leads: it handles, plans and sends. The others accept
//! updates and stand by.
//!
//! No wall clock is asked: the leader raises a number, and a standby that sees it stand still for
//! [`Times::patience`] of its own monotonic time takes over. A leader whose last raise is older than
//! [`Times::trust`] starts no send, so that by the time another leads it has stopped by itself.

use std::fs::File;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant as Monotonic};

use tokio_util::sync::CancellationToken;

use super::sixteen_bytes;
use crate::store::lease::{self, Fence, Licence, Seen};
use crate::store::{Db, StoreError};

/// The lease's times; longer than a pause of the machine, shorter than people notice.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// How often the leader shows that it lives, and standbys look.
    pub beat: Duration,
    /// How long after its last proof of life the leader trusts that it leads.
    pub trust: Duration,
    /// How long the leader's number must stand still before a standby takes over.
    pub patience: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            beat: Duration::from_secs(3),
            trust: Duration::from_secs(7),
            patience: Duration::from_secs(10),
        }
    }
}

/// One process's part in the lease.
pub struct Leader {
    db: Db,
    /// Tells this process from all others, also from itself before a restart.
    name: String,
    times: Times,
    fence: Fence,
    licence: Licence,
    /// The lock of an SQLite database, once it was had.
    alone: OnceLock<File>,
    /// Whether the lock has served: it speaks for the first accession only.
    has_led: AtomicBool,
}

impl Leader {
    pub fn new(db: Db, times: Times) -> Self {
        let name = hex::encode(sixteen_bytes());
        let licence = Licence::for_as_long_as(times.trust);
        Self {
            db,
            name,
            times,
            fence: Fence::standing_by(),
            licence,
            alone: OnceLock::new(),
            has_led: AtomicBool::new(false),
        }
    }

    pub fn fence(&self) -> Fence {
        self.fence.clone()
    }

    pub fn licence(&self) -> Licence {
        self.licence.clone()
    }

    /// Waits until this process leads. `None`: it was told to stop first.
    pub async fn acquire(&self, shutdown: &CancellationToken) -> Option<i64> {
        let mut still: Option<(Seen, Monotonic)> = None;
        loop {
            match self.try_acquire(&mut still).await {
                Ok(Some(term)) => {
                    tracing::info!(term, "leading");
                    return Some(term);
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "the lease cannot be read");
                    // What was not seen cannot be said to have stood still.
                    still = None;
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => return None,
                () = tokio::time::sleep(self.times.beat / 3) => {}
            }
        }
    }

    async fn try_acquire(
        &self,
        still: &mut Option<(Seen, Monotonic)>,
    ) -> Result<Option<i64>, StoreError> {
        let begun = Monotonic::now();
        let seen = lease::read(&mut self.db.read().await?).await?;
        // Asked in any case: whoever leads must have the lock, or another would be let past it.
        let alone = self.is_alone();
        let free = alone || seen.holder.is_empty();
        let dead = match still {
            Some((before, since)) if *before == seen => since.elapsed() >= self.times.patience,
            _ => {
                // Seen after the reading began, so the time counts from its end.
                *still = Some((seen.clone(), Monotonic::now()));
                false
            }
        };
        if !free && !dead {
            return Ok(None);
        }
        let mut tx = self.db.begin().await?;
        let Some(term) = lease::take(&mut tx, &self.name, &seen).await? else { return Ok(None) };
        tx.commit().await?;
        self.licence.prove(begun);
        self.fence.raise(term);
        Ok(Some(term))
    }

    /// Whether no other process on this machine holds the lock of an SQLite database.
    fn is_alone(&self) -> bool {
        if self.alone.get().is_none()
            && let Some(file) = self.db.lock_alone()
        {
            // Nobody else sets it: one task acquires it.
            let _ = self.alone.set(file);
        }
        // Having had it before proves nothing about who leads now.
        self.alone.get().is_some() && !self.has_led.swap(true, Ordering::SeqCst)
    }

    /// Shows at each beat that this process lives; returns when it leads no more, or was told to
    /// stop.
    pub async fn lead(&self, term: i64, stop: &CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(self.times.beat) => {}
            }
            let begun = Monotonic::now();
            match tokio::time::timeout(self.times.trust, self.beat(term)).await {
                Ok(Ok(true)) => self.licence.prove(begun),
                Ok(Ok(false)) => {
                    tracing::warn!(term, "another process leads");
                    break;
                }
                Ok(Err(error)) => tracing::warn!(%error, "the lease cannot be kept up"),
                Err(_) => {
                    tracing::warn!("the lease cannot be kept up: the database is slow");
                    self.db.distrust();
                }
            }
            if self.licence.age().is_none_or(|age| age >= self.times.patience) {
                tracing::warn!(term, "no proof of life for too long: standing down");
                break;
            }
        }
        self.abdicate();
    }

    async fn beat(&self, term: i64) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let lives = lease::beat(&mut tx, &self.name, term).await?;
        tx.commit().await?;
        Ok(lives)
    }

    fn abdicate(&self) {
        self.licence.revoke();
        self.fence.drop();
    }

    /// Gives the lease back after a clean stop, so that a standby leads at once.
    pub async fn give_back(&self, term: i64) {
        let given = async {
            let mut tx = self.db.begin().await?;
            lease::give_back(&mut tx, &self.name, term).await?;
            tx.commit().await
        };
        if let Err(error) = given.await {
            tracing::warn!(%error, "the lease could not be given back");
        }
        self.abdicate();
    }
}
