//! What the words beside a word tell of whether it is a name: titles, places, families, and words of the language
//! that begin as a name does. They are listed in `config/names.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::MARKERS;
use super::words::{Case, Gap, Word, one_reading};

/// The words of `config/names.txt`, as words are read.
struct Read {
    /// By their last word.
    titles: HashMap<String, Vec<(Vec<Word>, Stands)>>,
    not_called: Vec<Vec<Word>>,
    compounds: Compounds,
    small: Compounds,
    place_names: Compounds,
    places: Marked,
    families: Marked,
    behind: Marked,
    before_letters: Marked,
    posts: Marked,
    /// By their first word.
    public: HashMap<String, Vec<Vec<Word>>>,
}

/// Where words are a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Whether their marks are typed or not.
    Always,
    /// The same, of those who are close.
    Kin,
    /// With their marks, or in a text without any: something else is written so without them.
    Marked,
    /// Before a word with a capital.
    BeforeCapital,
}

/// By the key of what two words begin with, that word and those behind it.
type Compounds = HashMap<String, Vec<Vec<Word>>>;

/// The marks of words, by their keys.
type Marked = HashMap<String, Vec<String>>;

static READ: LazyLock<Read> = LazyLock::new(|| {
    let list = include_str!("../../../config/names.txt");
    let below = |head: &str| -> Vec<Vec<Word>> {
        let lines = list.lines().skip_while(|line| *line != head).skip(1);
        let lines = lines.take_while(|line| !line.starts_with('['));
        lines.filter(|line| !line.starts_with('#') && !line.is_empty()).map(one_reading).collect()
    };
    let compounds = |head| {
        let mut all = Compounds::new();
        for line in below(head) {
            all.entry(line[0].key.clone()).or_default().push(line);
        }
        all
    };
    let marked = |head| {
        let mut all = Marked::new();
        for word in below(head).into_iter().flatten() {
            all.entry(word.key).or_default().push(word.marks);
        }
        all
    };
    let mut titles: HashMap<String, Vec<(Vec<Word>, Stands)>> = HashMap::new();
    for (head, stands) in [
        ("[titles]", Stands::Always),
        ("[kin titles]", Stands::Kin),
        ("[marked titles]", Stands::Marked),
        ("[capital titles]", Stands::BeforeCapital),
    ] {
        for title in below(head) {
            let last = title[title.len() - 1].key.clone();
            titles.entry(last).or_default().push((title, stands));
        }
    }
    let mut public: HashMap<String, Vec<Vec<Word>>> = HashMap::new();
    for name in below("[public names]") {
        public.entry(name[0].key.clone()).or_default().push(name);
    }
    Read {
        titles,
        not_called: below("[not called]"),
        compounds: compounds("[compounds]"),
        small: compounds("[small]"),
        place_names: compounds("[place names]"),
        places: marked("[places]"),
        families: marked("[families]"),
        behind: marked("[behind names]"),
        before_letters: marked("[before letters]"),
        posts: marked("[posts]"),
        public,
    }
});

/// Whether a word is one of these, its marks with it.
fn is_among(word: &Word, these: &Marked) -> bool {
    these.get(&word.key).is_some_and(|marks| marks.contains(&word.marks))
}

/// Whether two words are one of the language, and the first no name; with a capital some may well tell of somebody.
pub(super) fn is_compound(word: &Word, behind: &Word, case: Case) -> bool {
    let small = Some(&READ.small).filter(|_| case != Case::Capital);
    let lists = small.into_iter().chain([&READ.compounds, &READ.place_names]);
    lists.into_iter().any(|list| has_both(list, word, behind))
}

/// Whether two words are the name of a place that begins as a name of somebody does.
pub(super) fn is_place_name(word: &Word, behind: &Word) -> bool {
    has_both(&READ.place_names, word, behind)
}

fn has_both(list: &Compounds, word: &Word, behind: &Word) -> bool {
    // A 0 in the list stands for any figures: "sáng 29/11".
    let figures = behind.key.starts_with(|c: char| c.is_ascii_digit());
    let is = |one: &Word| {
        one.key == behind.key && behind.agrees(&one.marks) || figures && one.key == "0"
    };
    let mut lines = list.get(&word.key).into_iter().flatten();
    lines.any(|line| word.agrees(&line[0].marks) && line[1..].iter().any(is))
}

