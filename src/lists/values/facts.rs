//! Several facts in one cell: "Nam, Kinh, không"; "sinh 12/3/1985, Bí thư".

use super::days::{Day, day_in};
use super::marks::{Sex, sex};
use super::numbers::{email, phone};
use super::offices::{PartyPost, UnionPost, offices};
use super::{Read, Taken, words};
use crate::domain::text::fold;
use crate::lists::file::Cell;

/// What a text told; what it did not tell is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub born: Option<Day>,
    pub sex: Option<Sex>,
    pub ethnicity: Option<String>,
    pub religion: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub party: Vec<PartyPost>,
    pub union: Vec<UnionPost>,
    /// Parts that say nothing known.
    pub unknown: Vec<String>,
}

impl Facts {
    /// Whether nothing known was told.
    pub fn is_nothing(&self) -> bool {
        Self { unknown: Vec::new(), ..self.clone() } == Self::default()
    }

    /// Takes what another told beside this.
    pub fn merge(&mut self, other: Self) {
        fn keep<T>(own: &mut Option<T>, other: Option<T>) {
            if own.is_none() {
                *own = other;
            }
        }
        keep(&mut self.born, other.born);
        keep(&mut self.sex, other.sex);
        keep(&mut self.ethnicity, other.ethnicity);
        keep(&mut self.religion, other.religion);
        keep(&mut self.phone, other.phone);
        keep(&mut self.email, other.email);
        self.party.extend(other.party);
        self.union.extend(other.union);
        self.unknown.extend(other.unknown);
    }
}

/// The peoples of Vietnam and words that are written for them, folded and without signs.
const PEOPLES: [&str; 74] = [
    "kinh",
    "viet",
    "tay",
    "thai",
    "muong",
    "khmer",
    "kho me",
    "kho mer",
    "khome",
    "hoa",
    "nung",
    "mong",
    "h mong",
    "hmong",
    "dao",
    "gia rai",
    "jrai",
    "jarai",
    "e de",
    "ede",
    "rhade",
    "ba na",
    "bahnar",
    "bana",
    "san chay",
    "cao lan",
    "san chi",
    "cham",
    "co ho",
    "k ho",
    "kho",
    "xo dang",
    "xe dang",
    "san diu",
    "hre",
    "h re",
    "ra glai",
    "raglai",
    "mnong",
    "m nong",
    "tho",
    "xtieng",
    "x tieng",
    "stieng",
    "kho mu",
    "bru van kieu",
    "van kieu",
    "co tu",
    "giay",
    "ta oi",
    "ma",
    "gie trieng",
    "co",
    "cho ro",
    "xinh mun",
    "ha nhi",
    "chu ru",
    "lao",
    "la chi",
    "khang",
    "phu la",
    "la hu",
    "la ha",
    "pa then",
    "lu",
    "ngai",
    "chut",
    "lo lo",
    "mang",
    "bo y",
    "co lao",
    "cong",
    "pu peo",
    "o du",
];

const RELIGIONS: [&str; 14] = [
    "khong",
    "khong co",
    "khong ton giao",
    "phat giao",
    "phat",
    "dao phat",
    "cong giao",
    "thien chua giao",
    "thien chua",
    "tin lanh",
    "cao dai",
    "hoa hao",
    "phat giao hoa hao",
    "hoi giao",
];

/// Whether a text names a people of Vietnam.
pub fn is_ethnicity(text: &str) -> bool {
    PEOPLES.contains(&words(text).trim_start_matches("dan toc ").trim_start_matches("dt "))
}

/// Whether a text names a religion, or that there is none.
pub fn is_religion(text: &str) -> bool {
    RELIGIONS.contains(&words(text).trim_start_matches("ton giao ").trim_start_matches("tg "))
}

/// What a text tells.
pub fn facts(text: &str) -> Facts {
    let mut out = Facts::default();
    let parted = text.replace(" - ", "\n").replace(" – ", "\n");
    for piece in parted.split([',', ';', '\n', '(', ')']) {
        let piece = piece.trim().trim_end_matches('.');
        if piece.chars().any(char::is_alphanumeric) {
            one(&mut out, piece);
        }
    }
    out
}

