//! Where the headings of a table stand: in one row, or in two of which the upper one spans several columns.

use crate::domain::text::fold;
use crate::lists::file::{Cell, Col, Row, Sheet};
use crate::lists::headings::{Column, Meaning, Sure, is_known, meaning, meaning_below};

/// The rows of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub first: u32,
    pub last: u32,
}

/// Characters of a heading; what is longer is a note.
const LONGEST: usize = 150;

/// The headings of a sheet, in order.
pub(super) fn find(sheet: &Sheet) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::new();
    for row in &sheet.rows {
        if out.last().is_some_and(|before| row.number <= before.last) || !is_heading(row) {
            continue;
        }
        let first = match row.number.checked_sub(1).and_then(|above| sheet.row(above)) {
            Some(above) if spans_groups(sheet, above) => above.number,
            _ => row.number,
        };
        let mut last = row.number;
        if sheet.row(last + 1).is_some_and(|below| is_below(sheet, row, below)) {
            last += 1;
        }
        out.push(Heading { first, last });
    }
    out
}

/// Columns of which a table has at least one.
const fn is_anchor(column: Column) -> bool {
    use Column::{
        Card, ClassNumber, LastNumber, MeetingDay, Name, PaperKind, Unit, UnitCode, UnitName,
    };
    matches!(
        column,
        Name | UnitName
            | UnitCode
            | Unit
            | ClassNumber
            | PaperKind
            | LastNumber
            | MeetingDay
            | Card
    )
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text.as_str()).filter(|text| text.chars().count() <= LONGEST),
        _ => None,
    }
}

/// Whether most cells of a row are known as headings of different columns, and none holds a value.
fn is_heading(row: &Row) -> bool {
    // Values, also in a file of text.
    let is_value = |cell: &Cell| {
        text(cell).is_none_or(|text| {
            !text.chars().any(char::is_alphabetic) && text.chars().any(|c| c.is_ascii_digit())
        })
    };
    if row.cells.len() < 2 || row.cells.iter().any(|(_, cell)| is_value(cell)) {
        return false;
    }
    // Nearly all rows are none, and soon told.
    let mut words = row.cells.iter().filter(|(_, cell)| text(cell).is_some_and(is_known));
    if words.by_ref().nth(1).is_none() {
        return false;
    }
    let mut known: Vec<Column> = Vec::new();
    let mut familiar = 0_usize;
    for (_, cell) in &row.cells {
        let Some(text) = text(cell) else { return false };
        match meaning(text) {
            Meaning::Is(column, sure) => {
                familiar += 1;
                if sure != Sure::Guess && !known.contains(&column) {
                    known.push(column);
                }
            }
            Meaning::NotUsed => familiar += 1,
            Meaning::Unknown => {}
        }
    }
    let enough = known.len() >= 3 || (known.len() == 2 && row.cells.len() <= 5);
    enough && known.iter().any(|column| is_anchor(*column)) && familiar * 5 >= row.cells.len() * 2
}

/// Whether a row has several texts of which one spans columns: it groups the headings below it. A title is
/// one text.
fn spans_groups(sheet: &Sheet, row: &Row) -> bool {
    let wide = |column: Col| sheet.area(row.number, column).is_some_and(|area| area.is_wide());
    row.cells.len() > 1
        && row.cells.iter().all(|(_, cell)| text(cell).is_some())
        && row.cells.iter().any(|(column, _)| wide(*column))
        && !is_heading(row)
        && row.cells.iter().any(|(_, cell)| text(cell).is_some_and(is_group))
}

/// Whether a text can stand above headings: a short one, and none of those that stand above tables.
fn is_group(text: &str) -> bool {
    let folded = fold(text);
    let titles =
        ["dang cong san", "dang bo", "dang uy", "chi bo", "danh sach", "bieu", "mau", "ngay"];
    folded.split(' ').count() <= 6 && !titles.iter().any(|title| folded.starts_with(title))
}

/// Whether a row is the second of a heading: texts below such as have none of their own there.
fn is_below(sheet: &Sheet, head: &Row, below: &Row) -> bool {
    let mut children = 0_usize;
    let mut firm = 0_usize;
    let mut siblings = false;
    for (column, cell) in &below.cells {
        let Some(child) = text(cell) else { return false };
        if child.chars().any(|c| c.is_ascii_digit()) && !child.chars().any(char::is_alphabetic) {
            return false;
        }
        let Some((at, parent)) = parent(sheet, head, *column) else { return false };
        // What stands below a name is a name, unless it parts the name.
        let is_name = matches!(meaning(parent), Meaning::Is(Column::Name | Column::Order, _));
        if is_name && !is_part_of_name(child) {
            return false;
        }
        siblings |= at != *column;
        children += 1;
        let both = [parent.to_owned(), child.to_owned()];
        let known = matches!(
            meaning_below(&both),
            Meaning::Is(_, Sure::Certain | Sure::Likely) | Meaning::NotUsed
        );
        firm += usize::from(known);
    }
    siblings && children > 1 && firm * 2 >= children
}

/// Whether a text heads a part of names, or all of them.
fn is_part_of_name(text: &str) -> bool {
    matches!(meaning(text), Meaning::Is(Column::Name | Column::FamilyName, Sure::Certain))
}

/// The text above a column: its own, or the nearest to the left that spans it or leaves it free.
fn parent<'s>(sheet: &'s Sheet, head: &'s Row, column: Col) -> Option<(Col, &'s str)> {
    if let Some(area) = sheet.area(head.number, column) {
        return Some((area.first.1, text(sheet.cell(area.first.0, area.first.1))?));
    }
    let left = head.cells.iter().rev().find(|(at, _)| *at <= column)?;
    let ends = sheet.area(head.number, left.0).map(|area| area.last.1);
    // Where it is merged it spans what it says, and no more.
    match ends {
        Some(ends) if ends < column => None,
        _ => Some((left.0, text(&left.1)?)),
    }
}

/// The texts above a column, the outermost first; nothing where there is none.
pub(super) fn texts(sheet: &Sheet, heading: Heading, column: Col) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let own = |number: u32| text(sheet.cell(number, column)).is_some();
    let lowest = (heading.first..=heading.last).rev().find(|number| own(*number));
    for number in heading.first..=heading.last {
        let merged = sheet.area(number, column).map(|area| sheet.cell(area.first.0, area.first.1));
        let found = match (text(sheet.cell(number, column)), merged.and_then(text)) {
            (Some(own), _) => Some(own),
            (None, Some(merged)) => Some(merged),
            // Only above a text of its own, and where what spans it has one below it too.
            (None, None) if lowest.is_some_and(|lowest| lowest > number) => {
                let left = sheet.row(number).and_then(|row| parent(sheet, row, column));
                left.filter(|(at, _)| text(sheet.cell(number + 1, *at)).is_some())
                    .map(|(_, text)| text)
            }
            (None, None) => None,
        };
        if let Some(found) = found.filter(|found| out.last().is_none_or(|last| last != found)) {
            out.push(found.to_owned());
        }
    }
    out
}
