//! The loops: each waits for news or for time, and calls what the tests call.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::App;
use super::housekeeping::{Forgot, Scrubbing};
use crate::reminders::Ticked;
use crate::store::StoreError;
use crate::store::outbox::Held;

/// How often inbox and outbox are looked at without being told: another process may have written.
const LOOK: Duration = Duration::from_secs(1);
/// How often menus are looked at without being told.
const MENUS: Duration = Duration::from_secs(5);
/// How many answers may wait to be sent while more updates are handled.
const BACKLOG: usize = 1_000;
/// How often the clock is looked at.
const WATCH: Duration = Duration::from_secs(3);
/// How long to wait after the database was away.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a stop waits for taps to be answered.
const LAST_TAPS: Duration = Duration::from_secs(2);
/// The planner looks at least this often, so that a machine that slept or whose clock was moved
/// is not left waiting.
const PLAN: TimeDelta = TimeDelta::minutes(1);

/// Why the program ends without being told to.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It could not begin to work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A loop ended or panicked. Half a program is worse than none, so the others were stopped, too.
    #[error("a part of the program gave way; see the log")]
    LoopEnded,
}

/// What the delivery loop is told.
pub(super) enum ToDelivery {
    /// Replies, claimed by the handling that made them.
    Replies(Vec<Held>),
    /// Something was queued.
    Look,
    /// Send all that is due, and say when it is done.
    Drain(oneshot::Sender<()>),
}

impl App {
    /// Runs until the token is cancelled. Where several processes share the database it works only
    /// while it leads, and stands by while it does not.
    pub async fn run(self: Arc<Self>, shutdown: CancellationToken) -> Result<(), RunError> {
        let Some(leader) = &self.leader else { return self.clone().work(shutdown).await };
        while let Some(term) = leader.acquire(&shutdown).await {
            let term_ends = shutdown.child_token();
            // The proofs of life go on while the work is being ended.
            let ended = CancellationToken::new();
            let work = async {
                let outcome = self.clone().work(term_ends.clone()).await;
                ended.cancel();
                outcome
            };
            let keep = async {
                leader.lead(term, &ended).await;
                term_ends.cancel();
            };
            let (outcome, ()) = tokio::join!(work, keep);
            match outcome {
                // It could not begin; the next time it may.
                Err(RunError::Store(error)) if error.is_away() => {
                    tracing::warn!(%error, "the work could not begin");
                    leader.give_back(term).await;
                    tokio::time::sleep(PAUSE).await;
                }
                outcome => outcome?,
            }
            if shutdown.is_cancelled() {
                leader.give_back(term).await;
                return Ok(());
            }
            self.delivery.lock().await.forget().await;
        }
        Ok(())
    }

    /// Works until the token is cancelled, and then stops in order: handling and planning finish
    /// what they are at, delivery brings home what is in flight.
    async fn work(self: Arc<Self>, shutdown: CancellationToken) -> Result<(), RunError> {
        self.watch.begin();
        let outcome = self.clone().work_watched(shutdown).await;
        self.watch.end();
        outcome
    }

    async fn work_watched(self: Arc<Self>, shutdown: CancellationToken) -> Result<(), RunError> {
        self.watch.look().await?;
        self.assistant.begin_anew();
        self.rescue().await?;
        // The first questions may be about meetings, so these are planned first.
        self.plan_once().await?;
        self.inbox.recount().await?;
        self.leading.send_replace(true);
        self.meters.begins_to_lead();
        let mut loops = JoinSet::new();
        loops.spawn(self.clone().handling(shutdown.clone()));
        loops.spawn(self.clone().planning(shutdown.clone()));
        loops.spawn(self.clone().menus(shutdown.clone()));
        loops.spawn(self.clone().watching(shutdown.clone()));
        let delivery_stops = CancellationToken::new();
        let mut delivering = tokio::spawn(self.clone().delivering(delivery_stops.clone()));
        let mut broken = false;
        loop {
            tokio::select! {
                ended = loops.join_next() => match ended {
                    Some(Ok(())) => {}
                    Some(Err(error)) => {
                        // Whoever supervises starts the program anew.
                        tracing::error!(%error, "a loop gave way");
                        broken = true;
                        shutdown.cancel();
                    }
                    None => break,
                },
                ended = &mut delivering, if !broken => {
                    tracing::error!(ended = ended.is_ok(), "delivery gave way");
                    broken = true;
                    shutdown.cancel();
                }
            }
        }
        self.leading.send_replace(false);
        self.meters.leads_no_more();
        // Delivery goes last, so that the answers just handled still leave.
        delivery_stops.cancel();
        if !delivering.is_finished() && delivering.await.is_err() {
            broken = true;
        }
        if broken {
            return Err(RunError::LoopEnded);
        }
        Ok(())
    }

