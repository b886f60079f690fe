//! Whatever falls due, of any kind: whether it is found in time, late or too late, and what becomes of
//! it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::words;

words! {
    /// What becomes of something planned that fell due.
    Fate {
        /// Its messages are in the outbox.
        Fired = "fired",
        /// It says nothing that is not said otherwise: a later one of its kind is due as well, it was past
        /// already when it was planned, or nobody wants it any more.
        Skipped = "skipped",
        /// It could not be sent in time, or what it was about is over.
        Dropped = "dropped",
    }
}

/// What comes this much after its time is marked as late.
const LATE: TimeDelta = TimeDelta::minutes(10);

/// How late something is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timeliness {
    InTime,
    /// It is sent, and says that it is late.
    Late,
    /// Later than the organisation's grace: it is not sent as if nothing had happened.
    TooLate,
}

impl Timeliness {
    /// Of something that is found so much after its time.
    pub fn after(delay: TimeDelta, grace: TimeDelta) -> Self {
        match delay {
            delay if delay > grace => Self::TooLate,
            delay if delay > LATE => Self::Late,
            _ => Self::InTime,
        }
    }
}

/// Of what is due, that which is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Nothing that was due by then.
    pub after: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// Whether there may be so much that stays due that what comes after it would never be seen.
    pub beyond: Beyond,
}

/// How far into what is due somebody looks at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// A round ends what it looks at, and the next one sees more.
    NextRound,
    /// What stays due hides nothing that comes after it.
    AllAtOnce,
}

impl Window {
    /// While the clock is in doubt: what is found too late by it stays due, and is looked at later.
    pub fn in_doubt(now: DateTime<Utc>, grace: TimeDelta) -> Self {
        let after = now - grace - TimeDelta::milliseconds(1);
        Self { after, until: now, beyond: Beyond::AllAtOnce }
    }

    /// At most how many rows, where so many are looked at as a rule.
    pub fn most(&self, usual: i64) -> i64 {
        match self.beyond {
            Beyond::NextRound => usual,
            Beyond::AllAtOnce => 20_000,
        }
    }
}

/// All that is due by then, round after round.
impl From<DateTime<Utc>> for Window {
    fn from(until: DateTime<Utc>) -> Self {
        Self { after: DateTime::<Utc>::MIN_UTC, until, beyond: Beyond::NextRound }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_begins_after_ten_minutes_and_ends_with_the_grace() {
        let grace = TimeDelta::hours(12);
        for (minutes, is) in [
            (0, Timeliness::InTime),
            (10, Timeliness::InTime),
            (11, Timeliness::Late),
            (720, Timeliness::Late),
            (721, Timeliness::TooLate),
        ] {
            assert_eq!(Timeliness::after(TimeDelta::minutes(minutes), grace), is);
        }
        // However short the grace is.
        assert_eq!(
            Timeliness::after(TimeDelta::minutes(5), TimeDelta::zero()),
            Timeliness::TooLate
        );
    }
}
