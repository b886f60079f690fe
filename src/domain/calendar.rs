//! Months, and the days an organisation works: weekends, public holidays, their compensation days
//! and the Saturdays worked in return.
//!
//! Not for recurring dates (see [`super::recurrence`]) and not for reading files: whoever loads
//! `config/holidays.toml` hands the parsed [`HolidayList`] to [`Calendar::new`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A month of a year, written `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// `None` unless the month is 1 to 12 and the year 1 to 9999.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        (1..=9999).contains(&year).then_some(Self { first })
    }

    /// The month that holds `date`.
    pub fn of(date: NaiveDate) -> Self {
        Self { first: date - Days::new(u64::from(date.day0())) }
    }

    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// 1 to 12.
    pub fn number(self) -> u32 {
        self.first.month()
    }

    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    pub fn last_day(self) -> NaiveDate {
        self.next().first - Days::new(1)
    }

    /// How many days it has.
    pub fn length(self) -> u32 {
        self.last_day().day()
    }

    /// The `n`th day, or the last one when the month is shorter.
    pub fn day_or_last(self, n: u32) -> NaiveDate {
        self.first.with_day(n).unwrap_or_else(|| self.last_day())
    }

    pub fn days(self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        let first = self.first;
        (0..self.length()).map(move |n| first + Days::new(u64::from(n)))
    }

    pub fn next(self) -> Self {
        Self { first: self.first + Months::new(1) }
    }

    pub fn previous(self) -> Self {
        Self { first: self.first - Months::new(1) }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// The text is not a month written `YYYY-MM`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a month written YYYY-MM")]
pub struct MonthError(pub String);

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let digits = |part: &str, len| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        text.split_once('-')
            .and_then(|(year, month)| Some((digits(year, 4)?, digits(month, 2)?)))
            .and_then(|(year, month)| Self::new(i32::try_from(year).ok()?, month))
            .ok_or_else(|| MonthError(text.to_owned()))
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;

    fn try_from(text: String) -> Result<Self, MonthError> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

/// What `config/holidays.toml` holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayList {
    /// The `[[year]]` blocks, in any order.
    #[serde(default, rename = "year")]
    pub years: Vec<HolidayYear>,
}

/// The holidays of one year.
///
/// Source: Labour Code (Bộ luật Lao động 2019) Đ.112 fixes the holidays; the Prime Minister's
/// yearly plan decides the days of Tết, the compensation days and the exchanges.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayYear {
    pub year: i32,
    /// The document that decides this list.
    pub cite: String,
    /// Whether the office has compared the list with that document.
    pub confirmed: bool,
    pub days_off: Vec<ListedDayOff>,
    /// Empty when no weekend day is worked.
    #[serde(default)]
    pub make_up: Vec<MakeUpDay>,
}

/// A day off that is listed by name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedDayOff {
    pub date: NaiveDate,
    /// As people read it: "Quốc khánh".
    pub name: String,
    pub kind: HolidayKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// The holiday (ngày lễ, Tết) itself.
    Holiday,
    /// A working day taken off for a holiday on a weekend, or by exchange (nghỉ bù, hoán đổi).
    Compensation,
}

/// A Saturday or Sunday that is worked (làm bù).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    pub date: NaiveDate,
    /// The listed day off it makes up for.
    pub instead_of: NaiveDate,
}

/// Why a holiday list cannot be right; names the entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    #[error("year {0} is listed twice")]
    YearTwice(i32),
    #[error("{date} is listed under year {year}")]
    OutsideYear { date: NaiveDate, year: i32 },
    #[error("{0} is listed twice")]
    DateTwice(NaiveDate),
    #[error("the day off {0} has no name")]
    Nameless(NaiveDate),
    #[error("make-up day {0} is neither a Saturday nor a Sunday, so it is worked anyway")]
    MakeUpOnWeekday(NaiveDate),
    #[error("make-up day {date} stands for {instead_of}, which is not listed as a compensation")]
    MakeUpForNothing { date: NaiveDate, instead_of: NaiveDate },
}

/// Why a day is not worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayOff {
    Saturday,
    Sunday,
    /// Listed by name, whatever weekday it falls on.
    Holiday {
        name: String,
        kind: HolidayKind,
    },
}

/// Where the holidays of a year come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidaySource {
    pub cite: String,
    pub confirmed: bool,
}

/// Which days are worked. The default one knows weekends only.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    days_off: BTreeMap<NaiveDate, (String, HolidayKind)>,
    make_up: BTreeSet<NaiveDate>,
    sources: BTreeMap<i32, HolidaySource>,
}

impl Calendar {
    /// Checks the list and takes it over; the first entry that cannot be right is the error.
    pub fn new(list: HolidayList) -> Result<Self, HolidayError> {
        let mut calendar = Self::default();
        let mut make_up = Vec::new();
        for year in list.years {
            make_up.extend(year.make_up.iter().map(|day| (year.year, *day)));
            calendar.add_days_off(year)?;
        }
        for (year, day) in make_up {
            calendar.add_make_up(year, day)?;
        }
        Ok(calendar)
    }

