//! What waits: the steps that the person asking can take now, and the lists and cases that wait for
//! the committee.

use chrono::{Days, NaiveDate};

use super::{Dossier, all};
use crate::domain::ids::UnitId;
use crate::domain::practice::Practice;
use crate::domain::road::{CaseStep, Deadline, Stage, Verdict, deadlines};
use crate::operations::rights::{self, Right};
use crate::operations::work::{Refused, Work};

/// A case with the step that comes next.
#[derive(Debug)]
pub struct Waiting {
    pub dossier: Dossier,
    pub step: CaseStep,
    /// What the step lacks today.
    pub verdict: Verdict,
    /// Since when it stands where it stands.
    pub since: NaiveDate,
    /// By when the step is to be taken, where a limit runs.
    pub limit: Option<Deadline>,
}

/// The cases on the road in the branches that the person asking may see, each with a step that leads
/// on and is theirs to take.
pub async fn for_me(work: &mut Work<'_>) -> Result<Vec<Waiting>, Refused> {
    let seen = rights::branches(work.me()?, Right::SeeDossiers, &work.units);
    let seen: Vec<UnitId> = seen.iter().map(|unit| unit.id).collect();
    let (practice, today) = (work.practice, work.today());
    let mut waiting = Vec::new();
    for dossier in all(work, &seen).await? {
        if !dossier.stage().is_open() && !is_on_its_way(practice, &dossier, today) {
            continue;
        }
        let next = dossier.road(practice).possible(today);
        let mine = |(step, _): &(CaseStep, Verdict)| step.leads_on() && dossier.may(*step);
        // What is possible comes before what is not.
        let (ready, lacking): (Vec<_>, Vec<_>) =
            next.into_iter().filter(mine).partition(|(_, verdict)| verdict.is_possible());
        let Some((step, verdict)) = ready.into_iter().chain(lacking).next() else { continue };
        let since = dossier.history.last().map_or(today, |taken| taken.on);
        let limit = limit_of(practice, &dossier, step);
        waiting.push(Waiting { dossier, step, verdict, since, limit });
    }
    Ok(waiting)
}

/// Whether a case has left its branch and may still be received by another one: after the limit for
/// it somebody has looked, and it went out of the organisation.
fn is_on_its_way(practice: &Practice, dossier: &Dossier, today: NaiveDate) -> bool {
    let limit = limit_of(practice, dossier, CaseStep::Received);
    dossier.stage() == Stage::Transferred && limit.is_some_and(|limit| limit.on >= today)
}

impl Waiting {
    /// Whether it presses although something is lacking: the limit ends soon or has passed.
    pub fn presses(&self, today: NaiveDate) -> bool {
        let limit = self.limit.as_ref().map(|limit| limit.on);
        limit.is_some_and(|on| on < today + Days::new(PRESSES))
    }
}

/// So many days before a limit ends it is somebody's task, whatever is still lacking.
const PRESSES: u64 = 30;

/// The limit by which a step is to be taken.
fn limit_of(practice: &Practice, dossier: &Dossier, step: CaseStep) -> Option<Deadline> {
    let (rules, calendar) = (&practice.regulations, &practice.calendar);
    let running = deadlines(&dossier.history, &dossier.facts.papers, rules, calendar);
    let kind = step.limit()?;
    running.into_iter().find(|limit| limit.kind == kind)
}
