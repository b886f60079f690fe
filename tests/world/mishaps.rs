//! What goes wrong: downtime, crashes, platforms that fail, rows that cannot be read.

use std::time::Duration;

use diudat::message::{Event, SendError};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

#[apply(both_engines)]
#[tokio::test]
async fn what_is_late_within_the_grace_is_sent_and_marked(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.settle().await;
    w.down_until("2018-11-28 15:00").await;
    w.as_("NS-013").reads(&["gửi muộn", "QC-014"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_too_late_is_dropped_and_told_and_never_a_flood(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.settle().await;
    w.everyone_reads();
    w.down_until("2018-12-04 10:00").await;
    // Of the report prompts only the one of today, of the invitations likewise.
    let told = w.sent_to("NS-013");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|m| m.text.contains("gửi muộn")));
    let secretary = w.sent_to("NS-010");
    let dropped: Vec<_> = secretary.iter().filter(|m| m.text.contains("đã hủy")).collect();
    assert_eq!(dropped.len(), 1, "{secretary:?}");
    w.down_until("2019-01-20 10:00").await;
    let after = w.sent_to("NS-013").len();
    assert_eq!(after, 2, "past meetings are not announced");
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn an_update_accepted_before_a_crash_is_handled_once(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    let text = Event::Text { text: "/toi".to_owned() };
    let incoming = w.incoming("tapping", "NS-012", "NS-012", text);
    w.accept(incoming.clone()).await;
    w.accept(incoming.clone()).await;
    w.crash().await;
    w.as_("NS-012").reads(&["NS-012"]);
    w.accept(incoming).await;
    w.crash().await;
    w.as_("NS-012").reads_nothing();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_platform_that_asks_for_patience_gets_it_and_nothing_is_lost(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    let later = SendError::Transient { after: Some(Duration::from_secs(90)) };
    w.fail_next("NS-012", &[later, SendError::Transient { after: None }]);
    w.as_("NS-012").says("/toi").await.reads_nothing();
    w.as_("NS-012").says("/trogiup").await.reads_nothing();
    w.as_("NS-013").says("/toi").await.reads(&["NS-013"]);
    w.restart().await;
    w.advance_to("2018-11-26 07:01").await;
    w.as_("NS-012").reads_nothing();
    w.advance_to("2018-11-26 07:03").await;
    w.as_("NS-012").reads(&["NS-012"]);
    w.as_("NS-012").reads(&["/baocao"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn an_unknown_outcome_is_tried_once_more_and_then_left(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    w.fail_next("NS-012", &[SendError::Ambiguous]);
    w.as_("NS-012").says("/toi").await.reads_nothing();
    w.advance_to("2018-11-26 07:05").await;
    w.as_("NS-012").reads(&["NS-012"]);
    w.fail_next("NS-013", &[SendError::Ambiguous, SendError::Ambiguous]);
    w.as_("NS-013").says("/toi").await.reads_nothing();
    w.advance_to("2018-11-26 07:30").await;
    w.as_("NS-013").reads_nothing();
    w.as_("NS-013").says("/toi").await.reads(&["NS-013"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn someone_who_blocks_the_bot_is_reported_and_can_come_back(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.fail_next("NS-013", &[SendError::Unreachable]);
    w.advance_to("2018-11-28 08:00").await;
    let told = w.as_("NS-010").reads(&["Chi bộ Phòng 1"]);
    insta::assert_snapshot!("unreachable", told);
    w.as_("NS-013").happens(Event::Reachable { reachable: true }).await;
    w.advance_to("2018-11-30 08:00").await;
    w.as_("NS-013").reads(&["QC-014"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_fault_gets_a_reference_code_and_the_bot_lives_on(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("/baocao").await.reads(&["1/5"]);
    w.damage("UPDATE button SET tap = '{'").await;
    let (button, message) = w.as_("NS-013").button("Tốt");
    let text = |text: &str| Event::Text { text: text.to_owned() };
    let before = w.incoming("tapping", "NS-012", "NS-012", text("/toi"));
    let broken = w.incoming(
        "tapping",
        "NS-013",
        "NS-013",
        Event::Tap { button, message: Some(message), callback: "cb".to_owned() },
    );
    let after = w.incoming("tapping", "NS-014", "NS-014", text("/toi"));
    for incoming in [before, broken, after] {
        w.accept(incoming).await;
    }
    w.settle().await;
    w.as_("NS-012").reads(&["NS-012"]);
    w.as_("NS-013").reads(&["E-"]);
    w.as_("NS-014").reads(&["NS-014"]);
    w.as_("NS-013").says("/toi").await.reads(&["NS-013"]);
    // What was asked is asked once more.
    w.as_("NS-013").reads(&["1/5"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn rows_of_another_version_do_not_stand_in_the_way(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says("/baocao").await.reads(&["1/5"]);
    w.damage("UPDATE session SET position = '{\"v\":\"99\"}'").await;
    w.as_("NS-013").says("tốt").await.reads(&[]);
    w.as_("NS-013").says("/baocao").await.reads(&["1/5"]);
    let text = Event::Text { text: "/toi".to_owned() };
    let incoming = w.incoming("tapping", "NS-012", "NS-012", text);
    w.accept(incoming).await;
    w.damage("UPDATE inbox SET body = '?' WHERE state = 'waiting'").await;
    w.as_("NS-014").says("/toi").await.reads(&["NS-014"]);
    w.finish().await;
}
