//! The outbox worker: claim, pace, render, send, retry, mark. Where a message goes that cannot be
//! delivered, and who is told so, it asks `outbound`.
//!
//! [`Delivery::turn`] is the whole of it, and the loop and the tests call the same: it takes what
//! is due, starts what may be started, and collects what came back, which is marked in one commit
//! beside the sends. One send is in flight per address; order holds within (address, lane); a reply
//! overtakes reminders; a message that waits for another try blocks only its lane, a platform's
//! `retry_after` its address.

mod known;
mod pace;
mod queue;
mod send;
mod settle;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};

use self::known::Shown;
use self::pace::{Admission, Pacers};
use self::queue::Queue;
use self::send::{Attempt, Outcome};
use self::settle::{Batch, Marked, Marker};
use crate::backoff::Backoff;
use crate::clock::{Clock, Instant};
use crate::domain::ids::OutboxId;
use crate::domain::practice::Practice;
use crate::message::{Address, Channel};
use crate::meters::Meters;
use crate::render::Reader;
use crate::spans;
use crate::store::lease::{Fence, Licence};
use crate::store::outbox::{self, Held};
use crate::store::{Bots, Db, StoreError};

/// Limits of the worker.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Sends in flight or not marked yet, to each platform: one that hangs holds up no other, and a
    /// crash repeats no more than these.
    pub parallel: usize,
    /// Messages held in memory at most, replies apart.
    pub held: usize,
    /// Rows taken in one claim.
    pub claim: u32,
    /// Tries before a message is given up.
    pub attempts: i64,
    /// Pauses before a message is tried again.
    pub retry: Backoff,
}

/// How long a stop begins last answers, and then how long it waits for them to come home:
/// together less than a supervisor is patient.
const LAST_WORDS: std::time::Duration = std::time::Duration::from_secs(3);
/// How soon it is looked again whether something has expired, while the clock is in doubt.
const IN_DOUBT: TimeDelta = TimeDelta::minutes(1);

/// How long a process that may not send, or is not sure what it has claimed, waits before it looks
/// again.
const LOOK_AGAIN: chrono::TimeDelta = chrono::TimeDelta::seconds(1);

/// The channels by the name of their bot.
pub type Channels = HashMap<String, Arc<dyn Channel>>;

pub struct Delivery {
    /// What marking needs; sending uses the same.
    marker: Arc<Marker>,
    bots: Bots,
    licence: Licence,
    queue: Queue,
    pacers: Pacers,
    outlook: Outlook,
    flying: JoinSet<Attempt>,
    /// What is in flight, so that a send that panicked is not forgotten.
    aloft: HashMap<Id, Held>,
    /// What came back and is not being marked yet.
    back: Batch,
    /// The commit that marks what came back earlier; one at a time.
    marking: JoinSet<Ended>,
    /// A marking that has ended and was not looked at yet.
    ended: Option<Ended>,
    /// Sends in flight or not marked yet, by bot.
    doubtful: HashMap<String, usize>,
    /// Claimed by a commit that was not answered, so perhaps not claimed.
    unsure: Vec<Held>,
    /// The latest time it was told.
    last: Instant,
    /// Where recent messages stand on the screen, for edits that follow before the commit.
    shown: Shown,
    /// How many answers wait, for whoever makes more of them.
    backlog: watch::Sender<usize>,
    meters: Arc<Meters>,
}

/// A batch and whether it could be marked.
type Ended = (Batch, Result<Marked, StoreError>);