/// Whether a title begins ordinary words with the one behind it.
pub(super) fn begins_ordinary_words(title: &Word, word: &Word) -> bool {
    READ.not_called.iter().any(|words| {
        let Some((last, first)) = words.split_last() else { return false };
        let first = first.last().is_some_and(|first| first.key == title.key);
        first && last.key == word.key && word.agrees(&last.marks)
    })
}

/// Whether what stands behind a word is the name of a place or a day.
pub(super) fn is_place(word: &Word) -> bool {
    is_among(word, &READ.places)
}

/// Whether a full name may begin with a word.
pub(super) fn is_family(word: &Word) -> bool {
    is_among(word, &READ.families)
}

/// Whether a title stands right before a word.
pub(super) fn after_title(words: &[Word], at: usize) -> bool {
    title_before(words, at).is_some()
}

/// The most names that one title stands before: "các đồng chí Bình, Hợp và Oanh".
const ENUMERATED: usize = 8;

/// The kind of title that stands before a word: right before it, or before the first of several names.
pub(super) fn title_before(words: &[Word], at: usize) -> Option<Stands> {
    let mut at = at;
    for _ in 0..ENUMERATED {
        if let Some(title) = title_right_before(words, at) {
            return Some(title);
        }
        let joined = at.checked_sub(1).filter(|before| is_and(&words[*before]));
        let parted = words[at].gap == Gap::Sign || joined.is_some();
        let before = joined.unwrap_or(at).checked_sub(1).filter(|_| parted)?;
        // "bình, oanh" has nothing but one word between two signs; with a capital a name may go on.
        let single = |at: usize| {
            let next = words.get(at + 1);
            next.is_none_or(|next| matches!(next.gap, Gap::Sign | Gap::End) || is_and(next))
        };
        let cases = [words[at].case, words[before].case];
        let alike = cases[0] == cases[1] && (cases[0] != Case::Lower || single(at));
        if !alike {
            return None;
        }
        at = before;
    }
    None
}

/// "và", "với", "cùng", "hoặc", "lẫn"
fn is_and(word: &Word) -> bool {
    word.gap == Gap::Blank
        && word.case != Case::Capital
        && matches!(word.key.as_str(), "va" | "voi" | "cung" | "hoac" | "lan")
}

/// Whether a word is a title itself, behind one that was typed with a mark or without: "anh chi em", "thay anh Hợp".
pub(super) fn is_title(title: &Word, word: &Word) -> bool {
    let titles = READ.titles.get(&word.key).into_iter().flatten();
    titles
        .filter(|(words, stands)| {
            words.len() == 1 && matches!(stands, Stands::Kin | Stands::Marked)
        })
        .any(|(words, _)| {
            let marks = &words[0].marks;
            // Behind "chị" in a text with marks "chi" is no "chị".
            word.marks == *marks || word.marks.is_empty() && title.marks.is_empty()
        })
}

fn title_right_before(words: &[Word], at: usize) -> Option<Stands> {
    let word = &words[at];
    // "anh (Tùng)", "đồng chí: Tùng", "đ/cTùng"; what another line or sentence begins with belongs to no title.
    let near = matches!(word.gap, Gap::Blank | Gap::Dot)
        || matches!(word.gap, Gap::Sign | Gap::None) && word.is_capital();
    // "chị H'Hen", "chị H'hen"
    let marker = at.checked_sub(1).map(|before| &words[before]).is_some_and(|before| {
        let joined = word.is_capital() || word.gap == Gap::Sign;
        joined && before.is_capital() && MARKERS.contains(&before.key.as_str())
    });
    let end = if marker { at - 1 } else { at };
    let last = end.checked_sub(1).map(|last| &words[last]).filter(|_| near || marker);
    let titles = last.and_then(|last| READ.titles.get(&last.key)).into_iter().flatten();
    let stands = titles.filter(|(title, stands)| {
        let Some(from) = end.checked_sub(title.len()) else { return false };
        let parts = words[from..end].iter().zip(title);
        let alike =
            parts.clone().all(|(word, part)| word.key == part.key && word.agrees(&part.marks));
        // "co Bình" may be "có Bình": who types one mark types the other.
        let exact = parts.clone().all(|(word, part)| word.marks == part.marks);
        alike
            && match stands {
                Stands::Always | Stands::Kin => true,
                Stands::Marked => exact || word.marks.is_empty(),
                Stands::BeforeCapital => {
                    word.case == Case::Capital
                        && (title.len() > 1 || is_short_title(words, word, from))
                }
            }
    });
    stands.map(|(_, stands)| *stands).next()
}

