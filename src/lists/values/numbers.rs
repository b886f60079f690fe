//! Numbers by which people and papers are known, and addresses.

use super::days::{Day, day_in};
use super::{Allowed, Doubt, Read, Taken, doubted, faulty, is_nothing, sure, text, words};
use crate::lists::file::{Cell, Fault};

/// A paper that a cell names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// As it stands in the list, without the day.
    pub number: String,
    pub on: Option<Day>,
}

/// The digits of a number, with nothing but signs between them; `None` where letters are.
fn digits(cell: &Cell) -> Result<Option<String>, Option<Allowed>> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        // Not a fraction, and no more digits than a number keeps.
        Cell::Number(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => {
            format!("{number:.0}")
        }
        Cell::Text(text) if is_nothing(text) => return Ok(None),
        Cell::Text(text) => text.clone(),
        Cell::Fault(fault) => return Err(Some(faulty(fault))),
        _ => return Err(None),
    };
    if text.chars().any(|c| !c.is_ascii_digit() && !c.is_whitespace() && !".-'’".contains(c)) {
        return Err(None);
    }
    Ok(Some(text.chars().filter(char::is_ascii_digit).collect()))
}

/// A number of `whole` digits, or of `old` ones; zeros that it lost are put back.
fn numbered(cell: &Cell, whole: usize, old: usize, allowed: Allowed) -> Read<String> {
    let digits = digits(cell).map_err(|why| why.unwrap_or(allowed))?;
    let Some(digits) = digits else { return Ok(None) };
    match digits.len() {
        length if length == whole || length == old => sure(digits),
        length if length + 1 == whole => {
            let full = format!("0{digits}");
            // A number of the sheet has lost its zero for sure; a text may lack another digit.
            if matches!(cell, Cell::Number(_)) {
                sure(full)
            } else {
                doubted(full, Doubt::LostZeros)
            }
        }
        length if length + 2 == whole && matches!(cell, Cell::Number(_)) => {
            doubted(format!("00{digits}"), Doubt::LostZeros)
        }
        _ => Err(allowed),
    }
}

/// The number of a Party card: 12 digits, or the 8 of before.
///
/// # Errors
/// What has another number of digits.
pub fn card(cell: &Cell) -> Read<String> {
    numbered(cell, 12, 8, Allowed::Card)
}

/// A personal number: 12 digits, or the 9 of before.
///
/// # Errors
/// What has another number of digits.
pub fn personal(cell: &Cell) -> Read<String> {
    numbered(cell, 12, 9, Allowed::Personal)
}

/// A telephone number of Vietnam: 10 digits, 11 for some that do not move.
///
/// # Errors
/// What is none.
pub fn phone(cell: &Cell) -> Read<String> {
    let first = match cell {
        Cell::Text(text) => {
            let mut parts = text
                .split([';', ',', '/', '\n'])
                .filter(|part| part.chars().any(|c| c.is_ascii_digit()));
            let first = parts.next().unwrap_or(text).replace(['(', ')'], "");
            let first = first.trim().trim_start_matches('\'').replace("+84", "0");
            Some((first, parts.next().is_some()))
        }
        _ => None,
    };
    let (cell, more) = match first {
        Some((first, more)) => (Cell::Text(first), more),
        None => (cell.clone(), false),
    };
    let digits = digits(&cell).map_err(|why| why.unwrap_or(Allowed::Phone))?;
    let Some(digits) = digits else { return Ok(None) };
    let full = match (digits.len(), digits.strip_prefix("84"), digits.starts_with('0')) {
        (10 | 11, _, true) => digits,
        (11, Some(rest), _) => format!("0{}", rest.trim_start_matches('0')),
        (9, _, false) => format!("0{digits}"),
        _ => return Err(Allowed::Phone),
    };
    if more { doubted(full, Doubt::FirstOfSeveral) } else { sure(full) }
}

/// An address of electronic mail, in small letters.
///
/// # Errors
/// What is none.
pub fn email(cell: &Cell) -> Read<String> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    if is_nothing(&text) {
        return Ok(None);
    }
    let mut parts = text.split([',', ';', ' ', '\n']).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_lowercase();
    let Some((user, host)) = first.split_once('@') else { return Err(Allowed::Email) };
    let fit = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let whole = !user.is_empty() && user.chars().all(fit) && host.chars().all(fit);
    let dotted = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
    match (whole && dotted && first.len() <= 254, parts.next().is_some()) {
        (false, _) => Err(Allowed::Email),
        (true, false) => sure(first),
        (true, true) => doubted(first, Doubt::FirstOfSeveral),
    }
}

/// A whole number from 0 on.
///
/// # Errors
/// What is none.
pub fn count(cell: &Cell) -> Read<u32> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Number(number) if number.fract() == 0.0 && (0.0..1e6).contains(number) => {
            // In range and whole.
            sure(*number as u32)
        }
        Cell::Text(text) if !text.chars().any(char::is_alphanumeric) => Ok(None),
        // "05-NQ/CB", of which only the number is asked.
        Cell::Text(text) => {
            let from = text.trim().trim_start_matches(['\'', '’']);
            let from = from.strip_prefix("Số").unwrap_or(from).trim_start();
            let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
            let number = from.get(..digits).unwrap_or_default().parse().ok().filter(|_| digits < 7);
            number.map_or(Err(Allowed::Count), sure)
        }
        Cell::Fault(fault) => Err(faulty(fault)),
        Cell::Number(_) | Cell::Day(_) | Cell::Bool(_) => Err(Allowed::Count),
    }
}

