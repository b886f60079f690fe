//! What delivery holds in memory, by address and lane.

use std::collections::{HashMap, VecDeque};

use chrono::TimeDelta;

use super::pace::Admission;
use crate::clock::Instant;
use crate::domain::ids::OutboxId;
use crate::message::Address;
use crate::store::outbox::{Held, Lane};

#[derive(Default)]
pub(super) struct Queue {
    lines: HashMap<Address, Line>,
    len: usize,
}

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

fn index(lane: Lane) -> usize {
    match lane {
        Lane::Reply => 0,
        Lane::Reminder => 1,
        Lane::Broadcast => 2,
    }
}

fn waits(until: Option<Instant>, now: Instant) -> bool {
    until.is_some_and(|until| until > now)
}

impl Queue {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.lines.values().all(|line| !line.in_flight) && self.len == 0
    }

    /// Adds a message behind those of its lane. An unsent older version of the same message on
    /// the screen is given back: only the newest is worth sending.
    pub fn push(&mut self, held: Held) -> Option<Held> {
        let lane = &mut self.lines.entry(held.address.clone()).or_default().lanes[index(held.lane)];
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
        self.len += usize::from(older.is_none());
        older
    }

    /// Puts a message back in front of its lane, which waits until then.
    pub fn put_back(&mut self, held: Held, until: Option<Instant>) {
        let line = self.lines.entry(held.address.clone()).or_default();
        let lane = &mut line.lanes[index(held.lane)];
        lane.until = until;
        lane.held.push_front(held);
        self.len += 1;
    }

    /// Leaves a whole address alone until then.
    pub fn hold_address(&mut self, address: &Address, until: Instant) {
        self.lines.entry(address.clone()).or_default().until = Some(until);
    }

    /// Nothing is in flight to this address any more.
    pub fn free(&mut self, address: &Address) {
        if let Some(line) = self.lines.get_mut(address) {
            line.in_flight = false;
        }
    }

    /// The clock was set by so much: pauses last as long as they were to last.
    pub fn shift(&mut self, by: TimeDelta) {
        for line in self.lines.values_mut() {
            let lanes = line.lanes.iter_mut().map(|lane| &mut lane.until);
            for until in lanes.chain([&mut line.until]).flatten() {
                *until += by;
            }
        }
    }

    /// Moves what waits for an address to its new one.
    pub fn readdress(&mut self, from: &Address, to: &Address) {
        let Some(line) = self.lines.remove(from) else { return };
        let target = self.lines.entry(to.clone()).or_default();
        for (old, new) in line.lanes.into_iter().zip(&mut target.lanes) {
            for mut held in old.held {
                held.address = to.clone();
                new.held.push_back(held);
            }
        }
    }

    /// The message that goes next: the earliest of the most urgent lane whose address is free and
    /// whose pace allows it. Its address is busy from now on.
    pub fn next(
        &mut self,
        now: Instant,
        mut admit: impl FnMut(&Held) -> Admission,
    ) -> Option<Held> {
        let mut heads: Vec<(Lane, Instant, i64, Address)> = self
            .lines
            .iter()
            .filter(|(_, line)| !line.in_flight && !waits(line.until, now))
            .filter_map(|(address, line)| {
                let lane =
                    line.lanes.iter().find(|l| !l.held.is_empty() && !waits(l.until, now))?;
                let head = lane.held.front()?;
                Some((head.lane, head.not_before, head.id.0, address.clone()))
            })
            .collect();
        heads.sort_unstable();
        for (lane, _, _, address) in heads {
            let line = self.lines.get_mut(&address)?;
            let head = line.lanes[index(lane)].held.front()?;
            match admit(head) {
                Admission::Now => {
                    line.in_flight = true;
                    line.until = None;
                    let lane = &mut line.lanes[index(lane)];
                    lane.until = None;
                    self.len -= 1;
                    return lane.held.pop_front();
                }
                Admission::ChatAt(at) => line.until = Some(at),
                Admission::Busy => {}
                Admission::BotAt(at) => {
                    // Nobody of this bot may go; those of other bots still may.
                    let bot = address.bot.clone();
                    for (other, line) in &mut self.lines {
                        if other.bot == bot && !line.in_flight && !waits(line.until, at) {
                            line.until = Some(at);
                        }
                    }
                }
            }
        }
        None
    }

    /// When something that waits now may go on, at those bots that are free.
    pub fn wakes_at(&self, now: Instant, is_free: impl Fn(&str) -> bool) -> Option<Instant> {
        self.lines
            .iter()
            .filter(|(address, line)| !line.in_flight && is_free(&address.bot))
            .flat_map(|(_, line)| {
                line.lanes
                    .iter()
                    .filter(|lane| !lane.held.is_empty())
                    .map(|lane| line.until.max(lane.until).unwrap_or(now))
            })
            .min()
    }

    /// Lets go of everything that was never begun.
    pub fn abandon(&mut self) -> Vec<OutboxId> {
        self.len = 0;
        let lanes = self.lines.values_mut().flat_map(|line| line.lanes.iter_mut());
        lanes.flat_map(|lane| lane.held.drain(..)).map(|held| held.id).collect()
    }

    /// Forgets addresses for which nothing waits, so that memory follows what is held.
    pub fn tidy(&mut self, now: Instant) {
        self.lines.retain(|_, line| {
            line.in_flight
                || waits(line.until, now)
                || line.lanes.iter().any(|lane| !lane.held.is_empty())
        });
    }
}
