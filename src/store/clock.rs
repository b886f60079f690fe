//! What the processes know together of their clock: the last sign of life, and a doubt there may be.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;

statements! {
    READ() = ["SELECT alive_at, doubted_at, leap_ms, doubts FROM clock_watch WHERE name = 'clock'"];
    ALIVE(Int) = ["UPDATE clock_watch SET alive_at = $1
        WHERE name = 'clock' AND doubted_at IS NULL"];
    DOUBT(Int, Int, Int) = ["UPDATE clock_watch SET alive_at = $1, doubted_at = $2, leap_ms = $3,
            doubts = doubts + 1 WHERE name = 'clock'"];
    TRUST(Int) = ["UPDATE clock_watch SET alive_at = $1, doubted_at = NULL WHERE name = 'clock'"];
    /// Of a database of before there was a sign of life: messages are written all the time. Ids are taken in
    /// blocks, so the newest is one of the last, and not the last.
    WRITTEN() = ["SELECT MAX(created_at) FROM
        (SELECT created_at FROM outbox ORDER BY id DESC LIMIT 2000) AS lately"];
}

/// The row of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The last sign of life by a clock beyond doubt; `None`: there was none yet.
    pub alive: Option<Instant>,
    /// What the clock showed when the doubt began; `None`: there is no doubt.
    pub doubted: Option<Instant>,
    /// How far it had leapt then, in milliseconds, forward or back.
    pub leap: i64,
    /// How many doubts there were, this one counted.
    pub doubts: i64,
}

#[derive(FromRow)]
struct KnownRow {
    alive_at: Option<At>,
    doubted_at: Option<At>,
    leap_ms: i64,
    doubts: i64,
}

pub async fn read(tx: &mut Tx) -> Result<Known, StoreError> {
    let row = tx.one::<KnownRow>(&READ, args![]).await?;
    let alive = match row.alive_at {
        Some(at) => Some(at.0),
        None => tx.one::<(Option<At>,)>(&WRITTEN, args![]).await?.0.map(|at| at.0),
    };
    let doubted = row.doubted_at.map(|at| at.0);
    Ok(Known { alive, doubted, leap: row.leap_ms, doubts: row.doubts })
}

/// A sign of life; a doubt leaves the last one as it was.
pub async fn alive(tx: &mut Tx, now: Instant) -> Result<(), StoreError> {
    tx.run(&ALIVE, args![now]).await.map(drop)
}

/// Begins a doubt, or begins it anew: `sure` is the last time beyond doubt, `leap` in milliseconds.
pub async fn doubt(
    tx: &mut Tx,
    sure: Instant,
    since: Instant,
    leap: i64,
) -> Result<(), StoreError> {
    tx.run(&DOUBT, args![sure, since, leap]).await.map(drop)
}

/// Ends a doubt: the clock is right.
pub async fn trust(tx: &mut Tx, now: Instant) -> Result<(), StoreError> {
    tx.run(&TRUST, args![now]).await.map(drop)
}
