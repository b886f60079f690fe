//! What is stored folded is folded anew when folding has changed.

use diudat::domain::written::keys_in;
use diudat::store::{Db, Statement, StoreError, Tx, faces, name_variants};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines, fresh_db};

/// People as a version that folded otherwise put them down.
const BEFORE: Statement = Statement {
    name: "BEFORE",
    sqlite: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO person (id, code, name, name_key)
        SELECT 100000 + i, 'NS-' || (1000 + i), 'Ðỗ Văn Lý', 'ðo van ly' FROM n",
    postgres: "INSERT INTO person (id, code, name, name_key)
        SELECT 100000 + i, 'NS-' || (1000 + i), 'Ðỗ Văn Lý', 'ðo van ly'
        FROM generate_series(1, 5000) AS s (i)",
    takes: &[],
};
const ERASED: Statement = Statement {
    name: "ERASED",
    sqlite: "UPDATE person SET name = code, name_key = 'ns-1001' WHERE id = 100001",
    postgres: "UPDATE person SET name = code, name_key = 'ns-1001' WHERE id = 100001",
    takes: &[],
};
const UNVERSIONED: Statement = Statement {
    name: "UNVERSIONED",
    sqlite: "DELETE FROM installation WHERE name = 'folding'",
    postgres: "DELETE FROM installation WHERE name = 'folding'",
    takes: &[],
};
const FOLDED: Statement = Statement {
    name: "FOLDED",
    sqlite: "SELECT COUNT(*) FROM person WHERE name_key = 'do van ly'",
    postgres: "SELECT COUNT(*) FROM person WHERE name_key = 'do van ly'",
    takes: &[],
};
const VARIANTS: Statement = Statement {
    name: "VARIANTS",
    sqlite: "SELECT COUNT(*) FROM name_variant",
    postgres: "SELECT COUNT(*) FROM name_variant",
    takes: &[],
};

async fn changed(db: &Db, statements: &[&'static Statement]) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    for statement in statements {
        tx.run(statement, Vec::new()).await?;
    }
    tx.commit().await
}

async fn count(tx: &mut Tx, statement: &'static Statement) -> i64 {
    tx.one::<(i64,)>(statement, Vec::new()).await.unwrap().0
}

#[apply(both_engines)]
#[tokio::test]
async fn names_are_folded_anew_once(engine: Engine) {
    let (db, guard) = fresh_db(engine).await;
    changed(&db, &[&BEFORE, &ERASED, &UNVERSIONED]).await.unwrap();
    // Two processes that start together, and one after them.
    let other = Db::open(&guard.url, 2);
    let (one, other) = tokio::join!(name_variants::refresh(&db), other);
    one.unwrap();
    other.unwrap().close().await;
    name_variants::refresh(&db).await.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(count(&mut tx, &FOLDED).await, 4_999);
    // In full, two words with the given name, their letters, it alone, and its letter behind them.
    assert_eq!(count(&mut tx, &VARIANTS).await, 4_999 * 7);
    let keys = keys_in("gặp D. V. Lí").names;
    let found = faces::named(&mut tx, &keys.iter().collect::<Vec<_>>()).await.unwrap();
    assert_eq!(found.len(), 4_999);
    drop(tx);
    db.close().await;
}

/// Whoever a process of the version before adds is looked for from the next start on.
#[apply(both_engines)]
#[tokio::test]
async fn whoever_has_no_variants_gets_them_at_a_start(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    changed(&db, &[&BEFORE]).await.unwrap();
    name_variants::refresh(&db).await.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(count(&mut tx, &VARIANTS).await, 5_000 * 7);
    drop(tx);
    db.close().await;
}
