//! Cancelling a class, with a reason: it stays in the list, and whoever was sent is called back.

use super::{
    Claim, ClassTap, Cx, Desk, Failure, NAME, Outcome, Phrase, Position, button, class, held,
    named, page, refuse, seats, told,
};
use crate::domain::audit::{Act, Field};
use crate::domain::class;
use crate::domain::ids::ClassId;
use crate::domain::typed::Typed;
use crate::message::{Arg, Message};
use crate::store::audit::Entry;
use crate::store::classes::{self, Class, Seat};

/// Longest reason, in characters.
const REASON_LIMIT: usize = 300;

/// Asks for the reason, if the class can be cancelled.
pub(super) async fn begin(cx: &mut Cx<'_>, class: &Class) -> Outcome {
    possible(cx, class).await?;
    put(cx, class, None).await
}

/// Everybody who is called back. A class that somebody came back from with a certificate was held.
async fn possible(cx: &mut Cx<'_>, class: &Class) -> Result<Vec<Seat>, Failure> {
    if class.cancelled.is_some() {
        cx.leave();
        return refuse("class-is-cancelled");
    }
    let seats = seats(cx, class).await?;
    if seats.iter().any(|seat| seat.outcome == Some(class::Outcome::Certified)) {
        cx.leave();
        return refuse("class-was-held");
    }
    Ok(seats.into_iter().filter(Seat::is_open).collect())
}

pub(super) async fn ask(
    cx: &mut Cx<'_>,
    desk: &Desk,
    id: ClassId,
    reason: Option<Typed>,
) -> Outcome {
    let class = held(cx, desk, id).await?;
    put(cx, &class, reason).await
}

async fn put(cx: &mut Cx<'_>, class: &Class, reason: Option<Typed>) -> Outcome {
    let called_back = possible(cx, class).await?.len();
    let title = Phrase::new("class-cancel-title").with("class", named(class));
    let message = match &reason {
        None => Message::new().title(title).line("class-ask-reason"),
        Some(reason) => Message::new()
            .title(title)
            .line(Phrase::new("class-cancel-reason").with("reason", Arg::Typed(reason.clone())))
            .line(Phrase::new("class-cancel-people").with("count", called_back))
            .row(vec![
                button("button-class-cancel-now", ClassTap::Confirm),
                button("button-class-anew", ClassTap::Anew),
            ]),
    };
    cx.ask(NAME, &Position::Cancelling { class: class.id, reason }, message).await
}

pub(super) async fn text(
    cx: &mut Cx<'_>,
    desk: &Desk,
    id: ClassId,
    reason: Option<Typed>,
    text: &str,
) -> Result<Claim, Failure> {
    if reason.is_some() {
        return Ok(Claim::NotMine);
    }
    let length = text.chars().count();
    if !(1..=REASON_LIMIT).contains(&length) || !text.contains(char::is_alphabetic) {
        return refuse(Phrase::new("class-reason-wrong").with("limit", REASON_LIMIT));
    }
    ask(cx, desk, id, Some(Typed::new(text))).await?;
    Ok(Claim::Done)
}

pub(super) async fn tap(
    cx: &mut Cx<'_>,
    desk: &Desk,
    id: ClassId,
    reason: Option<Typed>,
    tap: ClassTap,
) -> Outcome {
    match (tap, reason) {
        (ClassTap::Anew, _) => ask(cx, desk, id, None).await,
        (ClassTap::Confirm, Some(reason)) => {
            let class = held(cx, desk, id).await?;
            cancel(cx, desk, &class, &reason).await
        }
        _ => cx.stale().await,
    }
}

async fn cancel(cx: &mut Cx<'_>, desk: &Desk, whole: &Class, reason: &Typed) -> Outcome {
    let (me, today) = (cx.me()?.id, cx.today());
    let called_back = possible(cx, whole).await?;
    classes::cancel(cx.tx, whole.id, reason, me, cx.now).await?;
    for seat in &called_back {
        classes::reverse(cx.tx, seat.id, today, me, cx.now).await?;
        let entry = Entry::new(Act::StepTakenBack, seat.code.as_str())
            .within(seat.unit)
            .was(Field::Step, whole.what.kind.step());
        cx.note(entry).await?;
    }
    let codes: Vec<&str> = called_back.iter().map(|seat| seat.code.as_str()).collect();
    let entry = Entry::new(Act::ClassCancelled, whole.what.number.as_written())
        .became(Field::Class, whole.what.kind)
        .was(Field::Cases, codes);
    cx.note(entry).await?;
    cx.leave();
    let class = class(cx, desk, whole.id).await?;
    let head = Phrase::new("class-cancel-done").with("count", called_back.len());
    page::show(cx, desk, &class, Some(head)).await?;
    let about = called_back.iter().map(told::About::of).collect::<Vec<_>>();
    told::tell(cx, desk, &class, told::News::Cancelled(reason), &about).await
}
