//! What a file is, by its first bytes.

use super::{Found, Unreadable};

/// The three ways in which tables are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A zip package: .xlsx, .ods, and others that are refused once its parts are known.
    Package,
    /// An OLE file: .xls, and others that are refused once its streams are known.
    Ole,
    Text,
}

/// Beginnings of files that are no tables.
const OTHERS: [(&[u8], Found); 17] = [
    (b"%PDF-", Found::Pdf),
    (b"\x89PNG", Found::Picture),
    (b"\xff\xd8\xff", Found::Picture),
    (b"GIF8", Found::Picture),
    (b"II*\0", Found::Picture),
    (b"MM\0*", Found::Picture),
    (b"{\\rtf", Found::Word),
    (b"\x7fELF", Found::Program),
    (b"\xcf\xfa\xed\xfe", Found::Program),
    (b"#!", Found::Program),
    (b"Rar!", Found::Archive),
    (b"7z\xbc\xaf", Found::Archive),
    (b"\x1f\x8b", Found::Archive),
    (b"BZh", Found::Archive),
    (b"\x28\xb5\x2f\xfd", Found::Archive),
    // BIFF without a container, as Excel 2 to 4 wrote it.
    (b"\x09\x00\x04\x00", Found::OtherExcel),
    (b"\x09\x02\x06\x00", Found::OtherExcel),
];

/// How a file is to be read; refuses what is no table.
pub(super) fn form(name: &str, bytes: &[u8]) -> Result<Form, Unreadable> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Form::Package);
    }
    if bytes.starts_with(b"PK\x05\x06") {
        // A package without any part.
        return Err(Unreadable::Nothing);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Form::Ole);
    }
    if let Some((_, found)) = OTHERS.iter().find(|(begins, _)| bytes.starts_with(begins)) {
        return Err(Unreadable::NotATable(*found));
    }
    if bytes.starts_with(b"MZ") && bytes.get(..128).is_some_and(|head| head.contains(&0)) {
        return Err(Unreadable::NotATable(Found::Program));
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Err(Unreadable::NotATable(Found::Picture));
    }
    let begins: Vec<u8> =
        bytes.iter().copied().filter(|byte| !matches!(byte, 0 | 0xfe | 0xff)).take(600).collect();
    let begins = String::from_utf8_lossy(&begins).to_lowercase();
    let begins = begins.trim_start_matches('\u{feff}').trim_start();
    if begins.starts_with('<') {
        let html = ["<html", "<!doctype html", "<table", "<meta", "<body"];
        let html = html.iter().any(|tag| begins.contains(tag));
        return Err(Unreadable::NotATable(if html { Found::Html } else { Found::Xml }));
    }
    if begins.starts_with("mime-version:") && begins.contains("multipart") {
        return Err(Unreadable::NotATable(Found::Html));
    }
    match name.rsplit('.').next().map(str::to_lowercase).as_deref() {
        // Programs do write text under .xls, but never under these.
        Some("xlsx" | "xlsm" | "ods") => Err(Unreadable::TextNamedExcel),
        _ => Ok(Form::Text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_beginning() {
        let not = |found| Err(Unreadable::NotATable(found));
        for (name, bytes, expected) in [
            ("a.xlsx", &b"PK\x03\x04.."[..], Ok(Form::Package)),
            ("a.csv", b"PK\x03\x04..", Ok(Form::Package)),
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Ok(Form::Ole)),
            ("a.xls", b"STT\tTen\n1\tAn", Ok(Form::Text)),
            ("a.xlsx", b"STT,Ten\n1,An", Err(Unreadable::TextNamedExcel)),
            ("a.xlsx", b"", Err(Unreadable::Empty)),
            ("a.csv", b" \r\n\0", Err(Unreadable::Empty)),
            ("a.xlsx", b"%PDF-1.7", not(Found::Pdf)),
            ("a.csv", b"\xef\xbb\xbf<html><table>", not(Found::Html)),
            ("a.xls", b"\xff\xfe<\0h\0t\0m\0l\0>\0", not(Found::Html)),
            ("a.xls", b"<?xml version=\"1.0\"?><Workbook/>", not(Found::Xml)),
            ("a.xls", b"\x09\x02\x06\x00....", not(Found::OtherExcel)),
            ("a.csv", b"MZ;b\n1;2", Ok(Form::Text)),
        ] {
            assert_eq!(form(name, bytes), expected, "{name} {bytes:?}");
        }
    }
}
