//! One seed's world: the fake platform, the nodes, the clock they all go by, and the oracle that is
//! told everything they are told.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::eye::Eye;
use crate::fake_telegram::FakeTelegram;
use crate::ground::{Ground, Place};
use crate::node::Orders;
use crate::oracle::{Counted, Item, Oracle};
use crate::process::Process;
use crate::town::{beginning, user};

/// How often the clock moves, and by how much.
const TICK: Duration = Duration::from_millis(20);
const STEP: i64 = 1000;
/// So little while the clocks are wrong, which must not be for long.
const LEAPT_STEP: i64 = 200;
/// A node that fell is started again after this.
const REST: Duration = Duration::from_millis(300);
/// Everything should have arrived long before.
const PATIENCE: Duration = Duration::from_secs(25);
/// Nothing left to do for so long, and still something missing: it is lost.
const STILL: Duration = Duration::from_secs(3);

pub struct Stage {
    pub fake: FakeTelegram,
    pub oracle: Oracle,
    pub place: Place,
    pub nodes: Vec<Process>,
    pub counts: Counts,
    eye: Eye,
    now: DateTime<Utc>,
    /// What the nodes' clocks show more than it is.
    leapt: TimeDelta,
    /// Whether the nodes watch their clocks.
    watched: bool,
    ticked: Instant,
    started: Instant,
    log: PathBuf,
    /// Accessions of nodes that are gone.
    past: usize,
}

/// What happened to the nodes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub kills: usize,
    /// Stops in order.
    pub stops: usize,
    pub pauses: usize,
    /// Nodes that ended by themselves and were started again.
    pub fell: usize,
}

/// What stands in the chats and what should.
pub struct Standing {
    pub seen: Counted,
    pub wanted: Counted,
}

impl Stage {
    pub async fn open(ground: &mut Ground, seed: u64, nodes: usize, on_disk: bool) -> Self {
        let fake = FakeTelegram::start().await;
        let oracle = Oracle::new(ground.town.clone());
        for code in &oracle.town.bound {
            fake.user_unblocks_bot(user(code));
        }
        let place = ground.place(seed, on_disk).await;
        let now = oracle.town.practice.instant(beginning());
        let mut stage = Self {
            eye: Eye::on(ground.engine, &place.direct),
            fake,
            oracle,
            place,
            nodes: Vec::new(),
            counts: Counts::default(),
            now,
            leapt: TimeDelta::zero(),
            watched: true,
            ticked: Instant::now(),
            started: Instant::now() - REST,
            log: ground.log(seed),
            past: 0,
        };
        stage.oracle.clock(beginning());
        for _ in 0..nodes {
            stage.add_node(true);
        }
        stage
    }

    pub fn add_node(&mut self, lease: bool) {
        let orders = Orders {
            database: self.place.near.clone(),
            api: self.fake.url(),
            token: self.fake.token(),
            at: (self.now + self.leapt).timestamp_millis(),
            lease,
            watched: self.watched,
        };
        self.nodes.push(Process::start(&orders, &self.log));
    }

    /// How often any node took the lease. One that does not ask for it has no right to take over.
    pub fn accessions(&self) -> usize {
        let asking = self.nodes.iter().filter(|node| node.orders.lease);
        self.past + asking.map(Process::accessions).sum::<usize>()
    }

    /// Which node leads, as far as is known.
    pub fn leader(&self) -> usize {
        let running = (0..self.nodes.len()).filter(|i| !self.nodes[*i].paused);
        running.max_by_key(|i| self.nodes[*i].newest_accession()).unwrap_or_default()
    }

    /// `kill -9`, and a new start.
    pub fn kill(&mut self, node: usize) {
        self.nodes[node].kill();
        self.counts.kills += 1;
        self.replace(node);
    }

    pub async fn stop(&mut self, node: usize) {
        match self.nodes[node].stop().await {
            true => self.counts.stops += 1,
            false => self.counts.kills += 1,
        }
        self.replace(node);
    }

    fn replace(&mut self, node: usize) {
        let old = self.nodes.swap_remove(node);
        let lease = old.orders.lease;
        self.past += if lease { old.accessions() } else { 0 };
        drop(old);
        self.add_node(lease);
        self.started = Instant::now();
    }

    pub fn local(&self) -> NaiveDateTime {
        self.oracle.town.practice.local(self.now)
    }

    /// Sets everybody's clock.
    pub fn set_clock(&mut self, to: NaiveDateTime) {
        self.now = self.oracle.town.practice.instant(to);
        self.tell_time();
    }

    /// Everybody's clock shows so much more than it is, all at once.
    pub fn leap(&mut self, by: TimeDelta) {
        self.leapt = by;
        for node in &mut self.nodes {
            node.leap((self.now + by).timestamp_millis());
        }
    }

