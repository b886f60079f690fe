//! The Telegram channel: the Bot API on one side, `message` on the other.
//!
//! `teloxide` gives the types and the request payloads; the requests themselves go out through our
//! own HTTP client ([`api`]), so that no call sleeps inside a library and no error text carries the
//! token. Receiving is either [`polling`] or [`webhook`]; both hand on what [`incoming`] reads.
//! Pacing, retries and storage are not here: delivery and the inbox own them.

mod api;
mod incoming;
mod messenger;
mod outgoing;
pub mod polling;
pub mod webhook;

use std::time::Duration;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use teloxide::payloads;
use teloxide::types::{CallbackQueryId, MessageId, ParseMode};
use tokio::sync::OnceCell;
use tracing::debug;

use self::api::Api;
pub use self::api::CallError;
pub use self::incoming::Identity;
pub use self::messenger::{MESSENGER, from_settings};
use crate::backoff::Backoff;
use crate::message::{
    Capabilities, Channel, Disclosure, Files, KeyAction, Menu, Pace, Papers, Part, SendError, Sent,
};

/// Longest toast on a tapped button, in characters.
const TOAST_LIMIT: usize = 200;

/// Everything the channel is told by the configuration.
#[derive(Clone)]
pub struct TelegramSettings {
    /// The bot's name in this installation, as in `Address::bot`.
    pub bot: String,
    pub token: SecretString,
    /// Where the Bot API is: `https://api.telegram.org`, or a server of one's own.
    pub api_url: String,
    /// `http://…`, `https://…` or `socks5h://…`; may hold a password. `None`: straight.
    pub proxy: Option<String>,
    /// How long Telegram holds an empty `getUpdates` open; whole seconds count.
    pub poll_timeout: Duration,
    /// How long one call may take; a poll may take this much beyond its `poll_timeout`.
    pub request_timeout: Duration,
    /// How long name look-up, connection and TLS may take together. Keep it below
    /// `request_timeout`: a time-out here proves that nothing was sent, a later one proves nothing.
    pub connect_timeout: Duration,
    /// Pauses while receiving does not work; they start over after a success.
    pub backoff: Backoff,
    /// Pause after Telegram says that another program polls with the same token.
    pub conflict_pause: Duration,
    /// Where Telegram calls us; `None`: it is asked.
    pub webhook_url: Option<String>,
    /// What Telegram must say with each webhook call: 1–256 of `A-Z a-z 0-9 _ -`.
    pub webhook_secret: Option<SecretString>,
    pub disclosure: Disclosure,
    /// Address of the organisation's own chat page, where files are; `None`: not known.
    pub page: Option<String>,
    /// What this bot is allowed. For every bot on Telegram's own servers that is 30, 1 and 20:
    /// <https://core.telegram.org/bots/faq#broadcasting-to-users>.
    pub pace: Pace,
}

/// The settings cannot work. Says which, never the value: it may hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    #[error("the Telegram token is empty or has characters that do not belong in one")]
    Token,
    #[error("the address of the Telegram API is not an http or https URL")]
    ApiUrl,
    #[error("the proxy for Telegram is not a usable URL")]
    Proxy,
    #[error("the webhook secret must be 1–256 characters of A-Z a-z 0-9 _ -")]
    WebhookSecret,
    #[error("the HTTP client for Telegram cannot be made")]
    Client,
}

/// One bot on Telegram.
pub struct Telegram {
    settings: TelegramSettings,
    capabilities: Capabilities,
    api: Api,
    identity: OnceCell<Identity>,
}

impl Telegram {
    /// Checks the settings; calls nobody.
    pub fn new(settings: TelegramSettings) -> Result<Self, SetupError> {
        if let Some(secret) = &settings.webhook_secret
            && !outgoing::is_word(secret.expose_secret(), 256)
        {
            return Err(SetupError::WebhookSecret);
        }
        let capabilities = Capabilities {
            buttons: true,
            edit: true,
            groups: true,
            text_limit: Some(outgoing::TEXT_LIMIT),
            disclosure: settings.disclosure,
            papers: Papers::Elsewhere,
            files: Files::Elsewhere(settings.page.clone()),
        };
        let api = Api::new(&settings)?;
        Ok(Self { settings, capabilities, api, identity: OnceCell::new() })
    }

