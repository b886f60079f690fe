//! Taking a step: the step with its evidence, what it makes of the person and the guidance, the audit,
//! and the word to those for whom something begins.

use chrono::NaiveDate;

use super::{Dossier, look_button, on, on_step, today};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::road::{
    CaseStep, Evidence, Guidance, Stage, Verdict, Who, paper_number, stage, stage_after,
};
use crate::domain::typed::Typed;
use crate::domain::units::Unit;
use crate::message::{Message, Phrase};
use crate::operations::rights::Right;
use crate::operations::work::{Refused, Work, refuse};
use crate::operations::{cited, mentorships};
use crate::outbound::{self, Addressee};
use crate::phrasing::road as say;
use crate::store::audit::Entry;
use crate::store::road::{self, Case, TakenStep};
use crate::store::{StoreError, people};

/// What came of taking a step.
#[derive(Debug)]
pub enum Took {
    /// It is recorded: the case as it is now.
    Done(Dossier),
    /// Something stands in the way, and nothing was recorded.
    Lacking(Dossier, Verdict),
}

/// Refuses a step that the person asking may not take.
pub fn must_be_theirs(dossier: &Dossier, step: CaseStep) -> Result<(), Refused> {
    if dossier.may(step) {
        return Ok(());
    }
    refuse(on_step("take-not-yours", dossier, step).with("who", say::any_of(step.takers())))
}

/// The case with what is known of it on the day of a step, today until that is told, if the person asking
/// may take the step.
pub async fn theirs(
    work: &mut Work<'_>,
    case: CaseId,
    step: CaseStep,
    told: &Evidence,
) -> Result<Dossier, Refused> {
    let day = told.on.unwrap_or(work.today());
    let dossier = on(work, case, day).await?;
    must_be_theirs(&dossier, step)?;
    Ok(dossier)
}

/// The branches that a case can be sent to: those for which the person asking acts as the committee. The one
/// that it left is among them: people come back.
pub fn within_reach<'w>(work: &'w Work<'_>) -> Vec<&'w Unit> {
    work.units.branches().filter(|unit| work.may(Right::ActForCommittee, unit.id)).collect()
}

/// What speaks against a step; the people in the evidence are taken as they were on its day.
pub async fn judge(
    work: &mut Work<'_>,
    dossier: &Dossier,
    step: CaseStep,
    told: &mut Evidence,
) -> Result<Verdict, StoreError> {
    if let (Some(named), Some(on)) = (&told.people, told.on) {
        let mut ids: Vec<PersonId> = Vec::new();
        for fellow in named {
            if !ids.contains(&fellow.id) {
                ids.push(fellow.id);
            }
        }
        told.people = Some(road::fellows(work.tx, &dossier.case, &ids, on).await?);
    }
    Ok(dossier.road(work.practice).judge(step, told, work.today()))
}

/// What a step can be told by itself: what is no number of a paper is no answer, and what a class ends with is
/// noted with the class.
pub(super) fn answers(told: Evidence) -> Evidence {
    let number = |typed: Option<Typed>| typed.and_then(|typed| paper_number(typed.as_written()));
    Evidence { number: number(told.number), consent: number(told.consent), studied: None, ..told }
}

/// Refuses papers of a day that they cannot be of.
pub(super) fn must_be_dated(work: &Work<'_>, told: &Evidence) -> Result<(), Refused> {
    let papers = told.number.iter().chain(&told.consent);
    papers.into_iter().try_for_each(|paper| cited::must_be_of_a_day(paper, work.today()))
}

/// Takes a step if nothing speaks against it, and tells those for whom something begins.
pub async fn take(
    work: &mut Work<'_>,
    case: CaseId,
    step: CaseStep,
    mut told: Evidence,
) -> Result<Took, Refused> {
    let dossier = theirs(work, case, step, &told).await?;
    if let Some(to) = told.branch
        && within_reach(work).iter().all(|unit| unit.id != to)
    {
        return refuse("tap-stale");
    }
    told = answers(told);
    must_be_dated(work, &told)?;
    let verdict = judge(work, &dossier, step, &mut told).await?;
    let (true, Some(on)) = (verdict.is_possible(), told.on) else {
        // Somebody was quicker, or a paper has gone.
        return Ok(Took::Lacking(dossier, verdict));
    };
    let taken = record(work, &dossier, step, on, told).await?;
    let dossier = today(work, case).await?;
    tell(work, &dossier, &taken).await?;
    Ok(Took::Done(dossier))
}

