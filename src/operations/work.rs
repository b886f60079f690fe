//! What a deed has at hand, by whatever way it comes: a chat, a page, a file.

use std::sync::Arc;

use chrono::NaiveDate;

use super::rights::{self, Right};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Message, Phrase};
use crate::outbound::{self, Addressee, Notification, Post, Posted};
use crate::store::audit::{self, Author, Entry};
use crate::store::people::Recorded;
use crate::store::{StoreError, Tx, menus};

/// Who does something.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'w> {
    Person(&'w Person),
    /// Whoever may run the program; they have no name here, and may do everything that needs none.
    Administrator,
    /// Nobody: its time has come.
    Time,
    /// Nobody we know, who holds no right: whoever shows a code, or a platform that tells what happened.
    Stranger,
}

/// One deed of somebody.
pub struct Work<'w> {
    pub tx: &'w mut Tx,
    pub by: Actor<'w>,
    /// By which channel it comes; the audit says so.
    pub channel: &'w str,
    pub practice: &'w Practice,
    pub now: Instant,
    pub units: Arc<UnitTree>,
    pub post: &'w mut Post,
    /// Tells the notifications of this deed from those of any other, and of the same done twice.
    pub occasion: String,
}

/// Why a deed was not done; nothing was written.
#[derive(Debug)]
pub enum Refused {
    /// A right or a rule: what is not so, and what to do.
    Because(Phrase),
    /// Ours.
    Fault(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Fault(error)
    }
}

/// Whether a deed changed anything. One that did not is neither written down nor told to anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Effect {
    Changed,
    /// It stood so already.
    Same,
}

/// Ends an operation with a refusal.
pub fn refuse<T>(phrase: impl Into<Phrase>) -> Result<T, Refused> {
    Err(Refused::Because(phrase.into()))
}

impl<'w> Work<'w> {
    /// The person who does it; refuses a deed that goes by the name of its doer to whoever has none.
    pub fn me(&self) -> Result<&'w Person, Refused> {
        match self.by {
            Actor::Person(person) => Ok(person),
            Actor::Stranger => refuse("start-stranger"),
            Actor::Administrator | Actor::Time => refuse("deed-needs-a-person"),
        }
    }

    /// By what time it is judged what is over: while the clock is in doubt by the last time beyond doubt.
    pub fn judged_now(&self) -> Instant {
        self.practice.judged_at(self.now)
    }

    pub fn today(&self) -> NaiveDate {
        self.practice.today(self.now)
    }

    /// Whether it is theirs in a unit, today. What the administrator and time do is nobody's right.
    pub fn may(&self, right: Right, unit: UnitId) -> bool {
        match self.by {
            Actor::Person(person) => rights::may(person, right, unit, &self.units),
            Actor::Administrator | Actor::Time => true,
            Actor::Stranger => false,
        }
    }

    /// Refuses what is not theirs in a unit, today.
    pub fn must(
        &self,
        right: Right,
        unit: UnitId,
        refusal: impl Into<Phrase>,
    ) -> Result<(), Refused> {
        if self.may(right, unit) { Ok(()) } else { refuse(refusal) }
    }

    /// Refuses what is left to whoever may run the program.
    pub fn must_administer(&self) -> Result<(), Refused> {
        match self.by {
            Actor::Administrator => Ok(()),
            _ => refuse("deed-administrator"),
        }
    }

    /// Whether this is the person who does it.
    pub fn is_me(&self, person: PersonId) -> bool {
        matches!(self.by, Actor::Person(me) if me.id == person)
    }

    /// Who does it, where that is somebody we know.
    pub fn person(&self) -> Option<PersonId> {
        match self.by {
            Actor::Person(person) => Some(person.id),
            Actor::Administrator | Actor::Time | Actor::Stranger => None,
        }
    }

    /// Who writes down what is done, and when.
    pub fn recorded(&self) -> Recorded {
        Recorded { now: self.now, by: self.person() }
    }

    fn author(&self) -> Author<'w> {
        Author { person: self.person(), channel: self.channel }
    }

    /// Writes down what was done.
    pub async fn note(&mut self, entry: Entry) -> Result<(), StoreError> {
        audit::note(self.tx, self.now, self.author(), entry).await
    }

    /// Writes down that somebody's details were read: once a day for each reader and subject.
    pub async fn note_reading(&mut self, entry: Entry) -> Result<(), StoreError> {
        let (today, author) = (self.today(), self.author());
        audit::note_reading(self.tx, self.now, today, author, entry).await
    }

    /// Lets the menus of people whose offices or duties have changed fit what they may do now.
    pub async fn fit_menus(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        menus::of_persons(self.tx, people, self.now).await
    }

    /// A key for the one notification of this kind that this deed leads to.
    pub fn once(&self, what: &str) -> String {
        format!("{what}:{}", self.occasion)
    }

    /// Who leads a branch, to be told of this deed: nobody where the first of them did it, and whoever did it
    /// is told in nobody's place.
    pub async fn leader(&mut self, branch: UnitId) -> Result<Option<Addressee>, StoreError> {
        let leader = outbound::leader(self.tx, branch, self.today()).await?;
        let leader = leader.filter(|leader| !self.is_me(leader.person.id));
        Ok(leader.map(|mut leader| {
            leader.fallbacks.retain(|other| !self.is_me(*other));
            leader
        }))
    }

    /// Tells somebody else; `what` tells it from other notifications of the deed.
    pub async fn tell(
        &mut self,
        to: &Addressee,
        unit: impl Into<Option<UnitId>>,
        what: &str,
        message: Message,
    ) -> Result<Posted, StoreError> {
        self.notify(to, Notification::new(message, unit, self.once(what))).await
    }

    /// The same where what is told has a lane, an end or a key of its own.
    pub async fn notify(
        &mut self,
        to: &Addressee,
        notification: Notification,
    ) -> Result<Posted, StoreError> {
        let (practice, now) = (self.practice, self.now);
        self.post.notify(self.tx, to, practice, notification, now).await
    }

    /// Tells each of many, after whatever else there is to send.
    pub async fn broadcast(
        &mut self,
        to: &[Person],
        compose: impl Fn(&Person) -> Notification + Send,
    ) -> Result<Vec<Posted>, StoreError> {
        self.post.notify_each(self.tx, to, self.practice, self.now, compose).await
    }
}
