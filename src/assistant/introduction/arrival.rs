//! Somebody who comes from another organisation with their file (chuyển đến kèm hồ sơ): the committee
//! or its office takes them in.
//!
//! The newcomer's questions come first, then where they stand, then what the file says of that, each
//! day held against the one before it. Everything is shown once more, with the limits that will run,
//! before it is recorded: the person, the steps that were taken elsewhere as facts of their road, and
//! the file's reception as the step that was taken here. The branch's secretary is told.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::newcomer::{self, Newcomer};
use super::{Claim, Cx, Failure, NAME, Outcome, Position, a_date, or_leave, refuse};
use crate::domain::people::Status;
use crate::domain::road::{Arrival, ArrivesAs, Ask, CaseStep, deadlines, paper_number, stage};
use crate::domain::text::{fold, nfc};
use crate::domain::when::{self, Toward};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::look_button;
use crate::operations::cited;
use crate::operations::people::Comes;
use crate::operations::people::{self, Added};
use crate::phrasing::road as say;
use crate::taps::{IntroductionTap, Tap};

/// Words that say that something is still to come.
const NOT_YET: &[&str] = &["chua", "chua hoc", "khong", "no", "not yet"];

/// Asks what is not told yet, and then shows everything.
pub(super) async fn go_on(cx: &mut Cx<'_>, who: Newcomer, file: Option<Arrival>) -> Outcome {
    let whole = newcomer::whole(cx, &who).await?;
    let message = match &file {
        None => standings(&whole),
        Some(told) => match told.asks() {
            Some(ask) => question(cx, &whole, told, ask),
            None => preview(cx, &whole, told).await?,
        },
    };
    cx.ask(NAME, &Position::Arriving { who, file }, message).await
}

fn titled(whole: &Added) -> Message {
    let name = Arg::Typed(whole.name.clone());
    Message::new().title(Phrase::new("arrive-title-of").with("name", name))
}

fn button(label: impl Into<Phrase>, tap: IntroductionTap) -> Button {
    Button::new(label, Tap::Introduction(tap))
}

fn standings(whole: &Added) -> Message {
    let message = titled(whole).line("arrive-at");
    ArrivesAs::ALL.iter().fold(message, |message, at| {
        let label = Phrase::new(match at {
            ArrivesAs::Source => "arrive-at-source",
            ArrivesAs::Certified => "arrive-at-certified",
            ArrivesAs::Probationary => "arrive-at-probationary",
        });
        message.row(vec![button(label, IntroductionTap::As(*at))])
    })
}

fn question(cx: &Cx<'_>, whole: &Added, file: &Arrival, (step, ask): (CaseStep, Ask)) -> Message {
    let is_day = ask == Ask::On;
    let message = titled(whole).line(Phrase::new(match (step, is_day) {
        (CaseStep::Sourced, true) => "arrive-sourced-on",
        (CaseStep::Sourced, false) => "arrive-sourced-number",
        (CaseStep::AwarenessClass, true) => "arrive-certified-on",
        (CaseStep::AwarenessClass, false) => "arrive-certified-number",
        (CaseStep::CommitteeDecision, true) => "arrive-decided-on",
        (CaseStep::CommitteeDecision, false) => "arrive-decided-number",
        (CaseStep::Admitted, _) => "arrive-admitted-on",
        (CaseStep::NewMemberClass, true) => "arrive-class-on",
        (CaseStep::NewMemberClass, false) => "arrive-class-number",
        (_, true) => "arrive-received-on",
        (_, false) => "arrive-received-number",
    }));
    if file.may_be_to_come() {
        return message.row(vec![button("arrive-not-yet-button", IntroductionTap::NotYet)]);
    }
    if (step, is_day) != (CaseStep::Received, true) {
        return message;
    }
    let today = cx.today();
    let label = Phrase::new("ask-on-button").with("weekday", Arg::Weekday(today)).with("on", today);
    message.row(vec![button(label, IntroductionTap::On(today))])
}

