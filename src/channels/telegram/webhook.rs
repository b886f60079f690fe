//! Receiving by webhook: telling Telegram where to call, and reading what it brings.
//!
//! The HTTP route is not here. It checks the secret with [`Telegram::verify_secret`], reads the body
//! with [`Telegram::webhook_body`], has the inbox take the result, and only then answers 200; any
//! other answer makes Telegram come again.

use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use teloxide::payloads::SetWebhook;
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::api::CallError;
use super::{Telegram, incoming, polling};
use crate::message::Incoming;

/// Why the body of a webhook call was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// Answer 503: Telegram brings it again.
    #[error("the bot does not know its own name yet")]
    NotReady,
    /// Answer 400: it did not come from Telegram.
    #[error("the body is not an update")]
    Malformed,
}

/// Registers the webhook, trying until Telegram takes it or `shutdown` comes. Afterwards the bot
/// knows its own name, which [`Telegram::webhook_body`] needs; a replica that only listens calls
/// this too, for setting the same webhook twice changes nothing.
pub async fn run(telegram: &Telegram, url: &str, shutdown: &CancellationToken) {
    let registered = polling::persist(telegram, shutdown, "setting the webhook", || {
        telegram.register_webhook(url)
    });
    if registered.await.is_some() {
        info!(bot = telegram.settings.bot, "Telegram calls the webhook");
    }
}

impl Telegram {
    /// Tells Telegram to bring updates to `url`, with the secret of the settings. One attempt.
    pub async fn register_webhook(&self, url: &str) -> Result<(), CallError> {
        let unset = |cause: &str| CallError::NotSent { cause: cause.to_owned() };
        let secret = self.settings.webhook_secret.as_ref();
        let secret = secret.ok_or_else(|| unset("no webhook secret is set"))?;
        let url = url.parse().map_err(|_| unset("the webhook's address is not a URL"))?;
        self.identity().await?;
        let payload = SetWebhook {
            allowed_updates: Some(polling::ALLOWED.to_vec()),
            secret_token: Some(secret.expose_secret().to_owned()),
            ..SetWebhook::new(url)
        };
        self.api.call(&payload).await.map(drop)
    }

    /// Whether `header`, the value of `X-Telegram-Bot-Api-Secret-Token`, is our secret. Takes the
    /// same time wherever they differ; without a secret in the settings nothing is right.
    pub fn verify_secret(&self, header: Option<&[u8]>) -> bool {
        match (&self.settings.webhook_secret, header) {
            (Some(secret), Some(header)) => secret.expose_secret().as_bytes().ct_eq(header).into(),
            _ => false,
        }
    }

    /// Reads one webhook call. Empty when the update is none of our business or cannot be read:
    /// answer 200 then too, or Telegram brings it again and again.
    pub fn webhook_body(&self, bytes: &[u8]) -> Result<Vec<Incoming>, WebhookError> {
        if self.identity.get().is_none() {
            return Err(WebhookError::NotReady);
        }
        let update = serde_json::from_slice(bytes).map_err(|_| WebhookError::Malformed)?;
        incoming::update_id(&update).ok_or(WebhookError::Malformed)?;
        Ok(self.translate(vec![update]))
    }
}