    async fn handling(self: Arc<Self>, shutdown: CancellationToken) {
        let answers = TaskTracker::new();
        let mut backlog = self.backlog.clone();
        while !shutdown.is_cancelled() {
            // Answers that cannot leave yet wait in memory, so no more are made meanwhile.
            tokio::select! {
                () = shutdown.cancelled() => break,
                waited = backlog.wait_for(|waiting| *waiting < BACKLOG) => if waited.is_err() { break },
            }
            match self.assistant.run_waiting(self.watch.now()).await {
                Ok(effects) if effects.handled > 0 => {
                    self.note_handled(&effects);
                    let mut effects = effects;
                    self.tell_delivery(ToDelivery::Replies(std::mem::take(&mut effects.replies)));
                    let more = effects.more;
                    let app = self.clone();
                    // The platform may be slow to take these; nobody waits for them.
                    answers.spawn(async move { app.after_commit(effects).await });
                    if more {
                        continue;
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "updates cannot be handled now");
                    tokio::time::sleep(PAUSE).await;
                }
            }
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = self.inbox.arrival() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        answers.close();
        let _ = tokio::time::timeout(LAST_TAPS, answers.wait()).await;
    }

    async fn planning(self: Arc<Self>, shutdown: CancellationToken) {
        let mut cleaned = None;
        let mut scrubbing = Scrubbing::default();
        let mut stumbled = false;
        loop {
            let now = self.clock.now();
            let next = match self.plan_once().await {
                Ok(ticked) => {
                    // A commit whose answer was lost may have queued something.
                    if std::mem::take(&mut stumbled) {
                        self.tell_delivery(ToDelivery::Look);
                    }
                    ticked.next
                }
                Err(error) => {
                    stumbled = true;
                    tracing::error!(%error, "nothing can be planned now");
                    tokio::time::sleep(PAUSE).await;
                    Some(now)
                }
            };
            let today = self.practice.today(now);
            if cleaned != Some(today) {
                match self.forget().await {
                    Ok(Forgot::WhatWasOld) => cleaned = Some(today),
                    Ok(Forgot::NothingInDoubt) => {}
                    Err(error) => tracing::error!(%error, "housekeeping failed"),
                }
            }
            scrubbing.go_on(&self.db, today).await;
            // From now on: a clock that was set back since would make it long until then.
            let wait = next.map_or(PLAN, |next| (next - now).min(PLAN));
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = self.clock.sleep_until(Some(self.clock.now() + wait)) => {}
            }
        }
    }

    /// One tick of the planner; delivery is told if something was queued.
    pub(super) async fn plan_once(&self) -> Result<Ticked, StoreError> {
        let ticked = self.planner.tick(self.watch.look().await?).await?;
        if ticked.queued + ticked.dropped > 0 {
            self.tell_delivery(ToDelivery::Look);
        }
        Ok(ticked)
    }

    /// Looks at the clock, and whether somebody said that it is right.
    async fn watching(self: Arc<Self>, shutdown: CancellationToken) {
        loop {
            let was = self.practice.doubt.now();
            match self.watch.look().await {
                // What waited for the end of a doubt is due now.
                Ok(_) if was.is_some() && self.practice.doubt.now().is_none() => {
                    if let Err(error) = self.plan_once().await {
                        tracing::error!(%error, "nothing can be planned now");
                    }
                    self.tell_delivery(ToDelivery::Look);
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "the clock cannot be watched"),
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(WATCH) => {}
            }
        }
    }

    async fn menus(self: Arc<Self>, shutdown: CancellationToken) {
        tokio::select! {
            () = shutdown.cancelled() => {}
            shown = self.show_menus() => if let Err(error) = shown {
                tracing::warn!(%error, "the menus could not be prepared");
            }
        }
        // Others change offices, too: a page of another process, the command line.
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(MENUS) => {}
            }
            if let Err(error) = self.fit_menus().await {
                tracing::warn!(%error, "menus could not be fitted");
            }
        }
    }

    async fn delivering(self: Arc<Self>, shutdown: CancellationToken) {
        let mut delivery = self.delivery.lock().await;
        let mut news = self.for_delivery.lock().await;
        let mut next = Some(self.clock.now());
        // Whoever does something from a page or the command line tells nobody here, and waits no longer
        // where there is much to send.
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let mut drained = None;
            tokio::select! {
                biased;
                Some(told) = news.recv() => match told {
                    ToDelivery::Replies(replies) => delivery.take(replies),
                    ToDelivery::Look => delivery.look(),
                    ToDelivery::Drain(done) => drained = Some(done),
                },
                () = shutdown.cancelled() => break,
                _ = looks.tick() => delivery.look(),
                () = delivery.landed() => {}
                () = self.clock.sleep_until(next) => {}
            }
            let now = self.watch.now();
            let turned = match &drained {
                Some(_) => delivery.drain(now).await.map(|_| None),
                None => delivery.turn(now).await.map(|turn| turn.next),
            };
            next = match turned {
                Ok(next) => next,
                Err(error) => {
                    tracing::error!(%error, "nothing can be sent now");
                    tokio::time::sleep(PAUSE).await;
                    Some(self.clock.now())
                }
            };
            if let Some(done) = drained {
                next = Some(self.clock.now());
                // Whoever asked may have left.
                let _ = done.send(());
            }
        }
        while let Ok(told) = news.try_recv() {
            if let ToDelivery::Replies(replies) = told {
                delivery.take(replies);
            }
        }
        let now = self.clock.now();
        if let Err(error) = delivery.drain_replies(now).await {
            tracing::error!(%error, "the last answers could not be sent");
        }
        if let Err(error) = delivery.stop(now).await {
            tracing::error!(%error, "delivery could not stop in order");
        }
    }

    /// Waits until everything due has been sent.
    pub(super) async fn sent(&self) {
        let (done, heard) = oneshot::channel();
        self.tell_delivery(ToDelivery::Drain(done));
        let _ = heard.await;
    }

    pub(super) fn tell_delivery(&self, what: ToDelivery) {
        // The loop ends only after everyone who could tell it something.
        let _ = self.to_delivery.send(what);
    }
}

/// Returns at the first SIGTERM or Ctrl-C.
pub async fn until_told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}
