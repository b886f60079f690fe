//! When a branch meets: a rule that gives exactly one date in every month, and what happens when
//! that date is a day off.
//!
//! Not for the time of day, which is kept beside the rule, and not for meetings set by hand.

mod wording;
mod words;

use std::fmt;
use std::iter::successors;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use cron::{Schedule, TimeUnitSpec};

use super::calendar::{Calendar, DayOff, Month};

pub use wording::{Wording, WordingError};

/// The rule of a branch's meeting day (ngày sinh hoạt chi bộ định kỳ).
///
/// Its text form is stored in the database and typed in settings: `day 3`, `weekday 1 mon`,
/// `weekday last fri`, `first working day`, `last working day`, `cron 0 0 14 1-7 * Mon`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The last day of a month that is shorter.
    DayOfMonth(MonthDay),
    NthWeekday {
        nth: Nth,
        weekday: Weekday,
    },
    LastWeekday(Weekday),
    FirstWorkingDay,
    LastWorkingDay,
    Cron(CronRule),
}

/// A day of the month, 1 to 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay(u8);

impl MonthDay {
    pub const LAST: Self = Self(31);

    pub fn new(day: u32) -> Result<Self, RuleError> {
        match u8::try_from(day) {
            Ok(small @ 1..=31) => Ok(Self(small)),
            _ => Err(RuleError::DayOutOfRange(day)),
        }
    }

    pub fn get(self) -> u32 {
        self.0.into()
    }
}

/// Which of a month's Mondays, Tuesdays, …: the four that every month has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    First = 1,
    Second,
    Third,
    Fourth,
}

impl Nth {
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    /// 1 to 4.
    pub fn number(self) -> u32 {
        self as u32
    }
}

/// Why a text is not a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("'{0}' is not a rule for a day of the month")]
    Unknown(String),
    #[error("a month has the days 1 to 31, not {0}")]
    DayOutOfRange(u32),
    /// Some months lack it; the last such weekday is what is usually meant.
    #[error("not every month has a fifth such weekday; the last one is `weekday last …`")]
    FifthWeekday(Weekday),
    #[error("the expression has {0} fields; it needs second, minute, hour, day, month, weekday")]
    CronFields(usize),
    #[error("the expression cannot be read: {0}")]
    CronSyntax(String),
    /// Other programs start counting weekdays elsewhere, so a number is a trap.
    #[error("weekdays are written by name (Mon, Tue, …), not as '{0}'")]
    CronNumberedWeekday(String),
    #[error("the expression ends after some years; a rule has no end")]
    CronEnds,
    #[error("the expression gives {dates} dates in {month}; it must give one in every month")]
    CronNotOnce { month: Month, dates: u32 },
}

/// A cron expression that gives exactly one date in every month. Of its fields only the days count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronRule {
    expression: String,
    days: DayMask,
}

/// Which dates an expression allows, one bit per ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DayMask {
    days: u32,
    months: u32,
    weekdays: u32,
}

impl DayMask {
    fn of(schedule: &Schedule) -> Self {
        fn bits(unit: &impl TimeUnitSpec) -> u32 {
            unit.iter().fold(0, |mask, n| mask | 1 << n)
        }
        Self {
            days: bits(schedule.days_of_month()),
            months: bits(schedule.months()),
            weekdays: bits(schedule.days_of_week()),
        }
    }

    fn allows(self, date: NaiveDate) -> bool {
        self.days >> date.day() & 1 == 1
            && self.months >> date.month() & 1 == 1
            && self.weekdays >> date.weekday().number_from_sunday() & 1 == 1
    }

    /// How many dates of a month it allows.
    fn dates_in(self, shape: Shape) -> u32 {
        if self.months >> shape.month & 1 == 0 {
            return 0;
        }
        let allowed = |day: &u32| {
            let weekday = (shape.first + day - 1) % 7 + 1;
            self.days >> day & 1 == 1 && self.weekdays >> weekday & 1 == 1
        };
        (1..=shape.length).map(|day| u32::from(allowed(&day))).sum()
    }
}

/// What of a month decides which of its dates an expression allows.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// 1 to 12
    month: u32,
    /// The weekday of its first day, from Sunday, which is 0.
    first: u32,
    length: u32,
}

