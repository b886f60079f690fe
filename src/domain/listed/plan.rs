//! What follows from lists, and what keeps it from being done.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::ids::{ClassId, PersonId, UnitId};
use super::super::minutes::PaperKind;
use super::super::people::{OfficeKind, Status, UnitKind};
use super::super::practice::MeetingHabit;
use super::super::typed::Typed;
use super::super::words;
use super::{Arrival, At, Departure, FactKind, Period, Road};

/// A unit that is there, or one of those that are to be added, by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitRef {
    Known(UnitId),
    New(usize),
}

/// A person who is there, or one of those that are to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonRef {
    Known(PersonId),
    New(usize),
}

/// A class that is there, or one of those that are to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClassRef {
    Known(ClassId),
    New(usize),
}

/// A class to add.
pub struct NewClass {
    pub number: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub place: Option<Typed>,
}

/// When a branch is to meet.
pub struct NewRule {
    pub unit: UnitRef,
    pub habit: MeetingHabit,
}

/// The number that the next paper of a kind is to get.
pub struct NewNumber {
    pub unit: UnitRef,
    pub kind: PaperKind,
    pub next: u32,
}

/// A unit to add.
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
pub struct NewPerson {
    pub at: At,
    pub name: String,
    pub born: Option<NaiveDate>,
    /// Where they are or were placed.
    pub placed: Option<Placed>,
    pub stands: Vec<(Status, Period)>,
    pub posts: Vec<(OfficeKind, UnitRef)>,
    pub facts: BTreeMap<FactKind, Typed>,
    pub road: Option<Road>,
}

/// Where somebody is or was placed, how they came and how they left.
pub struct Placed {
    pub unit: UnitRef,
    pub period: Period,
    /// The department inside the agency.
    pub label: Option<Typed>,
    pub came: Option<Arrival>,
    pub came_from: Option<Typed>,
    pub left: Option<Departure>,
    pub left_to: Option<Typed>,
}

/// What changes of somebody who is there.
pub enum Change {
    Name(String),
    Born(NaiveDate),
    Fact {
        kind: FactKind,
        now: Typed,
    },
    /// Where they are placed ends, if they are, and they are placed here from a day on.
    Moves {
        to: UnitRef,
        from: NaiveDate,
        came: Option<Arrival>,
        came_from: Option<Typed>,
    },
    /// They are placed nowhere, hold no office and guide nobody from a day on.
    Leaves {
        on: NaiveDate,
        how: Option<Departure>,
        to: Option<Typed>,
    },
    /// What they are, and were; what runs of before ends on the first of these days.
    Becomes(Vec<(Status, Period)>),
    /// What they were before what they are.
    Was(Status, Period),
    Begins {
        office: OfficeKind,
        unit: UnitRef,
    },
    Ends {
        office: OfficeKind,
        unit: UnitId,
    },
    /// Their road, of which nothing is known here yet.
    Road(Road),
}

pub struct ChangedPerson {
    pub id: PersonId,
    pub changes: Vec<Change>,
}

/// What only a person can decide. Until they have, what it is about is not done; where `accepted` says so, a
/// person may decide for all of them at once that it is as the list says.
#[derive(Clone, PartialEq, Eq)]
pub enum Question {
    /// Somebody of this name is there, and it cannot be told whether it is them: their codes.
    Namesake { codes: Vec<String> },
    /// Somebody who is in another unit is listed here.
    Elsewhere { code: String, unit: String },
    /// Somebody who left is listed again.
    Returned { code: String },
    /// The name is told otherwise.
    Renamed { code: String, was: String },
    /// The birth day is told otherwise.
    BornOtherwise { code: String, was: NaiveDate },
    /// An office that oversees the whole organisation.
    Oversees { office: OfficeKind },
    /// An office of one is held by somebody else, for whom it would end.
    Held { office: OfficeKind, by: String },

