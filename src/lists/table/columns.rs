//! What the columns of a table mean beside each other: the same word says one thing in a list of people and
//! another in a list of branches, and some are told apart only by what stands below them.

use super::Kind;
use super::heading::Heading;
use crate::domain::text::fold;
use crate::lists::file::{Cell, Col, Row, Sheet};
use crate::lists::headings::{Column, Meaning, Sure, plain};
use crate::lists::values::{day, mark};

/// A column with the texts above it.
type Headed = (Col, Vec<String>, Meaning);

/// Rows below a heading that tell what a column holds.
const LOOKED_AT: usize = 200;

/// What kind of table it is, and what its columns mean in it; nothing where it is no table.
pub(super) fn settle(
    sheet: &Sheet,
    heading: Heading,
    ends: u32,
    mut columns: Vec<Headed>,
) -> Option<(Kind, Vec<Headed>)> {
    beside(&mut columns);
    parted_names(sheet, heading, ends, &mut columns);
    let kind = kind(&columns)?;
    branches(sheet, heading, ends, kind, &mut columns);
    for (column, _, meaning) in &mut columns {
        let Meaning::Is(means, sure) = *meaning else { continue };
        let means = match means {
            Column::Admitted if holds_marks(sheet, heading, ends, *column) => {
                Column::IsProbationary
            }
            Column::Official if holds_marks(sheet, heading, ends, *column) => Column::IsOfficial,
            means => means,
        };
        *meaning = within(kind, means).map_or(Meaning::Unknown, |means| Meaning::Is(means, sure));
    }
    once(&mut columns);
    Some((kind, columns))
}

/// Headings that say what they mean only behind another: "Số QĐ", "Ngày".
fn beside(columns: &mut [Headed]) {
    use Column::*;
    let mut before = None;
    for (_, texts, meaning) in columns {
        let words = texts.last().map(|text| plain(text)).unwrap_or_default();
        let means = match (words.as_str(), before, *meaning) {
            ("so", Some(CertificateDay), _) => Some(CertificateNumber),
            ("so", Some(ClassDecided), _) => Some(ClassNumber),
            ("so", Some(AdmissionDecided), _) => Some(AdmissionNumber),
            ("ngay" | "ngay qd" | "ngay quyet dinh" | "ngay ky", Some(ClassNumber), _) => {
                Some(ClassDecided)
            }
            ("ngay" | "ngay qd" | "ngay ky", Some(AdmissionNumber), _) => Some(AdmissionDecided),
            ("ngay" | "ngay nq" | "ngay hop", Some(RecognisedBy | RecognisedIn), _) => {
                Some(RecognisedOn)
            }
            ("ngay" | "ngay qd" | "ngay nq", Some(MentorsBy), _) => Some(MentorsSince),
            ("ngay" | "ngay cap", Some(CertificateNumber), _) => Some(CertificateDay),
            ("noi cap", Some(CertificateNumber | CertificateDay), _) => Some(CertificateBy),
            ("ngay" | "ngay cap", Some(Card | CardPlace), _) => Some(CardDay),
            ("ngay cap" | "noi cap", Some(Personal), _) => {
                // Of the identity card, which nothing here needs.
                *meaning = Meaning::NotUsed;
                continue;
            }
            _ => None,
        };
        if let Some(means) = means {
            *meaning = Meaning::Is(means, Sure::Likely);
        }
        if let Meaning::Is(means, _) = *meaning {
            before = Some(means);
        }
    }
}

fn kind(columns: &[Headed]) -> Option<Kind> {
    use Column::*;
    let has = |means: &[Column]| {
        columns
            .iter()
            .any(|(_, _, meaning)| matches!(meaning, Meaning::Is(one, _) if means.contains(one)))
    };
    let of_person = has(&[
        Sex,
        Male,
        Female,
        Born,
        Ethnicity,
        Religion,
        Home,
        Residence,
        Occupation,
        Education,
        Degree,
        Theory,
        Personal,
        Card,
        Admitted,
        Official,
        Phone,
        Email,
        Mentor,
        RecognisedOn,
        CertificateNumber,
        AdmissionDay,
        AdmissionNumber,
        PartyOffice,
        Office,
        Department,
        Youth,
        Trade,
        MentorsSince,
        RecognisedBy,
        ClassDays,
        CertificateDay,
        LeftOn,
        CameOn,
    ]);
    let of_candidate = has(&[
        RecognisedOn,
        RecognisedBy,
        RecognisedIn,
        Mentor,
        MentorsSince,
        CertificateNumber,
        CertificateDay,
        ClassNumber,
        ClassDays,
        AdmissionResolution,
    ]);
    let of_unit = has(&[UnitName, UnitCode, UnitKind, UnitParent, Founded, Ended]);
    let many = columns
        .iter()
        .filter(|(_, _, meaning)| matches!(meaning, Meaning::Is(one, _) if is_last(*one)));
    let numbers = has(&[LastNumber]) && has(&[PaperKind]) || many.count() > 1;
    let meets = has(&[MeetingDay, MeetingHour]);
    let structure = has(&[UnitKind, UnitParent, Founded, Ended, UnitCode]);
    let named = has(&[Name]);
    match () {
        () if named && of_person && of_candidate && !has(&[Card, Official]) => {
            Some(Kind::Candidates)
        }
        () if named && of_person => Some(Kind::People),
        () if structure && (of_unit || named) => Some(Kind::Units),
        () if numbers => Some(Kind::Numbers),
        () if meets => Some(Kind::Rules),
        () if has(&[ClassNumber]) => Some(Kind::Classes),
        () if has(&[UnitName]) => Some(Kind::Units),
        () if named => Some(Kind::People),
        () => None,
    }
}

