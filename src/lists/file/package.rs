//! Zip packages: what is in them is measured and looked at before anything of it is read.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Found, Kept, MOST_KEPT, MOST_PARTS, MOST_UNPACKED, Unreadable, ods, xlsx};

pub(super) type Package<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Bytes taken out of a part at once.
const CHUNK: usize = 64 * 1024;

pub(super) fn open(bytes: &[u8]) -> Result<Kept, Unreadable> {
    // Without its end a package has no list of its parts.
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::CutOff)?;
    if ods::is_locked(&mut package)? {
        return Err(Unreadable::Locked);
    }
    let kind = kind(&mut package)?;
    measure(&mut package)?;
    match kind {
        Kind::Xlsx => xlsx::open(bytes, &mut package),
        Kind::Ods => ods::open(&mut package),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Ods,
}

/// Which kind of document it is, by the names of its parts; refuses others, and macros.
fn kind(package: &mut Package<'_>) -> Result<Kind, Unreadable> {
    if package.len() > MOST_PARTS {
        return Err(Unreadable::Bomb);
    }
    let names = names(package);
    let holds = |part: &str| names.iter().any(|name| name == part);
    let within = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let macros = |name: &String| {
        name.ends_with("vbaproject.bin")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
            || name.starts_with("xl/macrosheets/")
    };
    let macros = names.iter().any(macros);
    let not = |found| Err(Unreadable::NotATable(found));
    match () {
        () if holds("xl/workbook.bin") => not(Found::OtherExcel),
        () if within("xl/") && macros => Err(Unreadable::Macros),
        () if within("xl/") => Ok(Kind::Xlsx),
        () if within("word/") => not(Found::Word),
        () if within("ppt/") => not(Found::Slides),
        () if holds("content.xml") => match mimetype(package).as_str() {
            "application/vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet-template"
            | "" => {
                if macros {
                    Err(Unreadable::Macros)
                } else {
                    Ok(Kind::Ods)
                }
            }
            kind if kind.contains("text") => not(Found::Word),
            kind if kind.contains("presentation") => not(Found::Slides),
            _ => not(Found::Unknown),
        },
        () => not(Found::Archive),
    }
}

fn mimetype(package: &mut Package<'_>) -> String {
    let mut text = String::new();
    if let Ok(part) = package.by_name("mimetype") {
        // What cannot be read is no type, and so refused.
        let _ = part.take(200).read_to_string(&mut text);
    }
    text.trim().to_owned()
}

/// Unpacks everything once without keeping it: sizes that a package tells are not believed. Refuses what is
/// too large, and XML that declares entities.
fn measure(package: &mut Package<'_>) -> Result<(), Unreadable> {
    let mut left = MOST_UNPACKED;
    for at in 0..package.len() {
        let raw = package.by_index_raw(at).map_err(refused)?;
        if raw.encrypted() {
            return Err(Unreadable::Locked);
        }
        if raw.size() > left {
            return Err(Unreadable::Bomb);
        }
        drop(raw);
        let part = package.by_index(at).map_err(refused)?;
        let name = part.name().map(|name| name.to_lowercase()).unwrap_or_default();
        let most = if name.ends_with("sharedstrings.xml") { MOST_KEPT.min(left) } else { left };
        left -= unpack(part, most, name.ends_with(".xml") || name.ends_with(".rels"))?;
    }
    Ok(())
}

/// The size of a part; refuses more than `most`, and declarations of entities in XML.
fn unpack(mut part: impl Read, most: u64, is_xml: bool) -> Result<u64, Unreadable> {
    let mut chunk = vec![0; CHUNK];
    let (mut size, mut tail) = (0_u64, Vec::new());
    loop {
        let read = part.read(&mut chunk).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Unreadable::CutOff,
            _ => Unreadable::Damaged(error.to_string()),
        })?;
        let new = chunk.get(..read).unwrap_or_default();
        if read == 0 {
            return Ok(size);
        }
        let first = size == 0;
        size += read as u64;
        if size > most {
            return Err(Unreadable::Bomb);
        }
        if is_xml {
            // In UTF-16 the words below would not be found; no program writes it.
            if first && new.iter().take(4).any(|byte| matches!(byte, 0 | 0xfe | 0xff)) {
                return Err(Unreadable::Entities);
            }
            // With the end of what came before, for a word that is cut in two.
            tail.extend_from_slice(new);
            if declares(&tail) {
                return Err(Unreadable::Entities);
            }
            tail.drain(..tail.len().saturating_sub(16));
        }
    }
}

fn declares(xml: &[u8]) -> bool {
    let begins = xml.windows(2).enumerate().filter(|(_, two)| *two == b"<!").map(|(at, _)| at);
    let words: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];
    begins.into_iter().any(|at| {
        words.iter().any(|word| {
            xml.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
        })
    })
}

/// The names of all parts in small letters, with the slashes that not all Windows tools write.
pub(super) fn names(package: &Package<'_>) -> Vec<String> {
    let name = |at| match package.name_for_index(at) {
        Some(Ok(name)) => name.replace('\\', "/").to_lowercase(),
        _ => String::new(),
    };
    (0..package.len()).map(name).collect()
}

/// A part as a stream, and nothing where there is none.
pub(super) fn part<'p, 'b>(
    package: &'p mut Package<'b>,
    name: &str,
) -> Result<Option<impl Read + use<'p, 'b>>, Unreadable> {
    let lower = name.to_lowercase();
    let at = names(package).iter().position(|name| *name == lower);
    at.map(|at| package.by_index(at).map_err(refused)).transpose()
}

fn refused(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(text) if text.contains("assword") => Unreadable::Locked,
        ZipError::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Unreadable::CutOff
        }
        error => Unreadable::Damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_seen_wherever_they_are_declared() {
        for (xml, declared) in [
            ("<a>&lt;!DOCTYPE</a>", false),
            ("<!-- a --><a/>", false),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", true),
            ("<!doctype a>", true),
        ] {
            assert_eq!(unpack(xml.as_bytes(), 1000, true).is_err(), declared, "{xml}");
        }
        let late = format!("{}<!DOCTYPE a>", " ".repeat(CHUNK - 4));
        assert_eq!(unpack(late.as_bytes(), MOST_KEPT, true), Err(Unreadable::Entities));
        assert_eq!(unpack(&[7; 11][..], 10, false), Err(Unreadable::Bomb));
    }
}
