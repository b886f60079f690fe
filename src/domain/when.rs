//! Dates and periods as people type them: `3/12`, `mai`, `thứ 6`, `tháng 12`, `quý 3/2018`,
//! `2015-2018`, with or without marks. Day before month, always; what cannot be is an error, not a
//! guess.
//!
//! Not for the recurring rule of a meeting (see [`super::recurrence`]) and not for the time of day.

mod period;

use chrono::{Datelike, Days, NaiveDate, Weekday};

pub use period::{Period, PeriodKind, take_period};

use super::text::fold;

/// Why words are no date or period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenError {
    /// The words hold something else than a date.
    NotADate,
    /// A date that no calendar has, such as 31/2; `year` is `None` where none was typed.
    NoSuchDate { day: u32, month: u32, year: Option<i32> },
    /// A month that is not 1 to 12.
    NoSuchMonth(u32),
    /// A quarter that is not 1 to 4.
    NoSuchQuarter(u32),
    /// A year outside 1900 to 2100.
    NoSuchYear(i32),
    /// A range whose end comes before its beginning.
    Backwards { from: i32, to: i32 },
    /// The words name two periods.
    TwoPeriods,
}

/// A day as somebody types it who decides something: without its year the one ahead, if that is so near, and else
/// the one that was.
pub fn near(text: &str, today: NaiveDate, days: i64) -> Result<NaiveDate, WhenError> {
    let ahead = date(text, today, Toward::Future)?;
    if (ahead - today).num_days() <= days {
        return Ok(ahead);
    }
    date(text, today, Toward::Past)
}

/// Which way a date without its year, or a weekday, lies from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// Something that will happen: a meeting, a limit.
    Future,
    /// Something that has happened: a ceremony, a decision.
    Past,
}

/// Years that people mean when they type four digits.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads a date: `3/12`, `03-12`, `3/12/2026`, `3/12/26`, `2026-12-03`, `ngày 3 tháng 12 [năm
/// 2026]`, `hôm nay`, `hôm qua`, `mai`, `ngày kia`, `thứ 6 [tuần này | tuần sau | tuần trước]`,
/// `chủ nhật`.
///
/// A date without a year is the nearest one in the given direction, today included, or one of the
/// coming month where it is not eleven months past; a weekday alone is the nearest one, today
/// excluded.
pub fn date(text: &str, today: NaiveDate, toward: Toward) -> Result<NaiveDate, WhenError> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some(days) = days_away(&words) {
        return Ok(today + chrono::Duration::days(days));
    }
    let words = match &words[..] {
        ["ngay" | "hom", rest @ ..] => rest,
        words => words,
    };
    if let Some((weekday, used)) = weekday(words) {
        return on_weekday(weekday, &words[used..], today, toward);
    }
    let (day, month, year) = numbers_of_date(words).ok_or(WhenError::NotADate)?;
    match year {
        Some(year) => of_year(day, month, year),
        None => nearest(day, month, today, toward),
    }
}

/// Reads a date as [`date`] does, but takes one without its year for the nearest there is, gone by or
/// to come: so that who types yesterday's is not understood to mean next year's.
pub fn nearest_date(text: &str, today: NaiveDate) -> Result<NaiveDate, WhenError> {
    let ahead = date(text, today, Toward::Future);
    match (ahead, date(text, today, Toward::Past)) {
        (Ok(ahead), Ok(past)) if (ahead - today).num_days() > 7 && today - past < ahead - today => {
            Ok(past)
        }
        (Ok(ahead), _) => Ok(ahead),
        // Such as 29/2, which only the year before has.
        (Err(_), past) => past,
    }
}

/// Reads a day alone, as people name one when the month goes without saying: `5`, `ngày 5`, `mùng
/// 5`. It is the first such day from `from` on. `None` if the text is no such thing.
pub fn day_alone(text: &str, from: NaiveDate) -> Option<Result<NaiveDate, WhenError>> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let day = match words[..] {
        [day] | ["ngay" | "mung" | "mong", day] => short(day)?,
        _ => return None,
    };
    let ahead = from.iter_days().take(DAYS_TO_THE_31ST).find(|date| date.day() == day);
    Some(ahead.ok_or(WhenError::NoSuchDate { day, month: from.month(), year: None }))
}