    /// From now on nobody watches their clock: a planted bug.
    pub fn unwatch(&mut self) {
        self.watched = false;
        for node in 0..self.nodes.len() {
            self.kill(node);
        }
    }

    fn tell_time(&mut self) {
        for node in &mut self.nodes {
            node.tell_time((self.now + self.leapt).timestamp_millis());
        }
        let local = self.local();
        self.oracle.clock(local);
    }

    /// Time goes on, and who fell gets up.
    pub async fn beat(&mut self) {
        self.fake.stirs(TICK.saturating_sub(self.ticked.elapsed())).await;
        if self.ticked.elapsed() < TICK {
            return;
        }
        self.ticked = Instant::now();
        let step = if self.leapt.is_zero() { STEP } else { LEAPT_STEP };
        self.now += TimeDelta::milliseconds(step);
        self.tell_time();
        let fallen = (0..self.nodes.len()).find(|i| self.nodes[*i].has_ended());
        if let Some(node) = fallen.filter(|_| self.started.elapsed() > REST) {
            self.counts.fell += 1;
            self.replace(node);
        }
    }

    /// Lets time go on until this holds; whether it came to hold.
    pub async fn until(&mut self, patience: Duration, holds: impl Fn(&Self) -> bool) -> bool {
        let deadline = Instant::now() + patience;
        while !holds(self) {
            if Instant::now() > deadline {
                return false;
            }
            self.beat().await;
        }
        true
    }

    /// Lets time go on for so long: to choose a moment, not to wait for one.
    pub async fn pass(&mut self, time: Duration) {
        let _ = self.until(time, |_| false).await;
    }

    pub fn standing(&self) -> Standing {
        let (seen, _) = self.oracle.count(&self.fake.sent());
        Standing { seen, wanted: self.oracle.wanted.clone() }
    }

    /// What did not arrive of that which was to be since then.
    pub fn missing(&self, since: &Standing) -> Vec<(Item, usize)> {
        let (seen, _) = self.oracle.count(&self.fake.sent());
        let at = |counted: &Counted, item: &Item| counted.get(item).copied().unwrap_or_default();
        let lacking = |(item, wanted): (&Item, &usize)| {
            let due = wanted - at(&since.wanted, item);
            let came = at(&seen, item) - at(&since.seen, item);
            (came < due).then(|| (item.clone(), due - came))
        };
        self.oracle.wanted.iter().filter_map(lacking).collect()
    }

    /// Lets time go on until everything has arrived and nothing is left to be done. What is given
    /// back did not arrive.
    pub async fn settle(&mut self, since: &Standing) -> Vec<(Item, usize)> {
        let deadline = Instant::now() + PATIENCE;
        let mut still: Option<Instant> = None;
        loop {
            self.beat().await;
            let missing = self.missing(since);
            let quiet = self.fake.unconfirmed() == 0 && self.eye.sees_quiet().await;
            let rested = self.started.elapsed() > STILL;
            match (missing.is_empty(), quiet) {
                (true, true) => return missing,
                (false, true) if rested => {
                    if still.get_or_insert_with(Instant::now).elapsed() > STILL {
                        return missing;
                    }
                }
                _ => still = None,
            }
            if Instant::now() > deadline {
                return match missing.is_empty() {
                    true => vec![(Item { chat: 0, words: vec!["it never rests".into()] }, 1)],
                    false => missing,
                };
            }
        }
    }

    /// The end: everybody stops in order.
    pub async fn close(&mut self) {
        for node in &mut self.nodes {
            if node.paused {
                node.resume();
            }
        }
        while let Some(mut node) = self.nodes.pop() {
            match node.stop().await {
                true => self.counts.stops += 1,
                false => self.counts.kills += 1,
            }
            self.past += if node.orders.lease { node.accessions() } else { 0 };
        }
    }

    pub fn eye(&mut self) -> &mut Eye {
        &mut self.eye
    }

    /// What is still to be done, for whoever looks into a failure.
    pub async fn unfinished(&mut self) -> String {
        const ROWS: &str = "SELECT 'update ' || external_id || ' ' || state FROM inbox
                WHERE state = 'waiting'
            UNION ALL SELECT 'message ' || CAST(id AS TEXT) || ' ' || state || ' to ' || chat
                || ' not before ' || CAST(not_before AS TEXT) || ' tries '
                || CAST(attempts AS TEXT) FROM outbox WHERE state IN ('ready', 'sending', 'retry')";
        let rows = self.eye.texts(ROWS).await;
        format!("at {} unfinished: {rows:?}", self.now.timestamp_millis())
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}
