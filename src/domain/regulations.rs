//! The rules of Party offices as data: what each says, which document says so, since when, and
//! whether an office has confirmed the entry.
//!
//! The versions of a rule stand side by side, and every question names the day it is about. Not for
//! what a rule does with its value (see [`super::road`]) and not for reading files: whoever loads
//! `config/regulations.toml` hands the parsed [`RegulationList`] to [`Regulations::new`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::road::Paper;
use super::words;

words! {
    /// In what the value of a rule is written.
    Unit {
        /// Whole years of age, counted in months.
        Years = "years",
        Months = "months",
        WorkingDays = "working_days",
        Persons = "persons",
        /// A fraction, `2/3`.
        Share = "share",
        CountedFrom = "counted_from",
        /// Names of papers with commas between them.
        Papers = "papers",
        ListApproval = "list_approval",
    }
}

words! {
    /// Whose approval a branch's source list needs.
    ListApproval {
        /// không phải duyệt
        None = "none",
        /// Đảng ủy duyệt
        Committee = "committee",
    }
}

words! {
    /// The day from which a limit after a decision runs.
    CountedFrom {
        /// ngày ra quyết định
        Issue = "issue",
        /// ngày nhận được quyết định
        Receipt = "receipt",
    }
}

/// A part of a whole that a vote has to reach; never more than the whole, never nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: u32,
    whole: u32,
}

impl Share {
    /// `None` unless it is above nothing and not above the whole.
    pub fn new(part: u32, whole: u32) -> Option<Self> {
        (1..=whole).contains(&part).then_some(Self { part, whole })
    }

    /// The fewest of `all` that are at least this share.
    pub fn of(self, all: u32) -> u32 {
        let needed = (u64::from(all) * u64::from(self.part)).div_ceil(u64::from(self.whole));
        u32::try_from(needed).unwrap_or(all)
    }

    pub fn part(self) -> u32 {
        self.part
    }

    pub fn whole(self) -> u32 {
        self.whole
    }
}

/// What a rule says, for whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    Years(u32),
    Months(u32),
    WorkingDays(u32),
    Persons(u32),
    Share(Share),
    CountedFrom(CountedFrom),
    Papers(Vec<Paper>),
    ListApproval(ListApproval),
}

/// A kind of value that a rule may have.
pub trait Value: Clone {
    const UNIT: Unit;
    /// `None`: the text is no such value.
    fn read(text: &str) -> Option<Self>;
    fn measure(&self) -> Measure;
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub u32);

        impl Value for $name {
            const UNIT: Unit = Unit::$name;
            fn read(text: &str) -> Option<Self> {
                // Four digits are more than any rule needs, and keep every sum of dates in range.
                text.parse().ok().filter(|n| (1..=9999).contains(n)).map(Self)
            }
            fn measure(&self) -> Measure {
                Measure::$name(self.0)
            }
        }
    )*};
}
numbers! {
    /// Whole years of age.
    Years,
    Months,
    WorkingDays,
    Persons
}

impl Value for Share {
    const UNIT: Unit = Unit::Share;
    fn read(text: &str) -> Option<Self> {
        let (part, whole) = text.split_once('/')?;
        Self::new(part.trim().parse().ok()?, whole.trim().parse().ok()?)
    }
    fn measure(&self) -> Measure {
        Measure::Share(*self)
    }
}

impl Value for CountedFrom {
    const UNIT: Unit = Unit::CountedFrom;
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn measure(&self) -> Measure {
        Measure::CountedFrom(*self)
    }
}

impl Value for ListApproval {
    const UNIT: Unit = Unit::ListApproval;
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn measure(&self) -> Measure {
        Measure::ListApproval(*self)
    }
}

impl Value for Vec<Paper> {
    const UNIT: Unit = Unit::Papers;
    fn read(text: &str) -> Option<Self> {
        text.split(',').map(|name| name.trim().parse().ok()).collect()
    }
    fn measure(&self) -> Measure {
        Measure::Papers(self.clone())
    }
}

/// A version of a rule as `config/regulations.toml` has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub value: String,
    pub unit: Unit,
    pub cite: String,
    pub from: NaiveDate,
    pub confirmed: bool,
    pub doubt: Option<String>,
}

/// What `config/regulations.toml` holds: the versions of each rule, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct RegulationList(pub BTreeMap<String, Vec<Written>>);

/// Why a list of rules cannot be right; names the rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegulationError {
    #[error("the rule {0} is missing")]
    Missing(String),
    #[error("{0} is no rule this program knows")]
    Unknown(String),
    #[error("{key}: the unit is {expected}, not {found}")]
    Unit { key: String, expected: Unit, found: Unit },
    #[error("{key}: {value:?} is no value in {unit}")]
    Value { key: String, value: String, unit: Unit },
    #[error("{key}: the version of {from} names no document")]
    Uncited { key: String, from: NaiveDate },
    #[error("{key}: two versions are in force from {from}")]
    Twice { key: String, from: NaiveDate },
}

/// The document behind a version of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The rule's name in `config/regulations.toml`.
    pub key: &'static str,
    /// The document, with its date.
    pub cite: String,
    /// The day it came into force.
    pub from: NaiveDate,
    /// Whether an office has compared the entry with the document.
    pub confirmed: bool,
    /// What an office should look at first.
    pub doubt: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<T> {
    pub value: T,
    pub source: Source,
}

