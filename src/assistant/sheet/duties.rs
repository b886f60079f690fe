//! What the meeting gives members to do: who, what, until when. It counts from the closing on; then
//! the person or the branch's leaders say that it is done.

use chrono::NaiveDate;

use super::{Claim, Cx, Failure, NAME, Outcome, Position, button, open, refuse, roll};
use crate::domain::audit::Act;
use crate::domain::ids::{DutyId, MeetingId, PersonId, UnitId};
use crate::domain::text::nfc;
use crate::domain::typed::Typed;
use crate::domain::when::{self, WhenError};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::rights::Right;
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::{duties, people};
use crate::taps::{SheetTap, Tap};

/// Longest text of a duty, in characters.
const WHAT_LIMIT: usize = 300;

/// What was given so far, and a button for every member.
pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let open = open(cx, id).await?;
    let roll = roll::read(cx, &open).await?;
    let mut message = Message::new().title("sheet-duties-title");
    for duty in duties::of_meeting(cx.tx, id).await? {
        let Some(person) = roll.person(duty.person) else { continue };
        let person = roll.name(person);
        let label = Phrase::new("sheet-take-back").with("what", phrasing::short(&duty.what));
        message = message
            .item(
                Phrase::new("sheet-duty")
                    .with("person", person)
                    .with("what", Arg::Typed(duty.what))
                    .with("due", duty.due),
            )
            .row(vec![button(label, SheetTap::TakeBack { meeting: id, duty: duty.id })]);
    }
    message = message.line("sheet-ask-whom");
    for row in &roll.rows {
        let label = Phrase::new("sheet-person").with("person", roll.name(&row.person));
        let tap = SheetTap::Assign { meeting: id, person: row.person.id };
        message = message.row(vec![button(label, tap)]);
    }
    let message = message.row(vec![button("sheet-back", SheetTap::Show(id))]);
    cx.ask(NAME, &Position::Whom { meeting: id }, message).await
}

/// Goes on with who is meant by a name that was typed.
pub(super) async fn whom(cx: &mut Cx<'_>, id: MeetingId, text: &str) -> Result<Claim, Failure> {
    let open = open(cx, id).await?;
    let roll = roll::read(cx, &open).await?;
    let Some(person) = roll.called_by(text)? else { return Ok(Claim::NotMine) };
    ask_what(cx, id, person).await?;
    Ok(Claim::Done)
}

/// The member as the sheet names them, if they belong to the branch.
async fn member(cx: &mut Cx<'_>, id: MeetingId, person: PersonId) -> Result<Arg, Failure> {
    let open = open(cx, id).await?;
    let roll = roll::read(cx, &open).await?;
    match roll.person(person) {
        Some(person) => Ok(roll.name(person)),
        None => refuse("sheet-no-member"),
    }
}

pub(super) async fn ask_what(cx: &mut Cx<'_>, id: MeetingId, person: PersonId) -> Outcome {
    let name = member(cx, id, person).await?;
    let message = Message::of(Phrase::new("sheet-ask-what").with("person", name))
        .row(vec![button("sheet-back", SheetTap::Duties(id))]);
    cx.ask(NAME, &Position::What { meeting: id, person }, message).await
}

pub(super) async fn what(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    text: &str,
) -> Result<Claim, Failure> {
    let what = nfc(text);
    if what.is_empty() || what.chars().count() > WHAT_LIMIT {
        return refuse(Phrase::new("sheet-text-length").with("limit", WHAT_LIMIT));
    }
    ask_until(cx, id, person, Typed::new(what)).await?;
    Ok(Claim::Done)
}

pub(super) async fn ask_until(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    what: Typed,
) -> Outcome {
    let name = member(cx, id, person).await?;
    let question =
        Phrase::new("sheet-ask-until").with("person", name).with("what", Arg::Typed(what.clone()));
    let message = Message::of(question).row(vec![button("sheet-back", SheetTap::Duties(id))]);
    cx.ask_number(NAME, &Position::Until { meeting: id, person, what }, message).await
}

pub(super) async fn until(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    what: Typed,
    text: &str,
) -> Result<Claim, Failure> {
    member(cx, id, person).await?;
    let today = cx.today();
    let read = when::day_alone(text, today);
    let due = match read.unwrap_or_else(|| when::nearest_date(text, today)) {
        Ok(due) if due < today => {
            return refuse(Phrase::new("sheet-date-past").with("due", due).with("today", today));
        }
        Ok(due) => due,
        Err(WhenError::NoSuchDate { day, month, .. }) => {
            return refuse(Phrase::new("sheet-no-such-date").with("day", day).with("month", month));
        }
        Err(_) => return Ok(Claim::NotMine),
    };
    add(cx, id, person, &what, due).await?;
    Ok(Claim::Done)
}

async fn add(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    what: &Typed,
    due: NaiveDate,
) -> Outcome {
    duties::add(cx.tx, id, person, what, due, cx.now).await?;
    cx.leave();
    show(cx, id).await
}

pub(super) async fn take_back(cx: &mut Cx<'_>, id: MeetingId, duty: DutyId) -> Outcome {
    open(cx, id).await?;
    duties::take_back(cx.tx, duty, id).await?;
    show(cx, id).await
}

/// What the branch's closed meetings left to do, each with a button.
pub(super) async fn left_open(
    cx: &mut Cx<'_>,
    unit: UnitId,
    mut message: Message,
) -> Result<Message, Failure> {
    let left = duties::open_in(cx.tx, unit).await?;
    if left.is_empty() {
        return Ok(message);
    }
    let today = cx.today();
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

/// Says that something is done: the person who was to do it, or who may say so of others.
pub(super) async fn done(cx: &mut Cx<'_>, id: DutyId) -> Outcome {
    let me = cx.me()?.id;
    let Some(duty) = duties::get(cx.tx, id).await? else { return refuse("duty-not-yours") };
    if duty.person != me && !cx.may(Right::SettleDuties, duty.unit).await? {
        return refuse("duty-not-yours");
    }
    if !duties::done(cx.tx, id, me, cx.now).await? {
        return refuse("duty-was-done");
    }
    let today = cx.today();
    let of = people::get(cx.tx, duty.person, today).await?.map(|person| person.code);
    let entry = Entry::new(Act::DutyDone, of.unwrap_or_default());
    cx.note(entry.within(duty.unit).for_meeting(duty.meeting)).await?;
    let back = match cx.may(Right::RunMeetings, duty.unit).await? {
        true => button("sheet-continue", SheetTap::Branch(duty.unit)),
        false => Button::new("duty-others", Tap::Command("viec".to_owned())),
    };
    let message = Message::of(Phrase::new("duty-done").with("what", Arg::Typed(duty.what)));
    cx.reply(message.row(vec![back])).await
}
