//! Who is told for a unit, and who in their place: the duty follows the office, whoever holds it on
//! the day.

use chrono::NaiveDate;

use super::route::Route;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::{OfficeKind, Person, UnitKind};
use crate::domain::units::UnitTree;
use crate::store::{StoreError, Tx, accounts, people};

/// Somebody who is told something.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub person: Person,
    /// Who is told if they cannot be reached, in order.
    pub fallbacks: Vec<PersonId>,
}

impl Addressee {
    /// This person and nobody else.
    pub fn alone(person: Person) -> Self {
        Self { person, fallbacks: Vec::new() }
    }

    /// The first of these, and the others in their place; `None`: there is nobody.
    pub async fn first_of(
        tx: &mut Tx,
        persons: &[PersonId],
        today: NaiveDate,
    ) -> Result<Option<Self>, StoreError> {
        let Some((first, rest)) = persons.split_first() else { return Ok(None) };
        let person = people::get(tx, *first, today).await?;
        Ok(person.map(|person| Self { person, fallbacks: rest.to_vec() }))
    }

    /// Whom a message to them reaches.
    pub async fn route(&self, tx: &mut Tx) -> Result<Route, StoreError> {
        let wanted = [&[self.person.id], &self.fallbacks[..]].concat();
        Ok(Route::among(&accounts::of_persons(tx, &wanted).await?, &wanted))
    }
}

/// Who leads a unit: its secretary, and the deputies in their place.
pub async fn leader(
    tx: &mut Tx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Option<Addressee>, StoreError> {
    leader_beside(tx, unit, &[], today).await
}

/// Who leads a unit beside these persons, whom it is about or who know it already.
pub async fn leader_beside(
    tx: &mut Tx,
    unit: UnitId,
    but: &[PersonId],
    today: NaiveDate,
) -> Result<Option<Addressee>, StoreError> {
    let mut leaders = people::leaders(tx, unit, today).await?;
    leaders.retain(|leader| !but.contains(leader));
    Addressee::first_of(tx, &leaders, today).await
}

/// The office of a committee, and in its place who leads the committee.
pub async fn office(
    tx: &mut Tx,
    committee: UnitId,
    today: NaiveDate,
) -> Result<Option<Addressee>, StoreError> {
    let mut holders = people::holders(tx, committee, OfficeKind::Office, today).await?;
    holders.extend(people::leaders(tx, committee, today).await?);
    Addressee::first_of(tx, &holders, today).await
}

/// Who speaks for a committee, in the order they are told: its office, its secretary, the deputies,
/// its members.
pub async fn committee(
    tx: &mut Tx,
    committee: UnitId,
    today: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let kinds =
        [OfficeKind::Office, OfficeKind::Secretary, OfficeKind::Deputy, OfficeKind::Committee];
    let mut all = Vec::new();
    for kind in kinds {
        for holder in people::holders(tx, committee, kind, today).await? {
            if !all.contains(&holder) {
                all.push(holder);
            }
        }
    }
    Ok(all)
}

/// Who speaks for the committee above a branch; nobody where there is none.
pub async fn above(
    tx: &mut Tx,
    units: &UnitTree,
    branch: UnitId,
    today: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let above = units.get(branch).and_then(|unit| units.get(unit.parent?));
    match above.filter(|above| above.kind == UnitKind::Committee) {
        Some(above) => committee(tx, above.id, today).await,
        None => Ok(Vec::new()),
    }
}
