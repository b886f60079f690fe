//! What goes wrong with a database is told by kind, on the engine that complains.

use diudat::store::{Db, Statement, StoreError, Tx, deeds};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines, empty_place, fresh_db};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

static LOOK: Statement = same("SELECT next FROM id_block WHERE name = 'id'");
static CHANGE: Statement = same("UPDATE id_block SET next = next + 1 WHERE name = 'id'");

/// A statement in words that both engines understand.
const fn same(text: &'static str) -> Statement {
    Statement { name: "a test's", sqlite: text, postgres: text, takes: &[] }
}

const fn on_each(sqlite: &'static str, postgres: &'static str) -> Statement {
    Statement { name: "a test's", sqlite, postgres, takes: &[] }
}

async fn run(tx: &mut Tx, statement: &'static Statement) -> Result<(), StoreError> {
    tx.run(statement, Vec::new()).await.map(drop)
}

/// What the last of some statements fails with; `why`: what a log then says.
async fn fails(engine: Engine, statements: &[&'static Statement], why: &str) -> StoreError {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (last, before) = statements.split_last().expect("a statement");
    for statement in before {
        run(&mut tx, statement).await.unwrap();
    }
    told(run(&mut tx, last).await, why)
}

fn told<T>(outcome: Result<T, StoreError>, why: &str) -> StoreError {
    let error = outcome.err().expect("it fails");
    assert!(error.to_string().starts_with(why), "{error}");
    error
}

#[apply(both_engines)]
#[tokio::test]
async fn what_others_changed_at_the_same_time_is_busy(engine: Engine) {
    static SNAPSHOT: Statement =
        on_each("SELECT 1", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    // On SQLite only who has read may find this out, and who reads may write nothing of ours.
    static LATE: Statement =
        on_each("PRAGMA user_version = 7", "UPDATE id_block SET next = next + 1 WHERE name = 'id'");
    let (db, _guard) = fresh_db(engine).await;
    let mut slow = match engine {
        Engine::Sqlite => db.read().await.unwrap(),
        Engine::Postgres => db.begin().await.unwrap(),
    };
    run(&mut slow, &SNAPSHOT).await.unwrap();
    slow.one::<(i64,)>(&LOOK, Vec::new()).await.unwrap();
    let mut quick = db.begin().await.unwrap();
    run(&mut quick, &CHANGE).await.unwrap();
    quick.commit().await.unwrap();
    let error = told(run(&mut slow, &LATE).await, "the database is busy: ");
    assert!(matches!(error, StoreError::Busy(_)) && error.is_away(), "{error:?}");
}

/// Only a server lets somebody begin who then waits for another's deed; it answers before it is taken for gone.
#[tokio::test]
async fn whoever_waits_too_long_for_another_deed_is_told_that_it_is_busy() {
    static PATIENCE: Statement =
        on_each("", "SELECT CAST(setting AS BIGINT) FROM pg_settings WHERE name = 'lock_timeout'");
    static IMPATIENT: Statement = on_each("", "SET LOCAL lock_timeout = 20");
    let (db, _guard) = fresh_db(Engine::Postgres).await;
    let mut open = db.begin().await.unwrap();
    deeds::take_turn(&mut open).await.unwrap();
    let mut waits = db.begin().await.unwrap();
    let (patience,) = waits.one::<(i64,)>(&PATIENCE, Vec::new()).await.unwrap();
    assert!((1..15_000).contains(&patience), "{patience}");
    run(&mut waits, &IMPATIENT).await.unwrap();
    let error = told(deeds::take_turn(&mut waits).await, "the database is busy: ");
    assert!(matches!(error, StoreError::Busy(_)) && error.is_away(), "{error:?}");
}

#[apply(both_engines)]
#[tokio::test]
async fn a_database_that_was_closed_is_away(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    db.close().await;
    let error = told(db.begin().await, "the database is away: ");
    assert!(matches!(error, StoreError::Away(_)) && error.is_away(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_ends_a_session_is_away() {
    static END: Statement = on_each("", "SELECT pg_terminate_backend(pg_backend_pid())");
    let error = fails(Engine::Postgres, &[&END], "the database is away: ").await;
    assert!(matches!(error, StoreError::Away(_)) && error.is_away(), "{error:?}");
}

/// No disk is filled for this: SQLite is given a limit, and PostgreSQL says what it would.
#[tokio::test]
async fn a_disk_without_room_is_full() {
    static LIMIT: Statement = on_each("PRAGMA max_page_count = 1", "SELECT 1");
    static WRITE: Statement = on_each(
        "CREATE TABLE large AS SELECT zeroblob(10000000) AS bytes",
        "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$",
    );
    for engine in ENGINES {
        let error = fails(engine, &[&LIMIT, &WRITE], "the disk of the database is full: ").await;
        assert!(matches!(error, StoreError::Full(_)) && error.is_away(), "{error:?}");
    }
}

#[tokio::test]
async fn what_may_not_be_written_to_can_only_be_read() {
    static LOCK: Statement = on_each("PRAGMA query_only = 1", "SET TRANSACTION READ ONLY");
    for engine in ENGINES {
        let error = fails(engine, &[&LOCK, &CHANGE], "the database can only be read: ").await;
        // A server that stands by is made to take writes, or another takes its place.
        assert!(matches!(error, StoreError::ReadOnly(_)) && error.is_away(), "{error:?}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let place = empty_place(Engine::Sqlite).await;
    let file = place.url.strip_prefix("sqlite://").expect("a file");
    std::fs::write(file, "Biên bản sinh hoạt chi bộ\n".repeat(100)).unwrap();
    let error = told(Db::open(&place.url, 1).await, "this is no database of this program");
    assert!(matches!(error, StoreError::Foreign(_)) && !error.is_away(), "{error:?}");
    assert!(std::fs::read(file).unwrap().starts_with("Biên bản".as_bytes()));
}

#[tokio::test]
async fn a_database_that_is_not_there_cannot_be_opened() {
    let place = empty_place(Engine::Postgres).await;
    let (server, options) = place.url.split_once('?').unwrap_or((&place.url, ""));
    let nowhere = format!("{server}_gone?{options}");
    let error = told(Db::open(&nowhere, 1).await, "the database cannot be opened: ");
    assert!(matches!(error, StoreError::Unopened(_)) && !error.is_away(), "{error:?}");
    let place = empty_place(Engine::Sqlite).await;
    let error = told(
        Db::open(&format!("{}?mode=sideways", place.url), 1).await,
        "the database cannot be opened: ",
    );
    assert!(matches!(error, StoreError::Unopened(_)) && !error.is_away(), "{error:?}");
}

#[tokio::test]
async fn a_row_that_breaks_the_schema_and_a_wrong_statement_are_told_apart() {
    static AGAIN: Statement = same("INSERT INTO id_block (name, next) VALUES ('id', 1)");
    static WRONG: Statement = same("SELECT nothing FROM nowhere");
    for engine in ENGINES {
        let error = fails(engine, &[&AGAIN], "the database: a rule of the schema: ").await;
        assert!(matches!(error, StoreError::Constraint(_)) && !error.is_away(), "{error:?}");
        let error = fails(engine, &[&WRONG], "the database: a statement failed: ").await;
        assert!(matches!(error, StoreError::Query(_)) && !error.is_away(), "{error:?}");
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_value_of_another_kind_is_unreadable(engine: Engine) {
    static WORD: Statement = same("SELECT name FROM id_block");
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.read().await.unwrap();
    let read = tx.one::<(i64,)>(&WORD, Vec::new()).await;
    let error = told(read, "a stored value cannot be read: ");
    assert!(matches!(error, StoreError::Unreadable(_)) && !error.is_away(), "{error:?}");
}
