//! What a secretary or deputy says of a report: accepted, or returned with a reason and a new
//! deadline.
//!
//! It has no command: the notice of each report carries the buttons, and `/viec` lists what waits
//! for a verdict. Grammar of the return: why (text), until when (a button, or a date as people type
//! it, with a time of day or else that of every report's deadline). `/huy` leaves the report as it was.

use async_trait::async_trait;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::context::Cx;
use super::failure::{Failure, Outcome, refuse};
use super::feature::{Claim, Feature};
use crate::domain::audit::{Act, Field};
use crate::domain::people::Person;
use crate::domain::report::{Draft, ReportState, Slot};
use crate::domain::text::nfc;
use crate::domain::time_of_day;
use crate::domain::typed::Typed;
use crate::domain::when::{self, Toward, WhenError};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::cases::{self, Guided};
use crate::store::meetings::{self, Meeting};
use crate::store::people;
use crate::store::reports::{self, Filed};
use crate::store::reviews::{self, Verdict};
use crate::taps::{ReportTap, ReviewTap, Tap};
use crate::timetable;

pub struct Reviews;

const NAME: &str = "review";

/// Longest reason, in characters.
const REASON_LIMIT: usize = 500;
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

/// A report somebody wants to judge.
struct Sheet {
    slot: Slot,
    guided: Guided,
    meeting: Meeting,
    mentor: Person,
    /// Whether the mentor still guides the candidate; only then can a report go back to them.
    still: bool,
    filed: Filed,
}

