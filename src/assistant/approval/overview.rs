//! What waits for the committee, the oldest first.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Cx, Outcome, refuse};
use crate::domain::ids::UnitId;
use crate::domain::road::{CaseStep, Submission};
use crate::domain::units::UnitTree;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::Dossier;
use crate::operations::cases::waiting::{self, Waiting};
use crate::operations::rights::{self, Right};
use crate::phrasing::road as say;
use crate::taps::{ApprovalTap, RoadTap, Tap};

/// How many lists, and how many cases of a kind, are shown.
const SHOWN: usize = 10;

pub(super) async fn show(cx: &mut Cx<'_>) -> Outcome {
    if !rights::somewhere(cx.me()?, Right::Approve) {
        return refuse("approve-not-allowed");
    }
    let units = cx.units().await?;
    let today = cx.today();
    let mut waiting = waiting::for_me(&mut cx.work().await?).await?;
    waiting.sort_by_key(|one| one.since);
    let mut submitted: BTreeMap<Submission, Vec<&Waiting>> = BTreeMap::new();
    for one in &waiting {
        if let Some(what) = one.step.submission() {
            submitted.entry(what).or_default().push(one);
        }
    }
    let mut message = Message::new().title("approve-title");
    if submitted.is_empty() {
        message = message.line("approve-none");
    }
    for (what, waiting) in &submitted {
        message = match what {
            Submission::SourceList => {
                let rule = &cx.practice.regulations.source_approval.on(today).source;
                let head = Phrase::new("approve-lists").with("source", say::source(rule));
                lists(message.line(head), waiting, &units, today)
            }
            Submission::Admission => {
                cases(message.line("approve-submissions"), waiting, &units, today)
            }
            Submission::Recognition => {
                cases(message.line("approve-recognitions"), waiting, &units, today)
            }
        };
    }
    cx.reply(message).await
}

/// For how many days something has waited.
fn days(since: NaiveDate, today: NaiveDate) -> i64 {
    (today - since).num_days()
}

/// The source lists, by branch; the branch whose list waits longest first.
fn lists(
    mut message: Message,
    waiting: &[&Waiting],
    units: &UnitTree,
    today: NaiveDate,
) -> Message {
    let mut by_branch: BTreeMap<UnitId, Vec<&Waiting>> = BTreeMap::new();
    for one in waiting {
        by_branch.entry(one.dossier.case.unit).or_default().push(one);
    }
    let mut lists: Vec<(UnitId, Vec<&Waiting>)> = by_branch.into_iter().collect();
    lists.sort_by_key(|(_, list)| list.first().map(|one| one.since));
    for (unit, list) in lists.iter().take(SHOWN) {
        let Some(oldest) = list.first() else { continue };
        let candidates = list.iter().map(|one| one.dossier.candidate()).collect();
        let line = Phrase::new("approve-list")
            .with("unit", units.name(*unit))
            .with("count", list.len())
            .with("candidates", Arg::List(candidates))
            .with("since", oldest.since)
            .with("days", days(oldest.since, today));
        let label = Phrase::new("approve-list-button").with("unit", units.name(*unit));
        message = message
            .item(line)
            .row(vec![Button::new(label, Tap::Approval(ApprovalTap::List(*unit)))]);
    }
    more(message, lists.len())
}

/// Cases that wait for a step of the committee, each with what it lacks or by when it is due.
fn cases(
    mut message: Message,
    waiting: &[&Waiting],
    units: &UnitTree,
    today: NaiveDate,
) -> Message {
    for one in waiting.iter().take(SHOWN) {
        let line = Phrase::new("approve-case")
            .with("candidate", one.dossier.candidate())
            .with("unit", units.name(one.dossier.case.unit))
            .with("since", one.since)
            .with("days", days(one.since, today));
        message = message.item(line);
        if let Some(limit) = &one.limit {
            message = message.line(
                Phrase::new("approve-limit")
                    .with("kind", say::deadline(limit.kind))
                    .with("on", limit.on)
                    .with("source", say::source(&limit.source)),
            );
        }
        for missing in &one.verdict.0 {
            message = message.line(say::missing(missing));
        }
        message = message.row(buttons(&one.dossier, one));
    }
    more(message, waiting.len())
}

/// Into the step if it is possible, else to the page; and back to the branch.
fn buttons(dossier: &Dossier, one: &Waiting) -> Vec<Button> {
    let case = dossier.case.id;
    let labelled = |key: &str, tap| {
        let label = Phrase::new(key).with("code", Arg::code(&dossier.case.code));
        Button::new(label, Tap::Road(tap))
    };
    let onward = match one.verdict.is_possible() {
        true => labelled("approve-case-button", RoadTap::Begin { case, step: one.step }),
        false => labelled("approve-look-button", RoadTap::Open(case)),
    };
    let back = RoadTap::Begin { case, step: CaseStep::SentBack };
    vec![onward, labelled("approve-back-button", back)]
}

fn more(message: Message, all: usize) -> Message {
    match all.saturating_sub(SHOWN) {
        0 => message,
        count => message.line(Phrase::new("approve-more").with("count", count)),
    }
}
