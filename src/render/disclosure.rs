//! What one reader may read of people: who is named how, and which names are hidden in what people
//! typed, for channels that may show only codes.
//!
//! Which words are a name is decided in `domain::written`. The masking knows no nicknames; given names alone it
//! knows after a title, whoever near bears them, and in a group without one, too. It errs on the side of hiding.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::format::ABBREVIATED;
use crate::domain::ids::PersonId;
use crate::domain::name::Name;
use crate::domain::text;
use crate::domain::written::{Form, Found, Names, key_of_given, keys_in};

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
    /// What they were called before, and are called beside: hidden like their name.
    pub also: Vec<Name>,
}

/// What tells somebody from a namesake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// The branch where they are placed, or their code where that does not tell them apart.
    pub by: String,
    /// `1985`; shown where names are.
    pub born: Option<String>,
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
    /// What tells those apart in one message who bear one name, and are named.
    pub apart: Arc<HashMap<PersonId, Apart>>,
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

/// The names that one reader's messages have to hide, each with what stands in its place. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    known: Arc<Known>,
}

#[derive(Debug, Default)]
struct Known {
    names: Names,
    shown: Vec<String>,
    /// Parts of names are left unless one of these is among their keys; `None`: no part is left.
    own_parts: Option<HashSet<String>>,
}

impl KnownNames {
    /// From pairs of what is shown, a code or initials, and the full name. Namesakes are hidden behind
    /// all that is shown of them; a name without a letter hides nothing.
    pub fn new<C: Into<String>, N: AsRef<str>>(pairs: impl IntoIterator<Item = (C, N)>) -> Self {
        Self::with_called(pairs.into_iter().map(|(shown, name)| (shown, name, Called::InFull)))
    }

    /// The same, of whom some are hidden, too, where they are called by their given name alone.
    pub fn with_called<C: Into<String>, N: AsRef<str>>(
        known: impl IntoIterator<Item = (C, N, Called)>,
    ) -> Self {
        let (mut all, mut names) = (Known::default(), Vec::new());
        let (mut called, mut alone) = (Vec::new(), Vec::new());
        for (at, (shown, name, is)) in known.into_iter().enumerate() {
            match is {
                Called::InFull => {}
                Called::ByGivenName => called.push(at),
                Called::Alone => alone.push(at),
            }
            all.shown.push(shown.into());
            names.push(name);
        }
        all.names = Names::new(names).called(called).alone(alone);
        Self { known: Arc::new(all) }
    }

    /// The names of one person in full, and such parts of them as are kept under one of these keys: another part
    /// may well mean somebody else.
    pub fn of_one(shown: &str, names: &[String], own_keys: HashSet<String>) -> Self {
        let given = names.iter().enumerate();
        let given = given.filter(|(_, name)| own_keys.contains(&key_of_given(name)));
        let given: Vec<usize> = given.map(|(at, _)| at).collect();
        let known = Known {
            names: Names::new(names).called(given),
            shown: vec![shown.to_owned(); names.len()],
            own_parts: Some(own_keys),
        };
        Self { known: Arc::new(known) }
    }

    /// The text with every known name replaced by what is shown for it.
    pub fn hide(&self, text: &str) -> String {
        let mut hidden = String::with_capacity(text.len());
        let mut copied = 0;
        for found in self.known.names.find(text) {
            let written = &text[found.at.clone()];
            // A given name after a title is looked for only where it is theirs alone.
            if !matches!(found.form, Form::Full | Form::Titled) && !self.hides_part(written) {
                continue;
            }
            let shown = self.shown(&found, written);
            let (opened, closed) = half_quoted(written);
            hidden.push_str(&text[copied..found.at.start]);
            hidden.push_str(&opened);
            hidden.push_str(&shown);
            hidden.push_str(&closed);
            copied = found.at.end;
            // "QC-014" and the year behind it are two.
            let digit = |c: char| c.is_ascii_digit();
            if shown.ends_with(digit) && closed.is_empty() && text[copied..].starts_with(digit) {
                hidden.push(' ');
            }
            if shown.ends_with('.') && closed.is_empty() {
                hidden.push(ABBREVIATED);
                // One dot is enough, for initials and for the end of a sentence.
                let after = &text[copied..];
                copied += usize::from(after.starts_with('.') && !after.starts_with(".."));
            }
        }
        hidden.push_str(&text[copied..]);
        hidden
    }

