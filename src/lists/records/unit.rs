//! Units, their meetings, the numbers of their papers, and classes, out of rows.

use super::reading::Reading;
use super::rows::main_column;
use super::{ClassRow, InUnit, NumberRow, PaperKind, PaperTold, RuleRow, Told, UnitRow};
use crate::domain::text::fold;
use crate::lists::file::{Cell, Col};
use crate::lists::headings::Column;
use crate::lists::table::Kind;
use crate::lists::values::{Allowed, count, hour, meeting_day, span, unit_kind};

/// Columns of the last numbers.
const LAST: [(Column, PaperKind); 12] = [
    (Column::LastResolution, PaperKind::Resolution),
    (Column::LastDecision, PaperKind::Decision),
    (Column::LastConclusion, PaperKind::Conclusion),
    (Column::LastNotice, PaperKind::Notice),
    (Column::LastReport, PaperKind::Report),
    (Column::LastPlan, PaperKind::Plan),
    (Column::LastProgramme, PaperKind::Programme),
    (Column::LastScheme, PaperKind::Scheme),
    (Column::LastOption, PaperKind::Option),
    (Column::LastSubmission, PaperKind::Submission),
    (Column::LastLetter, PaperKind::Letter),
    (Column::LastMinutes, PaperKind::Minutes),
];

/// Reads a row of a list of units; one list may tell of the units, their meetings and their papers.
pub(super) fn read(reading: &mut Reading<'_>, kind: Kind) {
    let code = reading.text(Column::UnitCode);
    let name = reading.text(Column::UnitName);
    let unit = code.clone().or_else(|| name.clone()).map(InUnit::Column);
    if kind == Kind::Units {
        match name.or_else(|| code.clone()) {
            Some(name) => row(reading, code, name),
            None => {
                let column = main_column(reading.proposal).unwrap_or_default();
                reading.error(Column::UnitName, column, &Cell::Empty, Allowed::Something);
            }
        }
    }
    rule(reading, unit.clone());
    numbers(reading, unit);
}

fn row(reading: &mut Reading<'_>, code: Option<Told<String>>, name: Told<String>) {
    // Of the column for it, or what the name begins with.
    let told = reading.text(Column::UnitKind);
    let kind = told
        .as_ref()
        .and_then(|told| Some(Told { value: unit_kind(&told.value)?, column: told.column }));
    let kind = kind.or_else(|| Some(Told { value: unit_kind(&name.value)?, column: name.column }));
    let unit = UnitRow {
        at: reading.at(),
        code,
        name,
        kind,
        parent: reading.text(Column::UnitParent),
        founded: reading.day(Column::Founded),
        ended: reading.day(Column::Ended),
    };
    reading.lists.units.push(unit);
}

fn rule(reading: &mut Reading<'_>, unit: Option<InUnit>) {
    let rule = RuleRow {
        at: reading.at(),
        unit,
        day: reading.told(Column::MeetingDay, meeting_day),
        hour: reading.told(Column::MeetingHour, hour),
        place: reading.text(Column::MeetingPlace),
    };
    if rule.day.is_some() || rule.hour.is_some() || rule.place.is_some() {
        reading.lists.rules.push(rule);
    }
}

fn numbers(reading: &mut Reading<'_>, unit: Option<InUnit>) {
    let mut found: Vec<(PaperKind, Told<u32>)> = Vec::new();
    for (means, paper) in LAST {
        found.extend(reading.told(means, count).map(|last| (paper, last)));
    }
    if let Some((column, cell)) = reading.cell(Column::PaperKind) {
        match paper_kind(&cell.shown()) {
            Some(paper) => {
                found.extend(reading.told(Column::LastNumber, count).map(|last| (paper, last)))
            }
            None => reading.error(Column::PaperKind, column, cell, Allowed::PaperKind),
        }
    }
    for (paper, last) in found {
        let row = NumberRow { at: reading.at(), unit: unit.clone(), paper, last };
        reading.lists.numbers.push(row);
    }
}

/// The kind of paper that an abbreviation or a word names.
fn paper_kind(text: &str) -> Option<PaperKind> {
    use PaperKind::{
        Conclusion, Decision, Letter, Minutes, Notice, Option as Choice, Plan, Programme, Report,
        Resolution, Scheme, Submission,
    };
    let kinds: [(&[&str], PaperKind); 12] = [
        (&["nq", "nghi quyet"], Resolution),
        (&["qd", "quyet dinh"], Decision),
        (&["kl", "ket luan"], Conclusion),
        (&["tb", "thong bao"], Notice),
        (&["bc", "bao cao"], Report),
        (&["kh", "ke hoach"], Plan),
        (&["ctr", "ct", "chuong trinh"], Programme),
        (&["da", "de an"], Scheme),
        (&["pa", "phuong an"], Choice),
        (&["ttr", "to trinh"], Submission),
        (&["cv", "cong van"], Letter),
        (&["bb", "bien ban"], Minutes),
    ];
    let outer = text.split('(').next().unwrap_or(text);
    let folded = fold(outer);
    kinds.into_iter().find(|(words, _)| words.contains(&folded.as_str())).map(|(_, kind)| kind)
}

/// Reads a row of a list of classes.
pub(super) fn class(reading: &mut Reading<'_>) {
    let decision = reading.paper(Column::ClassNumber, Some(Column::ClassDecided));
    let days = reading.told(Column::ClassDays, span);
    let place = reading.text(Column::ClassPlace);
    if decision == PaperTold::default() && days.is_none() {
        let column = main_column(reading.proposal).unwrap_or(Col(0));
        reading.error(Column::ClassNumber, column, &Cell::Empty, Allowed::Something);
        return;
    }
    let row = ClassRow { at: reading.at(), decision, days, place };
    reading.lists.classes.push(row);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_papers_are_known() {
        for (text, kind) in [
            ("NQ", Some(PaperKind::Resolution)),
            ("Biên bản (BB)", Some(PaperKind::Minutes)),
            ("CTr", Some(PaperKind::Programme)),
            ("Quy định", None),
        ] {
            assert_eq!(paper_kind(text), kind, "{text}");
        }
    }
}
