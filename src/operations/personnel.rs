//! People of the organisation who are on no road: put down, corrected, moved, let go, taken back, given an office
//! and released from it. Whoever is on a road moves and becomes by its steps alone. [`foresee`] says what else
//! follows, [`carry_out`] does it.

mod proposals;
mod said;

use chrono::NaiveDate;

use super::days::{must_be_near, must_not_be_ahead, must_not_precede};
use super::people::{MEMBERS, must_be_of_age};
use super::rights::{self, Right};
use super::structure::must_be_there;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::listed::{Arrival, Departure};
use crate::domain::name::Name;
use crate::domain::people::{
    Named, OfficeKind, Person, Status, UnitKind, called, full_name, named,
};
use crate::domain::personnel::{Change, Changed, Newcomer};
use crate::domain::written::keys_in;
use crate::message::{Arg, Phrase};
use crate::store::audit::Entry;
use crate::store::leaving::{self, Leaving};
use crate::store::personnel::{self, Stands};
use crate::store::{StoreError, faces, people, road, tenures};

pub use proposals::{Seen, accept, decline, lines, propose, see, waiting};
pub use said::{follows, said};

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
    /// Who holds the office of one that they take, and holds it no more.
    pub instead_of: Vec<PersonId>,
}

/// Whoever a code or a name means, also one of before, among those whom the person asking looks after; somebody who
/// left as well.
pub async fn find(work: &mut Work<'_>, text: &str) -> Result<Vec<Person>, Refused> {
    let today = work.today();
    let coded = people::by_code(work.tx, &text.trim().to_uppercase()).await?;
    let keys = keys_in(text).names;
    let ids = match coded {
        Some(person) => vec![person],
        None => faces::named(work.tx, &keys.iter().collect::<Vec<_>>()).await?,
    };
    let mut all = people::load(work.tx, &ids, today).await?;
    all.retain(|person| may_look(work, person.unit));
    match named(&all, text) {
        Named::One(one) => return Ok(vec![one.clone()]),
        Named::Several(several) => return Ok(several.into_iter().cloned().collect()),
        Named::Nobody => {}
    }
    let before = faces::of(work.tx, &ids, today).await?;
    let was = |person: &Person| {
        let face = before.iter().find(|face| face.id == person.id);
        face.is_some_and(|face| face.also().iter().any(|name| called(name, text).is_some()))
    };
    Ok(all.into_iter().filter(was).collect())
}

/// Whether the person asking looks after the people of a unit; those of none are the whole organisation's.
fn may_keep(work: &Work<'_>, unit: Option<UnitId>) -> bool {
    let unit = unit.or_else(|| work.units.root().map(|top| top.id));
    unit.is_some_and(|unit| work.may(Right::KeepStaff, unit))
}

/// Whether the person asking leads a unit, and may propose what is to change about its people.
fn may_propose(work: &Work<'_>, unit: Option<UnitId>) -> bool {
    unit.is_some_and(|unit| work.may(Right::ProposeStaff, unit))
}

/// Whether somebody of a unit is theirs to look at; whoever left is looked at by those who may take them back.
fn may_look(work: &Work<'_>, unit: Option<UnitId>) -> bool {
    may_keep(work, unit) || may_propose(work, unit)
}

fn proposes(work: &Work<'_>) -> bool {
    work.me().is_ok_and(|me| rights::somewhere(me, Right::ProposeStaff))
}

/// Whether whoever asks does it at once; who only proposes may not. `of`: where somebody is, `named`: the unit that
/// a change names.
pub fn does(work: &Work<'_>, of: Option<UnitId>, named: Option<UnitId>) -> bool {
    may_keep(work, of) && named.is_none_or(|unit| may_keep(work, Some(unit)))
}

/// The units whose people the person asking looks after, in their order.
pub fn units(work: &Work<'_>) -> Vec<UnitId> {
    let all = work.units.all().iter().filter(|unit| unit.ended.is_none());
    all.map(|unit| unit.id).filter(|unit| may_look(work, Some(*unit))).collect()
}