#[async_trait]
impl Feature for Reviews {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, _: &str) -> Outcome {
        cx.stale().await
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Review(tap) = tap else { return cx.stale().await };
        match tap {
            ReviewTap::Open(slot) => {
                let sheet = load(cx, slot).await?;
                reading(cx, &sheet).await?;
                cx.reply(shown(&sheet)).await
            }
            ReviewTap::Accept(slot) => accept(cx, slot).await,
            ReviewTap::Return(slot) => {
                let sheet = returnable(cx, slot).await?;
                cx.ask(NAME, &Position::Why { slot }, why(&sheet)).await
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
                let reason = nfc(text);
                if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
                    return refuse(Phrase::new("review-reason-length").with("limit", REASON_LIMIT));
                }
                ask_until(cx, slot, Typed::new(reason)).await?;
            }
            Position::Until { slot, reason } => {
                let Some(due) = read_due(cx, text)? else { return Ok(Claim::NotMine) };
                send_back(cx, slot, reason, due).await?;
            }
        }
        Ok(Claim::Done)
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        matches!(cx.position(), Ok(Position::Why { .. }))
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match cx.position()? {
            Position::Why { slot } => {
                let sheet = waiting(cx, slot).await?;
                cx.ask(NAME, &Position::Why { slot }, why(&sheet)).await
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
    let today = cx.today();
    let words = match words.strip_prefix("chieu ") {
        Some("nay") => "hom nay",
        Some(day) => day,
        None => words.strip_prefix("truoc ").unwrap_or(&words),
    };
    let date = match (words, time) {
        ("", None) => return Ok(None),
        ("", Some(_)) => today,
        (words, _) => match when::date(words, today, Toward::Future) {
            Ok(date) => date,
            Err(WhenError::NoSuchDate { day, month, .. }) => {
                let date = format!("{day}/{month}");
                return refuse(Phrase::new("review-no-such-date").with("date", Arg::figures(date)));
            }
            Err(_) => return Ok(None),
        },
    };
    Ok(Some(date.and_time(time.unwrap_or(cx.practice.leads.due_time))))
}

/// The report, if it is this person's to judge: they may in the branch, and did not write it.
async fn load(cx: &mut Cx<'_>, slot: Slot) -> Result<Sheet, Failure> {
    let today = cx.today();
    let (units, me) = (cx.units().await?, cx.me()?.clone());
    let may = |meeting: &Meeting| rights::may(&me, Right::ReviewReports, meeting.unit, &units);
    let Some(meeting) = meetings::get(cx.tx, slot.meeting).await?.filter(may) else {
        cx.leave();
        return refuse("review-not-leader");
    };
    if slot.mentor == me.id {
        return refuse("review-own");
    }
    let guided = cases::about(cx.tx, slot.case, slot.mentor).await?;
    let pairs = cases::guided_in(cx.tx, meeting.unit, today).await?;
    let still = pairs.iter().any(|g| g.id == slot.case && g.mentor_id == slot.mentor);
    let filed = reports::get(cx.tx, slot).await?;
    let mentor = people::get(cx.tx, slot.mentor, today).await?;
    match (guided, filed, mentor) {
        (Some(guided), Some(filed), Some(mentor)) => {
            Ok(Sheet { slot, guided, meeting, mentor, still, filed })
        }
        _ => {
            cx.leave();
            refuse("review-gone")
        }
    }
}

/// The same, if it waits for a verdict.
async fn waiting(cx: &mut Cx<'_>, slot: Slot) -> Result<Sheet, Failure> {
    let sheet = load(cx, slot).await?;
    if sheet.filed.state == ReportState::Submitted {
        return Ok(sheet);
    }
    let by = reviews::latest(cx.tx, slot).await?.map(|review| review.reviewer);
    cx.leave();
    let key = match sheet.filed.state {
        ReportState::Accepted => "review-was-accepted",
        _ => "review-was-returned",
    };
    refuse(Phrase::new(key).with("by", phrasing::somebody(by)))
}

/// The same, if there is somebody to return it to.
async fn returnable(cx: &mut Cx<'_>, slot: Slot) -> Result<Sheet, Failure> {
    let sheet = waiting(cx, slot).await?;
    if sheet.still {
        return Ok(sheet);
    }
    cx.leave();
    let mentor = Arg::Who(sheet.mentor.id);
    let candidate = sheet.guided.person;
    refuse(Phrase::new("review-mentor-gone").with("mentor", mentor).with("candidate", candidate))
}

fn on_sheet(key: &str, sheet: &Sheet) -> Phrase {
    let date = sheet.meeting.month();
    Phrase::new(key)
        .with("mentor", sheet.mentor.id)
        .with("candidate", sheet.guided.person)
        .with("month", Arg::Month(date))
}

fn button(key: &str, tap: ReviewTap) -> Button {
    Button::new(key, Tap::Review(tap))
}

/// The report as it was sent, with what can be done.
fn shown(sheet: &Sheet) -> Message {
    let message = Message::new().title(on_sheet("review-title", sheet));
    let message = phrasing::report(message, &Draft::from(sheet.filed.content.clone()));
    let (slot, earlier) = (sheet.slot, button("button-earlier", ReviewTap::Earlier(sheet.slot)));
    match sheet.filed.state {
        ReportState::Submitted => {
            let mut row = vec![button("button-accept", ReviewTap::Accept(slot))];
            if sheet.still {
                row.push(button("button-return", ReviewTap::Return(slot)));
            }
            message.row(row).row(vec![earlier])
        }
        ReportState::Accepted => message.line("review-accepted-mark").row(vec![earlier]),
        ReportState::Returned => message.line("review-returned-mark").row(vec![earlier]),
    }
}

/// Writes down that reports on the candidate were read.
async fn reading(cx: &mut Cx<'_>, sheet: &Sheet) -> Outcome {
    let entry = Entry::new(Act::ReportRead, sheet.guided.code.as_str());
    cx.note_reading(entry.within(sheet.meeting.unit).for_meeting(sheet.meeting.id)).await
}

/// Gives the verdict, and writes down whose it is.
async fn judge(cx: &mut Cx<'_>, sheet: &Sheet, verdict: &Verdict) -> Outcome {
    let me = cx.me()?.id;
    if !reviews::judge(cx.tx, sheet.slot, me, verdict, cx.now).await? {
        return refuse("review-gone");
    }
    let (act, state, due) = match verdict {
        Verdict::Accepted => (Act::ReportAccepted, ReportState::Accepted, None),
        Verdict::Returned { due, .. } => (Act::ReportReturned, ReportState::Returned, Some(*due)),
    };
    let entry = Entry::new(act, sheet.guided.code.as_str())
        .within(sheet.meeting.unit)
        .for_meeting(sheet.meeting.id)
        .was(Field::State, sheet.filed.state)
        .became(Field::State, state)
        .became(Field::Mentor, &sheet.mentor.code)
        .became(Field::Due, due.map(|due| cx.practice.local(due)));
    cx.note(entry).await
}

async fn accept(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let sheet = waiting(cx, slot).await?;
    judge(cx, &sheet, &Verdict::Accepted).await?;
    let done = Message::of(on_sheet("review-accepted", &sheet));
    cx.reply(done).await?;
    let told = on_sheet("review-accepted-told", &sheet).with("name", sheet.mentor.id);
    tell_mentor(cx, &sheet, Message::of(told)).await
}

fn why(sheet: &Sheet) -> Message {
    Message::of(Phrase::new("review-ask-reason").with("candidate", sheet.guided.person))
}

/// Asks until when the report is expected again. What is offered is ahead, and not after the
/// meeting has begun.
async fn ask_until(cx: &mut Cx<'_>, slot: Slot, reason: Typed) -> Outcome {
    let sheet = returnable(cx, slot).await?;
    let offers = offers(cx, &sheet.meeting);
    if offers.is_empty() {
        cx.leave();
        return refuse("review-meeting-over");
    }
    let mut message = Message::of(
        Phrase::new("review-ask-until").with("start", cx.practice.local(sheet.meeting.starts_at)),
    );
    for due in offers {
        let label = Phrase::new("review-until").with("due", due);
        message = message.row(vec![Button::new(label, Tap::Review(ReviewTap::Until(due)))]);
    }
    cx.ask(NAME, &Position::Until { slot, reason }, message).await
}

/// The usual deadline, the next two working days, and the meeting itself: those still ahead.
fn offers(cx: &Cx<'_>, meeting: &Meeting) -> Vec<NaiveDateTime> {
    let (calendar, leads) = (&cx.practice.calendar, &cx.practice.leads);
    let start = cx.practice.local(meeting.starts_at);
    let tomorrow = calendar.next_working_day(cx.today());
    let mut offers = vec![
        timetable::reports_due(cx.practice, meeting),
        tomorrow.and_time(leads.due_time),
        calendar.next_working_day(tomorrow).and_time(leads.due_time),
        start,
    ];
    offers.retain(|due| *due > cx.local_now() && *due <= start);
    offers.sort();
    offers.dedup();
    offers
}

async fn send_back(cx: &mut Cx<'_>, slot: Slot, reason: Typed, due: NaiveDateTime) -> Outcome {
    let sheet = returnable(cx, slot).await?;
    let start = cx.practice.local(sheet.meeting.starts_at);
    if due <= cx.local_now() || due > start {
        return refuse(Phrase::new("review-until-range").with("due", due).with("start", start));
    }
    let verdict = Verdict::Returned { reason: reason.clone(), due: cx.practice.instant(due) };
    judge(cx, &sheet, &verdict).await?;
    cx.leave();
    let done = on_sheet("review-returned", &sheet).with("due", due);
    cx.reply(Message::of(done)).await?;
    let told = on_sheet("review-returned-told", &sheet)
        .with("name", sheet.mentor.id)
        .with("reason", Arg::Typed(reason))
        .with("due", due);
    let choose = ReportTap::Choose { meeting: slot.meeting, case: slot.case };
    let message =
        Message::of(told).row(vec![Button::new("button-mend-report", Tap::Report(choose))]);
    tell_mentor(cx, &sheet, message).await
}

async fn tell_mentor(cx: &mut Cx<'_>, sheet: &Sheet, message: Message) -> Outcome {
    let key = cx.once("review");
    cx.tell(&sheet.mentor, Some(sheet.meeting.unit), &[], key, message).await?;
    Ok(())
}

/// What mentors said of the candidate at the meetings before.
async fn earlier(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let sheet = load(cx, slot).await?;
    reading(cx, &sheet).await?;
    let before = sheet.meeting.starts_at;
    let reports = reports::earlier(cx.tx, slot.case, before, EARLIER).await?;
    let title = Phrase::new("review-earlier-title").with("candidate", sheet.guided.person);
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
