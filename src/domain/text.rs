//! Vietnamese text as people type it: with or without marks, composed or decomposed, in any case.
//!
//! Not for sentences that the program writes; those are in `locales/`.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use super::fit::meant;

/// The stored form of what a person typed: what can have been meant, in NFC, outer white space
/// removed.
pub fn nfc(text: &str) -> String {
    meant(text).trim().nfc().collect()
}

/// The version of [`fold`]: raised whenever it folds anything otherwise, so that what is stored folded
/// is folded anew at the next start.
pub const FOLDING: u32 = 4;

/// The key under which text is compared: lower case, without marks, `đ` as `d`, letters of other
/// alphabets that look like ours as ours, every run of white space and punctuation (other than `-`,
/// `/` and `:`) as one blank. Signs that nobody sees are as if they were not there.
///
/// `fold("Chi bộ Phòng 3 – Thanh tra")` is `"chi bo phong 3 thanh tra"`.
pub fn fold(text: &str) -> String {
    folded(text, Marks::Dropped)
}

/// The same with the marks kept: what tells "Dung" from "Dũng" when both fold alike.
pub fn fold_but_marks(text: &str) -> String {
    folded(text, Marks::Kept).nfc().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    Kept,
    Dropped,
}

fn folded(text: &str, marks: Marks) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let text = meant(text);
    let seen = text.nfc().filter(|c| !is_unseen(*c)).nfkd().map(alike);
    for c in seen.flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(c) {
            if marks == Marks::Kept && !gap && !out.is_empty() {
                out.push(c);
            }
            continue;
        }
        let c = match alike(c) {
            'đ' if marks == Marks::Dropped => 'd',
            c => c,
        };
        if !is_unseen(c) && (c.is_alphanumeric() || matches!(c, '-' | '/' | ':')) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else if !is_unseen(c) {
            gap = true;
        }
    }
    out
}

/// Whether a sign takes no place in a line: joiners, marks of direction, soft hyphens and the like; or has no
/// meaning but among those who agreed on one (private use).
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10fffd}'
    )
}

/// Signs that look like each other, letter for letter: the ones that are meant below the ones that are
/// taken for them. `'` stands for what parts words.
const ALIKE: [(&str, &str); 7] = [
    // Latin letters with a stroke, without a dot, or of another shape.
    ("ıɑɡɩłøħŧƀ", "iagilohtb"),
    ("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdeghijklmnoprstuvwyz"),
    // Cyrillic
    ("АВЕКМНОРСТУХІЈЅҮԚԜѴҺԀ", "ABEKMHOPCTYXIJSYQWVHD"),
    ("авекмнорстухіјѕүԛԝѵһԁ", "abekmhopctyxijsyqwvhd"),
    // Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεηικνορτυχγ", "ABEZHIKMNOPTYXabenikvoptuxy"),
    // Apostrophes that count as letters, and hyphens.
    ("ʼʻʹꞌˈ", "'''''"),
    ("\u{2010}\u{2011}\u{2212}", "---"),
];

/// The letter of ours that a sign looks like.
fn alike(c: char) -> char {
    match c {
        // Nearly all that is typed; what is below looks through lists.
        '\0'..='\u{7f}' | '\u{300}'..='\u{36f}' | 'đ' | 'Đ' => return c,
        // As other languages write it.
        'Ð' | 'Ɖ' | 'Ɗ' => return 'Đ',
        'ð' | 'ɖ' | 'ɗ' => return 'đ',
        // In filled circles, in filled squares, of flags.
        '\u{1f150}'..='\u{1f169}' => return nth_letter(c, '\u{1f150}'),
        '\u{1f170}'..='\u{1f189}' => return nth_letter(c, '\u{1f170}'),
        '\u{1f1e6}'..='\u{1f1ff}' => return nth_letter(c, '\u{1f1e6}'),
        _ => {}
    }
    let of = |(taken, meant): &(&str, &str)| {
        taken.chars().zip(meant.chars()).find(|(taken, _)| *taken == c).map(|(_, meant)| meant)
    };
    ALIKE.iter().find_map(of).or_else(|| confusable(c)).unwrap_or(c)
}

/// The letter of ours at the place that a sign has in an alphabet.
fn nth_letter(c: char, first: char) -> char {
    let at = u32::from(c) - u32::from(first);
    char::from_u32(u32::from('a') + at).unwrap_or(c)
}

/// The letter of ours that a letter of another alphabet is taken for (UTS #39): Cherokee, Lisu, Coptic.
fn confusable(c: char) -> Option<char> {
    if !c.is_alphabetic() {
        return None;
    }
    let mut buffer = [0; 4];
    let mut taken = skeleton(c.encode_utf8(&mut buffer));
    let letter = taken.next().filter(char::is_ascii_alphabetic)?;
    // A stroke is the capital `I` of an alphabet whose `L` looks like ours.
    let letter = if letter == 'l' { 'i' } else { letter };
    taken.next().is_none().then_some(letter)
}