    /// Who this bot is. Asks Telegram until it has answered once; one attempt a call, so it is also
    /// the way to check token and connection.
    pub async fn identity(&self) -> Result<&Identity, CallError> {
        self.identity
            .get_or_try_init(|| async {
                let me = self.api.call(&payloads::GetMe::new()).await?;
                Identity::read(&me)
                    .ok_or_else(|| CallError::Lost { cause: "getMe names no bot".to_owned() })
            })
            .await
    }

    /// The bot's name, if a button needs it to open the private chat.
    async fn username_for(&self, part: &Part) -> Result<Option<&str>, SendError> {
        let opens_private = |action: &KeyAction| matches!(action, KeyAction::PrivateChat(_));
        if !part.keyboard.iter().flatten().any(|key| opens_private(&key.action)) {
            return Ok(None);
        }
        match self.identity().await {
            Ok(me) => Ok(Some(&me.username)),
            // The message itself never left, whatever became of this question.
            Err(CallError::Slow { after }) => Err(SendError::Transient { after }),
            Err(_) => Err(SendError::Transient { after: None }),
        }
    }
}

#[async_trait]
impl Channel for Telegram {
    fn bot(&self) -> &str {
        &self.settings.bot
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn pace(&self) -> Option<Pace> {
        Some(self.settings.pace)
    }

    /// Groups and supergroups have negative ids.
    fn is_group(&self, chat: &str) -> bool {
        chat.starts_with('-')
    }

    async fn send(&self, chat: &str, part: &Part, _key: &str) -> Result<Sent, SendError> {
        outgoing::check_text(part)?;
        let username = self.username_for(part).await?;
        let payload = payloads::SendMessage {
            parse_mode: Some(ParseMode::Html),
            link_preview_options: Some(outgoing::no_preview()),
            reply_markup: outgoing::keyboard(part, username)?.map(Into::into),
            ..payloads::SendMessage::new(outgoing::chat_id(chat)?, outgoing::html(&part.runs))
        };
        let sent = self.api.call(&payload).await.map_err(outgoing::send_error)?;
        // It was taken; without an id it only cannot be edited later.
        let id = sent.get("message_id").and_then(serde_json::Value::as_i64);
        Ok(Sent { external_id: id.map(|id| id.to_string()) })
    }

    async fn edit(&self, chat: &str, external_id: &str, part: &Part) -> Result<(), SendError> {
        outgoing::check_text(part)?;
        let message = external_id.parse().map(MessageId).map_err(|_| SendError::CannotEdit)?;
        let username = self.username_for(part).await?;
        let html = outgoing::html(&part.runs);
        let payload = payloads::EditMessageText {
            parse_mode: Some(ParseMode::Html),
            link_preview_options: Some(outgoing::no_preview()),
            reply_markup: outgoing::keyboard(part, username)?,
            ..payloads::EditMessageText::new(outgoing::chat_id(chat)?, message, html)
        };
        match self.api.call(&payload).await {
            Ok(_) => Ok(()),
            Err(error) => outgoing::edit_outcome(error),
        }
    }

    async fn answer_tap(&self, callback: &str, toast: Option<&str>) {
        let payload = payloads::AnswerCallbackQuery {
            text: toast.map(|toast| toast.chars().take(TOAST_LIMIT).collect()),
            ..payloads::AnswerCallbackQuery::new(CallbackQueryId(callback.to_owned()))
        };
        if let Err(error) = self.api.call(&payload).await {
            debug!(%error, "a tap was not answered");
        }
    }

    /// One menu that fails for a reason of its own (a chat that is gone) does not keep the others
    /// from being set; the first such error is reported at the end.
    async fn set_menus(&self, menus: &[Menu]) -> Result<(), SendError> {
        let payloads = menus.iter().map(outgoing::menu).collect::<Result<Vec<_>, _>>()?;
        let mut outcome = Ok(());
        for payload in &payloads {
            match self.api.call(payload).await.map_err(outgoing::send_error) {
                Ok(_) => {}
                // Setting a menu twice is harmless, so a lost answer is only "not yet".
                Err(SendError::Ambiguous) => return Err(SendError::Transient { after: None }),
                Err(error @ SendError::Transient { .. }) => return Err(error),
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        outcome
    }
}
