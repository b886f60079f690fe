//! Which words of a text are one of some names.
//!
//! The rule, in words that the guide has as well (`docs/huong-dan.md`):
//!
//! - A name in full is one however it is written.
//! - A part of it with the given name and at least two more words is one, too.
//! - The given name with one other word, or with initials, is one where it has no mark that the name has not, and
//!   is written as a name: with capitals, after a title, or with the family name as the whole text.
//! - The given name alone is one after a title, for those whom alone it may mean ([`Names::called`]).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Case, Gap, Word, one_reading, readings};
use super::{JOINED_WORDS, NAME_WORDS, initial, joined, joined_as_spelled, one_letter};

/// A word of a name.
#[derive(Clone, Debug)]
struct Part {
    key: String,
    marks: String,
}

#[derive(Clone, Debug)]
struct Name {
    others: Vec<Part>,
    given: Part,
    /// Whether its words are less than its parts: those of "K'Dung" are never two.
    closed: bool,
}

/// Some names, to be found in texts; each is meant by its place among them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    names: Vec<Name>,
    by_given: HashMap<String, Vec<usize>>,
    by_joined: HashMap<String, Vec<usize>>,
    /// Those who may be meant by their given name alone.
    called: HashMap<String, Vec<usize>>,
}

/// Words of a text that are a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes in the text.
    pub at: Range<usize>,
    /// Whom it may mean, by place.
    pub whose: Vec<usize>,
    /// Whether it is the name in full.
    pub whole: bool,
}

impl Names {
    /// A name without a letter is not found.
    pub fn new<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        let mut all = Self::default();
        for (at, name) in names.into_iter().enumerate() {
            let words = one_reading(name.as_ref());
            let part = |word: &Word| Part { key: word.key.clone(), marks: word.marks.clone() };
            let key = joined(&words);
            let (given, others) = match words.split_last() {
                Some((given, others)) => (part(given), others.iter().map(part).collect()),
                None => (Part { key: String::new(), marks: String::new() }, Vec::new()),
            };
            let closed = name.as_ref().split_whitespace().count() < words.len();
            if !words.is_empty() {
                let as_spelled = joined_as_spelled(name.as_ref());
                if as_spelled != key {
                    all.by_joined.entry(as_spelled).or_default().push(at);
                }
                all.by_joined.entry(key).or_default().push(at);
            }
            if !words.is_empty() && words.len() <= NAME_WORDS {
                all.by_given.entry(given.key.clone()).or_default().push(at);
            }
            all.names.push(Name { others, given, closed });
        }
        all
    }

    /// These may be meant by their given names alone, after a title.
    #[must_use]
    pub fn called(mut self, places: impl IntoIterator<Item = usize>) -> Self {
        for at in places {
            let Some(name) = self.names.get(at) else { continue };
            self.called.entry(name.given.key.clone()).or_default().push(at);
            if let Some(part) = name.called_besides() {
                self.called.entry(part.key.clone()).or_default().push(at);
            }
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.by_joined.is_empty()
    }

    /// The names in a text, in their order; none overlaps another. Of two that begin together the longer is
    /// taken.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        if self.is_empty() {
            return all;
        }
        for words in readings(text) {
            let mut next = 0;
            while next < words.len() {
                match self.longest(&words, next) {
                    Some((taken, found)) => {
                        all.push(found);
                        next += taken;
                    }
                    None => next += 1,
                }
            }
        }
        all.sort_by_key(|found| (found.at.start, usize::MAX - found.at.end, !found.whole));
        let mut apart: Vec<Found> = Vec::new();
        for found in all {
            match apart.last_mut() {
                Some(last) if last.at == found.at && last.whole == found.whole => {
                    let more = found.whose.into_iter().filter(|at| !last.whose.contains(at));
                    let more: Vec<usize> = more.collect();
                    last.whose.extend(more);
                }
                Some(last) if found.at.start < last.at.end => {}
                _ => apart.push(found),
            }
        }
        apart
    }

    /// The longest name that begins at a word, and how many words it takes.
    fn longest(&self, words: &[Word], first: usize) -> Option<(usize, Found)> {
        let end = words.len().min(first + NAME_WORDS);
        (first + 1..=end).rev().find_map(|end| {
            let here = Here { words, first, end };
            let (mut full, mut part) = (Vec::new(), Vec::new());
            for at in self.by_joined.get(&joined(here.words())).into_iter().flatten() {
                if self.names[*at].is_glued(&here) {
                    full.push(*at);
                }
            }
            let forward = self.by_given.get(&here.last().key).into_iter().flatten();
            let backward = self.by_given.get(&here.words()[0].key).into_iter().flatten();
            let fits = forward
                .map(|at| (*at, self.names[*at].stands(&here)))
                .chain(backward.map(|at| (*at, self.names[*at].stands_turned(&here))));
            for (at, fit) in fits {
                match fit {
                    Some(Fit::Full) => full.push(at),
                    Some(Fit::Part) => part.push(at),
                    None => {}
                }
            }
            if here.len() == 1 && part.is_empty() && here.is_called() {
                let called = self.called.get(&here.last().key).into_iter().flatten();
                part.extend(called.filter(|at| self.names[**at].is_called_by(here.last())));
            }
            let whole = !full.is_empty();
            let mut whose = if whole { full } else { part };
            whose.sort_unstable();
            whose.dedup();
            let at = here.words()[0].at.start..here.last().at.end;
            (!whose.is_empty()).then(|| (here.len(), Found { at, whose, whole }))
        })
    }
}

