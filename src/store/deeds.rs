//! What was done outside a chat, so that a form that is sent twice is done once.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;

statements! {
    BEGIN(Text, Text, Int) = ["INSERT INTO deed_done (channel, key, done_at) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING"];
    EXPIRE(Int) = ["DELETE FROM deed_done WHERE done_at <= $1"];
}

/// Notes that a deed is being done; `false`: it was done before.
pub async fn begin(
    tx: &mut Tx,
    channel: &str,
    key: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&BEGIN, args![channel, key, now]).await? > 0)
}

/// Forgets deeds done until then: nobody sends those forms any more.
pub async fn expire(tx: &mut Tx, until: Instant) -> Result<(), StoreError> {
    tx.run(&EXPIRE, args![until]).await.map(drop)
}
