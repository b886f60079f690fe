//! Accounts on channels, and the group chats of branches.

use sqlx::FromRow;

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::quiet::Rest;
use crate::message::Address;

/// Whoever died speaks and is spoken to no more, for as long as that stands.
macro_rules! lives {
    () => {
        "NOT EXISTS (SELECT 1 FROM candidate_case c JOIN case_step k ON k.case_id = c.id
            WHERE c.person_id = a.person_id AND k.step = 'died' AND k.reverses_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM case_step r
                WHERE r.case_id = k.case_id AND r.reverses_id = k.id))"
    };
}

statements! {
    /// The accounts among the given `{bot, sender}` pairs.
    FIND(Rows) = ["SELECT a.id, a.bot, a.external_id, a.person_id, a.chat, a.reachable
        FROM account a
        WHERE (a.bot, a.external_id) IN (SELECT value->>'bot', value->>'sender' FROM " ROWS ")
        AND " (lives!)];
    OF_PERSONS(Rows) = ["SELECT a.id, a.bot, a.external_id, a.person_id, a.chat, a.reachable,
            s.quiet
        FROM account a LEFT JOIN person_setting s ON s.person_id = a.person_id
        WHERE a.person_id " IDS " AND " (lives!) "
        ORDER BY CASE WHEN a.id = s.account_id THEN 0 ELSE 1 END,
            CASE WHEN a.bot = 'console' THEN 1 ELSE 0 END, a.bound_at DESC, a.id DESC"];
    BIND(Int, Text, Text, Int, Text, Int) = ["INSERT INTO account
        (id, bot, external_id, person_id, chat, reachable, bound_at)
        VALUES ($1, $2, $3, $4, $5, TRUE, $6)
        ON CONFLICT (bot, external_id) DO UPDATE SET
            person_id = excluded.person_id, chat = excluded.chat, reachable = TRUE,
            bound_at = excluded.bound_at"];
    REACH(Text, Text, Bool) = ["UPDATE account SET reachable = $3 WHERE bot = $1 AND chat = $2"];
    MOVE(Text, Text, Text) = ["UPDATE account SET chat = $3 WHERE bot = $1 AND chat = $2"];
    GROUP_OF(Int) = ["SELECT unit_id, bot, chat FROM group_chat
        WHERE unit_id = $1 AND unbound_at IS NULL"];
    GROUP_AT(Text, Text) = ["SELECT unit_id, bot, chat FROM group_chat
        WHERE bot = $1 AND chat = $2 AND unbound_at IS NULL"];
    BIND_GROUP(Int, Int, Text, Text, Int, Int) = ["INSERT INTO group_chat
        (id, unit_id, bot, chat, bound_by, bound_at) VALUES ($1, $2, $3, $4, $5, $6)"];
    UNBIND_GROUP(Int, Int) = ["UPDATE group_chat SET unbound_at = $2
        WHERE unit_id = $1 AND unbound_at IS NULL"];
    MOVE_GROUP(Text, Text, Text) = ["UPDATE group_chat SET chat = $3
        WHERE bot = $1 AND chat = $2 AND unbound_at IS NULL"];
    UNBIND_CHAT(Text, Text, Int) = ["UPDATE group_chat SET unbound_at = $3
        WHERE bot = $1 AND chat = $2 AND unbound_at IS NULL"];
}

#[derive(Clone, Debug, FromRow)]
pub struct Account {
    pub id: i64,
    pub bot: String,
    pub external_id: String,
    pub person_id: PersonId,
    /// The private chat to write to.
    pub chat: String,
    pub reachable: bool,
    /// What the person chose of quiet hours; only where accounts are looked up to write to them.
    #[sqlx(default)]
    quiet: Option<String>,
}

impl Account {
    /// Where the person is written to by it.
    pub fn address(&self) -> Address {
        Address { bot: self.bot.clone(), chat: self.chat.clone() }
    }

    /// When the person does not want to be written to.
    pub fn rest(&self) -> Rest {
        self.quiet.as_deref().and_then(|quiet| quiet.parse().ok()).unwrap_or_default()
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct GroupChat {
    pub unit_id: UnitId,
    pub bot: String,
    pub chat: String,
}

/// The accounts behind these (bot, sender) pairs.
pub async fn find(tx: &mut Tx, senders: &[(&str, &str)]) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<_> = senders
        .iter()
        .map(|(bot, sender)| serde_json::json!({ "bot": bot, "sender": sender }))
        .collect();
    tx.all(&FIND, args![serde_json::to_string(&rows)?]).await
}

/// The accounts of these persons: the one they chose, then the newest first; the console, which is read only while somebody sits
/// at it, last.
pub async fn of_persons(tx: &mut Tx, persons: &[PersonId]) -> Result<Vec<Account>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    tx.all(&OF_PERSONS, args![serde_json::to_string(persons)?]).await
}

/// Lets an account speak for a person from `now` on.
pub async fn bind(
    tx: &mut Tx,
    bot: &str,
    external_id: &str,
    person: PersonId,
    chat: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    tx.run(&BIND, args![id, bot, external_id, person, chat, now]).await.map(drop)
}

/// Notes that a private chat can be written to; `false` if it is nobody's.
pub async fn set_reachable(tx: &mut Tx, address: &Address) -> Result<bool, StoreError> {
    Ok(tx.run(&REACH, args![&address.bot, &address.chat, true]).await? > 0)
}

/// Notes that a private chat cannot be written to any more; `false` if it is nobody's.
pub async fn set_unreachable(tx: &mut Tx, address: &Address) -> Result<bool, StoreError> {
    Ok(tx.run(&REACH, args![&address.bot, &address.chat, false]).await? > 0)
}

/// Follows a chat, private or group, to its new id. A chat is the group of one branch: if the new
/// one is bound already, the branch of the old one is left without.
pub async fn follow(tx: &mut Tx, from: &Address, to: &str, now: Instant) -> Result<(), StoreError> {
    tx.run(&MOVE, args![&from.bot, &from.chat, to]).await?;
    let target = Address { bot: from.bot.clone(), chat: to.to_owned() };
    let taken = target != *from && group_at(tx, &target).await?.is_some();
    match taken {
        true => tx.run(&UNBIND_CHAT, args![&from.bot, &from.chat, now]).await.map(drop),
        false => tx.run(&MOVE_GROUP, args![&from.bot, &from.chat, to]).await.map(drop),
    }
}

/// The group chat of a branch.
pub async fn group_of(tx: &mut Tx, unit: UnitId) -> Result<Option<GroupChat>, StoreError> {
    tx.maybe(&GROUP_OF, args![unit]).await
}

/// The branch whose group this chat is.
pub async fn group_at(tx: &mut Tx, address: &Address) -> Result<Option<GroupChat>, StoreError> {
    tx.maybe(&GROUP_AT, args![&address.bot, &address.chat]).await
}

/// Makes a chat the group of a branch, in place of the one it had.
pub async fn bind_group(
    tx: &mut Tx,
    unit: UnitId,
    address: &Address,
    by: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    unbind_group(tx, unit, now).await?;
    let id = tx.new_id().await?;
    tx.run(&BIND_GROUP, args![id, unit, &address.bot, &address.chat, by, now]).await.map(drop)
}

/// Leaves a branch without a group chat.
pub async fn unbind_group(tx: &mut Tx, unit: UnitId, now: Instant) -> Result<bool, StoreError> {
    Ok(tx.run(&UNBIND_GROUP, args![unit, now]).await? > 0)
}