/// How words fit a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Full,
    Part,
}

impl Name {
    fn parts(&self) -> usize {
        self.others.len() + 1
    }

    /// By which other part people are called, whose name begins with a letter that tells man from woman, and
    /// ends with the family: "Hen" of "H'Hen Niê".
    fn called_besides(&self) -> Option<&Part> {
        let [letter, part, ..] = &self.others[..] else { return None };
        super::MARKERS.contains(&letter.key.as_str()).then_some(part)
    }

    fn is_called_by(&self, word: &Word) -> bool {
        [Some(&self.given), self.called_besides()]
            .into_iter()
            .flatten()
            .any(|part| part.key == word.key && word.agrees(&part.marks))
    }

    /// Whether fewer words than the name has are it when nothing stands between them: it is too long to be an
    /// ordinary word.
    fn is_glued(&self, here: &Here<'_>) -> bool {
        let few = here.len() < self.parts();
        match self.parts() {
            1 => here.is_called() || here.is_all(),
            parts => few && (parts >= JOINED_WORDS || self.closed),
        }
    }

    /// The words with the given name last, in full, abridged or abbreviated.
    fn stands(&self, here: &Here<'_>) -> Option<Fit> {
        let (given, before) = here.words().split_last()?;
        if before.is_empty() || given.key != self.given.key {
            return None;
        }
        let places = self.places(before)?;
        let short =
            before.iter().zip(&places).filter(|(word, at)| word.key != self.others[**at].key);
        let short = short.count();
        let all = before.len() == self.others.len();
        let marks_agree = || self.agrees(here.words(), &places);
        let capitals = || here.words().iter().all(Word::is_capital);
        if short == 0 && all {
            // Two words that are written as no name and have other marks are two words: "đó anh" of "Đỗ Ánh".
            return (here.len() > 2 || capitals() || marks_agree()).then_some(Fit::Full);
        }
        let dotted = || {
            let mut shortened =
                before.iter().zip(&places).filter(|(w, at)| w.key != self.others[**at].key);
            shortened.all(|(word, _)| word.dot)
        };
        let stands = match (short, here.len()) {
            (0, 3..) => true,
            (0, _) => {
                let whole_text = here.is_all() && places.first() == Some(&0);
                let written = || capitals() && self.is_written(here, &places);
                marks_agree() && (whole_text || here.after_title() || written())
            }
            (_, 3..) => marks_agree() && (capitals() || all && dotted()),
            (_, _) => {
                let of_family = places.first() == Some(&0) || here.after_title();
                let glued = || here.is_letters_and_given();
                marks_agree() && capitals() && of_family && (dotted() || glued())
            }
        };
        stands.then_some(Fit::Part)
    }

