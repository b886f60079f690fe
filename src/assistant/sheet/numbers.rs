//! The numbers that a meeting's papers get at its closing, and where they go on from: a branch that
//! begins in the middle of a term has papers already.

use super::{Claim, Cx, Failure, NAME, Open, Outcome, Position, button, closing, open, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::MeetingId;
use crate::domain::minutes::PaperKind;
use crate::message::{Arg, Message, Phrase};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::meetings::Meeting;
use crate::store::numbers::{self, Series};
use crate::taps::SheetTap;

/// The series that a meeting's paper belongs to.
pub(super) fn series(cx: &Cx<'_>, meeting: &Meeting, kind: PaperKind) -> Series {
    let term = cx.practice.term_of(cx.practice.local(meeting.starts_at).date());
    Series { unit: meeting.unit, kind, term }
}

/// A line and a button for each paper there will be.
pub(super) async fn ahead(
    cx: &mut Cx<'_>,
    open: &Open,
    kinds: &[PaperKind],
    mut message: Message,
) -> Result<Message, Failure> {
    let meeting = open.id();
    let mut buttons = Vec::new();
    for kind in kinds.iter().copied() {
        let series = series(cx, &open.meeting, kind);
        let next = numbers::next(cx.tx, series).await?;
        message = message.item(
            Phrase::new("sheet-paper")
                .with("kind", phrasing::paper(kind))
                .with("number", Arg::unmasked(kind.sign(next))),
        );
        let label = Phrase::new("sheet-number-button").with("kind", phrasing::paper(kind));
        buttons.push(button(label, SheetTap::Number { meeting, kind }));
    }
    Ok(message.row(buttons))
}

pub(super) async fn ask(cx: &mut Cx<'_>, meeting: MeetingId, kind: PaperKind) -> Outcome {
    let open = open(cx, meeting).await?;
    let series = series(cx, &open.meeting, kind);
    let next = numbers::next(cx.tx, series).await?;
    let question = Phrase::new("sheet-ask-number")
        .with("kind", phrasing::paper(kind))
        .with("next", Arg::unmasked(kind.sign(next)));
    let message = Message::of(question).row(vec![button("sheet-back", SheetTap::Close(meeting))]);
    cx.ask_number(NAME, &Position::Number { meeting, kind }, message).await
}

pub(super) async fn set(
    cx: &mut Cx<'_>,
    meeting: MeetingId,
    kind: PaperKind,
    text: &str,
) -> Result<Claim, Failure> {
    let open = open(cx, meeting).await?;
    let Some(number) = kind.read_number(text) else { return Ok(Claim::NotMine) };
    let series = series(cx, &open.meeting, kind);
    let (me, now) = (cx.me()?.id, cx.now);
    let before = numbers::next(cx.tx, series).await?;
    if !numbers::go_on_from(cx.tx, series, number, me, now).await? {
        let last = numbers::last(cx.tx, series).await?;
        return refuse(
            Phrase::new("sheet-number-used")
                .with("kind", phrasing::paper(kind))
                .with("number", Arg::unmasked(kind.sign(number)))
                .with("last", Arg::unmasked(kind.sign(last)))
                .with("next", Arg::unmasked(kind.sign(last + 1))),
        );
    }
    let units = cx.units().await?;
    let entry = Entry::new(Act::NumberSet, units.code(series.unit))
        .within(series.unit)
        .for_meeting(meeting)
        .became(Field::Document, kind)
        .was(Field::Number, before)
        .became(Field::Number, number);
    cx.note(entry).await?;
    cx.leave();
    closing::ask(cx, meeting).await?;
    Ok(Claim::Done)
}
