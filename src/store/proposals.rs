//! What leaders of branches proposed about their people.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, ProposalId, UnitId};
use crate::domain::personnel::Proposed;

statements! {
    ADD(Int, Int, MaybeInt, Text, Int, Int) = ["INSERT INTO staff_proposal
        (id, unit_id, person_id, proposed, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6)"];
    GET(Int) = ["SELECT id, unit_id, proposed, proposed_by, proposed_at, decided_at, accepted
        FROM staff_proposal WHERE id = $1"];
    WAITING() = ["SELECT id, unit_id, proposed, proposed_by, proposed_at, decided_at, accepted
        FROM staff_proposal WHERE decided_at IS NULL AND proposed <> '' ORDER BY proposed_at, id"];
    DECIDE(Int, Bool, Int, MaybeInt) = ["UPDATE staff_proposal
        SET accepted = $2, decided_at = $3, decided_by = $4 WHERE id = $1 AND decided_at IS NULL"];
}

/// A change that somebody proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub id: ProposalId,
    /// Whose leader proposed it.
    pub unit: UnitId,
    pub proposed: Proposed,
    pub by: PersonId,
    pub at: Instant,
    /// Whether it was accepted; `None`: it waits.
    pub accepted: Option<bool>,
}

#[derive(FromRow)]
struct ProposalRow {
    id: ProposalId,
    unit_id: UnitId,
    proposed: String,
    proposed_by: PersonId,
    proposed_at: At,
    decided_at: Option<At>,
    accepted: Option<bool>,
}

impl ProposalRow {
    /// `None`: what was proposed was blanked, with whom it was about.
    fn read(self) -> Result<Option<Proposal>, StoreError> {
        if self.proposed.is_empty() {
            return Ok(None);
        }
        Ok(Some(Proposal {
            id: self.id,
            unit: self.unit_id,
            proposed: serde_json::from_str(&self.proposed)?,
            by: self.proposed_by,
            at: self.proposed_at.0,
            accepted: self.decided_at.map(|_| self.accepted == Some(true)),
        }))
    }
}

pub async fn add(
    tx: &mut Tx,
    unit: UnitId,
    proposed: &Proposed,
    by: PersonId,
    now: Instant,
) -> Result<ProposalId, StoreError> {
    let id = ProposalId(tx.new_id().await?);
    let person = proposed.person().map(|person| person.0);
    let text = serde_json::to_string(proposed)?;
    tx.run(&ADD, args![id, unit, person, text, by, now]).await?;
    Ok(id)
}

pub async fn get(tx: &mut Tx, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
    match tx.maybe::<ProposalRow>(&GET, args![id]).await? {
        Some(row) => row.read(),
        None => Ok(None),
    }
}

/// Those that nobody has decided on, the oldest first.
pub async fn waiting(tx: &mut Tx) -> Result<Vec<Proposal>, StoreError> {
    let rows = tx.all::<ProposalRow>(&WAITING, args![]).await?;
    let read: Result<Vec<_>, _> = rows.into_iter().map(ProposalRow::read).collect();
    Ok(read?.into_iter().flatten().collect())
}

/// Decides on one that waits; `by`: nobody, where the administrator does.
pub async fn decide(
    tx: &mut Tx,
    id: ProposalId,
    accepted: bool,
    by: Option<PersonId>,
    now: Instant,
) -> Result<(), StoreError> {
    let by = by.map(|by| by.0);
    tx.run(&DECIDE, args![id, accepted, now, by]).await.map(drop)
}
