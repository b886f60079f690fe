//! People who come onto the road: whoever is introduced, from the staff list or new on it, and whoever is
//! taken in with a file from another organisation.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cases::look_button;
use super::cases::taking::write;
use super::cited;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::Act;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::name::Name;
use crate::domain::people::{Person, Status, full_name};
use crate::domain::road::{
    Arrival, Ask, CaseStep, Evidence, Facts, Road, Stage, Taken, paper_number, stage,
};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::phrasing::road as say;
use crate::store::audit::Entry;
use crate::store::people::{self, Namesake};
use crate::store::road::{self, Case, Free, TakenStep};
use crate::store::{StoreError, arrivals};
use crate::taps::{HandoverTap, Tap};

/// Ages in years; what lies outside is a slip of the finger.
type Ages = RangeInclusive<i32>;

/// At which somebody can be on a staff list.
pub const STAFF: Ages = 15..=80;
/// At which somebody can be on the list of a branch: members stay for life.
pub const MEMBERS: Ages = 15..=110;

/// How a newcomer comes onto the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comes {
    #[default]
    Introduced,
    /// From another organisation, with the file.
    WithFile,
}

impl Comes {
    /// The right to put them on the list of a branch.
    const fn right(self) -> Right {
        match self {
            Self::Introduced => Right::Introduce,
            Self::WithFile => Right::TakeIn,
        }
    }

    /// One of two sentences.
    pub const fn says(self, introduced: &'static str, with_file: &'static str) -> &'static str {
        match self {
            Self::Introduced => introduced,
            Self::WithFile => with_file,
        }
    }
}

/// Somebody who is put on the staff list.
#[derive(Clone, Debug)]
pub struct Added {
    pub name: Typed,
    pub born: NaiveDate,
    pub unit: UnitId,
    /// Since when they work in the branch's unit.
    pub since: NaiveDate,
}

/// Who is introduced.
#[derive(Clone, Debug)]
pub enum Whom {
    /// Somebody on the staff list.
    Listed(PersonId),
    New(Added),
}

/// The branches in which the person asking may bring somebody onto the road; refuses where there are none.
pub fn branches(work: &Work<'_>, comes: Comes) -> Result<Vec<UnitId>, Refused> {
    let all = work.units.branches().map(|unit| unit.id);
    let found: Vec<UnitId> = all.filter(|unit| work.may(comes.right(), *unit)).collect();
    if found.is_empty() {
        return refuse(comes.says("introduce-not-allowed", "arrive-not-allowed"));
    }
    Ok(found)
}

/// Everybody on the staff list whom the person asking may introduce.
pub async fn free(work: &mut Work<'_>) -> Result<Vec<Free>, Refused> {
    let (branches, today) = (branches(work, Comes::Introduced)?, work.today());
    Ok(road::free(work.tx, &branches, today).await?)
}

/// One of them; they may have been introduced by somebody else meanwhile.
pub async fn one(work: &mut Work<'_>, id: PersonId) -> Result<Free, Refused> {
    match free(work).await?.into_iter().find(|free| free.id == id) {
        Some(free) => Ok(free),
        None => refuse("introduce-gone"),
    }
}

/// Refuses a birth date at which nobody is on a list.
pub fn must_be_of_age(work: &Work<'_>, born: NaiveDate, ages: Ages) -> Result<(), Refused> {
    let today = work.today();
    if born < today && ages.contains(&(today.year() - born.year())) {
        return Ok(());
    }
    refuse(
        Phrase::new("introduce-new-age")
            .with("born", born)
            .with("youngest", *ages.start())
            .with("oldest", *ages.end()),
    )
}

/// Refuses a day since when somebody cannot work here.
pub fn must_have_begun(work: &Work<'_>, born: NaiveDate, since: NaiveDate) -> Result<(), Refused> {
    if since <= work.today() && since.year() - born.year() >= *STAFF.start() {
        return Ok(());
    }
    refuse(Phrase::new("introduce-new-since-not").with("since", since))
}

/// Everybody on the staff list who bears this name, by code; for whoever may put somebody there.
pub async fn namesakes(
    work: &mut Work<'_>,
    comes: Comes,
    name: &Typed,
) -> Result<Vec<Namesake>, Refused> {
    branches(work, comes)?;
    let today = work.today();
    Ok(people::namesakes(work.tx, &name.folded(), today).await?)
}

