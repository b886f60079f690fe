//! The words of a text with their places, in each way in which it may be read.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::spelling::{Coda, as_keyed, one_spelling, syllables};
use super::super::text::{fold, is_unseen};

/// From so many letters on, what is written as one and is no syllable may be several: "tranvan".
const GLUED_LETTERS: usize = 6;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: it begins at a capital or a digit inside what is written as one.
    None,
    /// White space alone, of one line.
    Blank,
    /// A dot, with white space or without.
    Dot,
    /// Any other signs.
    Sign,
    /// A new line, a sign that ends a sentence, or the beginning of the text.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Lower,
    /// The first letter is a capital, and the only one.
    Capital,
    /// All are, of two at least.
    Upper,
}

/// A word of a text: letters or digits, with the marks that stand on them.
#[derive(Clone, Debug)]
pub struct Word {
    /// Folded, in one spelling.
    pub key: String,
    /// Bytes in the text.
    pub at: Range<usize>,
    /// What [`fold`] dropped: its marks, in an order of their own, and `đ` where it has one. Empty where it was
    /// typed without.
    pub marks: String,
    pub case: Case,
    pub gap: Gap,
    /// Whether a dot follows it.
    pub dot: bool,
}

impl Word {
    pub fn is_capital(&self) -> bool {
        self.case != Case::Lower
    }

    /// Whether its marks may be those of a word of a name: they are, or it was typed without.
    pub fn agrees(&self, marks: &str) -> bool {
        self.marks.is_empty() || self.marks == marks
    }

    /// Whether it could stand for a longer word: a letter, or the consonants that one begins with.
    pub fn may_abbreviate(&self) -> bool {
        let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        let letters = self.key.chars().count();
        letters == 1 || letters <= 4 && !self.key.chars().any(vowel)
    }
}

/// One sign that is seen, with the marks and unseen signs behind it.
struct Letter {
    at: Range<usize>,
    folded: String,
    upper: bool,
    lower: bool,
    digit: bool,
}

/// Letters that stand together, and what is before them.
struct Token {
    letters: Vec<Letter>,
    gap: Gap,
    dot: bool,
}

/// The words as they stand, parted at signs alone.
pub(super) fn one_reading(text: &str) -> Vec<Word> {
    let whole = |token: &Token| std::iter::once(0..token.letters.len()).collect::<Vec<_>>();
    tokens(text).iter().flat_map(|token| words_of(text, token, &whole(token))).collect()
}

/// The words in each way in which they may be meant; ways that give the same are left out.
pub(super) fn readings(text: &str) -> Vec<Vec<Word>> {
    let tokens = tokens(text);
    let mut apart = Vec::new();
    let mut whole = Vec::new();
    let mut keyed = Vec::new();
    let mut glued = [Coda::Long, Coda::Short].map(|coda| (coda, Vec::new(), false));
    let (mut has_whole, mut has_keyed) = (false, false);
    for token in &tokens {
        let humps = parted(token, |a, b, next| {
            // "DDoox" is Telex for one word.
            let one = a.folded == "d" && b.folded == "d";
            let last = next.is_some_and(|next| next.lower) && !one;
            a.lower && b.upper || a.upper && b.upper && last
        });
        let digits = |range: &Range<usize>| {
            let part = &token.letters[range.clone()];
            let mut cuts = vec![range.start];
            let changes =
                part.windows(2).enumerate().filter(|(_, two)| two[0].digit != two[1].digit);
            cuts.extend(changes.map(|(at, _)| range.start + at + 1));
            cuts.push(range.end);
            // Digits between letters part words as a sign does: "Trần1Văn2Bình".
            let between = |part: &Range<usize>| {
                part.start > 0 && part.end < token.letters.len() && token.letters[part.start].digit
            };
            let parts = cuts.windows(2).map(|two| two[0]..two[1]);
            parts.filter(|part| !between(part)).collect::<Vec<_>>()
        };
        let plain: Vec<Range<usize>> = humps.iter().flat_map(digits).collect();
        let one: Vec<Range<usize>> = digits(&(0..token.letters.len()));
        has_whole |= one != plain;
        apart.extend(words_of(text, token, &plain));
        whole.extend(words_of(text, token, &one));
        for (coda, words, has) in &mut glued {
            let parts = plain.iter().flat_map(|part| in_syllables(token, part, *coda));
            let parts: Vec<Range<usize>> = parts.collect();
            *has |= parts != plain;
            words.extend(words_of(text, token, &parts));
        }
        for hump in &humps {
            let mut read = words_of(text, token, std::slice::from_ref(hump));
            let meant = read
                .first()
                .and_then(|word| as_keyed(&folded(token, hump)).zip(Some(word.clone())));
            match meant {
                Some((meant, word)) => {
                    has_keyed = true;
                    keyed.push(Word { key: one_spelling(&meant), marks: String::new(), ..word });
                }
                None => {
                    read = words_of(text, token, &digits(hump));
                    keyed.append(&mut read);
                }
            }
        }
    }
    let mut all = vec![apart];
    all.extend(has_whole.then_some(whole));
    all.extend(has_keyed.then_some(keyed));
    let [(_, long, has_long), (_, short, has_short)] = glued;
    let alike = has_long
        && long.len() == short.len()
        && long.iter().zip(&short).all(|(one, other)| one.at == other.at);
    all.extend(has_long.then_some(long));
    all.extend((has_short && !alike).then_some(short));
    all
}

