//! The neutral words between people and program.
//!
//! Channels translate the wire into [`Incoming`] and [`Part`]s into the wire; features speak in
//! [`Message`]s, which name sentences by key and carry typed arguments. Nothing here knows a
//! platform, a language or the database.

mod arriving;
mod key;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::calendar::Month;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::typed::Typed;
use crate::domain::units::UnitName;

pub use key::{Key, KeyAction};

/// Where something is sent: a chat of one bot.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    /// The bot's name in this installation: `telegram`, `web`, `console`, …
    pub bot: String,
    /// The platform's own id of the chat, opaque.
    pub chat: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    Private,
    Group,
}

/// One thing that happened on a channel, as accepted into the inbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    pub bot: String,
    /// The platform's id of the update, unique per bot: what makes accepting it twice harmless.
    pub external_id: String,
    pub chat: String,
    pub kind: ChatKind,
    /// The platform's id of the account that acted; empty when the platform acted.
    pub sender: String,
    /// The language the account says it uses, as a hint for strangers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub event: Event,
}

impl Incoming {
    pub fn address(&self) -> Address {
        Address { bot: self.bot.clone(), chat: self.chat.clone() }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// What a person wrote, mention of the bot removed. In a group only what is meant for the bot.
    Text { text: String },
    /// A button was tapped.
    Tap {
        /// The short id the button carried.
        button: String,
        /// The platform's id of the message the button is on, if it is known.
        message: Option<String>,
        /// What [`Channel::answer_tap`] wants back.
        callback: String,
    },
    /// A photo, a document, a voice message: something that is not text.
    Upload {
        caption: Option<String>,
        /// What is known of it, if it is a file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<OfferedFile>,
    },
    /// The person blocked the bot (`false`) or let it write again (`true`).
    Reachable { reachable: bool },
    /// The bot was added to a group (`true`) or removed from it (`false`).
    Present { present: bool },
    /// The chat has a new id; the old one is dead.
    Moved { to: String },
}

/// A file that somebody sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedFile {
    /// As the sender's machine calls it.
    pub name: String,
    /// In bytes.
    pub size: i64,
    /// Under which id it is kept until it is decided on; `None`: it was left where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<i64>,
}

/// A sentence of `locales/`, by key, with its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    pub key: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Arg>,
}

impl Phrase {
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: BTreeMap::new() }
    }

    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    /// Every argument in it, those inside others as well.
    pub fn every_arg<'p>(&'p self, see: &mut dyn FnMut(&'p Arg)) {
        for arg in self.args.values() {
            arg.every(see);
        }
    }
}

/// An argument of a sentence. Its type decides how each language writes it and who may read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "v", rename_all = "snake_case")]
pub enum Arg {
    /// Text of the organisation that anyone may read: a unit's name, a code, a place.
    Text(String),
    /// What a person typed. Names of candidates in it become codes where disclosure says so.
    #[serde(rename = "free")]
    Typed(Typed),
    /// The beginning of what a person typed: masked first, then cut to so many characters.
    Excerpt {
        text: Typed,
        length: usize,
    },
    Int(i64),
    /// A ratio, written as a percentage with one decimal: 50 of 60 is 83,3%.
    Percent {
        part: i64,
        whole: i64,
    },
    Date(NaiveDate),
    Time(NaiveTime),
    /// Local date and time of the organisation.
    DateTime(NaiveDateTime),
    /// The weekday of a date, as a word.
    Weekday(NaiveDate),
    /// A month, given by any day in it.
    Month(NaiveDate),
    /// A person. What stands for them, the name, a code or initials, is decided for its reader when
    /// the message is rendered.
    Who(PersonId),
    /// Not shown: the unit at or below which whoever is called by a given name alone in what was typed here may be
    /// meant, besides those near to the reader.
    Near(UnitId),
    /// A member's name, in messages that were stored before [`Arg::Who`]. Only read.
    #[serde(rename = "person")]
    StoredPerson(String),
    /// A candidate, in messages that were stored before [`Arg::Who`]. Only read.
    #[serde(rename = "candidate")]
    StoredCandidate {
        code: String,
        name: String,
    },
    Phrase(Box<Phrase>),
    /// Joined with commas.
    List(Vec<Arg>),
}

