//! The outbox: in once, out in order, held by one, and each state left only where it may be.

use std::slice::from_ref;

use chrono::Duration;
use diudat::clock::Instant;
use diudat::domain::ids::{OutboxId, PersonId, UnitId};
use diudat::domain::language::Language;
use diudat::message::{Address, Button, Message, Phrase};
use diudat::store::outbox::{self, Begin, End, Finished, Held, Lane, NewMessage};
use diudat::store::{Bots, Db, Tx, astray};
use rstest_reuse::apply;

use crate::at;
use crate::support::{Engine, both_engines, fresh_db};

/// Nothing waits longer for another try.
const DAY: Duration = Duration::days(1);

fn ours() -> Bots {
    Bots::new(["telegram"])
}

async fn new(tx: &mut Tx, lane: Lane, due: Instant) -> NewMessage {
    NewMessage {
        id: OutboxId(tx.new_id().await.unwrap()),
        lane,
        address: Some(Address { bot: "telegram".into(), chat: "42".into() }),
        person: Some(PersonId(1)),
        unit: Some(UnitId(2)),
        language: Language::Vi,
        message: Message::of(Phrase::new("greeting").with("name", "Đỗ \"Ánh\" \\ 🙂"))
            .row(vec![Button::link("open", diudat::message::Link::Private("x".into()))]),
        begin: Begin::Ready,
        dedupe_key: None,
        edits: None,
        fallbacks: vec![PersonId(3), PersonId(4)],
        created_at: due,
        not_before: due,
        expires_at: Some(due + Duration::hours(1)),
        asked_at: None,
    }
}

/// Queues one message per (lane, second it is due), in one statement.
async fn queue(db: &Db, messages: &[(Lane, i64)]) -> Vec<OutboxId> {
    let mut tx = db.begin().await.unwrap();
    let mut rows = Vec::new();
    for (lane, seconds) in messages {
        rows.push(new(&mut tx, *lane, at(*seconds)).await);
    }
    let ids = outbox::insert(&mut tx, &rows).await.unwrap();
    tx.commit().await.unwrap();
    let mut sorted = ids;
    sorted.sort_unstable();
    sorted
}

async fn claim(db: &Db, now: Instant, limit: u32) -> Vec<Held> {
    let mut tx = db.begin().await.unwrap();
    let held = outbox::claim(&mut tx, &ours(), now, limit).await.unwrap();
    tx.commit().await.unwrap();
    held
}

fn ids(held: &[Held]) -> Vec<OutboxId> {
    held.iter().map(|row| row.id).collect()
}

