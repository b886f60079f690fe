//! The thematic meeting that a quarter lacks: the secretary is told once, with the reminders of its
//! last month.

use super::{Due, Occasion, Recipient};
use crate::domain::month::quarter_to;
use crate::message::{Arg, Button, Message, Phrase};
use crate::outbound;
use crate::store::{StoreError, Tx, revisions};
use crate::taps::{ScheduleTap, Tap};

pub(super) async fn due(tx: &mut Tx, o: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    let unit = o.meeting.unit;
    let month = o.meeting.month;
    let (from, to) = quarter_to(month);
    let at = |date: chrono::NaiveDate| o.practice.instant(date.and_time(chrono::NaiveTime::MIN));
    if revisions::thematic_in(tx, unit, at(from), at(to)).await? > 0 {
        return Ok(Vec::new());
    }
    let today = o.practice.today(o.now);
    let Some(leader) = outbound::leader(tx, unit, today).await? else { return Ok(Vec::new()) };
    let message = Message::of(
        Phrase::new("reminder-quarter")
            .with("name", leader.person.id)
            .with("unit", o.units.name(unit))
            .with("quarter", month.number().div_ceil(3))
            .with("year", Arg::figures(month.year())),
    )
    .row(vec![Button::new("button-thematic", Tap::Schedule(ScheduleTap::Add(unit)))]);
    Ok(vec![Due { to: Recipient::Person(leader), message }])
}
