//! What comes in: Bot API updates into [`Incoming`].
//!
//! Each update is read on its own, so that one Telegram invented yesterday costs only itself. In a
//! group only what is meant for the bot is handed on: a command, a mention, a reply to the bot.
//! What a text means is not decided here.
//!
//! The update's id becomes [`Incoming::external_id`]. Telegram counts ids up, but after a week
//! without updates starts again at a random number: an id can then come a second time and would be
//! passed over as known. The inbox keeps ids for 7 days, and an id can only return after at least
//! that long a silence, so that the two never meet; keeping them longer would break this.

use serde_json::Value;
use teloxide::types::{
    CallbackQuery, Chat, ChatMemberUpdated, MediaKind, Message, MessageKind, User,
};
use tracing::{debug, warn};

use crate::message::{ChatKind, Event, Incoming, OfferedFile};

/// Who the bot is on Telegram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub id: u64,
    /// Without `@`.
    pub username: String,
}

impl Identity {
    /// Reads the result of `getMe`.
    pub(super) fn read(me: &Value) -> Option<Self> {
        let id = me.get("id")?.as_u64()?;
        let username = me.get("username")?.as_str()?.to_owned();
        (!username.is_empty()).then_some(Self { id, username })
    }
}

/// The id of an update, even of one that cannot be read otherwise.
pub(super) fn update_id(update: &Value) -> Option<i64> {
    update.get("update_id")?.as_i64()
}

/// The update in our words; `None` if it is none of our business.
pub(super) fn translate(bot: &str, me: &Identity, mut update: Value) -> Option<Incoming> {
    let id = update_id(&update)?;
    // Not by way of teloxide's `Update`: it cannot be read from a parsed value with owned keys.
    let (kind, content) = ["message", "callback_query", "my_chat_member"]
        .into_iter()
        .find_map(|kind| Some((kind, update.get_mut(kind)?.take())))?;
    let heard = match kind {
        "message" => serde_json::from_value(content).map(|message| hear_message(me, message)),
        "callback_query" => serde_json::from_value(content).map(hear_tap),
        _ => serde_json::from_value(content).map(hear_membership),
    };
    let heard = match heard {
        Ok(Some(heard)) => heard,
        Ok(None) => {
            debug!(update = id, kind, "an update holds nothing for the bot");
            return None;
        }
        // The error's text may hold a piece of the message.
        Err(_) => {
            warn!(update = id, kind, "an update cannot be read and is passed over");
            return None;
        }
    };
    Some(Incoming {
        bot: bot.to_owned(),
        external_id: id.to_string(),
        chat: heard.chat.id.to_string(),
        kind: if heard.chat.is_private() { ChatKind::Private } else { ChatKind::Group },
        sender: heard.sender.as_ref().map(|user| user.id.to_string()).unwrap_or_default(),
        language: heard.sender.and_then(|user| user.language_code),
        event: heard.event,
    })
}

struct Heard {
    chat: Chat,
    /// `None`: the platform acted.
    sender: Option<User>,
    event: Event,
}

fn hear_message(me: &Identity, message: Message) -> Option<Heard> {
    if let Some(to) = message.migrate_to_chat_id() {
        let event = Event::Moved { to: to.to_string() };
        return Some(Heard { chat: message.chat, sender: None, event });
    }
    if message.chat.is_channel() {
        return None;
    }
    // Bots do not talk to bots; anonymous administrators appear as one too, and nobody can tell
    // whose rights they have.
    let sender = message.from.clone().filter(|user| !user.is_bot)?;
    let words = match content(&message.kind)? {
        Content::Text(text) => address(me, &message, text)?,
        Content::Upload(caption, file) => {
            let caption = match address(me, &message, caption.unwrap_or_default())? {
                caption if caption.is_empty() => None,
                caption => Some(caption),
            };
            let event = Event::Upload { caption, file };
            return Some(Heard { chat: message.chat, sender: Some(sender), event });
        }
    };
    Some(Heard { chat: message.chat, sender: Some(sender), event: Event::Text { text: words } })
}

