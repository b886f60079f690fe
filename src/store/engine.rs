//! The two engines behind one face: opening, migrating, transactions and the ids they hand out.

pub mod file;
mod upkeep;

pub use upkeep::Scrubbed;
pub(super) use upkeep::{APPLIED, Applied};

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::PgRow;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Connection, FromRow, Postgres, Sqlite, Transaction};

use super::error::StoreError;
use super::server::{STATEMENT, Server};
use super::statement::{Sample, Statement, Value, args, statements};

static SHARED: Migrator = sqlx::migrate!("./migrations");
/// What has no text that both engines understand, such as triggers; a version stands in both.
static SQLITE_ONLY: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES_ONLY: Migrator = sqlx::migrate!("./migrations/postgres");

/// The migrations of one engine, in the order of their versions.
fn migrations(own: &Migrator) -> Migrator {
    Migrator::with_migrations(SHARED.iter().chain(own.iter()).cloned().collect())
}

/// How many ids one trip to the table brings.
const BLOCK: i64 = 1000;

statements! {
    /// Takes the next block of ids.
    TAKE_BLOCK(Int) = ["UPDATE id_block SET next = next + $1 WHERE name = 'id' RETURNING next"];
    /// Proves, once committed, that the database takes what is written.
    PROBE() = ["UPDATE probe SET count = count + 1 WHERE name = 'probe'"];
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    ids: Pool,
}

#[derive(Clone)]
enum Engine {
    /// One writer, because SQLite has one; readers do not wait for it.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
        /// Beside the database; locked by the process that leads.
        lock: PathBuf,
    },
    Postgres(Server),
}

/// The ids that were taken from the table and are nobody's yet.
type Pool = Arc<Mutex<BTreeSet<i64>>>;

/// Where a transaction's ids come from, and where they go if it is rolled back.
struct Ids {
    pool: Pool,
    /// Taken from the pool; a rollback puts them back, so that none is lost.
    taken: Vec<i64>,
    /// What is left of a block taken inside this transaction: nobody's until the commit, and back
    /// in the table after a rollback.
    fresh: Range<i64>,
}

impl Ids {
    fn of(pool: &Pool) -> Self {
        Self { pool: pool.clone(), taken: Vec::new(), fresh: 0..0 }
    }

    fn take(&mut self) -> Option<i64> {
        if let Some(id) = self.fresh.next() {
            return Some(id);
        }
        let id = lock(&self.pool).pop_first()?;
        self.taken.push(id);
        Some(id)
    }

    /// From here on the ids may be in the database, whatever the commit answers.
    fn spend(&mut self) {
        self.taken.clear();
    }

    /// The commit came through: what is left of a fresh block is for everybody.
    fn share(mut self) {
        lock(&self.pool).extend(std::mem::take(&mut self.fresh));
    }
}

impl Drop for Ids {
    fn drop(&mut self) {
        if !self.taken.is_empty() {
            lock(&self.pool).extend(self.taken.drain(..));
        }
    }
}