/// The dates among the words of a text, such as the one of "06-NQ/CB ngày 31/2/2018": each stands after
/// "ngày", or is written with its year. One without its year has gone by, as [`Toward::Past`] has it.
pub fn dates_in(text: &str, today: NaiveDate) -> Vec<Result<NaiveDate, WhenError>> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let written = |(i, word): (usize, &&str)| match (*word, word.matches('/').count()) {
        ("ngay", _) => (1..=5).rev().find_map(|n| numbers_of_date(words.get(i + 1..i + 1 + n)?)),
        (_, 2) => numbers_of_date(&[word]),
        _ => None,
    };
    let read = |(day, month, year): (u32, u32, Option<i32>)| match year {
        Some(year) => of_year(day, month, year),
        None => nearest(day, month, today, Toward::Past).or_else(|wrong| {
            // A day that another year has is one.
            let other = NaiveDate::from_ymd_opt(2000, month, day);
            other.ok_or(wrong)
        }),
    };
    let mut dates: Vec<_> = words.iter().enumerate().filter_map(written).map(read).collect();
    // One after "ngày" with its year is found in both ways.
    dates.dedup();
    dates
}

fn of_year(day: u32, month: u32, year: i32) -> Result<NaiveDate, WhenError> {
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year));
    date.ok_or(WhenError::NoSuchDate { day, month, year: Some(year) })
}

/// What looks like a date and is none, as it was typed: `32/13`, `3/12/202`. `None`: it does not look like
/// one.
pub fn no_date(text: &str, read: &WhenError) -> Option<String> {
    let typed = text.trim();
    let parts: Vec<&str> = typed.split(['/', '-', '.']).collect();
    let figures = |part: &&str| digits(part).is_some();
    if (2..=3).contains(&parts.len()) && parts.iter().all(figures) {
        return Some(typed.to_owned());
    }
    no_such_date(read)
}

/// The date that no calendar has, in figures.
pub fn no_such_date(read: &WhenError) -> Option<String> {
    let WhenError::NoSuchDate { day, month, year } = read else { return None };
    let year = year.map(|year| format!("/{year}")).unwrap_or_default();
    Some(format!("{day}/{month}{year}"))
}

/// Within so many days from any day every day of a month comes at least once.
const DAYS_TO_THE_31ST: usize = 62;

fn days_away(words: &[&str]) -> Option<i64> {
    match words {
        ["hom", "nay"] | ["today"] => Some(0),
        ["mai"] | ["ngay", "mai"] | ["tomorrow"] => Some(1),
        ["ngay", "kia"] => Some(2),
        ["hom", "qua"] | ["yesterday"] => Some(-1),
        _ => None,
    }
}

fn on_weekday(
    weekday: Weekday,
    rest: &[&str],
    today: NaiveDate,
    toward: Toward,
) -> Result<NaiveDate, WhenError> {
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let in_week = monday + Days::new(weekday.num_days_from_monday().into());
    match (rest, toward) {
        ([], Toward::Future) => {
            let ahead = weekday.days_since(today.weekday().succ()) + 1;
            Ok(today + Days::new(ahead.into()))
        }
        ([], Toward::Past) => {
            let back = today.weekday().pred().days_since(weekday) + 1;
            Ok(today - Days::new(back.into()))
        }
        (["tuan", "nay"], _) => Ok(in_week),
        (["tuan", "sau" | "toi"], _) => Ok(in_week + Days::new(7)),
        (["tuan", "truoc"], _) => Ok(in_week - Days::new(7)),
        _ => Err(WhenError::NotADate),
    }
}

