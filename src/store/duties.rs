//! What meetings gave people to do, and whether it was done.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::types::{At, Day};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{DutyId, MeetingId, PersonId, UnitId};
use crate::domain::typed::Typed;

statements! {
    ADD(Int, Int, Int, Text, Date, Int) = ["INSERT INTO duty
        (id, meeting_id, person_id, what, due_on, set_at) VALUES ($1, $2, $3, $4, $5, $6)"];
    DROP(Int, Int) = ["DELETE FROM duty WHERE id = $1 AND meeting_id = $2"];
    OF_MEETING(Int) = ["SELECT d.id, d.meeting_id, m.unit_id, d.person_id, d.what, d.due_on, d.done_at
        FROM duty d JOIN meeting m ON m.id = d.meeting_id
        WHERE d.meeting_id = $1 ORDER BY d.due_on, d.id"];
    /// What closed meetings of a branch left open, to those who have not left since they were given it.
    OPEN_IN(Int, Date) = ["SELECT d.id, d.meeting_id, m.unit_id, d.person_id, d.what, d.due_on, d.done_at
        FROM duty d JOIN meeting m ON m.id = d.meeting_id
        WHERE m.unit_id = $1 AND m.state = 'closed' AND d.done_at IS NULL AND " (d kept 2) "
        ORDER BY d.due_on, d.id"];
    OPEN_OF(Int, Date) = ["SELECT d.id, d.meeting_id, m.unit_id, d.person_id, d.what, d.due_on, d.done_at
        FROM duty d JOIN meeting m ON m.id = d.meeting_id
        WHERE d.person_id = $1 AND m.state = 'closed' AND d.done_at IS NULL AND " (d kept 2) "
        ORDER BY d.due_on, d.id"];
    GET(Int) = ["SELECT d.id, d.meeting_id, m.unit_id, d.person_id, d.what, d.due_on, d.done_at
        FROM duty d JOIN meeting m ON m.id = d.meeting_id
        WHERE d.id = $1 AND m.state = 'closed'"];
    DONE(Int, Int, Int) = ["UPDATE duty SET done_at = $2, done_by = $3
        WHERE id = $1 AND done_at IS NULL"];
}

/// Something a person was given to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub id: DutyId,
    pub meeting: MeetingId,
    /// The branch whose meeting it was.
    pub unit: UnitId,
    pub person: PersonId,
    /// As it was typed.
    pub what: Typed,
    /// The last day.
    pub due: NaiveDate,
    pub done: bool,
}

#[derive(FromRow)]
struct DutyRow {
    id: DutyId,
    meeting_id: MeetingId,
    unit_id: UnitId,
    person_id: PersonId,
    what: Typed,
    due_on: Day,
    done_at: Option<At>,
}

impl From<DutyRow> for Duty {
    fn from(row: DutyRow) -> Self {
        Self {
            id: row.id,
            meeting: row.meeting_id,
            unit: row.unit_id,
            person: row.person_id,
            what: row.what,
            due: row.due_on.0,
            done: row.done_at.is_some(),
        }
    }
}

/// Gives somebody something to do, until the end of a day.
pub async fn add(
    tx: &mut Tx,
    meeting: MeetingId,
    person: PersonId,
    what: &Typed,
    due: NaiveDate,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&ADD, args![id, meeting, person, what, due, now]).await.map(drop)
}

/// Takes back what a meeting that is not closed yet gave.
pub async fn remove(tx: &mut Tx, duty: DutyId, meeting: MeetingId) -> Result<(), StoreError> {
    tx.run(&DROP, args![duty, meeting]).await.map(drop)
}

/// What one meeting gave, done or not, the nearest deadline first.
pub async fn of_meeting(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Duty>, StoreError> {
    Ok(tx.all::<DutyRow>(&OF_MEETING, args![meeting]).await?.into_iter().map(Into::into).collect())
}

/// What closed meetings of a branch left undone, the nearest deadline first. What somebody was given who has
/// left by `today` is nobody's any more, also where they have come back.
pub async fn open_in(tx: &mut Tx, unit: UnitId, today: NaiveDate) -> Result<Vec<Duty>, StoreError> {
    Ok(tx.all::<DutyRow>(&OPEN_IN, args![unit, today]).await?.into_iter().map(Into::into).collect())
}

/// What a person has still to do, the nearest deadline first.
pub async fn open_of(
    tx: &mut Tx,
    person: PersonId,
    today: NaiveDate,
) -> Result<Vec<Duty>, StoreError> {
    Ok(tx
        .all::<DutyRow>(&OPEN_OF, args![person, today])
        .await?
        .into_iter()
        .map(Into::into)
        .collect())
}

/// A duty of a closed meeting.
pub async fn get(tx: &mut Tx, duty: DutyId) -> Result<Option<Duty>, StoreError> {
    Ok(tx.maybe::<DutyRow>(&GET, args![duty]).await?.map(Into::into))
}

/// Notes that it was done; `false` if that was known.
pub async fn set_done(
    tx: &mut Tx,
    duty: DutyId,
    by: PersonId,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&DONE, args![duty, now, by]).await? == 1)
}
