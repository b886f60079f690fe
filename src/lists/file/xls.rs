//! Workbooks of Excel 97 to 2003 (MS-XLS, BIFF8): only the records that hold cells. Read here and not by
//! calamine, which sets memory aside for the size that a sheet claims to have.

use encoding_rs::UTF_16LE;

use super::ole::{Ole, u16_at, u32_at};
use super::{Cell, Epoch, Fault, Found, Kept, MOST_CELLS, NotRead, Unreadable, WhyNot, serial_day};

pub(super) fn open(bytes: &[u8]) -> Result<Kept, Unreadable> {
    let ole = Ole::new(bytes)?;
    let not = |found| Err(Unreadable::NotATable(found));
    if ole.holds("EncryptedPackage") {
        return Err(Unreadable::Locked);
    }
    let Some(stream) = ole.stream("Workbook")? else {
        return match () {
            () if ole.holds("Book") => not(Found::OtherExcel),
            () if ole.holds("WordDocument") => not(Found::Word),
            () if ole.holds("PowerPoint Document") => not(Found::Slides),
            () => not(Found::Unknown),
        };
    };
    if ole.holds("_VBA_PROJECT_CUR") || ole.holds("_VBA_PROJECT") {
        return Err(Unreadable::Macros);
    }
    Book::new(&stream)?.sheets(&stream)
}

/// A record with the ones that continue it.
struct Record<'s> {
    kind: u16,
    parts: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    fn data(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    fn u16(&self, at: usize) -> Option<u16> {
        u16_at(self.data(), at)
    }

    fn place(&self) -> Option<(u32, u32)> {
        Some((self.u16(0)?.into(), self.u16(2)?.into()))
    }
}

const CONTINUE: u16 = 0x003c;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;

/// The records of a part of the stream until its end.
struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    fn one(&mut self) -> Option<Result<(u16, &'s [u8]), Unreadable>> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let Some(data) = self.rest.get(4..4 + length) else { return Some(Err(Unreadable::CutOff)) };
        self.rest = self.rest.get(4 + length..).unwrap_or_default();
        Some(Ok((kind, data)))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Result<Record<'s>, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, data) = match self.one()? {
            Ok(found) => found,
            Err(error) => return Some(Err(error)),
        };
        let mut parts = vec![data];
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            match self.one()? {
                Ok((_, data)) => parts.push(data),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(Record { kind, parts }))
    }
}

/// What the beginning of the stream tells of all sheets.
#[derive(Default)]
struct Book {
    sheets: Vec<Bound>,
    strings: Vec<String>,
    /// The number of the format of each style.
    styles: Vec<u16>,
    formats: Vec<(u16, String)>,
    from_1904: bool,
}

struct Bound {
    at: usize,
    why: Option<WhyNot>,
    name: String,
}

impl Book {
    fn new(stream: &[u8]) -> Result<Self, Unreadable> {
        let mut book = Self::default();
        let mut ended = false;
        for (at, record) in (Records { rest: stream }).enumerate() {
            let record = record?;
            match record.kind {
                BEGIN if record.u16(0) != Some(0x0600) => {
                    return Err(Unreadable::NotATable(Found::OtherExcel));
                }
                BEGIN => {}
                _ if at == 0 => return Err(Unreadable::Damaged("no beginning".to_owned())),
                0x002f => return Err(Unreadable::Locked),
                0x0022 => book.from_1904 = record.u16(0) == Some(1),
                0x041e => book.formats.extend(format(&record)),
                0x00e0 => book.styles.push(record.u16(2).unwrap_or(0)),
                0x0085 => book.sheets.extend(bound(record.data())?),
                0x00fc => book.strings = strings(record.parts)?,
                END => {
                    ended = true;
                    break;
                }
                _ => {}
            }
        }
        if ended { Ok(book) } else { Err(Unreadable::CutOff) }
    }

    fn sheets(&self, stream: &[u8]) -> Result<Kept, Unreadable> {
        let mut kept = Kept::default();
        let mut left = stream.len();
        for sheet in &self.sheets {
            if let Some(why) = sheet.why {
                kept.not_read.push(NotRead { sheet: sheet.name.clone(), why });
                continue;
            }
            kept.sheet(&sheet.name);
            let rest = stream.get(sheet.at..).ok_or(Unreadable::CutOff)?;
            let read = self.sheet(rest, &mut kept)?;
            // Parts of a stream do not overlap, unless somebody wants it read many times over.
            left = left.checked_sub(read).ok_or(Unreadable::Bomb)?;
        }
        Ok(kept)
    }

    /// Reads a sheet, and gives how many bytes it had.
    fn sheet(&self, rest: &[u8], kept: &mut Kept) -> Result<usize, Unreadable> {
        // Where the text of the last formula belongs, which comes in a record of its own.
        let mut awaits = None;
        let mut depth = 0_usize;
        let mut records = Records { rest };
        while let Some(record) = records.next() {
            let record = record?;
            match record.kind {
                // A chart in the sheet is a part of its own inside.
                BEGIN => depth += 1,
                END if depth <= 1 => return Ok(rest.len() - records.rest.len()),
                END => depth -= 1,
                _ if depth > 1 => {}
                0x0207 => {
                    let text = Texts::new(record.parts).long();
                    if let (Some((row, column)), Some(text)) = (awaits.take(), text) {
                        kept.put(row, column, Cell::Text(text))?;
                    }
                }
                0x0006 => awaits = self.formula(&record, kept)?,
                _ => self.cell(record, kept)?,
            }
        }
        Err(Unreadable::CutOff)
    }

