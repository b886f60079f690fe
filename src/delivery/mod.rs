//! The outbox worker: claim, pace, render, send, retry, give up and tell.
//!
//! [`Delivery::turn`] is the whole of it, and the loop and the tests call the same: it takes what
//! is due, starts what may be started, collects what came back, and marks it in one commit. One
//! send is in flight per address; order holds within (address, lane); a reply overtakes reminders;
//! a message that waits for another try blocks only its lane, a platform's `retry_after` its
//! address.

mod pace;
mod queue;
mod send;
mod settle;

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::{Id, JoinSet};

use self::pace::{Admission, Pacers};
use self::queue::Queue;
use self::send::{Attempt, Outcome};
use crate::clock::{Clock, Instant};
use crate::domain::ids::OutboxId;
use crate::domain::practice::Practice;
use crate::message::{Address, Arg, Block, Channel, Disclosure, Message};
use crate::meters::Meters;
use crate::render::KnownNames;
use crate::store::lease::{Fence, Licence};
use crate::store::outbox::{self, Held};
use crate::store::{Bots, Db, StoreError, Tx, cases};

/// Limits of the worker.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Sends in flight at once, to each platform: one that hangs holds up no other.
    pub parallel: usize,
    /// Messages held in memory at most, replies apart.
    pub held: usize,
    /// Rows taken in one claim.
    pub claim: u32,
    /// Tries before a message is given up.
    pub attempts: i64,
    pub retry_first: chrono::TimeDelta,
    pub retry_longest: chrono::TimeDelta,
}

/// How long a stop begins last answers, and then how long it waits for them to come home:
/// together less than a supervisor is patient.
const LAST_WORDS: std::time::Duration = std::time::Duration::from_secs(3);

/// How long a process that may not send waits before it looks whether it may again.
const NO_LICENCE: chrono::TimeDelta = chrono::TimeDelta::seconds(1);

/// The channels by the name of their bot.
pub type Channels = HashMap<String, Arc<dyn Channel>>;

pub struct Delivery {
    db: Db,
    practice: Arc<Practice>,
    channels: Arc<Channels>,
    bots: Bots,
    fence: Fence,
    licence: Licence,
    limits: Limits,
    queue: Queue,
    pacers: Pacers,
    flying: JoinSet<Attempt>,
    /// What is in flight, so that a send that panicked is not forgotten.
    aloft: HashMap<Id, Held>,
    /// What came back and is not marked yet.
    landed: Vec<Attempt>,
    /// Older versions of a message that a newer edit made needless.
    superseded: Vec<Held>,
    /// Claimed by a commit that was not answered, so perhaps not claimed.
    doubtful: Vec<Held>,
    /// Whether marking failed: until it works again nothing new is sent, because a crash would
    /// bring all of it once more.
    unmarked: bool,
    /// The latest time it was told.
    last: Instant,
    /// Where recent messages stand on the screen, for edits that follow before the commit.
    shown: Shown,
    meters: Arc<Meters>,
}

/// By what right a process sends.
pub struct Authority {
    pub fence: Fence,
    pub licence: Licence,
}

impl Authority {
    /// For a process that shares its work with nobody.
    pub fn alone() -> Self {
        Self { fence: Fence::alone(), licence: Licence::always() }
    }
}

/// What a turn did, and when there is something to do again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    pub claimed: usize,
    pub started: usize,
    /// Sends that came back.
    pub settled: usize,
    pub in_flight: usize,
    /// When something that waits may go on; `None` if only news can change anything.
    pub next: Option<Instant>,
}

impl Delivery {
    pub fn new(
        db: Db,
        practice: Arc<Practice>,
        channels: Arc<Channels>,
        bots: Bots,
        authority: Authority,
        limits: Limits,
        clock: &Clock,
    ) -> Self {
        Self {
            db,
            practice,
            pacers: Pacers::new(&channels, clock),
            bots,
            fence: authority.fence,
            licence: authority.licence,
            channels,
            limits,
            queue: Queue::default(),
            flying: JoinSet::new(),
            aloft: HashMap::new(),
            landed: Vec::new(),
            superseded: Vec::new(),
            doubtful: Vec::new(),
            unmarked: false,
            last: clock.now(),
            shown: Shown::default(),
            meters: Arc::default(),
        }
    }