/// A paper: "12-QĐ/ĐU", "12-QĐ/ĐU ngày 3/2/2018".
///
/// # Errors
/// What Excel made a day of ("3-2018"), and what the sheet shows as an error.
pub fn paper(cell: &Cell) -> Read<Paper> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    if is_nothing(&text) {
        return Ok(None);
    }
    if text.chars().count() > 200 {
        return Err(faulty(&Fault::TooLong(String::new())));
    }
    let lower = text.to_lowercase();
    let cut =
        ["ngày", "\n", "; ", ", "].iter().find_map(|word| lower.find(word).map(|at| (at, *word)));
    let parted = cut.and_then(|(at, word)| {
        // The same bytes in both, unless a letter changed its length.
        let (number, rest) = (text.get(..at)?, text.get(at + word.len()..)?);
        let day = day_in(rest).ok().flatten()?;
        Some((number, Some(day.value)))
    });
    let (number, on) = parted.unwrap_or((&text, None));
    let number = number.trim().trim_end_matches([',', ';', '(', '.']).trim();
    let number = match words(number).as_str() {
        says if says.starts_with("so ") => {
            number.chars().skip(2).collect::<String>().trim_start_matches([':', ' ']).to_owned()
        }
        _ => number.to_owned(),
    };
    match number.is_empty() {
        // A day alone.
        true if on.is_some() => sure(Paper { number: String::new(), on }),
        true => Ok(None),
        false => sure(Paper { number, on }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    fn found(text: &str) -> Read<String> {
        sure(text.to_owned())
    }

    #[test]
    fn cards_and_personal_numbers_get_their_zeros_back() {
        assert_eq!(card(&cell("012345678901")), found("012345678901"));
        assert_eq!(card(&cell("01.234567")), found("01234567"));
        assert_eq!(card(&Cell::Number(12_345_678_901.0)), found("012345678901"));
        assert_eq!(
            card(&cell("12345678901")),
            doubted("012345678901".to_owned(), Doubt::LostZeros)
        );
        assert_eq!(
            card(&Cell::Number(1_234_567_890.0)),
            doubted("001234567890".to_owned(), Doubt::LostZeros)
        );
        assert_eq!(
            personal(&Cell::Number(1_085_012_345.0)),
            doubted("001085012345".to_owned(), Doubt::LostZeros)
        );
        assert_eq!(personal(&cell("'001085012345")), found("001085012345"));
        assert_eq!(personal(&cell("123456789")), found("123456789"));
        assert_eq!(personal(&cell("-")), Ok(None));
        for wrong in ["1.23457E+11", "12345", "0123456789012", "abc"] {
            assert_eq!(card(&cell(wrong)), Err(Allowed::Card), "{wrong}");
            assert_eq!(personal(&cell(wrong)), Err(Allowed::Personal), "{wrong}");
        }
        assert_eq!(card(&Cell::Number(1.5)), Err(Allowed::Card));
    }

    #[test]
    fn telephones_are_read() {
        for text in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "912345678",
            "+84912345678",
            "84912345678",
            "(091)2345678",
        ] {
            assert_eq!(phone(&cell(text)), found("0912345678"), "{text}");
        }
        assert_eq!(phone(&Cell::Number(912_345_678.0)), found("0912345678"));
        assert_eq!(phone(&cell("02438251234")), found("02438251234"));
        assert_eq!(
            phone(&cell("0912345678; 0987654321")),
            doubted("0912345678".to_owned(), Doubt::FirstOfSeveral)
        );
        for wrong in ["12345", "091234567x", "09123456789012"] {
            assert_eq!(phone(&cell(wrong)), Err(Allowed::Phone), "{wrong}");
        }
    }

    #[test]
    fn addresses_are_read() {
        assert_eq!(email(&cell("An.Nguyen@Vidu.VN ")), found("an.nguyen@vidu.vn"));
        for wrong in ["an@", "an.vidu.vn", "an@vidu", "ăn@vidu.vn", "a@b@c.vn"] {
            assert_eq!(email(&cell(wrong)), Err(Allowed::Email), "{wrong}");
        }
        assert_eq!(email(&cell("không")), Ok(None));
    }

    #[test]
    fn papers_and_counts_are_read() {
        for (text, number, year) in [
            ("12-QĐ/ĐU", "12-QĐ/ĐU", None),
            ("Số 12-QĐ/ĐU ngày 3/2/2018", "12-QĐ/ĐU", Some(2018)),
            ("12-QĐ/ĐU, ngày 03 tháng 02 năm 2018", "12-QĐ/ĐU", Some(2018)),
            ("12-QĐ/ĐU\n03/02/2018", "12-QĐ/ĐU", Some(2018)),
            ("15", "15", None),
        ] {
            let read = paper(&cell(text)).unwrap().unwrap().value;
            assert_eq!((read.number.as_str(), read.on.map(Day::year)), (number, year), "{text}");
        }
        for (text, number) in [("15", 15), ("05-NQ/CB", 5), ("Số 7", 7)] {
            assert_eq!(count(&cell(text)), sure(number), "{text}");
        }
        assert_eq!(count(&cell("nhiều")), Err(Allowed::Count));
        assert_eq!(count(&Cell::Number(-1.0)), Err(Allowed::Count));
    }
}
