//! People out of rows.

use std::collections::HashMap;

use super::reading::Reading;
use super::{CellDoubt, Lists, Moved, PersonRow, Told, candidate};
use crate::domain::text::{fold, fold_but_marks};
use crate::lists::file::{Cell, Col};
use crate::lists::headings::Column;
use crate::lists::values::{
    self, Allowed, Day, Doubt, Facts, Level, Sex, State, Taken, UnionKind, day, facts, mark, named,
    offices,
};

/// Reads a row; nothing comes of it where it names nobody, and that is an error of its cell.
pub(super) fn read(reading: &mut Reading<'_>) {
    let Some(means) = reading.proposal.column(Column::Name) else { return };
    let Some((column, cell)) = whole_name(reading) else {
        reading.error(Column::Name, means, &Cell::Empty, Allowed::Something);
        return;
    };
    let Some(named) = reading.keep(Column::Name, column, &cell, named(&cell)) else { return };
    let mut beside = named.value.facts;
    let mut person = begun(reading, Told { value: named.value.name, column });
    person.former_names =
        named.value.other_names.into_iter().map(|value| Told { value, column }).collect();
    if let Some(other) = reading.cell(Column::OtherName) {
        other_name(reading, other, &mut person);
    }
    member(reading, &mut person);
    studies(reading, &mut person);
    posts(reading, &mut person);
    let of_cells = mixed(reading, &mut person);
    take(&mut person, column, &mut beside);
    for (column, mut facts) in of_cells {
        take(&mut person, column, &mut facts);
    }
    if person.sex.is_none() || person.born.is_none() {
        both_columns(reading, &mut person);
    }
    state(reading, &mut person);
    person.candidate = candidate::read(reading);
    reading.lists.people.push(person);
}

/// The name, also where the given name has a column of its own.
fn whole_name(reading: &Reading<'_>) -> Option<(Col, Cell)> {
    let (column, given) = reading.cell(Column::Name)?;
    let cell = match (reading.cell(Column::FamilyName), given) {
        (Some((_, Cell::Text(family))), Cell::Text(given)) => {
            // What is said beside the name stands behind the whole of it.
            let ends = ["(", " - ", " – ", ",", "\n"].iter().filter_map(|sign| family.find(sign));
            let (family, beside) = family.split_at(ends.min().unwrap_or(family.len()));
            Cell::Text(format!("{} {} {beside}", family.trim(), given.trim()).trim().to_owned())
        }
        (_, given) => given.clone(),
    };
    Some((column, cell))
}

fn begun(reading: &mut Reading<'_>, name: Told<String>) -> PersonRow {
    PersonRow {
        at: reading.at(),
        key: reading.text(Column::Key),
        name,
        former_names: Vec::new(),
        card: reading.secret(Column::Card, values::card),
        card_day: reading.day(Column::CardDay),
        card_place: reading.text(Column::CardPlace),
        personal: reading.secret(Column::Personal, values::personal),
        born: None,
        sex: None,
        ethnicity: None,
        religion: None,
        home: joined(reading, Column::Home),
        residence: joined(reading, Column::Residence),
        occupation: reading.text(Column::Occupation),
        party_offices: Vec::new(),
        union_offices: Vec::new(),
        posts: Vec::new(),
        unions: Vec::new(),
        education: None,
        degree: None,
        title: None,
        theory: None,
        unit: reading.unit(Column::Unit),
        unit_of_residence: reading.text(Column::UnitOfResidence),
        department: reading.text(Column::Department),
        state: None,
        admitted: None,
        readmitted: None,
        official: None,
        came: moved(reading, [Column::CameOn, Column::CameFrom, Column::CameHow]),
        left: moved(reading, [Column::LeftOn, Column::LeftTo, Column::LeftHow]),
        phone: reading.secret(Column::Phone, values::phone),
        email: reading.told(Column::Email, values::email),
        candidate: None,
    }
}

fn moved(reading: &mut Reading<'_>, [on, place, how]: [Column; 3]) -> Moved {
    Moved { on: reading.day(on), place: reading.text(place), how: reading.text(how) }
}

