//! Sending people to a class, by buttons or by typing. Who is not ready but one step away is shown with
//! what is lacking.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Claim, ClassTap, Cx, Desk, Dossier, Failure, NAME, Outcome, Page, Phrase, Position, beside,
    button, held, named, open_cases, operation, page, refuse,
};
use crate::domain::class::ClassKind;
use crate::domain::ids::{CaseId, ClassId, UnitId};
use crate::domain::name::{Fit, best};
use crate::domain::people::called;
use crate::domain::practice::Practice;
use crate::domain::report::leading_case_code;
use crate::domain::road::{Lack, Verdict};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{self, UnitName};
use crate::message::{Arg, Message};
use crate::operations::classes::sending::{self, Sending};
use crate::phrasing::road as say;
use crate::store::classes::Class;

/// So many people are named who are not ready.
const NAMED: usize = 15;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Plan {
    pub class: ClassId,
    pub chosen: Vec<CaseId>,
    at: Step,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// This page of those who may be sent.
    Choose(usize),
    Preview,
}

/// Who may be sent to a class now, in the order of the branches, and who nearly.
struct Choice {
    ready: Vec<Dossier>,
    /// With what is lacking.
    nearly: Vec<(Dossier, Phrase)>,
    /// Everybody else, as sentences name them.
    not: Vec<(CaseId, Arg)>,
}

/// Somebody whose certificate ends, and its last day.
pub(super) struct Ending<'s> {
    pub dossier: &'s Dossier,
    pub on: NaiveDate,
}

/// Whether somebody has a certificate that ends, and may study for another.
pub(super) fn ending<'s>(
    practice: &Practice,
    dossier: &'s Dossier,
    today: NaiveDate,
) -> Option<Ending<'s>> {
    let road = dossier.road(practice);
    let certificate = road.certificate()?;
    let step = ClassKind::Awareness.step();
    let again =
        road.possible(today).iter().any(|(next, verdict)| *next == step && verdict.is_possible());
    again.then_some(Ending { dossier, on: certificate.on })
}

async fn choice(cx: &mut Cx<'_>, class: &Class) -> Result<Choice, Failure> {
    let judged = sending::judged(&mut cx.work().await?, class).await?;
    let mut choice = Choice { ready: Vec::new(), nearly: Vec::new(), not: Vec::new() };
    for (dossier, verdict) in judged {
        if verdict.is_possible() {
            choice.ready.push(dossier);
            continue;
        }
        choice.not.push((dossier.case.id, dossier.candidate()));
        if let Some(why) = why_not(cx, class, &dossier, &verdict) {
            choice.nearly.push((dossier, why));
        }
    }
    Ok(choice)
}

/// What is lacking, if it is little: the step just before, or something about the step itself.
fn why_not(cx: &Cx<'_>, class: &Class, dossier: &Dossier, verdict: &Verdict) -> Option<Phrase> {
    let lacks = |verdict: &Verdict| {
        let lacks = verdict.0.iter().map(|missing| say::lack(&missing.lack).into());
        Arg::List(lacks.collect())
    };
    if !verdict.0.iter().any(|missing| missing.lack == Lack::NotNext) {
        return Some(Phrase::new("class-lacks").with("lacks", lacks(verdict)));
    }
    let road = dossier.road(cx.practice);
    let (first, before) = road.first_before(class.what.kind.step(), cx.today())?;
    let step = say::step(first);
    Some(match before.is_possible() {
        true => Phrase::new("class-first-step").with("step", step),
        false => Phrase::new("class-first-lacks").with("step", step).with("lacks", lacks(&before)),
    })
}

/// Begins to send people to a class; some may be chosen already.
pub(super) async fn begin(
    cx: &mut Cx<'_>,
    desk: &Desk,
    class: &Class,
    chosen: Vec<CaseId>,
) -> Outcome {
    if class.cancelled.is_some() {
        return refuse("class-is-cancelled");
    }
    ask(cx, desk, Plan { class: class.id, chosen, at: Step::Choose(0) }, None).await
}

/// Begins with those whose certificate ends, for the next awareness class there is.
pub(super) async fn again(cx: &mut Cx<'_>, desk: &Desk) -> Outcome {
    let Some(class) = page::next(cx, ClassKind::Awareness).await? else {
        return refuse("class-again-none");
    };
    let (practice, today) = (cx.practice, cx.today());
    let dossiers = open_cases(cx, class.what.unit).await?;
    let chosen = dossiers
        .iter()
        .filter_map(|dossier| ending(practice, dossier, today))
        .map(|e| e.dossier.case.id);
    let chosen = chosen.collect();
    begin(cx, desk, &class, chosen).await
}

