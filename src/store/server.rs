//! A PostgreSQL server as the network has it: it may turn into one that only reads, be replaced by
//! another at the same or another address, or be reached through a pooler of connections.
//!
//! Whatever shows that a connection is no good makes all connections of that time stale, and a stale one
//! is closed when it is wanted next. A new one goes wherever the address leads by then. Where the
//! settings name several hosts, whichever takes writes is looked for.
//!
//! Nothing here lives in a session: no lock, no setting, and no prepared statement where a pooler mixes
//! them up. So PgBouncer may lend a connection for one transaction at a time.

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{Connection, Executor, Postgres, Row, Transaction};

use super::engine::{APPLIED, Applied};
use super::error::StoreError;
use crate::clock::Stopwatch;

/// A process that is stopped in the middle of a transaction must not hold its rows for longer than a
/// standby is patient. It is said to the transaction, because a pooler keeps no session's settings.
/// Whoever waits for another's transaction gives up before the server is taken for one that vanished.
const BEGIN: &str = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 4000; \
    SET LOCAL lock_timeout = 10000";
/// How long a connection is waited for.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long a connection may take to say that it is there.
const PING: Duration = Duration::from_secs(2);
/// How long it may take to close all connections.
const CLOSE: Duration = Duration::from_secs(3);
/// How long a host may take to say what it is.
const ANSWER: Duration = Duration::from_secs(3);
/// How long a statement may take: a server that vanished without a word is noticed by its silence.
pub(super) const STATEMENT: Duration = Duration::from_secs(15);
/// For how long after a failure each connection is asked whether it takes writes.
const DOUBTFUL: Duration = Duration::from_secs(300);
/// How often another host is looked for.
const SEARCH: Duration = Duration::from_secs(1);
/// A mark left in a session, and how often it is looked for: of a pooler that is idle the next finds it,
/// of one that is busy whoever left it soon does not.
const MARK: &str = "SELECT set_config('diudat.mark', gen_random_uuid()::text, false)";
const MARKED: &str = "SELECT current_setting('diudat.mark', true)";
const LOOKS: usize = 10;
/// Finds itself, unless a pooler gave it another name.
const PREPARED: &str = "SELECT name FROM pg_prepared_statements WHERE name LIKE 'sqlx_s_%'";
/// Migrations are run, not only noted.
const SKIP_NONE: bool = false;
const FORGET: &str = "DEALLOCATE ALL";
/// Held by whoever changes the schema, as long as its transaction lasts.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(110429722534260)";
const APPLIED_BEFORE: &str = "SELECT CAST(to_regclass('_sqlx_migrations') AS TEXT)";
const READS_ONLY: &str = "SHOW transaction_read_only";

/// A server, or several of which one takes writes. Cheap to clone.
#[derive(Clone)]
pub(super) struct Server {
    pub pool: PgPool,
    ways: Arc<Ways>,
}

struct Ways {
    /// In the order in which the settings name them.
    hosts: Vec<PgConnectOptions>,
    faith: Mutex<Faith>,
    /// Whether a pooler mixes up statements that were prepared under a name.
    mixes_up: AtomicBool,
}

#[derive(Default)]
struct Faith {
    /// Connections made before are stale.
    lost: Option<Stopwatch>,
    /// When another host was last looked for.
    searched: Option<Stopwatch>,
}

impl Ways {
    fn faith(&self) -> std::sync::MutexGuard<'_, Faith> {
        self.faith.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stale(&self, age: Duration) -> bool {
        self.faith().lost.is_some_and(|lost| lost.elapsed() <= age)
    }

    /// Whether a server only read a while ago: one of its connections may be younger than that.
    fn is_doubtful(&self) -> bool {
        self.faith().lost.is_some_and(|lost| lost.elapsed() < DOUBTFUL)
    }

    fn lose_faith(&self) {
        self.faith().lost = Some(Stopwatch::start());
    }
}

