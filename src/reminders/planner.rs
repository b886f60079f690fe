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

use super::{Occasion, Recipient, deadline, due, next_due};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::ids::{MeetingId, StepId};
use crate::domain::month::{self, Step};
use crate::domain::practice::Practice;
use crate::message::{Arg, Block, Message, Phrase};
use crate::store::lease::Fence;
use crate::store::meetings::{self, Meeting, MeetingRule};
use crate::store::outbox::Lane;
use crate::store::post::{Notice, Post};
use crate::store::steps::{self, DueStep, StepState};
use crate::store::units::UnitTree;
use crate::store::{Db, StoreError, Tx, alerts, people};

/// A step that comes this much after its time is marked as late.
const LATE: chrono::TimeDelta = chrono::TimeDelta::minutes(10);

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
    /// Steps that could not be sent in time.
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
            let alerts = alerts::due(&mut tx, now).await?;
            if due.is_empty() && alerts.is_empty() {
                ticked.next = next_due(&mut tx).await?;
                tx.rollback().await?;
                return Ok(ticked);
            }
            let (queued, dropped) = self.fire(&mut tx, due, now).await?;
            let alerted = deadline::fire(&mut tx, &self.practice, alerts, now).await?;
            tx.commit().await?;
            ticked.queued += queued + alerted;
            ticked.dropped += dropped;
        }
    }

    fn planned_on(&self) -> std::sync::MutexGuard<'_, Option<NaiveDate>> {
        self.planned_on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fires due steps meeting by meeting; gives the numbers of messages queued and of steps
    /// dropped.
    async fn fire(
        &self,
        tx: &mut Tx,
        due: Vec<DueStep>,
        now: Instant,
    ) -> Result<(usize, usize), StoreError> {
        let units = UnitTree::load(tx).await?;
        let mut by_meeting: BTreeMap<MeetingId, Vec<DueStep>> = BTreeMap::new();
        for step in due {
            by_meeting.entry(step.meeting).or_default().push(step);
        }
        let mut post = Post::default();
        let (mut queued, mut dropped) = (0, 0);
        for (id, steps) in by_meeting {
            let Some(meeting) = meetings::get(tx, id).await? else { continue };
            let mut lost = Vec::new();
            for (i, step) in steps.iter().enumerate() {
                let superseded = steps[i + 1..].iter().any(|later| later.kind == step.kind);
                let state = self.state_of(step, &meeting, superseded, now);
                if !steps::finish(tx, step.id, state, now).await? {
                    continue;
                }
                match state {
                    StepState::Fired => {
                        queued += self.send(tx, &mut post, &units, &meeting, step, now).await?;
                    }
                    StepState::Dropped => lost.push(step.id),
                    StepState::Planned | StepState::Skipped => {}
                }
            }
            if !lost.is_empty() {
                let steps = lost.len();
                tracing::warn!(unit = meeting.unit.0, steps, "reminders came too late");
                self.tell_dropped(tx, &mut post, &units, &meeting, &lost, now).await?;
                dropped += steps;
            }
        }
        post.flush(tx).await?;
        Ok((queued, dropped))
    }

    fn state_of(
        &self,
        step: &DueStep,
        meeting: &Meeting,
        superseded: bool,
        now: Instant,
    ) -> StepState {
        if meeting.starts_at <= now || now - step.due_at > self.practice.grace {
            StepState::Dropped
        } else if superseded {
            StepState::Skipped
        } else {
            StepState::Fired
        }
    }

    async fn send(
        &self,
        tx: &mut Tx,
        post: &mut Post,
        units: &UnitTree,
        meeting: &Meeting,
        step: &DueStep,
        now: Instant,
    ) -> Result<usize, StoreError> {
        let practice = &*self.practice;
        let words: Step = step.step.parse().map_err(|_| StoreError::Value(step.step.clone()))?;
        let occasion = Occasion { practice, units, meeting, step: words, now };
        let messages = due(tx, &occasion).await?;
        let count = messages.len();
        for mut one in messages {
            if now - step.due_at > LATE {
                one.message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
            }
            let to = match &one.to {
                Recipient::Person { person, .. } => person.code.clone(),
                Recipient::Group(_) => "group".to_owned(),
            };
            let (id, revision) = (meeting.id.0, meeting.revision);
            let dedupe_key = format!("{id}:{revision}:{}:{}:{to}", step.kind, step.step);
            let mut notice = Notice {
                message: one.message,
                unit: Some(meeting.unit),
                dedupe_key,
                fallbacks: &[],
                expires_at: Some(meeting.starts_at),
                lane: Lane::Reminder,
            };
            match one.to {
                Recipient::Person { person, fallbacks } => {
                    notice.fallbacks = &fallbacks;
                    let posted = post.tell(tx, &person, &practice.language, notice, now).await?;
                    steps::remind(tx, step.id, Some(person.id), None, posted.id()).await?;
                }
                Recipient::Group(address) => {
                    let unit = meeting.unit;
                    let language = &practice.language;
                    let posted = post.tell_group(tx, address, unit, language, notice, now).await?;
                    steps::remind(tx, step.id, None, Some(unit), posted.id()).await?;
                }
            }
        }
        Ok(count)
    }

    /// Tells the secretary that reminders were dropped, so that they can tell people themselves.
    async fn tell_dropped(
        &self,
        tx: &mut Tx,
        post: &mut Post,
        units: &UnitTree,
        meeting: &Meeting,
        lost: &[StepId],
        now: Instant,
    ) -> Result<(), StoreError> {
        let today = self.practice.today(now);
        let leaders = people::leaders(tx, meeting.unit, today).await?;
        let Some((first, fallbacks)) = leaders.split_first() else { return Ok(()) };
        let Some(secretary) = people::get(tx, *first, today).await? else { return Ok(()) };
        // Named by a step, which is dropped once: what one tick leaves to the next is told, too.
        let dedupe_key = format!("dropped:{}", lost.first().map_or(0, |step| step.0));
        let notice = Notice {
            message: Message::of(
                Phrase::new("reminder-dropped")
                    .with("name", Arg::Person(secretary.name.clone()))
                    .with("unit", units.name(meeting.unit))
                    .with("count", lost.len()),
            ),
            unit: Some(meeting.unit),
            dedupe_key,
            fallbacks,
            expires_at: None,
            lane: Lane::Reminder,
        };
        post.tell(tx, &secretary, &self.practice.language, notice, now).await.map(drop)
    }
}

