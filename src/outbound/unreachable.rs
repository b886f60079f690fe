//! What follows when a message cannot be delivered where it was to go: the person's next account,
//! then whoever is told in their place; and when nobody is left, or a branch has lost its group,
//! who is to know of it.

use std::sync::Arc;

use super::route::next_account;
use super::{Notification, Post, leader, leader_beside, say_instead};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Message, Phrase};
use crate::store::outbox::{Held, Lane};
use crate::store::{StoreError, Tx, accounts};

/// Why a message does not reach the address it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The platform says that the account or group cannot be written to.
    Unreachable,
    /// No channel of this process leads there.
    NoChannel,
    /// It was tried often enough.
    GivenUp,
}

impl Obstacle {
    /// As it is kept with a message that ended there.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NoChannel => "no channel",
            Self::GivenUp => "given up",
        }
    }
}

/// Where a message goes that met an obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To another account; `not_before`: the end of the quiet hours it would fall into.
    Elsewhere { not_before: Option<Instant> },
    /// Nowhere: nobody is left.
    Nowhere,
}

impl Post {
    /// Sends a message on from an address it did not reach, in the same transaction that notes so:
    /// to the person's next account that `serves` (by the name of its bot) and was not tried, then to
    /// whoever is told in their place. Where there is nobody, the leader of its unit is told.
    pub async fn redirect(
        &mut self,
        tx: &mut Tx,
        practice: &Practice,
        held: &mut Held,
        obstacle: Obstacle,
        serves: impl Fn(&str) -> bool,
        now: Instant,
    ) -> Result<Way, StoreError> {
        if obstacle == Obstacle::Unreachable {
            accounts::set_unreachable(tx, &held.address).await?;
        }
        if held.person.is_none() && obstacle != Obstacle::GivenUp {
            self.lose_group(tx, practice, held, now).await?;
        }
        held.journey.tried.push(held.address.clone());
        let Some(person) = held.person else { return Ok(Way::Nowhere) };
        let wanted: Vec<PersonId> =
            std::iter::once(person).chain(held.fallbacks.iter().copied()).collect();
        let known = accounts::of_persons(tx, &wanted).await?;
        let next = next_account(&known, &wanted, |account| {
            !held.journey.tried.contains(&account.address()) && serves(&account.bot)
        });
        let Some((place, account)) = next else {
            self.tell_unreachable(tx, practice, held, person, now).await?;
            return Ok(Way::Nowhere);
        };
        let to = wanted[place];
        if to != person {
            say_instead(Arc::make_mut(&mut held.message), person);
            held.person = Some(to);
            held.fallbacks = wanted[place + 1..].to_vec();
        }
        held.address = account.address();
        let unasked = held.lane != Lane::Reply;
        let not_before = practice.held_until(account.rest(), now).filter(|_| unasked);
        Ok(Way::Elsewhere { not_before })
    }

    /// The leader of its unit learns that somebody could not be reached, once per message; of replies
    /// nobody is told.
    async fn tell_unreachable(
        &mut self,
        tx: &mut Tx,
        practice: &Practice,
        held: &Held,
        person: PersonId,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (Some(unit), true) = (held.unit, held.lane != Lane::Reply) else { return Ok(()) };
        let today = practice.today(now);
        let in_vain: Vec<PersonId> =
            std::iter::once(person).chain(held.fallbacks.iter().copied()).collect();
        let Some(leader) = leader_beside(tx, unit, &in_vain, today).await? else {
            tracing::warn!(unit = unit.0, "nobody of a branch can be reached");
            return Ok(());
        };
        let units = UnitTree::load(tx).await?;
        let message = Message::of(
            Phrase::new("delivery-unreachable")
                .with("name", leader.person.id)
                .with("person", person)
                .with("unit", units.name(unit)),
        );
        // For no unit: that this did not arrive either is told to nobody, or two leaders would be
        // told of each other for as long as a platform is away.
        let key = format!("unreachable:{}", held.id.0);
        let notification = Notification::new(message, None, key);
        self.notify(tx, &leader, practice, notification, now).await.map(drop)
    }

    /// A group that cannot be written to is no longer the branch's group.
    async fn lose_group(
        &mut self,
        tx: &mut Tx,
        practice: &Practice,
        held: &Held,
        now: Instant,
    ) -> Result<(), StoreError> {
        let Some(group) = accounts::group_at(tx, &held.address).await? else { return Ok(()) };
        accounts::unbind_group(tx, group.unit_id, now).await?;
        let key = format!("group-lost:{}", held.id.0);
        self.tell_group_lost(tx, practice, group.unit_id, key, now).await
    }

    /// Tells the leader of a branch that it has no group any more.
    pub async fn tell_group_lost(
        &mut self,
        tx: &mut Tx,
        practice: &Practice,
        unit: UnitId,
        dedupe_key: String,
        now: Instant,
    ) -> Result<(), StoreError> {
        let Some(leader) = leader(tx, unit, practice.today(now)).await? else { return Ok(()) };
        let units = UnitTree::load(tx).await?;
        let message = Message::of(
            Phrase::new("group-lost").with("name", leader.person.id).with("unit", units.name(unit)),
        );
        let notification = Notification::new(message, unit, dedupe_key);
        self.notify(tx, &leader, practice, notification, now).await.map(drop)
    }
}