/// The units that somebody may be moved to: those, and where it is only proposed any branch.
pub fn destinations(work: &Work<'_>) -> Vec<UnitId> {
    match proposes(work) {
        true => work.units.branches().map(|unit| unit.id).collect(),
        false => units(work),
    }
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
    must_look(work, person.unit)?;
    let held = personnel::held(work.tx, id, today).await?;
    let case = road::open_case(work.tx, id).await?.map(|case| case.code);
    let unit = was.placed.map(|(unit, _)| unit);
    work.note_reading(Entry::new(Act::PersonRead, person.code.as_str()).within(unit)).await?;
    Ok(Looked { person, was, held, case })
}

/// Refuses whoever neither looks after anybody nor may propose anything; those of others are nobody to them.
fn must_look(work: &Work<'_>, unit: Option<UnitId>) -> Result<(), Refused> {
    match may_look(work, unit) {
        true => Ok(()),
        false if units(work).is_empty() => refuse("personnel-not-allowed"),
        false => refuse("personnel-nobody"),
    }
}

/// Refuses a unit to which the person asking may neither move anybody nor propose it.
fn must_reach(work: &Work<'_>, unit: UnitId) -> Result<(), Refused> {
    match may_keep(work, Some(unit)) || proposes(work) {
        true => Ok(()),
        false => must_look(work, Some(unit)),
    }
}

/// Refuses whoever looks after nobody; to whoever looks after others, those of another are nobody.
fn must_keep(work: &Work<'_>, unit: Option<UnitId>) -> Result<(), Refused> {
    match may_keep(work, unit) {
        true => Ok(()),
        false if units(work).is_empty() => refuse("personnel-not-allowed"),
        false => refuse("personnel-nobody"),
    }
}

/// Puts somebody down, under the next code.
pub async fn add(work: &mut Work<'_>, who: &Newcomer) -> Result<(PersonId, String), Refused> {
    must_keep(work, Some(who.unit))?;
    let name = can_add(work, who).await?;
    let (at, stands) = ((who.unit, who.since), (who.status, who.since));
    let recorded = work.recorded();
    let (person, code) = people::add(work.tx, &name, who.born, at, stands, recorded).await?;
    let entry = Entry::new(Act::PersonAdded, code.as_str()).within(Some(who.unit));
    work.note(entry.became(Field::Since, who.since)).await?;
    Ok((person, code))
}

/// The name of whoever can be put down; refused where they cannot be.
async fn can_add(work: &mut Work<'_>, who: &Newcomer) -> Result<Name, Refused> {
    must_look(work, Some(who.unit))?;
    let Some(name) = full_name(who.name.as_written()) else {
        return refuse("introduce-new-name-wrong");
    };
    must_be_there(work, who.unit)?;
    if let Some(born) = who.born {
        must_be_of_age(work, born, MEMBERS)?;
        must_not_precede(who.since, born)?;
    }
    must_not_be_ahead(work, who.since)?;
    let name = Name::new(name);
    must_be_new(work, &name, who.born).await?;
    Ok(name)
}

/// Refuses somebody who may be on the list already; of whoever is looked after by others no code is told.
async fn must_be_new(
    work: &mut Work<'_>,
    name: &Name,
    born: Option<NaiveDate>,
) -> Result<(), Refused> {
    let today = work.today();
    let alike = people::namesakes(work.tx, &name.folded(), today).await?;
    let ids: Vec<PersonId> = alike.iter().map(|other| other.id).collect();
    let bearers = people::load(work.tx, &ids, today).await?;
    let is_same = |id: PersonId| bearers.iter().any(|one| one.id == id && one.name.is_same(name));
    let same = alike.iter().find(|other| {
        is_same(other.id) && other.born.zip(born).is_none_or(|(one, born)| one == born)
    });
    match same {
        None => Ok(()),
        Some(same) if !may_keep(work, same.unit) => refuse("personnel-there-elsewhere"),
        Some(same) if born.is_some() => {
            refuse(Phrase::new("personnel-there").with("code", Arg::code(&same.code)))
        }
        Some(same) => {
            refuse(Phrase::new("personnel-perhaps-there").with("code", Arg::code(&same.code)))
        }
    }
}

