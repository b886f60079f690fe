//! What delivery holds in memory, by bot, address and lane.
//!
//! The first message of each lane stands in one of two sorted sets: those that may go, the most
//! urgent first, and those that wait, by when they may go on. So finding the next one costs the
//! same however much is held.

use std::collections::{BTreeSet, HashMap, VecDeque};

use chrono::TimeDelta;

use super::pace::Admission;
use crate::clock::Instant;
use crate::domain::ids::OutboxId;
use crate::message::Address;
use crate::store::outbox::{Held, Lane};

#[derive(Default)]
pub(super) struct Queue {
    bots: HashMap<String, BotQueue>,
    len: usize,
    in_flight: usize,
}

/// What waits for the chats of one bot.
#[derive(Default)]
struct BotQueue {
    /// By chat.
    lines: HashMap<String, Line>,
    /// Lanes whose first message may go.
    ready: BTreeSet<(Urgency, String)>,
    /// Lanes whose first message waits until then.
    waiting: BTreeSet<(Instant, String, Lane)>,
    /// Chats to be left alone until then, for which nothing waits.
    resting: BTreeSet<(Instant, String)>,
    /// The pace asked to leave the whole bot alone until then.
    until: Option<Instant>,
    /// How many answers wait, of each chat no more than [`COUNTED`].
    backlog: usize,
}

/// So many answers to one chat count as a backlog: whoever writes faster than their chat may be
/// answered keeps nobody else waiting.
const COUNTED: usize = 50;

/// The order in which messages go: replies first, the oldest first.
type Urgency = (Lane, Instant, OutboxId);

/// What waits for one address. One send is in flight at a time.
#[derive(Default)]
struct Line {
    lanes: [Waiting; 3],
    in_flight: bool,
    /// The platform, or the pace, asked to leave the whole address alone until then.
    until: Option<Instant>,
}

#[derive(Default)]
struct Waiting {
    held: VecDeque<Held>,
    /// The first one waits for another try; those behind it wait with it.
    until: Option<Instant>,
}

const LANES: [Lane; 3] = [Lane::Reply, Lane::Reminder, Lane::Broadcast];

fn index(lane: Lane) -> usize {
    match lane {
        Lane::Reply => 0,
        Lane::Reminder => 1,
        Lane::Broadcast => 2,
    }
}

fn urgency(held: &Held) -> Urgency {
    (held.lane, held.not_before, held.id)
}

impl Line {
    fn counted(&self) -> usize {
        self.lanes[index(Lane::Reply)].held.len().min(COUNTED)
    }

    fn is_vacant(&self) -> bool {
        !self.in_flight && self.lanes.iter().all(|lane| lane.held.is_empty())
    }
}

/// Whether a line comes into the sets or goes out of them.
#[derive(Clone, Copy)]
enum Turn {
    Enter,
    Leave,
}

impl BotQueue {
    /// Changes the line of a chat and puts it where it then belongs.
    fn change<T>(&mut self, chat: &str, change: impl FnOnce(&mut Line) -> T) -> T {
        let mut line = self.lines.remove(chat).unwrap_or_default();
        self.sort(chat, &line, Turn::Leave);
        self.backlog -= line.counted();
        let changed = change(&mut line);
        self.backlog += line.counted();
        self.sort(chat, &line, Turn::Enter);
        if !line.is_vacant() || line.until.is_some() {
            self.lines.insert(chat.to_owned(), line);
        }
        changed
    }

    /// Enters a line into the sets, or takes it out. Where it belongs follows from the line alone.
    fn sort(&mut self, chat: &str, line: &Line, turn: Turn) {
        fn set<T: Ord>(set: &mut BTreeSet<T>, entry: T, turn: Turn) {
            match turn {
                Turn::Enter => set.insert(entry),
                Turn::Leave => set.remove(&entry),
            };
        }
        if line.in_flight {
            return;
        }
        if let (true, Some(until)) = (line.is_vacant(), line.until) {
            set(&mut self.resting, (until, chat.to_owned()), turn);
        }
        for (lane, waiting) in LANES.into_iter().zip(&line.lanes) {
            let Some(head) = waiting.held.front() else { continue };
            match line.until.max(waiting.until) {
                None => set(&mut self.ready, (urgency(head), chat.to_owned()), turn),
                Some(until) => set(&mut self.waiting, (until, chat.to_owned(), lane), turn),
            }
        }
    }

