//! What people are and which offices they hold.

use super::ids::{PersonId, UnitId};
use super::language::Language;
use super::name::{Fit, Name, best};
use super::text::{fold, is_unseen, nfc};
use super::words;
use super::written::NAME_WORDS;

words! {
    /// What a person is to the Party.
    Status {
        /// quần chúng
        NonMember = "non_member",
        /// đảng viên dự bị
        Probationary = "probationary",
        /// đảng viên chính thức
        Official = "official",
    }
}

words! {
    UnitKind {
        /// Đảng ủy, Đảng bộ
        Committee = "committee",
        /// chi bộ
        Branch = "branch",
    }
}

words! {
    /// An office held in a unit from a date to a date.
    OfficeKind {
        /// bí thư
        Secretary = "secretary",
        /// phó bí thư
        Deputy = "deputy",
        /// cấp ủy viên
        Committee = "committee",
        /// Văn phòng Đảng ủy
        Office = "office",
        /// đầu mối Đoàn thanh niên, Công đoàn, Hội Cựu chiến binh
        Union = "union",
    }
}

/// A person's full name as it was typed, each part of it with a capital letter: `Lê Thị Hồng Nhung`,
/// `H'Hen Niê`, `Nguyễn Thị Bích-Ngọc`, `Ý`. `None` when it cannot be one: no word or more than a name has
/// ([`NAME_WORDS`]), anything but letters with an apostrophe or a hyphen between them, or one word that looks like
/// a given name whose family name was forgotten.
pub fn full_name(typed: &str) -> Option<String> {
    let typed: String = nfc(typed).chars().filter(|c| !is_unseen(*c)).map(plain_sign).collect();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let is_part = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
    let is_word = |word: &&str| word.chars().count() <= 12 && word.split(INSIDE_NAMES).all(is_part);
    let is_vowel = |word: &str| matches!(fold(word).as_str(), "a" | "e" | "i" | "o" | "u" | "y");
    let forgets = |word: &str| !is_vowel(word) && !word.contains(INSIDE_NAMES);
    if matches!(words[..], [one] if forgets(one))
        || !(1..=NAME_WORDS).contains(&words.len())
        || !words.iter().all(is_word)
    {
        return None;
    }
    let capital = |word: &&str| -> String {
        let mut begins = true;
        word.chars()
            .flat_map(|c| {
                let first = std::mem::replace(&mut begins, INSIDE_NAMES.contains(&c));
                let of_case: String =
                    if first { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
                of_case.chars().collect::<Vec<_>>()
            })
            .collect()
    };
    Some(words.iter().map(capital).collect::<Vec<_>>().join(" "))
}

/// What stands inside words of names.
const INSIDE_NAMES: [char; 2] = ['\'', '-'];

/// An apostrophe or a hyphen of any kind as the plain one.
fn plain_sign(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{2bb}' | '\u{2b9}' | '\u{b4}' | '`' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        c => c,
    }
}

/// An office as held today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    pub kind: OfficeKind,
    pub unit: UnitId,
    pub unit_kind: UnitKind,
}

/// A person the program knows, with what binds them to units today; what they may do follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub code: String,
    pub name: Name,
    /// `None` leaves it to the organisation.
    pub language: Option<Language>,
    /// The unit the person is placed in today.
    pub unit: Option<UnitId>,
    pub offices: Vec<Office>,
    /// Whether the person guides anyone today.
    pub guides: bool,
}

/// Whom a name or code as typed means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named<'p> {
    One(&'p Person),
    /// Namesakes, told apart by their codes.
    Several(Vec<&'p Person>),
    Nobody,
}

/// How well a text means somebody by their whole name or its last words, as people are called.
pub fn called(name: &Name, text: &str) -> Option<Fit> {
    name.fit(text).filter(|fit| *fit <= Fit::Ends)
}

/// Finds the person a text means among some: by code, by full name, or by the last words of the
/// name, as people are called ("Thanh Mai", "Mai"); with or without accents.
pub fn named<'p>(people: &'p [Person], text: &str) -> Named<'p> {
    let typed = fold(text);
    let typed = typed.strip_prefix("dong chi ").unwrap_or(&typed);
    let coded = people.iter().find(|person| !typed.is_empty() && fold(&person.code) == typed);
    let named = || best(people, |person| called(&person.name, text));
    match &coded.map_or_else(named, |one| vec![one])[..] {
        [] => Named::Nobody,
        [one] => Named::One(one),
        several => Named::Several(several.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: i64, name: &str) -> Person {
        Person {
            id: PersonId(id),
            code: format!("NS-{id:03}"),
            name: Name::new(name),
            language: None,
            unit: None,
            offices: Vec::new(),
            guides: false,
        }
    }

    #[test]
    fn a_full_name_is_of_letters_with_what_stands_between_them() {
        for (typed, name) in [
            ("lê thị HỒNG nhung", "Lê Thị Hồng Nhung"),
            ("h'hen niê", "H'Hen Niê"),
            ("H’Hen Niê", "H'Hen Niê"),
            ("k\u{2bc}dung", "K'Dung"),
            ("nguyễn thị bích-ngọc", "Nguyễn Thị Bích-Ngọc"),
            ("Nguyễn Bích\u{2011}Ngọc", "Nguyễn Bích-Ngọc"),
            ("ý", "Ý"),
            ("Tôn Nữ Hoàng Thị Ngọc Bảo Khuê", "Tôn Nữ Hoàng Thị Ngọc Bảo Khuê"),
            ("Trần V\u{200b}ăn Bình", "Trần Văn Bình"),
        ] {
            assert_eq!(full_name(typed).as_deref(), Some(name), "{typed}");
        }
        for none in [
            "Nhung",
            "",
            " ",
            "-",
            "'",
            "H' Hen",
            "Trần --Văn",
            "Trần 2",
            "a b c d e f g h i",
            "Trần, Văn",
        ] {
            assert_eq!(full_name(none), None, "{none}");
        }
    }

    #[test]
    fn people_are_found_as_they_are_called() {
        let people = [
            person(1, "Nguyễn Thị Thanh Mai"),
            person(2, "Đỗ Thị Kim Oanh"),
            person(3, "Trần Mai"),
            person(4, "Lê Đức Mai"),
        ];
        let code = |text: &str| match named(&people, text) {
            Named::One(person) => person.code.clone(),
            Named::Several(several) => several.len().to_string(),
            Named::Nobody => String::new(),
        };
        for (text, found) in [
            ("ns-002", "NS-002"),
            ("do thi kim oanh", "NS-002"),
            ("đồng chí Oanh", "NS-002"),
            ("Thanh Mai", "NS-001"),
            ("tran mai", "NS-003"),
            ("mai", "3"),
            ("ai", ""),
            ("nguyen", ""),
            ("", ""),
            ("?", ""),
        ] {
            assert_eq!(code(text), found, "{text}");
        }
    }
}