fn one(out: &mut Facts, piece: &str) {
    // "Dân tộc: Kinh"
    let value =
        piece.split_once(':').filter(|(label, _)| !label.contains(|c: char| c.is_ascii_digit()));
    let value = value.map_or(piece, |(_, value)| value.trim());
    let cell = Cell::Text(value.to_owned());
    let offices = offices(value);
    if let (None, Some(sex)) = (out.sex, taken(sex(&cell))) {
        out.sex = Some(sex);
    } else if let (None, Some(born)) = (out.born, born(piece)) {
        out.born = Some(born);
    } else if out.ethnicity.is_none() && is_ethnicity(value) {
        out.ethnicity = Some(without(value, &["dân tộc", "dt"]));
    } else if out.religion.is_none() && is_religion(value) {
        out.religion = Some(without(value, &["tôn giáo", "tg"]));
    } else if let (None, Some(email)) = (&out.email, taken(email(&cell))) {
        out.email = Some(email);
    } else if let (None, Some(phone)) = (&out.phone, phone_in(value)) {
        out.phone = Some(phone);
    } else if !offices.party.is_empty() || !offices.union.is_empty() {
        out.party.extend(offices.party);
        out.union.extend(offices.union);
    } else {
        out.unknown.push(piece.to_owned());
    }
}

/// A telephone among other facts: with its label, or whole; nine digits alone are an old identity card.
fn phone_in(value: &str) -> Option<String> {
    const WHOLE: usize = 10;
    let bare = without(value, &["số điện thoại", "điện thoại", "sđt", "đt"]);
    let labelled = bare != value;
    let whole = value.trim_start().starts_with(['0', '+'])
        && bare.chars().filter(char::is_ascii_digit).count() == WHOLE;
    taken(phone(&Cell::Text(bare))).filter(|_| labelled || whole)
}

fn taken<T>(read: Read<T>) -> Option<T> {
    read.ok().flatten().map(|Taken { value, .. }| value)
}

/// A day of birth: with the word, or at least with its year whole.
fn born(piece: &str) -> Option<Day> {
    let day = taken(day_in(piece))?;
    let says = ["sinh", "ns", "nam sinh"].iter().any(|word| fold(piece).starts_with(word));
    (says || (1920..=2020).contains(&day.year())).then_some(day)
}

/// A text without a word before it.
fn without(text: &str, before: &[&str]) -> String {
    let lower = text.to_lowercase();
    let found = before.iter().find(|word| lower.starts_with(&format!("{word} ")));
    let rest: String = text.chars().skip(found.map_or(0, |word| word.chars().count())).collect();
    rest.trim().trim_start_matches(':').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_facts_are_told_apart() {
        let read = facts("Nam, Kinh, không");
        assert_eq!(
            (read.sex, read.ethnicity.as_deref(), read.religion.as_deref()),
            (Some(Sex::Male), Some("Kinh"), Some("không"))
        );
        let read = facts("Nữ\nDân tộc: Tày\nTôn giáo: Phật giáo");
        assert_eq!(
            (read.sex, read.ethnicity.as_deref(), read.religion.as_deref()),
            (Some(Sex::Female), Some("Tày"), Some("Phật giáo"))
        );
        let read = facts("sinh 12/3/1985; Bí thư chi bộ; ĐT 0912 345 678; an@vidu.vn");
        assert_eq!(read.born.map(Day::year), Some(1985));
        assert_eq!(read.party.len(), 1);
        assert_eq!(
            (read.phone.as_deref(), read.email.as_deref()),
            (Some("0912345678"), Some("an@vidu.vn"))
        );
        assert!(facts("thường trú nơi khác").is_nothing());
        assert!(is_ethnicity("H'Mông") && is_ethnicity("Gia-rai") && is_ethnicity("Ê-đê"));
    }
}
