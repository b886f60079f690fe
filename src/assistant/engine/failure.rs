//! How a feature says no, and how it fails.

use chrono::NaiveDate;

use crate::domain::when::{self, WhenError};
use crate::message::{Arg, Phrase};
use crate::operations::Refused;
use crate::store::StoreError;

/// The tables that an update may change though it is refused: talk and messages, that an account can be
/// written to, who read, who guessed codes, that a reminder was seen, and drafts with their files. A refusal
/// is committed with the other updates of its group, so whatever else was written would stand.
pub(super) const WRITTEN_WITH_A_REFUSAL: &[&str] = &[
    "session",
    "button",
    "preview",
    "outbox",
    "account",
    "audit",
    "bind_failure",
    "reminder",
    "report_draft",
    "notice_draft",
    "notice_file",
];

pub type Outcome = Result<(), Failure>;

/// Why there is no answer in the ordinary way.
#[derive(Debug)]
pub enum Failure {
    /// A person's mistake or a rule: what happened, which rule, what to do. A normal result.
    Refusal(Phrase),
    /// The dialogue was kept by another version and cannot be read: it begins anew, with an
    /// apology.
    Unreadable,
    /// Ours.
    Fault(Fault),
}

/// Something that should not have happened; logged under a reference code.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the panic said, if it said something.
    #[error("a feature panicked: {0}")]
    Panic(String),
    /// It would stand half done: nothing may be written before a refusal.
    #[error("refused ({refusal}) after {} had been changed", tables.join(", "))]
    HalfDone { refusal: String, tables: Vec<&'static str> },
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Fault(Fault::Store(error))
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Because(phrase) => Self::Refusal(phrase),
            Refused::Fault(error) => error.into(),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failure {
    pub fn refusal(phrase: impl Into<Phrase>) -> Self {
        Self::Refusal(phrase.into())
    }
}

/// A date as it was read from what somebody typed; `None`: it is none, and does not look like one. Refuses
/// what looks like one and is in no calendar, in the same words wherever a date is asked for.
pub fn a_date(
    typed: &str,
    read: Result<NaiveDate, WhenError>,
) -> Result<Option<NaiveDate>, Failure> {
    let wrong = match read {
        Ok(date) => return Ok(Some(date)),
        Err(wrong) => wrong,
    };
    match when::no_date(typed, &wrong) {
        Some(date) => refuse(Phrase::new("typed-no-such-date").with("date", Arg::figures(date))),
        None => Ok(None),
    }
}

/// Ends a feature's call with a refusal.
pub fn refuse<T>(phrase: impl Into<Phrase>) -> Result<T, Failure> {
    Err(Failure::Refusal(phrase.into()))
}
