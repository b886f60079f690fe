//! `/lichhop`: the meetings ahead of the branch, and why they fall on their days; for its secretary
//! and deputy also setting them.
//!
//! Grammar: `/lichhop [rule]`; plain words `lịch họp`, `đặt lịch họp ngày 3 hằng tháng 14h`. Anyone
//! of the branch may ask, in its group too. Its secretary or deputy sees buttons below the answer:
//! to set the rule ([`rule`]), to move, cancel or add one meeting ([`one`]), and who comes
//! ([`roll`]). A dialogue asks what is still missing, shows what will come of it, and changes
//! nothing before it is confirmed.

mod one;
mod roll;
mod rule;

use async_trait::async_trait;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::calendar::Month;
use crate::domain::ids::UnitId;
use crate::domain::recurrence::Wording;
use crate::domain::typed::Typed;
use crate::message::{Button, Message, Phrase};
use crate::operations::Refused;
use crate::operations::meetings as operation;
use crate::operations::meetings::ahead::{self, Shown};
use crate::operations::rights::Right;
use crate::phrasing;
use crate::store::meetings::{self, MeetingRule};
use crate::store::sheets::OfTheDay;
use crate::taps::{Asked, ScheduleTap, Tap};

pub struct Schedule;

const NAME: &str = "schedule";

/// Which dialogue is open, and where it stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1r")]
    Rule(rule::Draft),
    #[serde(rename = "1m")]
    One(one::Draft),
}

/// What a dialogue waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    Answer(Asked),
    /// The day that was named is off: is it meant?
    DayOff(NaiveDateTime),
    Preview,
    /// Which answer to change.
    Edit,
}

#[async_trait]
impl Feature for Schedule {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "lichhop",
            words: &["lich hop", "lich sinh hoat", "hop khi nao", "dat lich hop"],
            needs: &[Right::SeeMeetings],
            about: "schedule-about",
            in_groups: true,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Schedule(tap) = tap else { return cx.stale().await };
        match tap {
            ScheduleTap::Rule(unit) => rule::begin(cx, unit).await,
            ScheduleTap::Meetings(unit) => one::list(cx, unit).await,
            ScheduleTap::Move(meeting) => one::begin(cx, one::What::Move(meeting)).await,
            ScheduleTap::Cancel(meeting) => one::begin(cx, one::What::Cancel(meeting)).await,
            ScheduleTap::Add(unit) => one::begin(cx, one::What::Add(unit)).await,
            ScheduleTap::Roll(meeting) => roll::show(cx, meeting).await,
            _ if !cx.on_open_question() || !is_open(cx) => cx.stale().await,
            ScheduleTap::Leave => {
                cx.leave();
                cx.reply(Message::of("schedule-left")).await
            }
            answer => match cx.position()? {
                Position::Rule(draft) => rule::answer(cx, draft, answer).await,
                Position::One(draft) => one::answer(cx, draft, answer).await,
            },
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        match cx.position()? {
            Position::Rule(draft) => rule::text(cx, draft, text).await,
            Position::One(draft) => one::text(cx, draft, text).await,
        }
    }

    fn wants_number(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|position| match position {
            Position::Rule(draft) => draft.wants_day(),
            Position::One(draft) => draft.wants_day(),
        })
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|position| {
            let stage = match &position {
                Position::Rule(draft) => draft.stage(),
                Position::One(draft) => draft.stage(),
            };
            matches!(stage, Stage::Answer(Asked::Place | Asked::Topic | Asked::Reason))
        })
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match cx.position()? {
            Position::Rule(draft) => rule::ask(cx, draft).await,
            Position::One(draft) => one::ask(cx, draft).await,
        }
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    let shown = branch(cx).await?;
    let unit = shown.branch();
    if !rest.is_empty() && !cx.in_group() {
        match Wording::read(rest, Month::of(cx.today())) {
            Ok(wording) => return rule::begin_with(cx, unit, wording).await,
            Err(error) => {
                if let Some(wrong) = rule::misread(&error) {
                    must_set(cx, unit).await?;
                    return refuse(wrong);
                }
            }
        }
    }
    overview(cx, &shown).await
}

