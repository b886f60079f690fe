//! What a person was told once of how they write.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;

statements! {
    GIVE(Int, Text, Int) = ["INSERT INTO advice (person_id, kind, given_at) VALUES ($1, $2, $3)
        ON CONFLICT (person_id, kind) DO NOTHING"];
    GIVEN(Int, Text) = ["SELECT kind FROM advice WHERE person_id = $1 AND kind = $2"];
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

/// Whether a person was told something.
pub async fn was_given(tx: &mut Tx, person: PersonId, kind: &str) -> Result<bool, StoreError> {
    Ok(tx.maybe::<(String,)>(&GIVEN, args![person, kind]).await?.is_some())
}