/// Asks whom to send, or shows whom; below what is said already.
pub(super) async fn ask(
    cx: &mut Cx<'_>,
    desk: &Desk,
    mut plan: Plan,
    head: Option<Phrase>,
) -> Outcome {
    let class = held(cx, plan.class).await?;
    let choice = choice(cx, &class).await?;
    let staying: Vec<Arg> = choice
        .not
        .iter()
        .filter(|(case, _)| plan.chosen.contains(case))
        .map(|(_, of)| of.clone())
        .collect();
    let mut head = head;
    if plan.at == Step::Preview && !staying.is_empty() {
        head = Some(some_stay(staying));
        plan.at = Step::Choose(0);
    }
    plan.chosen = ordered(&choice, &plan.chosen);
    let mut message = match head {
        Some(head) => Message::of(head).gap(),
        None => Message::new(),
    };
    message = match plan.at {
        _ if choice.ready.is_empty() => {
            cx.leave();
            let message =
                message.line(Phrase::new("class-nobody").with("class", named(&class.what)));
            return cx.reply(nearly(desk, &choice, message)).await;
        }
        Step::Choose(page) => choose(desk, &class, &choice, &plan, page, message),
        Step::Preview => preview(desk, &class, &choice, &plan, message),
    };
    cx.ask(NAME, &Position::Sending { plan }, message).await
}

/// That some who were chosen may not be sent any more.
fn some_stay(staying: Vec<Arg>) -> Phrase {
    Phrase::new("class-some-stay").with("people", Arg::List(staying))
}

/// Those of some who may still be sent, in the order they are shown, each once.
fn ordered(choice: &Choice, chosen: &[CaseId]) -> Vec<CaseId> {
    choice.ready.iter().map(|dossier| dossier.case.id).filter(|id| chosen.contains(id)).collect()
}

fn choose(
    desk: &Desk,
    class: &Class,
    choice: &Choice,
    plan: &Plan,
    page: usize,
    message: Message,
) -> Message {
    let all = choice.ready.len();
    let page = Page::of(page, all);
    let mut message = message
        .line(Phrase::new("class-ask-whom").with("class", named(&class.what)))
        .line(Phrase::new("class-chosen").with("count", plan.chosen.len()).with("all", all));
    message = nearly(desk, choice, message);
    for dossier in page.shown(&choice.ready) {
        let id = dossier.case.id;
        let (key, tap) = match plan.chosen.contains(&id) {
            true => ("class-picked", ClassTap::Drop(id)),
            false => ("class-pick", ClassTap::Pick(id)),
        };
        let label = Phrase::new(key)
            .with("candidate", dossier.candidate())
            .with("unit", desk.units.name(dossier.case.unit));
        message = message.row(vec![button(label, tap)]);
    }
    let everybody = match plan.chosen.len() < all {
        true => button("button-class-all", ClassTap::PickAll),
        false => button("button-class-none", ClassTap::DropAll),
    };
    message.row(beside(page)).row(vec![everybody, button("button-continue", ClassTap::Continue)])
}

/// Who is not ready, and why.
fn nearly(desk: &Desk, choice: &Choice, mut message: Message) -> Message {
    if choice.nearly.is_empty() {
        return message;
    }
    message = message.line("class-not-yet");
    for (dossier, why) in choice.nearly.iter().take(NAMED) {
        message = message.item(
            Phrase::new("class-not-yet-line")
                .with("candidate", dossier.candidate())
                .with("unit", desk.units.name(dossier.case.unit))
                .with("why", why.clone()),
        );
    }
    match choice.nearly.len().saturating_sub(NAMED) {
        0 => message,
        more => message.line(Phrase::new("class-not-yet-more").with("count", more)),
    }
}

fn preview(desk: &Desk, class: &Class, choice: &Choice, plan: &Plan, message: Message) -> Message {
    let mut message = message.title("class-send-preview").line(
        Phrase::new("class-send-to")
            .with("count", plan.chosen.len())
            .with("class", named(&class.what)),
    );
    for dossier in choice.ready.iter().filter(|dossier| plan.chosen.contains(&dossier.case.id)) {
        message = message.item(
            Phrase::new("class-pick")
                .with("candidate", dossier.candidate())
                .with("unit", desk.units.name(dossier.case.unit)),
        );
    }
    message.line("class-send-hint").row(vec![
        button("button-class-send", ClassTap::Confirm),
        button("button-class-anew", ClassTap::Anew),
    ])
}

