//! A meeting rule as it is typed in one line, with the time of day or without: "ngày 3 hằng tháng
//! 14h", "thứ năm cuối cùng 8h30", "cron 0 0 14 1-7 * Mon".

use chrono::NaiveTime;

use super::{CronRule, Rule, RuleError};
use crate::domain::calendar::Month;
use crate::domain::time_of_day::{self, NoSuchTime};

/// What one line says of when a branch meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub rule: Rule,
    /// `None` if no time of day was named.
    pub time: Option<NaiveTime>,
}

/// Why a line does not say when a branch meets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    #[error(transparent)]
    Rule(#[from] RuleError),
    #[error("no day has the time {}:{:02}", .0.hour, .0.minute)]
    Time(NoSuchTime),
}

impl Wording {
    /// Reads a line; the time of day may stand anywhere in it. Of an expression of the scheduler
    /// the time is taken too, where it is one: `0 0 14 1-7 * Mon` is 14:00. An expression that does
    /// not fit every month is told with its first such month from `from` on.
    pub fn read(text: &str, from: Month) -> Result<Self, WordingError> {
        if let Some(expression) = expression(text) {
            let rule = CronRule::new(expression, from).map(Rule::Cron)?;
            return Ok(Self { rule, time: time_of(expression) });
        }
        let (time, words) = time_of_day::take(text).map_err(WordingError::Time)?;
        match Rule::from_words(&words) {
            Ok(rule) => Ok(Self { rule, time }),
            // Told as it was typed, not as what was left of it.
            Err(RuleError::Unknown(_)) => Err(RuleError::Unknown(text.trim().to_owned()).into()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The schedule expression in a text that is one: after the word `cron`, or told by its asterisk,
/// which no words have.
fn expression(text: &str) -> Option<&str> {
    let text = text.trim();
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) if word.eq_ignore_ascii_case("cron") => Some(rest.trim()),
        _ => text.contains('*').then_some(text),
    }
}

fn time_of(expression: &str) -> Option<NaiveTime> {
    let mut fields = expression.split_whitespace().skip(1);
    let minute = fields.next()?.parse().ok()?;
    let hour = fields.next()?.parse().ok()?;
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::fixture::day;
    use proptest::prelude::*;
    use rstest::rstest;
    use unicode_normalization::UnicodeNormalization;

    fn read(text: &str) -> Result<(String, Option<String>), WordingError> {
        let Wording { rule, time } = Wording::read(text, Month::of(day(2026, 12, 1)))?;
        Ok((rule.to_string(), time.map(time_of_day::stored)))
    }

    #[rstest]
    #[case("ngày 3 hằng tháng 14h", "day 3", Some("14:00"))]
    #[case("ngay 3 hang thang 14h", "day 3", Some("14:00"))]
    #[case("NGÀY 3 HẰNG THÁNG LÚC 14H30", "day 3", Some("14:30"))]
    #[case("14h ngày 3", "day 3", Some("14:00"))]
    #[case("mùng 5 hằng tháng", "day 5", None)]
    #[case("thứ Hai đầu tiên", "weekday 1 mon", None)]
    #[case("thu hai dau tien luc 2 gio chieu", "weekday 1 mon", Some("14:00"))]
    #[case("thứ năm cuối cùng 8h30", "weekday last thu", Some("08:30"))]
    #[case("8 giờ rưỡi thứ năm cuối cùng của tháng", "weekday last thu", Some("08:30"))]
    #[case("ngày làm việc đầu tiên", "first working day", None)]
    #[case("ngày làm việc cuối cùng hằng tháng 15:00", "last working day", Some("15:00"))]
    #[case("cron 0 0 14 1-7 * Wed", "cron 0 0 14 1-7 * Wed", Some("14:00"))]
    #[case("0 30 8 1-7 * Mon", "cron 0 30 8 1-7 * Mon", Some("08:30"))]
    #[case("cron 0 0 8-9 1-7 * Mon", "cron 0 0 8-9 1-7 * Mon", None)]
    fn a_line_says_when_a_branch_meets(
        #[case] typed: &str,
        #[case] rule: &str,
        #[case] time: Option<&str>,
    ) {
        let expected = Ok((rule.to_owned(), time.map(str::to_owned)));
        assert_eq!(read(typed), expected);
        assert_eq!(read(&typed.nfd().collect::<String>()), expected, "decomposed");
    }

    #[test]
    fn what_cannot_be_kept_is_refused_with_its_reason() {
        let unknown = |text: &str| Err(RuleError::Unknown(text.to_owned()).into());
        for typed in ["", "14h", "khi nào rảnh", "ngày 3 và ngày 17", "thứ tám đầu tiên"]
        {
            assert_eq!(read(typed), unknown(typed));
        }
        assert_eq!(read("ngày 32 14h"), Err(RuleError::DayOutOfRange(32).into()));
        assert_eq!(
            read("thứ hai thứ năm 8h"),
            Err(RuleError::FifthWeekday(chrono::Weekday::Mon).into())
        );
        assert_eq!(
            read("ngày 3 lúc 25h"),
            Err(WordingError::Time(NoSuchTime { hour: 25, minute: 0 }))
        );
        assert_eq!(read("0 14 1-7 * Mon"), Err(RuleError::CronFields(5).into()));
        assert!(matches!(
            read("cron 0 0 14 31 * *"),
            Err(WordingError::Rule(RuleError::CronNotOnce { .. }))
        ));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_answered(text in ".{0,40}") {
            let _ = read(&text);
            let _ = read(&format!("cron {text}"));
        }
    }
}
