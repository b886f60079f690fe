//! What people did, kept for ever.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;

statements! {
    NOTE(Int, Int, MaybeInt, Text, Text, Text) = ["INSERT INTO audit
        (id, done_at, person_id, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)"];
}

/// Notes an act: `action` in the words of the feature, `subject` a code, `detail` as JSON without
/// free text or names.
pub async fn note(
    tx: &mut Tx,
    now: Instant,
    person: Option<PersonId>,
    action: &str,
    subject: &str,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&NOTE, args![id, now, person, action, subject, detail.to_string()]).await.map(drop)
}
