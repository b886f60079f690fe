//! The doors for supervisors and platforms.

use std::sync::atomic::Ordering;

use crate::stage::{Stage, client};
use reqwest::StatusCode;

#[tokio::test]
async fn readiness_names_each_part_and_fails_with_any() {
    let stage = Stage::open().await;
    let alive = client().get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
    let not_yet = client().get(stage.url("/readyz")).send().await.unwrap();
    assert_eq!(not_yet.status(), StatusCode::SERVICE_UNAVAILABLE);
    let body: serde_json::Value = not_yet.json().await.unwrap();
    assert_eq!(body["ok"], false);
    assert_eq!(
        body["parts"][1],
        serde_json::json!({"name": "telegram", "ok": false, "detail": "…"})
    );
    stage.memory.is_ready.store(true, Ordering::SeqCst);
    let ready = client().get(stage.url("/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_update_is_acknowledged_when_it_is_in_the_inbox() {
    let stage = Stage::open().await;
    let bring = |secret: Option<&'static str>, body: String| {
        let mut request = client().post(stage.url("/platform/webhook")).body(body);
        if let Some(secret) = secret {
            request = request.header("x-secret", secret);
        }
        async move { request.send().await.unwrap().status() }
    };
    assert_eq!(bring(None, "1".into()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(bring(Some("wrong"), "1".into()).await, StatusCode::UNAUTHORIZED);
    assert!(stage.memory.inbox().is_empty());
    stage.memory.inbox_is_down.store(true, Ordering::SeqCst);
    assert_eq!(bring(Some("s3cret"), "1".into()).await, StatusCode::SERVICE_UNAVAILABLE);
    stage.memory.inbox_is_down.store(false, Ordering::SeqCst);
    assert_eq!(bring(Some("s3cret"), "1".into()).await, StatusCode::OK);
    assert_eq!(stage.memory.inbox().len(), 1);
    assert_eq!(bring(Some("s3cret"), "?".into()).await, StatusCode::OK, "or it comes for ever");
    assert_eq!(bring(Some("s3cret"), "x".repeat(200_000)).await, StatusCode::OK);
    let flood = bring(Some("s3cret"), "x".repeat(1_100_000)).await;
    assert_eq!(flood, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(stage.memory.inbox().len(), 2);
}
