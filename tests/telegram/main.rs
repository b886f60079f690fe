//! The Telegram channel against the strict fake: what it sends, what it hears, how it recovers.

#[path = "../support/fake_telegram/mod.rs"]
mod fake_telegram;

mod fake;
mod polling;
mod receiving;
mod refusals;
mod sending;
mod webhook;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use diudat::backoff::Backoff;
use diudat::channels::telegram::{self, Telegram, TelegramSettings};
use diudat::message::{
    Accept, AcceptError, Disclosure, Event, Incoming, Key, KeyAction, Pace, Part, Run,
};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use fake_telegram::FakeTelegram;

const HOA: i64 = 7_001;
const GROUP: i64 = -4_001;
const PATIENCE: Duration = Duration::from_secs(20);

fn settings(api_url: String, token: String) -> TelegramSettings {
    TelegramSettings {
        bot: "telegram".to_owned(),
        token: token.into(),
        api_url,
        proxy: None,
        poll_timeout: Duration::from_secs(30),
        request_timeout: Duration::from_secs(20),
        connect_timeout: Duration::from_secs(10),
        backoff: Backoff::steady(Duration::from_millis(1), Duration::from_millis(4)),
        conflict_pause: Duration::from_millis(1),
        webhook_url: None,
        webhook_secret: Some("bi-mat_2026".to_owned().into()),
        disclosure: Disclosure::Codes,
        page: None,
        pace: Pace { per_second: 30, per_chat_second: 1, per_group_minute: 20 },
    }
}

fn channel(fake: &FakeTelegram) -> Telegram {
    Telegram::new(settings(fake.url(), fake.token())).unwrap()
}

fn part(text: &str) -> Part {
    Part { runs: vec![Run { text: text.to_owned(), strong: false }], keyboard: Vec::new() }
}

fn tap(label: &str, id: &str) -> Key {
    Key { label: label.to_owned(), action: KeyAction::Tap(id.to_owned()) }
}

/// A fake that knows one person who has started the bot.
async fn fake_with_hoa() -> FakeTelegram {
    let fake = FakeTelegram::start().await;
    fake.add_user(HOA, Some("vi"));
    fake.user_unblocks_bot(HOA);
    fake
}

/// An inbox that keeps what it is given, and can refuse or be full.
struct Inbox {
    taken: Mutex<Vec<Incoming>>,
    offered: AtomicUsize,
    refuse: AtomicUsize,
    open: watch::Sender<bool>,
    changed: watch::Sender<()>,
}

impl Inbox {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            taken: Mutex::default(),
            offered: AtomicUsize::new(0),
            refuse: AtomicUsize::new(0),
            open: watch::Sender::new(true),
            changed: watch::Sender::new(()),
        })
    }

    async fn wait_for(&self, n: usize) -> Vec<Incoming> {
        let mut changed = self.changed.subscribe();
        let wait = async {
            while self.taken.lock().unwrap().len() < n {
                changed.changed().await.unwrap();
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, wait).await;
        let taken = self.taken.lock().unwrap().clone();
        in_time.unwrap_or_else(|_| panic!("waited in vain for {n}, got {taken:?}"));
        taken
    }

    fn texts(&self) -> Vec<String> {
        let taken = self.taken.lock().unwrap();
        let text = |incoming: &Incoming| match &incoming.event {
            Event::Text { text } => Some(text.clone()),
            _ => None,
        };
        taken.iter().filter_map(text).collect()
    }
}

#[async_trait]
impl Accept for Inbox {
    async fn accept(&self, batch: Vec<Incoming>) -> Result<(), AcceptError> {
        assert!(!batch.is_empty(), "an empty batch is not worth a transaction");
        self.offered.fetch_add(1, Ordering::SeqCst);
        let one_less = |left: usize| left.checked_sub(1);
        if self.refuse.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
            return Err(AcceptError);
        }
        self.taken.lock().unwrap().extend(batch);
        self.changed.send_replace(());
        Ok(())
    }

    async fn room(&self) {
        self.open.subscribe().wait_for(|open| *open).await.unwrap();
    }
}

/// A running receiver.
struct Receiver {
    inbox: Arc<Inbox>,
    shutdown: CancellationToken,
    task: JoinHandle<()>,
}

impl Receiver {
    fn start(fake: &FakeTelegram) -> Self {
        Self::start_with(settings(fake.url(), fake.token()))
    }

    fn start_with(settings: TelegramSettings) -> Self {
        let inbox = Inbox::new();
        let shutdown = CancellationToken::new();
        let telegram = Arc::new(Telegram::new(settings).unwrap());
        let run = telegram::polling::run(telegram, inbox.clone(), shutdown.clone());
        Self { inbox, shutdown, task: tokio::spawn(run) }
    }

    /// Stops it and fails if it does not stop at once or has panicked.
    async fn stop(self) {
        self.shutdown.cancel();
        tokio::time::timeout(PATIENCE, self.task).await.expect("stops").expect("no panic");
    }
}
