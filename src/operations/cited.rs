//! Papers of others that people name by number and date: a resolution, a decision, a certificate.

use chrono::NaiveDate;

use super::work::{Refused, refuse};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::when;
use crate::message::{Arg, Phrase};

/// Refuses a paper that says it is of a day that no calendar has, or of one to come: it cannot have been
/// written yet.
pub fn must_be_of_a_day(paper: &Typed, today: NaiveDate) -> Result<(), Refused> {
    if is_a_date_alone(paper.as_written()) {
        return refuse("paper-without-number");
    }
    for date in when::dates_in(paper.as_written(), today) {
        match date {
            Ok(on) if on > today => {
                return refuse(Phrase::new("paper-ahead").with("on", on).with("today", today));
            }
            Err(error) => {
                if let Some(date) = when::no_such_date(&error) {
                    let why = Phrase::new("paper-no-such-date").with("date", Arg::figures(date));
                    return refuse(why);
                }
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

/// Whether nothing but a date is given, as `ngày 3/12/2018` or `32/13`: a number and a year, `12/2018`, are a
/// paper's number.
fn is_a_date_alone(paper: &str) -> bool {
    let is_date = |word: &str| {
        let parts: Vec<&str> = word.trim_end_matches(['.', ',']).split(['/', '.', '-']).collect();
        let is_number = |part: &&str| {
            (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        parts.iter().all(is_number)
            && (parts.len() == 3 || parts.len() == 2 && parts.iter().all(|part| part.len() <= 2))
    };
    let words = paper.split_whitespace().filter(|word| fold(word) != "ngay");
    let mut dates = words.map(is_date).peekable();
    dates.peek().is_some() && dates.all(|is_date| is_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_no_number_of_a_paper() {
        for date in ["32/13", "1/1/2010", "ngày 03/12/2018", "3.12.2018", "NGAY 3-12-2018"] {
            assert!(is_a_date_alone(date), "{date}");
        }
        for number in [
            "12/2018",
            "05-NQ/CB",
            "05-NQ/CB ngày 03/12/2018",
            "7",
            "",
            "ngày",
            "số 7 ngày 3/12/2018",
        ] {
            assert!(!is_a_date_alone(number), "{number}");
        }
    }
}
