//! Sex, marks in a column, and what somebody is.

use serde::Serialize;

use super::{Allowed, Read, faulty, holds, is_nothing, sure, words};
use crate::lists::file::Cell;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

/// What somebody is, as far as a list says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Official,
    Probationary,
    /// Quần chúng ưu tú, cảm tình Đảng: on the road.
    Candidate,
    /// Quần chúng: on the staff list only.
    NonMember,
    /// In the organisation, and no more is said.
    Active,
    /// Excused from meetings.
    Excused,
    Moved,
    Died,
    Expelled,
    /// Xóa tên.
    Deleted,
    /// Xin ra khỏi Đảng.
    Withdrew,
}

/// Whether a cell says man or woman.
///
/// # Errors
/// What is neither.
pub fn sex(cell: &Cell) -> Read<Sex> {
    let Cell::Text(text) = cell else { return nothing_but(cell, Allowed::Sex) };
    match words(text).as_str() {
        "nam" | "trai" | "male" | "m" | "nam gioi" | "ong" => sure(Sex::Male),
        "nu" | "gai" | "female" | "f" | "nu gioi" | "ba" => sure(Sex::Female),
        "" => Ok(None),
        _ => Err(Allowed::Sex),
    }
}

fn nothing_but<T>(cell: &Cell, allowed: Allowed) -> Read<T> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Fault(fault) => Err(faulty(fault)),
        _ => Err(allowed),
    }
}

/// Whether a column is marked: `x`, a tick, 1.
///
/// # Errors
/// What is no mark.
pub fn mark(cell: &Cell) -> Read<bool> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Bool(yes) => sure(*yes),
        Cell::Number(1.0) => sure(true),
        Cell::Number(0.0) => sure(false),
        Cell::Text(text) if text.contains(['✓', '✔', '√', '×', '☑', '☒', '●']) => {
            sure(true)
        }
        Cell::Text(text) => match words(text).as_str() {
            "x" | "xx" | "v" | "1" | "co" | "roi" | "true" | "yes" | "y" | "dung" | "da co" => {
                sure(true)
            }
            _ if is_nothing(text) => sure(false),
            "false" | "no" | "n" | "sai" => sure(false),
            _ => Err(Allowed::Mark),
        },
        Cell::Fault(fault) => Err(faulty(fault)),
        Cell::Day(_) | Cell::Number(_) => Err(Allowed::Mark),
    }
}

/// Whether something is so: a mark, or the day since when, or the words for it ("Đoàn viên").
///
/// # Errors
/// What says neither.
pub fn yes(cell: &Cell) -> Read<bool> {
    match mark(cell) {
        Err(Allowed::Mark) if super::day(cell).is_ok_and(|day| day.is_some()) => sure(true),
        Err(Allowed::Mark) => match cell {
            Cell::Text(text) if holds(&words(text), "doan vien") => sure(true),
            _ => Err(Allowed::Mark),
        },
        other => other,
    }
}

/// Words for what somebody is; what stands first is looked for first.
impl State {
    /// Whether whoever is so is no more in any branch.
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Moved | Self::Died | Self::Expelled | Self::Deleted | Self::Withdrew)
    }
}

const STATES: [(&str, State); 41] = [
    ("xoa ten", State::Deleted),
    ("khai tru", State::Expelled),
    ("tu tran", State::Died),
    ("da mat", State::Died),
    ("chet", State::Died),
    ("hy sinh", State::Died),
    ("xin ra", State::Withdrew),
    ("ra khoi dang", State::Withdrew),
    ("chuyen di", State::Moved),
    ("da chuyen", State::Moved),
    ("chuyen sinh hoat", State::Moved),
    ("chuyen cong tac", State::Moved),
    ("du bi", State::Probationary),
    ("dvdb", State::Probationary),
    ("db", State::Probationary),
    ("cam tinh", State::Candidate),
    ("uu tu", State::Candidate),
    ("qcut", State::Candidate),
    ("doi tuong dang", State::Candidate),
    ("doi tuong ket nap", State::Candidate),
    ("cho ket nap", State::Candidate),
    ("dang theo doi", State::Candidate),
    ("dang boi duong", State::Candidate),
    ("dang giup do", State::Candidate),
    ("da cong nhan", State::Candidate),
    ("da hoc lop", State::Candidate),
    ("da hoc cam tinh", State::Candidate),
    ("dang xet", State::Candidate),
    ("da ket nap", State::Probationary),
    ("moi ket nap", State::Probationary),
    ("chinh thuc", State::Official),
    ("dvct", State::Official),
    ("ct", State::Official),
    ("mien sinh hoat", State::Excused),
    ("mien cong tac", State::Excused),
    ("quan chung", State::NonMember),
    ("qc", State::NonMember),
    ("ngoai dang", State::NonMember),
    ("chua vao dang", State::NonMember),
    ("dang sinh hoat", State::Active),
    ("dang hoat dong", State::Active),
];

