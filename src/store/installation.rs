//! Facts about this installation.

use std::collections::{BTreeSet, HashMap};

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;

statements! {
    ALL() = ["SELECT name, value FROM installation"];
    GET(Text) = ["SELECT value FROM installation WHERE name = $1"];
    SET(Text, Text) = ["INSERT INTO installation (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value"];
    SET_ONCE(Text, Text) = ["INSERT INTO installation (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO NOTHING"];
    CHANGE(Text, Text, Text) = ["UPDATE installation SET value = $3 WHERE name = $1 AND value = $2"];
    FORGET(Text, Text) = ["DELETE FROM installation WHERE name = $1 AND value = $2"];
    EMPTY() = ["SELECT CAST(COUNT(*) AS BIGINT) FROM unit"];
}

const DEMO: &str = "demo";
const INVITE_KEY: &str = "invite_key";
/// Named in `engine/file.rs` as well.
const WRITTEN_BY: &str = "written_by";
const SCRUB: &str = "scrub";
/// What the note of [`SCRUB`] begins with, before when it was made: nothing was rewritten yet, only the log is
/// left, or the tables that it names.
const DUE: &str = "due";
const LOG: &str = "log";
const TABLES: &str = "tables";
const FOLDING: &str = "folding";
const LOCALITY: &str = "org_locality";
const ZONE: &str = "org_timezone";
const LANGUAGE: &str = "org_language";
const TERM_START: &str = "org_term_start";

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

/// What is known of the organisation beside its units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Of the line of place and date on papers.
    pub locality: Option<String>,
    /// IANA name.
    pub zone: Option<String>,
    /// As [`crate::domain::language::Language`] writes it.
    pub language: Option<String>,
    /// The first day of the term, YYYY-MM-DD.
    pub term_start: Option<String>,
}

pub async fn organisation(tx: &mut Tx) -> Result<Organisation, StoreError> {
    let kept: HashMap<String, String> =
        tx.all::<(String, String)>(&ALL, args![]).await?.into_iter().collect();
    let of = |name: &str| kept.get(name).cloned();
    Ok(Organisation {
        locality: of(LOCALITY),
        zone: of(ZONE),
        language: of(LANGUAGE),
        term_start: of(TERM_START),
    })
}

/// Keeps what is known of the organisation; what is not stays as it was.
pub async fn set_organisation(tx: &mut Tx, known: &Organisation) -> Result<(), StoreError> {
    let facts = [
        (LOCALITY, &known.locality),
        (ZONE, &known.zone),
        (LANGUAGE, &known.language),
        (TERM_START, &known.term_start),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            tx.run(&SET, args![name, value]).await?;
        }
    }
    Ok(())
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

/// What still holds something of what was erased from a database, after it was rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left<'a> {
    Nothing,
    /// SQLite's log: it was being read.
    Log,
    /// These tables of PostgreSQL: they could not be rewritten.
    Tables(&'a [&'static str]),
}

/// That something was erased and is still in the files: the note as it was read, so that one of a later
/// erasure is not taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscrubbed(String);

impl Unscrubbed {
    pub fn is_log_alone(&self) -> bool {
        self.words().next() == Some(LOG)
    }

    /// Which of these tables are still to be rewritten.
    pub fn among(&self, mut tables: BTreeSet<&'static str>) -> BTreeSet<&'static str> {
        if self.words().next() == Some(TABLES) {
            let named: BTreeSet<&str> = self.words().skip(2).collect();
            tables.retain(|table| named.contains(table));
        }
        tables
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }

    /// The same, where no more than this is left.
    fn but_for(&self, left: &str, tables: &[&str]) -> String {
        let made = self.words().nth(1).unwrap_or_default();
        [&[left, made][..], tables].concat().join(" ")
    }
}

/// Whether the files of the database still hold what was erased from it.
pub async fn to_scrub(tx: &mut Tx) -> Result<Option<Unscrubbed>, StoreError> {
    Ok(tx.maybe::<(String,)>(&GET, args![SCRUB]).await?.map(|(value,)| Unscrubbed(value)))
}

/// Notes that something was erased, in the commit that does it.
pub async fn note_unscrubbed(tx: &mut Tx, now: Instant) -> Result<(), StoreError> {
    tx.run(&SET, args![SCRUB, format!("{DUE} {}", now.timestamp_millis())]).await.map(drop)
}

/// Notes what is left of what was found due.
pub async fn note_scrubbed(
    tx: &mut Tx,
    due: &Unscrubbed,
    left: Left<'_>,
) -> Result<(), StoreError> {
    let was = due.0.as_str();
    let is = match left {
        Left::Nothing => return tx.run(&FORGET, args![SCRUB, was]).await.map(drop),
        Left::Log => due.but_for(LOG, &[]),
        Left::Tables(tables) => due.but_for(TABLES, tables),
    };
    tx.run(&CHANGE, args![SCRUB, was, is]).await.map(drop)
}
