//! Letters of before Unicode: which encoding a column is written in, and what it says.
//!
//! Nothing in a file tells it (the font does, and not in text files). But words of Vietnamese are
//! syllables of few shapes: read in the right encoding nearly all of them are, read in a wrong one few.

mod codes;

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use self::codes::{TCVN3, VNI_LETTERS, VNI_MARKS, VNI_Y};
use super::file::{Cell, Col, Fault, Sheet};
use crate::domain::spelling::is_syllable;
use crate::domain::text::fold;

/// An encoding of before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Letters {
    /// TCVN 5712 (ABC), fonts `.VnTime`.
    Tcvn3,
    /// VNI-Windows, fonts `VNI-Times`.
    Vni,
    /// Unicode taken for Western European and encoded again: `Nguyá»…n`.
    Twice,
    /// windows-1258, in text files.
    Windows1258,
}

const ALL: [Letters; 4] = [Letters::Twice, Letters::Tcvn3, Letters::Vni, Letters::Windows1258];

/// Hundredths of the words that must be syllables for an encoding to be believed, and by how many more than
/// in any other.
const ENOUGH: usize = 80;
const MARGIN: usize = 15;

/// Different words of a column that are looked at; more tell nothing new.
const LOOKED_AT: usize = 400;

/// Converts the columns of a sheet that are of an old encoding; `false` where one is and it stays unclear
/// which. `single_bytes`: the texts were bytes of one letter each, read as windows-1252.
pub(super) fn restore(sheet: &mut Sheet, single_bytes: bool) -> bool {
    let mut columns: BTreeMap<Col, BTreeSet<&str>> = BTreeMap::new();
    let cells = sheet.rows.iter().flat_map(|row| &row.cells);
    for (column, cell) in cells {
        let Cell::Text(text) = cell else { continue };
        if text.is_ascii() {
            continue;
        }
        let words = columns.entry(*column).or_default();
        if words.len() < LOOKED_AT {
            words.extend(marked(text));
        }
    }
    let columns: BTreeMap<Col, Vec<&str>> =
        columns.into_iter().map(|(column, words)| (column, words.into_iter().collect())).collect();
    let everything: BTreeSet<&str> =
        columns.values().flat_map(|words| words.iter().take(LOOKED_AT / 4)).copied().collect();
    let everything: Vec<&str> = everything.into_iter().take(LOOKED_AT).collect();
    let whole = judge(&everything, single_bytes);
    let mut converts = BTreeMap::new();
    for (column, words) in &columns {
        let verdict = match judge(words, single_bytes) {
            // A column of few words is written like the others, unless it cannot be.
            _ if words.len() < 4 && fits(words, whole) => whole,
            own => own,
        };
        match verdict {
            Verdict::Unicode => {}
            Verdict::Old(letters) => {
                converts.insert(*column, letters);
            }
            // Of a few odd words among those of Unicode nothing follows: names of strangers.
            Verdict::Unclear if whole == Verdict::Unicode && words.len() < 4 => {}
            Verdict::Unclear => return false,
        }
    }
    for row in &mut sheet.rows {
        for (column, cell) in &mut row.cells {
            let (Some(letters), Cell::Text(text)) = (converts.get(column), &mut *cell) else {
                continue;
            };
            *cell = match convert(text, *letters) {
                Some(restored) => Cell::Text(restored),
                // Damaged on the way, or never of this encoding: shown as it stands, and not read.
                None => Cell::Fault(Fault::Letters(std::mem::take(text))),
            };
        }
    }
    sheet.converted = converts.into_iter().collect();
    true
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Unicode,
    Old(Letters),
    Unclear,
}

/// Words with letters beyond ASCII, which alone tell encodings apart.
fn marked(text: &str) -> impl Iterator<Item = &str> {
    // Quotes and dashes beyond ASCII are bytes of letters where something was encoded twice.
    let parts = |c: char| c.is_ascii() && !c.is_ascii_alphabetic();
    text.split(parts).filter(|word| {
        !word.is_ascii()
            && word.chars().any(|c| c.is_alphanumeric() || ('\u{a1}'..='\u{ff}').contains(&c))
    })
}

