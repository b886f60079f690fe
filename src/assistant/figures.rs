//! `/thongke`: the figures of the organisation or a branch, for a year or a range of years.
//!
//! Grammar: `/thongke [unit] [period]` in any order, with or without accents: `thong ke phong 1`,
//! `/thongke phòng 1 2018`, `/thongke 2015-2018`, `/thongke quý 3`. Without a unit: the whole of
//! what the asker watches over. Who leads one branch sees that branch; the committee and its
//! office see everything below them.

use async_trait::async_trait;
use chrono::{Datelike, NaiveDate};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::Feature;
use crate::domain::figures::Figures;
use crate::domain::ids::UnitId;
use crate::domain::practice::Practice;
use crate::domain::text::as_typed;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitName, UnitTree, named};
use crate::domain::when::{Period, PeriodKind, WhenError, take_period};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::taps::{FiguresTap, Tap};

pub struct FiguresFeature;

/// How many branches get a button under the figures of the whole.
const BRANCH_BUTTONS: usize = 8;

#[async_trait]
impl Feature for FiguresFeature {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "thongke",
            words: &["thong ke", "tk", "so lieu", "statistics"],
            needs: &[Right::SeeFigures],
            about: "figures-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Figures(tap) = tap else { return cx.stale().await };
        let units = cx.units().await?;
        // The right is looked at again: an office may have ended since the button was made.
        if !cx.may(Right::SeeFigures, tap.unit).await? {
            return refuse("figures-not-allowed");
        }
        show(cx, &units, tap.unit, tap.from, tap.to).await
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    let (words, period) = match take_period(rest, cx.today()) {
        Ok(taken) => taken,
        Err(error) => return refuse(period_refusal(&error)),
    };
    let units = cx.units().await?;
    let me = cx.me()?.clone();
    // The widest view comes first.
    let Some(whole) = rights::roots(&me, Right::SeeFigures).first().copied() else {
        return refuse("figures-not-allowed");
    };
    let (from, to) = match period {
        Some(period) => (period.from, period.to),
        None => usual_years(cx.practice, cx.today()),
    };
    if from > cx.today() {
        return refuse("figures-future");
    }
    if words.is_empty() {
        return show(cx, &units, whole, from, to).await;
    }
    let sees = |unit: &&Unit| rights::may(&me, Right::SeeFigures, unit.id, &units);
    match named(units.all().iter().filter(sees), &words).as_slice() {
        [one] => show(cx, &units, one.id, from, to).await,
        // Whether there is such a unit elsewhere is not theirs to hear.
        [] => {
            refuse(Phrase::new("figures-no-unit").with("words", Typed::new(as_typed(rest, &words))))
        }
        many => offer(cx, many, from, to).await,
    }
}

/// The years shown when none is named: the current one and those before it.
pub fn usual_years(practice: &Practice, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let last = today.year();
    let first = last - i32::try_from(practice.figure_years.max(1)).unwrap_or(1) + 1;
    match Period::new(PeriodKind::Years { from: first, to: last }) {
        Ok(period) => (period.from, period.to),
        // Only years outside chrono's calendar are refused.
        Err(_) => (today, today),
    }
}

async fn offer(cx: &mut Cx<'_>, units: &[&Unit], from: NaiveDate, to: NaiveDate) -> Outcome {
    let mut message = Message::of("figures-which-unit");
    for unit in units.iter().take(BRANCH_BUTTONS) {
        message = message.row(vec![unit_button(unit.id, &unit.name, from, to)]);
    }
    cx.reply(message).await
}

fn unit_button(unit: UnitId, name: &UnitName, from: NaiveDate, to: NaiveDate) -> Button {
    let label = Phrase::new("figures-unit-button").with("unit", name);
    Button::new(label, Tap::Figures(FiguresTap { unit, from, to }))
}

async fn show(
    cx: &mut Cx<'_>,
    units: &UnitTree,
    unit: UnitId,
    from: NaiveDate,
    to: NaiveDate,
) -> Outcome {
    let Some(figures) = cx.figures(unit, from, to).await? else {
        return Err(Failure::refusal("tap-stale"));
    };
    let mut message = figures_message(&figures);
    let below: Vec<&Unit> = units.branches().filter(|b| b.id != unit).collect();
    if figures.branches > 1 {
        let shown = below.iter().filter(|b| units.is_within(b.id, unit)).take(BRANCH_BUTTONS);
        for branch in shown {
            message = message.row(vec![unit_button(branch.id, &branch.name, from, to)]);
        }
    }
    cx.reply(message).await
}

/// The figures as text.
pub fn figures_message(figures: &Figures) -> Message {
    let share = Arg::Percent { part: figures.members, whole: figures.staff };
    let mut message = Message::new()
        .title(Phrase::new("figures-title").with("unit", &figures.name))
        .line(Phrase::new("figures-period").with("from", figures.from).with("date", figures.as_of))
        .item(
            Phrase::new("figures-members")
                .with("members", figures.members)
                .with("staff", figures.staff)
                .with("share", share),
        );
    for (year, count) in &figures.admitted {
        message = message.item(
            // Text, so that no language puts a separator into a year.
            Phrase::new("figures-admitted").with("year", Arg::figures(year)).with("count", *count),
        );
    }
    if figures.branches > 1 {
        message = message.item(
            Phrase::new("figures-admitted-total")
                .with("count", figures.admitted_total)
                .with("with", figures.branches_with_admissions)
                .with("branches", figures.branches),
        );
    } else {
        message =
            message.item(Phrase::new("figures-admitted-sum").with("count", figures.admitted_total));
    }
    message = against_targets(message, figures);
    message = message
        .item(Phrase::new("figures-new-member-class").with("count", figures.new_member_class))
        .item(Phrase::new("figures-awareness-class").with("count", figures.awareness_class));
    if figures.branches > 1 {
        message = message.gap().line("figures-by-branch");
        for branch in &figures.by_branch {
            message = message.item(
                Phrase::new("figures-branch")
                    .with("unit", &branch.name)
                    .with("members", branch.members)
                    .with("staff", branch.staff)
                    .with("share", Arg::Percent { part: branch.members, whole: branch.staff }),
            );
        }
    }
    message
}

/// How far the admissions of each year are from what was expected of the branches; nothing is said of
/// a year without targets.
fn against_targets(mut message: Message, figures: &Figures) -> Message {
    for year in figures.targets.chunk_by(|a, b| a.year == b.year) {
        let Some(first) = year.first() else { continue };
        let target: i64 = year.iter().map(|branch| branch.target).sum();
        let admitted: i64 = year.iter().map(|branch| branch.admitted).sum();
        message = message.item(
            Phrase::new("figures-target")
                .with("year", Arg::figures(first.year))
                .with("branches", year.len())
                .with("admitted", admitted)
                .with("target", target)
                .with("share", Arg::Percent { part: admitted, whole: target }),
        );
    }
    message
}

fn period_refusal(error: &WhenError) -> Phrase {
    match error {
        WhenError::Backwards { from, to } => Phrase::new("period-backwards")
            .with("from", Arg::figures(from))
            .with("to", Arg::figures(to)),
        WhenError::TwoPeriods => Phrase::new("period-two"),
        _ => Phrase::new("period-unknown"),
    }
}
