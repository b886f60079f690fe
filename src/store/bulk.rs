//! Many rows at once, each table in one statement: what a whole organisation, or the lists of one, consist of.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::reversals::Effects;
use super::{Statement, StoreError, Tx, args, name_variants, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::name::Name;

statements! {
    UNITS(Rows) = ["INSERT INTO unit (id, code, parent_id, kind, name, name_key, illustrative)
        SELECT CAST(value->>'id' AS BIGINT), value->>'code', CAST(value->>'parent' AS BIGINT),
            value->>'kind', value->>'name', value->>'name_key',
            CAST(value->>'illustrative' AS BOOLEAN)
        FROM " ROWS " WHERE TRUE"];
    RULES(Rows) = ["INSERT INTO meeting_rule
        (id, unit_id, rule, at_time, place, day_off_policy, from_on)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'unit' AS BIGINT), value->>'rule',
            value->>'at', value->>'place', value->>'day_off', value->>'from'
        FROM " ROWS " WHERE TRUE"];
    PEOPLE(Rows) = ["INSERT INTO person (id, code, name, name_key, born_on)
        SELECT CAST(value->>'id' AS BIGINT), value->>'code', value->>'name', value->>'name_key',
            value->>'born'
        FROM " ROWS " WHERE TRUE"];
    PLACEMENTS(Rows) = ["INSERT INTO placement
        (id, person_id, unit_id, label, from_on, to_on, came, came_from, left_how, left_to)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'person' AS BIGINT),
            CAST(value->>'unit' AS BIGINT), value->>'label', value->>'from', value->>'to',
            value->>'came', value->>'came_from', value->>'left', value->>'left_to'
        FROM " ROWS " WHERE TRUE"];
    STANDINGS(Rows) = ["INSERT INTO standing (id, person_id, status, from_on, to_on)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'person' AS BIGINT), value->>'status',
            value->>'from', value->>'to'
        FROM " ROWS " WHERE TRUE"];
    OFFICES(Rows) = ["INSERT INTO office (id, person_id, kind, unit_id, from_on, to_on)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'person' AS BIGINT), value->>'kind',
            CAST(value->>'unit' AS BIGINT), value->>'from', value->>'to'
        FROM " ROWS " WHERE TRUE"];
    CASES(Rows) = ["INSERT INTO candidate_case (id, code, person_id, unit_id, opened_on)
        SELECT CAST(value->>'id' AS BIGINT), value->>'code', CAST(value->>'person' AS BIGINT),
            CAST(value->>'unit' AS BIGINT), value->>'opened'
        FROM " ROWS " WHERE TRUE"];
    STEPS(Rows, Int) = ["INSERT INTO case_step
        (id, case_id, step, happened_on, recorded_at, recorded_by, elsewhere)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'case' AS BIGINT), value->>'step',
            value->>'on', $2, CAST(value->>'by' AS BIGINT),
            COALESCE(CAST(value->>'elsewhere' AS BOOLEAN), FALSE)
        FROM " ROWS " WHERE TRUE"];
    EVIDENCE(Rows) = ["INSERT INTO case_evidence
        (step_id, number, received_on, members, excused, in_favour)
        SELECT CAST(value->>'step' AS BIGINT), value->>'number', value->>'received',
            CAST(value->>'members' AS BIGINT), CAST(value->>'excused' AS BIGINT),
            CAST(value->>'in_favour' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
    FELLOWS(Rows) = ["INSERT INTO case_fellow (step_id, person_id, official, months)
        SELECT CAST(value->>'step' AS BIGINT), CAST(value->>'person' AS BIGINT),
            CAST(value->>'official' AS BOOLEAN), CAST(value->>'months' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
    PAPERS(Rows) = ["INSERT INTO case_paper (id, case_id, paper, kept, noted_on)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'case' AS BIGINT), value->>'paper',
            value->>'kept', value->>'on'
        FROM " ROWS " WHERE TRUE"];
    MENTORSHIPS(Rows) = ["INSERT INTO mentorship
        (id, case_id, person_id, resolution, from_on, to_on)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'case' AS BIGINT),
            CAST(value->>'person' AS BIGINT), value->>'resolution', value->>'from', value->>'to'
        FROM " ROWS " WHERE TRUE"];
    FACTS(Rows) = ["INSERT INTO person_fact (id, person_id, kind, value, from_on, recorded_at, recorded_by)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'person' AS BIGINT), value->>'kind',
            value->>'value', value->>'from', CAST(value->>'at' AS BIGINT), CAST(value->>'by' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
    CLASSES(Rows, Int) = ["INSERT INTO study_class
        (id, unit_id, kind, first_on, last_on, place, number, opened_at)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'unit' AS BIGINT), value->>'kind',
            value->>'first', value->>'last', value->>'place', value->>'number', $2
        FROM " ROWS " WHERE TRUE"];
    SEATS(Rows, Int) = ["INSERT INTO class_seat (id, class_id, case_id, step_id, sent_at, outcome,
            certificate_number, certified_on, settled_at)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'class' AS BIGINT),
            CAST(value->>'case' AS BIGINT), CAST(value->>'step' AS BIGINT), $2, value->>'outcome',
            value->>'number', value->>'on',
            CASE WHEN value->>'outcome' IS NULL THEN NULL ELSE $2 END
        FROM " ROWS " WHERE TRUE"];
    TARGETS(Rows) = ["INSERT INTO unit_target (id, unit_id, year, kind, amount, set_at, set_by)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'unit' AS BIGINT),
            CAST(value->>'year' AS BIGINT), value->>'kind', CAST(value->>'amount' AS BIGINT),
            CAST(value->>'set' AS BIGINT), CAST(value->>'by' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
    MEETINGS(Rows) = ["INSERT INTO meeting
        (id, unit_id, kind, period, starts_at, place, revision, state)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'unit' AS BIGINT), 'regular',
            value->>'period', CAST(value->>'starts' AS BIGINT), value->>'place', 1, 'closed'
        FROM " ROWS " WHERE TRUE"];
    REPORTS(Rows) = ["INSERT INTO report (id, meeting_id, case_id, mentor_id, state, politics, ethics,
            work, discipline, masses, strengths, weaknesses, recommendation, submitted_at, changed_at)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'meeting' AS BIGINT),
            CAST(value->>'case' AS BIGINT), CAST(value->>'mentor' AS BIGINT), value->>'state',
            value->>'politics', value->>'ethics', value->>'work', value->>'discipline',
            value->>'masses', value->>'strengths', value->>'weaknesses',
            value->>'recommendation', CAST(value->>'sent' AS BIGINT), CAST(value->>'sent' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
}

/// The rows to write, table by table.
#[derive(Default)]
pub(super) struct Rows {
    pub units: Vec<Json>,
    pub rules: Vec<Json>,
    pub people: Vec<Json>,
    pub names: Vec<(PersonId, Name)>,
    pub placements: Vec<Json>,
    pub standings: Vec<Json>,
    pub tenures: Vec<Json>,
    pub cases: Vec<Json>,
    pub steps: Vec<Json>,
    pub evidence: Vec<Json>,
    pub fellows: Vec<Json>,
    pub facts: Vec<Json>,
    pub papers: Vec<Json>,
    pub mentorships: Vec<Json>,
    pub classes: Vec<Json>,
    pub seats: Vec<Json>,
    pub targets: Vec<Json>,
    pub meetings: Vec<Json>,
    pub reports: Vec<Json>,
    pub effects: Effects,
}

impl Rows {
    /// Writes them, table by table.
    pub async fn write(self, tx: &mut Tx, recorded_at: Instant) -> Result<(), StoreError> {
        let text = |rows: Vec<Json>| Json::Array(rows).to_string();
        let tables: [(&'static Statement, Vec<Json>); 7] = [
            (&UNITS, self.units),
            (&RULES, self.rules),
            (&PEOPLE, self.people),
            (&PLACEMENTS, self.placements),
            (&STANDINGS, self.standings),
            (&OFFICES, self.tenures),
            (&CASES, self.cases),
        ];
        for (statement, rows) in tables {
            tx.run(statement, args![text(rows)]).await?;
        }
        name_variants::keep(tx, self.names.iter().map(|(id, name)| (*id, name))).await?;
        tx.run(&STEPS, args![text(self.steps), recorded_at]).await?;
        tx.run(&EVIDENCE, args![text(self.evidence)]).await?;
        tx.run(&FELLOWS, args![text(self.fellows)]).await?;
        let told_of = self.facts.iter().filter_map(|fact| fact["person"].as_i64().map(PersonId));
        let told_of: Vec<PersonId> = told_of.collect::<BTreeSet<_>>().into_iter().collect();
        tx.run(&FACTS, args![text(self.facts)]).await?;
        // Other names are among the facts.
        name_variants::keep_of(tx, &told_of).await?;
        tx.run(&PAPERS, args![text(self.papers)]).await?;
        tx.run(&MENTORSHIPS, args![text(self.mentorships)]).await?;
        tx.run(&CLASSES, args![text(self.classes), recorded_at]).await?;
        tx.run(&SEATS, args![text(self.seats), recorded_at]).await?;
        tx.run(&TARGETS, args![text(self.targets)]).await?;
        self.effects.write(tx).await?;
        tx.run(&MEETINGS, args![text(self.meetings)]).await?;
        tx.run(&REPORTS, args![text(self.reports)]).await.map(drop)
    }
}