fn finished(held: &Held, end: End, external_id: Option<&str>) -> Finished {
    let mut held = held.clone();
    held.parts_sent = 2;
    Finished {
        held,
        end,
        external_id: external_id.map(str::to_owned),
        outcome: (end == End::Dead).then(|| "rejected".to_owned()),
        at: at(9),
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_message_comes_out_as_it_went_in(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let full = new(&mut tx, Lane::Reminder, at(0)).await;
    let bare = NewMessage {
        person: None,
        unit: None,
        fallbacks: Vec::new(),
        expires_at: None,
        edits: Some(full.id),
        ..new(&mut tx, Lane::Broadcast, at(0)).await
    };
    outbox::insert(&mut tx, &[full.clone(), bare.clone()]).await.unwrap();
    let held = outbox::claim(&mut tx, &ours(), at(0), 10).await.unwrap();
    assert_eq!(held.len(), 2);
    for (held, sent) in held.into_iter().zip([full, bare]) {
        let expected = NewMessage { begin: Begin::Claimed, ..sent }.held().unwrap();
        assert_eq!(format!("{held:?}"), format!("{expected:?}"));
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_dedupe_key_is_queued_once(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let keyed =
        |key: &str, message: NewMessage| NewMessage { dedupe_key: Some(key.to_owned()), ..message };
    let first = keyed("meeting 1", new(&mut tx, Lane::Reminder, at(0)).await);
    let again = keyed("meeting 1", new(&mut tx, Lane::Reminder, at(1)).await);
    let other = keyed("meeting 2", new(&mut tx, Lane::Reminder, at(1)).await);
    let plain = [new(&mut tx, Lane::Reply, at(0)).await, new(&mut tx, Lane::Reply, at(0)).await];
    assert_eq!(outbox::insert(&mut tx, from_ref(&first)).await.unwrap(), [first.id]);
    assert_eq!(outbox::insert(&mut tx, &[again, other.clone()]).await.unwrap(), [other.id]);
    assert_eq!(outbox::insert(&mut tx, &plain).await.unwrap().len(), 2);
    assert_eq!(outbox::insert(&mut tx, &[]).await.unwrap(), []);
}

#[apply(both_engines)]
#[tokio::test]
async fn claims_go_by_lane_then_due_then_id(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let queued = queue(
        &db,
        &[
            (Lane::Broadcast, 0),
            (Lane::Reminder, 2),
            (Lane::Reminder, 1),
            (Lane::Reply, 3),
            (Lane::Reminder, 1),
            (Lane::Reply, 60),
        ],
    )
    .await;
    let order = |indexes: &[usize]| indexes.iter().map(|i| queued[*i]).collect::<Vec<_>>();
    assert_eq!(ids(&claim(&db, at(5), 3).await), order(&[3, 2, 4]));
    assert_eq!(ids(&claim(&db, at(5), 3).await), order(&[1, 0]));
    assert_eq!(ids(&claim(&db, at(5), 3).await), []);
    let mut tx = db.read().await.unwrap();
    assert_eq!(outbox::next_due(&mut tx, &ours()).await.unwrap(), Some(at(60)));
    drop(tx);
    assert_eq!(ids(&claim(&db, at(60), 3).await), order(&[5]));
    let mut tx = db.read().await.unwrap();
    assert_eq!(outbox::next_due(&mut tx, &ours()).await.unwrap(), None);
}

#[tokio::test]
async fn two_that_claim_at_once_get_different_rows() {
    let (db, _guard) = fresh_db(Engine::Postgres).await;
    let queued = queue(&db, &[(Lane::Reminder, 0); 7]).await;
    let mut one = db.begin().await.unwrap();
    let mut other = db.begin().await.unwrap();
    let mut taken = ids(&outbox::claim(&mut one, &ours(), at(0), 4).await.unwrap());
    let theirs = ids(&outbox::claim(&mut other, &ours(), at(0), 4).await.unwrap());
    assert_eq!((taken.len(), theirs.len()), (4, 3));
    one.commit().await.unwrap();
    other.commit().await.unwrap();
    taken.extend(theirs);
    taken.sort_unstable();
    assert_eq!(taken, queued);
}

#[apply(both_engines)]
#[tokio::test]
async fn another_programs_bots_are_left_alone(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let queued = queue(&db, &[(Lane::Reply, 0)]).await;
    let mut tx = db.begin().await.unwrap();
    let theirs = Bots::new(["web", "console"]);
    assert_eq!(ids(&outbox::claim(&mut tx, &theirs, at(0), 10).await.unwrap()), []);
    assert_eq!(ids(&outbox::claim(&mut tx, &ours(), at(0), 10).await.unwrap()), queued);
    assert_eq!(ids(&outbox::rescue(&mut tx, &theirs, DAY, at(0)).await.unwrap()), []);
    assert_eq!(ids(&outbox::rescue(&mut tx, &ours(), DAY, at(0)).await.unwrap()), queued);
}

#[apply(both_engines)]
#[tokio::test]
async fn what_was_claimed_and_never_begun_is_given_back(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let queued = queue(&db, &[(Lane::Reply, 0), (Lane::Reply, 0)]).await;
    let held = claim(&db, at(0), 10).await;
    let mut tx = db.begin().await.unwrap();
    outbox::finish(&mut tx, &[finished(&held[0], End::Sent, None)]).await.unwrap();
    // The clock was set back in the meantime, and nobody waits because of it.
    outbox::release(&mut tx, &queued, at(-60)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ids(&claim(&db, at(-60), 10).await), [queued[1]], "the other one is sent");
}

#[apply(both_engines)]
#[tokio::test]
async fn what_was_being_sent_counts_as_repeated_when_it_is_rescued(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let queued = queue(&db, &[(Lane::Reply, 0), (Lane::Reminder, 0), (Lane::Broadcast, 9)]).await;
    let mut held = claim(&db, at(0), 10).await;
    let mut tx = db.begin().await.unwrap();
    held[1].not_before = at(30);
    held[1].attempts = 5;
    outbox::hold(&mut tx, &held[1..]).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = db.begin().await.unwrap();
    let rescued = outbox::rescue(&mut tx, &ours(), DAY, at(0)).await.unwrap();
    tx.commit().await.unwrap();
    let seen: Vec<_> =
        rescued.iter().map(|row| (row.id, row.repeated, row.attempts, row.not_before)).collect();
    assert_eq!(seen, [(queued[0], 1, 1, at(0)), (queued[1], 0, 5, at(30))]);

    let mut tx = db.begin().await.unwrap();
    let repeated: Vec<_> = outbox::rescue(&mut tx, &ours(), DAY, at(0))
        .await
        .unwrap()
        .iter()
        .map(|row| row.repeated)
        .collect();
    assert_eq!(repeated, [2, 1], "both are being sent now");
}

/// What a clock that showed next year put off waits for nobody's next year: not when it is taken over, and an
/// answer not until quiet hours end.
#[apply(both_engines)]
#[tokio::test]
async fn what_a_wrong_clock_put_off_goes(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let year = 365 * 24 * 60 * 60;
    let waits =
        [(Lane::Reply, year), (Lane::Reply, 60), (Lane::Reminder, year), (Lane::Reminder, 60)];
    let queued = queue(&db, &waits).await;
    let mut tx = db.begin().await.unwrap();
    let night = at(6 * 60 * 60);
    assert_eq!(astray::bring_nearer(&mut tx, at(0) + DAY, night, at(0)).await.unwrap(), 3);
    tx.commit().await.unwrap();
    assert_eq!(ids(&claim(&db, at(0), 10).await), queued[..2]);
    assert_eq!(ids(&claim(&db, at(60), 10).await), queued[3..]);
    let mut held = claim(&db, night, 10).await;
    assert_eq!(ids(&held), queued[2..3]);

    let mut tx = db.begin().await.unwrap();
    held[0].not_before = at(year);
    outbox::hold(&mut tx, &held).await.unwrap();
    outbox::rescue(&mut tx, &ours(), DAY, night).await.unwrap();
    tx.commit().await.unwrap();
    // In the row as well, for whoever takes over next.
    let mut tx = db.begin().await.unwrap();
    let rescued = outbox::rescue(&mut tx, &ours(), DAY, at(0)).await.unwrap();
    let due = rescued.iter().find(|row| row.id == queued[2]).map(|row| row.not_before);
    assert_eq!(due, Some(night));
}

#[apply(both_engines)]
#[tokio::test]
async fn finishing_touches_only_what_is_not_over(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    queue(&db, &[(Lane::Reply, 0), (Lane::Reply, 0), (Lane::Reply, 0), (Lane::Reply, 0)]).await;
    let held = claim(&db, at(0), 3).await;
    let mut tx = db.begin().await.unwrap();
    outbox::hold(&mut tx, &held[2..]).await.unwrap();
    let mut ends = vec![
        finished(&held[0], End::Sent, Some("m1")),
        finished(&held[1], End::Dead, None),
        finished(&held[2], End::Sent, Some("m3")),
    ];
    assert_eq!(outbox::finish(&mut tx, &ends).await.unwrap(), 3, "one was held for a retry");
    ends[0].external_id = Some("m9".into());
    assert_eq!(outbox::finish(&mut tx, &ends).await.unwrap(), 0);

    let address = Address { bot: "telegram".into(), chat: "42".into() };
    let sent = outbox::external_id(&mut tx, held[0].id).await.unwrap();
    assert_eq!(sent, Some((address, "m1".into())));
    assert_eq!(outbox::external_id(&mut tx, held[1].id).await.unwrap(), None);
    assert!(outbox::was_shown(&mut tx, held[0].id).await.unwrap());
    assert!(!outbox::was_shown(&mut tx, held[1].id).await.unwrap());

    // What is over does not begin again.
    outbox::resume(&mut tx, &[held[0].id, held[2].id]).await.unwrap();
    outbox::hold(&mut tx, &held).await.unwrap();
    assert_eq!(outbox::rescue(&mut tx, &ours(), DAY, at(9)).await.unwrap().len(), 0);
}

#[apply(both_engines)]
#[tokio::test]
async fn a_message_for_nobody_reachable_is_kept_as_proof(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let nobody = NewMessage {
        address: None,
        begin: Begin::Unreachable,
        ..new(&mut tx, Lane::Reminder, at(0)).await
    };
    assert!(nobody.held().is_none());
    let claimed = NewMessage { begin: Begin::Claimed, ..new(&mut tx, Lane::Reply, at(0)).await };
    outbox::insert(&mut tx, &[nobody.clone(), claimed.clone()]).await.unwrap();
    assert_eq!(ids(&outbox::claim(&mut tx, &ours(), at(9), 10).await.unwrap()), []);
    assert!(!outbox::was_shown(&mut tx, nobody.id).await.unwrap());
    assert_eq!(ids(&outbox::rescue(&mut tx, &ours(), DAY, at(0)).await.unwrap()), [claimed.id]);
}

#[apply(both_engines)]
#[tokio::test]
async fn old_texts_are_blanked_once_they_are_over(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    queue(&db, &[(Lane::Reply, 0), (Lane::Reply, 0), (Lane::Reply, 50)]).await;
    let held = claim(&db, at(0), 10).await;
    let mut tx = db.begin().await.unwrap();
    outbox::finish(&mut tx, &[finished(&held[0], End::Sent, None)]).await.unwrap();
    assert_eq!(outbox::forget_bodies(&mut tx, at(9)).await.unwrap(), 0, "not that old");
    assert_eq!(outbox::forget_bodies(&mut tx, at(10)).await.unwrap(), 1);
    assert_eq!(outbox::forget_bodies(&mut tx, at(10)).await.unwrap(), 0);
    // What is still to be sent can still be read.
    assert_eq!(outbox::claim(&mut tx, &ours(), at(50), 10).await.unwrap().len(), 1);
    assert_eq!(outbox::rescue(&mut tx, &ours(), DAY, at(0)).await.unwrap().len(), 2);
}

/// A process that speaks in one chat alone leaves the bot's other chats alone, also unfinished.
#[apply(both_engines)]
#[tokio::test]
async fn one_chat_is_claimed_and_rescued_without_the_others(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let mut rows = Vec::new();
    for (chat, seconds) in [("42", 5), ("43", 1), ("42", 2), ("43", 3)] {
        let row = new(&mut tx, Lane::Reminder, at(seconds)).await;
        let address = Some(Address { bot: "telegram".into(), chat: chat.into() });
        rows.push(NewMessage { address, ..row });
    }
    outbox::insert(&mut tx, &rows).await.unwrap();
    let mine = Bots::in_chat("telegram", "42");
    assert_eq!(outbox::next_due(&mut tx, &mine).await.unwrap(), Some(at(2)));
    let held = outbox::claim(&mut tx, &mine, at(9), 10).await.unwrap();
    assert_eq!(ids(&held), [rows[2].id, rows[0].id]);
    let others = Bots::in_chat("telegram", "43");
    assert_eq!(ids(&outbox::rescue(&mut tx, &others, DAY, at(9)).await.unwrap()), []);
    assert_eq!(outbox::rescue(&mut tx, &mine, DAY, at(9)).await.unwrap().len(), 2);
    assert_eq!(
        ids(&outbox::claim(&mut tx, &ours(), at(9), 10).await.unwrap()),
        [rows[1].id, rows[3].id]
    );
    tx.rollback().await.unwrap();
}
