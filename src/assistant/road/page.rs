//! One candidate's page: what happened, who guides, which papers are there, what is running out,
//! and what can be done next. A step that is not possible says what it lacks, by which rule, and
//! who can mend it.

use super::{Cx, Failure, Outcome, mistake};
use crate::domain::ids::CaseId;
use crate::domain::practice::Practice;
use crate::domain::road::{CaseStep, Paper, Place, Verdict, deadlines};
use crate::domain::units::UnitTree;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::{self, Dossier, look_button};
use crate::phrasing;
use crate::phrasing::road as say;
use crate::store::{reports, road};
use crate::taps::{RoadTap, Tap};

/// Reports shown.
const REPORTS: u32 = 3;

pub(super) async fn show(cx: &mut Cx<'_>, dossier: &Dossier) -> Outcome {
    let message = shown(cx, dossier).await?;
    cx.reply(message).await
}

async fn shown(cx: &mut Cx<'_>, dossier: &Dossier) -> Result<Message, Failure> {
    let (id, today) = (dossier.case.id, cx.today());
    let mentors = road::mentors(cx.tx, &[id], today).await?.remove(&id).unwrap_or_default();
    let units = cx.units().await?;
    let mut message = Message::new()
        .title(
            Phrase::new("page-title")
                .with("candidate", dossier.candidate())
                .with("unit", units.name(dossier.case.unit)),
        )
        .line(Phrase::new("page-stage").with("stage", say::stage(dossier.stage())));
    message = match mentors.is_empty() {
        true => message.line("page-no-mentors"),
        false => message.line(Phrase::new("page-mentors").with("people", say::names(&mentors))),
    };
    message = history(message, dossier, &units);
    message = papers(message, cx, dossier);
    message = limits(message, cx, dossier);
    message = latest_reports(message, cx, id).await?;
    message = next_steps(message, cx, dossier);
    Ok(match mistake::may_be_one(dossier) {
        true => message.row(vec![mistake::button(dossier)]),
        false => message,
    })
}

fn history(message: Message, dossier: &Dossier, units: &UnitTree) -> Message {
    let mut message = message.gap().line("page-history");
    for taken in &dossier.history {
        message = message.item(say::taken(taken, units));
    }
    message
}

/// The checklist of the half of the road where the candidate is.
fn papers(message: Message, cx: &Cx<'_>, dossier: &Dossier) -> Message {
    let set = dossier.stage().papers();
    let there = &dossier.facts.papers;
    let missing: Vec<Paper> = dossier
        .road(cx.practice)
        .needed(set, cx.today())
        .into_iter()
        .filter(|paper| !there.contains_key(paper))
        .collect();
    let mut message = message.gap().line("page-papers");
    for place in Place::ALL {
        let kept: Vec<Paper> = there
            .iter()
            .filter(|(paper, at)| paper.set() == set && *at == place)
            .map(|(paper, _)| *paper)
            .collect();
        if !kept.is_empty() {
            message = message.item(
                Phrase::new("page-papers-kept")
                    .with("place", say::place(*place))
                    .with("papers", say::papers(&kept)),
            );
        }
    }
    if dossier.stage().is_open() && !missing.is_empty() {
        let line = Phrase::new("page-papers-missing").with("papers", say::papers(&missing));
        message = message.item(line);
    }
    message
}

fn limits(mut message: Message, cx: &Cx<'_>, dossier: &Dossier) -> Message {
    let Practice { regulations, calendar, .. } = cx.practice;
    let running = deadlines(&dossier.history, &dossier.facts.papers, regulations, calendar);
    if !running.is_empty() {
        message = message.gap().line("page-limits");
    }
    let unlisted =
        say::unlisted(calendar, cx.today(), running.iter().map(|limit| (limit.kind, limit.on)));
    for limit in running {
        message = message.item(say::limit(&limit, cx.today()));
    }
    unlisted.into_iter().fold(message, Message::line)
}

async fn latest_reports(
    mut message: Message,
    cx: &mut Cx<'_>,
    case: CaseId,
) -> Result<Message, Failure> {
    let reports = reports::earlier(cx.tx, case, cx.now, REPORTS).await?;
    if reports.is_empty() {
        return Ok(message);
    }
    message = message.gap().line("page-reports");
    for (starts_at, filed) in reports {
        let line = Phrase::new("page-report")
            .with("month", Arg::Month(cx.practice.local(starts_at).date()))
            .with("mentor", filed.mentor)
            .with("recommendation", phrasing::recommendation(filed.content.recommendation));
        message = message.item(line);
    }
    Ok(message)
}

/// The steps that lead on: those possible now, and what the others lack.
fn next_steps(message: Message, cx: &Cx<'_>, dossier: &Dossier) -> Message {
    let steps = dossier.road(cx.practice).possible(cx.today());
    if steps.is_empty() {
        return message;
    }
    let mut message = message.gap().line("page-next");
    for (step, verdict) in steps.iter().filter(|(step, _)| step.leads_on()) {
        message = next_step(message, *step, verdict);
    }
    for (step, verdict) in &steps {
        if step.leads_on() && verdict.is_possible() && dossier.may(*step) {
            message = message.row(vec![begin_button(dossier, *step)]);
        }
    }
    let (case, set) = (dossier.case.id, dossier.stage().papers());
    let papers = Tap::Road(RoadTap::Papers { case, set });
    let mut row = vec![Button::new("page-papers-button", papers)];
    if steps.iter().any(|(step, _)| !step.leads_on() && dossier.may(*step)) {
        row.push(Button::new("page-others-button", Tap::Road(RoadTap::Others(case))));
    }
    message.row(row)
}

fn next_step(message: Message, step: CaseStep, verdict: &Verdict) -> Message {
    let with_takers = |key| {
        Phrase::new(key).with("step", say::step(step)).with("who", say::any_of(step.takers()))
    };
    if verdict.is_possible() {
        return message.item(with_takers("page-possible"));
    }
    lacks(message.item(with_takers("page-impossible")), verdict)
}

/// What a step lacks, a line for each.
pub(super) fn lacks(mut message: Message, verdict: &Verdict) -> Message {
    for missing in &verdict.0 {
        message = message.line(say::missing(missing));
    }
    message
}

fn begin_button(dossier: &Dossier, step: CaseStep) -> Button {
    let label = Phrase::new("page-take-button").with("step", say::step(step));
    Button::new(label, Tap::Road(RoadTap::Begin { case: dossier.case.id, step }))
}

/// The steps that lead back or off the road.
pub(super) async fn others(cx: &mut Cx<'_>, case: CaseId) -> Outcome {
    let dossier = cases::today(&mut cx.work().await?, case).await?;
    let title = Phrase::new("page-others").with("candidate", dossier.candidate());
    let mut message = Message::new().title(title).line("page-others-hint");
    for (step, verdict) in dossier.road(cx.practice).possible(cx.today()) {
        if !step.leads_on() && verdict.is_possible() && dossier.may(step) {
            message = message.row(vec![begin_button(&dossier, step)]);
        }
    }
    cx.reply(message.row(vec![look_button(case)])).await
}
