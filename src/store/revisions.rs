//! How meetings come to be others than they were planned: rules that follow one another, meetings
//! moved, cancelled and added by hand, and who had been told before.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::meetings::Meeting;
use super::outbox::State;
use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::ids::{MeetingId, PersonId, UnitId};
use crate::domain::practice::MeetingHabit;
use crate::domain::time_of_day;
use crate::domain::typed::Typed;

statements! {
    END_RULE(Int, Date) = ["UPDATE meeting_rule SET to_on = $2
        WHERE unit_id = $1 AND " (until 2)];
    ADD_RULE(Int, Int, Text, Text, Text, Text, Date) = ["INSERT INTO meeting_rule
        (id, unit_id, rule, at_time, place, day_off_policy, from_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7)"];
    ADD_THEMATIC(Int, Int, Text, Int, Text, Text) = ["INSERT INTO meeting
        (id, unit_id, kind, period, starts_at, place, topic, revision, state)
        VALUES ($1, $2, 'thematic', $3, $4, $5, $6, 1, 'planned')"];
    /// Only the revision that was looked at, so that of two who change it at once one is told.
    MOVE(Int, Int, Int, Text, Text, Int) = ["UPDATE meeting
        SET revision = revision + 1, starts_at = $3, place = $4, period = $5,
            moved_at = CASE WHEN starts_at = $3 THEN moved_at ELSE $6 END,
            asked_revision = CASE WHEN starts_at = $3 THEN asked_revision ELSE revision + 1 END
        WHERE id = $1 AND revision = $2 AND state = 'planned'"];
    CANCEL(Int, Int) = ["UPDATE meeting SET revision = revision + 1, state = 'cancelled'
        WHERE id = $1 AND revision = $2 AND state = 'planned'"];
    NOTE(Int, Int, Int, Text, Int, Text, MaybeText, Int, Int) = ["INSERT INTO meeting_change
        (id, meeting_id, revision, kind, was_at, was_place, reason, changed_by, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"];
    /// The change that led to each meeting of a unit as it stands.
    REASONS(Int, Int) = ["SELECT c.meeting_id, c.was_at, c.reason
        FROM meeting m JOIN meeting_change c ON c.meeting_id = m.id AND c.revision = m.revision
        WHERE m.unit_id = $1 AND m.starts_at > $2 AND m.state = 'planned' AND c.kind = 'moved'"];
    /// What was queued about a meeting and nobody has begun to send.
    UNSEND(Int, Int) = ["UPDATE outbox SET state = 'cancelled', done_at = $2, outcome = 'changed'
        WHERE state = 'ready' AND id IN (SELECT r.outbox_id FROM reminder r
            JOIN planned_step s ON s.id = r.step_id WHERE s.meeting_id = $1)"];
    /// To whom what was sent about a meeting went, or is going; and who answered, now or before.
    TOLD(Int) = ["SELECT DISTINCT o.person_id, r.unit_id, s.kind
        FROM planned_step s JOIN reminder r ON r.step_id = s.id JOIN outbox o ON o.id = r.outbox_id
        WHERE s.meeting_id = $1 AND o.state IN ('sending', 'retry', 'sent')
        UNION SELECT person_id, CAST(NULL AS BIGINT), 'answer' FROM attendance_answer
        WHERE meeting_id = $1"];
    /// What became of the messages about a meeting as it stands, the latest last.
    HEARD(Int) = ["SELECT r.person_id, r.acknowledged_at, o.state
        FROM meeting m JOIN planned_step s ON s.meeting_id = m.id AND s.revision >= m.asked_revision
        JOIN reminder r ON r.step_id = s.id JOIN outbox o ON o.id = r.outbox_id
        WHERE m.id = $1 AND s.kind IN ('meeting', 'change') AND r.person_id IS NOT NULL
        ORDER BY r.id"];
    THEMATIC(Int, Int, Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM meeting
        WHERE unit_id = $1 AND kind = 'thematic' AND state <> 'cancelled'
        AND starts_at >= $2 AND starts_at < $3"];
}

/// Who has heard of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether the branch's group has.
    pub group: bool,
    /// Who was reminded of it in private.
    pub reminded: Vec<PersonId>,
    /// Who was asked for reports for it, or told who owes them.
    pub prompted: Vec<PersonId>,
    /// Who has said whether they come, in the group, in private or of their own accord.
    pub answered: Vec<PersonId>,
}

/// What became of the last message to a member about a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub person: PersonId,
    /// Whether they tapped one of its buttons, or one of those before.
    pub acknowledged: bool,
    /// Whether it could not be delivered.
    pub unreachable: bool,
}

/// How a meeting that was moved came to its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub meeting: MeetingId,
    pub was_at: Instant,
    pub reason: Option<Typed>,
}

/// What happened to a meeting, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause<'a> {
    Moved(&'a Typed),
    Cancelled(&'a Typed),
    /// The branch has a new rule.
    Rule,
}

#[derive(FromRow)]
struct ReasonRow {
    meeting_id: MeetingId,
    was_at: At,
    reason: Option<Typed>,
}

#[derive(FromRow)]
struct ToldRow {
    person_id: Option<PersonId>,
    unit_id: Option<UnitId>,
    kind: String,
}

#[derive(FromRow)]
struct HeardRow {
    person_id: PersonId,
    acknowledged_at: Option<At>,
    state: State,
}

/// Gives a branch a rule from `today` on; the one it had ends.
pub async fn set_rule(
    tx: &mut Tx,
    unit: UnitId,
    habit: &MeetingHabit,
    today: NaiveDate,
) -> Result<(), StoreError> {
    tx.run(&END_RULE, args![unit, today]).await?;
    let id = tx.new_id().await?;
    let (rule, policy) = (habit.rule.to_string(), habit.policy.as_str());
    let time = time_of_day::stored(habit.time);
    tx.run(&ADD_RULE, args![id, unit, rule, time, &habit.place, policy, today]).await.map(drop)
}

/// Ends the rule of a branch.
pub(super) async fn end_rule(tx: &mut Tx, unit: UnitId, on: NaiveDate) -> Result<(), StoreError> {
    tx.run(&END_RULE, args![unit, on]).await.map(drop)
}

/// Adds a thematic meeting in a month.
pub async fn add_thematic(
    tx: &mut Tx,
    unit: UnitId,
    month: Month,
    starts_at: Instant,
    place: &Typed,
    topic: &Typed,
) -> Result<MeetingId, StoreError> {
    let id = tx.new_id().await?;
    tx.run(&ADD_THEMATIC, args![id, unit, month, starts_at, place, topic]).await?;
    Ok(MeetingId(id))
}

/// Moves a planned meeting; `false` if it is not in that revision any more. Answers to another
/// time do not count for this one.
pub async fn move_to(
    tx: &mut Tx,
    meeting: &Meeting,
    starts_at: Instant,
    place: &Typed,
    month: Month,
    now: Instant,
) -> Result<bool, StoreError> {
    let (id, revision) = (meeting.id, meeting.revision);
    Ok(tx.run(&MOVE, args![id, revision, starts_at, place, month, now]).await? == 1)
}

/// Cancels a planned meeting; `false` if it is not in that revision any more.
pub async fn cancel(tx: &mut Tx, meeting: &Meeting) -> Result<bool, StoreError> {
    Ok(tx.run(&CANCEL, args![meeting.id, meeting.revision]).await? == 1)
}

/// Writes down what happened to a meeting, given as it was before, and who did it.
pub async fn note(
    tx: &mut Tx,
    before: &Meeting,
    cause: Cause<'_>,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let (kind, reason) = match cause {
        Cause::Moved(reason) => ("moved", Some(reason)),
        Cause::Cancelled(reason) => ("cancelled", Some(reason)),
        Cause::Rule => ("rule", None),
    };
    let (revision, was_at, was_place) = (before.revision + 1, before.starts_at, &before.place);
    tx.run(&NOTE, args![id, before.id, revision, kind, was_at, was_place, reason, by, now])
        .await
        .map(drop)
}

/// Why meetings of a unit that are still ahead were moved by hand.
pub async fn reasons(tx: &mut Tx, unit: UnitId, now: Instant) -> Result<Vec<Reason>, StoreError> {
    let rows = tx.all::<ReasonRow>(&REASONS, args![unit, now]).await?;
    Ok(rows
        .into_iter()
        .map(|row| Reason { meeting: row.meeting_id, was_at: row.was_at.0, reason: row.reason })
        .collect())
}

/// Takes back what was queued about a meeting and is not on its way.
pub async fn unsend(tx: &mut Tx, meeting: MeetingId, now: Instant) -> Result<(), StoreError> {
    tx.run(&UNSEND, args![meeting, now]).await.map(drop)
}

/// Who has heard of a meeting, in any of its revisions.
pub async fn told(tx: &mut Tx, meeting: MeetingId) -> Result<Told, StoreError> {
    let mut told = Told::default();
    for row in tx.all::<ToldRow>(&TOLD, args![meeting]).await? {
        match (row.unit_id, row.person_id, row.kind.as_str()) {
            (Some(_), ..) => told.group = true,
            (None, Some(person), "report") => told.prompted.push(person),
            (None, Some(person), "meeting" | "change") => told.reminded.push(person),
            (None, Some(person), "answer") => told.answered.push(person),
            _ => {}
        }
    }
    Ok(told)
}

/// What became of the private messages about a meeting since it has its time, one for each person.
pub async fn heard(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Heard>, StoreError> {
    let mut heard: Vec<Heard> = Vec::new();
    for row in tx.all::<HeardRow>(&HEARD, args![meeting]).await? {
        let unreachable = row.state == State::Dead;
        let acknowledged = row.acknowledged_at.is_some();
        match heard.iter_mut().find(|one| one.person == row.person_id) {
            Some(one) => {
                one.unreachable = unreachable;
                one.acknowledged |= acknowledged;
            }
            None => heard.push(Heard { person: row.person_id, acknowledged, unreachable }),
        }
    }
    Ok(heard)
}

/// How many thematic meetings a unit has in `from..to`, held or planned.
pub async fn thematic_in(
    tx: &mut Tx,
    unit: UnitId,
    from: Instant,
    to: Instant,
) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(&THEMATIC, args![unit, from, to]).await?.0)
}
