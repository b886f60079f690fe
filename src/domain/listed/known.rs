//! What is known of the organisation, as lists are compared with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::ids::{ClassId, PersonId, UnitId};
use super::super::minutes::PaperKind;
use super::super::name::Name;
use super::super::people::{OfficeKind, Status, UnitKind};
use super::super::practice::MeetingHabit;
use super::super::typed::Typed;
use super::FactKind;

/// A unit that is there.
pub struct KnownUnit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    /// What it was called before, and all that those were called which were merged into it.
    pub also: Vec<String>,
    pub kind: UnitKind,
    pub parent: Option<UnitId>,
}

/// A person who is there, as they are on the day of the comparison.
pub struct KnownPerson {
    pub id: PersonId,
    pub code: String,
    pub name: String,
    /// What they were called before, and are called beside.
    pub also: Vec<Name>,
    pub born: Option<NaiveDate>,
    /// Where they are placed, and since when.
    pub unit: Option<(UnitId, NaiveDate)>,
    /// Whether they ever were.
    pub was_placed: bool,
    pub status: Option<Status>,
    /// Since when they are probationary and official members.
    pub admitted: Option<NaiveDate>,
    pub official: Option<NaiveDate>,
    pub posts: Vec<(OfficeKind, UnitId)>,
    pub facts: BTreeMap<FactKind, Typed>,
    /// Whether they have a case, open or not.
    pub has_case: bool,
}

impl KnownPerson {
    /// Whether this is their name, or was.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let name = Name::new(name);
        Name::new(self.name.as_str()).is_same(&name) || self.was_called(&name)
    }

    /// Whether it was their name, or is one beside it.
    pub(super) fn was_called(&self, name: &Name) -> bool {
        self.also.iter().any(|other| other.is_same(name))
    }
}

/// A class that is there.
pub struct KnownClass {
    pub id: ClassId,
    pub number: String,
    pub first: NaiveDate,
}

#[derive(Default)]
pub struct Known {
    pub units: Vec<KnownUnit>,
    pub people: Vec<KnownPerson>,
    pub classes: Vec<KnownClass>,
    /// When each branch meets.
    pub habits: BTreeMap<UnitId, MeetingHabit>,
    /// Branches that set that themselves.
    pub ruled: BTreeSet<UnitId>,
    /// These, and those for which meetings are planned already.
    pub meeting: BTreeSet<UnitId>,
    /// The number that the next paper gets, where it is not the first.
    pub next_numbers: BTreeMap<(UnitId, PaperKind), u32>,
}
