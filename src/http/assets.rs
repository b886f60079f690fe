//! The style, the script and the mark of the pages: inside the binary, addressed by what they are.

use std::sync::LazyLock;

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};

static ASSETS: [(&str, &str, &str); 3] = [
    ("chat.css", "text/css; charset=utf-8", include_str!("../../assets/chat.css")),
    ("chat.js", "text/javascript; charset=utf-8", include_str!("../../assets/chat.js")),
    ("mark.svg", "image/svg+xml", include_str!("../../assets/mark.svg")),
];

/// Changes when any of the assets does, so that browsers may keep them for ever.
pub(super) fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut digest = Sha256::new();
        for (_, _, body) in ASSETS {
            digest.update(body);
        }
        hex::encode(&digest.finalize()[..8])
    });
    &VERSION
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    v: String,
}

/// An asset; kept for ever by a browser that asks for this version of it, else not at all.
pub(super) async fn serve(Path(name): Path<String>, Query(wanted): Query<Wanted>) -> Response {
    let Some((_, kind, body)) = ASSETS.iter().find(|(known, _, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let keep = match wanted.v == version() {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, keep)], *body).into_response()
}
