//! How fast each platform may be written to: per bot, per chat and per group.
//!
//! The limits are told time by the program's own clock, so that tests advance it and a machine
//! whose wall clock jumps is not slowed down or let loose.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;

use chrono::TimeDelta;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::Channels;
use crate::clock::{Clock, Instant};
use crate::store::outbox::Held;

/// Whether a message may go.
pub(super) enum Admission {
    Now,
    /// This chat has had enough for the moment.
    ChatAt(Instant),
    /// The bot has.
    BotAt(Instant),
    /// As many as may be are on their way to this platform.
    Busy,
}

/// The program's clock as governor wants it.
#[derive(Clone)]
struct PaceClock(Clock);

impl GovernorClock for PaceClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(self.0.ticks())
    }
}

type Keyed = RateLimiter<String, HashMapStateStore<String>, PaceClock, NoOpMiddleware<Nanos>>;

const SECOND: u64 = 1_000_000_000;
/// Added to each second: what leaves exactly apart does not arrive exactly apart.
const MARGIN: u64 = SECOND / 200;
/// A bot that may send more often than this is asked again after it, and then sends what has become
/// possible meanwhile: one turn for a few messages costs little more than one for each.
const BREATH: u64 = SECOND / 200;
/// How late a send may be for those after it to catch up. The loop that sends wakes by the
/// millisecond and sometimes waits for the database; without this each delay would be lost for
/// good.
const LATE: u64 = SECOND / 20;

/// The limit of a whole bot: evenly spaced, and never more within any second than allowed.
struct Stream {
    most: usize,
    /// When the last `most` went.
    recent: VecDeque<u64>,
    /// When the next may go.
    next: u64,
}

impl Stream {
    fn new(per_second: u32) -> Option<Self> {
        let most = usize::try_from(per_second).ok().filter(|most| *most > 0)?;
        Some(Self { most, recent: VecDeque::new(), next: 0 })
    }

    /// How many nanoseconds to wait for the next.
    fn wait(&self, now: u64) -> u64 {
        let oldest = self.recent.front().filter(|_| self.recent.len() >= self.most);
        let full = oldest.map_or(0, |oldest| oldest + SECOND + MARGIN);
        self.next.max(full).saturating_sub(now)
    }

    fn spacing(&self) -> u64 {
        (SECOND + MARGIN) / self.most as u64
    }

    fn take(&mut self, now: u64) {
        self.next = self.next.max(now.saturating_sub(LATE)) + self.spacing();
        if self.recent.len() >= self.most {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
    }
}

struct Pacer {
    bot: Option<Stream>,
    chats: Option<Keyed>,
    groups: Option<Keyed>,
    is_group: Box<dyn Fn(&str) -> bool + Send + Sync>,
}

/// The pacers by bot; a bot without one is not held back.
pub(super) struct Pacers {
    clock: PaceClock,
    by_bot: HashMap<String, Pacer>,
}

impl Pacers {
    pub fn new(channels: &Channels, clock: &Clock) -> Self {
        let clock = PaceClock(clock.clone());
        // No bursts: the platforms count in sliding windows.
        let keyed = |count: u32, quota: fn(NonZeroU32) -> Quota| {
            let quota = quota(NonZeroU32::new(count)?).allow_burst(NonZeroU32::MIN);
            Some(RateLimiter::hashmap_with_clock(quota, clock.clone()))
        };
        let by_bot = channels
            .iter()
            .filter_map(|(bot, channel)| {
                let pace = channel.pace()?;
                let asked = channel.clone();
                let pacer = Pacer {
                    bot: Stream::new(pace.per_second),
                    chats: keyed(pace.per_chat_second, Quota::per_second),
                    groups: keyed(pace.per_group_minute, Quota::per_minute),
                    is_group: Box::new(move |chat| asked.is_group(chat)),
                };
                Some((bot.clone(), pacer))
            })
            .collect();
        Self { clock, by_bot }
    }

    /// Lets a message go, or says when to ask again. Replacing a message in place does not count
    /// against the chat.
    pub fn admit(&mut self, held: &Held, now: Instant) -> Admission {
        let Some(pacer) = self.by_bot.get_mut(&held.address.bot) else { return Admission::Now };
        let ticks = self.clock.0.ticks();
        // The bot is asked first: what it stops has used up nothing of its chat's.
        let wait = pacer.bot.as_ref().map_or(0, |bot| bot.wait(ticks));
        if wait > 0 {
            let is_fast = pacer.bot.as_ref().is_some_and(|bot| bot.spacing() < BREATH);
            return Admission::BotAt(later(now, if is_fast { wait.max(BREATH) } else { wait }));
        }
        let chat = &held.address.chat;
        let limiter = if (pacer.is_group)(chat) { &pacer.groups } else { &pacer.chats };
        if let (Some(limiter), None) = (limiter, held.edits)
            && let Err(wait) = limiter.check_key(chat)
        {
            let wait = wait.wait_time_from(self.clock.now());
            return Admission::ChatAt(later(now, u64::try_from(wait.as_nanos()).unwrap_or(SECOND)));
        }
        if let Some(bot) = &mut pacer.bot {
            bot.take(ticks);
        }
        Admission::Now
    }
}

/// Instants are whole milliseconds, which no clock of ours cuts off; one more keeps us from asking
/// too early.
fn later(now: Instant, nanos: u64) -> Instant {
    now + TimeDelta::milliseconds(i64::try_from(nanos / 1_000_000).unwrap_or_default() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When messages go that are asked for at these times, over and over, for so many seconds.
    fn sent(per_second: u32, seconds: u64, mut wake: impl FnMut(u64) -> u64) -> Vec<u64> {
        let mut stream = Stream::new(per_second).unwrap();
        let (mut now, mut sent) = (7 * SECOND, Vec::new());
        let end = now + seconds * SECOND;
        while now < end {
            while stream.wait(now) == 0 {
                stream.take(now);
                sent.push(now);
            }
            now = wake(now + stream.wait(now));
        }
        sent
    }

    fn most_within_a_second(sent: &[u64]) -> usize {
        let within =
            |from: u64| sent.iter().filter(|at| (from..from + SECOND).contains(at)).count();
        sent.iter().map(|from| within(*from)).max().unwrap_or_default()
    }

    #[test]
    fn a_loop_that_wakes_late_still_uses_the_limit_and_never_exceeds_it() {
        for per_second in [30, 1000] {
            let mut turn = 0;
            // Two milliseconds late as a rule, and thirty now and then.
            let late = |due: u64| {
                turn += 1;
                due + if turn % 50 == 0 { 30_000_000 } else { 2_000_000 }
            };
            let sent = sent(per_second, 20, late);
            assert!(most_within_a_second(&sent) <= per_second as usize);
            let share = sent.len() as f64 / f64::from(per_second * 20);
            assert!(share >= 0.99, "{share} of {per_second}");
        }
    }

    #[test]
    fn after_a_long_rest_there_is_no_burst() {
        let mut stream = Stream::new(30).unwrap();
        let mut now = 100 * SECOND;
        stream.take(now);
        now += 60 * SECOND;
        let mut at_once = 0;
        while stream.wait(now) == 0 {
            stream.take(now);
            at_once += 1;
        }
        assert!(at_once <= 3, "{at_once}");
    }

    #[test]
    fn no_limit_is_none() {
        assert!(Stream::new(0).is_none());
    }
}
