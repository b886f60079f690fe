//! Chats whose menu of commands is to be shown anew.

use sqlx::FromRow;

use super::{Bots, StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::message::Address;

statements! {
    OF_CHAT(Text, Text, Int) = ["INSERT INTO menu_due (bot, chat, since) VALUES ($1, $2, $3)
        ON CONFLICT (bot, chat) DO UPDATE SET since = excluded.since"];
    /// Of each account of these persons.
    OF_PERSONS(Rows, Int) = ["INSERT INTO menu_due (bot, chat, since)
        SELECT DISTINCT bot, chat, $2 FROM account WHERE person_id " IDS "
        ON CONFLICT (bot, chat) DO UPDATE SET since = excluded.since"];
    DUE(Rows, MaybeText, Int) = ["SELECT m.bot, m.chat, m.since, MIN(a.person_id) AS person_id
        FROM menu_due m LEFT JOIN account a ON a.bot = m.bot AND a.chat = m.chat
        WHERE m.bot IN (SELECT value->>'bot' FROM " ROWS ")
        AND (CAST($2 AS TEXT) IS NULL OR m.chat = $2)
        GROUP BY m.bot, m.chat, m.since ORDER BY m.since, m.bot, m.chat LIMIT $3"];
    EXPIRE(Int) = ["DELETE FROM menu_due WHERE since <= $1"];
    /// Unless it has become due again since.
    SHOWN(Text, Text, Int) = ["DELETE FROM menu_due WHERE bot = $1 AND chat = $2 AND since = $3"];
}

/// A chat whose menu is to be shown anew.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Due {
    pub bot: String,
    pub chat: String,
    since: i64,
    /// Who sits there.
    pub person_id: Option<PersonId>,
}

/// The table: after a transaction that wrote to it there is something to show.
pub const TABLE: &str = "menu_due";

pub async fn of_chat(tx: &mut Tx, at: &Address, now: Instant) -> Result<(), StoreError> {
    tx.run(&OF_CHAT, args![&at.bot, &at.chat, now]).await.map(drop)
}

pub async fn of_persons(tx: &mut Tx, persons: &[PersonId], now: Instant) -> Result<(), StoreError> {
    if persons.is_empty() {
        return Ok(());
    }
    tx.run(&OF_PERSONS, args![serde_json::to_string(persons)?, now]).await.map(drop)
}

/// The menus of these bots' chats that are to be shown anew, those that have waited longest first.
pub async fn due(tx: &mut Tx, bots: &Bots, limit: u32) -> Result<Vec<Due>, StoreError> {
    tx.all(&DUE, args![bots.rows(), bots.chat(), i64::from(limit)]).await
}

/// Notes that a menu was shown.
pub async fn shown(tx: &mut Tx, due: &Due) -> Result<(), StoreError> {
    tx.run(&SHOWN, args![&due.bot, &due.chat, due.since]).await.map(drop)
}

/// Forgets menus that nobody has shown until then: no process speaks for their bots any more. Whoever begins to
/// shows all of them.
pub async fn expire(tx: &mut Tx, until: Instant) -> Result<(), StoreError> {
    tx.run(&EXPIRE, args![until]).await.map(drop)
}
