//! How one Vietnamese syllable may be spelled: `Lý` or `Lí`, and as Telex and VNI leave it when the
//! keyboard does not join what was typed (`Traanf`, `Tra62n`).
//!
//! Everything here takes and gives what [`super::text::fold`] makes of a word.

/// Every beginning of a syllable, longest first.
const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", "",
];

/// What may stand between beginning and end, without marks.
const VOWELS: [&str; 43] = [
    "a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia", "ie", "ieu", "iu", "o", "oa", "oai",
    "oao", "oay", "oe", "oeo", "oi", "oo", "u", "ua", "uau", "uay", "ue", "ui", "uo", "uoi", "uou",
    "uu", "uy", "uya", "uye", "uyu", "y", "ya", "ye", "yeu", "yu", "uao", "ueo",
];

const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// The longest of these that a syllable begins with, and the rest.
fn onset(syllable: &str) -> (&str, &str) {
    let found = ONSETS.iter().find(|onset| {
        // "gi" and "qu" are beginnings before another vowel only: "gin", "quy".
        let rest = syllable.strip_prefix(**onset);
        rest.is_some_and(|rest| {
            onset.len() < 2 || !is_vowel(onset.chars().last()) || has_vowel(rest)
        })
    });
    syllable.split_at(found.map_or(0, |onset| onset.len()))
}

fn is_vowel(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

fn has_vowel(text: &str) -> bool {
    text.chars().any(|c| is_vowel(Some(c)))
}

/// Whether a folded word could be a syllable of Vietnamese.
pub fn is_syllable(folded: &str) -> bool {
    let (_, rest) = onset(folded);
    let end = rest.find(|c| !is_vowel(Some(c))).unwrap_or(rest.len());
    let (vowels, coda) = rest.split_at(end);
    VOWELS.contains(&vowels) && CODAS.contains(&coda)
}

/// With how many letters syllables end where letters are written as one: "hoangan" is "hoàng an" or "hòa ngan".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coda {
    Long,
    Short,
}

/// The most letters that stand before words written as one and are none: "cvtranvanbinh".
const PREFIX_LETTERS: usize = 3;

/// The lengths of the syllables that a folded word is made of, at least two, with consonants before them that are
/// none; `None`: it is one, or is not made of any.
pub fn syllables(folded: &str, coda: Coda) -> Option<Vec<usize>> {
    if !folded.bytes().all(|letter| letter.is_ascii_lowercase()) || is_syllable(folded) {
        return None;
    }
    let prefix = folded.bytes().take_while(|letter| !is_vowel(Some(char::from(*letter)))).count();
    (0..=prefix.min(PREFIX_LETTERS)).find_map(|prefix| {
        let mut lengths: Vec<usize> =
            Some(prefix).filter(|prefix| *prefix > 0).into_iter().collect();
        lengths.extend(parted(&folded[prefix..], coda)?);
        (lengths.len() > 1).then_some(lengths)
    })
}

/// The lengths of syllables one behind the other, from the first letter to the last.
fn parted(letters: &str, coda: Coda) -> Option<Vec<usize>> {
    // By the end of each syllable, from the last on: whether the rest can be parted, and the length that does it.
    let mut ways: Vec<Option<usize>> = vec![None; letters.len() + 1];
    for start in (0..letters.len()).rev() {
        let most = SYLLABLE_LETTERS.min(letters.len() - start);
        let ends = |length: &usize| {
            let end = start + length;
            let rest = end == letters.len() || ways[end].is_some();
            rest && is_syllable(&letters[start..end])
        };
        let vowels = |length: &usize| {
            letters[start..start + length].chars().filter(|c| is_vowel(Some(*c))).count()
        };
        let lengths = (1..=most).filter(ends);
        ways[start] = match coda {
            Coda::Long => lengths.max_by_key(|length| (vowels(length), *length)),
            Coda::Short => lengths.max_by_key(|length| (vowels(length), letters.len() - length)),
        };
    }
    let mut lengths = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        let length = ways[start]?;
        lengths.push(length);
        start += length;
    }
    Some(lengths)
}

/// The letters of "nghiêng", the longest.
const SYLLABLE_LETTERS: usize = 7;

/// A folded word in the one spelling under which names are compared: `y` as `i` where both are written
/// for the same sound, at the end after a consonant and after `qu`.
pub fn one_spelling(folded: &str) -> String {
    let before = |at: usize| folded[..at].chars().last();
    match folded.char_indices().last() {
        Some((at, 'y')) if !is_vowel(before(at)) || folded == "quy" => {
            format!("{}i", &folded[..at])
        }
        _ => match folded.strip_prefix("quy") {
            Some(rest) => format!("qui{rest}"),
            None => folded.to_owned(),
        },
    }
}

