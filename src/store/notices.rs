//! Notices of a committee to its branches: drafts, whom each was sent to, who has read it, and the
//! one reminder of those who have not.

use serde::Serialize;
use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, notice_files, statements};
use crate::clock::Instant;
use crate::domain::due::{Fate, Window};
use crate::domain::ids::{NoticeId, OutboxId, PersonId, UnitId};
use crate::domain::typed::Typed;

statements! {
    DRAFT(Int) = ["SELECT body, units, changed_at FROM notice_draft WHERE writer_id = $1"];
    KEEP_DRAFT(Int, Text, Text, Int) = ["INSERT INTO notice_draft
        (writer_id, body, units, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (writer_id) DO UPDATE SET body = excluded.body, units = excluded.units,
            changed_at = excluded.changed_at"];
    TAKE_DRAFT(Int) = ["DELETE FROM notice_draft WHERE writer_id = $1"];
    ADD(Int, Int, Int, Text, Int, MaybeInt, Text) = ["INSERT INTO notice
        (id, sender_id, unit_id, body, sent_at, remind_at, reminder)
        VALUES ($1, $2, $3, $4, $5, $6, $7)"];
    ADD_UNITS(Rows, Int) = ["INSERT INTO notice_unit
        (notice_id, unit_id, recipients, arrived, have_read, unreachable)
        SELECT $2, CAST(value->>'unit' AS BIGINT), 0, 0, 0, 0 FROM " ROWS " WHERE TRUE"];
    ADD_RECIPIENTS(Rows, Int) = ["INSERT INTO notice_recipient
        (notice_id, person_id, unit_id, outbox_id)
        SELECT $2, CAST(value->>'person' AS BIGINT), CAST(value->>'unit' AS BIGINT),
            CAST(value->>'outbox' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
    GET(Int) = ["SELECT id, sender_id, unit_id, body, sent_at, remind_at, reminder, reminded_at
        FROM notice WHERE id = $1"];
    /// Those that went to none but the branches `$1`.
    RECENT(Rows, Int) = ["SELECT id, sender_id, unit_id, body, sent_at, remind_at, reminder,
            reminded_at
        FROM notice n WHERE NOT EXISTS (SELECT 1 FROM notice_unit u
            WHERE u.notice_id = n.id AND NOT (u.unit_id " IDS "))
        ORDER BY n.sent_at DESC, n.id DESC LIMIT $2"];
    /// What was counted before it was forgotten, and what still stands.
    TALLIES(Rows) = ["SELECT u.notice_id, u.unit_id,
            u.recipients + CAST(COUNT(r.person_id) AS BIGINT) AS recipients,
            u.arrived + CAST(COUNT(CASE WHEN r.read_at IS NOT NULL OR o.state = 'sent'
                OR q.state = 'sent' THEN 1 END) AS BIGINT) AS arrived,
            u.have_read + CAST(COUNT(r.read_at) AS BIGINT) AS have_read,
            u.unreachable + CAST(COUNT(CASE WHEN r.read_at IS NULL AND o.state = 'dead'
                AND COALESCE(q.state, 'dead') = 'dead' THEN 1 END) AS BIGINT) AS unreachable
        FROM notice_unit u
        LEFT JOIN notice_recipient r ON r.notice_id = u.notice_id AND r.unit_id = u.unit_id
        LEFT JOIN outbox o ON o.id = r.outbox_id
        LEFT JOIN outbox q ON q.id = r.reminder_id
        WHERE u.notice_id " IDS "
        GROUP BY u.notice_id, u.unit_id, u.recipients, u.arrived, u.have_read, u.unreachable"];
    /// Of the branches `$1`.
    UNREAD_IN(Rows, Int) = ["SELECT r.person_id, r.unit_id, CAST(CASE WHEN o.state = 'dead'
            AND COALESCE(q.state, 'dead') = 'dead' THEN 1 ELSE 0 END AS BIGINT) AS unreachable
        FROM notice_recipient r
        LEFT JOIN outbox o ON o.id = r.outbox_id
        LEFT JOIN outbox q ON q.id = r.reminder_id
        WHERE r.notice_id = $2 AND r.read_at IS NULL AND r.unit_id " IDS];
    READ(Int, Int, Int) = ["UPDATE notice_recipient SET read_at = COALESCE(read_at, $3)
        WHERE notice_id = $1 AND person_id = $2 RETURNING read_at"];
    /// Those that reached a person and were not said to be read, newest first.
    UNREAD_OF(Int) = ["SELECT n.id, n.sent_at FROM notice_recipient r
        JOIN notice n ON n.id = r.notice_id
        LEFT JOIN outbox o ON o.id = r.outbox_id
        LEFT JOIN outbox q ON q.id = r.reminder_id
        WHERE r.person_id = $1 AND r.read_at IS NULL AND (o.state = 'sent' OR q.state = 'sent')
        ORDER BY n.sent_at DESC, n.id DESC"];
    DUE(Int, Int, Int) = ["SELECT id, sender_id, unit_id, body, sent_at, remind_at, reminder,
            reminded_at
        FROM notice WHERE reminder = 'planned' AND remind_at > $1 AND remind_at <= $2
        ORDER BY remind_at, id LIMIT $3"];
    RESTORE(Int, Int) = ["UPDATE notice SET reminder = 'planned', reminded_at = NULL
        WHERE reminder = 'dropped' AND reminded_at > $1 AND remind_at > $2"];
    BRING_NEARER(Int, Int) = ["UPDATE notice SET remind_at = $2
        WHERE reminder = 'planned' AND sent_at > $1"];
    PLANNED(Int, Int) = ["SELECT id, sender_id, unit_id, body, sent_at, remind_at, reminder, reminded_at
        FROM notice WHERE reminder = 'planned' AND remind_at >= $1 AND remind_at < $2
        ORDER BY remind_at, id"];
    NEXT_DUE() = ["SELECT remind_at FROM notice WHERE reminder = 'planned'
        ORDER BY remind_at LIMIT 1"];
    FINISH(Int, Text, Int) = ["UPDATE notice SET reminder = $2, reminded_at = $3
        WHERE id = $1 AND reminder = 'planned'"];
    UNREAD(Int) = ["SELECT person_id FROM notice_recipient
        WHERE notice_id = $1 AND read_at IS NULL"];
    REMINDED(Rows, Int) = ["UPDATE notice_recipient SET reminder_id = r.outbox
        FROM (SELECT CAST(value->>'person' AS BIGINT) AS person,
            CAST(value->>'outbox' AS BIGINT) AS outbox FROM " ROWS ") AS r
        WHERE notice_id = $2 AND person_id = r.person"];
    RECIPIENT(Int, Int) = ["SELECT person_id FROM notice_recipient
        WHERE notice_id = $1 AND person_id = $2"];
    COUNT_DROPPED() = ["SELECT CAST(COUNT(*) AS BIGINT) FROM notice WHERE reminder = 'dropped'"];
    SUM_UP(Int) = ["UPDATE notice_unit SET recipients = c.recipients, arrived = c.arrived,
            have_read = c.have_read, unreachable = c.unreachable
        FROM (SELECT r.notice_id, r.unit_id, COUNT(*) AS recipients,
                COUNT(CASE WHEN r.read_at IS NOT NULL OR o.state = 'sent' OR q.state = 'sent'
                    THEN 1 END) AS arrived,
                COUNT(r.read_at) AS have_read,
                COUNT(CASE WHEN r.read_at IS NULL AND o.state = 'dead'
                    AND COALESCE(q.state, 'dead') = 'dead' THEN 1 END) AS unreachable
            FROM notice n JOIN notice_recipient r ON r.notice_id = n.id
            LEFT JOIN outbox o ON o.id = r.outbox_id
            LEFT JOIN outbox q ON q.id = r.reminder_id
            WHERE n.sent_at < $1 AND n.body <> '' AND n.reminder <> 'planned'
            GROUP BY r.notice_id, r.unit_id) AS c
        WHERE notice_unit.notice_id = c.notice_id AND notice_unit.unit_id = c.unit_id"];
    FORGET_RECIPIENTS(Int) = ["DELETE FROM notice_recipient WHERE notice_id IN (SELECT id
        FROM notice WHERE sent_at < $1 AND body <> '' AND reminder <> 'planned')"];
    FORGET_BODIES(Int) = ["UPDATE notice SET body = ''
        WHERE sent_at < $1 AND body <> '' AND reminder <> 'planned'"];
}

/// A notice being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub body: Typed,
    /// The branches chosen so far.
    pub units: Vec<UnitId>,
    pub changed_at: Instant,
}

#[derive(FromRow)]
struct DraftRow {
    body: Typed,
    units: String,
    changed_at: At,
}

/// What became of the one reminder of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The settings want none.
    None,
    Planned(Instant),
    Fired(Instant),
    /// We were not running when it was due.
    Dropped,
}

impl Reminder {
    fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Planned(_) => "planned",
            Self::Fired(_) => "fired",
            Self::Dropped => "dropped",
        }
    }
}

/// A notice that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub id: NoticeId,
    pub sender: PersonId,
    /// The committee that speaks.
    pub unit: UnitId,
    /// Empty once it was kept long enough.
    pub body: Typed,
    pub sent_at: Instant,
    pub reminder: Reminder,
}

#[derive(FromRow)]
struct SentRow {
    id: NoticeId,
    sender_id: PersonId,
    unit_id: UnitId,
    body: Typed,
    sent_at: At,
    remind_at: Option<At>,
    reminder: String,
    reminded_at: Option<At>,
}

impl TryFrom<SentRow> for Sent {
    type Error = StoreError;
    fn try_from(row: SentRow) -> Result<Self, StoreError> {
        let reminder = match (row.reminder.as_str(), row.remind_at, row.reminded_at) {
            ("none", ..) => Reminder::None,
            ("planned", Some(at), _) => Reminder::Planned(at.0),
            ("fired", _, Some(at)) => Reminder::Fired(at.0),
            ("dropped", ..) => Reminder::Dropped,
            _ => return Err(StoreError::Unreadable(row.reminder)),
        };
        Ok(Self {
            id: row.id,
            sender: row.sender_id,
            unit: row.unit_id,
            body: row.body,
            sent_at: row.sent_at.0,
            reminder,
        })
    }
}

/// Somebody a notice was sent to, and the message.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Recipient {
    pub person: PersonId,
    pub unit: UnitId,
    pub outbox: OutboxId,
}

/// How a notice fares in a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Tally {
    pub notice_id: NoticeId,
    pub unit_id: UnitId,
    pub recipients: i64,
    /// Whom it has reached.
    pub arrived: i64,
    pub have_read: i64,
    /// Who could not be reached.
    pub unreachable: i64,
}

/// Somebody who has not read a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    pub person: PersonId,
    pub unit: UnitId,
    pub unreachable: bool,
}

/// What a person is writing.
pub async fn draft(tx: &mut Tx, writer: PersonId) -> Result<Option<Draft>, StoreError> {
    let Some(row) = tx.maybe::<DraftRow>(&DRAFT, args![writer]).await? else { return Ok(None) };
    let units = serde_json::from_str(&row.units)?;
    Ok(Some(Draft { body: row.body, units, changed_at: row.changed_at.0 }))
}

/// Keeps what a person is writing, in place of what was kept before.
pub async fn keep_draft(
    tx: &mut Tx,
    writer: PersonId,
    draft: &Draft,
    now: Instant,
) -> Result<(), StoreError> {
    let units = serde_json::to_string(&draft.units)?;
    tx.run(&KEEP_DRAFT, args![writer, &draft.body, units, now]).await.map(drop)
}

/// Takes a draft away; `false` if there is none any more.
pub async fn take_draft(tx: &mut Tx, writer: PersonId) -> Result<bool, StoreError> {
    Ok(tx.run(&TAKE_DRAFT, args![writer]).await? == 1)
}

/// Keeps a notice that is being sent to branches; `remind_at`: when those who have not read it are
/// reminded.
pub async fn add(
    tx: &mut Tx,
    sender: PersonId,
    committee: UnitId,
    draft: &Draft,
    now: Instant,
    remind_at: Option<Instant>,
) -> Result<Sent, StoreError> {
    let id = NoticeId(tx.new_id().await?);
    let reminder = remind_at.map_or(Reminder::None, Reminder::Planned);
    let body = &draft.body;
    tx.run(&ADD, args![id, sender, committee, body, now, remind_at, reminder.as_str()]).await?;
    let units: Vec<_> =
        draft.units.iter().map(|unit| serde_json::json!({ "unit": unit })).collect();
    tx.run(&ADD_UNITS, args![serde_json::to_string(&units)?, id]).await?;
    Ok(Sent { id, sender, unit: committee, body: body.clone(), sent_at: now, reminder })
}

/// Notes whom a notice was sent to.
pub async fn add_recipients(
    tx: &mut Tx,
    notice: NoticeId,
    recipients: &[Recipient],
) -> Result<(), StoreError> {
    tx.run(&ADD_RECIPIENTS, args![serde_json::to_string(recipients)?, notice]).await.map(drop)
}

pub async fn get(tx: &mut Tx, id: NoticeId) -> Result<Option<Sent>, StoreError> {
    tx.maybe::<SentRow>(&GET, args![id]).await?.map(TryInto::try_into).transpose()
}

/// The last notices that went to none but these branches, newest first.
pub async fn recent(tx: &mut Tx, branches: &[UnitId], limit: u32) -> Result<Vec<Sent>, StoreError> {
    let rows = tx.all::<SentRow>(&RECENT, args![serde_json::to_string(branches)?, limit]).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// How notices fare, branch by branch, in no particular order.
pub async fn tallies(tx: &mut Tx, notices: &[NoticeId]) -> Result<Vec<Tally>, StoreError> {
    tx.all(&TALLIES, args![serde_json::to_string(notices)?]).await
}

/// Who of these branches has not read a notice, in no particular order.
pub async fn unread_in(
    tx: &mut Tx,
    notice: NoticeId,
    branches: &[UnitId],
) -> Result<Vec<Unread>, StoreError> {
    let list = serde_json::to_string(branches)?;
    let rows = tx.all::<(PersonId, UnitId, i64)>(&UNREAD_IN, args![list, notice]).await?;
    let one = |(person, unit, unreachable)| Unread { person, unit, unreachable: unreachable != 0 };
    Ok(rows.into_iter().map(one).collect())
}

/// Everyone who has not read a notice, in no particular order.
pub async fn unread(tx: &mut Tx, notice: NoticeId) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&UNREAD, args![notice]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Whether a notice was sent to this person.
pub async fn went_to(tx: &mut Tx, notice: NoticeId, person: PersonId) -> Result<bool, StoreError> {
    Ok(tx.maybe::<(PersonId,)>(&RECIPIENT, args![notice, person]).await?.is_some())
}

/// The notices that reached a person who has not said that they read them, newest first, with when
/// each was sent.
pub async fn unread_of(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Vec<(NoticeId, Instant)>, StoreError> {
    let rows = tx.all::<(NoticeId, At)>(&UNREAD_OF, args![person]).await?;
    Ok(rows.into_iter().map(|(notice, at)| (notice, at.0)).collect())
}

/// Notes that a recipient has read a notice, and gives when they first did; `None` if it was not
/// sent to them.
pub async fn read(
    tx: &mut Tx,
    notice: NoticeId,
    person: PersonId,
    now: Instant,
) -> Result<Option<Instant>, StoreError> {
    Ok(tx.maybe::<(At,)>(&READ, args![notice, person, now]).await?.map(|(at,)| at.0))
}

/// Plans again what fell away later than it is now, and is not due before `from`; how many.
pub async fn restore(tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
    tx.run(&RESTORE, args![now, from]).await
}

/// Plans the reminders of what was sent after an instant for `at`; how many.
pub async fn bring_nearer(tx: &mut Tx, after: Instant, at: Instant) -> Result<u64, StoreError> {
    tx.run(&BRING_NEARER, args![after, at]).await
}

/// Notices whose reminder is due, with when it was, as a rule up to ten, earliest first.
pub async fn due(tx: &mut Tx, window: impl Into<Window>) -> Result<Vec<Sent>, StoreError> {
    let window = window.into();
    let args = args![window.after, window.until, window.most(10)];
    let rows = tx.all::<SentRow>(&DUE, args).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// When the next reminder falls due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    Ok(tx.maybe::<(At,)>(&NEXT_DUE, args![]).await?.map(|(at,)| at.0))
}

/// The notices whose reminder falls due in a time, earliest first.
pub async fn planned(tx: &mut Tx, from: Instant, to: Instant) -> Result<Vec<Sent>, StoreError> {
    let rows = tx.all::<SentRow>(&PLANNED, args![from, to]).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Ends a planned reminder; `false` if it was ended already.
pub async fn finish(
    tx: &mut Tx,
    notice: NoticeId,
    fate: Fate,
    now: Instant,
) -> Result<bool, StoreError> {
    Ok(tx.run(&FINISH, args![notice, fate.as_str(), now]).await? == 1)
}

/// Notes the reminders' messages.
pub async fn reminded(
    tx: &mut Tx,
    notice: NoticeId,
    recipients: &[Recipient],
) -> Result<(), StoreError> {
    tx.run(&REMINDED, args![serde_json::to_string(recipients)?, notice]).await.map(drop)
}

/// How many reminders made no sense any more when the program came back, of those on record.
pub async fn count_dropped(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(&COUNT_DROPPED, args![]).await?.0)
}

/// Forgets the text and the files of notices sent before an instant and who has read them; the counts
/// stay.
pub async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&SUM_UP, args![before]).await?;
    tx.run(&FORGET_RECIPIENTS, args![before]).await?;
    notice_files::forget(tx, before).await?;
    tx.run(&FORGET_BODIES, args![before]).await
}
