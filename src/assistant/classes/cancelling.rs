//! Cancelling a class, with a reason: it stays in the list, and whoever was sent is called back.

use super::{
    Claim, ClassTap, Cx, Desk, Failure, NAME, Outcome, Phrase, Position, button, class, held,
    named, operation, or_leave, page,
};
use crate::domain::ids::ClassId;
use crate::domain::typed::Typed;
use crate::message::{Arg, Message};
use crate::store::classes::Class;

/// Asks for the reason, if the class can be cancelled.
pub(super) async fn begin(cx: &mut Cx<'_>, class: &Class) -> Outcome {
    put(cx, class, None).await
}

pub(super) async fn ask(cx: &mut Cx<'_>, id: ClassId, reason: Option<Typed>) -> Outcome {
    let class = held(cx, id).await?;
    put(cx, &class, reason).await
}

async fn put(cx: &mut Cx<'_>, class: &Class, reason: Option<Typed>) -> Outcome {
    let called_back = operation::called_back(&mut cx.work().await?, class).await;
    let called_back = or_leave(cx, called_back)?;
    if let Some(reason) = &reason {
        // Only how many they are is told.
        let cases: Vec<_> = called_back.iter().map(|seat| seat.case).collect();
        cx.shows(&("class", class.id, cases, reason))?;
    }
    let title = Phrase::new("class-cancel-title").with("class", named(&class.what));
    let message = match &reason {
        None => Message::new().title(title).line("class-ask-reason"),
        Some(reason) => Message::new()
            .title(title)
            .line(Phrase::new("class-cancel-reason").with("reason", Arg::Typed(reason.clone())))
            .line(Phrase::new("class-cancel-people").with("count", called_back.len()))
            .row(vec![
                button("button-class-cancel-now", ClassTap::Confirm),
                button("button-class-anew", ClassTap::Anew),
            ]),
    };
    cx.ask(NAME, &Position::Cancelling { class: class.id, reason }, message).await
}

pub(super) async fn text(
    cx: &mut Cx<'_>,
    id: ClassId,
    reason: Option<Typed>,
    text: &str,
) -> Result<Claim, Failure> {
    if reason.is_some() {
        return Ok(Claim::NotMine);
    }
    let reason = Typed::new(text);
    operation::must_be_a_reason(&reason)?;
    ask(cx, id, Some(reason)).await?;
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
        (ClassTap::Anew, _) => ask(cx, id, None).await,
        (ClassTap::Confirm, Some(reason)) => cancel(cx, desk, id, &reason).await,
        _ => cx.stale().await,
    }
}

async fn cancel(cx: &mut Cx<'_>, desk: &Desk, id: ClassId, reason: &Typed) -> Outcome {
    let cancelled = operation::cancel(&mut cx.work().await?, id, reason).await;
    let called_back = or_leave(cx, cancelled)?;
    cx.leave();
    let class = class(cx, id).await?;
    let head = Phrase::new("class-cancel-done").with("count", called_back);
    page::show(cx, desk, &class, Some(head)).await
}
