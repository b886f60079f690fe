//! Facts about this installation.

use super::{StoreError, Tx, args, statements};

statements! {
    GET(Text) = ["SELECT value FROM installation WHERE name = $1"];
    SET(Text, Text) = ["INSERT INTO installation (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value"];
    SET_ONCE(Text, Text) = ["INSERT INTO installation (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO NOTHING"];
    FORGET(Text) = ["DELETE FROM installation WHERE name = $1"];
    EMPTY() = ["SELECT CAST(COUNT(*) AS BIGINT) FROM unit"];
}

const DEMO: &str = "demo";
const INVITE_KEY: &str = "invite_key";
/// Named in `engine/file.rs` as well.
const WRITTEN_BY: &str = "written_by";
const SCRUB: &str = "scrub";
const FOLDING: &str = "folding";

/// Whether the people in this database are invented.
pub async fn is_demo(tx: &mut Tx) -> Result<bool, StoreError> {
    let value = tx.maybe::<(String,)>(&GET, args![DEMO]).await?;
    Ok(value.is_some_and(|(value,)| value == "true"))
}

pub async fn mark_demo(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&SET, args![DEMO, "true"]).await.map(drop)
}

/// The key of the invitations' digests: the one kept, or `fresh` if there was none.
pub async fn invite_key(tx: &mut Tx, fresh: &str) -> Result<String, StoreError> {
    tx.run(&SET_ONCE, args![INVITE_KEY, fresh]).await?;
    let (key,) = tx.one::<(String,)>(&GET, args![INVITE_KEY]).await?;
    Ok(key)
}

/// By which version the keys were folded that are stored; `None`: before versions were kept.
pub async fn folding(tx: &mut Tx) -> Result<Option<String>, StoreError> {
    Ok(tx.maybe::<(String,)>(&GET, args![FOLDING]).await?.map(|(version,)| version))
}

pub async fn set_folding(tx: &mut Tx, version: &str) -> Result<(), StoreError> {
    tx.run(&SET, args![FOLDING, version]).await.map(drop)
}

/// Whether no organisation has been loaded yet.
pub async fn is_empty(tx: &mut Tx) -> Result<bool, StoreError> {
    let (units,) = tx.one::<(i64,)>(&EMPTY, args![]).await?;
    Ok(units == 0)
}

/// The version of the program that brought the schema up to what it is; `None`: one that did not say.
pub(super) async fn written_by(tx: &mut Tx) -> Result<Option<String>, StoreError> {
    Ok(tx.maybe::<(String,)>(&GET, args![WRITTEN_BY]).await?.map(|(version,)| version))
}

pub(super) async fn note_written_by(tx: &mut Tx, version: &str) -> Result<(), StoreError> {
    tx.run(&SET, args![WRITTEN_BY, version]).await.map(drop)
}

/// Whether the files of the database still hold what was erased from it.
pub async fn must_be_scrubbed(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.maybe::<(String,)>(&GET, args![SCRUB]).await?.is_some())
}

/// Notes that something was erased, in the commit that does it.
pub async fn note_unscrubbed(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&SET, args![SCRUB, "due"]).await.map(drop)
}

pub async fn note_scrubbed(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&FORGET, args![SCRUB]).await.map(drop)
}
