//! What lists tell.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::minutes::PaperKind;
use super::super::people::{OfficeKind, Status, UnitKind};
use super::super::practice::MeetingHabit;
use super::super::road::{CaseStep, Paper};
use super::super::typed::Typed;
use super::super::words;

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

impl Departure {
    /// Whether whoever left so is no member any more.
    pub const fn ends_membership(self) -> bool {
        match self {
            Self::Died | Self::Expelled | Self::StruckOff | Self::Withdrew => true,
            Self::Within | Self::Outside => false,
        }
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
    /// What they are by what is told, whatever the days.
    pub(super) fn is_now(&self) -> Option<Status> {
        match (self.official, self.admitted, self.status) {
            (Some(_), ..) => Some(Status::Official),
            (None, _, Some(Status::Official)) => Some(Status::Official),
            (None, Some(_), _) => Some(Status::Probationary),
            (None, None, status) => status,
        }
    }

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
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
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
