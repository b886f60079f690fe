//! The fake itself: that it refuses what the real platform refuses. Without this, a test against it
//! would prove little.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use crate::fake_telegram::FakeTelegram;
use crate::{GROUP, HOA, fake_with_hoa};

async fn post(fake: &FakeTelegram, method: &str, body: Value) -> Value {
    post_as(fake, &fake.token(), method, body).await
}

async fn post_as(fake: &FakeTelegram, token: &str, method: &str, body: Value) -> Value {
    let url = format!("{}/bot{token}/{method}", fake.url());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let response = client.post(url).json(&body).send().await.unwrap();
    let status = response.status().as_u16();
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["error_code"].as_u64().unwrap_or(200), u64::from(status));
    answer
}

fn message(extra: Value) -> Value {
    let mut body = json!({ "chat_id": HOA, "text": "x", "parse_mode": "HTML" });
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    body
}

fn buttons(button: Value) -> Value {
    json!({ "reply_markup": { "inline_keyboard": [[button]] } })
}

#[rstest]
#[case(json!({ "text": "" }), "message text is empty")]
#[case(json!({ "text": "<b> </b>" }), "message text is empty")]
#[case(json!({ "text": "a".repeat(4097) }), "message is too long")]
#[case(json!({ "text": "a < b" }), "can't parse entities: Unclosed start tag at byte offset 2")]
#[case(json!({ "text": "<x>" }), "can't parse entities: Unsupported start tag \"x\" at byte offset 0")]
#[case(json!({ "text": "<b>a" }), "can't parse entities: Can't find end tag corresponding to start tag \"b\"")]
#[case(json!({ "text": "a</b>" }), "can't parse entities: Unexpected end tag at byte offset 1")]
#[case(json!({ "text": "<b>a</i>" }), "can't parse entities: Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"")]
#[case(json!({ "chat_id": 1 }), "chat not found")]
#[case(json!({ "chat_id": null }), "chat_id is empty")]
#[case(buttons(json!({ "text": "x" })), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")]
#[case(buttons(json!({ "text": "x", "callback_data": "" })), "BUTTON_DATA_INVALID")]
#[case(buttons(json!({ "text": "x", "callback_data": "a".repeat(65) })), "BUTTON_DATA_INVALID")]
#[case(buttons(json!({ "text": "x", "callback_data": "a", "url": "https://a.vn" })), "BUTTON_TYPE_INVALID")]
#[case(buttons(json!({ "text": "x", "url": "a.vn" })), "BUTTON_URL_INVALID")]
#[case(buttons(json!({ "callback_data": "a" })), "can't parse inline keyboard button: Can't find field \"text\"")]
#[tokio::test]
async fn a_bad_message_is_refused(#[case] extra: Value, #[case] description: &str) {
    let fake = fake_with_hoa().await;
    let answer = post(&fake, "sendMessage", message(extra)).await;
    assert_eq!(answer["description"], format!("Bad Request: {description}"));
    assert_eq!(fake.sent_count(), 0);
}

#[tokio::test]
async fn entities_are_read() {
    let fake = fake_with_hoa().await;
    let text = " <b>A &amp; B</b> &lt;&#272;&#x61;&quot;&gt; & &nbsp; <i>x</i> ";
    post(&fake, "SENDMESSAGE", message(json!({ "text": text }))).await;
    assert_eq!(fake.sent()[0].text, "A & B <Đa\"> & &nbsp; x");
    assert_eq!(fake.sent()[0].strong, ["A & B"]);
}

#[tokio::test]
async fn tokens_and_methods_are_checked() {
    let fake = FakeTelegram::start().await;
    assert_eq!(post_as(&fake, "1:x", "getMe", json!({})).await["description"], "Unauthorized");
    assert_eq!(post_as(&fake, "x", "getMe", json!({})).await["description"], "Not Found");
    let unknown = post(&fake, "sendCarrot", json!({})).await;
    assert_eq!(unknown["description"], "Not Found: method not found");
}

