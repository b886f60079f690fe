//! Messages on their way to people. The states and who moves them are drawn in
//! `docs/architecture.md`.

use std::sync::Arc;

use chrono::TimeDelta;
use serde::Serialize;
use sqlx::FromRow;

use super::types::At;
use super::{Bots, StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{OutboxId, PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::words;
use crate::message::{Address, Message};

statements! {
    INSERT(Rows) = ["INSERT INTO outbox (id, lane, bot, chat, person_id, unit_id, language, body, state,
            dedupe_key, edits_id, fallbacks, attempts, parts_sent, repeated, created_at, not_before,
            expires_at, outcome)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'lane' AS BIGINT), value->>'bot',
            value->>'chat', CAST(value->>'person' AS BIGINT), CAST(value->>'unit' AS BIGINT),
            value->>'language', value->>'body', value->>'state', value->>'dedupe_key',
            CAST(value->>'edits' AS BIGINT), value->>'fallbacks', 0, 0, 0,
            CAST(value->>'created_at' AS BIGINT), CAST(value->>'not_before' AS BIGINT),
            CAST(value->>'expires_at' AS BIGINT), value->>'outcome'
        FROM " ROWS " WHERE TRUE ON CONFLICT (dedupe_key) DO NOTHING RETURNING id"];
    /// Materialized: a subquery in its place may be run once per row, and then takes more than the
    /// limit.
    CLAIM(Rows, Int, Int, MaybeText) = [
        sqlite "WITH due AS MATERIALIZED (SELECT id FROM outbox
            WHERE state = 'ready' AND not_before <= $2
            AND bot IN (SELECT value->>'bot' FROM json_each($1))
            AND (CAST($4 AS TEXT) IS NULL OR chat = $4)
            ORDER BY lane, not_before, id LIMIT $3)
        UPDATE outbox SET state = 'sending', attempts = attempts + 1
        WHERE id IN (SELECT id FROM due) AND state = 'ready'
        RETURNING id, lane, bot, chat, person_id, unit_id, language, body, edits_id, fallbacks,
            attempts, parts_sent, repeated, not_before, expires_at"
        postgres "WITH due AS MATERIALIZED (SELECT id FROM outbox
            WHERE state = 'ready' AND not_before <= $2
            AND bot IN (SELECT value->>'bot' FROM jsonb_array_elements(CAST($1 AS JSONB)))
            AND (CAST($4 AS TEXT) IS NULL OR chat = $4)
            ORDER BY lane, not_before, id LIMIT $3 FOR UPDATE SKIP LOCKED)
        UPDATE outbox SET state = 'sending', attempts = attempts + 1
        WHERE id IN (SELECT id FROM due) AND state = 'ready'
        RETURNING id, lane, bot, chat, person_id, unit_id, language, body, edits_id, fallbacks,
            attempts, parts_sent, repeated, not_before, expires_at"];
    CLAIMED(Rows) = ["SELECT id FROM outbox
        WHERE id " IDS " AND state = 'sending'"];
    /// What waits until after `$3` was put off by a clock that showed more, and waits no longer.
    RESCUE(Rows, MaybeText, Int, Int) = ["UPDATE outbox
        SET repeated = repeated + CASE WHEN state = 'sending' THEN 1 ELSE 0 END, state = 'sending',
            not_before = CASE WHEN not_before > $3 THEN $4 ELSE not_before END
        WHERE state IN ('sending', 'retry') AND bot IN (SELECT value->>'bot' FROM " ROWS ")
        AND (CAST($2 AS TEXT) IS NULL OR chat = $2)
        RETURNING id, lane, bot, chat, person_id, unit_id, language, body, edits_id, fallbacks,
            attempts, parts_sent, repeated, not_before, expires_at"];
    /// Due now at the latest: the clock may have been set back since they were made.
    RELEASE(Rows, Int) = ["UPDATE outbox SET state = 'ready',
            not_before = CASE WHEN not_before > $2 THEN $2 ELSE not_before END
        WHERE id " IDS " AND state = 'sending'"];
    /// By primary key: the cast keeps SQLite from walking through everything unfinished once for
    /// each row, which its index of states would otherwise tempt it to. So in HOLD.
    FINISH(Rows) = ["UPDATE outbox SET state = r.state, bot = r.bot, chat = r.chat,
            person_id = r.person, external_id = COALESCE(r.external_id, outbox.external_id),
            fallbacks = r.fallbacks, attempts = r.attempts, parts_sent = r.parts_sent,
            repeated = r.repeated, not_before = r.not_before, done_at = r.done_at,
            outcome = r.outcome
        FROM (SELECT CAST(value->>'id' AS BIGINT) AS id, value->>'state' AS state,
            value->>'bot' AS bot, value->>'chat' AS chat, CAST(value->>'person' AS BIGINT) AS person,
            value->>'external_id' AS external_id, value->>'fallbacks' AS fallbacks,
            CAST(value->>'attempts' AS BIGINT) AS attempts,
            CAST(value->>'parts_sent' AS BIGINT) AS parts_sent,
            CAST(value->>'repeated' AS BIGINT) AS repeated,
            CAST(value->>'not_before' AS BIGINT) AS not_before,
            CAST(value->>'done_at' AS BIGINT) AS done_at, value->>'outcome' AS outcome
            FROM " ROWS ") AS r
        WHERE outbox.id = r.id AND CAST(outbox.state AS TEXT) IN ('sending', 'retry')"];
    /// Rows that cannot be read: their address is kept as they are.
    BURY(Rows, Int) = ["UPDATE outbox SET state = 'dead', outcome = 'unreadable', done_at = $2
        WHERE id " IDS];
    HOLD(Rows) = ["UPDATE outbox SET state = 'retry', not_before = r.not_before,
            attempts = r.attempts, parts_sent = r.parts_sent, repeated = r.repeated
        FROM (SELECT CAST(value->>'id' AS BIGINT) AS id,
            CAST(value->>'attempts' AS BIGINT) AS attempts,
            CAST(value->>'parts_sent' AS BIGINT) AS parts_sent,
            CAST(value->>'repeated' AS BIGINT) AS repeated,
            CAST(value->>'not_before' AS BIGINT) AS not_before FROM " ROWS ") AS r
        WHERE outbox.id = r.id AND CAST(outbox.state AS TEXT) IN ('sending', 'retry')"];
    RESUME(Rows) = ["UPDATE outbox SET state = 'sending'
        WHERE id " IDS " AND state = 'retry'"];
    EXTERNAL_ID(Int) = ["SELECT bot, chat, external_id FROM outbox WHERE id = $1"];
    SET_EXTERNAL_ID(Int, Text, Text, Text) = ["UPDATE outbox
        SET bot = $2, chat = $3, external_id = $4 WHERE id = $1"];
    STATE(Int) = ["SELECT state FROM outbox WHERE id = $1"];
    /// Lane by lane, so that the index of what is ready gives each first one, however many wait.
    NEXT_DUE(Rows, MaybeText) = ["SELECT MIN(first_at) FROM (SELECT (SELECT o.not_before FROM outbox o
            WHERE o.state = 'ready' AND o.lane = lanes.lane
            AND o.bot IN (SELECT value->>'bot' FROM " ROWS ")
            AND (CAST($2 AS TEXT) IS NULL OR o.chat = $2)
            ORDER BY o.not_before, o.id LIMIT 1) AS first_at
        FROM (SELECT 0 AS lane UNION ALL SELECT 1 UNION ALL SELECT 2) AS lanes) AS firsts"];
    /// Each half by its own partial index, however long the history.
    UNFINISHED() = ["SELECT lane, state, CAST(COUNT(*) AS BIGINT), MIN(not_before) FROM outbox
            WHERE state = 'ready' GROUP BY lane, state
        UNION ALL SELECT lane, state, CAST(COUNT(*) AS BIGINT), MIN(not_before) FROM outbox
            WHERE state IN ('sending', 'retry') GROUP BY lane, state"];
    SAID(Int) = ["SELECT body FROM outbox WHERE id = $1"];
    FORGET_BODIES(Int) = ["UPDATE outbox SET body = ''
        WHERE done_at < $1 AND state IN ('sent', 'dead', 'cancelled') AND body <> ''"];
}

/// What goes first: replies before reminders before broadcasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    Reply,
    Reminder,
    Broadcast,
}

impl Lane {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Reminder => "reminder",
            Self::Broadcast => "broadcast",
        }
    }

    fn number(self) -> i64 {
        match self {
            Self::Reply => 0,
            Self::Reminder => 1,
            Self::Broadcast => 2,
        }
    }

    fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Reply,
            1 => Self::Reminder,
            _ => Self::Broadcast,
        }
    }
}

words! {
    /// Where a message stands on its way; who moves it is drawn in `docs/architecture.md`.
    State {
        Ready = "ready",
        Sending = "sending",
        Retry = "retry",
        Sent = "sent",
        Dead = "dead",
        Cancelled = "cancelled",
    }
}

/// How many messages of a lane are in a state, and when the first of them may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub lane: Lane,
    pub state: State,
    pub count: i64,
    pub first: Instant,
}

/// What is not finished, for whoever watches.
pub async fn unfinished(tx: &mut Tx) -> Result<Vec<Unfinished>, StoreError> {
    let rows = tx.all::<(i64, State, i64, At)>(&UNFINISHED, args![]).await?;
    let one = |(lane, state, count, first): (i64, State, i64, At)| Unfinished {
        lane: Lane::from_number(lane),
        state,
        count,
        first: first.0,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// How a new row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// Waits for delivery to claim it.
    Ready,
    /// Already claimed: it is handed to delivery in memory after the commit.
    Claimed,
    /// The person has no reachable account: kept as proof.
    Unreachable,
    /// It could only go after it has lost its meaning: kept as proof.
    TooLate,
}

/// A message to queue.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub id: OutboxId,
    pub lane: Lane,
    pub address: Option<Address>,
    pub person: Option<PersonId>,
    /// The unit a reminder speaks for; its secretary is told when nobody is reached.
    pub unit: Option<UnitId>,
    pub language: Language,
    pub message: Message,
    pub begin: Begin,
    pub dedupe_key: Option<String>,
    /// The earlier row whose message on the screen this one replaces.
    pub edits: Option<OutboxId>,
    /// Persons to try when this one cannot be reached.
    pub fallbacks: Vec<PersonId>,
    pub created_at: Instant,
    /// Before this instant it does not go.
    pub not_before: Instant,
    pub expires_at: Option<Instant>,
    /// When what it answers came in. Not stored.
    pub asked_at: Option<Instant>,
}

#[derive(Serialize)]
struct InsertRow<'a> {
    id: OutboxId,
    lane: i64,
    bot: Option<&'a str>,
    chat: Option<&'a str>,
    person: Option<PersonId>,
    unit: Option<UnitId>,
    language: Language,
    body: String,
    state: State,
    dedupe_key: Option<&'a str>,
    edits: Option<OutboxId>,
    fallbacks: String,
    created_at: i64,
    not_before: i64,
    expires_at: Option<i64>,
    outcome: Option<&'static str>,
}

/// A message that delivery holds.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: OutboxId,
    pub lane: Lane,
    pub address: Address,
    pub person: Option<PersonId>,
    pub unit: Option<UnitId>,
    pub language: Language,
    /// Shared: it is handed from hand to hand, and hardly ever changed.
    pub message: Arc<Message>,
    pub edits: Option<OutboxId>,
    pub fallbacks: Vec<PersonId>,
    pub attempts: i64,
    pub parts_sent: usize,
    pub repeated: i64,
    pub not_before: Instant,
    pub expires_at: Option<Instant>,
    pub journey: Journey,
}

/// What this run of the program knows of a message's way; not stored.
#[derive(Clone, Debug, Default)]
pub struct Journey {
    /// When what it answers came in.
    pub asked_at: Option<Instant>,
    /// Sends of which nobody knows what became.
    pub unknown: u32,
    /// How often the platform asked to slow down; none of these was a failed attempt.
    pub slowed: i64,
    /// Where it could not be delivered.
    pub tried: Vec<Address>,
}

impl NewMessage {
    /// The row as delivery holds it, if it begins claimed.
    pub fn held(&self) -> Option<Held> {
        (self.begin == Begin::Claimed).then_some(())?;
        Some(Held {
            id: self.id,
            lane: self.lane,
            address: self.address.clone()?,
            person: self.person,
            unit: self.unit,
            language: self.language,
            message: Arc::new(self.message.clone()),
            edits: self.edits,
            fallbacks: self.fallbacks.clone(),
            attempts: 1,
            parts_sent: 0,
            repeated: 0,
            not_before: self.not_before,
            expires_at: self.expires_at,
            journey: Journey { asked_at: self.asked_at, ..Journey::default() },
        })
    }
}

#[derive(FromRow)]
struct HeldRow {
    id: OutboxId,
    lane: i64,
    bot: Option<String>,
    chat: Option<String>,
    person_id: Option<PersonId>,
    unit_id: Option<UnitId>,
    language: String,
    body: String,
    edits_id: Option<OutboxId>,
    fallbacks: String,
    attempts: i64,
    parts_sent: i64,
    repeated: i64,
    not_before: At,
    expires_at: Option<At>,
}

impl TryFrom<HeldRow> for Held {
    type Error = StoreError;
    fn try_from(row: HeldRow) -> Result<Self, StoreError> {
        let (Some(bot), Some(chat)) = (row.bot, row.chat) else {
            return Err(StoreError::Unreadable(format!("outbox row {} has no address", row.id.0)));
        };
        Ok(Self {
            id: row.id,
            lane: Lane::from_number(row.lane),
            address: Address { bot, chat },
            person: row.person_id,
            unit: row.unit_id,
            language: row.language.parse().map_err(StoreError::Unreadable)?,
            message: Arc::new(serde_json::from_str(&row.body)?),
            edits: row.edits_id,
            fallbacks: serde_json::from_str(&row.fallbacks)?,
            attempts: row.attempts,
            parts_sent: usize::try_from(row.parts_sent).unwrap_or_default(),
            repeated: row.repeated,
            not_before: row.not_before.0,
            expires_at: row.expires_at.map(|at| at.0),
            journey: Journey::default(),
        })
    }
}

/// How a held message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Sent,
    Dead,
    Cancelled,
}

