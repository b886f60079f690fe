//! What happened in a case before it came from another organisation: facts with their days, which
//! figures leave out.

use super::road::Case;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::road::Taken;

statements! {
    TAKEN_ELSEWHERE(Int, Int, Text, Date, Int, Int) = ["INSERT INTO case_step
        (id, case_id, step, happened_on, recorded_at, recorded_by, elsewhere)
        VALUES ($1, $2, $3, $4, $5, $6, TRUE)"];
    TELL(Int, MaybeText) = ["INSERT INTO case_evidence (step_id, number) VALUES ($1, $2)"];
}

/// Writes down what a file says of the time before it came, in this order. Of what was told then only
/// the day and the paper's number are known; nothing follows from it here.
pub async fn bring(
    tx: &mut Tx,
    case: &Case,
    before: &[Taken],
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    for Taken { step, on, evidence, .. } in before {
        let id = tx.new_id().await?;
        tx.run(&TAKEN_ELSEWHERE, args![id, case.id, step.as_str(), *on, now, by]).await?;
        tx.run(&TELL, args![id, evidence.number.as_ref()]).await?;
    }
    Ok(())
}
