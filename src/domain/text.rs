//! Vietnamese text as people type it: with or without marks, composed or decomposed, in any case.
//!
//! Not for sentences that the program writes; those are in `locales/`.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fit::meant;

/// The stored form of what a person typed: what can have been meant, in NFC, outer white space
/// removed.
pub fn nfc(text: &str) -> String {
    meant(text).trim().nfc().collect()
}

/// The key under which text is compared: lower case, without marks, `đ` as `d`, every run of
/// white space and punctuation (other than `-`, `/` and `:`) as one blank.
///
/// `fold("Chi bộ Phòng 3 – Thanh tra")` is `"chi bo phong 3 thanh tra"`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc().flat_map(char::to_lowercase).nfd() {
        if is_combining_mark(c) {
            continue;
        }
        let c = match c {
            'đ' => 'd',
            '\u{2013}' | '\u{2014}' => ' ',
            c => c,
        };
        if c.is_alphanumeric() || matches!(c, '-' | '/' | ':') {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else {
            gap = true;
        }
    }
    out
}

/// Whether a word is typed with a circumflex, which alone tells yes from an absence once both
/// are folded to "vang".
pub fn bears_circumflex(word: &str) -> bool {
    word.nfd().any(|c| c == '\u{302}')
}

/// Whether a folded name holds these folded words side by side: "minh" stands in "tran van minh", and
/// "phong 1" does not in "chi bo phong 10".
pub fn holds_words(name: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {name} ").contains(&format!(" {words} "))
}

/// The words of a text that these folded words were, as they were typed: "Phòng 99" of "Phòng 99 2019 2".
/// The whole text where they do not stand side by side.
pub fn as_typed<'t>(text: &'t str, folded: &str) -> &'t str {
    let wanted: Vec<&str> = folded.split(' ').collect();
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ':' | ';' | '=');
    let typed: Vec<&str> = text.split(is_gap).filter(|word| !fold(word).is_empty()).collect();
    let mut words: Vec<(usize, String)> = Vec::new();
    for (at, word) in typed.iter().enumerate() {
        words.extend(fold(word).split(' ').map(|folded| (at, folded.to_owned())));
    }
    let found = words
        .windows(wanted.len())
        .find(|window| window.iter().map(|(_, word)| word).eq(wanted.iter()));
    let ends = found.and_then(|window| Some((typed[window.first()?.0], typed[window.last()?.0])));
    let Some((first, last)) = ends else { return text.trim() };
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text[offset(first)..offset(last) + last.len()].trim_end_matches([',', '.'])
}

/// The initials of a full name, as shown where the name itself may not be: `T.V.B.` for
/// "Trần Văn Bình".
pub fn initials(name: &str) -> String {
    name.nfc()
        .collect::<String>()
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .flat_map(|c| c.to_uppercase().chain(std::iter::once('.')))
        .collect()
}

/// Orders full names the Vietnamese way: by given name (the last word), then by the rest.
pub fn by_given_name(a: &str, b: &str) -> Ordering {
    fn key(name: &str) -> (String, String, String) {
        let folded = fold(name);
        let given = folded.rsplit(' ').next().unwrap_or_default().to_owned();
        (given, folded, nfc(name))
    }
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_quoted_as_they_were_typed() {
        for (text, folded, typed) in [
            ("Phòng 99 2019 2", "phong 99", "Phòng 99"),
            ("2019: Chi bộ Phòng 99: 2", "chi bo phong 99", "Chi bộ Phòng 99"),
            ("  phòng 99, năm 2019", "phong 99", "phòng 99"),
            ("Ban Xe – Tăng 2018", "ban xe tang", "Ban Xe – Tăng"),
            ("phòng 2019 99", "phong 99", "phòng 2019 99"),
            ("", "", ""),
        ] {
            assert_eq!(as_typed(text, folded), typed, "{text}");
        }
    }

    #[test]
    fn marks_case_and_composition_do_not_matter() {
        let nfd: String = "Thống Kê".nfd().collect();
        for typed in ["thống kê", "THONG KE", "Thong  ke", &nfd, " thong\u{a0}ke\n"] {
            assert_eq!(fold(typed), "thong ke", "{typed:?}");
        }
        assert_eq!(fold("Đảng uỷ"), "dang uy");
        assert_eq!(fold("Chi bộ Phòng 3 – Thanh tra"), "chi bo phong 3 thanh tra");
        assert_eq!(fold("QC-014, tốt"), "qc-014 tot");
    }

    #[test]
    fn yes_is_told_from_an_absence() {
        for (word, yes) in [("vâng", true), ("Va\u{302}ng", true), ("vắng", false), ("vang", false)]
        {
            assert_eq!((fold(word).as_str(), bears_circumflex(word)), ("vang", yes), "{word}");
        }
    }

    #[test]
    fn a_name_holds_whole_words_only() {
        for (name, words, holds) in [
            ("tran van minh", "minh", true),
            ("tran van minh", "tran van", true),
            ("tran van minh", "van tran", false),
            ("chi bo phong 10", "phong 1", false),
            ("chi bo phong 1", "phong 1", true),
            ("tran van minh", "", false),
        ] {
            assert_eq!(holds_words(name, words), holds, "{words} in {name}");
        }
    }

    #[test]
    fn initials_keep_the_vietnamese_letter() {
        assert_eq!(initials("Trần Văn Bình"), "T.V.B.");
        assert_eq!(initials("đỗ  ánh"), "Đ.Á.");
    }

    #[test]
    fn names_sort_by_given_name() {
        let mut names = vec!["Nguyễn Văn Bình", "Trần Thị An", "Lê Anh", "Đỗ Văn An"];
        names.sort_by(|a, b| by_given_name(a, b));
        assert_eq!(names, ["Đỗ Văn An", "Trần Thị An", "Lê Anh", "Nguyễn Văn Bình"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
