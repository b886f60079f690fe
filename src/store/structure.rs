//! How units come, change and end: each name and place of a unit with its days.

use chrono::NaiveDate;
use serde_json::json;

use super::personnel::Recorded;
use super::{StoreError, Tx, args, statements};
use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::text::fold;

statements! {
    /// The period of a unit that was there before periods were kept.
    BEGIN_KNOWN(Int, Int, Date, Int, MaybeInt) = ["INSERT INTO unit_period
        (id, unit_id, parent_id, name, from_on, to_on, recorded_at, recorded_by)
        SELECT $1, id, parent_id, name, '0001-01-01', $3, $4, $5 FROM unit WHERE id = $2
        AND NOT EXISTS (SELECT 1 FROM unit_period p WHERE p.unit_id = $2)"];
    END_PERIOD(Int, Date) = ["UPDATE unit_period SET to_on = $2 WHERE unit_id = $1 AND to_on IS NULL"];
    BEGIN_PERIOD(Int, Int, Date, Int, MaybeInt) = ["INSERT INTO unit_period
        (id, unit_id, parent_id, name, from_on, recorded_at, recorded_by)
        SELECT $1, id, parent_id, name, $3, $4, $5 FROM unit WHERE id = $2"];
    RENAME(Int, Text, Text) = ["UPDATE unit SET name = $2, name_key = $3 WHERE id = $1"];
    HANG(Int, Int) = ["UPDATE unit SET parent_id = $2 WHERE id = $1"];
    END(Int, Date, MaybeInt) = ["UPDATE unit SET ended_on = $2, merged_into = $3 WHERE id = $1"];
    PLACED(Int, Date) = ["SELECT l.person_id FROM placement l
        WHERE l.unit_id = $1 AND " (l until 2) " ORDER BY l.person_id"];
    CASES(Int) = ["SELECT id, person_id FROM candidate_case WHERE unit_id = $1 ORDER BY id"];
    /// The steps so far remain those of the branch where they were taken.
    KEEP_STEPS(Rows, Int) = ["UPDATE case_step SET unit_id = $2 WHERE unit_id IS NULL AND case_id " IDS];
    TAKE_CASES(Rows, Int) = ["UPDATE candidate_case SET unit_id = $2 WHERE id " IDS];
    END_OFFICES(Int, Date) = ["UPDATE office SET to_on = CASE WHEN from_on < $2 THEN $2 ELSE from_on END
        WHERE unit_id = $1 AND " (until 2)];
    END_RULES(Int, Date) = ["UPDATE meeting_rule SET to_on = CASE WHEN from_on < $2 THEN $2 ELSE from_on END
        WHERE unit_id = $1 AND " (until 2)];
    PLANNED(Int) = ["SELECT id, starts_at FROM meeting WHERE unit_id = $1 AND state = 'planned' ORDER BY starts_at"];
    END_TASKS(Int, Int) = ["UPDATE group_chat SET unbound_at = $2 WHERE unit_id = $1 AND unbound_at IS NULL"];
}

/// Writes down from when on a unit stands as it does now; `was` comes first where it was there before.
pub async fn begin_period(
    tx: &mut Tx,
    unit: UnitId,
    from: NaiveDate,
    recorded: Recorded,
) -> Result<(), StoreError> {
    let by = recorded.by.map(|by| by.0);
    tx.run(&END_PERIOD, args![unit, from]).await?;
    let id = tx.new_id().await?;
    tx.run(&BEGIN_PERIOD, args![id, unit, from, recorded.now, by]).await.map(drop)
}

/// Keeps what a unit was before its first change.
pub async fn keep_known(
    tx: &mut Tx,
    unit: UnitId,
    until: NaiveDate,
    recorded: Recorded,
) -> Result<(), StoreError> {
    let (id, by) = (tx.new_id().await?, recorded.by.map(|by| by.0));
    tx.run(&BEGIN_KNOWN, args![id, unit, until, recorded.now, by]).await.map(drop)
}

pub async fn rename(tx: &mut Tx, unit: UnitId, name: &str) -> Result<(), StoreError> {
    tx.run(&RENAME, args![unit, name, fold(name)]).await.map(drop)
}

pub async fn hang(tx: &mut Tx, unit: UnitId, below: UnitId) -> Result<(), StoreError> {
    tx.run(&HANG, args![unit, below]).await.map(drop)
}

/// Ends a unit with its offices, its rule and its group.
pub async fn end(
    tx: &mut Tx,
    unit: UnitId,
    (on, into): (NaiveDate, Option<UnitId>),
    recorded: Recorded,
) -> Result<(), StoreError> {
    keep_known(tx, unit, on, recorded).await?;
    tx.run(&END_PERIOD, args![unit, on]).await?;
    tx.run(&END_OFFICES, args![unit, on]).await?;
    tx.run(&END_RULES, args![unit, on]).await?;
    tx.run(&END_TASKS, args![unit, recorded.now]).await?;
    tx.run(&END, args![unit, on, into.map(|into| into.0)]).await.map(drop)
}

/// Whoever is placed in a unit on a day or later.
pub async fn placed(
    tx: &mut Tx,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&PLACED, args![unit, day]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The cases that a unit decides, open or not.
pub async fn cases(tx: &mut Tx, unit: UnitId) -> Result<Vec<(CaseId, PersonId)>, StoreError> {
    tx.all(&CASES, args![unit]).await
}

/// Gives cases to another unit; what was done until now stays with the one that did it.
pub async fn hand_cases(
    tx: &mut Tx,
    cases: &[CaseId],
    (from, to): (UnitId, UnitId),
) -> Result<(), StoreError> {
    let ids = json!(cases).to_string();
    tx.run(&KEEP_STEPS, args![&ids, from]).await?;
    tx.run(&TAKE_CASES, args![&ids, to]).await.map(drop)
}

/// Meetings of a unit that are planned, or were held and are not closed, earliest first.
pub async fn planned(tx: &mut Tx, unit: UnitId) -> Result<Vec<MeetingId>, StoreError> {
    let rows = tx.all::<(MeetingId, i64)>(&PLANNED, args![unit]).await?;
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}
