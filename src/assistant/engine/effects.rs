//! What is left to do once an update is answered and its transaction committed.

use std::time::Duration;

use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::message::Phrase;
use crate::store::outbox::Held;

/// What is left to do once the transaction is committed.
#[derive(Default)]
pub struct Effects {
    /// How many updates were handled.
    pub handled: usize,
    /// How many of them were given up.
    pub faults: usize,
    /// Which feature answered each of the others, and how long that took.
    pub took: Vec<(&'static str, Duration)>,
    /// Whether others may have been waiting at the same time.
    pub more: bool,
    /// Replies, already claimed: delivery takes them over in memory.
    pub replies: Vec<Held>,
    pub taps: Vec<TapAnswer>,
    /// Whether menus of chats are to be shown anew.
    pub menus: bool,
}

/// Stops a tapped button's waiting sign. Never stored: one attempt, failure ignored.
#[derive(Clone, Debug)]
pub struct TapAnswer {
    pub bot: String,
    pub callback: String,
    pub toast: Option<Phrase>,
    /// Who tapped, and reads the toast; `None` in a group, where all do.
    pub reader: Option<PersonId>,
    pub language: Language,
}
