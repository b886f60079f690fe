//! What the fake knows: people, chats, messages, waiting updates; and how it all changes.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard};

use serde_json::{Value, json};
use tokio::sync::watch;

use super::Counters;
use super::pace::Limits;

/// The date on everything: the fake does not tell the time.
const DATE: i64 = 1_796_000_000;
const FIRST_UPDATE: i64 = 500_000_000;
/// How many updates can be brought once more.
const HISTORY: usize = 64;

/// What goes wrong with a call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// 429 with this `retry_after`, in seconds. Nothing is done.
    TooMany(u64),
    /// 500. Nothing is done.
    Server,
    /// This refusal, in Telegram's words. Nothing is done.
    Refuse { code: u16, description: String },
    /// 400 with `migrate_to_chat_id`. Nothing is done.
    Migrated(i64),
    /// This status with a page that is not Telegram's. Nothing is done.
    Gateway(u16),
    /// The connection is cut before the call is looked at.
    DropBefore,
    /// The call is done, then the connection is cut.
    DropAfter,
    /// The call is done, the answer is not JSON.
    Garbage,
    /// The call is done, the answer is cut off in the middle of the body.
    Truncated,
    /// The call is never answered, nor done.
    Hang,
}

/// A call that went wrong.
#[derive(Clone, Debug)]
pub struct Mishap {
    pub method: String,
    pub chat: i64,
    /// What was to be said, with its markup.
    pub text: String,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub label: String,
    pub data: Option<String>,
    pub url: Option<String>,
}

/// A message of the bot.
#[derive(Clone, Debug)]
pub struct SentMessage {
    pub chat: i64,
    pub message_id: i64,
    /// Without markup, as people read it.
    pub text: String,
    /// The stretches in bold.
    pub strong: Vec<String>,
    pub keyboard: Vec<Vec<Key>>,
    /// The texts it had before it was edited, oldest first.
    pub earlier: Vec<String>,
}

impl SentMessage {
    pub fn labels(&self) -> Vec<&str> {
        self.keyboard.iter().flatten().map(|key| key.label.as_str()).collect()
    }
}

/// An answer to a tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub callback: String,
    pub text: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// Never was: the bot may not write first.
    Never,
    In,
    Out,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Private,
    Group,
    Supergroup,
}

#[derive(Clone, Debug)]
pub struct Chat {
    pub kind: Kind,
    pub bot: Membership,
    pub migrated_to: Option<i64>,
}