/// A place that several columns tell, the nearest first: address, commune, province.
fn joined(reading: &mut Reading<'_>, means: Column) -> Option<Told<String>> {
    let cells = reading.cells(means);
    let mut parts: Vec<Told<String>> = Vec::new();
    for (column, cell) in cells.into_iter().rev() {
        if let Some(told) = reading.keep(means, column, cell, values::text(cell)) {
            parts.push(told);
        }
    }
    let column = parts.last()?.column;
    let value: Vec<String> = parts.into_iter().map(|part| part.value.replace('\n', " ")).collect();
    Some(Told { value: value.join(", "), column })
}

fn other_name(reading: &mut Reading<'_>, (column, cell): (Col, &Cell), person: &mut PersonRow) {
    let Cell::Text(text) = cell else { return };
    if !text.chars().any(char::is_alphanumeric)
        || matches!(fold_but_marks(text).as_str(), "không" | "không có")
    {
        return;
    }
    match values::other_name(text.trim()) {
        Some(name) if name == person.name.value => {}
        Some(value) => person.former_names.push(Told { value, column }),
        None => match values::people(cell) {
            Ok(Some(Taken { value, .. })) => {
                person
                    .former_names
                    .extend(value.into_iter().map(|one| Told { value: one.name, column }));
            }
            _ => reading.error(Column::OtherName, column, cell, Allowed::Name),
        },
    }
}

fn member(reading: &mut Reading<'_>, person: &mut PersonRow) {
    person.admitted = reading.day(Column::Admitted);
    person.readmitted = reading.day(Column::Readmitted);
    person.official = reading.day(Column::Official);
    says_official(reading, person);
    let days = [
        (Column::Admitted, person.admitted.as_ref()),
        (Column::Readmitted, person.readmitted.as_ref()),
        (Column::Official, person.official.as_ref()),
    ];
    let inexact =
        days.map(|(means, told)| (means, told.filter(|told| told.value.exact().is_none())));
    for (means, told) in inexact {
        let Some((column, cell)) = told.and_then(|_| reading.cell(means)) else { continue };
        reading.doubt(means, column, cell, Doubt::NoDay);
    }
    for (means, kind) in [(Column::Youth, UnionKind::Youth), (Column::Trade, UnionKind::Trade)] {
        if let Some(told) = reading.told(means, values::yes) {
            person.unions.push(Told { value: (kind, told.value), column: told.column });
        }
    }
    if let Some(told) = reading.text(Column::Union) {
        let words = fold(&told.value);
        let column = told.column;
        let trade = words.contains("cong doan");
        let youth = words.contains("thanh nien")
            || words.contains("doan tn")
            || words == "doan vien"
            || words.contains("tncs");
        person.unions.extend(trade.then_some(Told { value: (UnionKind::Trade, true), column }));
        person.unions.extend(youth.then_some(Told { value: (UnionKind::Youth, true), column }));
    }
}

/// "3/2/2000 (chính thức)" under the day of admission is the day of official membership.
fn says_official(reading: &Reading<'_>, person: &mut PersonRow) {
    let Some((_, Cell::Text(text))) = reading.cell(Column::Admitted) else { return };
    let remark = text.split_once('(').map(|(_, remark)| fold(remark));
    let says = remark.is_some_and(|remark| {
        ["chinh thuc", "ct", "dang vien chinh thuc"].contains(&remark.trim_matches([')', ' ']))
    });
    if says && person.official.is_none() {
        person.official = person.admitted.take();
    }
}

fn studies(reading: &mut Reading<'_>, person: &mut PersonRow) {
    person.education = reading.told(Column::Education, values::education);
    person.degree = reading.told(Column::Degree, values::degree);
    person.theory = reading.told(Column::Theory, values::theory);
    person.title = reading.told(Column::Title, values::title);
    // "Học hàm, học vị" in one column tells both.
    if let Some((column, cell)) = reading.cell(Column::Title) {
        let degree = values::degree(cell)
            .ok()
            .flatten()
            .filter(|degree| degree.value.level >= Some(Level::Master));
        if let (None, Some(degree)) = (&person.degree, degree) {
            person.degree = Some(Told { value: degree.value, column });
        }
    }
}

