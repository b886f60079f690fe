//! The dialogue that records a step: it asks for the evidence piece by piece, holds each answer
//! against the rules at once, shows everything, and records it when it is confirmed. Rights and
//! rules are asked again at every answer and once more before anything is written.

use serde::{Deserialize, Serialize};

use super::questions::{self, Answer};
use super::{Claim, Cx, Failure, NAME, Outcome, a_date, branches, page, people, refuse};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::practice::Practice;
use crate::domain::road::{
    Ask, CaseStep, Evidence, Lack, Verdict, deadlines, paper_number, stage_after,
};
use crate::domain::text::nfc;
use crate::domain::when::{self, Toward};
use crate::message::{Button, Message, Phrase};
use crate::operations::cases::taking::{self, Took};
use crate::operations::cases::{self, Dossier, look_button, on_step};
use crate::operations::cited;
use crate::phrasing::road as say;
use crate::taps::{RoadTap, Tap};

/// A vote of fewer is a slip of the finger more often than a committee.
const FEW: u32 = 3;

/// A step on its way to being recorded.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Plan {
    pub case: CaseId,
    pub step: CaseStep,
    pub told: Evidence,
    /// Who is named so far, while that is asked.
    pub chosen: Vec<PersonId>,
}

/// Where the dialogue stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    Asked { plan: Plan, ask: Ask },
    /// Everything is told and shown.
    #[serde(rename = "1p")]
    Preview { plan: Plan },
    /// Which answer to change.
    #[serde(rename = "1m")]
    Menu { plan: Plan },
}

impl Position {
    fn plan(self) -> Plan {
        match self {
            Self::Asked { plan, .. } | Self::Preview { plan } | Self::Menu { plan } => plan,
        }
    }
}

/// Begins to record a step, if it is possible now.
pub(super) async fn begin(cx: &mut Cx<'_>, case: CaseId, step: CaseStep) -> Outcome {
    let dossier = cases::today(&mut cx.work().await?, case).await?;
    taking::must_be_theirs(&dossier, step)?;
    let possible = dossier.road(cx.practice).possible(cx.today());
    let Some((_, verdict)) = possible.into_iter().find(|(next, _)| *next == step) else {
        return refuse(on_step("take-not-next", &dossier, step));
    };
    if !verdict.is_possible() {
        return cannot(cx, &dossier, step, &verdict).await;
    }
    let plan = Plan { case, step, told: Evidence::default(), chosen: Vec::new() };
    go_on(cx, &dossier, plan, Message::new()).await
}

/// Shows what a step lacks, and ends the dialogue.
async fn cannot(cx: &mut Cx<'_>, dossier: &Dossier, step: CaseStep, verdict: &Verdict) -> Outcome {
    cx.leave();
    let message = Message::new().title(on_step("take-impossible", dossier, step));
    let message = page::lacks(message, verdict).row(vec![look_button(dossier.case.id)]);
    cx.reply(message).await
}

/// The case of a plan with what is known of it on the day of the step, if the person asking may
/// still take it.
async fn of(cx: &mut Cx<'_>, plan: &Plan) -> Result<Dossier, Failure> {
    let dossier = taking::theirs(&mut cx.work().await?, plan.case, plan.step, &plan.told).await;
    // Whoever lost the right is not asked any further.
    Ok(dossier.inspect_err(|_| cx.leave())?)
}

/// What speaks against a plan as far as it goes, the people in it taken as they were on its day.
async fn against(cx: &mut Cx<'_>, dossier: &Dossier, plan: &mut Plan) -> Result<Verdict, Failure> {
    let (step, mut work) = (plan.step, cx.work().await?);
    let mut verdict = taking::judge(&mut work, dossier, step, &mut plan.told).await?;
    verdict.0.retain(|missing| !matches!(missing.lack, Lack::Unanswered(_)));
    Ok(verdict)
}

