//! What the meeting gives members to do: who, what, until when.

use super::{
    Claim, Cx, Failure, MeetingId, NAME, Outcome, PersonId, Phrase, Position, Right, Typed, UnitId,
    a_date, button, open, roll, sheets,
};
use crate::domain::ids::DutyId;
use crate::domain::when;
use crate::message::{Button, Message};
use crate::phrasing;
use crate::store::duties::{self, Duty};
use crate::taps::{SheetTap, Tap};

/// Who is to do what, until when.
pub(super) fn line(duty: &Duty) -> Phrase {
    Phrase::new("sheet-duty")
        .with("person", duty.person)
        .with("what", &duty.what)
        .with("due", duty.due)
}

/// What was given so far, and a button for every member.
pub(super) async fn show(cx: &mut Cx<'_>, meeting: MeetingId) -> Outcome {
    let sheet = open(cx, meeting).await?;
    let mut message = Message::new().title("sheet-duties-title");
    for duty in duties::of_meeting(cx.tx, meeting).await? {
        if sheet.row(duty.person).is_none() {
            continue;
        }
        let label = Phrase::new("sheet-take-back").with("what", phrasing::short(&duty.what));
        let take_back = button(label, SheetTap::TakeBack { meeting, duty: duty.id });
        message = message.item(line(&duty)).row(vec![take_back]);
    }
    message = message.line("sheet-ask-whom");
    for row in &sheet.roll {
        let person = row.person.id;
        let label = Phrase::new("sheet-person").with("person", person);
        message = message.row(vec![button(label, SheetTap::Assign { meeting, person })]);
    }
    let message = message.row(vec![button("sheet-back", SheetTap::Show(meeting))]);
    cx.ask(NAME, &Position::Whom { meeting }, message).await
}

/// Goes on with who is meant by a name that was typed.
pub(super) async fn whom(cx: &mut Cx<'_>, id: MeetingId, text: &str) -> Result<Claim, Failure> {
    let sheet = open(cx, id).await?;
    let Some(person) = roll::called_by(&sheet, text)? else { return Ok(Claim::NotMine) };
    ask_what(cx, id, person).await?;
    Ok(Claim::Done)
}

pub(super) async fn ask_what(cx: &mut Cx<'_>, meeting: MeetingId, person: PersonId) -> Outcome {
    open(cx, meeting).await?.member(person)?;
    let message = Message::of(Phrase::new("sheet-ask-what").with("person", person))
        .row(vec![button("sheet-back", SheetTap::Duties(meeting))]);
    cx.ask(NAME, &Position::What { meeting, person }, message).await
}

pub(super) async fn what(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    text: &str,
) -> Result<Claim, Failure> {
    let what = Typed::new(text);
    sheets::must_be_a_duty(&what)?;
    ask_until(cx, id, person, what).await?;
    Ok(Claim::Done)
}

pub(super) async fn ask_until(
    cx: &mut Cx<'_>,
    meeting: MeetingId,
    person: PersonId,
    what: Typed,
) -> Outcome {
    open(cx, meeting).await?.member(person)?;
    let question = Phrase::new("sheet-ask-until").with("person", person).with("what", &what);
    let message = Message::of(question).row(vec![button("sheet-back", SheetTap::Duties(meeting))]);
    cx.ask_number(NAME, &Position::Until { meeting, person, what }, message).await
}

pub(super) async fn until(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    what: Typed,
    text: &str,
) -> Result<Claim, Failure> {
    let sheet = open(cx, id).await?;
    let today = cx.today();
    let read = when::day_alone(text, today);
    let read = read.unwrap_or_else(|| when::nearest_date(text, today));
    let Some(due) = a_date(text, read)? else { return Ok(Claim::NotMine) };
    let given = sheets::give(&mut cx.work().await?, &sheet, person, &what, due).await?;
    cx.leave();
    cx.say_if_same(given).await?;
    show(cx, id).await?;
    Ok(Claim::Done)
}

pub(super) async fn take_back(cx: &mut Cx<'_>, id: MeetingId, duty: DutyId) -> Outcome {
    let sheet = open(cx, id).await?;
    sheets::take_back(&mut cx.work().await?, &sheet, duty).await?;
    show(cx, id).await
}

/// What the branch's closed meetings left to do, each with a button.
pub(super) async fn left_open(
    cx: &mut Cx<'_>,
    unit: UnitId,
    mut message: Message,
) -> Result<Message, Failure> {
    let today = cx.today();
    let left = duties::open_in(cx.tx, unit, today).await?;
    if left.is_empty() {
        return Ok(message);
    }
    message = message.gap().line("sheet-left-open");
    for duty in left {
        let key = if duty.due < today { "sheet-duty-overdue" } else { "sheet-duty" };
        let (line, label) = phrasing::duty(key, &duty.what, duty.due);
        message = message
            .item(line.with("person", duty.person))
            .row(vec![button(label, SheetTap::Done(duty.id))]);
    }
    Ok(message)
}

/// Says that something is done.
pub(super) async fn done(cx: &mut Cx<'_>, id: DutyId) -> Outcome {
    let duty = sheets::settle(&mut cx.work().await?, id).await?;
    let back = match cx.may(Right::RunMeetings, duty.unit).await? {
        true => button("sheet-continue", SheetTap::Branch(duty.unit)),
        false => Button::new("duty-others", Tap::Command("viec".to_owned())),
    };
    let message = Message::of(Phrase::new("duty-done").with("what", duty.what));
    cx.reply(message.row(vec![back])).await
}
