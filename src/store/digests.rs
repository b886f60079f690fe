//! The committee's monthly digests: when each is due and whether it was sent, and what was held and
//! received of which it tells.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::types::{At, Day};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::due::Fate;
use crate::domain::ids::{MeetingId, PersonId, UnitId};
use crate::domain::typed::Typed;

statements! {
    PLAN(Int, Text, Int, Text, MaybeInt) = ["INSERT INTO digest
        (unit_id, period, due_at, state, done_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (unit_id, period) DO NOTHING"];
    DUE(Int) = ["SELECT unit_id, period, due_at FROM digest
        WHERE state = 'planned' AND due_at <= $1 ORDER BY due_at, unit_id"];
    RESTORE(Int, Int) = ["UPDATE digest SET state = 'planned', done_at = NULL
        WHERE state = 'dropped' AND done_at > $1 AND due_at > $2"];
    NEXT_DUE() = ["SELECT due_at FROM digest WHERE state = 'planned' ORDER BY due_at LIMIT 1"];
    FINISH(Int, Text, Text, Int) = ["UPDATE digest SET state = $3, done_at = $4
        WHERE unit_id = $1 AND period = $2 AND state = 'planned'"];
    RECEIVED(Int) = ["SELECT submitted_at FROM report
        WHERE meeting_id = $1 AND state <> 'returned'"];
    OVERDUE(Date) = ["SELECT m.unit_id, d.person_id, d.what, d.due_on
        FROM duty d JOIN meeting m ON m.id = d.meeting_id
        WHERE d.done_at IS NULL AND m.state = 'closed' AND d.due_on < $1 AND " (d kept 1) "
        ORDER BY d.due_on, d.id"];
}

/// A digest that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DueDigest {
    /// The committee it is for.
    #[sqlx(rename = "unit_id")]
    pub unit: UnitId,
    /// The month it is about.
    #[sqlx(rename = "period")]
    pub month: Month,
    #[sqlx(try_from = "At")]
    pub due_at: Instant,
}

/// Something that was to be done by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub unit: UnitId,
    pub person: PersonId,
    pub what: Typed,
    pub due: NaiveDate,
}

#[derive(FromRow)]
struct OverdueRow {
    unit_id: UnitId,
    person_id: PersonId,
    what: Typed,
    due_on: Day,
}

/// Plans a digest; doing it twice changes nothing. One that nobody expected any more when it was
/// planned is `dropped` at once.
pub async fn plan(
    tx: &mut Tx,
    unit: UnitId,
    month: Month,
    due: Instant,
    ended: Option<(Fate, Instant)>,
) -> Result<(), StoreError> {
    let state = ended.map_or("planned", |(fate, _)| fate.as_str());
    let done = ended.map(|(_, at)| at);
    tx.run(&PLAN, args![unit, month, due, state, done]).await.map(drop)
}

/// Plans again what fell away later than it is now, and is not due before `from`; how many.
pub async fn restore(tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
    tx.run(&RESTORE, args![now, from]).await
}

/// The digests that are due, earliest first.
pub async fn due(tx: &mut Tx, now: Instant) -> Result<Vec<DueDigest>, StoreError> {
    tx.all(&DUE, args![now]).await
}

/// When the next digest falls due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    Ok(tx.maybe::<(At,)>(&NEXT_DUE, args![]).await?.map(|(at,)| at.0))
}

/// Ends a planned digest; `false` if it was ended already.
pub async fn finish(
    tx: &mut Tx,
    digest: &DueDigest,
    fate: Fate,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&FINISH, args![digest.unit, digest.month, fate.as_str(), now]).await? == 1)
}

/// When each report that was received for a meeting and not returned was sent first.
pub async fn received(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Instant>, StoreError> {
    let rows = tx.all::<(At,)>(&RECEIVED, args![meeting]).await?;
    Ok(rows.into_iter().map(|(at,)| at.0).collect())
}

/// What should have been done before a day and is not, the oldest first.
pub async fn overdue(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Overdue>, StoreError> {
    let rows = tx.all::<OverdueRow>(&OVERDUE, args![today]).await?;
    let read = |row: OverdueRow| Overdue {
        unit: row.unit_id,
        person: row.person_id,
        what: row.what,
        due: row.due_on.0,
    };
    Ok(rows.into_iter().map(read).collect())
}
