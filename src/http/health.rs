//! The questions of a supervisor: is the process up, and can it do its work.

use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::Shared;

/// The state of one part of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartState {
    /// `database`, `telegram`, …
    pub name: String,
    pub ok: bool,
    /// For the administrator. Anyone who reaches the port can read it: no secret, no address.
    pub detail: String,
}

/// Tells whether the program can do its work.
#[async_trait]
pub trait Readiness: Send + Sync {
    async fn parts(&self) -> Vec<PartState>;
}

#[derive(Serialize)]
pub(super) struct Report {
    ok: bool,
    parts: Vec<PartState>,
}

impl Report {
    pub fn of(parts: Vec<PartState>) -> Self {
        Self { ok: parts.iter().all(|part| part.ok), parts }
    }
}

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// 200 when every part is well, else 503; the body says which is not.
pub(super) async fn ready(State(desk): State<Shared>) -> (StatusCode, Json<Report>) {
    let report = Report::of(desk.site.readiness.parts().await);
    let status = if report.ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(report))
}
