//! The proof of a meeting's reminders: of each recipient, what became of each; and who was reminded
//! by hand.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::meetings::{self, Meeting};
use super::outbox::State;
use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{MeetingId, OutboxId, PersonId, UnitId};
use crate::domain::month::Step;

statements! {
    /// With the notice that told somebody else of a message that reached nobody: delivery names it
    /// after the message.
    REMINDERS(Int) = ["SELECT s.step, r.person_id, r.acknowledged_at, o.state,
            o.outcome, o.not_before, o.done_at, o.person_id AS reached_id, n.person_id AS told_id
        FROM planned_step s JOIN reminder r ON r.step_id = s.id
        JOIN outbox o ON o.id = r.outbox_id
        LEFT JOIN outbox n ON n.dedupe_key = 'unreachable:' || CAST(o.id AS TEXT)
            AND n.state = 'sent'
        WHERE s.meeting_id = $1 ORDER BY s.due_at, r.id"];
    /// Who was asked for reports for a meeting, or soon will be, in any of its revisions.
    PROMPTED(Int) = ["SELECT DISTINCT r.person_id
        FROM planned_step s JOIN reminder r ON r.step_id = s.id JOIN outbox o ON o.id = r.outbox_id
        WHERE s.meeting_id = $1 AND s.kind = 'report' AND s.step <> 'owing'
        AND r.person_id IS NOT NULL AND o.state IN ('ready', 'sending', 'retry', 'sent')"];
    HELD(Int) = ["SELECT s.step, d.person_id, d.due_at
        FROM planned_step s JOIN deferred_step d ON d.step_id = s.id
        WHERE s.meeting_id = $1 AND d.state = 'planned' AND d.cause = 'quiet'
        ORDER BY d.due_at, d.id"];
    ANSWERED(Int) = ["SELECT person_id, answered_at FROM attendance_answer WHERE meeting_id = $1"];
    NUDGE(Int, Int, Int, Date, Int, Int, Int) = ["INSERT INTO nudge
        (id, meeting_id, person_id, on_day, outbox_id, nudged_by, nudged_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (meeting_id, person_id, on_day) DO NOTHING"];
    NUDGED(Int, Date) = ["SELECT person_id, nudged_at FROM nudge
        WHERE meeting_id = $1 AND on_day = $2"];
    /// A reminder by hand that still waits when nothing is owed any more.
    SETTLE(Int, Int, Int) = ["UPDATE outbox SET state = 'cancelled', outcome = 'done', done_at = $3
        WHERE state = 'ready' AND id IN (SELECT outbox_id FROM nudge
            WHERE meeting_id = $1 AND person_id = $2)"];
    /// The newest of a branch's regular meetings that had begun.
    LATEST(Int, Int) = ["SELECT id FROM meeting
        WHERE unit_id = $1 AND starts_at <= $2 AND kind = 'regular'
        ORDER BY starts_at DESC LIMIT 1"];
    /// Whether any reminder of it has fallen due.
    BEGUN(Int, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM planned_step
        WHERE meeting_id = $1 AND due_at <= $2 AND state IN ('fired', 'dropped')"];
}

/// What became of one reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// On its way, or held until this instant.
    Waiting(Instant),
    Sent(Instant),
    /// Sent to this person in place of the one it was meant for.
    Instead(PersonId, Instant),
    /// Nobody could be reached with it; who was told so, if anybody.
    Unreachable(Option<PersonId>),
    /// Not sent: it would have come too late, or was not wanted any more.
    Unsent,
}

/// One reminder and whom it was for.
#[derive(Clone, Debug)]
pub struct DeliveryStatus {
    pub step: Step,
    /// `None`: the branch's group.
    pub person: Option<PersonId>,
    pub fate: Fate,
    pub acknowledged_at: Option<Instant>,
}

impl DeliveryStatus {
    /// Whether it went to who holds an office, about what others owe.
    pub fn is_for_office(&self) -> bool {
        matches!(self.step, Step::Owing | Step::Escalation(_))
    }
}

#[derive(FromRow)]
struct StatusRow {
    step: Step,
    person_id: Option<PersonId>,
    acknowledged_at: Option<At>,
    state: State,
    outcome: Option<String>,
    not_before: At,
    done_at: Option<At>,
    reached_id: Option<PersonId>,
    told_id: Option<PersonId>,
}

impl From<StatusRow> for DeliveryStatus {
    fn from(row: StatusRow) -> Self {
        let done = row.done_at.map_or(row.not_before.0, |at| at.0);
        let fate = match (row.state, row.outcome.as_deref()) {
            (State::Sent, _) => match row.reached_id {
                Some(reached) if row.person_id.is_some_and(|meant| meant != reached) => {
                    Fate::Instead(reached, done)
                }
                _ => Fate::Sent(done),
            },
            (State::Dead, Some("expired")) | (State::Cancelled, _) => Fate::Unsent,
            (State::Dead, _) => Fate::Unreachable(row.told_id),
            (State::Ready | State::Sending | State::Retry, _) => Fate::Waiting(row.not_before.0),
        };
        Self {
            step: row.step,
            person: row.person_id,
            fate,
            acknowledged_at: row.acknowledged_at.map(|at| at.0),
        }
    }
}

/// Every reminder of a meeting, those that wait out quiet hours included; the oldest first.
pub async fn reminders(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<DeliveryStatus>, StoreError> {
    let rows = tx.all::<StatusRow>(&REMINDERS, args![meeting]).await?;
    let mut statuses: Vec<DeliveryStatus> = rows.into_iter().map(Into::into).collect();
    let held = tx.all::<(Step, PersonId, At)>(&HELD, args![meeting]).await?;
    statuses.extend(held.into_iter().map(|(step, person, at)| DeliveryStatus {
        step,
        person: Some(person),
        fate: Fate::Waiting(at.0),
        acknowledged_at: None,
    }));
    Ok(statuses)
}

/// Who said whether they come, and when.
pub async fn answered(
    tx: &mut Tx,
    meeting: MeetingId,
) -> Result<Vec<(PersonId, Instant)>, StoreError> {
    let rows = tx.all::<(PersonId, At)>(&ANSWERED, args![meeting]).await?;
    Ok(rows.into_iter().map(|(person, at)| (person, at.0)).collect())
}

/// The regular meeting that a branch's people are being reminded of: the next one once its reminders
/// have begun, before that the last one, if it had any.
pub async fn current_meeting(
    tx: &mut Tx,
    unit: UnitId,
    now: Instant,
) -> Result<Option<Meeting>, StoreError> {
    let next = meetings::next_regular(tx, unit, now).await?;
    if let Some(next) = &next
        && begun(tx, next.id, now).await?
    {
        return Ok(Some(next.clone()));
    }
    match tx.maybe::<(MeetingId,)>(&LATEST, args![unit, now]).await? {
        Some((last,)) if begun(tx, last, now).await? => meetings::get(tx, last).await,
        _ => Ok(next),
    }
}

async fn begun(tx: &mut Tx, meeting: MeetingId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.one::<(i64,)>(&BEGUN, args![meeting, now]).await?.0 > 0)
}

/// Notes that a person was reminded by hand.
pub async fn nudge(
    tx: &mut Tx,
    meeting: MeetingId,
    person: PersonId,
    today: NaiveDate,
    outbox: OutboxId,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&NUDGE, args![id, meeting, person, today, outbox, by, now]).await.map(drop)
}

/// Takes back what was not sent yet of reminding a person by hand: nothing is owed any more.
pub async fn settle(
    tx: &mut Tx,
    meeting: MeetingId,
    person: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&SETTLE, args![meeting, person, now]).await.map(drop)
}

/// Who was reminded by hand on a day, and when.
pub async fn nudged(
    tx: &mut Tx,
    meeting: MeetingId,
    today: NaiveDate,
) -> Result<Vec<(PersonId, Instant)>, StoreError> {
    let rows = tx.all::<(PersonId, At)>(&NUDGED, args![meeting, today]).await?;
    Ok(rows.into_iter().map(|(person, at)| (person, at.0)).collect())
}

/// The mentors who were asked for their reports for a meeting, whatever its day was then.
pub async fn prompted(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&PROMPTED, args![meeting]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
