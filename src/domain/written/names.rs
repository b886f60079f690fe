//! Which words of a text are one of some names.
//!
//! The rule, in words that the guide has as well (`docs/huong-dan.md`):
//!
//! - A name in full is one however it is written, also with the given name first; as it is written abroad, with
//!   the family name last, where it has no mark that the name has not.
//! - A part of it with the given name and at least two more words is one, too.
//! - The given name with one other word, or with initials, is one where it has no mark that the name has not, and
//!   is written as a name: with capitals, after a title, or with the family name as the whole text. Initials may
//!   have dots, or stand as one word of capitals: "TV Bình".
//! - The given name alone is one after a title, and for some readers also without one where it has a capital, if
//!   it has no mark that the name has not and begins no word of the language; for those whom alone it may mean
//!   ([`Names::called`], [`Names::alone`]).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::beside::{is_family, is_place, public_name, stands_alone};
use super::here::Here;
use super::words::{Case, Gap, Word, one_reading, readings};
use super::{
    JOINED_WORDS, NAME_WORDS, by_letter, initial, is_called_by_second, joined, joined_as_spelled,
    one_letter,
};

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
    /// By all words but the given name, and its first letter.
    by_letter: HashMap<(String, char), Vec<usize>>,
    /// Those who may be meant by their given name alone, after a title.
    called: HashMap<String, Vec<usize>>,
    /// Those among them who may be meant without one, too.
    alone: HashSet<usize>,
}

/// Words of a text that are a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes in the text.
    pub at: Range<usize>,
    /// Whom it may mean, by place.
    pub whose: Vec<usize>,
    pub form: Form,
    /// Whether a word stands behind it with which it may well be somebody else's name: "Trần Văn Bình Minh".
    pub goes_on: bool,
}

