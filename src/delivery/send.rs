//! One send: rendered for the channel it goes to, in place if it replaces something.

use std::sync::Arc;

use crate::message::{Channel, SendError};
use crate::render::{self, Reader};
use crate::store::outbox::Held;

/// A message and what became of it.
pub(super) struct Attempt {
    pub held: Held,
    pub outcome: Outcome,
}

pub(super) enum Outcome {
    /// The platform took it; its id there, if it has one.
    Sent {
        external_id: Option<String>,
    },
    Failed(SendError),
    /// No such bot runs in this installation.
    NoChannel,
    /// It was too late to send it.
    Expired,
    /// Our own code gave way; whether something was sent is not known.
    Panicked,
}

/// Sends what is left of a message. `standing` is the platform's id of the message it replaces.
pub(super) async fn send(
    mut held: Held,
    channel: Option<Arc<dyn Channel>>,
    standing: Option<String>,
    reader: Reader,
) -> Attempt {
    let Some(channel) = channel else { return Attempt { held, outcome: Outcome::NoChannel } };
    let parts = render::render(&held.message, held.language, channel.capabilities(), &reader);
    let chat = held.address.chat.clone();

    if let (Some(id), [part], true) = (&standing, parts.as_slice(), channel.capabilities().edit) {
        match channel.edit(&chat, id, part).await {
            Ok(()) => {
                return Attempt { held, outcome: Outcome::Sent { external_id: standing } };
            }
            Err(SendError::CannotEdit) => {}
            Err(error) => return Attempt { held, outcome: Outcome::Failed(error) },
        }
    }
    let mut external_id = None;
    for (i, part) in parts.iter().enumerate().skip(held.parts_sent) {
        match channel.send(&chat, part, &format!("{}:{i}", held.id.0)).await {
            Ok(sent) => {
                // The last part carries the buttons, so it is the one to replace later.
                external_id = sent.external_id;
                held.parts_sent = i + 1;
            }
            Err(error) => return Attempt { held, outcome: Outcome::Failed(error) },
        }
    }
    Attempt { held, outcome: Outcome::Sent { external_id } }
}