fn judge(words: &[&str], single_bytes: bool) -> Verdict {
    // Signs that stand alone, as dashes do, tell nothing.
    let words: Vec<&str> =
        words.iter().copied().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    if words.is_empty() {
        return Verdict::Unicode;
    }
    let share = |good: usize| good * 100 / words.len();
    let plain = share(words.iter().filter(|word| is_word(word)).count());
    let mut found: Vec<(usize, Letters)> = ALL
        .into_iter()
        .filter(|letters| single_bytes || *letters != Letters::Windows1258)
        .map(|letters| {
            let good = words
                .iter()
                .filter(|word| convert(word, letters).is_some_and(|word| is_word(&word)));
            (share(good.count()), letters)
        })
        .collect();
    found.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    let (best, letters) = found.first().copied().unwrap_or((0, Letters::Tcvn3));
    let next = found.get(1).map_or(0, |(share, _)| *share);
    match () {
        () if plain >= ENOUGH && plain >= best => Verdict::Unicode,
        () if best >= ENOUGH && best >= next + MARGIN && best >= plain + MARGIN => {
            Verdict::Old(letters)
        }
        // Mostly Unicode, with words of other languages or misspelt.
        () if plain >= ENOUGH / 2 && plain >= best => Verdict::Unicode,
        // Names of the Highlands and of foreigners: no syllables, but in letters of ours.
        () if best < ENOUGH / 2
            && share(words.iter().filter(|word| is_ours(word)).count()) >= ENOUGH =>
        {
            Verdict::Unicode
        }
        () if plain == 0 && best == 0 && words.len() < 4 => Verdict::Unicode,
        () => Verdict::Unclear,
    }
}

/// Whether all these words can be of the encoding that the sheet is.
fn fits(words: &[&str], whole: Verdict) -> bool {
    match whole {
        Verdict::Unicode => words.iter().all(|word| is_word(word)),
        Verdict::Old(letters) => {
            words.iter().all(|word| convert(word, letters).is_some_and(|word| is_word(&word)))
        }
        Verdict::Unclear => false,
    }
}

const VIETNAMESE: &str = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ";
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// Whether all letters of a word are of the alphabet.
fn is_ours(word: &str) -> bool {
    let mut letters = word.nfc().flat_map(char::to_lowercase);
    letters.all(|c| {
        c.is_ascii_alphabetic()
            || VIETNAMESE.contains(c)
            || matches!(c, '’' | '‘' | '“' | '”' | '–')
    })
}

/// Vowels that never stand together.
const NO_VOWELS: [&str; 12] =
    ["ăi", "ăo", "ău", "ăy", "ăe", "âo", "âi", "êa", "êo", "ôa", "ôu", "ơu"];

/// Whether a word can be one of Vietnamese as it stands: of its letters, with one tone, and a syllable;
/// before `c ch p t` only two of the tones are spoken.
fn is_word(word: &str) -> bool {
    let word: String = word.nfc().flat_map(char::to_lowercase).collect();
    let ours = |c: char| c.is_ascii_alphabetic() || VIETNAMESE.contains(c);
    let letters = word.trim_matches(|c: char| {
        !c.is_alphabetic() && !('\u{a1}'..='\u{bf}').contains(&c) && c != '×' && c != '÷'
    });
    if letters.is_empty() || !letters.chars().all(ours) {
        return false;
    }
    let tones: Vec<char> = letters.nfd().filter(|c| TONES.contains(c)).collect();
    let folded = fold(letters);
    let stopped = ["c", "ch", "p", "t"].iter().any(|end| folded.ends_with(end));
    let spoken = match tones.as_slice() {
        [] => !stopped,
        ['\u{301}' | '\u{323}'] => true,
        [_] => !stopped,
        _ => false,
    };
    spoken && is_syllable(&folded) && is_vowelled(letters)
}

/// Of the vowels that bear a mark beside the tone, those that stand together in a syllable.
fn is_vowelled(letters: &str) -> bool {
    let bare: String = letters.nfd().filter(|c| !TONES.contains(c)).nfc().collect();
    let bare = bare.replace('đ', "d");
    let marked: String = bare.chars().filter(|c| !c.is_ascii()).collect();
    match marked.chars().count() {
        0 => true,
        1 => !bare.ends_with(['ă', 'â']) && !NO_VOWELS.iter().any(|no| bare.contains(no)),
        2 => marked == "ươ",
        _ => false,
    }
}

/// What a text says in an encoding; `None` where it cannot be of it.
fn convert(text: &str, letters: Letters) -> Option<String> {
    match letters {
        Letters::Tcvn3 => Some(tcvn3(text)),
        Letters::Vni => Some(vni(text)),
        Letters::Twice => twice(text),
        Letters::Windows1258 => {
            Some(WINDOWS_1258.decode_without_bom_handling(&western(text)?).0.nfc().collect())
        }
    }
}

