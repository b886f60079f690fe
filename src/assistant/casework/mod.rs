//! A case as somebody sees it who may: its history, what is known of it on a day, and what they may
//! do about it. Every feature that shows or moves cases stands on this; [`taking`] writes a step
//! down, [`undoing`] takes one back, and [`waiting`] says whose turn it is.

pub(super) mod taking;
pub(super) mod undoing;
pub(super) mod waiting;

use chrono::NaiveDate;

use super::context::Cx;
use super::failure::{Failure, refuse};
use crate::domain::audit::Act;
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::practice::Practice;
use crate::domain::road::{CaseStep, Facts, Road, Stage, Taken, Who, stage};
use crate::message::{Arg, Phrase};
use crate::operations::rights::Right;
use crate::store::audit::Entry;
use crate::store::road::{self, Case};

pub(in crate::assistant) struct Sheet {
    pub case: Case,
    pub history: Vec<Taken>,
    /// Of the day it was asked about.
    pub facts: Facts,
    /// As whom the person asking may do something about it.
    pub acts_as: Vec<Who>,
}

impl Sheet {
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

/// As whom the person asking may act in a branch.
async fn acts_as(cx: &mut Cx<'_>, unit: UnitId) -> Result<Vec<Who>, Failure> {
    let mut kinds = Vec::new();
    for (right, who) in
        [(Right::ActForBranch, Who::Secretary), (Right::ActForCommittee, Who::Committee)]
    {
        if cx.may(right, unit).await? {
            kinds.push(who);
        }
    }
    Ok(kinds)
}

pub(in crate::assistant) async fn by_code(cx: &mut Cx<'_>, code: &str) -> Result<Sheet, Failure> {
    let today = cx.today();
    match road::by_code(cx.tx, code).await? {
        Some(case) => of(cx, case, today).await,
        None => refuse(Phrase::new("page-not-yours").with("code", Arg::code(code))),
    }
}

pub(in crate::assistant) async fn today(cx: &mut Cx<'_>, id: CaseId) -> Result<Sheet, Failure> {
    let today = cx.today();
    on(cx, id, today).await
}

/// The case with what is known of it on a date.
pub(in crate::assistant) async fn on(
    cx: &mut Cx<'_>,
    id: CaseId,
    date: NaiveDate,
) -> Result<Sheet, Failure> {
    match road::get(cx.tx, id).await? {
        Some(case) => of(cx, case, date).await,
        None => refuse("tap-stale"),
    }
}

/// Whether there is such a case is nobody's business who may not see it: both look the same.
async fn of(cx: &mut Cx<'_>, case: Case, date: NaiveDate) -> Result<Sheet, Failure> {
    if !cx.may(Right::SeeDossiers, case.unit).await? {
        return refuse(Phrase::new("page-not-yours").with("code", Arg::code(&case.code)));
    }
    let acts_as = acts_as(cx, case.unit).await?;
    let entry = Entry::new(Act::DossierRead, case.code.as_str()).within(case.unit);
    cx.note_reading(entry).await?;
    let history = road::histories(cx.tx, &[case.id]).await?.remove(&case.id).unwrap_or_default();
    if history.is_empty() {
        // The introduction was taken back.
        return refuse(Phrase::new("page-not-yours").with("code", Arg::code(&case.code)));
    }
    let facts = road::facts(cx.tx, std::slice::from_ref(&case), date).await?;
    let facts = facts.into_values().next().unwrap_or_default();
    Ok(Sheet { case, history, facts, acts_as })
}

/// All cases of some branches, by code. The branches are those that the person asking may see.
pub(in crate::assistant) async fn all(
    cx: &mut Cx<'_>,
    units: &[UnitId],
) -> Result<Vec<Sheet>, Failure> {
    let cases = road::in_units(cx.tx, units).await?;
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let mut histories = road::histories(cx.tx, &ids).await?;
    let today = cx.today();
    let mut facts = road::facts(cx.tx, &cases, today).await?;
    let mut sheets = Vec::new();
    for case in cases {
        let Some(history) = histories.remove(&case.id) else { continue };
        sheets.push(Sheet {
            history,
            facts: facts.remove(&case.id).unwrap_or_default(),
            acts_as: acts_as(cx, case.unit).await?,
            case,
        });
    }
    Ok(sheets)
}
