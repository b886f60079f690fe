//! Who comes to a meeting, who is excused and why, and who has not said: for the secretary and the
//! deputy of its branch.

use crate::assistant::engine::context::Cx;
use crate::assistant::engine::failure::Outcome;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::MeetingAnswer;
use crate::message::{Arg, Message, Phrase};
use crate::operations::attendance::{self, Roll, Seat};

pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let Roll { meeting, seats } = attendance::roll(&mut cx.work().await?, id).await?;
    let units = cx.units().await?;
    let title = Phrase::new("roll-title")
        .with("unit", units.name(meeting.unit))
        .with("at", cx.practice.local(meeting.starts_at));
    let message = Message::new().title(title);
    let message = message.line(Phrase::new("roll-members").with("count", seats.len()));
    let coming: Vec<&Seat> = seats.iter().filter(|seat| seat.said(MeetingAnswer::Coming)).collect();
    let excused: Vec<&Seat> =
        seats.iter().filter(|seat| seat.said(MeetingAnswer::Excused)).collect();
    let seen: Vec<&Seat> = seats.iter().filter(|seat| seat.has_seen()).collect();
    let lost: Vec<&Seat> = seats.iter().filter(|seat| seat.is_out_of_reach()).collect();
    let open = |seat: &&Seat| seat.answer.is_none() && !seat.has_seen() && !seat.is_out_of_reach();
    let open: Vec<&Seat> = seats.iter().filter(open).collect();
    let message = names(message, "roll-coming", &coming);
    let message = reasons(message, &excused);
    let message = names(message, "roll-seen", &seen);
    let message = names(message, "roll-open", &open);
    cx.reply(names(message, "roll-lost", &lost)).await
}

/// A line with the number and the names; none where there is nobody.
fn names(message: Message, key: &str, seats: &[&Seat]) -> Message {
    if seats.is_empty() {
        return message;
    }
    let names = Arg::List(seats.iter().map(|seat| Arg::Who(seat.person.id)).collect());
    message.line(Phrase::new(key).with("count", seats.len()).with("names", names))
}

/// Who is excused, each with the reason.
fn reasons(mut message: Message, seats: &[&Seat]) -> Message {
    if seats.is_empty() {
        return message;
    }
    message = message.line(Phrase::new("roll-excused").with("count", seats.len()));
    for seat in seats {
        let reason = seat.answer.as_ref().and_then(|answer| answer.reason.clone());
        let line = match reason {
            Some(reason) => Phrase::new("roll-excused-line")
                .with("name", seat.person.id)
                .with("reason", Arg::Typed(reason)),
            None => Phrase::new("roll-excused-bare").with("name", seat.person.id),
        };
        message = message.item(line);
    }
    message
}
