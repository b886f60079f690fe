//! Messages that a clock led astray which showed more than it does now: what expired by it, and what waits for
//! a time that was never meant.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;

statements! {
    /// What expired by a clock that showed more than it does now, unless the meeting it is about was changed
    /// since: then others have told of that.
    RESTORE(Int, Int) = ["UPDATE outbox SET state = 'ready', done_at = NULL, outcome = NULL
        WHERE state = 'dead' AND outcome = 'expired' AND done_at > $1 AND expires_at > $2
        AND bot IS NOT NULL AND body <> ''
        AND NOT EXISTS (SELECT 1 FROM reminder r JOIN planned_step s ON s.id = r.step_id
            JOIN meeting m ON m.id = s.meeting_id
            WHERE r.outbox_id = outbox.id AND m.revision <> s.revision)"];
    /// Whom something is kept from for longer than any quiet hours last.
    KEPT_FROM(Int) = ["SELECT DISTINCT person_id FROM outbox
        WHERE state = 'ready' AND lane > 0 AND not_before > $1 AND person_id IS NOT NULL"];
    /// An answer waits for no quiet hours.
    BRING_NEARER(Int, Int, Int) = ["UPDATE outbox
        SET not_before = CASE WHEN lane = 0 THEN $3 ELSE $2 END
        WHERE state = 'ready' AND not_before > CASE WHEN lane = 0 THEN $3 ELSE $1 END"];
}

/// Lets go after all what expired later than it is now, and has not; how many.
pub async fn restore(tx: &mut Tx, later: Instant, now: Instant) -> Result<u64, StoreError> {
    tx.run(&RESTORE, args![later, now]).await
}

/// Persons from whom something is kept until after an instant, that is no answer.
pub async fn kept_from(tx: &mut Tx, after: Instant) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&KEPT_FROM, args![after]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Lets what is kept until after an instant go at `at`, and answers now; how many.
pub async fn bring_nearer(
    tx: &mut Tx,
    after: Instant,
    at: Instant,
    now: Instant,
) -> Result<u64, StoreError> {
    tx.run(&BRING_NEARER, args![after, at, now]).await
}
