//! The rows that follow from a plan.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::work::Work;
use crate::domain::ids::{ClassId, PersonId, UnitId};
use crate::domain::listed::{
    Change, ChangedPerson, ClassRef, Known, NewClass, NewPerson, NewUnit, PersonRef, Placed, Plan,
    Road, UnitRef,
};
use crate::domain::units::{free_code, own_code};
use crate::store::StoreError;
use crate::store::codes::{self, Coded};
use crate::store::imports::Batch;
use crate::store::leaving::Leaving;

/// Those who changed: their codes, and where they were placed before.
pub(super) type Changed = Vec<(String, Option<UnitId>)>;

/// Writes everything that a plan of an import holds.
pub(super) async fn write(
    work: &mut Work<'_>,
    plan: &Plan,
    known: &Known,
    import: i64,
) -> Result<Changed, StoreError> {
    let (batch, today) = (
        Batch::new(work.person(), (work.now, work.today()), work.practice.term_start),
        work.today(),
    );
    let mut applying =
        Applying { work, batch, today, units: Vec::new(), people: Vec::new(), classes: Vec::new() };
    applying.units(&plan.new_units).await?;
    applying.branches(plan).await?;
    applying.classes(&plan.new_classes).await?;
    applying.people(&plan.new_people).await?;
    let by_id: HashMap<PersonId, _> = known.people.iter().map(|one| (one.id, one)).collect();
    let mut changed = Vec::with_capacity(plan.changed.len());
    for one in &plan.changed {
        let Some(person) = by_id.get(&one.id) else { continue };
        let unit = person.unit.map(|(unit, _)| unit);
        applying.change(one, (&person.name, unit)).await?;
        changed.push((person.code.clone(), unit));
    }
    let Applying { work, batch, .. } = applying;
    batch.write(work.tx, import).await?;
    Ok(changed)
}

struct Applying<'a, 'w> {
    work: &'a mut Work<'w>,
    batch: Batch,
    today: NaiveDate,
    /// The ids of new units, people and classes, by their places in the plan.
    units: Vec<UnitId>,
    people: Vec<PersonId>,
    classes: Vec<ClassId>,
}

impl Applying<'_, '_> {
    fn unit(&self, unit: UnitRef) -> Result<UnitId, StoreError> {
        match unit {
            UnitRef::Known(id) => Ok(id),
            UnitRef::New(place) => self.units.get(place).copied().ok_or_else(unplanned),
        }
    }

    fn person(&self, person: PersonRef) -> Result<PersonId, StoreError> {
        match person {
            PersonRef::Known(id) => Ok(id),
            PersonRef::New(place) => self.people.get(place).copied().ok_or_else(unplanned),
        }
    }

    async fn units(&mut self, units: &[NewUnit]) -> Result<(), StoreError> {
        let mut taken: HashSet<String> = self.work.units.codes().collect();
        // Ids first: a list may name what stands below before what stands above.
        for _ in units {
            self.units.push(UnitId(self.work.tx.new_id().await?));
        }
        for (place, unit) in units.iter().enumerate() {
            let parent = unit.parent.map(|parent| self.unit(parent)).transpose()?;
            let code = code_of(unit, &mut taken);
            self.batch.unit(self.units[place], (&code, &unit.name), unit.kind, parent);
        }
        Ok(())
    }

    /// When new branches meet, and from which numbers their papers go on.
    async fn branches(&mut self, plan: &Plan) -> Result<(), StoreError> {
        for rule in &plan.new_rules {
            let unit = self.unit(rule.unit)?;
            self.batch.rule(self.work.tx, unit, &rule.habit, self.today).await?;
        }
        for number in &plan.new_numbers {
            let unit = self.unit(number.unit)?;
            self.batch.number(unit, number.kind, number.next);
        }
        Ok(())
    }

    async fn classes(&mut self, classes: &[NewClass]) -> Result<(), StoreError> {
        let Some(top) = self.work.units.root().map(|top| top.id) else { return Ok(()) };
        for class in classes {
            self.classes.push(self.batch.class(self.work.tx, top, class).await?);
        }
        Ok(())
    }

