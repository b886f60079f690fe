//! What one process counts of its own work, for whoever watches it. It knows nothing of people:
//! no label holds a name, an account or a text.
//!
//! Counters and the histogram grow as the work is done; what stands in the database at the moment
//! ([`Levels`]) is read when somebody asks, and written beside them.

use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Upper bounds in seconds: an answer should take a moment, and one that takes minutes is a story.
const REPLY_SECONDS: [f64; 12] =
    [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0];

/// The same for the work behind an answer, without the queues before and after it.
const HANDLE_SECONDS: [f64; 6] = [0.005, 0.025, 0.1, 0.5, 1.0, 5.0];

/// What became of one try to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SendResult {
    Sent,
    /// The platform asked to slow down.
    Slowed,
    /// It failed, and is tried again.
    Failed,
    /// Nobody knows whether it arrived.
    Unknown,
    /// The chat has a new address.
    Moved,
    /// The account or group cannot be written to.
    Unreachable,
    /// The platform refuses the message itself.
    Refused,
    /// It was too late to be of use.
    Expired,
}

impl SendResult {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Slowed => "slowed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Moved => "moved",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }
}

impl EncodeLabelValue for SendResult {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        EncodeLabelValue::encode(&self.as_str(), encoder)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BySend {
    bot: String,
    result: SendResult,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByBot {
    bot: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByFeature {
    feature: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByLane {
    lane: &'static str,
    state: &'static str,
}

/// What stands in the database now. Ages are those of the oldest, zero if there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    pub updates_waiting: i64,
    pub oldest_update: Duration,
    /// Unfinished messages: lane, state, how many.
    pub queue: Vec<(&'static str, &'static str, i64)>,
    /// Since when the oldest message that may go has been due.
    pub oldest_due: Duration,
    /// Reminders that made no sense any more when the program came back, of those still on record.
    pub reminders_missed: i64,
}

/// The meters of one process.
pub struct Meters {
    registry: Registry,
    sends: Family<BySend, Counter>,
    replies: Family<ByBot, Histogram>,
    handling: Family<ByFeature, Histogram>,
    updates: Counter,
    faults: Counter,
    leader: Gauge,
    levels: LevelGauges,
    /// One at a time sets the levels and writes them out.
    writing: Mutex<()>,
}

#[derive(Default)]
struct LevelGauges {
    updates_waiting: Gauge,
    oldest_update: Gauge<f64, std::sync::atomic::AtomicU64>,
    queue: Family<ByLane, Gauge>,
    oldest_due: Gauge<f64, std::sync::atomic::AtomicU64>,
    reminders_missed: Gauge,
}

impl Default for Meters {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("diudat");
        let sends = Family::default();
        let replies = Family::<ByBot, Histogram, fn() -> Histogram>::new_with_constructor(|| {
            Histogram::new(REPLY_SECONDS)
        });
        let handling =
            Family::<ByFeature, Histogram, fn() -> Histogram>::new_with_constructor(|| {
                Histogram::new(HANDLE_SECONDS)
            });
        let (updates, faults, leader) = (Counter::default(), Counter::default(), Gauge::default());
        let levels = LevelGauges::default();
        let version = vec![("version", env!("CARGO_PKG_VERSION"))];
        registry.register("build", "The program", Info::new(version));
        registry.register(
            "leader",
            "1 while this process handles, plans and sends",
            leader.clone(),
        );
        registry.register("updates", "Updates handled", updates.clone());
        registry.register("faults", "Updates given up, each with a reference code", faults.clone());
        registry.register("sends", "Tries to send, by what became of them", sends.clone());
        let about = "From taking an update in to its answer being sent";
        registry.register_with_unit("reply", about, Unit::Seconds, replies.clone());
        let about = "Handling an update, by the feature that answered it";
        registry.register_with_unit("handle", about, Unit::Seconds, handling.clone());
        levels.register(&mut registry);
        let writing = Mutex::new(());
        Self { registry, sends, replies, handling, updates, faults, leader, levels, writing }
    }
}

impl LevelGauges {
    fn register(&self, registry: &mut Registry) {
        let waiting = "Updates accepted and not handled";
        registry.register("updates_waiting", waiting, self.updates_waiting.clone());
        let age = "Age of the oldest update that waits";
        let oldest = self.oldest_update.clone();
        registry.register_with_unit("oldest_update", age, Unit::Seconds, oldest);
        let queue = "Messages not finished, by lane and state";
        registry.register("queue", queue, self.queue.clone());
        let age = "How long the oldest message that may go has been due";
        let oldest = self.oldest_due.clone();
        registry.register_with_unit("oldest_due", age, Unit::Seconds, oldest);
        let missed = "Reminders dropped because the program was not running in time";
        registry.register("reminders_missed", missed, self.reminders_missed.clone());
    }

