//! Papers of others that people name by number and date: a resolution, a decision, a certificate.

use chrono::NaiveDate;

use super::work::{Refused, refuse};
use crate::domain::typed::Typed;
use crate::domain::when::{self, WhenError};
use crate::message::{Arg, Phrase};

/// Refuses a paper that says it is of a day that no calendar has, or of one to come: it cannot have been
/// written yet.
pub fn must_be_of_a_day(paper: &Typed, today: NaiveDate) -> Result<(), Refused> {
    for date in when::dates_in(paper.as_written(), today) {
        match date {
            Ok(on) if on > today => {
                return refuse(Phrase::new("paper-ahead").with("on", on).with("today", today));
            }
            Err(WhenError::NoSuchDate { day, month, year }) => {
                let year = year.map(|year| format!("/{year}")).unwrap_or_default();
                let date = Arg::figures(format!("{day}/{month}{year}"));
                return refuse(Phrase::new("paper-no-such-date").with("date", date));
            }
            _ => {}
        }
    }
    Ok(())
}