/// Day, month and year as typed, whether there is such a date or not.
fn numbers_of_date(words: &[&str]) -> Option<(u32, u32, Option<i32>)> {
    match words {
        [token] => {
            let separator = if token.contains('/') { '/' } else { '-' };
            let parts: Vec<&str> = token.split(separator).collect();
            match parts[..] {
                [day, month] => Some((short(day)?, short(month)?, None)),
                [year, month, day] if year.len() == 4 => {
                    Some((short(day)?, short(month)?, Some(digits(year)?.cast_signed())))
                }
                [day, month, year] => Some((short(day)?, short(month)?, Some(full_year(year)?))),
                _ => None,
            }
        }
        ["mung" | "mong", rest @ ..] => numbers_of_date(rest),
        [day, "thang", month] => match month.split_once(['/', '-']) {
            Some((month, year)) => Some((short(day)?, short(month)?, Some(full_year(year)?))),
            None => Some((short(day)?, short(month)?, None)),
        },
        [day, "thang", month, year] | [day, "thang", month, "nam", year] => {
            Some((short(day)?, short(month)?, Some(full_year(year)?)))
        }
        _ => None,
    }
}

/// The nearest date of that day and month that this year or the one beside it has.
fn nearest(day: u32, month: u32, today: NaiveDate, toward: Toward) -> Result<NaiveDate, WhenError> {
    let year = today.year();
    // A day of the coming month, where a past one is asked for, is a slip rather than eleven months
    // ago: whoever asks says that it has not come.
    let soon = NaiveDate::from_ymd_opt(year, month, day)
        .filter(|date| toward == Toward::Past && (1..=31).contains(&(*date - today).num_days()));
    if let Some(soon) = soon {
        return Ok(soon);
    }
    let years = match toward {
        Toward::Future => [year, year + 1],
        Toward::Past => [year, year - 1],
    };
    years
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|date| match toward {
            Toward::Future => *date >= today,
            Toward::Past => *date <= today,
        })
        .ok_or(WhenError::NoSuchDate { day, month, year: None })
}

/// The weekday that folded words begin with, and how many words it takes: `thu 2`, `thu hai`,
/// `t2`, `chu nhat`, `cn`, `monday`.
pub(super) fn weekday(words: &[&str]) -> Option<(Weekday, usize)> {
    match words {
        ["chu", "nhat", ..] => Some((Weekday::Sun, 2)),
        ["cn" | "sunday", ..] => Some((Weekday::Sun, 1)),
        ["thu", day, ..] => Some((workday(number(day)?)?, 2)),
        ["t2" | "monday", ..] => Some((Weekday::Mon, 1)),
        ["t3" | "tuesday", ..] => Some((Weekday::Tue, 1)),
        ["t4" | "wednesday", ..] => Some((Weekday::Wed, 1)),
        ["t5" | "thursday", ..] => Some((Weekday::Thu, 1)),
        ["t6" | "friday", ..] => Some((Weekday::Fri, 1)),
        ["t7" | "saturday", ..] => Some((Weekday::Sat, 1)),
        _ => None,
    }
}

/// Vietnamese counts Monday as the second day.
fn workday(number: u32) -> Option<Weekday> {
    (2..=7).contains(&number).then(|| Weekday::try_from(number as u8 - 2).ok()).flatten()
}

/// A number written in digits or as one folded Vietnamese word, 1 to 10.
pub(super) fn number(word: &str) -> Option<u32> {
    Some(match word {
        "mot" | "nhat" => 1,
        "hai" => 2,
        "ba" => 3,
        "tu" | "bon" => 4,
        "nam" => 5,
        "sau" => 6,
        "bay" => 7,
        "tam" => 8,
        "chin" => 9,
        "muoi" => 10,
        digits => return self::digits(digits),
    })
}

fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A number of one or two digits.
fn short(text: &str) -> Option<u32> {
    digits(text).filter(|_| text.len() <= 2)
}

