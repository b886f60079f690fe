//! What every answer wears: the headers that keep browsers strict, and a readable page where a
//! person would otherwise see a bare status.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::view::{self, Failure};
use super::wording::Wording;
use super::{DirectoryError, Shared};
use crate::channels::web::TranscriptError;
use crate::message::AcceptError;
use crate::operations::Refused;
use crate::papers::PaperError;
use crate::store::StoreError;

/// Why a page's request is not served. The status is all that callers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A form that is not what our pages send.
    BadRequest,
    /// Not from our own page, or from one that is too old.
    Forbidden,
    NotFound,
    /// More than the page takes.
    TooLong,
    /// More streams than one visitor needs, or more forms than a person fills in.
    TooMany,
    /// The database is away or too much waits to be handled: the same again later may work.
    Busy,
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        match self {
            Trouble::BadRequest => StatusCode::BAD_REQUEST.into_response(),
            Trouble::Forbidden => StatusCode::FORBIDDEN.into_response(),
            Trouble::NotFound => StatusCode::NOT_FOUND.into_response(),
            Trouble::TooLong => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Trouble::TooMany => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "20")]).into_response()
            }
            Trouble::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response()
            }
        }
    }
}

impl From<TranscriptError> for Trouble {
    fn from(_: TranscriptError) -> Self {
        Trouble::Busy
    }
}

impl From<DirectoryError> for Trouble {
    fn from(_: DirectoryError) -> Self {
        Trouble::Busy
    }
}

impl From<AcceptError> for Trouble {
    fn from(_: AcceptError) -> Self {
        Trouble::Busy
    }
}

/// What somebody may not have looks to them as if it were not there.
impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Because(_) => Trouble::NotFound,
            Refused::Fault(error) => error.into(),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the database is out of reach of a page");
        Trouble::Busy
    }
}

impl From<PaperError> for Trouble {
    fn from(error: PaperError) -> Self {
        tracing::error!(%error, "a paper cannot be made");
        Trouble::Busy
    }
}

/// Set where the handler has not set them itself. The referrer stays known to ourselves, because
/// without one browsers send forms with the origin `null`.
static HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    ),
];

/// Puts the headers on, and a page around an error that a person will look at.
pub(super) async fn dress(State(desk): State<Shared>, request: Request, next: Next) -> Response {
    let for_eyes = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let mut response = next.run(request).await;
    let status = response.status();
    if for_eyes && (status.is_client_error() || status.is_server_error()) {
        let words = Wording::of(desk.site.lang);
        let page = view::page(&Failure::new(words, &desk.site, status));
        // The headers stay: some, like Retry-After and Allow, belong to the status.
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        let (page_parts, body) = page.into_parts();
        parts.headers.extend(page_parts.headers);
        response = Response::from_parts(parts, body);
    }
    strict(response).await
}

/// Puts the headers on.
pub(super) async fn strict(mut response: Response) -> Response {
    for (name, value) in &HEADERS {
        response.headers_mut().entry(name.clone()).or_insert(HeaderValue::from_static(value));
    }
    response
}
