//! A meeting rule in the words people use, Vietnamese or English.
//!
//! The grammar, after folding; what stands in brackets may be left out:
//!
//! ```text
//! [vào] ngày [mùng] 3                     [hằng tháng | mỗi tháng | trong tháng | của tháng]
//! [vào] ngày đầu tiên | ngày cuối cùng
//! [vào] [ngày] thứ hai đầu tiên           a weekday, then which one of the month
//! [vào] ngày làm việc đầu tiên | cuối cùng
//! [on] [the] first Monday | last working day | 3rd   [of the month | every month]
//! ```

use super::{MonthDay, Rule, RuleError};
use crate::domain::text::fold;
use crate::domain::when::{number, weekday};

/// Which one of a month.
enum Place {
    Nth(u32),
    Last,
}

/// `None`: these words are no rule. An error: they are one that cannot be kept.
pub(super) fn rule(text: &str) -> Option<Result<Rule, RuleError>> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let words = without_month(without_lead(&words));
    working_day(words).or_else(|| weekday_of_month(words)).or_else(|| day_of_month(words))
}

fn without_lead<'a, 'b>(mut words: &'a [&'b str]) -> &'a [&'b str] {
    while let ["vao" | "hop" | "on" | "the", rest @ ..] = words {
        words = rest;
    }
    words
}

fn without_month<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        [rest @ .., "of", "the" | "each" | "every", "month"]
        | [rest @ .., "cua" | "trong", "moi", "thang"]
        | [rest @ .., "hang" | "moi" | "cua" | "trong", "thang"]
        | [rest @ .., "every" | "each", "month"] => rest,
        words => words,
    }
}

fn working_day(words: &[&str]) -> Option<Result<Rule, RuleError>> {
    let place = match words {
        ["ngay", "lam", "viec", place @ ..] | [place @ .., "working", "day"] => place,
        _ => return None,
    };
    match self::place(place)? {
        Place::Nth(1) => Some(Ok(Rule::FirstWorkingDay)),
        Place::Last => Some(Ok(Rule::LastWorkingDay)),
        Place::Nth(_) => None,
    }
}

fn weekday_of_month(words: &[&str]) -> Option<Result<Rule, RuleError>> {
    let words = words.strip_prefix(&["ngay"]).unwrap_or(words);
    let (weekday, place) = match weekday(words) {
        Some((weekday, used)) => (weekday, &words[used..]),
        None => {
            let (last, place) = words.split_last()?;
            (weekday(&[last])?.0, place)
        }
    };
    match self::place(place)? {
        Place::Nth(nth) => Rule::nth(nth, weekday),
        Place::Last => Some(Ok(Rule::LastWeekday(weekday))),
    }
}

fn day_of_month(words: &[&str]) -> Option<Result<Rule, RuleError>> {
    let day = match words {
        ["ngay", "mung" | "mong", day] | ["mung" | "mong", day] => number(day)?,
        ["ngay" | "day", day] | [day] if day.starts_with(|c: char| c.is_ascii_digit()) => {
            english_nth(day).or_else(|| day.parse().ok())?
        }
        ["ngay", rest @ ..] | [rest @ .., "day"] => match place(rest)? {
            Place::Nth(1) => 1,
            Place::Nth(_) => return None,
            Place::Last => return Some(Ok(Rule::DayOfMonth(MonthDay::LAST))),
        },
        _ => return None,
    };
    Some(MonthDay::new(day).map(Rule::DayOfMonth))
}

fn place(words: &[&str]) -> Option<Place> {
    match words.strip_prefix(&["tuan"]).unwrap_or(words) {
        ["dau"] | ["dau", "tien" | "thang"] => Some(Place::Nth(1)),
        ["cuoi" | "last"] | ["cuoi", "cung" | "thang"] => Some(Place::Last),
        ["thu", n] => number(n).map(Place::Nth),
        [nth] => english_nth(nth).map(Place::Nth),
        _ => None,
    }
}

/// "first", "3rd".
fn english_nth(word: &str) -> Option<u32> {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    if let Some(n) = (1..).zip(WORDS).find_map(|(n, known)| (known == word).then_some(n)) {
        return Some(n);
    }
    ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)?.parse().ok())
}
