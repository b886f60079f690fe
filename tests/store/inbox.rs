//! What is accepted is accepted once, handled in order and forgotten in time.

use chrono::Duration;
use diudat::message::{ChatKind, Event, Incoming};
use diudat::store::{Bots, inbox};
use rstest_reuse::apply;

use crate::at;
use crate::support::{Engine, both_engines, fresh_db};

fn text(bot: &str, external_id: &str) -> Incoming {
    Incoming {
        bot: bot.into(),
        external_id: external_id.into(),
        chat: "42".into(),
        kind: ChatKind::Private,
        sender: "42".into(),
        language: Some("vi".into()),
        event: Event::Text { text: format!("thống kê \"{external_id}\" ' \\ 🙂") },
    }
}

fn all() -> Bots {
    Bots::new(["telegram", "zalo", "web"])
}

#[apply(both_engines)]
#[tokio::test]
async fn accepting_twice_keeps_one(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let batch = [text("telegram", "1"), text("telegram", "2"), text("zalo", "1")];
    for (offered, new) in [(&batch[..2], 2), (&batch[..], 1), (&batch[..], 0), (&[], 0)] {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(inbox::accept(&mut tx, offered, at(0)).await.unwrap(), new);
        tx.commit().await.unwrap();
    }
    let mut tx = db.read().await.unwrap();
    let waiting = inbox::waiting(&mut tx, &all(), 10).await.unwrap().readable;
    assert_eq!(waiting.into_iter().map(|row| row.incoming).collect::<Vec<_>>(), batch);
}

#[apply(both_engines)]
#[tokio::test]
async fn what_waits_comes_in_order_of_arrival(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    for (external_id, seconds) in [("late", 2), ("early", 1), ("early too", 1)] {
        inbox::accept(&mut tx, &[text("web", external_id)], at(seconds)).await.unwrap();
    }
    let waiting = inbox::waiting(&mut tx, &all(), 2).await.unwrap().readable;
    let order: Vec<_> = waiting.iter().map(|row| row.incoming.external_id.as_str()).collect();
    assert_eq!(order, ["early", "early too"]);
    assert_eq!(inbox::count_waiting(&mut tx).await.unwrap(), 3);
}

#[apply(both_engines)]
#[tokio::test]
async fn another_programs_bots_are_left_alone(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    inbox::accept(&mut tx, &[text("telegram", "1"), text("console", "1")], at(0)).await.unwrap();
    for (bots, count) in [(vec!["console"], 1), (vec!["web"], 0), (vec![], 0)] {
        let waiting = inbox::waiting(&mut tx, &Bots::new(bots), 10).await.unwrap().readable;
        assert_eq!(waiting.len(), count);
        assert!(waiting.iter().all(|row| row.incoming.bot == "console"));
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn handled_and_dead_rows_wait_no_more(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let batch = [text("web", "1"), text("web", "2"), text("web", "3")];
    inbox::accept(&mut tx, &batch, at(0)).await.unwrap();
    let ids: Vec<_> = inbox::waiting(&mut tx, &all(), 10)
        .await
        .unwrap()
        .readable
        .into_iter()
        .map(|row| row.id)
        .collect();

    inbox::done(&mut tx, &ids[..1], at(1)).await.unwrap();
    inbox::tried(&mut tx, ids[1]).await.unwrap();
    inbox::dead(&mut tx, ids[2], "K7F2", at(1)).await.unwrap();
    let waiting = inbox::waiting(&mut tx, &all(), 10).await.unwrap().readable;
    assert_eq!(waiting.iter().map(|row| (row.id, row.attempts)).collect::<Vec<_>>(), [(ids[1], 1)]);

    // Forgotten is only what is over, and then its external id is free again.
    assert_eq!(inbox::expire(&mut tx, at(0) + Duration::days(7)).await.unwrap(), 2);
    assert_eq!(inbox::accept(&mut tx, &batch, at(0)).await.unwrap(), 2);
}

#[apply(both_engines)]
#[tokio::test]
async fn what_was_said_in_another_chat_waits_for_who_speaks_there(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let theirs = Incoming { chat: "43".into(), ..text("web", "1") };
    let mine = text("web", "2");
    inbox::accept(&mut tx, &[theirs, mine.clone()], at(0)).await.unwrap();
    let bots = Bots::in_chat("web", "42");
    let waiting = inbox::waiting(&mut tx, &bots, 10).await.unwrap().readable;
    assert_eq!(waiting.into_iter().map(|row| row.incoming).collect::<Vec<_>>(), [mine]);
    assert_eq!(inbox::waiting(&mut tx, &all(), 10).await.unwrap().readable.len(), 2);
    tx.rollback().await.unwrap();
}
