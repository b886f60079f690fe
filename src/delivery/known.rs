//! What a message needs to know before it is sent: who reads it, and where the message it replaces
//! stands on the screen.

use std::collections::{HashMap, VecDeque};

use super::settle::Marker;
use crate::clock::Instant;
use crate::disclosure::{self, Reading};
use crate::domain::ids::OutboxId;
use crate::message::{Address, Disclosure};
use crate::render::Reader;
use crate::store::StoreError;
use crate::store::outbox::{self, Held};

/// The readers of messages that are started together, in their order.
pub(super) async fn readers(
    marker: &Marker,
    ready: &[Held],
    now: Instant,
) -> Result<Vec<Reader>, StoreError> {
    let readings: Vec<Reading<'_>> = ready
        .iter()
        .map(|held| {
            let channel = marker.channels.get(&held.address.bot);
            let group = channel.is_some_and(|channel| channel.is_group(&held.address.chat));
            Reading {
                // Whomever it answers there, all of them read it.
                reader: held.person.filter(|_| !group),
                group: group.then(|| held.address.clone()),
                disclosure: channel.map_or(Disclosure::Codes, |c| c.capabilities().disclosure),
                phrases: held.message.phrases().collect(),
            }
        })
        .collect();
    if !disclosure::names_somebody(&readings) {
        let of =
            |reading: &Reading<'_>| Reader { group: reading.group.is_some(), ..Reader::default() };
        return Ok(readings.iter().map(of).collect());
    }
    let today = marker.practice.today(now);
    disclosure::readers(&mut marker.db.read().await?, &readings, today).await
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