    /// Lets go on what waited until now.
    fn wake(&mut self, now: Instant) {
        let over = |until: &mut Option<Instant>| *until = until.filter(|until| *until > now);
        loop {
            let waited = self.waiting.first().filter(|(at, ..)| *at <= now);
            let rested = self.resting.first().filter(|(at, _)| *at <= now);
            let Some(chat) = waited.map(|(_, chat, _)| chat).or(rested.map(|(_, chat)| chat))
            else {
                break;
            };
            let chat = chat.clone();
            self.change(&chat, |line| {
                over(&mut line.until);
                line.lanes.iter_mut().for_each(|lane| over(&mut lane.until));
            });
        }
        over(&mut self.until);
    }

    fn first(&self) -> Option<&(Urgency, String)> {
        self.ready.first().filter(|_| self.until.is_none())
    }

    fn wakes_at(&self, now: Instant) -> Option<Instant> {
        let ready = self.ready.first().map(|_| now);
        let waiting = self.waiting.first().map(|(at, ..)| *at);
        let at = ready.into_iter().chain(waiting).min()?;
        Some(self.until.map_or(at, |until| until.max(at)))
    }
}

impl Queue {
    pub fn len(&self) -> usize {
        self.len
    }

    /// How many answers wait, of each chat no more than a few.
    pub fn backlog(&self) -> usize {
        self.bots.values().map(|bot| bot.backlog).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.in_flight == 0 && self.len == 0
    }

    fn change<T>(&mut self, address: &Address, change: impl FnOnce(&mut Line) -> T) -> T {
        if !self.bots.contains_key(&address.bot) {
            self.bots.insert(address.bot.clone(), BotQueue::default());
        }
        self.bots.entry(address.bot.clone()).or_default().change(&address.chat, change)
    }

    /// Adds a message behind those of its lane. An unsent older version of the same message on
    /// the screen is given back: only the newest is worth sending.
    pub fn push(&mut self, held: Held) -> Option<Held> {
        let address = held.address.clone();
        let older = self.change(&address, |line| {
            let lane = &mut line.lanes[index(held.lane)];
            let older = held.edits.and_then(|original| {
                let at = lane
                    .held
                    .iter()
                    .position(|queued| queued.edits == Some(original) && queued.parts_sent == 0)?;
                lane.held.remove(at)
            });
            if lane.held.is_empty() && held.attempts > 1 {
                // Taken over from an earlier run while it waited for another try.
                lane.until = Some(held.not_before);
            }
            lane.held.push_back(held);
            older
        });
        self.len += usize::from(older.is_none());
        older
    }

    /// Puts a message back in front of its lane, which waits until then.
    pub fn put_back(&mut self, held: Held, until: Option<Instant>) {
        let address = held.address.clone();
        self.change(&address, |line| {
            let lane = &mut line.lanes[index(held.lane)];
            lane.until = until;
            lane.held.push_front(held);
        });
        self.len += 1;
    }

    /// Leaves a whole address alone until then.
    pub fn hold_address(&mut self, address: &Address, until: Instant) {
        self.change(address, |line| line.until = Some(until));
    }

    /// Nothing is in flight to this address any more.
    pub fn free(&mut self, address: &Address) {
        let flew = self.change(address, |line| std::mem::take(&mut line.in_flight));
        self.in_flight -= usize::from(flew);
    }

    /// The clock was set by so much: pauses last as long as they were to last.
    pub fn shift(&mut self, by: TimeDelta) {
        for bot in self.bots.values_mut() {
            let chats: Vec<String> = bot.lines.keys().cloned().collect();
            for chat in chats {
                bot.change(&chat, |line| {
                    let lanes = line.lanes.iter_mut().map(|lane| &mut lane.until);
                    lanes.chain([&mut line.until]).flatten().for_each(|until| *until += by);
                });
            }
            bot.until = bot.until.map(|until| until + by);
        }
    }

    /// Moves what waits for an address to its new one.
    pub fn readdress(&mut self, from: &Address, to: &Address) {
        let lanes = self.change(from, |line| {
            line.until = None;
            std::mem::take(&mut line.lanes)
        });
        self.change(to, |line| {
            for (old, new) in lanes.into_iter().zip(&mut line.lanes) {
                for mut held in old.held {
                    held.address = to.clone();
                    new.held.push_back(held);
                }
            }
        });
    }

