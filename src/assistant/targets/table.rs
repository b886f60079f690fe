//! The table of a year: what is expected of each branch, what has come of it, what is on its way and
//! what is missing; and who set what, when.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Cx, Failure, Message, Outcome, Phrase, Scope, amount, below, kind, on_target};
use crate::domain::ids::UnitId;
use crate::domain::target::{TargetKind, bar};
use crate::message::{Arg, Button};
use crate::operations::cases;
use crate::store::targets::{self, Change, Key};
use crate::taps::{Tap, TargetTap};

/// Changes shown, the newest first.
const CHANGES: usize = 20;

/// What is known of a year.
struct Year {
    year: i32,
    expected: BTreeMap<Key, i64>,
    done: BTreeMap<Key, i64>,
    /// Voted on or decided, and not admitted yet; by branch.
    coming: BTreeMap<UnitId, i64>,
}

impl Year {
    async fn read(cx: &mut Cx<'_>, scope: &Scope, year: i32) -> Result<Self, Failure> {
        let today = cx.today();
        let units: Vec<UnitId> = scope.branches.iter().map(|unit| unit.id).collect();
        let expected = targets::standing(&targets::changes(cx.tx, &units, year, year).await?);
        let done = targets::done(cx.tx, year, year, today).await?;
        let mut coming = BTreeMap::new();
        // What is on its way now comes this year, or never counts for one that is over.
        if year == today.year() {
            for sheet in cases::all(&mut cx.work().await?, &units).await? {
                if sheet.stage().awaits_ceremony() {
                    *coming.entry(sheet.case.unit).or_default() += 1;
                }
            }
        }
        Ok(Self { year, expected, done, coming })
    }

    fn expected(&self, unit: UnitId, kind: TargetKind) -> Option<i64> {
        self.expected.get(&(unit, self.year, kind)).copied()
    }

    fn done(&self, unit: UnitId, kind: TargetKind) -> i64 {
        self.done.get(&(unit, self.year, kind)).copied().unwrap_or_default()
    }

    /// A line of the table; `None`: the branch has no such target.
    fn line(&self, scope: &Scope, unit: UnitId, kind: TargetKind) -> Option<Phrase> {
        let (expected, done) = (self.expected(unit, kind)?, self.done(unit, kind));
        let coming = self.coming.get(&unit).copied().unwrap_or_default();
        // Only admissions are voted on and decided before they are done.
        let key = match kind {
            TargetKind::Admissions => "target-line-admissions",
            TargetKind::Source => "target-line-source",
        };
        Some(
            Phrase::new(key)
                .with("unit", &scope.name(unit))
                .with("bar", Arg::unmasked(bar(done, expected)))
                .with("done", done)
                .with("target", expected)
                .with("coming", coming)
                .with("missing", (expected - done).max(0)),
        )
    }

    /// The sum over the branches that have a target; `None`: none has.
    fn sum(&self, scope: &Scope, kind: TargetKind) -> Option<Phrase> {
        let with = scope.branches.iter().filter_map(|b| Some((b.id, self.expected(b.id, kind)?)));
        let with: Vec<(UnitId, i64)> = with.collect();
        if with.is_empty() {
            return None;
        }
        let expected: i64 = with.iter().map(|(_, expected)| expected).sum();
        let done: i64 = with.iter().map(|(unit, _)| self.done(*unit, kind)).sum();
        let missing: i64 =
            with.iter().map(|(unit, all)| (all - self.done(*unit, kind)).max(0)).sum();
        Some(
            Phrase::new("target-sum")
                .with("branches", with.len())
                .with("bar", Arg::unmasked(bar(done, expected)))
                .with("done", done)
                .with("target", expected)
                .with("missing", missing)
                .with("share", Arg::Percent { part: done, whole: expected }),
        )
    }
}

/// The table of a year, below what is said already.
pub(super) async fn show(
    cx: &mut Cx<'_>,
    scope: &Scope,
    year: i32,
    head: Option<Phrase>,
) -> Outcome {
    let known = Year::read(cx, scope, year).await?;
    let title = Phrase::new("target-title").with("year", Arg::figures(year));
    let mut message = below(head).title(title);
    for of in TargetKind::ALL {
        message = section(scope, &known, *of, message);
    }
    if scope.sets && year >= cx.today().year() {
        message = message.line("target-hint");
    }
    let message = with_buttons(cx, scope, year, message);
    if super::is_open(cx) {
        cx.leave();
    }
    cx.reply(message).await
}

