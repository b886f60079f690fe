//! Source lists of branches: approved or returned by the committee, as a whole or for some.

use serde::{Deserialize, Serialize};

use super::taking::{answers, must_be_dated, record};
use super::{Dossier, all, on};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::road::{CaseStep, Evidence, Lack, Missing, Reason, Verdict};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::rights::Right;
use crate::operations::work::{Refused, Work, refuse};
use crate::phrasing::road as say;
use crate::store::StoreError;
use crate::taps::{RoadTap, Tap};

/// Why somebody's place on a list can be returned: no vote was held on it.
pub const REASONS: [Reason; 3] = [Reason::Reconsider, Reason::Standard, Reason::Papers];

/// An approval or a return, as far as it was told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    pub unit: UnitId,
    /// [`CaseStep::SourceApproved`] or [`CaseStep::SentBack`].
    pub step: CaseStep,
    pub cases: Vec<CaseId>,
    pub told: Evidence,
}

/// A candidate of a plan with what stands in the way.
#[derive(Debug)]
pub struct Judged {
    pub dossier: Dossier,
    pub verdict: Verdict,
}

/// Those of a plan for whom it is possible.
pub fn able(judged: &[Judged]) -> Vec<Arg> {
    let able = judged.iter().filter(|one| one.verdict.is_possible());
    able.map(|one| one.dossier.candidate()).collect()
}

/// Refuses whoever may not approve the list of a branch.
pub fn must_approve(work: &Work<'_>, unit: UnitId) -> Result<(), Refused> {
    work.must(Right::Approve, unit, "approve-not-allowed")
}

/// The candidates whose place on the branch's list waits for approval, by code.
pub async fn waiting(work: &mut Work<'_>, unit: UnitId) -> Result<Vec<Dossier>, Refused> {
    must_approve(work, unit)?;
    let mut dossiers = all(work, &[unit]).await?;
    dossiers.retain(|dossier| waits(work, dossier));
    Ok(dossiers)
}

fn waits(work: &Work<'_>, dossier: &Dossier) -> bool {
    let next = dossier.road(work.practice).possible(work.today());
    next.iter().any(|(step, _)| *step == CaseStep::SourceApproved)
}

/// Each candidate of a plan with what stands in the way, as of the day of the step.
pub async fn judge(work: &mut Work<'_>, plan: &Plan) -> Result<Vec<Judged>, Refused> {
    must_approve(work, plan.unit)?;
    let today = work.today();
    let day = plan.told.on.unwrap_or(today);
    let mut found = Vec::new();
    for case in &plan.cases {
        let dossier = on(work, *case, day).await?;
        if dossier.case.unit != plan.unit || !dossier.may(plan.step) {
            return refuse("approve-not-allowed");
        }
        let mut verdict = dossier.road(work.practice).judge(plan.step, &plan.told, today);
        if !waits(work, &dossier) {
            // It may have gone on to where it could be sent back for other reasons.
            verdict = Verdict(vec![Missing { lack: Lack::NotNext, source: None }]);
        }
        if plan.told.reason.is_some_and(|reason| !REASONS.contains(&reason)) {
            verdict.0.push(Missing { lack: Lack::OtherReason, source: None });
        }
        found.push(Judged { dossier, verdict });
    }
    Ok(found)
}

/// Records a plan for everybody for whom it is possible, and tells who leads the branch. Gives all of them
/// with what stood in the way.
pub async fn settle(work: &mut Work<'_>, plan: Plan) -> Result<Vec<Judged>, Refused> {
    let plan = Plan { told: answers(plan.told), ..plan };
    must_be_dated(work, &plan.told)?;
    let judged = judge(work, &plan).await?;
    let Some(on) = plan.told.on else { return Ok(judged) };
    for one in judged.iter().filter(|one| one.verdict.is_possible()) {
        record(work, &one.dossier, plan.step, on, plan.told.clone()).await?;
    }
    let done = able(&judged);
    if !done.is_empty() {
        tell(work, &plan, done).await?;
    }
    Ok(judged)
}

/// Tells who leads the branch.
async fn tell(work: &mut Work<'_>, plan: &Plan, done: Vec<Arg>) -> Result<(), StoreError> {
    let Some(to) = work.leader(plan.unit).await? else { return Ok(()) };
    let key = match plan.step {
        CaseStep::SentBack => "approve-returned-told",
        _ => "approve-told",
    };
    let mut message = Message::of(
        Phrase::new(key)
            .with("name", to.person.id)
            .with("unit", work.units.name(plan.unit))
            .with("count", done.len())
            .with("candidates", Arg::List(done)),
    );
    if let Some(on) = plan.told.on {
        message = message.item(Phrase::new("told-on").with("on", on));
    }
    for told in say::told(plan.step, &plan.told, &work.units) {
        message = message.item(told);
    }
    let look = Button::new("approve-pool-button", Tap::Road(RoadTap::Branch(plan.unit)));
    work.tell(&to, plan.unit, "approval", message.row(vec![look])).await.map(drop)
}
