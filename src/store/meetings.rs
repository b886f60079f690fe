//! Meetings, the rules they come from, and who answered that they will come.

use chrono::{NaiveDate, NaiveTime};
use sqlx::FromRow;

use super::types::{At, MaybeAt};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::calendar::{Calendar, Month};
use crate::domain::ids::{MeetingId, PersonId, UnitId};
use crate::domain::meeting::{MeetingAnswer, MeetingKind, MeetingState};
use crate::domain::practice::MeetingHabit;
use crate::domain::recurrence::{Scheduled, date_in};
use crate::domain::typed::Typed;

/// What a [`Meeting`] is read from.
macro_rules! columns {
    () => {
        "id, unit_id, kind, period, starts_at, place, topic, revision, state, moved_at"
    };
}

statements! {
    /// Every branch with its rule, if it has one of its own.
    RULES(Date) = ["SELECT u.id AS unit_id, r.rule, r.at_time, r.place, r.day_off_policy
        FROM unit u LEFT JOIN meeting_rule r ON r.unit_id = u.id
            AND " (r on 1) "
        WHERE u.kind = 'branch' AND u.ended_on IS NULL ORDER BY u.code"];
    /// The same of one branch.
    RULE_OF(Int, Date) = ["SELECT u.id AS unit_id, r.rule, r.at_time, r.place, r.day_off_policy
        FROM unit u LEFT JOIN meeting_rule r ON r.unit_id = u.id
            AND " (r on 2) "
        WHERE u.id = $1 AND u.kind = 'branch' AND u.ended_on IS NULL"];
    ADD(Int, Int, Text, Text, Int, Text) = ["INSERT INTO meeting
        (id, unit_id, kind, period, starts_at, place, revision, state)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 'planned')
        ON CONFLICT DO NOTHING"];
    HAS_REGULAR(Text) = ["SELECT unit_id FROM meeting WHERE kind = 'regular' AND period = $1"];
    BETWEEN(Int, Int) = ["SELECT " (columns!) "
        FROM meeting
        WHERE starts_at >= $1 AND starts_at < $2 AND state = 'planned' ORDER BY starts_at, unit_id"];
    PLANNED_AT(Int, Int) = ["SELECT id FROM meeting
        WHERE unit_id = $1 AND starts_at = $2 AND state = 'planned'"];
    UPCOMING(Int, Int, Int) = ["SELECT " (columns!) "
        FROM meeting WHERE unit_id = $1 AND starts_at > $2 AND state = 'planned'
        ORDER BY starts_at LIMIT $3"];
    NEXT_REGULAR(Int, Int) = ["SELECT " (columns!) "
        FROM meeting WHERE unit_id = $1 AND starts_at > $2 AND state = 'planned'
        AND kind = 'regular' ORDER BY starts_at LIMIT 1"];
    BY_ID(Int) = ["SELECT " (columns!) "
        FROM meeting WHERE id = $1"];
    /// A unit's regular meetings from a month on, in any state.
    REGULAR_FROM(Int, Text) = ["SELECT " (columns!) "
        FROM meeting WHERE unit_id = $1 AND kind = 'regular' AND period >= $2 ORDER BY period"];
    /// A month's regular meetings that were not called off.
    REGULAR_OF(Text) = ["SELECT " (columns!) "
        FROM meeting WHERE period = $1 AND kind = 'regular' AND state <> 'cancelled'
        ORDER BY starts_at, id"];
    ANSWER(Int, Int, Text, MaybeText, Int) = ["INSERT INTO attendance_answer
        (meeting_id, person_id, answer, reason, answered_at, revision)
        SELECT $1, $2, $3, $4, $5, m.revision FROM meeting m WHERE m.id = $1
        ON CONFLICT (meeting_id, person_id) DO UPDATE SET
            answer = excluded.answer, reason = excluded.reason,
            answered_at = excluded.answered_at, revision = excluded.revision"];
    /// What was answered for the time the meeting has now.
    ANSWERS(Int) = ["SELECT a.person_id, a.answer, a.reason
        FROM attendance_answer a JOIN meeting m ON m.id = a.meeting_id
        WHERE a.meeting_id = $1 AND a.revision >= m.asked_revision"];
    /// What a person answered to the meetings of a unit up to an instant, the latest first.
    ANSWERED_UP_TO(Int, Int, Int, Int) = ["SELECT a.answer FROM meeting m
        LEFT JOIN attendance_answer a ON a.meeting_id = m.id AND a.person_id = $3
            AND a.revision >= m.asked_revision
        WHERE m.unit_id = $1 AND m.starts_at <= $2 AND m.state <> 'cancelled'
        ORDER BY m.starts_at DESC, m.id DESC LIMIT $4"];
}

#[derive(FromRow)]
struct RuleRow {
    unit_id: UnitId,
    rule: Option<String>,
    at_time: Option<String>,
    place: Option<Typed>,
    day_off_policy: Option<String>,
}

/// When and where a branch meets.
#[derive(Clone, Debug)]
pub struct MeetingRule {
    pub unit: UnitId,
    pub habit: MeetingHabit,
}

impl MeetingRule {
    /// The day of a month's meeting, with the reason if it was moved.
    pub fn scheduled(&self, month: Month, calendar: &Calendar) -> Scheduled {
        date_in(month, &self.habit.rule, self.habit.policy, calendar)
    }
}

impl RuleRow {
    /// The branch's own rule, or the one of branches without.
    fn read(self, usual: &MeetingHabit) -> Result<MeetingRule, StoreError> {
        let own = (self.rule, self.at_time, self.place, self.day_off_policy);
        let (Some(rule), Some(time), Some(place), Some(policy)) = own else {
            return Ok(MeetingRule { unit: self.unit_id, habit: usual.clone() });
        };
        let habit = MeetingHabit {
            rule: rule.parse().map_err(|_| StoreError::Unreadable(rule))?,
            time: NaiveTime::parse_from_str(&time, "%H:%M")
                .map_err(|_| StoreError::Unreadable(time))?,
            place,
            policy: policy.parse().map_err(|_| StoreError::Unreadable(policy))?,
        };
        Ok(MeetingRule { unit: self.unit_id, habit })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Meeting {
    pub id: MeetingId,
    #[sqlx(rename = "unit_id")]
    pub unit: UnitId,
    pub kind: MeetingKind,
    /// The month it belongs to, also when it was put into another one.
    #[sqlx(rename = "period")]
    pub month: Month,
    #[sqlx(try_from = "At")]
    pub starts_at: Instant,
    pub place: Typed,
    /// What a thematic one is about.
    pub topic: Option<Typed>,
    /// Raised by each change.
    pub revision: i64,
    pub state: MeetingState,
    /// When it was last put to another time.
    #[sqlx(try_from = "MaybeAt")]
    pub moved_at: Option<Instant>,
}

impl Meeting {
    /// Whether it is one of the monthly meetings that reports serve.
    pub fn is_regular(&self) -> bool {
        self.kind == MeetingKind::Regular
    }

    /// Whether it is over, and its sheet may not change any more.
    pub fn is_closed(&self) -> bool {
        self.state == MeetingState::Closed
    }

    /// Whether it is still to be held at `now`.
    pub fn is_ahead(&self, now: Instant) -> bool {
        self.state == MeetingState::Planned && self.starts_at > now
    }
}

/// What a member answered.
#[derive(Clone, Debug, FromRow)]
pub struct Answer {
    pub person_id: PersonId,
    pub answer: MeetingAnswer,
    pub reason: Option<Typed>,
}

/// When each branch meets, by its own rule in force on a date or else as is `usual`.
pub async fn rules(
    tx: &mut Tx,
    usual: &MeetingHabit,
    today: NaiveDate,
) -> Result<Vec<MeetingRule>, StoreError> {
    let rows = tx.all::<RuleRow>(&RULES, args![today]).await?;
    rows.into_iter().map(|row| row.read(usual)).collect()
}

/// When a branch meets, by its own rule in force on a date or else as is `usual`; `None`: it is no branch.
pub async fn rule_of(
    tx: &mut Tx,
    branch: UnitId,
    usual: &MeetingHabit,
    today: NaiveDate,
) -> Result<Option<MeetingRule>, StoreError> {
    let row = tx.maybe::<RuleRow>(&RULE_OF, args![branch, today]).await?;
    row.map(|row| row.read(usual)).transpose()
}

/// Adds a regular meeting unless the unit has one of that month; gives its id if it was added.
pub async fn add_regular(
    tx: &mut Tx,
    unit: UnitId,
    month: Month,
    starts_at: Instant,
    place: &Typed,
) -> Result<Option<MeetingId>, StoreError> {
    let id = tx.new_id().await?;
    let added =
        tx.run(&ADD, args![id, unit, MeetingKind::Regular, month, starts_at, place]).await?;
    Ok((added == 1).then_some(MeetingId(id)))
}

/// The units that have their regular meeting of a month, in any state.
pub async fn units_with_regular(tx: &mut Tx, month: Month) -> Result<Vec<UnitId>, StoreError> {
    let rows = tx.all::<(UnitId,)>(&HAS_REGULAR, args![month]).await?;
    Ok(rows.into_iter().map(|(unit,)| unit).collect())
}

/// The planned meetings that start in `from..to`.
pub async fn between(tx: &mut Tx, from: Instant, to: Instant) -> Result<Vec<Meeting>, StoreError> {
    tx.all(&BETWEEN, args![from, to]).await
}

/// The planned meetings of a unit that start at an instant.
pub async fn planned_at(
    tx: &mut Tx,
    unit: UnitId,
    at: Instant,
) -> Result<Vec<MeetingId>, StoreError> {
    let rows = tx.all::<(MeetingId,)>(&PLANNED_AT, args![unit, at]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The next planned meetings of a unit, any kind.
pub async fn upcoming(
    tx: &mut Tx,
    unit: UnitId,
    now: Instant,
    limit: u32,
) -> Result<Vec<Meeting>, StoreError> {
    tx.all(&UPCOMING, args![unit, now, limit]).await
}

/// The regular meeting that reports of a unit serve at `now`.
pub async fn next_regular(
    tx: &mut Tx,
    unit: UnitId,
    now: Instant,
) -> Result<Option<Meeting>, StoreError> {
    tx.maybe(&NEXT_REGULAR, args![unit, now]).await
}

/// The regular meetings of a month that were not called off, in order of time.
pub async fn regular_of(tx: &mut Tx, month: Month) -> Result<Vec<Meeting>, StoreError> {
    tx.all(&REGULAR_OF, args![month]).await
}

/// The regular meetings of a unit from a month on, in any state, by month.
pub async fn regular_from(
    tx: &mut Tx,
    unit: UnitId,
    from: Month,
) -> Result<Vec<Meeting>, StoreError> {
    tx.all(&REGULAR_FROM, args![unit, from]).await
}

pub async fn get(tx: &mut Tx, id: MeetingId) -> Result<Option<Meeting>, StoreError> {
    tx.maybe(&BY_ID, args![id]).await
}

/// Keeps a member's answer, in place of an earlier one; it is for the time the meeting has now.
pub async fn answer(
    tx: &mut Tx,
    meeting: MeetingId,
    person: PersonId,
    answer: MeetingAnswer,
    reason: Option<&Typed>,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&ANSWER, args![meeting, person, answer, reason, now]).await.map(drop)
}

/// The answers to a meeting that were given since it has its time.
pub async fn answers(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Answer>, StoreError> {
    tx.all(&ANSWERS, args![meeting]).await
}

/// What a member answered to the last meetings of a unit up to an instant, that included, the
/// latest first; `None` for one that was not answered. Cancelled ones are passed over.
pub async fn answered_up_to(
    tx: &mut Tx,
    unit: UnitId,
    at: Instant,
    person: PersonId,
    limit: u32,
) -> Result<Vec<Option<MeetingAnswer>>, StoreError> {
    let args = args![unit, at, person, limit];
    let rows = tx.all::<(Option<MeetingAnswer>,)>(&ANSWERED_UP_TO, args).await?;
    Ok(rows.into_iter().map(|(answer,)| answer).collect())
}