#[tokio::test]
async fn get_updates_confirms_limits_and_forgets() {
    let fake = FakeTelegram::start().await;
    let texts = |answer: &Value| -> Vec<String> {
        let updates = answer["result"].as_array().unwrap();
        updates.iter().map(|u| u["message"]["text"].as_str().unwrap().to_owned()).collect()
    };
    for text in ["a", "b", "c", "d"] {
        fake.user_says(HOA, HOA, text);
    }
    let first = post(&fake, "getUpdates", json!({ "limit": 2 })).await;
    assert_eq!(texts(&first), ["a", "b"]);
    let again = post(&fake, "getUpdates", json!({ "limit": 2 })).await;
    assert_eq!(first, again, "not confirmed, so it comes again");
    let last = first["result"][1]["update_id"].as_i64().unwrap();
    let next = post(&fake, "getUpdates", json!({ "offset": last + 1 })).await;
    assert_eq!(texts(&next), ["c", "d"]);
    let newest = post(&fake, "getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(texts(&newest), ["d"]);
    assert_eq!(fake.unconfirmed(), 1, "a negative offset forgets the rest");
}

#[tokio::test]
async fn a_waiting_poll_returns_as_soon_as_something_comes() {
    let fake = FakeTelegram::start().await;
    let (answer, ()) = tokio::join!(post(&fake, "getUpdates", json!({ "timeout": 50 })), async {
        fake.wait_for_calls("getUpdates", 1).await;
        fake.user_says(HOA, HOA, "a");
    });
    assert_eq!(answer["result"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn pollers_and_webhooks_exclude_each_other() {
    let fake = FakeTelegram::start().await;
    let poll = || post(&fake, "getUpdates", json!({ "timeout": 50 }));
    let (first, second) = tokio::join!(poll(), async {
        fake.wait_for_calls("getUpdates", 1).await;
        post(&fake, "getUpdates", json!({})).await
    });
    let conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot \
                    instance is running";
    assert_eq!(first["description"], conflict);
    assert_eq!(second["ok"], true);

    let url = "http://127.0.0.1:9/w";
    let (waiting, _) = tokio::join!(poll(), async {
        fake.wait_for_calls("getUpdates", 3).await;
        post(&fake, "setWebhook", json!({ "url": url })).await
    });
    let conflict = "Conflict: can't use getUpdates method while webhook is active; use \
                    deleteWebhook to delete the webhook first";
    assert_eq!(waiting["description"], conflict);
    let info = post(&fake, "getWebhookInfo", json!({})).await;
    assert_eq!(info["result"]["url"], url);
    post(&fake, "deleteWebhook", json!({})).await;
    assert_eq!(post(&fake, "getUpdates", json!({})).await["ok"], true);
}

#[tokio::test]
async fn only_the_kinds_asked_for_are_kept() {
    let fake = FakeTelegram::start().await;
    post(&fake, "getUpdates", json!({ "allowed_updates": ["callback_query"] })).await;
    fake.user_says(HOA, HOA, "a");
    // Not named: as before.
    post(&fake, "getUpdates", json!({})).await;
    fake.user_blocks_bot(HOA);
    assert_eq!(fake.unconfirmed(), 0);
    // Empty: the default, which has both.
    post(&fake, "getUpdates", json!({ "allowed_updates": [] })).await;
    fake.user_says(HOA, HOA, "b");
    assert_eq!(fake.unconfirmed(), 2, "the unblocking and the message");
}

#[tokio::test]
async fn the_sending_limits_are_kept_by_the_clock() {
    let fake = fake_with_hoa().await;
    fake.limit_by_hand();
    let send =
        async |chat: i64| post(&fake, "sendMessage", message(json!({ "chat_id": chat }))).await;
    let retry = |answer: &Value| answer["parameters"]["retry_after"].as_u64();
    assert_eq!(send(HOA).await["ok"], true);
    fake.advance(Duration::from_millis(999));
    let early = send(HOA).await;
    assert_eq!(early["description"], "Too Many Requests: retry after 1");
    assert_eq!(retry(&early), Some(1));
    fake.advance(Duration::from_millis(1));
    assert_eq!(send(HOA).await["ok"], true);

    // 30 a second, whoever gets them; one went to Hoa just now.
    for user in 1..=29 {
        fake.user_says(user, user, "/start");
        assert_eq!(send(user).await["ok"], true, "message {user}");
    }
    fake.user_says(30, 30, "/start");
    assert_eq!(retry(&send(30).await), Some(1));

    // 20 a minute into a group.
    fake.add_bot_to_group(GROUP, HOA);
    for _ in 0..20 {
        fake.advance(Duration::from_secs(1));
        assert_eq!(send(GROUP).await["ok"], true);
    }
    fake.advance(Duration::from_secs(1));
    assert_eq!(retry(&send(GROUP).await), Some(40));
    fake.advance(Duration::from_secs(40));
    assert_eq!(send(GROUP).await["ok"], true);
    assert_eq!(fake.flood_refusals(), 3);
}
