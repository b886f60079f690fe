//! What one reader may read of people: who is named how, and which names are hidden in what people
//! typed, for channels that may show only codes.
//!
//! The masking knows full names, not nicknames or given names alone, and it errs on the side of hiding: a
//! name is found whatever its marks, case, composition and separators.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;

use super::format::ABBREVIATED;
use crate::domain::ids::PersonId;
use crate::domain::name::Name;
use crate::domain::text;

/// What is known of a person whom a message names.
#[derive(Clone, Debug)]
pub struct Face {
    /// `None`: erased; the code stands in its place.
    pub name: Option<Name>,
    /// The code of their case, or else their own: what stands beside the name.
    pub code: String,
    /// Official members are named everywhere.
    pub official: bool,
    /// Whether they have a case: a telephone in other hands does not tell them so.
    pub has_case: bool,
}

/// The reader of a message, with all that a sentence needs to name people to them. Cheap to clone;
/// the default one knows nobody.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Who reads; `None`: a group, or somebody who is nobody's account.
    pub person: Option<PersonId>,
    /// Whether a whole group reads: nothing about anybody who is no official member is said there, and
    /// nothing typed that names anybody.
    pub group: bool,
    pub faces: Arc<HashMap<PersonId, Face>>,
    /// The codes by which the reader knows those whose case they may see or whom they may introduce.
    pub codes: Arc<HashMap<PersonId, String>>,
    /// Who is hidden in what people typed.
    pub names: KnownNames,
}

impl Reader {
    /// Whoever reads what names nobody: a menu, a page's own words.
    pub fn of_no_names() -> Self {
        Self::default()
    }

    /// Who masks these names in what people typed.
    pub fn hiding(names: KnownNames) -> Self {
        Self { names, ..Self::default() }
    }
}

/// From this many words on, a name is also found with words written as one ("tranvanbinh"). Shorter
/// ones written so are too often ordinary words ("Lê An", "lean").
const JOINED_WORDS: usize = 3;
/// Names of more words are not looked for.
const NAME_WORDS: usize = 6;

/// The names that one reader's messages have to hide, each with what stands in its place. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// By [`joined`].
    names: Arc<HashMap<String, Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    words: usize,
    shown: String,
}

impl KnownNames {
    /// From pairs of what is shown, a code or initials, and the full name. Namesakes are hidden behind
    /// all that is shown of them; a name without a letter hides nothing.
    pub fn new<C: Into<String>, N: AsRef<str>>(pairs: impl IntoIterator<Item = (C, N)>) -> Self {
        let mut names: HashMap<String, Known> = HashMap::new();
        for (shown, name) in pairs {
            let words = words(name.as_ref());
            let key = joined(&words);
            let shown = shown.into();
            match names.get_mut(&key) {
                _ if key.is_empty() => {}
                None => drop(names.insert(key, Known { words: words.len(), shown })),
                Some(known) if known.shown.split('/').any(|one| one == shown) => {}
                Some(known) => known.shown = format!("{}/{shown}", known.shown),
            }
        }
        Self { names: Arc::new(names) }
    }

    /// The text with every known full name replaced by what is shown for it.
    pub fn hide(&self, text: &str) -> String {
        if self.names.is_empty() {
            return text.to_owned();
        }
        let words = words(text);
        let mut hidden = String::with_capacity(text.len());
        let (mut next, mut copied) = (0, 0);
        while let Some(rest) = words.get(next..).filter(|rest| !rest.is_empty()) {
            match self.find(rest) {
                Some((taken, known)) => {
                    hidden.push_str(&text[copied..rest[0].at.start]);
                    hidden.push_str(&known.shown);
                    copied = rest[taken - 1].at.end;
                    if known.shown.ends_with('.') {
                        hidden.push(ABBREVIATED);
                        // One dot is enough, for initials and for the end of a sentence.
                        let after = &text[copied..];
                        copied += usize::from(after.starts_with('.') && !after.starts_with(".."));
                    }
                    next += taken;
                }
                None => next += 1,
            }
        }
        hidden.push_str(&text[copied..]);
        hidden
    }

    /// The longest known name that the words begin with, and how many of them it takes.
    fn find(&self, words: &[Word]) -> Option<(usize, &Known)> {
        (1..=words.len().min(NAME_WORDS)).rev().find_map(|taken| {
            let known = self.names.get(&joined(&words[..taken]))?;
            let parted = taken == known.words;
            let glued = taken < known.words && known.words >= JOINED_WORDS;
            (parted || glued).then_some((taken, known))
        })
    }
}

/// A name as a key: its words folded and without anything between them.
fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect()
}

/// Every key under which a name in the text could be known.
pub fn possible_names(text: &str) -> impl Iterator<Item = String> {
    let words = words(text);
    let runs =
        |first: usize| (first + 1..=words.len().min(first + NAME_WORDS)).map(move |end| first..end);
    let runs: Vec<Range<usize>> = (0..words.len()).flat_map(runs).collect();
    runs.into_iter().map(move |run| joined(&words[run]))
}

/// A word of the original text: letters and digits, with the marks that stand on them.
#[derive(Debug)]
struct Word {
    folded: String,
    /// Bytes in the original.
    at: Range<usize>,
}