/// What somebody is.
///
/// # Errors
/// Words that say nothing known.
pub fn state(cell: &Cell) -> Read<State> {
    let Cell::Text(text) = cell else { return nothing_but(cell, Allowed::State) };
    let words = words(text);
    if words.is_empty() {
        return Ok(None);
    }
    // What somebody is not yet, or not, says nothing of what they are.
    if ["chua ", "khong phai "].iter().any(|begins| words.starts_with(begins)) {
        return match words.as_str() {
            "chua chinh thuc" | "chua chuyen chinh thuc" => sure(State::Probationary),
            "chua vao dang" | "chua ket nap" | "khong phai dang vien" => sure(State::NonMember),
            _ => Err(Allowed::State),
        };
    }
    let found = STATES.iter().find(|(of, _)| holds(&words, of));
    match (found, words.as_str()) {
        (Some((_, state)), _) => sure(*state),
        (
            None,
            "dang vien" | "hoat dong" | "sinh hoat" | "binh thuong" | "dang cong tac" | "dv",
        ) => sure(State::Active),
        (None, _) => Err(Allowed::State),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    #[test]
    fn sexes_are_read() {
        for (text, expected) in [
            ("Nam", sure(Sex::Male)),
            ("NỮ", sure(Sex::Female)),
            ("nu", sure(Sex::Female)),
            (" - ", Ok(None)),
            ("", Ok(None)),
            ("Kinh", Err(Allowed::Sex)),
            ("x", Err(Allowed::Sex)),
        ] {
            assert_eq!(sex(&cell(text)), expected, "{text}");
        }
        assert_eq!(sex(&Cell::Number(1.0)), Err(Allowed::Sex));
    }

    #[test]
    fn marks_are_read() {
        for (text, expected) in [
            ("x", sure(true)),
            ("X", sure(true)),
            ("✓", sure(true)),
            ("có", sure(true)),
            ("không", sure(false)),
            ("-", sure(false)),
            ("", Ok(None)),
            ("nhiều", Err(Allowed::Mark)),
        ] {
            assert_eq!(mark(&cell(text)), expected, "{text}");
        }
        assert_eq!(mark(&Cell::Number(1.0)), sure(true));
        assert_eq!(mark(&Cell::Number(7.0)), Err(Allowed::Mark));
        assert_eq!(yes(&cell("26/3/2001")), sure(true));
        assert_eq!(yes(&cell("Đoàn viên")), sure(true));
        assert_eq!(yes(&cell("xyz")), Err(Allowed::Mark));
    }

    #[test]
    fn states_are_read() {
        for (text, expected) in [
            ("Chính thức", State::Official),
            ("Đảng viên chính thức", State::Official),
            ("ĐVCT", State::Official),
            ("Dự bị", State::Probationary),
            ("Cảm tình Đảng", State::Candidate),
            ("Quần chúng ưu tú", State::Candidate),
            ("Quần chúng", State::NonMember),
            ("Đang sinh hoạt", State::Active),
            ("Đã chuyển sinh hoạt", State::Moved),
            ("Miễn sinh hoạt, công tác", State::Excused),
            ("Xoá tên (dự bị)", State::Deleted),
            ("Từ trần", State::Died),
            ("Đã kết nạp", State::Probationary),
        ] {
            assert_eq!(state(&cell(text)), sure(expected), "{text}");
        }
        assert_eq!(state(&cell("vui")), Err(Allowed::State));
    }
}
