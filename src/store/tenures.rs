//! Offices and mentorships begin and end: who holds what from when to when. Nothing is overwritten;
//! what a person was on a day can be read off later.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::types::Day;
use super::{StoreError, Tx, args, statements};
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::people::OfficeKind;
use crate::domain::typed::Typed;

statements! {
    /// Held on the date or later, by whoever has not left by then.
    MENTORS_FROM(Int, Date) = ["SELECT m.person_id, m.from_on, m.to_on FROM mentorship m
        WHERE m.case_id = $1 AND (m.to_on IS NULL OR (m.to_on > $2 AND m.to_on > m.from_on))
        AND " (m still 2) " ORDER BY m.from_on, m.id"];
    OFFICE_FROM(Int, Text, Date) = ["SELECT o.person_id, o.from_on, o.to_on FROM office o
        WHERE o.unit_id = $1 AND o.kind = $2 AND " (o until 3) "
        AND " (o still 3) " ORDER BY o.from_on, o.id"];
    BEGIN_MENTORSHIP(Int, Int, Int, MaybeText, Date) = ["INSERT INTO mentorship
        (id, case_id, person_id, resolution, from_on, to_on) VALUES ($1, $2, $3, $4, $5, NULL)"];
    MENTORSHIPS(Int, Date) = ["SELECT id, to_on FROM mentorship WHERE case_id = $1 AND " (on 2)];
    END_MENTORSHIPS(Int, Date) = ["UPDATE mentorship SET to_on = $2 WHERE case_id = $1 AND " (on 2)];
    /// Never before it began.
    END_MENTORSHIP(Int, Int, Date) = ["UPDATE mentorship SET to_on = $3
        WHERE case_id = $1 AND person_id = $2 AND from_on < $3 AND " (until 3)];
    BEGIN_OFFICE(Int, Int, Text, Int, Date) = ["INSERT INTO office
        (id, person_id, kind, unit_id, from_on, to_on) VALUES ($1, $2, $3, $4, $5, NULL)"];
    END_OFFICE(Int, Text, Int, Date) = ["UPDATE office SET to_on = $4
        WHERE unit_id = $1 AND kind = $2 AND person_id = $3 AND from_on < $4
        AND " (until 4)];
}

/// A time in a charge: from the first day to the first day after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    pub person: PersonId,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(FromRow)]
struct TenureRow {
    person_id: PersonId,
    from_on: Day,
    to_on: Option<Day>,
}

impl From<TenureRow> for Tenure {
    fn from(row: TenureRow) -> Self {
        Self { person: row.person_id, from: row.from_on.0, to: row.to_on.map(|to| to.0) }
    }
}

/// Who guides a candidate on a date or will, earliest first.
pub async fn mentors_from(
    tx: &mut Tx,
    case: CaseId,
    date: NaiveDate,
) -> Result<Vec<Tenure>, StoreError> {
    let rows = tx.all::<TenureRow>(&MENTORS_FROM, args![case, date]).await?;
    Ok(rows.into_iter().map(Tenure::from).collect())
}

/// Who holds an office of a unit on a date or will, earliest first.
pub async fn office_from(
    tx: &mut Tx,
    unit: UnitId,
    kind: OfficeKind,
    date: NaiveDate,
) -> Result<Vec<Tenure>, StoreError> {
    let rows = tx.all::<TenureRow>(&OFFICE_FROM, args![unit, kind.as_str(), date]).await?;
    Ok(rows.into_iter().map(Tenure::from).collect())
}

/// Begins a mentorship under a resolution; gives its row.
pub async fn begin_mentorship(
    tx: &mut Tx,
    case: CaseId,
    mentor: PersonId,
    resolution: Option<&Typed>,
    from: NaiveDate,
) -> Result<i64, StoreError> {
    let id = tx.new_id().await?;
    tx.run(&BEGIN_MENTORSHIP, args![id, case, mentor, resolution, from]).await?;
    Ok(id)
}

/// Ends every mentorship of a candidate that runs on a day, the first without it; gives their rows, and until
/// when each was to run.
pub async fn end_mentorships(
    tx: &mut Tx,
    case: CaseId,
    to: NaiveDate,
) -> Result<Vec<(i64, Option<NaiveDate>)>, StoreError> {
    let running: Vec<(i64, Option<Day>)> = tx.all(&MENTORSHIPS, args![case, to]).await?;
    tx.run(&END_MENTORSHIPS, args![case, to]).await?;
    Ok(running.into_iter().map(|(row, was_to)| (row, was_to.map(|day| day.0))).collect())
}

/// Ends a mentorship; `to` is the first day without it. `false`: there is none that began before.
pub async fn end_mentorship(
    tx: &mut Tx,
    case: CaseId,
    mentor: PersonId,
    to: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(tx.run(&END_MENTORSHIP, args![case, mentor, to]).await? > 0)
}

pub async fn begin_office(
    tx: &mut Tx,
    unit: UnitId,
    kind: OfficeKind,
    person: PersonId,
    from: NaiveDate,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&BEGIN_OFFICE, args![id, person, kind.as_str(), unit, from]).await.map(drop)
}

/// Ends an office; `to` is the first day without it. `false`: it is not held, or began later.
pub async fn end_office(
    tx: &mut Tx,
    unit: UnitId,
    kind: OfficeKind,
    person: PersonId,
    to: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(tx.run(&END_OFFICE, args![unit, kind.as_str(), person, to]).await? > 0)
}
