//! Writing a step down: the step with its evidence, what it makes of the person and the guidance,
//! the audit, and the word to those for whom something begins. Whoever calls has held it against
//! the rules.

use chrono::NaiveDate;

use super::Sheet;
use crate::assistant::context::Cx;
use crate::assistant::failure::{Failure, Outcome};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::PersonId;
use crate::domain::people::{OfficeKind, Person};
use crate::domain::road::{CaseStep, Evidence, Verdict, Who, stage_after};
use crate::message::{Button, Message, Phrase};
use crate::phrasing::road as say;
use crate::store::audit::Entry;
use crate::store::people;
use crate::store::road::{self, Deed};
use crate::taps::{RoadTap, Tap};

/// A sentence about a step of a candidate.
pub(in crate::assistant) fn on_step(key: &str, sheet: &Sheet, step: CaseStep) -> Phrase {
    Phrase::new(key).with("candidate", sheet.candidate()).with("step", say::step(step))
}

/// Writes a step down that was found possible.
pub(in crate::assistant) async fn record(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    step: CaseStep,
    on: NaiveDate,
    told: Evidence,
) -> Result<Deed, Failure> {
    let me = cx.me()?.id;
    let deed = Deed {
        step,
        on,
        standing: sheet.road(cx.practice).standing_after(step, on),
        begins_guidance: step.begins_guidance(),
        ends_guidance: step.ends_guidance(),
        evidence: told,
        by: me,
    };
    road::take(cx.tx, &sheet.case, &deed, cx.now).await?;
    let before = sheet.stage();
    let entry = Entry::new(Act::StepTaken, sheet.case.code.as_str())
        .within(sheet.case.unit)
        .was(Field::Stage, before)
        .became(Field::Stage, stage_after(&sheet.history, step))
        .became(Field::Step, step)
        .became(Field::On, on);
    cx.note(entry).await?;
    Ok(deed)
}

/// Tells those for whom something begins: new mentors, and whoever takes the next step.
pub(in crate::assistant) async fn tell(cx: &mut Cx<'_>, sheet: &Sheet, deed: &Deed) -> Outcome {
    let today = cx.today();
    if deed.begins_guidance {
        let ids: Vec<PersonId> = deed.evidence.people.iter().flatten().map(|f| f.id).collect();
        for mentor in people::load(cx.tx, &ids, today).await? {
            let told = Phrase::new("take-told-mentor")
                .with("name", mentor.id)
                .with("candidate", sheet.candidate())
                .with("on", deed.on);
            send(cx, sheet, &mentor, &[], Message::of(told)).await?;
        }
    }
    let to = office_or_leaders(cx, sheet).await?;
    let me = deed.by;
    let Some((first, rest)) = to.split_first().filter(|(first, _)| **first != me) else {
        return Ok(());
    };
    let Some(person) = people::get(cx.tx, *first, today).await? else { return Ok(()) };
    let units = cx.units().await?;
    let mut message = Message::of(
        on_step("take-told", sheet, deed.step)
            .with("name", person.id)
            .with("unit", units.name(sheet.case.unit))
            .with("on", deed.on),
    );
    if let Some(reason) = deed.evidence.reason {
        message = message.line(
            Phrase::new("take-told-reason").with("by", me).with("reason", say::dropped_for(reason)),
        );
    }
    if let Some((step, _)) = next(cx, sheet) {
        let line = Phrase::new("take-told-next")
            .with("step", say::step(step))
            .with("who", say::any_of(step.takers()));
        message = message.line(line);
    }
    send(cx, sheet, &person, rest, message.row(vec![open(sheet)])).await
}

/// The next step that leads on, and what it lacks.
fn next(cx: &Cx<'_>, sheet: &Sheet) -> Option<(CaseStep, Verdict)> {
    let possible = sheet.road(cx.practice).possible(cx.today());
    possible.into_iter().find(|(step, _)| step.leads_on())
}

/// Who is told of what the person asking did in a case: the committee's office if the branch did it
/// and the next step is not the branch's own; who leads the branch if others did it.
pub(super) async fn office_or_leaders(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
) -> Result<Vec<PersonId>, Failure> {
    let next_is_ours = next(cx, sheet).is_none_or(|(step, _)| sheet.may(step));
    match sheet.acts_as.contains(&Who::Secretary) {
        true if next_is_ours => Ok(Vec::new()),
        true => office(cx, sheet).await,
        false => leaders(cx, sheet).await,
    }
}

/// The office of the committee above the branch; where there is none, its secretary.
async fn office(cx: &mut Cx<'_>, sheet: &Sheet) -> Result<Vec<PersonId>, Failure> {
    let (units, today) = (cx.units().await?, cx.today());
    let Some(above) = units.get(sheet.case.unit).and_then(|unit| unit.parent) else {
        return Ok(Vec::new());
    };
    let mut holders = people::holders(cx.tx, above, OfficeKind::Office, today).await?;
    holders.extend(people::leaders(cx.tx, above, today).await?);
    Ok(holders)
}

/// The button to the candidate's page.
fn open(sheet: &Sheet) -> Button {
    Button::new("page-back-button", Tap::Road(RoadTap::Open(sheet.case.id)))
}

async fn leaders(cx: &mut Cx<'_>, sheet: &Sheet) -> Result<Vec<PersonId>, Failure> {
    let today = cx.today();
    Ok(people::leaders(cx.tx, sheet.case.unit, today).await?)
}

pub(super) async fn send(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    to: &Person,
    fallbacks: &[PersonId],
    message: Message,
) -> Outcome {
    let key = format!("{}:{}", cx.once("road"), to.id.0);
    cx.tell(to, Some(sheet.case.unit), fallbacks, key, message).await?;
    Ok(())
}