/// What somebody typed without the signs that nobody sees, and with digits, letters and signs of double
/// width as they are meant. What joins the parts of an emoji stays.
pub fn as_seen(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let in_emoji = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let beside = beside.into_iter().flatten().filter_map(|at| chars.get(at));
        matches!(chars[at], '\u{200d}' | '\u{fe0f}')
            && beside.clone().any(|c| !c.is_ascii() && !c.is_alphanumeric() && !is_unseen(*c))
    };
    let seen = (0..chars.len()).filter(|at| !is_unseen(chars[*at]) || in_emoji(*at));
    seen.map(|at| match chars[at] {
        wide @ '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(wide) - 0xfee0).unwrap_or(wide),
        c => c,
    })
    .collect()
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
    let name: String = name.nfc().collect();
    // A name of one letter, or of words of one each, would be told by its initials.
    let is_longer = |word: &str| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    if !name.split_whitespace().any(is_longer) {
        return "…".to_owned();
    }
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .flat_map(|c| c.to_uppercase().chain(std::iter::once('.')))
        .collect()
}

/// Orders full names the Vietnamese way: by given name (the last word), then by the rest from the front,
/// letters before tones.
pub fn by_given_name(a: &str, b: &str) -> Ordering {
    fn key(name: &str) -> (Syllable, Vec<Syllable>, String) {
        let name = nfc(name);
        let words: Vec<Syllable> = name.split_whitespace().map(syllable).collect();
        (words.last().cloned().unwrap_or_default(), words, name)
    }
    key(a).cmp(&key(b))
}

/// A syllable in the order of a Vietnamese dictionary: its letters, and then its tone.
type Syllable = (Vec<usize>, usize);

/// The letters in their order, among those that other languages have.
const LETTERS: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];
/// huyền, hỏi, ngã, sắc, nặng; none comes before all of them.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

fn syllable(word: &str) -> Syllable {
    let is_tone = |c: &char| TONES.contains(c);
    let lower = fold_but_marks(word);
    let tone = lower.nfd().find(is_tone);
    let tone =
        tone.and_then(|tone| TONES.iter().position(|one| *one == tone)).map_or(0, |at| at + 1);
    let toneless: String = lower.nfd().filter(|c| !is_tone(c)).nfc().collect();
    let rank = |c| LETTERS.iter().position(|letter| *letter == c);
    // What is no letter of these comes after them, in an order of its own.
    let letters = toneless.chars().map(|c| rank(c).unwrap_or(LETTERS.len() + c as usize)).collect();
    (letters, tone)
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
    fn what_looks_alike_is_alike() {
        for (typed, folded) in [
            ("Ðỗ Ɖức, Đỗ Đức", "do duc do duc"),
            ("Tr\u{ad}ần\u{200d} V\u{200b}ăn \u{200e}B\u{feff}ình", "tran van binh"),
            ("ＱＣ－０１４　１２／３", "qc-014 12/3"),
            ("Тrần Vаn ВÌNH", "tran van binh"),
            ("Τrần Vαn Bίnh", "tran van binh"),
            ("𝐓𝐫𝐚𝐧 𝐕𝐚𝐧 ⓑⓘⓝⓗ", "tran van binh"),
            ("HʼHen Niê, H’Hen, H'Hen", "h hen nie h hen h hen"),
            ("12\u{2011}NQ", "12-nq"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
        assert_eq!(fold_but_marks("Du\u{303}ng,  ĐỖ"), "dũng đỗ");
        for (taken, meant) in ALIKE {
            assert_eq!(taken.chars().count(), meant.chars().count(), "{taken}");
        }
    }

    #[test]
    fn what_nobody_sees_is_not_typed() {
        assert_eq!(as_seen("\u{200e}/ho\u{ad}so ＱＣ－０１４"), "/hoso QC-014");
        assert_eq!(
            as_seen("👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} được"),
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} được"
        );
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
        assert_eq!(initials("Ý"), "…");
    }

    #[test]
    fn names_sort_by_given_name() {
        let mut names = vec!["Nguyễn Văn Bình", "Trần Thị An", "Lê Anh", "Đỗ Văn An"];
        names.sort_by(|a, b| by_given_name(a, b));
        assert_eq!(names, ["Đỗ Văn An", "Trần Thị An", "Lê Anh", "Nguyễn Văn Bình"]);
        // Letters before tones, and each letter in its place.
        let order = [
            "Lê An",
            "Lê Anh",
            "Lê Ăn",
            "Lê Ân",
            "Lê Bình",
            "Dương Dung",
            "Dương Dùng",
            "Dương Dủng",
            "Dương Dũng",
            "Dương Dúng",
            "Dương Dụng",
            "Lê Duy",
            "Lê Đạt",
            "Lê Êm",
            "Lê Ly",
            "Lê Lý",
            "Lê Oanh",
            "Lê Ông",
            "Lê Ơn",
            "Lê Uyên",
            "Lê Ưng",
            "Đỗ Vy",
            "Lê Thị Vy",
            "Lê Văn Vy",
            "Y Moan Êban Vy",
            "Lê Ý",
        ];
        let mut names = order.to_vec();
        names.reverse();
        names.sort_by(|a, b| by_given_name(a, b));
        assert_eq!(names, order);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_with_marks_folds_to_the_same(text in ".{0,60}") {
            let kept = fold_but_marks(&text);
            prop_assert_eq!(fold(&kept), fold(&text));
            prop_assert_eq!(fold_but_marks(&kept), kept);
        }

        #[test]
        fn what_is_seen_folds_alike(text in ".{0,60}") {
            prop_assert_eq!(fold(&as_seen(&text)), fold(&text));
            prop_assert_eq!(as_seen(&as_seen(&text)), as_seen(&text));
        }
    }
}
