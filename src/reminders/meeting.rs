//! The reminders of a meeting: days before it the branch's group, or each member where there is no
//! group; from the last day on, in private, those who have not answered.

use super::{Due, Occasion, Recipient};
use crate::domain::ids::PersonId;
use crate::domain::month::{Step, StepKind};
use crate::domain::people::Person;
use crate::message::{Address, Button, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::outbound::Addressee;
use crate::phrasing;
use crate::store::revisions::{self, Told};
use crate::store::{StoreError, Tx, accounts, meetings, people};
use crate::taps::{ScheduleTap, Tap};

pub(super) async fn due(tx: &mut Tx, o: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    if speaks_to_group(o)
        && let Some(group) = accounts::group_of(tx, o.meeting.unit).await?
    {
        let address = Address { bot: group.bot, chat: group.chat };
        let message = to_group(o, &News::load(tx, o).await?);
        return Ok(vec![Due { to: Recipient::Group(address), message }]);
    }
    let today = o.practice.today(o.now);
    let members = people::members(tx, o.meeting.unit, today).await?;
    let answered: Vec<PersonId> =
        meetings::answers(tx, o.meeting.id).await?.into_iter().map(|a| a.person_id).collect();
    let open: Vec<PersonId> = members.into_iter().filter(|id| !answered.contains(id)).collect();
    let mut persons = people::load(tx, &open, today).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let news = News::load(tx, o).await?;
    Ok(persons
        .into_iter()
        .map(|person| Due {
            message: to_person(o, &person, &news),
            to: Recipient::Person(Addressee::alone(person)),
        })
        .collect())
}

/// The earliest of the day steps goes to the group; the later ones ask in private.
fn speaks_to_group(o: &Occasion<'_>) -> bool {
    let first = o.practice.leads.meeting_days.iter().max();
    matches!((o.step, first), (Step::Days(days), Some(first)) if days == *first && days > 1)
}

/// That a meeting was moved by hand before most heard of it: who could see the old day in the plan
/// learns why it is another when they are first reminded.
struct News {
    /// Why it was moved.
    why: Option<Phrase>,
    told: Told,
}

impl News {
    async fn load(tx: &mut Tx, o: &Occasion<'_>) -> Result<Self, StoreError> {
        let reasons = revisions::reasons(tx, o.meeting.unit, o.now).await?;
        let by = reasons.iter().find(|reason| reason.meeting == o.meeting.id);
        let why = by.and_then(|by| phrasing::moved(o.practice, o.meeting, by));
        let told = match why {
            Some(_) => revisions::told(tx, o.meeting.id).await?,
            None => Told::default(),
        };
        Ok(Self { why, told })
    }

    /// Time and place, and for who has heard of neither day why it is this one.
    fn when(&self, o: &Occasion<'_>, heard: bool) -> Phrase {
        let when = phrasing::meeting_time(o.practice, o.meeting);
        match self.why.clone().filter(|_| !heard) {
            Some(why) => phrasing::on_another_day(when, why),
            None => when,
        }
    }
}

fn to_group(o: &Occasion<'_>, news: &News) -> Message {
    let unit = o.units.name(o.meeting.unit);
    let when = news.when(o, news.told.group);
    Message::of(phrasing::group_invited(o.meeting, unit, when))
        .row(phrasing::attendance_buttons(o.meeting.id))
}

/// Whoever may see who comes gets there by a button.
fn to_person(o: &Occasion<'_>, person: &Person, news: &News) -> Message {
    let unit = o.units.name(o.meeting.unit);
    let when = news.when(o, news.told.group || news.told.reminded.contains(&person.id));
    let mut message = Message::of(phrasing::person_invited(o.meeting, unit, when, person.id))
        .row(phrasing::attendance_buttons(o.meeting.id));
    if rights::may(person, Right::SeeAnswers, o.meeting.unit, o.units) {
        let roll = Tap::Schedule(ScheduleTap::Roll(o.meeting.id));
        message = message.row(vec![Button::new("button-roll", roll)]);
    }
    message.row(o.later(StepKind::Meeting, o.practice.local(o.meeting.starts_at)))
}
