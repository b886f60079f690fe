//! What a message needs to know before it is sent: who reads it, and where the message it replaces
//! stands on the screen.

use std::collections::{HashMap, VecDeque};

use chrono::TimeDelta;

use super::settle::Marker;
use crate::clock::Instant;
use crate::disclosure::{self, Reading};
use crate::domain::ids::OutboxId;
use crate::message::{Address, Disclosure};
use crate::render::Reader;
use crate::store::StoreError;
use crate::store::outbox::{self, Held};

/// How long what was looked up for a reader holds: a queue that moves is read for as a whole, and a
/// message that waits longer is looked up when it goes.
const FRESH: TimeDelta = TimeDelta::seconds(1);

/// The readers of messages that were taken together and wait to be started.
#[derive(Default)]
pub(super) struct Readers {
    of: HashMap<OutboxId, Reader>,
    read_at: Instant,
}

impl Readers {
    /// Looks up the readers of what was just taken, in the place of what was looked up before.
    pub async fn prepare(
        &mut self,
        marker: &Marker,
        taken: &[Held],
        now: Instant,
    ) -> Result<(), StoreError> {
        let readers = readers(marker, taken.iter(), now).await?;
        self.of = taken.iter().map(|held| held.id).zip(readers).collect();
        self.read_at = now;
        Ok(())
    }

    /// The readers of messages that are started together, in their order.
    pub async fn take(
        &mut self,
        marker: &Marker,
        ready: &[Held],
        now: Instant,
    ) -> Result<Vec<Reader>, StoreError> {
        if (now - self.read_at).abs() > FRESH {
            self.of.clear();
        }
        let unknown = ready.iter().filter(|held| !self.of.contains_key(&held.id));
        let unknown: Vec<&Held> = unknown.collect();
        let read = readers(marker, unknown.iter().copied(), now).await?;
        self.of.extend(unknown.iter().map(|held| held.id).zip(read));
        Ok(ready.iter().map(|held| self.of.remove(&held.id).unwrap_or_default()).collect())
    }
}

async fn readers(
    marker: &Marker,
    messages: impl Iterator<Item = &Held>,
    now: Instant,
) -> Result<Vec<Reader>, StoreError> {
    let readings: Vec<Reading<'_>> = messages
        .map(|held| {
            let channel = marker.channels.get(&held.address.bot);
            Reading {
                reader: held.person,
                disclosure: channel.map_or(Disclosure::Codes, |c| c.capabilities().disclosure),
                phrases: held.message.phrases().collect(),
            }
        })
        .collect();
    if !disclosure::names_somebody(&readings) {
        return Ok(readings.iter().map(|_| Reader::default()).collect());
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
