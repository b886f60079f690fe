//! Units of the organisation: founded, renamed, hung below another, dissolved, merged. A unit that ended keeps what
//! it did; its people and open cases go on in the one that it is merged into.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::meetings as deeds;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::listed::Arrival;
use crate::domain::people::UnitKind;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitName};
use crate::message::{Message, Phrase};
use crate::store::audit::Entry;
use crate::store::personnel::{self, Recorded};
use crate::store::{meetings, road, structure, units};

/// How long the name of a unit may be, in characters.
const NAME_LENGTHS: std::ops::RangeInclusive<usize> = 3..=120;
/// Longest code.
const CODE: usize = 12;

/// A unit to found.
#[derive(Clone, Debug)]
pub struct Founded {
    /// `None`: the next free one.
    pub code: Option<Typed>,
    pub name: Typed,
    pub kind: UnitKind,
    pub parent: UnitId,
    /// The first day.
    pub on: NaiveDate,
}

/// What a unit has that must go on elsewhere, or be closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    pub people: usize,
    /// Open ones.
    pub cases: usize,
    pub meetings: usize,
}

fn must_keep(work: &Work<'_>, unit: UnitId) -> Result<(), Refused> {
    work.must(Right::KeepUnits, unit, "structure-not-allowed")
}

/// A unit that is there.
fn there<'w>(work: &'w Work<'_>, unit: UnitId) -> Result<&'w Unit, Refused> {
    match work.units.get(unit) {
        Some(unit) if unit.ended.is_none() => Ok(unit),
        Some(_) => refuse("structure-ended"),
        None => refuse("personnel-no-unit"),
    }
}

fn recorded(work: &Work<'_>) -> Recorded {
    Recorded { now: work.now, by: work.person() }
}

/// Refuses a name that is none, or that another unit below the same one has.
fn must_be_a_name(
    work: &Work<'_>,
    name: &Typed,
    parent: Option<UnitId>,
    but: Option<UnitId>,
) -> Result<(), Refused> {
    if !NAME_LENGTHS.contains(&name.length()) {
        let most = i64::try_from(*NAME_LENGTHS.end()).unwrap_or_default();
        return refuse(Phrase::new("structure-name").with("most", most));
    }
    let key = fold(name.as_written());
    let same = work.units.all().iter().find(|unit| {
        unit.ended.is_none()
            && unit.parent == parent
            && Some(unit.id) != but
            && unit.name_key == key
    });
    match same {
        Some(same) => refuse(Phrase::new("structure-name-there").with("unit", &same.name)),
        None => Ok(()),
    }
}

fn must_not_be_ahead(work: &Work<'_>, on: NaiveDate) -> Result<(), Refused> {
    match on <= work.today() {
        true => Ok(()),
        false => refuse(Phrase::new("personnel-ahead").with("today", work.today())),
    }
}

/// Founds a unit; gives its id and code.
pub async fn found(work: &mut Work<'_>, what: &Founded) -> Result<(UnitId, String), Refused> {
    must_keep(work, what.parent)?;
    if there(work, what.parent)?.kind == UnitKind::Branch {
        return refuse("structure-below-branch");
    }
    must_be_a_name(work, &what.name, Some(what.parent), None)?;
    must_not_be_ahead(work, what.on)?;
    let code = code(work, what)?;
    let name = UnitName::new(what.name.as_written().to_owned());
    let unit = units::found(work.tx, &code, Some(what.parent), what.kind, &name).await?;
    let recorded = recorded(work);
    structure::begin_period(work.tx, unit, what.on, recorded).await?;
    let entry = Entry::new(Act::UnitFounded, code.as_str()).within(Some(what.parent));
    work.note(entry.became(Field::Since, what.on)).await?;
    Ok((unit, code))
}

fn code(work: &Work<'_>, what: &Founded) -> Result<String, Refused> {
    let taken: HashSet<String> =
        work.units.all().iter().map(|unit| unit.code.to_uppercase()).collect();
    if let Some(code) = &what.code {
        let code = code.as_written().trim().to_uppercase();
        let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        let named = code.starts_with(|c: char| c.is_ascii_alphabetic());
        if !plain || !named || code.len() > CODE {
            return refuse("structure-code");
        }
        if taken.contains(&code) {
            return refuse("structure-code-there");
        }
        return Ok(code);
    }
    let prefix = match what.kind {
        UnitKind::Branch => "CB",
        UnitKind::Committee => "DB",
    };
    let free = (1..).map(|n| format!("{prefix}-{n:02}")).find(|code| !taken.contains(code));
    Ok(free.unwrap_or_default())
}

/// Gives a unit another name from a day on.
pub async fn rename(
    work: &mut Work<'_>,
    unit: UnitId,
    name: &Typed,
    on: NaiveDate,
) -> Result<(), Refused> {
    must_keep(work, unit)?;
    let now = there(work, unit)?;
    if now.name.as_str() == name.as_written() {
        return refuse("personnel-same");
    }
    must_be_a_name(work, name, now.parent, Some(unit))?;
    must_not_be_ahead(work, on)?;
    let recorded = recorded(work);
    structure::keep_known(work.tx, unit, on, recorded).await?;
    structure::rename(work.tx, unit, name.as_written()).await?;
    structure::begin_period(work.tx, unit, on, recorded).await?;
    note(work, Act::UnitRenamed, unit, on).await
}

