//! Fetching the papers of a closed meeting. Who may is not decided here: whoever keeps the
//! [`PaperRoom`] looks at the offices held at that moment, each time.

use async_trait::async_trait;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::guard::Trouble;
use super::{DirectoryError, Shared};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A paper as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    /// Lower case letters, digits, hyphens and a dot.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Where papers are made.
#[async_trait]
pub trait PaperRoom: Send + Sync {
    /// The paper of a meeting (`minutes` or `resolution`) for an account of the web chat; `None` if
    /// there is none, or none for them: the two look the same.
    async fn fetch(
        &self,
        account: &str,
        meeting: i64,
        kind: &str,
    ) -> Result<Option<PaperFile>, DirectoryError>;
}

/// A paper for the visitor of the cookie.
pub(super) async fn fetch(
    State(desk): State<Shared>,
    Path((meeting, kind)): Path<(i64, String)>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    serve(desk, None, meeting, &kind, &headers).await
}

/// A paper for the demo's person in the path.
pub(super) async fn fetch_as(
    State(desk): State<Shared>,
    Path((code, meeting, kind)): Path<(String, i64, String)>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    serve(desk, Some(&code), meeting, &kind, &headers).await
}

async fn serve(
    desk: Shared,
    code: Option<&str>,
    meeting: i64,
    kind: &str,
    headers: &HeaderMap,
) -> Result<Response, Trouble> {
    let guest = desk.guest(headers, code).await?.ok_or(Trouble::NotFound)?;
    let found = desk.site.papers.fetch(&guest.chat, meeting, kind).await?;
    let file = found.ok_or(Trouble::NotFound)?;
    let attached = format!("attachment; filename=\"{}\"", file.name);
    let head = [
        (header::CONTENT_TYPE, WORD.to_owned()),
        (header::CONTENT_DISPOSITION, attached),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::OK, head, file.bytes).into_response())
}
