//! Watches the clock. One that leaps is doubted until it has been steady for a while, or somebody says
//! that it is right; a doubt is a row, so it outlives the process that had it.
//!
//! A leap is seen in two ways: the clock and the time that passes part, in a running process; or the
//! last sign of life lies weeks back or ahead, at a start. A machine that slept looks like the first, because what
//! passes stands still while it sleeps. It is treated as one: nothing is lost by waiting.
//!
//! Clocks that are in somebody's hand are not watched.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;

use crate::clock::{Clock, Instant};
use crate::domain::doubt::{Doubt, Doubted};
use crate::store::clock::{self, Known};
use crate::store::lease::Fence;
use crate::store::{Db, StoreError};

/// By how much the clock and the time that passes may part; so much it may show less than it did.
const LEAP: TimeDelta = TimeDelta::minutes(5);
/// How far off the last sign of life may lie at a start, in either direction.
const AWAY: TimeDelta = TimeDelta::days(45);
/// For how long a clock must be steady to be believed again.
pub const STEADY: TimeDelta = TimeDelta::minutes(30);
/// Clocks are set a little all the time: they are compared over a day.
const COMPARED: TimeDelta = TimeDelta::days(1);
/// How often there is a sign of life.
const LIFE: TimeDelta = TimeDelta::minutes(1);

/// One process's watch.
pub(super) struct Watch {
    db: Db,
    clock: Clock,
    doubt: Doubt,
    fence: Fence,
    seen: Mutex<Seen>,
}

struct Seen {
    /// From where the clock and the time that passes are compared.
    from: Reading,
    /// When the clock was read last.
    last: Reading,
    /// Since when it has been steady, while it is in doubt: by the time that passes.
    steady: TimeDelta,
    /// What the row does not say yet: the leap.
    untold: Option<TimeDelta>,
    /// The doubt of the row that is this one's.
    doubts: i64,
    /// When there was a sign of life; `None`: the row was not read yet.
    lived: Option<TimeDelta>,
}

impl Seen {
    /// Nothing but what the clock shows now.
    fn of(clock: &Clock) -> Self {
        let first = Reading::of(clock);
        let (from, last, steady) = (first, first, first.passed);
        Self { from, last, steady, untold: None, doubts: 0, lived: None }
    }
}

/// The clock, and what has passed since some time.
#[derive(Clone, Copy)]
struct Reading {
    shows: Instant,
    passed: TimeDelta,
}

impl Reading {
    fn of(clock: &Clock) -> Self {
        let passed = i64::try_from(clock.ticks() / 1_000_000).unwrap_or(i64::MAX);
        Self { shows: clock.now(), passed: TimeDelta::milliseconds(passed) }
    }

    /// By how much the clock has gone further than time since then.
    fn parted(self, since: Self) -> TimeDelta {
        (self.shows - since.shows) - (self.passed - since.passed)
    }
}

impl Watch {
    pub fn new(db: Db, clock: Clock, doubt: Doubt, fence: Fence) -> Self {
        let seen = Mutex::new(Seen::of(&clock));
        Self { db, clock, doubt, fence, seen }
    }

    /// Begins anew, as a process does that has just started: whoever stood by has watched nothing, and what is
    /// doubted the row says.
    pub fn begin(&self) {
        *self.seen() = Seen::of(&self.clock);
        self.end();
    }

