//! Channels: each translates one platform's wire into `message` and back, and nothing else.
//!
//! A channel knows its platform's limits, errors and habits, so that nobody else has to. It stores
//! nothing, decides nothing about people, and holds no sentence a person reads. Those of others'
//! platforms are in [`MESSENGERS`]; the page and the console are our own.

pub mod console;
mod messenger;
pub mod telegram;
pub mod web;

pub use messenger::{Bot, Failure, Messenger, UpdateError, WebhookSource};

use crate::config;
use crate::message::Disclosure;

/// Every messenger there is, whether or not its settings switch it on. The first that has links for
/// invitations gives them.
pub const MESSENGERS: &[Messenger] = &[telegram::MESSENGER];

impl From<config::Disclosure> for Disclosure {
    fn from(setting: config::Disclosure) -> Self {
        match setting {
            config::Disclosure::Codes => Self::Codes,
            config::Disclosure::Names => Self::Names,
        }
    }
}
