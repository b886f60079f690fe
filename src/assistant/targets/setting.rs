//! Setting a target: for which branch, how many, and whether what is odd is meant. It is written once
//! more only where nobody else has changed it since it was asked about.

use chrono::Datelike;

use super::{
    Cx, Failure, Message, NAME, Outcome, Phrase, Position, Scope, amount, below, kind, on_target,
    refuse, table,
};
use crate::domain::ids::UnitId;
use crate::domain::target::{Amount, TargetKind};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button};
use crate::operations::targets::{self as operation, Set};
use crate::phrasing;
use crate::store::targets::{self, Key};
use crate::taps::{Tap, TargetTap};

fn button(label: impl Into<Phrase>, tap: TargetTap) -> Button {
    Button::new(label, Tap::Target(tap))
}

/// What stands now.
pub(super) async fn standing(cx: &mut Cx<'_>, key: Key) -> Result<Option<i64>, Failure> {
    Ok(operation::newest(&mut cx.work().await?, key).await?.and_then(|change| change.amount))
}

pub(super) async fn ask_unit(cx: &mut Cx<'_>, scope: &Scope, year: i32) -> Outcome {
    let question = Phrase::new("target-ask-unit").with("year", Arg::figures(year));
    let mut message = Message::of(question);
    for branch in &scope.branches {
        let of = TargetTap::Of { unit: branch.id, year, kind: TargetKind::Admissions };
        let label = Phrase::new("target-unit-button").with("unit", &branch.name);
        message = message.row(vec![button(label, of)]);
    }
    let next = year + 1;
    if next <= cx.today().year() + 1 {
        let label = Phrase::new("target-year-button").with("year", Arg::figures(next));
        message = message.row(vec![button(label, TargetTap::Set(next))]);
    }
    cx.ask(NAME, &Position::Unit { year }, message).await
}

/// Asks how many; what is counted can be changed.
pub(super) async fn ask_amount(
    cx: &mut Cx<'_>,
    scope: &Scope,
    key: Key,
    head: Option<Phrase>,
) -> Outcome {
    let was = standing(cx, key).await?;
    let (unit, year, of) = key;
    let other = match of {
        TargetKind::Admissions => TargetKind::Source,
        TargetKind::Source => TargetKind::Admissions,
    };
    let label = Phrase::new("target-other-kind").with("kind", kind(other));
    let message = below(head)
        .line(on_target("target-ask-amount", scope, key).with("was", amount(was)))
        .row(vec![button(label, TargetTap::Of { unit, year, kind: other })]);
    cx.ask_number(NAME, &Position::Amount { unit, year, kind: of, was }, message).await
}

/// Takes an amount as it was typed: refuses what cannot be, asks about what is odd, sets the rest.
pub(super) async fn take(
    cx: &mut Cx<'_>,
    scope: &Scope,
    key: Key,
    was: Option<i64>,
    typed: Amount,
) -> Outcome {
    let given = match typed {
        Amount::Withdrawn => None,
        Amount::Number(n) => Some(n),
        Amount::Odd(typed) => {
            return refuse(Phrase::new("target-odd").with("typed", Arg::Typed(Typed::new(typed))));
        }
    };
    operation::must_be_possible(given)?;
    match doubts(cx, key, given).await?.is_empty() {
        true => set(cx, scope, key, was, given).await,
        false => ask_anyway(cx, scope, key, was, given).await,
    }
}

/// What makes an amount odd: a year that is over, or more than there are people for it.
async fn doubts(cx: &mut Cx<'_>, key: Key, given: Option<i64>) -> Result<Vec<Phrase>, Failure> {
    let (unit, year, of) = key;
    let mut doubts = Vec::new();
    if year < cx.today().year() {
        doubts.push(Phrase::new("target-year-over").with("year", Arg::figures(year)));
    }
    if let Some(given) = given {
        let today = cx.today();
        let done = targets::done(cx.tx, year, year, today).await?;
        let done = done.get(&(unit, year, of)).copied().unwrap_or_default();
        let guests = non_members(cx, unit).await?;
        if given > guests + done {
            doubts.push(
                Phrase::new("target-more-than-there-are").with("count", guests).with("done", done),
            );
        }
    }
    Ok(doubts)
}

/// How many of a branch's unit are no members today.
async fn non_members(cx: &mut Cx<'_>, unit: UnitId) -> Result<i64, Failure> {
    let today = cx.today();
    let figures = cx.figures(unit, today, today.succ_opt().unwrap_or(today)).await?;
    Ok(figures.map_or(0, |figures| figures.staff - figures.members))
}

pub(super) async fn ask_anyway(
    cx: &mut Cx<'_>,
    scope: &Scope,
    key: Key,
    was: Option<i64>,
    given: Option<i64>,
) -> Outcome {
    let (unit, year, of) = key;
    let mut message =
        Message::of(on_target("target-odd-title", scope, key).with("to", amount(given)));
    for doubt in doubts(cx, key, given).await? {
        message = message.item(doubt);
    }
    let message = message.line("target-ask-anyway").row(vec![
        button("button-target-anyway", TargetTap::Anyway),
        button("button-target-change", TargetTap::Of { unit, year, kind: of }),
    ]);
    let position = Position::Odd { unit, year, kind: of, was, amount: given };
    cx.ask(NAME, &position, message).await
}

/// Sets it, unless somebody else did since it was asked about: then they decide anew who see what it
/// is now.
pub(super) async fn set(
    cx: &mut Cx<'_>,
    scope: &Scope,
    key: Key,
    was: Option<i64>,
    given: Option<i64>,
) -> Outcome {
    let done = operation::set(&mut cx.work().await?, key, was, given).await?;
    let head = match done {
        Set::Meanwhile(change) => {
            let head = on_target("target-changed-meanwhile", scope, key)
                .with("by", phrasing::somebody(change.by))
                .with("at", cx.practice.local(change.at))
                .with("to", amount(change.amount));
            return ask_amount(cx, scope, key, Some(head)).await;
        }
        Set::Same if given.is_none() => on_target("target-same-none", scope, key),
        Set::Same => on_target("target-same", scope, key).with("to", amount(given)),
        Set::Done { was } if given.is_none() => {
            on_target("target-withdrawn", scope, key).with("from", amount(was))
        }
        Set::Done { was } => {
            on_target("target-set", scope, key).with("from", amount(was)).with("to", amount(given))
        }
    };
    cx.leave();
    table::show(cx, scope, key.1, Some(head)).await
}
