//! What is broken, locked, too much, or no table at all is refused, each with its own reason.

use crate::making::{book, ods, ole, package, raw_book, raw_xlsx, record, sheet, sheet_xml};
use diudat::lists::file::{Cell, Found, Unreadable, WhyNot, open};

fn refused(name: &str, bytes: &[u8]) -> Unreadable {
    match open(name, bytes) {
        Err(why) => why,
        Ok(book) => panic!("{name} was read: {:?}", book.sheets.first()),
    }
}

#[test]
fn what_is_no_table_is_told_apart() {
    let not = |found| Unreadable::NotATable(found);
    let exe = [b"MZ\x90\0\x03\0".as_slice(), &[0; 200]].concat();
    let bmp = [b"BM\x10\0\0\0".as_slice(), &[0; 4], b"rest of it"].concat();
    let docx = package(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]);
    let pptx = package(&[("ppt/presentation.xml", b"<a/>")]);
    let odt = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<a/>"),
    ]);
    let xlsb = package(&[("xl/workbook.bin", b"x")]);
    let nested = package(&[("danh-sach.xlsx", &sheet(&[&["STT", "Tên"]]))]);
    for (name, bytes, why) in [
        ("a.xlsx", b"".as_slice(), Unreadable::Empty),
        ("a.csv", b"  \r\n\t ", Unreadable::Empty),
        ("a.xlsx", &[0; 64], Unreadable::Empty),
        ("a.xlsx", b"%PDF-1.7\n%abc", not(Found::Pdf)),
        ("a.xls", b"\x89PNG\r\n\x1a\n....", not(Found::Picture)),
        ("a.xls", b"\xff\xd8\xff\xe0....", not(Found::Picture)),
        ("a.csv", &bmp, not(Found::Picture)),
        ("a.xlsx", &docx, not(Found::Word)),
        ("a.ods", &odt, not(Found::Word)),
        ("a.xls", &ole(&[("WordDocument", b"x")]), not(Found::Word)),
        ("a.xls", b"{\\rtf1 abc}", not(Found::Word)),
        ("a.xlsx", &pptx, not(Found::Slides)),
        ("a.xls", &ole(&[("PowerPoint Document", b"x")]), not(Found::Slides)),
        ("a.xls", b"<html><body><table><tr><td>STT</td></tr></table>", not(Found::Html)),
        ("a.xls", b"\r\n <!DOCTYPE HTML PUBLIC><html>", not(Found::Html)),
        ("a.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related", not(Found::Html)),
        ("a.xls", b"<?xml version=\"1.0\"?><Workbook xmlns=\"x\"/>", not(Found::Xml)),
        ("a.xlsx", &exe, not(Found::Program)),
        ("a.csv", b"\x7fELF\x02\x01", not(Found::Program)),
        ("a.csv", b"#!/bin/sh\necho a,b", not(Found::Program)),
        ("a.xlsx", b"Rar!\x1a\x07", not(Found::Archive)),
        ("a.xlsx", &nested, not(Found::Archive)),
        ("a.xlsx", &xlsb, not(Found::OtherExcel)),
        ("a.xls", &ole(&[("Book", b"x")]), not(Found::OtherExcel)),
        ("a.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00", not(Found::OtherExcel)),
        ("a.xls", &ole(&[("Khác", b"x")]), not(Found::Unknown)),
        ("a.csv", b"abc,\0\x01\x02\0\0def\x03", not(Found::Unknown)),
        ("a.txt", "Chỉ có lời mà không có bảng".as_bytes(), not(Found::PlainText)),
        ("a.xlsx", "STT,Họ và tên\n1,An".as_bytes(), Unreadable::TextNamedExcel),
        ("a.ods", "STT;Họ và tên\n1;An".as_bytes(), Unreadable::TextNamedExcel),
    ] {
        assert_eq!(refused(name, bytes), why, "{name} {:?}", &bytes[..bytes.len().min(12)]);
    }
}

