//! What is said of lists at the command line: a sentence for each kind of error and of doubt.

use crate::domain::language::Language;
use crate::domain::listed::{self, Question, Wrong};
use crate::lists::file::{Col, WhyNot};
use crate::lists::headings::Column;
use crate::lists::records;
use crate::lists::values::{Allowed, Doubt};
use crate::message::{Disclosure, Phrase};
use crate::phrasing::lists as phrasing;
use crate::render::{self, Reader};

/// Where a cell or a row stands.
pub(super) fn cell(at: &records::At, column: Option<Col>) -> String {
    place(&at.file, &at.sheet, at.row, column)
}

/// Where a row stands, if it is about one.
pub(super) fn at(at: &listed::At) -> String {
    match at.file.is_empty() {
        true => "in no list".to_owned(),
        false => place(&at.file, &at.sheet, at.row, None),
    }
}

fn place(file: &str, sheet: &str, row: u32, column: Option<Col>) -> String {
    let column = column.map(|column| format!(", column {column}")).unwrap_or_default();
    format!("{}, row {row}{column}", within(file, sheet))
}

/// A file, and the sheet in it where it has sheets.
pub(super) fn within(file: &str, sheet: &str) -> String {
    if sheet.is_empty() { file.to_owned() } else { format!("{file}, sheet \"{sheet}\"") }
}

/// What a column tells.
pub(super) fn column(column: Column) -> String {
    column.name().replace('_', " ")
}

pub(super) const fn why_not(why: WhyNot) -> &'static str {
    match why {
        WhyNot::Hidden => "it is hidden",
        WhyNot::VeryHidden => "it is hidden from Excel's own menu",
        WhyNot::Letters => "its letters are of an old encoding, and which one is not certain",
        WhyNot::NoCells => "it is a chart or a dialogue",
    }
}

/// What a cell would have to hold.
pub(super) fn allowed(allowed: Allowed) -> String {
    say(&phrasing::allowed(allowed))
}

/// What may be meant otherwise in a cell.
pub(super) fn doubt(doubt: Doubt) -> String {
    say(&phrasing::doubt(doubt))
}

/// What keeps a row from being taken in.
pub(super) fn wrong(wrong: Wrong) -> String {
    say(&phrasing::wrong(wrong))
}

/// What only a person can decide, and what becomes of it.
pub(super) fn question(question: &Question) -> String {
    say(&phrasing::question(question))
}

/// The command line speaks English, to whoever runs the program.
fn say(phrase: &Phrase) -> String {
    render::say(phrase, Language::En, Disclosure::Names, &Reader::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_sheets_names_none() {
        let at = |sheet: &str| listed::At { file: "a.csv".into(), sheet: sheet.into(), row: 3 };
        assert_eq!(super::at(&at("")), "a.csv, row 3");
        assert_eq!(super::at(&at("Tờ 1")), "a.csv, sheet \"Tờ 1\", row 3");
        assert_eq!(within("a.csv", ""), "a.csv");
    }
}
