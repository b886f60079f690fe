//! The rows of lists: what each tells, where it stands, and what could not be read.
//!
//! A value that cannot be read is an error of its cell, and everything else of the row is read all the
//! same, so that all of them can be shown at once.

mod candidate;
mod person;
mod reading;
mod rows;
mod title;
mod unit;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveTime;
use serde::Serialize;

use super::file::{Col, Letters, Workbook};
use super::headings::Column;
use super::table::{Kind, Proposal};
use super::values::{
    Allowed, Day, Degree, Doubt, Education, MeetingDay, PartyPost, Person, Sex, Span, State,
    Theory, Title, UnionKind, UnionPost, UnitKind,
};

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct At {
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    /// As the sheet shows it, from 1.
    pub row: u32,
}

/// A fact, and the column it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<T> {
    pub value: T,
    pub column: Col,
}

/// Text that no log and no error shows.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for whoever stores or compares it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Which unit a row names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InUnit {
    /// Its code or name in a column of the row.
    Column(Told<String>),
    /// The name in the group row above it.
    Group { name: String, row: u32 },
}

impl InUnit {
    /// The code or name, as it stands in the list.
    pub fn text(&self) -> &str {
        match self {
            Self::Column(told) => &told.value,
            Self::Group { name, .. } => name,
        }
    }
}

/// Somebody in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonRow {
    pub at: At,
    /// The office's own code.
    pub key: Option<Told<String>>,
    pub name: Told<String>,
    pub former_names: Vec<Told<String>>,
    /// 12 digits, or 8.
    pub card: Option<Told<Secret>>,
    pub card_day: Option<Told<Day>>,
    pub card_place: Option<Told<String>>,
    /// 12 digits, or 9.
    pub personal: Option<Told<Secret>>,
    pub born: Option<Told<Day>>,
    pub sex: Option<Told<Sex>>,
    pub ethnicity: Option<Told<String>>,
    pub religion: Option<Told<String>>,
    pub home: Option<Told<String>>,
    pub residence: Option<Told<String>>,
    pub occupation: Option<Told<String>>,
    pub party_offices: Vec<Told<PartyPost>>,
    pub union_offices: Vec<Told<UnionPost>>,
    /// Posts of the office.
    pub posts: Vec<Told<String>>,
    /// Whether somebody is of a union.
    pub unions: Vec<Told<(UnionKind, bool)>>,
    pub education: Option<Told<Education>>,
    pub degree: Option<Told<Degree>>,
    pub title: Option<Told<Title>>,
    pub theory: Option<Told<Theory>>,
    pub unit: Option<InUnit>,
    pub unit_of_residence: Option<Told<String>>,
    pub department: Option<Told<String>>,
    pub state: Option<Told<State>>,
    pub admitted: Option<Told<Day>>,
    pub readmitted: Option<Told<Day>>,
    pub official: Option<Told<Day>>,
    pub came: Moved,
    pub left: Moved,
    pub phone: Option<Told<Secret>>,
    pub email: Option<Told<String>>,
    /// What is told of the road, in lists of candidates.
    pub candidate: Option<CandidateRow>,
}

/// How somebody came or left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moved {
    pub on: Option<Told<Day>>,
    /// From where, or to where.
    pub place: Option<Told<String>>,
    pub how: Option<Told<String>>,
}

/// The number of a paper and its day, each as far as it is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperTold {
    pub number: Option<Told<String>>,
    pub on: Option<Told<Day>>,
}

/// What is told of somebody's road.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CandidateRow {
    /// The resolution of the branch that recognised them, and the day of its meeting.
    pub recognised: PaperTold,
    pub recognised_in: Option<Told<String>>,
    pub mentors: Vec<Told<Person>>,
    pub mentors_since: Option<Told<Day>>,
    pub mentors_by: Option<Told<String>>,
    /// The decision that opened the class.
    pub class: PaperTold,
    pub class_days: Option<Told<Span>>,
    pub class_place: Option<Told<String>>,
    pub certificate: PaperTold,
    pub certificate_by: Option<Told<String>>,
    /// Papers that are there, as the list names them.
    pub papers: Vec<Told<String>>,
    pub admission_resolution: PaperTold,
    pub admission: PaperTold,
    pub admission_day: Option<Told<Day>>,
}