impl End {
    fn state(self) -> State {
        match self {
            Self::Sent => State::Sent,
            Self::Dead => State::Dead,
            Self::Cancelled => State::Cancelled,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Finished {
    pub held: Held,
    pub end: End,
    pub external_id: Option<String>,
    /// Why it is dead.
    pub outcome: Option<String>,
    pub at: Instant,
}

#[derive(Serialize)]
struct FinishRow<'a> {
    id: OutboxId,
    state: State,
    bot: &'a str,
    chat: &'a str,
    person: Option<PersonId>,
    external_id: Option<&'a str>,
    fallbacks: String,
    attempts: i64,
    parts_sent: usize,
    repeated: i64,
    not_before: i64,
    done_at: i64,
    outcome: Option<&'a str>,
}

/// Queues messages in one statement; returns the ids that were not known already by their
/// dedupe key.
pub async fn insert(tx: &mut Tx, messages: &[NewMessage]) -> Result<Vec<OutboxId>, StoreError> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let rows = messages
        .iter()
        .map(|m| {
            Ok(InsertRow {
                id: m.id,
                lane: m.lane.number(),
                bot: m.address.as_ref().map(|a| a.bot.as_str()),
                chat: m.address.as_ref().map(|a| a.chat.as_str()),
                person: m.person,
                unit: m.unit,
                language: m.language,
                body: serde_json::to_string(&m.message)?,
                state: match m.begin {
                    Begin::Ready => State::Ready,
                    Begin::Claimed => State::Sending,
                    Begin::Unreachable | Begin::TooLate => State::Dead,
                },
                dedupe_key: m.dedupe_key.as_deref(),
                edits: m.edits,
                fallbacks: serde_json::to_string(&m.fallbacks)?,
                created_at: m.created_at.timestamp_millis(),
                not_before: m.not_before.timestamp_millis(),
                expires_at: m.expires_at.map(|at| at.timestamp_millis()),
                outcome: match m.begin {
                    Begin::Ready | Begin::Claimed => None,
                    Begin::Unreachable => Some("unreachable"),
                    Begin::TooLate => Some("expired"),
                },
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let ids = tx.all::<(OutboxId,)>(&INSERT, args![serde_json::to_string(&rows)?]).await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// Takes up to `limit` due messages of these bots, in the order they should go.
pub async fn claim(
    tx: &mut Tx,
    bots: &Bots,
    now: Instant,
    limit: u32,
) -> Result<Vec<Held>, StoreError> {
    let rows = tx.all(&CLAIM, args![bots.rows(), now, limit, bots.chat()]).await?;
    held(tx, rows, now).await
}

/// Which of these messages are claimed.
pub async fn claimed(tx: &mut Tx, ids: &[OutboxId]) -> Result<Vec<OutboxId>, StoreError> {
    let rows = tx.all::<(OutboxId,)>(&CLAIMED, args![serde_json::to_string(ids)?]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Takes over what an earlier run left unfinished. What it may have been sending counts as
/// repeated once; what would wait for longer than `longest` goes now.
pub async fn rescue(
    tx: &mut Tx,
    bots: &Bots,
    longest: TimeDelta,
    now: Instant,
) -> Result<Vec<Held>, StoreError> {
    let rows = tx.all(&RESCUE, args![bots.rows(), bots.chat(), now + longest, now]).await?;
    held(tx, rows, now).await
}

/// Gives back what was claimed and never begun, when stopping.
pub async fn release(tx: &mut Tx, ids: &[OutboxId], now: Instant) -> Result<(), StoreError> {
    tx.run(&RELEASE, args![serde_json::to_string(ids)?, now]).await.map(drop)
}

/// The rows in the order they should go. One that only another version of the program can read is
/// given up, so that it does not stand in everyone's way.
async fn held(tx: &mut Tx, rows: Vec<HeldRow>, now: Instant) -> Result<Vec<Held>, StoreError> {
    let mut held = Vec::with_capacity(rows.len());
    let mut unreadable = Vec::new();
    for row in rows {
        let id = row.id;
        match Held::try_from(row) {
            Ok(row) => held.push(row),
            Err(error) => {
                tracing::error!(message = id.0, %error, "a message cannot be read and is given up");
                unreadable.push(id);
            }
        }
    }
    if !unreadable.is_empty() {
        tx.run(&BURY, args![serde_json::to_string(&unreadable)?, now]).await?;
    }
    held.sort_by_key(|row| (row.lane, row.not_before, row.id));
    Ok(held)
}

/// Marks messages finished, in one statement by primary key. One that is finished already stays as
/// it is.
pub async fn finish(tx: &mut Tx, finished: &[Finished]) -> Result<u64, StoreError> {
    let rows = finished
        .iter()
        .map(|f| {
            Ok(FinishRow {
                id: f.held.id,
                state: f.end.state(),
                bot: &f.held.address.bot,
                chat: &f.held.address.chat,
                person: f.held.person,
                external_id: f.external_id.as_deref(),
                fallbacks: serde_json::to_string(&f.held.fallbacks)?,
                attempts: f.held.attempts,
                parts_sent: f.held.parts_sent,
                repeated: f.held.repeated,
                not_before: f.held.not_before.timestamp_millis(),
                done_at: f.at.timestamp_millis(),
                outcome: f.outcome.as_deref(),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    tx.run(&FINISH, args![serde_json::to_string(&rows)?]).await
}

/// Notes that messages wait for another try; delivery keeps holding them.
pub async fn hold(tx: &mut Tx, waiting: &[Held]) -> Result<(), StoreError> {
    let rows: Vec<_> = waiting
        .iter()
        .map(|held| {
            serde_json::json!({
                "id": held.id,
                "attempts": held.attempts,
                "parts_sent": held.parts_sent,
                "repeated": held.repeated,
                "not_before": held.not_before.timestamp_millis(),
            })
        })
        .collect();
    tx.run(&HOLD, args![serde_json::to_string(&rows)?]).await.map(drop)
}

/// Notes that held messages are being tried again.
pub async fn resume(tx: &mut Tx, ids: &[OutboxId]) -> Result<(), StoreError> {
    tx.run(&RESUME, args![serde_json::to_string(ids)?]).await.map(drop)
}

/// The platform's id of a message that was sent, and where it stands.
pub async fn external_id(
    tx: &mut Tx,
    id: OutboxId,
) -> Result<Option<(Address, String)>, StoreError> {
    let row = tx
        .maybe::<(Option<String>, Option<String>, Option<String>)>(&EXTERNAL_ID, args![id])
        .await?;
    Ok(row.and_then(|(bot, chat, id)| Some((Address { bot: bot?, chat: chat? }, id?))))
}

/// Notes where a message stands now that a later version of it was shown.
pub async fn set_external_id(
    tx: &mut Tx,
    id: OutboxId,
    address: &Address,
    external_id: &str,
) -> Result<(), StoreError> {
    tx.run(&SET_EXTERNAL_ID, args![id, &address.bot, &address.chat, external_id]).await.map(drop)
}

/// Whether a question was really shown, so that its numbers mean something.
pub async fn was_shown(tx: &mut Tx, id: OutboxId) -> Result<bool, StoreError> {
    let state = tx.maybe::<(State,)>(&STATE, args![id]).await?;
    Ok(state.is_some_and(|(state,)| matches!(state, State::Sent | State::Sending)))
}

/// When the next ready message falls due.
pub async fn next_due(tx: &mut Tx, bots: &Bots) -> Result<Option<Instant>, StoreError> {
    Ok(tx.one::<(Option<At>,)>(&NEXT_DUE, args![bots.rows(), bots.chat()]).await?.0.map(|at| at.0))
}

/// A message that was queued, while its text is kept; its buttons mean nothing any more.
pub async fn said(tx: &mut Tx, message: OutboxId) -> Result<Option<Message>, StoreError> {
    let body = tx.maybe::<(String,)>(&SAID, args![message]).await?;
    Ok(body.and_then(|(body,)| serde_json::from_str(&body).ok()))
}

/// Blanks the text of messages finished before an instant.
pub async fn forget_bodies(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET_BODIES, args![before]).await
}
