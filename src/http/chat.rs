//! The chat page and the two things a person can do on it: say something and tap a button. Both
//! work as plain forms; the script only makes them quicker.
//!
//! What a message means is not decided here: it goes to the inbox, and answers come back as lines.

use std::time::Duration;

use axum::Json;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::guard::Trouble;
use super::guest::Guest;
use super::view::{self, Bubble, Enter, Forms, Invitation, Page, Who, wants_json};
use super::wording::Wording;
use super::{Desk, Shared, assets};
use crate::channels::web::{BOT, Change, WebChannel};
use crate::domain::code::InvitationCode;
use crate::domain::language::Language;
use crate::domain::text;
use crate::message::{ChatKind, Event, Incoming, Part, Run};

/// How many lines a page shows at first, and at most.
pub(super) const LINES: u32 = 60;
const MOST_LINES: u32 = 960;
/// How long a message waits for room in the inbox before its sender is asked to try again.
const ROOM_PATIENCE: Duration = Duration::from_secs(5);
/// How long a page without script is held back for the answer to stand on it.
const ANSWER_PATIENCE: Duration = Duration::from_secs(1);

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The code of an invitation's link.
    code: Option<String>,
    lines: Option<u32>,
}

/// The chat of a visitor, or of the demo's person in the path.
pub(super) async fn page(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let path = path.map(|Path(code)| code);
    if let Some(guest) = desk.guest(&headers, path.as_deref()).await? {
        return show(&desk, &guest, asked).await;
    }
    let invitation = asked.code.as_deref().map(InvitationCode::parse);
    if Desk::comes_from_elsewhere(&headers) {
        let to = match invitation.flatten() {
            Some(code) => format!("/?code={code}"),
            None => "/".to_owned(),
        };
        let w = Wording::of(desk.site.lang);
        return Ok(view::page(&Enter { w, version: assets::version(), to }));
    }
    if let (Some(demo), None) = (&desk.demo, &asked.code)
        && let Some(first) = demo.people().await?.first()
    {
        return Ok(Redirect::to(&format!("/nguoi/{}", first.code)).into_response());
    }
    let (guest, cookie) = desk.newcomer();
    let mut response = show(&desk, &guest, asked).await?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn show(desk: &Desk, guest: &Guest, asked: Asked) -> Result<Response, Trouble> {
    let site = &desk.site;
    let (who, lang) = desk.who(guest).await?;
    let w = Wording::of(lang);
    // The position first: what happens while the lines are read is shown twice, not never.
    let bookmark = site.channel.feed().bookmark(site.channel.feed().position());
    let count = asked.lines.unwrap_or(LINES).clamp(LINES, MOST_LINES);
    let lines = site.channel.last(&guest.chat, count).await?;
    let full = lines.len() >= count as usize;
    let demo = match &desk.demo {
        Some(demo) => Some(demo.bar(desk, guest, lines.last(), w).await?),
        None => None,
    };
    let invitation = asked.code.map(|code| match InvitationCode::parse(&code) {
        Some(code) => Invitation::Code(code.to_string()),
        None => Invitation::Unreadable,
    });
    Ok(view::page(&Page {
        w,
        version: assets::version(),
        organisation: &site.organisation,
        who,
        forms: desk.forms(guest),
        bookmark,
        bubbles: Bubble::row(&lines, site.zone, w),
        older: (full && count < MOST_LINES).then_some(count * 2),
        menu: site.channel.menu(&guest.chat, lang),
        invitation,
        demo,
    }))
}

impl Desk {
    /// Whom the page takes its visitor for, and the language they read.
    pub(super) async fn who(&self, guest: &Guest) -> Result<(Who, Language), Trouble> {
        let found = self.site.directory.who(&guest.chat).await?;
        let lang = found.as_ref().and_then(|found| found.lang).unwrap_or(self.site.lang);
        let w = Wording::of(lang);
        if let (Some(demo), Some(code)) = (&self.demo, &guest.demo_code)
            && let Some(person) = demo.person(code).await?
        {
            let role = Some(w.say(&person.role));
            return Ok((Who { name: person.name, role, stranger: false }, lang));
        }
        let who = match found {
            Some(found) => Who { name: found.name, role: None, stranger: false },
            None => Who { name: w.stranger.clone(), role: None, stranger: true },
        };
        Ok((who, lang))
    }

    /// What the forms of one more page of this guest carry.
    pub(super) fn forms(&self, guest: &Guest) -> Forms {
        Forms {
            base: guest.base(),
            token: guest.form_token.clone(),
            key: hex::encode((self.site.chance)()),
        }
    }

    /// The guest whose own page sent this form.
    pub(super) async fn sender(
        &self,
        headers: &HeaderMap,
        path: Option<Path<String>>,
        form_token: &str,
    ) -> Result<Guest, Trouble> {
        self.check_origin(headers)?;
        let code = path.map(|Path(code)| code);
        let guest = self.guest(headers, code.as_deref()).await?.ok_or(Trouble::Forbidden)?;
        if !guest.sent(form_token) {
            return Err(Trouble::Forbidden);
        }
        // The visitor of a demo may be anyone, and is alone.
        if guest.demo_code.is_none() {
            let known = self.site.directory.who(&guest.chat).await?;
            self.pace.pass(&guest.chat, known.is_none())?;
        }
        Ok(guest)
    }

    /// Hands one event to the inbox, once per `once` and chat.
    pub(super) async fn hand_in(
        &self,
        guest: &Guest,
        headers: &HeaderMap,
        once: &str,
        event: Event,
    ) -> Result<(), Trouble> {
        let incoming = Incoming {
            bot: BOT.to_owned(),
            external_id: format!("{}:{once}", guest.chat),
            chat: guest.chat.clone(),
            kind: ChatKind::Private,
            sender: guest.chat.clone(),
            language: language(headers),
            event,
        };
        Ok(self.site.accept.accept(vec![incoming]).await?)
    }

    /// Waits until the inbox takes more, but not for ever.
    pub(super) async fn room(&self) -> Result<(), Trouble> {
        let room = tokio::time::timeout(ROOM_PATIENCE, self.site.accept.room()).await;
        room.map_err(|_| Trouble::Busy)
    }

    /// Waits until the chat has an answer that is newer than a position of the feed; not for
    /// long, because a page can be loaded again.
    pub(super) async fn answered(&self, chat: &str, since: u64) {
        let feed = self.site.channel.feed();
        let mut changes = feed.watch();
        let is_answer = |change: &Change| match change {
            Change::Added(line) => !line.from_person,
            Change::Replaced { .. } => true,
            Change::Answered { .. } => false,
        };
        let answer = async {
            loop {
                match feed.since(since, |of| of == chat) {
                    Some((news, _)) if news.iter().all(|n| !is_answer(&n.change)) => {}
                    _ => return,
                }
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        // Overdue, the page is shown without it.
        let _ = tokio::time::timeout(ANSWER_PATIENCE, answer).await;
    }
}

#[derive(Deserialize)]
pub(super) struct Said {
    form: String,
    key: String,
    text: String,
}

#[derive(Serialize)]
pub(super) struct Written {
    pub line: i64,
}

/// Takes what a person wrote. The line is written before the message is handed in, so that it
/// stands above its answer however quick that is, and shown after, so that it is only seen once
/// it is safe. Sending the form again, after a lost answer or an error, changes nothing.
pub(super) async fn say(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
    Form(said): Form<Said>,
) -> Result<Response, Trouble> {
    let guest = desk.sender(&headers, path, &said.form).await?;
    let text = text::nfc(&said.text);
    if text.is_empty() {
        return Ok(done(&guest, &headers, None));
    }
    let once = once(&said.key, &["say", &text])?;
    desk.room().await?;
    let part = Part { runs: vec![Run { text: text.clone(), strong: false }], keyboard: vec![] };
    let line = desk.site.channel.write_down(&guest.chat, &once, &part).await?;
    let id = line.id;
    let before = desk.site.channel.feed().position();
    desk.hand_in(&guest, &headers, &once, Event::Text { text }).await?;
    desk.site.channel.show(&guest.chat, line);
    if !wants_json(&headers) {
        desk.answered(&guest.chat, before).await;
    }
    Ok(done(&guest, &headers, Some(Written { line: id })))
}

#[derive(Deserialize)]
pub(super) struct Tapped {
    form: String,
    key: String,
    line: i64,
    button: String,
}

/// Takes the tap of a button. What it means, and whether it still means anything, is known where
/// the button was made.
pub(super) async fn tap(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
    Form(tapped): Form<Tapped>,
) -> Result<Response, Trouble> {
    let guest = desk.sender(&headers, path, &tapped.form).await?;
    let Tapped { key, line, button, .. } = tapped;
    if button.is_empty() || button.len() > 64 || button.chars().any(char::is_control) {
        return Err(Trouble::BadRequest);
    }
    let line = line.to_string();
    let once = once(&key, &["tap", &line, &button])?;
    desk.room().await?;
    let callback = WebChannel::callback(&guest.chat, &key);
    let event = Event::Tap { button, message: Some(line), callback };
    let before = desk.site.channel.feed().position();
    desk.hand_in(&guest, &headers, &once, event).await?;
    if !wants_json(&headers) {
        desk.answered(&guest.chat, before).await;
    }
    Ok(done(&guest, &headers, None))
}

/// What makes a form count once: the key the page gave it, and what was sent under it, because a
/// page without script gives all its forms the same key.
pub(super) fn once(key: &str, sent: &[&str]) -> Result<String, Trouble> {
    let allowed = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
    if !(8..=64).contains(&key.len()) || !key.bytes().all(allowed) {
        return Err(Trouble::BadRequest);
    }
    let digest = hex::encode(Sha256::digest(sent.join("\n")));
    Ok(format!("{key}-{}", &digest[..16]))
}

/// The script is told the line, a browser without it is sent back to the page.
pub(super) fn done(guest: &Guest, headers: &HeaderMap, written: Option<Written>) -> Response {
    if !wants_json(headers) {
        let page = if guest.demo_code.is_some() { guest.base() } else { "/".to_owned() };
        return Redirect::to(&format!("{page}#end")).into_response();
    }
    match written {
        Some(written) => Json(written).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// The first language the browser asks for, `vi` of `vi-VN,vi;q=0.9`.
fn language(headers: &HeaderMap) -> Option<String> {
    let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let first = list.split([',', ';', '-']).next()?.trim().to_ascii_lowercase();
    let plain = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    plain.then_some(first)
}