/// Takes an answer if nothing speaks against it; otherwise says what does and asks again.
async fn answered(cx: &mut Cx<'_>, before: Plan, ask: Ask, answer: Answer) -> Outcome {
    let mut plan = before.clone();
    answer.put_into(&mut plan.told, ask);
    let dossier = of(cx, &plan).await?;
    let verdict = against(cx, &dossier, &mut plan).await?;
    if verdict.0.iter().all(|missing| missing.lack.is_mended_by_consent()) {
        let head = page::lacks(Message::new(), &verdict);
        return go_on(cx, &dossier, plan, head).await;
    }
    let head = page::lacks(Message::new().line("take-answer-wrong"), &verdict).gap();
    let dossier = of(cx, &before).await?;
    put(cx, &dossier, before, ask, head).await
}

/// Asks what is still open, and shows everything when nothing is. What stands in `head` and only a
/// consent can mend is asked for first.
async fn go_on(cx: &mut Cx<'_>, dossier: &Dossier, plan: Plan, head: Message) -> Outcome {
    if !head.body.is_empty() {
        return put(cx, dossier, plan, Ask::Consent, head.gap()).await;
    }
    let open = plan.step.unanswered(&plan.told, &cx.practice.regulations).next();
    match open {
        Some(ask) => put(cx, dossier, plan, ask, Message::new()).await,
        None => preview(cx, dossier, plan).await,
    }
}

/// Puts a question, below what is said already.
async fn put(cx: &mut Cx<'_>, dossier: &Dossier, plan: Plan, ask: Ask, head: Message) -> Outcome {
    let message = questions::question(cx, dossier, &plan, ask, head).await?;
    cx.ask(NAME, &Position::Asked { plan, ask }, message).await
}

/// Everything that was told, what it makes of the case, and the question whether to record it.
async fn preview(cx: &mut Cx<'_>, dossier: &Dossier, plan: Plan) -> Outcome {
    let mut message = Message::new().title(on_step("take-preview", dossier, plan.step));
    if let Some(on) = plan.told.on {
        message = message.item(Phrase::new("told-on").with("on", on));
    }
    let units = cx.units().await?;
    for told in say::told(plan.step, &plan.told, &units) {
        message = message.item(told);
    }
    let road = dossier.road(cx.practice);
    if let Some((tally, source)) = road.tally(plan.step, &plan.told) {
        message = message.line(
            Phrase::new("take-tally")
                .with("tally", say::tally(&tally))
                .with("source", say::source(&source)),
        );
        // Nothing forbids it, but it is rarely meant.
        if tally.counted * 2 < tally.votes.members || tally.votes.members < FEW {
            let counted = tally.counted;
            message = message.line(Phrase::new("take-few-votes").with("counted", counted));
        }
    }
    let Practice { regulations, calendar, .. } = cx.practice;
    let running = deadlines(&dossier.history, &dossier.facts.papers, regulations, calendar);
    let limit = running.into_iter().find(|limit| plan.step.limit() == Some(limit.kind));
    if let (Some(limit), Some(on)) = (limit, plan.told.on)
        && on > limit.on
        && limit.kind.can_be_missed()
    {
        message = message.line(
            Phrase::new("take-late")
                .with("kind", say::deadline(limit.kind))
                .with("on", limit.on)
                .with("days", (on - limit.on).num_days())
                .with("source", say::source(&limit.source)),
        );
    }
    if let Some(after) = stage_after(&dossier.history, plan.step) {
        message = message.line(Phrase::new("take-after").with("stage", say::stage(after)));
    }
    if let Some((status, from)) = plan.told.on.and_then(|on| road.standing_after(plan.step, on)) {
        let status = Phrase::new(format!("status-{status}"));
        let line = Phrase::new("take-standing").with("status", status).with("from", from);
        message = message.line(line);
    }
    message = message
        .line("take-preview-hint")
        .row(vec![button("take-button", RoadTap::Take), button("take-edit-button", RoadTap::Edit)]);
    cx.ask(NAME, &Position::Preview { plan }, message).await
}

fn button(label: impl Into<Phrase>, tap: RoadTap) -> Button {
    Button::new(label, Tap::Road(tap))
}

/// Which answer to change; those after it are asked anew, because they may depend on it.
async fn menu(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let mut message = Message::of("take-edit");
    for ask in questions::asked_of(&plan) {
        message = message.row(vec![button(say::asked(ask), RoadTap::Change(ask))]);
    }
    cx.ask(NAME, &Position::Menu { plan }, message).await
}

