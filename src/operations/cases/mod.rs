//! A case as somebody sees it who may: its history, what is known of it on a day, and what they may
//! do about it. [`taking`] takes a step, [`undoing`] takes one back, [`lists`] approves and returns source
//! lists, and [`waiting`] says whose turn it is.

pub mod lists;
pub mod taking;
pub mod undoing;
pub mod waiting;

use chrono::NaiveDate;

use super::rights::Right;
use super::work::{Effect, Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::practice::Practice;
use crate::domain::road::{CaseStep, Facts, Paper, Place, Road, Stage, Taken, Who, stage};
use crate::message::{Arg, Button, Phrase};
use crate::phrasing::road as say;
use crate::store::audit::Entry;
use crate::store::road::{self, Case};
use crate::taps::{RoadTap, Tap};

/// A case that somebody may see. Only this module makes one, and only for them.
#[derive(Debug)]
pub struct Dossier {
    pub case: Case,
    pub history: Vec<Taken>,
    /// Of the day it was asked about.
    pub facts: Facts,
    /// As whom the person asking may do something about it.
    acts_as: Vec<Who>,
}

impl Dossier {
    pub fn road<'a>(&'a self, practice: &'a Practice) -> Road<'a> {
        Road {
            history: &self.history,
            facts: &self.facts,
            rules: &practice.regulations,
            calendar: &practice.calendar,
        }
    }

    /// A case has a step at least.
    pub fn stage(&self) -> Stage {
        stage(&self.history).unwrap_or(Stage::Introduced)
    }

    /// Whether the person asking may take a step.
    pub fn may(&self, step: CaseStep) -> bool {
        step.takers().iter().any(|taker| self.acts_as.contains(taker))
    }

    pub fn candidate(&self) -> Arg {
        Arg::Who(self.case.person)
    }
}

/// A sentence about a step of a candidate.
pub fn on_step(key: &str, dossier: &Dossier, step: CaseStep) -> Phrase {
    Phrase::new(key).with("candidate", dossier.candidate()).with("step", say::step(step))
}

/// The button to a candidate's page.
pub fn look_button(case: CaseId) -> Button {
    Button::new("page-back-button", Tap::Road(RoadTap::Open(case)))
}

/// As whom the person asking may act in a branch.
fn acts_as(work: &Work<'_>, unit: UnitId) -> Vec<Who> {
    let kinds = [(Right::ActForBranch, Who::Secretary), (Right::ActForCommittee, Who::Committee)];
    let held = kinds.into_iter().filter(|(right, _)| work.may(*right, unit));
    held.map(|(_, who)| who).collect()
}

/// The case with this code, `QC-014`, with what is known of it today.
pub async fn by_code(work: &mut Work<'_>, code: &str) -> Result<Dossier, Refused> {
    let today = work.today();
    match road::by_code(work.tx, code).await? {
        Some(case) => of(work, case, today).await,
        None => refuse(Phrase::new("page-not-yours").with("code", Arg::code(code))),
    }
}

/// The case with what is known of it today.
pub async fn today(work: &mut Work<'_>, id: CaseId) -> Result<Dossier, Refused> {
    let today = work.today();
    on(work, id, today).await
}

/// The case with what is known of it on a date.
pub async fn on(work: &mut Work<'_>, id: CaseId, date: NaiveDate) -> Result<Dossier, Refused> {
    match road::get(work.tx, id).await? {
        Some(case) => of(work, case, date).await,
        None => refuse("tap-stale"),
    }
}

/// Whether there is such a case is nobody's business who may not see it: both look the same.
async fn of(work: &mut Work<'_>, case: Case, date: NaiveDate) -> Result<Dossier, Refused> {
    let hidden = || Phrase::new("page-not-yours").with("code", Arg::code(&case.code));
    work.must(Right::SeeDossiers, case.unit, hidden())?;
    let histories = road::histories(work.tx, &[case.id]).await?;
    let Some(history) = histories.into_values().next().filter(|history| !history.is_empty()) else {
        // The introduction was taken back.
        return refuse(hidden());
    };
    let entry = Entry::new(Act::DossierRead, case.code.as_str()).within(case.unit);
    work.note_reading(entry).await?;
    let facts = road::facts(work.tx, std::slice::from_ref(&case), date).await?;
    let facts = facts.into_values().next().unwrap_or_default();
    Ok(Dossier { acts_as: acts_as(work, case.unit), case, history, facts })
}

/// The same after something was done about it, where it stands now: `None` if it has gone where the person
/// asking does not see it. Nothing is refused any more.
async fn after(work: &mut Work<'_>, id: CaseId) -> Result<Option<Dossier>, Refused> {
    match today(work, id).await {
        Ok(dossier) => Ok(Some(dossier)),
        Err(Refused::Because(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// All cases of some branches with what is known of them today, by code; refuses whoever may not see those of
/// one of them.
pub async fn all(work: &mut Work<'_>, units: &[UnitId]) -> Result<Vec<Dossier>, Refused> {
    let today = work.today();
    all_on(work, units, today).await
}

/// The same with what is known of them on a date.
pub async fn all_on(
    work: &mut Work<'_>,
    units: &[UnitId],
    date: NaiveDate,
) -> Result<Vec<Dossier>, Refused> {
    for unit in units {
        work.must(Right::SeeDossiers, *unit, "pool-not-allowed")?;
    }
    let cases = road::in_units(work.tx, units).await?;
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let mut histories = road::histories(work.tx, &ids).await?;
    let mut facts = road::facts(work.tx, &cases, date).await?;
    let mut dossiers = Vec::new();
    for case in cases {
        let Some(history) = histories.remove(&case.id) else { continue };
        let facts = facts.remove(&case.id).unwrap_or_default();
        dossiers.push(Dossier { acts_as: acts_as(work, case.unit), case, history, facts });
    }
    Ok(dossiers)
}

/// Notes where a paper is kept, or (`None`) that it is not there. Gives the case as it is then.
pub async fn keep_paper(
    work: &mut Work<'_>,
    id: CaseId,
    paper: Paper,
    at: Option<Place>,
) -> Result<Dossier, Refused> {
    let before = today(work, id).await?;
    match note_paper(work, &before.case, &before.facts, paper, at).await? {
        Effect::Same => Ok(before),
        Effect::Changed => today(work, id).await,
    }
}

/// The same for a case with what is known of it.
pub(super) async fn note_paper(
    work: &mut Work<'_>,
    case: &Case,
    facts: &Facts,
    paper: Paper,
    at: Option<Place>,
) -> Result<Effect, Refused> {
    let was = facts.papers.get(&paper).copied();
    if was == at {
        return Ok(Effect::Same);
    }
    let (me, on) = (work.me()?.id, work.today());
    road::note_paper(work.tx, case.id, paper, at, on, me).await?;
    let entry = Entry::new(Act::PaperNoted, case.code.as_str())
        .within(case.unit)
        .was(Field::Kept, was)
        .became(Field::Paper, paper)
        .became(Field::Kept, at);
    work.note(entry).await?;
    Ok(Effect::Changed)
}
