//! Deeds, whoever does them: one at a time, and a form that is sent twice is done once.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;

statements! {
    /// On SQLite there is one writer at a time anyhow. The number stands for deeds and nothing else.
    TAKE_TURN() = [
        sqlite "SELECT 1"
        postgres "SELECT pg_advisory_xact_lock(20180301)"];
    BEGIN(Text, Text, Int) = ["INSERT INTO deed_done (channel, key, done_at) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING"];
    EXPIRE(Int) = ["DELETE FROM deed_done WHERE done_at <= $1"];
}

/// Waits until no other deed is open, so that what an operation looks at before it writes still stands when it
/// does. First in its transaction, before anything is held that somebody else may wait for, the lease above all. Who
/// waits too long is told that the database is busy.
pub async fn take_turn(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&TAKE_TURN, args![]).await.map(drop)
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
