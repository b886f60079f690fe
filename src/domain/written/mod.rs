//! Names as they stand in what people type: which words of a text could be one, by which keys a name is
//! looked up, and (in [`names`]) which words are one.
//!
//! A name is looked up by pairs of its words. Whoever writes "Trần Bình", "T. V. Bình" or "Bình Trần Văn" for
//! "Trần Văn Bình" writes the given name and at least one word before it, or its first letter.

mod beside;
mod here;
mod names;
mod words;

use std::collections::HashSet;

pub use names::{Form, Found, Names};

use super::spelling::{is_syllable, one_spelling};
use super::text::fold;
use words::{Word, one_reading, readings};

/// Names of more words are only found as they stand in full, with nothing between the words.
pub const NAME_WORDS: usize = 8;
/// From this many words on, a name is also found with words written as one ("tranvanbinh"). Shorter
/// ones written so are too often ordinary words ("Lê An", "lean").
const JOINED_WORDS: usize = 3;
/// The most keys that one word of a text brings, in one way of reading it: with each of the words
/// before it in full and abbreviated, with the one behind it, and as the end of words written as one.
pub const KEYS_OF_A_WORD: usize = 2 * (NAME_WORDS - 1) + 1 + 2 * (NAME_WORDS - 1);
/// The ways in which a text is read: as it stands, without looking at capitals inside words, in syllables where these
/// are written as one, which end in two ways, and as the keyboard was meant to join it.
pub const READINGS: usize = 5;

/// The version of [`keys_of`]: raised whenever a name is kept under other keys.
pub const KEYS: u32 = 5;

/// The keys under which a name is kept: in full, each word with the given name, the first letter of each
/// with it, the given name alone, and all other words with its first letter.
pub fn keys_of(name: &str) -> Vec<String> {
    let words = one_reading(name);
    let Some((given, others)) = words.split_last() else { return Vec::new() };
    let mut keys = vec![joined(&words), joined_as_spelled(name), alone(&given.key)];
    if is_called_by_second(&words[0].key, words.len()) {
        keys.push(alone(&words[1].key));
    }
    keys.extend(by_letter(&words).map(|(others, letter)| cut_short(&others, letter)));
    if words.len() <= NAME_WORDS {
        for other in others {
            keys.push(pair(&other.key, &given.key));
            keys.extend(initial(&other.key).map(|letter| abbreviated(letter, &given.key)));
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The key of its given name alone, which is among [`keys_of`].
pub fn key_of_given(name: &str) -> String {
    one_reading(name).last().map(|given| alone(&given.key)).unwrap_or_default()
}

/// The key of a name in full, which is among [`keys_of`]: of two who have the same one the name is one, however
/// each is spelled.
pub fn key_in_full(name: &str) -> String {
    joined(&one_reading(name))
}

/// Keys under which names in a text could be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Of names of which more than the given one may stand there.
    pub names: HashSet<String>,
    /// Of given names alone after a title.
    pub titled: HashSet<String>,
    /// Of given names alone with a capital, as a name is written, without one.
    pub untitled: HashSet<String>,
}

impl Keys {
    /// Those of another text with them.
    pub fn add(&mut self, more: Keys) {
        self.names.extend(more.names);
        self.titled.extend(more.titled);
        self.untitled.extend(more.untitled);
    }
}

/// The keys of a text: at most [`KEYS_OF_A_WORD`] a word and [`READINGS`], and one more for a given name.
pub fn keys_in(text: &str) -> Keys {
    let mut keys = Keys::default();
    for words in readings(text) {
        for (at, word) in words.iter().enumerate() {
            let first = (at + 1).saturating_sub(NAME_WORDS);
            for other in &words[first..at] {
                keys.names.insert(pair(&other.key, &word.key));
                let short = other.may_abbreviate() || other.case == words::Case::Upper;
                if let Some(letter) = initial(&other.key).filter(|_| short) {
                    keys.names.insert(abbreviated(letter, &word.key));
                }
            }
            if let Some(next) = words.get(at + 1) {
                keys.names.insert(pair(&next.key, &word.key));
            }
            keys.names.insert(word.key.clone());
            for start in first.max((at + 2).saturating_sub(NAME_WORDS))..at {
                let run = &words[start..=at];
                if word.key.chars().count() == 1 && word.is_capital() {
                    let kept = by_letter(run);
                    keys.names.extend(kept.map(|(others, letter)| cut_short(&others, letter)));
                }
                if run.iter().any(|word| !is_syllable(&word.key)) {
                    keys.names.insert(joined(run));
                }
            }
            match beside::after_title(&words, at) {
                true => drop(keys.titled.insert(alone(&word.key))),
                false if beside::stands_alone(&words, at) => {
                    keys.untitled.insert(alone(&word.key));
                }
                false => {}
            }
        }
    }
    keys
}

/// A text word by word, as names are compared.
#[derive(Clone, Debug)]
pub struct Spelt {
    words: Vec<Word>,
}

/// Reads a text word by word.
pub fn spelt(text: &str) -> Spelt {
    Spelt { words: one_reading(text) }
}

impl Spelt {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// A word in one spelling, without its marks.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.key)
    }

    /// The marks of a word, wherever in it they are typed.
    pub fn marks(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.marks)
    }

    /// Whether marks and capitals may be taken as they are: there is one, at least.
    pub fn is_as_meant(&self) -> bool {
        let mut words = self.words.iter();
        words.any(|word| !word.marks.is_empty() || word.case == words::Case::Capital)
    }

    /// The words behind these; `None`: it does not begin with them.
    pub fn strip_prefix(&self, first: &[&str]) -> Option<Self> {
        let begins = (0..first.len()).all(|at| self.word(at) == first[at]);
        let rest = self.words.get(first.len()..)?;
        begins.then(|| Self { words: rest.to_vec() })
    }
}

