//! The buttons of a rendered message.

use serde::{Deserialize, Serialize};

/// A rendered button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Key {
    pub label: String,
    pub action: KeyAction,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "a", content = "v", rename_all = "snake_case")]
pub enum KeyAction {
    /// Comes back as [`super::Event::Tap`] with this id.
    Tap(String),
    /// Opens the private chat with the bot with this start payload.
    PrivateChat(String),
    /// Fetches a paper of a closed meeting; only where [`super::Papers::Page`] is.
    Paper { kind: String, meeting: i64 },
    /// Opens the page that takes a file; only where [`super::Files::Page`] is.
    Attach,
    /// Fetches the file of a notice; only there, too.
    NoticeFile(i64),
    /// Opens the page that takes in lists; only where [`super::Papers::Page`] is.
    Lists,
}
