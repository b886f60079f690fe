//! What tests of several files share: a fresh database on either engine.

#![allow(dead_code)] // each suite uses the part it needs

pub mod names;
pub mod postgres;

use diudat::clock::Instant;
use diudat::store::{Db, seed};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tokio::sync::OnceCell;

#[allow(unused_macros)]
mod engines {
    /// A test of each engine: `#[apply(both_engines)]` over one that takes an `engine: Engine`.
    #[rstest_reuse::template]
    #[rstest::rstest]
    fn both_engines(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {}
}
#[allow(unused_imports)]
pub(crate) use engines::both_engines;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Keeps a fresh database alive for as long as it is held.
pub struct Guard {
    /// Where the database is, to open it once more.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

/// An empty place for a database, without its schema.
pub async fn empty_place(engine: Engine) -> Guard {
    match engine {
        Engine::Sqlite => sqlite_place(),
        Engine::Postgres => Guard { url: postgres::empty_database().await, _folder: None },
    }
}

/// A database of its own, empty and with the newest schema.
pub async fn fresh_db(engine: Engine) -> (Db, Guard) {
    let guard = match engine {
        Engine::Sqlite => sqlite_place(),
        Engine::Postgres => Guard { url: postgres::fresh_database().await, _folder: None },
    };
    let db = Db::open(&guard.url, 4).await.expect("the fresh database opens");
    (db, guard)
}

/// A copy of a PostgreSQL database that nobody has open.
pub async fn copied(url: &str) -> Guard {
    Guard { url: postgres::copy_of(url).await, _folder: None }
}

/// A database of its own with the demo organisation, loaded when time began.
pub async fn demo_db(engine: Engine) -> (Db, Guard) {
    static LOADED: [OnceCell<Guard>; 2] = [OnceCell::const_new(), OnceCell::const_new()];
    let load = async || {
        let (db, guard) = fresh_db(engine).await;
        let mut tx = db.begin().await.expect("a transaction");
        seed::demo(&mut tx, Instant::default()).await.expect("the demo loads");
        tx.commit().await.expect("it is kept");
        db.close().await;
        guard
    };
    let guard = match engine {
        Engine::Sqlite => {
            let loaded = LOADED[0].get_or_init(load).await;
            let place = sqlite_place();
            std::fs::copy(path_of(&loaded.url), path_of(&place.url)).expect("a copy");
            place
        }
        Engine::Postgres => copied(&LOADED[1].get_or_init(load).await.url).await,
    };
    let db = Db::open(&guard.url, 4).await.expect("the copy opens");
    (db, guard)
}

/// The file of a SQLite database.
pub fn path_of(url: &str) -> &std::path::Path {
    std::path::Path::new(url.strip_prefix("sqlite://").expect("a SQLite database"))
}

fn sqlite_place() -> Guard {
    let folder = tempfile::tempdir().expect("a folder for the database");
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    Guard { url, _folder: Some(folder) }
}

/// Changes a database behind the program's back.
#[allow(dead_code)] // each test binary uses its own part of it
pub async fn sql(url: &str, text: &str) {
    let text = sqlx::raw_sql(AssertSqlSafe(text.to_owned()));
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.expect("the database opens");
        text.execute(&mut connection).await.expect("the statement runs");
        connection.close().await.expect("the database closes");
    } else {
        let mut connection = PgConnection::connect(url).await.expect("the database opens");
        text.execute(&mut connection).await.expect("the statement runs");
        connection.close().await.expect("the database closes");
    }
}