enum Content<'a> {
    Text(&'a str),
    Upload(Option<&'a str>, Option<OfferedFile>),
}

/// What a person put into a message; `None` for service messages.
fn content(kind: &MessageKind) -> Option<Content<'_>> {
    let MessageKind::Common(common) = kind else {
        return matches!(kind, MessageKind::Dice(_)).then_some(Content::Upload(None, None));
    };
    let mut file = None;
    let caption = match &common.media_kind {
        MediaKind::Text(text) => return Some(Content::Text(&text.text)),
        MediaKind::Migration(_) => return None,
        MediaKind::Animation(media) => media.caption.as_deref(),
        MediaKind::Audio(media) => media.caption.as_deref(),
        MediaKind::Document(media) => {
            let name = media.document.file_name.clone().unwrap_or_default();
            file = Some(offered(name, media.document.file.size));
            media.caption.as_deref()
        }
        MediaKind::Photo(media) => {
            // Telegram makes every photo a JPEG, in several sizes, the largest last.
            let size = media.photo.last().map(|photo| photo.file.size);
            file = size.map(|size| offered("photo.jpg".to_owned(), size));
            media.caption.as_deref()
        }
        MediaKind::Video(media) => media.caption.as_deref(),
        MediaKind::Voice(media) => media.caption.as_deref(),
        _ => None,
    };
    Some(Content::Upload(caption, file))
}

/// A file that stays with Telegram.
fn offered(name: String, size: u32) -> OfferedFile {
    OfferedFile { name, size: size.into(), kept: None }
}

/// The text without the bot's name; `None` if it stands in a group and is not meant for the bot.
fn address(me: &Identity, message: &Message, text: &str) -> Option<String> {
    let command = Command::read(text);
    let for_other = command.is_some_and(|command| command.is_for_other(&me.username));
    let own = match command {
        Some(command) if !for_other => command.without_bot(),
        _ => text.to_owned(),
    };
    let (words, mentioned) = remove_mentions(&own, &me.username);
    if message.chat.is_private() {
        return Some(words);
    }
    let replied = message
        .reply_to_message()
        .and_then(|earlier| earlier.from.as_ref())
        .is_some_and(|author| author.id.0 == me.id);
    let meant = !for_other && (command.is_some() || mentioned || replied);
    meant.then_some(words)
}

/// A text that begins with `/name` or `/name@bot`.
#[derive(Clone, Copy)]
struct Command<'a> {
    /// With the slash.
    name: &'a str,
    bot: Option<&'a str>,
    rest: &'a str,
}

impl<'a> Command<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim_start();
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (head, rest) = text.split_at(end);
        let (name, bot) = match head.split_once('@') {
            Some((name, bot)) => (name, Some(bot)),
            None => (head, None),
        };
        let first = name.strip_prefix('/')?.chars().next()?;
        first.is_alphanumeric().then_some(Self { name, bot, rest })
    }

    fn is_for_other(self, username: &str) -> bool {
        self.bot.is_some_and(|bot| !bot.eq_ignore_ascii_case(username))
    }

    fn without_bot(self) -> String {
        format!("{}{}", self.name, self.rest)
    }
}

/// Takes every `@username` out and tells whether there was one. Telegram's names are ASCII and know
/// no case.
fn remove_mentions(text: &str, username: &str) -> (String, bool) {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('@') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let names_us =
            after.get(..username.len()).is_some_and(|name| name.eq_ignore_ascii_case(username))
                && !after[username.len()..].starts_with(is_name)
                && !before.ends_with(is_name);
        kept.push_str(before);
        if names_us {
            found = true;
            kept.truncate(kept.trim_end_matches(' ').len());
            rest = &after[username.len()..];
        } else {
            kept.push('@');
            rest = after;
        }
    }
    kept.push_str(rest);
    let words = if found { kept.trim().to_owned() } else { kept };
    (words, found)
}

/// Telegram names the chat even where the message itself is too old to be shown.
fn hear_tap(query: CallbackQuery) -> Option<Heard> {
    let message = query.message?;
    let event = Event::Tap {
        button: query.data?,
        message: Some(message.id().to_string()),
        callback: query.id.0,
    };
    Some(Heard { chat: message.chat().clone(), sender: Some(query.from), event })
}

/// The bot's own membership. Says the state, not the change: a promotion repeats "present".
fn hear_membership(change: ChatMemberUpdated) -> Option<Heard> {
    let there = change.new_chat_member.is_present();
    let event = match &change.chat {
        chat if chat.is_private() => Event::Reachable { reachable: there },
        chat if chat.is_channel() => return None,
        _ => Event::Present { present: there },
    };
    Some(Heard { chat: change.chat, sender: Some(change.from), event })
}
