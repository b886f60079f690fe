//! What follows from lists: see [`compare`].

mod places;
mod posts;

use std::collections::{HashMap, HashSet};

use chrono::{Months, NaiveDate};

use super::super::ids::{PersonId, UnitId};
use super::super::name::Name;
use super::super::people::{OfficeKind, Status};
use super::super::text::fold;
use super::super::typed::Typed;
use super::classes::Classes;
use super::matching::{Meant, People, Units, Who};
use super::membership::{Membership, Period, rank};
use super::road::{Admission, Road};
use super::{
    Arrival, At, CandidateTold, Change, ChangedPerson, Decisions, Departure, Doubt, FactKind,
    Known, KnownPerson, Mistake, NewPerson, PersonRef, PersonTold, Placed, Plan, Question, Told,
    UnitRef, Wrong, branches, merge, units,
};

/// Years of age from which somebody can be admitted (Điều lệ Đảng, Điều 1).
const ADMITTED_FROM: u32 = 18;
/// Who guides one candidate, at most.
const MENTORS: usize = 2;

/// Compares what lists tell with what is known, on a day. The plan is done as a whole or not at all: where it
/// holds mistakes nothing of it may be.
pub fn compare(told: Told, known: &Known, today: NaiveDate, decisions: Decisions) -> Plan {
    let mut comparing = Comparing::new(known, today, decisions);
    units::units(&told.units, known, &mut comparing.units, &mut comparing.plan);
    let people = merge::people(told.people, &mut comparing.plan.doubts);
    comparing.notes_kinds(&people);
    let placed: Vec<Option<UnitRef>> = people.iter().map(|row| comparing.unit_of(row)).collect();
    // Of a list of candidates alone it is not known whom else it would name.
    let staff = people.iter().zip(&placed).filter(|(row, _)| row.candidate.is_none());
    comparing.told_units = staff
        .filter_map(|(_, unit)| match unit {
            Some(UnitRef::Known(unit)) => Some(*unit),
            _ => None,
        })
        .collect();
    let mut roads = Vec::new();
    for (row, unit) in people.into_iter().zip(placed) {
        roads.extend(comparing.person(row, unit));
    }
    let classes = Classes::of(told.classes, known, &mut comparing.plan);
    comparing.roads(roads, &classes);
    branches::rules(told.rules, known, &comparing.units, &mut comparing.plan);
    branches::numbers(told.numbers, known, &comparing.units, &mut comparing.plan);
    comparing.gone();
    comparing.end()
}

struct Comparing<'k> {
    units: Units,
    people: People<'k>,
    known: &'k Known,
    today: NaiveDate,
    decisions: Decisions,
    plan: Plan,
    /// The units that are there whose staff the lists tell of.
    told_units: HashSet<UnitId>,
    /// Whom of those who are there the lists name.
    named: HashSet<PersonId>,
    /// What changes of whom, in the order of the lists.
    changes: HashMap<PersonId, Vec<Change>>,
    order: Vec<PersonId>,
    /// Who holds an office of one: of those who are there and who are added.
    held: HashMap<(OfficeKind, UnitRef), Option<&'k KnownPerson>>,
    /// Who bears a name and is an official member, there or new: for mentors.
    officials: HashMap<String, Vec<Official>>,
    /// What of somebody is listed as staff here: members, others.
    listed: HashSet<Listed>,
}

/// Of what kind a list of staff is: of somebody of another kind it tells nothing by leaving them out.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Listed {
    Members,
    Others,
}

impl Listed {
    fn of(status: Option<Status>) -> Self {
        match status {
            None | Some(Status::NonMember) => Self::Others,
            Some(Status::Probationary | Status::Official) => Self::Members,
        }
    }
}

/// Somebody who may be a mentor.
struct Official {
    name: Name,
    who: PersonRef,
    unit: Option<UnitRef>,
}

/// The road of somebody, to be looked at when everybody is known by name.
struct RoadTold {
    of: PersonRef,
    at: At,
    /// Where they are placed.
    unit: Option<UnitRef>,
    candidate: Option<CandidateTold>,
    admission: Admission,
}

