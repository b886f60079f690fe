//! Ids are dense and never shared, whatever is rolled back and whoever else takes some.

use std::collections::BTreeSet;

use diudat::store::{Db, Tx};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines, fresh_db};

async fn take(tx: &mut Tx, count: usize) -> Vec<i64> {
    let mut ids = Vec::with_capacity(count);
    for _ in 0..count {
        ids.push(tx.new_id().await.unwrap());
    }
    ids
}

async fn take_and_commit(db: &Db, count: usize) -> Vec<i64> {
    let mut tx = db.begin().await.unwrap();
    let ids = take(&mut tx, count).await;
    tx.commit().await.unwrap();
    ids
}

#[apply(both_engines)]
#[tokio::test]
async fn they_count_up_from_the_first(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut ids = take_and_commit(&db, 3).await;
    ids.extend(take_and_commit(&db, 2000).await);
    ids.extend(take_and_commit(&db, 1).await);
    assert_eq!(ids, (1000..3004).collect::<Vec<_>>());
}

#[apply(both_engines)]
#[tokio::test]
async fn a_rollback_loses_none(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    // The block itself is rolled back …
    let mut tx = db.begin().await.unwrap();
    assert_eq!(take(&mut tx, 2).await, [1000, 1001]);
    tx.rollback().await.unwrap();
    assert_eq!(take_and_commit(&db, 2).await, [1000, 1001]);
    // … and then ids of a block that stays.
    let mut tx = db.begin().await.unwrap();
    assert_eq!(take(&mut tx, 2).await, [1002, 1003]);
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    // Over the end of the block: the old rest comes back, the new block too.
    assert_eq!(take(&mut tx, 1000).await, (1002..2002).collect::<Vec<_>>());
    tx.rollback().await.unwrap();
    assert_eq!(take_and_commit(&db, 1000).await, (1002..2002).collect::<Vec<_>>());
}

#[apply(both_engines)]
#[tokio::test]
async fn a_second_program_takes_others(engine: Engine) {
    let (db, guard) = fresh_db(engine).await;
    let other = Db::open(&guard.url, 1).await.unwrap();
    let mine = take_and_commit(&db, 1500).await;
    let theirs = take_and_commit(&other, 1500).await;
    let all: BTreeSet<i64> = mine.iter().chain(&theirs).copied().collect();
    assert_eq!(all.len(), 3000);
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_side_by_side_share_none_and_leave_none() {
    let (db, _guard) = fresh_db(Engine::Postgres).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut ids = take_and_commit(&db, 7).await;
                ids.extend(take_and_commit(&db, 400).await);
                ids
            })
        })
        .collect();
    let mut all = BTreeSet::new();
    let mut count = 0;
    for task in tasks {
        let ids = task.await.unwrap();
        count += ids.len();
        all.extend(ids);
    }
    assert_eq!(all.len(), count);
    // What they left of their blocks is handed out before a new block is taken.
    let end = (all.last().unwrap() / 1000 + 1) * 1000;
    let left = usize::try_from(end - 1000).unwrap() - count;
    all.extend(take_and_commit(&db, left).await);
    assert_eq!(all, (1000..end).collect());
}
