//! How receiving holds up: order of accepting and confirming, faults, conflicts, stopping.

use std::sync::atomic::Ordering;
use std::time::Duration;

use diudat::backoff::Backoff;
use diudat::message::Event;
use rstest::rstest;
use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, Fault};
use crate::{HOA, Receiver, settings};

/// A call of the API by somebody else who has the token.
async fn post(fake: &FakeTelegram, method: &str, body: Value) -> Value {
    let url = format!("{}/bot{}/{method}", fake.url(), fake.token());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.post(url).json(&body).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_batch_is_confirmed_only_after_the_inbox_took_it() {
    let fake = FakeTelegram::start().await;
    fake.user_says(HOA, HOA, "một");
    fake.user_says(HOA, HOA, "hai");
    let receiver = Receiver::start(&fake);
    receiver.inbox.refuse.store(usize::MAX, Ordering::SeqCst);
    let inbox = &receiver.inbox;
    // Refused again and again, the batch stays with Telegram and nothing more is asked for.
    fake.wait_for_calls("getUpdates", 1).await;
    let many_offers = async {
        while inbox.offered.load(Ordering::SeqCst) < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::PATIENCE, many_offers).await.expect("it is offered again");
    assert_eq!((fake.unconfirmed(), fake.calls("getUpdates")), (2, 1));

    inbox.refuse.store(0, Ordering::SeqCst);
    fake.wait_until_confirmed().await;
    assert_eq!(inbox.texts(), ["một", "hai"]);
    receiver.stop().await;
}

#[tokio::test]
async fn what_was_not_confirmed_comes_again_after_a_restart() {
    let fake = FakeTelegram::start().await;
    fake.user_says(HOA, HOA, "một");
    let first = Receiver::start(&fake);
    first.inbox.refuse.store(usize::MAX, Ordering::SeqCst);
    fake.wait_for_calls("getUpdates", 1).await;
    first.stop().await;
    assert_eq!(fake.unconfirmed(), 1);

    let second = Receiver::start(&fake);
    second.inbox.wait_for(1).await;
    fake.wait_until_confirmed().await;
    second.stop().await;
}

#[tokio::test]
async fn a_long_backlog_comes_in_order_and_once() {
    let fake = FakeTelegram::start().await;
    let expected: Vec<String> = (0..250).map(|n| format!("tin {n}")).collect();
    for text in &expected {
        fake.user_says(HOA, HOA, text);
    }
    let receiver = Receiver::start(&fake);
    receiver.inbox.wait_for(250).await;
    fake.wait_until_confirmed().await;
    assert_eq!(receiver.inbox.texts(), expected);
    assert_eq!(receiver.inbox.offered.load(Ordering::SeqCst), 3, "in batches of 100");
    receiver.stop().await;
}

#[tokio::test]
async fn ids_that_start_again_lower_are_followed() {
    let fake = FakeTelegram::start().await;
    let receiver = Receiver::start(&fake);
    fake.user_says(HOA, HOA, "trước");
    receiver.inbox.wait_for(1).await;
    fake.wait_until_confirmed().await;
    fake.restart_update_ids_lower();
    fake.user_says(HOA, HOA, "sau một");
    receiver.inbox.wait_for(2).await;
    fake.wait_until_confirmed().await;
    fake.user_says(HOA, HOA, "sau hai");
    receiver.inbox.wait_for(3).await;
    fake.wait_until_confirmed().await;
    assert_eq!(receiver.inbox.texts(), ["trước", "sau một", "sau hai"], "each once");
    let ids: Vec<u64> = receiver
        .inbox
        .wait_for(3)
        .await
        .iter()
        .map(|incoming| incoming.external_id.parse().unwrap())
        .collect();
    assert!(ids[1] < ids[0] && ids[1] < ids[2], "{ids:?}");
    receiver.stop().await;
}

#[tokio::test]
async fn an_update_nobody_can_read_costs_only_itself() {
    let fake = FakeTelegram::start().await;
    fake.user_says(HOA, HOA, "trước");
    fake.push_raw_update(json!({ "message": { "message_id": "không phải số" } }));
    fake.push_raw_update(json!({ "something_new": { "a": 1 } }));
    fake.push_raw_update(json!({ "callback_query": null }));
    fake.user_says(HOA, HOA, "sau");
    fake.push_raw_update(json!({ "message": [] }));
    let receiver = Receiver::start(&fake);
    receiver.inbox.wait_for(2).await;
    fake.wait_until_confirmed().await;
    assert_eq!(receiver.inbox.texts(), ["trước", "sau"]);
    receiver.stop().await;
}

#[tokio::test]
async fn a_batch_of_nothing_for_us_is_confirmed_all_the_same() {
    let fake = FakeTelegram::start().await;
    fake.push_raw_update(json!({ "something_new": {} }));
    let receiver = Receiver::start(&fake);
    fake.wait_until_confirmed().await;
    assert_eq!(receiver.inbox.offered.load(Ordering::SeqCst), 0);
    receiver.stop().await;
}

#[tokio::test]
async fn the_kinds_of_update_are_named_and_the_wait_is_as_set() {
    let fake = FakeTelegram::start().await;
    let receiver = Receiver::start(&fake);
    fake.wait_for_calls("getUpdates", 1).await;
    let call = fake.last_call("getUpdates").unwrap();
    assert_eq!(call["allowed_updates"], json!(["message", "callback_query", "my_chat_member"]));
    assert_eq!(call["timeout"], 30);
    assert_eq!(call.get("offset"), None);
    receiver.stop().await;
}

#[rstest]
#[case::server(Fault::Server)]
#[case::gateway(Fault::Gateway(502))]
#[case::cut_before(Fault::DropBefore)]
#[case::cut_after(Fault::DropAfter)]
#[case::garbage(Fault::Garbage)]
#[case::busy(Fault::TooMany(0))]
#[case::refused(Fault::Refuse { code: 400, description: "Bad Request: x".to_owned() })]
#[case::token(Fault::Refuse { code: 401, description: "Unauthorized".to_owned() })]
#[tokio::test]
async fn receiving_outlives(#[case] fault: Fault) {
    let fake = FakeTelegram::start().await;
    fake.user_says(HOA, HOA, "một");
    for method in ["getMe", "deleteWebhook", "getUpdates"] {
        fake.fail_next_times(method, 3, fault.clone());
    }
    let receiver = Receiver::start(&fake);
    receiver.inbox.wait_for(1).await;
    fake.wait_until_confirmed().await;
    assert_eq!(receiver.inbox.texts(), ["một"]);
    receiver.stop().await;
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_asked_for_again() {
    let fake = FakeTelegram::start().await;
    fake.fail_next("getUpdates", Fault::Hang);
    fake.user_says(HOA, HOA, "một");
    let mut settings = settings(fake.url(), fake.token());
    settings.poll_timeout = Duration::ZERO;
    settings.request_timeout = Duration::from_millis(500);
    let receiver = Receiver::start_with(settings);
    receiver.inbox.wait_for(1).await;
    receiver.stop().await;
}

#[tokio::test]
async fn a_webhook_is_taken_away_before_and_while_polling() {
    let fake = FakeTelegram::start().await;
    // Nobody listens there, so the updates stay for the poller.
    let webhook = json!({ "url": "http://127.0.0.1:9/telegram" });
    post(&fake, "setWebhook", webhook.clone()).await;
    let receiver = Receiver::start(&fake);
    fake.wait_for_calls("getUpdates", 1).await;
    assert_eq!(fake.webhook_url(), None);
    post(&fake, "setWebhook", webhook).await;
    fake.user_says(HOA, HOA, "một");
    receiver.inbox.wait_for(1).await;
    assert_eq!(fake.webhook_url(), None);
    receiver.stop().await;
}

#[tokio::test]
async fn another_poller_is_outlived() {
    let fake = FakeTelegram::start().await;
    let receiver = Receiver::start(&fake);
    fake.wait_for_calls("getUpdates", 1).await;
    let theirs = post(&fake, "getUpdates", json!({ "timeout": 0 })).await;
    assert_eq!(theirs["result"], json!([]));
    // Theirs and two of ours: the one that was thrown out and the next.
    fake.wait_for_calls("getUpdates", 3).await;
    fake.user_says(HOA, HOA, "một");
    receiver.inbox.wait_for(1).await;
    receiver.stop().await;
}

#[tokio::test]
async fn nothing_is_asked_for_while_the_inbox_is_full() {
    let fake = FakeTelegram::start().await;
    let receiver = Receiver::start(&fake);
    fake.wait_for_calls("getUpdates", 1).await;
    receiver.inbox.open.send_replace(false);
    fake.user_says(HOA, HOA, "một");
    receiver.inbox.wait_for(1).await;
    fake.user_says(HOA, HOA, "hai");
    // A getMe of our own comes back after anything the receiver could have asked meanwhile.
    post(&fake, "getMe", json!({})).await;
    assert_eq!((fake.calls("getUpdates"), fake.unconfirmed()), (1, 2));
    receiver.inbox.open.send_replace(true);
    receiver.inbox.wait_for(2).await;
    let texts = receiver.inbox.wait_for(2).await;
    assert!(matches!(&texts[1].event, Event::Text { text } if text == "hai"));
    receiver.stop().await;
}

#[tokio::test]
async fn it_stops_at_once_wherever_it_waits() {
    let hour = Duration::from_secs(3600);
    // In the long poll.
    let fake = FakeTelegram::start().await;
    let receiver = Receiver::start(&fake);
    fake.wait_for_calls("getUpdates", 1).await;
    receiver.stop().await;

    // In the pause after getMe failed.
    let mut slow = settings(fake.url(), fake.token());
    slow.backoff = Backoff::steady(hour, hour);
    slow.conflict_pause = hour;
    fake.fail_next("getMe", Fault::Server);
    let asked = fake.calls("getMe");
    let receiver = Receiver::start_with(slow.clone());
    fake.wait_for_calls("getMe", asked + 1).await;
    receiver.stop().await;

    // In the pause after getUpdates failed, or met a conflict, or was told to wait long.
    let conflict = Fault::Refuse { code: 409, description: "Conflict: terminated".to_owned() };
    for fault in [Fault::Server, conflict, Fault::TooMany(86_400)] {
        let asked = fake.calls("getUpdates");
        fake.fail_next("getUpdates", fault);
        let receiver = Receiver::start_with(slow.clone());
        fake.wait_for_calls("getUpdates", asked + 1).await;
        receiver.stop().await;
    }

    // In front of a full inbox.
    let receiver = Receiver::start(&fake);
    receiver.inbox.open.send_replace(false);
    receiver.stop().await;
}
