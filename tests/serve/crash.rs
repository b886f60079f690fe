//! `kill -9` with a batch of updates waiting, at many points: every update is handled once, and
//! only what was in flight at a kill is said twice.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diudat::clock::Clock;
use diudat::message::Block;
use diudat::store::{Bots, Db, outbox};

use crate::house::{House, user};
use crate::on_both_engines;
use crate::support::Engine;

/// Members of several branches.
const CROWD: [&str; 20] = [
    "NS-001", "NS-002", "NS-003", "NS-004", "NS-005", "NS-006", "NS-007", "NS-008", "NS-010",
    "NS-011", "NS-012", "NS-013", "NS-016", "NS-017", "NS-018", "NS-019", "NS-020", "NS-025",
    "NS-026", "NS-027",
];
const ROUNDS: usize = 3;
const FIRST: usize = 901;

/// How many messages may be on their way at once: `delivery.parallel`, and one that has just come
/// back.
const IN_FLIGHT: usize = 9;

/// The code in an answer to `qc-9xx`, which tells it from every other answer.
fn code_in(text: &str) -> Option<String> {
    let (_, after) = text.split_once("gửi về QC-9")?;
    Some(format!("QC-9{}", after.get(..2)?))
}

/// Everyone asks something of their own, `ROUNDS` times. Returns the codes asked about.
pub fn ask_all(house: &House) -> Vec<String> {
    let mut asked = Vec::new();
    for (n, code) in (FIRST..).zip(CROWD.iter().cycle().take(CROWD.len() * ROUNDS)) {
        house.fake.user_says(user(code), user(code), &format!("qc-{n}"));
        asked.push(format!("QC-{n}"));
    }
    asked
}

/// How often each question was answered.
pub fn answered(house: &House) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for code in house.fake.sent().iter().filter_map(|message| code_in(&message.text)) {
        *counted.entry(code).or_default() += 1;
    }
    counted
}

pub async fn bind_the_crowd(house: &House) {
    house.bind(&CROWD).await;
}

/// The answers that may be on the screen although the database does not say so.
async fn in_doubt(house: &House) -> Vec<String> {
    let db = Db::open(house.database(), 1).await.expect("the database survives");
    let mut tx = db.begin().await.unwrap();
    let now = Clock::System.now();
    let unfinished =
        outbox::rescue(&mut tx, &Bots::new(["telegram"]), TimeDelta::days(1), now).await.unwrap();
    tx.rollback().await.unwrap();
    db.close().await;
    let on_screen = answered(house);
    let code = |held: &outbox::Held| match held.message.body.first() {
        Some(Block::Line(phrase)) => match phrase.args.get("code") {
            Some(diudat::message::Arg::Text(code)) => Some(code.clone()),
            _ => None,
        },
        _ => None,
    };
    unfinished.iter().filter_map(code).filter(|code| on_screen.contains_key(code)).collect()
}

#[tokio::test]
async fn killed_again_and_again_it_answers_everyone_and_repeats_only_what_was_in_flight() {
    on_both_engines(async |house| {
        let mut house = house.open(&[]).await;
        bind_the_crowd(&house).await;
        house.terminate().await;
        let greeted = house.fake.sent_count();
        let asked = ask_all(&house);

        let mut expected: BTreeMap<String, usize> =
            asked.iter().map(|code| (code.clone(), 1)).collect();
        // With the batch handed over, and after so many more answers.
        // Where the machine does not tell that the last leader died, a restart waits for ten seconds.
        let kills: &[Option<usize>] = match house.engine {
            Engine::Sqlite => &[None, Some(1), Some(4), Some(9), Some(9), Some(14)],
            Engine::Postgres => &[Some(20)],
        };
        for more in kills {
            let before = house.fake.sent_count();
            house.start().await;
            if let Some(more) = more {
                let what = format!("{more} more answers after {}", before - greeted);
                house.fake.wait_until(&what, |fake| fake.sent_count() >= before + more).await;
            }
            house.kill().await;
            let doubtful = in_doubt(&house).await;
            let said = house.fake.sent_count() - greeted;
            println!("killed after {said} answers, {} of them in flight", doubtful.len());
            assert!(doubtful.len() <= IN_FLIGHT, "{doubtful:?}");
            for code in doubtful {
                *expected.get_mut(&code).expect("an answer to what was asked") += 1;
            }
        }
        house.start().await;
        let all: usize = expected.values().sum();
        house.fake.wait_until("all answers", |fake| fake.sent_count() >= greeted + all).await;
        assert_eq!(answered(&house), expected);
        println!("{} answers to {} questions", all, asked.len());

        // Nothing is left that would come after all.
        let (status, _) = house.terminate().await;
        assert!(status.success());
        assert_eq!(in_doubt(&house).await, Vec::<String>::new());
        assert_eq!(house.fake.sent_count(), greeted + all);
        assert_eq!(house.fake.unconfirmed(), 0);
    })
    .await;
}
