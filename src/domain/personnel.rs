//! What becomes of somebody who is on no road: they come, move, leave and come back, their name is corrected, they
//! take an office and leave it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{PersonId, UnitId};
use super::listed::Departure;
use super::people::{OfficeKind, Status};
use super::typed::Typed;

/// Somebody to put down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    pub name: Typed,
    pub born: Option<NaiveDate>,
    pub unit: UnitId,
    /// Since when they are in the unit.
    pub since: NaiveDate,
    pub status: Status,
}

/// A change to somebody who is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Their name is another now, or was written wrongly; the one of before stays searchable.
    Rename {
        name: Typed,
    },
    CorrectBirth {
        born: NaiveDate,
    },
    /// To another unit from a day on.
    Move {
        to: UnitId,
        since: NaiveDate,
    },
    /// The first day without them, how, and where to.
    Leave {
        on: NaiveDate,
        how: Departure,
        to: Option<Typed>,
    },
    /// Back, after having left.
    Return {
        unit: UnitId,
        since: NaiveDate,
    },
    /// What they are to the Party from a day on; of those alone who were on no road here.
    Become {
        status: Status,
        on: NaiveDate,
    },
    Appoint {
        office: OfficeKind,
        unit: UnitId,
        since: NaiveDate,
    },
    Release {
        office: OfficeKind,
        unit: UnitId,
        since: NaiveDate,
    },
}

/// Somebody, and what changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub person: PersonId,
    pub change: Change,
}

/// What a branch's leader proposes, for the committee or its office to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    Change(Changed),
    Newcomer(Newcomer),
}

impl Proposed {
    /// Whom it is about; `None`: somebody new.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Change(changed) => Some(changed.person),
            Self::Newcomer(_) => None,
        }
    }
}

impl Change {
    /// The unit that it names.
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Move { to: unit, .. }
            | Self::Return { unit, .. }
            | Self::Appoint { unit, .. }
            | Self::Release { unit, .. } => Some(*unit),
            _ => None,
        }
    }

    /// The day from which it holds, where it has one.
    pub const fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Rename { .. } | Self::CorrectBirth { .. } => None,
            Self::Leave { on, .. } | Self::Become { on, .. } => Some(*on),
            Self::Move { since, .. }
            | Self::Return { since, .. }
            | Self::Appoint { since, .. }
            | Self::Release { since, .. } => Some(*since),
        }
    }
}
