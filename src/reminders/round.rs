//! The messages of one tick, and how a step's reach everyone they are for.

use std::sync::Arc;

use super::{Due, Occasion, Recipient, due};
use crate::clock::Instant;
use crate::domain::due::{Fate, Timeliness, Window};
use crate::domain::ids::StepId;
use crate::domain::month::Step;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Arg, Block, Message, Phrase};
use crate::operations::{Actor, Work};
use crate::outbound::{self, Notification, Post};
use crate::store::deferrals::{self, Cause};
use crate::store::meetings::Meeting;
use crate::store::steps::{self, DueStep};
use crate::store::{StoreError, Tx};

/// What the audit would call the channel by which time does something.
const TIME: &str = "time";

/// What one transaction of the planner sends.
pub(super) struct Round<'p> {
    pub practice: &'p Practice,
    pub units: Arc<UnitTree>,
    pub now: Instant,
    pub post: Post,
    /// Messages queued, or deferred to the end of quiet hours.
    pub queued: usize,
    /// What could not be sent in time, or not to somebody.
    pub dropped: usize,
}

/// A step on its way to one recipient.
pub(super) struct Errand<'a> {
    pub step: &'a DueStep,
    /// When it was to come to this recipient.
    pub expected: Instant,
    /// What tells this message from others of the step to the same recipient.
    pub key: String,
}

impl<'p> Round<'p> {
    pub async fn new(
        practice: &'p Practice,
        tx: &mut Tx,
        now: Instant,
    ) -> Result<Self, StoreError> {
        let units = Arc::new(UnitTree::load(tx).await?);
        Ok(Self { practice, units, now, post: Post::default(), queued: 0, dropped: 0 })
    }

    /// What an operation has at hand that time does.
    pub fn work<'w>(&'w mut self, tx: &'w mut Tx) -> Work<'w> {
        Work {
            tx,
            by: Actor::Time,
            channel: TIME,
            practice: self.practice,
            now: self.now,
            units: self.units.clone(),
            post: &mut self.post,
            occasion: self.now.timestamp_millis().to_string(),
        }
    }

    /// What is looked at.
    pub fn window(&self) -> Window {
        match self.practice.doubt.now() {
            Some(_) => Window::in_doubt(self.now, self.practice.grace),
            None => self.now.into(),
        }
    }

    /// Whether nothing is to become of something yet: it would fall away by a clock that is in doubt.
    pub fn leaves_due(&self, fate: Fate) -> bool {
        fate == Fate::Dropped && self.practice.doubt.now().is_some()
    }

    /// How late something is found that was due at a time.
    pub fn timeliness(&self, due_at: Instant) -> Timeliness {
        Timeliness::after(self.now - due_at, self.practice.grace)
    }

    /// Sends a step to everyone it reaches.
    pub async fn send(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        step: &DueStep,
    ) -> Result<(), StoreError> {
        let mut late = Vec::new();
        for one in self.due(tx, meeting, step.step).await? {
            let errand = Errand { step, expected: step.due_at, key: String::new() };
            late.extend(self.post_one(tx, meeting, &errand, one).await?);
        }
        self.tell_too_late(tx, meeting, step, &late).await
    }

    pub async fn due(
        &self,
        tx: &mut Tx,
        meeting: &Meeting,
        step: Step,
    ) -> Result<Vec<Due>, StoreError> {
        let (practice, units, now) = (self.practice, &self.units, self.now);
        due(tx, &Occasion { practice, units, meeting, step, now }).await
    }

    /// Queues one message, or defers it to the end of quiet hours. Gives the person back whom it
    /// could only reach too late.
    pub async fn post_one(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        errand: &Errand<'_>,
        mut one: Due,
    ) -> Result<Option<Person>, StoreError> {
        let step = errand.step;
        if self.timeliness(errand.expected) >= Timeliness::Late {
            one.message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
        }
        let to = match &one.to {
            Recipient::Person(to) => to.person.code.clone(),
            Recipient::Group(_) => "group".to_owned(),
        };
        let (id, revision, suffix) = (meeting.id.0, meeting.revision, &errand.key);
        let key = format!("{id}:{revision}:{}:{}:{to}{suffix}", step.step.kind(), step.step);
        let expires_at = (!step.step.outlives_meeting()).then_some(meeting.starts_at);
        let notification =
            Notification { expires_at, ..Notification::new(one.message, meeting.unit, key) };
        self.queued += 1;
        match one.to {
            Recipient::Person(to) => {
                let (route, person) = (to.route(tx).await?, to.person);
                match route.held_until(self.practice, self.now) {
                    Some(at) if notification.expires_at.is_some_and(|end| end <= at) => {
                        return Ok(Some(person));
                    }
                    Some(at) => {
                        deferrals::plan(tx, step.id, person.id, Cause::Quiet, at).await?;
                    }
                    None => {
                        let practice = self.practice;
                        let posted = self
                            .post
                            .notify_by(tx, route, &person, practice, notification, self.now)
                            .await?;
                        steps::remind(tx, step.id, Some(person.id), None, posted.id()).await?;
                    }
                }
            }
            Recipient::Group(address) => {
                let (practice, unit) = (self.practice, meeting.unit);
                let posted = self
                    .post
                    .notify_group(tx, address, unit, practice, notification, self.now)
                    .await?;
                steps::remind(tx, step.id, None, Some(unit), posted.id()).await?;
            }
        }
        Ok(None)
    }

    pub fn today(&self) -> chrono::NaiveDate {
        self.practice.today(self.now)
    }

    /// Tells the secretary that reminders were dropped, so that they can tell people themselves.
    pub async fn tell_dropped(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        lost: &[StepId],
    ) -> Result<(), StoreError> {
        // Named by a step, which is dropped once: what one tick leaves to the next is told, too.
        let (step, now) = (lost.first().map_or(0, |step| step.0), self.now.timestamp_millis());
        // And what was planned again after a leap of the clock may be dropped again.
        let key = format!("dropped:{step}:{now}");
        self.tell_secretary(tx, meeting, "reminder-dropped", ("count", lost.len().into()), key)
            .await
    }

    /// Tells the secretary whom a step could not reach before it lost its meaning.
    pub async fn tell_too_late(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        step: &DueStep,
        late: &[Person],
    ) -> Result<(), StoreError> {
        let Some(first) = late.first() else { return Ok(()) };
        tracing::warn!(unit = meeting.unit.0, people = late.len(), "quiet hours end too late");
        self.dropped += 1;
        let names = late.iter().map(|person| Arg::Who(person.id)).collect();
        let people = ("people", Arg::List(names));
        let key = format!("too-late:{}:{}", step.id.0, first.id.0);
        self.tell_secretary(tx, meeting, "reminder-too-late", people, key).await
    }

    async fn tell_secretary(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        key: &str,
        told: (&str, Arg),
        dedupe_key: String,
    ) -> Result<(), StoreError> {
        let today = self.today();
        let leader = outbound::leader(tx, meeting.unit, today).await?;
        let Some(leader) = leader else { return Ok(()) };
        let phrase = Phrase::new(key)
            .with(told.0, told.1)
            .with("name", leader.person.id)
            .with("unit", self.units.name(meeting.unit));
        let notification = Notification::new(Message::of(phrase), meeting.unit, dedupe_key);
        self.post.notify(tx, &leader, self.practice, notification, self.now).await.map(drop)
    }
}
