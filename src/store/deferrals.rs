//! Steps that come to one person later than to the others: out of quiet hours, or because they asked
//! to be reminded again.

use sqlx::FromRow;

use super::steps::DueStep;
use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::due::{Fate, Window};
use crate::domain::ids::{MeetingId, PersonId, StepId};
use crate::domain::month::StepKind;
use crate::domain::words;

statements! {
    /// Of one step and person there is one: a later time takes the place of an earlier one.
    PLAN(Int, Int, Int, Text, Int) = ["INSERT INTO deferred_step
        (id, step_id, person_id, cause, due_at, state) VALUES ($1, $2, $3, $4, $5, 'planned')
        ON CONFLICT (step_id, person_id) DO UPDATE SET cause = excluded.cause,
            due_at = excluded.due_at, state = 'planned', done_at = NULL"];
    DUE(Int, Int, Int) = ["SELECT d.id AS deferred_id, d.person_id, d.cause, d.due_at AS wake_at, s.revision,
            s.id, s.meeting_id, s.step, s.due_at
        FROM deferred_step d JOIN planned_step s ON s.id = d.step_id
        WHERE d.state = 'planned' AND d.due_at > $1 AND d.due_at <= $2
        ORDER BY d.due_at, d.id LIMIT $3"];
    RESTORE(Int, Int) = ["UPDATE deferred_step SET state = 'planned', done_at = NULL
        WHERE state IN ('skipped', 'dropped') AND done_at > $1 AND due_at > $2"];
    /// Whom something is kept from for longer than any quiet hours last.
    KEPT_FROM(Int) = ["SELECT DISTINCT person_id FROM deferred_step
        WHERE state = 'planned' AND cause = 'quiet' AND due_at > $1"];
    BRING_NEARER(Int, Int) = ["UPDATE deferred_step SET due_at = $2
        WHERE state = 'planned' AND due_at > $1"];
    /// What persons put off of a month's meetings as they are planned now, and is still to come.
    SNOOZED(Text) = ["SELECT d.id AS deferred_id, d.person_id, d.cause, d.due_at AS wake_at, s.revision,
            s.id, s.meeting_id, s.step, s.due_at
        FROM meeting m JOIN planned_step s ON s.meeting_id = m.id AND s.revision = m.revision
        JOIN deferred_step d ON d.step_id = s.id
        WHERE m.period = $1 AND m.state = 'planned' AND d.cause = 'snooze' AND d.state = 'planned'
        ORDER BY d.due_at, d.id"];
    NEXT_DUE() = ["SELECT MIN(due_at) FROM deferred_step WHERE state = 'planned'"];
    FINISH(Int, Text, Int) = ["UPDATE deferred_step SET state = $2, done_at = $3
        WHERE id = $1 AND state = 'planned'"];
    CANCEL(Int, Int) = ["UPDATE deferred_step SET state = 'cancelled', done_at = $2
        WHERE state = 'planned'
        AND step_id IN (SELECT id FROM planned_step WHERE meeting_id = $1)"];
    /// Whether a later step of the kind has come since.
    OVERTAKEN(Int, Int, Text, Int, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM planned_step
        WHERE meeting_id = $1 AND revision = $2 AND kind = $3 AND due_at > $4 AND due_at <= $5
        AND state = 'fired'"];
    /// What quiet hours hold for a person.
    RESETTLE(Int, Int) = ["UPDATE deferred_step SET due_at = $2
        WHERE person_id = $1 AND cause = 'quiet' AND state = 'planned'"];
    /// The newest step of a kind that reached a person for a meeting.
    LAST_STEP(Int, Int, Text) = ["SELECT s.id, s.meeting_id, s.step, s.due_at
        FROM reminder r JOIN planned_step s ON s.id = r.step_id
        JOIN meeting m ON m.id = s.meeting_id AND m.revision = s.revision
        WHERE r.person_id = $1 AND s.meeting_id = $2 AND s.kind = $3
        ORDER BY s.due_at DESC, s.id DESC LIMIT 1"];
    /// The newest reminder of a person that is about a meeting ahead.
    LAST_REMINDER(Int, Int) = ["SELECT s.meeting_id, s.kind, o.created_at
        FROM reminder r JOIN planned_step s ON s.id = r.step_id
        JOIN meeting m ON m.id = s.meeting_id AND m.revision = s.revision
        JOIN outbox o ON o.id = r.outbox_id
        WHERE r.person_id = $1 AND m.starts_at > $2 AND s.kind IN ('meeting', 'report')
        ORDER BY o.created_at DESC, r.id DESC LIMIT 1"];
}

words! {
    /// Why a step comes later.
    Cause {
        /// It fell into the person's quiet hours.
        Quiet = "quiet",
        /// The person asked to be reminded again.
        Snooze = "snooze",
    }
}

/// A deferred step that is due.
#[derive(Clone, Debug, FromRow)]
pub struct Deferred {
    #[sqlx(rename = "deferred_id")]
    pub id: i64,
    #[sqlx(rename = "person_id")]
    pub person: PersonId,
    pub cause: Cause,
    /// When it is due for the person.
    #[sqlx(try_from = "At")]
    pub wake_at: Instant,
    /// The revision of the meeting for which the step was planned.
    pub revision: i64,
    #[sqlx(flatten)]
    pub step: DueStep,
}

/// Defers a step for a person, in place of an earlier time.
pub async fn plan(
    tx: &mut Tx,
    step: StepId,
    person: PersonId,
    cause: Cause,
    at: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&PLAN, args![id, step, person, cause, at]).await.map(drop)
}

/// Those that are due, as a rule up to a hundred, earliest first.
pub async fn due(tx: &mut Tx, window: impl Into<Window>) -> Result<Vec<Deferred>, StoreError> {
    let window = window.into();
    tx.all(&DUE, args![window.after, window.until, window.most(100)]).await
}

/// Plans again what fell away later than it is now, and is not due before `from`; how many.
pub async fn restore(tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
    tx.run(&RESTORE, args![now, from]).await
}

/// Persons from whom quiet hours keep something until after an instant.
pub async fn kept_from(tx: &mut Tx, after: Instant) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&KEPT_FROM, args![after]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Lets what is deferred until after an instant be due at `at`; how many.
pub async fn bring_nearer(tx: &mut Tx, after: Instant, at: Instant) -> Result<u64, StoreError> {
    tx.run(&BRING_NEARER, args![after, at]).await
}

/// What persons put off of a month's planned meetings and still waits, earliest first.
pub async fn snoozed(tx: &mut Tx, month: Month) -> Result<Vec<Deferred>, StoreError> {
    tx.all(&SNOOZED, args![month]).await
}

/// When the next deferred step falls due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    Ok(tx.one::<(Option<At>,)>(&NEXT_DUE, args![]).await?.0.map(|at| at.0))
}

/// Ends a deferred step; `false` if it was ended already.
pub async fn finish(tx: &mut Tx, id: i64, fate: Fate, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.run(&FINISH, args![id, fate.as_str(), now]).await? == 1)
}

/// Cancels what is deferred around a meeting.
pub async fn cancel(tx: &mut Tx, meeting: MeetingId, now: Instant) -> Result<(), StoreError> {
    tx.run(&CANCEL, args![meeting, now]).await.map(drop)
}

/// Whether a later step of the same kind has fired since, so that this one says nothing new.
pub async fn overtaken(tx: &mut Tx, deferred: &Deferred, now: Instant) -> Result<bool, StoreError> {
    let step = &deferred.step;
    let args = args![step.meeting, deferred.revision, step.step.kind(), step.due_at, now];
    Ok(tx.one::<(i64,)>(&OVERTAKEN, args).await?.0 > 0)
}

/// Moves what quiet hours hold for a person to when they end now.
pub async fn resettle(tx: &mut Tx, person: PersonId, at: Instant) -> Result<(), StoreError> {
    tx.run(&RESETTLE, args![person, at]).await.map(drop)
}

/// The newest step of a kind that reached a person for a meeting as it is planned now.
pub async fn last_step(
    tx: &mut Tx,
    person: PersonId,
    meeting: MeetingId,
    kind: StepKind,
) -> Result<Option<DueStep>, StoreError> {
    tx.maybe(&LAST_STEP, args![person, meeting, kind]).await
}

/// The newest reminder of a duty that a person got for a meeting ahead: the meeting, the kind, and
/// when it came.
pub async fn last_reminder(
    tx: &mut Tx,
    person: PersonId,
    now: Instant,
) -> Result<Option<(MeetingId, StepKind, Instant)>, StoreError> {
    let row = tx.maybe::<(MeetingId, StepKind, At)>(&LAST_REMINDER, args![person, now]).await?;
    Ok(row.map(|(meeting, kind, at)| (meeting, kind, at.0)))
}