/// Refuses somebody who is on the list already: the same name and birth date.
pub async fn must_be_new(
    work: &mut Work<'_>,
    comes: Comes,
    name: &Typed,
    born: NaiveDate,
) -> Result<(), Refused> {
    let same =
        namesakes(work, comes, name).await?.into_iter().find(|other| other.born == Some(born));
    let Some(same) = same else { return Ok(()) };
    let says = |key| Phrase::new(key).with("code", Arg::code(&same.code)).with("name", same.id);
    refuse(match same.unit.map(|unit| work.units.name(unit)) {
        Some(unit) => says(comes.says("introduce-new-listed", "arrive-listed")).with("unit", unit),
        None => says(comes.says("introduce-new-listed-left", "arrive-listed-left")),
    })
}

/// Somebody as they are put on the list of their branch; refuses whoever cannot be.
pub async fn addable(work: &mut Work<'_>, comes: Comes, who: Added) -> Result<Added, Refused> {
    if !branches(work, comes)?.contains(&who.unit) {
        return refuse(comes.says("introduce-gone", "arrive-gone"));
    }
    let Some(name) = full_name(who.name.as_written()) else {
        return refuse("introduce-new-name-wrong");
    };
    must_be_of_age(work, who.born, STAFF)?;
    must_have_begun(work, who.born, who.since)?;
    let who = Added { name: Typed::new(name), ..who };
    must_be_new(work, comes, &who.name, who.born).await?;
    Ok(who)
}

/// Refuses a day on which nobody can be introduced, and for somebody new one before they came. These are the
/// guards of the road, of which only the day is in question here.
pub fn must_be_a_day(
    work: &Work<'_>,
    since: Option<NaiveDate>,
    on: NaiveDate,
) -> Result<(), Refused> {
    let (rules, calendar) = (&work.practice.regulations, &work.practice.calendar);
    let road = Road { history: &[], facts: &Facts::default(), rules, calendar };
    let told = Evidence { on: Some(on), ..Evidence::default() };
    let verdict = road.judge(CaseStep::Introduced, &told, work.today());
    if let Some(missing) = verdict.0.first() {
        return refuse(Phrase::new("introduce-not-then").with("lack", say::lack(&missing.lack)));
    }
    match since.filter(|since| on < *since) {
        Some(since) => refuse(Phrase::new("introduce-before-since").with("since", since)),
        None => Ok(()),
    }
}

/// Introduces somebody, who gets a case; whoever leads the branch is told.
pub async fn introduce(work: &mut Work<'_>, whom: Whom, on: NaiveDate) -> Result<Case, Refused> {
    let since = match &whom {
        Whom::Listed(_) => None,
        Whom::New(who) => Some(who.since),
    };
    must_be_a_day(work, since, on)?;
    let me = work.me()?.id;
    let free = match whom {
        Whom::Listed(person) => one(work, person).await?,
        Whom::New(who) => {
            let who = addable(work, Comes::Introduced, who).await?;
            let stands = (Status::NonMember, who.since);
            add(work, who, stands).await?
        }
    };
    let case = road::open(work.tx, &free, on).await?;
    let evidence = Evidence { on: Some(on), ..Evidence::default() };
    let taken = first(CaseStep::Introduced, on, evidence, me);
    write(work, &case, &taken, None, Some(Stage::Introduced)).await?;
    if let Some(to) = work.leader(case.unit).await? {
        let told = Phrase::new("introduce-told")
            .with("name", to.person.id)
            .with("by", me)
            .with("candidate", case.person);
        let message = Message::of(told).row(vec![look_button(case.id)]);
        work.tell(&to, case.unit, "introduction", message).await?;
    }
    Ok(case)
}

