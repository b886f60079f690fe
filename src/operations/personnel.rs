//! People of the organisation who are on no road: put down, corrected, moved, let go, taken back, given an office
//! and released from it. Whoever is on a road moves and becomes by its steps alone. [`foresee`] says what else
//! follows, [`carry_out`] does it.

use chrono::{Days, NaiveDate};

use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::listed::{Arrival, Departure};
use crate::domain::name::Name;
use crate::domain::people::{OfficeKind, Person, Status, UnitKind, full_name};
use crate::domain::personnel::{Change, Changed, Newcomer};
use crate::domain::typed::Typed;
use crate::message::{Arg, Message, Phrase};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::leaving::Leaving;
use crate::store::personnel::{self, Recorded, Stands};
use crate::store::{StoreError, people, road, tenures};

/// How far ahead a change may be put down, in days.
const AHEAD: u64 = 60;

/// Ages of people on lists of members and staff, in years: members stay for life.
const AGES: std::ops::RangeInclusive<u32> = 15..=110;

/// Somebody as they are, and what ends for them with a change.
#[derive(Clone, Debug)]
pub struct Foreseen {
    pub person: Person,
    pub was: Stands,
    /// What they hold that ends.
    pub ended: Vec<(OfficeKind, UnitId)>,
    /// Codes of the candidates whom they guide no more.
    pub guided: Vec<String>,
    /// Reports they have begun, and tasks they have not done.
    pub waiting: (i64, i64),
    /// Who holds the office of one that they take.
    pub instead_of: Option<PersonId>,
}

/// Whoever a code or a name means among those whom the person asking may look after; somebody who left as well.
pub async fn find(work: &mut Work<'_>, text: &str) -> Result<Vec<Person>, Refused> {
    let today = work.today();
    let mut all = people::all(work.tx, today).await?;
    all.retain(|person| may_keep(work, person.unit));
    let found = match crate::domain::people::named(&all, text) {
        crate::domain::people::Named::One(one) => vec![one.clone()],
        crate::domain::people::Named::Several(several) => several.into_iter().cloned().collect(),
        crate::domain::people::Named::Nobody => Vec::new(),
    };
    Ok(found)
}

/// Whether the person asking looks after the people of a unit; those of none are the whole organisation's.
fn may_keep(work: &Work<'_>, unit: Option<UnitId>) -> bool {
    let unit = unit.or_else(|| work.units.root().map(|top| top.id));
    unit.is_some_and(|unit| work.may(Right::KeepStaff, unit))
}

/// The units whose people the person asking looks after, in their order.
pub fn units(work: &Work<'_>) -> Vec<UnitId> {
    let all = work.units.all().iter().filter(|unit| unit.ended.is_none());
    all.map(|unit| unit.id).filter(|unit| work.may(Right::KeepStaff, *unit)).collect()
}

/// Somebody as they stand.
#[derive(Clone, Debug)]
pub struct Looked {
    pub person: Person,
    pub was: Stands,
    /// What they hold, and since when.
    pub held: Vec<(OfficeKind, UnitId, NaiveDate)>,
    /// The code of their case, where they are on the road.
    pub case: Option<String>,
}

/// Somebody whom the person asking looks after.
pub async fn look(work: &mut Work<'_>, id: PersonId) -> Result<Looked, Refused> {
    let today = work.today();
    let known = personnel::stands(work.tx, id, today).await?;
    let person = people::get(work.tx, id, today).await?;
    let (Some(was), Some(person)) = (known, person) else { return refuse("personnel-nobody") };
    must_keep(work, person.unit)?;
    let held = personnel::held(work.tx, id, today).await?;
    let case = road::open_case(work.tx, id).await?.map(|case| case.code);
    let unit = was.placed.map(|(unit, _)| unit);
    work.note_reading(Entry::new(Act::PersonRead, person.code.as_str()).within(unit)).await?;
    Ok(Looked { person, was, held, case })
}

fn must_keep(work: &Work<'_>, unit: Option<UnitId>) -> Result<(), Refused> {
    if may_keep(work, unit) { Ok(()) } else { refuse("personnel-not-allowed") }
}

