//! What follows from lists: see [`compare`].

use std::collections::{BTreeSet, HashMap};

use chrono::{Months, NaiveDate};

use super::super::ids::{PersonId, UnitId};
use super::super::people::{OfficeKind, Status, UnitKind};
use super::super::text::fold;
use super::matching::{Meant, People, Units, Who, kind_of};
use super::{
    At, CandidateTold, Change, ChangedPerson, Decisions, Doubt, Known, KnownPerson, Mistake,
    NewPerson, NewUnit, OfficeTold, PersonRef, PersonTold, Plan, Question, Told, UnitRef, UnitTold,
    Wrong, merge,
};

/// Years of age from which somebody can be admitted (Điều lệ Đảng, Điều 1).
const ADMITTED_FROM: u32 = 18;

/// Compares what lists tell with what is known, on a day. The plan is done as a whole or not at all: where it
/// holds mistakes nothing of it may be.
pub fn compare(told: Told, known: &Known, today: NaiveDate, decisions: Decisions) -> Plan {
    let mut comparing = Comparing {
        units: Units::of(known),
        people: People::of(known),
        known,
        today,
        decisions,
        plan: Plan::default(),
        seen: BTreeSet::new(),
        by_name: HashMap::new(),
    };
    comparing.units(&told.units);
    let people = merge::people(told.people, &mut comparing.plan.doubts);
    let placed: Vec<Option<UnitRef>> = people.iter().map(|row| comparing.unit_of(row)).collect();
    let mut roads = Vec::new();
    for (row, unit) in people.into_iter().zip(placed) {
        comparing.person(row, unit, &mut roads);
    }
    comparing.roads(roads);
    comparing.gone();
    comparing.plan
}

struct Comparing<'k> {
    units: Units,
    people: People<'k>,
    known: &'k Known,
    today: NaiveDate,
    decisions: Decisions,
    plan: Plan,
    /// Of those who are there, whom the lists name.
    seen: BTreeSet<PersonId>,
    /// Who bears a name, there or new: for mentors.
    by_name: HashMap<String, Vec<PersonRef>>,
}

/// The road of somebody, to be looked at when everybody is known by name.
struct Road {
    of: PersonRef,
    at: At,
    told: CandidateTold,
}

