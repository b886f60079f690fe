//! The cells of a file, whatever program wrote it: recognised by what is in it, not by what it is called.
//!
//! Files come from anybody, so nothing in them is believed: sizes are measured before anything is unpacked
//! or set aside, and what cannot be read is refused with a reason.

mod ods;
mod ole;
mod package;
mod sniff;
mod text;
mod xls;
mod xlsx;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::legacy;
pub use super::legacy::Letters;
use crate::domain::text::nfc;

/// Bytes of a file. A list of 50,000 rows is about 10 MB as .xls; what is larger holds pictures.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Bytes of everything in a package together. Sheets pack to a tenth, so that ten times the above is no
/// longer a list but a bomb.
pub const MOST_UNPACKED: u64 = 200 * 1024 * 1024;
/// Bytes of one part that is kept in memory as a whole (the shared texts). Each text costs about three times
/// its length there.
pub const MOST_KEPT: u64 = 48 * 1024 * 1024;
/// Parts of a package. Excel writes about ten for a sheet.
pub const MOST_PARTS: usize = 2_000;
/// Rows with something in them, of all sheets: ten times the largest organisation.
pub const MOST_ROWS: usize = 50_000;
/// Cells with something in them in one row. The widest list seen has 60.
pub const MOST_COLUMNS: usize = 200;
/// Cells with something in them, of all sheets; about 60 bytes each in memory.
pub const MOST_CELLS: usize = 1_000_000;
/// Bytes of all texts of a file together: one text may stand in each of a million cells.
pub const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Characters of one cell; Excel itself allows 32,767, but no fact about a person is so long.
pub const MOST_LETTERS: usize = 4_000;

/// What a file holds. A sheet without anything in it is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// The name the file came by.
    pub name: Arc<str>,
    pub sheets: Vec<Sheet>,
    pub not_read: Vec<NotRead>,
}

/// A sheet that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    pub sheet: String,
    pub why: WhyNot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    Hidden,
    /// Hidden so that Excel's own menu does not show it.
    VeryHidden,
    /// Its letters are of an old encoding, and which one is not certain.
    Letters,
    /// A chart or a dialogue.
    NoCells,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub name: Arc<str>,
    /// Rows with something in them, in order.
    pub rows: Vec<Row>,
    pub merged: Vec<Area>,
    /// Numbers of the rows that the sheet does not show (filtered or hidden); they are read all the same.
    pub hidden: Vec<u32>,
    /// Columns whose letters were of an old encoding and were converted.
    pub converted: Vec<(Col, Letters)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As the sheet shows it, from 1.
    pub number: u32,
    /// Cells with something in them, in order.
    pub cells: Vec<(Col, Cell)>,
}

impl Row {
    /// What stands in a column of this row.
    pub fn cell(&self, column: Col) -> &Cell {
        let found = self.cells.binary_search_by_key(&column, |(at, _)| *at);
        found.ok().and_then(|at| self.cells.get(at)).map_or(&Cell::Empty, |(_, cell)| cell)
    }
}

impl Sheet {
    /// The row of this number, if anything stands in it.
    pub fn row(&self, number: u32) -> Option<&Row> {
        let found = self.rows.binary_search_by_key(&number, |row| row.number);
        found.ok().and_then(|at| self.rows.get(at))
    }

    /// What stands in a cell of the sheet.
    pub fn cell(&self, row: u32, column: Col) -> &Cell {
        self.row(row).map_or(&Cell::Empty, |row| row.cell(column))
    }

    /// The merged cells that a cell is a part of.
    pub fn area(&self, row: u32, column: Col) -> Option<&Area> {
        self.merged.iter().find(|area| area.holds(row, column))
    }
}

/// A column, counted from 0; shown and kept by its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Col(pub u32);

impl fmt::Display for Col {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.0) + 1;
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().try_for_each(|letter| write!(f, "{letter}"))
    }
}

impl std::str::FromStr for Col {
    type Err = NoColumn;

    fn from_str(letters: &str) -> Result<Self, NoColumn> {
        if letters.is_empty() || letters.len() > 4 {
            return Err(NoColumn);
        }
        let digit =
            |c: u8| c.is_ascii_alphabetic().then(|| u32::from(c.to_ascii_uppercase() - b'A'));
        let add = |sum: u32, c: u8| digit(c).map(|digit| sum * 26 + digit + 1).ok_or(NoColumn);
        Ok(Self(letters.bytes().try_fold(0, add)? - 1))
    }
}

impl Serialize for Col {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Col {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

/// No letters of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a column is named by one to four letters")]
pub struct NoColumn;

/// Merged cells: rows and columns of both corners, which belong to it. The value stands in the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub first: (u32, Col),
    pub last: (u32, Col),
}

impl Area {
    pub fn holds(&self, row: u32, column: Col) -> bool {
        (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column)
    }

