//! Text whose columns are parted by a sign: .csv, and what is copied out of a sheet.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Cell, Found, Kept, Unreadable};

/// Signs that part columns, the likeliest first.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// How many records tell which sign it is.
const LOOKED_AT: usize = 50;

pub(super) fn open(bytes: &[u8]) -> Result<Kept, Unreadable> {
    let (text, single_bytes) = decode(bytes)?;
    let mut kept = Kept { single_bytes, ..Kept::default() };
    kept.sheet("");
    let (separator, text) = told(&text);
    let Some(separator) = separator.or_else(|| separator_of(text)) else {
        return Err(Unreadable::NotATable(Found::PlainText));
    };
    let mut row = 0_u32;
    for record in reader(text, separator).records() {
        let record = record.map_err(|error| Unreadable::Damaged(error.to_string()))?;
        // The reader leaves empty lines out, which are rows as well.
        let at = record.position().and_then(|at| usize::try_from(at.byte()).ok());
        let rest = at.and_then(|at| text.get(at..)).unwrap_or_default();
        let ends = rest.bytes().take_while(|c| matches!(c, b'\r' | b'\n'));
        let empty = ends.filter(|c| *c == b'\n').count();
        row = row.saturating_add(u32::try_from(empty).unwrap_or(u32::MAX));
        for (column, value) in record.iter().enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            kept.put(row, column, Cell::Text(value.to_owned()))?;
        }
        row = row.saturating_add(1);
    }
    Ok(kept)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The text, and whether it was of one byte for each letter.
fn decode(bytes: &[u8]) -> Result<(String, bool), Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((whole(encoding, bytes.get(mark..).unwrap_or_default())?, false));
    }
    if let Some(encoding) = without_mark(bytes) {
        return Ok((whole(encoding, bytes)?, false));
    }
    if bytes.contains(&0) {
        // No text has it, in any encoding that is left.
        return Err(Unreadable::NotATable(Found::Unknown));
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text.into_owned(), false)),
        None => Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true)),
    }
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Unreadable> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned)
        .ok_or_else(|| Unreadable::Damaged(format!("no {}", encoding.name())))
}

/// UTF-16 without a mark: half of what is plain in it are zeros, all on one side.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 8;
    match () {
        () if odd > many && even == 0 => Some(UTF_16LE),
        () if even > many && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// The separator that a first line of `sep=;` tells, as Excel understands it, and what follows that.
fn told(text: &str) -> (Option<u8>, &str) {
    let Some((line, _)) = text.split_once('\n') else { return (None, text) };
    let line = line.trim_end();
    match line.get(..4).is_some_and(|begins| begins.eq_ignore_ascii_case("sep=")) {
        true if line.len() == 5 => (line.bytes().last(), text.get(line.len()..).unwrap_or(text)),
        _ => (None, text),
    }
}

/// The sign that parts most records into the same number of columns, and into the most.
fn separator_of(text: &str) -> Option<u8> {
    let fields = |separator: u8| {
        let records = reader(text, separator).into_records();
        let widths: Vec<usize> =
            records.take(LOOKED_AT).map_while(Result::ok).map(|record| record.len()).collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        // Titles and notes are of one column whatever the sign is.
        let regular = widths.iter().filter(|width| **width == widest).count();
        let parted = widths.iter().filter(|width| **width > 1).count();
        (widest > 1).then_some((
            regular * 2 > parted,
            parted * 2 > widths.len() || regular > 1,
            regular * (widest - 1),
        ))
    };
    let found = SEPARATORS.into_iter().filter_map(|sign| fields(sign).map(|score| (score, sign)));
    // Of equals the likelier.
    found.rev().max_by_key(|(score, _)| *score).map(|(_, sign)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let kept = open(bytes).unwrap();
        let row = |row: &super::super::Row| {
            (row.number, row.cells.iter().map(|(_, cell)| cell.shown()).collect())
        };
        kept.sheets[0].rows.iter().map(row).collect()
    }

    #[test]
    fn separators_are_found() {
        for (text, columns) in [
            ("STT,Tên,Quê\n1,An,\"Huế, Việt Nam\"\n", 3),
            ("STT;Tên;Quê\n1;An;Huế, Việt Nam\n", 3),
            ("STT\tTên\n1\tAn, Bình; Cúc\n", 2),
            ("Danh sách, năm 2018\n\nSTT;Tên;Quê\n1;An;Huế\n2;Bình;Huế\n", 3),
            ("sep=|\nSTT|Tên\n1|An", 2),
        ] {
            let last = rows(text.as_bytes()).pop().unwrap();
            assert_eq!(last.1.len(), columns, "{text}");
        }
        assert_eq!(
            open("chỉ là lời văn".as_bytes()).unwrap_err(),
            Unreadable::NotATable(Found::PlainText)
        );
    }

    #[test]
    fn rows_keep_their_numbers() {
        let numbers =
            |text: &str| -> Vec<u32> { rows(text.as_bytes()).iter().map(|row| row.0).collect() };
        assert_eq!(numbers("a,b\n\n\nc,d\n,\ne,f"), [1, 4, 6]);
        assert_eq!(numbers("sep=,\na,b\nc,d"), [2, 3]);
    }

    #[test]
    fn encodings_are_found() {
        let utf16: Vec<u8> =
            "Tên,Quê\nAn,Huế\nBình,Vinh\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xff, 0xfe][..], &utf16].concat();
        let big: Vec<u8> = "Tên,Quê\nAn,Huế\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&utf16, &marked, &big] {
            assert_eq!(rows(bytes)[1].1, ["An", "Huế"]);
        }
        assert_eq!(rows("\u{feff}Tên,Quê\nAn,Huế".as_bytes())[0].1, ["Tên", "Quê"]);
        assert!(decode(b"T\xaan,Qu\xaa").unwrap().1);
        assert_eq!(
            open(b"a,b\0\0\0c,d,\x01\x02").unwrap_err(),
            Unreadable::NotATable(Found::Unknown)
        );
    }
}
