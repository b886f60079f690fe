//! Which rows of a table are of people or units, and which are numbers of columns, groups, totals,
//! signatures and notes.

use std::sync::Arc;

use super::{At, CellDoubt, Lists};
use crate::domain::text::{fold, fold_but_marks, holds_words};
use crate::lists::file::{Cell, Col, Row, Sheet};
use crate::lists::headings::{Column, is_known};
use crate::lists::table::{Kind, Proposal};
use crate::lists::values::{Doubt, full_name};

/// A row that tells of somebody or something.
pub(super) struct Line<'s> {
    pub at: At,
    pub row: &'s Row,
    /// The group it stands in: what the row of the group says, and its number.
    pub group: Option<(String, u32)>,
}

/// What a row of a table is.
#[derive(Debug, PartialEq, Eq)]
enum Sort {
    Line,
    /// The name of a unit, for the rows below it.
    Group(String),
    Total,
    /// A signature, or what is written below a table.
    End,
    /// Numbers of columns, the heading once more, a lone remark.
    Beside,
}

/// The rows of a table that tell something.
pub(super) fn lines<'s>(
    sheet: &'s Sheet,
    proposal: &Proposal,
    file: &Arc<str>,
    lists: &mut Lists,
) -> Vec<Line<'s>> {
    let mut out = Vec::new();
    let (mut group, mut ended) = (None, false);
    let body = (proposal.heading.1.saturating_add(1))..=proposal.ends;
    for row in sheet.rows.iter().filter(|row| body.contains(&row.number)) {
        let at = || At { file: file.clone(), sheet: sheet.name.clone(), row: row.number };
        let doubt = |doubt| CellDoubt { at: at(), column: None, read: row_shown(row), doubt };
        match sort(sheet, proposal, row) {
            // Below signatures nobody lists anybody, unless a second page follows.
            Sort::Line if ended && !is_numbered(proposal, row) => {
                if filled(proposal, row) > 2 {
                    lists.doubts.push(doubt(Doubt::AfterEnd));
                }
            }
            Sort::Line => {
                if sheet.hidden.binary_search(&row.number).is_ok() {
                    lists.doubts.push(doubt(Doubt::HiddenRow));
                }
                out.push(Line { at: at(), row, group: group.clone() });
            }
            Sort::Group(name) => {
                group = Some((name, row.number));
                ended = false;
            }
            Sort::End => ended = true,
            Sort::Total | Sort::Beside => {}
        }
    }
    out
}

/// What a row shows of itself where the whole of it is in doubt: no secrets, only how much it holds.
fn row_shown(row: &Row) -> String {
    let first = row.cells.first().map_or(Col(0), |(column, _)| *column);
    let last = row.cells.last().map_or(Col(0), |(column, _)| *column);
    format!("{first}{0}:{last}{0}", row.number)
}

/// How many columns that are read hold something in a row.
fn filled(proposal: &Proposal, row: &Row) -> usize {
    proposal.columns.iter().filter(|one| !row.cell(one.column).is_empty()).count()
}

fn is_numbered(proposal: &Proposal, row: &Row) -> bool {
    let order = proposal.column(Column::Order).map(|column| row.cell(column));
    order.is_some_and(|cell| match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => text.trim_matches(['.', ' ', '\'']).parse::<u32>().is_ok(),
        _ => false,
    })
}

/// The column without which a row says nothing.
pub(super) fn main_column(proposal: &Proposal) -> Option<Col> {
    let wanted: &[Column] = match proposal.kind {
        Kind::People | Kind::Candidates => &[Column::Name],
        Kind::Classes => &[Column::ClassNumber, Column::ClassDecided],
        Kind::Units => &[Column::UnitName, Column::UnitCode],
        Kind::Numbers => &[Column::PaperKind, Column::UnitName, Column::UnitCode],
        Kind::Rules => &[Column::UnitName, Column::UnitCode],
    };
    wanted.iter().find_map(|column| proposal.column(*column))
}

fn sort(sheet: &Sheet, proposal: &Proposal, row: &Row) -> Sort {
    let of_table = |column: &Col| proposal.columns.iter().any(|one| one.column == *column);
    let main = main_column(proposal).map_or(&Cell::Empty, |column| row.cell(column));
    let numbered = is_numbered(proposal, row);
    if is_numbers(row) || is_heading_again(proposal, row) {
        return Sort::Beside;
    }
    let texts: Vec<&str> = row.cells.iter().filter_map(|(_, cell)| as_text(cell)).collect();
    let first = texts.first().copied().unwrap_or_default();
    let named = as_text(main).is_some_and(|text| full_name(text).is_some());
    let facts = filled(proposal, row);
    let few = facts <= 3 && !numbered;
    // Of people only: in a list of branches "Chi bộ Phòng 1" is a row.
    let grouped = matches!(proposal.kind, Kind::People | Kind::Candidates);
    if few && texts.iter().any(|text| is_total(text)) {
        return Sort::Total;
    }
    if few && texts.iter().any(|text| is_end(text)) {
        return Sort::End;
    }
    let alone = texts.len() <= 2
        && (texts.len() == 1 || facts <= 2)
        && is_wide_or_alone(sheet, row, &texts);
    if let (true, Some(name)) = (grouped && alone, group_name(&texts)) {
        return Sort::Group(name);
    }
    match () {
        () if main.is_empty() && facts == 0 => Sort::Beside,
        // A remark over the width of the table, or below it.
        () if main.is_empty() && few && row.cells.len() <= 2 => Sort::Beside,
        () if !named && alone && grouped && first.chars().count() > 60 => Sort::Beside,
        () if !row.cells.iter().any(|(column, _)| of_table(column)) => Sort::Beside,
        () => Sort::Line,
    }
}

