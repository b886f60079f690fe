//! Units of the organisation: founded, renamed, hung below another, dissolved, merged. A unit that ended keeps what
//! it did; its people and open cases go on in the one that it is merged into.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::days::{must_not_be_ahead, must_not_precede};
use super::meetings as deeds;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseId, MeetingId, UnitId};
use crate::domain::people::UnitKind;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitName, free_code, own_code};
use crate::message::{Message, Phrase};
use crate::store::audit::Entry;
use crate::store::{cases, meetings, structure, units};

/// How long the name of a unit may be, in characters.
const NAME_LENGTHS: std::ops::RangeInclusive<usize> = 3..=120;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    pub people: usize,
    /// Open ones.
    pub cases: Vec<CaseId>,
    /// Planned, or held and not closed.
    pub meetings: Vec<MeetingId>,
}

fn must_keep(work: &Work<'_>, unit: UnitId) -> Result<(), Refused> {
    work.must(Right::KeepUnits, unit, "structure-not-allowed")
}

/// A unit that is there; refuses any other.
pub(super) fn must_be_there<'w>(work: &'w Work<'_>, unit: UnitId) -> Result<&'w Unit, Refused> {
    match work.units.get(unit) {
        Some(unit) if unit.ended.is_none() => Ok(unit),
        Some(_) => refuse("structure-ended"),
        None => refuse("personnel-no-unit"),
    }
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

/// Refuses a day to come, and one before the unit is as it is.
async fn must_be_a_day(work: &mut Work<'_>, unit: UnitId, on: NaiveDate) -> Result<(), Refused> {
    must_not_be_ahead(work, on)?;
    match structure::began(work.tx, unit).await? {
        Some(began) => must_not_precede(on, began),
        None => Ok(()),
    }
}

/// Founds a unit; gives its id and code.
pub async fn found(work: &mut Work<'_>, what: &Founded) -> Result<(UnitId, String), Refused> {
    must_keep(work, what.parent)?;
    if must_be_there(work, what.parent)?.kind == UnitKind::Branch {
        return refuse("structure-below-branch");
    }
    must_be_a_name(work, &what.name, Some(what.parent), None)?;
    must_not_be_ahead(work, what.on)?;
    let code = code(work, what)?;
    let name = UnitName::new(what.name.as_written().to_owned());
    let unit = units::found(work.tx, &code, Some(what.parent), what.kind, &name).await?;
    let recorded = work.recorded();
    structure::begin_period(work.tx, unit, what.on, recorded).await?;
    let entry = Entry::new(Act::UnitFounded, code.as_str()).within(Some(what.parent));
    work.note(entry.became(Field::Since, what.on)).await?;
    Ok((unit, code))
}

fn code(work: &Work<'_>, what: &Founded) -> Result<String, Refused> {
    let taken: HashSet<String> = work.units.codes().collect();
    let Some(code) = &what.code else { return Ok(free_code(what.kind, &taken)) };
    match own_code(code.as_written()) {
        None => refuse("structure-code"),
        Some(code) if taken.contains(&code) => refuse("structure-code-there"),
        Some(code) => Ok(code),
    }
}

/// Gives a unit another name from a day on.
pub async fn rename(
    work: &mut Work<'_>,
    unit: UnitId,
    name: &Typed,
    on: NaiveDate,
) -> Result<(), Refused> {
    must_keep(work, unit)?;
    let now = must_be_there(work, unit)?;
    if now.name.as_str() == name.as_written() {
        return refuse("personnel-same");
    }
    must_be_a_name(work, name, now.parent, Some(unit))?;
    must_be_a_day(work, unit, on).await?;
    let recorded = work.recorded();
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
    let now = must_be_there(work, unit)?;
    if now.parent == Some(below) {
        return refuse("personnel-same");
    }
    if now.parent.is_none() || work.units.is_within(below, unit) {
        return refuse("structure-circle");
    }
    if must_be_there(work, below)?.kind == UnitKind::Branch {
        return refuse("structure-below-branch");
    }
    must_be_a_day(work, unit, on).await?;
    let recorded = work.recorded();
    structure::keep_known(work.tx, unit, on, recorded).await?;
    structure::hang(work.tx, unit, below).await?;
    structure::begin_period(work.tx, unit, on, recorded).await?;
    note(work, Act::UnitHung, unit, on).await
}

/// What a unit still has.
async fn holds(work: &mut Work<'_>, unit: UnitId) -> Result<Holds, Refused> {
    let today = work.today();
    let cases = cases::open_in(work.tx, unit, today).await?;
    Ok(Holds {
        people: structure::placed(work.tx, unit, today).await?,
        cases: cases.into_iter().map(|case| case.id).collect(),
        meetings: structure::planned(work.tx, unit).await?,
    })
}

/// Dissolves a unit that has nobody and nothing open any more.
pub async fn dissolve(work: &mut Work<'_>, unit: UnitId, on: NaiveDate) -> Result<(), Refused> {
    must_keep(work, unit)?;
    if must_be_there(work, unit)?.parent.is_none() {
        return refuse("structure-top");
    }
    must_be_a_day(work, unit, on).await?;
    let below = work.units.subtree(unit);
    if below.iter().any(|other| other.id != unit && other.ended.is_none()) {
        return refuse("structure-has-below");
    }
    let held = holds(work, unit).await?;
    if held.people > 0 || !held.cases.is_empty() {
        return refuse(
            Phrase::new("structure-not-empty")
                .with("people", held.people)
                .with("cases", held.cases.len()),
        );
    }
    call_off(work, &held.meetings).await?;
    end(work, unit, (on, None)).await?;
    note(work, Act::UnitDissolved, unit, on).await
}

/// What would go on in another branch, and be called off; refused where it cannot be.
pub async fn foresee_merge(
    work: &mut Work<'_>,
    (unit, into): (UnitId, UnitId),
    on: NaiveDate,
) -> Result<Holds, Refused> {
    must_keep(work, unit)?;
    must_keep(work, into)?;
    if unit == into {
        return refuse("structure-itself");
    }
    let branches = [must_be_there(work, unit)?.kind, must_be_there(work, into)?.kind];
    if branches.contains(&UnitKind::Committee) {
        return refuse("structure-branches-alone");
    }
    must_be_a_day(work, unit, on).await?;
    must_be_a_day(work, into, on).await?;
    let held = holds(work, unit).await?;
    for id in &held.meetings {
        must_be_ahead(work, *id).await?;
    }
    Ok(held)
}

/// Merges a branch into another from a day on: its people and open cases go on there, what it did stays with it.
pub async fn merge(
    work: &mut Work<'_>,
    (unit, into): (UnitId, UnitId),
    on: NaiveDate,
) -> Result<Holds, Refused> {
    let held = foresee_merge(work, (unit, into), on).await?;
    call_off(work, &held.meetings).await?;
    let leaders = [work.leader(unit).await?, work.leader(into).await?];
    let recorded = work.recorded();
    let people = structure::hand_over(work.tx, (unit, into), &held.cases, on, recorded).await?;
    end(work, unit, (on, Some(into))).await?;
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
                .with("cases", held.cases.len()),
        );
        work.tell(&leader, into, &format!("merged-{}", unit.0), message).await?;
    }
    Ok(held)
}

