//! Taking a list back: which rows it brought or changed, whether anybody went on from them since, and putting all of
//! it as it was.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::types::At;
use super::{Statement, StoreError, Tx, args, name_variants, statements};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::name::Name;
use crate::domain::people::OfficeKind;
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
                WHERE r.import_id = $1 AND r.what = 'class')"];
    CHANGED(Int, Text) = ["SELECT row_id, was FROM list_import_row WHERE import_id = $1 AND what = $2"];
    // What the program planned by itself for a branch that is to go.
    PLANNED_STEPS(Int) = ["DELETE FROM planned_step WHERE state = 'planned' AND meeting_id IN (
        SELECT m.id FROM meeting m JOIN list_import_row r ON r.row_id = m.unit_id
        WHERE r.import_id = $1 AND r.what = 'unit' AND m.state = 'planned' AND m.revision = 1)"];
    PLANNED(Int) = ["DELETE FROM meeting WHERE state = 'planned' AND revision = 1 AND unit_id IN (
        SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'unit')"];
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
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what IN ('person', 'name'))"];
    CLASSES(Int) = ["DELETE FROM study_class WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'class')"];
    RULES(Int) = ["DELETE FROM meeting_rule WHERE id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'rule')"];
    STARTS(Int) = ["DELETE FROM paper_start WHERE unit_id IN
        (SELECT row_id FROM list_import_row WHERE import_id = $1 AND what = 'unit')"];
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
    // What runs of somebody, before a list ends it.
    RUNNING_PLACEMENTS(Rows) = ["SELECT id FROM placement WHERE to_on IS NULL AND person_id " IDS];
    RUNNING_STANDINGS(Rows) = ["SELECT id FROM standing WHERE to_on IS NULL AND person_id " IDS];
    RUNNING_FACTS(Rows) = ["SELECT f.id FROM person_fact f
        JOIN (SELECT CAST(value->>'person' AS BIGINT) AS person, value->>'kind' AS kind FROM " ROWS ") AS e
        ON e.person = f.person_id AND e.kind = f.kind WHERE f.to_on IS NULL"];
    RUNNING_OFFICE(Int, Text, Int, Date) = ["SELECT id, to_on FROM office
        WHERE unit_id = $1 AND kind = $2 AND person_id = $3 AND " (until 4)];
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
        Name = "name",
        Born = "born",
        /// Somebody of whom anything changed.
        Changed = "changed",
    }
}

/// The rows that a list brings and changes, collected while they are written.
#[derive(Default)]
pub(super) struct Log(Vec<Json>);

impl Log {
    /// A row that the list brings.
    pub fn brings(&mut self, what: What, rows: &[Json]) {
        self.0
            .extend(rows.iter().map(|row| json!({ "what": what, "row": row["id"], "was": null })));
    }

    pub fn changes(&mut self, what: What, row: i64, was: Option<String>) {
        self.0.push(json!({ "what": what, "row": row, "was": was }));
    }

    /// What runs of people whose placements, standings and facts a list ends.
    pub async fn running(
        &mut self,
        tx: &mut Tx,
        (left, stood, facts): (&[Json], &[Json], &[Json]),
    ) -> Result<(), StoreError> {
        let ids = |rows: &[Json]| Json::from_iter(rows.iter().map(|row| row["person"].clone()));
        for (what, statement, rows) in [
            (What::PlacementEnd, &RUNNING_PLACEMENTS, ids(left)),
            (What::StandingEnd, &RUNNING_STANDINGS, ids(stood)),
            (What::FactEnd, &RUNNING_FACTS, Json::from(facts.to_vec())),
        ] {
            for (id,) in tx.all::<(i64,)>(statement, args![rows.to_string()]).await? {
                self.changes(what, id, None);
            }
        }
        Ok(())
    }

    /// An office that a list ends.
    pub async fn office(
        &mut self,
        tx: &mut Tx,
        (unit, kind): (UnitId, OfficeKind),
        person: PersonId,
        on: NaiveDate,
    ) -> Result<(), StoreError> {
        let rows: Vec<(i64, Option<String>)> =
            tx.all(&RUNNING_OFFICE, args![unit, kind.as_str(), person, on]).await?;
        for (row, was) in rows {
            self.changes(What::OfficeEnd, row, was);
        }
        Ok(())
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
        tx.run(&LOG, args![Json::Array(self.0).to_string(), import]).await.map(drop)
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
    Ok(if deeds > 0 { State::UsedSince } else { State::CanBeUndone })
}

/// Puts everything as it was before; [`StoreError::Constraint`]: rows of others go on from its own.
pub async fn undo(
    tx: &mut Tx,
    import: i64,
    by: Option<PersonId>,
    now: Instant,
) -> Result<(), StoreError> {
    let brought: [&'static Statement; 21] = [
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
        &STARTS,
        &PEOPLE,
        &LOOSE,
        &UNITS,
        &RUN_PLACEMENTS,
        &RUN_STANDINGS,
    ];
    for statement in brought.into_iter().chain([&RUN_OFFICES, &RUN_MENTORSHIPS, &RUN_FACTS, &BORN])
    {
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
    let names: Vec<(PersonId, Name)> =
        names.into_iter().map(|(id, name)| (id, Name::new(name))).collect();
    name_variants::keep(tx, names.iter().map(|(id, name)| (*id, name))).await?;
    tx.run(&DONE, args![import, now, by.map(|by| by.0)]).await?;
    tx.run(&FORGET, args![import]).await.map(drop)
}