/// Puts somebody down, under the next code.
pub async fn add(work: &mut Work<'_>, who: &Newcomer) -> Result<(PersonId, String), Refused> {
    must_keep(work, Some(who.unit))?;
    let Some(name) = full_name(who.name.as_written()) else {
        return refuse("introduce-new-name-wrong");
    };
    must_be_a_unit(work, who.unit)?;
    let today = work.today();
    if let Some(born) = who.born {
        must_be_a_birth(work, born)?;
        if who.since <= born {
            return refuse(Phrase::new("personnel-after").with("since", born));
        }
    }
    must_not_be_ahead(work, who.since)?;
    let same = people::namesakes(work.tx, &Typed::new(&name).folded(), today).await?;
    let same = same
        .iter()
        .find(|other| other.born.is_none() || who.born.is_none() || other.born == who.born);
    if let Some(same) = same {
        return refuse(Phrase::new("personnel-there").with("code", Arg::code(&same.code)));
    }
    let name = Name::new(name);
    let (person, code) = people::add_unplaced(work.tx, &name, who.born).await?;
    let recorded = recorded(work);
    personnel::place(work.tx, person, (who.unit, who.since), None, recorded).await?;
    personnel::stand(work.tx, person, (who.status, who.since), recorded).await?;
    let entry = Entry::new(Act::PersonAdded, code.as_str()).within(Some(who.unit));
    work.note(entry.became(Field::Since, who.since)).await?;
    Ok((person, code))
}

/// What a change leads to; refused where it cannot be.
pub async fn foresee(work: &mut Work<'_>, changed: &Changed) -> Result<Foreseen, Refused> {
    let (id, today) = (changed.person, work.today());
    let known = personnel::stands(work.tx, id, today).await?;
    let person = people::get(work.tx, id, today).await?;
    let (Some(was), Some(person)) = (known, person) else { return refuse("personnel-nobody") };
    must_keep(work, person.unit)?;
    let mut foreseen = Foreseen {
        person,
        was,
        ended: Vec::new(),
        guided: Vec::new(),
        waiting: (0, 0),
        instead_of: None,
    };
    check(work, &mut foreseen, &changed.change).await?;
    Ok(foreseen)
}

async fn check(
    work: &mut Work<'_>,
    foreseen: &mut Foreseen,
    change: &Change,
) -> Result<(), Refused> {
    let today = work.today();
    if let Some(day) = change.day() {
        must_be_near(work, day)?;
    }
    match change {
        Change::Rename { name } => match full_name(name.as_written()) {
            None => refuse("introduce-new-name-wrong"),
            Some(name) if name == foreseen.was.name => refuse("personnel-same"),
            Some(_) => Ok(()),
        },
        Change::CorrectBirth { born } if Some(*born) == foreseen.was.born => {
            refuse("personnel-same")
        }
        Change::CorrectBirth { born } => must_be_a_birth(work, *born),
        Change::Move { to, since } => {
            let Some((unit, from)) = foreseen.was.placed else { return refuse("personnel-left") };
            must_keep(work, Some(*to))?;
            must_be_a_unit(work, *to)?;
            if unit == *to {
                return refuse("personnel-same");
            }
            must_come_after(*since, from)?;
            must_be_on_no_road(work, foreseen).await?;
            must_stay(work, foreseen.person.id).await?;
            ends(work, foreseen, Some(unit), *since).await
        }
        Change::Leave { on, how, .. } => {
            let Some((_, from)) = foreseen.was.placed else { return refuse("personnel-left") };
            must_come_after(*on, from)?;
            if *how == Departure::Died {
                must_not_be_ahead(work, *on)?;
            }
            must_be_on_no_road(work, foreseen).await?;
            must_stay(work, foreseen.person.id).await?;
            ends(work, foreseen, None, *on).await
        }
        Change::Return { unit, since } => {
            if foreseen.was.placed.is_some() {
                return refuse("personnel-here");
            }
            must_keep(work, Some(*unit))?;
            must_be_a_unit(work, *unit)?;
            must_be_on_no_road(work, foreseen).await?;
            must_not_be_ahead(work, *since)
        }
        Change::Become { status, on } => {
            must_be_on_no_road(work, foreseen).await?;
            must_not_be_ahead(work, *on)?;
            match foreseen.was.status {
                Some((is, _)) if is == *status => refuse("personnel-same"),
                Some((_, since)) => must_come_after(*on, since),
                None => Ok(()),
            }
        }
        Change::Appoint { office, unit, since } => {
            must_keep(work, Some(*unit))?;
            must_be_of(work, *office, *unit)?;
            if foreseen.was.placed.is_none() {
                return refuse("personnel-left");
            }
            let leads = matches!(office, OfficeKind::Secretary | OfficeKind::Deputy);
            let official = matches!(foreseen.was.status, Some((Status::Official, _)));
            if leads && !official {
                return refuse("personnel-not-official");
            }
            let holders = tenures::office_from(work.tx, *unit, *office, *since).await?;
            if holders.iter().any(|held| held.person == foreseen.person.id) {
                return refuse("personnel-same");
            }
            if *office == OfficeKind::Secretary
                && let Some(holder) = holders.first()
            {
                if *since < holder.from {
                    return refuse(Phrase::new("personnel-after").with("since", holder.from));
                }
                foreseen.instead_of = Some(holder.person);
            }
            Ok(())
        }
        Change::Release { office, unit, since } => {
            must_keep(work, Some(*unit))?;
            let held = personnel::held(work.tx, foreseen.person.id, today.min(*since)).await?;
            match held.iter().find(|(kind, of, _)| kind == office && of == unit) {
                None => refuse("personnel-no-office"),
                Some((.., from)) => must_come_after(*since, *from),
            }
        }
    }
}