impl<'k> Comparing<'k> {
    fn new(known: &'k Known, today: NaiveDate, decisions: Decisions) -> Self {
        let mut held = HashMap::new();
        for person in &known.people {
            for (kind, unit) in &person.posts {
                held.insert((*kind, UnitRef::Known(*unit)), Some(person));
            }
        }
        Self {
            units: Units::of(known),
            people: People::of(known),
            known,
            today,
            decisions,
            plan: Plan::default(),
            told_units: HashSet::new(),
            named: HashSet::new(),
            changes: HashMap::new(),
            order: Vec::new(),
            held,
            officials: HashMap::new(),
            listed: HashSet::new(),
        }
    }

    /// Notes which kinds of staff the lists are of; one of candidates alone is none.
    fn notes_kinds(&mut self, people: &[PersonTold]) {
        let staff = people.iter().filter(|row| row.candidate.is_none());
        self.listed = staff.map(|row| Listed::of(row.is_now())).collect();
    }

    /// The unit that a row places somebody in; a branch that people alone are listed in is added.
    fn unit_of(&mut self, row: &PersonTold) -> Option<UnitRef> {
        let (name, kind) = row.unit.as_ref()?;
        match self.units.find(name) {
            Meant::One(unit) => Some(unit),
            Meant::Several => {
                self.wrong(row, name, Wrong::SeveralUnits);
                None
            }
            Meant::None => {
                let of_row = (&row.at, None, name.as_str());
                Some(units::add(of_row, *kind, self.known, &mut self.units, &mut self.plan))
            }
        }
    }

    fn person(&mut self, row: PersonTold, unit: Option<UnitRef>) -> Option<RoadTold> {
        if let Some(wrong) = self.impossible(&row) {
            self.wrong(&row, &row.name, wrong);
            return None;
        }
        if is_too_young(&row) {
            self.doubt(&row, Question::TooYoung);
        }
        match self.people.find(&row, unit) {
            Who::Them(them) => self.change(them, &row, unit),
            Who::New => self.add(row, unit),
            Who::Perhaps(those) => {
                let codes = those.iter().map(|one| one.code.clone()).collect();
                self.named.extend(those.iter().map(|one| one.id));
                let accepted = self.asks(&row, Question::Namesake { codes });
                if accepted { self.add(row, unit) } else { None }
            }
        }
    }

    /// Days that cannot be.
    fn impossible(&self, row: &PersonTold) -> Option<Wrong> {
        let steps = row.candidate.iter().flat_map(CandidateTold::days);
        let days = [row.born, row.admitted, row.official, row.came.on, row.left];
        if days.into_iter().flatten().chain(steps).any(|day| day > self.today) {
            return Some(Wrong::Ahead);
        }
        let falls = |one: Option<NaiveDate>, other: Option<NaiveDate>| {
            one.zip(other).is_some_and(|(one, other)| one > other)
        };
        let wrong = falls(row.admitted, row.official)
            || falls(row.born, row.admitted.or(row.official))
            || falls(row.came.on, row.left)
            || falls(row.admitted, row.left);
        wrong.then_some(Wrong::Order)
    }

    fn add(&mut self, row: PersonTold, unit: Option<UnitRef>) -> Option<RoadTold> {
        if row.is_gone && row.left.is_none() {
            self.doubt(&row, Question::LeftWhen);
            return None;
        }
        // Whoever works for the whole organisation may be placed nowhere.
        let is_of_top = row.posts.iter().any(|post| post.of_top) && row.unit.is_none();
        if unit.is_none() && row.left.is_none() && !is_of_top {
            if row.unit.is_none() {
                self.wrong(&row, &row.name, Wrong::NoUnit);
            }
            return None;
        }
        let from = self.since(&row);
        let mut membership = self.membership(&row, from);
        let is_over = row.left_how.is_some_and(Departure::ends_membership);
        if let Some((_, last)) = membership.periods.last_mut().filter(|_| is_over) {
            last.to = row.left.map(|left| left.max(last.from));
        }
        let posts = match row.left {
            Some(_) => Vec::new(),
            None => self.new_posts(&row, unit),
        };
        let stands = match is_of_top && unit.is_none() && !is_told(&row) {
            true => Vec::new(),
            false => membership.periods.clone(),
        };
        let place = PersonRef::New(self.plan.new_people.len());
        self.knows(&row.name, (place, unit), membership.now());
        let admission = self.admission(&row, &membership);
        self.plan.new_people.push(NewPerson {
            at: row.at.clone(),
            name: row.name,
            born: row.born,
            placed: unit.map(|unit| Placed {
                unit,
                period: Period { from, to: row.left },
                label: row.department,
                came: row.came.how,
                came_from: row.came.from.map(Typed::new),
                left: row.left_how,
                left_to: row.left_to,
            }),
            stands,
            posts,
            facts: row.facts,
            road: None,
        });
        Some(RoadTold { of: place, at: row.at, unit, candidate: row.candidate, admission })
    }

