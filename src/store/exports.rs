//! What an export tells beside what lists are compared with ([`super::imports::known`]): where everybody was last,
//! the roads, the classes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sqlx::FromRow;

use super::types::Day;
use super::{StoreError, Tx, args, statements};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::listed::{Arrival, Departure};
use crate::domain::road::{CaseStep, Paper};

statements! {
    /// Where everybody is, or was last.
    PLACED(Date) = ["SELECT l.person_id, u.code AS unit, l.label, l.from_on, l.to_on, l.came, l.came_from,
            l.left_how, l.left_to
        FROM placement l JOIN unit u ON u.id = l.unit_id
        WHERE (l.to_on IS NULL OR l.to_on > l.from_on) AND l.from_on <= $1
        AND NOT EXISTS (SELECT 1 FROM placement n WHERE n.person_id = l.person_id AND n.from_on <= $1
            AND (n.to_on IS NULL OR n.to_on > n.from_on)
            AND (n.from_on > l.from_on OR (n.from_on = l.from_on AND n.id > l.id)))"];
    /// The steps of everybody's newest road, as they stand.
    STEPS() = ["SELECT c.person_id, k.case_id, k.step, k.happened_on, e.number, s.number AS class
        FROM candidate_case c JOIN case_step k ON k.case_id = c.id
        LEFT JOIN case_evidence e ON e.step_id = k.id
        LEFT JOIN class_seat z ON z.step_id = k.id
        LEFT JOIN study_class s ON s.id = z.class_id
        WHERE k.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        AND NOT EXISTS (SELECT 1 FROM candidate_case d WHERE d.person_id = c.person_id
            AND (d.opened_on > c.opened_on OR (d.opened_on = c.opened_on AND d.id > c.id)))
        ORDER BY k.case_id, k.happened_on, k.recorded_at, k.id"];
    CERTIFICATES() = ["SELECT k.case_id, z.certificate_number, z.certified_on FROM class_seat z
        JOIN case_step k ON k.id = z.step_id
        WHERE k.step = 'awareness_class' AND z.certified_on IS NOT NULL ORDER BY z.id"];
    /// The newest row of a paper counts.
    PAPERS() = ["SELECT case_id, paper, kept FROM case_paper ORDER BY id"];
    MENTORS(Date) = ["SELECT m.case_id, p.name, m.from_on, m.resolution FROM mentorship m
        JOIN person p ON p.id = m.person_id
        WHERE " (m on 1) " AND " (m still 1) " ORDER BY m.case_id, m.from_on, m.id"];
    CLASSES() = ["SELECT number, first_on, last_on, place FROM study_class
        WHERE kind = 'awareness' AND cancelled_at IS NULL ORDER BY first_on, id"];
}

/// Where somebody is, or was last.
#[derive(Debug, FromRow)]
pub struct LastPlaced {
    pub person_id: PersonId,
    /// The unit's code.
    pub unit: String,
    pub label: Option<String>,
    pub from_on: Day,
    pub to_on: Option<Day>,
    pub came: Option<Arrival>,
    pub came_from: Option<String>,
    pub left_how: Option<Departure>,
    pub left_to: Option<String>,
}

#[derive(Debug, FromRow)]
pub struct StepOf {
    pub person_id: PersonId,
    pub case_id: CaseId,
    pub step: CaseStep,
    pub happened_on: Day,
    pub number: Option<String>,
    /// The number of the class that it was.
    pub class: Option<String>,
}

#[derive(Debug, FromRow)]
pub struct MentorOf {
    pub case_id: CaseId,
    pub name: String,
    pub from_on: Day,
    pub resolution: Option<String>,
}

#[derive(Debug, FromRow)]
pub struct ClassHeld {
    pub number: String,
    pub first_on: Day,
    pub last_on: Day,
    pub place: String,
}

/// Where everybody is on a day, or was last; an end that is to come is left out by whoever shows it.
pub async fn placed(tx: &mut Tx, day: NaiveDate) -> Result<Vec<LastPlaced>, StoreError> {
    tx.all(&PLACED, args![day]).await
}

pub async fn steps(tx: &mut Tx) -> Result<Vec<StepOf>, StoreError> {
    tx.all(&STEPS, args![]).await
}

/// Number and day of each certificate, by case.
pub async fn certificates(
    tx: &mut Tx,
) -> Result<Vec<(CaseId, Option<String>, NaiveDate)>, StoreError> {
    let rows = tx.all::<(CaseId, Option<String>, Day)>(&CERTIFICATES, args![]).await?;
    Ok(rows.into_iter().map(|(case, number, on)| (case, number, on.0)).collect())
}

/// The papers that are there, by case.
pub async fn papers(tx: &mut Tx) -> Result<BTreeSet<(CaseId, Paper)>, StoreError> {
    let mut there: BTreeSet<(CaseId, Paper)> = BTreeSet::new();
    for (case, paper, kept) in tx.all::<(CaseId, Paper, Option<String>)>(&PAPERS, args![]).await? {
        match kept {
            Some(_) => there.insert((case, paper)),
            None => there.remove(&(case, paper)),
        };
    }
    Ok(there)
}

/// Who guides on a day.
pub async fn mentors(tx: &mut Tx, day: NaiveDate) -> Result<Vec<MentorOf>, StoreError> {
    tx.all(&MENTORS, args![day]).await
}

pub async fn classes(tx: &mut Tx) -> Result<Vec<ClassHeld>, StoreError> {
    tx.all(&CLASSES, args![]).await
}
