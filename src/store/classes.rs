//! The classes a committee holds, who was sent to them, and what became of them.
//!
//! A seat stands behind a step of a road. Who did not attend or did not pass has that step reversed;
//! a seat is settled once, and a class is cancelled, never deleted.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::types::{At, Day};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::class::{ClassKind, Outcome};
use crate::domain::ids::{CaseId, ClassId, PersonId, SeatId, UnitId};
use crate::domain::name::Name;
use crate::domain::typed::Typed;

statements! {
    ADD(Int, Int, Text, Date, Date, Text, Text, Int, MaybeInt) = ["INSERT INTO study_class
        (id, unit_id, kind, first_on, last_on, place, number, opened_at, opened_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"];
    GET(Int) = ["SELECT id, unit_id, kind, first_on, last_on, place, number, opened_by, cancelled_at,
            cancelled_by, cancel_reason
        FROM study_class WHERE id = $1"];
    /// Those that begin in a period, the earliest first.
    BEGINNING(Date, Date) = ["SELECT id, unit_id, kind, first_on, last_on, place, number, opened_by,
            cancelled_at, cancelled_by, cancel_reason
        FROM study_class WHERE first_on >= $1 AND first_on < $2 ORDER BY first_on, opened_at, id"];
    /// Everybody who was sent to these classes, by code; whose step was taken back says so.
    SEATS(Rows) = ["SELECT s.id, s.class_id, s.case_id, c.code, c.person_id, p.name, c.unit_id, s.outcome,
            s.certificate_number, s.certified_on,
            EXISTS (SELECT 1 FROM case_step r
                WHERE r.case_id = s.case_id AND r.reverses_id = s.step_id) AS reversed
        FROM class_seat s JOIN candidate_case c ON c.id = s.case_id JOIN person p ON p.id = c.person_id
        WHERE s.class_id " IDS " ORDER BY c.code, s.sent_at"];
    /// Gives a seat for the step that has none yet.
    SEAT(Int, Int, Int, Text, Int, Int) = ["INSERT INTO class_seat
        (id, class_id, case_id, step_id, sent_at, sent_by)
        SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), k.case_id, k.id, CAST($5 AS BIGINT),
            CAST($6 AS BIGINT)
        FROM case_step k WHERE k.case_id = $3 AND k.step = $4 AND k.recorded_at = $5
        AND k.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        AND NOT EXISTS (SELECT 1 FROM class_seat s WHERE s.step_id = k.id)"];
    SETTLE(Int, Text, MaybeText, MaybeText, Int, Int) = ["UPDATE class_seat
        SET outcome = $2, certificate_number = $3, certified_on = $4, settled_at = $5, settled_by = $6
        WHERE id = $1 AND outcome IS NULL"];
    /// Reverses the step behind a seat, once.
    REVERSE(Int, Int, Date, Int, Int) = ["INSERT INTO case_step
        (id, case_id, step, happened_on, reverses_id, recorded_at, recorded_by)
        SELECT CAST($1 AS BIGINT), k.case_id, k.step, CAST($3 AS TEXT), k.id, CAST($4 AS BIGINT),
            CAST($5 AS BIGINT)
        FROM class_seat s JOIN case_step k ON k.id = s.step_id
        WHERE s.id = $2 AND NOT EXISTS (SELECT 1 FROM case_step r
            WHERE r.case_id = k.case_id AND r.reverses_id = k.id)"];
    CANCEL(Int, Text, Int, Int) = ["UPDATE study_class
        SET cancel_reason = $2, cancelled_at = $3, cancelled_by = $4
        WHERE id = $1 AND cancelled_at IS NULL"];
}

/// What a class is like, before or after it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The committee that holds it.
    pub unit: UnitId,
    pub kind: ClassKind,
    pub first: NaiveDate,
    /// The last day of the class itself.
    pub last: NaiveDate,
    pub place: Typed,
    /// Of the decision or notice.
    pub number: Typed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub id: ClassId,
    pub what: Draft,
    /// Who opened it; `None`: it came with the demo.
    pub opened_by: Option<PersonId>,
    pub cancelled: Option<Cancelled>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    pub at: Instant,
    pub by: PersonId,
    pub reason: Typed,
}

/// Somebody's place in a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub id: SeatId,
    pub class: ClassId,
    pub case: CaseId,
    pub code: String,
    pub person: PersonId,
    pub name: Name,
    /// The branch of the case.
    pub unit: UnitId,
    pub outcome: Option<Outcome>,
    /// Number and day.
    pub certificate: Option<(Typed, NaiveDate)>,
    /// Whether the step behind it was taken back.
    pub reversed: bool,
}

impl Seat {
    /// Whether it is not known yet what became of it.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none() && !self.reversed
    }

    /// Whether somebody was sent and is not called back.
    pub fn counts(&self) -> bool {
        self.outcome.is_some() || !self.reversed
    }
}

#[derive(FromRow)]
struct ClassRow {
    id: ClassId,
    unit_id: UnitId,
    kind: String,
    first_on: Day,
    last_on: Day,
    place: Typed,
    number: Typed,
    opened_by: Option<PersonId>,
    cancelled_at: Option<At>,
    cancelled_by: Option<PersonId>,
    cancel_reason: Option<Typed>,
}

impl TryFrom<ClassRow> for Class {
    type Error = StoreError;
    fn try_from(row: ClassRow) -> Result<Self, StoreError> {
        let cancelled = row.cancelled_at.zip(row.cancelled_by).map(|(at, by)| Cancelled {
            at: at.0,
            by,
            reason: row.cancel_reason.unwrap_or_default(),
        });
        Ok(Self {
            id: row.id,
            what: Draft {
                unit: row.unit_id,
                kind: row.kind.parse().map_err(StoreError::Unreadable)?,
                first: row.first_on.0,
                last: row.last_on.0,
                place: row.place,
                number: row.number,
            },
            opened_by: row.opened_by,
            cancelled,
        })
    }
}

#[derive(FromRow)]
struct SeatRow {
    id: SeatId,
    class_id: ClassId,
    case_id: CaseId,
    code: String,
    person_id: PersonId,
    name: Name,
    unit_id: UnitId,
    outcome: Option<String>,
    certificate_number: Option<Typed>,
    certified_on: Option<Day>,
    reversed: bool,
}

impl TryFrom<SeatRow> for Seat {
    type Error = StoreError;
    fn try_from(row: SeatRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            class: row.class_id,
            case: row.case_id,
            code: row.code,
            person: row.person_id,
            name: row.name,
            unit: row.unit_id,
            outcome: row.outcome.map(|o| o.parse()).transpose().map_err(StoreError::Unreadable)?,
            certificate: row.certificate_number.zip(row.certified_on.map(|day| day.0)),
            reversed: row.reversed,
        })
    }
}

/// Opens a class; `by`: who does it, unless it is the administrator.
pub async fn add(
    tx: &mut Tx,
    what: &Draft,
    by: Option<PersonId>,
    now: Instant,
) -> Result<ClassId, StoreError> {
    let id = ClassId(tx.new_id().await?);
    let Draft { unit, kind, first, last, place, number } = what;
    tx.run(&ADD, args![id, *unit, kind.as_str(), *first, *last, place, number, now, by]).await?;
    Ok(id)
}

pub async fn get(tx: &mut Tx, id: ClassId) -> Result<Option<Class>, StoreError> {
    tx.maybe::<ClassRow>(&GET, args![id]).await?.map(Class::try_from).transpose()
}

/// The classes whose first day lies in `from..to`, cancelled ones too, the earliest first.
pub async fn beginning(
    tx: &mut Tx,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Class>, StoreError> {
    let rows = tx.all::<ClassRow>(&BEGINNING, args![from, to]).await?;
    rows.into_iter().map(Class::try_from).collect()
}

/// Everybody who was ever sent to these classes, by code.
pub async fn seats(tx: &mut Tx, classes: &[ClassId]) -> Result<Vec<Seat>, StoreError> {
    let rows = tx.all::<SeatRow>(&SEATS, args![serde_json::to_string(classes)?]).await?;
    rows.into_iter().map(Seat::try_from).collect()
}

/// Gives a place in a class for the step of its kind that was recorded at `now`.
pub async fn seat(
    tx: &mut Tx,
    class: &Class,
    case: CaseId,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    let id = SeatId(tx.new_id().await?);
    let step = class.what.kind.step();
    let written = tx.run(&SEAT, args![id, class.id, case, step.as_str(), now, by]).await?;
    match written {
        1 => Ok(()),
        n => Err(StoreError::Inconsistent(format!("a seat for {n} steps"))),
    }
}

/// Notes what became of a seat; `false` if that was known already. A certificate has a number and a
/// day; without one the step behind the seat is reversed.
pub async fn settle(
    tx: &mut Tx,
    seat: SeatId,
    outcome: Outcome,
    certificate: Option<(&str, NaiveDate)>,
    by: PersonId,
    now: Instant,
) -> Result<bool, StoreError> {
    let number = certificate.map(|(number, _)| number);
    let on = certificate.map(|(_, on)| on.to_string());
    let settled =
        tx.run(&SETTLE, args![seat, outcome.as_str(), number, on.as_deref(), now, by]).await?;
    Ok(settled == 1)
}

/// Reverses the step behind a seat; nothing happens to one that is reversed.
pub async fn reverse(
    tx: &mut Tx,
    seat: SeatId,
    on: NaiveDate,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&REVERSE, args![id, seat, on, now, by]).await.map(drop)
}

/// Cancels a class; `false` if it was cancelled already.
pub async fn cancel(
    tx: &mut Tx,
    class: ClassId,
    reason: &Typed,
    by: PersonId,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&CANCEL, args![class, reason, now, by]).await? == 1)
}
