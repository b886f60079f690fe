//! A platform in memory whose people write, tap and read. Where candidates may not be named it searches
//! whatever it is given for their names, and it keeps it all for those who search for more.

use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use diudat::clock::{Instant, ManualClock};
use diudat::domain::text::fold;
use diudat::message::{
    Capabilities, Channel, Disclosure, Files, KeyAction, Menu, Pace, Papers, Part, SendError, Sent,
};

/// The platform with buttons; a person's account and private chat there are their code.
pub const TAPPING: &str = "tapping";
/// The platform without buttons.
pub const TYPING: &str = "typing";
/// A platform with buttons on which candidates are named. Nobody is there unless a test says so.
pub const NAMING: &str = "web";

/// A message as a person sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: String,
    pub chat: String,
    pub at: Instant,
    pub text: String,
    /// Label and id of each button.
    pub buttons: Vec<(String, String)>,
    pub unread: bool,
    pub edited: bool,
}

impl Seen {
    /// Text and buttons, as a test compares them.
    pub fn whole(&self) -> String {
        let mut whole = self.text.trim_end().to_owned();
        for (label, _) in &self.buttons {
            whole.push_str(&format!("\n[{label}]"));
        }
        whole
    }
}

#[derive(Default)]
pub struct Shelf {
    pub messages: Vec<Seen>,
    /// Every send asks to try again later.
    pub down: bool,
    pub failures: BTreeMap<String, Vec<SendError>>,
    pub toasts: Vec<Option<String>>,
    pub menus: Vec<Menu>,
    /// Names of those who are or were candidates where only codes may be shown: who, when, and the
    /// text.
    pub leaks: Vec<(String, Instant, String)>,
    /// Whatever was shown where only codes may be shown, until somebody has searched it.
    shown: Vec<Shown>,
}

/// Anything that reached the platform: a text with the labels, links and ids of its buttons, a toast or
/// a menu.
#[derive(Clone, Debug)]
pub struct Shown {
    pub chat: String,
    pub text: String,
}

/// A platform in memory.
pub struct Platform {
    bot: &'static str,
    capabilities: Capabilities,
    clock: ManualClock,
    /// Folded names of everyone who may not be named before they are official members.
    secrets: Vec<String>,
    shelf: Mutex<Shelf>,
}

impl Platform {
    pub fn new(bot: &'static str, clock: ManualClock, names: &[String]) -> Self {
        let buttons = bot != TYPING;
        Self {
            bot,
            capabilities: Capabilities {
                buttons,
                edit: buttons,
                groups: buttons,
                text_limit: Some(if buttons { 4096 } else { 2000 }),
                disclosure: if bot == NAMING { Disclosure::Names } else { Disclosure::Codes },
                papers: Papers::Elsewhere,
                files: Files::Elsewhere(None),
            },
            clock,
            secrets: names.to_vec(),
            shelf: Mutex::default(),
        }
    }

    /// No candidate is ever named where only codes may be shown, not even to themselves.
    fn search(&self, chat: &str, part: &Part) {
        let mut shown = part.plain();
        for key in part.keyboard.iter().flatten() {
            let link = match &key.action {
                KeyAction::Tap(id) => id.clone(),
                KeyAction::PrivateChat(payload) => payload.clone(),
                KeyAction::Paper { kind, meeting } => format!("{kind} {meeting}"),
                KeyAction::Attach | KeyAction::Lists => String::new(),
                KeyAction::NoticeFile(id) => id.to_string(),
            };
            shown.push_str(&format!("\n[{}]({link})", key.label));
        }
        self.look_for_names(chat, &shown);
    }

    fn look_for_names(&self, chat: &str, text: &str) {
        if self.capabilities.disclosure == Disclosure::Names {
            return;
        }
        self.shelf().shown.push(Shown { chat: chat.to_owned(), text: text.to_owned() });
        let shown = format!(" {} ", fold(text));
        for name in self.secrets.iter().filter(|name| shown.contains(&format!(" {name} "))) {
            let leak = format!("{name} is named to {chat}: {shown}");
            self.shelf().leaks.push((name.clone(), self.clock.now(), leak));
        }
    }

    fn seen(&self, id: String, chat: &str, part: &Part) -> Seen {
        let keys = part.keyboard.iter().flatten();
        Seen {
            id,
            chat: chat.to_owned(),
            at: self.clock.now(),
            text: part.plain(),
            buttons: keys
                .map(|key| match &key.action {
                    KeyAction::Tap(id) => (key.label.clone(), id.clone()),
                    KeyAction::PrivateChat(payload) => (key.label.clone(), payload.clone()),
                    KeyAction::Paper { .. }
                    | KeyAction::Attach
                    | KeyAction::NoticeFile(_)
                    | KeyAction::Lists => {
                        panic!("this platform fetches neither papers nor files")
                    }
                })
                .collect(),
            unread: true,
            edited: false,
        }
    }

    /// What was shown since somebody last asked.
    pub fn take_shown(&self) -> Vec<Shown> {
        std::mem::take(&mut self.shelf().shown)
    }

    pub fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap()
    }

    fn failure(&self, chat: &str) -> Option<SendError> {
        let mut shelf = self.shelf();
        if shelf.down {
            return Some(SendError::Transient { after: None });
        }
        let planned = shelf.failures.get_mut(chat)?;
        (!planned.is_empty()).then(|| planned.remove(0))
    }
}

#[async_trait]
impl Channel for Platform {
    fn bot(&self) -> &str {
        self.bot
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn pace(&self) -> Option<Pace> {
        None
    }

    fn is_group(&self, chat: &str) -> bool {
        chat.starts_with("group")
    }

    async fn send(&self, chat: &str, part: &Part, _: &str) -> Result<Sent, SendError> {
        self.search(chat, part);
        if let Some(error) = self.failure(chat) {
            return Err(error);
        }
        let mut shelf = self.shelf();
        let id = (shelf.messages.len() + 1).to_string();
        let seen = self.seen(id.clone(), chat, part);
        shelf.messages.push(seen);
        Ok(Sent { external_id: Some(id) })
    }

    async fn edit(&self, chat: &str, external_id: &str, part: &Part) -> Result<(), SendError> {
        assert!(self.capabilities.edit, "this platform cannot edit");
        self.search(chat, part);
        if let Some(error) = self.failure(chat) {
            return Err(error);
        }
        let mut shelf = self.shelf();
        let at = shelf.messages.iter().position(|m| m.id == external_id && m.chat == chat);
        let at = at.expect("the message to edit stands in this chat");
        let mut seen = self.seen(external_id.to_owned(), chat, part);
        seen.edited = true;
        shelf.messages[at] = seen;
        Ok(())
    }

    async fn answer_tap(&self, callback: &str, toast: Option<&str>) {
        self.look_for_names(callback, toast.unwrap_or_default());
        self.shelf().toasts.push(toast.map(str::to_owned));
    }

    async fn set_menus(&self, menus: &[Menu]) -> Result<(), SendError> {
        for menu in menus {
            self.look_for_names("menu", &format!("{menu:?}"));
        }
        self.shelf().menus.extend(menus.iter().cloned());
        Ok(())
    }
}
