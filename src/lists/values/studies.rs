//! Schooling, degrees, titles and political theory.

use chrono::Datelike;
use serde::Serialize;

use super::{Allowed, Read, Taken, holds, is_nothing, sure, text, words};
use crate::lists::file::Cell;

/// General schooling: tiểu học, trung học cơ sở, trung học phổ thông.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Education {
    Primary,
    LowerSecondary,
    UpperSecondary,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Sơ cấp, công nhân kỹ thuật.
    Elementary,
    /// Trung cấp.
    Intermediate,
    /// Cao đẳng.
    College,
    /// Đại học.
    University,
    /// Thạc sĩ.
    Master,
    /// Tiến sĩ.
    Doctor,
}

/// What somebody studied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Degree {
    /// Nothing where only the subject is named.
    pub level: Option<Level>,
    /// As it stands in the list.
    pub text: String,
}

/// Phó giáo sư, giáo sư.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    AssociateProfessor,
    Professor,
}

/// Sơ cấp, trung cấp, cao cấp, cử nhân of political theory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Theory {
    Elementary,
    Intermediate,
    Advanced,
    Bachelor,
}

fn holds_any(words: &str, any: &[&str]) -> bool {
    any.iter().any(|of| holds(words, of))
}

/// General schooling: "12/12", "THPT".
///
/// # Errors
/// What says none.
pub fn education(cell: &Cell) -> Read<Education> {
    let told = match cell {
        // Excel takes "12/12" and "10/10" for days.
        Cell::Day(day) if day.day() == day.month() && matches!(day.day(), 10 | 12) => {
            return sure(Education::UpperSecondary);
        }
        Cell::Day(_) => return Err(Allowed::Education),
        cell => text(cell)?,
    };
    let Some(Taken { value: text, .. }) = told else { return Ok(None) };
    if is_nothing(&text) {
        return Ok(None);
    }
    if let Some(found) = class(&text) {
        return found.map_or(Err(Allowed::Education), sure);
    }
    let words = words(&text);
    match () {
        () if holds_any(
            &words,
            &[
                "thpt",
                "ptth",
                "trung hoc pho thong",
                "cap 3",
                "cap iii",
                "pho thong trung hoc",
                "tot nghiep pho thong",
            ],
        ) =>
        {
            sure(Education::UpperSecondary)
        }
        () if holds_any(&words, &["thcs", "trung hoc co so", "cap 2", "cap ii", "ptcs"]) => {
            sure(Education::LowerSecondary)
        }
        () if holds_any(&words, &["tieu hoc", "cap 1", "cap i", "th"]) => sure(Education::Primary),
        // Who studied went to school.
        () if level(&words).is_some_and(|level| level >= Level::College) => {
            sure(Education::UpperSecondary)
        }
        () => Err(Allowed::Education),
    }
}

/// A class of how many: "9/12". `None` where it is not written so.
fn class(text: &str) -> Option<Option<Education>> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = compact.to_lowercase();
    let compact = lower.trim_start_matches("lớp");
    let (class, of) = match compact.split_once('/') {
        Some((class, of)) => (class.parse::<u32>().ok()?, of.parse::<u32>().ok()?),
        None => (compact.parse::<u32>().ok()?, 12),
    };
    Some(match (class, of) {
        (10, 10) | (10..=12, 12) => Some(Education::UpperSecondary),
        (7..=9, 10) | (6..=9, 12) => Some(Education::LowerSecondary),
        (1..=6, 10) | (1..=5, 12) => Some(Education::Primary),
        _ => None,
    })
}

fn level(words: &str) -> Option<Level> {
    let levels: [(&[&str], Level); 6] = [
        (&["tien si", "tien sy", "ts", "tskh", "pgs ts", "gs ts", "ncs tien si"], Level::Doctor),
        (
            &[
                "thac si",
                "thac sy",
                "ths",
                "th s",
                "cao hoc",
                "ck1",
                "cki",
                "bsckii",
                "chuyen khoa",
            ],
            Level::Master,
        ),
        (
            &[
                "dai hoc",
                "dh",
                "cu nhan",
                "ky su",
                "ki su",
                "bac si",
                "bac sy",
                "kien truc su",
                "duoc si",
                "ks",
                "cn",
                "bs",
                "sau dai hoc",
                "luat su",
            ],
            Level::University,
        ),
        (&["cao dang", "cd"], Level::College),
        (&["trung cap", "tc", "thcn", "trung hoc chuyen nghiep"], Level::Intermediate),
        (
            &["so cap", "sc", "cnkt", "cong nhan ky thuat", "hoc nghe", "day nghe"],
            Level::Elementary,
        ),
    ];
    levels.into_iter().find(|(any, _)| holds_any(words, any)).map(|(_, level)| level)
}

