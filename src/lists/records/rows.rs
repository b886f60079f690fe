//! Which rows of a table are of people or units, and which are numbers of columns, groups, totals,
//! signatures and notes.

use std::borrow::Cow;
use std::sync::Arc;

use super::title::{self, Title};
use super::{At, CellDoubt, Lists};
use crate::domain::text::{fold, fold_but_marks, holds_words};
use crate::lists::file::{Area, Cell, Col, Row, Sheet};
use crate::lists::headings::{Column, is_known};
use crate::lists::table::{Kind, Proposal};
use crate::lists::values::{self, Doubt, State, full_name};

/// A row that tells of somebody or something.
pub(super) struct Line<'s> {
    pub at: At,
    pub row: Cow<'s, Row>,
    /// The group it stands in: what the row of the group says, and its number; else the branch of the title.
    pub group: Option<(String, u32)>,
    /// What people are by the title.
    pub state: Option<State>,
}

/// Whether a text can be somebody's name where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextIs {
    PerhapsSomebody,
    Nobody,
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
    /// A text alone that names nobody: the rows below it are of somebody else's.
    HeadsOthers,
    /// What the people below are.
    State(State),
    /// Numbers of columns, the heading once more, a lone remark.
    Beside,
}

/// What the rows of a table have in common.
struct Table<'s> {
    sheet: &'s Sheet,
    proposal: &'s Proposal,
    /// Most rows that name somebody are numbered: one that is not, and tells nothing else, is none of them.
    numbered: bool,
    /// Hardly any name is in capitals: a text alone that is, is none.
    written_small: bool,
    /// Cells merged over rows, below the heading.
    tall: Vec<&'s Area>,
}

impl<'s> Table<'s> {
    fn new(sheet: &'s Sheet, proposal: &'s Proposal) -> Self {
        let body = body(proposal);
        let main = main_column(proposal);
        let rows = sheet.rows.iter().filter(|row| body.contains(&row.number));
        let (mut named, mut numbered, mut capitals) = (0_usize, 0_usize, 0_usize);
        for row in rows {
            let Some(text) = main.and_then(|main| as_text(row.cell(main))) else { continue };
            if row.cells.len() < 2 || full_name(text).is_none() {
                continue;
            }
            named += 1;
            numbered += usize::from(is_numbered(proposal, row));
            capitals += usize::from(is_in_capitals(text));
        }
        let is_tall = |area: &&Area| area.first.0 < area.last.0 && body.contains(&area.first.0);
        Self {
            sheet,
            proposal,
            numbered: numbered * 2 > named,
            written_small: named > 0 && capitals * 5 < named,
            tall: sheet.merged.iter().filter(is_tall).collect(),
        }
    }

