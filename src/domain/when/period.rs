//! Stretches of time that figures are asked for, and finding one among the words of a command.
//!
//! The grammar, after folding; brackets may be left out, `YEAR` is four digits or `năm nay`,
//! `năm ngoái`, `năm trước`:
//!
//! ```text
//! tháng 12 [YEAR]   tháng 12/2026   12/2026   tháng này | tháng trước
//! quý 3 [YEAR]      quý III/2018    q3/2018   quý này | quý trước
//! 6 tháng [đầu năm | cuối năm] [YEAR]         9 tháng [đầu năm] [YEAR]
//! [năm] 2018        năm nay
//! [từ | giai đoạn] [năm] 2015-2018            2015 đến 2018
//! ```
//!
//! A period without its year is one of today's year. "Tháng sáu" is not read: folded, it is also
//! "tháng sau" (next month).

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use super::{WhenError, YEARS, digits, number, short};
use crate::domain::calendar::Month;
use crate::domain::text::fold;

/// A stretch of time as half-open local dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    /// The first day that is not in it any more.
    pub to: NaiveDate,
    /// What it is called.
    pub kind: PeriodKind,
}

/// The names of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    Month(Month),
    /// A quarter (quý), 1 to 4.
    Quarter {
        year: i32,
        quarter: u32,
    },
    /// January to June (6 tháng đầu năm).
    SixMonths(i32),
    /// January to September (9 tháng).
    NineMonths(i32),
    /// July to December (6 tháng cuối năm).
    LastSixMonths(i32),
    Year(i32),
    /// Two years or more (giai đoạn), both ends included.
    Years {
        from: i32,
        to: i32,
    },
}

impl Period {
    /// Works out the dates. An error when the quarter or a year is none, or the years run
    /// backwards; a range of one year becomes [`PeriodKind::Year`].
    pub fn new(kind: PeriodKind) -> Result<Self, WhenError> {
        match kind {
            PeriodKind::Month(month) => Self::between(month, month, kind),
            PeriodKind::Quarter { year, quarter } => {
                if !(1..=4).contains(&quarter) {
                    return Err(WhenError::NoSuchQuarter(quarter));
                }
                Self::of_year(year, 3 * quarter - 2, 3 * quarter, kind)
            }
            PeriodKind::SixMonths(year) => Self::of_year(year, 1, 6, kind),
            PeriodKind::NineMonths(year) => Self::of_year(year, 1, 9, kind),
            PeriodKind::LastSixMonths(year) => Self::of_year(year, 7, 12, kind),
            PeriodKind::Year(year) => Self::of_year(year, 1, 12, kind),
            PeriodKind::Years { from, to } => match from.cmp(&to) {
                Ordering::Less => Self::between(month(from, 1)?, month(to, 12)?, kind),
                Ordering::Equal => Self::new(PeriodKind::Year(from)),
                Ordering::Greater => Err(WhenError::Backwards { from, to }),
            },
        }
    }

    fn of_year(year: i32, first: u32, last: u32, kind: PeriodKind) -> Result<Self, WhenError> {
        Self::between(month(year, first)?, month(year, last)?, kind)
    }

    fn between(first: Month, last: Month, kind: PeriodKind) -> Result<Self, WhenError> {
        if !YEARS.contains(&first.year()) {
            return Err(WhenError::NoSuchYear(first.year()));
        }
        if !YEARS.contains(&last.year()) {
            return Err(WhenError::NoSuchYear(last.year()));
        }
        Ok(Self { from: first.first_day(), to: last.next().first_day(), kind })
    }

    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.from..self.to).contains(&date)
    }
}

fn month(year: i32, number: u32) -> Result<Month, WhenError> {
    match (1..=12).contains(&number) {
        true => Month::new(year, number).ok_or(WhenError::NoSuchYear(year)),
        false => Err(WhenError::NoSuchMonth(number)),
    }
}

