//! Whose day is over: what ends, beside the case, for a candidate who died, goes elsewhere or is struck off.
//! Each row that ends is noted, so that taking back a step that was recorded by mistake opens it again. What
//! was only begun by the dead, or waits for them, is deleted and does not come back.

use chrono::NaiveDate;

use super::reversals::{self, Effects, What};
use super::road::TakenStep;
use super::types::Day;
use super::{Statement, StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseStepId, PersonId};
use crate::domain::listed::Departure;
use crate::domain::people::Status;
use crate::domain::road::CaseStep;
use crate::domain::typed::Typed;

statements! {
    // What runs on a day or begins later.
    STANDINGS(Int, Date) = ["SELECT id, from_on, to_on FROM standing WHERE person_id = $1 AND " (until 2)];
    PLACEMENTS(Int, Date) = ["SELECT id, from_on, to_on FROM placement WHERE person_id = $1 AND " (until 2)];
    OFFICES(Int, Date) = ["SELECT id, from_on, to_on FROM office WHERE person_id = $1 AND " (until 2)];
    GUIDANCE(Int, Date) = ["SELECT id, from_on, to_on FROM mentorship WHERE person_id = $1 AND " (until 2)];
    /// Whether they were placed somewhere, and are not any more.
    LEFT(Int, Date) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM placement l WHERE l.person_id = $1
        AND NOT " (l here 2)];
    NOTE(Int, MaybeText, MaybeText) = ["UPDATE placement SET left_how = $2, left_to = $3 WHERE id = $1"];
    // What waits for somebody, or was begun by them.
    MESSAGES(Int, Int) = ["UPDATE outbox SET state = 'cancelled', done_at = $2
        WHERE person_id = $1 AND state IN ('ready', 'retry')"];
    DEFERRED(Int, Int) = ["UPDATE deferred_step SET state = 'cancelled', done_at = $2
        WHERE person_id = $1 AND state = 'planned'"];
    INVITATIONS(Int) = ["DELETE FROM invitation WHERE person_id = $1 AND used_at IS NULL"];
    REPORT_DRAFTS(Int) = ["DELETE FROM report_draft WHERE mentor_id = $1
        OR case_id IN (SELECT id FROM candidate_case WHERE person_id = $1)"];
    NOTICE_DRAFTS(Int) = ["DELETE FROM notice_draft WHERE writer_id = $1"];
    NOTICE_FILES(Int) = ["DELETE FROM notice_file
        WHERE sender_id = $1 AND state IN ('arrived', 'draft')"];
}

/// Ends whatever ends with a step: who died, or goes elsewhere, is placed nowhere any more; with them,
/// whoever is struck off holds no office and guides nobody. Nothing waits for the dead.
pub(super) async fn leave(
    tx: &mut Tx,
    person: PersonId,
    step: CaseStepId,
    taken: &TakenStep,
    now: Instant,
    effects: &mut Effects,
) -> Result<(), StoreError> {
    let died = taken.step == CaseStep::Died;
    let mut over: Vec<(What, &Statement)> = Vec::new();
    if died {
        over.push((What::Standing, &STANDINGS));
    }
    if died || taken.step == CaseStep::Transferred {
        over.push((What::Placement, &PLACEMENTS));
    }
    if !over.is_empty() || matches!(taken.standing, Some((Status::NonMember, _))) {
        over.push((What::Office, &OFFICES));
        over.push((What::Mentorship, &GUIDANCE));
    }
    for (what, running) in over {
        let rows: Vec<(i64, Day, Option<Day>)> = tx.all(running, args![person, taken.on]).await?;
        for (row, from, was_to) in rows {
            reversals::set_end(tx, what, row, Some(taken.on.max(from.0))).await?;
            effects.ends(step, what, row, was_to.map(|day| day.0));
        }
    }
    if died {
        tx.run(&INVITATIONS, args![person]).await?;
        drop_what_waits(tx, person, now).await?;
    }
    Ok(())
}

/// How somebody leaves who is on no road here.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The first day without them.
    pub on: NaiveDate,
    pub how: Option<Departure>,
    /// Where to, as it was told.
    pub to: Option<Typed>,
}

/// Ends where somebody is placed, what they hold and whom they guide; of the dead also what they are. Gives
/// the rows that ended, and until when each was to run.
pub(super) async fn depart(
    tx: &mut Tx,
    person: PersonId,
    leaving: &Leaving,
    now: Instant,
) -> Result<Vec<(What, i64, Option<NaiveDate>)>, StoreError> {
    let mut ended = Vec::new();
    let died = leaving.how == Some(Departure::Died);
    let over = [
        (What::Placement, &PLACEMENTS),
        (What::Office, &OFFICES),
        (What::Mentorship, &GUIDANCE),
        (What::Standing, &STANDINGS),
    ];
    for (what, running) in over.into_iter().filter(|(what, _)| died || *what != What::Standing) {
        let rows: Vec<(i64, Day, Option<Day>)> = tx.all(running, args![person, leaving.on]).await?;
        for (row, from, was_to) in rows {
            reversals::set_end(tx, what, row, Some(leaving.on.max(from.0))).await?;
            ended.push((what, row, was_to.map(|day| day.0)));
            if what == What::Placement {
                let to = leaving.to.as_ref();
                tx.run(&NOTE, args![row, leaving.how.map(Departure::as_str), to]).await?;
            }
        }
    }
    if died {
        tx.run(&INVITATIONS, args![person]).await?;
        drop_what_waits(tx, person, now).await?;
    }
    Ok(ended)
}

/// Takes back what waits for somebody, and deletes what they only began; gives how many drafts.
pub(super) async fn drop_what_waits(
    tx: &mut Tx,
    person: PersonId,
    now: Instant,
) -> Result<u64, StoreError> {
    tx.run(&MESSAGES, args![person, now]).await?;
    tx.run(&DEFERRED, args![person, now]).await?;
    let mut drafts = 0;
    for begun in [&REPORT_DRAFTS, &NOTICE_DRAFTS, &NOTICE_FILES] {
        drafts += tx.run(begun, args![person]).await?;
    }
    Ok(drafts)
}

/// Whether somebody is nowhere any more from a day on: they died, or went elsewhere.
pub async fn has_left(tx: &mut Tx, person: PersonId, on: NaiveDate) -> Result<bool, StoreError> {
    Ok(tx.one::<(i64,)>(&LEFT, args![person, on]).await?.0 > 0)
}