    /// Counts what it does on these meters.
    pub fn watched_by(mut self, meters: Arc<Meters>) -> Self {
        self.meters = meters;
        self
    }

    /// A transaction that is worth nothing if another process leads.
    async fn begin(&self) -> Result<Tx, StoreError> {
        let mut tx = self.db.begin().await?;
        self.fence.check(&mut tx).await?;
        Ok(tx)
    }

    /// Lets go of everything: another process leads, and has taken it over.
    pub async fn forget(&mut self) {
        self.queue = Queue::default();
        self.flying.shutdown().await;
        self.aloft.clear();
        self.landed.clear();
        self.superseded.clear();
        self.doubtful.clear();
        self.unmarked = false;
    }

    /// Takes over what an earlier run left unfinished. Called once, before the first turn.
    pub async fn rescue(&mut self, now: Instant) -> Result<usize, StoreError> {
        let mut tx = self.begin().await?;
        let held = outbox::rescue(&mut tx, &self.bots, now).await?;
        tx.commit().await?;
        self.doubtful.clear();
        if !held.is_empty() {
            let repeated = held.iter().filter(|held| held.repeated > 0).count();
            tracing::info!(messages = held.len(), repeated, "took over unfinished messages");
        }
        let count = held.len();
        self.take(held);
        Ok(count)
    }

    /// Takes replies over from the handling that made them; they are claimed already.
    pub fn take(&mut self, held: Vec<Held>) {
        for one in held {
            self.superseded.extend(self.queue.push(one));
        }
    }

    /// One turn: claim, start, collect, mark.
    pub async fn turn(&mut self, now: Instant) -> Result<Turn, StoreError> {
        if now < self.last {
            // Pauses are a matter of how long, not of what the clock shows.
            self.queue.shift(now - self.last);
        }
        self.last = now;
        let mut turn = Turn { claimed: self.claim(now).await?, ..Turn::default() };
        turn.started = self.start(now).await?;
        turn.settled = self.collect(now).await?;
        turn.in_flight = self.flying.len();
        turn.next = self.wakes_at(now).await?;
        Ok(turn)
    }

    /// Turns until nothing more can be sent at `now`.
    pub async fn drain(&mut self, now: Instant) -> Result<usize, StoreError> {
        let mut sent = 0;
        loop {
            let turn = self.turn(now).await?;
            sent += turn.settled;
            if turn.in_flight > 0 {
                self.landed().await;
            } else if turn.claimed + turn.started + turn.settled == 0 {
                return Ok(sent);
            }
        }
    }

    /// Waits until something in flight comes back; for ever if nothing is. What came back is
    /// marked by the next turn.
    pub async fn landed(&mut self) {
        match self.flying.join_next_with_id().await {
            Some(joined) => self.land(joined),
            None => std::future::pending().await,
        }
    }

    /// Sends what it holds and claims nothing more, for at most a few seconds: the last answers
    /// before stopping.
    pub async fn drain_replies(&mut self, now: Instant) -> Result<(), StoreError> {
        let patience = tokio::time::sleep(LAST_WORDS);
        tokio::pin!(patience);
        loop {
            let started = self.start(now).await?;
            if started == 0 && self.flying.is_empty() {
                return self.collect(now).await.map(drop);
            }
            tokio::select! {
                () = &mut patience => return Ok(()),
                () = self.landed() => {}
            }
            self.collect(now).await?;
        }
    }

