//! Taking back the newest step of a case, which was recorded by mistake: what it changed is put right,
//! and whoever was told of it is told so. The step and its reversal both stay on record.

use super::taking::{office_or_leaders, on_step, send};
use super::{Sheet, today};
use crate::assistant::context::Cx;
use crate::assistant::failure::{Failure, Outcome, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseStepId, PersonId};
use crate::domain::road::{CaseStep, Paper, Who};
use crate::message::{Message, Phrase};
use crate::operations::rights;
use crate::store::audit::Entry;
use crate::store::reversals::{self, Newest, Stands};
use crate::store::{people, road};

/// Whether the person asking may take back a step of this kind: who may take it, and the committee.
pub(in crate::assistant) fn may(sheet: &Sheet, step: CaseStep) -> bool {
    sheet.may(step) || sheet.acts_as.contains(&Who::Committee)
}

/// The newest step, if the person asking may take it back and nothing stands on it.
pub(in crate::assistant) async fn mistaken(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
) -> Result<Newest, Failure> {
    let Some(newest) = reversals::newest(cx.tx, sheet.case.id).await? else {
        return refuse("tap-stale");
    };
    if !may(sheet, newest.step) {
        return refuse(on_step("back-not-yours", sheet, newest.step));
    }
    if is_the_committees(cx, sheet, &newest).await? {
        return refuse(on_step("back-committees", sheet, newest.step));
    }
    match reversals::stands(cx.tx, sheet.case.id, newest.id).await? {
        None => Ok(newest),
        Some(why) => refused(sheet, newest.step, why),
    }
}

/// Whether the committee recorded a step, and the person asking only speaks for the branch: what the
/// committee returned is not the branch's to call a mistake.
async fn is_the_committees(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    newest: &Newest,
) -> Result<bool, Failure> {
    let (me, today) = (cx.me()?.id, cx.today());
    if sheet.acts_as.contains(&Who::Committee) || newest.by == Some(me) {
        return Ok(false);
    }
    let by = match newest.by {
        Some(by) => people::get(cx.tx, by, today).await?,
        None => None,
    };
    Ok(by.is_some_and(|by| rights::is_the_committees(&by, sheet.case.unit)))
}

fn refused<T>(sheet: &Sheet, step: CaseStep, why: Stands) -> Result<T, Failure> {
    refuse(match why {
        Stands::NotNewest => Phrase::new("back-not-newest").with("candidate", sheet.candidate()),
        Stands::GuidedSince => on_step("back-guided-since", sheet, step),
        Stands::Unknown => on_step("back-unknown", sheet, step),
        Stands::Arrived => Phrase::new("back-arrived").with("candidate", sheet.candidate()),
    })
}

/// Takes a step back, if it still is the newest one. `sheet` is the case before that.
pub(in crate::assistant) async fn take_back(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    step: CaseStepId,
) -> Result<Newest, Failure> {
    let newest = mistaken(cx, sheet).await?;
    if newest.id != step {
        return refused(sheet, newest.step, Stands::NotNewest);
    }
    let me = cx.me()?.id;
    let stood = sheet.stage();
    let before = mentors(cx, sheet).await?;
    if let Some(why) = reversals::take_back(cx.tx, sheet.case.id, step, me, cx.now).await? {
        return refused(sheet, newest.step, why);
    }
    // A certificate that was noted with the class goes with it.
    let studied = sheet.history.last().and_then(|taken| taken.evidence.studied.as_ref());
    if studied.is_some() {
        let paper = match newest.step {
            CaseStep::NewMemberClass => Paper::NewMemberCertificate,
            _ => Paper::Certificate,
        };
        road::note_paper(cx.tx, sheet.case.id, paper, None, cx.today(), me).await?;
    }
    let mut changed = mentors(cx, sheet).await?;
    changed.extend(before);
    changed.push(sheet.case.person);
    changed.sort();
    changed.dedup();
    cx.work().await?.fit_menus(&changed).await?;
    let now = left(cx, sheet).await?.map(|left| left.stage());
    let entry = Entry::new(Act::StepTakenBack, sheet.case.code.as_str())
        .within(sheet.case.unit)
        .was(Field::Stage, stood)
        .became(Field::Stage, now)
        .was(Field::Step, newest.step)
        .was(Field::On, newest.on);
    cx.note(entry).await?;
    Ok(newest)
}

async fn mentors(cx: &mut Cx<'_>, sheet: &Sheet) -> Result<Vec<PersonId>, Failure> {
    let (case, today) = (sheet.case.id, cx.today());
    Ok(road::mentors(cx.tx, &[case], today).await?.remove(&case).unwrap_or_default())
}

/// Tells those who had been told of the step. `sheet` is the case with the step.
pub(in crate::assistant) async fn tell(cx: &mut Cx<'_>, sheet: &Sheet, newest: &Newest) -> Outcome {
    let (me, date) = (cx.me()?.id, cx.today());
    let told = |to: PersonId| {
        on_step("back-told", sheet, newest.step).with("name", to).with("on", newest.on)
    };
    if newest.step.begins_guidance() {
        let last = sheet.history.last();
        let named = last.and_then(|taken| taken.evidence.people.as_deref()).unwrap_or_default();
        let ids: Vec<PersonId> = named.iter().map(|f| f.id).filter(|id| *id != me).collect();
        for mentor in people::load(cx.tx, &ids, date).await? {
            let message = Message::of(told(mentor.id)).line("back-told-mentor");
            send(cx, sheet, &mentor, &[], message).await?;
        }
    }
    let to = office_or_leaders(cx, sheet).await?;
    let to = to.split_first().filter(|(first, _)| **first != me);
    // Whoever recorded it learns that others did not let it stand.
    let by = newest.by.filter(|by| *by != me && to.is_none_or(|(first, _)| first != by));
    if let Some(by) = by
        && let Some(person) = people::get(cx.tx, by, date).await?
    {
        send(cx, sheet, &person, &[], Message::of(told(person.id))).await?;
    }
    let Some((first, rest)) = to else { return Ok(()) };
    let Some(person) = people::get(cx.tx, *first, date).await? else { return Ok(()) };
    send(cx, sheet, &person, rest, Message::of(told(person.id))).await
}

/// The case as it is now; `None`: what was taken back had opened it.
pub(in crate::assistant) async fn left(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
) -> Result<Option<Sheet>, Failure> {
    match sheet.history.len() {
        0 | 1 => Ok(None),
        _ => today(cx, sheet.case.id).await.map(Some),
    }
}