/// What of somebody ends in a unit, or everywhere, on a day.
async fn ends(
    work: &mut Work<'_>,
    foreseen: &mut Foreseen,
    unit: Option<UnitId>,
    on: NaiveDate,
) -> Result<(), Refused> {
    let id = foreseen.person.id;
    let is_here = |of: UnitId| unit.is_none_or(|unit| unit == of);
    let held = personnel::held(work.tx, id, on).await?;
    foreseen.ended = held
        .into_iter()
        .filter(|(_, of, _)| is_here(*of))
        .map(|(kind, of, _)| (kind, of))
        .collect();
    let guided = personnel::guided(work.tx, id, on).await?;
    foreseen.guided =
        guided.into_iter().filter(|(.., of)| is_here(*of)).map(|(_, code, _)| code).collect();
    foreseen.waiting = personnel::waiting(work.tx, id).await?;
    Ok(())
}

/// Does a change; who leads the units that it is about is told.
pub async fn carry_out(work: &mut Work<'_>, changed: &Changed) -> Result<Foreseen, Refused> {
    let foreseen = foresee(work, changed).await?;
    let (id, today, recorded) = (changed.person, work.today(), recorded(work));
    match &changed.change {
        Change::Rename { name } => {
            let Some(name) = full_name(name.as_written()) else {
                return refuse("introduce-new-name-wrong");
            };
            let names = (foreseen.was.name.as_str(), &Name::new(name));
            personnel::rename(work.tx, id, names, today, recorded).await?;
        }
        Change::CorrectBirth { born } => personnel::set_born(work.tx, id, *born).await?,
        Change::Move { to, since } => {
            if let Some((unit, _)) = foreseen.was.placed {
                personnel::leaves_unit(work.tx, id, (unit, *since)).await?;
            }
            personnel::place(work.tx, id, (*to, *since), Some(Arrival::Within), recorded).await?;
        }
        Change::Leave { on, how, to } => {
            let leaving = Leaving { on: *on, how: Some(*how), to: to.clone() };
            let now = work.now;
            personnel::leave(work.tx, id, &leaving, now).await?;
        }
        Change::Return { unit, since } => {
            personnel::place(work.tx, id, (*unit, *since), None, recorded).await?;
            // Whoever was taken for dead is what they were.
            if foreseen.was.status.is_none()
                && let Some(status) = personnel::was_last(work.tx, id).await?
            {
                personnel::stand(work.tx, id, (status, *since), recorded).await?;
            }
        }
        Change::Become { status, on } => {
            personnel::stand(work.tx, id, (*status, *on), recorded).await?;
        }
        Change::Appoint { office, unit, since } => {
            if let Some(holder) = foreseen.instead_of {
                tenures::close_office(work.tx, *unit, *office, holder, *since).await?;
            }
            tenures::begin_office(work.tx, *unit, *office, id, *since).await?;
        }
        Change::Release { office, unit, since } => {
            tenures::close_office(work.tx, *unit, *office, id, *since).await?;
        }
    }
    note(work, &foreseen, &changed.change).await?;
    let menus: Vec<PersonId> = foreseen.instead_of.into_iter().chain([id]).collect();
    work.fit_menus(&menus).await?;
    tell(work, &foreseen, &changed.change).await?;
    Ok(foreseen)
}

