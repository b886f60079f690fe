//! Whose day is over: what ends, beside the case, for a candidate who died, goes elsewhere or is struck off.
//! Nothing is deleted but what was only begun; each row that ends is noted, so that a step recorded by
//! mistake gives everything back.

use super::reversals::{Effects, What};
use super::road::TakenStep;
use super::types::Day;
use super::{Statement, StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseStepId, PersonId};
use crate::domain::people::Status;
use crate::domain::road::CaseStep;

statements! {
    // What runs on a day or begins later.
    STANDINGS(Int, Date) = ["SELECT id, from_on, to_on FROM standing WHERE person_id = $1 AND " (until 2)];
    PLACEMENTS(Int, Date) = ["SELECT id, from_on, to_on FROM placement WHERE person_id = $1 AND " (until 2)];
    OFFICES(Int, Date) = ["SELECT id, from_on, to_on FROM office WHERE person_id = $1 AND " (until 2)];
    GUIDANCE(Int, Date) = ["SELECT id, from_on, to_on FROM mentorship WHERE person_id = $1 AND " (until 2)];
    END_STANDING(Int, Date) = ["UPDATE standing SET to_on = $2 WHERE id = $1"];
    END_PLACEMENT(Int, Date) = ["UPDATE placement SET to_on = $2 WHERE id = $1"];
    END_OFFICE(Int, Date) = ["UPDATE office SET to_on = $2 WHERE id = $1"];
    END_GUIDANCE(Int, Date) = ["UPDATE mentorship SET to_on = $2 WHERE id = $1"];
    // What waits for somebody, or was begun by them.
    MESSAGES(Int, Int) = ["UPDATE outbox SET state = 'cancelled', done_at = $2
        WHERE person_id = $1 AND state IN ('ready', 'retry')"];
    DEFERRED(Int, Int) = ["UPDATE deferred_step SET state = 'cancelled', done_at = $2
        WHERE person_id = $1 AND state = 'planned'"];
    INVITATIONS(Int) = ["DELETE FROM invitation WHERE person_id = $1 AND used_at IS NULL"];
    REPORT_DRAFTS(Int) = ["DELETE FROM report_draft WHERE mentor_id = $1
        OR case_id IN (SELECT id FROM candidate_case WHERE person_id = $1)"];
    NOTICE_DRAFTS(Int) = ["DELETE FROM notice_draft WHERE writer_id = $1"];
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
    let mut over: Vec<(What, &Statement, &Statement)> = Vec::new();
    if died {
        over.push((What::Standing, &STANDINGS, &END_STANDING));
    }
    if died || taken.step == CaseStep::Transferred {
        over.push((What::Placement, &PLACEMENTS, &END_PLACEMENT));
    }
    if !over.is_empty() || matches!(taken.standing, Some((Status::NonMember, _))) {
        over.push((What::Office, &OFFICES, &END_OFFICE));
        over.push((What::Mentorship, &GUIDANCE, &END_GUIDANCE));
    }
    for (what, running, end) in over {
        let rows: Vec<(i64, Day, Option<Day>)> = tx.all(running, args![person, taken.on]).await?;
        for (row, from, was_to) in rows {
            tx.run(end, args![row, taken.on.max(from.0)]).await?;
            effects.ends(step, what, row, was_to.map(|day| day.0));
        }
    }
    if died {
        tx.run(&MESSAGES, args![person, now]).await?;
        tx.run(&DEFERRED, args![person, now]).await?;
        for begun in [&INVITATIONS, &REPORT_DRAFTS, &NOTICE_DRAFTS] {
            tx.run(begun, args![person]).await?;
        }
    }
    Ok(())
}