fn lock(pool: &Mutex<BTreeSet<i64>>) -> std::sync::MutexGuard<'_, BTreeSet<i64>> {
    pool.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Db {
    /// Opens the database at `url` (`sqlite://path` or `postgres://…`), making an SQLite file and
    /// its folder if need be, and brings its schema up to date.
    pub async fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        Self::connect(url, connections).await?.up_to_date().await
    }

    /// The same for a database that is there and in use; `None`: there is none, or nothing is in it, and nothing
    /// is made.
    pub async fn open_used(url: &str, connections: u32) -> Result<Option<Self>, StoreError> {
        if file::of_address(url).is_some_and(|file| file::is_nothing(&file)) {
            return Ok(None);
        }
        let db = Self::connect(url, connections).await?;
        if db.applied().await?.is_empty() {
            db.close().await;
            return Ok(None);
        }
        db.up_to_date().await.map(Some)
    }

    async fn connect(url: &str, connections: u32) -> Result<Self, StoreError> {
        let engine = if url.starts_with("sqlite:") {
            open_sqlite(url, connections).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Engine::Postgres(Server::open(url, connections).await?)
        } else {
            return Err(StoreError::Address);
        };
        Ok(Self { engine, ids: Arc::default() })
    }

    async fn up_to_date(self) -> Result<Self, StoreError> {
        self.migrate().await?;
        super::name_variants::refresh(&self).await?;
        Ok(self)
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.engine, Engine::Sqlite { .. })
    }

    /// A transaction that may write. On SQLite it is the only one of its time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let inner = match &self.engine {
            Engine::Sqlite { write, .. } => {
                Inner::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)
            }
            Engine::Postgres(server) => Inner::Postgres(server.begin().await?, server.clone()),
        };
        Ok(Tx { inner, ids: Ids::of(&self.ids), written: Written::default(), may: May::Write })
    }

    /// A transaction that only reads; on SQLite it does not wait for the writer. A statement that would write
    /// fails with [`StoreError::OnlyReading`]: what it wrote would be lost without a word.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let inner = match &self.engine {
            Engine::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Engine::Postgres(server) => Inner::Postgres(server.begin().await?, server.clone()),
        };
        Ok(Tx { inner, ids: Ids::of(&self.ids), written: Written::default(), may: May::Read })
    }

    /// Locks the file beside an SQLite database for as long as the answer is kept. All processes
    /// of such a database are on one machine, and the lock of a dead one is gone with it, so
    /// whoever has the lock need not wait until the last holder of the lease is proven dead.
    /// `None`: another process has it, or the database is not SQLite.
    pub fn lock_alone(&self) -> Option<File> {
        let Engine::Sqlite { lock, .. } = &self.engine else { return None };
        let file = File::options().write(true).create(true).truncate(false).open(lock).ok()?;
        file.try_lock().ok()?;
        Some(file)
    }

    /// Whether the database takes what is written: only a commit notices a full disk, or a server that
    /// only reads.
    pub async fn probe(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.run(&PROBE, args![]).await?;
        tx.commit().await
    }

    /// The database kept somebody waiting for longer than it may: a server's connections are made anew.
    pub fn distrust(&self) {
        if let Engine::Postgres(server) = &self.engine {
            server.silent();
        }
    }

    /// Closes all connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(server) => server.close().await,
        }
    }
}

async fn open_sqlite(url: &str, connections: u32) -> Result<Engine, StoreError> {
    let options = SqliteConnectOptions::from_str(url)?;
    let in_memory = url.contains(":memory:");
    if !in_memory {
        // Before anything is set: what is not ours is not touched.
        file::may_be_opened(options.get_filename()).await?;
    }
    let options = options
        .create_if_missing(true)
        // What is deleted is overwritten at once, or it could be read in the file for years.
        .pragma("secure_delete", "ON")
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10));
    if let Some(folder) = options.get_filename().parent()
        && folder != Path::new("")
    {
        file::private_folder(folder).map_err(StoreError::Folder)?;
    }
    if !in_memory {
        for_owner_only(options.get_filename()).map_err(StoreError::Folder)?;
    }
    let pool = |size| {
        SqlitePoolOptions::new()
            .max_connections(size)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(30))
            // A file does not go away as a server does, and a ping costs as much as a statement.
            .test_before_acquire(false)
            // On a full disk SQLite itself rolls back, and the rollback that sqlx sends then fails:
            // for sqlx the connection stays in that transaction for ever. Such a one is closed.
            .before_acquire(|connection, _| {
                let is_free = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_free) })
            })
    };
    let lock = file::with_ending(options.get_filename(), "-leader");
    let write = pool(1).connect_with(options.clone()).await?;
    let read = pool(connections.max(1)).connect_with(options).await?;
    Ok(Engine::Sqlite { write, read, lock })
}

/// Makes the file, if it is not there, so that only its owner can read it: it will hold names and
/// political status of real people. What SQLite makes beside it takes over its permissions.
fn for_owner_only(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>, Server),
}

/// An open transaction. Dropping it without [`Tx::commit`] rolls it back.
pub struct Tx {
    inner: Inner,
    ids: Ids,
    written: Written,
    may: May,
}

/// What a transaction was begun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    Read,
    Write,
}

/// The tables that were changed, so that whoever remembers what was read from them can forget it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written(BTreeSet<&'static str>);

impl Written {
    /// Whether any of these tables was changed.
    pub fn any_of(&self, tables: &BTreeSet<&'static str>) -> bool {
        !self.0.is_disjoint(tables)
    }

    pub fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether this table was changed.
    pub fn has(&self, table: &str) -> bool {
        self.0.contains(table)
    }

    /// Those that were changed and are not among these.
    pub fn beside(&self, tables: &[&str]) -> Vec<&'static str> {
        self.0.iter().copied().filter(|table| !tables.contains(table)).collect()
    }
}

/// A row that both engines can read.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