fn posts(reading: &mut Reading<'_>, person: &mut PersonRow) {
    for means in [Column::PartyOffice, Column::Office] {
        for (column, cell) in reading.cells(means) {
            let read = match mark(cell) {
                // An "x" under "Cấp ủy".
                Ok(Some(Taken { value: true, .. })) if means == Column::PartyOffice => {
                    Ok(Some(Taken { value: "Cấp ủy".to_owned(), doubt: None }))
                }
                _ => values::text(cell),
            };
            let Some(told) = reading.keep(means, column, cell, read) else { continue };
            let found = offices(&told.value);
            if let Some(doubt) = found.doubt {
                reading.doubt(means, column, cell, doubt);
            }
            person
                .party_offices
                .extend(found.party.into_iter().map(|value| Told { value, column }));
            person
                .union_offices
                .extend(found.union.into_iter().map(|value| Told { value, column }));
            person.posts.extend(found.other.into_iter().map(|value| Told { value, column }));
        }
    }
}

/// Columns whose cells hold one fact, or several: what else is in them comes back.
fn mixed(reading: &mut Reading<'_>, person: &mut PersonRow) -> Vec<(Col, Facts)> {
    let mut out = Vec::new();
    let several = |cell: &Cell| match cell {
        Cell::Text(text) if text.contains([',', ';', '\n']) => {
            Some(facts(text)).filter(|facts| !facts.is_nothing())
        }
        _ => None,
    };
    if let Some((column, cell)) = reading.cell(Column::Born) {
        match (day(cell), several(cell)) {
            (Err(_), Some(facts)) if facts.born.is_some() => out.push((column, facts)),
            (read, _) => person.born = reading.keep(Column::Born, column, cell, read),
        }
    }
    if let Some((column, cell)) = reading.cell(Column::Sex) {
        match (values::sex(cell), several(cell)) {
            (Err(_), Some(facts)) if facts.sex.is_some() => out.push((column, facts)),
            (read, _) => person.sex = reading.keep(Column::Sex, column, cell, read),
        }
    }
    for means in [Column::Ethnicity, Column::Religion] {
        let Some((column, cell)) = reading.cell(means) else { continue };
        let known = several(cell).filter(|facts| facts.sex.is_some() || facts.ethnicity.is_some());
        match known {
            Some(facts) => out.push((column, facts)),
            None => {
                let told = reading
                    .text(means)
                    .filter(|told| told.value.chars().any(char::is_alphanumeric));
                match means {
                    Column::Ethnicity => person.ethnicity = told,
                    _ => person.religion = told,
                }
            }
        }
    }
    out
}

/// Takes facts that stand in a cell of another, where the row tells none of its own.
fn take(person: &mut PersonRow, column: Col, facts: &mut Facts) {
    fn keep<T>(own: &mut Option<Told<T>>, fact: Option<T>, column: Col) {
        if own.is_none() {
            *own = fact.map(|value| Told { value, column });
        }
    }
    keep(&mut person.born, facts.born.take(), column);
    keep(&mut person.sex, facts.sex.take(), column);
    keep(&mut person.ethnicity, facts.ethnicity.take(), column);
    keep(&mut person.religion, facts.religion.take(), column);
    keep(&mut person.phone, facts.phone.take().map(super::Secret::new), column);
    keep(&mut person.email, facts.email.take(), column);
    for value in facts.party.drain(..) {
        if !person.party_offices.iter().any(|own| own.value.kind == value.kind) {
            person.party_offices.push(Told { value, column });
        }
    }
    for value in facts.union.drain(..) {
        if !person.union_offices.iter().any(|own| own.value.kind == value.kind) {
            person.union_offices.push(Told { value, column });
        }
    }
}

/// Two columns, one for men and one for women: marked, or with the day of birth.
fn both_columns(reading: &mut Reading<'_>, person: &mut PersonRow) {
    let mut found: Vec<(Told<Sex>, Option<Told<Day>>)> = Vec::new();
    for (means, sex) in [(Column::Male, Sex::Male), (Column::Female, Sex::Female)] {
        let Some((column, cell)) = reading.cell(means) else { continue };
        match (mark(cell), day(cell)) {
            (Ok(Some(Taken { value: true, .. })), _) => {
                found.push((Told { value: sex, column }, None))
            }
            (Ok(_), _) => {}
            (Err(_), Ok(None)) => {}
            (Err(_), read) => {
                // What is neither a mark nor a day is a wrong day, or an error of the sheet.
                if let Some(born) = reading.keep(means, column, cell, read) {
                    found.push((Told { value: sex, column }, Some(born)));
                }
            }
        }
    }
    if let [_, (second, _)] = found.as_slice() {
        let column = second.column;
        reading.doubt(Column::Female, column, &Cell::Text("x".to_owned()), Doubt::Contradiction);
        return;
    }
    if let Some((sex, born)) = found.pop() {
        person.sex = person.sex.take().or(Some(sex));
        person.born = person.born.take().or(born);
    }
}

