//! When and where a branch meets, and what kind of organisation it is.

use chrono::{NaiveTime, Weekday};
use serde::Serialize;

use super::{Allowed, Read, Taken, faulty, holds, is_nothing, sure, text, words};
use crate::lists::file::Cell;

/// Which of the weekdays of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// From 1 to 4.
    Nth(u8),
    Last,
}

/// On which day of each month a branch meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingDay {
    /// From 1 to 31.
    OfMonth(u32),
    Last,
    Weekday(Turn, Weekday),
    FirstWorking,
    LastWorking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Chi bộ (trực thuộc).
    Branch,
    /// Chi bộ cơ sở.
    GrassrootsBranch,
    /// Đảng bộ bộ phận.
    Part,
    /// Đảng bộ cơ sở.
    GrassrootsOrganisation,
    /// Đảng bộ, đảng ủy.
    Organisation,
}

/// The day on which a branch meets: "ngày 3 hằng tháng", "thứ sáu tuần đầu".
///
/// # Errors
/// What names none.
pub fn meeting_day(cell: &Cell) -> Read<MeetingDay> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    let words = words(&text);
    if is_nothing(&text) {
        return Ok(None);
    }
    let last = ["cuoi", "sau cung"].iter().any(|of| holds(&words, of));
    if holds(&words, "ngay lam viec") {
        return sure(if last { MeetingDay::LastWorking } else { MeetingDay::FirstWorking });
    }
    if let Some(weekday) = weekday(&words) {
        return turn(&words, last)
            .map_or(Err(Allowed::MeetingDay), |turn| sure(MeetingDay::Weekday(turn, weekday)));
    }
    let numbers: Vec<u32> = words.split(' ').filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [day @ 1..=31] => sure(MeetingDay::OfMonth(*day)),
        [] if last => sure(MeetingDay::Last),
        [] if ["dau thang", "ngay dau"].iter().any(|of| holds(&words, of)) => {
            sure(MeetingDay::OfMonth(1))
        }
        _ => Err(Allowed::MeetingDay),
    }
}

fn weekday(words: &str) -> Option<Weekday> {
    let days: [(&[&str], Weekday); 7] = [
        (&["thu hai", "thu 2"], Weekday::Mon),
        (&["thu ba", "thu 3"], Weekday::Tue),
        (&["thu tu", "thu 4"], Weekday::Wed),
        (&["thu nam", "thu 5"], Weekday::Thu),
        (&["thu sau", "thu 6"], Weekday::Fri),
        (&["thu bay", "thu 7"], Weekday::Sat),
        (&["chu nhat", "cn"], Weekday::Sun),
    ];
    // "thứ sáu tuần thứ hai" names the weekday first.
    let found = days.iter().filter_map(|(any, day)| {
        let at = any.iter().filter_map(|of| format!(" {words} ").find(&format!(" {of} "))).min()?;
        Some((at, *day))
    });
    found.min_by_key(|(at, _)| *at).map(|(_, day)| day)
}

fn turn(words: &str, last: bool) -> Option<Turn> {
    let turns: [(&[&str], u8); 4] = [
        (&["dau", "thu nhat", "tuan 1", "tuan thu 1", "dau tien", "lan 1"], 1),
        (&["tuan thu hai", "tuan 2", "tuan thu 2", "lan 2"], 2),
        (&["tuan thu ba", "tuan 3", "tuan thu 3", "lan 3"], 3),
        (&["tuan thu tu", "tuan 4", "tuan thu 4", "lan 4"], 4),
    ];
    if last {
        return Some(Turn::Last);
    }
    let found = turns.iter().find(|(any, _)| any.iter().any(|of| holds(words, of)));
    found.map(|(_, turn)| Turn::Nth(*turn))
}

