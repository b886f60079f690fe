//! Taking back the newest step of a case: the step stays, a row that reverses it is written, and what
//! it changed beside the case is put right. Nothing is deleted: what the step began keeps its row,
//! with a period of no day.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sqlx::FromRow;

use super::types::{At, Day};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseId, CaseStepId, PersonId, UnitId};
use crate::domain::road::{CaseStep, Guidance};
use crate::domain::words;

statements! {
    EFFECTS(Rows) = ["INSERT INTO case_effect (step_id, what, row_id, began, was_to)
        SELECT CAST(value->>'step' AS BIGINT), value->>'what', CAST(value->>'row' AS BIGINT),
            CAST(value->>'began' AS BOOLEAN), value->>'was_to'
        FROM " ROWS " WHERE TRUE"];
    NEWEST(Int) = ["SELECT k.id, k.step, k.happened_on, k.recorded_at, k.recorded_by
        FROM case_step k WHERE k.case_id = $1 AND k.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        ORDER BY k.happened_on DESC, k.recorded_at DESC, k.id DESC LIMIT 1"];
    REVERSE(Int, Int, Text, Date, Int, Int, Int) = ["INSERT INTO case_step
        (id, case_id, step, happened_on, reverses_id, recorded_at, recorded_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)"];
    OF_STEP(Int) = ["SELECT what, row_id, began, was_to FROM case_effect
        WHERE step_id = $1 ORDER BY what, row_id"];
    MOVED(Int) = ["SELECT from_id FROM case_move WHERE step_id = $1"];
    MOVE_BACK(Int, Int) = ["UPDATE candidate_case SET unit_id = $2 WHERE id = $1"];
    /// Guidance that began with a step or after it, runs on, and is none of its effects.
    GUIDED_SINCE(Int, Int, Date) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM mentorship m
        WHERE m.case_id = $1 AND m.from_on >= $3 AND m.to_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_effect e
            WHERE e.step_id = $2 AND e.what = 'mentorship' AND e.row_id = m.id)"];
    UNDO_STANDING(Int) = ["UPDATE standing SET to_on = from_on WHERE id = $1"];
    END_STANDING(Int, MaybeText) = ["UPDATE standing SET to_on = $2 WHERE id = $1"];
    UNDO_MENTORSHIP(Int) = ["UPDATE mentorship SET to_on = from_on WHERE id = $1"];
    END_MENTORSHIP(Int, MaybeText) = ["UPDATE mentorship SET to_on = $2 WHERE id = $1"];
    UNDO_PLACEMENT(Int) = ["UPDATE placement SET to_on = from_on WHERE id = $1"];
    END_PLACEMENT(Int, MaybeText) = ["UPDATE placement SET to_on = $2 WHERE id = $1"];
    UNDO_OFFICE(Int) = ["UPDATE office SET to_on = from_on WHERE id = $1"];
    END_OFFICE(Int, MaybeText) = ["UPDATE office SET to_on = $2 WHERE id = $1"];
}

words! {
    /// Where the rows are that a step can begin and end.
    What {
        Standing = "standing",
        Mentorship = "mentorship",
        Placement = "placement",
        Office = "office",
    }
}

/// What steps change beside their case, collected while they are written down.
#[derive(Default)]
pub(super) struct Effects {
    rows: Vec<Json>,
}

impl Effects {
    pub fn begins(&mut self, step: CaseStepId, what: What, row: i64) {
        self.rows.push(json!({ "step": step, "what": what, "row": row, "began": true }));
    }

    /// `was_to` is the first day after the row's period as it was before the step.
    pub fn ends(&mut self, step: CaseStepId, what: What, row: i64, was_to: Option<NaiveDate>) {
        self.rows.push(json!({
            "step": step, "what": what, "row": row, "began": false, "was_to": was_to,
        }));
    }

    pub async fn write(self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        tx.run(&EFFECTS, args![Json::Array(self.rows).to_string()]).await.map(drop)
    }
}

/// The step of a case that was taken last and not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    pub id: CaseStepId,
    pub step: CaseStep,
    pub on: NaiveDate,
    pub recorded_at: Instant,
    /// `None`: it was there when the program came.
    pub by: Option<PersonId>,
}

/// Why a step cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is not the newest step of the case any more.
    NotNewest,
    /// The guidance was given to others since.
    GuidedSince,
    /// It was recorded before the program noted what a step changes.
    Unknown,
    /// The person came with it onto the list, and their history with them.
    Arrived,
}

#[derive(FromRow)]
struct NewestRow {
    id: CaseStepId,
    step: String,
    happened_on: Day,
    recorded_at: At,
    recorded_by: Option<PersonId>,
}

pub async fn newest(tx: &mut Tx, case: CaseId) -> Result<Option<Newest>, StoreError> {
    let Some(row) = tx.maybe::<NewestRow>(&NEWEST, args![case]).await? else { return Ok(None) };
    Ok(Some(Newest {
        id: row.id,
        step: row.step.parse().map_err(StoreError::Unreadable)?,
        on: row.happened_on.0,
        recorded_at: row.recorded_at.0,
        by: row.recorded_by,
    }))
}

type EffectRow = (String, i64, bool, Option<Day>);

/// Whether a step can be taken back; `Some` says why not.
pub async fn stands(
    tx: &mut Tx,
    case: CaseId,
    step: CaseStepId,
) -> Result<Option<Stands>, StoreError> {
    let Some(newest) = newest(tx, case).await?.filter(|newest| newest.id == step) else {
        return Ok(Some(Stands::NotNewest));
    };
    let effects = tx.all::<EffectRow>(&OF_STEP, args![step]).await?;
    if newest.step.leaves_traces() && effects.is_empty() {
        return Ok(Some(Stands::Unknown));
    }
    if newest.step == CaseStep::Received
        && tx.maybe::<(UnitId,)>(&MOVED, args![step]).await?.is_none()
    {
        return Ok(Some(Stands::Arrived));
    }
    let guides = newest.step.guidance() != Guidance::GoesOn;
    if guides || newest.step == CaseStep::Received {
        let since = tx.one::<(i64,)>(&GUIDED_SINCE, args![case, step, newest.on]).await?.0;
        if since > 0 {
            return Ok(Some(Stands::GuidedSince));
        }
    }
    Ok(None)
}

/// Takes back the newest step of a case, on which nothing [`stands`].
pub async fn take_back(
    tx: &mut Tx,
    case: CaseId,
    newest: &Newest,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    let (id, step) = (tx.new_id().await?, newest.id);
    let arguments = args![id, case, newest.step.as_str(), newest.on, step, now, by];
    tx.run(&REVERSE, arguments).await?;
    for (what, row, began, was_to) in tx.all::<EffectRow>(&OF_STEP, args![step]).await? {
        let what: What = what.parse().map_err(StoreError::Unreadable)?;
        if began {
            let undo = match what {
                What::Standing => &UNDO_STANDING,
                What::Mentorship => &UNDO_MENTORSHIP,
                What::Placement => &UNDO_PLACEMENT,
                What::Office => &UNDO_OFFICE,
            };
            tx.run(undo, args![row]).await?;
        } else {
            set_end(tx, what, row, was_to.map(|day| day.0)).await?;
        }
    }
    if let Some((from,)) = tx.maybe::<(UnitId,)>(&MOVED, args![step]).await? {
        tx.run(&MOVE_BACK, args![case, from]).await?;
    }
    Ok(())
}

/// Lets a row end on a day; `None`: it runs on.
pub(super) async fn set_end(
    tx: &mut Tx,
    what: What,
    row: i64,
    on: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let end = match what {
        What::Standing => &END_STANDING,
        What::Mentorship => &END_MENTORSHIP,
        What::Placement => &END_PLACEMENT,
        What::Office => &END_OFFICE,
    };
    tx.run(end, args![row, on]).await.map(drop)
}