impl Shape {
    fn of(month: Month) -> Self {
        let first = month.first_day();
        let (month, length) = (first.month(), month.last_day().day());
        Self { month, first: first.weekday().num_days_from_sunday(), length }
    }

    /// Every one there is: each month begins on each weekday in some year, February in a leap year, too.
    fn all() -> impl Iterator<Item = Self> {
        let lengths = |month: u32| match month {
            2 => 28..=29,
            4 | 6 | 9 | 11 => 30..=30,
            _ => 31..=31,
        };
        let shapes =
            (1..=12).flat_map(move |month| lengths(month).map(move |length| (month, length)));
        shapes.flat_map(|(month, length)| (0..7).map(move |first| Self { month, first, length }))
    }
}

/// The Gregorian calendar repeats after 400 years.
const MONTHS_OF_ALL_SHAPES: usize = 400 * 12;

impl CronRule {
    /// Reads an expression of six fields (second minute hour day month weekday) or seven (year).
    /// Day and weekday must both fit, so "first Monday" is `0 0 14 1-7 * Mon`.
    ///
    /// It is refused unless it gives exactly one date in every month for ever: an expression that
    /// fits the next two years and then skips a month would stop the meetings without a word. The
    /// error names the first month, from `from` on, that does not fit.
    pub fn new(expression: &str, from: Month) -> Result<Self, RuleError> {
        let fields: Vec<&str> = expression.split_whitespace().collect();
        if !expression.trim_start().starts_with('@') {
            match fields[..] {
                [_, _, _, _, _, weekday] | [_, _, _, _, _, weekday, _] => {
                    if weekday.contains(|c: char| c.is_ascii_digit()) {
                        return Err(RuleError::CronNumberedWeekday(weekday.to_owned()));
                    }
                }
                _ => return Err(RuleError::CronFields(fields.len())),
            }
        }
        let expression = fields.join(" ");
        let schedule = Schedule::from_str(&expression)
            .map_err(|error| RuleError::CronSyntax(error.to_string()))?;
        if !schedule.years().is_all() {
            return Err(RuleError::CronEnds);
        }
        let days = DayMask::of(&schedule);
        // Rules are read often, and each misfit is looked for once.
        if Shape::all().all(|shape| days.dates_in(shape) == 1) {
            return Ok(Self { expression, days });
        }
        let misfit = successors(Some(from), |month| Some(month.next()))
            .take(MONTHS_OF_ALL_SHAPES)
            .map(|month| (month, days.dates_in(Shape::of(month))))
            .find(|(_, dates)| *dates != 1);
        match misfit {
            None => Ok(Self { expression, days }),
            Some((month, dates)) => Err(RuleError::CronNotOnce { month, dates }),
        }
    }

    /// As it was typed, with single blanks.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    fn date_in(&self, month: Month) -> NaiveDate {
        // `new` has seen one in every shape of month.
        month.days().find(|date| self.days.allows(*date)).unwrap_or_else(|| month.last_day())
    }
}