    /// The given name first, and then the others from the family name on: "Bình, Trần Văn".
    fn stands_turned(&self, here: &Here<'_>) -> Option<Fit> {
        let (given, behind) = here.words().split_first()?;
        let family = self.others.first()?;
        let in_order = behind.first().is_some_and(|word| word.key == family.key)
            && behind.len() <= self.others.len()
            && behind.iter().zip(&self.others).all(|(word, part)| word.key == part.key);
        if given.key != self.given.key || here.is_inside_another() {
            return None;
        }
        if !in_order {
            return self.stands_backwards(here, behind);
        }
        let all = behind.len() == self.others.len();
        let marks = given.agrees(&self.given.marks)
            && behind.iter().zip(&self.others).all(|(word, part)| word.agrees(&part.marks));
        let capitals = here.words().iter().all(Word::is_capital);
        let parted = behind.iter().any(|word| word.gap == Gap::Sign);
        let stands = match here.len() {
            3.. if all => capitals || !parted && marks,
            2 => capitals && marks && !parted,
            _ => false,
        };
        stands.then_some(if all { Fit::Full } else { Fit::Part })
    }

    /// The given name first, and the family name last, as it is written abroad: "Bình Văn Trần".
    fn stands_backwards(&self, here: &Here<'_>, behind: &[Word]) -> Option<Fit> {
        let fits = behind.len() > 1
            && behind.len() == self.others.len()
            && behind.iter().rev().zip(&self.others).all(|(word, part)| word.key == part.key);
        let inner = behind.len() > 1 && {
            // Or the words between in their order: "Bình Văn Trần", "An Thị Hoài Đào".
            let (last, between) = behind.split_last()?;
            let (family, middle) = self.others.split_first()?;
            last.key == family.key
                && between.len() == middle.len()
                && between.iter().zip(middle).all(|(word, part)| word.key == part.key)
        };
        let capitals = here.words().iter().all(Word::is_capital);
        let marked =
            here.words()[0].agrees(&self.given.marks) && here.words()[0].case == Case::Lower;
        ((fits || inner) && (capitals || marked)).then_some(Fit::Full)
    }

    /// Which of the other words these are, in their order: the words themselves, or what they begin with.
    fn places(&self, words: &[Word]) -> Option<Vec<usize>> {
        fn rest(parts: &[Part], from: usize, words: &[Word], into: &mut Vec<usize>) -> bool {
            let Some((word, words)) = words.split_first() else { return true };
            for (at, part) in parts.iter().enumerate().skip(from) {
                let short = word.may_abbreviate() && begins_with(&part.key, &word.key);
                if word.key == part.key || short {
                    into.push(at);
                    if rest(parts, at + 1, words, into) {
                        return true;
                    }
                    into.pop();
                }
            }
            false
        }
        let mut places = Vec::with_capacity(words.len());
        if rest(&self.others, 0, words, &mut places) {
            return Some(places);
        }
        // "TV. Bình": all first letters as one word.
        let [letters] = words else { return None };
        let firsts: String = self.others.iter().filter_map(|part| initial(&part.key)).collect();
        let of_letters: String = letters.key.chars().map(one_letter).collect();
        (self.others.len() > 1 && letters.case == Case::Upper && of_letters == firsts)
            .then(|| vec![0])
    }

    /// Whether no word has a mark that the name has not; first letters may have those of any word.
    fn agrees(&self, words: &[Word], places: &[usize]) -> bool {
        let parts = places.iter().map(|at| &self.others[*at]).chain([&self.given]);
        words.iter().zip(parts).all(|(word, part)| {
            let of_any = |mark| self.others.iter().any(|other| other.marks.contains(mark));
            word.agrees(&part.marks) || word.key != part.key && word.marks.chars().all(of_any)
        })
    }

