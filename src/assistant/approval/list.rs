//! One branch's source list: who is meant, what the step is to be told, everything once more, and what came
//! of it. Rights are asked again at every answer, and each case is held against the rules on its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Claim, Cx, Failure, NAME, Outcome, a_date, refuse};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::road::{Ask, CaseStep, Evidence, Lack, paper_number};
use crate::domain::when::{self, Toward};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::Dossier;
use crate::operations::cases::lists::{self, Judged, Plan, REASONS, able};
use crate::operations::{Refused, cited};
use crate::phrasing::{road as say, somebody};
use crate::store::reversals;
use crate::taps::{ApprovalTap, Tap};

/// How many candidates get a button; a whole list may be longer.
const BUTTONS: usize = 30;

/// Where the dialogue stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    /// Nobody chosen: the whole list is meant.
    #[serde(rename = "1")]
    Choosing { unit: UnitId, chosen: Vec<CaseId> },
    #[serde(rename = "1a")]
    Asked { plan: Plan, ask: Ask },
    #[serde(rename = "1p")]
    Preview { plan: Plan },
}

/// The candidates whose place on the branch's list waits for approval, by code.
async fn waiting(cx: &mut Cx<'_>, unit: UnitId) -> Result<Vec<Dossier>, Failure> {
    let found = lists::waiting(&mut cx.work().await?, unit).await;
    or_leave(cx, found)
}

/// Ends the dialogue where it is not theirs to go on.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    if found.is_err() {
        cx.leave();
    }
    Ok(found?)
}

pub(super) async fn open(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    choose(cx, unit, Vec::new()).await
}

/// The list, with everybody to choose and what can be done.
async fn choose(cx: &mut Cx<'_>, unit: UnitId, mut chosen: Vec<CaseId>) -> Outcome {
    let dossiers = waiting(cx, unit).await?;
    let units = cx.units().await?;
    if dossiers.is_empty() {
        cx.leave();
        return refuse(Phrase::new("approve-list-empty").with("unit", units.name(unit)));
    }
    chosen.retain(|case| dossiers.iter().any(|dossier| dossier.case.id == *case));
    let title = Phrase::new("approve-list-title").with("unit", units.name(unit));
    let mut message = Message::new().title(title);
    for dossier in &dossiers {
        let since = dossier.history.last().map_or(cx.today(), |taken| taken.on);
        let number = dossier.history.last().and_then(|taken| taken.evidence.number.clone());
        message = message.item(
            Phrase::new("approve-list-line")
                .with("candidate", dossier.candidate())
                .with("since", since)
                .with("number", Arg::Typed(number.unwrap_or_default())),
        );
    }
    message = message.line("approve-list-hint");
    let tap = |label: Phrase, tap| Button::new(label, Tap::Approval(tap));
    let what = |whole: &str, some: &str| match chosen.len() {
        0 => Phrase::new(whole),
        count => Phrase::new(some).with("count", count),
    };
    message = message
        .row(vec![tap(what("approve-all-button", "approve-some-button"), ApprovalTap::Approve)])
        .row(vec![tap(what("approve-return-all", "approve-return-some"), ApprovalTap::Return)]);
    for dossier in dossiers.iter().take(BUTTONS).filter(|_| dossiers.len() > 1) {
        let is_chosen = chosen.contains(&dossier.case.id);
        let key = if is_chosen { "approve-chosen" } else { "approve-choose" };
        let label = Phrase::new(key).with("candidate", dossier.candidate());
        message = message.row(vec![tap(label, ApprovalTap::Pick(dossier.case.id))]);
    }
    cx.ask(NAME, &Position::Choosing { unit, chosen }, message).await
}

