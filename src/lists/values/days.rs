//! Days as offices write them: the day before the month, with whatever stands between.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{Allowed, Doubt, Read, doubted, faulty, is_nothing, sure};
use crate::domain::text::fold;
use crate::lists::file::{Cell, Epoch, serial_day};

/// A day as exactly as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Day {
    Exact(NaiveDate),
    /// Year and month, 1 to 12.
    Month(i32, u32),
    Year(i32),
}

impl Day {
    pub fn year(self) -> i32 {
        match self {
            Self::Exact(day) => day.year(),
            Self::Month(year, _) | Self::Year(year) => year,
        }
    }

    /// The day, if it is told exactly.
    pub const fn exact(self) -> Option<NaiveDate> {
        match self {
            Self::Exact(day) => Some(day),
            Self::Month(..) | Self::Year(_) => None,
        }
    }
}

/// From the first to the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    pub first: Day,
    /// The same where only one is told.
    pub last: Day,
}

/// Serial numbers of Excel that are believed to be days: 1927 to 2118. What is smaller is a year, or a slip.
const SERIALS: std::ops::RangeInclusive<u32> = 10_000..=80_000;

/// Words that stand around days and change nothing.
const AROUND: [&str; 10] =
    ["ngay", "thang", "nam", "sinh", "mung", "mong", "vao", "tu", "den", "ns"];

/// The day that a cell holds.
///
/// # Errors
/// Why it holds none.
pub fn day(cell: &Cell) -> Read<Day> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Day(day) if (1900..=2100).contains(&day.year()) => sure(Day::Exact(*day)),
        Cell::Day(_) => Err(Allowed::Year),
        // Numbers too: "3.2018" is one where it was typed as a month.
        Cell::Number(number) => day_in(&number.to_string()),
        Cell::Text(text) => day_in(text),
        Cell::Bool(_) => Err(Allowed::Day),
        Cell::Fault(fault) => Err(faulty(fault)),
    }
}

/// The day that a text tells.
///
/// # Errors
/// Why it tells none.
pub fn day_in(text: &str) -> Read<Day> {
    if is_nothing(text) && !text.contains(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let numbers = numbers(without_remark(text)).ok_or(Allowed::Day)?;
    let parts: Vec<&str> = numbers.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["0" | "00"] => Ok(None),
        [one] => alone(one),
        [month, year] if year.len() == 4 => of_month(year, month),
        [year, month] if year.len() == 4 => of_month(year, month),
        [year, month, day] if year.len() == 4 => exact(year, month, day),
        [day, month, year] if year.len() == 4 => exact(year, month, day),
        [day, month, year] if year.len() == 2 => of_century(year, month, day),
        _ => Err(Allowed::Day),
    }
}

/// What is said in brackets behind the days of the Party.
const REMARKS: [&str; 8] =
    ["du bi", "db", "dang vien du bi", "chinh thuc", "ct", "dang vien chinh thuc", "ket nap", "kn"];

/// A text without a remark that says only which day it is: "3/2/1999 (dự bị)".
fn without_remark(text: &str) -> &str {
    let Some((day, remark)) = text.trim().split_once('(') else { return text };
    let remark = remark.trim_end().strip_suffix(')').map(fold);
    match remark.is_some_and(|remark| REMARKS.contains(&remark.trim())) {
        true => day.trim_end(),
        false => text,
    }
}

/// The numbers of a text in which nothing but a day stands; `None` where something else does.
fn numbers(text: &str) -> Option<Vec<String>> {
    // A time of the day behind it, as programs write it.
    let text = text.trim().trim_start_matches(['\'', '’', '‘', '`', '"']);
    let spaced: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() || c.is_alphabetic() || c == ':' { c } else { ' ' })
        .collect();
    let mut out = Vec::new();
    let mut lead = true;
    for word in spaced.split_whitespace() {
        let (word, timed) = match word.split_once('T') {
            Some((day, time))
                if time.starts_with(|c: char| c.is_ascii_digit()) && !day.is_empty() =>
            {
                (day, true)
            }
            _ => (word, false),
        };
        if word.contains(':') && word.trim_matches(':').contains(':')
            || (word.contains(':') && out.len() == 3)
        {
            break;
        }
        let word = word.trim_matches(':');
        if word.is_empty() {
            continue;
        }
        if word.bytes().all(|c| c.is_ascii_digit()) && word.len() <= 8 {
            out.push(word.to_owned());
            lead = false;
        } else if !(AROUND.contains(&fold(word).as_str()) && (lead || out.len() < 3)) {
            return None;
        }
        if timed {
            break;
        }
    }
    (!out.is_empty() && out.len() <= 3).then_some(out)
}