const fn is_last(column: Column) -> bool {
    use Column::*;
    matches!(
        column,
        LastResolution
            | LastDecision
            | LastConclusion
            | LastNotice
            | LastReport
            | LastPlan
            | LastProgramme
            | LastScheme
            | LastOption
            | LastSubmission
            | LastLetter
            | LastMinutes
    )
}

/// What a heading means in a table of some kind; nothing where it has no place there.
pub(super) fn within(kind: Kind, means: Column) -> Option<Column> {
    use Column::*;
    match kind {
        Kind::People | Kind::Candidates => match means {
            UnitCode | UnitName => Some(Unit),
            LastResolution if kind == Kind::Candidates => Some(RecognisedBy),
            UnitKind => Some(State),
            UnitParent | Founded | Ended | MeetingDay | MeetingHour | MeetingPlace | PaperKind
            | LastNumber => None,
            means if is_last(means) => None,
            means => Some(means),
        },
        Kind::Units | Kind::Numbers | Kind::Rules => match means {
            Name | Unit | Department => Some(UnitName),
            Key => Some(UnitCode),
            State => Some(UnitKind),
            ClassPlace => Some(MeetingPlace),
            Order | UnitName | UnitCode | UnitKind | UnitParent | Founded | Ended | MeetingDay
            | MeetingHour | MeetingPlace | PaperKind | LastNumber => Some(means),
            means if is_last(means) => Some(means),
            _ => None,
        },
        Kind::Classes => match means {
            MeetingPlace => Some(ClassPlace),
            AdmissionDecided | RecognisedOn => Some(ClassDecided),
            Order | Key | Name | ClassNumber | ClassDecided | ClassDays | ClassPlace => Some(means),
            _ => None,
        },
    }
}

/// The rows below a heading.
fn below(sheet: &Sheet, heading: Heading, ends: u32) -> impl Iterator<Item = &Row> {
    sheet.rows.iter().filter(move |row| (heading.last + 1..=ends).contains(&row.number))
}

/// One heading over two columns, of which the first holds what stands before the given name.
fn parted_names(sheet: &Sheet, heading: Heading, ends: u32, columns: &mut [Headed]) {
    let is_name = |headed: &Headed| matches!(headed.2, Meaning::Is(Column::Name, _));
    for at in 1..columns.len() {
        let [first, second] = [&columns[at - 1], &columns[at]];
        let same = is_name(first) && is_name(second) && first.1 == second.1;
        if !same || second.0.0 != first.0.0 + 1 {
            continue;
        }
        let named = below(sheet, heading, ends)
            .filter(|row| matches!(row.cell(first.0), Cell::Text(_)))
            .take(LOOKED_AT);
        let (mut all, mut both) = (0_usize, 0_usize);
        for row in named {
            all += 1;
            both += usize::from(matches!(row.cell(second.0), Cell::Text(_)));
        }
        if both * 2 > all {
            columns[at - 1].2 = Meaning::Is(Column::FamilyName, Sure::Likely);
        }
    }
}

/// Where people have no column for their branch and one for their department in which branches stand, it is that.
fn branches(sheet: &Sheet, heading: Heading, ends: u32, kind: Kind, columns: &mut [Headed]) {
    let tells = |headed: &Headed, of: &[Column]| matches!(headed.2, Meaning::Is(means, _) if of.contains(&means));
    let of_people = matches!(kind, Kind::People | Kind::Candidates);
    let told = [Column::Unit, Column::UnitName, Column::UnitCode];
    if !of_people || columns.iter().any(|headed| tells(headed, &told)) {
        return;
    }
    for (column, _, meaning) in columns {
        let Meaning::Is(Column::Department, sure) = *meaning else { continue };
        let texts = below(sheet, heading, ends).filter_map(|row| match row.cell(*column) {
            Cell::Text(text) => Some(fold(text)),
            _ => None,
        });
        let (mut all, mut branches) = (0_usize, 0_usize);
        for text in texts.take(LOOKED_AT) {
            all += 1;
            branches += usize::from(["chi bo ", "cb "].iter().any(|kind| text.starts_with(kind)));
        }
        if branches * 2 > all {
            *meaning = Meaning::Is(Column::Unit, sure);
            return;
        }
    }
}

/// Whether marks stand in a column, and not days.
fn holds_marks(sheet: &Sheet, heading: Heading, ends: u32, column: Col) -> bool {
    let rows = below(sheet, heading, ends);
    let (mut marks, mut days) = (0_usize, 0_usize);
    for cell in
        rows.map(|row| row.cell(column)).filter(|cell| **cell != Cell::Empty).take(LOOKED_AT)
    {
        marks += usize::from(mark(cell).is_ok_and(|mark| mark.is_some_and(|mark| mark.value)));
        days += usize::from(day(cell).is_ok_and(|day| day.is_some()));
    }
    marks > days
}

/// Of columns that mean the same the surest is read, and of those the first.
fn once(columns: &mut [Headed]) {
    let all: Vec<(Col, Column, Sure)> = columns
        .iter()
        .filter_map(|(column, _, meaning)| match meaning {
            Meaning::Is(means, sure) => Some((*column, *means, *sure)),
            _ => None,
        })
        .collect();
    for (column, _, meaning) in columns {
        let Meaning::Is(means, sure) = *meaning else { continue };
        let beaten = all.iter().any(|(other, same, surer)| {
            *same == means && (*surer > sure || (*surer == sure && *other < *column))
        });
        if beaten && !means.may_repeat() {
            *meaning = Meaning::Unknown;
        }
    }
}
