//! A person's name, apart from other text: a sentence cannot hold one.
//!
//! Sentences name people by their id, and rendering decides for each reader what is shown. What
//! needs the name itself says so with [`Name::in_full`], and `tests/architecture.rs` lists who may:
//! papers, our own pages and the command line.

use std::cmp::Ordering;
use std::fmt;

use super::text;
use super::written::{self, Names, Spelt, spelt};

/// The most characters that a name is typed with, and then some.
const LONGEST: usize = 80;

/// A person's full name: `Lê Thị Hồng Nhung`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    pub fn new(full: impl Into<String>) -> Self {
        Self(full.into())
    }

    /// The name for those who may read all names.
    pub fn in_full(&self) -> &str {
        &self.0
    }

    /// The key under which it is compared with what people type.
    pub fn folded(&self) -> String {
        text::fold(&self.0)
    }

    /// The keys under which it is looked for in what people type.
    pub fn variants(&self) -> Vec<String> {
        written::keys_of(&self.0)
    }

    /// How well what somebody typed means this name; `None`: not at all. A title before it is passed over.
    pub fn fit(&self, typed: &str) -> Option<Fit> {
        let (name, words) = (spelt(&self.0), spelt(typed));
        [&["dong", "chi"][..], &["quan", "chung"], &[]]
            .into_iter()
            .find_map(|title| {
                let meant = words.strip_prefix(title)?;
                fit(&name, &meant)
            })
            .or_else(|| self.is_written_as(typed).then_some(Fit::Whole))
    }

    /// Whether a text is this name and nothing else, in whatever way it is written that is hidden, too.
    fn is_written_as(&self, text: &str) -> bool {
        let text = text.trim();
        // Many names are tried on one text, and what is longer than any, or lacks the letter that the given name
        // begins with, need not be read.
        let letters = text::fold(text).replace('y', "i");
        let given = spelt(&self.0);
        let given = given.len().checked_sub(1).and_then(|last| given.word(last).chars().next());
        let begins =
            given.is_some_and(|letter| letters.contains(if letter == 'y' { 'i' } else { letter }));
        if !begins || letters.chars().count() > LONGEST {
            return false;
        }
        let found = Names::new([self.in_full()]).find(text);
        matches!(&found[..], [one] if one.at == (0..text.len()) && !one.goes_on)
    }

    /// Whether it is the same name: the same words with the same marks, unless one of the two is written without any.
    pub fn is_same(&self, other: &Self) -> bool {
        let (one, other) = (spelt(&self.0), spelt(&other.0));
        let all = |is: &dyn Fn(usize) -> bool| (0..one.len()).all(is);
        one.len() == other.len()
            && all(&|at| one.word(at) == other.word(at))
            && (all(&|at| one.marks(at) == other.marks(at))
                || all(&|at| one.marks(at).is_empty())
                || all(&|at| other.marks(at).is_empty()))
    }

    /// The names that stand in one text ([`parted`]).
    pub fn each(text: &str) -> Vec<Self> {
        parted(text).map(Self::new).collect()
    }

    /// `T.V.B.`, which may stand where the name may not.
    pub fn initials(&self) -> String {
        text::initials(&self.0)
    }
}

/// Names as they are kept in one text, parted by `;`.
pub fn parted(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|name| !name.is_empty())
}

/// How well a text means a name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name, with its marks.
    Exactly,
    /// It is the name but for marks.
    Whole,
    /// It is the last words of the name, with their marks, as people are called.
    EndsExactly,
    Ends,
    /// It stands in the name.
    Within,
}

fn fit(name: &Spelt, typed: &Spelt) -> Option<Fit> {
    let (all, some) = (name.len(), typed.len());
    if some == 0 || some > all {
        return None;
    }
    // Who types no mark and no capital may well mean any.
    let exactly = typed.is_as_meant();
    let same = |at: usize| (0..some).all(|i| name.word(at + i) == typed.word(i));
    let marks = |at: usize| exactly && (0..some).all(|i| name.marks(at + i) == typed.marks(i));
    let end = all - some;
    match same(end) {
        true if end == 0 => Some(if marks(0) { Fit::Exactly } else { Fit::Whole }),
        true => Some(if marks(end) { Fit::EndsExactly } else { Fit::Ends }),
        false => (0..end).any(same).then_some(Fit::Within),
    }
}

/// Those that a text means best, of all that it means; all of them if it means several alike.
pub fn best<T>(all: impl IntoIterator<Item = T>, fit: impl Fn(&T) -> Option<Fit>) -> Vec<T> {
    let fitting: Vec<(Fit, T)> =
        all.into_iter().filter_map(|one| fit(&one).map(|fit| (fit, one))).collect();
    let Some(best) = fitting.iter().map(|(fit, _)| *fit).min() else { return Vec::new() };
    fitting.into_iter().filter(|(fit, _)| *fit == best).map(|(_, one)| one).collect()
}

/// By given name, as Vietnamese lists go.
impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        text::by_given_name(&self.0, &other.0)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Initials: a name that gets into a log by way of somebody else's value stays one.
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.initials())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever is hidden in a spelling is found by it.
    #[test]
    fn a_name_is_found_in_the_spellings_that_are_hidden() {
        let name = Name::new("Trần Văn Bình");
        for typed in [
            "TranVanBinh",
            "Traanf Vawn Binhf",
            "Trần Bình",
            "Binh Tran Van",
            "Tran V. Binh",
            "tranvanbinh",
        ] {
            assert!(name.fit(typed).is_some(), "{typed}");
        }
        assert_eq!(Name::new("Đỗ Đức Lý").fit("Do Duc Li"), Some(Fit::Whole));
        for typed in ["gặp Trần Bình", "Trần Văn Bảo", "Lê Bình", "", "bình thường"]
        {
            assert_eq!(name.fit(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_log_shows_initials() {
        assert_eq!(format!("{:?}", Name::new("Trần Văn Bình")), "T.V.B.");
    }

    #[test]
    fn marks_that_were_typed_win() {
        let names =
            ["Lê Thị Dung", "Trần Dũng", "Phạm Tiến Dũng", "Đỗ Lý", "H'Hen Niê"].map(Name::new);
        for (typed, meant) in [
            ("Dũng", &["Trần Dũng", "Phạm Tiến Dũng"][..]),
            ("Dung", &["Lê Thị Dung"]),
            ("dung", &["Lê Thị Dung", "Trần Dũng", "Phạm Tiến Dũng"]),
            ("tiến dũng", &["Phạm Tiến Dũng"]),
            ("Tiến", &["Phạm Tiến Dũng"]),
            ("đồng chí TRAN DUNG", &["Trần Dũng"]),
            ("Đỗ Lí", &["Đỗ Lý"]),
            ("HʼHen nie", &["H'Hen Niê"]),
            ("Dùng", &["Lê Thị Dung", "Trần Dũng", "Phạm Tiến Dũng"]),
            ("Hà", &[]),
            ("", &[]),
        ] {
            let found = best(&names, |name| name.fit(typed));
            let found: Vec<&str> = found.into_iter().map(Name::in_full).collect();
            assert_eq!(found, meant, "{typed}");
        }
    }

    #[test]
    fn names_sort_by_given_name() {
        let mut names = ["Nguyễn Văn Bình", "Trần Thị An", "Lê Anh"].map(Name::new);
        names.sort();
        assert_eq!(names.map(|name| name.0), ["Trần Thị An", "Lê Anh", "Nguyễn Văn Bình"]);
    }
}