/// Letters with which names of some peoples begin, before what somebody is called by: `H'Hen Niê`, `Y Moan Êban`.
const MARKERS: [&str; 3] = ["h", "i", "k"];

/// Whether somebody is called by the second word of a name, too: one that begins with a letter that tells man from
/// woman and ends with the family, as "Hen" of "H'Hen Niê" is.
fn is_called_by_second(first: &str, words: usize) -> bool {
    words > 2 && MARKERS.contains(&first)
}

/// A name without anything between its words, in the one spelling of what is written as one: that has no words
/// which could be brought to one spelling each.
fn joined_as_spelled(name: &str) -> String {
    let letters: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    one_spelling(&letters)
}

/// A name as a key: its words without anything between them.
fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.key.as_str()).collect()
}

fn pair(other: &str, given: &str) -> String {
    format!("{other} {given}")
}

fn abbreviated(letter: char, given: &str) -> String {
    format!("{letter}. {given}")
}

/// Of a name of three words and more all but the given name, and its first letter.
fn by_letter(words: &[Word]) -> Option<(String, char)> {
    let (given, others) = words.split_last()?;
    let letter = initial(&given.key)?;
    (others.len() > 1 && words.len() <= NAME_WORDS).then(|| (joined(others), letter))
}

fn cut_short(others: &str, letter: char) -> String {
    format!("{others} {letter}.")
}

fn alone(given: &str) -> String {
    format!("@{given}")
}

/// The first letter of a word.
fn initial(key: &str) -> Option<char> {
    key.chars().next().map(one_letter)
}

