//! The bot's token and people's words never reach a log, whatever goes wrong.
//!
//! A test binary of its own: it catches everything any library says, at the finest level.

#[path = "support/fake_telegram/mod.rs"]
mod fake_telegram;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use diudat::backoff::Backoff;
use diudat::channels::telegram::{Telegram, TelegramSettings, polling};
use diudat::message::{Accept, AcceptError, Channel, Disclosure, Incoming, Pace, Part, Run};
use fake_telegram::{FakeTelegram, Fault};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

const WORDS: &str = "Nguyễn Thị Bích xin vắng";
const PROXY_PASSWORD: &str = "mat-khau-proxy";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

struct Sink;

#[async_trait]
impl Accept for Sink {
    async fn accept(&self, _: Vec<Incoming>) -> Result<(), AcceptError> {
        Ok(())
    }

    async fn room(&self) {}
}

fn settings(api_url: String, token: &str) -> TelegramSettings {
    TelegramSettings {
        bot: "telegram".to_owned(),
        token: token.to_owned().into(),
        api_url,
        proxy: None,
        poll_timeout: Duration::ZERO, // so that a poll that hangs ends soon
        request_timeout: Duration::from_millis(500),
        connect_timeout: Duration::from_millis(300),
        backoff: Backoff::steady(Duration::from_millis(1), Duration::from_millis(2)),
        conflict_pause: Duration::from_millis(1),
        webhook_url: None,
        webhook_secret: Some("bi-mat_2026".to_owned().into()),
        disclosure: Disclosure::Codes,
        page: None,
        pace: Pace { per_second: 30, per_chat_second: 1, per_group_minute: 20 },
    }
}

fn refuse(code: u16, description: &str) -> Fault {
    Fault::Refuse { code, description: description.to_owned() }
}

/// Everything that can go wrong, once.
async fn go_through_everything(fake: &FakeTelegram, token: &str) -> Vec<String> {
    let telegram = Arc::new(Telegram::new(settings(fake.url(), token)).unwrap());
    let run = Run { text: WORDS.to_owned(), strong: true };
    let part = Part { runs: vec![run], keyboard: Vec::new() };
    let echo = format!("Bad Request: no \"{WORDS}\" at /bot{token}/sendMessage");
    let faults = [
        Fault::Server,
        Fault::Gateway(404),
        Fault::DropBefore,
        Fault::Garbage,
        Fault::Truncated,
        Fault::Hang,
        Fault::TooMany(1),
        refuse(400, &echo),
        refuse(401, "Unauthorized"),
        refuse(401, "Unauthorized"),
        refuse(403, &echo),
    ];
    let mut said = Vec::new();
    for fault in faults {
        fake.fail_next("sendMessage", fault.clone());
        fake.fail_next("getUpdates", fault.clone());
        fake.fail_next("answerCallbackQuery", fault);
        said.push(format!("{:?}", telegram.send("7", &part, "k").await));
        telegram.answer_tap("1", Some(WORDS)).await;
    }
    fake.fail_next("getUpdates", refuse(409, "Conflict: terminated by other getUpdates request"));
    fake.push_raw_update(serde_json::json!({ "message": { "text": WORDS } }));
    fake.user_says(7, 7, WORDS);
    let shutdown = CancellationToken::new();
    let receive = tokio::spawn(polling::run(telegram.clone(), Arc::new(Sink), shutdown.clone()));
    fake.wait_until_confirmed().await;
    shutdown.cancel();
    receive.await.unwrap();

    // Nobody there at all, straight and behind a proxy.
    let mut nowhere = settings("http://127.0.0.1:9".to_owned(), token);
    for proxy in [None, Some(format!("http://u:{PROXY_PASSWORD}@127.0.0.1:9"))] {
        nowhere.proxy = proxy;
        let telegram = Telegram::new(nowhere.clone()).unwrap();
        said.push(format!("{:?}", telegram.identity().await));
        said.push(format!("{}", telegram.identity().await.unwrap_err()));
    }
    said
}

#[tokio::test]
async fn neither_token_nor_words_are_logged() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .try_init()
        .expect("the only subscriber of this binary");
    let fake = FakeTelegram::start().await;
    fake.user_says(7, 7, "/start");
    let token = fake.token();
    let said = go_through_everything(&fake, &token).await;

    let log = log.text();
    let secret = token.split_once(':').unwrap().1;
    for text in said.iter().map(String::as_str).chain([log.as_str()]) {
        for hidden in [secret, WORDS, PROXY_PASSWORD, "bi-mat_2026"] {
            assert!(!text.contains(hidden), "{hidden} shows in:\n{text}");
        }
    }
    // The log was really caught, and tells an operator what to do, once.
    assert_eq!(log.matches("refuses the bot's token").count(), 1 + 1, "once per outage:\n{log}");
    assert!(log.contains("another poller uses this bot's token"), "{log}");
    assert!(log.contains("cannot be read"), "{log}");
}
