//! One-time codes and the wrong tries that guard them.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};

statements! {
    ISSUE(Int, Text, MaybeInt, MaybeInt, Int, Int) = ["INSERT INTO invitation
        (id, digest, person_id, unit_id, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"];
    FIND(Text) = ["SELECT id, person_id, unit_id, expires_at, used_at FROM invitation
        WHERE digest = $1"];
    USE(Int, Int) = ["UPDATE invitation SET used_at = $2 WHERE id = $1 AND used_at IS NULL"];
    FAILED(Int, Text, Text, Int) = ["INSERT INTO bind_failure (id, bot, external_id, failed_at)
        VALUES ($1, $2, $3, $4)"];
    COUNT_ACCOUNT(Text, Text, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM bind_failure
        WHERE bot = $1 AND external_id = $2 AND failed_at > $3"];
    COUNT_ALL(Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM bind_failure WHERE failed_at > $1"];
    FORGET(Int) = ["DELETE FROM bind_failure WHERE failed_at <= $1"];
}

/// What a code opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// Binds an account to a person.
    Person(PersonId),
    /// Binds a group chat to a branch.
    Group(UnitId),
}

#[derive(Clone, Copy, Debug)]
pub struct Invitation {
    pub id: i64,
    pub opens: Opens,
    pub expires_at: Instant,
    pub used: bool,
}

#[derive(FromRow)]
struct InvitationRow {
    id: i64,
    person_id: Option<PersonId>,
    unit_id: Option<UnitId>,
    expires_at: At,
    used_at: Option<i64>,
}

/// Keeps a new code by its digest.
pub async fn issue(
    tx: &mut Tx,
    digest: &str,
    opens: Opens,
    now: Instant,
    expires: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let (person, unit) = match opens {
        Opens::Person(person) => (Some(person), None),
        Opens::Group(unit) => (None, Some(unit)),
    };
    tx.run(&ISSUE, args![id, digest, person, unit, now, expires]).await.map(drop)
}

pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<Invitation>, StoreError> {
    let Some(row) = tx.maybe::<InvitationRow>(&FIND, args![digest]).await? else { return Ok(None) };
    let opens = match (row.person_id, row.unit_id) {
        (Some(person), None) => Opens::Person(person),
        (None, Some(unit)) => Opens::Group(unit),
        _ => return Err(StoreError::Unreadable(format!("invitation {}", row.id))),
    };
    let used = row.used_at.is_some();
    Ok(Some(Invitation { id: row.id, opens, expires_at: row.expires_at.0, used }))
}

/// Spends a code; `false` if it was spent already.
pub async fn spend(tx: &mut Tx, id: i64, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.run(&USE, args![id, now]).await? == 1)
}

/// Counts a wrong try.
pub async fn failed(tx: &mut Tx, bot: &str, account: &str, now: Instant) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&FAILED, args![id, bot, account, now]).await.map(drop)
}

/// Wrong tries since an instant: of this account, and of everybody.
pub async fn failures_since(
    tx: &mut Tx,
    bot: &str,
    account: &str,
    since: Instant,
) -> Result<(i64, i64), StoreError> {
    let (mine,) = tx.one::<(i64,)>(&COUNT_ACCOUNT, args![bot, account, since]).await?;
    let (all,) = tx.one::<(i64,)>(&COUNT_ALL, args![since]).await?;
    Ok((mine, all))
}

/// Forgets wrong tries up to an instant.
pub async fn forget_failures(tx: &mut Tx, until: Instant) -> Result<(), StoreError> {
    tx.run(&FORGET, args![until]).await.map(drop)
}