fn alone(text: &str) -> Read<Day> {
    let number: u32 = text.parse().map_err(|_| Allowed::Day)?;
    match text.len() {
        4 => Ok(year(text)?.map_or(Err(Allowed::Year), |year| sure(Day::Year(year)))?),
        5 if SERIALS.contains(&number) => {
            let day = serial_day(f64::from(number), Epoch::Of1900);
            day.map_or(Err(Allowed::Day), |day| sure(Day::Exact(day)))
        }
        7 => alone(&format!("0{text}")),
        8 => {
            let (day, rest) = text.split_at(2);
            let (month, year) = rest.split_at(2);
            exact(year, month, day)
        }
        _ => Err(Allowed::Day),
    }
}

fn year(text: &str) -> Result<Option<i32>, Allowed> {
    let year: i32 = text.parse().map_err(|_| Allowed::Day)?;
    Ok((1900..=2100).contains(&year).then_some(year))
}

fn month(text: &str) -> Result<u32, Allowed> {
    text.parse().ok().filter(|_| text.len() <= 2).ok_or(Allowed::Day)
}

fn of_month(year_told: &str, month_told: &str) -> Read<Day> {
    let year = year(year_told)?.ok_or(Allowed::Year)?;
    match month(month_told)? {
        0 => sure(Day::Year(year)),
        month @ 1..=12 => sure(Day::Month(year, month)),
        _ => Err(Allowed::DayInCalendar),
    }
}

fn exact(year_told: &str, month_told: &str, day_told: &str) -> Read<Day> {
    let (month, day) = (month(month_told)?, month(day_told)?);
    if month > 12 && (1..=12).contains(&day) {
        return Err(Allowed::DayFirst);
    }
    // "00/00/1985" of who knows only the year.
    if day == 0 {
        return of_month(year_told, month_told);
    }
    let year = year(year_told)?.ok_or(Allowed::Year)?;
    let day = NaiveDate::from_ymd_opt(year, month, day).ok_or(Allowed::DayInCalendar)?;
    sure(Day::Exact(day))
}

/// Two digits of a year. Whoever stands on a list was born or admitted since 1946, or in this century before
/// 2030; between is told as doubtful. No clock is asked, so that the same list is read alike every year.
fn of_century(year: &str, month: &str, day: &str) -> Read<Day> {
    let short: u32 = year.parse().map_err(|_| Allowed::Day)?;
    let whole = if short < 30 { 2000 + short } else { 1900 + short };
    let read = exact(&whole.to_string(), month, day)?;
    match (read, short) {
        (Some(taken), 30..=45) => doubted(taken.value, Doubt::Century),
        (read, _) => Ok(read),
    }
}

/// The days that a text tells: one, "12/3/2018 - 15/3/2018", "12-15/3/2018".
///
/// # Errors
/// Why it tells none.
pub fn span(cell: &Cell) -> Read<Span> {
    let one = day(cell);
    let (Cell::Text(text), Err(error)) = (cell, &one) else {
        return Ok(one?.map(|taken| super::Taken {
            value: Span { first: taken.value, last: taken.value },
            doubt: taken.doubt,
        }));
    };
    let lower = text.to_lowercase();
    let cuts = ["đến", "tới", "–", "—", " - ", "-"];
    let read = |text: &str| day_in(text).ok().flatten().map(|taken| taken.value);
    for cut in cuts {
        let Some((first, last)) = lower.split_once(cut) else { continue };
        let Some(last) = read(last) else { continue };
        // The first may lack what both have alike.
        let (month, year) = match last {
            Day::Exact(day) => (day.month(), day.year()),
            Day::Month(year, month) => (month, year),
            Day::Year(year) => (0, year),
        };
        let first = first.trim().trim_end_matches(['/', '.']);
        let whole =
            [first.to_owned(), format!("{first}/{month}/{year}"), format!("{first}/{year}")];
        if let Some(first) = whole.iter().find_map(|text| read(text)) {
            return sure(Span { first, last });
        }
    }
    Err(*error)
}

#[cfg(test)]
mod tests {
    use super::super::Taken;
    use super::*;

