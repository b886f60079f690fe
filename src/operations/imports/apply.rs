//! The rows that follow from a plan.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::work::Work;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::listed::{
    CandidateTold, Change, ChangedPerson, Known, NewPerson, NewUnit, PersonRef, Plan, UnitRef,
};
use crate::domain::people::{Status, UnitKind};
use crate::domain::road::CaseStep;
use crate::store::StoreError;
use crate::store::codes::{self, Coded};
use crate::store::imports::{self, Batch};

/// Those who changed: their codes, and where they are placed.
pub(super) type Changed = Vec<(String, Option<UnitId>)>;

/// Writes everything that a plan holds.
pub(super) async fn write(
    work: &mut Work<'_>,
    plan: &Plan,
    known: &Known,
) -> Result<Changed, StoreError> {
    let batch = Batch::new(work.person(), work.now);
    let today = work.today();
    let mut applying = Applying { work, batch, today, units: Vec::new(), people: Vec::new() };
    applying.units(&plan.new_units, known).await?;
    applying.people(&plan.new_people).await?;
    for person in &plan.new_people {
        applying.road_of_new(person, plan).await?;
    }
    let mut changed = Vec::new();
    let by_id: HashMap<PersonId, _> = known.people.iter().map(|one| (one.id, one)).collect();
    for one in &plan.changed {
        let unit = by_id.get(&one.id).and_then(|person| person.unit);
        applying.change(one, unit).await?;
        let code = by_id.get(&one.id).map(|person| person.code.clone()).unwrap_or_default();
        changed.push((code, unit));
    }
    let Applying { work, batch, .. } = applying;
    batch.write(work.tx).await?;
    Ok(changed)
}

struct Applying<'a, 'w> {
    work: &'a mut Work<'w>,
    batch: Batch,
    today: NaiveDate,
    /// The ids of new units and people, by their places in the plan.
    units: Vec<UnitId>,
    people: Vec<PersonId>,
}

impl Applying<'_, '_> {
    fn unit(&self, unit: UnitRef) -> Option<UnitId> {
        match unit {
            UnitRef::Known(id) => Some(id),
            UnitRef::New(place) => self.units.get(place).copied(),
        }
    }

    fn person(&self, person: PersonRef) -> Option<PersonId> {
        match person {
            PersonRef::Known(id) => Some(id),
            PersonRef::New(place) => self.people.get(place).copied(),
        }
    }

    /// Each after the one above it, whatever their order in the list.
    async fn units(&mut self, units: &[NewUnit], known: &Known) -> Result<(), StoreError> {
        let mut taken = imports::unit_codes(known);
        let mut made: Vec<Option<UnitId>> = vec![None; units.len()];
        let mut left: Vec<usize> = (0..units.len()).collect();
        while !left.is_empty() {
            let before = left.len();
            let mut waiting = Vec::new();
            for place in left {
                let unit = &units[place];
                let parent = match unit.parent {
                    Some(UnitRef::New(above)) if made[above].is_none() => {
                        waiting.push(place);
                        continue;
                    }
                    Some(UnitRef::New(above)) => made[above],
                    Some(UnitRef::Known(id)) => Some(id),
                    None => None,
                };
                let code = code_of(unit, &mut taken);
                let named = (code.as_str(), unit.name.as_str());
                made[place] = Some(self.batch.unit(self.work.tx, named, unit.kind, parent).await?);
            }
            if waiting.len() == before {
                return Err(StoreError::Inconsistent("units stand above each other".to_owned()));
            }
            left = waiting;
        }
        self.units = made.into_iter().flatten().collect();
        Ok(())
    }

    async fn people(&mut self, people: &[NewPerson]) -> Result<(), StoreError> {
        let codes = codes::reserve(self.work.tx, Coded::Person, people.len()).await?;
        for (person, code) in people.iter().zip(codes) {
            let told = &person.told;
            let named = (code.as_str(), told.name.as_str());
            let id = self.batch.person(self.work.tx, named, told.born).await?;
            self.people.push(id);
            let from = since(person, self.today);
            if let Some(unit) = person.unit.and_then(|unit| self.unit(unit)) {
                self.batch.place(self.work.tx, id, unit, (from, told.left)).await?;
            }
            for (status, from, to) in person.standings(from) {
                self.batch.stand(self.work.tx, id, status, (from, to)).await?;
            }
            for (kind, unit) in &person.posts {
                if let Some(unit) = self.unit(*unit).filter(|_| told.left.is_none()) {
                    self.batch.office(self.work.tx, id, (*kind, unit), self.today).await?;
                }
            }
            for (kind, value) in &told.facts {
                self.batch.fact(self.work.tx, id, (*kind, value), self.today).await?;
            }
        }
        Ok(())
    }

    /// The case of somebody new: what a list tells of their road, and their admission.
    async fn road_of_new(&mut self, person: &NewPerson, plan: &Plan) -> Result<(), StoreError> {
        let place = plan.new_people.iter().position(|one| std::ptr::eq(one, person));
        let id = place.and_then(|place| self.people.get(place).copied());
        let unit = person.unit.and_then(|unit| self.unit(unit));
        let (Some(id), Some(unit)) = (id, unit) else { return Ok(()) };
        let told = &person.told;
        let elsewhere = told.came.is_some_and(|came| {
            came.from_elsewhere && told.admitted.is_some_and(|admitted| admitted < came.on)
        });
        let admission = Admission { admitted: told.admitted, official: told.official, elsewhere };
        let none = CandidateTold::default();
        let road = told.candidate.as_ref().unwrap_or(&none);
        self.road((id, unit), road, &person.mentors, admission).await
    }

