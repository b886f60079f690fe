//! The demo's bar: its clock, which the visitor moves, and its people, any of whom the visitor can
//! be. Only a [`Site`](super::Site) that was given a [`DemoPanel`] has it; everywhere else its
//! addresses do not exist.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use axum::Json;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use tokio::sync::watch;

use super::guard::Trouble;
use super::guest::Guest;
use super::view::{self, ClockView, DemoBar, PersonLink, wants_json};
use super::wording::Wording;
use super::{Desk, Shared};
use crate::channels::web::Line;
use crate::message::Phrase;

/// Begins the chats of the demo's people. A visitor's chat is hexadecimal and never begins so.
const CHAT: &str = "demo:";

/// The web chat, and account, of a person of the demo.
pub fn demo_chat(code: &str) -> String {
    format!("{CHAT}{code}")
}

/// The person of a demo's chat.
pub(super) fn demo_code(chat: &str) -> Option<&str> {
    chat.strip_prefix(CHAT)
}

/// How far to move the demo's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockMove {
    /// To the next instant at which something happens to those whom the visitor can be.
    NextEvent,
    /// To the next morning.
    NextDay,
    /// To the beginning of the next meeting.
    ToMeeting,
}

/// Someone the visitor of the demo can be.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoPerson {
    /// `NS-001`
    pub code: String,
    pub name: String,
    /// What they are, in a few words.
    pub role: Phrase,
}

/// What moving the clock led to.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoMoved {
    /// Local date and time reached.
    pub now: NaiveDateTime,
    /// What happened on the way; empty if nothing did.
    pub happened: Vec<Phrase>,
}

/// The demo cannot answer; the cause is already logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the demo is out of order now")]
pub struct DemoError;

/// The demo organisation as its bar sees it.
#[async_trait]
pub trait DemoPanel: Send + Sync {
    /// Whom a visitor can be, in the order to show them. The first is who a newcomer is.
    async fn people(&self) -> Result<Vec<DemoPerson>, DemoError>;

    /// The demo's local date and time.
    async fn now(&self) -> Result<NaiveDateTime, DemoError>;

    /// Moves the clock through everything that falls due on the way. Called by one visitor at a
    /// time.
    async fn move_clock(&self, by: ClockMove) -> Result<DemoMoved, DemoError>;
}

impl From<DemoError> for Trouble {
    fn from(_: DemoError) -> Self {
        Trouble::Busy
    }
}

/// A [`DemoPanel`] at work.
pub(super) struct DemoDesk {
    panel: Arc<dyn DemoPanel>,
    /// The newest line each person has had before their eyes, by code.
    seen: Mutex<HashMap<String, i64>>,
    /// One move at a time.
    turning: tokio::sync::Mutex<()>,
    /// What the last move led to; wakes the open pages.
    moved: watch::Sender<Option<Arc<[Phrase]>>>,
}

impl DemoDesk {
    pub fn new(panel: Arc<dyn DemoPanel>) -> Self {
        Self {
            panel,
            seen: Mutex::default(),
            turning: tokio::sync::Mutex::default(),
            moved: watch::Sender::new(None),
        }
    }

    pub async fn people(&self) -> Result<Vec<DemoPerson>, DemoError> {
        self.panel.people().await
    }

    pub async fn person(&self, code: &str) -> Result<Option<DemoPerson>, DemoError> {
        Ok(self.people().await?.into_iter().find(|person| person.code == code))
    }

    /// A receiver that wakes when the clock has moved.
    pub fn watch(&self) -> watch::Receiver<Option<Arc<[Phrase]>>> {
        self.moved.subscribe()
    }

    pub async fn clock(&self, w: &'static Wording) -> Result<ClockView, DemoError> {
        let now = self.panel.now().await?;
        let happened = self.moved.borrow().clone();
        Ok(ClockView::new(now, happened.as_deref(), w))
    }

    /// Notes that a person's page shows this line.
    pub fn saw(&self, code: &str, line: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = seen.entry(code.to_owned()).or_insert(line);
        *newest = line.max(*newest);
    }

    fn has_seen(&self, code: &str, line: &Line) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        line.from_person || seen.get(code).is_some_and(|newest| *newest >= line.id)
    }

    /// The bar of a page that shows lines up to `newest`.
    pub async fn bar(
        &self,
        desk: &Desk,
        guest: &Guest,
        newest: Option<&Line>,
        w: &'static Wording,
    ) -> Result<DemoBar, Trouble> {
        if let (Some(code), Some(line)) = (&guest.demo_code, newest) {
            self.saw(code, line.id);
        }
        let mut people = Vec::new();
        for person in self.people().await? {
            let last = desk.site.channel.last(&demo_chat(&person.code), 1).await?;
            people.push(PersonLink {
                here: guest.demo_code.as_ref() == Some(&person.code),
                unread: last.iter().any(|line| !self.has_seen(&person.code, line)),
                role: w.say(&person.role),
                name: person.name,
                code: person.code,
            });
        }
        Ok(DemoBar {
            clock: self.clock(w).await?,
            people,
            code: guest.demo_code.clone().unwrap_or_default(),
            form_token: desk.demo_form_token(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Turn {
    form: String,
    to: ClockMove,
    /// The person whose page to come back to.
    #[serde(default)]
    who: String,
}

#[derive(Serialize)]
struct Turned {
    html: String,
}

/// Moves the clock.
pub(super) async fn turn(
    State(desk): State<Shared>,
    headers: HeaderMap,
    Form(turn): Form<Turn>,
) -> Result<Response, Trouble> {
    let demo = desk.demo.as_ref().ok_or(Trouble::NotFound)?;
    desk.check_origin(&headers)?;
    if !bool::from(turn.form.as_bytes().ct_eq(desk.demo_form_token().as_bytes())) {
        return Err(Trouble::Forbidden);
    }
    let moved = {
        let _alone = demo.turning.lock().await;
        let moved = demo.panel.move_clock(turn.to).await?;
        demo.moved.send_replace(Some(moved.happened.clone().into()));
        moved
    };
    if wants_json(&headers) {
        let w = Wording::of(desk.site.lang);
        let clock = ClockView::new(moved.now, Some(&moved.happened), w);
        return Ok(Json(Turned { html: view::piece(&clock) }).into_response());
    }
    let back = match demo.person(&turn.who).await? {
        Some(person) => format!("/nguoi/{}", person.code),
        None => "/".to_owned(),
    };
    Ok(Redirect::to(&back).into_response())
}