/// A letter that stands for a word: `y` alone is spelt `i`, and so is one that begins "Yến".
fn one_letter(letter: char) -> char {
    if letter == 'y' { 'i' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_kept_under_few_keys() {
        assert_eq!(
            keys_of("Trần Văn Lý"),
            ["@li", "t. li", "tran li", "tranvan l.", "tranvanli", "v. li", "van li"]
        );
        assert_eq!(keys_of("Ý"), ["@i", "i"]);
        assert!(keys_of("H'Hen Niê").contains(&"@hen".to_owned()));
        assert_eq!(keys_of("K'Dung"), ["@dung", "k dung", "k. dung", "kdung"]);
        assert_eq!(
            keys_of("Lê Yến Nhi"),
            ["@nhi", "i. nhi", "l. nhi", "le nhi", "leyen n.", "leyennhi", "yen nhi"]
        );
        assert!(keys_of("…").is_empty());
    }

    /// However many words `y` for `i` stands in, and wherever: what is written as one is read as one word.
    #[test]
    fn a_name_that_is_written_as_one_is_found() {
        for name in ["Nguyễn Quỳnh Vy", "Lý Văn Mỹ", "Quyền Thị Quý", "Lý Văn Hướng", "Y Moan Ly"]
        {
            let glued = fold(name).replace(' ', "");
            let kept = keys_of(name);
            assert!(kept.iter().any(|key| keys_in(&glued).names.contains(key)), "{glued}");
            assert_eq!(Names::new([name]).find(&glued).len(), 1, "{glued}");
        }
    }

    /// Words of one letter, of two, glued capitals, digits, signs and marks: whatever its 4,000 characters
    /// are, a text brings a bounded number of keys.
    #[test]
    fn a_text_of_any_kind_brings_a_bounded_number_of_keys() {
        let alphabet = "abcdeghiklmnopqrstuvxy";
        let one: String = alphabet.chars().cycle().take(2_000).flat_map(|c| [c, ' ']).collect();
        let two: String = (0..1_333)
            .flat_map(|n: usize| {
                let letter = |n: usize| alphabet.as_bytes()[n % alphabet.len()] as char;
                [letter(n), letter(n / 22), ' ']
            })
            .collect();
        let capitals: String = (0..2_000).flat_map(|n| [['A', 'B', 'C'][n % 3], 'x']).collect();
        let digits = "a1".repeat(2_000);
        let marks = "a\u{301}".repeat(2_000);
        let signs = "-a".repeat(2_000);
        let blank = "\u{200b}".repeat(4_000);
        for text in [one, two, capitals, digits, marks, signs, blank, "anh A ".repeat(666)] {
            let words = text.chars().count() / 2 + 1;
            let keys = keys_in(&text);
            let most = words * READINGS * (KEYS_OF_A_WORD + 1);
            assert!(keys.names.len() <= most, "{} of {most}", keys.names.len());
            assert!(keys.names.len() <= 40_000, "{}", keys.names.len());
        }
    }

    /// A name as somebody abbreviates it: each word before the given one in full, as its first letter, or all
    /// first letters as one word.
    fn abbreviated_name() -> impl Strategy<Value = (String, String)> {
        let word = |words: &'static [&'static str]| prop::sample::select(words);
        let family = word(&["Trần", "Lê", "Đỗ", "Yên", "Lý", "Ông", "Âu", "H'"]);
        let middle = word(&["Văn", "Thị", "Yến", "Ý", "Anh", "Ngọc", "Uyên"]);
        let given = word(&["Bình", "Lý", "Nhi", "Tuấn", "Ý", "Niê"]);
        (family, prop::collection::vec(middle, 0..5), given, 0..4_u8).prop_map(
            |(family, middle, given, how)| {
                let others: Vec<&str> = std::iter::once(family).chain(middle).collect();
                let first = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
                let name = format!("{} {given}", others.join(" "));
                let firsts: Vec<String> = others.iter().map(|word| first(word)).collect();
                let short = match how {
                    0 => format!("{}. {given}", firsts.join(". ")),
                    1 => format!("{}. {given}", firsts.concat()),
                    2 if firsts.len() > 1 => format!("{} {given}", firsts.join(".")),
                    3 if firsts.len() > 1 => {
                        format!("{} {}. {given}", others[0], firsts[1..].join(". "))
                    }
                    _ => format!("{}. {given}", firsts[0]),
                };
                (name, short)
            },
        )
    }

    proptest! {
        /// Whatever is found in a text was looked up for it.
        #[test]
        fn what_is_found_in_a_text_was_looked_up(
            (name, short) in abbreviated_name(),
            before in "\\PC{0,10}",
        ) {
            let text = format!("{before} gặp {short} hôm qua");
            let found = Names::new([&name]).find(&text);
            let keys = keys_in(&text);
            let kept = keys_of(&name);
            prop_assert!(found.is_empty() || kept.iter().any(|key| keys.names.contains(key)), "{text}");
            let plain = Names::new([&name]).find(&format!("gặp {short} hôm qua"));
            prop_assert!(!plain.is_empty(), "{short} of {name}");
        }

        #[test]
        fn a_name_is_among_the_keys_of_a_text_that_has_it(
            name in "(Trần|Lê|H'|Đỗ) (Văn|Thị|Hồng) (Bình|Lý|Niê)",
            before in "\\PC{0,10}",
        ) {
            let kept = keys_of(&name);
            let keys = keys_in(&format!("{before} {name} đến"));
            prop_assert!(kept.iter().any(|key| keys.names.contains(key)));
        }
    }
}
