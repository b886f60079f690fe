//! What lists tell of an organisation, compared with what is known of it: who is the same, what is new, what has
//! changed, and what only a person can decide. Nothing is read or written here.

mod compare;
mod matching;
mod merge;

pub use compare::compare;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{PersonId, UnitId};
use super::people::{OfficeKind, Status, UnitKind};
use super::road::CaseStep;
use super::words;

/// Where something stands in the files, as the sheet itself numbers its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    pub file: String,
    pub sheet: String,
    pub row: u32,
}

words! {
    /// What is kept of a person beside name, birth day and what they are to the Party; as it was told.
    FactKind {
        /// nam, nữ
        Sex = "sex",
        /// `1985` or `03/1985`, where the day is not known.
        BornAbout = "born_about",
        Ethnicity = "ethnicity",
        Religion = "religion",
        /// quê quán
        Home = "home",
        Residence = "residence",
        Occupation = "occupation",
        /// An office that is none of the Party's.
        Position = "position",
        /// Đoàn viên, công đoàn viên
        Union = "union",
        /// học vấn
        Education = "education",
        /// chuyên môn
        Degree = "degree",
        /// PGS, GS
        Title = "title",
        /// lý luận chính trị
        Theory = "theory",
        Telephone = "telephone",
        Email = "email",
    }
}

/// A unit as a list tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTold {
    pub at: At,
    /// The list's own, or ours.
    pub key: Option<String>,
    pub name: String,
    pub kind: Option<UnitKind>,
    /// Key or name of the unit above; `None`: the organisation itself.
    pub parent: Option<String>,
}

/// A person as a row tells of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonTold {
    pub at: At,
    pub key: Option<String>,
    /// Digests of numbers by which a person is known in these files alone; never kept.
    pub numbers: Vec<String>,
    pub name: String,
    pub born: Option<NaiveDate>,
    /// Key or name of the branch.
    pub unit: Option<String>,
    pub posts: Vec<OfficeTold>,
    pub status: Option<Status>,
    pub admitted: Option<NaiveDate>,
    pub official: Option<NaiveDate>,
    /// Since when they are here, and whether they came as what they are from another organisation.
    pub came: Option<Came>,
    /// The first day on which they are here no more.
    pub left: Option<NaiveDate>,
    pub facts: BTreeMap<FactKind, String>,
    pub candidate: Option<CandidateTold>,
}

/// An office, of the unit that somebody is placed in or of the organisation itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeTold {
    pub kind: OfficeKind,
    pub of_top: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    pub on: NaiveDate,
    pub from_elsewhere: bool,
}

/// A candidate's road as a row tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateTold {
    /// In the order of the road.
    pub steps: Vec<StepTold>,
    /// Their names.
    pub mentors: Vec<String>,
    pub mentors_since: Option<NaiveDate>,
    pub resolution: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTold {
    pub step: CaseStep,
    pub on: NaiveDate,
    pub number: Option<String>,
}

/// All that some lists tell.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub units: Vec<UnitTold>,
    pub people: Vec<PersonTold>,
}

/// A unit that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUnit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub kind: UnitKind,
    pub parent: Option<UnitId>,
}

/// A person who is there, as they are on the day of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    pub id: PersonId,
    pub code: String,
    pub name: String,
    pub born: Option<NaiveDate>,
    pub unit: Option<UnitId>,
    pub status: Option<Status>,
    /// Since when they are probationary and official members.
    pub admitted: Option<NaiveDate>,
    pub official: Option<NaiveDate>,
    pub posts: Vec<(OfficeKind, UnitId)>,
    pub facts: BTreeMap<FactKind, String>,
    /// Whether they have a case, open or not.
    pub has_case: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Known {
    pub units: Vec<KnownUnit>,
    pub people: Vec<KnownPerson>,
}

/// A unit that is there, or one of those that are to be added, by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UnitRef {
    Known(UnitId),
    New(usize),
}

/// A person who is there, or one of those that are to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonRef {
    Known(PersonId),
    New(usize),
}

/// A unit to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    pub at: At,
    /// The list's own.
    pub key: Option<String>,
    pub name: String,
    pub kind: UnitKind,
    /// `None`: below the organisation itself.
    pub parent: Option<UnitRef>,
}

/// A person to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    pub told: PersonTold,
    pub unit: Option<UnitRef>,
    pub posts: Vec<(OfficeKind, UnitRef)>,
    pub mentors: Vec<PersonRef>,
}

/// What changes of somebody who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Name(String),
    Born(NaiveDate),
    Fact {
        kind: FactKind,
        now: String,
    },
    Moves {
        to: UnitRef,
    },
    Admitted(NaiveDate),
    Official(NaiveDate),
    Begins {
        office: OfficeKind,
        unit: UnitRef,
    },
    Leaves(NaiveDate),
    /// Their road, of which nothing is known here yet.
    Road {
        told: CandidateTold,
        mentors: Vec<PersonRef>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPerson {
    pub at: At,
    pub id: PersonId,
    pub changes: Vec<Change>,
}

/// What only a person can decide. Until they have, what it is about is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Somebody of this name is there, and it cannot be told whether it is them: their codes.
    Namesake { codes: Vec<String> },
    /// Somebody who is in another unit is listed here.
    Elsewhere { code: String, unit: String },
    /// The name is told otherwise.
    Renamed { code: String, was: String },
    /// Admitted before the age at which that may be.
    TooYoung,
    /// A mentor of this name is nobody's, or several people's.
    Mentor { name: String },
    /// Somebody is there whom no list names any more.
    Gone { code: String },
    /// Two rows tell otherwise of one person; the first is taken.
    Contradicts { other: At },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub at: At,
    /// What was read: a name, a unit.
    pub read: String,
    pub question: Question,
}

/// What cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The unit above is none of these, nor any that is there.
    UnknownParent,
    /// It stands above itself.
    Circle,
    /// No branch is told, and none is known.
    NoUnit,
    /// Official before admitted, left before come.
    Order,
    /// A day to come.
    Ahead,
    /// Several units are called so.
    SeveralUnits,
    /// A branch stands above others.
    BelowBranch,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub at: At,
    pub read: String,
    pub wrong: Wrong,
}

/// How many of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub added: usize,
    pub changed: usize,
    pub ended: usize,
    pub unchanged: usize,
}

/// What follows from the lists.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub new_units: Vec<NewUnit>,
    pub new_people: Vec<NewPerson>,
    pub changed: Vec<ChangedPerson>,
    pub doubts: Vec<Doubt>,
    pub mistakes: Vec<Mistake>,
    pub units: Count,
    pub people: Count,
    pub posts: Count,
    pub cases: Count,
    pub mentors: Count,
    pub admissions: Count,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.new_units.is_empty() && self.new_people.is_empty() && self.changed.is_empty()
    }
}

/// Whether doubts that would change somebody are decided in favour of the list, and what becomes of whoever it
/// does not name any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    pub accept_doubts: bool,
    pub end_gone: bool,
}
