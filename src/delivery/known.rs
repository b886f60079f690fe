//! What a message needs to know before it is sent: whom it may not name, and where the message it
//! replaces stands on the screen.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::settle::Marker;
use crate::clock::Instant;
use crate::domain::ids::OutboxId;
use crate::message::{Address, Arg, Block, Channel, Disclosure, Message};
use crate::render::KnownNames;
use crate::store::outbox::{self, Held};
use crate::store::{StoreError, cases};

/// The candidates' names, read at most once for all that is started together.
#[derive(Default)]
pub(super) struct Names(Option<Arc<KnownNames>>);

impl Names {
    /// Whom a message may not name on its channel.
    pub async fn for_message(
        &mut self,
        marker: &Marker,
        channel: Option<&dyn Channel>,
        held: &Held,
        now: Instant,
    ) -> Result<Arc<KnownNames>, StoreError> {
        let hides = channel.is_some_and(|c| c.capabilities().disclosure == Disclosure::Codes);
        if !hides || !has_free_text(&held.message) {
            return Ok(Arc::default());
        }
        if let Some(known) = &self.0 {
            return Ok(known.clone());
        }
        let today = marker.practice.today(now);
        let names = cases::names(&mut marker.db.read().await?, today).await?;
        Ok(self.0.insert(Arc::new(KnownNames::new(names))).clone())
    }
}

/// The last messages that were shown, at most a few thousand of them.
#[derive(Default)]
pub(super) struct Shown {
    at: HashMap<OutboxId, (Address, String)>,
    order: VecDeque<OutboxId>,
}

impl Shown {
    const KEPT: usize = 4096;

    /// The platform's id of a message on the screen, if it stands in this chat.
    pub async fn find(
        &self,
        marker: &Marker,
        id: OutboxId,
        address: &Address,
    ) -> Result<Option<String>, StoreError> {
        let known = match self.at.get(&id) {
            Some(known) => Some(known.clone()),
            None => outbox::external_id(&mut marker.db.read().await?, id).await?,
        };
        Ok(known.filter(|(at, _)| at == address).map(|(_, id)| id))
    }

    pub fn set(&mut self, id: OutboxId, address: Address, external_id: String) {
        if self.at.insert(id, (address, external_id)).is_none() {
            self.order.push_back(id);
        }
        while self.order.len() > Self::KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.at.remove(&oldest);
            }
        }
    }
}

/// Whether a message holds what a person typed, in which candidates may be named.
fn has_free_text(message: &Message) -> bool {
    fn in_arg(arg: &Arg) -> bool {
        match arg {
            Arg::Free(_) => true,
            Arg::Phrase(phrase) => phrase.args.values().any(in_arg),
            Arg::List(args) => args.iter().any(in_arg),
            _ => false,
        }
    }
    message.body.iter().any(|block| match block {
        Block::Title(phrase) | Block::Line(phrase) | Block::Item(phrase) => {
            phrase.args.values().any(in_arg)
        }
        Block::Gap => false,
    })
}