impl Comparing<'_> {
    fn units(&mut self, told: &[UnitTold]) {
        let top = self.known.units.iter().find(|unit| unit.parent.is_none()).map(|unit| unit.id);
        let mut rows: Vec<(&UnitTold, UnitRef)> = Vec::new();
        for unit in told {
            let called = unit.key.iter().map(String::as_str).chain([unit.name.as_str()]);
            let found =
                called.map(|name| self.units.find(name)).find(|m| !matches!(m, Meant::None));
            let meant = match found.unwrap_or(Meant::None) {
                Meant::One(meant) => {
                    self.plan.units.unchanged += 1;
                    meant
                }
                Meant::Several => {
                    self.wrong(&unit.at, &unit.name, Wrong::SeveralUnits);
                    continue;
                }
                Meant::None => {
                    let (at, key, name) = (unit.at.clone(), unit.key.clone(), unit.name.clone());
                    let (kind, parent) = (kind_of(unit), top.map(UnitRef::Known));
                    self.add_unit(NewUnit { at, key, name, kind, parent })
                }
            };
            for called in unit.key.iter().chain([&unit.name]) {
                self.units.know(called, meant);
            }
            rows.push((unit, meant));
        }
        for (unit, meant) in rows {
            let (Some(parent), UnitRef::New(place)) = (&unit.parent, meant) else { continue };
            match self.units.find(parent) {
                Meant::One(parent) if parent == meant => {
                    self.wrong(&unit.at, &unit.name, Wrong::Circle)
                }
                Meant::One(parent) => self.plan.new_units[place].parent = Some(parent),
                Meant::Several => self.wrong(&unit.at, parent, Wrong::SeveralUnits),
                Meant::None => self.wrong(&unit.at, parent, Wrong::UnknownParent),
            }
        }
        self.trees();
    }

    /// No unit stands above itself, and no branch above another unit.
    fn trees(&mut self) {
        let mut mistakes = Vec::new();
        for unit in &self.plan.new_units {
            let mut above = unit.parent;
            let mut steps = 0;
            while let Some(UnitRef::New(place)) = above {
                above = self.plan.new_units[place].parent;
                steps += 1;
                if steps > self.plan.new_units.len() {
                    break;
                }
            }
            let kind = match unit.parent {
                Some(UnitRef::New(place)) => Some(self.plan.new_units[place].kind),
                Some(UnitRef::Known(id)) => {
                    self.known.units.iter().find(|unit| unit.id == id).map(|unit| unit.kind)
                }
                None => None,
            };
            let wrong = match kind {
                _ if steps > self.plan.new_units.len() => Wrong::Circle,
                Some(UnitKind::Branch) => Wrong::BelowBranch,
                _ => continue,
            };
            mistakes.push(Mistake { at: unit.at.clone(), read: unit.name.clone(), wrong });
        }
        self.plan.mistakes.append(&mut mistakes);
    }

    fn add_unit(&mut self, unit: NewUnit) -> UnitRef {
        let place = UnitRef::New(self.plan.new_units.len());
        self.units.know(&unit.name, place);
        self.plan.new_units.push(unit);
        self.plan.units.added += 1;
        place
    }

    /// The unit that a row places somebody in; a branch that people alone are listed in is added.
    fn unit_of(&mut self, row: &PersonTold) -> Option<UnitRef> {
        let name = row.unit.as_ref()?;
        match self.units.find(name) {
            Meant::One(unit) => Some(unit),
            Meant::Several => {
                self.wrong(&row.at, name, Wrong::SeveralUnits);
                None
            }
            Meant::None => {
                let top = self.known.units.iter().find(|unit| unit.parent.is_none());
                let parent = top.map(|unit| UnitRef::Known(unit.id));
                Some(self.add_unit(NewUnit { parent, ..NewUnit::of_people(row, name) }))
            }
        }
    }

    fn person(&mut self, row: PersonTold, unit: Option<UnitRef>, roads: &mut Vec<Road>) {
        if let Some(wrong) = self.order(&row) {
            self.wrong(&row.at, &row.name, wrong);
            return;
        }
        self.age(&row);
        let road = row.candidate.clone().map(|told| (row.at.clone(), told));
        let of = match self.people.find(&row, unit) {
            Who::Them(them) => self.change(them, &row, unit),
            Who::New => self.add(row, unit),
            Who::Perhaps(those) => {
                let codes = those.iter().map(|one| one.code.clone()).collect();
                self.seen.extend(those.iter().map(|one| one.id));
                self.doubt(&row.at, &row.name, Question::Namesake { codes });
                // Accepted, a doubt of this kind is somebody new.
                match self.decisions.accept_doubts {
                    true => self.add(row, unit),
                    false => None,
                }
            }
        };
        if let (Some(of), Some((at, told))) = (of, road) {
            roads.push(Road { of, at, told });
        }
    }

    fn order(&self, row: &PersonTold) -> Option<Wrong> {
        let falls = |one: Option<NaiveDate>, other: Option<NaiveDate>| {
            one.zip(other).is_some_and(|(one, other)| one > other)
        };
        let came = row.came.map(|came| came.on);
        let days = [row.born, row.admitted, row.official, came];
        let steps = row.candidate.iter().flat_map(|told| &told.steps).map(|step| Some(step.on));
        if days.into_iter().chain(steps).flatten().any(|day| day > self.today) {
            return Some(Wrong::Ahead);
        }
        let wrong = falls(row.admitted, row.official)
            || falls(row.born, row.admitted)
            || falls(came, row.left)
            || falls(row.admitted, row.left);
        wrong.then_some(Wrong::Order)
    }

    fn age(&mut self, row: &PersonTold) {
        let Some((born, admitted)) = row.born.zip(row.admitted) else { return };
        if born
            .checked_add_months(Months::new(12 * ADMITTED_FROM))
            .is_some_and(|day| admitted < day)
        {
            self.doubt(&row.at, &row.name, Question::TooYoung);
        }
    }

    fn add(&mut self, row: PersonTold, unit: Option<UnitRef>) -> Option<PersonRef> {
        if unit.is_none() && row.left.is_none() {
            let named = row.unit.is_some();
            if !named {
                self.wrong(&row.at, &row.name, Wrong::NoUnit);
            }
            return None;
        }
        let place = PersonRef::New(self.plan.new_people.len());
        self.by_name.entry(fold(&row.name)).or_default().push(place);
        let posts: Vec<(OfficeKind, UnitRef)> = row
            .posts
            .iter()
            .filter_map(|office| Some((office.kind, self.office_unit(*office, unit)?)))
            .collect();
        self.plan.people.added += 1;
        self.plan.posts.added += posts.len();
        self.plan.admissions.added += usize::from(row.admitted.is_some());
        self.plan.new_people.push(NewPerson { told: row, unit, posts, mentors: Vec::new() });
        Some(place)
    }

    fn change(
        &mut self,
        them: &KnownPerson,
        row: &PersonTold,
        unit: Option<UnitRef>,
    ) -> Option<PersonRef> {
        if !self.seen.insert(them.id) {
            self.doubt(&row.at, &row.name, Question::Namesake { codes: vec![them.code.clone()] });
            return None;
        }
        let mut changes = Vec::new();
        self.moves(them, row, unit, &mut changes);
        if fold(&them.name) != fold(&row.name) {
            let (code, was) = (them.code.clone(), them.name.clone());
            self.doubt(&row.at, &row.name, Question::Renamed { code, was });
            if self.decisions.accept_doubts {
                changes.push(Change::Name(row.name.clone()));
            }
        } else if them.name != row.name && !is_folded(&row.name) {
            // The same name with other marks: a list in capitals without any tells nothing.
            changes.push(Change::Name(row.name.clone()));
        }
        let born = row.born.filter(|born| them.born != Some(*born));
        changes.extend(born.map(Change::Born));
        for (kind, now) in &row.facts {
            if them.facts.get(kind).is_none_or(|was| fold(was) != fold(now)) {
                changes.push(Change::Fact { kind: *kind, now: now.clone() });
            }
        }
        if let Some(on) = row.admitted.filter(|_| them.admitted.is_none()) {
            self.plan.admissions.added += 1;
            changes.push(Change::Admitted(on));
        } else if row.admitted.is_some() {
            self.plan.admissions.unchanged += 1;
        }
        changes.extend(row.official.filter(|_| them.official.is_none()).map(Change::Official));
        self.posts(them, row, unit, &mut changes);
        let left = row.left.filter(|_| them.unit.is_some());
        changes.extend(left.map(Change::Leaves));
        match changes.is_empty() {
            true => self.plan.people.unchanged += 1,
            false => match left {
                Some(_) => self.plan.people.ended += 1,
                None => self.plan.people.changed += 1,
            },
        }
        self.by_name.entry(fold(&row.name)).or_default().push(PersonRef::Known(them.id));
        if !changes.is_empty() {
            self.plan.changed.push(ChangedPerson { at: row.at.clone(), id: them.id, changes });
        }
        // A road that is known here is followed here.
        (!them.has_case).then_some(PersonRef::Known(them.id))
    }

    fn moves(
        &mut self,
        them: &KnownPerson,
        row: &PersonTold,
        unit: Option<UnitRef>,
        changes: &mut Vec<Change>,
    ) {
        let Some(to) = unit else { return };
        match them.unit {
            Some(there) if UnitRef::Known(there) == to => {}
            None => changes.push(Change::Moves { to }),
            Some(there) => {
                let known = self.known.units.iter().find(|unit| unit.id == there);
                let name = known.map(|unit| unit.name.clone()).unwrap_or_default();
                let question = Question::Elsewhere { code: them.code.clone(), unit: name };
                self.doubt(&row.at, &row.name, question);
                if self.decisions.accept_doubts {
                    changes.push(Change::Moves { to });
                }
            }
        }
    }

    fn posts(
        &mut self,
        them: &KnownPerson,
        row: &PersonTold,
        unit: Option<UnitRef>,
        changes: &mut Vec<Change>,
    ) {
        let placed = unit.or(them.unit.map(UnitRef::Known));
        for office in &row.posts {
            let Some(of) = self.office_unit(*office, placed) else { continue };
            let is_it = |(kind, at): &(OfficeKind, UnitId)| {
                *kind == office.kind && UnitRef::Known(*at) == of
            };
            let holds = them.posts.iter().any(is_it);
            if holds {
                self.plan.posts.unchanged += 1;
            } else {
                self.plan.posts.added += 1;
                changes.push(Change::Begins { office: office.kind, unit: of });
            }
        }
    }

    fn office_unit(&self, office: OfficeTold, placed: Option<UnitRef>) -> Option<UnitRef> {
        let top = || self.known.units.iter().find(|unit| unit.parent.is_none());
        if office.of_top { top().map(|unit| UnitRef::Known(unit.id)) } else { placed }
    }

    /// The roads of those who have none here, with their mentors by name.
    fn roads(&mut self, roads: Vec<Road>) {
        for known in &self.known.people {
            if !self.seen.contains(&known.id) {
                self.by_name.entry(fold(&known.name)).or_default().push(PersonRef::Known(known.id));
            }
        }
        for Road { of, at, told } in roads {
            let mut mentors = Vec::new();
            for name in &told.mentors {
                match self.by_name.get(&fold(name)).map(Vec::as_slice) {
                    Some([one]) => mentors.push(*one),
                    _ => self.doubt(&at, name, Question::Mentor { name: name.clone() }),
                }
            }
            self.plan.cases.added += 1;
            self.plan.mentors.added += mentors.len();
            match of {
                PersonRef::New(place) => self.plan.new_people[place].mentors = mentors,
                PersonRef::Known(id) => {
                    let road = Change::Road { told, mentors };
                    match self.plan.changed.iter_mut().find(|changed| changed.id == id) {
                        Some(changed) => changed.changes.push(road),
                        None => {
                            self.plan.people.unchanged =
                                self.plan.people.unchanged.saturating_sub(1);
                            self.plan.people.changed += 1;
                            self.plan.changed.push(ChangedPerson { at, id, changes: vec![road] });
                        }
                    }
                }
            }
        }
    }

    /// Who is in one of the units that the lists tell of, and in none of the lists.
    fn gone(&mut self) {
        let told: BTreeSet<UnitRef> = self
            .plan
            .changed
            .iter()
            .filter_map(|changed| self.known.people.iter().find(|one| one.id == changed.id)?.unit)
            .chain(
                self.known
                    .people
                    .iter()
                    .filter(|one| self.seen.contains(&one.id))
                    .filter_map(|one| one.unit),
            )
            .map(UnitRef::Known)
            .collect();
        let gone: Vec<&KnownPerson> = self
            .known
            .people
            .iter()
            .filter(|one| !self.seen.contains(&one.id))
            .filter(|one| one.unit.is_some_and(|unit| told.contains(&UnitRef::Known(unit))))
            .collect();
        for one in gone {
            let question = Question::Gone { code: one.code.clone() };
            self.doubt(&At::default(), &one.name, question);
            if self.decisions.end_gone {
                let changes = vec![Change::Leaves(self.today)];
                self.plan.people.ended += 1;
                self.plan.changed.push(ChangedPerson { at: At::default(), id: one.id, changes });
            }
        }
    }

    fn doubt(&mut self, at: &At, read: &str, question: Question) {
        self.plan.doubts.push(Doubt { at: at.clone(), read: read.to_owned(), question });
    }

    fn wrong(&mut self, at: &At, read: &str, wrong: Wrong) {
        self.plan.mistakes.push(Mistake { at: at.clone(), read: read.to_owned(), wrong });
    }
}

