//! The reminders of a meeting: days before it the branch's group, or each member where there is no
//! group; from the last day on, in private, those who have not answered.

use super::{Due, Occasion, Recipient};
use crate::domain::ids::PersonId;
use crate::domain::month::{Step, StepKind};
use crate::domain::people::Person;
use crate::message::{Address, Button, Message};
use crate::phrasing;
use crate::store::{StoreError, Tx, accounts, meetings, people};
use crate::taps::{ScheduleTap, Tap};

pub(super) async fn due(tx: &mut Tx, o: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    if speaks_to_group(o)
        && let Some(group) = accounts::group_of(tx, o.meeting.unit).await?
    {
        let address = Address { bot: group.bot, chat: group.chat };
        return Ok(vec![Due { to: Recipient::Group(address), message: to_group(o) }]);
    }
    let today = o.practice.today(o.now);
    let members = people::members(tx, o.meeting.unit, today).await?;
    let answered: Vec<PersonId> =
        meetings::answers(tx, o.meeting.id).await?.into_iter().map(|a| a.person_id).collect();
    let open: Vec<PersonId> = members.into_iter().filter(|id| !answered.contains(id)).collect();
    let mut persons = people::load(tx, &open, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(persons
        .into_iter()
        .map(|person| Due {
            message: to_person(o, &person),
            to: Recipient::Person { person, fallbacks: Vec::new() },
        })
        .collect())
}

/// The earliest of the day steps goes to the group; the later ones ask in private.
fn speaks_to_group(o: &Occasion<'_>) -> bool {
    let first = o.practice.leads.meeting_days.iter().max();
    matches!((o.step, first), (Step::Days(days), Some(first)) if days == *first && days > 1)
}

fn to_group(o: &Occasion<'_>) -> Message {
    let unit = o.units.name(o.meeting.unit);
    Message::of(phrasing::group_invited(o.practice, o.meeting, unit))
        .row(phrasing::attendance_buttons(o.meeting.id))
}

/// Whoever leads the branch can see there who comes.
fn to_person(o: &Occasion<'_>, person: &Person) -> Message {
    let unit = o.units.name(o.meeting.unit);
    let mut message =
        Message::of(phrasing::person_invited(o.practice, o.meeting, unit, &person.name))
            .row(phrasing::attendance_buttons(o.meeting.id));
    if person.leads().any(|unit| unit == o.meeting.unit) {
        let roll = Tap::Schedule(ScheduleTap::Roll(o.meeting.id));
        message = message.row(vec![Button::new("button-roll", roll)]);
    }
    message.row(o.later(StepKind::Meeting, o.practice.local(o.meeting.starts_at)))
}