/// The syllables of letters that are written as one; all of them where they are none, or may well be a word.
fn in_syllables(token: &Token, range: &Range<usize>, coda: Coda) -> Vec<Range<usize>> {
    let whole = || std::iter::once(range.clone()).collect();
    let letters = &token.letters[range.clone()];
    if letters.len() < GLUED_LETTERS || letters.iter().any(|letter| letter.folded.len() != 1) {
        return whole();
    }
    let Some(lengths) = syllables(&folded(token, range), coda) else { return whole() };
    let mut start = range.start;
    let mut part = |length: usize| {
        start += length;
        start - length..start
    };
    lengths.into_iter().map(&mut part).collect()
}

fn folded(token: &Token, range: &Range<usize>) -> String {
    token.letters[range.clone()].iter().map(|letter| letter.folded.as_str()).collect()
}

/// The parts of a token between places where two letters, and the one behind them, say so.
fn parted(
    token: &Token,
    between: impl Fn(&Letter, &Letter, Option<&Letter>) -> bool,
) -> Vec<Range<usize>> {
    let letters = &token.letters;
    let mut cuts = vec![0];
    cuts.extend(
        (1..letters.len())
            .filter(|at| between(&letters[at - 1], &letters[*at], letters.get(at + 1))),
    );
    cuts.push(letters.len());
    cuts.windows(2).map(|two| two[0]..two[1]).collect()
}

fn words_of(text: &str, token: &Token, parts: &[Range<usize>]) -> Vec<Word> {
    let word = |(at, part): (usize, &Range<usize>)| {
        let letters = &token.letters[part.clone()];
        let (first, last) = (letters.first()?, letters.last()?);
        let upper = letters.iter().filter(|letter| letter.upper).count();
        let is_last = at + 1 == parts.len();
        Some(Word {
            key: one_spelling(&folded(token, part)),
            at: first.at.start..last.at.end,
            marks: marks(&text[first.at.start..last.at.end]),
            case: match first.upper {
                false => Case::Lower,
                true if upper > 1 && letters.iter().all(|letter| !letter.lower) => Case::Upper,
                true => Case::Capital,
            },
            gap: if at == 0 { token.gap } else { Gap::None },
            dot: is_last && token.dot,
        })
    };
    parts.iter().enumerate().filter_map(word).collect()
}

/// The marks of a word in an order of their own, as they may have been typed in any.
fn marks(word: &str) -> String {
    if word.is_ascii() {
        return String::new();
    }
    let mut marks: Vec<char> = word
        .nfkd()
        .filter_map(|c| match c {
            'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' => Some('đ'),
            c => is_combining_mark(c).then_some(c),
        })
        .collect();
    marks.sort_unstable();
    marks.into_iter().collect()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = Some(Gap::End);
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_combining_mark(c) || is_unseen(c) {
            // Belongs to the letter before it, if there is one.
            if let Some(letter) =
                tokens.last_mut().filter(|_| gap.is_none()).and_then(|t| t.letters.last_mut())
            {
                letter.at.end = end;
            }
            continue;
        }
        let mut buffer = [0; 4];
        let folded = fold(c.encode_utf8(&mut buffer));
        if folded.is_empty() || matches!(folded.as_str(), "-" | "/" | ":") {
            if gap.is_none()
                && c == '.'
                && let Some(token) = tokens.last_mut()
            {
                token.dot = true;
            }
            let sign = match c {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' | '!' | '?' => Gap::End,
                '.' => Gap::Dot,
                c if c.is_whitespace() => Gap::Blank,
                _ => Gap::Sign,
            };
            gap = Some(match (gap, sign) {
                (None | Some(Gap::Blank), sign) => sign,
                (Some(Gap::End), _) | (_, Gap::End) => Gap::End,
                (Some(Gap::Dot), Gap::Blank) => Gap::Dot,
                _ => Gap::Sign,
            });
            continue;
        }
        let letter = Letter {
            at: start..end,
            digit: folded.chars().all(|c| c.is_ascii_digit()),
            folded: folded.replace(' ', ""),
            upper: c.is_uppercase(),
            lower: c.is_lowercase(),
        };
        match gap.take() {
            None => {
                if let Some(token) = tokens.last_mut() {
                    token.letters.push(letter);
                }
            }
            Some(gap) => tokens.push(Token { letters: vec![letter], gap, dot: false }),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(text: &str) -> Vec<String> {
        let words =
            |words: Vec<Word>| words.into_iter().map(|word| word.key).collect::<Vec<_>>().join(" ");
        readings(text).into_iter().map(words).collect()
    }

    #[test]
    fn a_text_is_read_in_the_ways_it_may_be_meant() {
        for (text, read) in [
            ("Trần Văn Bình", &["tran van binh"][..]),
            ("LyLichTranVanBinh.pdf", &["li lich tran van binh pdf", "lylichtranvanbinh pdf"]),
            ("LYLICHTRANVANBINH.pdf", &["lylichtranvanbinh pdf", "li lich tran van binh pdf"]),
            ("cvtranvanbinh2018", &["cvtranvanbinh 2018", "cv tran van binh 2018"]),
            ("Trần1Văn2Bình3", &["tran van binh 3"]),
            ("hoangan", &["hoangan", "hoang an", "hoa ngan"]),
            ("TRần BInh", &["t ran b inh", "tran binh"]),
            ("HHen Niê1990", &["h hen nie 1990", "hhen nie 1990"]),
            ("Traanf Va8n", &["traanf va n", "tran van"]),
            ("H'Hen", &["h hen"]),
            ("thường Bìnhy", &["thuong binhi"]),
            ("", &[""]),
        ] {
            let got = keys(text);
            assert_eq!(got, read, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_letter_is_in_a_word_once(text in "[\\PC\\s]{0,60}") {
            for words in readings(&text) {
                for two in words.windows(2) {
                    prop_assert!(two[0].at.end <= two[1].at.start);
                }
                for word in words {
                    prop_assert!(text.get(word.at).is_some());
                }
            }
        }
    }
}