    // What stays as it is, whoever decides.
    /// A day of admission or recognition is told otherwise.
    DayOtherwise { code: String, was: NaiveDate },
    /// What they are is told to be less than it is.
    Stands { code: String },
    /// Their road is followed here.
    Followed { code: String },
    /// They are here no more, and it is not told since when.
    LeftWhen,
    /// They left before they came to where they are.
    LeftBefore { code: String },
    /// Two rows mean one person: the second is left out.
    Twice { code: String },
    /// Admitted before the age at which that may be.
    TooYoung,
    /// Recognised, and the day is not told: taken for the end of the probation.
    NoOfficialDay,
    /// A mentor of this name is nobody's, several people's, no official member, or one too many.
    Mentor { name: String },
    /// Somebody is there whom no list names any more.
    Gone { code: String },
    /// Two rows tell otherwise of one person; the first is taken.
    Contradicts { other: At },
    /// The branch meets at another time already, or its meetings are planned.
    MeetsOtherwise,
    /// A class of which no number or no day is told.
    ClassWhen,
    /// A class that no list and nothing here knows.
    NoClass { number: String },
    /// Papers of this kind have no numbers here.
    NoNumbersOf,
    /// The number is lower than one that was given here.
    NumberGiven { next: u32 },
}

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
    /// The code is that of a unit with another name.
    CodeOfAnother,
    /// A branch stands above others.
    BelowBranch,
    /// None of these units, nor any that is there.
    UnknownUnit,
    /// Only branches meet and have papers.
    NoBranch,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub at: At,
    pub read: String,
    pub wrong: Wrong,
}

/// How many of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    pub added: usize,
    pub changed: usize,
    pub ended: usize,
    pub unchanged: usize,
}

/// What follows from the lists.
#[derive(Default)]
pub struct Plan {
    pub new_units: Vec<NewUnit>,
    pub new_people: Vec<NewPerson>,
    pub changed: Vec<ChangedPerson>,
    pub new_rules: Vec<NewRule>,
    pub new_numbers: Vec<NewNumber>,
    pub new_classes: Vec<NewClass>,
    pub doubts: Vec<Doubt>,
    pub mistakes: Vec<Mistake>,
    /// Units and people that the lists name and that stay as they are, and offices that are held.
    pub same_units: usize,
    pub same_people: usize,
    pub same_posts: usize,
    pub same_rules: usize,
    pub same_numbers: usize,
    pub same_classes: usize,
}

/// Numbers of a plan.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Counts {
    pub units: Count,
    pub people: Count,
    #[serde(rename = "offices")]
    pub posts: Count,
    pub cases: Count,
    pub mentors: Count,
    pub admissions: Count,
    pub classes: Count,
    pub rules: Count,
    pub numbers: Count,
}

words! {
    /// What is counted of a plan, each as it is named in reports.
    Counted {
        Units = "units",
        People = "people",
        Offices = "offices",
        Cases = "cases",
        Mentors = "mentors",
        Admissions = "admissions",
        Classes = "classes",
        Rules = "rules",
        Numbers = "numbers",
    }
}

impl Counts {
    pub fn of(&self, what: Counted) -> Count {
        match what {
            Counted::Units => self.units,
            Counted::People => self.people,
            Counted::Offices => self.posts,
            Counted::Cases => self.cases,
            Counted::Mentors => self.mentors,
            Counted::Admissions => self.admissions,
            Counted::Classes => self.classes,
            Counted::Rules => self.rules,
            Counted::Numbers => self.numbers,
        }
    }
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        let no_people = self.new_people.is_empty() && self.changed.is_empty();
        let no_units = self.new_units.is_empty() && self.new_rules.is_empty();
        no_people && no_units && self.new_numbers.is_empty() && self.new_classes.is_empty()
    }

    pub fn counts(&self) -> Counts {
        let count = |added, unchanged| Count { added, unchanged, ..Count::default() };
        let mut counts = Counts {
            units: count(self.new_units.len(), self.same_units),
            people: count(self.new_people.len(), self.same_people),
            posts: count(0, self.same_posts),
            classes: count(self.new_classes.len(), self.same_classes),
            rules: count(self.new_rules.len(), self.same_rules),
            numbers: count(self.new_numbers.len(), self.same_numbers),
            ..Counts::default()
        };
        let new = self.new_people.iter();
        counts.posts.added = new.clone().map(|person| person.posts.len()).sum();
        let mut roads: Vec<&Road> = new.filter_map(|person| person.road.as_ref()).collect();
        for changed in &self.changed {
            let leaves =
                changed.changes.iter().any(|change| matches!(change, Change::Leaves { .. }));
            match leaves {
                true => counts.people.ended += 1,
                false => counts.people.changed += 1,
            }
            for change in &changed.changes {
                match change {
                    Change::Begins { .. } => counts.posts.added += 1,
                    Change::Ends { .. } => counts.posts.ended += 1,
                    Change::Road(road) => roads.push(road),
                    _ => {}
                }
            }
        }
        counts.cases.added = roads.len();
        counts.mentors.added = roads.iter().map(|road| road.mentors.len()).sum();
        counts.admissions.added = roads.iter().filter(|road| road.admits()).count();
        counts
    }
}

/// Whether doubts that a person may decide are decided as the list says, and what becomes of whoever it does not
/// name any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    pub accept_doubts: bool,
    pub end_gone: bool,
}
