//! What stands above a table, or is the name of its sheet, and holds for all of its rows: whose list it is, and of
//! whom.

use super::rows::{TextIs, group_name};
use crate::domain::text::fold;
use crate::lists::file::{Cell, Sheet};
use crate::lists::headings::Column;
use crate::lists::table::{Kind, Proposal};
use crate::lists::values::State;

/// What a title says, and the row it stands in; the heading's own where the name of the sheet says it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Where the rows name no branch.
    pub branch: Option<(String, u32)>,
    /// What people are, where the rows do not tell, with the text that says so.
    pub state: Option<(State, String, u32)>,
}

/// Characters of a title; what is longer is prose.
const LONGEST: usize = 150;

/// Words behind the name of a branch that are none of it.
const BEHIND: [&str; 9] = [
    " năm ",
    " quý ",
    " tháng ",
    " tính đến ",
    " đến ngày ",
    " đến tháng ",
    " nhiệm kỳ ",
    " (",
    " - danh",
];

pub(super) fn above(sheet: &Sheet, proposal: &Proposal) -> Title {
    if !matches!(proposal.kind, Kind::People | Kind::Candidates) {
        return Title::default();
    }
    let texts = titles(sheet, proposal);
    let has = |columns: &[Column]| columns.iter().any(|one| proposal.column(*one).is_some());
    let branch = match has(&[Column::Unit, Column::RecognisedIn]) {
        true => None,
        false => texts.iter().find_map(|(text, row)| Some((branch(text)?, *row))),
    };
    let is_of_candidates = proposal.kind == Kind::Candidates;
    let state = match is_of_candidates
        || has(&[Column::State, Column::IsOfficial, Column::IsProbationary])
    {
        true => None,
        false => texts.iter().find_map(|(text, row)| Some((state(text)?, text.clone(), *row))),
    };
    Title { branch, state }
}

/// Texts above a table and below the one before, the nearest first, then the name of the sheet.
fn titles(sheet: &Sheet, proposal: &Proposal) -> Vec<(String, u32)> {
    let top = proposal.heading.0;
    let above = sheet.rows.iter().rev().filter(|row| row.number < top);
    // A row of several texts is of a table, or of a letterhead: each of its lines is looked at there.
    let mut texts = Vec::new();
    for row in above.take_while(|row| row.cells.len() <= 3) {
        for (_, cell) in &row.cells {
            let Cell::Text(text) = cell else { continue };
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            texts.extend(lines.map(|line| (line.to_owned(), row.number)));
        }
    }
    texts.push((sheet.name.to_string(), top));
    texts.retain(|(text, _)| text.chars().count() <= LONGEST);
    texts
}

/// The branch that a title names: "CHI BỘ PHÒNG 1", "Danh sách đảng viên Chi bộ Phòng 1 năm 2026".
fn branch(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let at = folded.windows(2).position(|two| two[0] == "chi" && two[1] == "bo");
    let at = at.or_else(|| (folded.first()? == "cb" && words.len() > 1).then_some(0))?;
    // "Các chi bộ trực thuộc" names none.
    let many = at.checked_sub(1).and_then(|before| folded.get(before));
    let many =
        many.is_some_and(|word| ["cac", "tung", "moi", "nhung", "theo"].contains(&word.as_str()));
    let next = words.get(at + 2).map(|word| word.to_lowercase());
    let is_none = match next.as_deref() {
        None => folded.first().is_some_and(|first| first != "cb"),
        Some("có" | "gồm" | "thuộc") => true,
        Some(_) => folded
            .get(at + 2..at + 4)
            .is_some_and(|two| ["truc thuoc", "co so"].contains(&two.join(" ").as_str())),
    };
    if many || is_none {
        return None;
    }
    let name = words.get(at..)?.join(" ");
    let lowered = name.to_lowercase();
    let end = BEHIND.iter().filter_map(|word| lowered.find(word)).min();
    // What is cut by the lower case is cut where it stands: both have the same letters.
    let name: String = match end {
        Some(end) => name.chars().take(lowered.get(..end)?.chars().count()).collect(),
        None => name,
    };
    group_name(&[name.as_str()], TextIs::Nobody).filter(|name| fold(name) != "chi bo")
}

/// What a title says that everybody below it is.
fn state(text: &str) -> Option<State> {
    let folded = fold(text);
    let others =
        ["quan chung", "doan vien", "cam tinh", "giup do", "gioi thieu", "chuyen", "ket nap"];
    if !folded.contains("dang vien") || others.iter().any(|word| folded.contains(word)) {
        return None;
    }
    Some(match folded.contains("du bi") {
        true if folded.contains("chinh thuc") => return None,
        true => State::Probationary,
        false => State::Official,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_named_in_titles() {
        for (text, name) in [
            ("CHI BỘ PHÒNG 1", Some("CHI BỘ PHÒNG 1")),
            ("Danh sách đảng viên Chi bộ Kho vận năm 2026", Some("Chi bộ Kho vận")),
            ("DANH SÁCH ĐẢNG VIÊN CHI BỘ KHO VẬN (15 đồng chí)", Some("CHI BỘ KHO VẬN")),
            ("CB Kho vận", Some("CB Kho vận")),
            ("CHI BỘ CƠ ĐIỆN", Some("CHI BỘ CƠ ĐIỆN")),
            ("Danh sách chi bộ cơ sở", None),
            ("Danh sách đảng viên các chi bộ", None),
            ("Danh sách chi bộ trực thuộc", None),
            ("DANH SÁCH CHI BỘ", None),
            ("ĐẢNG BỘ SỞ CÔNG THƯƠNG", None),
            ("Sheet1", None),
        ] {
            assert_eq!(branch(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn titles_say_what_people_are() {
        for (text, is) in [
            ("DANH SÁCH ĐẢNG VIÊN", Some(State::Official)),
            ("Danh sách đảng viên dự bị năm 2026", Some(State::Probationary)),
            ("Danh sách đảng viên chính thức, dự bị", None),
            ("Danh sách đảng viên và quần chúng", None),
            ("Danh sách cán bộ", None),
            ("Đảng viên", Some(State::Official)),
        ] {
            assert_eq!(state(text), is, "{text}");
        }
    }
}