    /// Over more than one column.
    pub fn is_wide(&self) -> bool {
        self.first.1 < self.last.1
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    /// In NFC, without what nobody can have meant, not blank.
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Bool(bool),
    /// What the sheet shows instead of a value.
    Fault(Fault),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `#REF!`, `#N/A` and the like.
    Shown(String),
    /// A formula that was never calculated: no value is kept with it.
    NoValue,
    /// A text longer than [`MOST_LETTERS`]; its beginning.
    TooLong(String),
    /// A day outside the calendar.
    NoDay,
    /// A text in old letters that was damaged on the way.
    Letters(String),
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// As the sheet shows it, about; for a person who looks for it there.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Fault(Fault::Shown(text) | Fault::TooLong(text) | Fault::Letters(text)) => {
                text.clone()
            }
            Self::Fault(Fault::NoValue) => "=".to_owned(),
            Self::Fault(Fault::NoDay) => "######".to_owned(),
        }
    }
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is empty")]
    Empty,
    #[error("not a table but {0:?}")]
    NotATable(Found),
    #[error("named like a workbook of Excel, but plain text")]
    TextNamedExcel,
    #[error("cut off: the end of the file is missing")]
    CutOff,
    #[error("damaged: {0}")]
    Damaged(String),
    #[error("locked with a password")]
    Locked,
    #[error("holds macros")]
    Macros,
    #[error("larger than {MOST_BYTES} bytes")]
    TooBig,
    #[error("unpacks to more than it may")]
    Bomb,
    #[error("more than {MOST_ROWS} rows")]
    TooManyRows,
    #[error("more than {MOST_COLUMNS} columns")]
    TooManyColumns,
    #[error("more than {MOST_CELLS} cells")]
    TooManyCells,
    #[error("declares entities, as no program for tables does")]
    Entities,
    #[error("no sheet that can be read holds anything")]
    Nothing,
    #[error("the letters are of an old encoding, and which one is not certain")]
    Letters,
}

/// What a file is instead of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    Pdf,
    Picture,
    Word,
    Slides,
    /// A web page, which some programs save as .xls.
    Html,
    /// A table of XML, as Excel 2003 wrote it, or other XML.
    Xml,
    Program,
    Archive,
    /// .xlsb, or a workbook of Excel 95 and before.
    OtherExcel,
    /// Text in which nothing parts columns.
    PlainText,
    Unknown,
}

/// Reads the bytes of a file. `name` is what the file is called, for whoever reads what comes of it.
///
/// # Errors
/// What the file is instead, what it lacks, or the limit it passes.
pub fn open(name: &str, bytes: &[u8]) -> Result<Workbook, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooBig);
    }
    let mut kept = match sniff::form(name, bytes)? {
        sniff::Form::Package => package::open(bytes)?,
        sniff::Form::Ole => xls::open(bytes)?,
        sniff::Form::Text => text::open(bytes)?,
    };
    kept.sheets.retain(|sheet| !sheet.rows.is_empty());
    if kept.sheets.is_empty() {
        return Err(Unreadable::Nothing);
    }
    let mut sheets = Vec::new();
    for mut sheet in kept.sheets {
        if legacy::restore(&mut sheet, kept.single_bytes) {
            clean(&mut sheet);
            sheets.push(sheet);
        } else {
            let sheet = nfc(&sheet.name);
            kept.not_read.push(NotRead { sheet, why: WhyNot::Letters });
        }
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    match sheets.is_empty() {
        false => Ok(Workbook { name: nfc(name).into(), sheets, not_read: kept.not_read }),
        true if kept.not_read.iter().any(|sheet| sheet.why == WhyNot::Letters) => {
            Err(Unreadable::Letters)
        }
        true => Err(Unreadable::Nothing),
    }
}

/// Texts in their stored form. Not sooner, because what nobody can have meant may be a part of a letter in
/// an old encoding.
fn clean(sheet: &mut Sheet) {
    sheet.name = nfc(&sheet.name).into();
    for row in &mut sheet.rows {
        for (_, cell) in &mut row.cells {
            let Cell::Text(text) = cell else { continue };
            let fit = nfc(text);
            *cell = match fit.char_indices().nth(MOST_LETTERS) {
                _ if fit.is_empty() => Cell::Empty,
                None => Cell::Text(fit),
                Some(_) => Cell::Fault(Fault::TooLong(fit.chars().take(60).collect())),
            };
        }
        row.cells.retain(|(_, cell)| !cell.is_empty());
    }
    sheet.rows.retain(|row| !row.cells.is_empty());
}

/// What the readers of each kind of file fill.
#[derive(Debug, Default)]
struct Kept {
    sheets: Vec<Sheet>,
    not_read: Vec<NotRead>,
    /// Texts were bytes of one letter each, read as windows-1252.
    single_bytes: bool,
    rows: usize,
    cells: usize,
    text: usize,
}

impl Kept {
    fn sheet(&mut self, name: &str) {
        self.sheets.push(Sheet { name: name.into(), ..Sheet::default() });
    }

