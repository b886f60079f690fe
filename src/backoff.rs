//! How long to wait after failures in a row: twice as long each time, up to a limit. Chance takes a
//! part of each pause away, so that what failed together does not come back together.

use std::time::Duration;

/// Pauses that double from `first` up to `longest`.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    pub first: Duration,
    pub longest: Duration,
    /// Draws a number from 0 up to and without 1.
    pub chance: fn() -> f64,
}

impl Backoff {
    /// Nothing is left to chance: each pause has its full length.
    pub fn steady(first: Duration, longest: Duration) -> Self {
        Self { first, longest, chance: || 0.0 }
    }

    /// The pause after so many failures in a row: between half its full length and all of it.
    pub fn after(&self, failures: u32) -> Duration {
        let doubled = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
        let full = self.first.saturating_mul(doubled).min(self.longest);
        full - (full / 2).mul_f64((self.chance)().clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn pauses_double_up_to_the_longest() {
        let steady = Backoff::steady(5 * SECOND, 900 * SECOND);
        let pauses: Vec<u64> = (1..=10).map(|n| steady.after(n).as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        for many in [31, 32, 33, 1_000, u32::MAX] {
            assert_eq!(steady.after(many), 900 * SECOND, "{many} failures");
        }
    }

    #[test]
    fn chance_takes_away_half_at_most() {
        let with = |chance| Backoff { first: 4 * SECOND, longest: 60 * SECOND, chance };
        assert_eq!(with(|| 0.0).after(1), 4 * SECOND);
        assert_eq!(with(|| 0.5).after(1), 3 * SECOND);
        assert_eq!(with(|| 0.5).after(2), 6 * SECOND);
        let least = with(|| 1.0 - f64::EPSILON).after(1);
        assert!(least >= 2 * SECOND && least < 3 * SECOND, "{least:?}");
    }
}
