//! What a database needs beside its use: its schema brought up to date, copies, and nothing left in
//! it of what was erased.

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::{AssertSqlSafe, Row};

use super::{Db, Engine, POSTGRES_ONLY, SQLITE_ONLY, StoreError, file, migrations};
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

/// A migration that was applied: its version, and the digest of its text.
pub(super) type Applied = (i64, Vec<u8>);

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
        if before.len() < migrations(own).iter().count() {
            let mut tx = self.begin().await?;
            installation::note_written_by(&mut tx, env!("CARGO_PKG_VERSION")).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn applied(&self) -> Result<Vec<Applied>, StoreError> {
        match &self.engine {
            Engine::Sqlite { write, .. } => Ok(file::applied(&mut *write.acquire().await?).await?),
            Engine::Postgres(server) => {
                let (pool, keeps) = (&server.pool, server.keeps_statements());
                let there = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
                let (there,): (bool,) =
                    sqlx::query_as(there).persistent(keeps).fetch_one(pool).await?;
                if !there {
                    return Ok(Vec::new());
                }
                Ok(sqlx::query_as(file::APPLIED).persistent(keeps).fetch_all(pool).await?)
            }
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
                let mut connection = write.acquire().await?;
                sqlx::query("VACUUM").execute(&mut *connection).await?;
                let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)");
                let busy: i64 = emptied.fetch_one(&mut *connection).await?.try_get(0)?;
                Ok(if busy == 0 { Scrubbed::Clean } else { Scrubbed::LogHeld })
            }
            Engine::Postgres(server) => {
                let mut connection = server.pool.acquire().await?;
                sqlx::query("SET lock_timeout = '5s'").execute(&mut *connection).await?;
                let mut left = Vec::new();
                for table in tables {
                    // Plain VACUUM leaves the bytes where they were; what the planner remembers of
                    // a column are its values.
                    let rewrite = AssertSqlSafe(format!("VACUUM (FULL, ANALYZE) {table}"));
                    if let Err(error) = sqlx::raw_sql(rewrite).execute(&mut *connection).await {
                        let error = StoreError::from(error);
                        tracing::warn!(table, %error, "a table cannot be rewritten now");
                        left.push(*table);
                    }
                }
                sqlx::query("RESET lock_timeout").execute(&mut *connection).await?;
                Ok(Scrubbed::Server { left })
            }
        }
    }
}
