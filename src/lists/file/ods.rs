//! OpenDocument sheets. Read here and not by calamine, which sets aside whatever a repetition asks for.

use std::collections::HashSet;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::{Package, part};
use super::xlsx::{attribute, each_element};
use super::{Cell, Fault, Kept, NotRead, Unreadable, WhyNot};

/// Whether a document is locked, which its parts tell and no part itself.
pub(super) fn is_locked(package: &mut Package<'_>) -> Result<bool, Unreadable> {
    let mut locked = part(package, "encrypted-package")?.is_some();
    if let Some(xml) = part(package, "META-INF/manifest.xml")? {
        let xml = BufReader::new(xml.take(super::MOST_KEPT));
        // A manifest that cannot be read is found out later.
        let _ = each_element(xml, |element| {
            locked |= element.local_name().as_ref() == "encryption-data"
        });
    }
    Ok(locked)
}

pub(super) fn open(package: &mut Package<'_>) -> Result<Kept, Unreadable> {
    let Some(xml) = part(package, "content.xml")? else {
        return Err(Unreadable::Damaged("no content".to_owned()));
    };
    let mut reader = Reader::from_reader(BufReader::new(xml));
    reader.config_mut().expand_empty_elements = true;
    let (mut walk, mut buffer) = (Walk::default(), Vec::new());
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(|error| Unreadable::Damaged(error.to_string()))?
        {
            Event::Start(element) => walk.begin(&element),
            Event::End(element) => walk.end(element.local_name().as_ref())?,
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                walk.text(named.map(String::from).unwrap_or_default().as_str());
            }
            Event::DocType(_) => return Err(Unreadable::Entities),
            Event::Eof if walk.open > 0 => return Err(Unreadable::CutOff),
            Event::Eof => return Ok(walk.kept),
            _ => {}
        }
    }
}

/// Where in the document the reading is.
#[derive(Default)]
struct Walk {
    kept: Kept,
    hidden_styles: HashSet<String>,
    style: String,
    /// Elements that are open.
    open: usize,
    /// Whether the sheet is one that is read.
    reads: bool,
    row: u32,
    row_repeated: u32,
    column: u32,
    /// Cells of the row: column, how often, and what.
    cells: Vec<(u32, u32, Cell)>,
    cell: Option<Open>,
    /// How deep inside of what is no part of the cell: a note, a drawing, a table in the cell.
    aside: usize,
}

/// A cell that is being read.
struct Open {
    told: Option<Cell>,
    text: String,
    repeated: u32,
    has_formula: bool,
}

impl Walk {
    fn begin(&mut self, element: &BytesStart<'_>) {
        self.open += 1;
        let name = element.local_name();
        let is_aside = matches!(name.as_ref(), "annotation" | "frame" | "custom-shape" | "table");
        if self.aside > 0 || (self.cell.is_some() && is_aside) {
            self.aside += 1;
            return;
        }
        match name.as_ref() {
            "style" => self.style = attribute(element, "style:name").unwrap_or_default(),
            "table-properties"
                if attribute(element, "table:display").as_deref() == Some("false") =>
            {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" => self.sheet(element),
            "table-row" => {
                self.row_repeated = count(element, "table:number-rows-repeated");
                self.column = 0;
                let visible = attribute(element, "table:visibility");
                if self.reads
                    && visible.is_some_and(|how| how != "visible")
                    && self.row_repeated < 1000
                {
                    (self.row..self.row + self.row_repeated).for_each(|row| self.kept.hide(row));
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(element),
            "p" => self.text_if_any("\n"),
            "line-break" => self.text("\n"),
            "tab" | "s" => self.text(" "),
            _ => {}
        }
    }

    fn sheet(&mut self, element: &BytesStart<'_>) {
        let name = attribute(element, "table:name").unwrap_or_default();
        let style = attribute(element, "table:style-name").unwrap_or_default();
        self.reads = !self.hidden_styles.contains(&style);
        self.row = 0;
        if self.reads {
            self.kept.sheet(&name);
        } else {
            self.kept.not_read.push(NotRead { sheet: name, why: WhyNot::Hidden });
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>) {
        let wide = count(element, "table:number-columns-spanned");
        let high = count(element, "table:number-rows-spanned");
        if self.reads && (wide > 1 || high > 1) {
            let last = (self.row.saturating_add(high - 1), self.column.saturating_add(wide - 1));
            self.kept.merge((self.row, self.column), last);
        }
        self.cell = Some(Open {
            told: told(element),
            text: String::new(),
            repeated: count(element, "table:number-columns-repeated"),
            has_formula: attribute(element, "table:formula").is_some(),
        });
    }

    fn text_if_any(&mut self, text: &str) {
        if self.cell.as_ref().is_some_and(|cell| !cell.text.is_empty()) {
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) else { return };
        cell.text.push_str(text);
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        self.open = self.open.saturating_sub(1);
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "table-cell" | "covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let (at, repeated) = (self.column, cell.repeated);
                self.column = self.column.saturating_add(repeated);
                match cell.value() {
                    Cell::Empty => {}
                    value => self.cells.push((at, repeated, value)),
                }
                Ok(())
            }
            "table-row" => self.row(),
            _ => Ok(()),
        }
    }

    fn row(&mut self) -> Result<(), Unreadable> {
        let cells = std::mem::take(&mut self.cells);
        let (first, repeated) = (self.row, self.row_repeated);
        self.row = self.row.saturating_add(repeated);
        if !self.reads || cells.is_empty() {
            return Ok(());
        }
        // Ends soon, whatever was asked for: what is put passes a limit.
        for row in first..first.saturating_add(repeated) {
            for (column, repeated, cell) in &cells {
                for column in *column..column.saturating_add(*repeated) {
                    self.kept.put(row, column, cell.clone())?;
                }
            }
        }
        Ok(())
    }
}

impl Open {
    fn value(self) -> Cell {
        match self.told {
            Some(cell) => cell,
            None if self.text.starts_with('#') && self.has_formula => {
                Cell::Fault(Fault::Shown(self.text))
            }
            None if !self.text.is_empty() => Cell::Text(self.text),
            None if self.has_formula => Cell::Fault(Fault::NoValue),
            None => Cell::Empty,
        }
    }
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// The value that stands in attributes; a text stands in the element.
fn told(element: &BytesStart<'_>) -> Option<Cell> {
    let kind = attribute(element, "office:value-type")?;
    match kind.as_str() {
        "float" | "percentage" | "currency" => {
            attribute(element, "office:value")?.parse().ok().map(Cell::Number)
        }
        "boolean" => Some(Cell::Bool(attribute(element, "office:boolean-value")? == "true")),
        "date" => {
            let text = attribute(element, "office:date-value")?;
            let day = text.get(..10).and_then(|day| day.parse().ok());
            Some(day.map_or(Cell::Fault(Fault::NoDay), Cell::Day))
        }
        "time" => {
            let text = attribute(element, "office:time-value")?;
            Some(time(&text).map_or(Cell::Text(text), Cell::Number))
        }
        _ => attribute(element, "office:string-value")
            .filter(|text| !text.is_empty())
            .map(Cell::Text),
    }
}

/// `PT08H30M00S` as a part of the day, as Excel keeps it.
fn time(text: &str) -> Option<f64> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    Some((hours.parse::<f64>().ok()? + minutes.parse::<f64>().ok()? / 60.0) / 24.0)
}