/// What of a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// All of it.
    Full,
    /// The given name with some of the others, or their first letters.
    Part,
    /// The given name alone, after a title.
    Titled,
    /// The given name alone, without one.
    Alone,
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
            if let Some(key) = by_letter(&words) {
                all.by_letter.entry(key).or_default().push(at);
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

    /// These may be meant by their given names alone, after a title or without one.
    #[must_use]
    pub fn alone(mut self, places: impl IntoIterator<Item = usize>) -> Self {
        let places: HashSet<usize> = places.into_iter().collect();
        self.alone.extend(&places);
        self.called(places)
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
            let public: Vec<Range<usize>> = (0..words.len())
                .filter_map(|at| Some(at..at + public_name(&words, at)?))
                .map(|name| words[name.start].at.start..words[name.end - 1].at.end)
                .collect();
            // "Trần Nhân" in "Trần Nhân Tông" is nobody's name.
            let of_public = |found: &Found| {
                let within = |name: &Range<usize>| {
                    name.start <= found.at.start && found.at.end <= name.end && *name != found.at
                };
                found.form != Form::Full && public.iter().any(within)
            };
            let mut next = 0;
            while next < words.len() {
                match self.longest(&words, next).filter(|(_, found)| !of_public(found)) {
                    Some((taken, found)) => {
                        all.push(found);
                        next += taken;
                    }
                    None => next += 1,
                }
            }
        }
        all.sort_by_key(|found| (found.at.start, usize::MAX - found.at.end, found.form));
        let mut apart: Vec<Found> = Vec::new();
        for found in all {
            match apart.last_mut() {
                Some(last) if last.at == found.at && last.form == found.form => {
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
            let short = Some(here.words()).filter(|_| here.last().key.chars().count() == 1);
            let short = short.and_then(by_letter).and_then(|key| self.by_letter.get(&key));
            let short = short.into_iter().flatten().copied();
            part.extend(short.filter(|at| self.names[*at].is_cut_short(&here)));
            let fits = [(full, Form::Full), (part, Form::Part)].into_iter();
            let (mut whose, form) = fits.chain(self.given(&here)).find(|(w, _)| !w.is_empty())?;
            whose.sort_unstable();
            whose.dedup();
            let at = here.words()[0].at.start..here.last().at.end;
            let goes_on = here.goes_on();
            Some((here.len(), Found { at, whose, form, goes_on }))
        })
    }

    /// Whom a word may mean that is a given name alone.
    fn given(&self, here: &Here<'_>) -> Option<(Vec<usize>, Form)> {
        let called = self.called.get(&here.last().key).filter(|_| here.len() == 1)?;
        let form = match here.is_called() {
            true => Form::Titled,
            false if stands_alone(here.words, here.first) => Form::Alone,
            false => return None,
        };
        let may = |at: &&usize| form != Form::Alone || self.alone.contains(*at);
        let named = |at: &&usize| self.names[**at].is_called_by(here.last());
        Some((called.iter().filter(may).filter(named).copied().collect(), form))
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

    /// By which other part somebody is called, too.
    fn called_besides(&self) -> Option<&Part> {
        let first = self.others.first()?;
        self.others.get(1).filter(|_| is_called_by_second(&first.key, self.parts()))
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

    /// All words but the given name, and its first letter: "Trần Văn B."
    fn is_cut_short(&self, here: &Here<'_>) -> bool {
        let same =
            here.words().iter().zip(&self.others).all(|(word, part)| word.agrees(&part.marks));
        let goes_on = here.behind().is_some_and(|word| word.gap == Gap::None);
        same && here.words().iter().all(Word::is_capital) && !goes_on
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

    /// The given name first, and then the others from the family name on, "Bình, Trần Văn", or as it is written
    /// abroad.
    fn stands_turned(&self, here: &Here<'_>) -> Option<Fit> {
        let (given, behind) = here.words().split_first()?;
        if given.key != self.given.key || here.is_inside_another() {
            return None;
        }
        // The given name and then all of it: "Bình (Trần Văn Bình)", "Binh_TranVanBinh".
        if let Some((last, between)) = behind.split_last()
            && last.key == self.given.key
            && !between.is_empty()
            && (given.is_capital() || between.len() > 1)
            && behind.iter().all(|word| word.gap != Gap::End)
        {
            let named = Here { words: here.words, first: here.first + 1, end: here.end };
            return self.stands(&named).filter(|_| given.agrees(&self.given.marks));
        }
        let again = here.behind().is_some_and(|word| word.key == self.given.key);
        if again && here.len() > 1 {
            return None;
        }
        let (order, abroad) = self.turned(behind)?;
        let all = behind.len() == self.others.len();
        let marks = given.agrees(&self.given.marks)
            && behind.iter().zip(order).all(|(word, part)| word.agrees(&part.marks));
        let capitals = here.words().iter().all(Word::is_capital);
        let parted = behind.iter().any(|word| matches!(word.gap, Gap::Sign | Gap::End));
        let stands = match here.len() {
            // Words of the language stand in this order more often: "công văn hỗ trợ".
            3.. if abroad => marks && (capitals || !parted),
            3.. if all => capitals || !parted && marks,
            2 => capitals && marks && !parted,
            _ => false,
        };
        stands.then_some(if all { Fit::Full } else { Fit::Part })
    }

    /// Which of the other words these are behind the given name, and whether in an order of other countries: all
    /// turned round, or the family name alone put last, "Bình Văn Trần", "An Thị Hoài Đào".
    fn turned(&self, behind: &[Word]) -> Option<(Vec<&Part>, bool)> {
        let (family, middle) = self.others.split_first()?;
        let orders: [(Vec<&Part>, bool); 3] = [
            (self.others.iter().take(behind.len()).collect(), false),
            (self.others.iter().rev().collect(), true),
            (middle.iter().chain([family]).collect(), true),
        ];
        orders.into_iter().find(|(order, _)| {
            order.len() == behind.len()
                && behind.iter().zip(order).all(|(word, part)| word.key == part.key)
        })
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
        if before.is_some_and(|word| is_place(word) || word.is_capital() && is_family(word)) {
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

/// Whether a word of a name begins so, in one spelling of its letters.
fn begins_with(part: &str, first: &str) -> bool {
    let mut letters = part.chars().map(one_letter);
    first.chars().map(one_letter).all(|letter| letters.next() == Some(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found of a name in a text, and what of it.
    fn found<'t>(name: &str, text: &'t str) -> Vec<(&'t str, Form)> {
        let names = Names::new([name]).alone([0]);
        names.find(text).into_iter().map(|found| (&text[found.at], found.form)).collect()
    }

    #[test]
    fn a_given_name_alone_is_found_with_a_capital_or_after_a_title() {
        for (name, text, word, form) in [
            ("Trần Văn Bình", "Nhà Bình", "Bình", Form::Alone),
            ("Trần Văn Bình", "Bình nghỉ ốm", "Bình", Form::Alone),
            ("Trần Văn Bình", "Họp xong. Bình ở lại", "Bình", Form::Alone),
            ("Trần Văn Bình", "phòng họp (Bình)", "Bình", Form::Alone),
            ("Trần Văn Bình", "Nha Binh", "Binh", Form::Alone),
            ("Trần Văn Bình", "anh bình tiến bộ", "bình", Form::Titled),
            ("Trần Văn Bình", "đ/c. Bình", "Bình", Form::Titled),
            ("Trần Văn Bình", "các đồng chí: Bình, Hoa", "Bình", Form::Titled),
            ("Trần Văn Bình", "anh TV Bình", "TV Bình", Form::Part),
            ("Trần Văn Bình", "gặp Trần Văn B. ở nhà", "Trần Văn B", Form::Part),
            ("Trần Văn Bình", "ANH BÌNH ốm", "BÌNH", Form::Titled),
            ("Trần Đạt", "Nhà Đạt được khen", "Đạt", Form::Alone),
            ("H'Hen Niê", "nhà Hen gần chợ", "Hen", Form::Alone),
        ] {
            assert_eq!(found(name, text), [(word, form)], "{text}");
        }
    }

    #[test]
    fn an_ordinary_word_with_a_capital_is_no_given_name() {
        for (name, text) in [
            ("Lê Thị Vân", "Nhà Văn hóa"),
            ("Lê Văn", "Nhà Văn hóa"),
            ("Lê Tài", "Phòng Tài chính"),
            ("Lê Hội", "Hội trường tầng 2"),
            ("Lê Thành", "Thành lập tổ công tác"),
            ("Lê Công", "Kính gửi các đồng chí:\nCông việc tuần này"),
            ("Lê Tư", "họp vào thứ Tư"),
            ("Lê Bình", "tỉnh Hòa Bình"),
            ("Lê Bình", "xã Bình"),
            ("Lê Bình", "Nguyễn Bình"),
            ("Lê Bình", "nhà bình"),
            ("Lê Dũng", "nhà Dụng"),
            ("Trần Văn Bình", "Trần Văn Bảo"),
        ] {
            assert_eq!(found(name, text), [], "{text}");
        }
    }

    #[test]
    fn an_ordinary_word_after_a_title_is_no_given_name() {
        for (name, text) in [
            ("Lê Hùng", "các anh hùng"),
            ("Lê Công", "Kính gửi các đồng chí:\nCông xong"),
            ("Lê Công", "Chào các anh! Công xong"),
            ("Lê Công", "Cảm ơn các đồng chí. Công việc đã xong"),
            ("Lê Công", "gửi các đồng chí: Công việc tuần này"),
            ("Lê Bình", "ANH BÌNH THƯỜNG"),
            ("Lê Ý", "CHÚ Ý LẮNG NGHE"),
            ("Lê Ý", "CÁC ANH Ý KIẾN"),
            ("Lê Phát", "các đồng chí phát biểu"),
            ("Lê Phát", "đồng chí phát huy sáng kiến"),
            ("Lê Duy", "đồng chí duy trì nền nếp"),
            ("Lê Huy", "đồng chí huy động đóng góp"),
            ("Lê Sinh", "đồng chí sinh hoạt đều"),
            ("Lê Hoàn", "đồng chí hoàn thành tốt"),
            ("Lê Đạt", "đồng chí đạt được kết quả"),
            ("Lê Hiếu", "em hiếu thảo"),
            ("Lê Thực", "đồng chí thực hiện tốt"),
        ] {
            assert_eq!(Names::new([name]).called([0]).find(text), [], "{text}");
        }
    }

    #[test]
    fn common_names_after_anh_are_names() {
        for name in ["Minh", "Dũng", "Tú", "Tài", "Linh", "Thư", "Hoa"] {
            let (small, large) = (name.to_lowercase(), name.to_uppercase());
            for text in
                [format!("anh {small} ốm"), format!("ANH {large} ỐM"), format!("anh {name}")]
            {
                let names = Names::new([format!("Lê {name}")]).called([0]);
                let forms: Vec<Form> = names.find(&text).iter().map(|found| found.form).collect();
                assert_eq!(forms, [Form::Titled], "{text}");
            }
        }
    }

    #[test]
    fn a_name_as_it_is_written_abroad_has_the_marks_of_the_name() {
        for text in ["Bình Văn Trần", "Binh Van Tran", "bình văn trần", "BÌNH, VĂN, TRẦN"]
        {
            assert_eq!(found("Trần Văn Bình", text), [(text, Form::Full)]);
        }
        assert_eq!(found("Đào Thị Hoài An", "An Thị Hoài Đào").len(), 1);
        for (name, text) in [
            ("Hồ Văn Công", "gửi công văn hỗ trợ"),
            ("Hồ Văn Công", "Gửi Công Văn Hỗ Trợ"),
            ("Trần Văn Bình", "Bình Vân Trấn"),
        ] {
            let names = Names::new([name]);
            assert_eq!(names.find(text), [], "{text}");
        }
    }
}
