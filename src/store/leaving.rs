//! Whose day is over: what ends, beside the case, for a candidate who died, goes elsewhere or is struck off.
//! Each row that ends is noted, so that taking back a step that was recorded by mistake opens it again. What
//! was only begun by the dead, or waits for them, is deleted and does not come back.

use chrono::NaiveDate;

use super::people::Recorded;
use super::reversals::{self, Effects, What};
use super::road::TakenStep;
use super::types::Day;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseStepId, PersonId, UnitId};
use crate::domain::listed::Departure;
use crate::domain::people::{OfficeKind, Status};
use crate::domain::road::CaseStep;
use crate::domain::typed::Typed;

statements! {
    // What runs on a day or begins later.
    STANDINGS(Int, Date) = ["SELECT id, from_on, to_on FROM standing WHERE person_id = $1 AND " (until 2)];
    PLACEMENTS(Int, Date) = ["SELECT id, from_on, to_on FROM placement WHERE person_id = $1 AND " (until 2)];
    OFFICES(Int, Date) = ["SELECT id, from_on, to_on FROM office WHERE person_id = $1 AND " (until 2)];
    GUIDANCE(Int, Date) = ["SELECT id, from_on, to_on FROM mentorship WHERE person_id = $1 AND " (until 2)];
    // The same of one unit, and of one office.
    OFFICES_OF(Int, Date, Int) = ["SELECT id, from_on, to_on FROM office
        WHERE person_id = $1 AND " (until 2) " AND unit_id = $3"];
    OFFICE(Int, Date, Int, Text) = ["SELECT id, from_on, to_on FROM office
        WHERE person_id = $1 AND " (until 2) " AND unit_id = $3 AND kind = $4"];
    PLACEMENTS_IN(Int, Date) = ["SELECT id, person_id, from_on, to_on FROM placement
        WHERE unit_id = $1 AND " (until 2) " ORDER BY person_id, from_on"];
    TAKE_OVER(Int, Int) = ["UPDATE placement SET unit_id = $2 WHERE id = $1"];
    GO_ON(Int, Int, Int, Date, MaybeText, Int, MaybeInt) = ["INSERT INTO placement
        (id, person_id, unit_id, from_on, to_on, came, recorded_at, recorded_by)
        VALUES ($1, $2, $3, $4, $5, 'within', $6, $7)"];
    GUIDANCE_OF(Int, Date, Int) = ["SELECT m.id, m.from_on, m.to_on FROM mentorship m
        JOIN candidate_case c ON c.id = m.case_id
        WHERE m.person_id = $1 AND " (m until 2) " AND c.unit_id = $3"];
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
    let mut over: Vec<What> = Vec::new();
    if died {
        over.push(What::Standing);
    }
    if died || taken.step == CaseStep::Transferred {
        over.push(What::Placement);
    }
    if !over.is_empty() || matches!(taken.standing, Some((Status::NonMember, _))) {
        over.push(What::Office);
        over.push(What::Mentorship);
    }
    let how = if died { Departure::Died } else { Departure::Outside };
    for what in over {
        for (what, row, was_to) in end_all(tx, person, what, taken.on).await? {
            if what == What::Placement {
                tx.run(&NOTE, args![row, how.as_str(), None::<&Typed>]).await?;
            }
            effects.ends(step, what, row, was_to);
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

/// A row that was ended, and until when it was to run.
pub type Ended = (What, i64, Option<NaiveDate>);

/// Ends rows on a day; one that begins on it or later never was.
async fn end(
    tx: &mut Tx,
    what: What,
    rows: Vec<(i64, Day, Option<Day>)>,
    on: NaiveDate,
) -> Result<Vec<Ended>, StoreError> {
    let mut ended = Vec::with_capacity(rows.len());
    for (row, from, was_to) in rows {
        reversals::set_end(tx, what, row, Some(on.max(from.0))).await?;
        ended.push((what, row, was_to.map(|day| day.0)));
    }
    Ok(ended)
}

/// Ends all that somebody has of one kind.
pub(super) async fn end_all(
    tx: &mut Tx,
    person: PersonId,
    what: What,
    on: NaiveDate,
) -> Result<Vec<Ended>, StoreError> {
    let running = match what {
        What::Standing => &STANDINGS,
        What::Placement => &PLACEMENTS,
        What::Office => &OFFICES,
        What::Mentorship => &GUIDANCE,
    };
    let rows = tx.all(running, args![person, on]).await?;
    end(tx, what, rows, on).await
}

/// Ends what somebody holds in a unit, and whom they guide there.
pub async fn leave_unit(
    tx: &mut Tx,
    person: PersonId,
    (unit, on): (UnitId, NaiveDate),
) -> Result<Vec<Ended>, StoreError> {
    let offices = tx.all(&OFFICES_OF, args![person, on, unit]).await?;
    let guidance = tx.all(&GUIDANCE_OF, args![person, on, unit]).await?;
    let mut ended = end(tx, What::Office, offices, on).await?;
    ended.extend(end(tx, What::Mentorship, guidance, on).await?);
    Ok(ended)
}

/// Lets whoever is placed in a unit on a day or later go on in another, until when they were to be there; gives
/// them.
pub(super) async fn hand_over_people(
    tx: &mut Tx,
    (unit, into): (UnitId, UnitId),
    on: NaiveDate,
    recorded: Recorded,
) -> Result<Vec<PersonId>, StoreError> {
    type Row = (i64, PersonId, Day, Option<Day>);
    let mut people = Vec::new();
    let by = recorded.by.map(|by| by.0);
    for (row, person, from, to) in tx.all::<Row>(&PLACEMENTS_IN, args![unit, on]).await? {
        people.push(person);
        // Whoever came later came to the other.
        if from.0 >= on {
            tx.run(&TAKE_OVER, args![row, into]).await?;
            continue;
        }
        reversals::set_end(tx, What::Placement, row, Some(on)).await?;
        tx.run(&NOTE, args![row, Departure::Within.as_str(), None::<&Typed>]).await?;
        let (id, to) = (tx.new_id().await?, to.map(|to| to.0.to_string()));
        tx.run(&GO_ON, args![id, person, into, on, to, recorded.now, by]).await?;
    }
    Ok(people)
}

/// Ends one office of somebody.
pub async fn leave_office(
    tx: &mut Tx,
    person: PersonId,
    (kind, unit): (OfficeKind, UnitId),
    on: NaiveDate,
) -> Result<Vec<Ended>, StoreError> {
    let rows = tx.all(&OFFICE, args![person, on, unit, kind.as_str()]).await?;
    end(tx, What::Office, rows, on).await
}

/// Ends everything that somebody holds, and whom they guide.
pub async fn leave_charges(
    tx: &mut Tx,
    person: PersonId,
    on: NaiveDate,
) -> Result<Vec<Ended>, StoreError> {
    let mut ended = end_all(tx, person, What::Office, on).await?;
    ended.extend(end_all(tx, person, What::Mentorship, on).await?);
    Ok(ended)
}

/// Ends where somebody is placed, what they hold and whom they guide; of the dead, and of whoever is no member any
/// more, also what they are.
pub async fn depart(
    tx: &mut Tx,
    person: PersonId,
    leaving: &Leaving,
    now: Instant,
) -> Result<Vec<Ended>, StoreError> {
    let to = leaving.to.as_ref();
    let mut ended = end_all(tx, person, What::Placement, leaving.on).await?;
    for (_, row, _) in &ended {
        tx.run(&NOTE, args![*row, leaving.how.map(Departure::as_str), to]).await?;
    }
    ended.extend(leave_charges(tx, person, leaving.on).await?);
    if leaving.how.is_some_and(Departure::ends_membership) {
        ended.extend(end_all(tx, person, What::Standing, leaving.on).await?);
    }
    if leaving.how == Some(Departure::Died) {
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
