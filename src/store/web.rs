//! What stands on the screen of the web page's own chats.

use sqlx::FromRow;

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::message::Part;

statements! {
    ADD(Int, Text, Text, Bool, Text, Int) = ["INSERT INTO web_line
        (id, chat, line_key, from_person, part, shown_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (line_key) DO NOTHING"];
    BY_KEY(Text) = ["SELECT id FROM web_line WHERE line_key = $1"];
    REPLACE(Int, Text, Text) = ["UPDATE web_line SET part = $3 WHERE id = $1 AND chat = $2"];
    LAST(Text, Int) = ["SELECT id, from_person, part, shown_at FROM web_line WHERE chat = $1
        ORDER BY id DESC LIMIT $2"];
    EXPIRE(Int) = ["DELETE FROM web_line WHERE shown_at < $1"];
}

#[derive(FromRow)]
struct LineRow {
    id: i64,
    from_person: bool,
    part: String,
    shown_at: super::types::At,
}

/// One bubble of a chat.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub from_person: bool,
    pub part: Part,
    pub shown_at: Instant,
}

/// Adds a line; a line with a known key is not added again. Gives its id and whether it is new.
pub async fn add(
    tx: &mut Tx,
    chat: &str,
    key: &str,
    from_person: bool,
    part: &Part,
    now: Instant,
) -> Result<(i64, bool), StoreError> {
    let id = tx.new_id().await?;
    let body = serde_json::to_string(part)?;
    if tx.run(&ADD, args![id, chat, key, from_person, body, now]).await? == 1 {
        return Ok((id, true));
    }
    let (id,) = tx.one::<(i64,)>(&BY_KEY, args![key]).await?;
    Ok((id, false))
}

/// Replaces a line in place; `false` if it is not there.
pub async fn replace(tx: &mut Tx, chat: &str, id: i64, part: &Part) -> Result<bool, StoreError> {
    Ok(tx.run(&REPLACE, args![id, chat, serde_json::to_string(part)?]).await? == 1)
}

/// The newest lines of a chat, oldest first.
pub async fn last(tx: &mut Tx, chat: &str, limit: u32) -> Result<Vec<Line>, StoreError> {
    let mut lines = tx
        .all::<LineRow>(&LAST, args![chat, limit])
        .await?
        .into_iter()
        .map(|row| {
            Ok(Line {
                id: row.id,
                from_person: row.from_person,
                part: serde_json::from_str(&row.part)?,
                shown_at: row.shown_at.0,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    lines.reverse();
    Ok(lines)
}

/// Forgets lines shown before an instant.
pub async fn expire(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&EXPIRE, args![before]).await
}