fn tcvn3(text: &str) -> String {
    let letter =
        |c: char| TCVN3.iter().find(|(code, _)| *code == c).map_or(c, |(_, letter)| *letter);
    let out: String = text.chars().map(letter).collect();
    if is_in_capitals(text) { out.to_uppercase() } else { out }
}

/// Whether plain letters are all capitals, and a word has two of them: then the font showed the others as
/// capitals too.
fn is_in_capitals(text: &str) -> bool {
    let plain = |word: &str| word.chars().filter(char::is_ascii_uppercase).count();
    !text.contains(|c: char| c.is_ascii_lowercase())
        && text.split_whitespace().any(|word| plain(word) > 1)
}

fn vni(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let before = out.chars().next_back().filter(|c| takes_mark(*c, lower));
        let mark = VNI_MARKS.iter().find(|(code, _)| *code == lower).filter(|_| before.is_some());
        let letter = VNI_LETTERS.iter().chain([&VNI_Y]).find(|(code, _)| *code == lower);
        match (mark, letter) {
            (Some((_, marks)), _) => out.extend(marks.iter().filter(|mark| **mark != '\0')),
            (None, Some((_, letter))) if c == lower => out.push(*letter),
            (None, Some((_, letter))) => out.extend(letter.to_uppercase()),
            (None, None) => out.push(c),
        }
    }
    out.nfc().collect()
}

/// Whether a vowel may bear what the sign behind it stands for: a plain tone any, the others those that
/// have a letter of their own.
fn takes_mark(vowel: char, sign: char) -> bool {
    let vowel = vowel.to_lowercase().next().unwrap_or(vowel);
    match sign {
        'ù' | 'ø' | 'û' | 'õ' | 'ï' => "aeouyơư".contains(vowel),
        'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' => "aeo".contains(vowel),
        _ => vowel == 'a',
    }
}

fn twice(text: &str) -> Option<String> {
    // Where it stands beside text that is right, only words that can be of it are turned back.
    if text.is_ascii() {
        return Some(text.to_owned());
    }
    String::from_utf8(western(text)?).ok()
}