/// Everything that was told, where it leads, and the limits that will run.
async fn preview(cx: &mut Cx<'_>, whole: &Added, file: &Arrival) -> Result<Message, Failure> {
    let units = cx.units().await?;
    let (rules, calendar) = (&cx.practice.regulations, &cx.practice.calendar);
    let history = file.history(rules);
    let mut message = Message::new().title("arrive-preview");
    message =
        newcomer::told(cx, Comes::WithFile, whole).await?.into_iter().fold(message, Message::item);
    for taken in &history {
        message = message.item(say::taken(taken, &units));
    }
    if let Some(stage) = stage(&history) {
        message = message.line(Phrase::new("page-stage").with("stage", say::stage(stage)));
    }
    if let (Status::Probationary, from) = file.standing(whole.since) {
        let status = Phrase::new("status-probationary");
        let line = Phrase::new("take-standing").with("status", status).with("from", from);
        message = message.line(line);
    }
    let running = deadlines(&history, &BTreeMap::new(), rules, calendar);
    if !running.is_empty() {
        message = message.line("page-limits");
    }
    for limit in &running {
        message = message.item(say::limit(limit, cx.today()));
    }
    Ok(message.line("arrive-hint").row(vec![
        button("take-button", IntroductionTap::Record),
        button("arrive-anew-button", IntroductionTap::Anew),
    ]))
}

/// A tap on the question that is open.
pub(super) async fn tap(
    cx: &mut Cx<'_>,
    who: Newcomer,
    file: Option<Arrival>,
    tap: IntroductionTap,
) -> Outcome {
    match (file, tap) {
        (None, IntroductionTap::As(at)) => go_on(cx, who, Some(Arrival::new(at))).await,
        (Some(mut file), IntroductionTap::NotYet) if file.may_be_to_come() => {
            file.tell_day(None);
            go_on(cx, who, Some(file)).await
        }
        (Some(file), IntroductionTap::On(on)) if matches!(file.asks(), Some((_, Ask::On))) => {
            day(cx, who, file, on).await
        }
        (Some(file), IntroductionTap::Anew) if file.asks().is_none() => go_on(cx, who, None).await,
        (Some(file), IntroductionTap::Record) if file.asks().is_none() => {
            record(cx, &who, &file).await
        }
        _ => cx.stale().await,
    }
}

/// A text as the answer to what is asked.
pub(super) async fn text(
    cx: &mut Cx<'_>,
    who: Newcomer,
    file: Option<Arrival>,
    text: &str,
) -> Result<Claim, Failure> {
    let Some(mut file) = file else { return Ok(Claim::NotMine) };
    match file.asks() {
        None => return Ok(Claim::NotMine),
        Some((_, Ask::On)) if file.may_be_to_come() && NOT_YET.contains(&fold(text).as_str()) => {
            file.tell_day(None);
            go_on(cx, who, Some(file)).await?;
        }
        Some((_, Ask::On)) => match a_date(text, when::date(text, cx.today(), Toward::Past))? {
            Some(on) => day(cx, who, file, on).await?,
            None => return refuse("arrive-day-wrong"),
        },
        Some(_) => {
            let Some(number) = paper_number(&nfc(text)) else {
                return refuse("arrive-number-wrong");
            };
            cited::must_be_of_a_day(&number, cx.today())?;
            file.tell_number(number);
            go_on(cx, who, Some(file)).await?;
        }
    }
    Ok(Claim::Done)
}

/// A day, if it can be one: not to come, and not before what happened before it.
async fn day(cx: &mut Cx<'_>, who: Newcomer, mut file: Arrival, on: NaiveDate) -> Outcome {
    let born = who.born.unwrap_or_default();
    people::must_follow(&cx.work().await?, born, file.newest(), on)?;
    file.tell_day(Some(on));
    go_on(cx, who, Some(file)).await
}

/// Takes the person in, and says what is next.
async fn record(cx: &mut Cx<'_>, who: &Newcomer, file: &Arrival) -> Outcome {
    let taken_in = people::take_in(&mut cx.work().await?, who.whole()?, file).await;
    let case = or_leave(cx, taken_in)?;
    cx.leave();
    let units = cx.units().await?;
    let done = Phrase::new("arrive-done")
        .with("candidate", case.person)
        .with("unit", units.name(case.unit));
    let done = Message::of(done).line("arrive-done-papers");
    cx.reply(done.row(vec![look_button(case.id)])).await
}