/// What a change leads to; refused where it cannot be.
pub async fn foresee(work: &mut Work<'_>, changed: &Changed) -> Result<Foreseen, Refused> {
    let (id, today) = (changed.person, work.today());
    let known = personnel::stands(work.tx, id, today).await?;
    let person = people::get(work.tx, id, today).await?;
    let (Some(was), Some(person)) = (known, person) else { return refuse("personnel-nobody") };
    // Whoever left is taken back by a branch: it says so.
    let asked = person.unit.or(match &changed.change {
        Change::Return { unit, .. } => Some(*unit),
        _ => None,
    });
    must_look(work, asked)?;
    let mut foreseen = Foreseen {
        person,
        was,
        ended: Vec::new(),
        guided: Vec::new(),
        waiting: (0, 0),
        instead_of: Vec::new(),
    };
    check(work, &mut foreseen, &changed.change).await?;
    Ok(foreseen)
}

async fn check(
    work: &mut Work<'_>,
    foreseen: &mut Foreseen,
    change: &Change,
) -> Result<(), Refused> {
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
        Change::CorrectBirth { born } => {
            let placed = foreseen.was.placed.map(|(_, since)| since);
            let became = foreseen.was.status.map(|(_, since)| since);
            for since in placed.into_iter().chain(became) {
                must_not_precede(since, *born)?;
            }
            must_be_of_age(work, *born, MEMBERS)
        }
        Change::Move { to, since } => {
            let Some((unit, from)) = foreseen.was.placed else { return refuse("personnel-left") };
            must_reach(work, *to)?;
            must_be_there(work, *to)?;
            if unit == *to {
                return refuse("personnel-same");
            }
            must_not_precede(*since, from)?;
            must_be_on_no_road(work, foreseen).await?;
            must_stay(work, foreseen.person.id).await?;
            ends(work, foreseen, Some(unit), *since).await
        }
        Change::Leave { on, how, .. } => {
            let Some((_, from)) = foreseen.was.placed else { return refuse("personnel-left") };
            must_not_precede(*on, from)?;
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
            must_look(work, Some(*unit))?;
            must_be_there(work, *unit)?;
            must_be_on_no_road(work, foreseen).await?;
            must_not_be_ahead(work, *since)?;
            match personnel::left_last(work.tx, foreseen.person.id).await? {
                Some((left, _)) => must_not_precede(*since, left),
                None => Ok(()),
            }
        }
        Change::Become { status, on } => {
            if foreseen.was.placed.is_none() {
                return refuse("personnel-left");
            }
            must_be_on_no_road(work, foreseen).await?;
            must_not_be_ahead(work, *on)?;
            match foreseen.was.status {
                Some((is, _)) if is == *status => return refuse("personnel-same"),
                Some((_, since)) => must_not_precede(*on, since)?,
                None => {}
            }
            // Offices and guidance are for official members.
            match status {
                Status::Official => Ok(()),
                Status::Probationary | Status::NonMember => ends(work, foreseen, None, *on).await,
            }
        }
        Change::Appoint { office, unit, since } => {
            must_look(work, Some(*unit))?;
            must_be_of(work, *office, *unit)?;
            if foreseen.was.placed.is_none() {
                return refuse("personnel-left");
            }
            let leads = matches!(office, OfficeKind::Secretary | OfficeKind::Deputy);
            let official = matches!(foreseen.was.status, Some((Status::Official, _)));
            if leads && !official {
                return refuse("personnel-not-official");
            }
            let is_branch = must_be_there(work, *unit)?.kind == UnitKind::Branch;
            if is_branch && foreseen.was.placed.is_none_or(|(here, _)| here != *unit) {
                return refuse("personnel-not-there");
            }
            let holders = tenures::office_from(work.tx, *unit, *office, *since).await?;
            if holders.iter().any(|held| held.person == foreseen.person.id) {
                return refuse("personnel-same");
            }
            if leads {
                // Nobody leads a branch in two offices.
                let held = personnel::held(work.tx, foreseen.person.id, *since).await?;
                let other = held.into_iter().filter(|(kind, of, _)| {
                    of == unit && matches!(kind, OfficeKind::Secretary | OfficeKind::Deputy)
                });
                foreseen.ended = other.map(|(kind, of, _)| (kind, of)).collect();
            }
            if *office == OfficeKind::Secretary {
                if let Some(ahead) = holders.iter().find(|held| held.from > *since) {
                    return refuse(
                        Phrase::new("handover-planned-already").with("from", ahead.from),
                    );
                }
                foreseen.instead_of = holders.iter().map(|held| held.person).collect();
            }
            Ok(())
        }
        Change::Release { office, unit, since } => {
            must_look(work, Some(*unit))?;
            let day = work.today().min(*since);
            let held = personnel::held(work.tx, foreseen.person.id, day).await?;
            match held.iter().find(|(kind, of, _)| kind == office && of == unit) {
                None => refuse("personnel-no-office"),
                Some((.., from)) => must_not_precede(*since, *from),
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
    must_keep(work, foreseen.person.unit)?;
    if let Some(unit) = changed.change.unit() {
        must_keep(work, Some(unit))?;
    }
    let (id, today, recorded) = (changed.person, work.today(), work.recorded());
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
                leaving::leave_unit(work.tx, id, (unit, *since)).await?;
            }
            personnel::place(work.tx, id, (*to, *since), Some(Arrival::Within), recorded).await?;
        }
        Change::Leave { on, how, to } => {
            let leaving = Leaving { on: *on, how: Some(*how), to: to.clone() };
            leaving::depart(work.tx, id, &leaving, recorded.now).await?;
        }
        Change::Return { unit, since } => come_back(work, &foreseen, (*unit, *since)).await?,
        Change::Become { status, on } => {
            personnel::stand(work.tx, id, (*status, *on), recorded).await?;
            if !foreseen.ended.is_empty() || !foreseen.guided.is_empty() {
                leaving::leave_charges(work.tx, id, *on).await?;
            }
        }
        Change::Appoint { office, unit, since } => {
            for holder in &foreseen.instead_of {
                leaving::leave_office(work.tx, *holder, (*office, *unit), *since).await?;
            }
            for other in &foreseen.ended {
                leaving::leave_office(work.tx, id, *other, *since).await?;
            }
            tenures::begin_office(work.tx, *unit, *office, id, *since).await?;
        }
        Change::Release { office, unit, since } => {
            leaving::leave_office(work.tx, id, (*office, *unit), *since).await?;
        }
    }
    note(work, &foreseen, &changed.change).await?;
    let mut menus = foreseen.instead_of.clone();
    menus.push(id);
    work.fit_menus(&menus).await?;
    said::tell(work, &foreseen, &changed.change).await?;
    Ok(foreseen)
}