/// Refuses a day of a step that a file cannot tell: one to come, one before the `newest` step told so far, and
/// as the first one a day in childhood.
pub fn must_follow(
    work: &Work<'_>,
    born: NaiveDate,
    newest: Option<(CaseStep, NaiveDate)>,
    on: NaiveDate,
) -> Result<(), Refused> {
    if on > work.today() {
        return refuse(Phrase::new("arrive-day-ahead").with("on", on));
    }
    match newest {
        Some((step, last)) if on < last => refuse(
            Phrase::new("arrive-day-before")
                .with("on", on)
                .with("step", say::step(step))
                .with("last", last),
        ),
        None if on < born + Months::new(12 * STAFF.start().unsigned_abs()) => {
            refuse(Phrase::new("arrive-day-too-young").with("on", on).with("born", born))
        }
        _ => Ok(()),
    }
}

/// What a file tells, oldest first; at last that it was received. Refuses what is not whole or cannot be.
fn told(work: &Work<'_>, who: &Added, file: &Arrival) -> Result<Vec<Taken>, Refused> {
    match file.asks() {
        Some((_, Ask::On)) => return refuse("arrive-day-wrong"),
        Some(_) => return refuse("arrive-number-wrong"),
        None => {}
    }
    let history = file.history(&work.practice.regulations);
    let mut newest = None;
    for taken in &history {
        must_follow(work, who.born, newest, taken.on)?;
        let number = taken.evidence.number.as_ref();
        if number.is_some_and(|number| paper_number(number.as_written()).is_none()) {
            return refuse("arrive-number-wrong");
        }
        number.map_or(Ok(()), |number| cited::must_be_of_a_day(number, work.today()))?;
        newest = Some((taken.step, taken.on));
    }
    Ok(history)
}

/// Takes in somebody who comes with a file: puts them on the list with what happened elsewhere, and records
/// that the file was received; whoever leads the branch is told, and offered to assign mentors.
pub async fn take_in(work: &mut Work<'_>, who: Added, file: &Arrival) -> Result<Case, Refused> {
    let who = addable(work, Comes::WithFile, who).await?;
    let history = told(work, &who, file)?;
    let Some((received, before)) = history.split_last() else {
        return refuse("arrive-day-wrong");
    };
    let by = work.me()?.id;
    let stands = file.standing(who.since);
    let added = add(work, who, stands).await?;
    let case = road::open(work.tx, &added, received.on).await?;
    arrivals::bring(work.tx, &case, before, by, work.now).await?;
    let taken = first(received.step, received.on, received.evidence.clone(), by);
    let at = stage(&history);
    write(work, &case, &taken, None, at).await?;
    if let Some(to) = work.leader(case.unit).await? {
        let told = Phrase::new("arrive-told")
            .with("name", to.person.id)
            .with("candidate", case.person)
            .with("unit", work.units.name(case.unit));
        let stage = at.map(|at| Phrase::new("page-stage").with("stage", say::stage(at)));
        let message = stage.into_iter().fold(Message::of(told), Message::line);
        let mentors = Tap::Handover(HandoverTap::Candidate(case.id));
        let row = vec![Button::new("arrive-mentors-button", mentors), look_button(case.id)];
        work.tell(&to, case.unit, "arrival", message.row(row)).await?;
    }
    Ok(case)
}

/// The first step that is taken here of a case.
fn first(step: CaseStep, on: NaiveDate, evidence: Evidence, by: PersonId) -> TakenStep {
    TakenStep { step, on, evidence, by, standing: None, moves_to: None }
}

/// The official members of a branch on a day, by given name.
pub(super) async fn official(
    work: &mut Work<'_>,
    unit: UnitId,
    on: NaiveDate,
) -> Result<Vec<Person>, StoreError> {
    let ids = road::official(work.tx, unit, on).await?;
    let mut members = people::load(work.tx, &ids, work.today()).await?;
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

/// Puts somebody on the staff list, as what they are since a day.
async fn add(
    work: &mut Work<'_>,
    Added { name, born, unit, since }: Added,
    stands: (Status, NaiveDate),
) -> Result<Free, StoreError> {
    let (name, recorded) = (Name::new(name.as_written()), work.recorded());
    let (id, code) =
        people::add(work.tx, &name, Some(born), (unit, since), stands, recorded).await?;
    let entry = Entry::new(Act::PersonAdded, code.as_str()).within(unit);
    work.note(entry).await?;
    Ok(Free { id, code, name, born: Some(born), unit })
}
