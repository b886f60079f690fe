//! Fetching the papers of a closed meeting, by the offices held at that moment; they are made each time.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Shared;
use super::guard::Trouble;
use crate::domain::ids::MeetingId;
use crate::domain::minutes::PaperKind;
use crate::message::Disclosure;
use crate::operations::documents;
use crate::papers;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

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
    let kind: PaperKind = kind.parse().map_err(|_| Trouble::NotFound)?;
    // Papers name people in full.
    if desk.disclosure() != Disclosure::Names {
        return Err(Trouble::NotFound);
    }
    let door = &desk.site.door;
    let meeting = MeetingId(meeting);
    let mut inquiry = door.inquiry(guest.doer()).await?;
    let found = documents::read(&mut inquiry.work(), meeting, kind).await?;
    drop(inquiry);
    let record = found.ok_or(Trouble::NotFound)?;
    let made = papers::docx(&record, kind, door.practice.language)?;
    let bytes = made.ok_or(Trouble::NotFound)?;
    // No paper leaves before it is written down who fetched it.
    let mut deed = door.deed(guest.doer()).await?;
    documents::note_fetched(&mut deed.work(), meeting, kind).await?;
    deed.end().await?;
    let attached = format!("attachment; filename=\"{}\"", papers::file_name(&record, kind));
    let head = [
        (header::CONTENT_TYPE, WORD.to_owned()),
        (header::CONTENT_DISPOSITION, attached),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::OK, head, bytes).into_response())
}
