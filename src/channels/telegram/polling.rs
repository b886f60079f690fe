//! Receiving by long polling: ask, hand on, and only then tell Telegram so.
//!
//! Asking with an offset confirms everything before it, so the offset moves only after the inbox
//! has taken the batch for good. Whatever fails is tried again after a pause; only the shutdown
//! token ends the loop, and it is heard in every wait except while the inbox is writing.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use teloxide::payloads::{DeleteWebhook, GetUpdates};
use teloxide::types::AllowedUpdate;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::api::CallError;
use super::{Telegram, incoming};
use crate::backoff::Backoff;
use crate::message::{Accept, Incoming};

/// Blocks and group joins arrive as `my_chat_member`; what is not named here Telegram keeps back.
pub(super) const ALLOWED: [AllowedUpdate; 3] =
    [AllowedUpdate::Message, AllowedUpdate::CallbackQuery, AllowedUpdate::MyChatMember];

/// Receives until `shutdown`. Removes a webhook that is set, because the two exclude each other.
pub async fn run(telegram: Arc<Telegram>, inbox: Arc<dyn Accept>, shutdown: CancellationToken) {
    if persist(&telegram, &shutdown, "starting to receive", || open(&telegram)).await.is_none() {
        return;
    }
    let mut poller = Poller {
        pauses: Pauses::new(telegram.settings.backoff),
        telegram,
        inbox,
        shutdown,
        offset: None,
    };
    // `None`: told to stop.
    while poller.round().await.is_some() {}
}

/// Learns who we are and takes away a webhook.
async fn open(telegram: &Telegram) -> Result<(), CallError> {
    let me = telegram.identity().await?;
    telegram.api.call(&DeleteWebhook::new()).await?;
    info!(bot = telegram.settings.bot, username = me.username, "receiving from Telegram");
    Ok(())
}

/// Tries until it works; `None` when told to stop before.
pub(super) async fn persist<T, F>(
    telegram: &Telegram,
    shutdown: &CancellationToken,
    what: &str,
    attempt: impl Fn() -> F,
) -> Option<T>
where
    F: Future<Output = Result<T, CallError>>,
{
    let mut pauses = Pauses::new(telegram.settings.backoff);
    loop {
        match shutdown.run_until_cancelled(attempt()).await? {
            Ok(done) => return Some(done),
            Err(error) => {
                warn!(%error, what, "Telegram does not answer as it should; trying again");
                pauses.wait(shutdown, &error).await?;
            }
        }
    }
}

struct Poller {
    telegram: Arc<Telegram>,
    inbox: Arc<dyn Accept>,
    shutdown: CancellationToken,
    pauses: Pauses,
    /// What the next call confirms: the id after the last one taken. Ids start lower again after a
    /// quiet week, so this is assigned and never compared.
    offset: Option<i64>,
}

impl Poller {
    /// One batch, or one failure and the pause after it.
    async fn round(&mut self) -> Option<()> {
        self.shutdown.run_until_cancelled(self.inbox.room()).await?;
        match self.shutdown.run_until_cancelled(self.ask()).await? {
            Ok(updates) => {
                self.pauses.reset();
                self.take(updates).await
            }
            Err(error) => self.recover(error).await,
        }
    }

    async fn ask(&self) -> Result<Vec<Value>, CallError> {
        let seconds = self.telegram.settings.poll_timeout.as_secs();
        let payload = GetUpdates {
            offset: self.offset.map(|offset| offset.try_into().unwrap_or(i32::MAX)),
            limit: None,
            timeout: Some(seconds.try_into().unwrap_or(u32::MAX)),
            allowed_updates: Some(ALLOWED.to_vec()),
        };
        match self.telegram.api.call(&payload).await? {
            Value::Array(updates) => Ok(updates),
            _ => Err(CallError::Lost { cause: "getUpdates brings no list".to_owned() }),
        }
    }

    /// Hands the batch on until the inbox has taken it, then moves the offset.
    async fn take(&mut self, updates: Vec<Value>) -> Option<()> {
        if updates.is_empty() {
            return Some(());
        }
        let Some(last) = updates.iter().rev().find_map(incoming::update_id) else {
            let error = CallError::Lost { cause: "updates without an id".to_owned() };
            return self.recover(error).await;
        };
        let batch = self.telegram.translate(updates);
        while !batch.is_empty() && self.inbox.accept(batch.clone()).await.is_err() {
            self.pauses.wait_next(&self.shutdown).await?;
        }
        self.pauses.reset();
        self.offset = Some(last + 1);
        Some(())
    }

    async fn recover(&mut self, error: CallError) -> Option<()> {
        let CallError::Refused { code: 409, description, .. } = &error else {
            warn!(%error, "no updates from Telegram; trying again");
            return self.pauses.wait(&self.shutdown, &error).await;
        };
        if description.contains("webhook") {
            warn!("a webhook was set while polling; taking it away");
            if let Some(Err(error)) = self.shutdown.run_until_cancelled(open(&self.telegram)).await
            {
                warn!(%error, "the webhook could not be taken away");
            }
            return self.pauses.wait_next(&self.shutdown).await;
        }
        error!("another poller uses this bot's token: only one program may receive for a bot");
        rest(&self.shutdown, self.telegram.settings.conflict_pause).await
    }
}

impl Telegram {
    /// What of these updates is ours, in their order. Only after [`Telegram::identity`] is known.
    pub(super) fn translate(&self, updates: Vec<Value>) -> Vec<Incoming> {
        let Some(me) = self.identity.get() else { return Vec::new() };
        let bot = &self.settings.bot;
        updates.into_iter().filter_map(|update| incoming::translate(bot, me, update)).collect()
    }
}

/// The pauses after failures in a row.
struct Pauses {
    backoff: Backoff,
    failures: u32,
}

impl Pauses {
    fn new(backoff: Backoff) -> Self {
        Self { backoff, failures: 0 }
    }

    fn reset(&mut self) {
        self.failures = 0;
    }

    /// Waits the next pause, or as long as the platform asks if that is longer.
    async fn wait(&mut self, shutdown: &CancellationToken, error: &CallError) -> Option<()> {
        let asked = match error {
            CallError::Slow { after } => after.unwrap_or_default(),
            _ => Duration::ZERO,
        };
        self.wait_at_least(shutdown, asked).await
    }

    async fn wait_next(&mut self, shutdown: &CancellationToken) -> Option<()> {
        self.wait_at_least(shutdown, Duration::ZERO).await
    }

    async fn wait_at_least(&mut self, shutdown: &CancellationToken, asked: Duration) -> Option<()> {
        let failures = self.failures.saturating_add(1);
        let pause = self.backoff.after(failures);
        if asked > pause {
            // Whoever is asked to wait has not failed once more.
            return rest(shutdown, asked).await;
        }
        self.failures = failures;
        rest(shutdown, pause).await
    }
}

/// `None` when told to stop.
async fn rest(shutdown: &CancellationToken, pause: Duration) -> Option<()> {
    shutdown.run_until_cancelled(tokio::time::sleep(pause)).await
}
