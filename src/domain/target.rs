//! What a committee expects of a branch in a year (chỉ tiêu), and reading it as people type it:
//! `phòng 1 2027 2`, `2027: Chi bộ Phòng 1: 2`, `phong 1 nguon 3`, `phòng 1 2027 bỏ`. Which unit the
//! words mean is for the caller to find.

use chrono::{Datelike, NaiveDate};

use super::text::fold;
use super::words;

words! {
    /// What is counted.
    TargetKind {
        /// kết nạp
        Admissions = "admissions",
        /// đưa vào nguồn
        Source = "source",
    }
}

/// More than any branch can be asked for; what is typed above it is a slip.
pub const AT_MOST: i64 = 200;
/// How many years ahead one may be set.
pub const YEARS_AHEAD: i32 = 5;

/// An amount as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    Number(i64),
    /// The target is withdrawn.
    Withdrawn,
    /// Not a whole number.
    Odd(String),
}

/// A typed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The words of the unit, folded, without the amount.
    pub unit: String,
    pub year: Option<i32>,
    pub kind: TargetKind,
    pub amount: Option<Amount>,
    /// Whether the amount may belong to the unit's name as well: `phòng 1`.
    pub may_be_name: bool,
}

/// Words after an amount that say what is counted, longest first.
const COUNTED: [&str; 6] = ["dang vien", "quan chung", "dong chi", "nguoi", "ket nap", "dv"];
const WITHDRAWN: [&str; 4] = ["bo", "xoa", "huy", "none"];

impl Line {
    pub fn read(text: &str, today: NaiveDate) -> Self {
        let mut words: Vec<(String, String)> = text
            .split(|c: char| c.is_whitespace() || matches!(c, ':' | ';' | '='))
            .map(|word| (fold(word), word.trim_end_matches([',', '.']).to_owned()))
            .filter(|(folded, _)| !folded.is_empty())
            .collect();
        let kind = take_kind(&mut words);
        drop_counted(&mut words);
        let (year, at) = take_year(&mut words, today);
        let amount = words.last().and_then(|(folded, typed)| amount(folded, typed));
        let after_year = at.is_some_and(|at| at + 1 == words.len());
        if amount.is_some() {
            words.pop();
        }
        let unit: Vec<String> = words.into_iter().map(|(folded, _)| folded).collect();
        let is_plain = matches!(amount, Some(Amount::Number(n)) if n >= 0);
        Self { unit: unit.join(" "), year, kind, may_be_name: is_plain && !after_year, amount }
    }
}

/// Takes the words out that say what is counted.
fn take_kind(words: &mut Vec<(String, String)>) -> TargetKind {
    let before = words.len();
    words.retain(|(folded, _)| folded != "nguon");
    if words.len() < before { TargetKind::Source } else { TargetKind::Admissions }
}

/// Drops what follows the amount: `2 đồng chí`.
fn drop_counted(words: &mut Vec<(String, String)>) {
    let said: Vec<&str> = words.iter().map(|(folded, _)| folded.as_str()).collect();
    let said = said.join(" ");
    let ends = COUNTED.iter().find(|end| said.ends_with(&format!(" {end}")));
    let Some(count) = ends.map(|end| end.split(' ').count()) else { return };
    let left = words.len() - count;
    if words[..left].last().is_some_and(|(_, typed)| typed.contains(|c: char| c.is_ascii_digit())) {
        words.truncate(left);
    }
}

/// Takes the year out, and says before which word it stood.
fn take_year(words: &mut Vec<(String, String)>, today: NaiveDate) -> (Option<i32>, Option<usize>) {
    let spoken = |folded: &str| match folded {
        "nay" => Some(0),
        "sau" | "toi" => Some(1),
        "truoc" | "ngoai" => Some(-1),
        _ => None,
    };
    for at in 0..words.len() {
        let after_nam = at > 0 && words[at - 1].0 == "nam";
        let word = words[at].0.as_str();
        let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let year = match (digits.then(|| word.parse().ok()).flatten(), after_nam) {
            (Some(year), _) if (1900..=2100).contains(&year) => Some(year),
            (_, true) => spoken(word).map(|step| today.year() + step),
            _ => None,
        };
        if year.is_some() {
            let from = if after_nam { at - 1 } else { at };
            words.drain(from..=at);
            return (year, Some(from));
        }
    }
    (None, None)
}