/// Ends a unit; whoever held an office there has another menu.
async fn end(
    work: &mut Work<'_>,
    unit: UnitId,
    (on, into): (NaiveDate, Option<UnitId>),
) -> Result<(), Refused> {
    let recorded = work.recorded();
    let (holders, had_group) = structure::end(work.tx, unit, (on, into), recorded).await?;
    work.fit_menus(&holders).await?;
    if had_group {
        work.note(Entry::new(Act::GroupLost, work.units.code(unit)).within(Some(unit))).await?;
    }
    Ok(())
}

/// Refuses a meeting that was held and is not closed.
async fn must_be_ahead(work: &mut Work<'_>, id: MeetingId) -> Result<(), Refused> {
    let now = work.judged_now();
    match meetings::get(work.tx, id).await? {
        Some(meeting) if meeting.starts_at <= now => {
            let starts = work.practice.local(meeting.starts_at);
            refuse(Phrase::new("structure-not-closed").with("starts", starts))
        }
        _ => Ok(()),
    }
}

/// Calls off what is planned; refuses where a meeting was held and is not closed.
async fn call_off(work: &mut Work<'_>, planned: &[MeetingId]) -> Result<(), Refused> {
    for id in planned {
        must_be_ahead(work, *id).await?;
        if let Some(meeting) = meetings::get(work.tx, *id).await? {
            deeds::call_off(work, &meeting, &Phrase::new("structure-called-off")).await?;
        }
    }
    Ok(())
}

async fn note(work: &mut Work<'_>, act: Act, unit: UnitId, on: NaiveDate) -> Result<(), Refused> {
    let entry = Entry::new(act, work.units.code(unit)).within(Some(unit));
    Ok(work.note(entry.became(Field::Since, on)).await?)
}