    fn add_days_off(&mut self, listed: HolidayYear) -> Result<(), HolidayError> {
        let year = listed.year;
        let source = HolidaySource { cite: listed.cite, confirmed: listed.confirmed };
        if self.sources.insert(year, source).is_some() {
            return Err(HolidayError::YearTwice(year));
        }
        for day in listed.days_off {
            if day.date.year() != year {
                return Err(HolidayError::OutsideYear { date: day.date, year });
            }
            if day.name.trim().is_empty() {
                return Err(HolidayError::Nameless(day.date));
            }
            if self.days_off.insert(day.date, (day.name, day.kind)).is_some() {
                return Err(HolidayError::DateTwice(day.date));
            }
        }
        Ok(())
    }

    fn add_make_up(&mut self, year: i32, day: MakeUpDay) -> Result<(), HolidayError> {
        let MakeUpDay { date, instead_of } = day;
        if date.year() != year {
            return Err(HolidayError::OutsideYear { date, year });
        }
        if weekend(date).is_none() {
            return Err(HolidayError::MakeUpOnWeekday(date));
        }
        if self.days_off.contains_key(&date) || !self.make_up.insert(date) {
            return Err(HolidayError::DateTwice(date));
        }
        // The year before may be missing from a list that starts with this one.
        let exchanged = match self.days_off.get(&instead_of) {
            Some((_, kind)) => *kind == HolidayKind::Compensation,
            None => !self.has_year(instead_of.year()),
        };
        exchanged.then_some(()).ok_or(HolidayError::MakeUpForNothing { date, instead_of })
    }

    /// Whether the holidays of that year are listed. Where they are not, only weekends count, and
    /// whoever shows a date should say so.
    pub fn has_year(&self, year: i32) -> bool {
        self.sources.contains_key(&year)
    }

    /// The years between two dates whose holidays are not listed, earliest first: what is counted
    /// there may be moved when the list comes.
    pub fn unlisted(&self, from: NaiveDate, to: NaiveDate) -> Vec<i32> {
        (from.year()..=to.year()).filter(|year| !self.has_year(*year)).collect()
    }

    /// The citation to show beside a date counted with that year's list.
    pub fn source(&self, year: i32) -> Option<&HolidaySource> {
        self.sources.get(&year)
    }

    /// Why `date` is not worked; `None` on a working day.
    pub fn day_off(&self, date: NaiveDate) -> Option<DayOff> {
        match self.days_off.get(&date) {
            Some((name, kind)) => Some(DayOff::Holiday { name: name.clone(), kind: *kind }),
            None if self.make_up.contains(&date) => None,
            None => weekend(date),
        }
    }

    /// Whether `date` is a day of the weekend that is worked in exchange for another (*ngày làm
    /// bù*).
    pub fn is_make_up(&self, date: NaiveDate) -> bool {
        self.make_up.contains(&date)
    }

    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.days_off.contains_key(&date)
            && (self.make_up.contains(&date) || weekend(date).is_none())
    }

    /// The first working day after `date`.
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        self.working_day_from(date + Days::new(1))
    }

    /// The last working day before `date`.
    pub fn previous_working_day(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date - Days::new(1);
        while !self.is_working_day(day) {
            day = day - Days::new(1);
        }
        day
    }

    /// Where a limit that ends on `date` really ends: `date` itself, or the next working day when
    /// it is a day off.
    ///
    /// Source: Civil Code (Bộ luật Dân sự 2015) Đ.148 k.5; no Party text defines it.
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while !self.is_working_day(day) {
            day = day + Days::new(1);
        }
        day
    }

    /// The end of a limit of `n` working days that starts on `date`. The first day is not counted;
    /// a limit of none ends on `date`, or on the next working day.
    ///
    /// Source: Civil Code (Bộ luật Dân sự 2015) Đ.147 k.2 and Đ.148 k.5; no Party text defines it.
    pub fn add_working_days(&self, date: NaiveDate, n: u32) -> NaiveDate {
        let end = (0..n).fold(date, |day, _| self.next_working_day(day));
        self.working_day_from(end)
    }

    /// The day `n` working days before `date`, which itself is not counted and may be a day off.
    pub fn working_days_before(&self, date: NaiveDate, n: u32) -> NaiveDate {
        (0..n).fold(date, |day, _| self.previous_working_day(day))
    }

    /// The days off that lie between two dates, neither included, in order.
    pub fn days_off_between(
        &self,
        after: NaiveDate,
        before: NaiveDate,
    ) -> Vec<(NaiveDate, DayOff)> {
        after
            .iter_days()
            .skip(1)
            .take_while(|day| *day < before)
            .filter_map(|day| Some((day, self.day_off(day)?)))
            .collect()
    }
}

fn weekend(date: NaiveDate) -> Option<DayOff> {
    match date.weekday() {
        Weekday::Sat => Some(DayOff::Saturday),
        Weekday::Sun => Some(DayOff::Sunday),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod fixture {
    use super::*;

    /// A list written as `config/holidays.toml` is.
    pub fn list(toml: &str) -> Result<HolidayList, config::ConfigError> {
        config::Config::builder()
            .add_source(config::File::from_str(toml, config::FileFormat::Toml))
            .build()?
            .try_deserialize()
    }

    /// The calendar this program ships with.
    pub fn shipped() -> Calendar {
        Calendar::new(list(include_str!("../../config/holidays.toml")).unwrap()).unwrap()
    }

    pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }
}

#[cfg(test)]
mod tests;