/// A tap on the question that is open.
pub(super) async fn tap(cx: &mut Cx<'_>, tap: ApprovalTap) -> Outcome {
    match (cx.position()?, tap) {
        (Position::Choosing { unit, mut chosen }, ApprovalTap::Pick(case)) => {
            match chosen.iter().position(|one| *one == case) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(case),
            }
            choose(cx, unit, chosen).await
        }
        (Position::Choosing { unit, chosen }, ApprovalTap::Approve) => {
            begin(cx, unit, chosen, CaseStep::SourceApproved).await
        }
        (Position::Choosing { unit, chosen }, ApprovalTap::Return) => {
            begin(cx, unit, chosen, CaseStep::SentBack).await
        }
        (Position::Asked { plan, ask: Ask::On }, ApprovalTap::On(on)) => {
            let told = Evidence { on: Some(on), ..plan.told.clone() };
            answered(cx, plan, told).await
        }
        (Position::Asked { plan, ask: Ask::Reason }, ApprovalTap::Because(reason))
            if REASONS.contains(&reason) =>
        {
            let told = Evidence { reason: Some(reason), ..plan.told.clone() };
            answered(cx, plan, told).await
        }
        (Position::Preview { plan }, ApprovalTap::Anew) => choose(cx, plan.unit, plan.cases).await,
        (Position::Preview { plan }, ApprovalTap::Record) => record(cx, plan).await,
        _ => cx.stale().await,
    }
}

/// A text as the answer to the open question.
pub(super) async fn text(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let Position::Asked { plan, ask } = cx.position()? else { return Ok(Claim::NotMine) };
    let told = match ask {
        Ask::On => a_date(text, when::date(text, cx.today(), Toward::Past))?
            .map(|on| Evidence { on: Some(on), ..plan.told.clone() }),
        Ask::Number => {
            let number = paper_number(text);
            number.as_ref().map_or(Ok(()), |number| cited::must_be_of_a_day(number, cx.today()))?;
            number.map(|number| Evidence { number: Some(number), ..plan.told.clone() })
        }
        _ => None,
    };
    let Some(told) = told else { return Ok(Claim::NotMine) };
    answered(cx, plan, told).await?;
    Ok(Claim::Done)
}

/// Asks the open question again.
pub(super) async fn repeat(cx: &mut Cx<'_>) -> Outcome {
    match cx.position()? {
        Position::Choosing { unit, chosen } => choose(cx, unit, chosen).await,
        Position::Asked { plan, ask } => put(cx, plan, ask, Message::new()).await,
        Position::Preview { plan } => preview(cx, plan).await,
    }
}

async fn begin(cx: &mut Cx<'_>, unit: UnitId, chosen: Vec<CaseId>, step: CaseStep) -> Outcome {
    let cases = match chosen.is_empty() {
        true => waiting(cx, unit).await?.iter().map(|dossier| dossier.case.id).collect(),
        false => chosen,
    };
    go_on(cx, Plan { unit, step, cases, told: Evidence::default() }).await
}

/// Takes an answer unless it stands in everybody's way; then says why and asks again.
async fn answered(cx: &mut Cx<'_>, plan: Plan, told: Evidence) -> Outcome {
    let next = Plan { told, ..plan.clone() };
    let judged = judged(cx, &next).await?;
    if judged.iter().any(|one| one.verdict.is_possible()) {
        return go_on(cx, next).await;
    }
    let Some(ask) = open_question(cx, &plan) else { return preview(cx, plan).await };
    let head = lacking(Message::new().line("approve-nobody"), &judged).gap();
    put(cx, plan, ask, head).await
}

fn open_question(cx: &Cx<'_>, plan: &Plan) -> Option<Ask> {
    plan.step.unanswered(&plan.told, &cx.practice.regulations).next()
}

async fn go_on(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    match open_question(cx, &plan) {
        Some(ask) => put(cx, plan, ask, Message::new()).await,
        None => preview(cx, plan).await,
    }
}

/// Puts a question, below what is said already.
async fn put(cx: &mut Cx<'_>, plan: Plan, ask: Ask, head: Message) -> Outcome {
    let allowed = lists::must_approve(&cx.work().await?, plan.unit);
    or_leave(cx, allowed)?;
    let mut message = titled(cx, head, "approve-asked", &plan).await?;
    match ask {
        Ask::On => message = day(message.line("ask-on"), cx.today()),
        Ask::Number => {
            message = message.line(Phrase::new("ask-number").with("step", say::step(plan.step)));
        }
        _ => {
            message = message.line("ask-reason");
            for reason in REASONS {
                let tap = Tap::Approval(ApprovalTap::Because(reason));
                message = message.row(vec![Button::new(say::dropped_for(reason), tap)]);
            }
        }
    }
    cx.ask(NAME, &Position::Asked { plan, ask }, message).await
}