/// Binds the arguments and runs one of sqlx's fetching methods on whichever engine is open.
macro_rules! on {
    ($tx:expr, $statement:expr, $args:expr, |$query:ident, $conn:ident| $run:expr, $make:ident $(::<$row:ty>)?) => {{
        check($statement, &$args);
        let args = $args.into_iter().zip($statement.takes).map(|(arg, of)| arg.storable(*of));
        match &mut $tx.inner {
            Inner::Sqlite($conn) => {
                let mut $query = sqlx::$make::<Sqlite $(, $row)?>($statement.sqlite);
                for arg in args {
                    $query = match arg {
                        Value::Text(v) => $query.bind(v),
                        Value::Int(v) => $query.bind(v),
                        Value::Bool(v) => $query.bind(v),
                    };
                }
                let $conn = &mut **$conn;
                Ok($run)
            }
            Inner::Postgres($conn, server) => {
                let $query = sqlx::$make::<Postgres $(, $row)?>($statement.postgres);
                let mut $query = $query.persistent(server.keeps_statements());
                for arg in args {
                    $query = match arg {
                        Value::Text(v) => $query.bind(v),
                        Value::Int(v) => $query.bind(v),
                        Value::Bool(v) => $query.bind(v),
                    };
                }
                let $conn = &mut **$conn;
                let run = async { Ok($run) };
                match tokio::time::timeout(STATEMENT, run).await {
                    Ok(outcome) => server.watched(outcome),
                    Err(_) => Err(server.silent()),
                }
            }
        }
    }};
}

/// A statement called with arguments it was not declared with is a mistake in this crate; every
/// test finds it.
fn check(statement: &Statement, args: &[Value]) {
    debug_assert!(
        args.len() == statement.takes.len()
            && args.iter().zip(statement.takes).all(|(arg, sample)| arg.fits(*sample)),
        "{} takes {:?}, got {args:?}",
        statement.name,
        statement.takes
    );
}

impl Tx {
    /// All rows.
    pub async fn all<T: Row>(
        &mut self,
        statement: &'static Statement,
        args: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        self.note(statement)?;
        on!(self, statement, args, |query, conn| query.fetch_all(conn).await?, query_as::<T>)
    }

    /// At most one row.
    pub async fn maybe<T: Row>(
        &mut self,
        statement: &'static Statement,
        args: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        self.note(statement)?;
        on!(self, statement, args, |query, conn| query.fetch_optional(conn).await?, query_as::<T>)
    }

    /// Exactly one row.
    pub async fn one<T: Row>(
        &mut self,
        statement: &'static Statement,
        args: Vec<Value>,
    ) -> Result<T, StoreError> {
        self.note(statement)?;
        on!(self, statement, args, |query, conn| query.fetch_one(conn).await?, query_as::<T>)
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn run(
        &mut self,
        statement: &'static Statement,
        args: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.note(statement)?;
        on!(self, statement, args, |query, conn| query.execute(conn).await?.rows_affected(), query)
    }

    /// What was changed since somebody last asked.
    pub fn take_written(&mut self) -> Written {
        std::mem::take(&mut self.written)
    }

    fn note(&mut self, statement: &Statement) -> Result<(), StoreError> {
        let Some(table) = statement.writes() else { return Ok(()) };
        if self.may == May::Read {
            return Err(StoreError::OnlyReading(statement.name));
        }
        self.written.0.insert(table);
        Ok(())
    }

    /// Runs a statement with a sample of each kind of argument it takes, NULL where it may be: the
    /// proof that this engine understands it.
    pub async fn probe(&mut self, statement: &Statement) -> Result<(), StoreError> {
        let samples: Vec<Value> = statement.takes.iter().map(Sample::value).collect();
        on!(self, statement, samples, |query, conn| query.execute(conn).await.map(drop)?, query)
    }

    /// A new id. No two rows ever have the same, but the id of a row that was rolled back comes
    /// again.
    pub async fn new_id(&mut self) -> Result<i64, StoreError> {
        if let Some(id) = self.ids.take() {
            return Ok(id);
        }
        let (end,): (i64,) = self.one(&TAKE_BLOCK, args![BLOCK]).await?;
        self.ids.fresh = end - BLOCK + 1..end;
        Ok(end - BLOCK)
    }

    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.ids.spend();
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx, server) => {
                match tokio::time::timeout(STATEMENT, tx.commit()).await {
                    Ok(outcome) => server.watched(outcome.map_err(StoreError::from))?,
                    Err(_) => return Err(server.silent()),
                }
            }
        }
        self.ids.share();
        Ok(())
    }

    pub async fn rollback(self) -> Result<(), StoreError> {
        match self.inner {
            Inner::Sqlite(tx) => tx.rollback().await?,
            Inner::Postgres(tx, _) => tx.rollback().await?,
        }
        Ok(())
    }
}
