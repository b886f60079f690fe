//! One call to the Bot API: post a payload, read the envelope, name what went wrong.
//!
//! This is the only place that holds the token. No error, log line or debug text that leaves it
//! carries the token or the text of a message. It makes one attempt; retrying is the callers'.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::{Client, Proxy, Response, StatusCode, Url, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use teloxide::requests::Payload;
use tracing::error;

use super::{SetupError, TelegramSettings};

/// A connection left idle longer may have been forgotten by a router on the way; a message posted
/// into it would be lost without a word, and nobody could tell whether it arrived.
const IDLE_CONNECTION: Duration = Duration::from_secs(20);

/// Longest description handed on, in characters.
const DESCRIPTION_LIMIT: usize = 200;

/// Why a call did not work. Every text in it is safe to log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The platform read the request and refuses it.
    #[error("Telegram refuses with {code}: {description}")]
    Refused { code: u16, description: String, migrate_to: Option<i64> },
    #[error("Telegram asks to slow down")]
    Slow { after: Option<Duration> },
    /// Telegram, or something on the way to it, cannot do it now. Nothing was done.
    #[error("Telegram does not serve: HTTP status {status}")]
    Down { status: u16 },
    /// The request never left this machine.
    #[error("Telegram was not reached: {cause}")]
    NotSent { cause: String },
    /// The request left, no readable answer came.
    #[error("the answer was lost: {cause}")]
    Lost { cause: String },
}

impl CallError {
    /// Whether the platform refuses the token (or the address is not a Bot API at all).
    pub(super) fn is_token_refused(&self) -> bool {
        match self {
            CallError::Refused { code: 401, .. } => true,
            // A token that is not even shaped like one.
            CallError::Refused { code: 404, description, .. } => description == "Not Found",
            _ => false,
        }
    }
}

/// The answer to every method.
#[derive(Deserialize)]
struct Envelope {
    ok: bool,
    result: Option<Value>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

pub(super) struct Api {
    http: Client,
    base: String,
    token: SecretString,
    request_timeout: Duration,
    /// Set while Telegram refuses the token, so that this is said once and not at every call.
    token_refused: AtomicBool,
}

impl Api {
    pub(super) fn new(settings: &TelegramSettings) -> Result<Self, SetupError> {
        let is_token = |c: char| c.is_ascii_alphanumeric() || ":_-".contains(c);
        let token = settings.token.expose_secret();
        if token.is_empty() || !token.chars().all(is_token) {
            return Err(SetupError::Token);
        }
        let base = settings.api_url.trim_end_matches('/').to_owned();
        let url = Url::parse(&base).map_err(|_| SetupError::ApiUrl)?;
        if !matches!(url.scheme(), "http" | "https") || url.cannot_be_a_base() {
            return Err(SetupError::ApiUrl);
        }
        Ok(Self {
            http: client(settings)?,
            base,
            token: settings.token.clone(),
            request_timeout: settings.request_timeout,
            token_refused: AtomicBool::new(false),
        })
    }

    /// Posts `payload` once and returns the `result` of the answer.
    pub(super) async fn call<P: Payload + Serialize>(
        &self,
        payload: &P,
    ) -> Result<Value, CallError> {
        let url = format!("{}/bot{}/{}", self.base, self.token.expose_secret(), P::NAME);
        let patience = self.request_timeout + payload.timeout_hint().unwrap_or_default();
        let answer = match self.http.post(url).json(payload).timeout(patience).send().await {
            Ok(response) => self.read(response).await,
            Err(error) => Err(self.network(error)),
        };
        self.watch_token(&answer);
        answer
    }

    async fn read(&self, response: Response) -> Result<Value, CallError> {
        let status = response.status();
        let body = response.bytes().await.map_err(|error| self.network(error))?;
        if status.is_server_error() {
            return Err(CallError::Down { status: status.as_u16() });
        }
        match serde_json::from_slice::<Envelope>(&body) {
            Ok(envelope) => self.open(status, envelope),
            Err(_) if status.is_success() => {
                Err(CallError::Lost { cause: "the body is not a Bot API answer".to_owned() })
            }
            Err(_) if status == StatusCode::TOO_MANY_REQUESTS => {
                Err(CallError::Slow { after: None })
            }
            // Not Telegram's words but a proxy's or a gateway's: it says nothing about the chat.
            Err(_) => Err(CallError::Down { status: status.as_u16() }),
        }
    }

    fn open(&self, status: StatusCode, envelope: Envelope) -> Result<Value, CallError> {
        if envelope.ok {
            return Ok(envelope.result.unwrap_or_default());
        }
        let code = envelope.error_code.unwrap_or_else(|| status.as_u16());
        let parameters = envelope.parameters.unwrap_or_default();
        match code {
            429 => Err(CallError::Slow { after: parameters.retry_after.map(Duration::from_secs) }),
            500.. => Err(CallError::Down { status: code }),
            _ => Err(CallError::Refused {
                code,
                description: self.sanitise(&envelope.description.unwrap_or_default()),
                migrate_to: parameters.migrate_to_chat_id,
            }),
        }
    }

    /// Only a failure to connect proves that nothing was sent.
    fn network(&self, error: reqwest::Error) -> CallError {
        let unsent = error.is_connect() || error.is_builder();
        let error = error.without_url();
        let mut cause = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            cause = format!("{cause}: {inner}");
            source = inner.source();
        }
        let cause = self.sanitise(&cause);
        if unsent { CallError::NotSent { cause } } else { CallError::Lost { cause } }
    }

    /// Takes out what a log must not hold: the token, and what stands in quotes, which may be a
    /// piece of the message.
    fn sanitise(&self, text: &str) -> String {
        let text = text.replace(self.token.expose_secret(), "…");
        let unquoted = text.split('"').enumerate().map(|(at, piece)| match at % 2 {
            0 => piece,
            _ => "\"…\"",
        });
        let clean = unquoted.flat_map(str::chars).filter(|c| !c.is_control());
        clean.take(DESCRIPTION_LIMIT).collect()
    }

    fn watch_token(&self, answer: &Result<Value, CallError>) {
        match answer {
            Err(error) if error.is_token_refused() => {
                if !self.token_refused.swap(true, Ordering::Relaxed) {
                    error!("Telegram refuses the bot's token: check the token and the API address");
                }
            }
            Ok(_) | Err(CallError::Refused { .. }) => {
                self.token_refused.store(false, Ordering::Relaxed);
            }
            Err(_) => {}
        }
    }
}

/// A client that takes nothing from the environment and follows no redirect: the address holds the
/// token.
fn client(settings: &TelegramSettings) -> Result<Client, SetupError> {
    let builder = Client::builder()
        .connect_timeout(settings.connect_timeout)
        .pool_idle_timeout(IDLE_CONNECTION)
        .redirect(redirect::Policy::none())
        .no_proxy();
    let builder = match &settings.proxy {
        Some(proxy) => builder.proxy(Proxy::all(proxy).map_err(|_| SetupError::Proxy)?),
        None => builder,
    };
    builder.build().map_err(|_| SetupError::Client)
}
