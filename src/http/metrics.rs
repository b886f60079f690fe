//! `/metrics`: what the program counts, for a monitor that knows the token. Without one in the
//! settings there is no such page, so that nobody counts an organisation's messages from outside.

use async_trait::async_trait;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use subtle::ConstantTimeEq;

use super::Shared;

/// What there is to count.
#[async_trait]
pub trait Counts: Send + Sync {
    /// In the OpenMetrics text format; `None` while the database is away, which is logged.
    async fn text(&self) -> Option<String>;
}

/// The page, and who may read it.
#[derive(Clone)]
pub struct Metrics {
    pub token: SecretString,
    pub counts: Arc<dyn Counts>,
}

const FORMAT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) fn routes(metrics: Option<Metrics>) -> Router<Shared> {
    match metrics {
        Some(metrics) => Router::new().route("/metrics", get(read).with_state(metrics)),
        None => Router::new(),
    }
}

async fn read(State(metrics): State<Metrics>, headers: HeaderMap) -> Response {
    if !knows(&metrics.token, &headers) {
        let realm = [(header::WWW_AUTHENTICATE, "Bearer")];
        return (StatusCode::UNAUTHORIZED, realm).into_response();
    }
    match metrics.counts.text().await {
        Some(text) => ([(header::CONTENT_TYPE, FORMAT)], text).into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn knows(token: &SecretString, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).map(|value| value.as_bytes());
    let given = given.and_then(|value| value.strip_prefix(b"Bearer ")).unwrap_or_default();
    given.ct_eq(token.expose_secret().as_bytes()).into()
}
