//! Where people stand in a dialogue, and what the buttons in front of them mean.

use serde::Serialize;
use sqlx::FromRow;

use super::types::{At, MaybeAt};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{ButtonId, OutboxId, PersonId, UnitId};
use crate::message::Phrase;
use crate::taps::Tap;

statements! {
    FIND(Rows) = ["SELECT bot, chat, sender, feature, position, question_id, options, expires_at
        FROM session WHERE (bot, chat, sender) IN
        (SELECT value->>'bot', value->>'chat', value->>'sender' FROM " ROWS ")"];
    SAVE(Rows) = ["INSERT INTO session
        (bot, chat, sender, feature, position, question_id, options, expires_at)
        SELECT value->>'bot', value->>'chat', value->>'sender', value->>'feature', value->>'position',
            CAST(value->>'question' AS BIGINT), value->>'options',
            CAST(value->>'expires_at' AS BIGINT)
        FROM " ROWS " WHERE TRUE
        ON CONFLICT (bot, chat, sender) DO UPDATE SET
            feature = excluded.feature, position = excluded.position,
            question_id = excluded.question_id, options = excluded.options,
            expires_at = excluded.expires_at"];
    ADD_BUTTONS(Rows) = ["INSERT INTO button
        (id, outbox_id, person_id, unit_id, tap, label, prompt_code, expires_at)
        SELECT CAST(value->>'id' AS BIGINT), CAST(value->>'outbox' AS BIGINT),
            CAST(value->>'person' AS BIGINT), CAST(value->>'unit' AS BIGINT), value->>'tap',
            value->>'label', CAST(value->>'prompt_code' AS BIGINT), CAST(value->>'expires_at' AS BIGINT)
        FROM " ROWS " WHERE TRUE"];
    BUTTON(Int) = ["SELECT b.id, b.outbox_id, b.person_id, b.unit_id, b.tap, b.label, b.prompt_code,
            b.expires_at, o.lane AS lane, o.edits_id AS edits_id, o.created_at AS made_at
        FROM button b LEFT JOIN outbox o ON o.id = b.outbox_id WHERE b.id = $1"];
    BUTTONS(Rows) = ["SELECT b.id, b.outbox_id, b.person_id, b.unit_id, b.tap, b.label, b.prompt_code,
            b.expires_at, o.lane AS lane, o.edits_id AS edits_id, o.created_at AS made_at
        FROM button b LEFT JOIN outbox o ON o.id = b.outbox_id
        WHERE b.id " IDS " ORDER BY b.id"];
    PROMPTED(Int, Int, Int) = ["SELECT b.id, b.outbox_id, b.person_id, b.unit_id, b.tap, b.label, b.prompt_code,
            b.expires_at, o.lane AS lane, o.edits_id AS edits_id, o.created_at AS made_at
        FROM button b LEFT JOIN outbox o ON o.id = b.outbox_id
        WHERE b.person_id = $1 AND b.prompt_code = $2 AND b.expires_at > $3 ORDER BY b.id DESC"];
    EXPIRE_BUTTONS(Int) = ["DELETE FROM button WHERE expires_at < $1"];
    EXPIRE(Int) = ["DELETE FROM session WHERE expires_at < $1"];
}

/// Whose session: a person may hold one dialogue per chat.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct SessionKey {
    pub bot: String,
    pub chat: String,
    pub sender: String,
}

/// A dialogue's position and the options of its last question.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Session {
    /// The feature whose dialogue is open, with its position as versioned JSON.
    pub dialogue: Option<(String, String)>,
    /// The message that asked last.
    pub question: Option<OutboxId>,
    /// The question's buttons, in the order they are numbered.
    pub options: Vec<ButtonId>,
    pub expires_at: Instant,
}

#[derive(FromRow)]
struct SessionRow {
    bot: String,
    chat: String,
    sender: String,
    feature: Option<String>,
    position: Option<String>,
    question_id: Option<OutboxId>,
    options: String,
    expires_at: At,
}

#[derive(Serialize)]
struct SaveRow<'a> {
    #[serde(flatten)]
    key: &'a SessionKey,
    feature: Option<&'a str>,
    position: Option<&'a str>,
    question: Option<OutboxId>,
    options: String,
    expires_at: i64,
}

/// A button as it is queued with its message.
#[derive(Serialize)]
pub struct NewButton {
    pub id: ButtonId,
    pub outbox: OutboxId,
    /// Who may tap; `None` with a unit: any member of that branch.
    pub person: Option<PersonId>,
    pub unit: Option<UnitId>,
    /// [`Tap`] as JSON.
    pub tap: String,
    /// [`Phrase`] as JSON.
    pub label: String,
    pub prompt_code: Option<u32>,
    /// Epoch milliseconds.
    pub expires_at: i64,
}

#[derive(FromRow)]
struct ButtonRow {
    id: ButtonId,
    outbox_id: OutboxId,
    person_id: Option<PersonId>,
    unit_id: Option<UnitId>,
    tap: String,
    label: String,
    prompt_code: Option<i64>,
    expires_at: At,
    lane: Option<i64>,
    edits_id: Option<OutboxId>,
    #[sqlx(try_from = "MaybeAt")]
    made_at: Option<Instant>,
}

/// A button somebody tapped, or typed.
#[derive(Clone, Debug)]
pub struct TappedButton {
    pub id: ButtonId,
    pub outbox: OutboxId,
    /// The message on the screen: the first of those that replaced each other in place.
    pub shown_as: OutboxId,
    pub person: Option<PersonId>,
    pub unit: Option<UnitId>,
    pub tap: Tap,
    pub label: Phrase,
    pub prompt_code: Option<i64>,
    pub expires_at: Instant,
    /// When the message was written that it stands under.
    pub made_at: Option<Instant>,
    /// Whether it stands under a message nobody asked for.
    pub unsolicited: bool,
}

impl TryFrom<ButtonRow> for TappedButton {
    type Error = StoreError;
    fn try_from(row: ButtonRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            outbox: row.outbox_id,
            shown_as: row.edits_id.unwrap_or(row.outbox_id),
            person: row.person_id,
            unit: row.unit_id,
            tap: serde_json::from_str(&row.tap)?,
            label: serde_json::from_str(&row.label)?,
            prompt_code: row.prompt_code,
            expires_at: row.expires_at.0,
            made_at: row.made_at,
            unsolicited: row.lane.is_some_and(|lane| lane > 0),
        })
    }
}

/// The sessions with these keys.
pub async fn find(
    tx: &mut Tx,
    keys: &[SessionKey],
) -> Result<Vec<(SessionKey, Session)>, StoreError> {
    tx.all::<SessionRow>(&FIND, args![serde_json::to_string(keys)?])
        .await?
        .into_iter()
        .map(|row| {
            let key = SessionKey { bot: row.bot, chat: row.chat, sender: row.sender };
            let session = Session {
                dialogue: row.feature.zip(row.position),
                question: row.question_id,
                options: serde_json::from_str(&row.options)?,
                expires_at: row.expires_at.0,
            };
            Ok((key, session))
        })
        .collect()
}

/// Keeps sessions, each in place of what was kept under its key.
pub async fn save(tx: &mut Tx, sessions: &[(SessionKey, Session)]) -> Result<(), StoreError> {
    let rows = sessions
        .iter()
        .map(|(key, session)| {
            let dialogue = session.dialogue.as_ref();
            Ok(SaveRow {
                key,
                feature: dialogue.map(|(feature, _)| feature.as_str()),
                position: dialogue.map(|(_, position)| position.as_str()),
                question: session.question,
                options: serde_json::to_string(&session.options)?,
                expires_at: session.expires_at.timestamp_millis(),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    tx.run(&SAVE, args![serde_json::to_string(&rows)?]).await.map(drop)
}

pub async fn add_buttons(tx: &mut Tx, buttons: &[NewButton]) -> Result<(), StoreError> {
    tx.run(&ADD_BUTTONS, args![serde_json::to_string(buttons)?]).await.map(drop)
}

/// The button with this id, if it was not forgotten yet.
pub async fn button(tx: &mut Tx, id: ButtonId) -> Result<Option<TappedButton>, StoreError> {
    tx.maybe::<ButtonRow>(&BUTTON, args![id]).await?.map(TryInto::try_into).transpose()
}

/// The buttons with these ids, in the order they were made.
pub async fn buttons(tx: &mut Tx, ids: &[ButtonId]) -> Result<Vec<TappedButton>, StoreError> {
    let rows = tx.all::<ButtonRow>(&BUTTONS, args![serde_json::to_string(ids)?]).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A person's live buttons under the prompts with this code, newest first.
pub async fn prompted(
    tx: &mut Tx,
    person: PersonId,
    code: i64,
    now: Instant,
) -> Result<Vec<TappedButton>, StoreError> {
    let rows = tx.all::<ButtonRow>(&PROMPTED, args![person, code, now]).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Forgets sessions and buttons that expired before an instant.
pub async fn expire(tx: &mut Tx, before: Instant) -> Result<(), StoreError> {
    tx.run(&EXPIRE, args![before]).await?;
    tx.run(&EXPIRE_BUTTONS, args![before]).await.map(drop)
}