    /// Whether two words with capitals are a name here, and no heading, no place and no end of somebody
    /// else's name.
    fn is_written(&self, here: &Here<'_>, places: &[usize]) -> bool {
        let before = here.before().filter(|_| here.words()[0].gap == Gap::Blank);
        let of_place = |word: &Word| is_among(word, &READ.places);
        let of_another = |word: &Word| word.is_capital() && is_among(word, &READ.families);
        if before.is_some_and(|word| of_place(word) || of_another(word)) {
            return false;
        }
        // Among capitals alone, only a family name with all marks tells a name from a heading.
        let upper = |word: Option<&Word>| word.is_some_and(|word| word.case == Case::Upper);
        let heading = here.words().iter().all(|word| word.case == Case::Upper)
            && (upper(here.before()) || upper(here.behind()));
        let exact = places.first() == Some(&0)
            && here.words()[0].marks == self.others[0].marks
            && here.last().marks == self.given.marks;
        !heading || exact
    }
}

/// The words of `config/names.txt`, as words are read.
struct Read {
    /// `true`: nothing else is written so without its marks.
    titles: Vec<(Vec<Word>, bool)>,
    not_called: Vec<Vec<Word>>,
    places: Vec<Vec<Word>>,
    families: Vec<Vec<Word>>,
    not_alone: Vec<Vec<Word>>,
    compounds: Vec<Vec<Word>>,
    telling: Vec<Vec<Word>>,
}

static READ: LazyLock<Read> = LazyLock::new(|| {
    let list = include_str!("../../../config/names.txt");
    let below = |head: &str| -> Vec<Vec<Word>> {
        let lines = list.lines().skip_while(|line| *line != head).skip(1);
        let lines = lines.take_while(|line| !line.starts_with('['));
        lines.filter(|line| !line.starts_with('#') && !line.is_empty()).map(one_reading).collect()
    };
    let always = below("[titles]").into_iter().map(|title| (title, true));
    let marked = below("[marked titles]").into_iter().map(|title| (title, false));
    Read {
        titles: always.chain(marked).collect(),
        not_called: below("[not called]"),
        places: below("[places]"),
        families: below("[families]"),
        not_alone: below("[not alone]"),
        compounds: below("[compounds]"),
        telling: below("[telling]"),
    }
});

/// Whether a word is one of these, its marks with it.
fn is_among(word: &Word, these: &[Vec<Word>]) -> bool {
    these.iter().flatten().any(|one| one.key == word.key && one.marks == word.marks)
}

/// Some words of a text.
struct Here<'w> {
    words: &'w [Word],
    first: usize,
    end: usize,
}

impl Here<'_> {
    fn words(&self) -> &[Word] {
        &self.words[self.first..self.end]
    }

    fn len(&self) -> usize {
        self.end - self.first
    }

    fn last(&self) -> &Word {
        &self.words[self.end - 1]
    }

    fn before(&self) -> Option<&Word> {
        self.first.checked_sub(1).map(|at| &self.words[at])
    }

    fn behind(&self) -> Option<&Word> {
        self.words.get(self.end)
    }

    fn is_all(&self) -> bool {
        self.len() == self.words.len()
    }

    fn after_title(&self) -> bool {
        after_title(self.words, self.first)
    }

    /// Whether these are all first letters as one word and a given name, "TV Bình", with no capital behind.
    fn is_letters_and_given(&self) -> bool {
        let goes_on = self.behind().is_some_and(|word| word.gap == Gap::Blank && word.is_capital());
        matches!(self.words(), [letters, _] if letters.case == Case::Upper) && !goes_on
    }

    /// Whether words with capitals stand beside these, as in a name that goes on.
    fn is_inside_another(&self) -> bool {
        let before = self.before().is_some_and(Word::is_capital)
            && self.words()[0].gap == Gap::Blank
            && !self.after_title();
        let behind =
            self.behind().is_some_and(|word| word.case == Case::Capital && word.gap == Gap::Blank);
        before || behind
    }

    /// Whether one word after a title is written as a given name is.
    fn is_called(&self) -> bool {
        if !self.after_title() || self.begins_ordinary_words() {
            return false;
        }
        let (word, behind) = (self.last(), self.behind());
        let goes_on = behind.is_some_and(|word| word.gap == Gap::Blank);
        match word.case {
            Case::Capital => {
                !(goes_on && behind.is_some_and(|word| word.case == Case::Capital))
                    && behind.is_none_or(|word| word.gap != Gap::None)
            }
            Case::Upper => true,
            // "anh bình thường" is no "anh Bình".
            Case::Lower => !(goes_on && behind.is_some_and(|behind| is_compound(word, behind))),
        }
    }

    /// Whether the title and the word are ordinary words together.
    fn begins_ordinary_words(&self) -> bool {
        let Some(title) = self.before() else { return false };
        let word = self.last();
        if word.case == Case::Capital || word.is_capital() && !title.is_capital() {
            return false;
        }
        READ.not_called.iter().any(|words| {
            let Some((last, first)) = words.split_last() else { return false };
            let first = first.last().is_some_and(|first| first.key == title.key);
            first && last.key == word.key && word.agrees(&last.marks)
        })
    }
}

