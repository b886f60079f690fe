//! What a database needs beside its use: its schema brought up to date, copies, and nothing left in
//! it of what was erased.

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::{AssertSqlSafe, Row};

use super::{Db, Engine, POSTGRES_ONLY, SQLITE_ONLY, Server, StoreError, file, migrations};
use crate::store::installation;

/// What of a database may still be read after it was scrubbed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scrubbed {
    /// Nothing: neither the file nor its log holds what was deleted.
    Clean,
    /// SQLite's log: other processes were reading it all the time.
    LogHeld,
    /// The tables of PostgreSQL that could not be rewritten now; of those that could, its own log
    /// (WAL), replicas and base backups, which are not ours.
    Server { left: Vec<&'static str> },
}

impl Scrubbed {
    /// Whether nothing is left of what is ours to rewrite.
    pub fn is_clean(&self) -> bool {
        match self {
            Self::Clean => true,
            Self::LogHeld => false,
            Self::Server { left } => left.is_empty(),
        }
    }
}

/// A migration that was applied: its version, and the digest of its text.
pub(in crate::store) type Applied = (i64, Vec<u8>);

/// Those that were, on either engine.
pub(in crate::store) const APPLIED: &str =
    "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version";

/// Whether a schema is one that this version can bring up to date.
pub(super) fn judge(applied: &[Applied], written_by: Option<String>) -> Result<(), StoreError> {
    let known = migrations(&SQLITE_ONLY);
    let first = known.iter().next().map(|first| (first.version, first.checksum.to_vec()));
    if applied.first() != first.as_ref() {
        return Err(StoreError::Foreign("a database of another program".to_owned()));
    }
    let newest = known.iter().map(|one| one.version).max().unwrap_or_default();
    match applied.iter().map(|(version, _)| *version).max() {
        Some(schema) if schema > newest => {
            Err(StoreError::Newer { needs: written_by, schema, newest })
        }
        _ => Ok(()),
    }
}

impl Db {
    /// Brings the schema up to date, and notes by which version that was done: an older one can say
    /// then which is needed.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        let before = self.applied().await?;
        if !before.is_empty() {
            let mut tx = self.read().await?;
            judge(&before, installation::written_by(&mut tx).await?)?;
        }
        let own = match &self.engine {
            Engine::Sqlite { write, .. } => {
                migrations(&SQLITE_ONLY).run(write).await?;
                &SQLITE_ONLY
            }
            Engine::Postgres(server) => {
                server.migrate(migrations(&POSTGRES_ONLY)).await?;
                &POSTGRES_ONLY
            }
        };
        let is_new = before.len() < migrations(own).iter().count();
        if is_new || installation::written_by(&mut self.read().await?).await?.is_none() {
            match self.note_written_by().await {
                // Nothing was changed, and where only reading is possible nothing can be noted.
                Err(StoreError::ReadOnly(_)) if !is_new => {}
                noted => noted?,
            }
        }
        Ok(())
    }

    async fn note_written_by(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        installation::note_written_by(&mut tx, env!("CARGO_PKG_VERSION")).await?;
        tx.commit().await
    }

    pub(super) async fn applied(&self) -> Result<Vec<Applied>, StoreError> {
        match &self.engine {
            Engine::Sqlite { write, .. } => Ok(file::applied(&mut *write.acquire().await?).await?),
            Engine::Postgres(server) => Ok(server.applied().await?),
        }
    }

    /// Writes a consistent copy of an SQLite database to a new or empty file while it is in use.
    /// `false`: the database is not SQLite, and its own tools make copies.
    pub async fn copy_to(&self, file: &Path) -> Result<bool, StoreError> {
        let Engine::Sqlite { read, .. } = &self.engine else { return Ok(false) };
        // Outside a transaction, as SQLite demands; the copy sees one instant all the same.
        sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(read).await?;
        Ok(true)
    }

    /// Whether the file that an SQLite database is kept in is whole; the engine's own words if
    /// not. Other engines check themselves.
    pub async fn integrity(&self) -> Result<Option<String>, StoreError> {
        let Engine::Sqlite { read, .. } = &self.engine else { return Ok(None) };
        let (verdict,): (String,) =
            sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(read).await?;
        Ok((verdict != "ok").then_some(verdict))
    }

    /// Rewrites the database so that its files do not hold what was deleted or replaced: on SQLite
    /// the whole file, whose log is emptied; on PostgreSQL these tables. Not inside a transaction.
    pub async fn scrub(&self, tables: &BTreeSet<&'static str>) -> Result<Scrubbed, StoreError> {
        match &self.engine {
            Engine::Sqlite { write, .. } => {
                sqlx::query("VACUUM").execute(write).await?;
                self.empty_log().await
            }
            Engine::Postgres(server) => {
                let mut left = Vec::new();
                for table in tables {
                    if let Err(error) = rewrite(server, table).await {
                        tracing::warn!(table, %error, "a table cannot be rewritten now");
                        left.push(*table);
                    }
                }
                Ok(Scrubbed::Server { left })
            }
        }
    }

    /// Empties the log of an SQLite database that was rewritten.
    pub async fn empty_log(&self) -> Result<Scrubbed, StoreError> {
        let Engine::Sqlite { write, .. } = &self.engine else {
            return Ok(Scrubbed::Server { left: Vec::new() });
        };
        let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)");
        let busy: i64 = emptied.fetch_one(write).await?.try_get(0)?;
        Ok(if busy == 0 { Scrubbed::Clean } else { Scrubbed::LogHeld })
    }
}

/// Rewrites a table of PostgreSQL, and what the planner remembers of its columns, which are their values.
/// VACUUM would say nothing to whoever does not own the table, and a pooler lends no connection for it: it
/// wants to be outside a transaction.
async fn rewrite(server: &Server, table: &str) -> Result<(), StoreError> {
    let mut tx = server.pool.begin().await?;
    sqlx::raw_sql("SET LOCAL lock_timeout = '5s'").execute(&mut *tx).await?;
    for rewrite in [format!("CLUSTER {table} USING {table}_pkey"), format!("ANALYZE {table}")] {
        sqlx::raw_sql(AssertSqlSafe(rewrite)).execute(&mut *tx).await?;
    }
    Ok(tx.commit().await?)
}
