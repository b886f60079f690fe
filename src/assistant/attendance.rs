//! The answer to a meeting's reminder: có mặt, or vắng có lý do with the reason. The answer can be
//! changed until the meeting begins.
//!
//! Grammar: the buttons; `VẮNG 472 đi công tác`, where 472 is the code of the reminder; and without
//! a code, of the next meeting of one's branch, `có mặt` or `vắng [mặt] [vì đi công tác]`. When the
//! same member is excused for so many meetings in a row as the settings say, the secretary is told.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::engine::context::{Aside, Cx};
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use crate::clock::Instant;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::MeetingAnswer;
use crate::domain::text::{bears_circumflex, fold};
use crate::domain::typed::Typed;
use crate::message::{Button, Message, Phrase};
use crate::operations::attendance::{self as operation, Answered, Coming};
use crate::phrasing;
use crate::store::meetings::{self, Answer, Meeting};
use crate::taps::{AttendanceTap, Tap};

pub struct Attendance;

/// Where the dialogue stands: the reason was asked for.
#[derive(Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    Reason {
        meeting: MeetingId,
        /// What was open before and is gone on with afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Aside>,
    },
}

#[async_trait]
impl Feature for Attendance {
    fn name(&self) -> &'static str {
        "attendance"
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let asked = cx.tapped.as_ref().and_then(|button| button.made_at);
        match tap {
            Tap::Attendance(AttendanceTap::Coming(meeting)) => coming(cx, meeting, asked).await,
            Tap::Attendance(AttendanceTap::Excused(meeting)) => excused(cx, meeting, asked).await,
            Tap::Attendance(AttendanceTap::NoReason) if cx.on_open_question() && is_open(cx) => {
                let before = leave(cx);
                cx.reply(Message::of("attendance-no-reason")).await?;
                cx.go_on_with(before);
                Ok(())
            }
            _ => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let Position::Reason { meeting, .. } = cx.position()?;
        let reason = Typed::new(text);
        absent(cx, meeting, Coming::Because(&reason), None).await?;
        Ok(Claim::Done)
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        cx.position::<Position>().is_ok()
    }

    fn put_aside(&self, cx: &Cx<'_>) -> Option<Aside> {
        let Position::Reason { before, .. } = cx.position().ok()?;
        before
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let Position::Reason { meeting, before } = cx.position()?;
        let absent = is_absent(cx, meeting).await?;
        match meetings::get(cx.tx, meeting).await? {
            Some(meeting) if meeting.is_ahead(cx.judged_now()) && absent => {
                ask_reason(cx, &meeting, before).await
            }
            // They come after all, or it is over: there is nothing to give a reason for.
            _ => {
                cx.leave();
                cx.go_on_with(before);
                Ok(())
            }
        }
    }
}

/// Whether the person said that they do not come to a meeting, at the time it has now.
async fn is_absent(cx: &mut Cx<'_>, meeting: MeetingId) -> Result<bool, Failure> {
    let (me, answers) = (cx.me()?.id, meetings::answers(cx.tx, meeting).await?);
    let absent =
        |answer: &Answer| answer.person_id == me && answer.answer == MeetingAnswer::Excused;
    Ok(answers.iter().any(absent))
}

/// Notes an answer; gives the meeting. Where it was meant for something else than what stands, that is said and
/// asked about anew, and there is none.
async fn note(
    cx: &mut Cx<'_>,
    id: MeetingId,
    coming: Coming<'_>,
    asked: Option<Instant>,
) -> Result<Option<Meeting>, Failure> {
    let (meeting, why) = match operation::answer(&mut cx.work().await?, id, coming, asked).await? {
        Answered::Noted(meeting) => return Ok(Some(meeting)),
        Answered::Moved(meeting) => (meeting, "attendance-moved"),
        Answered::Comes(meeting) => (meeting, "attendance-comes"),
    };
    let when = phrasing::meeting_time(cx.practice, &meeting);
    let why = Phrase::new(why).with("when", when);
    if cx.in_group() {
        cx.toast(why);
        return Ok(None);
    }
    // The reason that is asked for may be of the time before, too.
    let ended = asks_reason_for(cx, id) && !is_absent(cx, id).await?;
    let before = if ended { leave(cx) } else { None };
    cx.reply(Message::of(why).row(phrasing::attendance_buttons(id))).await?;
    cx.go_on_with(before);
    Ok(None)
}

/// Takes an answer in plain words for the next meeting of the person's branch.
pub(super) async fn spoken(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let Some(answer) = answer_in_words(text) else { return Ok(Claim::NotMine) };
    let Some(unit) = cx.me()?.unit else { return Ok(Claim::NotMine) };
    let now = cx.judged_now();
    let next = meetings::upcoming(cx.tx, unit, now, 1).await?.pop();
    let Some(next) = next else { return refuse("attendance-none-ahead") };
    match answer {
        Spoken::Coming => coming(cx, next.id, None).await?,
        Spoken::Excused("") => excused(cx, next.id, None).await?,
        Spoken::Excused(reason) => {
            let reason = Typed::new(reason);
            absent(cx, next.id, Coming::No(Some(&reason)), None).await?;
        }
    }
    Ok(Claim::Done)
}

/// Whether a text is such an answer and nothing else.
pub(super) fn is_answer(text: &str) -> bool {
    matches!(answer_in_words(text), Some(Spoken::Coming | Spoken::Excused("")))
}

/// What a person says of their coming; of an absence the reason as it was typed, or nothing.
#[derive(Debug, PartialEq, Eq)]
enum Spoken<'t> {
    Coming,
    Excused(&'t str),
}