impl Arg {
    /// The code of a person, a case, a unit or a fault, `QC-014`. Anything else is taken for something typed.
    pub fn code(code: &str) -> Self {
        let shape = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        let digits = code.chars().filter(char::is_ascii_digit).count();
        let letters = code.chars().filter(char::is_ascii_uppercase).count();
        match code.chars().all(shape) && (digits > 0 && letters <= CODE_LETTERS) {
            true => Arg::Text(code.to_owned()),
            false => Arg::Typed(Typed::new(code)),
        }
    }

    /// Figures as they are: a year, `31/2`, `1.234`. Anything else is taken for something typed.
    pub fn figures(figures: impl Display) -> Self {
        let text = figures.to_string();
        let shape = |c: char| c.is_ascii_digit() || " .,:/-%".contains(c);
        match text.chars().all(shape) {
            true => Arg::Text(text),
            false => Arg::Typed(Typed::new(text)),
        }
    }

    /// Text of the settings or made by the program, which nobody types in a dialogue and which is shown as it
    /// is. `tests/architecture.rs` lists where.
    pub fn unmasked(text: impl Into<String>) -> Self {
        Arg::Text(text.into())
    }

    fn every<'a>(&'a self, see: &mut dyn FnMut(&'a Arg)) {
        see(self);
        match self {
            Arg::Phrase(phrase) => phrase.every_arg(see),
            Arg::List(args) => args.iter().for_each(|arg| arg.every(see)),
            _ => {}
        }
    }
}

/// No code has more letters: names are longer.
const CODE_LETTERS: usize = 4;

macro_rules! arg_from {
    ($($from:ty => |$v:ident| $make:expr),* $(,)?) => {$(
        impl From<$from> for Arg {
            fn from($v: $from) -> Self { $make }
        }
    )*};
}
arg_from! {
    // Of the program itself.
    &'static str => |v| Arg::Text(v.to_owned()),
    &UnitName => |v| Arg::Text(v.to_string()),
    i64 => |v| Arg::Int(v),
    i32 => |v| Arg::Int(v.into()),
    u32 => |v| Arg::Int(v.into()),
    usize => |v| Arg::Int(i64::try_from(v).unwrap_or(i64::MAX)),
    Month => |v| Arg::Month(v.first_day()),
    NaiveDate => |v| Arg::Date(v),
    NaiveTime => |v| Arg::Time(v),
    NaiveDateTime => |v| Arg::DateTime(v),
    PersonId => |v| Arg::Who(v),
    Typed => |v| Arg::Typed(v),
    &Typed => |v| Arg::Typed(v.clone()),
    Phrase => |v| Arg::Phrase(Box::new(v)),
    Vec<Arg> => |v| Arg::List(v),
}

/// What the program says, before language, channel and disclosure are known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub v: u8,
    pub body: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keyboard: Vec<Vec<Button>>,
    /// Set on a message nobody asked for: where there are no buttons its options are written as a
    /// word and this code ("CM 47"), because bare numbers belong to the open dialogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_code: Option<u32>,
}

/// The version written into stored messages.
pub const MESSAGE_VERSION: u8 = 1;

impl Message {
    pub fn new() -> Self {
        Self { v: MESSAGE_VERSION, ..Self::default() }
    }

    /// A message of one line.
    pub fn of(phrase: impl Into<Phrase>) -> Self {
        Self::new().line(phrase)
    }

    pub fn title(mut self, phrase: impl Into<Phrase>) -> Self {
        self.body.push(Block::Title(phrase.into()));
        self
    }

    pub fn line(mut self, phrase: impl Into<Phrase>) -> Self {
        self.body.push(Block::Line(phrase.into()));
        self
    }

    pub fn item(mut self, phrase: impl Into<Phrase>) -> Self {
        self.body.push(Block::Item(phrase.into()));
        self
    }