/// A tap on the question that is open.
pub(super) async fn tap(cx: &mut Cx<'_>, tap: RoadTap) -> Outcome {
    match (cx.position()?, tap) {
        (Position::Asked { plan, ask: ask @ (Ask::On | Ask::Received) }, RoadTap::On(day)) => {
            answered(cx, plan, ask, Answer::Day(day)).await
        }
        (Position::Asked { plan, ask: Ask::Reason }, RoadTap::Because(reason)) => {
            answered(cx, plan, Ask::Reason, Answer::Reason(reason)).await
        }
        (
            Position::Asked { plan, ask: ask @ (Ask::Mentors | Ask::Introducers) },
            RoadTap::Name(id),
        ) => {
            let dossier = of(cx, &plan).await?;
            let plan = people::turn(cx, &dossier, plan, id).await?;
            put(cx, &dossier, plan, ask, Message::new()).await
        }
        (
            Position::Asked { plan, ask: ask @ (Ask::Mentors | Ask::Introducers) },
            RoadTap::Named,
        ) => {
            let chosen = plan.chosen.clone();
            answered(cx, plan, ask, Answer::People(chosen)).await
        }
        (Position::Asked { plan, ask: Ask::Branch }, RoadTap::To(unit)) => {
            of(cx, &plan).await?;
            if !branches::is_offered(cx, unit).await? {
                return cx.stale().await;
            }
            answered(cx, plan, Ask::Branch, Answer::Branch(unit)).await
        }
        (Position::Preview { plan }, RoadTap::Edit) => menu(cx, plan).await,
        (Position::Menu { mut plan }, RoadTap::Change(ask))
            if questions::asked_of(&plan).contains(&ask) =>
        {
            questions::forget(&mut plan, ask);
            let dossier = of(cx, &plan).await?;
            put(cx, &dossier, plan, ask, Message::new()).await
        }
        (Position::Preview { plan }, RoadTap::Take) => take(cx, plan).await,
        _ => cx.stale().await,
    }
}

/// A text as the answer to the open question.
pub(super) async fn text(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let Position::Asked { plan, ask } = cx.position()? else { return Ok(Claim::NotMine) };
    let dossier = of(cx, &plan).await?;
    let today = cx.today();
    let answer = match ask {
        Ask::On | Ask::Received => {
            a_date(text, when::date(text, today, Toward::Past))?.map(Answer::Day)
        }
        Ask::Number | Ask::Consent => {
            let number = paper_number(text);
            number.as_ref().map_or(Ok(()), |number| cited::must_be_of_a_day(number, today))?;
            number.map(Answer::Number)
        }
        Ask::Mentors | Ask::Introducers => Some(people::read(cx, &dossier, &plan, text).await?),
        Ask::Branch => branches::meant(cx, text).await?.map(Answer::Branch),
        ask => questions::read(&dossier, ask, &nfc(text)),
    };
    let Some(answer) = answer else { return Ok(Claim::NotMine) };
    answered(cx, plan, ask, answer).await?;
    Ok(Claim::Done)
}

/// Asks the open question again.
pub(super) async fn repeat(cx: &mut Cx<'_>) -> Outcome {
    let position: Position = cx.position()?;
    let dossier = of(cx, &position.clone().plan()).await?;
    match position {
        Position::Asked { plan, ask } => put(cx, &dossier, plan, ask, Message::new()).await,
        Position::Preview { plan } => preview(cx, &dossier, plan).await,
        Position::Menu { plan } => menu(cx, plan).await,
    }
}

/// Records the step, if everything still stands.
async fn take(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let Plan { case, step, told, .. } = plan;
    let on = told.on;
    let took = taking::take(&mut cx.work().await?, case, step, told).await;
    let dossier = match took.inspect_err(|_| cx.leave())? {
        Took::Done(dossier) => dossier,
        Took::Lacking(dossier, verdict) => return cannot(cx, &dossier, step, &verdict).await,
    };
    cx.leave();
    let done = on_step("take-done", &dossier, step)
        .with("on", on.unwrap_or(cx.today()))
        .with("stage", say::stage(dossier.stage()));
    cx.reply(Message::of(done).row(vec![look_button(case)])).await
}
