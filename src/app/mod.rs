//! Puts the parts together, starts and stops them.
//!
//! [`App::run`] drives them by loops; [`App::settle`] drives the very same functions until nothing
//! is left to do, which is what tests and the console use.

mod chance;
mod clock_watch;
mod demo;
mod health;
mod housekeeping;
mod inbox;
mod leader;
mod log;
mod menus;
mod polling;
mod run;
mod setup;

use std::sync::Arc;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::sync::{Mutex, mpsc, watch};

pub use self::chance::{generator, sixteen_bytes};
pub use self::demo::Demo;
pub use self::inbox::StoredInbox;
pub use self::leader::Times;
pub use self::log::start_logging;
pub use self::polling::poll_while_leading;
pub use self::run::{RunError, until_told_to_stop};
pub use self::setup::{
    SetupError, bot, invite_key, limits, open_database, open_organisation, practice, retention,
};

use self::clock_watch::Watch;
pub use self::clock_watch::{STEADY, is_far_off};
pub use self::housekeeping::{Forgot, Retention, scrub};
use self::leader::Leader;
use self::run::ToDelivery;
use crate::assistant::{Assistant, Effects, TapAnswer};
use crate::clock::{Clock, Instant};
use crate::delivery::{Authority, Channels, Delivery, Limits};
use crate::disclosure::{Reading, reader};
use crate::domain::practice::Practice;
use crate::message::{Disclosure, Phrase};
use crate::meters::{Levels, Meters};
use crate::outbound;
use crate::reminders::{self, Planner};
use crate::render::{Reader, say};
use crate::store::lease::{Fence, Licence};
use crate::store::{Bots, Db, StoreError, inbox as inbox_rows, notices, outbox, steps};

/// How many taps are answered at the same time.
const TAPS: usize = 8;

/// What an app is made of.
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub practice: Arc<Practice>,
    pub channels: Channels,
    /// The bots whose updates and messages are this process's business, also those that have no
    /// channel now: their people are reached elsewhere, or reported.
    pub bots: Bots,
    pub invite_key: Arc<[u8]>,
    pub limits: Limits,
    pub retention: Retention,
    /// Set where several processes may serve one database: only the holder of the lease works.
    pub lease: Option<Times>,
}

/// The running program, whatever its channels.
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub practice: Arc<Practice>,
    pub inbox: Arc<StoredInbox>,
    assistant: Assistant,
    planner: Planner,
    channels: Arc<Channels>,
    bots: Bots,
    fitting_menus: Mutex<()>,
    delivery: Mutex<Delivery>,
    /// How many answers wait to be sent.
    backlog: watch::Receiver<usize>,
    retention: Retention,
    meters: Arc<Meters>,
    leader: Option<Leader>,
    watch: Watch,
    leading: watch::Sender<bool>,
    probed: health::Probed,
    to_delivery: mpsc::UnboundedSender<ToDelivery>,
    for_delivery: Mutex<mpsc::UnboundedReceiver<ToDelivery>>,
}

impl App {
    pub fn new(parts: Parts) -> Self {
        let Parts { db, clock, practice, channels, bots, invite_key, limits, retention, lease } =
            parts;
        let leader = lease.map(|times| Leader::new(db.clone(), times));
        let fence = leader.as_ref().map_or_else(Fence::alone, Leader::fence);
        let licence = leader.as_ref().map_or_else(Licence::always, Leader::licence);
        let channels = Arc::new(channels);
        let meters = Arc::new(Meters::default());
        let (to_delivery, for_delivery) = mpsc::unbounded_channel();
        let authority = Authority { fence: fence.clone(), licence };
        let delivery = Delivery::new(
            db.clone(),
            practice.clone(),
            channels.clone(),
            bots.clone(),
            authority,
            limits,
            &clock,
        )
        .watched_by(meters.clone());
        Self {
            assistant: Assistant::new(
                db.clone(),
                practice.clone(),
                invite_key,
                bots.clone(),
                fence.clone(),
            ),
            planner: Planner::new(db.clone(), practice.clone(), fence.clone()),
            backlog: delivery.backlog(),
            delivery: Mutex::new(delivery),
            inbox: Arc::new(StoredInbox::new(db.clone(), clock.clone())),

            watch: Watch::new(db.clone(), clock.clone(), practice.doubt.clone(), fence),
            db,
            clock,
            practice,
            channels,
            bots,
            fitting_menus: Mutex::default(),
            retention,
            meters,
            leader,
            leading: watch::Sender::new(false),
            probed: health::Probed::default(),
            to_delivery,
            for_delivery: Mutex::new(for_delivery),
        }
    }

    /// Whether this process handles, plans and sends now.
    pub fn leads(&self) -> watch::Receiver<bool> {
        self.leading.subscribe()
    }

    /// Takes over what an earlier run left in flight. [`App::run`] does it by itself; whoever
    /// settles instead calls it once.
    pub async fn rescue(&self) -> Result<usize, StoreError> {
        self.delivery.lock().await.rescue(self.clock.now()).await
    }