    /// Watches no more: a doubt that nobody looks after would last for ever.
    pub fn end(&self) {
        if !self.clock.is_in_hand() {
            self.doubt.lay();
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the clock shows. A leap is found here, before anybody acts on it.
    pub fn now(&self) -> Instant {
        if self.clock.is_in_hand() {
            return self.clock.now();
        }
        self.read().shows
    }

    fn read(&self) -> Reading {
        let mut seen = self.seen();
        let reading = Reading::of(&self.clock);
        let leap = reading.parted(seen.from);
        if leap.abs() >= LEAP {
            tracing::error!(
                seconds = leap.num_seconds(),
                "the clock has leapt: until it is steady or trusted nothing is dropped or deleted"
            );
            let sure = self.doubt.now().map_or(seen.last.shows, |doubted| doubted.sure);
            self.doubt.raise(Doubted { sure, since: reading.shows });
            seen.untold = Some(leap);
            seen.steady = reading.passed;
            seen.from = reading;
        } else if reading.passed - seen.from.passed > COMPARED {
            seen.from = reading;
        }
        seen.last = reading;
        reading
    }

    /// Looks at the clock and at what the row says of it, and writes what it does not say yet. Gives what
    /// the clock shows, beyond doubt or not: whoever ends anything by it looks first.
    pub async fn look(&self) -> Result<Instant, StoreError> {
        if self.clock.is_in_hand() {
            return Ok(self.clock.now());
        }
        let reading = self.read();
        let lived = self.seen().lived;
        if self.doubt.now().is_none() && lived.is_some_and(|lived| reading.passed - lived < LIFE) {
            return Ok(reading.shows);
        }
        let mut tx = self.db.begin().await?;
        self.fence.check(&mut tx).await?;
        let known = clock::read(&mut tx).await?;
        let verdict = self.judge(reading, known);
        match verdict {
            Verdict::Lives => clock::alive(&mut tx, reading.shows).await?,
            Verdict::Leapt { sure, by } => {
                clock::doubt(&mut tx, sure, reading.shows, by.num_milliseconds()).await?;
            }
            Verdict::Doubted(_) => {}
            Verdict::Steady | Verdict::Trusted => clock::trust(&mut tx, reading.shows).await?,
        }
        tx.commit().await?;
        self.conclude(verdict, reading, known);
        Ok(reading.shows)
    }

    fn judge(&self, reading: Reading, known: Known) -> Verdict {
        let seen = self.seen();
        if let (Some(by), Some(doubted)) = (seen.untold, self.doubt.now()) {
            // The row knows better what was sure where another doubted before, and where this process, which
            // has just begun, has seen nothing but its own clock. Else its sign of life is the older of the two.
            let knows = known.doubted.is_some() || seen.lived.is_none();
            let sure = known.alive.filter(|_| knows).unwrap_or(doubted.sure);
            return Verdict::Leapt { sure, by };
        }
        match (self.doubt.now(), known.doubted) {
            (Some(_), None) => Verdict::Trusted,
            (Some(_), Some(_)) if reading.passed - seen.steady >= STEADY => Verdict::Steady,
            (Some(doubted), Some(_)) => Verdict::Doubted(doubted),
            (None, Some(since)) => {
                Verdict::Doubted(Doubted { sure: known.alive.unwrap_or(since), since })
            }
            (None, None) => match known.alive.filter(|_| seen.lived.is_none()) {
                Some(alive) if is_far_off(reading.shows - alive) => {
                    Verdict::Leapt { sure: alive, by: reading.shows - alive }
                }
                _ => Verdict::Lives,
            },
        }
    }

    /// What was committed holds here, too.
    fn conclude(&self, verdict: Verdict, reading: Reading, known: Known) {
        let mut seen = self.seen();
        seen.lived = Some(reading.passed);
        match verdict {
            Verdict::Lives => {}
            Verdict::Leapt { sure, by } => {
                // A leap since then is told next.
                seen.untold = seen.untold.filter(|untold| *untold != by);
                seen.doubts = known.doubts + 1;
                if self.doubt.now().is_none() {
                    tracing::error!(
                        days = by.num_days(),
                        "the last sign of life lies far off: until the clock is steady or trusted \
                         nothing is dropped or deleted"
                    );
                    seen.steady = reading.passed;
                }
                self.doubt.raise(Doubted { sure, since: reading.shows });
            }
            Verdict::Doubted(doubted) => {
                if self.doubt.now().is_none() || seen.doubts != known.doubts {
                    tracing::warn!("the clock is in doubt; see diudat clock");
                    seen.steady = reading.passed;
                    seen.doubts = known.doubts;
                }
                self.doubt.raise(doubted);
            }
            Verdict::Steady | Verdict::Trusted if seen.untold.is_none() => {
                tracing::warn!(
                    trusted = matches!(verdict, Verdict::Trusted),
                    "the clock is believed again"
                );
                self.doubt.lay();
            }
            Verdict::Steady | Verdict::Trusted => {}
        }
    }
}

/// Whether a clock is doubted at a start that shows so much more than at the last sign of life. It may
/// have stood for weeks; less than it did it never shows.
pub fn is_far_off(more: TimeDelta) -> bool {
    more >= AWAY || more <= -LEAP
}

/// What a look comes to.
#[derive(Clone, Copy)]
enum Verdict {
    /// No doubt.
    Lives,
    /// A new doubt.
    Leapt { sure: Instant, by: TimeDelta },
    /// The doubt there is.
    Doubted(Doubted),
    /// It has been steady for long enough.
    Steady,
    /// Somebody said that it is right.
    Trusted,
}
