//! What is expected of branches in a year, with its history, and what has come of it.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use sqlx::FromRow;

use super::types::{At, Day};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::target::TargetKind;

statements! {
    SET(Int, Int, Int, Text, MaybeInt, Int, Int) = ["INSERT INTO unit_target
        (id, unit_id, year, kind, amount, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"];
    /// Every target of some branches for some years and every change of it, the newest last.
    CHANGES(Rows, Int, Int) = ["SELECT unit_id, year, kind, amount, set_at, set_by FROM unit_target
        WHERE unit_id " IDS " AND year >= $2 AND year <= $3 ORDER BY set_at, id"];
    /// Admissions and names put on the list here in a period that were not reversed.
    DONE(Date, Date) = ["SELECT k.step, c.unit_id, k.happened_on, CAST(COUNT(*) AS BIGINT)
        FROM case_step k JOIN candidate_case c ON c.id = k.case_id
        WHERE k.step IN ('admitted', 'sourced')
        AND k.happened_on >= $1 AND k.happened_on < $2 AND k.reverses_id IS NULL AND NOT k.elsewhere
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        GROUP BY k.step, c.unit_id, k.happened_on"];
}

/// One setting of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub unit: UnitId,
    pub year: i32,
    pub kind: TargetKind,
    /// `None`: it was withdrawn.
    pub amount: Option<i64>,
    pub at: Instant,
    /// `None`: it came with the demo.
    pub by: Option<PersonId>,
}

/// Of which branch and year, and what is counted.
pub type Key = (UnitId, i32, TargetKind);

#[derive(FromRow)]
struct ChangeRow {
    unit_id: UnitId,
    year: i64,
    kind: String,
    amount: Option<i64>,
    set_at: At,
    set_by: Option<PersonId>,
}

/// Sets a target, or (`None`) withdraws it.
pub async fn set(
    tx: &mut Tx,
    (unit, year, kind): Key,
    amount: Option<i64>,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let arguments = args![id, unit, i64::from(year), kind.as_str(), amount, now, by];
    tx.run(&SET, arguments).await.map(drop)
}

/// Every setting of the targets of these units for these years, both included, the newest last.
pub async fn changes(
    tx: &mut Tx,
    units: &[UnitId],
    from: i32,
    to: i32,
) -> Result<Vec<Change>, StoreError> {
    let units = serde_json::to_string(units)?;
    tx.all::<ChangeRow>(&CHANGES, args![units, i64::from(from), i64::from(to)])
        .await?
        .into_iter()
        .map(|row| {
            Ok(Change {
                unit: row.unit_id,
                year: i32::try_from(row.year).unwrap_or_default(),
                kind: row.kind.parse().map_err(StoreError::Unreadable)?,
                amount: row.amount,
                at: row.set_at.0,
                by: row.set_by,
            })
        })
        .collect()
}

/// What stands of these changes: the newest of each, unless it was withdrawn.
pub fn standing(changes: &[Change]) -> BTreeMap<Key, i64> {
    let mut standing = BTreeMap::new();
    for change in changes {
        let key = (change.unit, change.year, change.kind);
        match change.amount {
            Some(amount) => standing.insert(key, amount),
            None => standing.remove(&key),
        };
    }
    standing
}

/// What has come of the targets of these years by a day, both years and the day included; counted for
/// the branch that decided.
pub async fn done(
    tx: &mut Tx,
    from: i32,
    to: i32,
    until: NaiveDate,
) -> Result<BTreeMap<Key, i64>, StoreError> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(until);
    let end = first(to + 1).min(until + Days::new(1));
    let rows = tx.all::<(String, UnitId, Day, i64)>(&DONE, args![first(from), end]).await?;
    let mut done = BTreeMap::new();
    for (step, unit, on, count) in rows {
        let kind = match step.as_str() {
            "admitted" => TargetKind::Admissions,
            _ => TargetKind::Source,
        };
        *done.entry((unit, on.0.year(), kind)).or_default() += count;
    }
    Ok(done)
}
