//! Being reminded again, once: this afternoon or tomorrow morning, of a report or of an invitation.
//!
//! Grammar: the button under a reminder, and then a time; or in words, after a reminder: `nhắc tôi
//! chiều nay`, `nhắc lại ngày mai`, `chiều nay`, `mai`. A time is offered only before the duty's
//! deadline, and whether it is still a duty is asked again at that time. `/huy` leaves everything as
//! it was.

use async_trait::async_trait;
use chrono::{Days, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::ids::MeetingId;
use crate::domain::month::StepKind;
use crate::domain::text::fold;
use crate::message::{Button, Message, Phrase};
use crate::operations::snoozes;
use crate::store::deferrals;
use crate::taps::{SnoozeTap, Tap};

pub struct Snooze;

const NAME: &str = "snooze";

/// How long after a reminder bare words such as "mai" are about it.
const FRESH: TimeDelta = TimeDelta::hours(24);

/// Where the dialogue stands: when was asked.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    When { meeting: MeetingId, duty: StepKind },
}

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    /// Be reminded, no matter when.
    Sometime,
    Afternoon,
    Tomorrow,
}

#[async_trait]
impl Feature for Snooze {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        match tap {
            Tap::Snooze(SnoozeTap::Ask { meeting, duty }) => ask(cx, meeting, duty).await,
            Tap::Snooze(SnoozeTap::At { meeting, duty, at }) => set(cx, meeting, duty, at).await,
            _ => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let Position::When { meeting, duty } = cx.position()?;
        match read(text) {
            Some((words @ (Words::Afternoon | Words::Tomorrow), _)) => {
                let at = time(cx, words);
                set(cx, meeting, duty, at).await?;
                Ok(Claim::Done)
            }
            _ => Ok(Claim::NotMine),
        }
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let Position::When { meeting, duty } = cx.position()?;
        ask(cx, meeting, duty).await
    }
}

/// Takes words typed after a reminder. Those that name no reminder are only about one that came
/// lately and is not done.
pub(super) async fn typed(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let Some((words, explicit)) = read(text) else { return Ok(Claim::NotMine) };
    if !explicit && cx.session.dialogue.is_some() {
        return Ok(Claim::NotMine);
    }
    let me = cx.me()?.id;
    let last = deferrals::last_reminder(cx.tx, me, cx.now).await?;
    let last = last.filter(|(_, _, at)| explicit || cx.now - *at <= FRESH);
    let Some((meeting, duty, _)) = last else {
        return if explicit { refuse("snooze-nothing") } else { Ok(Claim::NotMine) };
    };
    if !explicit && snoozes::open(&mut cx.work().await?, meeting, duty).await.is_err() {
        return Ok(Claim::NotMine);
    }
    match words {
        Words::Sometime => ask(cx, meeting, duty).await?,
        words => {
            let at = time(cx, words);
            set(cx, meeting, duty, at).await?;
        }
    }
    Ok(Claim::Done)
}

/// What a text asks for, and whether it names the reminder.
fn read(text: &str) -> Option<(Words, bool)> {
    let folded = fold(text);
    let starts = ["nhac toi", "nhac lai", "nhac lai toi", "remind me"];
    let rest = starts.iter().filter_map(|start| folded.strip_prefix(start)).min_by_key(|r| r.len());
    let explicit = rest.is_some();
    let rest = rest.unwrap_or(&folded).trim_start();
    let rest = rest.strip_prefix("vao ").unwrap_or(rest);
    let words = match rest {
        "" | "sau" | "later" if explicit => Words::Sometime,
        "chieu nay" | "chieu" | "buoi chieu" | "this afternoon" => Words::Afternoon,
        "ngay mai" | "mai" | "sang mai" | "hom sau" | "tomorrow" => Words::Tomorrow,
        _ => return None,
    };
    Some((words, explicit))
}

/// The local time that words mean: once the afternoon has come, tomorrow morning.
fn time(cx: &Cx<'_>, words: Words) -> NaiveDateTime {
    let now = cx.judged_local();
    let afternoon = now.date().and_time(cx.practice.snooze_time);
    if words == Words::Afternoon && now < afternoon {
        return afternoon;
    }
    (now.date() + Days::new(1)).and_time(cx.practice.leads.report_time)
}

/// Asks when. Another dialogue that is open is not interrupted.
async fn ask(cx: &mut Cx<'_>, meeting: MeetingId, duty: StepKind) -> Outcome {
    let found = snoozes::open(&mut cx.work().await?, meeting, duty).await;
    if found.is_err() {
        leave(cx);
    }
    let mut message = Message::of("snooze-ask");
    for at in found?.times {
        let key = if at.date() == cx.judged_local().date() {
            "snooze-afternoon"
        } else {
            "snooze-tomorrow"
        };
        let label = Phrase::new(key).with("at", at.time());
        let tap = Tap::Snooze(SnoozeTap::At { meeting, duty, at });
        message = message.row(vec![Button::new(label, tap)]);
    }
    if cx.session.dialogue.is_some() && !is_open(cx) {
        return cx.reply(message).await;
    }
    cx.ask(NAME, &Position::When { meeting, duty }, message).await
}

async fn set(cx: &mut Cx<'_>, meeting: MeetingId, duty: StepKind, at: NaiveDateTime) -> Outcome {
    leave(cx);
    snoozes::put_off(&mut cx.work().await?, meeting, duty, at).await?;
    let key = match duty {
        StepKind::Meeting => "snooze-set-meeting",
        _ => "snooze-set-report",
    };
    cx.reply(Message::of(Phrase::new(key).with("at", at))).await
}

fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME)
}

fn leave(cx: &mut Cx<'_>) {
    if is_open(cx) {
        cx.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_understood_however_it_is_typed() {
        for typed in ["nhắc tôi chiều nay", "NHAC LAI CHIEU NAY", "Nhắc lại tôi vào chiều nay."]
        {
            assert_eq!(read(typed), Some((Words::Afternoon, true)), "{typed}");
        }
        for typed in ["ngày mai", "mai", "sáng mai", "Tomorrow"] {
            assert_eq!(read(typed), Some((Words::Tomorrow, false)), "{typed}");
        }
        for typed in ["nhắc tôi", "nhắc tôi sau", "remind me later"] {
            assert_eq!(read(typed), Some((Words::Sometime, true)), "{typed}");
        }
        for typed in ["nhắc tôi thứ 6", "sau", "", "mai anh", "chiều mai"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