/// A year of four digits, or of two in this century.
fn full_year(text: &str) -> Option<i32> {
    let year = digits(text)?.cast_signed();
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::fixture::day;
    use proptest::prelude::*;
    use rstest::rstest;

    /// A Monday.
    fn today() -> NaiveDate {
        day(2026, 11, 30)
    }

    #[rstest]
    #[case("3/12", day(2026, 12, 3))]
    #[case("03-12", day(2026, 12, 3))]
    #[case("3/12/2026", day(2026, 12, 3))]
    #[case("03-12-2027", day(2027, 12, 3))]
    #[case("3/12/26", day(2026, 12, 3))]
    #[case("2026-12-03", day(2026, 12, 3))]
    #[case("ngày 3/12", day(2026, 12, 3))]
    #[case("Ngày 3 tháng 12", day(2026, 12, 3))]
    #[case("ngay 3 thang 12 nam 2027", day(2027, 12, 3))]
    #[case("mùng 3 tháng 12/2027", day(2027, 12, 3))]
    #[case("30/11", day(2026, 11, 30))]
    #[case("29/11", day(2027, 11, 29))]
    #[case("hôm nay", day(2026, 11, 30))]
    #[case("HOM NAY", day(2026, 11, 30))]
    #[case("mai", day(2026, 12, 1))]
    #[case("ngày mai", day(2026, 12, 1))]
    #[case("ngày kia", day(2026, 12, 2))]
    #[case("hôm qua", day(2026, 11, 29))]
    #[case("thứ 6", day(2026, 12, 4))]
    #[case("thứ sáu", day(2026, 12, 4))]
    #[case("t6", day(2026, 12, 4))]
    #[case("chủ nhật", day(2026, 12, 6))]
    #[case("cn", day(2026, 12, 6))]
    #[case("thứ hai", day(2026, 12, 7))] // today is one: the next
    #[case("thu 3 tuan sau", day(2026, 12, 8))]
    #[case("chủ nhật tuần này", day(2026, 12, 6))]
    #[case("thứ năm tuần trước", day(2026, 11, 26))]
    fn people_type_a_date_to_come(#[case] typed: &str, #[case] expected: NaiveDate) {
        assert_eq!(date(typed, today(), Toward::Future), Ok(expected));
    }

    #[rstest]
    #[case("3/12", day(2026, 12, 3))] // slipped: eleven months ago is not meant
    #[case("5/1", day(2026, 1, 5))]
    #[case("15/2", day(2026, 2, 15))]
    #[case("30/11", day(2026, 11, 30))]
    #[case("29/11", day(2026, 11, 29))]
    #[case("3/12/2026", day(2026, 12, 3))]
    #[case("thứ 6", day(2026, 11, 27))]
    #[case("chủ nhật", day(2026, 11, 29))]
    #[case("thứ hai", day(2026, 11, 23))]
    fn people_type_a_date_gone_by(#[case] typed: &str, #[case] expected: NaiveDate) {
        assert_eq!(date(typed, today(), Toward::Past), Ok(expected));
    }

    #[rstest]
    #[case("3/12", day(2026, 12, 3))]
    #[case("29/11", day(2026, 11, 29))]
    #[case("29/11/2027", day(2027, 11, 29))]
    #[case("5/1", day(2027, 1, 5))]
    #[case("thứ 6", day(2026, 12, 4))]
    #[case("thứ hai", day(2026, 12, 7))]
    #[case("mai", day(2026, 12, 1))]
    fn a_date_without_its_year_is_the_nearest(#[case] typed: &str, #[case] expected: NaiveDate) {
        assert_eq!(nearest_date(typed, today()), Ok(expected));
    }

    #[rstest]
    #[case("31/2", 31, 2, None)]
    #[case("12/25", 12, 25, None)] // never the American order
    #[case("31/4/2027", 31, 4, Some(2027))]
    #[case("29/2/2027", 29, 2, Some(2027))]
    #[case("29/2", 29, 2, None)] // neither 2026 nor 2027 has one
    #[case("0/1", 0, 1, None)]
    #[case("3/12/0026", 3, 12, Some(26))]
    fn a_date_that_no_calendar_has(
        #[case] typed: &str,
        #[case] day: u32,
        #[case] month: u32,
        #[case] year: Option<i32>,
    ) {
        let error = WhenError::NoSuchDate { day, month, year };
        assert_eq!(date(typed, today(), Toward::Future), Err(error));
    }

    #[rstest]
    #[case("06-NQ/CB ngày 31/2/2018", Some((31, 2, Some(2018))))]
    #[case("06-NQ/CB, 31/02/2018", Some((31, 2, Some(2018))))]
    #[case("06-NQ/CB ngày 31 tháng 2 năm 2018", Some((31, 2, Some(2018))))]
    #[case("06-NQ/CB ngày 30/2", Some((30, 2, None)))]
    #[case("06-NQ/CB ngày 29/2", None)]
    #[case("06-NQ/CB ngày 03/12/2018", None)]
    #[case("41-QĐ/ĐU", None)]
    #[case("12/35 ngày họp", None)]
    fn a_paper_is_of_a_day_that_there_is(
        #[case] typed: &str,
        #[case] wrong: Option<(u32, u32, Option<i32>)>,
    ) {
        let wrong = wrong.map(|(day, month, year)| WhenError::NoSuchDate { day, month, year });
        let read = dates_in(typed, today());
        assert_eq!(read.into_iter().find_map(Result::err), wrong);
    }

    #[rstest]
    #[case("06-NQ/CB ngày 03/12/2026", &[day(2026, 12, 3)])]
    #[case("06-NQ/CB ngày 3/12", &[day(2026, 12, 3)])] // not eleven months ago
    #[case("06-NQ/CB ngày 3 tháng 10", &[day(2026, 10, 3)])]
    #[case("06-NQ/CB, 1/2/2026; 07-NQ/CB ngày 2/2/2099", &[day(2026, 2, 1), day(2099, 2, 2)])]
    #[case("84/2018", &[])]
    fn a_paper_says_of_which_day_it_is(#[case] typed: &str, #[case] dates: &[NaiveDate]) {
        let read: Result<Vec<NaiveDate>, WhenError> =
            dates_in(typed, today()).into_iter().collect();
        assert_eq!(read.as_deref(), Ok(dates));
    }

    #[rstest]
    #[case("32/13", Some("32/13"))]
    #[case(" 31/2/2027 ", Some("31/2/2027"))]
    #[case("3/12/202", Some("3/12/202"))]
    #[case("3.12", Some("3.12"))]
    #[case("ngày 31 tháng 2", Some("31/2"))]
    #[case("thứ 8", None)]
    #[case("2", None)]
    #[case("05-NQ/CB", None)]
    fn what_looks_like_a_date_and_is_none(#[case] typed: &str, #[case] shown: Option<&str>) {
        let wrong = date(typed, today(), Toward::Past).unwrap_err();
        assert_eq!(no_date(typed, &wrong).as_deref(), shown);
    }

    #[rstest]
    #[case("")]
    #[case("3")]
    #[case("12/2018")]
    #[case("3/12/202")]
    #[case("123/4")]
    #[case("3/12-2018")]
    #[case("thứ 8")]
    #[case("thứ 6 nào đó")]
    #[case("tháng 12")]
    #[case("phòng 1")]
    fn what_is_no_date_is_not_guessed(#[case] typed: &str) {
        assert_eq!(date(typed, today(), Toward::Future), Err(WhenError::NotADate));
    }

    proptest! {
        #[test]
        fn a_date_is_read_back_in_every_spelling(offset in 0u64..40_000, now in 0u64..40_000) {
            let now = day(1990, 1, 1) + Days::new(now);
            let meant = day(1990, 1, 1) + Days::new(offset);
            for spelling in ["%d/%m/%Y", "%-d-%-m-%Y", "%Y-%m-%d", "ngày %-d tháng %-m năm %Y"] {
                let typed = meant.format(spelling).to_string();
                prop_assert_eq!(date(&typed, now, Toward::Future), Ok(meant));
            }
        }

        #[test]
        fn a_weekday_is_within_a_week_of_today(offset in 0u64..4000, number in 2u32..=7) {
            let now = day(2018, 1, 1) + Days::new(offset);
            let typed = format!("thứ {number}");
            let ahead = date(&typed, now, Toward::Future).unwrap() - now;
            let back = now - date(&typed, now, Toward::Past).unwrap();
            prop_assert!((1..=7).contains(&ahead.num_days()) && (1..=7).contains(&back.num_days()));
            prop_assert!((ahead + back).num_days() % 7 == 0);
        }

        #[test]
        fn no_text_is_too_odd_to_be_answered(text in ".{0,40}") {
            let _ = date(&text, today(), Toward::Future);
            let _ = take_period(&text, today());
        }
    }
}
