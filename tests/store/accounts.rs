//! Accounts, invitations and the group chats of branches.

use diudat::domain::ids::{PersonId, UnitId};
use diudat::domain::units::UnitTree;
use diudat::message::Address;
use diudat::store::invitations::{self, Opens};
use diudat::store::{Tx, accounts, people};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{at, demo};

async fn person(tx: &mut Tx, code: &str) -> PersonId {
    people::by_code(tx, code).await.unwrap().unwrap()
}

async fn branches(tx: &mut Tx) -> Vec<UnitId> {
    UnitTree::load(tx).await.unwrap().branches().map(|unit| unit.id).collect()
}

fn chat(chat: &str) -> Address {
    Address { bot: "telegram".into(), chat: chat.into() }
}

#[apply(both_engines)]
#[tokio::test]
async fn an_account_speaks_for_the_person_it_was_bound_to_last(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (one, other) = (person(&mut tx, "NS-012").await, person(&mut tx, "NS-013").await);
    accounts::bind(&mut tx, "telegram", "7", one, "7", at(0)).await.unwrap();
    accounts::bind(&mut tx, "zalo", "7", one, "z7", at(1)).await.unwrap();
    let bots = |accounts: Vec<accounts::Account>| -> Vec<String> {
        accounts.into_iter().map(|account| account.bot).collect()
    };
    let newest_first = accounts::of_persons(&mut tx, &[one]).await.unwrap();
    assert_eq!(bots(newest_first), ["zalo", "telegram"]);

    accounts::bind(&mut tx, "telegram", "7", other, "7", at(2)).await.unwrap();
    assert_eq!(bots(accounts::of_persons(&mut tx, &[one]).await.unwrap()), ["zalo"]);
    let found = accounts::find(&mut tx, &[("telegram", "7"), ("telegram", "8")]).await.unwrap();
    assert_eq!(
        found.iter().map(|a| (a.person_id, a.reachable)).collect::<Vec<_>>(),
        [(other, true)]
    );

    assert!(accounts::set_unreachable(&mut tx, &chat("7")).await.unwrap());
    assert!(!accounts::set_unreachable(&mut tx, &chat("8")).await.unwrap());
    let found = accounts::of_persons(&mut tx, &[one, other]).await.unwrap();
    let seen: Vec<_> = found.iter().map(|a| (a.bot.as_str(), a.reachable)).collect();
    assert_eq!(seen, [("telegram", false), ("zalo", true)]);
    assert!(accounts::of_persons(&mut tx, &[]).await.unwrap().is_empty());
}

#[apply(both_engines)]
#[tokio::test]
async fn a_code_is_spent_once(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let someone = person(&mut tx, "NS-012").await;
    let branch = branches(&mut tx).await[1];
    for (digest, opens) in [("d1", Opens::Person(someone)), ("d2", Opens::Group(branch))] {
        invitations::issue(&mut tx, digest, opens, at(0), at(100)).await.unwrap();
        let found = invitations::find(&mut tx, digest).await.unwrap().unwrap();
        assert_eq!((found.opens, found.expires_at, found.used), (opens, at(100), false));
        assert!(invitations::spend(&mut tx, found.id, at(1)).await.unwrap());
        assert!(!invitations::spend(&mut tx, found.id, at(2)).await.unwrap());
        assert!(invitations::find(&mut tx, digest).await.unwrap().unwrap().used);
    }
    assert!(invitations::find(&mut tx, "d3").await.unwrap().is_none());
}

#[apply(both_engines)]
#[tokio::test]
async fn wrong_tries_are_counted_by_account_and_in_all(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    for (account, seconds) in [("7", 0), ("7", 10), ("8", 20)] {
        invitations::failed(&mut tx, "telegram", account, at(seconds)).await.unwrap();
    }
    let mut since = async |account: &str, seconds| {
        invitations::failures_since(&mut tx, "telegram", account, at(seconds)).await.unwrap()
    };
    assert_eq!(since("7", -1).await, (2, 3));
    assert_eq!(since("7", 0).await, (1, 2));
    assert_eq!(since("9", 10).await, (0, 1));
    invitations::forget_failures(&mut tx, at(10)).await.unwrap();
    let left = invitations::failures_since(&mut tx, "telegram", "7", at(-1)).await.unwrap();
    assert_eq!(left, (0, 1));
}

#[apply(both_engines)]
#[tokio::test]
async fn a_branch_has_one_group_at_a_time(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let secretary = person(&mut tx, "NS-010").await;
    let branches = branches(&mut tx).await;
    let (branch, neighbour) = (branches[1], branches[2]);
    let group =
        async |tx: &mut Tx| accounts::group_of(tx, branch).await.unwrap().map(|group| group.chat);
    assert_eq!(group(&mut tx).await, None);
    accounts::bind_group(&mut tx, branch, &chat("-1"), secretary, at(0)).await.unwrap();
    accounts::bind_group(&mut tx, branch, &chat("-2"), secretary, at(1)).await.unwrap();
    assert_eq!(group(&mut tx).await.as_deref(), Some("-2"));
    assert!(accounts::group_at(&mut tx, &chat("-1")).await.unwrap().is_none());

    accounts::follow(&mut tx, &chat("-2"), "-1002", at(3)).await.unwrap();
    assert_eq!(group(&mut tx).await.as_deref(), Some("-1002"));

    assert!(accounts::unbind_group(&mut tx, branch, at(2)).await.unwrap());
    assert!(!accounts::unbind_group(&mut tx, branch, at(3)).await.unwrap());
    assert_eq!(group(&mut tx).await, None);

    // The chat is free for another branch now, and the branch for the chat it had before.
    accounts::bind_group(&mut tx, neighbour, &chat("-1002"), secretary, at(4)).await.unwrap();
    let there = accounts::group_at(&mut tx, &chat("-1002")).await.unwrap().unwrap();
    assert_eq!(there.unit_id, neighbour);
    accounts::bind_group(&mut tx, branch, &chat("-1"), secretary, at(5)).await.unwrap();
    assert_eq!(group(&mut tx).await.as_deref(), Some("-1"));

    // A chat that becomes the neighbour's group is nobody's any more.
    accounts::follow(&mut tx, &chat("-1"), "-1002", at(6)).await.unwrap();
    assert_eq!(group(&mut tx).await, None);
    let there = accounts::group_at(&mut tx, &chat("-1002")).await.unwrap().unwrap();
    assert_eq!(there.unit_id, neighbour);
    tx.commit().await.unwrap();
}
