//! Workbooks of Excel since 2007.

use std::io::{BufRead, BufReader, Cursor, Read};

use calamine::{
    DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError, open_workbook_from_rs,
};
use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::{Package, names, part};
use super::{Cell, Epoch, Fault, Kept, MOST_CELLS, NotRead, Unreadable, WhyNot, serial_day};

/// Sheets of a workbook. Each costs a reading of its own, and no office has so many.
const MOST_SHEETS: usize = 200;

pub(super) fn open(bytes: &[u8], package: &mut Package<'_>) -> Result<Kept, Unreadable> {
    let paths = paths(package)?;
    let mut targets: Vec<String> = paths.iter().map(|(_, path)| path.to_lowercase()).collect();
    targets.sort_unstable();
    // The same cells as a sheet many times over cost nothing in the file and much here.
    if paths.len() > MOST_SHEETS || targets.windows(2).any(|two| two[0] == two[1]) {
        return Err(Unreadable::Bomb);
    }
    texts_are_sane(package)?;
    // Not ours, and written for files of programs that mean well: whatever it stumbles over is damaged.
    let read = std::panic::AssertUnwindSafe(|| book(bytes, package, &paths));
    std::panic::catch_unwind(read)
        .unwrap_or_else(|_| Err(Unreadable::Damaged("a value out of place".to_owned())))
}

fn book(
    bytes: &[u8],
    package: &mut Package<'_>,
    paths: &[(String, String)],
) -> Result<Kept, Unreadable> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(refused)?;
    let sheets: Vec<(String, SheetVisible, SheetType)> =
        book.sheets_metadata().iter().map(|s| (s.name.clone(), s.visible, s.typ)).collect();
    let mut kept = Kept::default();
    for (name, visible, kind) in sheets {
        let why = match (visible, kind) {
            (SheetVisible::VeryHidden, _) => Some(WhyNot::VeryHidden),
            (SheetVisible::Hidden, _) => Some(WhyNot::Hidden),
            (_, SheetType::WorkSheet) => None,
            _ => Some(WhyNot::NoCells),
        };
        if let Some(why) = why {
            kept.not_read.push(NotRead { sheet: name, why });
            continue;
        }
        kept.sheet(&name);
        cells(&mut book, &name, &mut kept)?;
        let path = paths.iter().find(|(of, _)| *of == name).map(|(_, path)| path.as_str());
        if let Some(xml) = path.map(|path| part(package, path)).transpose()?.flatten() {
            frame(xml, &mut kept)?;
        }
    }
    Ok(kept)
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, kept: &mut Kept) -> Result<(), Unreadable> {
    let mut reader = match book.worksheet_cells_reader(name) {
        // A sheet with nothing at all in it.
        Err(XlsxError::NotAWorksheet(_) | XlsxError::XmlEof("worksheet")) => return Ok(()),
        other => other.map_err(refused)?,
    };
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(refused)? {
        let (row, column) = found.pos;
        let cell = match value(found.value) {
            Cell::Empty if found.formula.is_some() => Cell::Fault(Fault::NoValue),
            cell => cell,
        };
        kept.put(row, column, cell)?;
    }
    Ok(())
}

fn value(value: DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::String(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text.to_owned()),
        DataRef::Bool(yes) => Cell::Bool(yes),
        DataRef::DateTime(at) if at.is_duration() => Cell::Number(at.as_f64()),
        // A time of the day alone.
        DataRef::DateTime(at) if (0.0..1.0).contains(&at.as_f64()) => Cell::Number(at.as_f64()),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            // Also asked of our own, because the other gives a day for every number.
            let sane = serial_day(at.as_f64(), Epoch::Of1900).is_some();
            let day = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            day.filter(|_| sane).map_or(Cell::Fault(Fault::NoDay), Cell::Day)
        }
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            day.map_or(Cell::Text(text), Cell::Day)
        }
        DataRef::DurationIso(text) => Cell::Text(text),
        DataRef::Error(error) => Cell::Fault(Fault::Shown(error.to_string())),
    }
}

/// Calamine sets aside as much as the shared texts claim to be.
fn texts_are_sane(package: &mut Package<'_>) -> Result<(), Unreadable> {
    for name in names(package).iter().filter(|name| name.ends_with("sharedstrings.xml")) {
        let Some(xml) = part(package, name)? else { continue };
        let mut sane = true;
        each_element(BufReader::new(xml), |element| {
            let claimed = attribute(element, "uniqueCount");
            sane &=
                claimed.is_none_or(|many| many.parse().is_ok_and(|many: usize| many <= MOST_CELLS));
        })?;
        if !sane {
            return Err(Unreadable::Bomb);
        }
    }
    Ok(())
}

fn refused(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Locked,
        error => Unreadable::Damaged(error.to_string()),
    }
}

/// What the stream of cells does not tell: merged cells and hidden rows.
fn frame(xml: impl Read, kept: &mut Kept) -> Result<(), Unreadable> {
    let mut row = 0_u32;
    each_element(BufReader::new(xml), |element| match element.local_name().as_ref() {
        "row" => {
            let number = attribute(element, "r").and_then(|number| number.parse().ok());
            row = number.unwrap_or(row.saturating_add(1));
            if attribute(element, "hidden").is_some_and(|on| on == "1" || on == "true") {
                kept.hide(row.saturating_sub(1));
            }
        }
        "mergeCell" => {
            let area = attribute(element, "ref").and_then(|area| {
                let (first, last) = area.split_once(':')?;
                Some((place(first)?, place(last)?))
            });
            if let Some((first, last)) = area {
                kept.merge(first, last);
            }
        }
        _ => {}
    })
}

/// The row and column of `B7`, counted from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    let column: super::Col = letters.parse().ok()?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.0))
}

/// The part of each sheet by the sheet's name.
fn paths(package: &mut Package<'_>) -> Result<Vec<(String, String)>, Unreadable> {
    let mut targets = Vec::new();
    if let Some(xml) = part(package, "xl/_rels/workbook.xml.rels")? {
        each_element(BufReader::new(xml), |element| {
            if let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
            {
                let target = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("xl/{target}"),
                };
                targets.push((id, target));
            }
        })?;
    }
    let mut sheets = Vec::new();
    if let Some(xml) = part(package, "xl/workbook.xml")? {
        each_element(BufReader::new(xml), |element| {
            if element.local_name().as_ref() != "sheet" {
                return;
            }
            let id = attribute(element, "r:id");
            let target = targets.iter().find(|(of, _)| Some(of) == id.as_ref());
            if let (Some(name), Some((_, target))) = (attribute(element, "name"), target) {
                sheets.push((name, target.clone()));
            }
        })?;
    }
    Ok(sheets)
}

/// Goes through the elements of a part.
pub(super) fn each_element(
    xml: impl BufRead,
    mut see: impl FnMut(&BytesStart<'_>),
) -> Result<(), Unreadable> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(|error| Unreadable::Damaged(error.to_string()))?
        {
            Event::Start(element) | Event::Empty(element) => see(&element),
            Event::DocType(_) => return Err(Unreadable::Entities),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute without its escapes.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok().flatten()?;
    found
        .normalized_value(quick_xml::XmlVersion::Explicit1_0)
        .ok()
        .map(std::borrow::Cow::into_owned)
}