impl Rule {
    /// Reads the text form, or else what people type (see [`Rule::from_words`]). A cron expression
    /// that does not fit is told with its first month from `from` on.
    pub fn parse(text: &str, from: Month) -> Result<Self, RuleError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["first", "working", "day"] => Ok(Self::FirstWorkingDay),
            ["last", "working", "day"] => Ok(Self::LastWorkingDay),
            ["day", day] if day.bytes().all(|b| b.is_ascii_digit()) => {
                let day = day.parse().unwrap_or(u32::MAX);
                MonthDay::new(day).map(Self::DayOfMonth)
            }
            ["weekday", nth, weekday] => {
                let unknown = || RuleError::Unknown(text.trim().to_owned());
                let weekday = weekday.parse().map_err(|_| unknown())?;
                match nth {
                    "last" => Ok(Self::LastWeekday(weekday)),
                    nth => Self::nth(nth.parse().map_err(|_| unknown())?, weekday)
                        .unwrap_or_else(|| Err(unknown())),
                }
            }
            ["cron", ..] => CronRule::new(&words[1..].join(" "), from).map(Self::Cron),
            _ => Self::from_words(text),
        }
    }

    /// Reads what people type, in Vietnamese with or without marks or in English: "ngày 3 hằng
    /// tháng", "thứ Hai đầu tiên", "chủ nhật thứ hai", "ngày làm việc cuối cùng", "last Friday".
    pub fn from_words(text: &str) -> Result<Self, RuleError> {
        words::rule(text).unwrap_or_else(|| Err(RuleError::Unknown(text.trim().to_owned())))
    }

    /// `None` when no month has an `nth` weekday.
    fn nth(nth: u32, weekday: Weekday) -> Option<Result<Self, RuleError>> {
        if nth == 5 {
            return Some(Err(RuleError::FifthWeekday(weekday)));
        }
        let nth = Nth::ALL.into_iter().find(|known| known.number() == nth)?;
        Some(Ok(Self::NthWeekday { nth, weekday }))
    }

    /// The one date the rule gives in `month`, before days off are looked at. The rules of working
    /// days leave the month only when it has no working day at all.
    pub fn nominal(&self, month: Month, calendar: &Calendar) -> NaiveDate {
        match self {
            Self::DayOfMonth(day) => month.day_or_last(day.get()),
            Self::NthWeekday { nth, weekday } => {
                let first = month.first_day().weekday();
                month.day_or_last(1 + weekday.days_since(first) + 7 * (nth.number() - 1))
            }
            Self::LastWeekday(weekday) => {
                let last = month.last_day();
                month.day_or_last(last.day() - last.weekday().days_since(*weekday))
            }
            Self::FirstWorkingDay => calendar.working_day_from(month.first_day()),
            Self::LastWorkingDay => calendar.previous_working_day(month.next().first_day()),
            Self::Cron(cron) => cron.date_in(month),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |weekday: &Weekday| weekday.to_string().to_lowercase();
        match self {
            Self::DayOfMonth(day) => write!(f, "day {}", day.get()),
            Self::NthWeekday { nth, weekday } => {
                write!(f, "weekday {} {}", nth.number(), short(weekday))
            }
            Self::LastWeekday(weekday) => write!(f, "weekday last {}", short(weekday)),
            Self::FirstWorkingDay => f.write_str("first working day"),
            Self::LastWorkingDay => f.write_str("last working day"),
            Self::Cron(cron) => write!(f, "cron {}", cron.expression),
        }
    }
}

/// Reads a stored rule, where no month is nearer than another.
impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        Self::parse(text, Month::of(NaiveDate::default()))
    }
}

/// What happens to a meeting whose day is a day off. Its text form is `next`, `previous`, `keep`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Moved to the next working day, even where that lies in the next month.
    Next,
    /// Moved to the working day before, even where that lies in the month before.
    Previous,
    Keep,
}

impl Policy {
    pub const ALL: [Self; 3] = [Self::Next, Self::Previous, Self::Keep];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Previous => "previous",
            Self::Keep => "keep",
        }
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is none of `next`, `previous`, `keep`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is none of next, previous, keep")]
pub struct PolicyError(pub String);

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        Self::ALL
            .into_iter()
            .find(|policy| policy.as_str() == text)
            .ok_or_else(|| PolicyError(text.to_owned()))
    }
}

/// The date of a month's meeting and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// What the rule alone gives.
    pub nominal: NaiveDate,
    pub date: NaiveDate,
    /// Why `date` is not `nominal`; `None` when it was not moved.
    pub moved: Option<DayOff>,
}

/// The date of the meeting of `month`. A moved one stays the meeting of `month`, even where its
/// date lies in the month beside it.
pub fn date_in(month: Month, rule: &Rule, policy: Policy, calendar: &Calendar) -> Scheduled {
    let nominal = rule.nominal(month, calendar);
    let stays = Scheduled { nominal, date: nominal, moved: None };
    let Some(reason) = calendar.day_off(nominal) else { return stays };
    let date = match policy {
        Policy::Next => calendar.next_working_day(nominal),
        Policy::Previous => calendar.previous_working_day(nominal),
        Policy::Keep => return stays,
    };
    Scheduled { nominal, date, moved: Some(reason) }
}

#[cfg(test)]
mod tests;
