//! What messages showed that are confirmed under them, and what came of that.

use sqlx::FromRow;

use super::types::{At, MaybeAt};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{OutboxId, PersonId};

statements! {
    PUT(Int, Text, Int) = ["INSERT INTO preview (outbox_id, version, shown_at) VALUES ($1, $2, $3)"];
    GET(Int) = ["SELECT version, shown_at, done_at, done_by, answer_id FROM preview
        WHERE outbox_id = $1"];
    DONE(Int, Int, Int, MaybeInt) = ["UPDATE preview
        SET done_at = $2, done_by = $3, answer_id = $4 WHERE outbox_id = $1 AND done_at IS NULL"];
    DONE_SINCE(Text, Int) = ["SELECT version, shown_at, done_at, done_by, answer_id FROM preview
        WHERE version = $1 AND done_at IS NOT NULL AND done_at >= $2
        ORDER BY done_at DESC, outbox_id DESC LIMIT 1"];
    EXPIRE(Int) = ["DELETE FROM preview WHERE shown_at < $1"];
}

/// What a message showed.
#[derive(Clone, Debug, FromRow)]
pub struct Preview {
    /// A digest of it.
    pub version: String,
    #[sqlx(try_from = "At")]
    pub shown_at: Instant,
    #[sqlx(try_from = "MaybeAt")]
    done_at: Option<Instant>,
    done_by: Option<PersonId>,
    answer_id: Option<OutboxId>,
}

/// What came of a confirmation.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    pub at: Instant,
    pub by: PersonId,
    /// What said so.
    pub answer: Option<OutboxId>,
}

impl Preview {
    /// What came of it, if it was confirmed.
    pub fn done(&self) -> Option<Done> {
        let (at, by) = self.done_at.zip(self.done_by)?;
        Some(Done { at, by, answer: self.answer_id })
    }
}

/// Notes what a message shows.
pub async fn put(
    tx: &mut Tx,
    message: OutboxId,
    version: &str,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&PUT, args![message, version, now]).await.map(drop)
}

pub async fn get(tx: &mut Tx, message: OutboxId) -> Result<Option<Preview>, StoreError> {
    tx.maybe(&GET, args![message]).await
}

/// Notes that what a message showed was done.
pub async fn done(tx: &mut Tx, message: OutboxId, done: Done) -> Result<(), StoreError> {
    tx.run(&DONE, args![message, done.at, done.by, done.answer]).await.map(drop)
}

/// What came of the same under another message, since an instant.
pub async fn done_since(
    tx: &mut Tx,
    version: &str,
    since: Instant,
) -> Result<Option<Done>, StoreError> {
    let found = tx.maybe::<Preview>(&DONE_SINCE, args![version, since]).await?;
    Ok(found.and_then(|preview| preview.done()))
}

/// Forgets what was shown before an instant.
pub async fn expire(tx: &mut Tx, before: Instant) -> Result<(), StoreError> {
    tx.run(&EXPIRE, args![before]).await.map(drop)
}