fn state(reading: &mut Reading<'_>, person: &mut PersonRow) {
    let marked = |reading: &mut Reading<'_>, means| {
        reading.told(means, mark).filter(|told| told.value).map(|told| told.column)
    };
    let official =
        marked(reading, Column::IsOfficial).map(|column| Told { value: State::Official, column });
    let probationary = marked(reading, Column::IsProbationary)
        .map(|column| Told { value: State::Probationary, column });
    if let (Some(official), Some(_)) = (&official, &probationary) {
        reading.doubt(
            Column::IsOfficial,
            official.column,
            &Cell::Text("x".to_owned()),
            Doubt::Contradiction,
        );
    }
    person.state = reading.told(Column::State, values::state).or(official).or(probationary);
    let says = person.state.as_ref().map(|told| told.value);
    let is_open = matches!(says, None | Some(State::Active | State::Excused));
    // "Từ trần 3/2/2026": the day stands beside.
    if let (Some(told), Some((column, Cell::Text(text)))) =
        (&person.state, reading.cell(Column::State))
        && person.left.on.is_none()
        && told.value.is_gone()
        && let Some(at) = text.find(|c: char| c.is_ascii_digit())
        && let Ok(Some(day)) = values::day_in(&text[at..])
    {
        person.left.on = Some(Told { value: day.value, column });
    }
    // Cards are given to official members alone.
    let by_card = person.card.as_ref().filter(|_| is_open && person.official.is_none());
    let by_title = reading.state_by_title().filter(|_| says.is_none() && reading.says_no_state());
    if let Some(card) = by_card {
        person.state = Some(Told { value: State::Official, column: card.column });
    } else if let Some(value) = by_title {
        person.state = Some(Told { value, column: person.name.column });
    } else if let (Some(told), None, None) = (&mut person.state, &person.admitted, &person.official)
        && matches!(told.value, State::Active | State::Excused)
    {
        // Only members are said to be active, or excused from activity.
        told.value = State::Official;
    }
    let claims =
        |state| person.state.as_ref().filter(|told| told.value == state).map(|told| told.column);
    let is_none = |told: &Told<State>| matches!(told.value, State::NonMember | State::Candidate);
    let claims_none = person.state.as_ref().is_some_and(is_none);
    let contradicts = match (&person.official, &person.admitted) {
        (Some(_), _) => claims(State::Probationary)
            .or_else(|| claims(State::NonMember))
            .or_else(|| claims(State::Candidate)),
        (None, Some(_)) => claims(State::NonMember).or_else(|| claims(State::Candidate)),
        (None, None) => None,
    };
    if let Some(column) = contradicts {
        let cell = reading.cells(Column::State).into_iter().find(|(at, _)| *at == column);
        let cell = cell.map_or(Cell::Empty, |(_, cell)| cell.clone());
        reading.doubt(Column::State, column, &cell, Doubt::Contradiction);
        // What they are said to be is taken; the days are left open.
        if claims_none {
            (person.admitted, person.official) = (None, None);
        }
    }
}

/// Notes who stands in two rows of a sheet (another may tell of them again): the same card or personal number, or the same name and birth date.
pub(super) fn twice(lists: &mut Lists) {
    let mut seen: HashMap<(u8, String, &str), usize> = HashMap::new();
    for (at, person) in lists.people.iter().enumerate() {
        let name = fold_but_marks(&person.name.value);
        let born = person.born.as_ref().map(|told| told.value);
        let keys = [
            person.card.as_ref().map(|card| (0, card.value.reveal().to_owned())),
            person.personal.as_ref().map(|number| (1, number.value.reveal().to_owned())),
            born.map(|born| (2, format!("{name} {born:?}"))),
        ];
        let keys = keys.map(|key| key.map(|(kind, key)| (kind, key, &*person.at.sheet)));
        let mut before = None;
        for key in keys.into_iter().flatten() {
            let other = *seen.entry(key).or_insert(at);
            before = before.or(Some(other).filter(|other| *other != at));
        }
        if before.is_some() {
            lists.doubts.push(CellDoubt {
                at: person.at.clone(),
                column: Some(person.name.column),
                read: person.name.value.clone(),
                doubt: Doubt::Twice,
            });
        }
    }
}