impl Chat {
    pub fn new(kind: Kind) -> Self {
        Self { kind, bot: Membership::Never, migrated_to: None }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Person {
    pub language: Option<String>,
    pub deactivated: bool,
}

#[derive(Clone, Debug)]
pub struct Webhook {
    pub url: String,
    pub secret: Option<String>,
}

pub struct World {
    state: Mutex<State>,
    /// Told after every change.
    pub changed: watch::Sender<()>,
}

impl World {
    pub fn new() -> Self {
        Self { state: Mutex::new(State::new()), changed: watch::Sender::new(()) }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

pub struct State {
    pub token: String,
    pub bot_id: i64,
    pub username: String,
    pub people: HashMap<i64, Person>,
    pub chats: HashMap<i64, Chat>,
    pub privacy: bool,
    /// Message ids are handed out across all chats, so that a test can name a message by id alone.
    pub next_message: i64,
    pub ledger: Vec<SentMessage>,
    pub ledger_index: HashMap<i64, usize>,
    pub open_callbacks: HashSet<String>,
    next_callback: u64,
    pub answers: Vec<Answer>,
    pub menus: BTreeMap<(String, String), Vec<(String, String)>>,
    pub updates: VecDeque<(i64, Value)>,
    pub next_update: i64,
    /// `None`: Telegram's default, everything but `chat_member` and the reactions.
    pub allowed: Option<Vec<String>>,
    pub webhook: Option<Webhook>,
    /// Where calls to any webhook really go: `http://127.0.0.1:8080`.
    pub reverse_proxy: Option<String>,
    /// Raised by each `getUpdates`; who waits with an older one is told of the conflict.
    pub poll: u64,
    pub faults: HashMap<String, VecDeque<Fault>>,
    /// Faults of one message: method, words in its text, and what goes wrong, once.
    pub pointed_faults: Vec<(String, String, Fault)>,
    pub mishaps: Vec<Mishap>,
    /// The newest updates, to bring them once more.
    pub history: VecDeque<(i64, Value)>,
    pub calls: Counters,
    pub last_calls: BTreeMap<String, Value>,
    pub pace: Option<Limits>,
    pub flood_refusals: usize,
}

impl State {
    fn new() -> Self {
        Self {
            token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw".to_owned(),
            bot_id: 110_201_543,
            username: "DiuDatThuBot".to_owned(),
            people: HashMap::new(),
            chats: HashMap::new(),
            privacy: true,
            next_message: 1,
            ledger: Vec::new(),
            ledger_index: HashMap::new(),
            open_callbacks: HashSet::new(),
            next_callback: 1,
            answers: Vec::new(),
            menus: BTreeMap::new(),
            updates: VecDeque::new(),
            next_update: FIRST_UPDATE,
            allowed: None,
            webhook: None,
            reverse_proxy: None,
            poll: 0,
            faults: HashMap::new(),
            pointed_faults: Vec::new(),
            mishaps: Vec::new(),
            history: VecDeque::new(),
            calls: Counters::new(),
            last_calls: BTreeMap::new(),
            pace: None,
            flood_refusals: 0,
        }
    }

    /// The fault this call meets, which is noted.
    pub fn next_fault(&mut self, method: &str, body: &Value) -> Option<Fault> {
        let text = body["text"].as_str().unwrap_or_default();
        let pointed =
            |(of, words, _): &(String, String, Fault)| of == method && text.contains(words);
        let fault = match self.pointed_faults.iter().position(pointed) {
            Some(at) => self.pointed_faults.remove(at).2,
            None => self.faults.get_mut(method)?.pop_front()?,
        };
        let chat = &body["chat_id"];
        let chat = chat.as_i64().or_else(|| chat.as_str()?.parse().ok()).unwrap_or_default();
        let (method, text) = (method.to_owned(), text.to_owned());
        self.mishaps.push(Mishap { method, chat, text, fault: fault.clone() });
        Some(fault)
    }

    pub fn add_person(&mut self, user: i64, language: Option<&str>) {
        assert!(user > 0, "people have positive ids");
        let person = self.people.entry(user).or_default();
        person.language = language.map(str::to_owned).or(person.language.take());
        self.chats.entry(user).or_insert(Chat::new(Kind::Private));
    }

    pub fn person(&mut self, user: i64) -> &mut Person {
        self.people.entry(user).or_default()
    }

    pub fn message(&self, message_id: i64) -> Option<&SentMessage> {
        self.ledger_index.get(&message_id).map(|&at| &self.ledger[at])
    }

    pub fn new_message_id(&mut self) -> i64 {
        self.next_message += 1;
        self.next_message - 1
    }

    /// By writing privately a person starts or unblocks the bot.
    pub fn open_private(&mut self, user: i64, chat: i64) {
        self.add_person(user, None);
        if chat == user {
            match self.chats[&user].bot {
                Membership::In => {}
                Membership::Never => self.chat(user).bot = Membership::In,
                Membership::Out => self.set_private_membership(user, Membership::In),
            }
        }
    }

    fn chat(&mut self, chat: i64) -> &mut Chat {
        self.chats.get_mut(&chat).expect("no such chat")
    }

    /// Returns the message's id; the bot gets it only if it may see it.
    pub fn user_message(&mut self, user: i64, chat: i64, content: Value) -> i64 {
        self.add_person(user, None);
        let message_id = self.new_message_id();
        let mut message = json!({
            "message_id": message_id, "from": self.user_json(user),
            "chat": self.chat_json(chat), "date": DATE,
        });
        if let Some(entities) = content["text"].as_str().map(entities) {
            message["entities"] = entities;
        }
        merge(&mut message, content);
        let visible = self.chats.get(&chat).is_some_and(|chat| chat.bot == Membership::In);
        if visible && (chat > 0 || !self.privacy || self.is_for_bots(&message)) {
            self.push("message", message);
        }
        message_id
    }

    /// What privacy mode lets through.
    fn is_for_bots(&self, message: &Value) -> bool {
        let text = message["text"].as_str().or(message["caption"].as_str()).unwrap_or_default();
        let mention = format!("@{}", self.username).to_lowercase();
        text.starts_with('/')
            || text.to_lowercase().contains(&mention)
            || message["reply_to_message"]["from"]["id"] == self.bot_id
    }

    pub fn tap(&mut self, user: i64, message_id: i64, label: &str) -> String {
        self.add_person(user, None);
        let message = self.message(message_id).expect("no such message").clone();
        let key = message.keyboard.iter().flatten().find(|key| key.label == label);
        let key = key.unwrap_or_else(|| panic!("no button {label:?} in {:?}", message.labels()));
        let data = key.data.clone().expect("this button opens a link");
        self.tap_with(user, &message, &data)
    }

    /// A tap that carries this data, whatever the message's buttons hold.
    pub fn tap_with(&mut self, user: i64, message: &SentMessage, data: &str) -> String {
        self.add_person(user, None);
        let callback = format!("{}", 4_000_000_000_000_000_000 + self.next_callback);
        self.next_callback += 1;
        self.open_callbacks.insert(callback.clone());
        let query = json!({
            "id": callback, "from": self.user_json(user), "message": self.message_json(message),
            "chat_instance": "1", "data": data,
        });
        self.push("callback_query", query);
        callback
    }

    pub fn set_private_membership(&mut self, user: i64, bot: Membership) {
        self.add_person(user, None);
        let status = |bot| if bot == Membership::In { "member" } else { "kicked" };
        let before = status(std::mem::replace(&mut self.chat(user).bot, bot));
        self.push_membership(user, user, before, status(bot));
    }

    pub fn set_group_membership(&mut self, group: i64, by: i64, bot: Membership, status: &str) {
        let before = std::mem::replace(&mut self.chat(group).bot, bot);
        let before = if before == Membership::In { "member" } else { "left" };
        self.push_membership(group, by, before, status);
    }

    fn push_membership(&mut self, chat: i64, by: i64, before: &str, after: &str) {
        let change = json!({
            "chat": self.chat_json(chat), "from": self.user_json(by), "date": DATE,
            "old_chat_member": self.member_json(before),
            "new_chat_member": self.member_json(after),
        });
        self.push("my_chat_member", change);
    }

    pub fn migrate(&mut self, group: i64, by: i64) -> i64 {
        let new = -1_000_000_000_000 + group;
        let bot = self.chats[&group].bot;
        self.chats.insert(new, Chat { kind: Kind::Supergroup, bot, migrated_to: None });
        self.chat(group).migrated_to = Some(new);
        for (chat, note) in [
            (group, json!({ "migrate_to_chat_id": new })),
            (new, json!({ "migrate_from_chat_id": group })),
        ] {
            let mut message = json!({
                "message_id": self.new_message_id(), "from": self.user_json(by),
                "chat": self.chat_json(chat), "date": DATE,
            });
            merge(&mut message, note);
            self.push("message", message);
        }
        new
    }

    /// Queues an update if the bot asked for its kind.
    fn push(&mut self, kind: &str, content: Value) {
        const NOT_BY_DEFAULT: [&str; 3] =
            ["chat_member", "message_reaction", "message_reaction_count"];
        let wanted = match &self.allowed {
            Some(kinds) => kinds.iter().any(|allowed| allowed == kind),
            None => !NOT_BY_DEFAULT.contains(&kind),
        };
        if wanted {
            self.push_raw(json!({ kind: content }));
        }
    }

    pub fn push_raw(&mut self, mut content: Value) -> i64 {
        let id = self.next_update;
        self.next_update += 1;
        content["update_id"] = json!(id);
        self.history.push_back((id, content.clone()));
        if self.history.len() > HISTORY {
            self.history.pop_front();
        }
        self.updates.push_back((id, content));
        id
    }
}

/// How things look in JSON.
impl State {
    pub fn bot_json(&self) -> Value {
        json!({
            "id": self.bot_id, "is_bot": true, "first_name": "Dìu Dắt",
            "username": self.username,
        })
    }

    fn user_json(&self, user: i64) -> Value {
        let mut json = json!({ "id": user, "is_bot": false, "first_name": format!("N{user}") });
        if let Some(language) = self.people.get(&user).and_then(|person| person.language.as_ref()) {
            json["language_code"] = json!(language);
        }
        json
    }

    pub fn chat_json(&self, chat: i64) -> Value {
        match self.chats.get(&chat).map(|chat| chat.kind) {
            Some(Kind::Private) => {
                json!({ "id": chat, "type": "private", "first_name": format!("N{chat}") })
            }
            Some(Kind::Supergroup) => {
                json!({ "id": chat, "type": "supergroup", "title": format!("G{chat}") })
            }
            _ => json!({
                "id": chat, "type": "group", "title": format!("G{chat}"),
                "all_members_are_administrators": false,
            }),
        }
    }

    fn member_json(&self, status: &str) -> Value {
        let mut json = json!({ "user": self.bot_json(), "status": status });
        let extra = match status {
            "kicked" => json!({ "until_date": 0 }),
            "administrator" => json!({
                "can_be_edited": false, "is_anonymous": false, "can_manage_chat": true,
                "can_delete_messages": false, "can_manage_video_chats": false,
                "can_restrict_members": false, "can_promote_members": false,
                "can_change_info": false, "can_invite_users": false,
            }),
            _ => json!({}),
        };
        merge(&mut json, extra);
        json
    }

    pub fn message_json(&self, message: &SentMessage) -> Value {
        let key = |key: &Key| {
            let mut json = json!({ "text": key.label });
            if let Some(data) = &key.data {
                json["callback_data"] = json!(data);
            }
            if let Some(url) = &key.url {
                json["url"] = json!(url);
            }
            json
        };
        let mut json = json!({
            "message_id": message.message_id, "from": self.bot_json(),
            "chat": self.chat_json(message.chat), "date": DATE, "text": message.text,
        });
        if !message.keyboard.is_empty() {
            let rows: Vec<Vec<Value>> =
                message.keyboard.iter().map(|row| row.iter().map(key).collect()).collect();
            json["reply_markup"] = json!({ "inline_keyboard": rows });
        }
        json
    }
}

pub fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// Commands and mentions, which Telegram marks by itself. Offsets in UTF-16 units.
fn entities(text: &str) -> Value {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let kind = match bare.chars().next() {
            Some('/') if bare.len() > 1 => Some("bot_command"),
            Some('@') if bare.len() > 1 => Some("mention"),
            _ => None,
        };
        if let Some(kind) = kind {
            let length = bare.encode_utf16().count();
            found.push(json!({ "type": kind, "offset": offset, "length": length }));
        }
        offset += word.encode_utf16().count();
    }
    json!(found)
}

/// The content of a message that is not text.
pub fn upload(kind: &str) -> Value {
    let file = json!({ "file_id": "AgAD", "file_unique_id": "AQAD", "file_size": 1000 });
    let with = |extra: Value| {
        let mut file = file.clone();
        merge(&mut file, extra);
        file
    };
    match kind {
        "photo" => json!({ "photo": [with(json!({ "width": 90, "height": 60 }))] }),
        "document" => json!({ "document": with(json!({ "file_name": "bao-cao.docx" })) }),
        "voice" => json!({ "voice": with(json!({ "duration": 3, "mime_type": "audio/ogg" })) }),
        "sticker" => json!({ "sticker": with(json!({
            "width": 512, "height": 512, "type": "regular", "is_animated": false,
            "is_video": false, "emoji": "👍",
        })) }),
        "location" => json!({ "location": { "latitude": 10.03, "longitude": 105.78 } }),
        other => panic!("the fake cannot send {other}"),
    }
}