    async fn people(&mut self, people: &[NewPerson]) -> Result<(), StoreError> {
        let codes = codes::reserve(self.work.tx, Coded::Person, people.len()).await?;
        for (person, code) in people.iter().zip(codes) {
            let named = (code.as_str(), person.name.as_str());
            self.people.push(self.batch.person(self.work.tx, named, person.born).await?);
        }
        let (ids, today) = (self.people.clone(), self.today);
        for (person, id) in people.iter().zip(ids) {
            let tx = &mut *self.work.tx;
            for (status, period) in &person.stands {
                self.batch.stand(tx, id, *status, *period).await?;
            }
            for (kind, value) in &person.facts {
                self.batch.fact(tx, id, *kind, value, today).await?;
            }
            for (kind, of) in &person.posts {
                let of = self.unit(*of)?;
                self.batch.office(self.work.tx, id, (*kind, of), today).await?;
            }
            let Some(placed) = &person.placed else { continue };
            let unit = self.unit(placed.unit)?;
            self.batch.place(self.work.tx, id, unit, placed).await?;
            if let Some(road) = &person.road {
                self.road((id, unit), road).await?;
            }
        }
        Ok(())
    }

    async fn road(
        &mut self,
        (person, unit): (PersonId, UnitId),
        road: &Road,
    ) -> Result<(), StoreError> {
        let opened = road.steps.first().map_or(self.today, |step| step.on);
        let case = self.batch.case(self.work.tx, (person, unit), opened).await?;
        for step in &road.steps {
            let taken = self.batch.step(self.work.tx, case, step).await?;
            if let Some(seat) = &step.seat {
                let class = match seat.class {
                    ClassRef::Known(id) => id,
                    ClassRef::New(place) => *self.classes.get(place).ok_or_else(unplanned)?,
                };
                self.batch.seat(self.work.tx, class, (case, taken), seat).await?;
            }
        }
        for paper in &road.papers {
            self.batch.paper(self.work.tx, case, *paper, self.today).await?;
        }
        for mentor in &road.mentors {
            let mentor = self.person(*mentor)?;
            let resolution = road.resolution.as_deref();
            self.batch.mentor(self.work.tx, (case, mentor), resolution, road.guided_since).await?;
        }
        Ok(())
    }

    async fn change(
        &mut self,
        changed: &ChangedPerson,
        (name_of, mut unit): (&str, Option<UnitId>),
    ) -> Result<(), StoreError> {
        let (id, today) = (changed.id, self.today);
        self.batch.changes(id);
        for change in &changed.changes {
            match change {
                Change::Name(name) => self.batch.rename(id, name_of, name),
                Change::Born(on) => self.batch.born(id, *on),
                Change::Fact { kind, now } => {
                    self.batch.fact_ends(id, *kind, today);
                    self.batch.fact(self.work.tx, id, *kind, now, today).await?;
                }
                Change::Moves { to, from, came, came_from } => {
                    let placed = Placed {
                        unit: *to,
                        period: (*from, None).into(),
                        label: None,
                        came: *came,
                        came_from: came_from.clone(),
                        left: None,
                        left_to: None,
                    };
                    let to = self.unit(*to)?;
                    self.batch.moves(id, unit, *from);
                    self.batch.place(self.work.tx, id, to, &placed).await?;
                    unit = Some(to);
                }
                Change::Leaves { on, how, to } => {
                    self.batch.leaves(id, Leaving { on: *on, how: *how, to: to.clone() });
                }
                Change::Becomes(periods) => {
                    if let Some((_, first)) = periods.first() {
                        self.batch.stood(id, first.from);
                    }
                    for (status, period) in periods {
                        self.batch.stand(self.work.tx, id, *status, *period).await?;
                    }
                }
                Change::Was(status, period) => {
                    self.batch.stand(self.work.tx, id, *status, *period).await?;
                }
                Change::Begins { office, unit } => {
                    let of = self.unit(*unit)?;
                    self.batch.office(self.work.tx, id, (*office, of), today).await?;
                }
                Change::Ends { office, unit } => {
                    self.batch.office_ends(id, (*office, *unit), today)
                }
                Change::Road(road) => {
                    if let Some(unit) = unit {
                        self.road((id, unit), road).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn unplanned() -> StoreError {
    StoreError::Inconsistent("a list's plan names what it does not hold".to_owned())
}

/// The list's own code where it is one and nobody has it; else the next free one.
fn code_of(unit: &NewUnit, taken: &mut HashSet<String>) -> String {
    let own = unit.key.as_deref().and_then(own_code).filter(|code| !taken.contains(code));
    let code = own.unwrap_or_else(|| free_code(unit.kind, taken));
    taken.insert(code.clone());
    code
}
