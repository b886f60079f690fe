//! The event stream of a page: new and changed lines as they come, and first those that were missed
//! while the connection was away.
//!
//! Each event carries the bookmark of the feed's position, which the browser brings back when it
//! reconnects. A page that was away too long, or since before a restart, gets its newest lines
//! again and a `synced` at the end.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::Shared;
use super::chat::LINES;
use super::demo::demo_code;
use super::guard::Trouble;
use super::guest::Guest;
use super::view::{self, Body, BodyView, Bubble, BubbleView, Forms};
use super::wording::Wording;
use crate::channels::web::{Announcement, Change, Line};
use crate::message::Phrase;

/// How often a silent stream says that it is alive; the script reconnects after a few of these.
const BEAT: Duration = Duration::from_secs(15);
/// Streams one visitor may have open, and all together.
const PER_VISITOR: usize = 4;
const ALL: usize = 4096;

/// The open streams, counted by chat.
#[derive(Default)]
pub(super) struct Streams(Mutex<HashMap<String, usize>>);

impl Streams {
    /// A place for one more stream, while there is one.
    fn enter(self: &Arc<Self>, chat: &str) -> Result<Seat, Trouble> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.values().sum::<usize>() >= ALL {
            return Err(Trouble::Busy);
        }
        let mine = open.entry(chat.to_owned()).or_default();
        if *mine >= PER_VISITOR {
            return Err(Trouble::TooMany);
        }
        *mine += 1;
        Ok(Seat { streams: self.clone(), chat: chat.to_owned() })
    }
}

/// The place of an open stream, free again when dropped.
struct Seat {
    streams: Arc<Streams>,
    chat: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mine) = open.get_mut(&self.chat) {
            *mine -= 1;
            if *mine == 0 {
                open.remove(&self.chat);
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Since {
    /// The bookmark the page was made with.
    #[serde(default)]
    after: String,
}

/// The stream of a guest's chat.
pub(super) async fn follow(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Trouble> {
    let code = path.map(|Path(code)| code);
    let guest = desk.guest(&headers, code.as_deref()).await?.ok_or(Trouble::Forbidden)?;
    let seat = desk.streams.enter(&guest.chat)?;
    let (who, lang) = desk.who(&guest).await?;
    let bookmark = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let feed = desk.site.channel.feed();
    let mut clock = desk.demo.as_ref().map(|demo| demo.watch());
    // It may have moved while the page was away, so that it is told once at the beginning.
    clock.iter_mut().for_each(watch::Receiver::mark_changed);
    let follower = Follower {
        position: feed.find(bookmark.unwrap_or(&since.after)),
        forms: desk.forms(&guest),
        w: Wording::of(lang),
        stranger: who.stranger,
        changes: feed.watch(),
        clock,
        ready: VecDeque::new(),
        _seat: seat,
        guest,
        desk,
    };
    let events = unfold(follower, |mut follower| async move {
        follower.next().await.map(|event| (Ok(event), follower))
    });
    let beat = Event::default().event("beat").data("-");
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT).event(beat)))
}

/// An open stream.
struct Follower {
    desk: Shared,
    guest: Guest,
    forms: Forms,
    w: &'static Wording,
    /// Whether the page still shows its visitor as one.
    stranger: bool,
    /// What the page has seen of the feed; `None` when that is unknown.
    position: Option<u64>,
    changes: watch::Receiver<u64>,
    clock: Option<watch::Receiver<Option<Arc<[Phrase]>>>>,
    ready: VecDeque<Event>,
    _seat: Seat,
}