/// The time of a day: "8h30", "08:30", "14 giờ", or as the sheet keeps it.
///
/// # Errors
/// What is none.
pub fn hour(cell: &Cell) -> Read<NaiveTime> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        // A part of the day.
        Cell::Number(part) if (0.0..1.0).contains(part) => {
            let minutes = (part * 1440.0).round() as u32;
            let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0);
            return time.map_or(Err(Allowed::Hour), sure);
        }
        Cell::Number(hour) if hour.fract() == 0.0 && (1.0..24.0).contains(hour) => hour.to_string(),
        Cell::Text(text) => text.to_lowercase(),
        Cell::Fault(fault) => return Err(faulty(fault)),
        Cell::Number(_) | Cell::Day(_) | Cell::Bool(_) => return Err(Allowed::Hour),
    };
    if is_nothing(&text) {
        return Ok(None);
    }
    let numbers: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let (hour, minute) = match numbers.as_slice() {
        [hour] => (*hour, 0),
        [hour, minute] | [hour, minute, 0] => (*hour, *minute),
        _ => return Err(Allowed::Hour),
    };
    let afternoon = ["chiều", "tối", "pm"].iter().any(|word| text.contains(word)) && hour < 12;
    let time = NaiveTime::from_hms_opt(if afternoon { hour + 12 } else { hour }, minute, 0);
    time.map_or(Err(Allowed::Hour), sure)
}

/// What kind of organisation a text names; nothing where it names none.
pub fn unit_kind(text: &str) -> Option<UnitKind> {
    let words = words(text);
    let has = |of: &str| holds(&words, of);
    match () {
        () if has("chi bo co so") => Some(UnitKind::GrassrootsBranch),
        () if words.starts_with("chi bo") => Some(UnitKind::Branch),
        () if has("bo phan") => Some(UnitKind::Part),
        () if has("dang bo co so") || has("dang uy co so") => {
            Some(UnitKind::GrassrootsOrganisation)
        }
        () if words.starts_with("cb ") || words == "cb" => Some(UnitKind::Branch),
        () if has("dang bo") || has("dang uy") => Some(UnitKind::Organisation),
        () if has("chi bo") => Some(UnitKind::Branch),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn days_of_meetings_are_read() {
        for (text, expected) in [
            ("Ngày 3 hằng tháng", MeetingDay::OfMonth(3)),
            ("03", MeetingDay::OfMonth(3)),
            ("mùng 5", MeetingDay::OfMonth(5)),
            ("Thứ sáu tuần đầu", MeetingDay::Weekday(Turn::Nth(1), Weekday::Fri)),
            ("Thứ 6 tuần thứ hai", MeetingDay::Weekday(Turn::Nth(2), Weekday::Fri)),
            ("Chủ nhật cuối tháng", MeetingDay::Weekday(Turn::Last, Weekday::Sun)),
            ("Ngày cuối tháng", MeetingDay::Last),
        ] {
            assert_eq!(meeting_day(&cell(text)), sure(expected), "{text}");
        }
        assert_eq!(meeting_day(&Cell::Number(3.0)), sure(MeetingDay::OfMonth(3)));
        for wrong in ["khi rảnh", "32", "thứ sáu", "3-5"] {
            assert_eq!(meeting_day(&cell(wrong)), Err(Allowed::MeetingDay), "{wrong}");
        }
    }

    #[test]
    fn hours_are_read() {
        let at = |hour, minute| sure(NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
        for (text, expected) in [
            ("8h30", at(8, 30)),
            ("08:30", at(8, 30)),
            ("8 giờ", at(8, 0)),
            ("14h00", at(14, 0)),
            ("2h chiều", at(14, 0)),
            ("08:30:00", at(8, 30)),
        ] {
            assert_eq!(hour(&cell(text)), expected, "{text}");
        }
        assert_eq!(hour(&Cell::Number(0.354_166_666_7)), at(8, 30));
        assert_eq!(hour(&cell("sáng")), Err(Allowed::Hour));
        assert_eq!(hour(&cell("25h")), Err(Allowed::Hour));
    }

    #[test]
    fn kinds_of_organisations_are_read() {
        for (text, kind) in [
            ("Chi bộ Phòng 1", Some(UnitKind::Branch)),
            ("Chi bộ cơ sở", Some(UnitKind::GrassrootsBranch)),
            ("Đảng bộ bộ phận Khoa Luật", Some(UnitKind::Part)),
            ("Đảng bộ cơ sở", Some(UnitKind::GrassrootsOrganisation)),
            ("Đảng ủy Sở", Some(UnitKind::Organisation)),
            ("Chi bộ Bộ phận Một cửa", Some(UnitKind::Branch)),
            ("Đảng bộ bộ phận Khoa Dược", Some(UnitKind::Part)),
            ("Phòng 1", None),
        ] {
            assert_eq!(unit_kind(text), kind, "{text}");
        }
    }
}
