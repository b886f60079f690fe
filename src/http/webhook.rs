//! Updates that platforms bring to us. What they mean is the channel's business; here they are let
//! in, and acknowledged only when they are safely in the inbox.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use super::Shared;
use crate::channels::{UpdateError, WebhookSource};
use crate::message::Accept;

/// Where a platform calls us.
#[derive(Clone)]
pub struct Webhook {
    /// `/NAME/webhook`
    pub path: String,
    pub source: Arc<dyn WebhookSource>,
}

#[derive(Clone)]
struct Entrance {
    source: Arc<dyn WebhookSource>,
    accept: Arc<dyn Accept>,
}

pub(super) fn routes(webhooks: Vec<Webhook>, accept: Arc<dyn Accept>) -> Router<Shared> {
    webhooks.into_iter().fold(Router::new(), |router, Webhook { path, source }| {
        router.route(&path, post(let_in).with_state(Entrance { source, accept: accept.clone() }))
    })
}

/// 401 for a stranger, 503 while the channel cannot read or the inbox cannot take the update: the
/// platform will bring it again. What is genuine but unreadable is acknowledged, or it would be brought for ever.
async fn let_in(State(entrance): State<Entrance>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let proof = headers.get(entrance.source.header_name()).map(|value| value.as_bytes());
    if !entrance.source.verify(proof) {
        return StatusCode::UNAUTHORIZED;
    }
    let batch = match entrance.source.parse(&body) {
        Ok(batch) => batch,
        Err(error @ UpdateError::TooEarly(_)) => {
            tracing::info!(%error, "an update is to be brought again");
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        Err(error) => {
            tracing::warn!(%error, bytes = body.len(), "an update is passed over");
            return StatusCode::OK;
        }
    };
    if batch.is_empty() {
        return StatusCode::OK;
    }
    match entrance.accept.accept(batch).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
