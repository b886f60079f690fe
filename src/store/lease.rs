//! The lease of the leader: taken, kept and checked by compare-and-set, never by a wall clock.
//!
//! The holder raises `beat`; a standby that sees the same term and beat for long enough of its own
//! time takes the next term. Each transaction that claims, finishes or handles checks the term, so
//! that a leader that slept through its own deposition changes nothing any more.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Monotonic};

use sqlx::FromRow;

use super::{StoreError, Tx, args, statements};

statements! {
    READ() = ["SELECT holder, term, beat FROM lease WHERE name = 'leader'"];
    TAKE(Text, Int, Int) = ["UPDATE lease SET holder = $1, term = term + 1, beat = 0
        WHERE name = 'leader' AND term = $2 AND beat = $3"];
    BEAT(Text, Int) = ["UPDATE lease SET beat = beat + 1
        WHERE name = 'leader' AND holder = $1 AND term = $2"];
    GIVE_BACK(Text, Int) = ["UPDATE lease SET holder = '', beat = beat + 1
        WHERE name = 'leader' AND holder = $1 AND term = $2"];
    /// On PostgreSQL the row is held, so that nobody takes the lease before this commit.
    CHECK(Int) = [
        sqlite "SELECT term FROM lease WHERE name = 'leader' AND term = $1"
        postgres "SELECT term FROM lease WHERE name = 'leader' AND term = $1 FOR SHARE"];
}

/// What a process sees of the lease.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Seen {
    /// Empty: nobody.
    pub holder: String,
    pub term: i64,
    pub beat: i64,
}

pub async fn read(tx: &mut Tx) -> Result<Seen, StoreError> {
    tx.one(&READ, args![]).await
}

/// Takes the lease if it still is as it was seen; gives the new term.
pub async fn take(tx: &mut Tx, holder: &str, seen: &Seen) -> Result<Option<i64>, StoreError> {
    let taken = tx.run(&TAKE, args![holder, seen.term, seen.beat]).await? == 1;
    Ok(taken.then_some(seen.term + 1))
}

/// Shows that the holder lives; `false` if it is not the holder any more.
pub async fn beat(tx: &mut Tx, holder: &str, term: i64) -> Result<bool, StoreError> {
    Ok(tx.run(&BEAT, args![holder, term]).await? == 1)
}

/// Gives the lease back, so that a standby need not wait.
pub async fn give_back(tx: &mut Tx, holder: &str, term: i64) -> Result<(), StoreError> {
    tx.run(&GIVE_BACK, args![holder, term]).await.map(drop)
}

/// The term under which a process works, shared by all its parts. Without a lease (in a process
/// that is alone by its nature) every check passes.
#[derive(Clone, Debug)]
pub struct Fence(Arc<AtomicI64>);

/// No lease is used.
const ALONE: i64 = -1;
/// A lease is used, and another process holds it.
const DEPOSED: i64 = 0;

impl Fence {
    /// For a process that shares its work with nobody.
    pub fn alone() -> Self {
        Self(Arc::new(AtomicI64::new(ALONE)))
    }

    /// For a process that leads only while it holds the lease.
    pub fn standing_by() -> Self {
        Self(Arc::new(AtomicI64::new(DEPOSED)))
    }

    /// Works under this term from now on.
    pub fn raise(&self, term: i64) {
        self.0.store(term, Ordering::SeqCst);
    }

    /// Leads no more.
    pub fn drop(&self) {
        self.0.store(DEPOSED, Ordering::SeqCst);
    }

    /// Fails if another process leads; what the transaction did is then rolled back by whoever
    /// holds it.
    pub async fn check(&self, tx: &mut Tx) -> Result<(), StoreError> {
        match self.0.load(Ordering::SeqCst) {
            ALONE => Ok(()),
            DEPOSED => Err(StoreError::Deposed),
            term => match tx.maybe::<(i64,)>(&CHECK, args![term]).await? {
                Some(_) => Ok(()),
                None => {
                    self.drop();
                    Err(StoreError::Deposed)
                }
            },
        }
    }
}

/// Whether sends may be started now; cheap, asked before each. It counts from the *beginning* of
/// the last proof of life, because the answer may have been slow.
#[derive(Clone, Debug)]
pub struct Licence(Option<Trust>);

#[derive(Clone, Debug)]
struct Trust {
    proven: Arc<Mutex<Option<Monotonic>>>,
    lasts: Duration,
}

impl Licence {
    /// For a process that shares its work with nobody.
    pub fn always() -> Self {
        Self(None)
    }

    /// Not given yet; each proof of life gives it for this long.
    pub fn for_as_long_as(lasts: Duration) -> Self {
        Self(Some(Trust { proven: Arc::default(), lasts }))
    }

    pub fn holds(&self) -> bool {
        let Some(trust) = &self.0 else { return true };
        self.age().is_some_and(|age| age < trust.lasts)
    }

    /// How long ago the last proof of life began.
    pub fn age(&self) -> Option<Duration> {
        let trust = self.0.as_ref()?;
        trust.proven.lock().unwrap_or_else(PoisonError::into_inner).map(|at| at.elapsed())
    }

    pub fn prove(&self, begun: Monotonic) {
        self.set(Some(begun));
    }

    pub fn revoke(&self) {
        self.set(None);
    }

    fn set(&self, at: Option<Monotonic>) {
        if let Some(trust) = &self.0 {
            *trust.proven.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }
}