    async fn road(
        &mut self,
        (person, unit): (PersonId, UnitId),
        told: &CandidateTold,
        mentors: &[PersonRef],
        admission: Admission,
    ) -> Result<(), StoreError> {
        let mut steps: Vec<(CaseStep, NaiveDate, Option<&str>, bool)> = Vec::new();
        // Of what was done on paper before, the days are known and figures of the road do not count it.
        let guided = (!mentors.is_empty()).then(|| told.mentors_since.unwrap_or(self.today));
        steps.extend(guided.map(|on| (CaseStep::Mentored, on, told.resolution.as_deref(), true)));
        for step in &told.steps {
            steps.push((step.step, step.on, step.number.as_deref(), true));
        }
        steps.extend(
            admission.admitted.map(|on| (CaseStep::Admitted, on, None, admission.elsewhere)),
        );
        steps.extend(
            admission.official.map(|on| (CaseStep::Recognised, on, None, admission.elsewhere)),
        );
        let Some(first) = steps.iter().map(|(_, on, ..)| *on).min() else { return Ok(()) };
        let case = self.batch.case(self.work.tx, (person, unit), first).await?;
        if !steps.iter().any(|(step, ..)| *step == CaseStep::Admitted) {
            steps.insert(0, (CaseStep::Introduced, first, None, true));
        }
        steps.sort_by_key(|(_, on, ..)| *on);
        for (step, on, number, elsewhere) in steps {
            self.batch.step(self.work.tx, case, (step, on, number), elsewhere).await?;
        }
        if admission.official.is_none() {
            let from = told.mentors_since.unwrap_or(self.today);
            for mentor in mentors {
                let Some(mentor) = self.person(*mentor) else { continue };
                let resolution = told.resolution.as_deref();
                self.batch.mentor(self.work.tx, (case, mentor), resolution, from).await?;
            }
        }
        Ok(())
    }

    async fn change(
        &mut self,
        changed: &ChangedPerson,
        unit: Option<UnitId>,
    ) -> Result<(), StoreError> {
        let (id, today) = (changed.id, self.today);
        let mut unit = unit;
        let mut admission = Admission::default();
        for change in &changed.changes {
            match change {
                Change::Name(name) => self.batch.rename(id, name),
                Change::Born(on) => self.batch.born(id, *on),
                Change::Fact { kind, now } => {
                    self.batch.fact_ends(id, *kind, today);
                    self.batch.fact(self.work.tx, id, (*kind, now), today).await?;
                }
                Change::Moves { to } => {
                    let Some(to) = self.unit(*to) else { continue };
                    self.batch.moves(id, today);
                    self.batch.place(self.work.tx, id, to, (today, None)).await?;
                    unit = Some(to);
                }
                Change::Admitted(on) => {
                    admission.admitted = Some(*on);
                    self.batch.stood(id, *on);
                    self.batch.stand(self.work.tx, id, Status::Probationary, (*on, None)).await?;
                }
                Change::Official(on) => {
                    admission.official = Some(*on);
                    self.batch.stood(id, *on);
                    self.batch.stand(self.work.tx, id, Status::Official, (*on, None)).await?;
                }
                Change::Begins { office, unit } => {
                    let Some(unit) = self.unit(*unit) else { continue };
                    self.batch.office(self.work.tx, id, (*office, unit), today).await?;
                }
                Change::Leaves(on) => self.batch.leaves(id, *on),
                Change::Road { .. } => {}
            }
        }
        let road = changed.changes.iter().find_map(|change| match change {
            Change::Road { told, mentors } => Some((told, mentors)),
            _ => None,
        });
        let none = CandidateTold::default();
        let (told, mentors) = road.map_or((&none, &[][..]), |(told, mentors)| (told, mentors));
        match unit {
            Some(unit) if road.is_some() => self.road((id, unit), told, mentors, admission).await,
            _ => Ok(()),
        }
    }
}

/// When somebody became a member.
#[derive(Clone, Copy, Debug, Default)]
struct Admission {
    admitted: Option<NaiveDate>,
    official: Option<NaiveDate>,
    /// In another organisation.
    elsewhere: bool,
}

/// Since when somebody is here: as it is told, else since the first day that is told of them, else today.
fn since(person: &NewPerson, today: NaiveDate) -> NaiveDate {
    let told = &person.told;
    let road = told
        .candidate
        .iter()
        .flat_map(|road| road.steps.iter().map(|step| step.on).chain(road.mentors_since));
    let first = [told.admitted, told.official].into_iter().flatten().chain(road).min();
    told.came.map(|came| came.on).or(first).unwrap_or(today).min(told.left.unwrap_or(today))
}

/// Longest code of a unit that a list brings.
const CODE: usize = 12;

/// The list's own code where it is one and nobody has it; else the next free one.
fn code_of(unit: &NewUnit, taken: &mut HashSet<String>) -> String {
    let own = unit.key.as_ref().map(|key| key.trim().to_uppercase());
    let fits = |code: &String| {
        let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        let named = code.starts_with(|c: char| c.is_ascii_alphabetic());
        plain && named && code.len() <= CODE && !taken.contains(code)
    };
    let code = own.filter(fits).unwrap_or_else(|| {
        let prefix = match unit.kind {
            UnitKind::Branch => "CB",
            UnitKind::Committee => "DB",
        };
        (1..)
            .map(|n| format!("{prefix}-{n:02}"))
            .find(|code| !taken.contains(code))
            .unwrap_or_default()
    });
    taken.insert(code.clone());
    code
}
