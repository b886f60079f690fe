//! Our own web chat as a channel: what is sent becomes a line of a transcript, and every page that
//! shows the chat hears of it through the [`Feed`].
//!
//! It knows neither HTTP nor HTML (that is `http`), and where transcripts are kept is the business
//! of whoever implements [`Transcript`].

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::domain::language::Language;
use crate::message::{
    Capabilities, Channel, Disclosure, Files, Menu, MenuAudience, Papers, Part, SendError, Sent,
};

/// The bot's name in addresses.
pub const BOT: &str = "web";

/// How many changes a page may miss before it must read its whole transcript again.
const KEPT_CHANGES: usize = 512;

/// One bubble of a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Lines of a chat sort by it.
    pub id: i64,
    /// Whether the person wrote it, not the program.
    pub from_person: bool,
    pub part: Part,
    pub shown_at: DateTime<Utc>,
}

/// A bubble that is to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    pub chat: &'a str,
    /// What tells it from every other line.
    pub key: &'a str,
    pub from_person: bool,
    pub part: &'a Part,
}

/// The transcript could not be read or written; the cause is already logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the transcript is out of reach now")]
pub struct TranscriptError;

/// Where the lines of all chats are kept.
#[async_trait]
pub trait Transcript: Send + Sync {
    /// Adds a line and says whether it is new. A key is taken once over all chats: a known one
    /// adds nothing and brings back the id the line had.
    async fn append(&self, line: NewLine<'_>) -> Result<(Line, bool), TranscriptError>;

    /// Replaces a line in place; `false` if the chat has no such line.
    async fn replace(&self, chat: &str, line: i64, part: &Part) -> Result<bool, TranscriptError>;

    /// The newest `count` lines of a chat, oldest first.
    async fn last(&self, chat: &str, count: u32) -> Result<Vec<Line>, TranscriptError>;
}

/// What became different on the pages of one chat.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Added(Line),
    Replaced {
        line: i64,
        part: Part,
    },
    /// A tap was answered: its waiting sign ends, with a short toast if there is one.
    Answered {
        tap: String,
        toast: Option<String>,
    },
}

/// A change, the chat it happened in and its place in the [`Feed`].
#[derive(Clone, Debug, PartialEq)]
pub struct Announcement {
    pub position: u64,
    pub chat: String,
    pub change: Change,
}

/// The latest changes of all chats, for pages to follow. A page that was away asks from the
/// position it has seen; one that was away too long is told to read its transcript again.
///
/// It lives in this process: after a restart every old position is unknown.
pub struct Feed {
    /// Tells this run of the program from the others.
    stamp: String,
    kept: Mutex<VecDeque<Arc<Announcement>>>,
    newest: watch::Sender<u64>,
}

impl Feed {
    fn new(stamp: [u8; 16]) -> Self {
        let stamp = hex::encode(&stamp[..6]);
        Self { stamp, kept: Mutex::default(), newest: watch::Sender::new(0) }
    }

    /// The position of the newest change; 0 before the first.
    pub fn position(&self) -> u64 {
        *self.newest.borrow()
    }

    /// A receiver that wakes with every change.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// A position as a page keeps it.
    pub fn bookmark(&self, position: u64) -> String {
        format!("{}-{position}", self.stamp)
    }

    /// Reads a bookmark; `None` if it is another run's or nobody's.
    pub fn find(&self, bookmark: &str) -> Option<u64> {
        let (stamp, position) = bookmark.split_once('-')?;
        let position = position.parse().ok()?;
        (stamp == self.stamp && position <= self.position()).then_some(position)
    }

