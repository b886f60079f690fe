//! The escalation up which a report that is owed climbs: the branch's deputy, its secretary, the
//! committee's office, each told once, at their hours after the deadline.
//!
//! Whoever owes the report themselves is passed over, and a level that nobody holds goes to the next
//! one at once; whoever was told in somebody's place is not told again. All of it is asked when a
//! level falls due, so it ends as soon as nothing is owed any more.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::{Due, Occasion, Recipient, report};
use crate::domain::ids::PersonId;
use crate::domain::month::{Level, Step};
use crate::domain::people::OfficeKind;
use crate::message::{Button, Message, Phrase};
use crate::operations::timetable;
use crate::outbound::{self, Addressee};
use crate::store::cases::Guided;
use crate::store::{StoreError, Tx, people, reports};
use crate::taps::{NudgeTap, Tap};

pub(super) async fn due(tx: &mut Tx, o: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    let Step::Escalation(level) = o.step else { return Ok(Vec::new()) };
    let today = o.practice.today(o.now);
    let owed = reports::missing(tx, o.meeting, today, o.now).await?;
    if owed.is_empty() {
        return Ok(Vec::new());
    }
    let escalation = Escalation::load(tx, o, level).await?;
    // By who is told, with those to be told in their place.
    let mut told: BTreeMap<PersonId, (Vec<PersonId>, Vec<Guided>)> = BTreeMap::new();
    for guided in owed {
        let Some(seats) = escalation.whom(guided.mentor_id) else { continue };
        let Some(first) = seats.first() else { continue };
        told.entry(*first).or_insert_with(|| (seats, Vec::new())).1.push(guided);
    }
    let mut dues = Vec::new();
    for (id, (seats, owed)) in told {
        let Some(to) = Addressee::first_of(tx, &seats, today).await? else { continue };
        let message = message(tx, o, id, &owed).await?;
        dues.push(Due { to: Recipient::Person(to), message });
    }
    Ok(dues)
}

/// Who sits on each level on one day, in the order they are told.
type Seats = Vec<(Level, Vec<PersonId>)>;

/// Who sits on a level and on those above and below it, each on the day their turn comes.
struct Escalation {
    level: Level,
    /// Every level there is, up to the top, as held when `level` falls due.
    now: Seats,
    /// For each level below, the same as it was then.
    before: Vec<(Level, Seats)>,
    /// Who has got the whole list of who owes at the same instant.
    listed: Option<PersonId>,
}

impl Escalation {
    async fn load(tx: &mut Tx, o: &Occasion<'_>, level: Level) -> Result<Self, StoreError> {
        let due = timetable::reports_due(o.practice, o.meeting);
        let at = |hours: u16| -> NaiveDateTime { due + TimeDelta::hours(hours.into()) };
        let levels: Vec<(Level, u16)> =
            o.practice.leads.escalation.iter().map(|(level, hours)| (*level, *hours)).collect();
        let mut escalation = Self { level, now: Vec::new(), before: Vec::new(), listed: None };
        for (below, hours) in levels.iter().filter(|(other, _)| *other <= level) {
            let turn = at(*hours).date();
            let day = if *below == level { o.practice.today(o.now) } else { turn };
            let seats = seats(tx, o, &levels, day).await?;
            if *below < level {
                escalation.before.push((*below, seats));
            } else {
                escalation.now = seats;
                if *hours == 0
                    && let Some(leader) = outbound::leader(tx, o.meeting.unit, day).await?
                {
                    escalation.listed = Some(leader.route(tx).await?.person);
                }
            }
        }
        Ok(escalation)
    }

    /// Who is told what this mentor owes; `None`: they were told before, or nobody is left.
    fn whom(&self, debtor: PersonId) -> Option<Vec<PersonId>> {
        let (reached, seats) = first_held(&self.now, self.level, debtor)?;
        let told = |(level, seats): &(Level, Seats)| {
            first_held(seats, *level, debtor).is_some_and(|(other, _)| other == reached)
        };
        let listed = self.listed.is_some_and(|person| seats.first() == Some(&person));
        (!listed && !self.before.iter().any(told)).then_some(seats)
    }
}

/// The first level from `level` up that somebody holds who does not owe themselves.
fn first_held(
    seats: &[(Level, Vec<PersonId>)],
    level: Level,
    debtor: PersonId,
) -> Option<(Level, Vec<PersonId>)> {
    seats.iter().filter(|(other, _)| *other >= level).find_map(|(other, seats)| {
        let others: Vec<PersonId> = seats.iter().copied().filter(|id| *id != debtor).collect();
        (!others.is_empty()).then_some((*other, others))
    })
}

/// Who holds each level on a day, in the order they are told.
async fn seats(
    tx: &mut Tx,
    o: &Occasion<'_>,
    levels: &[(Level, u16)],
    day: NaiveDate,
) -> Result<Seats, StoreError> {
    let branch = o.meeting.unit;
    let mut all = Vec::new();
    for (level, _) in levels {
        let held = match level {
            Level::Deputy => people::holders(tx, branch, OfficeKind::Deputy, day).await?,
            Level::Secretary => people::holders(tx, branch, OfficeKind::Secretary, day).await?,
            Level::Committee => outbound::above(tx, o.units, branch, day).await?,
        };
        all.push((*level, held));
    }
    Ok(all)
}

async fn message(
    tx: &mut Tx,
    o: &Occasion<'_>,
    to: PersonId,
    owed: &[Guided],
) -> Result<Message, StoreError> {
    let ahead = o.meeting.starts_at > o.now;
    let phrase = |key: &str| {
        Phrase::new(key)
            .with("name", to)
            .with("unit", o.units.name(o.meeting.unit))
            .with("month", o.meeting.month)
            .with("due", timetable::reports_due(o.practice, o.meeting))
    };
    let message = Message::of(phrase(if ahead { "ladder-owed" } else { "ladder-owed-after" }));
    let mut message = report::list(tx, message, owed).await?;
    if ahead {
        let nudge = Tap::Nudge(NudgeTap::Owing(o.meeting.id));
        message = message.row(vec![Button::new("nudge-owing-button", nudge)]);
    }
    Ok(message)
}
