//! The one file a notice may carry (tệp đính kèm): which kinds there are, how they begin, and how
//! its name is kept. What it says inside is nobody's business here.

use super::text::nfc;
use super::written::NAME_WORDS;

/// Longest name, in characters.
pub const NAME_LIMIT: usize = 100;
/// So many bytes of a file are enough to know its kind.
pub const HEAD: usize = 16;

/// A kind of file that may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    /// Word as an archive of XML (`docx`), and as it was before 2007 (`doc`).
    Docx,
    Doc,
    /// The same of Excel.
    Xlsx,
    Xls,
    Png,
    Jpeg,
}

impl FileKind {
    /// What a file says it is: by the end of its name, whatever its case.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "docx" => Self::Docx,
            "doc" => Self::Doc,
            "xlsx" => Self::Xlsx,
            "xls" => Self::Xls,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            _ => return None,
        })
    }

    /// Whether a file that begins with these bytes can be of this kind. The signatures are those of
    /// ISO 32000 (PDF), PKZIP (Word and Excel today), MS-CFB (before), ISO/IEC 15948 (PNG) and
    /// ISO/IEC 10918 (JPEG).
    pub fn begins(self, head: &[u8]) -> bool {
        head.starts_with(match self {
            Self::Pdf => b"%PDF-",
            Self::Docx | Self::Xlsx => b"PK\x03\x04",
            Self::Doc | Self::Xls => b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            Self::Png => b"\x89PNG\r\n\x1A\n",
            Self::Jpeg => b"\xFF\xD8\xFF",
        })
    }

    /// As HTTP names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Doc => "application/msword",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xls => "application/vnd.ms-excel",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// A file's name as it is kept: without folders, without what cannot be seen or means something to a
/// file system, of [`NAME_LIMIT`] characters at most with its end kept. Never empty.
pub fn clean_name(name: &str) -> String {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = |c: &char| !c.is_control() && !is_invisible(*c);
    let safe = |c: char| if "\"*:<>?|".contains(c) { '_' } else { c };
    let words: String = nfc(bare).chars().filter(shown).map(safe).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_start_matches('.').trim();
    let (stem, extension) = match words.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 8 => {
            (stem.trim_end(), format!(".{extension}"))
        }
        _ => (words, String::new()),
    };
    let room = NAME_LIMIT - extension.chars().count();
    let stem = match stem.char_indices().nth(room) {
        Some((end, _)) => without_last_words(&stem[..end]),
        None => stem,
    };
    match (stem.trim_end(), extension.as_str()) {
        ("", "") => "tep".to_owned(),
        ("", extension) => format!("tep{extension}"),
        (stem, extension) => format!("{stem}{extension}"),
    }
}

/// A text that was cut, without the words in which a name may have been cut through, which would be known by
/// nobody any more; one word that long is no name.
fn without_last_words(cut: &str) -> &str {
    let mut before = ' ';
    let mut begins = Vec::new();
    for (at, c) in cut.char_indices() {
        if c.is_alphanumeric() && !before.is_alphanumeric() {
            begins.push(at);
        }
        before = c;
    }
    let left_out = NAME_WORDS.min(begins.len().saturating_sub(1));
    match begins.len().checked_sub(left_out).and_then(|at| begins.get(at)) {
        Some(end) if left_out > 0 => cut[..*end].trim_end_matches(|c: char| !c.is_alphanumeric()),
        _ => cut,
    }
}

/// Characters that take no room, or turn the text round: a name could show another end than it has.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// A size as people are told it: whole kibibytes, the last one begun counted.
pub fn kib(bytes: i64) -> i64 {
    bytes.saturating_add(1023) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_the_end_of_the_name_and_by_the_first_bytes() {
        for (name, head, fits) in [
            ("Kế hoạch.PDF", b"%PDF-1.7".as_slice(), true),
            ("mau.docx", b"PK\x03\x04\x14\x00", true),
            ("mau.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00", true),
            ("anh.jpeg", b"\xFF\xD8\xFF\xE0", true),
            ("anh.png", b"\x89PNG\r\n\x1A\n", true),
            ("anh.png", b"\xFF\xD8\xFF\xE0", false),
            ("bao-cao.pdf", b"MZ\x90\x00", false),
            ("trong.pdf", b"", false),
        ] {
            let kind = FileKind::of_name(name).expect(name);
            assert_eq!(kind.begins(head), fits, "{name}");
        }
        for name in ["virus.exe", "trang.html", "anh.svg", "pdf", "", "a.pdf.", "a.docm"] {
            assert_eq!(FileKind::of_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_keeps_its_words_and_nothing_else() {
        for (given, kept) in [
            ("Kế hoạch  năm 2019.pdf", "Kế hoạch năm 2019.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\an\\thư mời.docx", "thư mời.docx"),
            (".htaccess", "htaccess"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
            ("anh\u{202E}fdp.exe", "anhfdp.exe"),
            ("a\"b<c>.pdf", "a_b_c_.pdf"),
            ("", "tep"),
            ("   ", "tep"),
            ("/", "tep"),
        ] {
            assert_eq!(clean_name(given), kept, "{given:?}");
        }
        let long = clean_name(&format!("{}.docx", "ạ".repeat(300)));
        assert_eq!(long.chars().count(), NAME_LIMIT);
        assert!(long.ends_with("ạ.docx"));
        // A name that is cut through is left out whole, wherever it stands.
        for at in 60..NAME_LIMIT {
            let before = "kế hoạch ".repeat(12).chars().take(at).collect::<String>();
            let kept = clean_name(&format!("{before} Trần Văn Bình {}.pdf", "x".repeat(60)));
            assert!(!kept.contains("Trần") || kept.contains("Trần Văn Bình"), "{kept}");
        }
        assert_eq!(clean_name("a\u{323}.pdf"), "ạ.pdf", "composed");
    }

    #[test]
    fn a_size_is_rounded_up() {
        assert_eq!([kib(0), kib(1), kib(1024), kib(1025)], [0, 1, 1, 2]);
    }
}