/// What is known of the messages in the database that are ready.
#[derive(Clone, Copy, Debug)]
enum Outlook {
    /// Some may have been queued since somebody looked.
    Unknown,
    /// When the first of them is due, if there is one.
    Known(Option<Instant>),
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
        let Authority { fence, licence } = authority;
        Self {
            pacers: Pacers::new(&channels, clock),
            marker: Arc::new(Marker { db, practice, channels, fence, limits }),
            bots,
            licence,
            queue: Queue::default(),
            outlook: Outlook::Unknown,
            flying: JoinSet::new(),
            aloft: HashMap::new(),
            back: Batch::default(),
            marking: JoinSet::new(),
            ended: None,
            doubtful: HashMap::new(),
            unsure: Vec::new(),
            last: clock.now(),
            shown: Shown::default(),
            backlog: watch::Sender::new(0),
            meters: Arc::default(),
        }
    }

    /// How many answers wait in memory, of each chat no more than a few.
    pub fn backlog(&self) -> watch::Receiver<usize> {
        self.backlog.subscribe()
    }

    fn count_backlog(&self) {
        let waiting = self.queue.backlog();
        self.backlog.send_if_modified(|known| std::mem::replace(known, waiting) != waiting);
    }

    /// Counts what it does on these meters.
    pub fn watched_by(mut self, meters: Arc<Meters>) -> Self {
        self.meters = meters;
        self
    }

    /// Lets go of everything: another process leads, and has taken it over.
    pub async fn forget(&mut self) {
        self.queue = Queue::default();
        self.flying.shutdown().await;
        self.marking.shutdown().await;
        self.aloft.clear();
        self.back = Batch::default();
        self.ended = None;
        self.doubtful.clear();
        self.unsure.clear();
        self.count_backlog();
        self.look();
    }

    /// Takes over what an earlier run left unfinished. Called once, before the first turn.
    pub async fn rescue(&mut self, now: Instant) -> Result<usize, StoreError> {
        let mut tx = self.marker.begin().await?;
        let held = outbox::rescue(&mut tx, &self.bots, settle::LONGEST_WAIT, now).await?;
        tx.commit().await?;
        self.unsure.clear();
        if !held.is_empty() {
            let repeated = held.iter().filter(|held| held.repeated > 0).count();
            tracing::info!(messages = held.len(), repeated, "took over unfinished messages");
        }
        let count = held.len();
        self.hold(held);
        Ok(count)
    }

    /// Takes replies over from the handling that made them; they are claimed already. It may have
    /// queued more than these.
    pub fn take(&mut self, held: Vec<Held>) {
        self.hold(held);
        self.look();
    }

    /// Something may have been queued: the next turn looks.
    pub fn look(&mut self) {
        self.outlook = Outlook::Unknown;
    }

    fn hold(&mut self, held: Vec<Held>) {
        for one in held {
            self.back.superseded.extend(self.queue.push(one));
        }
    }

    /// One turn: collect, start, claim, start, and begin to mark what came back.
    pub async fn turn(&mut self, now: Instant) -> Result<Turn, StoreError> {
        if now < self.last {
            // Pauses are a matter of how long, not of what the clock shows.
            self.queue.shift(now - self.last);
        }
        self.last = now;
        let mut turn = Turn { settled: self.absorb()?, ..Turn::default() };
        // What is held already waits for no look into the table.
        turn.started = self.start(now).await?;
        turn.claimed = self.claim(now).await?;
        if turn.claimed > 0 {
            turn.started += self.start(now).await?;
        }
        self.mark(now);
        turn.in_flight = self.flying.len() + self.marking.len();
        self.count_backlog();
        turn.next = self.next_wake(now).await?;
        Ok(turn)
    }

    /// Turns until nothing more can be sent at `now`.
    pub async fn drain(&mut self, now: Instant) -> Result<usize, StoreError> {
        let mut sent = 0;
        self.look();
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

    /// Waits until something in flight comes back or something is marked; for ever if there is
    /// neither. The next turn sees to what follows.
    pub async fn landed(&mut self) {
        tokio::select! {
            Some(ended) = self.marking.join_next() => self.ended = Some(home(ended)),
            Some(joined) = self.flying.join_next_with_id() => self.land(joined),
            else => std::future::pending().await,
        }
    }

    /// Sends what it holds and claims nothing more, for at most a few seconds: the last answers
    /// before stopping.
    pub async fn drain_replies(&mut self, now: Instant) -> Result<(), StoreError> {
        let patience = tokio::time::sleep(LAST_WORDS);
        tokio::pin!(patience);
        loop {
            self.absorb()?;
            let started = self.start(now).await?;
            self.mark(now);
            if started == 0 && self.flying.is_empty() && self.marking.is_empty() {
                return Ok(());
            }
            tokio::select! {
                () = &mut patience => return Ok(()),
                () = self.landed() => {}
            }
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
        loop {
            self.absorb()?;
            self.mark(now);
            if self.marking.is_empty() {
                break;
            }
            self.landed().await;
        }
        if !waiting.is_empty() {
            let mut tx = self.marker.begin().await?;
            outbox::release(&mut tx, &waiting, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Whether nothing is held, in flight or not marked yet.
    pub fn is_idle(&self) -> bool {
        let marked = self.marking.is_empty() && self.ended.is_none() && self.back.is_empty();
        marked && self.flying.is_empty() && self.queue.is_empty()
    }

    async fn claim(&mut self, now: Instant) -> Result<usize, StoreError> {
        self.look_at_unsure().await?;
        let limit = self.marker.limits.claim;
        if !self.has_room() || self.next_ready().await?.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let mut tx = self.marker.begin().await?;
        let held = outbox::claim(&mut tx, &self.bots, now, limit).await?;
        let claimed = ids(&held);
        // What is claimed anew was not claimed before.
        self.unsure.retain(|unsure| !claimed.contains(&unsure.id));
        if let Err(error) = tx.commit().await {
            // The claim may stand all the same, and nobody else would send these.
            self.unsure.extend(held);
            self.look();
            return Err(error);
        }
        let claimed = held.len();
        if claimed < limit as usize {
            // There are no more of these; when the next is due remains to be seen.
            self.look();
        }
        self.hold(held);
        Ok(claimed)
    }

    /// Takes over what a commit without an answer has claimed after all.
    async fn look_at_unsure(&mut self) -> Result<(), StoreError> {
        if self.unsure.is_empty() {
            return Ok(());
        }
        let mut tx = self.marker.db.read().await?;
        let ours = outbox::claimed(&mut tx, &ids(&self.unsure)).await?;
        tx.rollback().await?;
        if !ours.is_empty() {
            tracing::info!(messages = ours.len(), "a claim whose answer was lost stands");
            let (taken, left) =
                std::mem::take(&mut self.unsure).into_iter().partition(|h| ours.contains(&h.id));
            self.unsure = left;
            self.hold(taken);
        }
        Ok(())
    }

    /// Whether a whole claim may be held; less is not worth a commit.
    fn has_room(&self) -> bool {
        let Limits { claim, held, .. } = self.marker.limits;
        let claim = claim as usize;
        self.queue.len() + claim <= held.max(claim)
    }

    /// When the first ready message in the database is due. Looked up only after something may
    /// have changed: a look costs as much as a send.
    async fn next_ready(&mut self) -> Result<Option<Instant>, StoreError> {
        if let Outlook::Known(next) = self.outlook {
            return Ok(next);
        }
        let next = outbox::next_due(&mut self.marker.db.read().await?, &self.bots).await?;
        self.outlook = Outlook::Known(next);
        Ok(next)
    }

    async fn start(&mut self, now: Instant) -> Result<usize, StoreError> {
        if !self.licence.holds() {
            // Whether we still lead is not proven: what is in flight may come back, nothing new goes.
            return Ok(0);
        }
        let ready = self.admitted(now);
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
                self.not_begun(held);
            }
            return Err(error);
        }
        let started = ready.len();
        let readers = match known::readers(&self.marker, &ready, now).await {
            Ok(readers) => readers,
            Err(error) => {
                for held in ready {
                    self.not_begun(held);
                }
                return Err(error);
            }
        };
        let mut failed = None;
        for (held, reader) in ready.into_iter().zip(readers) {
            // One that could not be prepared is back in its queue; the others go.
            failed = self.launch(held, reader).await.err().or(failed);
        }
        failed.map_or(Ok(started), Err)
    }

    /// What may go now, in its order. What has expired goes nowhere.
    fn admitted(&mut self, now: Instant) -> Vec<Held> {
        let mut ready = Vec::new();
        loop {
            let (pacers, parallel) = (&mut self.pacers, self.marker.limits.parallel);
            let doubtful = &self.doubtful;
            let next = self.queue.next(now, |held| match doubtful.get(&held.address.bot) {
                Some(sends) if *sends >= parallel => Admission::Busy,
                _ => pacers.admit(held, now),
            });
            let Some(held) = next else { return ready };
            let sure = self.marker.practice.judged_at(now);
            if held.expires_at.is_some_and(|at| at <= now && at > sure) {
                // Nobody knows whether it has: the clock is in doubt.
                self.queue.free(&held.address);
                self.queue.put_back(held, Some(now + IN_DOUBT));
            } else if held.expires_at.is_some_and(|at| at <= now) {
                self.back.landed.push(Attempt { held, outcome: Outcome::Expired });
            } else {
                *self.doubtful.entry(held.address.bot.clone()).or_default() += 1;
                ready.push(held);
            }
        }
    }

    /// Puts back what was to be sent and was not.
    fn not_begun(&mut self, held: Held) {
        self.no_doubt(&held.address);
        self.queue.free(&held.address);
        self.queue.put_back(held, None);
    }

    /// One send less of which a crash would not know what became.
    fn no_doubt(&mut self, address: &Address) {
        if let Some(count) = self.doubtful.get_mut(&address.bot) {
            *count = count.saturating_sub(1);
        }
    }

    async fn resume(&self, ids: &[OutboxId]) -> Result<(), StoreError> {
        let mut tx = self.marker.begin().await?;
        outbox::resume(&mut tx, ids).await?;
        tx.commit().await
    }

    async fn launch(&mut self, held: Held, reader: Reader) -> Result<(), StoreError> {
        let channel = self.marker.channels.get(&held.address.bot).cloned();
        let standing = match held.edits {
            Some(original) => self.shown.find(&self.marker, original, &held.address).await,
            None => Ok(None),
        };
        let standing = match standing {
            Ok(standing) => standing,
            Err(error) => {
                self.not_begun(held);
                return Err(error);
            }
        };
        let copy = held.clone();
        let (lane, bot) = (held.lane.as_str(), held.address.bot.as_str());
        let span = tracing::error_span!("send", lane, bot);
        let send = spans::timed(span, send::send(held, channel, standing, reader));
        let task = self.flying.spawn(async { send.await.0 });
        self.aloft.insert(task.id(), copy);
        Ok(())
    }

    /// Collects what came back, and carries out what was marked; gives how many sends were. After
    /// an error they are kept, and marked by a later turn.
    fn absorb(&mut self) -> Result<usize, StoreError> {
        while let Some(joined) = self.flying.try_join_next_with_id() {
            self.land(joined);
        }
        let ended = self.ended.take().or_else(|| self.marking.try_join_next().map(home));
        match ended {
            None => Ok(0),
            Some((batch, Ok(marked))) => {
                let count = batch.landed.len();
                self.carry_out_all(batch, marked);
                Ok(count)
            }
            Some((batch, Err(error))) => {
                batch.return_to(&mut self.back);
                Err(error)
            }
        }
    }

    /// Begins to mark what came back, unless something is being marked: then it waits, and is
    /// marked with what comes back meanwhile.
    fn mark(&mut self, now: Instant) {
        if !self.marking.is_empty() || self.ended.is_some() || self.back.is_empty() {
            return;
        }
        let (marker, batch) = (self.marker.clone(), std::mem::take(&mut self.back));
        self.marking.spawn(async move {
            let marked = marker.mark(&batch, now).await;
            (batch, marked)
        });
    }

    fn land(&mut self, joined: Result<(Id, Attempt), JoinError>) {
        match joined {
            Ok((id, attempt)) => {
                self.aloft.remove(&id);
                self.back.landed.push(attempt);
            }
            Err(error) => {
                tracing::error!(%error, "a send panicked");
                let held = self.aloft.remove(&error.id());
                let lost = held.map(|held| Attempt { held, outcome: Outcome::Panicked });
                self.back.landed.extend(lost);
            }
        }
    }

    /// When something that waits may go on; `None` if only news can change anything.
    pub async fn wakes_at(&mut self, now: Instant) -> Result<Option<Instant>, StoreError> {
        self.look();
        self.next_wake(now).await
    }

    async fn next_wake(&mut self, now: Instant) -> Result<Option<Instant>, StoreError> {
        if !self.licence.holds() {
            // Nothing may start; whether it may again is looked at in a while.
            return Ok(Some(now + LOOK_AGAIN));
        }
        let ready = if self.has_room() { self.next_ready().await? } else { None };
        // Nothing more of a bot can start before something of it is marked.
        let (doubtful, parallel) = (&self.doubtful, self.marker.limits.parallel);
        let is_free = |bot: &str| doubtful.get(bot).is_none_or(|sends| *sends < parallel);
        // A claim in doubt is looked at until it is known.
        let unsure = self.unsure.first().map(|_| now + LOOK_AGAIN);
        Ok(ready.into_iter().chain(self.queue.wakes_at(now, is_free)).chain(unsure).min())
    }
}

fn ids(held: &[Held]) -> Vec<OutboxId> {
    held.iter().map(|held| held.id).collect()
}

/// What a marking brought home. One that panicked takes delivery with it: whoever supervises
/// starts the program anew, and nothing is left unmarked for ever.
fn home(joined: Result<Ended, JoinError>) -> Ended {
    joined.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}
