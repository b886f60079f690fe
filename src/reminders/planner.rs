//! Makes meetings from rules, steps from meetings, and messages from steps that are due.
//!
//! A reminder exists once: a step fires by compare-and-set, and each of its messages has a key
//! that the outbox takes only once. The planner may run twice, late, or on several machines. What
//! it finds late is sent and marked within the grace; older, or past the meeting, it is dropped,
//! recorded, and the secretary is told how much was. Of several steps of one kind that are due at
//! once only the last is sent: never a flood.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use tracing::Span;
use tracing::field::Empty;

use super::round::{Round, read};
use super::{deadline, digest, next_due, notice};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::ids::MeetingId;
use crate::domain::month::Step;
use crate::domain::practice::Practice;
use crate::spans;
use crate::store::lease::Fence;
use crate::store::meetings::{self, Meeting};
use crate::store::steps::{self, DueStep, StepState};
use crate::store::{Db, StoreError, Tx, alerts, deferrals, digests, notices};
use crate::timetable;

pub struct Planner {
    db: Db,
    practice: Arc<Practice>,
    fence: Fence,
    /// The day for which meetings and alerts were last planned ahead; they are looked at once a day.
    planned_on: Mutex<Option<NaiveDate>>,
}

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Messages queued.
    pub queued: usize,
    /// Steps, and reminders of notices, that could not be sent in time.
    pub dropped: usize,
    /// When the planner wants to be called again, apart from the next midnight.
    pub next: Option<Instant>,
}

impl Planner {
    pub fn new(db: Db, practice: Arc<Practice>, fence: Fence) -> Self {
        Self { db, practice, fence, planned_on: Mutex::default() }
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
        let today = self.practice.today(now);
        if *self.planned_on() != Some(today) {
            let mut tx = self.db.begin().await?;
            self.fence.check(&mut tx).await?;
            plan_meetings(&mut tx, &self.practice, now).await?;
            deadline::plan(&mut tx, &self.practice, now).await?;
            tx.commit().await?;
            *self.planned_on() = Some(today);
        }
        let mut ticked = Ticked::default();
        loop {
            let mut tx = self.db.begin().await?;
            self.fence.check(&mut tx).await?;
            let due = steps::due(&mut tx, now).await?;
            let woken = deferrals::due(&mut tx, now).await?;
            let alerts = alerts::due(&mut tx, now).await?;
            let digests = digests::due(&mut tx, now).await?;
            let unread = notices::due(&mut tx, now).await?;
            let nothing = due.is_empty() && woken.is_empty() && alerts.is_empty();
            if nothing && digests.is_empty() && unread.is_empty() {
                ticked.next = next_due(&mut tx).await?;
                tx.rollback().await?;
                return Ok(ticked);
            }
            let mut round = Round::new(&self.practice, &mut tx, now).await?;
            self.fire(&mut tx, &mut round, due).await?;
            round.wake(&mut tx, woken).await?;
            deadline::fire(&mut tx, &mut round, alerts).await?;
            digest::fire(&mut tx, &mut round, digests).await?;
            notice::fire(&mut tx, &mut round, unread).await?;
            let Round { queued, dropped, post, .. } = round;
            post.flush(&mut tx).await?;
            tx.commit().await?;
            ticked.queued += queued;
            ticked.dropped += dropped;
        }
    }

    fn planned_on(&self) -> std::sync::MutexGuard<'_, Option<NaiveDate>> {
        self.planned_on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fires due steps meeting by meeting.
    async fn fire(
        &self,
        tx: &mut Tx,
        round: &mut Round<'_>,
        due: Vec<DueStep>,
    ) -> Result<(), StoreError> {
        let mut by_meeting: BTreeMap<MeetingId, Vec<DueStep>> = BTreeMap::new();
        for step in due {
            by_meeting.entry(step.meeting).or_default().push(step);
        }
        for (id, steps) in by_meeting {
            let Some(meeting) = meetings::get(tx, id).await? else { continue };
            let mut lost = Vec::new();
            for (i, step) in steps.iter().enumerate() {
                let words = read(step)?;
                // Each rung of the ladder is somebody else.
                let superseded = !words.outlives_meeting()
                    && steps[i + 1..].iter().any(|later| later.kind == step.kind);
                let state = self.state_of(step, words, &meeting, superseded, round.now);
                if !steps::finish(tx, step.id, state, round.now).await? {
                    continue;
                }
                match state {
                    StepState::Fired => round.send(tx, &meeting, step).await?,
                    StepState::Dropped => lost.push(step.id),
                    StepState::Planned | StepState::Skipped => {}
                }
            }
            if !lost.is_empty() {
                tracing::warn!(
                    unit = meeting.unit.0,
                    steps = lost.len(),
                    "reminders came too late"
                );
                round.tell_dropped(tx, &meeting, &lost).await?;
                round.dropped += lost.len();
            }
        }
        Ok(())
    }

    fn state_of(
        &self,
        step: &DueStep,
        words: Step,
        meeting: &Meeting,
        superseded: bool,
        now: Instant,
    ) -> StepState {
        let over = meeting.starts_at <= now && !words.outlives_meeting();
        if over || now - step.due_at > self.practice.grace {
            StepState::Dropped
        } else if superseded {
            StepState::Skipped
        } else {
            StepState::Fired
        }
    }
}

/// Makes the meetings of the coming months.
async fn plan_meetings(tx: &mut Tx, practice: &Practice, now: Instant) -> Result<(), StoreError> {
    let today = practice.today(now);
    let mut month = Month::of(today);
    for _ in 0..=practice.horizon_months {
        if !practice.calendar.has_year(month.year()) {
            tracing::warn!(year = month.year(), "no list of holidays: only weekends are counted");
        }
        digest::plan(tx, practice, month, now).await?;
        month = month.next();
    }
    let rules = meetings::rules(tx, &practice.usual_meeting, today).await?;
    timetable::plan_ahead(tx, practice, &rules, now).await
}
