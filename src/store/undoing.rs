//! Taking a list back: which rows it brought or changed, whether anybody went on from them since, and putting all of
//! it as it was.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::leaving::Ended;
use super::reversals::What as Ends;
use super::types::At;
use super::{Statement, StoreError, Tx, args, name_variants, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::text::fold;
use crate::domain::words;

statements! {
    LOG(Rows, Int) = ["INSERT INTO list_import_row (import_id, what, row_id, was)
        SELECT $2, value->>'what', CAST(value->>'row' AS BIGINT), value->>'was' FROM " ROWS " WHERE TRUE
        ON CONFLICT (import_id, what, row_id) DO NOTHING"];
    FIND(Int) = ["SELECT done_at, undone_at FROM list_import WHERE id = $1"];
    /// Deeds since about somebody or something of it; what was only read is none.
    SINCE(Int, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM audit a
        WHERE a.done_at > $2 AND a.action NOT LIKE 'read.%'
        AND NOT EXISTS (SELECT 1 FROM list_import u WHERE u.undone_at IS NOT NULL AND u.done_at = a.done_at)
        AND a.subject IN (
            SELECT p.code FROM person p JOIN list_import_row r ON r.row_id = p.id
                WHERE r.import_id = $1 AND r.what IN ('person', 'changed')
            UNION SELECT c.code FROM candidate_case c JOIN list_import_row r ON r.row_id = c.id
                WHERE r.import_id = $1 AND r.what = 'case'
            UNION SELECT u.code FROM unit u JOIN list_import_row r ON r.row_id = u.id
                WHERE r.import_id = $1 AND r.what = 'unit'
            UNION SELECT 'LH-' || CAST(r.row_id AS TEXT) FROM list_import_row r
                WHERE r.import_id = $1 AND r.what = 'class'
            UNION SELECT c.code FROM candidate_case c JOIN mentorship m ON m.case_id = c.id
                JOIN list_import_row r ON r.row_id = m.id
                WHERE r.import_id = $1 AND r.what IN ('mentorship', 'mentorship_end'))"];
    /// Offices that passed, and units that changed, in which somebody of it is or was.
    UNITS_SINCE(Int, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM audit a
        WHERE a.done_at > $2 AND (a.action LIKE 'office.%' OR a.action LIKE 'unit.%') AND a.subject IN (
            SELECT u.code FROM unit u JOIN office o ON o.unit_id = u.id
                JOIN list_import_row r ON r.row_id = o.id
                WHERE r.import_id = $1 AND r.what IN ('office', 'office_end')
            UNION SELECT u.code FROM unit u JOIN placement l ON l.unit_id = u.id
                JOIN list_import_row r ON r.row_id = l.id
                WHERE r.import_id = $1 AND r.what IN ('placement', 'placement_end')
                AND a.action LIKE 'unit.%')"];
    CHANGED(Int, Text) = ["SELECT row_id, was FROM list_import_row WHERE import_id = $1 AND what = $2"];
    // What the program planned by itself for a branch that is to go, or by a rule that is to go.
    PLANNED_STEPS(Int) = ["DELETE FROM planned_step WHERE state = 'planned' AND meeting_id IN (
        SELECT m.id FROM meeting m WHERE m.state = 'planned' AND m.revision = 1 AND m.unit_id IN (
            SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'unit'
            UNION SELECT g.unit_id FROM meeting_rule g JOIN list_import_row r ON r.row_id = g.id
                WHERE r.import_id = $1 AND r.what = 'rule'))"];
    PLANNED(Int) = ["DELETE FROM meeting WHERE state = 'planned' AND revision = 1 AND unit_id IN (
        SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'unit'
        UNION SELECT g.unit_id FROM meeting_rule g JOIN list_import_row r ON r.row_id = g.id
            WHERE r.import_id = $1 AND r.what = 'rule')"];
    // What it brought.
    SEATS(Int) = ["DELETE FROM class_seat WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'seat')"];
    PAPERS(Int) = ["DELETE FROM case_paper WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'paper')"];
    EVIDENCE(Int) = ["DELETE FROM case_evidence WHERE step_id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'step')"];
    MENTORSHIPS(Int) = ["DELETE FROM mentorship WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'mentorship')"];
    STEPS(Int) = ["DELETE FROM case_step WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'step')"];
    CASES(Int) = ["DELETE FROM candidate_case WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'case')"];
    FACTS(Int) = ["DELETE FROM person_fact WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'fact')"];
    OFFICES(Int) = ["DELETE FROM office WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'office')"];
    STANDINGS(Int) = ["DELETE FROM standing WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'standing')"];
    PLACEMENTS(Int) = ["DELETE FROM placement WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'placement')"];
    VARIANTS(Int) = ["DELETE FROM name_variant WHERE person_id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'person')"];
    CLASSES(Int) = ["DELETE FROM study_class WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'class')"];
    RULES(Int) = ["DELETE FROM meeting_rule WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'rule')"];
    STARTS_BACK(Int) = ["UPDATE paper_start SET number = CAST(r.was AS BIGINT) FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.was IS NOT NULL AND r.row_id = paper_start.unit_id
        AND r.what = 'next_' || paper_start.kind"];
    STARTS(Int) = ["DELETE FROM paper_start WHERE EXISTS (SELECT 1 FROM list_import_row r
        WHERE r.import_id = $1 AND r.was IS NULL AND r.row_id = paper_start.unit_id
        AND r.what = 'next_' || paper_start.kind)"];
    PEOPLE(Int) = ["DELETE FROM person WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'person')"];
    /// A unit may be named before the one above it.
    LOOSE(Int) = ["UPDATE unit SET parent_id = NULL WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'unit')"];
    UNITS(Int) = ["DELETE FROM unit WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'unit')"];
    // What it ended or changed, as it was.
    RUN_PLACEMENTS(Int) = ["UPDATE placement SET to_on = r.was, left_how = NULL, left_to = NULL
        FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.what = 'placement_end' AND r.row_id = placement.id"];
    RUN_STANDINGS(Int) = ["UPDATE standing SET to_on = r.was FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.what = 'standing_end' AND r.row_id = standing.id"];
    RUN_OFFICES(Int) = ["UPDATE office SET to_on = r.was FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.what = 'office_end' AND r.row_id = office.id"];
    RUN_MENTORSHIPS(Int) = ["UPDATE mentorship SET to_on = r.was FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.what = 'mentorship_end' AND r.row_id = mentorship.id"];
    RUN_FACTS(Int) = ["UPDATE person_fact SET to_on = r.was FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.what = 'fact_end' AND r.row_id = person_fact.id"];
    BORN(Int) = ["UPDATE person SET born_on = r.was FROM list_import_row AS r
        WHERE r.import_id = $1 AND r.what = 'born' AND r.row_id = person.id"];
    NAMES(Rows) = ["UPDATE person SET name = e.name, name_key = e.name_key
        FROM (SELECT CAST(value->>'person' AS BIGINT) AS person, value->>'name' AS name,
            value->>'name_key' AS name_key FROM " ROWS ") AS e
        WHERE person.id = e.person"];
    DONE(Int, Int, MaybeInt) = ["UPDATE list_import SET undone_at = $2, undone_by = $3 WHERE id = $1"];
    FORGET(Int) = ["DELETE FROM list_import_row WHERE import_id = $1"];
    /// What is told of somebody, before a list tells otherwise.
    RUNNING_FACTS(Rows) = ["SELECT f.id FROM person_fact f
        JOIN (SELECT CAST(value->>'person' AS BIGINT) AS person, value->>'kind' AS kind FROM " ROWS ") AS e
        ON e.person = f.person_id AND e.kind = f.kind WHERE f.to_on IS NULL"];
    NAMED(Rows) = ["SELECT id, name, born_on FROM person WHERE id " IDS];
}

words! {
    /// What a row of a list's log is about.
    What {
        Unit = "unit",
        Rule = "rule",
        Person = "person",
        Placement = "placement",
        Standing = "standing",
        Office = "office",
        Fact = "fact",
        Case = "case",
        Step = "step",
        Paper = "paper",
        Mentorship = "mentorship",
        Class = "class",
        Seat = "seat",
        PlacementEnd = "placement_end",
        StandingEnd = "standing_end",
        OfficeEnd = "office_end",
        MentorshipEnd = "mentorship_end",
        FactEnd = "fact_end",
        /// From which number the minutes of a unit were to go on.
        NextMinutes = "next_minutes",
        NextResolution = "next_resolution",
        Name = "name",
        Born = "born",
        /// Somebody of whom anything changed.
        Changed = "changed",
    }
}

/// The rows that a list brings and changes, collected while they are written.
#[derive(Default)]
pub(super) struct Log(Vec<Touched>);

/// A row that a list brings or changes; one of many thousands.
#[derive(Serialize)]
struct Touched {
    what: What,
    row: i64,
    was: Option<String>,
}

impl Log {
    /// A row that the list brings.
    pub fn brings(&mut self, what: What, rows: &[Json]) {
        let ids = rows.iter().filter_map(|row| row["id"].as_i64());
        self.0.extend(ids.map(|row| Touched { what, row, was: None }));
    }

    pub fn changes(&mut self, what: What, row: i64, was: Option<String>) {
        self.0.push(Touched { what, row, was });
    }

    /// What was told of people, of the kinds that a list tells otherwise.
    pub async fn facts(&mut self, tx: &mut Tx, told: Vec<Json>) -> Result<(), StoreError> {
        let told = Json::Array(told).to_string();
        for (id,) in tx.all::<(i64,)>(&RUNNING_FACTS, args![told]).await? {
            self.changes(What::FactEnd, id, None);
        }
        Ok(())
    }

    /// Rows that the list ends.
    pub fn ended(&mut self, ended: Vec<Ended>) {
        for (what, row, was) in ended {
            let what = match what {
                Ends::Placement => What::PlacementEnd,
                Ends::Standing => What::StandingEnd,
                Ends::Office => What::OfficeEnd,
                Ends::Mentorship => What::MentorshipEnd,
            };
            self.changes(what, row, was.map(|day| day.to_string()));
        }
    }

    /// Names and birth days as they stand, of people of whom they change.
    pub async fn named(
        &mut self,
        tx: &mut Tx,
        renamed: &[PersonId],
        born: &[Json],
    ) -> Result<(), StoreError> {
        let births: Vec<PersonId> =
            born.iter().filter_map(|row| row["person"].as_i64().map(PersonId)).collect();
        let all: Vec<PersonId> = renamed.iter().chain(&births).copied().collect();
        let rows: Vec<(PersonId, String, Option<String>)> =
            tx.all(&NAMED, args![serde_json::to_string(&all)?]).await?;
        for (id, name, born) in rows {
            if renamed.contains(&id) {
                self.changes(What::Name, id.0, Some(name));
            }
            if births.contains(&id) {
                self.changes(What::Born, id.0, born);
            }
        }
        Ok(())
    }

    pub async fn write(self, tx: &mut Tx, import: i64) -> Result<(), StoreError> {
        tx.run(&LOG, args![serde_json::to_string(&self.0)?, import]).await.map(drop)
    }
}

/// What may become of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Unknown,
    /// It was taken back already.
    Undone,
    /// Somebody went on from what it brought.
    UsedSince,
    CanBeUndone,
}

/// Whether an import can be taken back; rows of others that go on from its own show when it is tried.
pub async fn state(tx: &mut Tx, import: i64) -> Result<State, StoreError> {
    let row = tx.maybe::<(At, Option<i64>)>(&FIND, args![import]).await?;
    let Some((done, undone)) = row else { return Ok(State::Unknown) };
    if undone.is_some() {
        return Ok(State::Undone);
    }
    let (deeds,) = tx.one::<(i64,)>(&SINCE, args![import, done.0]).await?;
    let (of_units,) = tx.one::<(i64,)>(&UNITS_SINCE, args![import, done.0]).await?;
    Ok(if deeds + of_units > 0 { State::UsedSince } else { State::CanBeUndone })
}

/// Puts everything as it was before; [`StoreError::Constraint`]: rows of others go on from its own.
pub async fn undo(
    tx: &mut Tx,
    import: i64,
    by: Option<PersonId>,
    now: Instant,
) -> Result<(), StoreError> {
    // What refers to something goes before it.
    const IN_ORDER: &[&Statement] = &[
        &PLANNED_STEPS,
        &PLANNED,
        &SEATS,
        &PAPERS,
        &EVIDENCE,
        &MENTORSHIPS,
        &STEPS,
        &CASES,
        &FACTS,
        &OFFICES,
        &STANDINGS,
        &PLACEMENTS,
        &VARIANTS,
        &CLASSES,
        &RULES,
        &STARTS_BACK,
        &STARTS,
        &PEOPLE,
        &LOOSE,
        &UNITS,
        &RUN_PLACEMENTS,
        &RUN_STANDINGS,
        &RUN_OFFICES,
        &RUN_MENTORSHIPS,
        &RUN_FACTS,
        &BORN,
    ];
    for statement in IN_ORDER {
        tx.run(statement, args![import]).await?;
    }
    let names: Vec<(PersonId, Option<String>)> =
        tx.all(&CHANGED, args![import, What::Name.as_str()]).await?;
    let names: Vec<(PersonId, String)> =
        names.into_iter().filter_map(|(id, name)| Some((id, name?))).collect();
    let rows = names
        .iter()
        .map(|(id, name)| json!({ "person": id, "name": name, "name_key": fold(name) }));
    tx.run(&NAMES, args![Json::from_iter(rows).to_string()]).await?;
    let renamed: Vec<PersonId> = names.iter().map(|(id, _)| *id).collect();
    name_variants::keep_of(tx, &renamed).await?;
    tx.run(&DONE, args![import, now, by.map(|by| by.0)]).await?;
    tx.run(&FORGET, args![import]).await.map(drop)
}