/// The bytes that a text was taken from, if they were taken for windows-1252.
fn western(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            // Also the five that windows-1252 leaves out.
            Ok(byte)
                if !(0x80..0xa0).contains(&byte)
                    || matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) =>
            {
                bytes.push(byte)
            }
            _ => {
                let one = String::from(c);
                let (encoded, _, lost) = WINDOWS_1252.encode(&one);
                if lost {
                    return None;
                }
                bytes.extend_from_slice(&encoded);
            }
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::file::Row;

    const SENTENCE: &str = "Nguyễn Văn Ánh, Trần Thị Bưởi, Đỗ Đức Chỉnh, quê quán: huyện Phước Lộc, tỉnh Bắc Giang; \
        đảng viên dự bị, sinh hoạt tại Chi bộ Phòng Kỹ thuật, chuyển đến ngày mồng bảy";

    fn as_tcvn3(text: &str) -> String {
        let code =
            |c: char| TCVN3.iter().find(|(_, letter)| *letter == c).map_or(c, |(code, _)| *code);
        // Capitals with a tone have no sign of their own.
        let small = |c: char| match TCVN3.iter().any(|(_, letter)| *letter == c) || c.is_ascii() {
            true => c,
            false => c.to_lowercase().next().unwrap(),
        };
        text.chars().map(small).map(code).collect()
    }

    fn as_vni(text: &str) -> String {
        let one = |c: char| -> String {
            let lower: String = c.to_lowercase().collect();
            let upper = !lower.starts_with(c);
            let own =
                VNI_LETTERS.iter().chain([&VNI_Y]).find(|(_, letter)| lower.starts_with(*letter));
            let made = match own {
                Some((code, _)) => code.to_string(),
                None => {
                    let marks: Vec<char> = lower.nfd().skip(1).collect();
                    let horn = marks.contains(&'\u{31b}');
                    let base = lower.nfd().next().unwrap();
                    let base = match (base, horn) {
                        ('o', true) => 'ô',
                        ('u', true) => 'ö',
                        (base, _) => base,
                    };
                    let wanted: Vec<char> =
                        marks.into_iter().filter(|mark| *mark != '\u{31b}').collect();
                    let code = VNI_MARKS.iter().find(|(_, marks)| {
                        let mut marks: Vec<char> =
                            marks.iter().copied().filter(|mark| *mark != '\0').collect();
                        let mut wanted = wanted.clone();
                        marks.sort_unstable();
                        wanted.sort_unstable();
                        marks == wanted
                    });
                    match wanted.is_empty() {
                        true => base.to_string(),
                        false => format!("{base}{}", code.unwrap().0),
                    }
                }
            };
            if upper { made.to_uppercase() } else { made }
        };
        text.nfc().map(one).collect()
    }

    fn sheet(texts: &[&str]) -> Sheet {
        let row = |(at, text): (usize, &&str)| Row {
            number: u32::try_from(at).unwrap() + 1,
            cells: vec![(Col(0), Cell::Text((*text).to_owned()))],
        };
        Sheet { rows: texts.iter().enumerate().map(row).collect(), ..Sheet::default() }
    }

    fn restored(texts: &[&str], single_bytes: bool) -> Option<(Vec<String>, Option<Letters>)> {
        let mut sheet = sheet(texts);
        restore(&mut sheet, single_bytes).then(|| {
            let texts = sheet.rows.iter().map(|row| row.cells[0].1.shown()).collect();
            (texts, sheet.converted.first().map(|(_, letters)| *letters))
        })
    }

    #[test]
    fn old_letters_become_ours() {
        let twice: String =
            WINDOWS_1252.decode_without_bom_handling(SENTENCE.as_bytes()).0.into_owned();
        let western =
            WINDOWS_1258.encode("Lê Văn Đô, quê Hưng Yên, chi bô Công đoàn").0.into_owned();
        let western = WINDOWS_1252.decode_without_bom_handling(&western).0.into_owned();
        for (text, says, letters) in [
            (as_tcvn3(SENTENCE), SENTENCE.replace('Á', "á"), Letters::Tcvn3),
            (as_vni(SENTENCE), SENTENCE.to_owned(), Letters::Vni),
            (twice, SENTENCE.to_owned(), Letters::Twice),
            ("NguyÔn V¨n B×nh".to_owned(), "Nguyễn Văn Bình".to_owned(), Letters::Tcvn3),
            ("NGUYÔN V¡N B×NH".to_owned(), "NGUYỄN VĂN BÌNH".to_owned(), Letters::Tcvn3),
            ("Hä vµ tªn".to_owned(), "Họ và tên".to_owned(), Letters::Tcvn3),
            (
                "Nguyeãn Vaên Bình, Traàn Thò Höông, Ñaûng vieân".to_owned(),
                "Nguyễn Văn Bình, Trần Thị Hương, Đảng viên".to_owned(),
                Letters::Vni,
            ),
            ("Nguyá»…n VÄƒn BÃ¬nh".to_owned(), "Nguyễn Văn Bình".to_owned(), Letters::Twice),
            (western, "Lê Văn Đô, quê Hưng Yên, chi bô Công đoàn".to_owned(), Letters::Windows1258),
        ] {
            assert_eq!(restored(&[&text], true), Some((vec![says], Some(letters))), "{text}");
        }
    }

    #[test]
    fn unicode_stays_as_it_is() {
        let composed: String = SENTENCE.nfd().collect();
        for text in [
            SENTENCE,
            &composed,
            "Hà, Tú, Lân, Vũ",
            "Müller",
            "Nguyễn Văn A – Møller",
            "H’Hen Niê Êban, Y Moan",
            "Số 12-QĐ/ĐU ≥ 5 m²",
            "“Chi bộ”",
        ] {
            assert_eq!(restored(&[text], false), Some((vec![text.to_owned()], None)), "{text}");
        }
    }

    #[test]
    fn what_is_unclear_is_refused() {
        // The second byte of ề was lost on the way.
        let lost = "Nguyá»…n VÄƒn HiÃªn, Há» vÃ  tÃªn Ä‘á»m, LÃª Thá»‹ Tuyá»t, Tráº§n Äá»c"
            .replace('\u{a0}', " ");
        assert_eq!(restored(&[&lost, "Äá» Ä áº½ áº¿m Ã  lÃ "], false), None);
        assert_eq!(restored(&["ÞñåÐ øþÆ ßµé ÿÃË §§¶ ÛÚ×"], true), None);
    }
}
