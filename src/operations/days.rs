//! Days that people give to what they write down.

use chrono::{Days, NaiveDate};

use super::work::{Refused, Work, refuse};
use crate::message::Phrase;

/// How far ahead what is decided may be written down, in days.
pub const AHEAD: i64 = 60;

/// Refuses a day too far ahead for a decision.
pub(super) fn must_be_near(work: &Work<'_>, day: NaiveDate) -> Result<(), Refused> {
    let latest = work.today() + Days::new(AHEAD.unsigned_abs());
    match day <= latest {
        true => Ok(()),
        false => refuse(Phrase::new("personnel-far").with("latest", latest)),
    }
}

/// Refuses a day to come, for what can only have happened.
pub(super) fn must_not_be_ahead(work: &Work<'_>, day: NaiveDate) -> Result<(), Refused> {
    match day <= work.today() {
        true => Ok(()),
        false => refuse(Phrase::new("personnel-ahead").with("today", work.today())),
    }
}

/// Refuses a day before what stands began; on its own day it can still be corrected.
pub(super) fn must_not_precede(day: NaiveDate, began: NaiveDate) -> Result<(), Refused> {
    match day >= began {
        true => Ok(()),
        false => refuse(Phrase::new("personnel-before").with("since", began)),
    }
}