/// Takes the words of a period out of a command's argument: what is left, folded, and the period.
///
/// `"Phòng 1 2018"` leaves `"phong 1"` and the year 2018; `"Phòng 1"` is left whole, for a number
/// of one to three digits alone is never a period.
pub fn take_period(text: &str, today: NaiveDate) -> Result<(String, Option<Period>), WhenError> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut rest = Vec::with_capacity(words.len());
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        let Some((kind, used)) = period_at(&words[at..], today)? else {
            rest.push(words[at]);
            at += 1;
            continue;
        };
        if found.replace(Period::new(kind)?).is_some() {
            return Err(WhenError::TwoPeriods);
        }
        at += used;
        at += usize::from(words.get(at) == Some(&"-"));
    }
    Ok((rest.join(" "), found))
}

/// What was meant and how many words said so.
type Found = Option<(PeriodKind, usize)>;

/// The period that these words begin with, small words before it included.
fn period_at(words: &[&str], today: NaiveDate) -> Result<Found, WhenError> {
    let lead = words
        .iter()
        .take_while(|word| matches!(**word, "trong" | "cua" | "ky" | "in" | "for" | "-"))
        .count();
    let words = &words[lead..];
    let found = match months_of_year(words, today)
        .or_else(|| range_of_years(words))
        .or_else(|| year(words, today).map(|(year, used)| (PeriodKind::Year(year), used)))
    {
        Some(found) => Some(found),
        None => match quarter(words, today)? {
            Some(found) => Some(found),
            None => one_month(words, today)?,
        },
    };
    Ok(found.map(|(kind, used)| (kind, lead + used)))
}

/// `6 thang`, `9 thang`. In "phong 6 thang 12" the six belongs to the room.
fn months_of_year(words: &[&str], today: NaiveDate) -> Found {
    let [count @ ("6" | "9"), unit, after @ ..] = words else { return None };
    let given = match unit.split_once('/') {
        Some(("thang", year)) => Some(four_digits(year)?),
        None if *unit == "thang" => None,
        _ => return None,
    };
    let goes_on = |word: &str| word == "nam" || four_digits(word).is_some();
    let (half, after) = match after {
        ["dau", rest @ ..] if rest.first().is_some_and(|word| goes_on(word)) => ("dau", rest),
        ["cuoi", rest @ ..] if *count == "6" && rest.first().is_some_and(|word| goes_on(word)) => {
            ("cuoi", rest)
        }
        [next, ..] if numeric(next) && four_digits(next).is_none() => return None,
        _ => ("", after),
    };
    let bare = usize::from(!half.is_empty() && after.first() == Some(&"nam"));
    let (year, used) = match given {
        Some(year) => (year, bare),
        None => year(after, today).unwrap_or((today.year(), bare)),
    };
    let kind = match (*count, half) {
        ("6", "cuoi") => PeriodKind::LastSixMonths(year),
        ("6", _) => PeriodKind::SixMonths(year),
        _ => PeriodKind::NineMonths(year),
    };
    Some((kind, 2 + usize::from(!half.is_empty()) + used))
}

/// `quy 3`, `quy iii/2018`, `q3`, `quy nay`. "Quý" alone is a given name.
fn quarter(words: &[&str], today: NaiveDate) -> Result<Found, WhenError> {
    let this = Month::of(today);
    let kind_of = |month: Month| PeriodKind::Quarter {
        year: month.year(),
        quarter: month.number().div_ceil(3),
    };
    let (token, used) = match words {
        ["quy", "nay", ..] => return Ok(Some((kind_of(this), 2))),
        ["quy", "truoc", ..] => {
            return Ok(Some((kind_of(this.previous().previous().previous()), 2)));
        }
        ["quy" | "quarter", token, ..] => (*token, 2),
        [token, ..] => match token.strip_prefix('q') {
            Some(token) if numeric(token) => (token, 1),
            _ => return Ok(None),
        },
        [] => return Ok(None),
    };
    let (quarter, given) = with_year(token);
    let quarter = match quarter {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        word if numeric(word) => short(word),
        word => number(word).filter(|quarter| *quarter <= 4),
    };
    let Some(quarter) = quarter else { return Ok(None) };
    let (year, more) = year_after(given, &words[used..], today);
    Ok(Some((PeriodKind::Quarter { year, quarter }, used + more)))
}

