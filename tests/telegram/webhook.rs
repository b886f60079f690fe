//! Receiving by webhook: the registration, the secret, the bodies.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use diudat::channels::telegram::webhook::{self, WebhookError};
use diudat::channels::telegram::{CallError, Telegram};
use diudat::message::{Accept, Event};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::fake_telegram::{FakeTelegram, Fault};
use crate::{HOA, Inbox, channel, settings};

/// A route as the program has one.
async fn route(
    State((telegram, inbox)): State<(Arc<Telegram>, Arc<Inbox>)>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let secret = headers.get("x-telegram-bot-api-secret-token");
    if !telegram.verify_secret(secret.map(|value| value.as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    match telegram.webhook_body(&body) {
        Ok(batch) if batch.is_empty() => StatusCode::OK,
        Ok(batch) => match inbox.accept(batch).await {
            Ok(()) => StatusCode::OK,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(WebhookError::NotReady) => StatusCode::SERVICE_UNAVAILABLE,
        Err(WebhookError::Malformed) => StatusCode::BAD_REQUEST,
    }
}

async fn serve(telegram: Arc<Telegram>, inbox: Arc<Inbox>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/telegram/webhook", listener.local_addr().unwrap());
    let app =
        axum::Router::new().route("/telegram/webhook", post(route)).with_state((telegram, inbox));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test]
async fn updates_come_through_the_webhook_until_they_are_taken() {
    let fake = FakeTelegram::start().await;
    let telegram = Arc::new(channel(&fake));
    let inbox = Inbox::new();
    let url = serve(telegram.clone(), inbox.clone()).await;
    fake.fail_next("getMe", Fault::Server);
    fake.fail_next("setWebhook", Fault::DropBefore);
    webhook::run(&telegram, &url, &CancellationToken::new()).await;
    assert_eq!(fake.webhook_url(), Some(url));
    let call = fake.last_call("setWebhook").unwrap();
    assert_eq!(call["allowed_updates"], json!(["message", "callback_query", "my_chat_member"]));

    inbox.refuse.store(2, std::sync::atomic::Ordering::SeqCst);
    fake.user_says(HOA, HOA, "một");
    fake.push_raw_update(json!({ "something_new": {} }));
    fake.user_says(HOA, HOA, "hai");
    fake.wait_until_confirmed().await;
    assert_eq!(inbox.texts(), ["một", "hai"]);
}

#[tokio::test]
async fn registering_stops_when_told_to() {
    let fake = FakeTelegram::start().await;
    fake.fail_next_times("setWebhook", 1_000_000, Fault::Server);
    let telegram = Arc::new(channel(&fake));
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    let run = tokio::spawn(async move {
        webhook::run(&telegram, "https://a.vn/telegram/webhook", &stop).await;
    });
    fake.wait_for_calls("setWebhook", 2).await;
    shutdown.cancel();
    tokio::time::timeout(crate::PATIENCE, run).await.expect("stops").unwrap();
}

#[tokio::test]
async fn a_webhook_needs_a_secret_and_an_address() {
    let fake = FakeTelegram::start().await;
    let mut open = settings(fake.url(), fake.token());
    open.webhook_secret = None;
    let open = Telegram::new(open).unwrap();
    let outcome = open.register_webhook("https://a.vn/w").await;
    assert!(matches!(outcome, Err(CallError::NotSent { .. })), "{outcome:?}");
    let outcome = channel(&fake).register_webhook("a.vn").await;
    assert!(matches!(outcome, Err(CallError::NotSent { .. })), "{outcome:?}");
    assert_eq!(fake.calls("setWebhook"), 0);
    assert!(!open.verify_secret(Some(b"")) && !open.verify_secret(None));
}

#[tokio::test]
async fn only_the_secret_itself_opens_the_door() {
    let fake = FakeTelegram::start().await;
    let telegram = channel(&fake);
    assert!(telegram.verify_secret(Some(b"bi-mat_2026")));
    for wrong in [&b"bi-mat_2027"[..], b"bi-mat_202", b"bi-mat_2026 ", b"", b"\xff"] {
        assert!(!telegram.verify_secret(Some(wrong)), "{wrong:?}");
    }
    assert!(!telegram.verify_secret(None));
}

#[tokio::test]
async fn a_body_is_read_only_when_the_bot_knows_itself() {
    let fake = FakeTelegram::start().await;
    let telegram = channel(&fake);
    let body = json!({ "update_id": 5, "message": {
        "message_id": 1, "date": 1, "text": "chào",
        "from": { "id": HOA, "is_bot": false, "first_name": "Hoa" },
        "chat": { "id": HOA, "type": "private", "first_name": "Hoa" },
    } });
    let body = body.to_string();
    assert_eq!(telegram.webhook_body(body.as_bytes()), Err(WebhookError::NotReady));
    telegram.identity().await.unwrap();
    let batch = telegram.webhook_body(body.as_bytes()).unwrap();
    assert_eq!(batch[0].external_id, "5");
    assert_eq!(batch[0].event, Event::Text { text: "chào".to_owned() });

    for malformed in ["", "{", "[]", "{}", "null", r#"{"update_id":"5"}"#] {
        let outcome = telegram.webhook_body(malformed.as_bytes());
        assert_eq!(outcome, Err(WebhookError::Malformed), "{malformed}");
    }
    // From Telegram, but beyond us: taken, so that it does not come for ever.
    let beyond = br#"{"update_id":6,"message":{"message_id":"x"}}"#;
    assert_eq!(telegram.webhook_body(beyond), Ok(Vec::new()));
}