/// Whether one word before another is a short title: "c Bình", "gặp a. Bình", "Gửi A Bình", and not "A. Bình xét" or
/// "Tổ A Bình".
fn is_short_title(words: &[Word], word: &Word, at: usize) -> bool {
    let title = &words[at];
    if title.key.len() > 1 {
        return true;
    }
    let counts = title.gap == Gap::End && word.gap != Gap::Blank;
    let names = at
        .checked_sub(1)
        .map(|before| &words[before])
        .is_some_and(|before| title.gap == Gap::Blank && is_among(before, &READ.before_letters));
    !counts && !names
}

/// Whether a word begins what somebody is or where they are: "Trưởng phòng", "Chi bộ", "Nguyên Bí thư".
pub(super) fn is_of_office(word: &Word) -> bool {
    is_among(word, &READ.posts)
}

/// Whether a word with a capital behind a given name is no part of a name that begins with it.
pub(super) fn is_no_part(word: &Word) -> bool {
    let is_number = word.key.starts_with(|c: char| c.is_ascii_digit());
    is_number || is_among(word, &READ.behind) || is_family(word)
}

/// How many words from one on are a name that streets and schools have.
pub(super) fn public_name(words: &[Word], at: usize) -> Option<usize> {
    let names = READ.public.get(&words[at].key)?;
    names.iter().map(Vec::len).filter(|length| at + length <= words.len()).find(|length| {
        let here = &words[at..at + length];
        here.iter().all(Word::is_capital)
            && names.iter().filter(|name| name.len() == *length).any(|name| {
                let alike =
                    |(word, part): (&Word, &Word)| word.key == part.key && word.agrees(&part.marks);
                here.iter().zip(name).all(alike)
            })
    })
}

/// Whether a word is written as a given name that stands alone: with a capital, beside no other and behind no
/// kind of place, and with the next one no word of the language.
pub(super) fn stands_alone(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let before = at.checked_sub(1).map(|at| &words[at]).filter(|_| word.gap == Gap::Blank);
    let behind = words.get(at + 1).filter(|word| word.gap == Gap::Blank);
    // A word that begins a sentence has its capital from that, unless a name begins so.
    let begins = |word: &Word| matches!(word.gap, Gap::Sign | Gap::Dot | Gap::End);
    let of_another = |before: &Word| before.is_capital() && (!begins(before) || is_family(before));
    word.case == Case::Capital
        && word.gap != Gap::None
        && !before.is_some_and(|before| of_another(before) || is_place(before))
        && !behind.is_some_and(|behind| {
            behind.is_capital() && !is_no_part(behind) || is_compound(word, behind, Case::Capital)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_list_is_read() {
        let lists = [&READ.compounds, &READ.small, &READ.place_names];
        let mut lines = lists.iter().flat_map(|list| list.values().flatten());
        assert!(lines.all(|line| line.len() > 1));
        assert!(lists.iter().all(|list| list.len() > 5));
        assert!(READ.not_called.len() > 5 && READ.not_called.iter().all(|two| two.len() > 1));
        assert!([&READ.places, &READ.families].iter().all(|list| list.len() > 10));
        let titles: Vec<Stands> = READ.titles.values().flatten().map(|(_, how)| *how).collect();
        for how in [Stands::Always, Stands::Kin, Stands::Marked, Stands::BeforeCapital] {
            assert!(titles.iter().filter(|one| **one == how).count() > 4);
        }
        assert!(READ.behind.len() > 10 && READ.public.len() > 10);
        assert!(READ.public.values().flatten().all(|name| name.len() > 1));
    }

    /// A word stands once in a line of its own, with the words behind it once each.
    #[test]
    fn nothing_is_listed_twice() {
        let mut pairs = HashSet::new();
        for line in [&READ.compounds, &READ.small, &READ.place_names]
            .iter()
            .flat_map(|list| list.values())
            .flatten()
        {
            for second in &line[1..] {
                let pair = [&line[0].key, &line[0].marks, &second.key, &second.marks];
                let read = pair.map(String::as_str).join(" ");
                assert!(pairs.insert(read), "{} {}", line[0].key, second.key);
            }
        }
    }
}