    /// Stops: what is in flight comes back and is marked, what was never begun is given back. What
    /// does not come back in time is taken over by the next run, as after a crash.
    pub async fn stop(&mut self, now: Instant) -> Result<(), StoreError> {
        let waiting = self.queue.abandon();
        let patience = tokio::time::sleep(LAST_WORDS);
        tokio::pin!(patience);
        while !self.flying.is_empty() {
            tokio::select! {
                () = &mut patience => {
                    tracing::warn!(messages = self.flying.len(), "stopping without an answer");
                    self.flying.shutdown().await;
                    self.aloft.clear();
                }
                () = self.landed() => {}
            }
        }
        self.collect(now).await?;
        if !waiting.is_empty() {
            let mut tx = self.begin().await?;
            outbox::release(&mut tx, &waiting, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Whether nothing is held or in flight.
    pub fn is_idle(&self) -> bool {
        self.flying.is_empty() && self.landed.is_empty() && self.queue.is_empty()
    }

    async fn claim(&mut self, now: Instant) -> Result<usize, StoreError> {
        let room = self.limits.held.saturating_sub(self.queue.len());
        let limit = self.limits.claim.min(u32::try_from(room).unwrap_or(u32::MAX));
        if limit == 0 {
            return Ok(0);
        }
        // A look that changes nothing is cheap; on SQLite a write would wait for the writer.
        let mut tx = self.db.read().await?;
        let due = outbox::next_due(&mut tx, &self.bots).await?;
        let doubtful = ids(&self.doubtful);
        let ours = match doubtful.is_empty() {
            true => Vec::new(),
            false => outbox::claimed(&mut tx, &doubtful).await?,
        };
        tx.rollback().await?;
        if !ours.is_empty() {
            tracing::info!(messages = ours.len(), "a claim whose answer was lost stands");
            let (taken, left) =
                std::mem::take(&mut self.doubtful).into_iter().partition(|h| ours.contains(&h.id));
            self.doubtful = left;
            self.take(taken);
        }
        if due.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let held = outbox::claim(&mut tx, &self.bots, now, limit).await?;
        let claimed = ids(&held);
        // What is claimed anew was not claimed before.
        self.doubtful.retain(|doubtful| !claimed.contains(&doubtful.id));
        if let Err(error) = tx.commit().await {
            // The claim may stand all the same, and nobody else would send these.
            self.doubtful.extend(held);
            return Err(error);
        }
        let claimed = held.len();
        self.take(held);
        Ok(claimed)
    }

    async fn start(&mut self, now: Instant) -> Result<usize, StoreError> {
        let mut ready = Vec::new();
        if !self.licence.holds() || self.unmarked {
            // Whether we still lead is not proven: what is in flight may come back, nothing new goes.
            return Ok(0);
        }
        let mut busy = self.busy();
        loop {
            let (pacers, parallel) = (&mut self.pacers, self.limits.parallel);
            let next = self.queue.next(now, |held| match busy.get(&held.address.bot) {
                Some(sends) if *sends >= parallel => Admission::Busy,
                _ => pacers.admit(held, now),
            });
            let Some(held) = next else { break };
            if held.expires_at.is_some_and(|at| at <= now) {
                self.landed.push(Attempt { held, outcome: Outcome::Expired });
            } else {
                *busy.entry(held.address.bot.clone()).or_default() += 1;
                ready.push(held);
            }
        }
        // Marked before it is sent again, so that a crash in between counts as a repetition.
        let resumed: Vec<OutboxId> = ready
            .iter()
            .filter(|held| held.attempts > 1 || held.repeated > 0)
            .map(|held| held.id)
            .collect();
        if !resumed.is_empty()
            && let Err(error) = self.resume(&resumed).await
        {
            for held in ready {
                self.queue.free(&held.address);
                self.queue.put_back(held, None);
            }
            return Err(error);
        }
        let started = ready.len();
        let mut failed = None;
        for held in ready {
            // One that could not be prepared is back in its queue; the others go.
            failed = self.launch(held, now).await.err().or(failed);
        }
        failed.map_or(Ok(started), Err)
    }

    async fn resume(&self, ids: &[OutboxId]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        outbox::resume(&mut tx, ids).await?;
        tx.commit().await
    }

    async fn launch(&mut self, held: Held, now: Instant) -> Result<(), StoreError> {
        let channel = self.channels.get(&held.address.bot).cloned();
        let hides =
            channel.as_ref().is_some_and(|c| c.capabilities().disclosure == Disclosure::Codes);
        let looked_up = self.look_up(&held, hides, now).await;
        let (names, standing) = match looked_up {
            Ok(found) => found,
            Err(error) => {
                self.queue.free(&held.address);
                self.queue.put_back(held, None);
                return Err(error);
            }
        };
        let copy = held.clone();
        let task = self.flying.spawn(send::send(held, channel, standing, names));
        self.aloft.insert(task.id(), copy);
        Ok(())
    }

    /// Whom a message may not name, and where the message it replaces stands.
    async fn look_up(
        &self,
        held: &Held,
        hides: bool,
        now: Instant,
    ) -> Result<(KnownNames, Option<String>), StoreError> {
        let names = if hides && has_free_text(&held.message) {
            let today = self.practice.today(now);
            KnownNames::new(cases::names(&mut self.db.read().await?, today).await?)
        } else {
            KnownNames::default()
        };
        let standing = match held.edits {
            Some(original) => self.standing_of(original, &held.address).await?,
            None => None,
        };
        Ok((names, standing))
    }

    /// The platform's id of a message on the screen, if it stands in this chat.
    async fn standing_of(
        &self,
        id: OutboxId,
        address: &Address,
    ) -> Result<Option<String>, StoreError> {
        let known = match self.shown.get(id) {
            Some(known) => Some(known.clone()),
            None => outbox::external_id(&mut self.db.read().await?, id).await?,
        };
        Ok(known.filter(|(at, _)| at == address).map(|(_, id)| id))
    }

    /// Collects what came back and marks it, in one commit. After an error it is kept, and marked
    /// by a later turn.
    async fn collect(&mut self, now: Instant) -> Result<usize, StoreError> {
        while let Some(joined) = self.flying.try_join_next_with_id() {
            self.land(joined);
        }
        if self.landed.is_empty() && self.superseded.is_empty() {
            return Ok(0);
        }
        self.unmarked = true;
        let count = self.settle(now).await?;
        self.unmarked = false;
        Ok(count)
    }

    fn land(&mut self, joined: Result<(Id, Attempt), tokio::task::JoinError>) {
        match joined {
            Ok((id, attempt)) => {
                self.aloft.remove(&id);
                self.landed.push(attempt);
            }
            Err(error) => {
                tracing::error!(%error, "a send panicked");
                let held = self.aloft.remove(&error.id());
                self.landed.extend(held.map(|held| Attempt { held, outcome: Outcome::Panicked }));
            }
        }
    }

    /// How many sends are in flight, by bot.
    fn busy(&self) -> HashMap<String, usize> {
        let mut busy = HashMap::new();
        for held in self.aloft.values() {
            *busy.entry(held.address.bot.clone()).or_default() += 1;
        }
        busy
    }

    /// When something that waits may go on; `None` if only news can change anything.
    pub async fn wakes_at(&self, now: Instant) -> Result<Option<Instant>, StoreError> {
        if !self.licence.holds() {
            // Nothing may start; whether it may again is looked at in a while.
            return Ok(Some(now + NO_LICENCE));
        }
        let busy = self.busy();
        // Nothing more of a bot can start before something of it comes back.
        let is_free = |bot: &str| busy.get(bot).is_none_or(|sends| *sends < self.limits.parallel);
        let ready = outbox::next_due(&mut self.db.read().await?, &self.bots).await?;
        let ready = ready.filter(|_| self.queue.len() < self.limits.held);
        // A claim in doubt is looked at until it is known.
        let doubtful = self.doubtful.first().map(|_| now + NO_LICENCE);
        let queued = self.queue.wakes_at(now, is_free);
        Ok(ready.into_iter().chain(queued).chain(doubtful).min())
    }
}

fn ids(held: &[Held]) -> Vec<OutboxId> {
    held.iter().map(|held| held.id).collect()
}

/// The last messages that were shown, at most a few thousand of them.
#[derive(Default)]
struct Shown {
    at: HashMap<OutboxId, (Address, String)>,
    order: std::collections::VecDeque<OutboxId>,
}

impl Shown {
    const KEPT: usize = 4096;

    fn get(&self, id: OutboxId) -> Option<&(Address, String)> {
        self.at.get(&id)
    }

    fn set(&mut self, id: OutboxId, address: Address, external_id: String) {
        if self.at.insert(id, (address, external_id)).is_none() {
            self.order.push_back(id);
        }
        while self.order.len() > Self::KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.at.remove(&oldest);
            }
        }
    }
}

/// Whether a message holds what a person typed, in which candidates may be named.
fn has_free_text(message: &Message) -> bool {
    fn in_arg(arg: &Arg) -> bool {
        match arg {
            Arg::Free(_) => true,
            Arg::Phrase(phrase) => phrase.args.values().any(in_arg),
            Arg::List(args) => args.iter().any(in_arg),
            _ => false,
        }
    }
    message.body.iter().any(|block| match block {
        Block::Title(phrase) | Block::Line(phrase) | Block::Item(phrase) => {
            phrase.args.values().any(in_arg)
        }
        Block::Gap => false,
    })
}
