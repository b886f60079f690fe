//! What lists tell of an organisation, compared with what is known of it: who is the same, what is new, what has
//! changed, and what only a person can decide. Nothing is read or written here.

mod branches;
mod classes;
mod compare;
mod matching;
mod membership;
mod merge;
mod road;
mod units;

pub use compare::compare;
pub use membership::Period;
pub use road::{Road, RoadStep, Seat};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::ids::{ClassId, PersonId, UnitId};
use super::minutes::PaperKind;
use super::people::{OfficeKind, Status, UnitKind};
use super::practice::MeetingHabit;
use super::road::{CaseStep, Paper};
use super::typed::Typed;
use super::words;

/// Where something stands in the files, as the sheet itself numbers its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        /// What they were called before, and are called beside; several parted by `;`.
        OtherNames = "other_names",
    }
}

words! {
    /// How somebody came to where they are placed, beside growing up in it.
    Arrival {
        /// chuyển đến trong đảng bộ
        Within = "within",
        /// chuyển đến từ đảng bộ khác
        Outside = "outside",
        /// phục hồi đảng tịch
        Restored = "restored",
    }
}

words! {
    /// How somebody left where they were placed.
    Departure {
        /// chuyển đi trong đảng bộ
        Within = "within",
        /// chuyển đi đảng bộ khác
        Outside = "outside",
        /// từ trần
        Died = "died",
        /// khai trừ
        Expelled = "expelled",
        /// xóa tên
        StruckOff = "struck_off",
        /// xin ra
        Withdrew = "withdrew",
    }
}

/// A unit as a list tells of it.
#[derive(Clone)]
pub struct UnitTold {
    pub at: At,
    /// The list's own, or ours.
    pub key: Option<String>,
    pub name: String,
    pub kind: UnitKind,
    /// Key or name of the unit above; `None`: the organisation itself.
    pub parent: Option<String>,
}

/// A person as a row tells of them. Without a form for logs: nothing of it belongs there.
#[derive(Clone)]
pub struct PersonTold {
    pub at: At,
    pub key: Option<String>,
    /// What stands for the card and personal numbers in these files: the same for the same number.
    pub numbers: Vec<usize>,
    pub name: String,
    pub born: Option<NaiveDate>,
    /// Key or name of the branch, and what it is by its name.
    pub unit: Option<(String, UnitKind)>,
    /// The department inside the agency.
    pub department: Option<Typed>,
    pub posts: Vec<PostTold>,
    pub status: Option<Status>,
    pub admitted: Option<NaiveDate>,
    pub official: Option<NaiveDate>,
    pub came: Came,
    /// The first day on which they are here no more.
    pub left: Option<NaiveDate>,
    pub left_how: Option<Departure>,
    pub left_to: Option<Typed>,
    /// Whether it is told that they are here no more, and perhaps not since when.
    pub is_gone: bool,
    pub facts: BTreeMap<FactKind, Typed>,
    pub candidate: Option<CandidateTold>,
}

impl PersonTold {
    /// Somebody of whom the name alone is told.
    pub fn of_name(name: impl Into<String>) -> Self {
        Self {
            at: At::default(),
            key: None,
            numbers: Vec::new(),
            name: name.into(),
            born: None,
            unit: None,
            department: None,
            posts: Vec::new(),
            status: None,
            admitted: None,
            official: None,
            came: Came::default(),
            left: None,
            left_how: None,
            left_to: None,
            is_gone: false,
            facts: BTreeMap::new(),
            candidate: None,
        }
    }
}

/// An office, of the unit that somebody is placed in or of the organisation itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostTold {
    pub kind: OfficeKind,
    pub of_top: bool,
}

/// How somebody came.
#[derive(Clone, Default)]
pub struct Came {
    pub on: Option<NaiveDate>,
    /// From where, as it is told: a unit of ours, or another organisation.
    pub from: Option<String>,
    pub how: Option<Arrival>,
}

/// A candidate's road as a row tells of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CandidateTold {
    /// In the order of the road.
    pub steps: Vec<StepTold>,
    /// Their names.
    pub mentors: Vec<String>,
    pub mentors_since: Option<NaiveDate>,
    pub resolution: Option<String>,
    /// The number of the document that opened the class they were sent to.
    pub class: Option<String>,
    pub class_days: Option<(NaiveDate, NaiveDate)>,
    pub certificate: Option<Certificate>,
    /// Papers that are there.
    pub papers: Vec<Paper>,
}

impl CandidateTold {
    /// The days on which something happened.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let class = self.class_days.map(|(first, _)| first);
        let certified = self.certificate.as_ref().map(|paper| paper.on);
        let steps = self.steps.iter().map(|step| step.on);
        steps.chain(self.mentors_since).chain(class).chain(certified)
    }
}

/// What a class ended with.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    pub number: Option<String>,
    pub on: NaiveDate,
}

#[derive(Clone, PartialEq, Eq)]
pub struct StepTold {
    pub step: CaseStep,
    pub on: NaiveDate,
    pub number: Option<String>,
}

/// When and where a branch meets, as a row tells; what it leaves open is as everywhere.
pub struct RuleTold {
    pub at: At,
    /// Key or name.
    pub unit: Option<String>,
    pub habit: MeetingHabit,
}

/// The last number that a branch gave to papers of a kind in this term.
pub struct NumberTold {
    pub at: At,
    /// Key or name.
    pub unit: Option<String>,
    /// `None`: of a kind that has no numbers here.
    pub kind: Option<PaperKind>,
    pub last: u32,
}

/// A class, by the document that opened it.
pub struct ClassTold {
    pub at: At,
    pub number: Option<String>,
    /// The first and the last day.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub place: Option<Typed>,
}

/// All that some lists tell.
#[derive(Default)]
pub struct Told {
    pub units: Vec<UnitTold>,
    pub people: Vec<PersonTold>,
    pub rules: Vec<RuleTold>,
    pub numbers: Vec<NumberTold>,
    pub classes: Vec<ClassTold>,
}

/// A unit that is there.
pub struct KnownUnit {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub kind: UnitKind,
    pub parent: Option<UnitId>,
}

/// A person who is there, as they are on the day of the comparison.
pub struct KnownPerson {
    pub id: PersonId,
    pub code: String,
    pub name: String,
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
    pub offices: Count,
    pub cases: Count,
    pub mentors: Count,
    pub admissions: Count,
    pub classes: Count,
    pub rules: Count,
    pub numbers: Count,
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
            offices: count(0, self.same_posts),
            classes: count(self.new_classes.len(), self.same_classes),
            rules: count(self.new_rules.len(), self.same_rules),
            numbers: count(self.new_numbers.len(), self.same_numbers),
            ..Counts::default()
        };
        let new = self.new_people.iter();
        counts.offices.added = new.clone().map(|person| person.posts.len()).sum();
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
                    Change::Begins { .. } => counts.offices.added += 1,
                    Change::Ends { .. } => counts.offices.ended += 1,
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
