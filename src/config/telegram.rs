//! The section of Telegram: one bot there, and how its updates come in.

use reqwest::Url;
use secrecy::SecretString;
use serde::Deserialize;

use super::{Check, Disclosure, Http, Receiving, fields, is_absent_or, is_token_text};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telegram {
    /// `None`: there is no Telegram bot.
    #[serde(deserialize_with = "fields::optional")]
    pub token: Option<SecretString>,
    #[serde(deserialize_with = "fields::parsed")]
    pub api_url: Url,
    #[serde(deserialize_with = "fields::parsed")]
    pub mode: Receiving,
    /// Set if the mode is webhook; then always https.
    #[serde(deserialize_with = "fields::optional")]
    pub webhook_url: Option<Url>,
    /// Set if the mode is webhook.
    #[serde(deserialize_with = "fields::optional")]
    pub webhook_secret: Option<SecretString>,
    /// `http://…` or `https://…`; may hold a password.
    #[serde(deserialize_with = "fields::optional")]
    pub proxy: Option<SecretString>,
    pub poll_timeout_seconds: u32,
    #[serde(deserialize_with = "fields::parsed")]
    pub disclosure: Disclosure,
    /// 0: no limit, as in the next two.
    pub per_second: u32,
    pub per_chat_second: u32,
    pub per_group_minute: u32,
}

impl Telegram {
    pub(super) const SECRETS: &[&str] =
        &["telegram.token", "telegram.webhook_secret", "telegram.proxy"];

    pub(super) fn checks(&self, http: &Http) -> [Check; 7] {
        let webhook = self.mode == Receiving::Webhook;
        let secure = self.webhook_url.as_ref().is_none_or(|url| url.scheme() == "https");
        [
            (
                is_absent_or(&self.token, is_bot_token),
                "telegram.token",
                "expected the form 123456:ABC-def, as @BotFather gives it",
            ),
            (
                !webhook || self.webhook_url.is_some(),
                "telegram.mode",
                "the webhook needs telegram.webhook_url",
            ),
            (
                !webhook || self.webhook_secret.is_some(),
                "telegram.mode",
                "the webhook needs telegram.webhook_secret",
            ),
            (!webhook || http.enabled, "telegram.mode", "the webhook needs http.enabled"),
            (secure, "telegram.webhook_url", "Telegram calls https addresses only"),
            (
                is_absent_or(&self.webhook_secret, |s| s.len() <= 256 && is_token_text(s)),
                "telegram.webhook_secret",
                "expected 1 to 256 of A-Z a-z 0-9 _ -",
            ),
            (
                is_absent_or(&self.proxy, |url| fields::web_address(url).is_ok()),
                "telegram.proxy",
                fields::WEB_ADDRESS,
            ),
        ]
    }
}

fn is_bot_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(bot, key)| {
        !bot.is_empty() && bot.bytes().all(|b| b.is_ascii_digit()) && is_token_text(key)
    })
}
