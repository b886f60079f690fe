//! What the meeting gives members to do: who, what, until when. It counts from the closing on; then
//! the person or the branch's leaders say that it is done.

use chrono::NaiveDate;

use super::{OpenSheet, begin};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{DutyId, PersonId};
use crate::domain::typed::Typed;
use crate::message::Phrase;
use crate::operations::rights::Right;
use crate::operations::work::{Effect, Refused, Work, refuse};
use crate::store::audit::Entry;
use crate::store::duties::{self, Duty};
use crate::store::{StoreError, people};

/// Longest text of a duty, in characters.
const WHAT_LIMIT: usize = 300;

/// Refuses a text that says nothing, or too much.
pub fn must_be_a_duty(what: &Typed) -> Result<(), Refused> {
    if what.is_empty() || what.length() > WHAT_LIMIT {
        return refuse(Phrase::new("sheet-text-length").with("limit", WHAT_LIMIT));
    }
    Ok(())
}

/// Gives a member something to do until the end of a day, today or later.
pub async fn give(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    person: PersonId,
    what: &Typed,
    due: NaiveDate,
) -> Result<Effect, Refused> {
    let code = sheet.member(person)?.person.code.clone();
    must_be_a_duty(what)?;
    let today = work.today();
    if due < today {
        return refuse(Phrase::new("sheet-date-past").with("due", due).with("today", today));
    }
    let given = duties::of_meeting(work.tx, sheet.id()).await?;
    let same =
        |duty: &Duty| (duty.person, duty.due, duty.what.folded()) == (person, due, what.folded());
    if given.iter().any(same) {
        return Ok(Effect::Same);
    }
    begin(work, sheet).await?;
    duties::add(work.tx, sheet.id(), person, what, due, work.now).await?;
    work.note(sheet.about(Act::DutyGiven, &code).became(Field::Until, due)).await?;
    Ok(Effect::Changed)
}

/// Takes back what this meeting gave somebody.
pub async fn take_back(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    duty: DutyId,
) -> Result<(), StoreError> {
    let given = duties::of_meeting(work.tx, sheet.id()).await?;
    let Some(duty) = given.into_iter().find(|given| given.id == duty) else { return Ok(()) };
    duties::remove(work.tx, duty.id, sheet.id()).await?;
    let code = people::get(work.tx, duty.person, work.today()).await?.map(|person| person.code);
    let entry = sheet.about(Act::DutyTakenBack, &code.unwrap_or_default());
    work.note(entry.was(Field::Until, duty.due)).await
}

/// Says that something is done: the person who was to do it, or who may say so of others.
pub async fn settle(work: &mut Work<'_>, duty: DutyId) -> Result<Duty, Refused> {
    let me = work.me()?.id;
    let Some(duty) = duties::get(work.tx, duty).await? else { return refuse("duty-not-yours") };
    if duty.person != me {
        work.must(Right::SettleDuties, duty.unit, "duty-not-yours")?;
    }
    if duty.done || !duties::set_done(work.tx, duty.id, me, work.now).await? {
        return refuse("duty-was-done");
    }
    let today = work.today();
    let of = people::get(work.tx, duty.person, today).await?.map(|person| person.code);
    let entry = Entry::new(Act::DutyDone, of.unwrap_or_default());
    work.note(entry.within(duty.unit).for_meeting(duty.meeting)).await?;
    Ok(duty)
}
