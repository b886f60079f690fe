//! Telegram's sending limits, enforced to the letter: the real one forgives short bursts.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

enum Clock {
    Hand(Duration),
    Real(Instant),
}

/// A window in which at most so many messages may be sent.
struct Window {
    length: Duration,
    most: usize,
}

const BOT: Window = Window { length: Duration::from_secs(1), most: 30 };
const CHAT: Window = Window { length: Duration::from_secs(1), most: 1 };
const GROUP: Window = Window { length: Duration::from_secs(60), most: 20 };

pub struct Limits {
    clock: Clock,
    /// Taken off every window: by the machine's clock, calls spaced exactly arrive a little apart.
    slack: Duration,
    bot: VecDeque<Duration>,
    chats: HashMap<i64, VecDeque<Duration>>,
}

impl Limits {
    pub fn by_hand() -> Self {
        Self::new(Clock::Hand(Duration::ZERO), Duration::ZERO)
    }

    pub fn real() -> Self {
        Self::new(Clock::Real(Instant::now()), Duration::from_millis(100))
    }

    fn new(clock: Clock, slack: Duration) -> Self {
        Self { clock, slack, bot: VecDeque::new(), chats: HashMap::new() }
    }

    pub fn advance(&mut self, by: Duration) {
        match &mut self.clock {
            Clock::Hand(now) => *now += by,
            Clock::Real(_) => panic!("this clock moves by itself"),
        }
    }

    fn now(&self) -> Duration {
        match self.clock {
            Clock::Hand(now) => now,
            Clock::Real(start) => start.elapsed(),
        }
    }

    /// Counts a message to `chat`, or says for how many seconds to wait.
    pub fn admit(&mut self, chat: i64) -> Result<(), u64> {
        let now = self.now();
        let sent = self.chats.entry(chat).or_default();
        let waits = [
            BOT.wait(&mut self.bot, now, self.slack),
            CHAT.wait(sent, now, self.slack),
            if chat < 0 { GROUP.wait(sent, now, self.slack) } else { None },
        ];
        if let Some(wait) = waits.into_iter().flatten().max() {
            return Err(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
        }
        self.bot.push_back(now);
        sent.push_back(now);
        Ok(())
    }
}

impl Window {
    /// How long until one more fits. `sent` keeps only what the longest window needs.
    fn wait(
        &self,
        sent: &mut VecDeque<Duration>,
        now: Duration,
        slack: Duration,
    ) -> Option<Duration> {
        while sent.front().is_some_and(|&at| at + GROUP.length <= now) {
            sent.pop_front();
        }
        let length = self.length - slack;
        let oldest = *sent.get(sent.len().checked_sub(self.most)?)?;
        (oldest + length).checked_sub(now).filter(|wait| !wait.is_zero())
    }
}
