//! What a person was told once of how they write.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;

statements! {
    GIVE(Int, Text, Int) = ["INSERT INTO advice (person_id, kind, given_at) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, kind) DO NOTHING"];
}

/// Notes that a person is told something; `false`: they were before.
pub async fn give(
    tx: &mut Tx,
    person: PersonId,
    kind: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&GIVE, args![person, kind, now]).await? == 1)
}
