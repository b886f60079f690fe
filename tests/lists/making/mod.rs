//! Makes files for tests: sheets as offices keep them, and what is broken.
#![allow(dead_code)]

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A workbook of one sheet, a text for each cell; empty texts are no cells.
pub fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    book(|sheet| write(sheet, 0, rows))
}

pub fn book(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

pub fn write(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write(row, column, *text).unwrap();
            }
        }
    }
}

/// A zip package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let how = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, how).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook of one sheet by its XML, with shared texts and other parts.
pub fn raw_xlsx(sheet: &str, strings: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    raw_book(&[("Một", "worksheets/sheet1.xml")], sheet, strings, more)
}

pub fn raw_book(
    sheets: &[(&str, &str)],
    sheet: &str,
    strings: &str,
    more: &[(&str, &[u8])],
) -> Vec<u8> {
    let mut names = String::new();
    let mut targets = String::new();
    for (at, (name, target)) in sheets.iter().enumerate() {
        names += &format!(r#"<sheet name="{name}" sheetId="{}" r:id="rId{}"/>"#, at + 1, at + 1);
        targets += &format!(
            r#"<Relationship Id="rId{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="{target}"/>"#,
            at + 1
        );
    }
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{names}</sheets></workbook>"#
    );
    let rels = format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{targets}</Relationships>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    if !strings.is_empty() {
        parts.push(("xl/sharedStrings.xml", strings.as_bytes()));
    }
    parts.extend_from_slice(more);
    package(&parts)
}

pub fn sheet_xml(data: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>"#
    )
}

pub fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An OLE file of these streams, each filled up with zeros to 4096 bytes.
pub fn ole(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let mut chains: Vec<u32> = Vec::new();
    let mut body: Vec<u8> = Vec::new();
    let mut entries: Vec<u8> = Vec::new();
    let put = |bytes: &[u8], chains: &mut Vec<u32>, body: &mut Vec<u8>| -> u32 {
        let first = u32::try_from(chains.len()).unwrap();
        for at in (0..bytes.len()).step_by(512) {
            let mut sector = bytes[at..bytes.len().min(at + 512)].to_vec();
            sector.resize(512, 0);
            body.extend(sector);
            let next = u32::try_from(chains.len()).unwrap() + 1;
            chains.push(if at + 512 >= bytes.len() { END } else { next });
        }
        first
    };
    let mut entry = |name: &str, kind: u8, start: u32, size: usize| {
        let mut one = vec![0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            one[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        let length = u16::try_from(name.encode_utf16().count() * 2 + 2).unwrap();
        one[64..66].copy_from_slice(&length.to_le_bytes());
        one[66] = kind;
        one[116..120].copy_from_slice(&start.to_le_bytes());
        one[120..124].copy_from_slice(&u32::try_from(size).unwrap().to_le_bytes());
        entries.extend(one);
    };
    entry("Root Entry", 5, END, 0);
    for (name, bytes) in streams {
        let mut bytes = bytes.to_vec();
        bytes.resize(bytes.len().max(4096), 0);
        let start = put(&bytes, &mut chains, &mut body);
        entry(name, 2, start, bytes.len());
    }
    let directory = put(&entries, &mut chains, &mut body);
    let table = u32::try_from(chains.len()).unwrap();
    chains.push(0xffff_fffd);
    let mut fat: Vec<u8> = chains.iter().flat_map(|id| id.to_le_bytes()).collect();
    assert!(fat.len() <= 512, "one sector of chains is enough for tests");
    fat.resize(512, 0xff);
    body.extend(fat);
    let mut head = vec![0_u8; 512];
    head[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    head[26] = 3;
    head[30] = 9;
    head[32] = 6;
    head[44] = 1;
    head[48..52].copy_from_slice(&directory.to_le_bytes());
    head[60..64].copy_from_slice(&END.to_le_bytes());
    head[68..72].copy_from_slice(&END.to_le_bytes());
    head[76..512].fill(0xff);
    head[76..80].copy_from_slice(&table.to_le_bytes());
    head.extend(body);
    head
}

/// A record of an .xls.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut out = kind.to_le_bytes().to_vec();
    out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    out.extend(data);
    out
}