/// Makes sure that every branch with a rule has its regular meetings up to the horizon, each with
/// its steps. A meeting that would already have begun is left alone.
async fn plan_meetings(tx: &mut Tx, practice: &Practice, now: Instant) -> Result<(), StoreError> {
    let today = practice.today(now);
    let rules = meetings::rules(tx, &practice.usual_meeting, today).await?;
    // The month before is looked at too: its meeting may have been moved into this one.
    let mut month = Month::of(today).previous();
    for _ in 0..practice.horizon_months + 2 {
        if !practice.calendar.has_year(month.year()) {
            tracing::warn!(year = month.year(), "no list of holidays: only weekends are counted");
        }
        let have = meetings::units_with_regular(tx, &month.to_string()).await?;
        for rule in rules.iter().filter(|rule| !have.contains(&rule.unit)) {
            add_meeting(tx, practice, rule, month, now).await?;
        }
        month = month.next();
    }
    Ok(())
}

async fn add_meeting(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    month: Month,
    now: Instant,
) -> Result<(), StoreError> {
    let start = rule.scheduled(month, &practice.calendar).date.and_time(rule.habit.time);
    let starts_at = practice.instant(start);
    if starts_at <= now {
        return Ok(());
    }
    let period = month.to_string();
    let added = meetings::add_regular(tx, rule.unit, &period, starts_at, &rule.habit.place).await?;
    let Some(meeting) = added else { return Ok(()) };
    for step in month::plan(start, &practice.calendar, &practice.leads) {
        let due = practice.instant(step.at);
        // Nobody expected what was past when the meeting was planned.
        let state = if due < now { StepState::Skipped } else { StepState::Planned };
        let (kind, name) = (step.kind.as_str(), step.step.to_string());
        steps::plan(tx, meeting, 1, kind, &name, due, state).await?;
    }
    Ok(())
}
