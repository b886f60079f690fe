//! Handing over and fetching the files of notices, by the offices held at that moment; the assistant says
//! what is taken.
//!
//! A file is a form like the others: of our own page, with its visitor's token, once per key. Its
//! bytes are read only after that, no more of them than may be kept, and few files at a time.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::chat::{Written, done, once};
use super::guard::Trouble;
use super::guest::Guest;
use super::view::{self, Attach, Enter, wants_json};
use super::wording::Wording;
use super::{Desk, Shared, assets};
use crate::domain::attachment::{FileKind, clean_name, kib};
use crate::domain::ids::NoticeId;
use crate::domain::language::Language;
use crate::domain::typed::Typed;
use crate::message::{Arg, Event, OfferedFile, Part, Phrase, Run};
use crate::operations::{Refused, notice_files};

/// Longest body of a form with a file: the longest file that settings may allow, and what is around
/// it. One that is longer than this organisation allows is read, so that its sender hears why it is
/// refused, but not kept.
pub(super) const BODY_LIMIT: usize = 24 * 1024 * 1024;
/// Longest token or key of a form.
const WORD_LIMIT: usize = 256;
/// Files read at the same time.
pub(super) const AT_ONCE: usize = 4;

/// The page on which a file is chosen; back to the chat where none is waited for.
pub(super) async fn page(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let code = path.map(|Path(code)| code);
    let guest = desk.guest(&headers, code.as_deref()).await?.ok_or(Trouble::NotFound)?;
    let Some(limit) = desk.limit(&guest).await? else {
        return Ok(done(&guest, &HeaderMap::new(), None));
    };
    let (_, lang) = desk.who(&guest).await?;
    let w = Wording::of(lang);
    let limit = kib(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(view::page(&Attach {
        w,
        version: assets::version(),
        organisation: &desk.site.organisation,
        forms: desk.forms(&guest),
        text: w.say(&Phrase::new("web-attach-text").with("limit", limit)),
    }))
}

/// Takes a file that a person chose, and hands the news of it in like a message.
pub(super) async fn take(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
    mut form: Multipart,
) -> Result<Response, Trouble> {
    let token = word(&mut form, "form").await?;
    let guest = desk.sender(&headers, path, &token).await?;
    let key = word(&mut form, "key").await?;
    let _place = desk.uploads.try_acquire().map_err(|_| Trouble::Busy)?;
    let limit = desk.limit(&guest).await?;
    let upload = Upload::read(&mut form, limit.unwrap_or(0)).await?;
    if upload.name.is_empty() && upload.size == 0 {
        // The form was sent without a choice.
        return Ok(Redirect::to(&format!("{}/tep", guest.base())).into_response());
    }
    let Upload { name, size, bytes, digest } = upload;
    let once = once(&key, &["file", &name, &digest])?;
    desk.room().await?;
    let kept = match bytes.filter(|_| limit.is_some()) {
        Some(bytes) => {
            let form_key = format!("{}:{once}", guest.chat);
            let door = &desk.site.door;
            if_allowed(notice_files::keep(door, guest.doer(), &form_key, &name, &bytes).await)?
        }
        None => None,
    };
    let (_, lang) = desk.who(&guest).await?;
    let said = Phrase::new("web-attach-sent").with("name", Arg::Typed(Typed::new(&name)));
    let run = Run { text: Wording::of(lang).say(&said), strong: false };
    let part = Part { runs: vec![run], keyboard: vec![] };
    let line = desk.site.channel.write_down(&guest.chat, &once, &part).await?;
    let written = Written { line: line.id };
    let before = desk.site.channel.feed().position();
    let event = Event::Upload { caption: None, file: Some(OfferedFile { name, size, kept }) };
    desk.hand_in(&guest, &headers, &once, event).await?;
    desk.site.channel.show(&guest.chat, line);
    if !wants_json(&headers) {
        desk.answered(&guest.chat, before).await;
    }
    Ok(done(&guest, &headers, Some(written)))
}

impl Desk {
    /// The longest file that is waited for from a guest, in bytes; `None`: none is.
    async fn limit(&self, guest: &Guest) -> Result<Option<usize>, Trouble> {
        match self.site.door.inquiry(guest.doer()).await {
            Ok(mut inquiry) => if_allowed(notice_files::limit(&mut inquiry.work()).await),
            Err(refused) => if_allowed(Err(refused)),
        }
    }
}

/// What somebody may not do comes to nothing: the assistant tells them.
fn if_allowed<T>(done: Result<Option<T>, Refused>) -> Result<Option<T>, Trouble> {
    match done {
        Err(Refused::Because(_)) => Ok(None),
        done => Ok(done?),
    }
}

/// What stands in the last field of the form.
struct Upload {
    name: String,
    /// In bytes.
    size: i64,
    /// `None`: more than may be kept.
    bytes: Option<Vec<u8>>,
    /// SHA-256 of what was read, hexadecimal.
    digest: String,
}

impl Upload {
    async fn read(form: &mut Multipart, limit: usize) -> Result<Self, Trouble> {
        let mut field = next(form, "file").await?;
        let name = field.file_name().map(clean_if_any).unwrap_or_default();
        let (mut size, mut bytes, mut digest) = (0_usize, Vec::new(), Sha256::new());
        while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
            size += chunk.len();
            digest.update(&chunk);
            if size <= limit {
                bytes.extend_from_slice(&chunk);
            } else {
                bytes = Vec::new();
            }
        }
        Ok(Self {
            name,
            size: i64::try_from(size).unwrap_or(i64::MAX),
            bytes: (size <= limit).then_some(bytes),
            digest: hex::encode(digest.finalize()),
        })
    }
}