/// What a folded word was meant to be, if it is as Telex or VNI leaves it: `traanf` and `tra62n` are
/// `tran`. `None` where it is not, or would be no syllable.
pub fn as_keyed(folded: &str) -> Option<String> {
    if !folded.is_ascii() || folded.len() > 12 {
        return None;
    }
    let body = match folded.strip_prefix("dd").or_else(|| folded.strip_prefix("d9")) {
        Some(rest) => format!("d{rest}"),
        None => folded.to_owned(),
    };
    let digits = body.chars().filter(char::is_ascii_digit).count();
    if digits > 3 {
        // A year, or a number of something.
        return None;
    }
    let meant = if digits > 0 { of_digits(&body) } else { of_letters(&body) };
    (meant != folded && is_syllable(&meant)).then_some(meant)
}

/// VNI: digits behind a vowel are its marks, a `9` makes the `d` before it đ.
fn of_digits(body: &str) -> String {
    let from = body.find(|c| is_vowel(Some(c))).unwrap_or(body.len());
    let (onset, rest) = body.split_at(from);
    let letters = rest.chars().filter(|c| !c.is_ascii_digit());
    onset.chars().chain(letters).collect()
}

/// Telex: `s f r x j z` behind a vowel are its tone, a doubled vowel or a `w` its other mark, wherever
/// behind it they were typed.
fn of_letters(body: &str) -> String {
    let from = body.find(|c| is_vowel(Some(c)) || c == 'w').unwrap_or(body.len());
    let (onset, rest) = body.split_at(from);
    let mut out = String::new();
    for c in rest.chars() {
        let stands_in = |one: char| out.contains(one);
        match c {
            's' | 'f' | 'r' | 'x' | 'j' | 'z' => {}
            'w' if ['a', 'o', 'u'].into_iter().any(stands_in) => {}
            'w' => out.push('u'),
            'a' | 'e' | 'o' if stands_in(c) => {}
            'd' if onset == "d" => {}
            c => out.push(c),
        }
    }
    format!("{onset}{out}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::fold;
    use proptest::prelude::*;

    #[test]
    fn y_is_i_where_both_are_written() {
        for (one, other) in [
            ("Lý", "Lí"),
            ("Mỹ", "Mĩ"),
            ("Quý", "Quí"),
            ("Vy", "Vi"),
            ("Ý", "Í"),
            ("Quỳnh", "Quình"),
        ] {
            assert_eq!(one_spelling(&fold(one)), one_spelling(&fold(other)), "{one}");
        }
        for word in ["thuy", "huy", "nguyen", "yen", "may", "hoa"] {
            assert_eq!(one_spelling(word), word);
        }
    }

    #[test]
    fn what_the_keyboard_left_is_read() {
        for (typed, meant) in [
            ("Traanf", "tran"),
            ("Tranaf", "tran"),
            ("Trafan", "tran"),
            ("Vawn", "van"),
            ("Vanw", "van"),
            ("Binhf", "binh"),
            ("Bifnh", "binh"),
            ("Tra62n", "tran"),
            ("Tra6n2", "tran"),
            ("Va8n", "van"),
            ("Bi2nh", "binh"),
            ("Binh2", "binh"),
            ("DDoox", "do"),
            ("Dood", "do"),
            ("D9o64", "do"),
            ("Nguyeenx", "nguyen"),
            ("Nguye6n4", "nguyen"),
            ("Huwng", "hung"),
            ("Hwng", "hung"),
            ("Phuwowngj", "phuong"),
            ("Quys", "quy"),
            ("Hoaf", "hoa"),
            ("Thuyr", "thuy"),
            ("Gianf", "gian"),
        ] {
            assert_eq!(as_keyed(&fold(typed)).as_deref(), Some(meant), "{typed}");
        }
        for word in ["tran", "binh", "hello", "2018", "qc", "file", "strong", "b2b"] {
            assert_eq!(as_keyed(word), None, "{word}");
        }
    }

    #[test]
    fn syllables_are_known() {
        for word in [
            "tran", "nguyen", "gia", "gi", "gin", "quyen", "quy", "y", "uyen", "khuya", "an",
            "hoang",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["tranvan", "kdung", "qc", "", "hhen", "2", "binhx", "lichtran"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn one_spelling_is_one(word in "[a-z]{0,8}") {
            let once = one_spelling(&word);
            prop_assert_eq!(one_spelling(&once), once);
        }

        #[test]
        fn reading_never_fails(word in "\\PC{0,12}") {
            if let Some(meant) = as_keyed(&fold(&word)) {
                prop_assert!(is_syllable(&meant));
            }
        }
    }
}