/// Hangs a unit below another committee from a day on.
pub async fn hang(
    work: &mut Work<'_>,
    unit: UnitId,
    below: UnitId,
    on: NaiveDate,
) -> Result<(), Refused> {
    must_keep(work, unit)?;
    must_keep(work, below)?;
    let now = there(work, unit)?;
    if now.parent == Some(below) {
        return refuse("personnel-same");
    }
    if now.parent.is_none() || work.units.is_within(below, unit) {
        return refuse("structure-circle");
    }
    if there(work, below)?.kind == UnitKind::Branch {
        return refuse("structure-below-branch");
    }
    must_not_be_ahead(work, on)?;
    let recorded = recorded(work);
    structure::keep_known(work.tx, unit, on, recorded).await?;
    structure::hang(work.tx, unit, below).await?;
    structure::begin_period(work.tx, unit, on, recorded).await?;
    note(work, Act::UnitHung, unit, on).await
}

/// What a unit still has.
pub async fn holds(work: &mut Work<'_>, unit: UnitId) -> Result<Holds, Refused> {
    must_keep(work, unit)?;
    let today = work.today();
    let people = structure::placed(work.tx, unit, today).await?.len();
    let mut cases = 0;
    for (id, person) in structure::cases(work.tx, unit).await? {
        let open = road::open_case(work.tx, person).await?;
        cases += usize::from(open.is_some_and(|case| case.id == id));
    }
    let meetings = structure::planned(work.tx, unit).await?.len();
    Ok(Holds { people, cases, meetings })
}

/// Dissolves a unit that has nobody and nothing open any more.
pub async fn dissolve(work: &mut Work<'_>, unit: UnitId, on: NaiveDate) -> Result<(), Refused> {
    let held = holds(work, unit).await?;
    if there(work, unit)?.parent.is_none() {
        return refuse("structure-top");
    }
    must_not_be_ahead(work, on)?;
    let below = work.units.subtree(unit);
    if below.iter().any(|other| other.id != unit && other.ended.is_none()) {
        return refuse("structure-has-below");
    }
    if held.people > 0 || held.cases > 0 {
        return refuse(
            Phrase::new("structure-not-empty")
                .with("people", held.people)
                .with("cases", held.cases),
        );
    }
    call_off(work, unit).await?;
    let recorded = recorded(work);
    structure::end(work.tx, unit, (on, None), recorded).await?;
    note(work, Act::UnitDissolved, unit, on).await
}

/// Merges a branch into another from a day on: its people and open cases go on there, what it did stays with it.
pub async fn merge(
    work: &mut Work<'_>,
    (unit, into): (UnitId, UnitId),
    on: NaiveDate,
) -> Result<Holds, Refused> {
    let held = holds(work, unit).await?;
    must_keep(work, into)?;
    if unit == into {
        return refuse("structure-itself");
    }
    let branches = [there(work, unit)?.kind, there(work, into)?.kind];
    if branches.contains(&UnitKind::Committee) {
        return refuse("structure-branches-alone");
    }
    must_not_be_ahead(work, on)?;
    call_off(work, unit).await?;
    let (today, recorded) = (work.today(), recorded(work));
    let mut people = Vec::new();
    for person in structure::placed(work.tx, unit, today).await? {
        personnel::place(work.tx, person, (into, on), Some(Arrival::Within), recorded).await?;
        people.push(person);
    }
    let mut open: Vec<CaseId> = Vec::new();
    for (id, person) in structure::cases(work.tx, unit).await? {
        if road::open_case(work.tx, person).await?.is_some_and(|case| case.id == id) {
            open.push(id);
        }
    }
    structure::hand_cases(work.tx, &open, (unit, into)).await?;
    let leaders = [work.leader(unit).await?, work.leader(into).await?];
    structure::end(work.tx, unit, (on, Some(into)), recorded).await?;
    let entry = Entry::new(Act::UnitMerged, work.units.code(unit)).within(Some(unit));
    let entry = entry.became(Field::Unit, work.units.code(into));
    work.note(entry.became(Field::Since, on)).await?;
    work.fit_menus(&people).await?;
    let mut told = Vec::new();
    for leader in leaders.into_iter().flatten() {
        if told.contains(&leader.person.id) {
            continue;
        }
        told.push(leader.person.id);
        let message = Message::new().line(
            Phrase::new("structure-merged-told")
                .with("name", leader.person.id)
                .with("unit", work.units.name(unit))
                .with("into", work.units.name(into))
                .with("since", on)
                .with("people", held.people)
                .with("cases", held.cases),
        );
        work.tell(&leader, into, &format!("merged-{}", unit.0), message).await?;
    }
    Ok(held)
}

/// Calls off what is planned; refuses where a meeting was held and is not closed.
async fn call_off(work: &mut Work<'_>, unit: UnitId) -> Result<(), Refused> {
    for id in structure::planned(work.tx, unit).await? {
        let Some(meeting) = meetings::get(work.tx, id).await? else { continue };
        if meeting.starts_at <= work.judged_now() {
            let starts = work.practice.local(meeting.starts_at);
            return refuse(Phrase::new("structure-not-closed").with("starts", starts));
        }
        deeds::call_off(work, &meeting, &Phrase::new("structure-called-off")).await?;
    }
    Ok(())
}

async fn note(work: &mut Work<'_>, act: Act, unit: UnitId, on: NaiveDate) -> Result<(), Refused> {
    let entry = Entry::new(act, work.units.code(unit)).within(Some(unit));
    Ok(work.note(entry.became(Field::Since, on)).await?)
}
