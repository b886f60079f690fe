//! What people and platforms sent us: accepted once, handled in order.

use serde::Serialize;
use sqlx::FromRow;

use super::types::At;
use super::{Bots, StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::InboxId;
use crate::message::Incoming;

statements! {
    ACCEPT(Rows, Int) = ["INSERT INTO inbox (id, bot, external_id, body, state, attempts, received_at)
        SELECT CAST(value->>'id' AS BIGINT), value->>'bot', value->>'external_id', value->>'body',
            'waiting', 0, $2
        FROM " ROWS " WHERE TRUE ON CONFLICT (bot, external_id) DO NOTHING"];
    /// The bot is not compared as it is stored, or SQLite would look through everything a bot ever
    /// received by the key (bot, external_id) instead of through what waits.
    WAITING(Rows, Int, MaybeText) = [
        sqlite "SELECT id, body, attempts, received_at FROM inbox WHERE state = 'waiting'
        AND bot || '' IN (SELECT value->>'bot' FROM json_each($1))
        AND CASE WHEN CAST($3 AS TEXT) IS NULL THEN TRUE ELSE body->>'chat' = $3 END
        ORDER BY received_at, id LIMIT $2"
        postgres "SELECT id, body, attempts, received_at FROM inbox WHERE state = 'waiting'
        AND bot || '' IN (SELECT value->>'bot' FROM jsonb_array_elements(CAST($1 AS JSONB)))
        AND CASE WHEN CAST($3 AS TEXT) IS NULL THEN TRUE
            ELSE CAST(body AS JSONB)->>'chat' = $3 END
        ORDER BY received_at, id LIMIT $2"];
    OLDEST_WAITING() = ["SELECT MIN(received_at) FROM inbox WHERE state = 'waiting'"];
    COUNT_WAITING() = ["SELECT CAST(COUNT(*) AS BIGINT) FROM inbox WHERE state = 'waiting'"];
    /// Only what still waits: an earlier commit of the same rows may have been on its way.
    DONE(Rows, Int) = ["UPDATE inbox SET state = 'done', done_at = $2
        WHERE id " IDS " AND state = 'waiting'"];
    IS_HANDLED(Int) = ["SELECT id FROM inbox WHERE id = $1 AND state <> 'waiting'"];
    TRIED(Int) = ["UPDATE inbox SET attempts = attempts + 1 WHERE id = $1"];
    DEAD(Int, Text, Int) = ["UPDATE inbox SET state = 'dead', fault = $2, done_at = $3 WHERE id = $1"];
    EXPIRE(Int) = ["DELETE FROM inbox WHERE state <> 'waiting' AND received_at < $1"];
}

#[derive(Serialize)]
struct NewRow<'a> {
    id: i64,
    bot: &'a str,
    external_id: &'a str,
    body: String,
}

#[derive(FromRow)]
struct WaitingRow {
    id: InboxId,
    body: String,
    attempts: i64,
    received_at: At,
}

/// An update that waits to be handled.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: InboxId,
    pub incoming: Incoming,
    /// How often handling it has failed.
    pub attempts: i64,
    pub received_at: Instant,
}

/// What waits: what can be handled, and rows that only another version of the program can read.
#[derive(Clone, Debug, Default)]
pub struct WaitingRows {
    pub readable: Vec<Waiting>,
    pub unreadable: Vec<InboxId>,
}

/// Stores a batch; returns how many were new.
pub async fn accept(tx: &mut Tx, batch: &[Incoming], now: Instant) -> Result<u64, StoreError> {
    if batch.is_empty() {
        return Ok(0);
    }
    let mut ids = Vec::with_capacity(batch.len());
    for _ in batch {
        ids.push(tx.new_id().await?);
    }
    // They are handled in this order, and an id that a rollback gave back meanwhile may be lower
    // than those before it.
    ids.sort_unstable();
    let mut rows = Vec::with_capacity(batch.len());
    for (id, incoming) in ids.into_iter().zip(batch) {
        rows.push(NewRow {
            id,
            bot: &incoming.bot,
            external_id: &incoming.external_id,
            body: serde_json::to_string(incoming)?,
        });
    }
    tx.run(&ACCEPT, args![serde_json::to_string(&rows)?, now]).await
}

/// The oldest waiting updates of these bots, in order of arrival.
pub async fn waiting(tx: &mut Tx, bots: &Bots, limit: u32) -> Result<WaitingRows, StoreError> {
    let mut waiting = WaitingRows::default();
    for row in tx.all::<WaitingRow>(&WAITING, args![bots.rows(), limit, bots.chat()]).await? {
        match serde_json::from_str(&row.body) {
            Ok(incoming) => {
                let (attempts, received_at) = (row.attempts, row.received_at.0);
                waiting.readable.push(Waiting { id: row.id, incoming, attempts, received_at });
            }
            Err(_) => waiting.unreadable.push(row.id),
        }
    }
    Ok(waiting)
}

pub async fn count_waiting(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(&COUNT_WAITING, args![]).await?.0)
}

/// Since when the update that has waited longest has been waiting.
pub async fn oldest_waiting(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    Ok(tx.one::<(Option<At>,)>(&OLDEST_WAITING, args![]).await?.0.map(|at| at.0))
}

/// Marks updates handled. Fails with [`StoreError::Outrun`] if one of them was handled already.
pub async fn done(tx: &mut Tx, ids: &[InboxId], now: Instant) -> Result<(), StoreError> {
    let done = tx.run(&DONE, args![serde_json::to_string(ids)?, now]).await?;
    if usize::try_from(done) == Ok(ids.len()) { Ok(()) } else { Err(StoreError::Outrun) }
}

/// Whether an update was handled, or given up.
pub async fn is_handled(tx: &mut Tx, id: InboxId) -> Result<bool, StoreError> {
    Ok(tx.maybe::<(InboxId,)>(&IS_HANDLED, args![id]).await?.is_some())
}

/// Counts a failed try.
pub async fn tried(tx: &mut Tx, id: InboxId) -> Result<(), StoreError> {
    tx.run(&TRIED, args![id]).await.map(drop)
}

/// Gives an update up, under the reference code its sender was told.
pub async fn dead(tx: &mut Tx, id: InboxId, fault: &str, now: Instant) -> Result<(), StoreError> {
    tx.run(&DEAD, args![id, fault, now]).await.map(drop)
}

/// Forgets what was handled before an instant.
pub async fn expire(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&EXPIRE, args![before]).await
}