    /// The message that goes next: the earliest of the most urgent lane whose address is free and
    /// whose pace allows it. Its address is busy from now on.
    pub fn next(
        &mut self,
        now: Instant,
        mut admit: impl FnMut(&Held) -> Admission,
    ) -> Option<Held> {
        let mut full: Vec<String> = Vec::new();
        self.bots.values_mut().for_each(|bot| bot.wake(now));
        loop {
            let open = self.bots.iter_mut().filter(|(name, _)| !full.contains(name));
            let (name, bot) = open
                .filter(|(_, bot)| bot.first().is_some())
                .min_by(|(_, a), (_, b)| a.first().cmp(&b.first()))?;
            let ((lane, ..), chat) = bot.first()?.clone();
            let head = bot.lines.get(&chat)?.lanes[index(lane)].held.front()?;
            match admit(head) {
                Admission::Now => {
                    let held = bot.change(&chat, |line| {
                        line.in_flight = true;
                        line.lanes[index(lane)].held.pop_front()
                    });
                    self.len -= 1;
                    self.in_flight += 1;
                    return held;
                }
                Admission::ChatAt(at) => bot.change(&chat, |line| line.until = Some(at)),
                Admission::BotAt(at) => bot.until = Some(at),
                Admission::Busy => full.push(name.clone()),
            }
        }
    }

    /// When something that waits now may go on, at those bots that are free.
    pub fn wakes_at(&self, now: Instant, is_free: impl Fn(&str) -> bool) -> Option<Instant> {
        let free = self.bots.iter().filter(|(name, _)| is_free(name));
        free.filter_map(|(_, bot)| bot.wakes_at(now)).min()
    }