    pub fn gap(mut self) -> Self {
        self.body.push(Block::Gap);
        self
    }

    /// Adds one row of buttons; an empty row is left out.
    pub fn row(mut self, buttons: Vec<Button>) -> Self {
        if !buttons.is_empty() {
            self.keyboard.push(buttons);
        }
        self
    }

    pub fn buttons(&self) -> impl Iterator<Item = &Button> {
        self.keyboard.iter().flatten()
    }

    /// Every sentence it shows: of the text, then of the buttons.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        let said = self.body.iter().filter_map(Block::phrase);
        said.chain(self.buttons().map(|button| &button.label))
    }
}

impl From<&str> for Phrase {
    fn from(key: &str) -> Self {
        Phrase::new(key)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "b", content = "p", rename_all = "snake_case")]
pub enum Block {
    Title(Phrase),
    Line(Phrase),
    /// An entry of a list.
    Item(Phrase),
    /// An empty line.
    Gap,
}

impl Block {
    fn phrase(&self) -> Option<&Phrase> {
        match self {
            Self::Title(phrase) | Self::Line(phrase) | Self::Item(phrase) => Some(phrase),
            Self::Gap => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// Its sentence may have an attribute `.word`: the word typed for it on a channel without
    /// buttons when it stands under a prompt.
    pub label: Phrase,
    /// What the tap means to the feature that made the button. It stays in the database; only
    /// [`Button::id`] travels.
    #[serde(skip)]
    pub tap: serde_json::Value,
    /// Short id, given when the message is queued; empty before.
    #[serde(default)]
    pub id: String,
    /// Set on a button that opens an address instead of being a tap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// Where a link button leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "to", content = "v", rename_all = "snake_case")]
pub enum Link {
    /// The private chat with this bot; the payload arrives there as `/start PAYLOAD`.
    Private(String),
    /// A paper of a closed meeting (`minutes`, `resolution`), made anew whenever it is fetched.
    Paper { kind: String, meeting: i64 },
    /// The page on which a file is put to the draft of a notice.
    Attach,
    /// The file of a notice.
    NoticeFile(i64),
    /// The page on which lists are taken in.
    Lists,
}

impl Button {
    /// A button whose tap brings `tap` back to the feature that makes it.
    pub fn new(label: impl Into<Phrase>, tap: impl Serialize) -> Self {
        Self {
            label: label.into(),
            tap: serde_json::to_value(tap).unwrap_or_default(),
            id: String::new(),
            link: None,
        }
    }

    pub fn link(label: impl Into<Phrase>, link: Link) -> Self {
        Self {
            label: label.into(),
            tap: serde_json::Value::Null,
            id: String::new(),
            link: Some(link),
        }
    }
}

/// Whether candidates appear by name or by code and initials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    Codes,
    Names,
}

/// How the readers of a channel get at papers, which name people in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Papers {
    /// By a link of the channel's own page.
    Page,
    /// By a command of the program.
    Command,
    /// Not here: on the organisation's own page.
    Elsewhere,
}

/// How the users of a channel put files to notices and get at them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files {
    /// On the channel's own page.
    Page,
    /// On the organisation's page, whose address stands here if it is known.
    Elsewhere(Option<String>),
}

/// What a channel can do; rendering adapts to it.
#[derive(Clone, Debug)]
pub struct Capabilities {
    pub buttons: bool,
    pub edit: bool,
    pub groups: bool,
    /// Longest text of one part, in UTF-16 code units.
    pub text_limit: Option<usize>,
    pub disclosure: Disclosure,
    pub papers: Papers,
    pub files: Files,
}

/// A rendered message, or a piece of one that was too long: what a channel sends in one call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub runs: Vec<Run>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keyboard: Vec<Vec<Key>>,
}

impl Part {
    /// The text without styles.
    pub fn plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A stretch of text in one style; it may hold line breaks. Channels escape it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
}

/// What a platform said when it took a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The platform's id of the new message, needed to edit it later.
    pub external_id: Option<String>,
}

