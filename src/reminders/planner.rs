//! Plans ahead once a day, and fires whatever falls due.
//!
//! A reminder exists once: what is planned fires by compare-and-set, and each of its messages has a key
//! that the outbox takes only once. The planner may run twice, late, or on several machines. What it
//! finds late is sent and marked within the grace; older, it is dropped, recorded, and somebody is told
//! what was. Of several things that say the same only the last is sent: never a flood.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{NaiveDate, TimeDelta};
use tracing::Span;
use tracing::field::Empty;

use super::deferral::QUIET_LASTS;
use super::round::Round;
use super::{SOURCES, next_due};
use crate::clock::Instant;
use crate::domain::practice::Practice;
use crate::domain::quiet::Rest;
use crate::outbound;
use crate::spans;
use crate::store::lease::Fence;
use crate::store::{Db, StoreError, Tx, Written, astray, deeds, people};

/// What ended so much later than now ended by a clock that was wrong; clocks are set a little all the time.
const LATER: TimeDelta = TimeDelta::minutes(5);

pub struct Planner {
    db: Db,
    practice: Arc<Practice>,
    fence: Fence,
    /// The day on which everything was last planned ahead.
    planned_on: Mutex<Option<NaiveDate>>,
    /// When the clock was found to have leapt, until what is ahead was planned since.
    leapt: Mutex<Option<Instant>>,
}

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Messages queued.
    pub queued: usize,
    /// What could not be sent in time.
    pub dropped: usize,
    /// When the planner wants to be called again, apart from the next midnight.
    pub next: Option<Instant>,
}

impl Planner {
    pub fn new(db: Db, practice: Arc<Practice>, fence: Fence) -> Self {
        Self { db, practice, fence, planned_on: Mutex::default(), leapt: Mutex::default() }
    }

    /// Plans ahead and fires what is due. Calling it again changes nothing.
    pub async fn tick(&self, now: Instant) -> Result<Ticked, StoreError> {
        let span = tracing::error_span!("tick", queued = Empty, dropped = Empty);
        let tick = async {
            let ticked = self.plan_and_fire(now).await?;
            Span::current().record("queued", ticked.queued).record("dropped", ticked.dropped);
            Ok(ticked)
        };
        spans::timed(span, tick).await.0
    }

    async fn plan_and_fire(&self, now: Instant) -> Result<Ticked, StoreError> {
        let doubted = self.practice.doubt.now();
        if let Some(doubted) = doubted {
            *held(&self.leapt) = Some(doubted.since);
        } else {
            self.plan(now).await?;
        }
        let mut ticked = Ticked::default();
        loop {
            let mut tx = self.db.begin().await?;
            let next = next_due(&mut tx).await?;
            if next.is_none_or(|next| next > now) {
                ticked.next = next;
                tx.rollback().await?;
                return Ok(ticked);
            }
            // The lease is not held while others' deeds are waited for.
            deeds::take_turn(&mut tx).await?;
            self.fence.check(&mut tx).await?;
            let mut round = Round::new(&self.practice, &mut tx, now).await?;
            for source in SOURCES {
                source.fire(&mut tx, &mut round).await?;
            }
            if doubted.is_some() && tx.take_written() == Written::default() {
                // What is left stays due until the clock is beyond doubt.
                tx.rollback().await?;
                return Ok(ticked);
            }
            let Round { queued, dropped, post, .. } = round;
            post.flush(&mut tx).await?;
            tx.commit().await?;
            ticked.queued += queued;
            ticked.dropped += dropped;
        }
    }

    /// Plans ahead, once a day and after a doubt about the clock. Nothing is planned during one: by a clock
    /// that is a year ahead, next year's meetings would be made by this year's rules.
    async fn plan(&self, now: Instant) -> Result<(), StoreError> {
        let today = self.practice.today(now);
        let leapt = *held(&self.leapt);
        if *held(&self.planned_on) == Some(today) && leapt.is_none() {
            return Ok(());
        }
        // What fell due meanwhile was expected, and is found late.
        let from =
            leapt.filter(|at| now - *at <= self.practice.grace).map_or(now, |at| at.min(now));
        let mut tx = self.db.begin().await?;
        deeds::take_turn(&mut tx).await?;
        self.fence.check(&mut tx).await?;
        let mut restored = astray::restore(&mut tx, now + LATER, now).await?;
        for source in SOURCES {
            restored += source.restore(&mut tx, now + LATER, from).await?;
            source.plan(&mut tx, &self.practice, from).await?;
        }
        restored += self.bring_nearer(&mut tx, now).await?;
        tx.commit().await?;
        if restored > 0 {
            tracing::warn!(restored, "what fell away by a wrong clock is planned again");
        }
        *held(&self.planned_on) = Some(today);
        *held(&self.leapt) = None;
        Ok(())
    }
}

impl Planner {
    /// What a clock that showed more would hold back until then: by quiet hours, as those are now, or because
    /// somebody had put it off.
    async fn bring_nearer(&self, tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
        let (practice, after) = (&self.practice, now + QUIET_LASTS);
        let mut persons = BTreeSet::from_iter(astray::kept_from(tx, after).await?);
        for source in SOURCES {
            persons.extend(source.kept_from(tx, after).await?);
        }
        let persons = Vec::from_iter(persons);
        for person in people::load(tx, &persons, practice.today(now)).await? {
            let language = practice.language_of(&person);
            outbound::follow_choices(tx, practice, person.id, language, now).await?;
        }
        // Answers, and what goes to groups and to whoever cannot be written to any more.
        let usual = practice.held_until(Rest::Usual, now).unwrap_or(now);
        let mut nearer = astray::bring_nearer(tx, after, usual, now).await?;
        for source in SOURCES {
            nearer += source.bring_nearer(tx, practice, now).await?;
        }
        Ok(nearer + u64::try_from(persons.len()).unwrap_or_default())
    }
}

fn held<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
