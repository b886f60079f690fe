//! What `config/demo.toml` holds, as it is written there. Not for the database's rows: those are
//! made of it one module up.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;

use crate::domain::class::ClassKind;
use crate::domain::people::{OfficeKind, UnitKind};
use crate::domain::report::{Rating, Recommendation, ReportState};
use crate::domain::road::{CaseStep, Paper, Place};
use crate::domain::target::TargetKind;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    #[serde(rename = "unit")]
    pub units: Vec<Unit>,
    #[serde(rename = "person")]
    pub people: Vec<Person>,
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
    #[serde(rename = "class")]
    pub classes: Vec<Class>,
    #[serde(rename = "target")]
    pub targets: Vec<Target>,
    #[serde(rename = "meeting")]
    pub meetings: Vec<Meeting>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: String,
    pub kind: UnitKind,
    /// Code of the unit above; it stands earlier in the file.
    pub parent: Option<String>,
    pub name: String,
    /// Whether the name is invented.
    #[serde(default)]
    pub illustrative: bool,
    pub meets: Option<Meets>,
}

/// When and where a branch holds its regular meeting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meets {
    /// The text form of [`crate::domain::recurrence::Rule`].
    pub rule: String,
    /// HH:MM
    pub at: String,
    pub place: String,
    /// The text form of [`crate::domain::recurrence::Policy`].
    pub day_off: String,
    pub from: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub code: String,
    pub name: String,
    pub born: NaiveDate,
    /// The ceremony; probationary member from that day.
    pub admitted: Option<NaiveDate>,
    /// Official member from that day.
    pub official: Option<NaiveDate>,
    /// One after the other, the oldest first.
    pub places: Vec<Placed>,
    #[serde(default)]
    pub offices: Vec<Held>,
}

/// A period of work in a branch's unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    pub unit: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// The department inside the agency.
    pub label: Option<String>,
}

/// An office held for a period.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    pub kind: OfficeKind,
    pub unit: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub code: String,
    pub person: String,
    pub unit: String,
    /// In the order they happened; the first opens the case.
    pub steps: Vec<Step>,
    #[serde(default)]
    pub papers: Vec<Kept>,
    pub mentors: Vec<Mentor>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub step: CaseStep,
    pub on: NaiveDate,
    /// Of the resolution, the decision, the certificate.
    pub number: Option<String>,
    /// In favour, and of how many.
    pub votes: Option<[u32; 2]>,
    /// When the decision arrived.
    pub received: Option<NaiveDate>,
    /// Codes of persons.
    #[serde(default)]
    pub introducers: Vec<String>,
}

/// Papers of a dossier, and where they have been kept since a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    pub on: NaiveDate,
    pub kept: Place,
    pub present: Vec<Paper>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentor {
    pub person: String,
    pub resolution: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// A class of the committee.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub kind: ClassKind,
    pub unit: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub place: String,
    /// Of the notice.
    pub number: String,
    /// The day of the certificates.
    pub certified: Option<NaiveDate>,
    pub seats: Vec<Seated>,
}

/// Somebody who was sent; their step of this kind was taken on the first day of the class.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seated {
    pub case: String,
    /// The number of the certificate, if there is one.
    pub certificate: Option<String>,
}

/// What is expected of a branch in a year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub unit: String,
    pub year: i32,
    pub kind: TargetKind,
    pub amount: i64,
    /// Local time.
    pub set: NaiveDateTime,
    /// Code of a person.
    pub by: String,
}

/// A regular meeting that was held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    pub unit: String,
    /// YYYY-MM
    pub period: String,
    /// Local time.
    pub starts: NaiveDateTime,
    pub place: String,
    #[serde(default)]
    pub reports: Vec<Report>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub case: String,
    pub mentor: String,
    /// Local time.
    pub sent: NaiveDateTime,
    pub state: ReportState,
    /// In the order of [`crate::domain::report::Aspect::ALL`].
    pub ratings: [Rating; 5],
    pub recommendation: Recommendation,
    pub strengths: Option<String>,
    pub weaknesses: Option<String>,
}

impl Organisation {
    /// Reads the text of the file.
    pub fn read(toml: &str) -> Result<Self, config::ConfigError> {
        config::Config::builder()
            .add_source(config::File::from_str(toml, config::FileFormat::Toml))
            .build()?
            .try_deserialize()
    }
}