/// Places somebody who is back. Who was taken for dead is what they were; who was expelled or struck off is no member.
async fn come_back(
    work: &mut Work<'_>,
    foreseen: &Foreseen,
    (unit, since): (UnitId, NaiveDate),
) -> Result<(), StoreError> {
    let (id, recorded) = (foreseen.person.id, work.recorded());
    if foreseen.was.status.is_none() {
        let left = personnel::left_last(work.tx, id).await?;
        let status = match left.and_then(|(_, how)| how) {
            Some(Departure::Died) => personnel::was_last(work.tx, id).await?,
            _ => Some(Status::NonMember),
        };
        if let Some(status) = status {
            personnel::stand(work.tx, id, (status, since), recorded).await?;
        }
    }
    personnel::place(work.tx, id, (unit, since), None, recorded).await
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
    work.note(entry).await?;
    for (office, unit) in &foreseen.ended {
        let entry = Entry::new(Act::OfficePassed, work.units.code(*unit)).within(Some(*unit));
        work.note(entry.was(Field::Holder, code).became(Field::Office, office)).await?;
    }
    for case in &foreseen.guided {
        work.note(Entry::new(Act::MentorChanged, case.as_str()).was(Field::Mentor, code)).await?;
    }
    for holder in &foreseen.instead_of {
        let Some(holder) = people::get(work.tx, *holder, work.today()).await? else { continue };
        let entry = Entry::new(Act::PersonChanged, holder.code).within(holder.unit);
        work.note(entry).await?;
    }
    Ok(())
}

/// Refuses an office that a unit of this kind has not.
fn must_be_of(work: &Work<'_>, office: OfficeKind, unit: UnitId) -> Result<(), Refused> {
    match (office, must_be_there(work, unit)?.kind) {
        (OfficeKind::Office, UnitKind::Branch) => refuse("personnel-no-such-office"),
        _ => Ok(()),
    }
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
