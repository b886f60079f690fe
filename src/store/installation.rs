//! Facts about this installation.

use super::{StoreError, Tx, args, statements};

statements! {
    GET(Text) = ["SELECT value FROM installation WHERE name = $1"];
    SET(Text, Text) = ["INSERT INTO installation (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value"];
    SET_ONCE(Text, Text) = ["INSERT INTO installation (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO NOTHING"];
    EMPTY() = ["SELECT CAST(COUNT(*) AS BIGINT) FROM unit"];
}

const DEMO: &str = "demo";
const INVITE_KEY: &str = "invite_key";
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
