//! The time of day as people type it, alone or among other words: `14h`, `8h30`, `14:00`, `8 giờ
//! rưỡi`, `2 giờ chiều`.

use chrono::{NaiveTime, Timelike};

use super::text::fold;

/// A time that no day has, such as 25h: hour and minute as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchTime {
    pub hour: u32,
    pub minute: u32,
}

/// Takes the first time of day out of a text; gives it, if there is one, and the other words,
/// folded. "lúc" and "vào lúc" before it go with it.
pub fn take(text: &str) -> Result<(Option<NaiveTime>, String), NoSuchTime> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    for (i, _) in words.iter().enumerate() {
        let Some((hour, minute, used)) = clock(&words[i..]) else { continue };
        let (hour, of_day) = on_the_clock(hour, &words[i + used..]);
        let time = NaiveTime::from_hms_opt(hour, minute, 0).ok_or(NoSuchTime { hour, minute })?;
        let before = match &words[..i] {
            [rest @ .., "vao", "luc"] | [rest @ .., "luc"] => rest,
            rest => rest,
        };
        let rest = [before, &words[i + used + of_day..]].concat();
        return Ok((Some(time), rest.join(" ")));
    }
    Ok((None, folded))
}

/// Reads a text that is a time of day and nothing else; `None` if it is not.
pub fn alone(text: &str) -> Result<Option<NaiveTime>, NoSuchTime> {
    let (time, rest) = take(text)?;
    Ok(time.filter(|_| rest.is_empty()))
}

/// Hour and minute that folded words begin with, and how many words they take.
fn clock(words: &[&str]) -> Option<(u32, u32, usize)> {
    let (first, rest) = words.split_first()?;
    for mark in ["gio", "h", ":", "g"] {
        if let Some((hour, minute)) = first.split_once(mark) {
            let hour = digits(hour)?;
            return match (minute, rest) {
                ("", ["ruoi", ..]) => Some((hour, 30, 2)),
                ("", [next, ..]) if mark != ":" && minutes(next).is_some() => {
                    Some((hour, minutes(next)?, 2))
                }
                ("", _) if mark != ":" => Some((hour, 0, 1)),
                (minute, _) => Some((hour, minutes(minute)?, 1)),
            };
        }
    }
    match rest {
        ["gio" | "h", "ruoi", ..] => Some((digits(first)?, 30, 3)),
        ["gio" | "h", minute, ..] if minutes(minute).is_some() => {
            Some((digits(first)?, minutes(minute)?, 3))
        }
        ["gio" | "h", ..] => Some((digits(first)?, 0, 2)),
        _ => None,
    }
}

/// The hour of twenty-four, and how many words after it say which half of the day it is in.
fn on_the_clock(hour: u32, after: &[&str]) -> (u32, usize) {
    match after {
        ["sang" | "am", ..] => (hour, 1),
        ["trua", ..] => (if hour < 4 { hour + 12 } else { hour }, 1),
        ["chieu" | "toi" | "pm", ..] => (if hour < 12 { hour + 12 } else { hour }, 1),
        _ => (hour, 0),
    }
}

fn digits(text: &str) -> Option<u32> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Two digits, perhaps with the word for minutes: what follows an hour in a row of words may be a
/// date.
fn minutes(text: &str) -> Option<u32> {
    let text = text.strip_suffix("phut").or_else(|| text.strip_suffix('p')).unwrap_or(text);
    digits(text).filter(|_| text.len() == 2)
}

/// A time as it is stored, `HH:MM`.
pub fn stored(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    #[rstest]
    #[case("14h", at(14, 0))]
    #[case("8h30", at(8, 30))]
    #[case("8H30p", at(8, 30))]
    #[case("14:00", at(14, 0))]
    #[case("8g15", at(8, 15))]
    #[case("8 giờ", at(8, 0))]
    #[case("8 giờ 30", at(8, 30))]
    #[case("8giờ30", at(8, 30))]
    #[case("8 giờ rưỡi", at(8, 30))]
    #[case("8h rưỡi sáng", at(8, 30))]
    #[case("2 giờ chiều", at(14, 0))]
    #[case("2h30 chiều", at(14, 30))]
    #[case("lúc 7 giờ tối", at(19, 0))]
    #[case("12 giờ trưa", at(12, 0))]
    #[case("vào lúc 00:05", at(0, 5))]
    fn people_type_a_time(#[case] typed: &str, #[case] expected: NaiveTime) {
        assert_eq!(alone(typed), Ok(Some(expected)));
    }

    #[rstest]
    #[case("ngày 3 hằng tháng 14h", Some(at(14, 0)), "ngay 3 hang thang")]
    #[case("8h30 thứ Hai đầu tiên", Some(at(8, 30)), "thu hai dau tien")]
    #[case("10/12 lúc 2 giờ chiều", Some(at(14, 0)), "10/12")]
    #[case("14h 10/12", Some(at(14, 0)), "10/12")]
    #[case("thứ 6 tuần sau", None, "thu 6 tuan sau")]
    #[case("3-12", None, "3-12")]
    fn a_time_stands_among_other_words(
        #[case] typed: &str,
        #[case] time: Option<NaiveTime>,
        #[case] rest: &str,
    ) {
        assert_eq!(take(typed), Ok((time, rest.to_owned())));
    }

    #[rstest]
    #[case("25h", 25, 0)]
    #[case("8:75", 8, 75)]
    #[case("24:00", 24, 0)]
    #[case("ngày 3 hằng tháng lúc 30 giờ", 30, 0)]
    fn a_time_that_no_day_has(#[case] typed: &str, #[case] hour: u32, #[case] minute: u32) {
        assert_eq!(take(typed), Err(NoSuchTime { hour, minute }));
    }

    #[rstest]
    #[case("")]
    #[case("14")]
    #[case("h")]
    #[case("hôm nay")]
    #[case("14h ngày mai")]
    fn what_is_no_time_alone_is_not_guessed(#[case] typed: &str) {
        assert_eq!(alone(typed), Ok(None));
    }

    proptest! {
        #[test]
        fn a_time_is_read_back(hour in 0u32..24, minute in 0u32..60) {
            prop_assert_eq!(alone(&stored(at(hour, minute))), Ok(Some(at(hour, minute))));
        }

        #[test]
        fn no_text_is_too_odd_to_be_answered(text in ".{0,40}") {
            let _ = take(&text);
        }
    }
}