/// The versions of a rule, oldest first; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    oldest: Version<T>,
    later: Vec<Version<T>>,
}

impl<T: Value> Rule<T> {
    /// The version in force on a date; before the oldest one came into force, that.
    pub fn on(&self, date: NaiveDate) -> &Version<T> {
        let in_force = self.later.iter().rev().find(|version| version.source.from <= date);
        in_force.unwrap_or(&self.oldest)
    }

    /// All versions that have come into force by a date, newest first; the oldest always.
    fn until(&self, date: NaiveDate) -> Vec<Version<Measure>> {
        let later = self.later.iter().rev().filter(|version| version.source.from <= date);
        later
            .chain([&self.oldest])
            .map(|version| Version {
                value: version.value.measure(),
                source: version.source.clone(),
            })
            .collect()
    }

    fn read(list: &mut RegulationList, key: &'static str) -> Result<Self, RegulationError> {
        let name = || key.to_owned();
        let mut written = list.0.remove(key).unwrap_or_default();
        written.sort_by_key(|version| version.from);
        if let Some(pair) = written.windows(2).find(|pair| pair[0].from == pair[1].from) {
            return Err(RegulationError::Twice { key: name(), from: pair[0].from });
        }
        let mut versions = Vec::new();
        for Written { value, unit, cite, from, confirmed, doubt } in written {
            if unit != T::UNIT {
                return Err(RegulationError::Unit { key: name(), expected: T::UNIT, found: unit });
            }
            if cite.trim().is_empty() {
                return Err(RegulationError::Uncited { key: name(), from });
            }
            let Some(read) = T::read(value.trim()) else {
                return Err(RegulationError::Value { key: name(), value, unit });
            };
            versions.push(Version {
                value: read,
                source: Source { key, cite, from, confirmed, doubt },
            });
        }
        let mut versions = versions.into_iter();
        let oldest = versions.next().ok_or_else(|| RegulationError::Missing(name()))?;
        Ok(Self { oldest, later: versions.collect() })
    }
}

/// A rule by its name, its versions so far, newest first.
pub type Listed = (&'static str, Vec<Version<Measure>>);

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $value:ty),* $(,)?) => {
        /// Every rule the program applies.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Regulations { $($(#[$doc])* pub $name: Rule<$value>),* }

        impl Regulations {
            /// The names of all rules, in the order people read them.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($name)),*];

            /// Checks the list and takes it over; the first entry that cannot be right is the
            /// error.
            pub fn new(mut list: RegulationList) -> Result<Self, RegulationError> {
                let read = Self { $($name: Rule::read(&mut list, stringify!($name))?),* };
                match list.0.into_keys().next() {
                    Some(key) => Err(RegulationError::Unknown(key)),
                    None => Ok(read),
                }
            }

            /// Every rule with the versions that have come into force by a date.
            pub fn until(&self, date: NaiveDate) -> Vec<Listed> {
                vec![$((stringify!($name), self.$name.until(date))),*]
            }
        }
    };
}
rules! {
    /// tuổi đời tối thiểu khi chi bộ xét, tính theo tháng
    age_from: Years,
    /// tuổi đời tối đa; above it the superior committee has to consent
    age_to: Years,
    /// up to which age a candidate counts as one of the Đoàn
    youth_to: Years,
    /// đảng viên được phân công giúp đỡ, at most
    mentors_at_most: Persons,
    /// duyệt danh sách nguồn
    source_approval: ListApproval,
    /// how long a certificate of the awareness class is good
    certificate_valid: Months,
    /// người giới thiệu, beside the Đoàn
    introducers_youth: Persons,
    /// người giới thiệu of a candidate beyond the age of the Đoàn
    introducers: Persons,
    /// how long an introducer has worked together with the candidate
    known_for: Months,
    /// papers the branch needs before it votes
    papers_vote: Vec<Paper>,
    /// of all official members, less those excused by rule
    branch_vote: Share,
    /// papers the committee needs before it decides
    papers_committee: Vec<Paper>,
    committee_vote: Share,
    /// how soon after the decision the ceremony is held
    ceremony_within: WorkingDays,
    ceremony_counted_from: CountedFrom,
    /// how soon after the ceremony the member's CV is handed in
    cv_within: WorkingDays,
    /// thời gian dự bị
    probation: Months,
    /// papers the branch needs before it votes on recognition
    papers_recognition: Vec<Paper>,
    /// how soon after the probation the branch considers recognition
    recognition_within: WorkingDays,
    /// how long after being struck off somebody may be considered anew
    readmission_after: Months,
    /// how soon a transfer of activity is completed
    transfer_within: WorkingDays,
}

#[cfg(test)]
pub(super) mod fixture {
    use super::*;

    /// A list written as `config/regulations.toml` is.
    pub fn list(toml: &str) -> Result<RegulationList, config::ConfigError> {
        config::Config::builder()
            .add_source(config::File::from_str(toml, config::FileFormat::Toml))
            .build()?
            .try_deserialize()
    }

    pub const SHIPPED: &str = include_str!("../../config/regulations.toml");

    /// The rules this program ships with.
    pub fn shipped() -> Regulations {
        Regulations::new(list(SHIPPED).unwrap()).unwrap()
    }
}

#[cfg(test)]
mod tests;
