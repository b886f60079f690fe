//! SIGTERM: what was taken in is answered before the end or after the next start, once.

use std::time::{Duration, Instant};

use crate::crash::{answered, ask_all, bind_the_crowd};
use crate::fake_telegram::Fault;
use crate::house::user;
use crate::on_both_engines;

/// A supervisor kills what has not ended after ten seconds.
const SECONDS: Duration = Duration::from_secs(10);

#[tokio::test]
async fn told_to_stop_in_the_middle_it_stops_in_order_and_says_nothing_twice() {
    on_both_engines(async |house| {
        let mut house = house.open(&[]).await;
        bind_the_crowd(&house).await;
        let greeted = house.fake.sent_count();
        let asked = ask_all(&house);
        for more in [1, 20] {
            let before = house.fake.sent_count();
            house.fake.wait_for_sent(before + more).await;
            let told = Instant::now();
            let (status, log) = house.terminate().await;
            assert!(told.elapsed() < SECONDS, "{:?}", told.elapsed());
            assert_eq!(status.code(), Some(0), "{log}");
            assert!(!log.contains("WARN") && !log.contains("ERROR"), "{log}");
            house.start().await;
        }
        house.fake.wait_for_sent(greeted + asked.len()).await;
        let once = asked.iter().map(|code| (code.clone(), 1)).collect();
        assert_eq!(answered(&house), once);
        let (status, _) = house.terminate().await;
        assert_eq!(status.code(), Some(0));
        assert_eq!(house.fake.sent_count(), greeted + asked.len());
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_hangs_does_not_hold_up_the_end() {
    on_both_engines(async |house| {
        let mut house = house.open(&["NS-012"]).await;
        let calls = house.fake.calls("sendMessage");
        house.fake.fail_next("sendMessage", Fault::Hang);
        house.fake.user_says(user("NS-012"), user("NS-012"), "/toi");
        house.fake.wait_for_calls("sendMessage", calls + 1).await;
        let told = Instant::now();
        let (status, log) = house.terminate().await;
        assert!(told.elapsed() < SECONDS, "{:?}", told.elapsed());
        assert_eq!(status.code(), Some(0), "{log}");
        // Nobody knows what became of it, so it is said again.
        house.start().await;
        house.sees(user("NS-012"), "Đồng chí Phạm Quang Hợp (NS-012)").await;
    })
    .await;
}

#[tokio::test]
async fn a_program_that_cannot_work_ends_and_says_why() {
    on_both_engines(async |mut house| {
        // It can start, and then finds no outbox.
        house.sql("ALTER TABLE outbox RENAME TO hidden").await;
        house.spawn();
        let (status, log) = house.ends().await;
        assert_eq!(status.code(), Some(1), "{log}");
        assert!(log.contains("diudat: the database: ") && log.contains("outbox"), "{log}");
    })
    .await;
}
