//! The closing of a meeting: shown whole, asked once more, done once.

use super::{Cx, Failure, MeetingId, Outcome, Phrase, button, numbers, open, page, sheets};
use crate::message::{Button, Link, Message};
use crate::phrasing;
use crate::store::meetings::Meeting;
use crate::store::numbers as rows;
use crate::taps::SheetTap;

pub(super) async fn ask(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let sheet = open(cx, id).await?;
    let closing = sheets::ready(&mut cx.work().await?, &sheet).await?;
    let message = Message::new().title(page::title(cx, &sheet).await?);
    let message = page::written(cx, &sheet, message).await?.gap().line("sheet-ask-close");
    // First, so that "1" confirms.
    let message = message.row(vec![button("sheet-close-now", SheetTap::CloseNow(id))]);
    let message = numbers::ahead(cx, &sheet, closing.papers, message)
        .await?
        .row(vec![button("sheet-back", SheetTap::Show(id))]);
    cx.reply(message).await
}

pub(super) async fn close(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let sheet = open(cx, id).await?;
    sheets::close(&mut cx.work().await?, &sheet).await?;
    let message = after(cx, &sheet.meeting).await?;
    cx.reply(message).await
}

/// A closed meeting: by whom and when, and its papers.
pub(super) async fn after(cx: &mut Cx<'_>, meeting: &Meeting) -> Result<Message, Failure> {
    let mut message = Message::of(sheets::closed(&mut cx.work().await?, meeting).await?);
    for (kind, number) in rows::of_meeting(cx.tx, meeting.id).await? {
        message = message.item(numbers::paper(kind, number));
        let label = Phrase::new("sheet-fetch").with("kind", phrasing::paper(kind));
        let link = Link::Paper { kind: kind.as_str().to_owned(), meeting: meeting.id.0 };
        message = message.row(vec![Button::link(label, link)]);
    }
    Ok(message)
}
