//! How units come, change and end: each name and place of a unit with its days.

use chrono::NaiveDate;

use super::people::Recorded;
use super::types::Day;
use super::{StoreError, Tx, accounts, args, leaving, revisions, road, statements};
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
    PLACED(Int, Date) = ["SELECT CAST(COUNT(DISTINCT person_id) AS BIGINT) FROM placement
        WHERE unit_id = $1 AND " (until 2)];
    BEGAN(Int) = ["SELECT MAX(from_on) FROM unit_period WHERE unit_id = $1"];
    HOLDERS(Int, Date) = ["SELECT DISTINCT person_id FROM office WHERE unit_id = $1 AND " (until 2)];
    END_OFFICES(Int, Date) = ["UPDATE office SET to_on = CASE WHEN from_on < $2 THEN $2 ELSE from_on END
        WHERE unit_id = $1 AND " (until 2)];
    PLANNED(Int) = ["SELECT id FROM meeting WHERE unit_id = $1 AND state = 'planned' ORDER BY starts_at"];
}

/// Writes down from when on a unit stands as it does now.
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

/// From when a unit is as it is; `None`: since before that was kept.
pub async fn began(tx: &mut Tx, unit: UnitId) -> Result<Option<NaiveDate>, StoreError> {
    let (began,) = tx.one::<(Option<Day>,)>(&BEGAN, args![unit]).await?;
    Ok(began.map(|day| day.0))
}

/// Ends a unit with its offices, its rule and its group; gives whoever held an office there, and whether it had a
/// group.
pub async fn end(
    tx: &mut Tx,
    unit: UnitId,
    (on, into): (NaiveDate, Option<UnitId>),
    recorded: Recorded,
) -> Result<(Vec<PersonId>, bool), StoreError> {
    let holders = tx.all::<(PersonId,)>(&HOLDERS, args![unit, on]).await?;
    keep_known(tx, unit, on, recorded).await?;
    tx.run(&END_PERIOD, args![unit, on]).await?;
    tx.run(&END_OFFICES, args![unit, on]).await?;
    revisions::end_rule(tx, unit, on).await?;
    let had_group = accounts::unbind_group(tx, unit, recorded.now).await?;
    tx.run(&END, args![unit, on, into.map(|into| into.0)]).await?;
    Ok((holders.into_iter().map(|(id,)| id).collect(), had_group))
}

/// Lets the people and the open cases of a branch go on in another; gives the people.
pub async fn hand_over(
    tx: &mut Tx,
    units: (UnitId, UnitId),
    cases: &[CaseId],
    on: NaiveDate,
    recorded: Recorded,
) -> Result<Vec<PersonId>, StoreError> {
    road::hand_over_cases(tx, cases, units, None).await?;
    leaving::hand_over_people(tx, units, on, recorded).await
}

/// How many are placed in a unit on a day or later.
pub async fn placed(tx: &mut Tx, unit: UnitId, day: NaiveDate) -> Result<usize, StoreError> {
    let (placed,) = tx.one::<(i64,)>(&PLACED, args![unit, day]).await?;
    Ok(usize::try_from(placed).unwrap_or_default())
}

/// Meetings of a unit that are planned, or were held and are not closed, earliest first.
pub async fn planned(tx: &mut Tx, unit: UnitId) -> Result<Vec<MeetingId>, StoreError> {
    let rows = tx.all::<(MeetingId,)>(&PLANNED, args![unit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
