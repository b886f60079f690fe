//! Quiet hours (giờ yên tĩnh): the part of the day in which nobody is written to unasked.
//!
//! Only times of day are worked out here, in the organisation's zone. What is held and what is an
//! answer, which is never held, is decided where messages are queued.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};

use serde::{Deserialize, Serialize};

use super::text::fold;

/// Longest quiet hours a person may choose: with more, what is due in the morning and what is due in
/// the afternoon could both come too late.
pub const LONGEST_HOURS: i64 = 16;

/// From a time of day until another, mostly over midnight: `21:00-06:30`. Half-open: at the end
/// people may be written to again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    from: NaiveTime,
    to: NaiveTime,
}

impl Quiet {
    /// `None` if both are the same time: whether that is no hour or the whole day nobody knows.
    pub fn new(from: NaiveTime, to: NaiveTime) -> Option<Self> {
        (from != to).then_some(Self { from, to })
    }

    pub fn from(&self) -> NaiveTime {
        self.from
    }

    pub fn to(&self) -> NaiveTime {
        self.to
    }

    /// When these hours end, if `at` lies within them. Local time.
    pub fn until(&self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let (day, time) = (at.date(), at.time());
        let within = if self.from < self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        };
        let ends = if time < self.to { day } else { day + Days::new(1) };
        within.then(|| ends.and_time(self.to))
    }

    /// Reads hours as people type them: `22h-6h`, `22:00 - 06:30`, `từ 22h30 đến 6h`, `22 giờ tới 6
    /// giờ`.
    pub fn typed(text: &str) -> Result<Self, QuietError> {
        let folded = fold(text).replace('-', " - ");
        let mut words: &[&str] = &folded.split_whitespace().collect::<Vec<_>>();
        if let ["tu" | "from", rest @ ..] = words {
            words = rest;
        }
        let (from, rest) = time(words)?;
        let rest = match rest {
            [] => return Err(QuietError::OneTime(from)),
            ["-" | "den" | "toi" | "to" | "until", rest @ ..] => rest,
            rest => rest,
        };
        let (to, []) = time(rest)? else { return Err(QuietError::NotHours) };
        let quiet = Self::new(from, to).ok_or(QuietError::Same(from))?;
        match quiet.lasts() > TimeDelta::hours(LONGEST_HOURS) {
            true => Err(QuietError::TooLong(quiet)),
            false => Ok(quiet),
        }
    }

    /// How long these hours are.
    fn lasts(&self) -> TimeDelta {
        let span = self.to - self.from;
        if span < TimeDelta::zero() { span + TimeDelta::days(1) } else { span }
    }
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

/// Why what was typed is no quiet hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuietError {
    /// Something else than two times of day.
    NotHours,
    /// Only where they begin.
    OneTime(NaiveTime),
    /// A time of day that no clock shows, as typed: `25h`.
    NoSuchTime(String),
    /// Beginning and end are the same.
    Same(NaiveTime),
    /// More than [`LONGEST_HOURS`].
    TooLong(Quiet),
}

/// The time of day that the words begin with, and the words after it.
fn time<'w>(words: &'w [&'w str]) -> Result<(NaiveTime, &'w [&'w str]), QuietError> {
    let Some((first, rest)) = words.split_first() else { return Err(QuietError::NotHours) };
    let (written, rest) = match rest {
        ["gio", "ruoi", rest @ ..] => (format!("{first}h30"), rest),
        ["gio", rest @ ..] => (format!("{first}h"), rest),
        rest => ((*first).to_owned(), rest),
    };
    let (hours, minutes) = match written.split_once(['h', 'g', ':']) {
        Some((hours, "")) => (hours, "0"),
        Some((hours, minutes)) => (hours, minutes),
        None => (written.as_str(), "0"),
    };
    let short = |digits: &str| -> Option<u32> {
        let plain = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    let (Some(hours), Some(minutes)) = (short(hours), short(minutes)) else {
        return Err(QuietError::NotHours);
    };
    match NaiveTime::from_hms_opt(hours, minutes, 0) {
        Some(time) => Ok((time, rest)),
        // Where a day ends the next begins.
        None if (hours, minutes) == (24, 0) => Ok((NaiveTime::MIN, rest)),
        None => Err(QuietError::NoSuchTime(written)),
    }
}

/// What a person has chosen. Its text form is stored: `usual`, `none` or the hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Rest {
    /// The organisation's hours, whatever they become.
    #[default]
    Usual,
    /// Whatever the hour.
    None,
    Own(Quiet),
}

impl Rest {
    /// The hours that hold, given the organisation's.
    pub fn hours(self, usual: Option<Quiet>) -> Option<Quiet> {
        match self {
            Self::Usual => usual,
            Self::None => None,
            Self::Own(own) => Some(own),
        }
    }
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => f.write_str("usual"),
            Self::None => f.write_str("none"),
            Self::Own(own) => own.fmt(f),
        }
    }
}