impl Server {
    pub async fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        let hosts = hosts(url)?;
        let first = match hosts.as_slice() {
            [only] => only.clone(),
            several => writable(several).await?,
        };
        let ways =
            Arc::new(Ways { hosts, faith: Mutex::default(), mixes_up: AtomicBool::default() });
        let (asked, told) = (ways.clone(), ways.clone());
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            // Below, because the question alone may wait for ever.
            .test_before_acquire(false)
            .before_acquire(move |connection, its| {
                let ways = asked.clone();
                Box::pin(async move {
                    if ways.is_stale(its.age) {
                        return Ok(false);
                    }
                    let doubtful = ways.is_doubtful();
                    let answer = async {
                        if doubtful {
                            return text(connection, READS_ONLY)
                                .await
                                .map(|on| on.as_deref() == Some("off"));
                        }
                        connection.ping().await.map(|()| true)
                    };
                    match tokio::time::timeout(PING, answer).await {
                        Ok(Ok(is_good)) => Ok(is_good),
                        Ok(Err(_)) => Ok(false),
                        Err(_) => {
                            ways.lose_faith();
                            Ok(false)
                        }
                    }
                })
            })
            // What was begun and not ended is rolled back here, which may wait for ever as well.
            .after_release(move |connection, _| {
                let ways = told.clone();
                Box::pin(async move {
                    match tokio::time::timeout(PING, connection.ping()).await {
                        Ok(answer) => answer.map(|()| true),
                        Err(_) => {
                            ways.lose_faith();
                            // Not `false`, for which the server would be told.
                            Err(sqlx::Error::PoolTimedOut)
                        }
                    }
                })
            })
            .connect_with(first)
            .await
            .map_err(explained)?;
        let server = Self { pool, ways };
        server.try_pooler().await?;
        Ok(server)
    }

    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        self.watched(self.pool.begin_with(BEGIN).await.map_err(StoreError::from))
    }

    /// Looks at how something ended, and draws the conclusions about the connections.
    pub fn watched<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        match &outcome {
            Err(StoreError::ReadOnly(_)) => {
                self.ways.lose_faith();
                self.search();
            }
            Err(StoreError::Away(_)) => self.search(),
            Err(error) if is_mixed_up(error) => {
                self.without_prepared();
                return outcome.map_err(StoreError::again);
            }
            _ => {}
        }
        outcome
    }

    /// The server did not answer in time.
    pub fn silent(&self) -> StoreError {
        self.ways.lose_faith();
        self.search();
        StoreError::Away(sqlx::Error::PoolTimedOut)
    }

    /// Looks for a host that takes writes, where there are several.
    fn search(&self) {
        if self.ways.hosts.len() < 2 {
            return;
        }
        {
            let mut faith = self.ways.faith();
            if faith.searched.is_some_and(|at| at.elapsed() < SEARCH) {
                return;
            }
            faith.searched = Some(Stopwatch::start());
        }
        let server = self.clone();
        tokio::spawn(async move {
            match writable(&server.ways.hosts).await {
                Ok(found) => {
                    tracing::info!(host = found.get_host(), "this server takes writes");
                    server.pool.set_connect_options(found);
                    server.ways.lose_faith();
                }
                Err(error) => tracing::warn!(%error, "no server takes writes"),
            }
        });
    }

    /// Whether statements may be prepared under a name and kept.
    pub fn keeps_statements(&self) -> bool {
        !self.ways.mixes_up.load(Ordering::SeqCst)
    }

    /// Finds out whether a pooler lends connections to whoever comes, and if so, whether it keeps for
    /// each what was prepared: one that does not may run another's statement of the same name.
    async fn try_pooler(&self) -> Result<(), StoreError> {
        let host = self.pool.connect_options();
        let mut one = PgConnection::connect_with(&host).await?;
        let mut other = PgConnection::connect_with(&host).await?;
        let mark = text(&mut one, MARK).await?;
        let mut lent = false;
        for _ in 0..LOOKS {
            lent |= text(&mut one, MARKED).await? != mark;
            lent |= text(&mut other, MARKED).await? == mark;
        }
        other.close().await?;
        if lent {
            let mut tx = one.begin().await?;
            let prepared = sqlx::query(PREPARED).fetch_optional(&mut *tx).await;
            let ours = prepared.map_err(StoreError::from).map(|row| row.is_some());
            if ours.or_else(|error| is_mixed_up(&error).then_some(true).ok_or(error))? {
                self.without_prepared();
            } else {
                tracing::info!(
                    "a pooler before PostgreSQL lends connections, and keeps statements"
                );
            }
            // It stays with the server, whoever comes next; a failed transaction has nothing to clear.
            let _ = tx.execute(sqlx::raw_sql(FORGET)).await;
            let _ = tx.commit().await;
        }
        one.close().await?;
        Ok(())
    }

    /// From now on each statement is prepared where it runs, and nowhere kept.
    fn without_prepared(&self) {
        if !self.ways.mixes_up.swap(true, Ordering::SeqCst) {
            tracing::warn!(
                "a pooler before PostgreSQL keeps no prepared statements, so each is prepared anew: \
                 let PgBouncer (1.21 or newer) keep them, max_prepared_statements = 200"
            );
        }
        self.ways.lose_faith();
    }

    /// Brings the schema up to date. Nobody else does meanwhile: the lock is a transaction's, because a
    /// session's would stay behind in a pooler.
    pub async fn migrate(&self, mut migrations: Migrator) -> Result<(), StoreError> {
        migrations.set_locking(false);
        if self.is_up_to_date(&migrations).await? {
            return Ok(());
        }
        let mut connection = PgConnection::connect_with(&self.pool.connect_options()).await?;
        // All in one transaction, so that it is one connection behind a pooler, too.
        let mut tx = connection.begin().await?;
        tx.execute(sqlx::raw_sql("SET LOCAL idle_in_transaction_session_timeout = 0")).await?;
        tx.execute(sqlx::raw_sql(MIGRATING)).await?;
        if !self.keeps_statements() {
            tx.execute(sqlx::raw_sql(FORGET)).await?;
        }
        migrations.run_direct(None, &mut *tx, SKIP_NONE).await?;
        if !self.keeps_statements() {
            tx.execute(sqlx::raw_sql(FORGET)).await?;
        }
        tx.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// Whether there is nothing to change, so that a server that only reads can be opened, too.
    async fn is_up_to_date(&self, migrations: &Migrator) -> Result<bool, StoreError> {
        let mut ours: Vec<_> =
            migrations.iter().map(|one| (one.version, one.checksum.to_vec())).collect();
        ours.sort_unstable();
        Ok(self.applied().await? == ours)
    }

    /// The migrations that were applied, each with the digest of its text. They run in one transaction, so none
    /// is there by half.
    pub async fn applied(&self) -> Result<Vec<Applied>, StoreError> {
        let mut tx = self.pool.begin_with("BEGIN").await?;
        let mut rows = Vec::new();
        if text(&mut tx, APPLIED_BEFORE).await?.is_some() {
            let all = sqlx::query_as(APPLIED).persistent(self.keeps_statements());
            rows = all.fetch_all(&mut *tx).await?;
        }
        tx.rollback().await?;
        Ok(rows)
    }

    /// Lets all connections go. One to a server that vanished without a word is not waited for.
    pub async fn close(&self) {
        if tokio::time::timeout(CLOSE, self.pool.close()).await.is_err() {
            tracing::warn!("the server does not take leave");
        }
    }
}