    fn cell(&self, record: Record<'_>, kept: &mut Kept) -> Result<(), Unreadable> {
        let (data, Some((row, column))) = (record.data(), record.place()) else { return Ok(()) };
        let style = u16_at(data, 4).unwrap_or(0);
        let cell = match record.kind {
            0x00fd => {
                let at = u32_at(data, 6).map_or(usize::MAX, |at| at as usize);
                let Some(text) = self.strings.get(at) else {
                    return Err(Unreadable::Damaged("a text that is not there".to_owned()));
                };
                Cell::Text(text.clone())
            }
            0x0204 | 0x00d6 => {
                let mut parts = record.parts;
                if let Some(first) = parts.first_mut() {
                    *first = first.get(6..).unwrap_or_default();
                }
                Texts::new(parts).long().map_or(Cell::Empty, Cell::Text)
            }
            0x0203 => f64_at(data, 6).map_or(Cell::Empty, |number| self.number(number, style)),
            0x027e => u32_at(data, 6).map_or(Cell::Empty, |packed| self.number(rk(packed), style)),
            0x00bd => return self.numbers(data, (row, column), kept),
            0x0205 => match (data.get(6), data.get(7)) {
                (Some(value), Some(0)) => Cell::Bool(*value != 0),
                (Some(value), _) => Cell::Fault(Fault::Shown(fault(*value).to_owned())),
                _ => Cell::Empty,
            },
            0x00e5 => {
                for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let at = |at| u16_at(area, at).map_or(0, u32::from);
                    kept.merge((at(0), at(4)), (at(2), at(6)));
                }
                return Ok(());
            }
            0x0208 => {
                if record.u16(12).is_some_and(|flags| flags & 0x20 != 0) {
                    kept.hide(row);
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        kept.put(row, column, cell)
    }

    /// Several numbers side by side.
    fn numbers(
        &self,
        data: &[u8],
        (row, first): (u32, u32),
        kept: &mut Kept,
    ) -> Result<(), Unreadable> {
        let body = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (column, one) in (first..).zip(body.chunks_exact(6)) {
            let (style, packed) = (u16_at(one, 0).unwrap_or(0), u32_at(one, 2).unwrap_or(0));
            kept.put(row, column, self.number(rk(packed), style))?;
        }
        Ok(())
    }

    /// Puts what a formula came to; a text comes next, and its place is given back.
    fn formula(
        &self,
        record: &Record<'_>,
        kept: &mut Kept,
    ) -> Result<Option<(u32, u32)>, Unreadable> {
        let (data, Some((row, column))) = (record.data(), record.place()) else { return Ok(None) };
        let style = u16_at(data, 4).unwrap_or(0);
        let Some(value) = data.get(6..14) else { return Ok(None) };
        let cell = match (value.get(6..), value.first(), value.get(2)) {
            (Some([0xff, 0xff]), Some(0), _) => {
                // Stands if no text comes.
                kept.put(row, column, Cell::Fault(Fault::NoValue))?;
                return Ok(Some((row, column)));
            }
            (Some([0xff, 0xff]), Some(1), Some(value)) => Cell::Bool(*value != 0),
            (Some([0xff, 0xff]), Some(2), Some(value)) => {
                Cell::Fault(Fault::Shown(fault(*value).to_owned()))
            }
            (Some([0xff, 0xff]), ..) => Cell::Empty,
            _ => f64_at(value, 0).map_or(Cell::Empty, |number| self.number(number, style)),
        };
        kept.put(row, column, cell)?;
        Ok(None)
    }

    fn number(&self, number: f64, style: u16) -> Cell {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        let own = self.formats.iter().find(|(of, _)| *of == format);
        let is_day = match own {
            Some((_, code)) => shows_day(code),
            None => matches!(format, 14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57 | 58),
        };
        match is_day && number >= 1.0 {
            true => serial_day(number, Epoch::of(self.from_1904))
                .map_or(Cell::Fault(Fault::NoDay), Cell::Day),
            false => Cell::Number(number),
        }
    }
}

/// Whether a format shows a day: it names days or years outside of what it quotes.
fn shows_day(code: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    code.chars().any(|c| {
        let plain = !quoted && !bracket && !escaped;
        escaped = plain && c == '\\';
        match c {
            '"' if !bracket => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' => bracket = false,
            _ => {}
        }
        plain && matches!(c, 'd' | 'D' | 'y' | 'Y')
    })
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}

/// A number packed into 30 bits.
fn rk(packed: u32) -> f64 {
    let value = match packed & 2 {
        0 => f64::from_bits(u64::from(packed & !3) << 32),
        _ => f64::from(packed.cast_signed() >> 2),
    };
    if packed & 1 == 0 { value } else { value / 100.0 }
}

fn fault(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

fn format(record: &Record<'_>) -> Option<(u16, String)> {
    let text = Texts::new(vec![record.data().get(2..)?]).long()?;
    Some((record.u16(0)?, text))
}

fn bound(data: &[u8]) -> Result<Option<Bound>, Unreadable> {
    let Some(at) = u32_at(data, 0) else { return Ok(None) };
    let why = match (data.get(4).map(|hidden| hidden & 3), data.get(5)) {
        (_, Some(1 | 6)) => return Err(Unreadable::Macros),
        (Some(1), _) => Some(WhyNot::Hidden),
        (Some(2), _) => Some(WhyNot::VeryHidden),
        (_, Some(0)) => None,
        _ => Some(WhyNot::NoCells),
    };
    let mut texts = Texts::new(vec![data.get(6..).unwrap_or_default()]);
    let length = texts.byte().map_or(0, usize::from);
    let name = texts.characters(length, Kind::Plain).unwrap_or_default();
    Ok(Some(Bound { at: at as usize, why, name }))
}

/// The texts that cells share.
fn strings(parts: Vec<&[u8]>) -> Result<Vec<String>, Unreadable> {
    let mut texts = Texts::new(parts);
    let mut out = Vec::new();
    let many = (texts.u32(), texts.u32()).1.unwrap_or(0);
    for _ in 0..many {
        if out.len() > MOST_CELLS {
            return Err(Unreadable::TooManyCells);
        }
        let text = texts.u16().and_then(|length| texts.characters(length.into(), Kind::Rich));
        out.push(text.ok_or(Unreadable::CutOff)?);
    }
    Ok(out)
}

/// Reads texts out of a record and the ones that continue it.
struct Texts<'s> {
    parts: std::vec::IntoIter<&'s [u8]>,
    part: &'s [u8],
}

impl<'s> Texts<'s> {
    fn new(parts: Vec<&'s [u8]>) -> Self {
        let mut parts = parts.into_iter();
        let part = parts.next().unwrap_or_default();
        Self { parts, part }
    }

    /// The next bytes of this part, no more than `most`, and of the next part where this one is at its end.
    fn some(&mut self, most: usize) -> Option<&'s [u8]> {
        while self.part.is_empty() {
            self.part = self.parts.next()?;
        }
        let (some, rest) = self.part.split_at(most.min(self.part.len()));
        self.part = rest;
        Some(some)
    }

    fn byte(&mut self) -> Option<u8> {
        self.some(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            bytes -= self.some(bytes)?.len();
        }
        Some(())
    }

    /// A text whose length comes first in two bytes.
    fn long(&mut self) -> Option<String> {
        let length = self.u16()?;
        self.characters(length.into(), Kind::Plain)
    }

    /// A text of so many characters behind its flags; `rich` where runs of formats may follow it.
    fn characters(&mut self, length: usize, kind: Kind) -> Option<String> {
        let mut flags = self.byte()?;
        let runs =
            if kind == Kind::Rich && flags & 8 != 0 { usize::from(self.u16()?) * 4 } else { 0 };
        let more = if kind == Kind::Rich && flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let (mut text, mut left) = (String::new(), length);
        while left > 0 {
            if self.part.is_empty() {
                // A text that goes on in the next record says anew how wide its characters are.
                self.part = self.parts.next()?;
                flags = self.byte()?;
            }
            let width = if flags & 1 == 0 { 1 } else { 2 };
            let bytes = self.some(left * width)?;
            left -= bytes.len().div_ceil(width);
            match width {
                // The lower halves of UTF-16, which is not windows-1252 between 0x80 and 0x9f.
                1 => text.extend(bytes.iter().map(|byte| char::from(*byte))),
                _ => text.push_str(&UTF_16LE.decode_without_bom_handling(bytes).0),
            }
        }
        self.skip(runs + more)?;
        Some(text)
    }
}

/// How a text is kept: alone, or with what its parts look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Rich,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        for (packed, number) in
            [(0x3ff0_0000, 1.0), (0x0000_0006, 1.0), (0xffff_fffe, -1.0), (0x0000_3143, 31.52)]
        {
            let near = (rk(packed) - number).abs() < 1e-9;
            assert!(near, "{packed:x} is {}", rk(packed));
        }
    }

    #[test]
    fn formats_show_days() {
        for (code, is_day) in [
            ("dd/mm/yyyy", true),
            ("[$-42A]d\\ mmmm\\ yyyy;@", true),
            ("0\"day\"", false),
            ("[Red]0.00", false),
            ("hh:mm", false),
            ("\\d0", false),
        ] {
            assert_eq!(shows_day(code), is_day, "{code}");
        }
    }

    #[test]
    fn texts_go_on_in_the_next_record() {
        let first: &[u8] = &[1, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, b'A', b'n'];
        let next: &[u8] = &[1, 0xc1, 0x1e, b'h', 0, b'!', 0];
        assert_eq!(strings(vec![first, next]).unwrap(), ["Anạh!".replace('ạ', "\u{1ec1}")]);
        assert_eq!(strings(vec![first]), Err(Unreadable::CutOff));
    }
}