impl Follower {
    /// The next event; `None` ends the stream, and the browser comes back by itself.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            self.changes.borrow_and_update();
            self.catch_up().await.ok()?;
            if !self.ready.is_empty() {
                continue;
            }
            let shutdown = self.desk.site.shutdown.clone();
            tokio::select! {
                () = shutdown.cancelled() => return None,
                changed = self.changes.changed() => changed.ok()?,
                () = moved(&mut self.clock) => self.tell_time().await?,
            }
        }
    }

    /// Queues what happened since the position, or all there is to see if that is unknown.
    async fn catch_up(&mut self) -> Result<(), Trouble> {
        let own = &self.guest.chat;
        let others = self.desk.demo.is_some();
        let wanted = |chat: &str| chat == own || (others && demo_code(chat).is_some());
        let feed = self.desk.site.channel.feed();
        match self.position.and_then(|position| feed.since(position, wanted)) {
            Some((missed, reached)) => {
                self.position = Some(reached);
                for announcement in &missed {
                    self.announce(announcement);
                }
                let lines = |a: &Arc<Announcement>| matches!(a.change, Change::Added(_));
                if self.stranger && missed.iter().any(lines) {
                    self.greet().await?;
                }
                Ok(())
            }
            None => self.resync().await,
        }
    }

    fn announce(&mut self, announcement: &Announcement) {
        let feed = self.desk.site.channel.feed();
        let bookmark = feed.bookmark(announcement.position);
        let event = if announcement.chat == self.guest.chat {
            self.own(&announcement.change)
        } else {
            self.elsewhere(announcement)
        };
        self.ready.extend(event.map(|event| event.id(bookmark)));
    }

    /// A change in the page's own chat.
    fn own(&self, change: &Change) -> Option<Event> {
        match change {
            Change::Added(line) => self.line(line),
            Change::Replaced { line, part } => {
                let body = BodyView { body: Body::new(part), line: *line, forms: &self.forms };
                event("edit", &Piece { id: *line, html: view::piece(&body) })
            }
            Change::Answered { tap, toast } => {
                event("tap", &Answer { key: tap, toast: toast.as_deref() })
            }
        }
    }

    fn line(&self, line: &Line) -> Option<Event> {
        if let (Some(demo), Some(code)) = (&self.desk.demo, &self.guest.demo_code) {
            demo.saw(code, line.id);
        }
        let bubble = Bubble::new(line, self.desk.site.zone, self.w, None);
        let view = BubbleView { bubble, forms: &self.forms };
        event("line", &Piece { id: line.id, html: view::piece(&view) })
    }

    /// A new line of another person of the demo puts a dot on them.
    fn elsewhere(&self, announcement: &Announcement) -> Option<Event> {
        let code = demo_code(&announcement.chat)?;
        match &announcement.change {
            Change::Added(line) if !line.from_person => event("unread", &Unread { code }),
            _ => None,
        }
    }

    /// Queues the newest lines and says that these are all.
    async fn resync(&mut self) -> Result<(), Trouble> {
        let channel = &self.desk.site.channel;
        let position = channel.feed().position();
        let lines = channel.last(&self.guest.chat, LINES).await?;
        let events: Vec<Event> = lines.iter().filter_map(|line| self.line(line)).collect();
        self.ready.extend(events);
        let end = Event::default().event("synced").data("-");
        self.ready.push_back(end.id(self.desk.site.channel.feed().bookmark(position)));
        self.position = Some(position);
        if self.stranger {
            self.greet().await?;
        }
        Ok(())
    }

    /// Tells the page who its visitor has become.
    async fn greet(&mut self) -> Result<(), Trouble> {
        let (who, _) = self.desk.who(&self.guest).await?;
        if !who.stranger {
            self.stranger = false;
            self.ready.extend(event("who", &Known { name: &who.name }));
        }
        Ok(())
    }

    /// Queues the demo's time; `None` when the demo is out of order.
    async fn tell_time(&mut self) -> Option<()> {
        let demo = self.desk.demo.as_ref()?;
        let clock = demo.clock(self.w).await.ok()?;
        self.ready.extend(event("clock", &Clock { html: view::piece(&clock) }));
        Some(())
    }
}

/// Returns when the demo's clock has moved; never where there is none.
async fn moved(clock: &mut Option<watch::Receiver<Option<Arc<[Phrase]>>>>) {
    let gone = match clock {
        Some(clock) => clock.changed().await.is_err(),
        None => true,
    };
    if gone {
        std::future::pending().await
    }
}

#[derive(Serialize)]
struct Piece {
    id: i64,
    html: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    key: &'a str,
    /// Under the name that pages know which a version before has opened.
    #[serde(rename = "notice")]
    toast: Option<&'a str>,
}

#[derive(Serialize)]
struct Unread<'a> {
    code: &'a str,
}

#[derive(Serialize)]
struct Known<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Clock {
    html: String,
}

fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    let event = Event::default().event(name).json_data(data);
    event.inspect_err(|error| tracing::error!(%error, name, "an event cannot be written")).ok()
}
