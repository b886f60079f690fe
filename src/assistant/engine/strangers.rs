//! How much whoever nobody has confirmed is answered: enough to be helped and to mistype a code,
//! not enough to keep the program busy. Counted in memory; a restart forgives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;

use crate::clock::Instant;

/// Answers to one account within [`WINDOW`].
const ANSWERS: u32 = 10;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// Accounts remembered before those whose window is over are forgotten.
const REMEMBERED: usize = 10_000;

/// What a stranger gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    Answer,
    /// Once: that it is too much.
    LastWord,
    Silence,
}

/// Bot and account, with the begin of the window and how often they have spoken in it.
#[derive(Default)]
pub(super) struct Strangers(Mutex<HashMap<(String, String), (Instant, u32)>>);

impl Strangers {
    /// Hears one more word of an account.
    pub fn hear(&self, bot: &str, account: &str, now: Instant) -> Patience {
        // Counts are no worse after a panic elsewhere.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock set back begins anew.
        let is_open = |begun: Instant| begun <= now && now < begun + WINDOW;
        if known.len() > REMEMBERED {
            known.retain(|_, (begun, _)| is_open(*begun));
        }
        let spoken = known.entry((bot.to_owned(), account.to_owned())).or_insert((now, 0));
        if !is_open(spoken.0) {
            *spoken = (now, 0);
        }
        spoken.1 = spoken.1.saturating_add(1);
        match spoken.1 {
            count if count <= ANSWERS => Patience::Answer,
            count if count == ANSWERS + 1 => Patience::LastWord,
            _ => Patience::Silence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_follows_those_who_speak() {
        let strangers = Strangers::default();
        let start = Instant::UNIX_EPOCH;
        for n in 0..30_000 {
            let now = start + TimeDelta::milliseconds(n * 100);
            assert_eq!(strangers.hear("telegram", &n.to_string(), now), Patience::Answer);
        }
        assert!(strangers.0.lock().unwrap().len() <= REMEMBERED + 1);
    }
}