    /// Lets go of everything that was never begun.
    pub fn abandon(&mut self) -> Vec<OutboxId> {
        self.len = 0;
        let mut ids = Vec::new();
        for bot in self.bots.values_mut() {
            bot.ready.clear();
            bot.waiting.clear();
            for lane in bot.lines.values_mut().flat_map(|line| line.lanes.iter_mut()) {
                ids.extend(lane.held.drain(..).map(|held| held.id));
            }
            bot.lines.retain(|_, line| line.in_flight);
            bot.resting.clear();
            bot.backlog = 0;
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::language::Language;
    use crate::message::Message;
    use crate::store::outbox::Journey;

    fn at(second: i64) -> Instant {
        Instant::default() + TimeDelta::seconds(second)
    }

    fn held(id: i64, lane: Lane, chat: &str) -> Held {
        Held {
            id: OutboxId(id),
            lane,
            address: Address { bot: "bot".to_owned(), chat: chat.to_owned() },
            person: None,
            unit: None,
            language: Language::Vi,
            message: Message::of("x").into(),
            edits: None,
            fallbacks: Vec::new(),
            attempts: 1,
            parts_sent: 0,
            repeated: 0,
            not_before: at(id),
            expires_at: None,
            journey: Journey::default(),
        }
    }

    fn queue(held: impl IntoIterator<Item = Held>) -> Queue {
        let mut queue = Queue::default();
        for one in held {
            assert!(queue.push(one).is_none());
        }
        queue
    }

    fn all_now(queue: &mut Queue, now: Instant) -> Vec<i64> {
        std::iter::from_fn(|| queue.next(now, |_| Admission::Now)).map(|held| held.id.0).collect()
    }

    #[test]
    fn replies_go_first_and_one_at_a_time_to_each_address() {
        let mut queue = queue([
            held(1, Lane::Reminder, "a"),
            held(2, Lane::Reminder, "b"),
            held(3, Lane::Reply, "a"),
            held(4, Lane::Reply, "a"),
        ]);
        assert_eq!(all_now(&mut queue, at(9)), [3, 2]);
        queue.free(&held(0, Lane::Reply, "a").address);
        assert_eq!(all_now(&mut queue, at(9)), [4]);
        queue.free(&held(0, Lane::Reply, "a").address);
        assert_eq!(all_now(&mut queue, at(9)), [1]);
        assert_eq!((queue.len(), queue.is_empty()), (0, false), "two are in flight");
    }

    #[test]
    fn what_waits_for_another_try_blocks_its_lane_until_then() {
        let mut queue = queue([held(1, Lane::Reply, "a"), held(2, Lane::Reminder, "a")]);
        let first = queue.next(at(9), |_| Admission::Now).unwrap();
        queue.free(&first.address);
        queue.put_back(first, Some(at(20)));
        assert_eq!(queue.wakes_at(at(9), |_| true), Some(at(9)), "the other lane may go");
        assert_eq!(all_now(&mut queue, at(9)), [2]);
        queue.free(&held(0, Lane::Reply, "a").address);
        assert_eq!(queue.wakes_at(at(9), |_| true), Some(at(20)));
        assert!(all_now(&mut queue, at(19)).is_empty());
        assert_eq!(all_now(&mut queue, at(20)), [1]);
    }

    #[test]
    fn the_pace_stops_a_chat_or_the_whole_bot() {
        let mut queue = queue([held(1, Lane::Reply, "a"), held(2, Lane::Reply, "b")]);
        let sent = queue.next(at(5), |held| match held.address.chat.as_str() {
            "a" => Admission::ChatAt(at(8)),
            _ => Admission::Now,
        });
        assert_eq!(sent.unwrap().id.0, 2);
        assert_eq!(queue.wakes_at(at(5), |_| true), Some(at(8)));
        assert!(queue.next(at(8), |_| Admission::BotAt(at(30))).is_none());
        assert_eq!(queue.wakes_at(at(8), |_| true), Some(at(30)));
        assert_eq!(queue.wakes_at(at(8), |_| false), None);
        assert_eq!(all_now(&mut queue, at(30)), [1]);
    }

    #[test]
    fn a_clock_set_back_makes_no_pause_longer() {
        let mut queue = queue([held(1, Lane::Reply, "a"), held(2, Lane::Reply, "b")]);
        let first = queue.next(at(100), |_| Admission::Now).unwrap();
        queue.free(&first.address);
        queue.put_back(first, Some(at(110)));
        assert!(queue.next(at(100), |_| Admission::BotAt(at(105))).is_none());
        queue.shift(TimeDelta::seconds(-50));
        assert_eq!(queue.wakes_at(at(50), |_| true), Some(at(55)));
        assert_eq!(all_now(&mut queue, at(55)), [2]);
        assert_eq!(queue.wakes_at(at(55), |_| true), Some(at(60)));
        assert_eq!(all_now(&mut queue, at(60)), [1]);
    }

    #[test]
    fn one_chat_alone_is_no_backlog() {
        let mut queue = queue((0..500).map(|id| held(id, Lane::Reply, "a")));
        assert_eq!((queue.len(), queue.backlog()), (500, COUNTED));
        for id in 500..510 {
            queue.push(held(id, Lane::Reply, &id.to_string()));
            queue.push(held(id + 500, Lane::Reminder, "b"));
        }
        assert_eq!(queue.backlog(), COUNTED + 10);
        assert_eq!(all_now(&mut queue, at(9_999)).len(), 12);
        assert_eq!(queue.backlog(), COUNTED);
        queue.abandon();
        assert_eq!(queue.backlog(), 0);
    }

    #[test]
    fn an_address_that_is_to_rest_stays_so_although_nothing_waits() {
        let mut queue = queue([]);
        let address = held(0, Lane::Reply, "a").address;
        queue.hold_address(&address, at(9));
        assert_eq!(queue.wakes_at(at(1), |_| true), None, "nothing waits");
        queue.push(held(1, Lane::Reply, "a"));
        assert!(all_now(&mut queue, at(8)).is_empty());
        assert_eq!(all_now(&mut queue, at(9)), [1]);
        queue.free(&address);
        assert!(queue.bots["bot"].lines.is_empty(), "memory follows what is held");
    }

    #[test]
    fn what_is_let_go_of_is_everything_that_was_not_begun() {
        let mut queue = queue([held(1, Lane::Reply, "a"), held(2, Lane::Reply, "a")]);
        queue.next(at(9), |_| Admission::Now).unwrap();
        assert_eq!(queue.abandon(), [OutboxId(2)]);
        queue.free(&held(0, Lane::Reply, "a").address);
        assert!(queue.is_empty() && all_now(&mut queue, at(9)).is_empty());
    }
}