    /// A row with what cells merged over it and rows above say.
    fn whole(&self, row: &'s Row) -> Cow<'s, Row> {
        let number = row.number;
        let above = |area: &&&Area| area.first.0 < number && number <= area.last.0;
        let mut out = Cow::Borrowed(row);
        for area in self.tall.iter().filter(above) {
            let columns = area.first.1..=area.last.1;
            let column = columns.start();
            let told = self.proposal.columns.iter().find(|one| one.column == *column);
            let holds = told.is_some_and(|one| may_span_rows(one.means));
            let value = self.sheet.cell(area.first.0, *column);
            if !holds || value.is_empty() || !row.cell(*column).is_empty() {
                continue;
            }
            let cells = &mut out.to_mut().cells;
            let at = cells.partition_point(|(at, _)| at < column);
            cells.insert(at, (*column, value.clone()));
        }
        out
    }
}

/// Whether one cell of a column may hold for several people.
const fn may_span_rows(means: Column) -> bool {
    use Column::*;
    !matches!(
        means,
        Order | Key | Name | FamilyName | OtherName | Born | Card | Personal | Phone | Email
    )
}

fn is_in_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

fn body(proposal: &Proposal) -> std::ops::RangeInclusive<u32> {
    proposal.heading.1.saturating_add(1)..=proposal.ends
}

/// The rows of a table that tell something.
pub(super) fn lines<'s>(
    sheet: &'s Sheet,
    proposal: &'s Proposal,
    file: &Arc<str>,
    lists: &mut Lists,
) -> Vec<Line<'s>> {
    let mut out = Vec::new();
    let Title { branch, state } = title::above(sheet, proposal);
    let (by_title, title) =
        state.map_or((None, None), |(state, text, row)| (Some(state), Some((text, row))));
    let (mut group, mut ended) = (branch.clone(), false);
    let mut is_by_title = [false; 2];
    let (mut said, mut above) = (None, Above::new());
    let (table, body) = (Table::new(sheet, proposal), body(proposal));
    for row in sheet.rows.iter().filter(|row| body.contains(&row.number)) {
        let at = || At { file: file.clone(), sheet: sheet.name.clone(), row: row.number };
        let doubt = |doubt| CellDoubt { at: at(), column: None, read: row_shown(row), doubt };
        match sort(&table, row) {
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
                is_by_title[0] |= branch.is_some() && group == branch;
                is_by_title[1] |=
                    said.is_none() && by_title.is_some() && tells_no_state(proposal, row);
                let row = above.repeated(proposal, table.whole(row));
                out.push(Line { at: at(), row, group: group.clone(), state: said.or(by_title) });
            }
            Sort::Group(name) => {
                group = Some((name, row.number));
                (ended, said) = (false, None);
            }
            Sort::State(state) => {
                lists.doubts.push(doubt(Doubt::HeadsOthers));
                (ended, said) = (false, Some(state));
            }
            // Of what it heads is not known: nobody below it is of the branch above it.
            Sort::HeadsOthers => {
                lists.doubts.push(doubt(Doubt::HeadsOthers));
                group = None;
            }
            Sort::End => ended = true,
            Sort::Total | Sort::Beside => {}
        }
    }
    let said = [
        branch.map(|(name, row)| (name, row, Doubt::BranchByTitle)),
        title.map(|(text, row)| (text, row, Doubt::StateByTitle)),
    ];
    for (read, row, doubt) in
        said.into_iter().zip(is_by_title).filter_map(|(said, is)| said.filter(|_| is))
    {
        let at = At { file: file.clone(), sheet: sheet.name.clone(), row };
        lists.doubts.push(CellDoubt { at, column: None, read, doubt });
    }
    out
}

