//! Taking back the newest step of a case, which was recorded by mistake: what it changed is put right,
//! and whoever was told of it is told so. The step and its reversal both stay on record.

use super::taking::{office_or_leaders, send};
use super::{Dossier, after, on_step, today};
use crate::domain::audit::{Act, Field};
use crate::domain::class::ClassKind;
use crate::domain::ids::{CaseId, CaseStepId, PersonId};
use crate::domain::road::{CaseStep, Guidance, Who, stage};
use crate::message::{Message, Phrase};
use crate::operations::work::{Refused, Work, refuse};
use crate::operations::{mentorships, rights};
use crate::outbound::Addressee;
use crate::store::audit::Entry;
use crate::store::reversals::{self, Newest, Stands};
use crate::store::{StoreError, people, road};

/// A step that was taken back.
#[derive(Debug)]
pub struct TakenBack {
    pub newest: Newest,
    /// The case before that.
    pub before: Dossier,
    /// The case now; `None`: the step had opened it, or brought it to whoever took it back.
    pub left: Option<Dossier>,
}

/// Whether the person asking may take back a step of this kind: who may take it, and the committee.
pub fn may(dossier: &Dossier, step: CaseStep) -> bool {
    dossier.may(step) || dossier.acts_as.contains(&Who::Committee)
}

/// The newest step, if the person asking may take it back and nothing stands on it.
pub async fn mistaken(work: &mut Work<'_>, dossier: &Dossier) -> Result<Newest, Refused> {
    let Some(newest) = reversals::newest(work.tx, dossier.case.id).await? else {
        return refuse("tap-stale");
    };
    if !may(dossier, newest.step) {
        return refuse(on_step("back-not-yours", dossier, newest.step));
    }
    if is_the_committees(work, dossier, &newest).await? {
        return refuse(on_step("back-committees", dossier, newest.step));
    }
    match reversals::stands(work.tx, dossier.case.id, newest.id).await? {
        None => Ok(newest),
        Some(why) => refuse(why_not(dossier, newest.step, why)),
    }
}

/// Whether the committee recorded a step, and the person asking only speaks for the branch: what the
/// committee returned is not the branch's to call a mistake.
async fn is_the_committees(
    work: &mut Work<'_>,
    dossier: &Dossier,
    newest: &Newest,
) -> Result<bool, StoreError> {
    let Some(by) = newest.by.filter(|by| !work.is_me(*by)) else { return Ok(false) };
    if dossier.acts_as.contains(&Who::Committee) {
        return Ok(false);
    }
    let by = people::get(work.tx, by, work.today()).await?;
    Ok(by.is_some_and(|by| rights::is_the_committees(&by, dossier.case.unit)))
}

fn why_not(dossier: &Dossier, step: CaseStep, why: Stands) -> Phrase {
    match why {
        Stands::NotNewest => Phrase::new("back-not-newest").with("candidate", dossier.candidate()),
        Stands::GuidedSince => on_step("back-guided-since", dossier, step),
        Stands::Unknown => on_step("back-unknown", dossier, step),
        Stands::Arrived => Phrase::new("back-arrived").with("candidate", dossier.candidate()),
    }
}

/// Takes a step back, if it still is the newest one, and tells those who had been told of it.
pub async fn take_back(
    work: &mut Work<'_>,
    case: CaseId,
    step: CaseStepId,
) -> Result<TakenBack, Refused> {
    let dossier = today(work, case).await?;
    let newest = mistaken(work, &dossier).await?;
    if newest.id != step {
        return refuse(why_not(&dossier, newest.step, Stands::NotNewest));
    }
    let me = work.me()?.id;
    let mut whose = mentorships::ids(work, case).await?;
    whose.push(dossier.case.person);
    reversals::take_back(work.tx, case, &newest, me, work.now).await?;
    // A certificate that was noted with the class goes with it.
    let class = ClassKind::ALL.iter().find(|class| class.step() == newest.step);
    let studied = dossier.history.last().is_some_and(|taken| taken.evidence.studied.is_some());
    if let Some(class) = class.filter(|_| studied) {
        road::note_paper(work.tx, case, class.paper(), None, work.today(), me).await?;
    }
    mentorships::fit_menus(work, case, whose).await?;
    let left = after(work, case).await?;
    let before = &dossier.history[..dossier.history.len().saturating_sub(1)];
    let entry = Entry::new(Act::StepTakenBack, dossier.case.code.as_str())
        .within(dossier.case.unit)
        .was(Field::Stage, dossier.stage())
        .became(Field::Stage, stage(before))
        .was(Field::Step, newest.step)
        .was(Field::On, newest.on);
    work.note(entry).await?;
    tell(work, &dossier, &newest).await?;
    Ok(TakenBack { newest, before: dossier, left })
}

/// Tells those who had been told of the step. `dossier` is the case with the step.
async fn tell(work: &mut Work<'_>, dossier: &Dossier, newest: &Newest) -> Result<(), StoreError> {
    let date = work.today();
    let told = |to: PersonId| {
        Message::of(
            on_step("back-told", dossier, newest.step).with("name", to).with("on", newest.on),
        )
    };
    if newest.step.guidance() == Guidance::Begins {
        let last = dossier.history.last();
        let named = last.and_then(|taken| taken.evidence.people.as_deref()).unwrap_or_default();
        let ids: Vec<PersonId> =
            named.iter().map(|fellow| fellow.id).filter(|id| !work.is_me(*id)).collect();
        for mentor in people::load(work.tx, &ids, date).await? {
            let message = told(mentor.id).line("back-told-mentor");
            send(work, dossier, &Addressee::alone(mentor), message).await?;
        }
    }
    let to = office_or_leaders(work, dossier).await?;
    // Whoever recorded it learns that others did not let it stand.
    let first = to.as_ref().map(|to| to.person.id);
    let by = newest.by.filter(|by| !work.is_me(*by) && first != Some(*by));
    if let Some(by) = by
        && let Some(person) = people::get(work.tx, by, date).await?
    {
        let message = told(person.id);
        send(work, dossier, &Addressee::alone(person), message).await?;
    }
    let Some(to) = to else { return Ok(()) };
    let message = told(to.person.id);
    send(work, dossier, &to, message).await
}
