//! How much one visitor, and all strangers together, may write. What is refused here costs nothing:
//! no row, no answer, only a "later".

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::guard::Trouble;

/// What one visitor may write in a minute, however they spread it: far more than a report typed in
/// a hurry.
const MINE: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// What all whom nobody has confirmed may write in a second, and at once. Nothing tells strangers
/// apart who take a new cookie each time, so they share.
const STRANGERS: NonZeroU32 = NonZeroU32::new(5).unwrap();
const STRANGERS_AT_ONCE: NonZeroU32 = NonZeroU32::new(100).unwrap();
/// Visitors remembered before those who have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

pub(super) struct Pace {
    visitors: DefaultKeyedRateLimiter<String>,
    strangers: DefaultDirectRateLimiter,
}

impl Default for Pace {
    fn default() -> Self {
        let strangers = Quota::per_second(STRANGERS).allow_burst(STRANGERS_AT_ONCE);
        Self {
            visitors: RateLimiter::keyed(Quota::per_minute(MINE)),
            strangers: RateLimiter::direct(strangers),
        }
    }
}

impl Pace {
    /// Lets one form of a visitor pass, or says that it is too many.
    pub fn pass(&self, chat: &str, is_stranger: bool) -> Result<(), Trouble> {
        if self.visitors.len() > REMEMBERED {
            self.visitors.retain_recent();
        }
        self.visitors.check_key(&chat.to_owned()).map_err(|_| Trouble::TooMany)?;
        if is_stranger {
            self.strangers.check().map_err(|_| Trouble::TooMany)?;
        }
        Ok(())
    }
}

/// Wrong codes of the first page in an hour, whoever sends them, before all are told to wait.
const TRIES: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// How often it is tried to begin an organisation with a wrong code.
pub(super) struct Tries(DefaultDirectRateLimiter);

impl Default for Tries {
    fn default() -> Self {
        Self(RateLimiter::direct(Quota::per_hour(TRIES)))
    }
}

impl Tries {
    /// Lets one form pass, or says that it is too many.
    pub fn pass(&self) -> Result<(), Trouble> {
        self.0.check().map_err(|_| Trouble::TooMany)
    }
}