    /// The changes after `position` in the chats that `wanted` picks, and the position reached.
    /// `None`: some of them are forgotten.
    pub fn since(
        &self,
        position: u64,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<(Vec<Arc<Announcement>>, u64)> {
        let kept = self.kept();
        let reached = self.position();
        let oldest = kept.front().map_or(reached + 1, |first| first.position);
        if position + 1 < oldest {
            return None;
        }
        let missed = kept
            .iter()
            .skip_while(|announcement| announcement.position <= position)
            .filter(|announcement| wanted(&announcement.chat))
            .cloned()
            .collect();
        Some((missed, reached))
    }

    fn announce(&self, chat: &str, change: Change) {
        let mut kept = self.kept();
        let position = self.position() + 1;
        if kept.len() == KEPT_CHANGES {
            kept.pop_front();
        }
        kept.push_back(Arc::new(Announcement { position, chat: chat.to_owned(), change }));
        // Under the lock, so that positions and changes agree for whoever reads both.
        self.newest.send_replace(position);
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Arc<Announcement>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Commands without slash, each with what it does.
pub type Commands = Vec<(String, String)>;

#[derive(Default)]
struct Menus {
    /// By language; `None` is for the languages that have none of their own.
    private: HashMap<Option<Language>, Commands>,
    chats: HashMap<String, Commands>,
}

/// The web chat.
pub struct WebChannel {
    transcript: Arc<dyn Transcript>,
    feed: Feed,
    menus: RwLock<Menus>,
    capabilities: Capabilities,
}

impl WebChannel {
    /// `stamp` is a value no earlier run of the program had.
    pub fn new(transcript: Arc<dyn Transcript>, disclosure: Disclosure, stamp: [u8; 16]) -> Self {
        let papers = match disclosure {
            Disclosure::Names => Papers::Page,
            // Here is where the others are sent to.
            Disclosure::Codes => Papers::Command,
        };
        let capabilities = Capabilities {
            buttons: true,
            edit: true,
            groups: false,
            text_limit: None,
            disclosure,
            papers,
            files: Files::Page,
        };
        Self { transcript, feed: Feed::new(stamp), menus: RwLock::default(), capabilities }
    }

    pub fn feed(&self) -> &Feed {
        &self.feed
    }

    /// The newest `count` lines of a chat, oldest first.
    pub async fn last(&self, chat: &str, count: u32) -> Result<Vec<Line>, TranscriptError> {
        self.transcript.last(chat, count).await
    }

    /// Writes down what a person said, once per `key` and chat. Pages hear of it when it is
    /// [shown](Self::show).
    pub async fn write_down(
        &self,
        chat: &str,
        key: &str,
        part: &Part,
    ) -> Result<Line, TranscriptError> {
        let key = &format!("in:{chat}:{key}");
        let line = NewLine { chat, key, from_person: true, part };
        let (line, _) = self.transcript.append(line).await?;
        Ok(line)
    }

    /// Tells the pages of a chat that it has this line.
    pub fn show(&self, chat: &str, line: Line) {
        self.feed.announce(chat, Change::Added(line));
    }

    /// The callback of a tap: what [`Channel::answer_tap`] is given back.
    pub fn callback(chat: &str, tap: &str) -> String {
        format!("{chat}/{tap}")
    }

    /// The commands to offer in a chat: its own menu, else the one of the language, else the
    /// general one.
    pub fn menu(&self, chat: &str, language: Language) -> Commands {
        let menus = self.menus.read().unwrap_or_else(PoisonError::into_inner);
        menus
            .chats
            .get(chat)
            .or_else(|| menus.private.get(&Some(language)))
            .or_else(|| menus.private.get(&None))
            .cloned()
            .unwrap_or_default()
    }
}

const LATER: SendError = SendError::Transient { after: None };

#[async_trait]
impl Channel for WebChannel {
    fn bot(&self) -> &str {
        BOT
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    async fn send(&self, chat: &str, part: &Part, key: &str) -> Result<Sent, SendError> {
        let line = NewLine { chat, key: &format!("out:{key}"), from_person: false, part };
        let (line, new) = self.transcript.append(line).await.map_err(|TranscriptError| LATER)?;
        let external_id = Some(line.id.to_string());
        if new {
            self.show(chat, line);
        }
        Ok(Sent { external_id })
    }

    async fn edit(&self, chat: &str, external_id: &str, part: &Part) -> Result<(), SendError> {
        let line = external_id.parse().map_err(|_| SendError::CannotEdit)?;
        let replaced = self.transcript.replace(chat, line, part).await;
        if !replaced.map_err(|TranscriptError| LATER)? {
            return Err(SendError::CannotEdit);
        }
        self.feed.announce(chat, Change::Replaced { line, part: part.clone() });
        Ok(())
    }

    async fn answer_tap(&self, callback: &str, toast: Option<&str>) {
        if let Some((chat, tap)) = callback.rsplit_once('/') {
            let toast = toast.map(str::to_owned);
            self.feed.announce(chat, Change::Answered { tap: tap.to_owned(), toast });
        }
    }

    async fn set_menus(&self, menus: &[Menu]) -> Result<(), SendError> {
        let mut known = self.menus.write().unwrap_or_else(PoisonError::into_inner);
        for menu in menus {
            match &menu.audience {
                MenuAudience::PrivateChats => {
                    known.private.insert(menu.language, menu.commands.clone());
                }
                MenuAudience::Chat(chat) => {
                    known.chats.insert(chat.clone(), menu.commands.clone());
                }
                MenuAudience::Groups => {} // there are none here
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(tap: usize) -> Change {
        Change::Answered { tap: tap.to_string(), toast: None }
    }

    fn positions(feed: &Feed, from: u64, chat: &str) -> Option<Vec<u64>> {
        let (missed, reached) = feed.since(from, |of| of == chat)?;
        assert_eq!(reached, feed.position());
        Some(missed.iter().map(|announcement| announcement.position).collect())
    }

    #[test]
    fn a_page_gets_what_it_missed_in_its_own_chat() {
        let feed = Feed::new([1; 16]);
        assert_eq!(positions(&feed, 0, "a"), Some(vec![]));
        for (n, chat) in ["a", "b", "a"].into_iter().enumerate() {
            feed.announce(chat, answered(n));
        }
        assert_eq!(positions(&feed, 0, "a"), Some(vec![1, 3]));
        assert_eq!(positions(&feed, 1, "a"), Some(vec![3]));
        assert_eq!(positions(&feed, 3, "a"), Some(vec![]));
    }

    #[test]
    fn a_page_that_was_away_too_long_must_read_again() {
        let feed = Feed::new([1; 16]);
        for n in 0..=KEPT_CHANGES {
            feed.announce("a", answered(n));
        }
        assert_eq!(positions(&feed, 0, "a"), None);
        assert_eq!(positions(&feed, 1, "a").map(|missed| missed.len()), Some(KEPT_CHANGES));
    }

    #[test]
    fn a_bookmark_is_good_for_one_run_and_never_for_the_future() {
        let (feed, other) = (Feed::new([1; 16]), Feed::new([2; 16]));
        feed.announce("a", answered(1));
        other.announce("a", answered(1));
        assert_eq!(feed.find(&feed.bookmark(1)), Some(1));
        assert_eq!(other.find(&feed.bookmark(1)), None);
        assert_eq!(feed.find(&feed.bookmark(2)), None);
        for nonsense in ["", "1", "-", "x-1", "010101010101-x"] {
            assert_eq!(feed.find(nonsense), None, "{nonsense}");
        }
    }
}
