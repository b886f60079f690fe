//! Everything that lists can tell, in the form in which the program asks for it: taking it in again changes nothing.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::work::{Refused, Work};
use super::must_take_in;
use crate::domain::audit::Act;
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::listed::{Known, KnownPerson, KnownUnit};
use crate::domain::minutes::PaperKind;
use crate::domain::road::{CaseStep, Paper};
use crate::domain::time_of_day;
use crate::lists::form::words::{self, Level};
use crate::lists::form::{Filled, Row};
use crate::lists::headings::Column;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::exports::{self, LastPlaced};
use crate::store::imports;

/// The organisation as its lists would tell it.
pub async fn export(work: &mut Work<'_>) -> Result<Filled, Refused> {
    must_take_in(work)?;
    let known = imports::known(work.tx, work.practice, work.today()).await?;
    let placed = exports::placed(work.tx, work.today()).await?;
    let placed: HashMap<PersonId, LastPlaced> =
        placed.into_iter().map(|placed| (placed.person_id, placed)).collect();
    let roads = roads(work).await?;
    let classes = exports::classes(work.tx).await?;
    let top = work.units.root().map(|top| top.id);
    let mut people: Vec<&KnownPerson> = known.people.iter().collect();
    people.sort_by(|a, b| (a.code.len(), &a.code).cmp(&(b.code.len(), &b.code)));
    let filled = Filled {
        units: known
            .units
            .iter()
            .filter(|unit| unit.parent.is_some())
            .map(|u| unit(u, &known))
            .collect(),
        people: people.iter().map(|one| person(one, placed.get(&one.id), top)).collect(),
        candidates: people.iter().filter_map(|one| candidate(one, roads.get(&one.id)?)).collect(),
        classes: classes
            .into_iter()
            .map(|class| {
                let mut row = Row::new();
                row.insert(Column::ClassNumber, class.number);
                let days =
                    format!("{} - {}", words::day(class.first_on.0), words::day(class.last_on.0));
                row.insert(Column::ClassDays, days);
                row.insert(Column::ClassPlace, class.place);
                row
            })
            .collect(),
    };
    let top = work.units.root().map(|top| top.id);
    work.note(Entry::new(Act::ListsGivenOut, "DS").within(top)).await?;
    Ok(filled)
}

/// What is known of somebody's newest road.
#[derive(Default)]
struct RoadKnown {
    steps: Vec<(CaseStep, NaiveDate, Option<String>)>,
    class: Option<String>,
    certificate: Option<(Option<String>, NaiveDate)>,
    papers: Vec<Paper>,
    mentors: Vec<(String, NaiveDate, Option<String>)>,
}

async fn roads(work: &mut Work<'_>) -> Result<HashMap<PersonId, RoadKnown>, StoreError> {
    let mut roads: HashMap<PersonId, RoadKnown> = HashMap::new();
    let mut whose: HashMap<CaseId, PersonId> = HashMap::new();
    for step in exports::steps(work.tx).await? {
        whose.insert(step.case_id, step.person_id);
        let road = roads.entry(step.person_id).or_default();
        road.steps.push((step.step, step.happened_on.0, step.number));
        if step.step == CaseStep::AwarenessClass {
            road.class = step.class;
        }
    }
    let mut of = |case: CaseId, change: &mut dyn FnMut(&mut RoadKnown)| {
        if let Some(road) = whose.get(&case).and_then(|person| roads.get_mut(person)) {
            change(road);
        }
    };
    for (case, number, on) in exports::certificates(work.tx).await? {
        of(case, &mut |road| road.certificate = Some((number.clone(), on)));
    }
    for (case, paper) in exports::papers(work.tx).await? {
        of(case, &mut |road| road.papers.push(paper));
    }
    for mentor in exports::mentors(work.tx, work.today()).await? {
        of(mentor.case_id, &mut |road| {
            road.mentors.push((mentor.name.clone(), mentor.from_on.0, mentor.resolution.clone()));
        });
    }
    Ok(roads)
}

fn unit(unit: &KnownUnit, known: &Known) -> Row {
    let mut row = Row::new();
    row.insert(Column::UnitCode, unit.code.clone());
    row.insert(Column::UnitName, unit.name.clone());
    row.insert(Column::UnitKind, words::unit_kind(unit.kind).to_owned());
    let parent = known.units.iter().find(|above| Some(above.id) == unit.parent);
    if let Some(parent) = parent.filter(|above| above.parent.is_some()) {
        row.insert(Column::UnitParent, parent.code.clone());
    }
    let own = known.ruled.contains(&unit.id);
    if let Some(habit) = known.habits.get(&unit.id).filter(|_| own) {
        if let Some(rule) = words::rule(&habit.rule) {
            row.insert(Column::MeetingDay, rule);
        }
        row.insert(Column::MeetingHour, time_of_day::stored(habit.time));
        row.insert(Column::MeetingPlace, habit.place.as_written().to_owned());
    }
    for (kind, column) in
        [(PaperKind::Resolution, Column::LastResolution), (PaperKind::Minutes, Column::LastMinutes)]
    {
        if let Some(next) = known.next_numbers.get(&(unit.id, kind)) {
            row.insert(column, next.saturating_sub(1).to_string());
        }
    }
    row
}

