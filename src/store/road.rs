//! The road of candidates: what was taken, which papers are there, and what is known on a day.
//!
//! Nothing here is overwritten; a step or a paper is a row, and the newest counts.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sqlx::FromRow;

use super::codes::{self, Coded};
use super::reversals::{Effects, What};
use super::types::Day;
use super::{StoreError, Tx, args, leaving, statements, tenures};
use crate::clock::Instant;
use crate::domain::ids::{CaseId, CaseStepId, PersonId, UnitId};
use crate::domain::name::Name;
use crate::domain::people::Status;
use crate::domain::road::{
    CaseStep, Evidence, Facts, Fellow, Guidance, Paper, Place, Stage, Studied, Taken, Votes, stage,
};
use crate::domain::typed::Typed;

statements! {
    BY_CODE(Text) = ["SELECT c.id, c.code, c.person_id, c.unit_id, p.name, p.born_on
        FROM candidate_case c JOIN person p ON p.id = c.person_id WHERE c.code = $1"];
    BY_ID(Int) = ["SELECT c.id, c.code, c.person_id, c.unit_id, p.name, p.born_on
        FROM candidate_case c JOIN person p ON p.id = c.person_id WHERE c.id = $1"];
    BY_IDS(Rows) = ["SELECT c.id, c.code, c.person_id, c.unit_id, p.name, p.born_on
        FROM candidate_case c JOIN person p ON p.id = c.person_id WHERE c.id " IDS " ORDER BY c.code"];
    IN_UNITS(Rows) = ["SELECT c.id, c.code, c.person_id, c.unit_id, p.name, p.born_on
        FROM candidate_case c JOIN person p ON p.id = c.person_id
        WHERE c.unit_id " IDS " ORDER BY c.code"];
    /// Non-members placed somewhere on a date.
    FREE(Rows, Date) = ["SELECT p.id, p.code, p.name, p.born_on, l.unit_id
        FROM placement l JOIN person p ON p.id = l.person_id
        JOIN standing s ON s.person_id = l.person_id
            AND " (s stands 2) "
        WHERE " (l placed 2) " AND s.status = 'non_member'
        AND l.unit_id " IDS " ORDER BY p.code"];
    OF_PERSONS(Rows) = ["SELECT c.id, c.code, c.person_id, c.unit_id, p.name, p.born_on
        FROM candidate_case c JOIN person p ON p.id = c.person_id
        WHERE c.person_id " IDS " ORDER BY c.code"];
    OPEN_ANEW(Int, Int, Date) = ["UPDATE candidate_case SET unit_id = $2, opened_on = $3
        WHERE id = $1"];
    OPEN(Int, Text, Int, Int, Date) = ["INSERT INTO candidate_case
        (id, code, person_id, unit_id, opened_on) VALUES ($1, $2, $3, $4, $5)"];
    /// What was taken and not reversed, in the order it happened.
    HISTORY(Rows) = ["SELECT k.id, k.case_id, k.step, k.happened_on, k.elsewhere, e.number, e.received_on, e.reason,
            e.consent, e.members, e.excused, e.in_favour, z.id AS seat_id, z.certificate_number,
            z.certified_on, m.to_id
        FROM case_step k LEFT JOIN case_evidence e ON e.step_id = k.id
        LEFT JOIN class_seat z ON z.step_id = k.id
        LEFT JOIN case_move m ON m.step_id = k.id
        WHERE k.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        AND k.case_id " IDS "
        ORDER BY k.case_id, k.happened_on, k.recorded_at, k.id"];
    FELLOWS(Rows) = ["SELECT f.step_id, f.person_id, f.official, f.months
        FROM case_fellow f JOIN case_step k ON k.id = f.step_id
        WHERE k.case_id " IDS " ORDER BY f.step_id, f.person_id"];
    PAPERS(Rows) = ["SELECT case_id, paper, kept FROM case_paper
        WHERE case_id " IDS " ORDER BY id"];
    MENTORS(Rows, Date) = ["SELECT m.case_id, m.person_id FROM mentorship m
        WHERE " (m on 2) " AND " (m still 2) " AND m.case_id " IDS "
        ORDER BY m.case_id, m.from_on, m.id"];
    /// Official members, by the unit they are placed in on a date.
    OFFICIAL(Date) = ["SELECT l.unit_id, l.person_id
        FROM placement l JOIN standing s ON s.person_id = l.person_id
        WHERE " (l placed 1) "
        AND " (s stands 1) " AND s.status = 'official'
        ORDER BY l.person_id"];
    /// Since when persons work in a unit, of those who do on a date.
    /// A branch that was merged into it counts as the same.
    SINCE(Rows, Int, Date) = ["SELECT l.person_id, MIN(e.from_on) AS from_on FROM placement l
        JOIN placement e ON e.person_id = l.person_id AND (e.id = l.id OR (e.to_on = l.from_on
            AND e.unit_id IN (SELECT id FROM unit WHERE merged_into = $2)))
        WHERE l.unit_id = $2 AND " (l on 3) "
        AND l.person_id " IDS " GROUP BY l.person_id"];
    TAKE(Int, Int, Text, Date, Int, Int) = ["INSERT INTO case_step
        (id, case_id, step, happened_on, recorded_at, recorded_by)
        VALUES ($1, $2, $3, $4, $5, $6)"];
    TELL(Int, MaybeText, MaybeText, MaybeText, MaybeText, MaybeInt, MaybeInt, MaybeInt) =
        ["INSERT INTO case_evidence
            (step_id, number, received_on, reason, consent, members, excused, in_favour)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"];
    NAME(Int, Int, Bool, Int) = ["INSERT INTO case_fellow (step_id, person_id, official, months)
        VALUES ($1, $2, $3, $4)"];
    NOTE_PAPER(Int, Int, Text, MaybeText, Date, Int) = ["INSERT INTO case_paper
        (id, case_id, paper, kept, noted_on, noted_by) VALUES ($1, $2, $3, $4, $5, $6)"];
    RUNNING_STANDING(Int) = ["SELECT id, to_on FROM standing
        WHERE person_id = $1 AND to_on IS NULL"];
    RUNNING_PLACEMENT(Int, Date) = ["SELECT id, to_on, unit_id FROM placement
        WHERE person_id = $1 AND " (on 2)];
    END_STANDING(Int, Date) = ["UPDATE standing SET to_on = $2
        WHERE person_id = $1 AND to_on IS NULL"];
    STAND(Int, Int, Text, Date) = ["INSERT INTO standing (id, person_id, status, from_on)
        VALUES ($1, $2, $3, $4)"];
    END_PLACEMENT(Int, Date) = ["UPDATE placement SET to_on = $2 WHERE id = $1"];
    PLACE(Int, Int, Int, Date) = ["INSERT INTO placement (id, person_id, unit_id, from_on)
        VALUES ($1, $2, $3, $4)"];
    MOVE(Int, Int, Int) = ["INSERT INTO case_move (step_id, from_id, to_id) VALUES ($1, $2, $3)"];
    /// The steps so far remain those of the branch where they were taken.
    LEAVE_STEPS(Rows, Int, Int) = ["UPDATE case_step SET unit_id = $2
        WHERE case_id " IDS " AND unit_id IS NULL AND id <> $3"];
    SETTLE(Rows, Int) = ["UPDATE candidate_case SET unit_id = $2 WHERE id " IDS];
}

/// A candidate's case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: CaseId,
    /// `QC-014`
    pub code: String,
    pub person: PersonId,
    /// The branch that decides it.
    pub unit: UnitId,
    pub name: Name,
    pub born: Option<NaiveDate>,
}

#[derive(FromRow)]
struct CaseRow {
    id: CaseId,
    code: String,
    person_id: PersonId,
    unit_id: UnitId,
    name: Name,
    born_on: Option<Day>,
}

impl From<CaseRow> for Case {
    fn from(row: CaseRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            person: row.person_id,
            unit: row.unit_id,
            name: row.name,
            born: row.born_on.map(|day| day.0),
        }
    }
}

/// Somebody who may be introduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Free {
    pub id: PersonId,
    /// `NS-061`
    pub code: String,
    pub name: Name,
    pub born: Option<NaiveDate>,
    /// The branch they are placed in.
    pub unit: UnitId,
}

#[derive(FromRow)]
struct FreeRow {
    id: PersonId,
    code: String,
    name: Name,
    born_on: Option<Day>,
    unit_id: UnitId,
}

#[derive(FromRow)]
struct StepRow {
    id: i64,
    case_id: CaseId,
    step: String,
    happened_on: Day,
    elsewhere: bool,
    number: Option<Typed>,
    received_on: Option<Day>,
    reason: Option<String>,
    consent: Option<Typed>,
    members: Option<i64>,
    excused: Option<i64>,
    in_favour: Option<i64>,
    seat_id: Option<i64>,
    certificate_number: Option<Typed>,
    certified_on: Option<Day>,
    to_id: Option<UnitId>,
}

impl StepRow {
    fn taken(self, people: Option<Vec<Fellow>>) -> Result<Taken, StoreError> {
        let count =
            |n: i64| u32::try_from(n).map_err(|_| StoreError::Unreadable(format!("a vote of {n}")));
        let votes = match (self.members, self.excused, self.in_favour) {
            (Some(members), Some(excused), Some(in_favour)) => Some(Votes {
                members: count(members)?,
                excused: count(excused)?,
                in_favour: count(in_favour)?,
            }),
            _ => None,
        };
        let certificate = self.certificate_number.zip(self.certified_on);
        let studied = self.seat_id.map(|_| match certificate {
            Some((number, on)) => Studied::Certified { number, on: on.0 },
            None => Studied::Sent,
        });
        Ok(Taken {
            step: self.step.parse().map_err(StoreError::Unreadable)?,
            on: self.happened_on.0,
            elsewhere: self.elsewhere,
            evidence: Evidence {
                on: Some(self.happened_on.0),
                number: self.number,
                people,
                votes,
                received: self.received_on.map(|day| day.0),
                reason: self
                    .reason
                    .map(|r| r.parse())
                    .transpose()
                    .map_err(StoreError::Unreadable)?,
                consent: self.consent,
                studied,
                branch: self.to_id,
            },
        })
    }
}

/// The case with this code, `QC-014`.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Case>, StoreError> {
    Ok(tx.maybe::<CaseRow>(&BY_CODE, args![code]).await?.map(Case::from))
}

pub async fn get(tx: &mut Tx, id: CaseId) -> Result<Option<Case>, StoreError> {
    Ok(tx.maybe::<CaseRow>(&BY_ID, args![id]).await?.map(Case::from))
}

/// These cases, by code.
pub async fn of(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<Case>, StoreError> {
    let rows = tx.all::<CaseRow>(&BY_IDS, args![serde_json::to_string(cases)?]).await?;
    Ok(rows.into_iter().map(Case::from).collect())
}

/// The cases that these units decide, by code.
pub async fn in_units(tx: &mut Tx, units: &[UnitId]) -> Result<Vec<Case>, StoreError> {
    let rows = tx.all::<CaseRow>(&IN_UNITS, args![serde_json::to_string(units)?]).await?;
    Ok(rows.into_iter().map(Case::from).collect())
}

/// The non-members placed in these units on a date who are on no road, by code: they were never
/// introduced, or left the branch that had introduced them.
pub async fn free(tx: &mut Tx, units: &[UnitId], on: NaiveDate) -> Result<Vec<Free>, StoreError> {
    let mut rows = tx.all::<FreeRow>(&FREE, args![serde_json::to_string(units)?, on]).await?;
    let persons: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let mut on_the_road = Vec::new();
    for (case, stage) in of_persons(tx, &persons).await? {
        if stage.is_some_and(|stage| stage != Stage::Transferred) {
            on_the_road.push(case.person);
        }
    }
    rows.retain(|row| !on_the_road.contains(&row.id));
    let free = |row: FreeRow| Free {
        id: row.id,
        code: row.code,
        name: row.name,
        born: row.born_on.map(|day| day.0),
        unit: row.unit_id,
    };
    Ok(rows.into_iter().map(free).collect())
}

/// The cases of these persons, by code, with where each stands; nowhere: its introduction was taken
/// back.
async fn of_persons(
    tx: &mut Tx,
    persons: &[PersonId],
) -> Result<Vec<(Case, Option<Stage>)>, StoreError> {
    let rows = tx.all::<CaseRow>(&OF_PERSONS, args![serde_json::to_string(persons)?]).await?;
    let cases: Vec<Case> = rows.into_iter().map(Case::from).collect();
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let histories = histories(tx, &ids).await?;
    let at = |case: &Case| histories.get(&case.id).and_then(|history| stage(history));
    Ok(cases
        .into_iter()
        .map(|case| {
            let at = at(&case);
            (case, at)
        })
        .collect())
}

/// The case of somebody that is open; `None`: they are on no road.
pub async fn open_case(tx: &mut Tx, person: PersonId) -> Result<Option<Case>, StoreError> {
    let known = of_persons(tx, &[person]).await?;
    let is_open = |(_, stage): &(Case, Option<Stage>)| stage.is_some_and(Stage::is_open);
    Ok(known.into_iter().find(is_open).map(|(case, _)| case))
}

/// Opens a case for somebody in the branch they are placed in: under the next code, or under the one
/// they had if its introduction was taken back.
pub async fn open(tx: &mut Tx, who: &Free, on: NaiveDate) -> Result<Case, StoreError> {
    let known = of_persons(tx, &[who.id]).await?;
    if let Some((case, _)) = known.into_iter().find(|(_, stage)| stage.is_none()) {
        tx.run(&OPEN_ANEW, args![case.id, who.unit, on]).await?;
        return Ok(Case { unit: who.unit, ..case });
    }
    let case = Case {
        id: CaseId(tx.new_id().await?),
        code: codes::next(tx, Coded::Case).await?,
        person: who.id,
        unit: who.unit,
        name: who.name.clone(),
        born: who.born,
    };
    tx.run(&OPEN, args![case.id, &case.code, case.person, case.unit, on]).await?;
    Ok(case)
}

/// What happened in each of these cases, oldest first.
pub async fn histories(
    tx: &mut Tx,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, Vec<Taken>>, StoreError> {
    let list = serde_json::to_string(cases)?;
    let mut named: HashMap<i64, Vec<Fellow>> = HashMap::new();
    for (step, id, official, months) in
        tx.all::<(i64, PersonId, bool, i64)>(&FELLOWS, args![&list]).await?
    {
        let months = u32::try_from(months).unwrap_or_default();
        named.entry(step).or_default().push(Fellow { id, official, months });
    }
    let mut histories: HashMap<CaseId, Vec<Taken>> = HashMap::new();
    for row in tx.all::<StepRow>(&HISTORY, args![&list]).await? {
        let people = named.remove(&row.id);
        histories.entry(row.case_id).or_default().push(row.taken(people)?);
    }
    Ok(histories)
}

/// Who guides each of these cases on a date, longest first.
pub async fn mentors(
    tx: &mut Tx,
    cases: &[CaseId],
    on: NaiveDate,
) -> Result<HashMap<CaseId, Vec<PersonId>>, StoreError> {
    let mut mentors: HashMap<CaseId, Vec<PersonId>> = HashMap::new();
    let rows = tx.all(&MENTORS, args![serde_json::to_string(cases)?, on]).await?;
    for (case, person) in rows {
        let guiding: &mut Vec<PersonId> = mentors.entry(case).or_default();
        if !guiding.contains(&person) {
            guiding.push(person);
        }
    }
    Ok(mentors)
}

/// The official members placed in a unit on a date.
pub async fn official(
    tx: &mut Tx,
    unit: UnitId,
    on: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(UnitId, PersonId)>(&OFFICIAL, args![on]).await?;
    Ok(rows.into_iter().filter(|(placed, _)| *placed == unit).map(|(_, id)| id).collect())
}

/// What is known of each of these cases on a date. Papers count as they are now: when one came is
/// nobody's question.
pub async fn facts(
    tx: &mut Tx,
    cases: &[Case],
    on: NaiveDate,
) -> Result<HashMap<CaseId, Facts>, StoreError> {
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let mentors = mentors(tx, &ids, on).await?;
    let official = tx.all::<(UnitId, PersonId)>(&OFFICIAL, args![on]).await?;
    let mut papers: HashMap<CaseId, BTreeMap<Paper, Place>> = HashMap::new();
    let rows = tx
        .all::<(CaseId, String, Option<String>)>(&PAPERS, args![serde_json::to_string(&ids)?])
        .await?;
    for (case, paper, kept) in rows {
        let paper: Paper = paper.parse().map_err(StoreError::Unreadable)?;
        let there = papers.entry(case).or_default();
        match kept {
            Some(place) => there.insert(paper, place.parse().map_err(StoreError::Unreadable)?),
            None => there.remove(&paper),
        };
    }
    Ok(cases
        .iter()
        .map(|case| {
            // Who is recognised late has been a member since the end of the probation, but had no
            // vote on it.
            let votes =
                official.iter().filter(|(unit, id)| *unit == case.unit && *id != case.person);
            let facts = Facts {
                born: case.born,
                mentors: counted(mentors.get(&case.id).map_or(0, Vec::len)),
                papers: papers.remove(&case.id).unwrap_or_default(),
                official: counted(votes.count()),
            };
            (case.id, facts)
        })
        .collect())
}

/// Persons as mentors or introducers of a case on a date.
pub async fn fellows(
    tx: &mut Tx,
    case: &Case,
    people: &[PersonId],
    on: NaiveDate,
) -> Result<Vec<Fellow>, StoreError> {
    let official = official(tx, case.unit, on).await?;
    let mut asked = people.to_vec();
    asked.push(case.person);
    let rows = tx
        .all::<(PersonId, Day)>(&SINCE, args![serde_json::to_string(&asked)?, case.unit, on])
        .await?;
    let since = |id: PersonId| rows.iter().find(|(person, _)| *person == id).map(|row| row.1.0);
    Ok(people
        .iter()
        .map(|id| {
            let together = since(*id).zip(since(case.person)).map(|(a, b)| a.max(b));
            Fellow {
                id: *id,
                official: official.contains(id) && *id != case.person,
                months: together.map_or(0, |from| Fellow::months_between(from, on)),
            }
        })
        .collect())
}

fn counted(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A step to be written down, and what it changes beside the case itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenStep {
    pub step: CaseStep,
    pub on: NaiveDate,
    pub evidence: Evidence,
    pub by: PersonId,
    /// What the candidate becomes, and from when.
    pub standing: Option<(Status, NaiveDate)>,
    /// The branch that the case goes to.
    pub moves_to: Option<UnitId>,
}

/// Writes down a step with its evidence and what follows from it.
pub async fn take(
    tx: &mut Tx,
    case: &Case,
    taken: &TakenStep,
    now: Instant,
) -> Result<(), StoreError> {
    let TakenStep { step, on, evidence, by, .. } = taken;
    let id = CaseStepId(tx.new_id().await?);
    tx.run(&TAKE, args![id, case.id, step.as_str(), *on, now, *by]).await?;
    let (votes, count) = (evidence.votes, |n: Option<u32>| n.map(i64::from));
    tx.run(
        &TELL,
        args![
            id,
            evidence.number.as_ref(),
            evidence.received,
            evidence.reason.map(|reason| reason.as_str()),
            evidence.consent.as_ref(),
            count(votes.map(|v| v.members)),
            count(votes.map(|v| v.excused)),
            count(votes.map(|v| v.in_favour)),
        ],
    )
    .await?;
    let people = evidence.people.as_deref().unwrap_or_default();
    for fellow in people {
        tx.run(&NAME, args![id, fellow.id, fellow.official, fellow.months]).await?;
    }
    let mut effects = Effects::default();
    guide(tx, case, id, taken, &mut effects).await?;
    if let Some((status, from)) = taken.standing {
        for (row, was_to) in tx.all(&RUNNING_STANDING, args![case.person]).await? {
            effects.ends(id, What::Standing, row, ended(was_to));
        }
        tx.run(&END_STANDING, args![case.person, from]).await?;
        let row = tx.new_id().await?;
        tx.run(&STAND, args![row, case.person, status.as_str(), from]).await?;
        effects.begins(id, What::Standing, row);
    }
    leaving::leave(tx, case.person, id, taken, now, &mut effects).await?;
    if let Some(to) = taken.moves_to {
        move_to(tx, case, id, to, *on, &mut effects).await?;
    }
    effects.write(tx).await
}

fn ended(to: Option<Day>) -> Option<NaiveDate> {
    to.map(|day| day.0)
}

/// Ends and begins the guidance that a step ends and begins.
async fn guide(
    tx: &mut Tx,
    case: &Case,
    step: CaseStepId,
    taken: &TakenStep,
    effects: &mut Effects,
) -> Result<(), StoreError> {
    let TakenStep { on, evidence, .. } = taken;
    if taken.step.guidance() == Guidance::GoesOn {
        return Ok(());
    }
    for (row, was_to) in tenures::end_mentorships(tx, case.id, *on).await? {
        effects.ends(step, What::Mentorship, row, was_to);
    }
    if taken.step.guidance() == Guidance::Begins {
        for fellow in evidence.people.iter().flatten() {
            let paper = evidence.number.as_ref();
            let row = tenures::begin_mentorship(tx, case.id, fellow.id, paper, *on).await?;
            effects.begins(step, What::Mentorship, row);
        }
    }
    Ok(())
}

/// Gives cases of one branch to another; what was taken until now stays with the one that took it, but for a step
/// of the other.
pub(super) async fn hand_over_cases(
    tx: &mut Tx,
    cases: &[CaseId],
    (from, to): (UnitId, UnitId),
    but: Option<CaseStepId>,
) -> Result<(), StoreError> {
    let ids = serde_json::to_string(cases)?;
    tx.run(&LEAVE_STEPS, args![&ids, from, but.map_or(0, |step| step.0)]).await?;
    tx.run(&SETTLE, args![&ids, to]).await.map(drop)
}

/// Moves a case, and the candidate if they are not placed there already, to another branch.
async fn move_to(
    tx: &mut Tx,
    case: &Case,
    step: CaseStepId,
    to: UnitId,
    on: NaiveDate,
    effects: &mut Effects,
) -> Result<(), StoreError> {
    tx.run(&MOVE, args![step, case.unit, to]).await?;
    hand_over_cases(tx, &[case.id], (case.unit, to), Some(step)).await?;
    let placed: Vec<(i64, Option<Day>, UnitId)> =
        tx.all(&RUNNING_PLACEMENT, args![case.person, on]).await?;
    if placed.iter().any(|(_, _, unit)| *unit == to) {
        return Ok(());
    }
    for (row, was_to, _) in placed {
        tx.run(&END_PLACEMENT, args![row, on]).await?;
        effects.ends(step, What::Placement, row, ended(was_to));
    }
    let row = tx.new_id().await?;
    tx.run(&PLACE, args![row, case.person, to, on]).await?;
    effects.begins(step, What::Placement, row);
    Ok(())
}

/// Notes that a paper is kept somewhere, or (`None`) that it is not there.
pub async fn note_paper(
    tx: &mut Tx,
    case: CaseId,
    paper: Paper,
    kept: Option<Place>,
    on: NaiveDate,
    by: PersonId,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let kept = kept.map(|place| place.as_str());
    tx.run(&NOTE_PAPER, args![id, case, paper.as_str(), kept, on, by]).await.map(drop)
}