/// What to tell whoever set up a pooler that refuses us.
fn explained(error: sqlx::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Away(why) | StoreError::Query(why) | StoreError::Unopened(why)
            if why.to_string().contains("unsupported startup parameter") =>
        {
            StoreError::Pooler(why)
        }
        error => error,
    }
}

/// Whether a prepared statement is not what or where it was.
fn is_mixed_up(error: &StoreError) -> bool {
    let StoreError::Query(sqlx::Error::Database(told)) = error else { return false };
    matches!(told.code().as_deref(), Some("26000" | "42P05"))
}

/// The one text that a query gives, without preparing anything.
async fn text(
    connection: &mut PgConnection,
    query: &'static str,
) -> Result<Option<String>, sqlx::Error> {
    connection.fetch_one(sqlx::raw_sql(query)).await?.try_get(0)
}

/// The hosts that an address names: `postgres://user@one:5432,two:5433/name`, or `?host=one,two`.
fn hosts(url: &str) -> Result<Vec<PgConnectOptions>, StoreError> {
    let addresses = addresses(url);
    let parse = |address: &String| {
        // A pooler does not know the parameter, and figures travel as bits.
        Ok(PgConnectOptions::from_str(address)?.extra_float_digits(None))
    };
    addresses.iter().map(parse).collect()
}