#[test]
fn what_is_cut_off_or_damaged_is_refused() {
    let whole = sheet(&[&["STT", "Họ và tên"], &["1", "Ngô Thị Lụa"]]);
    for part in [whole.len() / 4, whole.len() / 2, whole.len() - 30] {
        assert_eq!(refused("a.xlsx", &whole[..part]), Unreadable::CutOff, "{part}");
    }
    let xls = include_bytes!("files/members.xls");
    for part in [100, 600, xls.len() / 3, xls.len() / 2] {
        assert_eq!(refused("a.xls", &xls[..part]), Unreadable::CutOff, "{part}");
    }
    let damaged = |bytes: &[u8]| {
        matches!(refused("a.xlsx", bytes), Unreadable::Damaged(_) | Unreadable::Nothing)
    };
    let missing = raw_book(&[("Một", "worksheets/none.xml")], &sheet_xml(""), "", &[]);
    assert!(damaged(&missing));
    let no_text = raw_xlsx(&sheet_xml(r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#), "", &[]);
    assert!(damaged(&no_text));
    for place in ["A99999999999", "ZZZZZZZZ1", "1A", "A4294967295"] {
        let odd = raw_xlsx(
            &sheet_xml(&format!(r#"<row r="1"><c r="{place}"><v>7</v></c></row>"#)),
            "",
            &[],
        );
        // Read or refused, as long as nothing breaks.
        let _ = open("a.xlsx", &odd);
    }
    let odd = raw_xlsx(
        &sheet_xml(r#"<row r="4294967295"><c><v>7</v></c></row><row><c><v>7</v></c></row>"#),
        "",
        &[],
    );
    let _ = open("a.xlsx", &odd);
    let unclosed = raw_xlsx("<worksheet><sheetData><row><c><v>1</v>", "", &[]);
    assert!(damaged(&unclosed));
    // A chain of sectors that leads into itself.
    let mut looped = ole(&[("Workbook", &[1; 5000])]);
    let at = looped.len() - 512;
    looped[at + 4..at + 8].copy_from_slice(&0_u32.to_le_bytes());
    assert!(matches!(refused("a.xls", &looped), Unreadable::Damaged(_)));
}

#[test]
fn what_is_locked_or_holds_macros_is_refused() {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let pass = [begin.clone(), record(0x002f, &[1, 0, 1, 0]), record(0x000a, &[])].concat();
    let macro_sheet =
        [begin.clone(), record(0x0085, &[0, 0, 0, 0, 0, 1, 1, 0, b'M']), record(0x000a, &[])]
            .concat();
    let old = record(0x0809, &[0, 5, 5, 0]);
    let manifest = br#"<manifest:manifest xmlns:manifest="x"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let locked_ods = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"\x00\xfe\xff\x01random"),
        ("META-INF/manifest.xml", manifest),
    ]);
    let row = sheet_xml(r#"<row r="1"><c r="A1"><v>7</v></c></row>"#);
    // The sign of encryption in both heads of each part.
    let mut flagged = package(&[("xl/workbook.xml", b"<a/>")]);
    for at in 0..flagged.len() - 4 {
        match &flagged[at..at + 4] {
            b"PK\x03\x04" => flagged[at + 6] |= 1,
            b"PK\x01\x02" => flagged[at + 8] |= 1,
            _ => {}
        }
    }
    for (name, bytes, why) in [
        (
            "a.xlsx",
            ole(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")]),
            Unreadable::Locked,
        ),
        ("a.xls", ole(&[("Workbook", &pass)]), Unreadable::Locked),
        ("a.ods", locked_ods, Unreadable::Locked),
        ("a.xlsx", flagged, Unreadable::Locked),
        ("a.xlsm", raw_xlsx(&row, "", &[("xl/vbaProject.bin", b"x")]), Unreadable::Macros),
        (
            "a.xlsx",
            raw_xlsx(&row, "", &[("xl/macrosheets/sheet1.xml", b"<a/>")]),
            Unreadable::Macros,
        ),
        ("a.xls", ole(&[("Workbook", &begin), ("_VBA_PROJECT_CUR", b"x")]), Unreadable::Macros),
        ("a.xls", ole(&[("Workbook", &macro_sheet)]), Unreadable::Macros),
        ("a.xls", ole(&[("Workbook", &old)]), Unreadable::NotATable(Found::OtherExcel)),
    ] {
        assert_eq!(refused(name, &bytes), why, "{name}");
    }
}

#[test]
fn what_is_too_much_is_refused_before_it_is_unpacked() {
    let row = sheet_xml(r#"<row r="1"><c r="A1"><v>7</v></c></row>"#);
    assert_eq!(refused("a.csv", &vec![b'a'; 21 * 1024 * 1024]), Unreadable::TooBig);
    let zeros = vec![b' '; 50 * 1024 * 1024];
    let bomb = package(&[("xl/workbook.xml", b"<a/>"), ("xl/sharedStrings.xml", &zeros)]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(refused("a.xlsx", &bomb), Unreadable::Bomb);
    // The head of the list of parts claims 2 GB.
    let mut claims = raw_xlsx(&row, "", &[]);
    let at = claims.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    claims[at + 24..at + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert_eq!(refused("a.xlsx", &claims), Unreadable::Bomb);
    // And one that claims to be small.
    let mut lies = bomb.clone();
    for at in 0..lies.len() - 30 {
        match &lies[at..at + 4] {
            b"PK\x03\x04" => lies[at + 22..at + 26].fill(1),
            b"PK\x01\x02" => lies[at + 24..at + 28].copy_from_slice(&[1, 1, 0, 0]),
            _ => {}
        }
    }
    assert!(open("a.xlsx", &lies).is_err());
    let texts = r#"<?xml version="1.0"?><sst uniqueCount="99999999999"><si><t>a</t></si></sst>"#;
    assert_eq!(refused("a.xlsx", &raw_xlsx(&row, texts, &[])), Unreadable::Bomb);
    // One long text in very many cells.
    let texts =
        format!(r#"<?xml version="1.0"?><sst><si><t>{}</t></si></sst>"#, "a".repeat(30_000));
    let cells: String = (1..5_000)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect();
    assert_eq!(refused("a.xlsx", &raw_xlsx(&sheet_xml(&cells), &texts, &[])), Unreadable::Bomb);
    let many: Vec<(String, String)> =
        (0..100).map(|at| (format!("S{at}"), "worksheets/sheet1.xml".to_owned())).collect();
    let many: Vec<(&str, &str)> =
        many.iter().map(|(name, part)| (name.as_str(), part.as_str())).collect();
    assert_eq!(refused("a.xlsx", &raw_book(&many, &row, "", &[])), Unreadable::Bomb);
    let parts: Vec<(String, Vec<u8>)> =
        (0..2_100).map(|at| (format!("xl/{at}.xml"), b"<a/>".to_vec())).collect();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert_eq!(refused("a.xlsx", &package(&parts)), Unreadable::Bomb);
    let long = "a,b\n".repeat(50_001);
    assert_eq!(refused("a.csv", long.as_bytes()), Unreadable::TooManyRows);
    let wide = vec!["a"; 201].join(",");
    assert_eq!(refused("a.csv", wide.as_bytes()), Unreadable::TooManyColumns);
    let many = format!("{}\n", vec!["a"; 100].join(",")).repeat(10_001);
    assert_eq!(refused("a.csv", many.as_bytes()), Unreadable::TooManyCells);
}

#[test]
fn repetitions_of_an_ods_are_bounded() {
    let cell = |how: &str| {
        format!(
            r#"<table:table-cell {how} office:value-type="string"><text:p>a</text:p></table:table-cell>"#
        )
    };
    let rows = format!(
        r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{}</table:table-row></table:table>"#,
        cell("")
    );
    assert_eq!(refused("a.ods", &ods(&rows)), Unreadable::TooManyRows);
    let columns = format!(
        r#"<table:table table:name="a"><table:table-row>{}</table:table-row></table:table>"#,
        cell(r#"table:number-columns-repeated="16384""#)
    );
    assert_eq!(refused("a.ods", &ods(&columns)), Unreadable::TooManyColumns);
    let both = format!(
        r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="4294967295">{}</table:table-row></table:table>"#,
        cell(r#"table:number-columns-repeated="150""#)
    );
    assert!(matches!(
        refused("a.ods", &ods(&both)),
        Unreadable::TooManyCells | Unreadable::TooManyRows
    ));
    let empty = format!(
        r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="4294967295"/></table:table-row><table:table-row>{}</table:table-row></table:table>"#,
        cell("")
    );
    assert!(open("a.ods", &ods(&empty)).is_ok());
    let cut = ods("<table:table table:name=\"a\"><table:table-row>");
    assert!(matches!(refused("a.ods", &cut), Unreadable::CutOff | Unreadable::Damaged(_)));
}

#[test]
fn entities_are_refused() {
    let dtd = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"#;
    let data = sheet_xml(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>"#);
    let evil = data.replace(r#"<?xml version="1.0"?>"#, dtd);
    assert_eq!(refused("a.xlsx", &raw_xlsx(&evil, "", &[])), Unreadable::Entities);
    let texts = format!("{dtd}<sst><si><t>&a;</t></si></sst>");
    assert_eq!(refused("a.xlsx", &raw_xlsx(&data, &texts, &[])), Unreadable::Entities);
    let wide: Vec<u8> = evil.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused("a.xlsx", &raw_xlsx("", "", &[("xl/x.xml", &wide)])), Unreadable::Entities);
    let table = r#"<table:table table:name="a"/>"#;
    let content = format!("{dtd}<office:document-content>{table}</office:document-content>");
    let evil = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(refused("a.ods", &evil), Unreadable::Entities);
}

#[test]
fn nothing_in_it_is_told() {
    assert_eq!(refused("a.xlsx", &book(|_| {})), Unreadable::Nothing);
    assert_eq!(refused("a.csv", b",,,\n,,\n , \n"), Unreadable::Nothing);
    assert_eq!(refused("a.ods", &ods(r#"<table:table table:name="a"/>"#)), Unreadable::Nothing);
    let mut hidden = rust_xlsxwriter::Workbook::new();
    hidden.add_worksheet();
    let sheet = hidden.add_worksheet();
    sheet.write(0, 0, "STT").unwrap();
    sheet.set_hidden(true);
    assert_eq!(refused("a.xlsx", &hidden.save_to_buffer().unwrap()), Unreadable::Nothing);
    assert_eq!(
        refused("a.csv", "ÞñåÐ øþÆ,ßµé ÿÃË\n§§¶ ÛÚ×,ÕÕÕ ÖÖ".as_bytes()),
        Unreadable::Letters
    );
}

#[test]
fn a_cell_far_away_costs_nothing() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "STT").unwrap();
        sheet.write(1_048_575, 16_383, "xa").unwrap();
    });
    let book = open("a.xlsx", &bytes).unwrap();
    let rows = &book.sheets[0].rows;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].number, 1_048_576);
    assert_eq!(rows[1].cells[0].0.to_string(), "XFD");
}

#[test]
fn hidden_sheets_are_named_and_not_read() {
    let book = open("a.xls", include_bytes!("files/members.xls")).unwrap();
    let why: Vec<_> = book.not_read.iter().map(|one| (one.sheet.as_str(), one.why)).collect();
    assert_eq!(why, [("Nháp", WhyNot::Hidden), ("Ẩn hẳn", WhyNot::VeryHidden)]);
    let book = open("a.ods", include_bytes!("files/units.ods")).unwrap();
    assert_eq!(book.not_read[0].sheet, "Ẩn");
    assert_eq!(book.sheets.len(), 1);
}

/// Bytes changed here and there: read or refused, but no panic and no end of it.
#[test]
fn broken_bytes_break_nothing() {
    let xlsx = sheet(&[&["STT", "Họ và tên", "Ngày sinh"], &["1", "Ngô Thị Lụa", "12/3/1985"]]);
    // Not packed, so that what is changed is XML and not what unpacks it.
    let plain = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let how = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        let mut from = zip::ZipArchive::new(std::io::Cursor::new(&xlsx)).unwrap();
        for at in 0..from.len() {
            let mut part = from.by_index(at).unwrap();
            zip.start_file(part.name().unwrap().to_string(), how).unwrap();
            std::io::copy(&mut part, &mut zip).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let mut seed = 7_u64;
    let mut chance = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for (name, whole) in [
        ("a.xlsx", xlsx.as_slice()),
        ("a.xlsx", &plain),
        ("a.xls", include_bytes!("files/members.xls").as_slice()),
        ("a.ods", include_bytes!("files/units.ods").as_slice()),
    ] {
        for _ in 0..150 {
            let mut bytes = whole.to_vec();
            for _ in 0..=chance(8) {
                let at = chance(bytes.len());
                bytes[at] = u8::try_from(chance(256)).unwrap();
            }
            if let Ok(book) = open(name, &bytes) {
                let tables = diudat::lists::table::propose(&book);
                let _ = diudat::lists::records::read(&book, &tables);
            }
        }
    }
}

#[test]
fn faults_of_cells_are_kept() {
    let bytes = raw_xlsx(
        &sheet_xml(
            r#"<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="str"><f>A1</f><v>an</v></c></row>"#,
        ),
        "",
        &[],
    );
    let book = open("a.xlsx", &bytes).unwrap();
    let cells: Vec<&Cell> = book.sheets[0].rows[0].cells.iter().map(|(_, cell)| cell).collect();
    use diudat::lists::file::Fault;
    assert_eq!(
        cells,
        [
            &Cell::Fault(Fault::NoValue),
            &Cell::Number(2.0),
            &Cell::Fault(Fault::Shown("#REF!".to_owned())),
            &Cell::Bool(true),
            &Cell::Text("an".to_owned()),
        ]
    );
    let long = open("a.csv", format!("a,{}", "b".repeat(4_001)).as_bytes()).unwrap();
    assert!(matches!(long.sheets[0].rows[0].cells[1].1, Cell::Fault(Fault::TooLong(_))));
}