/// How a send failed, and so what delivery does next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nothing was sent; try again, after the given pause if the platform named one.
    #[error("the platform asks to try again later")]
    Transient { after: Option<Duration> },
    /// The chat has a new id.
    #[error("the chat has moved")]
    Moved { to: String },
    /// The address will not take messages any more: blocked, deleted, kicked out.
    #[error("the address cannot be reached")]
    Unreachable,
    /// The platform will never take this message: our fault. The text is safe to log.
    #[error("the platform refuses this message: {reason}")]
    Rejected { reason: String },
    /// The message that should be edited cannot be edited any more.
    #[error("the message cannot be edited")]
    CannotEdit,
    /// Nobody knows whether it was sent: the answer was lost.
    #[error("the answer was lost")]
    Ambiguous,
}

/// How fast a platform lets a bot send; 0 is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub per_second: u32,
    pub per_chat_second: u32,
    pub per_group_minute: u32,
}

/// A list of commands that a channel shows beside its input field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    pub audience: MenuAudience,
    /// `None`: for every language that has no menu of its own.
    pub language: Option<Language>,
    /// Command without slash, and what it does.
    pub commands: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuAudience {
    PrivateChats,
    Groups,
    Chat(String),
}

/// The sending half of a channel: wire <-> this module, nothing else.
#[async_trait]
pub trait Channel: Send + Sync {
    /// The bot's name, as in [`Address::bot`].
    fn bot(&self) -> &str;

    fn capabilities(&self) -> &Capabilities;

    /// `None`: the channel is ours and takes whatever comes.
    fn pace(&self) -> Option<Pace> {
        None
    }

    /// Whether this chat is a group, for the pace; told from the id alone.
    fn is_group(&self, chat: &str) -> bool {
        let _ = chat;
        false
    }

    /// Sends one part. `key` names this send for channels of our own, which use it to take each
    /// part once.
    async fn send(&self, chat: &str, part: &Part, key: &str) -> Result<Sent, SendError>;

    /// Replaces the message `external_id` in place.
    async fn edit(&self, chat: &str, external_id: &str, part: &Part) -> Result<(), SendError> {
        let _ = (chat, external_id, part);
        Err(SendError::CannotEdit)
    }

    /// Stops the waiting sign of a tapped button, with a short toast if given. One attempt;
    /// failure says nothing about the address and is ignored.
    async fn answer_tap(&self, callback: &str, toast: Option<&str>) {
        let _ = (callback, toast);
    }

    /// Shows the menus; doing it twice changes nothing.
    async fn set_menus(&self, menus: &[Menu]) -> Result<(), SendError> {
        let _ = menus;
        Ok(())
    }
}

/// The receiving half's sink: takes a batch for good before the platform is told so.
#[async_trait]
pub trait Accept: Send + Sync {
    /// Stores the batch durably; what is known already is passed over. After an error nothing of
    /// the batch is stored, and the channel must offer it again.
    async fn accept(&self, batch: Vec<Incoming>) -> Result<(), AcceptError>;

    /// Returns as soon as there is room for more; a channel waits here before it asks for more.
    async fn room(&self);
}

/// The inbox could not take a batch; the cause is already logged.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the inbox cannot take updates now")]
pub struct AcceptError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_code_and_no_figure_is_masked() {
        for code in ["QC-014", "CB-02", "NS-001", "31"] {
            assert_eq!(Arg::code(code), Arg::Text(code.to_owned()));
        }
        for typed in ["TRANVANBINH-1", "BINH", "Bình", "qc-014", "97-CV/ĐU lớp Trần Văn Bình"]
        {
            assert_eq!(Arg::code(typed), Arg::Typed(Typed::new(typed)));
            assert_eq!(Arg::figures(typed), Arg::Typed(Typed::new(typed)));
        }
        assert_eq!(Arg::figures(2019), Arg::Text("2019".to_owned()));
        assert_eq!(Arg::figures("31/2"), Arg::Text("31/2".to_owned()));
    }
}