    fn set(&self, levels: &Levels) {
        self.updates_waiting.set(levels.updates_waiting);
        self.oldest_update.set(levels.oldest_update.as_secs_f64());
        // What is empty now must not stand there as it was.
        self.queue.clear();
        for (lane, state, count) in &levels.queue {
            let label = ByLane { lane, state };
            self.queue.get_or_create(&label).set(*count);
        }
        self.oldest_due.set(levels.oldest_due.as_secs_f64());
        self.reminders_missed.set(levels.reminders_missed);
    }
}

impl Meters {
    pub fn send(&self, bot: &str, result: SendResult) {
        self.sends.get_or_create(&BySend { bot: bot.to_owned(), result }).inc();
    }

    /// An answer has gone out, this long after what it answers came in.
    pub fn reply(&self, bot: &str, after: Duration) {
        self.replies.get_or_create(&ByBot { bot: bot.to_owned() }).observe(after.as_secs_f64());
    }

    pub fn handled(&self, updates: usize) {
        self.updates.inc_by(u64::try_from(updates).unwrap_or(u64::MAX));
    }

    /// A feature took this long to answer an update.
    pub fn answered(&self, feature: &'static str, took: Duration) {
        self.handling.get_or_create(&ByFeature { feature }).observe(took.as_secs_f64());
    }

    pub fn gave_up(&self, updates: usize) {
        self.faults.inc_by(u64::try_from(updates).unwrap_or(u64::MAX));
    }

    pub fn begins_to_lead(&self) {
        self.leader.set(1);
    }

    pub fn leads_no_more(&self) {
        self.leader.set(0);
    }

    /// Everything, in the OpenMetrics text format.
    pub fn text(&self, levels: &Levels) -> String {
        // A panic elsewhere leaves numbers, which are no worse than before.
        let _one_at_a_time = self.writing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.levels.set(levels);
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            let _ = writeln!(text, "# {error}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_written_and_what_is_empty_again_is_not() {
        let meters = Meters::default();
        meters.send("telegram", SendResult::Sent);
        meters.send("telegram", SendResult::Sent);
        meters.send("zalo", SendResult::Slowed);
        meters.reply("web", Duration::from_millis(30));
        meters.answered("report", Duration::from_millis(30));
        meters.begins_to_lead();
        let queue = vec![("reply", "sending", 3)];
        let full = meters.text(&Levels { queue, updates_waiting: 7, ..Levels::default() });
        for line in [
            "diudat_sends_total{bot=\"telegram\",result=\"sent\"} 2",
            "diudat_sends_total{bot=\"zalo\",result=\"slowed\"} 1",
            "diudat_reply_seconds_bucket{le=\"0.025\",bot=\"web\"} 0",
            "diudat_reply_seconds_bucket{le=\"0.05\",bot=\"web\"} 1",
            "diudat_handle_seconds_bucket{le=\"0.025\",feature=\"report\"} 0",
            "diudat_handle_seconds_bucket{le=\"0.1\",feature=\"report\"} 1",
            "diudat_queue{lane=\"reply\",state=\"sending\"} 3",
            "diudat_updates_waiting 7",
            "diudat_leader 1",
        ] {
            assert!(full.lines().any(|said| said == line), "no {line:?} in\n{full}");
        }
        assert!(full.ends_with("# EOF\n"));
        let empty = meters.text(&Levels::default());
        assert!(!empty.contains("lane="), "{empty}");
        assert!(empty.contains("result=\"sent\"} 2"), "{empty}");
    }
}
