//! Sentences about targets of branches.

use crate::domain::target::TargetKind;
use crate::domain::units::UnitName;
use crate::message::{Arg, Phrase};

/// What is counted, in a word.
pub fn kind(kind: TargetKind) -> Phrase {
    Phrase::new(format!("target-kind-{kind}"))
}

/// An amount, or that there is none.
pub fn amount(of: Option<i64>) -> Phrase {
    match of {
        Some(number) => Phrase::new("target-amount").with("count", number),
        None => Phrase::new("target-no-amount"),
    }
}

/// A sentence about the target of a branch for a year.
pub fn about(key: &str, unit: &UnitName, year: i32, of: TargetKind) -> Phrase {
    Phrase::new(key).with("unit", unit).with("year", Arg::figures(year)).with("kind", kind(of))
}
