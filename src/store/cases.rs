//! Candidates' cases and who guides them.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::{StoreError, Tx, args, road, statements};
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::name::Name;
use crate::domain::people::Status;
use crate::domain::road::{Stage, Taken, stage};

statements! {
    GUIDED_BY(Int, Date) = ["SELECT DISTINCT c.id, c.code, c.unit_id, c.person_id AS person, p.name, m.person_id AS mentor_id
        FROM mentorship m JOIN candidate_case c ON c.id = m.case_id JOIN person p ON p.id = c.person_id
        WHERE m.person_id = $1 AND " (m on 2) " AND " (m still 2) "
        ORDER BY c.code"];
    GUIDED_IN(Int, Date) = ["SELECT DISTINCT c.id, c.code, c.unit_id, c.person_id AS person, p.name, m.person_id AS mentor_id
        FROM mentorship m JOIN candidate_case c ON c.id = m.case_id JOIN person p ON p.id = c.person_id
        WHERE c.unit_id = $1 AND " (m on 2) " AND " (m still 2) "
        ORDER BY m.person_id, c.code"];
    STATUS(Int, Date) = ["SELECT s.status FROM candidate_case c
        JOIN standing s ON s.person_id = c.person_id
        WHERE c.id = $1 AND " (s stands 2)];
    ABOUT(Int, Int) = ["SELECT c.id, c.code, c.unit_id, c.person_id AS person, p.name, CAST($2 AS BIGINT) AS mentor_id
        FROM candidate_case c JOIN person p ON p.id = c.person_id WHERE c.id = $1"];
    /// Everyone in a unit with a case who is not yet official.
    OPEN_IN(Int, Date) = ["SELECT c.id, c.code, c.unit_id, c.person_id AS person, p.name FROM candidate_case c
        JOIN person p ON p.id = c.person_id
        WHERE c.unit_id = $1 AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.person_id = c.person_id
            AND s.status = 'official' AND " (s stands 2) ")
        ORDER BY c.code"];
}

/// A candidate together with one of their mentors.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Guided {
    pub id: CaseId,
    /// `QC-014`
    pub code: String,
    pub unit_id: UnitId,
    pub person: PersonId,
    pub name: Name,
    pub mentor_id: PersonId,
}

/// The candidates a person guides on a date, by code.
pub async fn guided_by(
    tx: &mut Tx,
    mentor: PersonId,
    today: NaiveDate,
) -> Result<Vec<Guided>, StoreError> {
    tx.all(&GUIDED_BY, args![mentor, today]).await
}

/// All pairs of mentor and candidate of a unit on a date, mentor by mentor.
pub async fn guided_in(
    tx: &mut Tx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<Guided>, StoreError> {
    tx.all(&GUIDED_IN, args![unit, today]).await
}

/// A case as one person's, whether or not they guide the candidate now.
pub async fn about(
    tx: &mut Tx,
    case: CaseId,
    mentor: PersonId,
) -> Result<Option<Guided>, StoreError> {
    tx.maybe(&ABOUT, args![case, mentor]).await
}

/// What a candidate is to the Party on a date.
pub async fn status(tx: &mut Tx, case: CaseId, day: NaiveDate) -> Result<Status, StoreError> {
    let found = tx.maybe::<(Status,)>(&STATUS, args![case, day]).await?;
    Ok(found.map_or(Status::NonMember, |(status,)| status))
}

/// A candidate, whoever guides them.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Open {
    pub id: CaseId,
    /// `QC-014`
    pub code: String,
    pub unit_id: UnitId,
    pub person: PersonId,
    pub name: Name,
}

/// Everyone on the road in a unit on a date, by code: not yet official, and not taken off it.
pub async fn open_in(tx: &mut Tx, unit: UnitId, today: NaiveDate) -> Result<Vec<Open>, StoreError> {
    let mut open: Vec<Open> = tx.all(&OPEN_IN, args![unit, today]).await?;
    let ids: Vec<CaseId> = open.iter().map(|open| open.id).collect();
    let histories = road::histories(tx, &ids).await?;
    let goes_on = |history: &Vec<Taken>| stage(history).is_some_and(Stage::is_open);
    open.retain(|open| histories.get(&open.id).is_some_and(goes_on));
    Ok(open)
}