    fn on(y: i32, m: u32, d: u32) -> Day {
        Day::Exact(NaiveDate::from_ymd_opt(y, m, d).unwrap())
    }

    #[test]
    fn days_are_read() {
        for (text, expected) in [
            ("12/03/1985", on(1985, 3, 12)),
            ("12/3/1985", on(1985, 3, 12)),
            ("3-2-2018", on(2018, 2, 3)),
            ("30.04.2008", on(2008, 4, 30)),
            ("30.04.2008.", on(2008, 4, 30)),
            ("'12/03/1985", on(1985, 3, 12)),
            ("’12/03/1985", on(1985, 3, 12)),
            ("12 / 3 / 1985", on(1985, 3, 12)),
            ("12/3/85", on(1985, 3, 12)),
            ("1/2/05", on(2005, 2, 1)),
            ("ngày 3 tháng 2 năm 1985", on(1985, 2, 3)),
            ("Ngày 03/02/1985", on(1985, 2, 3)),
            ("Sinh ngày: 03/02/1985", on(1985, 2, 3)),
            ("sinh 12/3/1985", on(1985, 3, 12)),
            ("1985-03-12", on(1985, 3, 12)),
            ("1985/03/12", on(1985, 3, 12)),
            ("1985-03-12T00:00:00", on(1985, 3, 12)),
            ("1985-03-12 00:00:00", on(1985, 3, 12)),
            ("12/03/1985 08:30", on(1985, 3, 12)),
            ("12031985", on(1985, 3, 12)),
            ("3021985", on(1985, 2, 3)),
            ("31118", on(1985, 3, 12)),
            ("29/02/2016", on(2016, 2, 29)),
            ("03/1985", Day::Month(1985, 3)),
            ("3-1985", Day::Month(1985, 3)),
            ("tháng 3 năm 1985", Day::Month(1985, 3)),
            ("00/03/1985", Day::Month(1985, 3)),
            ("1985", Day::Year(1985)),
            ("năm 1985", Day::Year(1985)),
            ("00/00/1985", Day::Year(1985)),
            ("3.2018", Day::Month(2018, 3)),
        ] {
            assert_eq!(day_in(text), sure(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_says_why() {
        for (text, allowed) in [
            ("13/25/2018", Allowed::DayInCalendar),
            ("3/25/2018", Allowed::DayFirst),
            ("31/02/2018", Allowed::DayInCalendar),
            ("29/02/2018", Allowed::DayInCalendar),
            ("12/3/1785", Allowed::Year),
            ("1785", Allowed::Year),
            ("13/2018", Allowed::DayInCalendar),
            ("12/3", Allowed::Day),
            ("12/3/198", Allowed::Day),
            ("mới", Allowed::Day),
            ("12/3/1985 và 3/4/1986", Allowed::Day),
            ("999999999999", Allowed::Day),
            ("5", Allowed::Day),
            ("12/III/1985", Allowed::Day),
        ] {
            assert_eq!(day_in(text), Err(allowed), "{text}");
        }
        for nothing in ["", "-", "…", "chưa", "không", "0"] {
            assert_eq!(day_in(nothing), Ok(None), "{nothing}");
        }
        assert_eq!(day_in("1/1/40"), doubted(on(1940, 1, 1), Doubt::Century));
        assert_eq!(day(&Cell::Number(1985.0)), sure(Day::Year(1985)));
        assert_eq!(day(&Cell::Number(31_118.0)), sure(on(1985, 3, 12)));
        assert_eq!(day(&Cell::Bool(true)), Err(Allowed::Day));
    }

    #[test]
    fn spans_are_read() {
        for (text, first, last) in [
            ("12/3/2018", on(2018, 3, 12), on(2018, 3, 12)),
            ("12/3/2018 - 15/3/2018", on(2018, 3, 12), on(2018, 3, 15)),
            ("Từ ngày 12/3/2018 đến ngày 15/3/2018", on(2018, 3, 12), on(2018, 3, 15)),
            ("12-15/3/2018", on(2018, 3, 12), on(2018, 3, 15)),
            ("28/2 – 3/3/2018", on(2018, 2, 28), on(2018, 3, 3)),
        ] {
            let read = span(&Cell::Text(text.to_owned()));
            assert_eq!(
                read,
                Ok(Some(Taken { value: Span { first, last }, doubt: None })),
                "{text}"
            );
        }
        assert_eq!(span(&Cell::Text("đợt hai".to_owned())), Err(Allowed::Day));
    }
}