/// `thang 12`, `thang 12/2026`, `12/2026`, `thang nay`.
fn one_month(words: &[&str], today: NaiveDate) -> Result<Found, WhenError> {
    let this = Month::of(today);
    let (token, used) = match words {
        ["thang", "nay", ..] => return Ok(Some((PeriodKind::Month(this), 2))),
        ["thang", "truoc", ..] => return Ok(Some((PeriodKind::Month(this.previous()), 2))),
        ["thang", token, ..] => (*token, 2),
        [token, ..] if with_year(token).1.is_some() => (*token, 1),
        _ => return Ok(None),
    };
    let (number, given) = with_year(token);
    let Some(number) = short(number) else { return Ok(None) };
    let (year, more) = year_after(given, &words[used..], today);
    Ok(Some((PeriodKind::Month(month(year, number)?), used + more)))
}

/// `2015-2018`, `tu 2015 den 2018`. A long dash is folded to a blank, so two years side by side
/// are a range too.
fn range_of_years(words: &[&str]) -> Found {
    let lead = match words {
        ["tu" | "from", "nam", ..] | ["giai", "doan", ..] => 2,
        ["tu" | "from" | "nam", ..] => 1,
        _ => 0,
    };
    let words = &words[lead..];
    let (from, to, used) = match words {
        [range, ..] if range.len() == 9 => {
            let (from, to) = range.split_once('-')?;
            (from, to, 1)
        }
        [from, "-" | "den" | "toi" | "to", "nam", to, ..] => (*from, *to, 4),
        [from, "-" | "den" | "toi" | "to", to, ..] => (*from, *to, 3),
        [from, to, ..] => (from.trim_end_matches('-'), to.trim_start_matches('-'), 2),
        _ => return None,
    };
    let kind = PeriodKind::Years { from: four_digits(from)?, to: four_digits(to)? };
    Some((kind, lead + used))
}

fn year(words: &[&str], today: NaiveDate) -> Option<(i32, usize)> {
    match words {
        ["nam", "nay", ..] | ["this", "year", ..] => Some((today.year(), 2)),
        ["nam", "ngoai" | "truoc", ..] | ["last", "year", ..] => Some((today.year() - 1, 2)),
        ["nam", year, ..] => Some((four_digits(year)?, 2)),
        [year, ..] => Some((four_digits(year)?, 1)),
        [] => None,
    }
}

/// The year of a month or quarter: the one given with it, or the one that follows, or today's.
fn year_after(given: Option<i32>, after: &[&str], today: NaiveDate) -> (i32, usize) {
    match given {
        Some(year) => (year, 0),
        None => year(after, today).unwrap_or((today.year(), 0)),
    }
}

/// `12/2026` is the number and its year; anything else is left as it is.
fn with_year(token: &str) -> (&str, Option<i32>) {
    match token.split_once(['/', '-']) {
        Some((number, year)) if four_digits(year).is_some() => (number, four_digits(year)),
        _ => (token, None),
    }
}

fn four_digits(token: &str) -> Option<i32> {
    let year = digits(token).filter(|_| token.len() == 4)?.cast_signed();
    YEARS.contains(&year).then_some(year)
}