/// A branch or organisation in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRow {
    pub at: At,
    pub code: Option<Told<String>>,
    pub name: Told<String>,
    pub kind: Option<Told<UnitKind>>,
    /// The code or name of the unit above.
    pub parent: Option<Told<String>>,
    pub founded: Option<Told<Day>>,
    pub ended: Option<Told<Day>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ClassRow {
    pub at: At,
    /// The decision that opened it.
    pub decision: PaperTold,
    pub days: Option<Told<Span>>,
    pub place: Option<Told<String>>,
}

/// The last number of a kind of paper.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberRow {
    pub at: At,
    /// Whose papers; nothing where the list names no unit.
    pub unit: Option<InUnit>,
    pub paper: PaperKind,
    pub last: Told<u32>,
}

/// Kinds of papers that a branch issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    Resolution,
    Decision,
    Conclusion,
    Notice,
    Report,
    Plan,
    Programme,
    Scheme,
    Option,
    Submission,
    Letter,
    Minutes,
}

/// When and where a branch meets.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleRow {
    pub at: At,
    pub unit: Option<InUnit>,
    pub day: Option<Told<MeetingDay>>,
    pub hour: Option<Told<NaiveTime>>,
    pub place: Option<Told<String>>,
}

/// A cell that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct CellError {
    pub at: At,
    pub column: Col,
    /// What the column is read as.
    pub means: Column,
    /// What stands there; dots for what is secret.
    pub read: String,
    pub allowed: Allowed,
}

/// A cell that was read, but may be meant otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct CellDoubt {
    pub at: At,
    /// Nothing where the whole row is in doubt.
    pub column: Option<Col>,
    /// What stands there; dots for what is secret.
    pub read: String,
    pub doubt: Doubt,
}

/// A column that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedColumn {
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    pub column: Col,
    pub heading: String,
}

/// Everything that lists tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lists {
    pub units: Vec<UnitRow>,
    pub people: Vec<PersonRow>,
    pub classes: Vec<ClassRow>,
    pub numbers: Vec<NumberRow>,
    pub rules: Vec<RuleRow>,
    pub errors: Vec<CellError>,
    pub doubts: Vec<CellDoubt>,
    pub unused: Vec<UnusedColumn>,
    /// Columns whose letters were of an old encoding, by sheet.
    pub converted: Vec<(Arc<str>, Col, Letters)>,
}

impl Lists {
    /// Adds what another file tells.
    pub fn append(&mut self, mut other: Self) {
        self.units.append(&mut other.units);
        self.people.append(&mut other.people);
        self.classes.append(&mut other.classes);
        self.numbers.append(&mut other.numbers);
        self.rules.append(&mut other.rules);
        self.errors.append(&mut other.errors);
        self.doubts.append(&mut other.doubts);
        self.unused.append(&mut other.unused);
        self.converted.append(&mut other.converted);
    }
}

/// Reads the tables of a workbook as the proposals say. A proposal for a sheet that is not there, as one kept
/// from last year may be, reads nothing.
pub fn read(workbook: &Workbook, proposals: &[Proposal]) -> Lists {
    let mut lists = Lists::default();
    for sheet in &workbook.sheets {
        let converted = sheet.converted.iter();
        lists
            .converted
            .extend(converted.map(|(column, letters)| (sheet.name.clone(), *column, *letters)));
    }
    for proposal in proposals {
        let named = |sheet: &&super::file::Sheet| *sheet.name == *proposal.sheet;
        let Some(sheet) = workbook.sheets.iter().find(named) else { continue };
        lists.unused.extend(proposal.not_used.iter().map(|one| UnusedColumn {
            file: workbook.name.clone(),
            sheet: sheet.name.clone(),
            column: one.column,
            heading: one.heading.clone(),
        }));
        for line in rows::lines(sheet, proposal, &workbook.name, &mut lists) {
            let mut reading = reading::Reading::new(&line, proposal, &mut lists);
            match proposal.kind {
                Kind::People | Kind::Candidates => person::read(&mut reading),
                Kind::Units | Kind::Numbers | Kind::Rules => {
                    unit::read(&mut reading, proposal.kind)
                }
                Kind::Classes => unit::class(&mut reading),
            }
        }
    }
    person::twice(&mut lists);
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_is_not_shown() {
        let secret = Secret::new("001085012345".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret");
        let told = Some(Told { value: secret, column: Col(2) });
        assert!(!format!("{told:?}").contains("001"));
    }
}