/// The branch a person asks about: the one whose group this is, or the one whose meetings are theirs to see.
async fn branch(cx: &mut Cx<'_>) -> Result<Shown, Failure> {
    if cx.in_group() {
        let chat = cx.incoming.address();
        return Ok(ahead::of_group(&mut cx.work().await?, &chat).await?);
    }
    Ok(ahead::of_person(&cx.work().await?)?)
}

/// When a branch meets.
async fn rule_of(cx: &mut Cx<'_>, unit: UnitId) -> Result<MeetingRule, Failure> {
    Ok(operation::rule::of(&mut cx.work().await?, unit).await?)
}

/// Refuses whoever does not set the branch's meetings today, and ends what they had begun here.
async fn must_set(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    let found = operation::must_set(&cx.work().await?, unit);
    or_leave(cx, found)
}

/// Ends the dialogue about what cannot be changed any more, or not by this person.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    if found.is_err() && is_open(cx) {
        cx.leave();
    }
    Ok(found?)
}

/// Whether the dialogue that is open is this feature's.
fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME)
}

fn button(label: impl Into<Phrase>, tap: ScheduleTap) -> Button {
    Button::new(label, Tap::Schedule(tap))
}

/// Under what will be done.
fn verdict_buttons() -> Vec<Button> {
    vec![
        button("button-confirm", ScheduleTap::Confirm),
        button("button-edit", ScheduleTap::Edit),
        button("button-leave", ScheduleTap::Leave),
    ]
}

/// Which answer to change, a button for each that was asked for.
fn edit_menu(asked: &[Asked]) -> Message {
    let mut message = Message::of("schedule-edit");
    for one in asked {
        let label = match one {
            Asked::Time => "button-edit-time",
            Asked::Place => "button-edit-place",
            Asked::Policy => "button-edit-policy",
            Asked::Topic => "button-edit-topic",
            Asked::When => "button-edit-when",
            Asked::Reason => "button-edit-reason",
            Asked::Rule | Asked::DayOfMonth | Asked::Weekday | Asked::Which(_) => {
                "button-edit-rule"
            }
        };
        message = message.row(vec![button(label, ScheduleTap::Ask(*one))]);
    }
    message
}

/// What was typed as a place, a topic or a reason; refused when there is too much of it.
fn free_text(text: &str, limit: usize) -> Result<Typed, Failure> {
    let text = Typed::new(text);
    operation::must_be_text(&text, limit)?;
    Ok(text)
}

/// Adds what a change voids, or will.
fn voided(message: Message, key: &str, voids: OfTheDay) -> Message {
    match phrasing::of_the_day(voids) {
        Some(what) => message.line(Phrase::new(key).with("what", what)),
        None => message,
    }
}

/// Adds how many were told of a change, and what is void with it.
fn informed(message: Message, count: usize, voids: OfTheDay) -> Message {
    let message = voided(message, "schedule-void", voids);
    match count {
        0 => message,
        _ => message.line(Phrase::new("schedule-informed").with("count", count)),
    }
}

async fn overview(cx: &mut Cx<'_>, shown: &Shown) -> Outcome {
    let unit = shown.branch();
    let ahead = ahead::next(&mut cx.work().await?, shown).await?;
    let units = cx.units().await?;
    let mut message =
        Message::new().title(Phrase::new("schedule-title").with("unit", units.name(unit)));
    for line in phrasing::meetings_ahead(ahead) {
        message = message.item(line);
    }
    if !cx.in_group() && cx.may(Right::SetMeetings, unit).await? {
        message = message
            .row(vec![
                button("button-set-rule", ScheduleTap::Rule(unit)),
                button("button-change-one", ScheduleTap::Meetings(unit)),
            ])
            .row(vec![button("button-thematic", ScheduleTap::Add(unit))]);
        let now = cx.judged_now();
        if let Some(next) = meetings::upcoming(cx.tx, unit, now, 1).await?.pop() {
            message = message.row(vec![button("button-roll", ScheduleTap::Roll(next.id))]);
        }
    }
    cx.reply(message).await
}