fn answer_in_words(text: &str) -> Option<Spoken<'_>> {
    let folded = fold(text);
    if matches!(folded.as_str(), "co mat" | "toi co mat" | "toi se co mat" | "toi se den") {
        return Some(Spoken::Coming);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|word| fold(word).replace(':', "")).collect();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let lead = plain.iter().take_while(|word| matches!(**word, "toi" | "xin" | "bao")).count();
    // Folded, "yes" reads like "absent".
    if plain.get(lead) == Some(&"vang") && bears_circumflex(words[lead]) {
        return None;
    }
    let is_parted = |word: &str| word.ends_with([':', ',', '-']);
    let said = match &plain[lead..] {
        ["vang", ..] if is_parted(words[lead]) => 1,
        ["vang", "mat", "co", "ly", "do", ..] => 5,
        ["vang", "co", "ly", "do", ..] => 4,
        ["vang", "mat" | "hop", ..] => 2,
        ["vang", ..] => 1,
        _ => return None,
    };
    let used = lead + said;
    let because = match &plain[used..] {
        [] => return Some(Spoken::Excused("")),
        ["vi", "ly", "do", ..] => 3,
        ["ly", "do", ..] => 2,
        ["vi" | "do", ..] => 1,
        // "Vắng: đi công tác".
        _ if is_parted(words[used - 1]) => 0,
        _ => return None,
    };
    let reason = words.get(used + because)?;
    let at = reason.as_ptr() as usize - text.as_ptr() as usize;
    Some(Spoken::Excused(text[at..].trim_end()))
}

async fn coming(cx: &mut Cx<'_>, id: MeetingId, asked: Option<Instant>) -> Outcome {
    let Some(meeting) = note(cx, id, Coming::Yes, asked).await? else { return Ok(()) };
    if cx.in_group() {
        cx.toast("attendance-coming-noted");
        return Ok(());
    }
    let before = if asks_reason_for(cx, meeting.id) { leave(cx) } else { None };
    cx.reply(confirm(cx, "attendance-coming", &meeting)).await?;
    cx.go_on_with(before);
    Ok(())
}

async fn excused(cx: &mut Cx<'_>, id: MeetingId, asked: Option<Instant>) -> Outcome {
    let reason = cx.remark.take().map(|reason| Typed::new(&reason));
    absent(cx, id, Coming::No(reason.as_ref()), asked).await
}

/// Notes the absence at once, so that it holds even if no reason follows, and asks for a reason that is not given
/// in private.
async fn absent(
    cx: &mut Cx<'_>,
    id: MeetingId,
    coming: Coming<'_>,
    asked: Option<Instant>,
) -> Outcome {
    let Some(meeting) = note(cx, id, coming, asked).await? else { return Ok(()) };
    if let Some(reason) = coming.reason() {
        let before = if asks_reason_for(cx, meeting.id) { leave(cx) } else { None };
        let noted = Phrase::new("attendance-excused-why")
            .with("at", cx.practice.local(meeting.starts_at))
            .with("reason", reason);
        cx.reply(Message::of(noted)).await?;
        cx.go_on_with(before);
        return Ok(());
    }
    if cx.in_group() {
        cx.toast("attendance-excused-noted");
        return Ok(());
    }
    // Whoever says so while something else is asked answers that afterwards. The newest absence takes the
    // place of another whose reason was still asked for.
    let before = if is_open(cx) { Attendance.put_aside(cx) } else { cx.aside() };
    ask_reason(cx, &meeting, before).await
}

async fn ask_reason(cx: &mut Cx<'_>, meeting: &Meeting, before: Option<Aside>) -> Outcome {
    let message = confirm(cx, "attendance-excused", meeting)
        .line("attendance-ask-reason")
        .row(vec![Button::new("button-skip", Tap::Attendance(AttendanceTap::NoReason))]);
    let position = Position::Reason { meeting: meeting.id, before };
    match &position {
        // Bare numbers belong to what waits.
        Position::Reason { before: Some(_), .. } => {
            cx.ask_number("attendance", &position, message).await
        }
        _ => cx.ask("attendance", &position, message).await,
    }
}

/// Ends the dialogue; gives what was put aside for it.
fn leave(cx: &mut Cx<'_>) -> Option<Aside> {
    let before = Attendance.put_aside(cx);
    cx.leave();
    before
}

/// Whether the dialogue that is open is this one.
fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == "attendance")
}

fn asks_reason_for(cx: &Cx<'_>, id: MeetingId) -> bool {
    is_open(cx) && matches!(cx.position(), Ok(Position::Reason { meeting, .. }) if meeting == id)
}

fn confirm(cx: &Cx<'_>, key: &str, meeting: &Meeting) -> Message {
    Message::of(Phrase::new(key).with("at", cx.practice.local(meeting.starts_at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_is_said_in_words_with_its_reason() {
        for (typed, reason) in [
            ("Vắng vì đi công tác", "đi công tác"),
            ("vang vi di cong tac", "di cong tac"),
            ("Tôi xin vắng do ốm, sốt cao", "ốm, sốt cao"),
            ("vắng mặt có lý do: chăm con ốm", "chăm con ốm"),
            ("Vắng: họp ở Viện", "họp ở Viện"),
            ("báo vắng vì lý do gia đình", "gia đình"),
            ("vắng", ""),
            ("Vắng họp.", ""),
        ] {
            assert_eq!(answer_in_words(typed), Some(Spoken::Excused(reason)), "{typed}");
        }
        assert_eq!(answer_in_words("Có mặt!"), Some(Spoken::Coming));
        for other in [
            "Vâng",
            "vâng, tôi sẽ đến",
            "Va\u{302}ng",
            "",
            "vắng người quá",
            "vàng bạc",
            "có",
            "vắng vì",
            "tôi",
            "có mặt ở đâu",
        ] {
            assert_eq!(answer_in_words(other), None, "{other}");
        }
    }
}