async fn titled(
    cx: &mut Cx<'_>,
    message: Message,
    key: &str,
    plan: &Plan,
) -> Result<Message, Failure> {
    let units = cx.units().await?;
    Ok(message.title(
        Phrase::new(key)
            .with("step", say::step(plan.step))
            .with("unit", units.name(plan.unit))
            .with("count", plan.cases.len()),
    ))
}

fn day(message: Message, today: NaiveDate) -> Message {
    let label = Phrase::new("ask-on-button").with("weekday", Arg::Weekday(today)).with("on", today);
    message.row(vec![Button::new(label, Tap::Approval(ApprovalTap::On(today)))])
}

/// Each candidate of a plan with what stands in the way so far, as of the day of the step.
async fn judged(cx: &mut Cx<'_>, plan: &Plan) -> Result<Vec<Judged>, Failure> {
    let judged = lists::judge(&mut cx.work().await?, plan).await;
    let mut judged = or_leave(cx, judged)?;
    for one in &mut judged {
        one.verdict.0.retain(|missing| !matches!(missing.lack, Lack::Unanswered(_)));
    }
    Ok(judged)
}

/// Those who lack something, each with what it is.
fn lacking(mut message: Message, judged: &[Judged]) -> Message {
    for one in judged.iter().filter(|one| !one.verdict.is_possible()) {
        let line = Phrase::new("approve-lacking").with("candidate", one.dossier.candidate());
        message = message.item(line);
        for missing in &one.verdict.0 {
            message = message.line(say::missing(missing));
        }
    }
    message
}

/// Everything that was told, for whom it will be recorded, and for whom it cannot.
async fn preview(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let judged = judged(cx, &plan).await?;
    if able(&judged).is_empty() {
        // There is nothing left to confirm.
        cx.leave();
        return say_left_out(cx, Message::new(), &judged).await;
    }
    let units = cx.units().await?;
    let mut message = titled(cx, Message::new(), "approve-preview", &plan).await?;
    if let Some(on) = plan.told.on {
        message = message.item(Phrase::new("told-on").with("on", on));
    }
    for told in say::told(plan.step, &plan.told, &units) {
        message = message.item(told);
    }
    let able = Arg::List(able(&judged));
    message = message.item(Phrase::new("approve-for").with("candidates", able));
    if judged.iter().any(|one| !one.verdict.is_possible()) {
        message = lacking(message.line("approve-not-for"), &judged);
    }
    let row = [("take-button", ApprovalTap::Record), ("approve-anew-button", ApprovalTap::Anew)];
    let row = row.map(|(key, tap)| Button::new(key, Tap::Approval(tap))).to_vec();
    cx.ask(NAME, &Position::Preview { plan }, message.line("approve-hint").row(row)).await
}

/// Records the plan for everybody for whom it is still possible, and names the others.
async fn record(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let step = plan.step;
    let settled = lists::settle(&mut cx.work().await?, plan).await;
    let judged = or_leave(cx, settled)?;
    cx.leave();
    let mut message = Message::new();
    let done = able(&judged);
    if !done.is_empty() {
        message = message.line(
            Phrase::new("approve-done")
                .with("step", say::step(step))
                .with("count", done.len())
                .with("candidates", Arg::List(done)),
        );
    }
    say_left_out(cx, message, &judged).await
}

/// Says whom it was not done for, and offers to look once more at what waits.
async fn say_left_out(cx: &mut Cx<'_>, mut message: Message, judged: &[Judged]) -> Outcome {
    for one in judged.iter().filter(|one| !one.verdict.is_possible()) {
        message = left_out(cx, message, one).await?;
    }
    let more = Button::new("approve-again-button", Tap::Command("duyet".to_owned()));
    cx.reply(message.row(vec![more])).await
}

/// Why somebody was left out: somebody else was quicker, or something is lacking.
async fn left_out(cx: &mut Cx<'_>, message: Message, one: &Judged) -> Result<Message, Failure> {
    let gone = one.verdict.0.iter().any(|missing| missing.lack == Lack::NotNext);
    let newest = reversals::newest(cx.tx, one.dossier.case.id).await?;
    if let Some(newest) = newest.filter(|_| gone) {
        return Ok(message.item(
            Phrase::new("approve-gone")
                .with("candidate", one.dossier.candidate())
                .with("step", say::step(newest.step))
                .with("on", newest.on)
                .with("by", somebody(newest.by)),
        ));
    }
    Ok(lacking(message, std::slice::from_ref(one)))
}