/// The lines of one kind of target, the sum, and the branches without one. Of the source nothing is
/// said where nobody has a target.
fn section(scope: &Scope, known: &Year, of: TargetKind, mut message: Message) -> Message {
    let (with, without): (Vec<_>, Vec<_>) =
        scope.branches.iter().partition(|branch| known.expected(branch.id, of).is_some());
    if with.is_empty() && of == TargetKind::Source {
        return message;
    }
    message = message.line(Phrase::new("target-section").with("kind", kind(of)));
    for branch in &with {
        if let Some(line) = known.line(scope, branch.id, of) {
            message = message.item(line);
        }
    }
    if let Some(sum) = known.sum(scope, of).filter(|_| scope.branches.len() > 1) {
        message = message.line(sum);
    }
    if without.is_empty() {
        return message;
    }
    let names = without.iter().map(|branch| match known.done(branch.id, of) {
        0 => Arg::from(&branch.name),
        done => {
            Phrase::new("target-without-done").with("unit", &branch.name).with("done", done).into()
        }
    });
    message.line(Phrase::new("target-without").with("units", Arg::List(names.collect())))
}

fn with_buttons(cx: &Cx<'_>, scope: &Scope, year: i32, mut message: Message) -> Message {
    let button = |label: Phrase, tap| Button::new(label, Tap::Target(tap));
    if scope.sets {
        let label = Phrase::new("button-target-set");
        message = message.row(vec![button(label, TargetTap::Set(year))]);
    }
    let turn = |to: i32| {
        let label = Phrase::new("target-year-button").with("year", Arg::figures(to));
        button(label, TargetTap::Year(to))
    };
    let next = (year <= cx.today().year()).then(|| turn(year + 1));
    message = message.row([turn(year - 1)].into_iter().chain(next).collect());
    let label = Phrase::new("button-target-changes");
    message.row(vec![button(label, TargetTap::Changes(year))])
}

/// One branch: its line and every change of it.
pub(super) async fn branch(cx: &mut Cx<'_>, scope: &Scope, unit: UnitId, year: i32) -> Outcome {
    let known = Year::read(cx, scope, year).await?;
    let mut message = Message::new().title(
        Phrase::new("target-branch-title")
            .with("unit", &scope.name(unit))
            .with("year", Arg::figures(year)),
    );
    for of in TargetKind::ALL {
        match known.line(scope, unit, *of) {
            Some(line) => message = message.item(line),
            None => {
                message = message.item(
                    Phrase::new("target-none-yet")
                        .with("kind", kind(*of))
                        .with("done", known.done(unit, *of)),
                );
            }
        }
    }
    let own = targets::changes(cx.tx, &[unit], year, year).await?;
    message = listed(cx, scope, &own, message);
    if scope.sets {
        let of = TargetTap::Of { unit, year, kind: TargetKind::Admissions };
        message = message.row(vec![Button::new("button-target-set", Tap::Target(of))]);
    }
    let all = TargetTap::Year(year);
    if super::is_open(cx) {
        cx.leave();
    }
    cx.reply(message.row(vec![Button::new("target-look-button", Tap::Target(all))])).await
}

/// Who changed which target of a year, and when.
pub(super) async fn changes(cx: &mut Cx<'_>, scope: &Scope, year: i32) -> Outcome {
    let units: Vec<UnitId> = scope.branches.iter().map(|unit| unit.id).collect();
    let changes = targets::changes(cx.tx, &units, year, year).await?;
    let title = Phrase::new("target-changes-title").with("year", Arg::figures(year));
    let mut message = Message::new().title(title);
    if changes.is_empty() {
        message = message.line("target-changes-none");
    }
    message = listed(cx, scope, &changes, message);
    let back = Button::new("target-look-button", Tap::Target(TargetTap::Year(year)));
    cx.reply(message.row(vec![back])).await
}

/// Changes as lines, the newest first.
fn listed(cx: &Cx<'_>, scope: &Scope, changes: &[Change], mut message: Message) -> Message {
    for change in changes.iter().rev().take(CHANGES) {
        let key = (change.unit, change.year, change.kind);
        let line = on_target("target-change", scope, key)
            .with("to", amount(change.amount))
            .with("at", cx.practice.local(change.at));
        message = message.item(match change.by {
            Some(by) => Phrase::new("target-change-by").with("change", line).with("by", by),
            None => line,
        });
    }
    message
}