async fn note(work: &mut Work<'_>, foreseen: &Foreseen, change: &Change) -> Result<(), StoreError> {
    let code = foreseen.person.code.as_str();
    let unit_code = |unit: UnitId| work.units.code(unit).to_owned();
    let of = |act| Entry::new(act, code).within(foreseen.was.placed.map(|(unit, _)| unit));
    let entry = match change {
        Change::Rename { .. } => of(Act::PersonRenamed),
        Change::CorrectBirth { .. } => of(Act::PersonChanged),
        Change::Move { to, since } => {
            let was = foreseen.was.placed.map(|(unit, _)| unit_code(unit));
            let entry = of(Act::PersonMoved).was(Field::Unit, was);
            entry.became(Field::Unit, unit_code(*to)).became(Field::Since, since)
        }
        Change::Leave { on, how, .. } => {
            of(Act::PersonLeft).became(Field::Departure, how).became(Field::Since, on)
        }
        Change::Return { unit, since } => {
            let entry = Entry::new(Act::PersonReturned, code).within(Some(*unit));
            entry.became(Field::Unit, unit_code(*unit)).became(Field::Since, since)
        }
        Change::Become { status, on } => {
            let was = foreseen.was.status.map(|(status, _)| status);
            let entry = of(Act::PersonChanged).was(Field::Status, was);
            entry.became(Field::Status, status).became(Field::Since, on)
        }
        Change::Appoint { office, unit, since } => {
            let entry = Entry::new(Act::OfficePassed, work.units.code(*unit)).within(Some(*unit));
            let entry = entry.became(Field::Office, office).became(Field::Holder, code);
            entry.became(Field::Since, since)
        }
        Change::Release { office, unit, since } => {
            let entry = Entry::new(Act::OfficePassed, work.units.code(*unit)).within(Some(*unit));
            let entry = entry.was(Field::Holder, code).became(Field::Office, office);
            entry.became(Field::Since, since)
        }
    };
    work.note(entry).await
}

/// Tells whoever leads the units that somebody leaves and comes to.
async fn tell(work: &mut Work<'_>, foreseen: &Foreseen, change: &Change) -> Result<(), StoreError> {
    let units: Vec<UnitId> = match change {
        Change::Rename { .. } | Change::CorrectBirth { .. } | Change::Become { .. } => {
            return Ok(());
        }
        Change::Move { to, .. } => {
            foreseen.was.placed.map(|(unit, _)| unit).into_iter().chain([*to]).collect()
        }
        Change::Leave { .. } => foreseen.was.placed.map(|(unit, _)| unit).into_iter().collect(),
        Change::Return { unit, .. }
        | Change::Appoint { unit, .. }
        | Change::Release { unit, .. } => vec![*unit],
    };
    let mut told: Vec<PersonId> = vec![foreseen.person.id];
    for unit in units {
        let Some(leader) = work.leader(unit).await? else { continue };
        if told.contains(&leader.person.id) {
            continue;
        }
        told.push(leader.person.id);
        let name = leader.person.id;
        let mut message = Message::new().line(
            Phrase::new("personnel-told")
                .with("name", name)
                .with("what", said(work, foreseen, change)),
        );
        for line in follows(work, foreseen) {
            message = message.line(line);
        }
        work.tell(&leader, unit, &format!("personnel-{}", unit.0), message).await?;
    }
    Ok(())
}

/// A change in a sentence.
pub fn said(work: &Work<'_>, foreseen: &Foreseen, change: &Change) -> Phrase {
    let of = |key: &str| Phrase::new(key).with("who", foreseen.person.id);
    let name = |unit: &UnitId| work.units.name(*unit);
    match change {
        Change::Rename { name } => {
            let name = full_name(name.as_written()).unwrap_or_default();
            of("personnel-rename").with("to", Arg::Typed(Typed::new(name)))
        }
        Change::CorrectBirth { born } => of("personnel-born").with("born", *born),
        Change::Move { to, since } => {
            of("personnel-move").with("unit", name(to)).with("since", *since)
        }
        Change::Leave { on, how, to } => {
            let how = Phrase::new(format!("departure-{how}"));
            let said = match to {
                Some(to) => of("personnel-leave-to").with("to", to),
                None => of("personnel-leave"),
            };
            said.with("since", *on).with("how", how)
        }
        Change::Return { unit, since } => {
            of("personnel-return").with("unit", name(unit)).with("since", *since)
        }
        Change::Become { status, on } => {
            let status = Phrase::new(format!("status-{status}"));
            of("personnel-become").with("status", status).with("since", *on)
        }
        Change::Appoint { office, unit, since } => of("personnel-appoint")
            .with("office", phrasing::office(*office))
            .with("unit", name(unit))
            .with("since", *since),
        Change::Release { office, unit, since } => of("personnel-release")
            .with("office", phrasing::office(*office))
            .with("unit", name(unit))
            .with("since", *since),
    }
}

