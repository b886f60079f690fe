//! What a messenger is to the rest of the program, so that nobody outside its folder names one.
//!
//! Sending is [`Channel`], as for every channel. What a messenger has beside it is here: an account
//! on a platform of others, updates that are asked for or brought, links that carry a code.

use std::sync::Arc;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::config::{self, Config};
use crate::message::{Accept, Channel, Incoming};

/// Why a messenger cannot do something. What it says is safe to log and to show to an
/// administrator: no token, no message.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A bot made from the settings; `None`: off, because they have no token.
pub type Made = Result<Option<Arc<dyn Bot>>, Failure>;

/// One platform. `locales/` has its name under `channel-name`.
pub struct Messenger {
    /// The bot's name in this installation, as in [`Address::bot`](crate::message::Address::bot),
    /// and that of the section of its settings. It is stored: never change it.
    pub name: &'static str,
    /// Whether candidates are named there; asked also while it is off.
    pub disclosure: fn(&Config) -> config::Disclosure,
    /// Makes its bot; calls nobody. Pauses after failures are drawn by `chance`.
    pub bot: fn(&Config, chance: fn() -> f64) -> Made,
}

/// The program's account on a platform.
#[async_trait]
pub trait Bot: Channel {
    /// What the account is called there, as the administrator knows it: `@diudat_bot`. Asks the
    /// platform until it has answered once, one attempt a call, so it is also the way to check token
    /// and connection.
    async fn account(&self) -> Result<String, Failure>;

    /// The beginning of an address that opens the private chat and says the code that follows;
    /// `None`: the platform has no such links, the code is typed.
    async fn code_link(&self) -> Result<Option<String>, Failure>;

    /// Where the platform calls us, if the settings want it to; else it is [`Bot::poll`]ed.
    fn webhook(self: Arc<Self>) -> Option<Arc<dyn WebhookSource>>;

    /// Asks the platform for updates until `shutdown`, and lets it forget them only when `inbox` has
    /// taken them. At most one process at a time polls a bot.
    async fn poll(self: Arc<Self>, inbox: Arc<dyn Accept>, shutdown: CancellationToken);
}

/// A bot whose platform calls us. Which address that is, who listens there and what is answered is
/// not its business.
#[async_trait]
pub trait WebhookSource: Send + Sync {
    /// The header in which the platform proves who it is.
    fn header_name(&self) -> &str;

    /// Whether the header's value, if there is one, is the agreed secret. Takes the same time
    /// whatever the value.
    fn verify(&self, value: Option<&[u8]>) -> bool;

    /// The updates in a body; none for what the program has no use for.
    fn parse(&self, body: &[u8]) -> Result<Vec<Incoming>, UpdateError>;

    /// Tells the platform to call, trying until it has taken it or `shutdown` comes. Every process
    /// that listens does so; doing it twice changes nothing.
    async fn register(&self, shutdown: &CancellationToken);
}

/// Why there is no update in a body. The reasons are safe to log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// It never will be one.
    #[error("the update cannot be read: {0}")]
    Unreadable(String),
    /// The bot is not there yet: the same body can be read a little later.
    #[error("the update cannot be read yet: {0}")]
    TooEarly(String),
}