/// Whether nothing in a row says what somebody is to the Party.
pub(super) fn tells_no_state(proposal: &Proposal, row: &Row) -> bool {
    use Column::{Admitted, IsOfficial, IsProbationary, Official, Readmitted, State};
    let telling = [State, Admitted, Readmitted, Official, IsOfficial, IsProbationary];
    let mut columns = proposal.columns.iter().filter(|one| telling.contains(&one.means));
    columns.all(|one| row.cell(one.column).is_empty())
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

fn sort(table: &Table<'_>, row: &Row) -> Sort {
    let (sheet, proposal) = (table.sheet, table.proposal);
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
    // "Bí thư" beside a name is an office, and no signature.
    let is_somebody = named && as_text(main).is_some_and(|text| !is_end(text));
    if few && !is_somebody && texts.iter().any(|text| is_end(text)) {
        return Sort::End;
    }
    let alone = texts.len() <= 2
        && (texts.len() == 1 || facts <= 2)
        && is_wide_or_alone(sheet, row, &texts);
    // In a numbered table a text alone without a number, or with a Roman one, is nobody, whatever it looks like.
    let is_alone =
        row.cells.len() == 1 || (texts.len() == 2 && is_mark(first) && row.cells.len() == 2);
    let heads = grouped && !numbered && is_alone && table.numbered;
    if let (true, Some(state)) = (heads, texts.iter().find_map(|text| state_of_group(text))) {
        return Sort::State(state);
    }
    let text_is = if heads { TextIs::Nobody } else { TextIs::PerhapsSomebody };
    if let (true, Some(name)) = (grouped && alone, group_name(&texts, text_is)) {
        return Sort::Group(name);
    }
    let is_loud = grouped && row.cells.len() == 1 && table.written_small && is_in_capitals(first);
    if (named || is_mark(first)) && (heads || is_loud) {
        return Sort::HeadsOthers;
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

/// A Roman number or a capital letter, as it stands before groups.
fn is_mark(text: &str) -> bool {
    let mark = text.trim().trim_end_matches(['.', ')', '-', ':', '/']).trim();
    let roman = mark.chars().all(|c| "IVXLC".contains(c));
    !mark.is_empty()
        && (roman || (mark.chars().count() == 1 && mark.chars().all(char::is_uppercase)))
}

/// What a row says that everybody below it is: "II. Quần chúng ưu tú", "Đảng viên dự bị".
fn state_of_group(text: &str) -> Option<State> {
    let text = without_number(text);
    let folded = fold(text);
    if ["chi bo", "dang bo", "dang uy"].iter().any(|unit| folded.starts_with(unit)) {
        return None;
    }
    values::state(&Cell::Text(text.to_owned())).ok().flatten().map(|taken| taken.value)
}

/// What stood above in columns that say "the same" by a sign.
struct Above(std::collections::HashMap<Col, Cell>);

/// How lists say that a cell is like the one above.
const SAME: [&str; 10] = ["nt", "-nt-", "như trên", "nhu tren", "\"", "''", "”", "″", "〃", "//"];

impl Above {
    fn new() -> Self {
        Self(std::collections::HashMap::new())
    }

    fn repeated<'s>(&mut self, proposal: &Proposal, mut row: Cow<'s, Row>) -> Cow<'s, Row> {
        for one in proposal.columns.iter().filter(|one| may_span_rows(one.means)) {
            let Some(text) = as_text(row.cell(one.column)) else { continue };
            let says_same = SAME.contains(&text.trim().to_lowercase().as_str());
            match (says_same, self.0.get(&one.column)) {
                (true, Some(before)) => {
                    let before = before.clone();
                    let cells = &mut row.to_mut().cells;
                    if let Some((_, cell)) = cells.iter_mut().find(|(at, _)| *at == one.column) {
                        *cell = before;
                    }
                }
                (true, None) => {}
                (false, _) => {
                    self.0.insert(one.column, Cell::Text(text.to_owned()));
                }
            }
        }
        row
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
    let begins = ["tổng số", "tổng cộng", "trong đó", "cộng", "tổng"];
    let word = |word: &str| {
        marked == word || marked.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':']))
    };
    let rest = fold(text);
    let plain = ["tong so", "tong cong", "trong do"];
    begins[..3].iter().any(|one| word(one))
        || begins[3..].iter().any(|one| {
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

/// The name of the unit that a group row says: "I. Chi bộ Phòng 1 (15 đ/c)", "1 | Chi bộ 2: 15 đồng chí". What may
/// be somebody's name is none, unless a number stands before it.
pub(super) fn group_name(texts: &[&str], text_is: TextIs) -> Option<String> {
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
    // A group within a branch, or a body of it, is no unit of its own.
    let within = ["to dang", "ban chap hanh", "ban thuong vu"];
    if within.iter().any(|words| folded.starts_with(words)) {
        return None;
    }
    (is_unit && (sure || numbered || text_is == TextIs::Nobody)).then(|| name.to_owned())
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
            assert_eq!(group_name(&[text], TextIs::PerhapsSomebody).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn totals_and_ends_are_no_people() {
        for text in
            ["Trong đó: nữ 4", "Tổng số: 15 người", "TỔNG CỘNG", "Cộng", "Tổng: 5", "Tong so: 5"]
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
