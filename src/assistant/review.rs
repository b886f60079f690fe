//! What a secretary or deputy says of a report: accepted, or returned with a reason and a new
//! deadline.
//!
//! It has no command: the notice of each report carries the buttons, and `/viec` lists what waits
//! for a verdict. Grammar of the return: why (text), until when (a button, or a date as people type
//! it, with a time of day or else that of every report's deadline). `/huy` leaves the report as it was.

use async_trait::async_trait;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::audit::Act;
use crate::domain::report::{Draft, ReportState, Slot};
use crate::domain::time_of_day;
use crate::domain::typed::Typed;
use crate::domain::when::{self, Toward};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::Refused;
use crate::operations::reviews::{self, Submission, about};
use crate::operations::timetable;
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::meetings::Meeting;
use crate::store::reports;
use crate::taps::{ReviewTap, Tap};

pub struct Reviews;

const NAME: &str = "review";

/// Earlier reports shown.
const EARLIER: u32 = 6;

/// Where the return stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    Why { slot: Slot },
    #[serde(rename = "1u")]
    Until { slot: Slot, reason: Typed },
}

#[async_trait]
impl Feature for Reviews {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Review(tap) = tap else { return cx.stale().await };
        match tap {
            ReviewTap::Open(slot) => {
                let submission = load(cx, slot).await?;
                reading(cx, &submission).await?;
                show(cx, &submission).await
            }
            ReviewTap::Accept(slot) => accept(cx, slot).await,
            ReviewTap::Return(slot) => {
                let submission = returnable(cx, slot).await?;
                ask_why(cx, &submission).await
            }
            ReviewTap::Until(due) if cx.on_open_question() => match cx.position()? {
                Position::Until { slot, reason } => send_back(cx, slot, reason, due).await,
                Position::Why { .. } => cx.stale().await,
            },
            ReviewTap::Until(_) => cx.stale().await,
            ReviewTap::Earlier(slot) => earlier(cx, slot).await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        match cx.position()? {
            Position::Why { slot } => {
                let reason = Typed::new(text);
                reviews::must_be_a_reason(&reason)?;
                ask_until(cx, slot, reason).await?;
            }
            Position::Until { slot, reason } => {
                let Some(due) = read_due(cx, text)? else { return Ok(Claim::NotMine) };
                send_back(cx, slot, reason, due).await?;
            }
        }
        Ok(Claim::Done)
    }

    fn text_confirms(&self, cx: &Cx<'_>) -> bool {
        cx.position::<Position>().is_ok()
    }

    async fn show_again(&self, cx: &mut Cx<'_>, tap: &Tap) -> Outcome {
        let (Tap::Review(ReviewTap::Accept(slot)) | Tap::Review(ReviewTap::Return(slot))) = tap
        else {
            return self.repeat(cx).await;
        };
        let submission = load(cx, *slot).await?;
        show(cx, &submission).await
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        matches!(cx.position(), Ok(Position::Why { .. }))
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match cx.position()? {
            Position::Why { slot } => {
                let submission = waiting(cx, slot).await?;
                ask_why(cx, &submission).await
            }
            Position::Until { slot, reason } => ask_until(cx, slot, reason).await,
        }
    }
}

/// A deadline as people type it: `30/11`, `30/11 8h`, `mai 8h`, `chiều nay`, `8h`. Without a time of day
/// it is that of every report's deadline, which ends an afternoon; without a day it is today. `None` if
/// it is none.
fn read_due(cx: &Cx<'_>, text: &str) -> Result<Option<NaiveDateTime>, Failure> {
    let (time, words) = match time_of_day::take(text) {
        Ok(read) => read,
        Err(wrong) => {
            let typed = format!("{}:{:02}", wrong.hour, wrong.minute);
            return refuse(Phrase::new("review-no-such-time").with("time", Arg::figures(typed)));
        }
    };
    let today = cx.judged_local().date();
    let words = match words.strip_prefix("chieu ") {
        Some("nay") => "hom nay",
        Some(day) => day,
        None => words.strip_prefix("truoc ").unwrap_or(&words),
    };
    let date = match (words, time) {
        ("", None) => return Ok(None),
        ("", Some(_)) => today,
        (words, _) => match a_date(words, when::date(words, today, Toward::Future))? {
            Some(date) => date,
            None => return Ok(None),
        },
    };
    Ok(Some(date.and_time(time.unwrap_or(cx.practice.leads.due_time))))
}

/// The report, if it is this person's to judge. Otherwise there is nothing to go on with.
async fn load(cx: &mut Cx<'_>, slot: Slot) -> Result<Submission, Failure> {
    let found = reviews::find(&mut cx.work().await?, slot).await;
    or_leave(cx, found)
}

/// The same, if it waits for a verdict.
async fn waiting(cx: &mut Cx<'_>, slot: Slot) -> Result<Submission, Failure> {
    let found = reviews::waiting(&mut cx.work().await?, slot).await;
    or_leave(cx, found)
}

/// The same, if there is somebody to return it to.
async fn returnable(cx: &mut Cx<'_>, slot: Slot) -> Result<Submission, Failure> {
    let found = reviews::returnable(&mut cx.work().await?, slot).await;
    or_leave(cx, found)
}

/// Ends the dialogue about a report that is not to be judged any more.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    let ours = cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME);
    if ours && found.is_err() {
        cx.leave();
    }
    Ok(found?)
}

