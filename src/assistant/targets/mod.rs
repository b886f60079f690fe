//! `/chitieu`: how many a branch is to admit in a year, or to bring into its source, and how far it is.
//!
//! Grammar: `/chitieu [year]` shows the table of a year, this one if none is named; `/chitieu unit`
//! one branch; `/chitieu unit [year] [nguồn] number` sets a target at once, `bỏ` in place of the number
//! withdraws it. `2027: Chi bộ Phòng 1: 2` is read as well. Or by buttons: the branch, then the number.
//! What is odd (more than there are people to admit, a year that is over) is asked about once more.
//! The committee and its office set targets and see all branches below them; secretaries and deputies
//! see their own. Nothing is overwritten: each change says who made it, and when.

mod setting;
mod table;

use async_trait::async_trait;
use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::ids::UnitId;
use crate::domain::target::{Amount, Line, TargetKind, YEARS_AHEAD};
use crate::domain::text::{as_typed, fold};
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitName, named};
use crate::message::{Arg, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::phrasing::target::{about, amount, kind};
use crate::store::targets::Key;
use crate::taps::{Tap, TargetTap};

pub struct Targets;

const NAME: &str = "targets";

/// The first year that can be asked for; there is nothing to compare with before.
const FIRST_YEAR: i32 = 1990;

/// Where the dialogue stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    /// Which branch?
    #[serde(rename = "1u")]
    Unit { year: i32 },
    /// How many? `was` is what stood when it was asked.
    #[serde(rename = "1n")]
    Amount { unit: UnitId, year: i32, kind: TargetKind, was: Option<i64> },
    /// Even so?
    #[serde(rename = "1c")]
    Odd { unit: UnitId, year: i32, kind: TargetKind, was: Option<i64>, amount: Option<i64> },
}

/// Whose targets somebody sees, and whether they set them.
struct Scope {
    /// By code.
    branches: Vec<Unit>,
    sets: bool,
}

impl Scope {
    fn holds(&self, unit: UnitId) -> bool {
        self.branches.iter().any(|branch| branch.id == unit)
    }

    fn name(&self, unit: UnitId) -> UnitName {
        let branch = self.branches.iter().find(|branch| branch.id == unit);
        branch.map(|unit| unit.name.clone()).unwrap_or_default()
    }
}

#[async_trait]
impl Feature for Targets {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "chitieu",
            words: &["chi tieu", "chi tieu ket nap", "targets"],
            needs: &[Right::SeeTargets],
            about: "target-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Target(tap) = tap else { return cx.stale().await };
        let scope = scope(cx).await?;
        match tap {
            TargetTap::Year(year) => {
                must_be_possible(cx, year)?;
                table::show(cx, &scope, year, None).await
            }
            TargetTap::Changes(year) => table::changes(cx, &scope, year).await,
            TargetTap::Set(year) => {
                must_set(&scope)?;
                setting::ask_unit(cx, &scope, year).await
            }
            TargetTap::Of { unit, year, kind } => {
                must_set(&scope)?;
                must_be_possible(cx, year)?;
                if !scope.holds(unit) {
                    return refuse("target-not-yours");
                }
                setting::ask_amount(cx, &scope, (unit, year, kind), None).await
            }
            TargetTap::Anyway if cx.on_open_question() => {
                let Position::Odd { unit, year, kind, was, amount } = cx.position()? else {
                    return cx.stale().await;
                };
                may_still(cx, &scope, unit)?;
                setting::set(cx, &scope, (unit, year, kind), was, amount).await
            }
            TargetTap::Anyway => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let position = cx.position()?;
        let scope = scope(cx).await?;
        match position {
            Position::Unit { year } => {
                must_set(&scope).inspect_err(|_| cx.leave())?;
                let unit = one(&scope, &fold(text), text)?;
                setting::ask_amount(cx, &scope, (unit, year, TargetKind::Admissions), None).await?;
            }
            Position::Amount { unit, year, kind, was } => {
                may_still(cx, &scope, unit)?;
                // The line of a number alone; whatever else it is, it is none.
                let Line { amount: Some(amount), unit: rest, .. } = Line::read(text, cx.today())
                else {
                    return Ok(Claim::NotMine);
                };
                if !rest.is_empty() {
                    return Ok(Claim::NotMine);
                }
                setting::take(cx, &scope, (unit, year, kind), was, amount).await?;
            }
            Position::Odd { .. } => return Ok(Claim::NotMine),
        }
        Ok(Claim::Done)
    }