fn numeric(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::fixture::day;
    use proptest::prelude::*;
    use rstest::rstest;

    fn today() -> NaiveDate {
        day(2026, 11, 26)
    }

    fn taken(text: &str) -> (String, Option<PeriodKind>) {
        let (rest, period) = take_period(text, today()).unwrap();
        (rest, period.map(|period| period.kind))
    }

    #[rstest]
    #[case("2018", PeriodKind::Year(2018))]
    #[case("năm 2018", PeriodKind::Year(2018))]
    #[case("năm nay", PeriodKind::Year(2026))]
    #[case("năm ngoái", PeriodKind::Year(2025))]
    #[case("2018-2018", PeriodKind::Year(2018))]
    #[case("2015-2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("2015 – 2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("2015 -2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("2015 đến 2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("từ 2015 đến 2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("tu nam 2015 den nam 2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("giai đoạn 2015-2018", PeriodKind::Years { from: 2015, to: 2018 })]
    #[case("tháng 12", PeriodKind::Month(Month::of(day(2026, 12, 1))))]
    #[case("THANG 12", PeriodKind::Month(Month::of(day(2026, 12, 1))))]
    #[case("tháng 12/2025", PeriodKind::Month(Month::of(day(2025, 12, 1))))]
    #[case("tháng 12 năm 2025", PeriodKind::Month(Month::of(day(2025, 12, 1))))]
    #[case("tháng 1 2018", PeriodKind::Month(Month::of(day(2018, 1, 1))))]
    #[case("12/2025", PeriodKind::Month(Month::of(day(2025, 12, 1))))]
    #[case("tháng trước", PeriodKind::Month(Month::of(day(2026, 10, 1))))]
    #[case("quý 3", PeriodKind::Quarter { year: 2026, quarter: 3 })]
    #[case("quý 3/2018", PeriodKind::Quarter { year: 2018, quarter: 3 })]
    #[case("Quý III năm 2018", PeriodKind::Quarter { year: 2018, quarter: 3 })]
    #[case("quý IV", PeriodKind::Quarter { year: 2026, quarter: 4 })]
    #[case("quý hai", PeriodKind::Quarter { year: 2026, quarter: 2 })]
    #[case("q3-2018", PeriodKind::Quarter { year: 2018, quarter: 3 })]
    #[case("quý này", PeriodKind::Quarter { year: 2026, quarter: 4 })]
    #[case("quý trước", PeriodKind::Quarter { year: 2026, quarter: 3 })]
    #[case("6 tháng", PeriodKind::SixMonths(2026))]
    #[case("9 tháng", PeriodKind::NineMonths(2026))]
    #[case("6 tháng 2018", PeriodKind::SixMonths(2018))]
    #[case("6 tháng/2018", PeriodKind::SixMonths(2018))]
    #[case("6 tháng đầu năm", PeriodKind::SixMonths(2026))]
    #[case("6 tháng đầu năm 2018", PeriodKind::SixMonths(2018))]
    #[case("6 tháng đầu 2018", PeriodKind::SixMonths(2018))]
    #[case("6 tháng cuối năm 2018", PeriodKind::LastSixMonths(2018))]
    #[case("9 tháng năm 2018", PeriodKind::NineMonths(2018))]
    #[case("9 tháng đầu năm ngoái", PeriodKind::NineMonths(2025))]
    fn people_type_a_period(#[case] typed: &str, #[case] kind: PeriodKind) {
        assert_eq!(taken(typed), (String::new(), Some(kind)));
        let in_a_command = format!("Phòng 1 {typed}");
        assert_eq!(taken(&in_a_command), ("phong 1".into(), Some(kind)));
        let before = format!("{typed} chi bộ Văn phòng");
        assert_eq!(taken(&before), ("chi bo van phong".into(), Some(kind)));
    }

    #[rstest]
    #[case("")]
    #[case("Phòng 1")]
    #[case("phong 3 thanh tra")]
    #[case("QC-014")]
    #[case("99")]
    #[case("201")]
    #[case("1899")]
    #[case("đồng chí Quý")]
    #[case("Quý Nam")]
    #[case("3/12/2026")]
    #[case("chi bộ phòng 3 - thanh tra")]
    fn what_is_no_period_is_left_whole(#[case] typed: &str) {
        assert_eq!(taken(typed), (fold(typed), None));
    }

    #[test]
    fn the_number_of_a_room_is_not_taken_for_the_six_months() {
        let december = PeriodKind::Month(Month::of(day(2026, 12, 1)));
        assert_eq!(taken("phòng 6 tháng 12"), ("phong 6".into(), Some(december)));
        assert_eq!(taken("phòng 6 2018"), ("phong 6".into(), Some(PeriodKind::Year(2018))));
    }

    #[test]
    fn a_dash_or_small_word_before_the_period_goes_with_it() {
        let year = Some(PeriodKind::Year(2018));
        for typed in ["phòng 1 - 2018", "phòng 1 trong năm 2018", "2018 - phòng 1"] {
            assert_eq!(taken(typed), ("phong 1".into(), year), "{typed}");
        }
    }

    #[rstest]
    #[case("2018-2015", WhenError::Backwards { from: 2018, to: 2015 })]
    #[case("phòng 1 từ 2018 đến 2015", WhenError::Backwards { from: 2018, to: 2015 })]
    #[case("tháng 13", WhenError::NoSuchMonth(13))]
    #[case("tháng 0/2018", WhenError::NoSuchMonth(0))]
    #[case("quý 5", WhenError::NoSuchQuarter(5))]
    #[case("quý 0/2018", WhenError::NoSuchQuarter(0))]
    #[case("2018 quý 3", WhenError::TwoPeriods)]
    #[case("tháng 1 tháng 2", WhenError::TwoPeriods)]
    fn a_period_that_cannot_be_is_an_error(#[case] typed: &str, #[case] error: WhenError) {
        assert_eq!(take_period(typed, today()), Err(error));
    }

    #[rstest]
    #[case(PeriodKind::Month(Month::of(day(2018, 12, 9))), day(2018, 12, 1), day(2019, 1, 1))]
    #[case(PeriodKind::Quarter { year: 2018, quarter: 3 }, day(2018, 7, 1), day(2018, 10, 1))]
    #[case(PeriodKind::SixMonths(2018), day(2018, 1, 1), day(2018, 7, 1))]
    #[case(PeriodKind::LastSixMonths(2018), day(2018, 7, 1), day(2019, 1, 1))]
    #[case(PeriodKind::NineMonths(2018), day(2018, 1, 1), day(2018, 10, 1))]
    #[case(PeriodKind::Year(2018), day(2018, 1, 1), day(2019, 1, 1))]
    #[case(PeriodKind::Years { from: 2015, to: 2018 }, day(2015, 1, 1), day(2019, 1, 1))]
    fn a_period_ends_where_the_next_begins(
        #[case] kind: PeriodKind,
        #[case] from: NaiveDate,
        #[case] to: NaiveDate,
    ) {
        let period = Period::new(kind).unwrap();
        assert_eq!(period, Period { from, to, kind });
        assert!(period.contains(from) && !period.contains(to));
    }

    #[test]
    fn years_nobody_means_are_refused() {
        assert_eq!(Period::new(PeriodKind::Year(20018)), Err(WhenError::NoSuchYear(20018)));
        let to = PeriodKind::Years { from: 2015, to: 2201 };
        assert_eq!(Period::new(to), Err(WhenError::NoSuchYear(2201)));
    }

    proptest! {
        #[test]
        fn quarters_make_up_their_year(year in 1900i32..=2100) {
            let quarters: Vec<_> = (1..=4)
                .map(|quarter| Period::new(PeriodKind::Quarter { year, quarter }).unwrap())
                .collect();
            let whole = Period::new(PeriodKind::Year(year)).unwrap();
            prop_assert!(quarters.windows(2).all(|two| two[0].to == two[1].from));
            prop_assert_eq!((quarters[0].from, quarters[3].to), (whole.from, whole.to));
        }

        #[test]
        fn a_range_is_read_or_refused_by_its_direction(from in 1900i32..=2100, to in 1900i32..=2100) {
            let read = take_period(&format!("phòng 2 {from}-{to}"), today());
            match read {
                Ok((rest, Some(period))) => {
                    prop_assert!(from <= to);
                    prop_assert_eq!(rest, "phong 2");
                    prop_assert_eq!((period.from.year(), period.to.year()), (from, to + 1));
                }
                other => prop_assert_eq!(other, Err(WhenError::Backwards { from, to })),
            }
        }

        #[test]
        fn small_numbers_are_never_periods(n in 0u32..1000) {
            prop_assert_eq!(taken(&format!("phòng {n}")), (format!("phong {n}"), None));
        }
    }
}