/// A degree, as it stands and by its level.
///
/// # Errors
/// What the sheet shows as an error.
pub fn degree(cell: &Cell) -> Read<Degree> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    if is_nothing(&text) {
        return Ok(None);
    }
    sure(Degree { level: level(&words(&text)), text })
}

/// An academic title.
///
/// # Errors
/// What is none.
pub fn title(cell: &Cell) -> Read<Title> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    let words = words(&text);
    match () {
        () if is_nothing(&text) => Ok(None),
        () if holds_any(&words, &["pgs", "pho giao su"]) => sure(Title::AssociateProfessor),
        () if holds_any(&words, &["gs", "giao su"]) => sure(Title::Professor),
        // "Học hàm, học vị" with the latter alone.
        () if level(&words).is_some() => Ok(None),
        () => Err(Allowed::Title),
    }
}

/// The level of political theory.
///
/// # Errors
/// What is none.
pub fn theory(cell: &Cell) -> Read<Theory> {
    let Some(Taken { value: text, .. }) = text(cell)? else { return Ok(None) };
    let words = words(&text);
    match () {
        () if is_nothing(&text) || holds_any(&words, &["chua qua", "chua hoc", "chua dao tao"]) => {
            Ok(None)
        }
        () if holds_any(&words, &["cu nhan", "cn", "dai hoc", "thac si", "tien si"]) => {
            sure(Theory::Bachelor)
        }
        () if holds_any(&words, &["cao cap", "cc"]) => sure(Theory::Advanced),
        () if holds_any(&words, &["trung cap", "tc"]) => sure(Theory::Intermediate),
        () if holds_any(&words, &["so cap", "sc"]) => sure(Theory::Elementary),
        () => Err(Allowed::Theory),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn schooling_is_read() {
        for (text, expected) in [
            ("12/12", Education::UpperSecondary),
            ("10/10", Education::UpperSecondary),
            ("9/12", Education::LowerSecondary),
            ("7/10", Education::LowerSecondary),
            ("5/12", Education::Primary),
            ("Lớp 12", Education::UpperSecondary),
            ("THPT", Education::UpperSecondary),
            ("Tốt nghiệp THCS", Education::LowerSecondary),
            ("Tiểu học", Education::Primary),
            ("Đại học", Education::UpperSecondary),
        ] {
            assert_eq!(education(&cell(text)), sure(expected), "{text}");
        }
        let taken = |y, m, d| Cell::Day(chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(education(&taken(2018, 12, 12)), sure(Education::UpperSecondary));
        assert_eq!(education(&taken(2018, 12, 9)), Err(Allowed::Education));
        for wrong in ["13/12", "giỏi", "12/13"] {
            assert_eq!(education(&cell(wrong)), Err(Allowed::Education), "{wrong}");
        }
    }

    #[test]
    fn degrees_titles_and_theory_are_read() {
        for (text, level) in [
            ("Thạc sĩ Kinh tế", Some(Level::Master)),
            ("ThS. Luật", Some(Level::Master)),
            ("Kỹ sư xây dựng", Some(Level::University)),
            ("PGS.TS", Some(Level::Doctor)),
            ("CĐ Sư phạm", Some(Level::College)),
            ("Trung cấp", Some(Level::Intermediate)),
            ("Kế toán", None),
        ] {
            let read = degree(&cell(text)).unwrap().unwrap().value;
            assert_eq!((read.level, read.text.as_str()), (level, text), "{text}");
        }
        assert_eq!(title(&cell("PGS. TS")), sure(Title::AssociateProfessor));
        assert_eq!(title(&cell("Giáo sư")), sure(Title::Professor));
        assert_eq!(title(&cell("Tiến sĩ")), Ok(None));
        for (text, expected) in [
            ("Sơ cấp", Theory::Elementary),
            ("Trung cấp LLCT", Theory::Intermediate),
            ("Cao cấp", Theory::Advanced),
            ("CC", Theory::Advanced),
            ("Cử nhân", Theory::Bachelor),
        ] {
            assert_eq!(theory(&cell(text)), sure(expected), "{text}");
        }
        assert_eq!(theory(&cell("chưa qua")), Ok(None));
        assert_eq!(theory(&cell("giỏi")), Err(Allowed::Theory));
    }
}