    /// Since when somebody is here: as it is told, else since the first day that is told of them, else today.
    fn since(&self, row: &PersonTold) -> NaiveDate {
        let road = row.candidate.iter().flat_map(CandidateTold::days);
        let first = [row.admitted, row.official].into_iter().flatten().chain(road).min();
        let since = row.came.on.or(first).unwrap_or(self.today);
        row.left.map_or(since, |left| since.min(left))
    }

    fn membership(&mut self, row: &PersonTold, from: NaiveDate) -> Membership {
        let membership = Membership::told(row, from, self.today);
        if membership.assumed {
            self.doubt(row, Question::NoOfficialDay);
        }
        membership
    }

    fn admission(&self, row: &PersonTold, membership: &Membership) -> Admission {
        let from_another = row.came.from.as_ref().is_some_and(|from| {
            // Whoever comes from a branch of ours was admitted here.
            matches!(self.units.find(from), Meant::None)
        });
        let before = row.admitted.zip(row.came.on).is_none_or(|(admitted, came)| admitted < came);
        Admission {
            admitted: row.admitted,
            official: membership.since(Status::Official),
            elsewhere: (row.came.how == Some(Arrival::Outside) || from_another) && before,
        }
    }

    fn change(
        &mut self,
        them: &'k KnownPerson,
        row: &PersonTold,
        unit: Option<UnitRef>,
    ) -> Option<RoadTold> {
        if !self.named.insert(them.id) {
            self.doubt(row, Question::Twice { code: them.code.clone() });
            return None;
        }
        if row.candidate.is_none() {
            self.told_units.extend(them.unit.map(|(unit, _)| unit));
        }
        let mut changes = Vec::new();
        self.names(them, row, &mut changes);
        let here = self.moves(them, row, unit, &mut changes);
        let renamed = changes.iter().any(|change| matches!(change, Change::Name(_)));
        for (kind, now) in &row.facts {
            // The name of before goes among the other names by itself.
            if renamed && *kind == FactKind::OtherNames {
                continue;
            }
            if them.facts.get(kind).is_none_or(|was| was.folded() != now.folded()) {
                changes.push(Change::Fact { kind: *kind, now: now.clone() });
            }
        }
        let (becomes, status) = self.stands(them, row, &mut changes);
        // Of whoever has not moved as the list says it tells no office there either.
        if row.left.is_none() && unit.is_none_or(|unit| Some(unit) == here) {
            self.posts(them, row, here, &mut changes);
        }
        self.knows(&row.name, (PersonRef::Known(them.id), here), status);
        self.changes(them.id, changes);
        // A road that is known here is followed here, and a member's is behind them.
        let was_member = matches!(Listed::of(them.status), Listed::Members);
        let told = !them.has_case && (becomes.admitted.is_some() || !was_member);
        told.then(|| RoadTold {
            of: PersonRef::Known(them.id),
            at: row.at.clone(),
            unit: here,
            candidate: row.candidate.clone(),
            admission: becomes,
        })
    }

