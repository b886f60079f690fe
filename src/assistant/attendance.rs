//! The answer to a meeting's reminder: có mặt, or vắng có lý do with the reason. The answer can be
//! changed until the meeting begins.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::context::Cx;
use super::feature::{Claim, Command, Failure, Feature, Outcome, refuse};
use crate::domain::ids::MeetingId;
use crate::domain::text::nfc;
use crate::message::{Button, Message, Phrase};
use crate::store::meetings::{self, Meeting};
use crate::store::people;
use crate::taps::{AttendanceTap, Tap};

pub struct Attendance;

/// Longest reason, in characters.
const REASON_LIMIT: usize = 300;

/// Where the dialogue stands: the reason was asked for.
#[derive(Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    Reason { meeting: MeetingId },
}

#[async_trait]
impl Feature for Attendance {
    fn name(&self) -> &'static str {
        "attendance"
    }

    fn commands(&self) -> &'static [Command] {
        &[]
    }

    async fn command(&self, _: &mut Cx<'_>, _: &str, _: &str) -> Outcome {
        Ok(())
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        match tap {
            Tap::Attendance(AttendanceTap::Coming(meeting)) => coming(cx, meeting).await,
            Tap::Attendance(AttendanceTap::Excused(meeting)) => excused(cx, meeting).await,
            Tap::Attendance(AttendanceTap::NoReason) if cx.on_open_question() && is_open(cx) => {
                cx.leave();
                cx.reply(Message::of("attendance-no-reason")).await
            }
            _ => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let Position::Reason { meeting } = cx.position()?;
        let meeting = open_meeting(cx, meeting).await?;
        let reason = nfc(text);
        if reason.is_empty() || reason.chars().count() > REASON_LIMIT {
            return refuse(Phrase::new("attendance-reason-length").with("limit", REASON_LIMIT));
        }
        let me = cx.me()?.id;
        meetings::answer(cx.tx, meeting.id, me, "excused", Some(&reason), cx.now).await?;
        cx.leave();
        cx.reply(confirm(cx, "attendance-excused", &meeting)).await?;
        Ok(Claim::Done)
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let Position::Reason { meeting } = cx.position()?;
        excused(cx, meeting).await
    }
}

async fn coming(cx: &mut Cx<'_>, meeting: MeetingId) -> Outcome {
    let meeting = open_meeting(cx, meeting).await?;
    let me = cx.me()?.id;
    meetings::answer(cx.tx, meeting.id, me, "coming", None, cx.now).await?;
    if cx.in_group() {
        cx.toast("attendance-coming-noted");
        return Ok(());
    }
    if asks_reason_for(cx, meeting.id) {
        cx.leave();
    }
    cx.reply(confirm(cx, "attendance-coming", &meeting)).await
}

/// Notes the absence at once, so that it holds even if no reason follows, and asks for the reason
/// in private.
async fn excused(cx: &mut Cx<'_>, meeting: MeetingId) -> Outcome {
    let meeting = open_meeting(cx, meeting).await?;
    let me = cx.me()?.id;
    meetings::answer(cx.tx, meeting.id, me, "excused", None, cx.now).await?;
    if cx.in_group() {
        cx.toast("attendance-excused-noted");
        return Ok(());
    }
    if cx.session.dialogue.is_some() && !asks_reason_for(cx, meeting.id) {
        // Another dialogue is open; it is not interrupted for a reason that can be given at the
        // meeting.
        return cx.reply(confirm(cx, "attendance-excused", &meeting)).await;
    }
    let message = confirm(cx, "attendance-excused", &meeting)
        .line("attendance-ask-reason")
        .row(vec![Button::new("button-skip", Tap::Attendance(AttendanceTap::NoReason))]);
    cx.ask("attendance", &Position::Reason { meeting: meeting.id }, message).await
}

/// Whether the dialogue that is open is this one.
fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == "attendance")
}

fn asks_reason_for(cx: &Cx<'_>, id: MeetingId) -> bool {
    is_open(cx) && matches!(cx.position(), Ok(Position::Reason { meeting }) if meeting == id)
}

/// The meeting, if the person is a Party member of its branch and it has not begun.
async fn open_meeting(cx: &mut Cx<'_>, id: MeetingId) -> Result<Meeting, Failure> {
    let (me, today) = (cx.me()?.id, cx.today());
    let Some(meeting) = meetings::get(cx.tx, id).await? else { return refuse("tap-stale") };
    if !people::members(cx.tx, meeting.unit, today).await?.contains(&me) {
        return refuse("attendance-not-member");
    }
    if meeting.starts_at <= cx.now {
        return refuse("attendance-too-late");
    }
    Ok(meeting)
}

fn confirm(cx: &Cx<'_>, key: &str, meeting: &Meeting) -> Message {
    Message::of(Phrase::new(key).with("at", cx.practice.local(meeting.starts_at)))
}
