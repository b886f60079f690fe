//! The day before a meeting: what its secretary needs to hold it. What mentors reported of each
//! candidate and who still owes, who will come, and the draft agenda. `/hop` shows the same.

use super::{Due, Occasion, Recipient};
use crate::message::{Message, Phrase};
use crate::outbound;
use crate::phrasing::{self, summary};
use crate::store::{StoreError, Tx};

pub(super) async fn due(tx: &mut Tx, o: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    let today = o.practice.today(o.now);
    let leader = outbound::leader(tx, o.meeting.unit, today).await?;
    let Some(leader) = leader else { return Ok(Vec::new()) };
    let message = Message::of(
        Phrase::new("reminder-summary")
            .with("name", leader.person.id)
            .with("unit", o.units.name(o.meeting.unit))
            .with("when", phrasing::meeting_time(o.practice, o.meeting)),
    );
    let message = summary::append(tx, o.practice, o.meeting, today, message).await?;
    let message = message.line("reminder-regards");
    Ok(vec![Due { to: Recipient::Person(leader), message }])
}
