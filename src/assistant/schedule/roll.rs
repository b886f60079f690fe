//! Who comes to a meeting, who is excused and why, and who has not said: for the secretary and the
//! deputy of its branch.

use super::must;
use crate::assistant::context::Cx;
use crate::assistant::failure::{Failure, Outcome, refuse};
use crate::domain::ids::MeetingId;
use crate::domain::people::Person;
use crate::message::{Arg, Message, Phrase};
use crate::operations::rights::Right;
use crate::store::meetings::{self, Answer, Meeting};
use crate::store::people;
use crate::store::revisions::{self, Heard};

/// A member with what is known of their coming.
struct Seat {
    person: Person,
    answer: Option<Answer>,
    heard: Option<Heard>,
}

impl Seat {
    fn said(&self, what: &str) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.answer == what)
    }

    /// Has not answered, but tapped something under a message about this meeting.
    fn has_seen(&self) -> bool {
        self.answer.is_none() && self.heard.as_ref().is_some_and(|heard| heard.acknowledged)
    }

    fn is_out_of_reach(&self) -> bool {
        let lost = |heard: &Heard| heard.unreachable && !heard.acknowledged;
        self.answer.is_none() && self.heard.as_ref().is_some_and(lost)
    }
}

pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let Some(meeting) = meetings::get(cx.tx, id).await? else { return refuse("tap-stale") };
    must(cx, Right::SeeAnswers, meeting.unit).await?;
    if meeting.state == "cancelled" {
        let at = cx.practice.local(meeting.starts_at);
        return refuse(Phrase::new("schedule-was-cancelled").with("at", at));
    }
    let seats = seats(cx, &meeting).await?;
    let units = cx.units().await?;
    let title = Phrase::new("roll-title")
        .with("unit", units.name(meeting.unit))
        .with("at", cx.practice.local(meeting.starts_at));
    let message = Message::new().title(title);
    let message = message.line(Phrase::new("roll-members").with("count", seats.len()));
    let coming: Vec<&Seat> = seats.iter().filter(|seat| seat.said("coming")).collect();
    let excused: Vec<&Seat> = seats.iter().filter(|seat| seat.said("excused")).collect();
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

async fn seats(cx: &mut Cx<'_>, meeting: &Meeting) -> Result<Vec<Seat>, Failure> {
    let today = cx.today();
    let members = people::members(cx.tx, meeting.unit, today).await?;
    let answers = meetings::answers(cx.tx, meeting.id).await?;
    let heard = revisions::heard(cx.tx, meeting.id).await?;
    let mut seats: Vec<Seat> = people::load(cx.tx, &members, today)
        .await?
        .into_iter()
        .map(|person| Seat {
            answer: answers.iter().find(|answer| answer.person_id == person.id).cloned(),
            heard: heard.iter().find(|heard| heard.person == person.id).cloned(),
            person,
        })
        .collect();
    seats.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    Ok(seats)
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
