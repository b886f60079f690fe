//! The one place that asks the machine what time it is.
//!
//! Loops and edges hold a [`Clock`]; everything below them takes `now` as a value, so that a test
//! or the demo can walk through a month without waiting for it.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Duration, Utc};
use tokio::sync::watch;

/// An instant, always UTC. Stored as epoch milliseconds.
pub type Instant = DateTime<Utc>;

/// A source of "now" that is cheap to clone and shared by all loops of one process.
#[derive(Clone)]
pub enum Clock {
    System,
    Manual(ManualClock),
}

impl Clock {
    pub fn now(&self) -> Instant {
        match self {
            #[allow(clippy::disallowed_methods)] // the sanctioned caller
            Clock::System => {
                let now = Utc::now();
                from_millis(now.timestamp_millis())
            }
            Clock::Manual(clock) => clock.now(),
        }
    }

    /// Whether somebody moves it as they please, so that its leaps mean nothing.
    pub fn is_in_hand(&self) -> bool {
        match self {
            Clock::System => false,
            Clock::Manual(clock) => clock.in_hand.load(Ordering::SeqCst),
        }
    }

    /// Nanoseconds that only ever go forward, from an arbitrary start: for pacing, which a wall
    /// clock set back must not stop, and for noticing that the clock has leapt. They may stand while
    /// the machine sleeps. A manual clock's own time, which stands while it is set back or leaps.
    pub fn ticks(&self) -> u64 {
        match self {
            Clock::System => {
                static START: OnceLock<std::time::Instant> = OnceLock::new();
                let start = START.get_or_init(std::time::Instant::now);
                u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
            }
            Clock::Manual(clock) => {
                u64::try_from(clock.passed.load(Ordering::SeqCst)).unwrap_or_default() * 1_000_000
            }
        }
    }

    /// Waits as long as it is until `due`, or for ever when nothing is due. Setting the clock back
    /// makes nobody sleep longer. A manual clock wakes its sleepers each time it is moved.
    pub async fn sleep_until(&self, due: Option<Instant>) {
        match self {
            Clock::System => match due {
                Some(due) => {
                    let wait = (due - self.now()).to_std().unwrap_or_default();
                    tokio::time::sleep(wait).await;
                }
                None => std::future::pending().await,
            },
            Clock::Manual(clock) => {
                let mut moved = clock.moved.subscribe();
                // Read first: moved in between, the clock makes this too short, never too long.
                let passed = clock.passed.load(Ordering::SeqCst);
                let until = due.map(|due| passed + (due - clock.now()).num_milliseconds().max(0));
                loop {
                    if until.is_some_and(|until| until <= clock.passed.load(Ordering::SeqCst)) {
                        return;
                    }
                    if moved.changed().await.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
            }
        }
    }
}

/// Measures how long something takes, whatever is done to the clocks meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}

/// A clock that stands still until it is moved: the tests' and the demo's.
#[derive(Clone)]
pub struct ManualClock {
    millis: Arc<AtomicI64>,
    /// Milliseconds that have passed; what it is set back by does not count.
    passed: Arc<AtomicI64>,
    in_hand: Arc<AtomicBool>,
    moved: Arc<watch::Sender<()>>,
}

impl ManualClock {
    pub fn new(at: Instant) -> Self {
        Self {
            millis: Arc::new(AtomicI64::new(at.timestamp_millis())),
            passed: Arc::new(AtomicI64::new(at.timestamp_millis())),
            in_hand: Arc::new(AtomicBool::new(true)),
            moved: Arc::new(watch::Sender::new(())),
        }
    }

    pub fn now(&self) -> Instant {
        from_millis(self.millis.load(Ordering::SeqCst))
    }

    pub fn set(&self, to: Instant) {
        let before = self.millis.swap(to.timestamp_millis(), Ordering::SeqCst);
        let passed = (to.timestamp_millis() - before).max(0);
        self.passed.fetch_add(passed, Ordering::SeqCst);
        self.moved.send_replace(());
    }

    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }

    /// Is nobody's from now on: watched as the machine's clock is.
    pub fn let_go(&self) {
        self.in_hand.store(false, Ordering::SeqCst);
    }

    /// Shows something else all at once, and no time has passed.
    pub fn leap(&self, to: Instant) {
        self.millis.store(to.timestamp_millis(), Ordering::SeqCst);
        self.moved.send_replace(());
    }
}

/// The instant `millis` milliseconds after the epoch; values outside chrono's range fall back to
/// the epoch, which no stored row ever holds.
pub fn from_millis(millis: i64) -> Instant {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
