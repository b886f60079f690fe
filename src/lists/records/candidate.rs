//! What a row tells of somebody's road.

use super::reading::Reading;
use super::{CandidateRow, Told};
use crate::lists::file::Cell;
use crate::lists::headings::Column;
use crate::lists::values::{self, people, span};

/// Nothing where no column of the road holds anything.
pub(super) fn read(reading: &mut Reading<'_>) -> Option<CandidateRow> {
    let mut mentors = Vec::new();
    for means in [Column::Mentor, Column::SecondMentor] {
        for (column, cell) in reading.cells(means) {
            if let Some(told) = reading.keep(means, column, cell, people(cell)) {
                mentors.extend(told.value.into_iter().map(|value| Told { value, column }));
            }
        }
    }
    let by = reading.paper(Column::MentorsBy, Some(Column::MentorsSince));
    let row = CandidateRow {
        recognised: reading.paper(Column::RecognisedBy, Some(Column::RecognisedOn)),
        recognised_in: reading.text(Column::RecognisedIn),
        mentors,
        mentors_since: by.on,
        mentors_by: by.number,
        class: reading.paper(Column::ClassNumber, Some(Column::ClassDecided)),
        class_days: reading.told(Column::ClassDays, span),
        class_place: reading.text(Column::ClassPlace),
        certificate: reading.paper(Column::CertificateNumber, Some(Column::CertificateDay)),
        certificate_by: reading.text(Column::CertificateBy),
        papers: papers(reading),
        admission_resolution: reading.paper(Column::AdmissionResolution, None),
        admission: reading.paper(Column::AdmissionNumber, Some(Column::AdmissionDecided)),
        admission_day: reading.day(Column::AdmissionDay),
    };
    (row != CandidateRow::default()).then_some(row)
}

/// Papers that are named in one cell.
fn papers(reading: &mut Reading<'_>) -> Vec<Told<String>> {
    let mut out = Vec::new();
    for (column, cell) in reading.cells(Column::Papers) {
        let read = match cell {
            // "Đủ" and a mark say that all are there, and which these are only the rules know.
            Cell::Bool(_) => Ok(None),
            cell => values::text(cell),
        };
        let Some(told) = reading.keep(Column::Papers, column, cell, read) else { continue };
        let parts = told
            .value
            .split([',', ';', '\n', '+'])
            .map(|part| part.trim().trim_start_matches(['-', '•']).trim());
        let parts = parts.filter(|part| part.chars().any(char::is_alphanumeric));
        out.extend(parts.map(|part| Told { value: part.to_owned(), column }));
    }
    out
}