    fn wants_number(&self, cx: &Cx<'_>) -> bool {
        matches!(cx.position(), Ok(Position::Amount { .. }))
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let position = cx.position()?;
        let scope = scope(cx).await?;
        must_set(&scope).inspect_err(|_| cx.leave())?;
        match position {
            Position::Unit { year } => setting::ask_unit(cx, &scope, year).await,
            Position::Amount { unit, year, kind, .. } => {
                setting::ask_amount(cx, &scope, (unit, year, kind), None).await
            }
            Position::Odd { unit, year, kind, was, amount } => {
                setting::ask_anyway(cx, &scope, (unit, year, kind), was, amount).await
            }
        }
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    let scope = scope(cx).await?;
    let line = Line::read(rest, cx.today());
    let year = line.year.unwrap_or(cx.today().year());
    must_be_possible(cx, year)?;
    if line.unit.is_empty() && line.amount.is_none() {
        return table::show(cx, &scope, year, None).await;
    }
    let whole = match &line.amount {
        Some(Amount::Number(n)) if line.may_be_name => format!("{} {n}", line.unit),
        _ => line.unit.clone(),
    };
    // A number may end the name of a branch, which then is only looked at.
    if line.amount.is_none() || line.may_be_name && any(&scope, whole.trim()) {
        let unit = one(&scope, whole.trim(), rest)?;
        return table::branch(cx, &scope, unit, year).await;
    }
    if !scope.sets {
        return refuse("target-not-yours");
    }
    let unit = one(&scope, &line.unit, rest)?;
    match line.amount {
        Some(amount) => {
            let key = (unit, year, line.kind);
            let was = setting::standing(cx, key).await?;
            setting::take(cx, &scope, key, was, amount).await
        }
        None => Ok(()),
    }
}

/// What the person may see today.
async fn scope(cx: &mut Cx<'_>) -> Result<Scope, Failure> {
    let units = cx.units().await?;
    let held = |me, right| rights::branches(me, right, &units).into_iter().cloned().collect();
    let mut branches: Vec<Unit> = held(cx.me()?, Right::SetTargets);
    let sets = !branches.is_empty();
    if !sets {
        branches = held(cx.me()?, Right::SeeTargets);
    }
    if branches.is_empty() {
        if is_open(cx) {
            cx.leave();
        }
        return refuse("target-not-allowed");
    }
    Ok(Scope { branches, sets })
}

fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME)
}

fn must_set(scope: &Scope) -> Result<(), Failure> {
    if scope.sets { Ok(()) } else { refuse("target-not-yours") }
}

/// Whether the question is still theirs to answer: an office may have ended.
fn may_still(cx: &mut Cx<'_>, scope: &Scope, unit: UnitId) -> Result<(), Failure> {
    if scope.sets && scope.holds(unit) {
        return Ok(());
    }
    cx.leave();
    refuse("target-not-yours")
}

fn must_be_possible(cx: &Cx<'_>, year: i32) -> Result<(), Failure> {
    let last = cx.today().year() + YEARS_AHEAD;
    if (FIRST_YEAR..=last).contains(&year) {
        return Ok(());
    }
    refuse(
        Phrase::new("target-year-far")
            .with("year", Arg::figures(year))
            .with("first", Arg::figures(FIRST_YEAR))
            .with("last", Arg::figures(last)),
    )
}

fn any(scope: &Scope, words: &str) -> bool {
    !named(&scope.branches, words).is_empty()
}

/// The branch that folded words of what was said mean; of several the person is told which.
fn one(scope: &Scope, words: &str, said: &str) -> Result<UnitId, Failure> {
    if words.is_empty() {
        return match &scope.branches[..] {
            [only] => Ok(only.id),
            _ => refuse("target-which-unit"),
        };
    }
    match named(&scope.branches, words)[..] {
        [unit] => Ok(unit.id),
        // Whether there is such a branch elsewhere is not theirs to hear.
        [] => {
            let words = Typed::new(as_typed(said, words));
            refuse(Phrase::new("target-no-unit").with("words", words))
        }
        ref several => {
            let names = several.iter().map(|unit| Arg::from(&unit.name)).collect();
            refuse(Phrase::new("target-several").with("units", Arg::List(names)))
        }
    }
}

/// A sentence about the target of a branch.
fn on_target(key: &str, scope: &Scope, (unit, year, of): Key) -> Phrase {
    about(key, &scope.name(unit), year, of)
}

/// A message that says nothing yet, or what is said already.
fn below(head: Option<Phrase>) -> Message {
    match head {
        Some(head) => Message::of(head).gap(),
        None => Message::new(),
    }
}
