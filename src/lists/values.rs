//! What stands in a cell, read as what its column tells. Pure functions: a cell in; nothing, a value, or
//! the reason why it is none out.

mod days;
mod facts;
mod marks;
mod meetings;
mod names;
mod numbers;
mod offices;
mod papers;
mod studies;

use serde::Serialize;

pub use self::days::{Day, Span, day, day_in, span};
pub use self::facts::{Facts, facts, is_ethnicity, is_religion};
pub use self::marks::{Sex, State, mark, sex, state, yes};
pub use self::meetings::{MeetingDay, Turn, UnitKind, hour, meeting_day, unit_kind};
pub use self::names::{Named, Person, full_name, named, other_name, people};
pub use self::numbers::{Paper, card, count, email, paper, personal, phone};
pub use self::offices::{Body, Offices, PartyKind, PartyPost, UnionKind, UnionPost, offices};
pub use self::papers::papers;
pub use self::studies::{
    Degree, Education, Level, Theory, Title, degree, education, theory, title,
};
use super::file::{Cell, Fault};
use crate::domain::text::fold;

/// What a cell would have to hold to be read; the sentences are in `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// `dd/mm/yyyy`, `mm/yyyy` or `yyyy`.
    Day,
    /// The day before the month, not the month before the day.
    DayFirst,
    /// A day that is in the calendar.
    DayInCalendar,
    /// A year from 1900 to 2100.
    Year,
    Sex,
    /// `x` or nothing.
    Mark,
    State,
    /// 12 digits, or the 8 of an old card.
    Card,
    /// 12 digits, or the 9 of an old one.
    Personal,
    Phone,
    Email,
    /// One to eight words of letters.
    Name,
    Education,
    Theory,
    Title,
    /// A whole number from 0 on.
    Count,
    MeetingDay,
    Hour,
    PaperKind,
    /// Text, where the sheet holds a day or a truth value.
    Text,
    /// A value: the formula of the cell was never calculated.
    Calculated,
    /// A value: the sheet shows an error.
    Faultless,
    /// No more than 4,000 characters.
    Shorter,
    /// Something: the row cannot be without it.
    Something,
    /// Text in letters that can be read.
    Letters,
}

/// What was read but may be meant otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// A year of two digits from 30 to 45, taken for 19…
    Century,
    /// Zeros were put before a number that had lost them.
    LostZeros,
    /// One of several, the first.
    FirstOfSeveral,
    /// Words beside a name that say nothing known.
    MoreThanName,
    /// Somebody who held an office once.
    Former,
    /// The sheet does not show the row.
    HiddenRow,
    /// A mark, or a fact, both ways: in both columns, or against another.
    Contradiction,
    /// A row below signatures that looks like one of the table.
    AfterEnd,
    /// Somebody of the same name and birth date stands in another row.
    Twice,
    /// A row of one text, which heads others.
    HeadsOthers,
    /// Of a day of the Party only the year or the month.
    NoDay,
    /// What people are is said above the table alone.
    StateByTitle,
    /// In which branch people are is said above the table alone, or by the sheet's name.
    BranchByTitle,
}

/// A value as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken<T> {
    pub value: T,
    pub doubt: Option<Doubt>,
}

/// What comes of reading a cell: `None` where it tells nothing.
pub type Read<T> = Result<Option<Taken<T>>, Allowed>;

fn sure<T>(value: T) -> Read<T> {
    Ok(Some(Taken { value, doubt: None }))
}

fn doubted<T>(value: T, doubt: Doubt) -> Read<T> {
    Ok(Some(Taken { value, doubt: Some(doubt) }))
}

/// The text of a cell; numbers as the sheet keeps them.
///
/// # Errors
/// What the sheet shows as an error, and days and truth values.
pub fn text(cell: &Cell) -> Read<String> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) => {
            let text = text.trim_start_matches('\'').trim();
            if text.is_empty() { Ok(None) } else { sure(text.to_owned()) }
        }
        Cell::Number(number) => sure(number.to_string()),
        Cell::Day(_) | Cell::Bool(_) => Err(Allowed::Text),
        Cell::Fault(fault) => Err(faulty(fault)),
    }
}

const fn faulty(fault: &Fault) -> Allowed {
    match fault {
        Fault::Shown(_) => Allowed::Faultless,
        Fault::NoValue => Allowed::Calculated,
        Fault::TooLong(_) => Allowed::Shorter,
        Fault::NoDay => Allowed::DayInCalendar,
        Fault::Letters(_) => Allowed::Letters,
    }
}

/// Whether a text says that there is nothing: a dash, "chưa", "không".
fn is_nothing(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
        || matches!(
            fold(text).as_str(),
            "khong" | "khong co" | "chua" | "chua co" | "k" | "ko" | "n/a" | "na" | "null" | "0"
        )
}

/// Folded words with every sign as a blank, to find words side by side in.
fn words(text: &str) -> String {
    let folded = fold(text).replace(['-', '/', ':'], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}

/// Whether folded words hold others side by side; like that of `domain::text`, without setting memory aside,
/// because each cell is asked a hundred times.
fn holds(words: &str, of: &str) -> bool {
    let parts = |c: Option<&u8>| c.is_none_or(|c| *c == b' ');
    let bytes = words.as_bytes();
    words.match_indices(of).any(|(at, _)| {
        parts(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && parts(bytes.get(at + of.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_held_whole() {
        for (words, of, held) in [
            ("pho bi thu", "bi thu", true),
            ("bi thu doan", "bi thu", true),
            ("chi bo 10", "bo 1", false),
            ("a bi thua bi thu", "bi thu", true),
        ] {
            assert_eq!(holds(words, of), held, "{of} in {words}");
            assert_eq!(holds(words, of), crate::domain::text::holds_words(words, of));
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_stands_in_a_cell_is_read_or_refused(text in "\\PC{0,40}", number in proptest::prelude::any::<f64>()) {
            for cell in [Cell::Text(text.clone()), Cell::Number(number)] {
                let _ = (day(&cell), span(&cell), sex(&cell), mark(&cell), yes(&cell), state(&cell), named(&cell));
                let _ = (people(&cell), card(&cell), personal(&cell), phone(&cell), email(&cell), count(&cell));
                let _ = (paper(&cell), education(&cell), degree(&cell), title(&cell), theory(&cell));
                let _ = (meeting_day(&cell), hour(&cell));
            }
            let _ = (facts(&text), offices(&text), unit_kind(&text));
            if let Some(name) = full_name(&text) {
                proptest::prop_assert_eq!(full_name(&name), Some(name.clone()));
            }
        }

        #[test]
        fn days_are_read_as_they_are_written(days in 0_i64..73_000) {
            let first = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
            let on = first + chrono::Duration::days(days);
            for form in ["%d/%m/%Y", "%-d-%-m-%Y", "%d.%m.%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y"] {
                proptest::prop_assert_eq!(day_in(&on.format(form).to_string()), sure(Day::Exact(on)));
            }
        }
    }

    #[test]
    fn texts_are_what_the_sheet_shows() {
        let cell = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(text(&cell("'0123")), sure("0123".to_owned()));
        assert_eq!(text(&cell("'")), Ok(None));
        assert_eq!(text(&Cell::Number(12.0)), sure("12".to_owned()));
        assert_eq!(text(&Cell::Bool(true)), Err(Allowed::Text));
        assert_eq!(text(&Cell::Fault(Fault::NoValue)), Err(Allowed::Calculated));
        assert!(is_nothing(" - ") && is_nothing("Chưa có") && !is_nothing("Khôi"));
    }
}
