//! What sentences need to know of the people they name, for many at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::FromRow;

use super::{StoreError, Tx, args, statements};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::name::Name;

statements! {
    /// Persons by id, each with their newest case.
    OF(Rows, Date) = ["SELECT p.id, p.code, p.name, p.name = p.code AS erased, p.born_on,
            (SELECT MAX(f.value) FROM person_fact f WHERE f.person_id = p.id AND f.kind = 'other_names'
                AND f.to_on IS NULL) AS other_names, l.unit_id, c.code AS case_code,
            c.unit_id AS case_unit_id,
            EXISTS (SELECT 1 FROM standing s WHERE s.person_id = p.id AND s.status = 'official'
                AND " (s stands 2) ") AS official
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id
            AND " (l placed 2) "
        LEFT JOIN candidate_case c ON c.person_id = p.id
            AND NOT EXISTS (SELECT 1 FROM candidate_case d WHERE d.person_id = p.id
                AND (d.opened_on > c.opened_on OR (d.opened_on = c.opened_on AND d.id > c.id)))
        WHERE p.id " IDS];
    /// Whose name is kept under one of these keys.
    NAMED(Rows) = ["SELECT DISTINCT person_id FROM name_variant WHERE key " TEXTS];
    /// Who in some units is kept under one of these keys: whoever is placed there on a day, and whose cases
    /// are decided there.
    CALLED(Rows, Rows, Date) = ["SELECT v.key, l.person_id, l.unit_id FROM placement l
            JOIN name_variant v ON v.person_id = l.person_id
            WHERE v.key " TEXTS " AND l.unit_id " (ids 2) "
            AND l.from_on <= $3 AND (l.to_on IS NULL OR l.to_on > l.from_on)
        UNION SELECT v.key, c.person_id, c.unit_id FROM candidate_case c
            JOIN name_variant v ON v.person_id = c.person_id
            WHERE v.key " TEXTS " AND c.unit_id " (ids 2)];
    /// Where somebody is placed, and where the cases are that they guide.
    NEAR(Rows, Date) = ["SELECT l.person_id, l.unit_id FROM placement l
        WHERE l.person_id " IDS " AND " (l on 2) "
        UNION SELECT m.person_id, c.unit_id FROM mentorship m
        JOIN candidate_case c ON c.id = m.case_id
        WHERE m.person_id " IDS " AND " (m on 2) " AND " (m still 2)];
    /// Whom persons guide or once guided. Who has left guides nobody.
    GUIDED(Rows, Date) = ["SELECT m.person_id, c.person_id,
            CAST(MAX(CASE WHEN " (m until 2) " AND " (m still 2) " THEN 1 ELSE 0 END) AS BIGINT)
        FROM mentorship m JOIN candidate_case c ON c.id = m.case_id
        WHERE m.person_id " IDS " GROUP BY m.person_id, c.person_id"];
    MOVED_FROM(Rows) = ["SELECT DISTINCT c.person_id, m.from_id FROM candidate_case c
        JOIN case_step k ON k.case_id = c.id JOIN case_move m ON m.step_id = k.id
        WHERE c.person_id " IDS];
}

/// A person as sentences may name them.
#[derive(Clone, Debug, FromRow)]
pub struct Face {
    pub id: PersonId,
    /// `NS-061`
    pub code: String,
    pub name: Name,
    /// Whether the code stands in the name's place.
    pub erased: bool,
    /// What they were called before, and are called beside, parted by `;`.
    pub other_names: Option<String>,
    /// `1985-03-12`
    pub born_on: Option<String>,
    /// Where they are placed on the day.
    pub unit_id: Option<UnitId>,
    /// `QC-014`; of their newest case.
    pub case_code: Option<String>,
    /// The branch that decides it.
    pub case_unit_id: Option<UnitId>,
    /// Whether they are an official member on the day.
    pub official: bool,
}

impl Face {
    /// What they were called before, and are called beside.
    pub fn also(&self) -> Vec<Name> {
        self.other_names.as_deref().map(Name::each).unwrap_or_default()
    }
}

/// The persons with these ids, in no particular order; unknown ids are left out.
pub async fn of(tx: &mut Tx, ids: &[PersonId], today: NaiveDate) -> Result<Vec<Face>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.all(&OF, args![serde_json::to_string(ids)?, today]).await
}

/// Who bears one of these names: [`crate::domain::written::keys_in`] gives the keys.
pub async fn named(tx: &mut Tx, keys: &[&String]) -> Result<Vec<PersonId>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(PersonId,)> = tx.all(&NAMED, args![serde_json::to_string(keys)?]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Somebody who may be meant by a key of a given name alone.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CalledBy {
    pub key: String,
    pub person_id: PersonId,
    /// Where they are placed, or a case of theirs is decided.
    pub unit_id: UnitId,
}

/// Who in some units, whatever their standing on a day, may be meant by these keys.
pub async fn called(
    tx: &mut Tx,
    keys: &[&String],
    units: &[UnitId],
    day: NaiveDate,
) -> Result<Vec<CalledBy>, StoreError> {
    if keys.is_empty() || units.is_empty() {
        return Ok(Vec::new());
    }
    let (keys, units) = (serde_json::to_string(keys)?, serde_json::to_string(units)?);
    tx.all(&CALLED, args![keys, units, day]).await
}

/// The branches that are near to persons on a day: where each is placed, and of whom they guide.
pub async fn near(
    tx: &mut Tx,
    persons: &[PersonId],
    day: NaiveDate,
) -> Result<Vec<(PersonId, UnitId)>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    tx.all(&NEAR, args![serde_json::to_string(persons)?, day]).await
}

/// Pairs of these mentors and whom each guides or once guided, and whether they do so on a day.
pub async fn guided(
    tx: &mut Tx,
    mentors: &[PersonId],
    day: NaiveDate,
) -> Result<HashMap<(PersonId, PersonId), bool>, StoreError> {
    let rows = tx
        .all::<(PersonId, PersonId, i64)>(&GUIDED, args![serde_json::to_string(mentors)?, day])
        .await?;
    Ok(rows.into_iter().map(|(mentor, guided, now)| ((mentor, guided), now > 0)).collect())
}

/// The branches that the cases of these persons have left.
pub async fn moved_from(
    tx: &mut Tx,
    persons: &[PersonId],
) -> Result<Vec<(PersonId, UnitId)>, StoreError> {
    tx.all(&MOVED_FROM, args![serde_json::to_string(persons)?]).await
}