fn person(one: &KnownPerson, placed: Option<&LastPlaced>, top: Option<UnitId>) -> Row {
    let mut row = Row::new();
    row.insert(Column::Key, one.code.clone());
    row.insert(Column::Name, one.name.clone());
    if let Some(born) = one.born {
        row.insert(Column::Born, words::day(born));
    }
    for (kind, value) in &one.facts {
        let (column, shown) = words::fact(*kind, value.as_written());
        row.entry(column).or_insert_with(|| shown.to_owned());
    }
    for (column, on) in [(Column::Admitted, one.admitted), (Column::Official, one.official)] {
        if let Some(on) = on {
            row.insert(column, words::day(on));
        }
    }
    let here = one.unit.map(|(unit, _)| unit);
    for (kind, unit) in &one.posts {
        let level = match *unit {
            unit if Some(unit) == top => Level::Organisation,
            unit if Some(unit) == here => Level::Branch,
            _ => continue,
        };
        let (column, shown) = words::office(*kind, level);
        let cell = row.entry(column).or_default();
        let told = if cell.is_empty() { shown.to_owned() } else { format!("{cell}, {shown}") };
        *cell = told;
    }
    let mut state = one.status.map(words::status);
    if let Some(placed) = placed {
        whereabouts(&mut row, placed, here.is_none());
        if placed.to_on.is_some() && here.is_none() {
            state = Some(words::left(placed.left_how));
        }
    }
    if let Some(state) = state {
        row.insert(Column::State, state.to_owned());
    }
    row
}

fn whereabouts(row: &mut Row, placed: &LastPlaced, has_left: bool) {
    row.insert(Column::Unit, placed.unit.clone());
    let mut tell = |column, text: Option<&str>| {
        if let Some(text) = text {
            row.insert(column, text.to_owned());
        }
    };
    tell(Column::Department, placed.label.as_deref());
    tell(Column::CameOn, Some(&words::day(placed.from_on.0)));
    tell(Column::CameFrom, placed.came_from.as_deref());
    tell(Column::CameHow, placed.came.map(words::arrival));
    if !has_left {
        return;
    }
    tell(Column::LeftOn, placed.to_on.as_ref().map(|on| words::day(on.0)).as_deref());
    tell(Column::LeftTo, placed.left_to.as_deref());
    tell(Column::LeftHow, placed.left_how.map(words::departure));
}

/// A road that a list can tell anything of.
fn candidate(one: &KnownPerson, road: &RoadKnown) -> Option<Row> {
    let mut row = Row::new();
    row.insert(Column::Key, one.code.clone());
    row.insert(Column::Name, one.name.clone());
    if let Some(born) = one.born {
        row.insert(Column::Born, words::day(born));
    }
    let of_person = row.len();
    let mut tell = |column, text: Option<String>| {
        if let Some(text) = text {
            row.insert(column, text);
        }
    };
    for (step, on, number) in &road.steps {
        if *step == CaseStep::Sourced {
            tell(Column::RecognisedOn, Some(words::day(*on)));
            tell(Column::RecognisedBy, number.clone());
        }
    }
    let mentors: Vec<&str> = road.mentors.iter().map(|(name, ..)| name.as_str()).collect();
    if let Some((_, since, resolution)) = road.mentors.first() {
        tell(Column::Mentor, Some(mentors.join(", ")));
        tell(Column::MentorsSince, Some(words::day(*since)));
        tell(Column::MentorsBy, resolution.clone());
    }
    tell(Column::ClassNumber, road.class.clone());
    if let Some((number, on)) = &road.certificate {
        tell(Column::CertificateDay, Some(words::day(*on)));
        tell(Column::CertificateNumber, number.clone());
    }
    let papers: BTreeSet<&str> = road.papers.iter().map(|paper| words::paper(*paper)).collect();
    if !papers.is_empty() {
        tell(Column::Papers, Some(papers.into_iter().collect::<Vec<_>>().join("; ")));
    }
    (row.len() > of_person).then_some(row)
}