/// Writes a step down that was found possible.
pub(in crate::operations) async fn record(
    work: &mut Work<'_>,
    dossier: &Dossier,
    step: CaseStep,
    on: NaiveDate,
    told: Evidence,
) -> Result<TakenStep, Refused> {
    let taken = TakenStep {
        step,
        on,
        standing: dossier.road(work.practice).standing_after(step, on),
        moves_to: told.branch.filter(|_| step == CaseStep::Received),
        evidence: told,
        by: work.me()?.id,
    };
    let (was, is) = (stage(&dossier.history), stage_after(&dossier.history, step));
    let case = &dossier.case;
    if step.guidance() == Guidance::GoesOn {
        write(work, case, &taken, was, is).await?;
        return Ok(taken);
    }
    let mentors = mentorships::ids(work, case.id).await?;
    write(work, case, &taken, was, is).await?;
    mentorships::fit_menus(work, case.id, mentors).await?;
    Ok(taken)
}

/// Writes a step down, and in the audit where the case stood and stands.
pub(in crate::operations) async fn write(
    work: &mut Work<'_>,
    case: &Case,
    taken: &TakenStep,
    was: Option<Stage>,
    is: Option<Stage>,
) -> Result<(), StoreError> {
    road::take(work.tx, case, taken, work.now).await?;
    let entry = Entry::new(Act::StepTaken, case.code.as_str())
        .within(case.unit)
        .was(Field::Stage, was)
        .became(Field::Stage, is)
        .became(Field::Step, taken.step)
        .became(Field::On, taken.on);
    work.note(entry).await
}

/// Tells those for whom something begins: new mentors, and whoever takes the next step.
async fn tell(work: &mut Work<'_>, dossier: &Dossier, taken: &TakenStep) -> Result<(), StoreError> {
    if taken.step.guidance() == Guidance::Begins {
        let ids: Vec<PersonId> = taken.evidence.people.iter().flatten().map(|f| f.id).collect();
        for mentor in people::load(work.tx, &ids, work.today()).await? {
            let told = Phrase::new("take-told-mentor")
                .with("name", mentor.id)
                .with("candidate", dossier.candidate())
                .with("on", taken.on);
            send(work, dossier, &Addressee::alone(mentor), Message::of(told)).await?;
        }
    }
    let Some(to) = office_or_leaders(work, dossier).await? else { return Ok(()) };
    let mut message = Message::of(
        on_step("take-told", dossier, taken.step)
            .with("name", to.person.id)
            .with("unit", work.units.name(dossier.case.unit))
            .with("on", taken.on),
    );
    if let Some(reason) = taken.evidence.reason {
        message = message.line(
            Phrase::new("take-told-reason")
                .with("by", taken.by)
                .with("reason", say::dropped_for(reason)),
        );
    }
    if let Some(step) = next(work, dossier) {
        let line = Phrase::new("take-told-next")
            .with("step", say::step(step))
            .with("who", say::any_of(step.takers()));
        message = message.line(line);
    }
    send(work, dossier, &to, message.row(vec![look_button(dossier.case.id)])).await
}

/// The next step that leads on.
fn next(work: &Work<'_>, dossier: &Dossier) -> Option<CaseStep> {
    let possible = dossier.road(work.practice).possible(work.today());
    possible.into_iter().map(|(step, _)| step).find(|step| step.leads_on())
}

/// Who is told of what the person asking did in a case: the committee's office if the branch did it
/// and the next step is not the branch's own; who leads the branch if others did it. Nobody where the first of
/// them did it themselves.
pub(super) async fn office_or_leaders(
    work: &mut Work<'_>,
    dossier: &Dossier,
) -> Result<Option<Addressee>, StoreError> {
    let (unit, today) = (dossier.case.unit, work.today());
    let to = if !dossier.acts_as.contains(&Who::Secretary) {
        return work.leader(unit).await;
    } else if next(work, dossier).is_some_and(|step| !dossier.may(step))
        && let Some(above) = work.units.get(unit).and_then(|unit| unit.parent)
    {
        outbound::office(work.tx, above, today).await?
    } else {
        None
    };
    Ok(to.filter(|to| !work.is_me(to.person.id)))
}

/// Tells somebody of a case; each is told of a deed once.
pub(super) async fn send(
    work: &mut Work<'_>,
    dossier: &Dossier,
    to: &Addressee,
    message: Message,
) -> Result<(), StoreError> {
    let what = format!("road:{}", to.person.id.0);
    work.tell(to, dossier.case.unit, &what, message).await.map(drop)
}
