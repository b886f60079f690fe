//! The store on both engines: one suite, each test run once per engine.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod audit;
mod errors;
mod figures;
mod folding;
mod ids;
mod inbox;
mod meetings;
mod notices;
mod outbox;
mod registry;
mod reversals;
mod road;
mod schema;
mod sessions;
mod units;

use chrono::NaiveDate;
use diudat::clock::{Instant, from_millis};
use diudat::store::{Db, seed};

use support::{Engine, Guard, fresh_db};

/// The day of the demo organisation.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 11, 26).unwrap()
}

/// The morning of that day, and `seconds` on.
fn at(seconds: i64) -> Instant {
    from_millis(1_543_194_000_000 + seconds * 1000)
}

/// A database with the demo organisation.
async fn demo(engine: Engine) -> (Db, Guard) {
    let (db, guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    seed::demo(&mut tx, at(0)).await.unwrap();
    tx.commit().await.unwrap();
    (db, guard)
}
