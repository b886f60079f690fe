//! The numbers that a meeting's papers get at its closing, and where they go on from: a branch that
//! begins in the middle of a term has papers already.

use super::{
    Claim, Cx, Failure, MeetingId, NAME, OpenSheet, Outcome, PaperKind, Phrase, Position, button,
    closing, open, sheets,
};
use crate::message::Message;
use crate::phrasing;
use crate::store::numbers;
use crate::taps::SheetTap;

/// A paper and its number.
pub(super) fn paper(kind: PaperKind, number: u32) -> Phrase {
    Phrase::new("sheet-paper")
        .with("kind", phrasing::paper(kind))
        .with("number", phrasing::number(kind, number))
}

/// A line and a button for each paper there will be.
pub(super) async fn ahead(
    cx: &mut Cx<'_>,
    sheet: &OpenSheet,
    kinds: &[PaperKind],
    mut message: Message,
) -> Result<Message, Failure> {
    let meeting = sheet.id();
    let mut buttons = Vec::new();
    for kind in kinds.iter().copied() {
        let series = sheets::series(cx.practice, &sheet.meeting, kind);
        message = message.item(paper(kind, numbers::next(cx.tx, series).await?));
        let label = Phrase::new("sheet-number-button").with("kind", phrasing::paper(kind));
        buttons.push(button(label, SheetTap::Number { meeting, kind }));
    }
    Ok(message.row(buttons))
}

pub(super) async fn ask(cx: &mut Cx<'_>, meeting: MeetingId, kind: PaperKind) -> Outcome {
    let sheet = open(cx, meeting).await?;
    let series = sheets::series(cx.practice, &sheet.meeting, kind);
    let next = numbers::next(cx.tx, series).await?;
    let question = Phrase::new("sheet-ask-number")
        .with("kind", phrasing::paper(kind))
        .with("next", phrasing::number(kind, next));
    let message = Message::of(question).row(vec![button("sheet-back", SheetTap::Close(meeting))]);
    cx.ask_number(NAME, &Position::Number { meeting, kind }, message).await
}

pub(super) async fn set(
    cx: &mut Cx<'_>,
    meeting: MeetingId,
    kind: PaperKind,
    text: &str,
) -> Result<Claim, Failure> {
    let sheet = open(cx, meeting).await?;
    let Some(number) = kind.read_number(text) else { return Ok(Claim::NotMine) };
    // What follows asks whether it may be closed: if not, that is said before anything is written.
    sheets::ready(&mut cx.work().await?, &sheet).await?;
    let set = sheets::go_on_from(&mut cx.work().await?, &sheet, kind, number).await?;
    cx.leave();
    cx.say_if_same(set).await?;
    closing::ask(cx, meeting).await?;
    Ok(Claim::Done)
}