/// What else follows, a line each.
pub fn follows(work: &Work<'_>, foreseen: &Foreseen) -> Vec<Phrase> {
    let mut lines = Vec::new();
    for (office, unit) in &foreseen.ended {
        lines.push(
            Phrase::new("personnel-ends-office")
                .with("office", phrasing::office(*office))
                .with("unit", work.units.name(*unit)),
        );
    }
    if !foreseen.guided.is_empty() {
        let codes = foreseen.guided.join(", ");
        lines.push(Phrase::new("personnel-ends-guidance").with("codes", Arg::code(&codes)));
    }
    if let Some(holder) = foreseen.instead_of {
        lines.push(Phrase::new("personnel-instead").with("name", holder));
    }
    let (drafts, duties) = foreseen.waiting;
    if drafts > 0 || duties > 0 {
        lines.push(Phrase::new("personnel-waiting").with("drafts", drafts).with("duties", duties));
    }
    lines
}

fn recorded(work: &Work<'_>) -> Recorded {
    Recorded { now: work.now, by: work.person() }
}

/// Refuses a unit that nobody is placed in.
fn must_be_a_unit(work: &Work<'_>, unit: UnitId) -> Result<(), Refused> {
    match work.units.get(unit) {
        Some(unit) if unit.ended.is_none() => Ok(()),
        Some(_) => refuse("structure-ended"),
        None => refuse("personnel-no-unit"),
    }
}

/// Refuses an office that a unit of this kind has not.
fn must_be_of(work: &Work<'_>, office: OfficeKind, unit: UnitId) -> Result<(), Refused> {
    let Some(unit) = work.units.get(unit) else { return refuse("personnel-no-unit") };
    match (office, unit.kind) {
        (OfficeKind::Office, UnitKind::Branch) => refuse("personnel-no-such-office"),
        _ => Ok(()),
    }
}

fn must_be_near(work: &Work<'_>, day: NaiveDate) -> Result<(), Refused> {
    let latest = work.today() + Days::new(AHEAD);
    if day <= latest {
        return Ok(());
    }
    refuse(Phrase::new("personnel-far").with("latest", latest))
}

fn must_not_be_ahead(work: &Work<'_>, day: NaiveDate) -> Result<(), Refused> {
    if day <= work.today() {
        return Ok(());
    }
    refuse(Phrase::new("personnel-ahead").with("today", work.today()))
}

/// Refuses a day before what began on another; on its own day it can still be corrected.
fn must_come_after(day: NaiveDate, began: NaiveDate) -> Result<(), Refused> {
    if day >= began {
        return Ok(());
    }
    refuse(Phrase::new("personnel-after").with("since", began))
}

/// Refuses whoever moves by the steps of a road.
async fn must_be_on_no_road(work: &mut Work<'_>, foreseen: &Foreseen) -> Result<(), Refused> {
    match road::open_case(work.tx, foreseen.person.id).await? {
        Some(case) => refuse(Phrase::new("personnel-on-road").with("code", Arg::code(&case.code))),
        None => Ok(()),
    }
}

/// Refuses whoever is down for another place already.
async fn must_stay(work: &mut Work<'_>, person: PersonId) -> Result<(), Refused> {
    let today = work.today();
    match personnel::moves_ahead(work.tx, person, today).await? {
        true => refuse("personnel-moves-ahead"),
        false => Ok(()),
    }
}

/// Refuses a birth day of nobody who is on a list of members or staff.
pub fn must_be_a_birth(work: &Work<'_>, born: NaiveDate) -> Result<(), Refused> {
    let age = work.today().years_since(born);
    if age.is_some_and(|age| AGES.contains(&age)) {
        return Ok(());
    }
    refuse(
        Phrase::new("introduce-new-age")
            .with("born", born)
            .with("youngest", i64::from(*AGES.start()))
            .with("oldest", i64::from(*AGES.end())),
    )
}