fn as_text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether the texts of a row are merged over columns, or all that stands in it beside numbers.
fn is_wide_or_alone(sheet: &Sheet, row: &Row, texts: &[&str]) -> bool {
    let wide = row.cells.iter().any(|(column, _)| {
        sheet.area(row.number, *column).is_some_and(|area| area.last.1.0 > area.first.1.0 + 1)
    });
    let others = row.cells.iter().filter(|(_, cell)| matches!(cell, Cell::Day(_))).count();
    others == 0 && (wide || row.cells.len() <= texts.len() + 1)
}

/// "(1) (2) (3)" below a heading; also with letters before the first number: "A B 1 2".
fn is_numbers(row: &Row) -> bool {
    let number = |cell: &Cell| match cell {
        Cell::Number(number) if number.fract() == 0.0 && (0.0..1000.0).contains(number) => {
            Some(*number as u32)
        }
        Cell::Text(text) => text.trim().trim_matches(['(', ')', '[', ']', '.', ' ']).parse().ok(),
        _ => None,
    };
    let letter = |cell: &Cell| {
        as_text(cell).is_some_and(|text| text.trim_matches(['(', ')']).chars().count() == 1)
    };
    let numbers: Vec<u32> = row.cells.iter().filter_map(|(_, cell)| number(cell)).collect();
    let others = row.cells.iter().filter(|(_, cell)| number(cell).is_none());
    numbers.len() > 1
        && others.clone().count() < 4
        && others.clone().all(|(_, cell)| letter(cell))
        && numbers.windows(2).all(|two| two[1] == two[0] + 1)
        && numbers.first().is_some_and(|first| *first <= 2)
}

/// The heading printed once more, or the upper or lower row of it.
fn is_heading_again(proposal: &Proposal, row: &Row) -> bool {
    // Nearly all rows have a name, which is told soon.
    let main = main_column(proposal).and_then(|column| as_text(row.cell(column)));
    if main.is_some_and(|text| !is_known(text)) {
        return false;
    }
    let same = proposal.columns.iter().filter(|one| {
        let text = as_text(row.cell(one.column)).map(fold);
        text.is_some_and(|text| one.heading.split(" > ").any(|part| fold(part) == text))
    });
    let same = same.count();
    same > 1 && same * 2 >= row.cells.len()
}

/// "Tổng số: 15 người", "Cộng". By its marks: "Tống Công Minh" is somebody.
fn is_total(text: &str) -> bool {
    let marked = fold_but_marks(text);
    let begins = ["tổng số", "tổng cộng", "cộng", "tổng"];
    let word = |word: &str| {
        marked == word || marked.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':']))
    };
    let rest = fold(text);
    let plain = ["tong so", "tong cong"];
    begins[..2].iter().any(|one| word(one))
        || begins[2..].iter().any(|one| {
            marked == *one || (word(one) && text.contains(|c: char| c == ':' || c.is_ascii_digit()))
        })
        || (text.is_ascii()
            && plain.iter().any(|one| {
                rest == *one
                    || (rest.starts_with(one)
                        && text.contains(|c: char| c == ':' || c.is_ascii_digit()))
            }))
}

/// Words with which signatures and notes begin.
fn is_end(text: &str) -> bool {
    let folded = fold(text).replace([':', '-'], " ");
    let begins = [
        "nguoi lap",
        "nguoi tong hop",
        "t/m",
        "tm ",
        "thay mat",
        "xac nhan cua",
        "noi nhan",
        "ghi chu",
        "luu y",
        "danh sach nay co",
        "danh sach tren",
        "danh sach gom",
        "danh sach co",
        "ky ten",
        "ky va ghi",
        "nguoi ky",
        "chu thich",
    ];
    let signs = [
        "bi thu",
        "pho bi thu",
        "truong ban",
        "thu truong don vi",
        "nguoi lap bieu",
        "ban to chuc",
    ];
    let place = holds_words(&folded, "ngay")
        && holds_words(&folded, "thang")
        && holds_words(&folded, "nam")
        && text.contains(',');
    begins.iter().any(|one| folded.starts_with(one)) || signs.contains(&folded.trim()) || place
}