/// Browsers send an empty name where nothing was chosen.
fn clean_if_any(name: &str) -> String {
    if name.is_empty() { String::new() } else { clean_name(name) }
}

/// The next field, which must be this one: the token comes before the bytes.
async fn next<'f>(form: &'f mut Multipart, name: &str) -> Result<Field<'f>, Trouble> {
    let field = form.next_field().await.map_err(unreadable)?;
    field.filter(|field| field.name() == Some(name)).ok_or(Trouble::BadRequest)
}

/// The next field as a short text.
pub(super) async fn word(form: &mut Multipart, name: &str) -> Result<String, Trouble> {
    let mut field = next(form, name).await?;
    let mut read = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        if read.len() + chunk.len() > WORD_LIMIT {
            return Err(Trouble::BadRequest);
        }
        read.extend_from_slice(&chunk);
    }
    String::from_utf8(read).map_err(|_| Trouble::BadRequest)
}

pub(super) fn unreadable(error: MultipartError) -> Trouble {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLong,
        _ => Trouble::BadRequest,
    }
}

/// The file of a notice for the visitor of the cookie. From a messenger's page browsers keep the
/// cookie back, so they are led round once.
pub(super) async fn fetch(
    State(desk): State<Shared>,
    Path(notice): Path<i64>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    if desk.guest(&headers, None).await?.is_none() && Desk::comes_from_elsewhere(&headers) {
        let (w, version) = (Wording::of(desk.site.lang), assets::version());
        return Ok(view::page(&Enter { w, version, to: format!("/tep/{notice}") }));
    }
    serve(&desk, None, notice, &headers).await
}

/// The same for the demo's person in the path.
pub(super) async fn fetch_as(
    State(desk): State<Shared>,
    Path((code, notice)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    serve(&desk, Some(&code), notice, &headers).await
}

async fn serve(
    desk: &Desk,
    code: Option<&str>,
    notice: i64,
    headers: &HeaderMap,
) -> Result<Response, Trouble> {
    let guest = desk.guest(headers, code).await?.ok_or(Trouble::NotFound)?;
    let door = &desk.site.door;
    let notice = NoticeId(notice);
    let mut inquiry = door.inquiry(guest.doer()).await?;
    let found = notice_files::read(&mut inquiry.work(), notice).await?;
    let file = found.ok_or(Trouble::NotFound)?;
    let name = Phrase::new("format-typed").with("text", file.name);
    let name = desk.say(&mut inquiry.work(), Language::Vi, &[name]).await?.concat();
    drop(inquiry);
    // No file leaves before it is written down who fetched it.
    let mut deed = door.deed(guest.doer()).await?;
    notice_files::note_fetched(&mut deed.work(), notice).await?;
    deed.end().await?;
    let kind = FileKind::of_name(&name);
    let kind = kind.map_or("application/octet-stream", FileKind::media_type);
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, attached(&name)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::OK, head, file.bytes).into_response())
}

/// What RFC 8187 leaves as it is, and somewhat less.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// That a file is to be saved, never shown, under its name: for old browsers in ASCII, for the
/// others as RFC 8187 writes it.
fn attached(name: &str) -> HeaderValue {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let encoded = utf8_percent_encode(name, ENCODED);
    let value = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    // ASCII letters, digits and literals: always a header's value.
    HeaderValue::from_str(&value).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            attached("Kế hoạch.pdf"),
            "attachment; filename=\"K__ho_ch.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"
        );
        assert_eq!(
            attached("a\"\r\nb;.pdf"),
            "attachment; filename=\"a___b_.pdf\"; filename*=UTF-8''a%22%0D%0Ab%3B.pdf"
        );
    }
}