impl FromStr for Rest {
    type Err = String;

    /// The error is the text itself.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "usual" => Ok(Self::Usual),
            "none" => Ok(Self::None),
            own => Quiet::typed(own).map(Self::Own).map_err(|_| text.to_owned()),
        }
    }
}

impl From<Rest> for String {
    fn from(rest: Rest) -> Self {
        rest.to_string()
    }
}

impl TryFrom<String> for Rest {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn clock(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn quiet(from: (u32, u32), to: (u32, u32)) -> Quiet {
        Quiet::new(clock(from.0, from.1), clock(to.0, to.1)).unwrap()
    }

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2018, 12, day).unwrap().and_time(clock(hour, minute))
    }

    #[test]
    fn a_night_ends_in_the_morning_after() {
        let night = quiet((21, 0), (6, 30));
        assert_eq!(night.until(at(4, 20, 59)), None);
        assert_eq!(night.until(at(4, 21, 0)), Some(at(5, 6, 30)));
        assert_eq!(night.until(at(5, 0, 0)), Some(at(5, 6, 30)));
        assert_eq!(night.until(at(5, 6, 29)), Some(at(5, 6, 30)));
        assert_eq!(night.until(at(5, 6, 30)), None);
        let noon = quiet((11, 30), (13, 0));
        assert_eq!(noon.until(at(5, 12, 0)), Some(at(5, 13, 0)));
        assert_eq!(noon.until(at(5, 13, 0)), None);
        assert_eq!(noon.until(at(5, 23, 0)), None);
    }

    #[test]
    fn hours_are_understood_however_they_are_typed() {
        for typed in [
            "22h-6h30",
            "22:00 - 06:30",
            "từ 22h đến 6h30",
            "22 giờ tới 6 giờ rưỡi",
            "22g – 6g30",
            "From 22:00 to 6:30",
        ] {
            assert_eq!(Quiet::typed(typed), Ok(quiet((22, 0), (6, 30))), "{typed}");
        }
        assert_eq!(Quiet::typed("20h-24h"), Ok(quiet((20, 0), (0, 0))));
    }

    #[test]
    fn what_is_wrong_is_named() {
        use QuietError::*;
        for (typed, why) in [
            ("22h", OneTime(clock(22, 0))),
            ("từ 22h30", OneTime(clock(22, 30))),
            ("25h-6h", NoSuchTime("25h".to_owned())),
            ("22h-6h75", NoSuchTime("6h75".to_owned())),
            ("22h-22:00", Same(clock(22, 0))),
            ("đêm", NotHours),
            ("10h đến 6h sáng", NotHours),
            ("22h-", NotHours),
            ("222-6", NotHours),
            ("", NotHours),
        ] {
            assert_eq!(Quiet::typed(typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn a_choice_is_read_back_and_means_its_hours() {
        let usual = Some(quiet((21, 0), (6, 30)));
        let own = quiet((23, 15), (5, 0));
        for (rest, hours) in [(Rest::Usual, usual), (Rest::None, None), (Rest::Own(own), Some(own))]
        {
            assert_eq!(rest.to_string().parse(), Ok(rest));
            assert_eq!(rest.hours(usual), hours);
        }
        assert_eq!("nap".parse::<Rest>(), Err("nap".to_owned()));
    }

    proptest! {
        #[test]
        fn nobody_is_held_longer_than_a_day_or_into_quiet_hours(
            from in 0u32..1440, to in 0u32..1440, now_minute in 0u32..1440,
        ) {
            let Some(quiet) = Quiet::new(clock(from / 60, from % 60), clock(to / 60, to % 60)) else {
                return Ok(());
            };
            let now = at(5, now_minute / 60, now_minute % 60);
            let inside = (now_minute + 1440 - from) % 1440 < (to + 1440 - from) % 1440;
            prop_assert_eq!(quiet.until(now).is_some(), inside);
            if let Some(end) = quiet.until(now) {
                prop_assert!(end > now && end - now < chrono::TimeDelta::days(1));
                prop_assert_eq!(quiet.until(end), None);
            }
            let minutes = (to + 1440 - from) % 1440;
            let read = if minutes > 16 * 60 { Err(QuietError::TooLong(quiet)) } else { Ok(quiet) };
            prop_assert_eq!(Quiet::typed(&quiet.to_string()), read);
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            let _ = Quiet::typed(&text);
        }
    }
}
