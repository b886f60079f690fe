//! The migrations apply to an empty database, do nothing the second time, and make the same schema
//! on both engines.

use diudat::store::{Db, Statement, installation};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines, empty_place, fresh_db};

/// Table, column, type, whether it must have a value.
static COLUMNS: Statement = Statement {
    name: "COLUMNS",
    sqlite: r#"SELECT t.name, c.name, c.type, CAST(c."notnull" AS BIGINT)
        FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '_sqlx_migrations'"#,
    postgres: "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT),
            UPPER(CAST(data_type AS TEXT)),
            CAST(CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END AS BIGINT)
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
    takes: &[],
};

/// Table and name of every index that was made by name.
static INDEXES: Statement = Statement {
    name: "INDEXES",
    sqlite: "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    postgres: "SELECT CAST(t.relname AS TEXT), CAST(x.relname AS TEXT)
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = x.relnamespace
        WHERE n.nspname = 'public' AND t.relname <> '_sqlx_migrations'
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
    takes: &[],
};

type Schema = (Vec<(String, String, String, i64)>, Vec<(String, String)>);

async fn schema(db: &Db) -> Schema {
    let mut tx = db.read().await.unwrap();
    let mut columns: Vec<(String, String, String, i64)> =
        tx.all(&COLUMNS, Vec::new()).await.unwrap();
    let mut indexes: Vec<(String, String)> = tx.all(&INDEXES, Vec::new()).await.unwrap();
    columns.sort();
    indexes.sort();
    (columns, indexes)
}

#[apply(both_engines)]
#[tokio::test]
async fn migrations_apply_once(engine: Engine) {
    let place = empty_place(engine).await;
    let db = Db::open(&place.url, 2).await.unwrap();
    assert_eq!(db.is_sqlite(), engine == Engine::Sqlite);
    db.probe().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    assert_eq!(installation::invite_key(&mut tx, "first").await.unwrap(), "first");
    assert!(installation::is_empty(&mut tx).await.unwrap());
    assert!(!installation::is_demo(&mut tx).await.unwrap());
    tx.commit().await.unwrap();
    let before = schema(&db).await;
    db.close().await;

    let again = Db::open(&place.url, 2).await.unwrap();
    assert_eq!(schema(&again).await, before);
    let mut tx = again.begin().await.unwrap();
    assert_eq!(installation::invite_key(&mut tx, "second").await.unwrap(), "first");
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let (sqlite, _folder) = fresh_db(Engine::Sqlite).await;
    let (postgres, _database) = fresh_db(Engine::Postgres).await;
    let (columns, indexes) = schema(&sqlite).await;
    assert!(columns.iter().any(|column| column.0 == "outbox" && column.1 == "dedupe_key"));
    assert!(indexes.iter().any(|index| index.1 == "outbox_ready"));
    let portable = ["TEXT", "BIGINT", "BOOLEAN", "DOUBLE PRECISION"];
    for (table, column, kind, _) in &columns {
        assert!(portable.contains(&kind.as_str()), "{table}.{column} is {kind}");
    }
    assert_eq!((columns, indexes), schema(&postgres).await);
}

#[tokio::test]
async fn an_address_of_neither_engine_is_refused() {
    assert!(matches!(
        Db::open("mysql://localhost/x", 1).await,
        Err(diudat::store::StoreError::Address)
    ));
}
