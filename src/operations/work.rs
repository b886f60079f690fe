//! What a deed has at hand, by whatever way it comes: a chat, a page, a file.

use std::sync::Arc;

use super::rights::{self, Right};
use crate::clock::Instant;
use crate::domain::ids::UnitId;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Message, Phrase};
use crate::outbound::{Addressee, Notification, Post};
use crate::store::audit::{self, Author, Entry};
use crate::store::outbox::Lane;
use crate::store::{StoreError, Tx};

/// One deed of somebody.
pub struct Work<'w> {
    pub tx: &'w mut Tx,
    pub me: &'w Person,
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

/// Ends an operation with a refusal.
pub fn refuse<T>(phrase: impl Into<Phrase>) -> Result<T, Refused> {
    Err(Refused::Because(phrase.into()))
}

impl Work<'_> {
    /// Refuses what is not theirs in a unit, today.
    pub fn must(&self, right: Right, unit: UnitId, refusal: &str) -> Result<(), Refused> {
        if rights::may(self.me, right, unit, &self.units) { Ok(()) } else { refuse(refusal) }
    }

    /// Writes down what was done.
    pub async fn note(&mut self, entry: Entry) -> Result<(), StoreError> {
        let by = Author { person: Some(self.me.id), channel: self.channel };
        audit::note(self.tx, self.now, by, entry).await
    }

    /// Tells somebody else; `what` tells it from other notifications of the deed.
    pub async fn tell(
        &mut self,
        to: &Addressee,
        unit: UnitId,
        what: &str,
        message: Message,
    ) -> Result<(), StoreError> {
        let notification = Notification {
            message,
            unit: Some(unit),
            dedupe_key: format!("{what}:{}", self.occasion),
            fallbacks: &to.fallbacks,
            expires_at: None,
            lane: Lane::Reminder,
        };
        let (practice, now) = (self.practice, self.now);
        self.post.notify(self.tx, &to.person, practice, notification, now).await.map(drop)
    }
}