    fn names(&mut self, them: &KnownPerson, row: &PersonTold, changes: &mut Vec<Change>) {
        let (code, was) = (them.code.clone(), them.name.clone());
        let told = Name::new(row.name.as_str());
        let is_so = match () {
            // An older list tells the name of before.
            () if them.was_called(&told) => false,
            // The same name, now with its marks.
            () if Name::new(was.as_str()).is_same(&told) => was.is_ascii() && !row.name.is_ascii(),
            () => self.asks(row, Question::Renamed { code, was }),
        };
        if is_so {
            changes.push(Change::Name(row.name.clone()));
        }
        let code = them.code.clone();
        let Some(born) = row.born.filter(|born| them.born != Some(*born)) else { return };
        let is_so = match them.born {
            None => true,
            Some(was) => self.asks(row, Question::BornOtherwise { code, was }),
        };
        if is_so {
            changes.push(Change::Born(born));
        }
    }

    /// What they become by the list, and what they are then.
    fn stands(
        &mut self,
        them: &KnownPerson,
        row: &PersonTold,
        changes: &mut Vec<Change>,
    ) -> (Admission, Status) {
        let is = them.status.unwrap_or(Status::NonMember);
        let from = them.unit.map_or_else(|| self.since(row), |(_, since)| since);
        let told = Membership::told(row, from, self.today);
        let stays = (Admission::default(), is);
        if them.status.is_none() && !is_told(row) && row.unit.is_none() {
            return stays;
        }
        let Some(status) = them.status else {
            if them.has_case {
                self.doubt(row, Question::Followed { code: them.code.clone() });
                return stays;
            }
            let told = self.membership(row, from);
            changes.push(Change::Becomes(told.periods.clone()));
            return (self.admission(row, &told), told.now());
        };
        if rank(told.now()) > rank(status) {
            if them.has_case {
                self.doubt(row, Question::Followed { code: them.code.clone() });
                return stays;
            }
            let told = self.membership(row, from);
            let above = told.above(status);
            let begins = above.first().map(|(_, period)| period.from);
            if begins.zip(them.admitted).is_some_and(|(begins, admitted)| begins < admitted) {
                self.wrong(row, &row.name, Wrong::Order);
                return stays;
            }
            changes.push(Change::Becomes(above));
            let mut admission = self.admission(row, &told);
            admission.admitted = admission.admitted.or(them.admitted);
            return (admission, told.now());
        }
        if row.status.is_some_and(|told| rank(told) < rank(status)) {
            self.doubt(row, Question::Stands { code: them.code.clone() });
        }
        for (was, now) in [(them.admitted, row.admitted), (them.official, row.official)] {
            if let (Some(was), Some(_)) = (was, now.filter(|now| Some(*now) != was)) {
                self.doubt(row, Question::DayOtherwise { code: them.code.clone(), was });
            }
        }
        if let (Some(on), None, Some(official)) = (row.admitted, them.admitted, them.official)
            && on < official
            && !them.has_case
        {
            changes
                .push(Change::Was(Status::Probationary, Period { from: on, to: Some(official) }));
            let mut admission = self.admission(row, &told);
            admission.official = Some(official);
            return (admission, is);
        }
        stays
    }

    /// The roads that are told, with their mentors by name.
    fn roads(&mut self, told: Vec<RoadTold>, classes: &Classes) {
        for known in &self.known.people {
            if !self.named.contains(&known.id) {
                let status = known.status.unwrap_or(Status::NonMember);
                let unit = known.unit.map(|(unit, _)| UnitRef::Known(unit));
                self.knows(&known.name, (PersonRef::Known(known.id), unit), status);
            }
        }
        for RoadTold { of, at, unit, candidate, admission } in told {
            let mut mentors: Vec<PersonRef> = Vec::new();
            for name in candidate.iter().flat_map(|told| &told.mentors) {
                match self.mentor(name, unit) {
                    Some(one) if one != of && mentors.len() < MENTORS => mentors.push(one),
                    _ => {
                        let question = Question::Mentor { name: name.clone() };
                        self.plan.doubts.push(Doubt {
                            at: at.clone(),
                            read: name.clone(),
                            question,
                        });
                    }
                }
            }
            let number = candidate.as_ref().and_then(|told| told.class.as_ref());
            let class = number.and_then(|number| classes.find(number));
            if let (Some(number), None) = (number, class) {
                let question = Question::NoClass { number: number.clone() };
                self.plan.doubts.push(Doubt { at: at.clone(), read: number.clone(), question });
            }
            let road = Road::of(candidate.as_ref(), mentors, admission, class, self.today);
            let Some(road) = road else { continue };
            match of {
                PersonRef::New(place) => self.plan.new_people[place].road = Some(road),
                PersonRef::Known(id) => self.changes(id, vec![Change::Road(road)]),
            }
        }
    }