/// Whether two words are one of the language, and the first no name.
fn is_compound(word: &Word, behind: &Word) -> bool {
    READ.compounds.iter().chain(&READ.not_alone).any(|two| {
        let [first, second] = &two[..] else { return false };
        let agrees = word.agrees(&first.marks) && behind.agrees(&second.marks);
        first.key == word.key && second.key == behind.key && agrees
    })
}

/// Whether a word of a name begins so, in one spelling of its letters.
fn begins_with(part: &str, first: &str) -> bool {
    let mut letters = part.chars().map(one_letter);
    first.chars().map(one_letter).all(|letter| letters.next() == Some(letter))
}

/// Whether a title stands right before a word.
pub(super) fn after_title(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    // "anh (Tùng)", "đồng chí: Tùng"
    let near =
        matches!(word.gap, Gap::Blank | Gap::Dot) || word.gap == Gap::Sign && word.is_capital();
    // "chị H'Hen"
    let marker = at.checked_sub(1).map(|before| &words[before]).is_some_and(|before| {
        word.is_capital() && before.is_capital() && super::MARKERS.contains(&before.key.as_str())
    });
    let end = if marker { at - 1 } else { at };
    (near || marker)
        && READ.titles.iter().any(|(title, always)| {
            let Some(from) = end.checked_sub(title.len()) else { return false };
            let parts = words[from..end].iter().zip(title);
            let alike =
                parts.clone().all(|(word, part)| word.key == part.key && word.agrees(&part.marks));
            // "co Bình" may be "có Bình": who types one mark types the other.
            let exact = parts.clone().all(|(word, part)| word.marks == part.marks);
            alike && (*always || exact || word.marks.is_empty())
        })
}

/// Whether a word is written as a given name that stands alone: with a capital and beside no other, in the middle
/// of a sentence, or at its beginning before a word that tells of somebody.
pub(super) fn stands_alone(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let before = at.checked_sub(1).map(|at| &words[at]).filter(|_| word.gap == Gap::Blank);
    // A word that begins a sentence has its capital from that.
    let begins = before.is_some_and(|before| matches!(before.gap, Gap::Sign | Gap::Dot));
    let before = before.filter(|before| !(begins && is_common(before)));
    let was_before = begins || before.is_some();
    let behind = words.get(at + 1).filter(|word| word.gap == Gap::Blank);
    let ordinary = behind.is_some_and(|behind| {
        READ.not_alone.iter().any(|two| two[0].key == word.key && two[1].key == behind.key)
    });
    let tells = behind.is_some_and(|behind| is_among(behind, &READ.telling));
    word.case == Case::Capital
        && ![before, behind].into_iter().flatten().any(Word::is_capital)
        && !ordinary
        && (was_before || word.gap != Gap::None && tells)
}

/// Whether a word is none with which a full name begins.
fn is_common(word: &Word) -> bool {
    !is_among(word, &READ.families)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        let lists = [&READ.not_called, &READ.not_alone, &READ.compounds];
        assert!(lists.iter().all(|list| !list.is_empty() && list.iter().all(|two| two.len() > 1)));
        let lists = [&READ.places, &READ.families, &READ.telling];
        assert!(lists.iter().all(|list| list.len() > 10 && list.iter().all(|one| one.len() == 1)));
        assert_eq!(READ.titles.iter().filter(|(_, always)| *always).count(), 7);
        assert_eq!(READ.titles.len(), 14);
    }
}