fn amount(folded: &str, typed: &str) -> Option<Amount> {
    if WITHDRAWN.contains(&folded) {
        return Some(Amount::Withdrawn);
    }
    let begins = typed.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(typed);
    if !begins.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(match typed.replace('\u{2212}', "-").parse() {
        Ok(number) => Amount::Number(number),
        Err(_) => Amount::Odd(typed.to_owned()),
    })
}

/// A bar of so many parts done of so many expected, at most [`BAR`] long: `▮▮▯▯`.
pub fn bar(done: i64, expected: i64) -> String {
    let whole = expected.clamp(0, BAR);
    let part = match expected {
        ..=0 => 0,
        expected if expected <= BAR => done.clamp(0, expected),
        // A long one is drawn to scale; only what is complete looks so.
        expected => done.clamp(0, expected) * BAR / expected,
    };
    let times = |glyph: &str, n: i64| glyph.repeat(usize::try_from(n).unwrap_or_default());
    times("▮", part) + times("▯", whole - part).as_str()
}

/// Longest bar, in parts.
const BAR: i64 = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::fixture::day;
    use proptest::prelude::*;
    use rstest::rstest;

    fn read(text: &str) -> (String, Option<i32>, TargetKind, Option<Amount>, bool) {
        let line = Line::read(text, day(2026, 11, 30));
        (line.unit, line.year, line.kind, line.amount, line.may_be_name)
    }

    #[rstest]
    #[case("phong 1 2027 2", "phong 1", Some(2027), Some(2), false)]
    #[case("Phòng 1 năm 2027: 2 đồng chí", "phong 1", Some(2027), Some(2), false)]
    #[case("2027: Chi bộ Phòng 1: 2", "chi bo phong 1", Some(2027), Some(2), true)]
    #[case("phòng 1 2", "phong 1", None, Some(2), true)]
    #[case("phòng 1", "phong", None, Some(1), true)]
    #[case("CB-02 năm sau 3", "cb-02", Some(2027), Some(3), false)]
    #[case("thanh tra 2027 -2", "thanh tra", Some(2027), Some(-2), false)]
    #[case("2027", "", Some(2027), None, false)]
    #[case("năm nay", "", Some(2026), None, false)]
    #[case("thanh tra", "thanh tra", None, None, false)]
    #[case("", "", None, None, false)]
    fn lines_are_read_as_they_are_typed(
        #[case] typed: &str,
        #[case] unit: &str,
        #[case] year: Option<i32>,
        #[case] number: Option<i64>,
        #[case] may_be_name: bool,
    ) {
        let amount = number.map(Amount::Number);
        let expected = (unit.to_owned(), year, TargetKind::Admissions, amount, may_be_name);
        assert_eq!(read(typed), expected, "{typed}");
    }

    #[test]
    fn the_source_and_what_is_no_number() {
        let (unit, _, kind, amount, _) = read("phòng 7 nguồn 2027 5");
        assert_eq!((unit.as_str(), kind), ("phong 7", TargetKind::Source));
        assert_eq!(amount, Some(Amount::Number(5)));
        assert_eq!(read("phòng 7 2027 1,5").3, Some(Amount::Odd("1,5".to_owned())));
        assert_eq!(read("phòng 7 2027 bỏ").3, Some(Amount::Withdrawn));
        assert_eq!(
            read("phòng 7 2027 99999999999999999999").3.map(|a| matches!(a, Amount::Odd(_))),
            Some(true)
        );
    }

    #[rstest]
    #[case(1, 2, "▮▯")]
    #[case(3, 2, "▮▮")]
    #[case(0, 3, "▯▯▯")]
    #[case(0, 0, "")]
    #[case(39, 40, "▮▮▮▮▮▮▮▮▮▯")]
    #[case(40, 40, "▮▮▮▮▮▮▮▮▮▮")]
    fn bars(#[case] done: i64, #[case] expected: i64, #[case] drawn: &str) {
        assert_eq!(bar(done, expected), drawn);
    }

    proptest! {
        #[test]
        fn nothing_typed_is_too_much(text in ".{0,60}", done: i64, expected: i64) {
            let _ = Line::read(&text, day(2026, 11, 30));
            prop_assert!(bar(done.clamp(-1000, 1000), expected.clamp(-1000, 1000)).chars().count() <= 10);
        }
    }
}