    /// Who is in one of the units that the lists tell of, of a kind that they list, and in none of them.
    fn gone(&mut self) {
        let told = std::mem::take(&mut self.told_units);
        let gone: Vec<&KnownPerson> = self
            .known
            .people
            .iter()
            .filter(|one| !self.named.contains(&one.id))
            .filter(|one| one.unit.is_some_and(|(unit, _)| told.contains(&unit)))
            .filter(|one| self.listed.contains(&Listed::of(one.status)))
            .collect();
        for one in gone {
            let question = Question::Gone { code: one.code.clone() };
            self.plan.doubts.push(Doubt { at: At::default(), read: one.name.clone(), question });
            let since = one.unit.map(|(_, since)| since);
            let may_end = !one.is_followed() && since.is_some_and(|since| since <= self.today);
            if self.decisions.end_gone && may_end {
                let leaves = Change::Leaves { on: self.today, how: None, to: None };
                self.changes(one.id, vec![leaves]);
            }
        }
    }

    /// The plan, with what changes of those who are there.
    fn end(mut self) -> Plan {
        let unchanged = self.named.iter().filter(|id| !self.changes.contains_key(id));
        self.plan.same_people = unchanged.count();
        for id in self.order {
            let changes = self.changes.remove(&id).unwrap_or_default();
            self.plan.changed.push(ChangedPerson { id, changes });
        }
        self.plan
    }

    fn changes(&mut self, id: PersonId, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        if !self.changes.contains_key(&id) {
            self.order.push(id);
        }
        self.changes.entry(id).or_default().extend(changes);
    }

    /// Somebody by name, who may be a mentor.
    fn knows(&mut self, name: &str, (who, unit): (PersonRef, Option<UnitRef>), status: Status) {
        if status == Status::Official {
            let official = Official { name: Name::new(name), who, unit };
            self.officials.entry(fold(name)).or_default().push(official);
        }
    }

    /// The official member of this name; of several the one who is in the unit.
    fn mentor(&self, name: &str, unit: Option<UnitRef>) -> Option<PersonRef> {
        let called = Name::new(name);
        let named = self.officials.get(&fold(name)).into_iter().flatten();
        let named: Vec<&Official> = named.filter(|one| one.name.is_same(&called)).collect();
        let here = named.iter().filter(|one| unit.is_some() && one.unit == unit);
        match (&named[..], &here.copied().collect::<Vec<&Official>>()[..]) {
            ([one], _) | (_, [one]) => Some(one.who),
            _ => None,
        }
    }

    fn doubt(&mut self, row: &PersonTold, question: Question) {
        self.plan.doubts.push(Doubt { at: row.at.clone(), read: row.name.clone(), question });
    }

    /// A doubt that a person may decide, and whether they did as the list says.
    fn asks(&mut self, row: &PersonTold, question: Question) -> bool {
        self.doubt(row, question);
        self.decisions.accept_doubts
    }

    fn wrong(&mut self, row: &PersonTold, read: &str, wrong: Wrong) {
        self.plan.mistakes.push(Mistake { at: row.at.clone(), read: read.to_owned(), wrong });
    }
}

/// Whether it is told what somebody is to the Party.
fn is_told(row: &PersonTold) -> bool {
    row.status.is_some() || row.admitted.is_some() || row.official.is_some()
}

fn is_too_young(row: &PersonTold) -> bool {
    row.born.zip(row.admitted).is_some_and(|(born, admitted)| {
        let of_age = born.checked_add_months(Months::new(12 * ADMITTED_FROM));
        of_age.is_some_and(|day| admitted < day)
    })
}

impl KnownPerson {
    /// Whether they are on a road that is followed here, by whose steps alone they move, leave and become.
    fn is_followed(&self) -> bool {
        self.has_case && self.status != Some(Status::Official)
    }
}
