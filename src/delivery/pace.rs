//! How fast each platform may be written to: per bot, per chat and per group.
//!
//! The limits are told time by the program's own clock, so that tests advance it and a machine
//! whose wall clock jumps is not slowed down or let loose.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;

use chrono::TimeDelta;
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

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

type Middleware = NoOpMiddleware<Nanos>;
type Direct = RateLimiter<NotKeyed, InMemoryState, PaceClock, Middleware>;
type Keyed = RateLimiter<String, HashMapStateStore<String>, PaceClock, Middleware>;

struct Pacer {
    bot: Direct,
    chats: Keyed,
    groups: Keyed,
    is_group: Box<dyn Fn(&str) -> bool + Send + Sync>,
    /// Chats that were let through by their own limit and then stopped by the bot's.
    cleared: HashSet<String>,
}

/// The pacers by bot; a bot without one is not held back.
pub(super) struct Pacers {
    clock: PaceClock,
    by_bot: HashMap<String, Pacer>,
}

/// No bursts: the platforms count in sliding windows.
fn per_second(count: u32) -> Quota {
    Quota::per_second(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))
        .allow_burst(NonZeroU32::MIN)
}

fn per_minute(count: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))
        .allow_burst(NonZeroU32::MIN)
}

impl Pacers {
    pub fn new(channels: &Channels, clock: &Clock) -> Self {
        let clock = PaceClock(clock.clone());
        let by_bot = channels
            .iter()
            .filter_map(|(bot, channel)| {
                let pace = channel.pace()?;
                let asked = channel.clone();
                let pacer = Pacer {
                    bot: RateLimiter::direct_with_clock(per_second(pace.per_second), clock.clone()),
                    chats: RateLimiter::hashmap_with_clock(
                        per_second(pace.per_chat_second),
                        clock.clone(),
                    ),
                    groups: RateLimiter::hashmap_with_clock(
                        per_minute(pace.per_group_minute),
                        clock.clone(),
                    ),
                    is_group: Box::new(move |chat| asked.is_group(chat)),
                    cleared: HashSet::new(),
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
        let chat = &held.address.chat;
        let clock = &self.clock;
        if held.edits.is_none() && !pacer.cleared.contains(chat) {
            let limiter = if (pacer.is_group)(chat) { &pacer.groups } else { &pacer.chats };
            if let Err(wait) = limiter.check_key(chat) {
                return Admission::ChatAt(later(now, &wait, clock));
            }
        }
        match pacer.bot.check() {
            Ok(()) => {
                pacer.cleared.remove(chat);
                Admission::Now
            }
            Err(wait) => {
                pacer.cleared.insert(chat.clone());
                Admission::BotAt(later(now, &wait, clock))
            }
        }
    }
}

fn later(now: Instant, wait: &NotUntil<Nanos>, clock: &PaceClock) -> Instant {
    let wait = wait.wait_time_from(clock.now());
    // Instants are whole milliseconds, which no clock of ours cuts off; one more keeps us from
    // asking too early.
    let whole = i64::try_from(wait.as_millis()).unwrap_or_default();
    now + TimeDelta::milliseconds(whole + 1)
}
