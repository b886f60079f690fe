//! Some words of a text, and how they stand there.

use super::beside::{
    Stands, after_title, begins_ordinary_words, is_compound, is_no_part, is_of_office,
    is_place_name, is_title, title_before,
};
use super::words::{Case, Gap, Word};

/// Some words of a text.
pub(super) struct Here<'w> {
    pub words: &'w [Word],
    pub first: usize,
    pub end: usize,
}

impl Here<'_> {
    pub fn words(&self) -> &[Word] {
        &self.words[self.first..self.end]
    }

    pub fn len(&self) -> usize {
        self.end - self.first
    }

    pub fn last(&self) -> &Word {
        &self.words[self.end - 1]
    }

    pub fn before(&self) -> Option<&Word> {
        self.first.checked_sub(1).map(|at| &self.words[at])
    }

    pub fn behind(&self) -> Option<&Word> {
        self.words.get(self.end)
    }

    /// The word behind them with nothing but a blank between.
    fn next(&self) -> Option<&Word> {
        self.behind().filter(|word| word.gap == Gap::Blank)
    }

    pub fn is_all(&self) -> bool {
        self.len() == self.words.len()
    }

    pub fn after_title(&self) -> bool {
        after_title(self.words, self.first)
    }

    /// Whether these are all first letters as one word and a given name, "TV Bình", with no capital behind.
    pub fn is_letters_and_given(&self) -> bool {
        let goes_on = self.next().is_some_and(Word::is_capital);
        matches!(self.words(), [letters, _] if letters.case == Case::Upper) && !goes_on
    }

    /// Whether words with capitals stand beside these, as in a name that goes on.
    pub fn is_inside_another(&self) -> bool {
        let before = self.before().is_some_and(Word::is_capital)
            && self.words()[0].gap == Gap::Blank
            && !self.after_title();
        let behind = self.next().is_some_and(|word| word.case == Case::Capital);
        before || behind
    }

    /// Whether one word after a title is written as a given name is.
    pub fn is_called(&self) -> bool {
        let Some(title) = title_before(self.words, self.first) else { return false };
        if self.begins_ordinary_words() {
            return false;
        }
        let (word, behind) = (self.last(), self.behind());
        let next = self.next();
        let second = self.words.get(self.end + 1).filter(|word| word.gap == Gap::Blank);
        // "anh chị em", "thay anh Hợp", "Chị Oanh, Anh Hợp"
        let titled = self.case() == Case::Lower || next.is_some_and(Word::is_capital);
        if titled && self.before().is_some_and(|title| is_title(title, word)) {
            return false;
        }
        // "Các đồng chí Trưởng, Phó phòng"
        if is_of_office(word) && behind.is_some_and(is_of_office) {
            return false;
        }
        // "anh bình thường" is no "anh Bình".
        let ordinary = |case| next.is_some_and(|next| is_compound(word, next, case));
        match self.case() {
            Case::Capital => {
                let place = next.is_some_and(|next| next.is_capital() && is_place_name(word, next));
                let glued = behind.is_some_and(|word| word.gap == Gap::None && !is_no_part(word));
                // "Đồng chí Bình thường xuyên vắng": the second word begins another.
                let parted = next.zip(second).is_some_and(|(next, second)| {
                    next.case == Case::Lower && is_compound(next, second, Case::Lower)
                });
                // "anh Bình Minh" is somebody, "Đồng chí Trưởng Ban" what somebody is.
                let somebody = matches!(title, Stands::Kin | Stands::Marked)
                    && next.is_some_and(Word::is_capital);
                let parted = parted && title != Stands::BeforeCapital;
                let named = (parted || somebody) && !is_of_office(word);
                !place && !glued && (!ordinary(Case::Capital) || named)
            }
            Case::Upper => {
                let goes_on = next.is_some_and(|next| next.case == Case::Upper);
                !(goes_on && ordinary(Case::Upper))
            }
            Case::Lower => !ordinary(Case::Lower),
        }
    }

    /// Whether the next word may well make another name of these.
    pub fn goes_on(&self) -> bool {
        let capital = self.last().case == Case::Capital;
        capital && self.next().is_some_and(|next| next.case == Case::Capital && !is_no_part(next))
    }

    /// How the word after a title is written: a letter behind capitals is as they are.
    fn case(&self) -> Case {
        let word = self.last();
        let loud = self.before().is_some_and(|title| title.case == Case::Upper);
        if loud && word.is_capital() && word.key.len() == 1 { Case::Upper } else { word.case }
    }

    /// Whether the title and the word are ordinary words together.
    fn begins_ordinary_words(&self) -> bool {
        let Some(title) = self.before() else { return false };
        let word = self.last();
        let case = self.case();
        if case == Case::Capital || case == Case::Upper && !title.is_capital() {
            return false;
        }
        begins_ordinary_words(title, word)
    }
}