    fn hides_part(&self, written: &str) -> bool {
        let Some(own) = &self.known.own_parts else { return true };
        keys_in(written).names.iter().any(|key| own.contains(key))
    }

    /// What stands for words that are a name: of part of one that may mean several people, its own first
    /// letters.
    fn shown(&self, found: &Found, written: &str) -> String {
        let mut shown: Vec<&str> = Vec::new();
        for at in &found.whose {
            let one = self.known.shown[*at].as_str();
            if !shown.contains(&one) {
                shown.push(one);
            }
        }
        match shown.len() {
            _ if found.goes_on => text::initials(&text::fold_but_marks(written)),
            0 | 1 => shown.concat(),
            _ if found.form == Form::Full => shown.join("/"),
            _ => text::initials(&text::fold_but_marks(written)),
        }
    }
}

/// What stands round quoted words, and words beside others.
const BRACKETS: [(char, char); 6] =
    [('(', ')'), ('[', ']'), ('{', '}'), ('“', '”'), ('«', '»'), ('（', '）')];

/// The brackets and quotes in some words that are closed behind them or opened before them, as in "Bình (Trần Văn":
/// they stay with the others of theirs.
fn half_quoted(written: &str) -> (String, String) {
    let (mut opened, mut closed) = (String::new(), String::new());
    let mut before = ' ';
    for c in written.chars() {
        // A quote that looks the same on both sides opens before a word.
        let straight = c == '"';
        let opens = BRACKETS.iter().any(|(open, _)| *open == c);
        let pair = BRACKETS.iter().find(|(_, close)| *close == c).map(|(open, _)| *open);
        let pair = if straight { Some('"') } else { pair };
        if opens || straight && !opened.contains('"') && before.is_whitespace() {
            opened.push(c);
        } else if let Some(open) = pair {
            match opened.rfind(open) {
                Some(at) => drop(opened.remove(at)),
                None => closed.push(c),
            }
        }
        before = c;
    }
    (opened, closed)
}

/// How somebody may be meant in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// By their name, in full or abridged.
    InFull,
    /// By their given name after a title, too.
    ByGivenName,
    /// By their given name with a title or without one, too.
    Alone,
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
    #[case("Trần Văn Bìnhy, xTrần Văn Bình, lean", "Trần Văn Bìnhy, xQC-014, lean")]
    #[case("Trần Bình, vở bình luận", "QC-014, vở bình luận")]
    #[case("đó anh, ĐÓ ANH", "đó anh, QC-016")]
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

    /// Whatever part of the words is quoted, what opens is closed.
    #[rstest]
    #[case("(Trần Văn Bình) “Trần Văn Bình”", "(QC-014) “QC-014”")]
    #[case(
        "gặp anh (Bình), anh “Bình” và anh \"Bình\"",
        "gặp anh (QC-014), anh “QC-014” và anh \"QC-014\""
    )]
    #[case("Trần Văn (Bình) ốm", "(QC-014) ốm")]
    #[case("(Trần) Văn Bình ốm", "(QC-014) ốm")]
    #[case("Bình (Trần Văn) ốm", "(QC-014) ốm")]
    #[case("Bình (Trần Văn, quê ở xa)", "(QC-014, quê ở xa)")]
    #[case("Trần “Văn” Bình ốm", "QC-014 ốm")]
    #[case("Trần Văn \"Bình\" ốm", "\"QC-014\" ốm")]
    #[case("\"Trần\" Văn Bình ốm", "\"QC-014\" ốm")]
    fn brackets_and_quotes_stay(#[case] text: &str, #[case] hidden: &str) {
        let known = [("QC-014", "Trần Văn Bình", Called::ByGivenName)];
        assert_eq!(KnownNames::with_called(known).hide(text), hidden);
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
        prop::collection::vec(syllable, 2..5).prop_map(|words| words.join(" "))
    }

    /// The name as someone might type it: case, composition, marks and separators vary.
    fn typed(name: String) -> impl Strategy<Value = String> {
        let separator =
            prop::sample::select(vec![" ", "  ", "\u{a0}", "\n", "-", ". ", "_", " \u{200b}"]);
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