    /// Handles, plans and sends until nothing is left to do at the clock's time.
    pub async fn settle(&self) -> Result<(), StoreError> {
        loop {
            let now = self.watch.look().await?;
            let ticked = self.planner.tick(now).await?;
            let effects = self.assistant.run_waiting(now).await?;
            let handled = effects.handled;
            self.note_handled(&effects);
            let replies = self.after_commit(effects).await;
            let mut delivery = self.delivery.lock().await;
            delivery.take(replies);
            let sent = delivery.drain(now).await?;
            if handled + ticked.queued + ticked.dropped + sent == 0 {
                return Ok(());
            }
        }
    }

    /// Counts what was handled, for the inbox's door and for whoever watches.
    fn note_handled(&self, effects: &Effects) {
        self.inbox.handled(effects.handled);
        self.meters.handled(effects.handled);
        for (feature, took) in &effects.took {
            self.meters.answered(feature, *took);
        }
        self.meters.gave_up(effects.faults);
    }

    /// What this process has counted, and what stands in the database, as OpenMetrics text.
    pub async fn metrics(&self) -> Result<String, StoreError> {
        let now = self.clock.now();
        let age = |since: Instant| (now - since).to_std().unwrap_or_default();
        let mut tx = self.db.read().await?;
        let unfinished = outbox::unfinished(&mut tx).await?;
        let oldest_due = unfinished.iter().map(|some| age(some.first)).max();
        let levels = Levels {
            updates_waiting: inbox_rows::count_waiting(&mut tx).await?,
            oldest_update: inbox_rows::oldest_waiting(&mut tx).await?.map(age).unwrap_or_default(),
            oldest_due: oldest_due.unwrap_or_default(),
            queue: unfinished
                .into_iter()
                .map(|u| (u.lane.as_str(), u.state.as_str(), u.count))
                .collect(),
            reminders_missed: steps::count_dropped(&mut tx).await?
                + notices::count_dropped(&mut tx).await?,
        };
        tx.rollback().await?;
        Ok(self.meters.text(&levels))
    }

    /// Forgets what was kept long enough. [`App::run`] does it by itself, once a day.
    pub async fn forget(&self) -> Result<Forgot, StoreError> {
        let now = self.watch.look().await?;
        if self.practice.doubt.now().is_some() {
            return Ok(Forgot::NothingInDoubt);
        }
        let buttons = outbound::buttons_last(&self.practice);
        housekeeping::forget(&self.db, self.retention, buttons, now).await?;
        Ok(Forgot::WhatWasOld)
    }

    /// When there is something to do again. For whoever settles.
    pub async fn next_due(&self) -> Result<Option<Instant>, StoreError> {
        let delivery = self.delivery.lock().await.wakes_at(self.clock.now()).await?;
        let now = self.clock.now();
        let planned = reminders::next_due(&mut self.db.read().await?).await?;
        // What is left due while the clock is in doubt waits for its end.
        let planned = planned.filter(|at| self.practice.doubt.now().is_none() || *at > now);
        Ok(delivery.into_iter().chain(planned).min())
    }

    /// Stops sending; what was never begun is given back. For whoever settles.
    pub async fn stop(&self) -> Result<(), StoreError> {
        self.delivery.lock().await.stop(self.clock.now()).await
    }

    /// Answers taps and fits menus; gives the replies that go to delivery.
    async fn after_commit(&self, effects: Effects) -> Vec<crate::store::outbox::Held> {
        let Effects { taps, menus, replies, .. } = effects;
        // A call that hangs holds up neither the other taps nor the menus.
        let menus = async {
            if menus && let Err(error) = self.fit_menus().await {
                tracing::warn!(%error, "menus could not be fitted");
            }
        };
        tokio::join!(self.answer_taps(&taps), menus);
        replies
    }

    async fn answer_taps(&self, taps: &[TapAnswer]) {
        let mut answering = FuturesUnordered::new();
        for tap in taps {
            if answering.len() == TAPS {
                answering.next().await;
            }
            answering.push(self.answer_tap(tap));
        }
        while answering.next().await.is_some() {}
    }

    async fn answer_tap(&self, tap: &TapAnswer) {
        let Some(channel) = self.channels.get(&tap.bot) else { return };
        let disclosure = channel.capabilities().disclosure;
        let toast = match &tap.toast {
            Some(toast) => self.toast(tap, toast, disclosure).await,
            None => None,
        };
        channel.answer_tap(&tap.callback, toast.as_deref()).await;
    }

    /// The toast of a tap as its reader may read it; without a database there is none, and the
    /// waiting sign stops all the same.
    async fn toast(
        &self,
        tap: &TapAnswer,
        toast: &Phrase,
        disclosure: Disclosure,
    ) -> Option<String> {
        let reading = Reading { reader: tap.reader, group: None, disclosure, phrases: vec![toast] };
        let read = async {
            let today = self.practice.today(self.clock.now());
            reader(&mut self.db.read().await?, reading, today).await
        };
        let read: Result<Reader, StoreError> = read.await;
        let reader = read.inspect_err(|error| tracing::warn!(%error, "a tap has no toast")).ok()?;
        Some(say(toast, tap.language, disclosure, &reader))
    }
}
