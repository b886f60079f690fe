//! What is stored folded: the keys of names, and under which other keys a name is looked for in what people
//! type. All of it is made anew when folding has changed.

use serde::Serialize;
use serde_json::json;

use super::{Db, StoreError, Tx, args, installation, statements};
use crate::domain::ids::PersonId;
use crate::domain::name::Name;
use crate::domain::text::{FOLDING, fold};
use crate::domain::written;

statements! {
    /// Two processes that start together fold one after the other. SQLite has one writer anyway.
    ALONE() = [
        sqlite "SELECT CAST(1 AS BIGINT)"
        postgres "SELECT CAST(1 AS BIGINT) FROM pg_advisory_xact_lock(7203150022)"];
    AFTER(Int, Int) = ["SELECT id, code, name FROM person WHERE id > $1 ORDER BY id LIMIT $2"];
    /// Whoever was put down by a version that knew no variants.
    UNKEPT(Int, Int) = ["SELECT p.id, p.code, p.name FROM person p WHERE p.id > $1 AND p.name <> p.code
        AND NOT EXISTS (SELECT 1 FROM name_variant v WHERE v.person_id = p.id) ORDER BY p.id LIMIT $2"];
    UNITS() = ["SELECT id, name FROM unit"];
    FOLD_PEOPLE(Rows) = ["UPDATE person SET name_key = f.folded
        FROM (SELECT CAST(value->>'id' AS BIGINT) AS id, value->>'folded' AS folded FROM " ROWS ") AS f
        WHERE person.id = f.id AND person.name_key <> f.folded"];
    FOLD_UNITS(Rows) = ["UPDATE unit SET name_key = f.folded
        FROM (SELECT CAST(value->>'id' AS BIGINT) AS id, value->>'folded' AS folded FROM " ROWS ") AS f
        WHERE unit.id = f.id AND unit.name_key <> f.folded"];
    KEEP(Rows) = ["INSERT INTO name_variant (key, person_id)
        SELECT value->>'key', CAST(value->>'person' AS BIGINT) FROM " ROWS " WHERE TRUE
        ON CONFLICT (key, person_id) DO NOTHING"];
    NAMED(Rows) = ["SELECT id, name FROM person WHERE name <> code AND id " IDS];
    /// What people were called before, and are called beside.
    OTHERS(Rows) = ["SELECT person_id, value FROM person_fact
        WHERE kind = 'other_names' AND to_on IS NULL AND person_id " IDS];
    FORGET(Rows) = ["DELETE FROM name_variant WHERE person_id " IDS];
    FORGET_ALL() = ["DELETE FROM name_variant"];
}

/// So many people are folded by one statement.
const BLOCK: i64 = 2_000;
/// The variants of so many names are kept by one statement.
const NAMES_AT_ONCE: usize = 2_000;

type Row = (PersonId, String, String);

/// Keeps the variants of names.
pub async fn keep<'n>(
    tx: &mut Tx,
    names: impl IntoIterator<Item = (PersonId, &'n Name)>,
) -> Result<(), StoreError> {
    #[derive(Serialize)]
    struct Variant {
        key: String,
        person: i64,
    }
    let names: Vec<(PersonId, &Name)> = names.into_iter().collect();
    for block in names.chunks(NAMES_AT_ONCE) {
        let mut rows = Vec::new();
        for (person, name) in block {
            let variants = name.variants().into_iter();
            rows.extend(variants.map(|key| Variant { key, person: person.0 }));
        }
        tx.run(&KEEP, args![serde_json::to_string(&rows)?]).await?;
    }
    Ok(())
}

/// Makes the variants of people anew, of all names that they have.
pub async fn keep_of(tx: &mut Tx, people: &[PersonId]) -> Result<(), StoreError> {
    let ids = serde_json::to_string(people)?;
    tx.run(&FORGET, args![&ids]).await?;
    let named: Vec<(PersonId, String)> = tx.all(&NAMED, args![&ids]).await?;
    let others: Vec<(PersonId, String)> = tx.all(&OTHERS, args![&ids]).await?;
    let all = named.iter().chain(&others);
    let names: Vec<(PersonId, Name)> = all
        .flat_map(|(person, names)| Name::each(names).into_iter().map(move |name| (*person, name)))
        .collect();
    keep(tx, names.iter().map(|(person, name)| (*person, name))).await
}

/// The version of all that is stored folded.
fn version() -> String {
    format!("{FOLDING}.{}", written::KEYS)
}

/// Folds anew what is stored folded, if that was done by another version, and keeps the variants of whoever
/// has none. Does nothing a second time.
pub async fn refresh(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let is_current = installation::folding(&mut tx).await? == Some(version());
    let unkept = tx.maybe::<Row>(&UNKEPT, args![0_i64, 1_i64]).await?;
    tx.rollback().await?;
    if is_current && unkept.is_none() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    tx.one::<(i64,)>(&ALONE, args![]).await?;
    if installation::folding(&mut tx).await? == Some(version()) {
        keep_unkept(&mut tx).await?;
    } else {
        fold_all(&mut tx).await?;
        installation::set_folding(&mut tx, &version()).await?;
    }
    tx.commit().await
}

async fn keep_unkept(tx: &mut Tx) -> Result<(), StoreError> {
    let mut last = 0_i64;
    loop {
        let block: Vec<Row> = tx.all(&UNKEPT, args![last, BLOCK]).await?;
        let Some((id, ..)) = block.last() else { return Ok(()) };
        last = id.0;
        fold_block(tx, &block).await?;
    }
}

async fn fold_all(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&FORGET_ALL, args![]).await?;
    let mut last = 0_i64;
    loop {
        let block: Vec<Row> = tx.all(&AFTER, args![last, BLOCK]).await?;
        let Some((id, ..)) = block.last() else { break };
        last = id.0;
        fold_block(tx, &block).await?;
    }
    let units: Vec<(i64, String)> = tx.all(&UNITS, args![]).await?;
    let folded = units.iter().map(|(id, name)| json!({ "id": id, "folded": fold(name) }));
    tx.run(&FOLD_UNITS, args![serde_json::Value::from_iter(folded).to_string()]).await.map(drop)
}

/// Of whoever was erased the code stands where the name did.
async fn fold_block(tx: &mut Tx, block: &[Row]) -> Result<(), StoreError> {
    let folded = block.iter().map(|(id, _, name)| json!({ "id": id.0, "folded": fold(name) }));
    let folded = serde_json::Value::from_iter(folded).to_string();
    tx.run(&FOLD_PEOPLE, args![folded]).await?;
    let ids: Vec<PersonId> = block.iter().map(|(id, ..)| *id).collect();
    keep_of(tx, &ids).await
}
