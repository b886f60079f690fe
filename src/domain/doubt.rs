//! Doubt about the clock: while there is one, nothing ends because of what the clock shows.
//!
//! A clock that leaps was wrong before or is wrong now, and nobody here knows which. So what has run
//! out is judged by the last time that was beyond doubt, if the clock has gone beyond that; what is due
//! goes on by the clock as it is.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};

/// A doubt there is or is not, shared by all who ask. Without anybody who raises it there is none.
#[derive(Clone, Debug, Default)]
pub struct Doubt(Arc<RwLock<Option<Doubted>>>);

/// What is doubted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubted {
    /// What the clock showed last before the leap.
    pub sure: DateTime<Utc>,
    /// What it showed when the leap was found.
    pub since: DateTime<Utc>,
}

impl Doubt {
    pub fn now(&self) -> Option<Doubted> {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn raise(&self, doubted: Doubted) {
        self.set(Some(doubted));
    }

    pub(crate) fn lay(&self) {
        self.set(None);
    }

    fn set(&self, to: Option<Doubted>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = to;
    }
}