/// Whether a text has no mark at all, as a list in bare capitals has none.
fn is_folded(name: &str) -> bool {
    name.is_ascii()
}

impl NewPerson {
    /// What they are, from which day: from admission on, or what the list says.
    pub fn standings(&self, from: NaiveDate) -> Vec<(Status, NaiveDate, Option<NaiveDate>)> {
        let told = &self.told;
        let last = match told.status {
            Some(Status::Official) if told.official.is_none() => Some(Status::Official),
            Some(Status::Probationary) if told.admitted.is_none() => Some(Status::Probationary),
            _ => None,
        };
        let begins = [
            (
                Status::NonMember,
                Some(from).filter(|from| told.admitted.is_none_or(|on| *from < on)),
            ),
            (Status::Probationary, told.admitted),
            (Status::Official, told.official),
        ];
        let mut begins: Vec<(Status, NaiveDate)> =
            begins.into_iter().filter_map(|(status, on)| Some((status, on?))).collect();
        if let Some(status) = last {
            // What they are is told, and not since when.
            begins.retain(|(other, on)| *other != Status::NonMember && *on <= from);
            begins.push((status, begins.last().map_or(from, |(_, on)| from.max(*on))));
        }
        let ends: Vec<Option<NaiveDate>> =
            begins.iter().skip(1).map(|(_, on)| Some(*on)).chain([None]).collect();
        begins.into_iter().zip(ends).map(|((status, on), to)| (status, on, to)).collect()
    }
}
