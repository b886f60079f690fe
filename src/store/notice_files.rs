//! The files that go with notices: what a page handed over and is not decided on yet, the one of a
//! draft, and the one of a notice that was sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sqlx::FromRow;

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::attachment::HEAD;
use crate::domain::ids::{NoticeId, PersonId};
use crate::domain::typed::Typed;

statements! {
    KEEP(Int, Int, Text, Text, Int, Text, Int) = ["INSERT INTO notice_file
        (id, sender_id, form_key, state, name, size, content, arrived_at)
        VALUES ($1, $2, $3, 'arrived', $4, $5, $6, $7) ON CONFLICT (form_key) DO NOTHING"];
    /// What its sender has handed over with this content and no notice has taken.
    ALIKE(Int, Int, Text) = ["SELECT id FROM notice_file
        WHERE sender_id = $1 AND size = $2 AND content = $3 AND state <> 'sent'
        ORDER BY id LIMIT 1"];
    BY_FORM(Text) = ["SELECT id FROM notice_file WHERE form_key = $1"];
    /// Of the content no more than its kind is known by.
    AT_HAND(Int, Int) = ["SELECT SUBSTR(content, 1, 24) AS head FROM notice_file
        WHERE id = $1 AND sender_id = $2 AND state <> 'sent'"];
    DISCARD(Int, Int) = ["DELETE FROM notice_file
        WHERE id = $1 AND sender_id = $2 AND state = 'arrived'"];
    ATTACH(Int, Text) = ["UPDATE notice_file SET state = 'draft', name = $2
        WHERE id = $1 AND state <> 'sent'"];
    REPLACE(Int, Int) = ["DELETE FROM notice_file
        WHERE sender_id = $1 AND state = 'draft' AND id <> $2"];
    DETACH(Int) = ["DELETE FROM notice_file WHERE sender_id = $1 AND state = 'draft'"];
    OF_DRAFT(Int) = ["SELECT name, size FROM notice_file
        WHERE sender_id = $1 AND state = 'draft'"];
    ID_OF_DRAFT(Int) = ["SELECT id FROM notice_file WHERE sender_id = $1 AND state = 'draft'"];
    SEND(Int, Int) = ["UPDATE notice_file SET state = 'sent', notice_id = $2
        WHERE sender_id = $1 AND state = 'draft'"];
    OF_NOTICE(Int) = ["SELECT name, size FROM notice_file WHERE notice_id = $1"];
    CONTENT(Int) = ["SELECT name, content FROM notice_file WHERE notice_id = $1"];
    FORGET(Int) = ["DELETE FROM notice_file WHERE notice_id IN (SELECT id FROM notice
        WHERE sent_at < $1 AND body <> '' AND reminder <> 'planned')"];
    EXPIRE(Int) = ["DELETE FROM notice_file WHERE state = 'arrived' AND arrived_at < $1"];
}

/// A file as people are told of it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Described {
    pub name: Typed,
    /// In bytes.
    pub size: i64,
}

/// Keeps a file until it is decided on, once per `form_key` and content, and gives its id.
pub async fn keep(
    tx: &mut Tx,
    sender: PersonId,
    form_key: &str,
    name: &str,
    bytes: &[u8],
    now: Instant,
) -> Result<i64, StoreError> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let content = STANDARD.encode(bytes);
    if let Some((id,)) = tx.maybe::<(i64,)>(&ALIKE, args![sender, size, &content]).await? {
        return Ok(id);
    }
    let id = tx.new_id().await?;
    tx.run(&KEEP, args![id, sender, form_key, name, size, content, now]).await?;
    Ok(by_form(tx, form_key).await?.unwrap_or(id))
}

/// The one that was kept under the key of a form, if it is still there.
pub async fn by_form(tx: &mut Tx, form_key: &str) -> Result<Option<i64>, StoreError> {
    Ok(tx.maybe::<(i64,)>(&BY_FORM, args![form_key]).await?.map(|(id,)| id))
}

/// The first bytes, [`HEAD`] at most, of one that was handed over by this person and that no notice has
/// taken.
pub async fn at_hand(
    tx: &mut Tx,
    id: i64,
    sender: PersonId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some((head,)) = tx.maybe::<(String,)>(&AT_HAND, args![id, sender]).await? else {
        return Ok(None);
    };
    let mut head = decoded(&head)?;
    head.truncate(HEAD);
    Ok(Some(head))
}

/// Deletes one that arrived from this person and was not taken.
pub async fn discard(tx: &mut Tx, id: i64, sender: PersonId) -> Result<(), StoreError> {
    tx.run(&DISCARD, args![id, sender]).await.map(drop)
}

/// Puts one that is at hand to its sender's draft under this name, in place of another that was there.
pub async fn attach(tx: &mut Tx, id: i64, sender: PersonId, name: &str) -> Result<(), StoreError> {
    tx.run(&REPLACE, args![sender, id]).await?;
    tx.run(&ATTACH, args![id, name]).await.map(drop)
}

/// Deletes the file of a draft.
pub async fn detach(tx: &mut Tx, sender: PersonId) -> Result<(), StoreError> {
    tx.run(&DETACH, args![sender]).await.map(drop)
}

pub async fn of_draft(tx: &mut Tx, sender: PersonId) -> Result<Option<Described>, StoreError> {
    tx.maybe(&OF_DRAFT, args![sender]).await
}

/// Which one goes with the draft.
pub async fn id_of_draft(tx: &mut Tx, sender: PersonId) -> Result<Option<i64>, StoreError> {
    Ok(tx.maybe::<(i64,)>(&ID_OF_DRAFT, args![sender]).await?.map(|(id,)| id))
}

/// What went with the draft goes with the notice from now on.
pub async fn send(tx: &mut Tx, sender: PersonId, notice: NoticeId) -> Result<(), StoreError> {
    tx.run(&SEND, args![sender, notice]).await.map(drop)
}

pub async fn of_notice(tx: &mut Tx, notice: NoticeId) -> Result<Option<Described>, StoreError> {
    tx.maybe(&OF_NOTICE, args![notice]).await
}

/// The name and the bytes of a notice's file.
pub async fn content(
    tx: &mut Tx,
    notice: NoticeId,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let row = tx.maybe::<(String, String)>(&CONTENT, args![notice]).await?;
    row.map(|(name, content)| Ok((name, decoded(&content)?))).transpose()
}

/// Deletes the files of notices whose text is forgotten now, too.
pub(super) async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, args![before]).await
}

/// Deletes what arrived before an instant and was never decided on: the same form sent again after
/// the first one was done with.
pub async fn expire(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&EXPIRE, args![before]).await
}

fn decoded(content: &str) -> Result<Vec<u8>, StoreError> {
    STANDARD.decode(content).map_err(|_| StoreError::Unreadable("the content of a file".to_owned()))
}
