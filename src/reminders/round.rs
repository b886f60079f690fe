//! The messages of one tick: a step's to everyone it reaches, and later to those for whom it was
//! deferred, out of quiet hours or because they asked to be reminded again.

use super::{Due, LATE, Occasion, Recipient, due};
use crate::clock::Instant;
use crate::domain::ids::StepId;
use crate::domain::month::Step;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Arg, Block, Message, Phrase};
use crate::outbound::{self, Addressee, Notification, Post, route};
use crate::store::deferrals::{self, Cause, Deferred};
use crate::store::meetings::{self, Meeting};
use crate::store::outbox::Lane;
use crate::store::steps::{self, DueStep, StepState};
use crate::store::{StoreError, Tx, people};

/// What one transaction of the planner sends.
pub(super) struct Round<'p> {
    pub practice: &'p Practice,
    pub units: UnitTree,
    pub now: Instant,
    pub post: Post,
    /// Messages queued, or deferred to the end of quiet hours.
    pub queued: usize,
    /// Steps that could not be sent in time, or not to somebody.
    pub dropped: usize,
}

/// A step on its way to one recipient.
struct Errand<'a> {
    step: &'a DueStep,
    /// When it was to come to this recipient.
    expected: Instant,
    /// What tells this message from others of the step to the same recipient.
    key: String,
}

/// The step in the domain's words.
pub(super) fn read(step: &DueStep) -> Result<Step, StoreError> {
    step.step.parse().map_err(|_| StoreError::Unreadable(step.step.clone()))
}

impl<'p> Round<'p> {
    pub async fn new(
        practice: &'p Practice,
        tx: &mut Tx,
        now: Instant,
    ) -> Result<Self, StoreError> {
        let units = UnitTree::load(tx).await?;
        Ok(Self { practice, units, now, post: Post::default(), queued: 0, dropped: 0 })
    }

    /// Sends a step to everyone it reaches.
    pub async fn send(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        step: &DueStep,
    ) -> Result<(), StoreError> {
        let mut late = Vec::new();
        for one in self.due(tx, meeting, read(step)?).await? {
            let errand = Errand { step, expected: step.due_at, key: String::new() };
            late.extend(self.post_one(tx, meeting, &errand, one).await?);
        }
        self.tell_too_late(tx, meeting, step, &late).await
    }

    async fn due(
        &self,
        tx: &mut Tx,
        meeting: &Meeting,
        step: Step,
    ) -> Result<Vec<Due>, StoreError> {
        let (practice, units, now) = (self.practice, &self.units, self.now);
        due(tx, &Occasion { practice, units, meeting, step, now }).await
    }

    /// Sends what was deferred and is still wanted.
    pub async fn wake(&mut self, tx: &mut Tx, woken: Vec<Deferred>) -> Result<(), StoreError> {
        for deferred in woken {
            let Some(meeting) = meetings::get(tx, deferred.step.meeting).await? else { continue };
            let state = self.state_of(tx, &deferred, &meeting).await?;
            if !deferrals::finish(tx, deferred.id, state, self.now).await? {
                continue;
            }
            match state {
                StepState::Fired => self.send_again(tx, &meeting, &deferred).await?,
                StepState::Dropped => {
                    let person = people::get(tx, deferred.person, self.today()).await?;
                    let late = Vec::from_iter(person);
                    self.tell_too_late(tx, &meeting, &deferred.step, &late).await?;
                }
                StepState::Planned | StepState::Skipped => {}
            }
        }
        Ok(())
    }

    async fn state_of(
        &self,
        tx: &mut Tx,
        deferred: &Deferred,
        meeting: &Meeting,
    ) -> Result<StepState, StoreError> {
        let lasting = read(&deferred.step)?.outlives_meeting();
        let over = meeting.starts_at <= self.now && !lasting;
        let late = self.now - deferred.wake_at > self.practice.grace;
        let gone = deferred.revision != meeting.revision
            || !lasting && deferrals::overtaken(tx, deferred, self.now).await?;
        Ok(match deferred.cause {
            _ if gone => StepState::Skipped,
            // Whoever put it off was reminded once.
            Cause::Snooze if over || late => StepState::Skipped,
            Cause::Quiet if over || late => StepState::Dropped,
            Cause::Quiet | Cause::Snooze => StepState::Fired,
        })
    }

    /// Sends a deferred step to the person it was deferred for, or to who holds the office now.
    async fn send_again(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        deferred: &Deferred,
    ) -> Result<(), StoreError> {
        let words = read(&deferred.step)?;
        let key = match deferred.cause {
            Cause::Quiet => String::new(),
            Cause::Snooze => format!(":again-{}", deferred.wake_at.timestamp_millis()),
        };
        let errand = Errand { step: &deferred.step, expected: deferred.wake_at, key };
        let mut late = Vec::new();
        for one in self.due(tx, meeting, words).await? {
            let for_them = match &one.to {
                Recipient::Person(to) => to.person.id == deferred.person || words.is_for_office(),
                Recipient::Group(_) => false,
            };
            if for_them {
                late.extend(self.post_one(tx, meeting, &errand, one).await?);
            }
        }
        self.tell_too_late(tx, meeting, &deferred.step, &late).await
    }

    /// Queues one message, or defers it to the end of quiet hours. Gives the person back whom it
    /// could only reach too late.
    async fn post_one(
        &mut self,
        tx: &mut Tx,
        meeting: &Meeting,
        errand: &Errand<'_>,
        mut one: Due,
    ) -> Result<Option<Person>, StoreError> {
        let step = errand.step;
        if self.now - errand.expected > LATE {
            one.message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
        }
        let to = match &one.to {
            Recipient::Person(to) => to.person.code.clone(),
            Recipient::Group(_) => "group".to_owned(),
        };
        let (id, revision, suffix) = (meeting.id.0, meeting.revision, &errand.key);
        let mut notification = Notification {
            message: one.message,
            unit: Some(meeting.unit),
            dedupe_key: format!("{id}:{revision}:{}:{}:{to}{suffix}", step.kind, step.step),
            fallbacks: &[],
            expires_at: (!read(step)?.outlives_meeting()).then_some(meeting.starts_at),
            lane: Lane::Reminder,
        };
        self.queued += 1;
        match one.to {
            Recipient::Person(Addressee { person, fallbacks }) => {
                let route = route(tx, person.id, &fallbacks).await?;
                match route.held_until(self.practice, self.now) {
                    Some(at) if notification.expires_at.is_some_and(|end| end <= at) => {
                        return Ok(Some(person));
                    }
                    Some(at) => {
                        deferrals::plan(tx, step.id, person.id, Cause::Quiet, at).await?;
                    }
                    None => {
                        notification.fallbacks = &fallbacks;
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

    fn today(&self) -> chrono::NaiveDate {
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
        let key = format!("dropped:{}", lost.first().map_or(0, |step| step.0));
        self.tell_secretary(tx, meeting, "reminder-dropped", ("count", lost.len().into()), key)
            .await
    }

    /// Tells the secretary whom a step could not reach before it lost its meaning.
    async fn tell_too_late(
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
        let Some(Addressee { person, fallbacks }) = leader else { return Ok(()) };
        let phrase = Phrase::new(key)
            .with(told.0, told.1)
            .with("name", person.id)
            .with("unit", self.units.name(meeting.unit));
        let notification = Notification {
            message: Message::of(phrase),
            unit: Some(meeting.unit),
            dedupe_key,
            fallbacks: &fallbacks,
            expires_at: None,
            lane: Lane::Reminder,
        };
        self.post.notify(tx, &person, self.practice, notification, self.now).await.map(drop)
    }
}