/// The words of a text with their places. A word is folded by [`text::fold`], but `-`, `/` and `:`
/// part words here: a name is a name in "QC: Trần Văn Bình/Lê An" too.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let mut buffer = [0; 4];
        let folded = text::fold(c.encode_utf8(&mut buffer));
        if is_combining_mark(c) {
            // Belongs to the letter before it, if there is one.
            if let Some(word) = words.last_mut().filter(|_| open) {
                word.at.end = end;
            }
        } else if folded.is_empty() || matches!(c, '-' | '/' | ':') {
            open = false;
        } else if let Some(word) = words.last_mut().filter(|_| open) {
            word.folded.push_str(&folded);
            word.at.end = end;
        } else {
            words.push(Word { folded, at: start..end });
            open = true;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use unicode_normalization::UnicodeNormalization;

    fn names() -> KnownNames {
        KnownNames::new([
            ("QC-014", "Trần Văn Bình"),
            ("QC-015", "Trần Văn Bình An"),
            ("QC-016", "Đỗ Ánh"),
            ("QC-017", "Lê An"),
            ("QC-018", "lê  an"),
            ("QC-019", "…"),
        ])
    }

    #[rstest]
    #[case("Quần chúng Trần Văn Bình rất tốt.", "Quần chúng QC-014 rất tốt.")]
    #[case("tran van binh, TRẦN VĂN BÌNH", "QC-014, QC-014")]
    #[case("(Trần\u{a0}Văn\nBình)", "(QC-014)")]
    #[case("QC:Trần-Văn-Bình/do anh", "QC:QC-014/QC-016")]
    #[case("gửi tranvanbinh@example.vn", "gửi QC-014@example.vn")]
    #[case("Trần Văn Bình An", "QC-015")]
    #[case("ĐỖ ÁNH và Le An", "QC-016 và QC-017/QC-018")]
    #[case("Trần Văn Bìnhx, xTrần Văn Bình, lean", "Trần Văn Bìnhx, xTrần Văn Bình, lean")]
    #[case("Trần Trần Văn Bình", "Trần QC-014")]
    #[case("", "")]
    fn names_become_codes(#[case] text: &str, #[case] hidden: &str) {
        assert_eq!(names().hide(text), hidden);
        let decomposed: String = text.nfd().collect();
        assert_eq!(names().hide(&decomposed).nfc().collect::<String>(), hidden);
    }

    #[rstest]
    #[case("đón Trần Văn Bình.", "đón T.V.B.")]
    #[case("đón Trần Văn Bình...", "đón T.V.B....")]
    #[case("Trần Văn Bình, ốm.", "T.V.B., ốm.")]
    fn initials_have_one_dot(#[case] text: &str, #[case] hidden: &str) {
        let names = KnownNames::new([("T.V.B.", "Trần Văn Bình")]);
        assert_eq!(names.hide(text).replace(ABBREVIATED, ""), hidden);
    }

    #[test]
    fn nothing_known_changes_nothing() {
        assert_eq!(KnownNames::default().hide("Trần Văn Bình"), "Trần Văn Bình");
    }

    /// Folded, with blanks for the separators that part words here, and one at each end.
    fn padded(text: &str) -> String {
        let folded = text::fold(text).replace(['-', '/', ':'], " ");
        format!(" {} ", folded.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn name() -> impl Strategy<Value = String> {
        let syllable = prop::sample::select(vec![
            "Trần", "Văn", "Bình", "Đỗ", "Ánh", "Nguyễn", "Thị", "An", "Hà", "Nga", "Uyên", "Ý",
        ]);
        prop::collection::vec(syllable, 1..5).prop_map(|words| words.join(" "))
    }

    /// The name as someone might type it: case, composition, marks and separators vary.
    fn typed(name: String) -> impl Strategy<Value = String> {
        let separator =
            prop::sample::select(vec![" ", "  ", "\u{a0}", "\n", "-", ". ", "\u{200b}"]);
        (0..5u8, separator).prop_map(move |(form, separator)| {
            let name = match form {
                0 => name.nfd().collect(),
                1 => name.to_uppercase(),
                2 => text::fold(&name),
                3 => name.to_uppercase().nfd().collect(),
                _ => name.clone(),
            };
            name.replace(' ', separator)
        })
    }

    proptest! {
        #[test]
        fn words_agree_with_folding(text in "[\\PC\\s]{0,60}") {
            let found = words(&text);
            let joined = found.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(format!(" {joined} "), padded(&text));
            for word in found {
                prop_assert_eq!(padded(&text[word.at]), format!(" {} ", word.folded));
            }
        }

        #[test]
        fn no_known_name_survives(
            (known, texts) in prop::collection::vec(name(), 1..6).prop_flat_map(|known| {
                let piece = prop_oneof![
                    prop::sample::select(known.clone()).prop_flat_map(typed),
                    "\\PC{0,12}",
                    name(),
                ];
                (Just(known), prop::collection::vec(piece, 0..8))
            })
        ) {
            let pairs = known.iter().enumerate().map(|(i, name)| (format!("QC-{i:03}"), name));
            let text = texts.join(" ");
            let hidden = KnownNames::new(pairs).hide(&text);
            for name in &known {
                prop_assert!(!padded(&hidden).contains(&padded(name)), "{name:?} in {hidden:?}");
            }
        }

        #[test]
        fn text_without_names_is_untouched(text in "[a-z0-9 .,;\\-\n]{0,80}") {
            let strangers = KnownNames::new([("QC-1", "Ỷ Ỷ Ỷ Ỷ Ỷ Ỷ Ỷ Ỷ Ỷ Ỷ Ỷ")]);
            prop_assert_eq!(strangers.hide(&text), text);
        }
    }
}