/// The name of the unit that a group row says: "I. Chi bộ Phòng 1 (15 đ/c)", "1 | Chi bộ 2: 15 đồng chí".
fn group_name(texts: &[&str]) -> Option<String> {
    let text = texts.iter().max_by_key(|text| text.chars().count())?;
    let text = text.lines().next().unwrap_or(text);
    let bare = without_number(text);
    let cut = [":", "(", " – ", " - "].iter().filter_map(|sign| {
        let at = bare.find(sign)?;
        let rest = fold(bare.get(at..)?);
        // Only what counts people is cut off: "Chi bộ Phòng 3 – Thanh tra" is a name.
        let counts = ["dong chi", "d/c", "dang vien", "dv", "nguoi", "quan chung", "qc"];
        let counts = counts.iter().any(|word| holds_words(&rest, word))
            || rest.chars().all(|c| !c.is_alphabetic());
        let dash = sign.contains(['–', '-'])
            && !rest.trim_start_matches(['-', ' ']).starts_with(|c: char| c.is_ascii_digit());
        (counts && !dash).then_some(at)
    });
    let end = cut.min().unwrap_or(bare.len());
    let name = bare.get(..end)?.trim().trim_end_matches(['.', ',', ';', ':']).trim();
    let folded = fold(name);
    let units = [
        "chi bo",
        "dang bo",
        "dang uy",
        "to dang",
        "chi uy",
        "phong",
        "khoa",
        "ban",
        "trung tam",
        "to",
        "vien",
        "bo mon",
        "cb",
    ];
    let numbered = bare.len() < text.trim().len();
    let is_unit =
        units.iter().any(|unit| folded == *unit || folded.starts_with(&format!("{unit} ")));
    // "Ban", "Tô" and "Viên" begin names too: there a number must stand before them.
    let sure = ["chi bo", "dang bo", "dang uy", "to dang", "chi uy"]
        .iter()
        .any(|unit| folded.starts_with(unit));
    (is_unit && (sure || numbered)).then(|| name.to_owned())
}

/// A text without the number before it: "I.", "1)", "IV -", "A.".
fn without_number(text: &str) -> &str {
    let text = text.trim();
    let Some(end) = text.find(['.', ')', '/', '-', ' ', ':']) else { return text };
    let Some((number, rest)) = text.split_at_checked(end) else { return text };
    let roman = !number.is_empty() && number.chars().all(|c| "IVXLC".contains(c));
    let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    let letter = number.chars().count() == 1
        && number.chars().all(char::is_uppercase)
        && !rest.starts_with(' ');
    match roman || digits || letter {
        true => rest.trim_start_matches(['.', ')', '/', '-', ':', ' ']).trim(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named() {
        for (text, name) in [
            ("I. Chi bộ Phòng 1", Some("Chi bộ Phòng 1")),
            ("Chi bộ 2: 15 đồng chí", Some("Chi bộ 2")),
            ("II- CHI BỘ PHÒNG 3 – THANH TRA (12 đ/c)", Some("CHI BỘ PHÒNG 3 – THANH TRA")),
            ("3. Phòng Kỹ thuật", Some("Phòng Kỹ thuật")),
            ("A. Đảng bộ Sở", Some("Đảng bộ Sở")),
            ("Tô Văn Bảy", None),
            ("Nguyễn Văn An", None),
        ] {
            assert_eq!(group_name(&[text]).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn totals_and_ends_are_no_people() {
        for text in ["Tổng số: 15 người", "TỔNG CỘNG", "Cộng", "Tổng: 5", "Tong so: 5"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in ["Tống Công Minh", "Cồng Thị Sơn", "Tong Cong Minh", "Tổng Văn An"] {
            assert!(!is_total(text), "{text}");
        }
        for text in [
            "NGƯỜI LẬP BIỂU",
            "T/M CHI BỘ",
            "Hà Nội, ngày 3 tháng 2 năm 2026",
            "BÍ THƯ",
            "Ghi chú: …",
            "Danh sách này có 5 đồng chí",
        ] {
            assert!(is_end(text), "{text}");
        }
        for text in ["Nguyễn Văn An", "Bí thư chi bộ", "Hà Nội"] {
            assert!(!is_end(text), "{text}");
        }
    }

    #[test]
    fn numbers_of_columns_are_known() {
        let row = |cells: &[&str]| Row {
            number: 1,
            cells: (0..)
                .map(Col)
                .zip(cells.iter().map(|text| Cell::Text((*text).to_owned())))
                .collect(),
        };
        assert!(is_numbers(&row(&["(1)", "(2)", "(3)"])));
        assert!(is_numbers(&row(&["A", "B", "1", "2", "3"])));
        assert!(!is_numbers(&row(&["1", "Nguyễn Văn An", "2"])));
        assert!(!is_numbers(&row(&["5", "6"])));
    }
}
