//! Names of people, and what else stands in their cell.

use serde::Serialize;

use super::facts::{Facts, facts};
use super::{Allowed, Doubt, Read, Taken, doubted, sure, text, words};
use crate::domain::people;
use crate::lists::file::Cell;
use crate::lists::headings::{Column, Meaning, meaning};

/// A name as it stands in a list, and what else was told in its cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub other_names: Vec<String>,
    pub facts: Facts,
}

/// One of several people named in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Person {
    pub name: String,
    /// As it stands in the list, with what is said of the person.
    pub text: String,
}

/// Forms of address before a name, folded.
const TITLES: [&str; 8] = ["dong chi", "d/c", "dc", "ong", "ba", "anh", "chi", "quan chung"];

/// A full name in its stored form, or nothing where it is none, as the forms of the program take it
/// ([`people::full_name`]). What is written in capitals and small letters stays so.
pub fn full_name(text: &str) -> Option<String> {
    let name = people::full_name(text)?;
    let cased = |c: &char| c.is_lowercase() || c.is_uppercase();
    let all = |is: fn(char) -> bool| text.chars().filter(cased).all(is);
    match all(char::is_uppercase) || all(char::is_lowercase) {
        true => Some(name),
        false => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// A name that somebody is called by beside their full one; it may be a given name alone.
pub fn other_name(text: &str) -> Option<String> {
    let alone = || {
        let word = text.trim();
        let is_word = word.chars().all(char::is_alphabetic) && word.chars().count() <= 12;
        (is_word && word.starts_with(char::is_uppercase)).then(|| word.to_owned())
    };
    full_name(text).or_else(alone)
}

/// A text without forms of address and numbering before it.
fn without_title(text: &str) -> &str {
    let mut text = text.trim().trim_start_matches(['-', '+', '*', '•', '\'', '’']).trim_start();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() {
        text = digits.trim_start_matches(['.', ')', '/']).trim_start();
    }
    let upper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    for title in TITLES {
        let many = title.split(' ').count();
        let mut rest = text;
        let mut taken = Vec::new();
        for _ in 0..many {
            let cut = rest.find(char::is_whitespace).unwrap_or(rest.len());
            taken.push(rest.get(..cut).unwrap_or_default());
            rest = rest.get(cut..).unwrap_or_default().trim_start();
        }
        let is_title = crate::domain::text::fold(&taken.join(" ")) == title;
        // "Bà" and "Anh" begin names as well; a title is followed by at least two words, the first a capital,
        // and is not written in the capitals of a whole name.
        let shown = taken
            .first()
            .is_some_and(|word| word.chars().count() < 2 || *word != word.to_uppercase());
        let short = matches!(title, "ong" | "ba" | "anh" | "chi");
        let enough = if short { 3 } else { 1 };
        if is_title && shown && rest.split_whitespace().count() >= enough && upper(rest) {
            return rest;
        }
    }
    text
}

/// The name in a cell, with what stands beside it: "Nguyễn Văn A (Phó Bí thư)", "Nguyễn Văn A, sinh
/// 12/3/1985", "Họ tên khai sinh: …".
///
/// # Errors
/// What is no name.
pub fn named(cell: &Cell) -> Read<Named> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    if matches!(cell, Cell::Number(_)) {
        return Err(Allowed::Name);
    }
    let mut named = Named::default();
    let mut doubt = None;
    for piece in pieces(&text) {
        let (label, value) = label(&piece);
        let is_office = |name: &String| {
            let told = facts(name);
            !told.party.is_empty() || !told.union.is_empty()
        };
        let name = full_name(without_title(value)).filter(|name| !is_office(name));
        match (label, name) {
            (Some(Column::OtherName), Some(name)) => named.other_names.push(name),
            (_, Some(name)) if named.name.is_empty() => named.name = name,
            (label, name) => {
                let told = facts(value);
                // "(Trưởng phòng)" is no name of theirs: another one says so itself.
                let alias = alias(value).or(name.filter(|_| label.is_some()));
                match alias {
                    Some(alias) if alias == named.name => {}
                    Some(alias) => named.other_names.push(alias),
                    None if told.is_nothing() => doubt = Some(Doubt::MoreThanName),
                    None => named.facts.merge(told),
                }
            }
        }
    }
    if named.name.is_empty() {
        return Err(Allowed::Name);
    }
    Ok(Some(Taken { value: named, doubt }))
}

/// The name behind "tức", "bí danh".
fn alias(text: &str) -> Option<String> {
    let rest = text.trim();
    let begins =
        ["tức là", "tức", "bí danh", "tên khác", "tên gọi khác", "còn gọi là", "tên thường gọi"];
    let lower = rest.to_lowercase();
    let cut = begins.iter().find(|word| lower.starts_with(*word))?;
    let rest: String = rest.chars().skip(cut.chars().count()).collect();
    other_name(rest.trim_start_matches([':', ' ']).trim())
}

/// The parts of a cell that are set off from each other.
fn pieces(text: &str) -> Vec<String> {
    let text = text.replace(" - ", "\n").replace(" – ", "\n");
    text.split(['\n', ',', ';', '(', ')', '[', ']'])
        .map(|piece| piece.trim().trim_end_matches(['.', ':']).trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// What a part says of itself: "Họ tên khai sinh: …".
fn label(piece: &str) -> (Option<Column>, &str) {
    let Some((label, value)) = piece.split_once(':') else { return (None, piece) };
    match meaning(label) {
        Meaning::Is(column @ (Column::Name | Column::OtherName), _) => (Some(column), value.trim()),
        _ => (None, piece),
    }
}

/// People named in one cell, parted by `,`, `;`, a new line, "và" or numbers.
///
/// # Errors
/// What is no name.
pub fn people(cell: &Cell) -> Read<Vec<Person>> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    if super::is_nothing(&text) {
        return Ok(None);
    }
    let parted = text.replace(" và ", "\n").replace(" & ", "\n").replace(" + ", "\n");
    let mut out: Vec<Person> = Vec::new();
    let mut doubt = None;
    for part in outside_brackets(&parted) {
        let outer = part.split(['(', '[']).next().unwrap_or_default();
        let outer = outer.split(" - ").next().unwrap_or_default();
        let name = without_title(outer).trim().trim_end_matches(['.', ':']);
        match full_name(name) {
            Some(name)
                if !facts(&name).is_nothing()
                    && words(&name).split(' ').count() < 5
                    && !out.is_empty() =>
            {
                // "Nguyễn Văn A, Phó Bí thư": what the one before is.
                if let Some(last) = out.last_mut() {
                    last.text = format!("{}, {}", last.text, part.trim());
                }
            }
            Some(name) => out.push(Person { name, text: part.trim().to_owned() }),
            None if out.is_empty() => return Err(Allowed::Name),
            None => doubt = Some(Doubt::MoreThanName),
        }
    }
    match (out.is_empty(), doubt) {
        (true, _) => Ok(None),
        (false, None) => sure(out),
        (false, Some(doubt)) => doubted(out, doubt),
    }
}

/// The parts of a text between commas that stand in no brackets.
fn outside_brackets(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let parts = text.split(|c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '\n' || (depth == 0 && matches!(c, ',' | ';'))
    });
    parts.filter(|part| part.chars().any(char::is_alphabetic)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn names_have_capital_initials() {
        for (text, name) in [
            ("NGUYỄN VĂN AN", Some("Nguyễn Văn An")),
            ("nguyễn văn an", Some("Nguyễn Văn An")),
            ("Nguyễn  Văn An", Some("Nguyễn Văn An")),
            ("H'HEN NIÊ ÊBAN", Some("H'Hen Niê Êban")),
            ("Y Moan", Some("Y Moan")),
            ("Lê Thị Bích-Ngọc", Some("Lê Thị Bích-Ngọc")),
            ("McDonald Trần", Some("McDonald Trần")),
            ("Nguyễn Văn A 2", None),
            ("a b c d e f g h i", None),
            ("", None),
            ("=1+1", None),
            ("'An", None),
        ] {
            assert_eq!(full_name(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn what_stands_beside_a_name_is_told_apart() {
        for (text, name) in [
            ("Nguyễn Văn An (Phó Bí thư)", "Nguyễn Văn An"),
            ("Nguyễn Văn An - Bí thư", "Nguyễn Văn An"),
            ("Đ/c Nguyễn Văn An, sinh 12/3/1985", "Nguyễn Văn An"),
            ("1. Nguyễn Văn An", "Nguyễn Văn An"),
            ("Bà Trần Thị Bưởi", "Trần Thị Bưởi"),
            ("BÀ VĂN CƯỜNG", "Bà Văn Cường"),
            ("Anh Đức", "Anh Đức"),
            ("Họ tên khai sinh: NGUYỄN VĂN AN\nHọ tên đang dùng: Nguyễn An", "Nguyễn Văn An"),
        ] {
            let read = named(&cell(text)).unwrap().unwrap();
            assert_eq!(read.value.name, name, "{text}");
            assert_eq!(read.doubt, None, "{text}");
        }
        let read = named(&cell("Trần Văn Cúc (tức Ba, sinh 1985)")).unwrap().unwrap().value;
        assert_eq!(read.other_names, ["Ba"]);
        assert!(read.facts.born.is_some());
        let read = named(&cell("Trần Văn Cúc (mới về 2)")).unwrap().unwrap();
        assert_eq!(read.doubt, Some(Doubt::MoreThanName));
        for wrong in ["12345", "(Bí thư)1", "?"] {
            assert_eq!(named(&cell(wrong)), Err(Allowed::Name), "{wrong}");
        }
        assert_eq!(named(&Cell::Number(5.0)), Err(Allowed::Name));
        assert_eq!(named(&Cell::Empty), Ok(None));
    }

    #[test]
    fn mentors_are_parted() {
        let names = |text: &str| -> Vec<String> {
            let read = people(&cell(text)).unwrap().map(|read| read.value).unwrap_or_default();
            read.into_iter().map(|person| person.name).collect()
        };
        for text in [
            "Trần Văn Cúc, Lê Thị Đào",
            "Trần Văn Cúc; Lê Thị Đào",
            "1. Trần Văn Cúc\n2. Lê Thị Đào",
            "- Đ/c TRẦN VĂN CÚC\n- Đ/c LÊ THỊ ĐÀO",
            "đ/c Trần Văn Cúc và đ/c Lê Thị Đào",
            "Trần Văn Cúc (Bí thư, sinh 1970); Lê Thị Đào",
            "Trần Văn Cúc - Bí thư\nLê Thị Đào",
        ] {
            assert_eq!(names(text), ["Trần Văn Cúc", "Lê Thị Đào"], "{text}");
        }
        assert!(names("-").is_empty());
        assert_eq!(people(&cell("123")), Ok(None));
        assert_eq!(people(&cell("x12 y")), Err(Allowed::Name));
    }
}