fn button(key: &str, tap: ReviewTap) -> Button {
    Button::new(key, Tap::Review(tap))
}

/// The report as it was sent, with what can be done.
fn shown(submission: &Submission) -> Message {
    let message = Message::new().title(about("review-title", submission));
    let message = phrasing::report(message, &Draft::from(submission.filed.content.clone()));
    let (slot, earlier) =
        (submission.slot, button("button-earlier", ReviewTap::Earlier(submission.slot)));
    match submission.filed.state {
        ReportState::Submitted => {
            let mut row = vec![button("button-accept", ReviewTap::Accept(slot))];
            if submission.still {
                row.push(button("button-return", ReviewTap::Return(slot)));
            }
            message.row(row).row(vec![earlier])
        }
        ReportState::Accepted => message.line("review-accepted-mark").row(vec![earlier]),
        ReportState::Returned => message.line("review-returned-mark").row(vec![earlier]),
    }
}

/// Writes down that reports on the candidate were read.
async fn reading(cx: &mut Cx<'_>, submission: &Submission) -> Outcome {
    let entry = Entry::new(Act::ReportRead, submission.guided.code.as_str());
    let entry = entry.within(submission.meeting.unit).for_meeting(submission.meeting.id);
    Ok(cx.work().await?.note_reading(entry).await?)
}

async fn accept(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let accepted = reviews::accept(&mut cx.work().await?, slot).await;
    let submission = or_leave(cx, accepted)?;
    cx.reply(Message::of(about("review-accepted", &submission))).await
}

/// Shows for what follows the report as it was sent, whatever is asked on the way to a verdict.
fn shows(cx: &mut Cx<'_>, submission: &Submission) -> Outcome {
    cx.shows(&reviews::judged(submission.slot, submission.filed.content.clone().into()))
}

async fn show(cx: &mut Cx<'_>, submission: &Submission) -> Outcome {
    shows(cx, submission)?;
    cx.reply(shown(submission)).await
}

async fn ask_why(cx: &mut Cx<'_>, submission: &Submission) -> Outcome {
    let why = Phrase::new("review-ask-reason").with("candidate", submission.guided.person);
    shows(cx, submission)?;
    cx.ask(NAME, &Position::Why { slot: submission.slot }, Message::of(why)).await
}

/// Asks until when the report is expected again. What is offered is ahead, and not after the
/// meeting has begun.
async fn ask_until(cx: &mut Cx<'_>, slot: Slot, reason: Typed) -> Outcome {
    let submission = returnable(cx, slot).await?;
    let offers = offers(cx, &submission.meeting);
    if offers.is_empty() {
        cx.leave();
        return refuse("review-meeting-over");
    }
    let mut message = Message::of(
        Phrase::new("review-ask-until")
            .with("start", cx.practice.local(submission.meeting.starts_at)),
    );
    for due in offers {
        let label = Phrase::new("review-until").with("due", due);
        message = message.row(vec![Button::new(label, Tap::Review(ReviewTap::Until(due)))]);
    }
    shows(cx, &submission)?;
    cx.ask(NAME, &Position::Until { slot, reason }, message).await
}

/// The usual deadline, the next two working days, and the meeting itself: those still ahead.
fn offers(cx: &Cx<'_>, meeting: &Meeting) -> Vec<NaiveDateTime> {
    let (calendar, leads) = (&cx.practice.calendar, &cx.practice.leads);
    let (now, start) = (cx.judged_local(), cx.practice.local(meeting.starts_at));
    let tomorrow = calendar.next_working_day(now.date());
    let mut offers = vec![
        timetable::reports_due(cx.practice, meeting),
        tomorrow.and_time(leads.due_time),
        calendar.next_working_day(tomorrow).and_time(leads.due_time),
        start,
    ];
    offers.retain(|due| *due > now && *due <= start);
    offers.sort();
    offers.dedup();
    offers
}

async fn send_back(cx: &mut Cx<'_>, slot: Slot, reason: Typed, due: NaiveDateTime) -> Outcome {
    let submission = reviews::send_back(&mut cx.work().await?, slot, reason, due).await?;
    cx.leave();
    cx.reply(Message::of(about("review-returned", &submission).with("due", due))).await
}

/// What mentors said of the candidate at the meetings before.
async fn earlier(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let submission = load(cx, slot).await?;
    reading(cx, &submission).await?;
    let before = submission.meeting.starts_at;
    let reports = reports::earlier(cx.tx, slot.case, before, EARLIER).await?;
    let title = Phrase::new("review-earlier-title").with("candidate", submission.guided.person);
    let mut message = Message::new().title(title);
    if reports.is_empty() {
        message = message.line("review-earlier-none");
    }
    for (starts_at, filed) in reports {
        let line = Phrase::new("review-earlier-line")
            .with("month", Arg::Month(cx.practice.local(starts_at).date()))
            .with("mentor", filed.mentor)
            .with(
                "ratings",
                Arg::List(filed.content.ratings.map(|r| phrasing::rating(r).into()).to_vec()),
            )
            .with("recommendation", phrasing::recommendation(filed.content.recommendation));
        message = message.item(line);
    }
    message = message.row(vec![button("button-back-to-report", ReviewTap::Open(slot))]);
    cx.reply(message).await
}
