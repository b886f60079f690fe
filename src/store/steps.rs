//! The steps planned around meetings, and whom each reached.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, deferrals, statements};
use crate::clock::Instant;
use crate::domain::due::{Fate, Window};
use crate::domain::ids::{MeetingId, OutboxId, PersonId, StepId, UnitId};
use crate::domain::month::Step;

statements! {
    PLAN(Int, Int, Int, Text, Text, Int, Text, MaybeInt) = ["INSERT INTO planned_step
        (id, meeting_id, revision, kind, step, due_at, state, done_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (meeting_id, revision, kind, step) DO NOTHING"];
    DUE(Int, Int, Int) = ["SELECT id, meeting_id, step, due_at FROM planned_step
        WHERE state = 'planned' AND due_at > $1 AND due_at <= $2 ORDER BY due_at, id LIMIT $3"];
    /// Of meetings as they are planned now.
    RESTORE(Int, Int) = ["UPDATE planned_step SET state = 'planned', done_at = NULL
        WHERE state IN ('skipped', 'dropped') AND done_at > $1 AND due_at > $2
        AND EXISTS (SELECT 1 FROM meeting m WHERE m.id = planned_step.meeting_id
            AND m.revision = planned_step.revision AND m.state = 'planned')"];
    /// Each half by its own partial index.
    NEXT_DUE() = ["SELECT MIN(due_at) FROM planned_step WHERE state = 'planned'"];
    COUNT_DROPPED() = ["SELECT CAST(COUNT(*) AS BIGINT) FROM planned_step WHERE state = 'dropped'"];
    FINISH(Int, Text, Int) = ["UPDATE planned_step SET state = $2, done_at = $3
        WHERE id = $1 AND state = 'planned'"];
    CANCEL(Int, Int) = ["UPDATE planned_step SET state = 'cancelled', done_at = $2
        WHERE meeting_id = $1 AND state = 'planned'"];
    REMIND(Int, Int, MaybeInt, MaybeInt, Int) = ["INSERT INTO reminder
        (id, step_id, person_id, unit_id, outbox_id) VALUES ($1, $2, $3, $4, $5)"];
    FIRED(Int, Text) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM planned_step
        WHERE meeting_id = $1 AND step = $2 AND state = 'fired'"];
    ACKNOWLEDGE(Int, Int) = ["UPDATE reminder SET acknowledged_at = $2
        WHERE outbox_id = $1 AND acknowledged_at IS NULL"];
}

#[derive(Clone, Debug, FromRow)]
pub struct DueStep {
    pub id: StepId,
    #[sqlx(rename = "meeting_id")]
    pub meeting: MeetingId,
    pub step: Step,
    #[sqlx(try_from = "At")]
    pub due_at: Instant,
}

/// Plans a step, or notes that it ended already, and when; doing it twice changes nothing.
pub async fn plan(
    tx: &mut Tx,
    meeting: MeetingId,
    revision: i64,
    step: Step,
    due: Instant,
    ended: Option<(Fate, Instant)>,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let state = ended.map_or("planned", |(fate, _)| fate.as_str());
    let done = ended.map(|(_, at)| at);
    tx.run(&PLAN, args![id, meeting, revision, step.kind(), step, due, state, done]).await.map(drop)
}

/// Notes a step outside any plan that is taken at once, such as telling of a change; `None` if it
/// was taken before.
pub async fn take(
    tx: &mut Tx,
    meeting: MeetingId,
    revision: i64,
    step: Step,
    now: Instant,
) -> Result<Option<StepId>, StoreError> {
    let id = tx.new_id().await?;
    let state = Fate::Fired.as_str();
    let args = args![id, meeting, revision, step.kind(), step, now, state, None::<Instant>];
    let taken = tx.run(&PLAN, args).await?;
    Ok((taken == 1).then_some(StepId(id)))
}

/// Whether a step of a meeting was sent, in any of its revisions.
pub async fn was_fired(tx: &mut Tx, meeting: MeetingId, step: Step) -> Result<bool, StoreError> {
    Ok(tx.one::<(i64,)>(&FIRED, args![meeting, step]).await?.0 > 0)
}

/// Planned steps that are due, as a rule up to a hundred, earliest first.
pub async fn due(tx: &mut Tx, window: impl Into<Window>) -> Result<Vec<DueStep>, StoreError> {
    let window = window.into();
    tx.all(&DUE, args![window.after, window.until, window.most(100)]).await
}

/// Plans again what fell away later than it is now, and is not due before `from`; how many.
pub async fn restore(tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
    tx.run(&RESTORE, args![now, from]).await
}

/// When the next step falls due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    Ok(tx.one::<(Option<At>,)>(&NEXT_DUE, args![]).await?.0.map(|at| at.0))
}

/// How many steps made no sense any more when the program came back, of those on record.
pub async fn count_dropped(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(&COUNT_DROPPED, args![]).await?.0)
}

/// Ends a planned step; `false` if it was ended already.
pub async fn finish(
    tx: &mut Tx,
    step: StepId,
    fate: Fate,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&FINISH, args![step, fate.as_str(), now]).await? == 1)
}

/// Cancels what is still planned around a meeting, also what was deferred.
pub async fn cancel(tx: &mut Tx, meeting: MeetingId, now: Instant) -> Result<(), StoreError> {
    tx.run(&CANCEL, args![meeting, now]).await?;
    deferrals::cancel(tx, meeting, now).await
}

/// Notes for whom a step's message was meant: a person, or the group of a unit.
pub async fn remind(
    tx: &mut Tx,
    step: StepId,
    person: Option<PersonId>,
    unit: Option<UnitId>,
    outbox: OutboxId,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&REMIND, args![id, step, person, unit, outbox]).await.map(drop)
}

/// Notes that the recipient of a reminder tapped or answered it.
pub async fn acknowledge(tx: &mut Tx, outbox: OutboxId, now: Instant) -> Result<(), StoreError> {
    tx.run(&ACKNOWLEDGE, args![outbox, now]).await.map(drop)
}