/// One address for each host; `target_session_attrs` is what is done in any case.
fn addresses(url: &str) -> Vec<String> {
    let Some((scheme, rest)) = url.split_once("://") else { return vec![url.to_owned()] };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = match place.split_once('/') {
        Some((authority, database)) => (authority, format!("/{database}")),
        None => (place, String::new()),
    };
    let (user, list) = match authority.rsplit_once('@') {
        Some((user, list)) => (format!("{user}@"), list),
        None => (String::new(), authority),
    };
    let pairs = || query.split('&').filter(|pair| !pair.is_empty());
    let named =
        |name: &str| pairs().filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    let all = |text: &str| text.replace("%2C", ",").split(',').map(str::to_owned).collect();
    let several = |name: &str| -> Vec<String> {
        named(name).map(|(_, value)| all(value)).unwrap_or_default()
    };
    let (by_query, ports) = (several("host"), several("port"));
    let ours = ["target_session_attrs", "host", "port"];
    let others: Vec<&str> =
        pairs().filter(|pair| !ours.contains(&pair.split('=').next().unwrap_or(pair))).collect();
    let list: Vec<String> = all(list);
    let count = list.len().max(by_query.len());
    let nth = |list: &[String], n: usize| list.get(n).or(list.last()).cloned().unwrap_or_default();
    let one = |n: usize| {
        let mut query: Vec<String> = others.iter().map(ToString::to_string).collect();
        for (name, values) in [("host", &by_query), ("port", &ports)] {
            let value = nth(values, n);
            query.extend((!value.is_empty()).then(|| format!("{name}={value}")));
        }
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        format!("{scheme}://{user}{}{database}{query}", nth(&list, n))
    };
    (0..count).map(one).collect()
}

/// The first of these hosts that takes writes; if none does, the first that answers.
async fn writable(hosts: &[PgConnectOptions]) -> Result<PgConnectOptions, StoreError> {
    let mut answers = None;
    let mut failed = StoreError::Away(sqlx::Error::PoolTimedOut);
    for host in hosts {
        match tokio::time::timeout(ANSWER, takes_writes(host)).await {
            Ok(Ok(true)) => return Ok(host.clone()),
            Ok(Ok(false)) => answers = answers.or(Some(host)),
            Ok(Err(error)) => failed = explained(error),
            Err(_) => {}
        }
    }
    answers.cloned().ok_or(failed)
}

async fn takes_writes(host: &PgConnectOptions) -> Result<bool, sqlx::Error> {
    let mut connection = PgConnection::connect_with(host).await?;
    let reads_only = text(&mut connection, READS_ONLY).await?;
    connection.close().await?;
    Ok(reads_only.as_deref() == Some("off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_name_several_hosts() {
        for (url, expected) in [
            ("postgres://u:p@one/db", vec!["postgres://u:p@one/db"]),
            (
                "postgres://u:p%40@one:5432,two:5433/db?sslmode=require&target_session_attrs=read-write",
                vec![
                    "postgres://u:p%40@one:5432/db?sslmode=require",
                    "postgres://u:p%40@two:5433/db?sslmode=require",
                ],
            ),
            (
                "postgresql:///db?host=/run/a,/run/b&port=1,2",
                vec!["postgresql:///db?host=/run/a&port=1", "postgresql:///db?host=/run/b&port=2"],
            ),
            (
                "postgres://u@localhost/db?host=/run/a",
                vec!["postgres://u@localhost/db?host=/run/a"],
            ),
        ] {
            assert_eq!(addresses(url), expected, "{url}");
            assert!(hosts(url).is_ok(), "{url}");
        }
    }
}
