//! What secretaries said of reports.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::report::{ReportState, Slot};
use crate::domain::typed::Typed;

statements! {
    /// Only a report that is waiting for a verdict takes one.
    JUDGE(Int, Int, Int, Text) = ["UPDATE report SET state = $4
        WHERE meeting_id = $1 AND case_id = $2 AND mentor_id = $3 AND state = 'submitted'"];
    NOTE(Int, Int, Int, Int, Int, Text, MaybeText, MaybeInt, Int) = ["INSERT INTO report_review
        (id, meeting_id, case_id, mentor_id, reviewer_id, verdict, reason, due_at, reviewed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"];
    LATEST(Int, Int, Int) = ["SELECT reviewer_id, verdict, reason, due_at FROM report_review
        WHERE meeting_id = $1 AND case_id = $2 AND mentor_id = $3 ORDER BY id DESC LIMIT 1"];
}

/// What is said of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    Returned {
        reason: Typed,
        /// Until when it is expected again.
        due: Instant,
    },
}

/// The newest verdict on a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub reviewer: PersonId,
    pub verdict: Verdict,
}

#[derive(FromRow)]
struct ReviewRow {
    reviewer_id: PersonId,
    verdict: String,
    reason: Option<Typed>,
    due_at: Option<At>,
}

/// Gives a verdict on a report that waits for one; `false` if it does not, because somebody else
/// was quicker or it was sent anew.
pub async fn judge(
    tx: &mut Tx,
    slot: Slot,
    reviewer: PersonId,
    verdict: &Verdict,
    now: Instant,
) -> Result<bool, StoreError> {
    let (state, reason, due) = match verdict {
        Verdict::Accepted => (ReportState::Accepted, None, None),
        Verdict::Returned { reason, due } => (ReportState::Returned, Some(reason), Some(*due)),
    };
    let judged =
        tx.run(&JUDGE, args![slot.meeting, slot.case, slot.mentor, state.as_str()]).await?;
    if judged == 0 {
        return Ok(false);
    }
    let id = tx.new_id().await?;
    tx.run(
        &NOTE,
        args![id, slot.meeting, slot.case, slot.mentor, reviewer, state.as_str(), reason, due, now],
    )
    .await?;
    Ok(true)
}

/// The newest verdict on a report, if there is one.
pub async fn latest(tx: &mut Tx, slot: Slot) -> Result<Option<Review>, StoreError> {
    let row = tx.maybe::<ReviewRow>(&LATEST, args![slot.meeting, slot.case, slot.mentor]).await?;
    row.map(|row| {
        let verdict = match row.verdict.parse().map_err(StoreError::Unreadable)? {
            ReportState::Returned => Verdict::Returned {
                reason: row.reason.unwrap_or_default(),
                due: row.due_at.map(|at| at.0).unwrap_or_default(),
            },
            ReportState::Accepted => Verdict::Accepted,
            ReportState::Submitted => {
                return Err(StoreError::Unreadable("a review that says nothing".to_owned()));
            }
        };
        Ok(Review { reviewer: row.reviewer_id, verdict })
    })
    .transpose()
}
