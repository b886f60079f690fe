//! The candidates of a branch, stage by stage, with what each waits for; and the list of dossiers.

use super::{Cx, Failure, Outcome, refuse};
use crate::domain::ids::UnitId;
use crate::domain::practice::Practice;
use crate::domain::road::{Stage, deadlines};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, named};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::{self, Dossier};
use crate::operations::rights::{self, Right};
use crate::phrasing::road as say;
use crate::taps::{IntroductionTap, RoadTap, Tap};

/// How many dossiers get a button; the others are opened by typing their code.
const BUTTONS: usize = 30;
const BUTTONS_IN_A_ROW: usize = 3;

/// The branch that is meant, or that of the person asking, or the choice of those they may see.
pub(super) async fn open(cx: &mut Cx<'_>, meant: &str) -> Outcome {
    let mut branches = branches(cx).await?;
    if !meant.is_empty() {
        let named: Vec<Unit> = named(&branches, &fold(meant)).into_iter().cloned().collect();
        if named.is_empty() {
            return refuse(
                Phrase::new("pool-no-branch").with("typed", Arg::Typed(Typed::new(meant))),
            );
        }
        branches = named;
    }
    if let [only] = &branches[..] {
        return branch(cx, only.id).await;
    }
    let dossiers = cases::all(&mut cx.work().await?, &ids(&branches)).await?;
    let mut message = Message::new().title("pool-branches");
    for unit in &branches {
        let here = dossiers.iter().filter(|dossier| dossier.case.unit == unit.id);
        message = message.item(
            Phrase::new("pool-branch")
                .with("unit", &unit.name)
                .with("count", here.filter(|dossier| dossier.stage().is_open()).count()),
        );
    }
    for unit in &branches {
        let label = Phrase::new("pool-branch-button").with("unit", &unit.name);
        message = message.row(vec![Button::new(label, Tap::Road(RoadTap::Branch(unit.id)))]);
    }
    cx.reply(message).await
}

/// The candidates of one branch.
pub(super) async fn branch(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    if !cx.may(Right::SeeDossiers, unit).await? {
        return refuse("pool-not-allowed");
    }
    let units = cx.units().await?;
    let mut dossiers = cases::all(&mut cx.work().await?, &[unit]).await?;
    dossiers.retain(|dossier| dossier.stage().is_open() || dossier.stage() == Stage::Dropped);
    let title = Phrase::new("pool-title").with("unit", units.name(unit));
    let mut message = Message::new().title(title);
    if dossiers.is_empty() {
        return cx.reply(message.line("pool-none")).await;
    }
    for stage in Stage::ALL {
        let here: Vec<&Dossier> =
            dossiers.iter().filter(|dossier| dossier.stage() == *stage).collect();
        if here.is_empty() {
            continue;
        }
        message = message.line(
            Phrase::new("pool-stage").with("stage", say::stage(*stage)).with("count", here.len()),
        );
        for dossier in here {
            message = message.item(waits(cx, dossier));
        }
    }
    cx.reply(with_buttons(message, &dossiers)).await
}

/// What a candidate waits for: the next step, or what it lacks; and the limit that ends first.
fn waits(cx: &Cx<'_>, dossier: &Dossier) -> Phrase {
    let (practice, today) = (cx.practice, cx.today());
    let next = dossier.road(practice).possible(today).into_iter().find(|(step, _)| step.leads_on());
    let waits = match next {
        Some((step, verdict)) if verdict.is_possible() => Phrase::new("pool-ready")
            .with("step", say::step(step))
            .with("who", say::any_of(step.takers())),
        Some((step, verdict)) => {
            let lacks = verdict.0.iter().map(|missing| say::lack(&missing.lack).into());
            Phrase::new("pool-lacking")
                .with("step", say::step(step))
                .with("lacks", Arg::List(lacks.collect()))
        }
        None => Phrase::new("pool-nothing"),
    };
    let line = Phrase::new("pool-line").with("candidate", dossier.candidate()).with("waits", waits);
    match first_limit(practice, dossier) {
        Some(limit) => Phrase::new("pool-line-limit").with("line", line).with("limit", limit),
        None => line,
    }
}

fn first_limit(practice: &Practice, dossier: &Dossier) -> Option<Phrase> {
    let Dossier { history, facts, .. } = dossier;
    let running = deadlines(history, &facts.papers, &practice.regulations, &practice.calendar);
    running.first().map(|limit| {
        Phrase::new("pool-limit").with("kind", say::deadline(limit.kind)).with("on", limit.on)
    })
}

/// Every dossier the person may see: those on the road with a button, the others by their codes. The
/// committee is offered to take in somebody who comes from another organisation.
pub(super) async fn dossiers(cx: &mut Cx<'_>) -> Outcome {
    let branches = branches(cx).await?;
    let (open, ended): (Vec<Dossier>, Vec<Dossier>) =
        cases::all(&mut cx.work().await?, &ids(&branches))
            .await?
            .into_iter()
            .partition(|dossier| dossier.stage().is_open());
    let mut message = Message::new().title("page-list");
    for unit in &branches {
        let mut here = open.iter().filter(|dossier| dossier.case.unit == unit.id).peekable();
        if branches.len() > 1 && here.peek().is_some() {
            message = message.line(Phrase::new("page-list-unit").with("unit", &unit.name));
        }
        for dossier in here {
            message = message.item(
                Phrase::new("page-list-line")
                    .with("candidate", dossier.candidate())
                    .with("stage", say::stage(dossier.stage())),
            );
        }
    }
    if open.is_empty() {
        message = message.line("pool-none");
    }
    if !ended.is_empty() {
        let codes = ended.iter().map(|dossier| Arg::code(&dossier.case.code)).collect();
        message = message.line(Phrase::new("page-list-ended").with("codes", Arg::List(codes)));
    }
    message = with_buttons(message, &open);
    // Whom the committee takes in has no dossier here yet.
    if rights::somewhere(cx.me()?, Right::TakeIn) {
        let arrive = Tap::Introduction(IntroductionTap::Arrive);
        message = message.row(vec![Button::new("arrive-button", arrive)]);
    }
    cx.reply(message).await
}

fn with_buttons(mut message: Message, dossiers: &[Dossier]) -> Message {
    let shown = &dossiers[..dossiers.len().min(BUTTONS)];
    for row in shown.chunks(BUTTONS_IN_A_ROW) {
        let buttons = row.iter().map(|dossier| {
            let label = Phrase::new("page-open-button").with("code", Arg::code(&dossier.case.code));
            Button::new(label, Tap::Road(RoadTap::Open(dossier.case.id)))
        });
        message = message.row(buttons.collect());
    }
    message
}

/// The branches whose candidates the person may see.
async fn branches(cx: &mut Cx<'_>) -> Result<Vec<Unit>, Failure> {
    let units = cx.units().await?;
    let seen = rights::branches(cx.me()?, Right::SeeDossiers, &units);
    if seen.is_empty() {
        refuse("pool-not-allowed")
    } else {
        Ok(seen.into_iter().cloned().collect())
    }
}

fn ids(units: &[Unit]) -> Vec<UnitId> {
    units.iter().map(|unit| unit.id).collect()
}
