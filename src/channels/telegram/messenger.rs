//! Telegram as one of the messengers: its bot from the settings, its links, its webhook.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::Url;
use secrecy::ExposeSecret;
use tokio_util::sync::CancellationToken;

use super::webhook::{self, WebhookError};
use super::{Backoff, SetupError, Telegram, TelegramSettings, polling};
use crate::channels::messenger::{Bot, Failure, Messenger, UpdateError, WebhookSource};
use crate::config::{self, Receiving};
use crate::message::{Accept, Incoming, Pace};

/// Telegram, by its section of the settings.
pub const MESSENGER: Messenger = Messenger {
    name: "telegram",
    disclosure: |settings| settings.telegram.disclosure,
    bot: |settings, chance| {
        let page = settings.http.public_url.as_ref();
        let telegram = from_settings(&settings.telegram, page, chance)?;
        Ok(telegram.map(|telegram| telegram as Arc<dyn Bot>))
    },
};

/// The bot, if there is a token. `page`: the address of our own chat page.
pub fn from_settings(
    settings: &config::Telegram,
    page: Option<&Url>,
    chance: fn() -> f64,
) -> Result<Option<Arc<Telegram>>, SetupError> {
    let Some(token) = settings.token.clone() else { return Ok(None) };
    let called = settings.mode == Receiving::Webhook;
    let telegram = Telegram::new(TelegramSettings {
        bot: MESSENGER.name.to_owned(),
        token,
        api_url: settings.api_url.to_string(),
        proxy: settings.proxy.as_ref().map(|proxy| proxy.expose_secret().to_owned()),
        poll_timeout: Duration::from_secs(settings.poll_timeout_seconds.max(1).into()),
        request_timeout: Duration::from_secs(30),
        connect_timeout: Duration::from_secs(10),
        backoff: Backoff {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(60),
            chance,
        },
        conflict_pause: Duration::from_secs(30),
        webhook_url: settings.webhook_url.as_ref().filter(|_| called).map(Url::to_string),
        webhook_secret: settings.webhook_secret.clone(),
        disclosure: settings.disclosure.into(),
        page: page.map(ToString::to_string),
        pace: Pace {
            per_second: settings.per_second,
            per_chat_second: settings.per_chat_second,
            per_group_minute: settings.per_group_minute,
        },
    })?;
    Ok(Some(Arc::new(telegram)))
}

#[async_trait]
impl Bot for Telegram {
    async fn account(&self) -> Result<String, Failure> {
        Ok(format!("@{}", self.identity().await?.username))
    }

    async fn code_link(&self) -> Result<Option<String>, Failure> {
        Ok(Some(format!("https://t.me/{}?start=", self.identity().await?.username)))
    }

    fn webhook(self: Arc<Self>) -> Option<Arc<dyn WebhookSource>> {
        self.settings.webhook_url.is_some().then_some(self as Arc<dyn WebhookSource>)
    }

    async fn poll(self: Arc<Self>, inbox: Arc<dyn Accept>, shutdown: CancellationToken) {
        polling::run(self, inbox, shutdown).await;
    }
}

#[async_trait]
impl WebhookSource for Telegram {
    fn header_name(&self) -> &str {
        "X-Telegram-Bot-Api-Secret-Token"
    }

    fn verify(&self, value: Option<&[u8]>) -> bool {
        self.verify_secret(value)
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Incoming>, UpdateError> {
        self.webhook_body(body).map_err(|error| match error {
            WebhookError::NotReady => UpdateError::TooEarly(error.to_string()),
            WebhookError::Malformed => UpdateError::Unreadable(error.to_string()),
        })
    }

    async fn register(&self, shutdown: &CancellationToken) {
        if let Some(url) = &self.settings.webhook_url {
            webhook::run(self, url, shutdown).await;
        }
    }
}