pub(super) async fn tap(cx: &mut Cx<'_>, desk: &Desk, mut plan: Plan, tap: ClassTap) -> Outcome {
    match (tap, plan.at) {
        (ClassTap::Pick(case), Step::Choose(_)) => plan.chosen.push(case),
        (ClassTap::Drop(case), Step::Choose(_)) => plan.chosen.retain(|chosen| *chosen != case),
        (ClassTap::PickAll, Step::Choose(_)) => {
            let class = held(cx, plan.class).await?;
            let all = choice(cx, &class).await?.ready;
            plan.chosen = all.iter().map(|dossier| dossier.case.id).collect();
        }
        (ClassTap::DropAll, Step::Choose(_)) => plan.chosen.clear(),
        (ClassTap::Page(page), Step::Choose(_)) => plan.at = Step::Choose(page),
        (ClassTap::Continue, Step::Choose(_)) if plan.chosen.is_empty() => {
            return refuse("class-nobody-chosen");
        }
        (ClassTap::Continue, Step::Choose(_)) => plan.at = Step::Preview,
        (ClassTap::Anew, Step::Preview) => plan.at = Step::Choose(0),
        (ClassTap::Confirm, Step::Preview) => return send(cx, desk, plan).await,
        _ => return cx.stale().await,
    }
    ask(cx, desk, plan, None).await
}

/// Codes, names or a branch, with commas between them: all of it is chosen, or nothing.
pub(super) async fn text(
    cx: &mut Cx<'_>,
    desk: &Desk,
    mut plan: Plan,
    text: &str,
) -> Result<Claim, Failure> {
    if !matches!(plan.at, Step::Choose(_)) {
        return Ok(Claim::NotMine);
    }
    let class = held(cx, plan.class).await?;
    let choice = choice(cx, &class).await?;
    for typed in text.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
        plan.chosen.extend(meant(desk, &class, &choice, typed)?);
    }
    ask(cx, desk, plan, None).await?;
    Ok(Claim::Done)
}

/// Whom a typed piece means among those who may be sent.
fn meant(desk: &Desk, class: &Class, choice: &Choice, typed: &str) -> Result<Vec<CaseId>, Failure> {
    let folded = fold(typed);
    let code = leading_case_code(&folded).filter(|(_, rest)| rest.is_empty()).map(|(code, _)| code);
    let fit = |dossier: &Dossier| match &code {
        Some(code) => (dossier.case.code == *code).then_some(Fit::Exactly),
        None => called(&dossier.case.name, typed),
    };
    let ready: Vec<&Dossier> = best(&choice.ready, |dossier| fit(dossier));
    match ready[..] {
        [one] => return Ok(vec![one.case.id]),
        [] => {}
        _ => {
            let people = ready.iter().map(|dossier| dossier.candidate()).collect();
            return refuse(Phrase::new("class-several").with("people", Arg::List(people)));
        }
    }
    if let Some((dossier, why)) = choice.nearly.iter().find(|(dossier, _)| fit(dossier).is_some()) {
        let not_yet = Phrase::new("class-not-ready")
            .with("candidate", dossier.candidate())
            .with("why", why.clone());
        return refuse(not_yet);
    }
    let below = operation::branches(&desk.units, class.what.unit);
    let branches = desk.units.branches().filter(|branch| below.contains(&branch.id));
    match units::named(branches, &folded)[..] {
        [branch] if code.is_none() => of_branch(choice, branch.id, &branch.name),
        _ => refuse(Phrase::new("class-unknown").with("typed", Arg::Typed(Typed::new(typed)))),
    }
}

fn of_branch(choice: &Choice, unit: UnitId, name: &UnitName) -> Result<Vec<CaseId>, Failure> {
    let here = choice.ready.iter().filter(|dossier| dossier.case.unit == unit);
    let here: Vec<CaseId> = here.map(|dossier| dossier.case.id).collect();
    match here.is_empty() {
        true => refuse(Phrase::new("class-branch-nobody").with("unit", name)),
        false => Ok(here),
    }
}

/// Sends everybody, if all of them may still go; otherwise says who may not, and asks anew.
async fn send(cx: &mut Cx<'_>, desk: &Desk, plan: Plan) -> Outcome {
    let class = held(cx, plan.class).await?;
    match sending::send(&mut cx.work().await?, class.id, &plan.chosen).await? {
        Sending::Stay { going, staying } => {
            let plan = Plan { chosen: going, at: Step::Choose(0), ..plan };
            ask(cx, desk, plan, Some(some_stay(staying))).await
        }
        Sending::Done(count) => {
            cx.leave();
            let class_name = named(&class.what);
            let head = Phrase::new("class-sent").with("count", count).with("class", class_name);
            page::show(cx, desk, &class, Some(head)).await
        }
    }
}