    /// Adds a cell to the sheet begun last. Rows and columns are counted from 0 here, and may come in any
    /// order; what comes again stands instead.
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Unreadable> {
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        if matches!(&cell, Cell::Empty) || matches!(&cell, Cell::Text(text) if text.is_empty()) {
            return Ok(());
        }
        if let Cell::Text(text) = &cell {
            self.text += text.len();
            if self.text > MOST_TEXT {
                return Err(Unreadable::Bomb);
            }
        }
        let (number, column) = (row.saturating_add(1), Col(column));
        let at = match sheet.rows.last() {
            Some(last) if last.number == number => sheet.rows.len() - 1,
            _ => match sheet.rows.binary_search_by_key(&number, |row| row.number) {
                Ok(at) => at,
                Err(at) => {
                    self.rows += 1;
                    if self.rows > MOST_ROWS {
                        return Err(Unreadable::TooManyRows);
                    }
                    sheet.rows.insert(at, Row { number, cells: Vec::new() });
                    at
                }
            },
        };
        let Some(row) = sheet.rows.get_mut(at) else { return Ok(()) };
        match row.cells.binary_search_by_key(&column, |(at, _)| *at) {
            Ok(at) => row.cells[at].1 = cell,
            Err(at) => {
                self.cells += 1;
                if self.cells > MOST_CELLS {
                    return Err(Unreadable::TooManyCells);
                }
                if row.cells.len() >= MOST_COLUMNS {
                    return Err(Unreadable::TooManyColumns);
                }
                row.cells.insert(at, (column, cell));
            }
        }
        Ok(())
    }

    /// Notes merged cells of the sheet begun last; counted from 0.
    fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        // Nobody merges so many by hand, and each is looked at for each cell of a heading.
        const MOST_MERGED: usize = 5_000;
        let Some(sheet) = self.sheets.last_mut() else { return };
        if sheet.merged.len() < MOST_MERGED && first <= last && first.1 <= last.1 {
            let corner = |(row, column): (u32, u32)| (row.saturating_add(1), Col(column));
            sheet.merged.push(Area { first: corner(first), last: corner(last) });
        }
    }

    /// Notes that the sheet begun last does not show a row; counted from 0.
    fn hide(&mut self, row: u32) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        let number = row.saturating_add(1);
        if sheet.hidden.len() < MOST_ROWS && sheet.hidden.last().is_none_or(|last| *last < number) {
            sheet.hidden.push(number);
        }
    }
}

/// From which day on a workbook counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    Of1900,
    /// Of Excel for the Macintosh.
    Of1904,
}

impl Epoch {
    pub(super) const fn of(from_1904: bool) -> Self {
        if from_1904 { Self::Of1904 } else { Self::Of1900 }
    }
}

/// The day of a serial number of Excel; `None` outside 1900 to 9999. The first of the epochs counts a 29
/// February 1900 that never was.
pub(super) fn serial_day(serial: f64, epoch: Epoch) -> Option<NaiveDate> {
    let whole = match epoch {
        Epoch::Of1900 => serial,
        Epoch::Of1904 => serial + 1462.0,
    };
    if !(1.0..2_958_466.0).contains(&whole) {
        return None;
    }
    // In range, so nothing is cut off but the time of the day.
    let days = whole as u64;
    let days = if days < 60 { days + 1 } else { days };
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (at, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(Col(at).to_string(), letters);
            assert_eq!(letters.parse(), Ok(Col(at)));
        }
        for wrong in ["", "1", "A1", "ABCDE", "Ă"] {
            assert_eq!(wrong.parse::<Col>(), Err(NoColumn), "{wrong}");
        }
        assert_eq!(serde_json::to_string(&Col(27)).unwrap(), "\"AB\"");
    }

    #[test]
    fn serial_numbers_are_days() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        for (serial, from_1904, expected) in [
            (1.0, false, day(1900, 1, 1)),
            (59.0, false, day(1900, 2, 28)),
            (61.0, false, day(1900, 3, 1)),
            (31_118.75, false, day(1985, 3, 12)),
            (29_656.0, true, day(1985, 3, 12)),
            (0.0, false, None),
            (-5.0, false, None),
            (f64::NAN, false, None),
            (1e18, false, None),
        ] {
            assert_eq!(serial_day(serial, Epoch::of(from_1904)), expected, "{serial}");
        }
    }

    #[test]
    fn cells_come_in_any_order_and_within_limits() {
        let mut kept = Kept::default();
        kept.sheet("a");
        for (row, column) in [(5, 3), (2, 1), (5, 0), (5, 3)] {
            kept.put(row, column, Cell::Number(f64::from(column))).unwrap();
        }
        kept.put(9, 9, Cell::Text(String::new())).unwrap();
        let rows: Vec<_> =
            kept.sheets[0].rows.iter().map(|row| (row.number, row.cells.len())).collect();
        assert_eq!(rows, [(3, 1), (6, 2)]);
        let wide = (0..=200).try_for_each(|column| kept.put(20, column, Cell::Bool(true)));
        assert_eq!(wide, Err(Unreadable::TooManyColumns));
        let long = (0..=50_000).try_for_each(|row| kept.put(row, 0, Cell::Bool(true)));
        assert_eq!(long, Err(Unreadable::TooManyRows));
    }
}
