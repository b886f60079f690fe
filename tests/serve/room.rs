//! The program's own [`App`] in this process, between the real Telegram channel and a clock that
//! stands still until it is moved: for stories about days, and for accidents that need a hand on
//! the database at the right moment.

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use diudat::app::{self, App, Parts};
use diudat::backoff::Backoff;
use diudat::channels::telegram::{self, polling};
use diudat::clock::{Clock, Instant, ManualClock};
use diudat::config::{self, Config};
use diudat::delivery::Limits;
use diudat::domain::practice::Practice;
use diudat::message::Channel;
use diudat::store::{Bots, Db, accounts, people, seed, steps};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::fake_telegram::{FakeTelegram, SentMessage};
use crate::house::user;
use crate::support::{Engine, Guard, fresh_db, sql};

const BOT: &str = "telegram";

/// Past every limit on how fast a chat is written to, and before every second try.
const BREATH: TimeDelta = TimeDelta::seconds(4);

pub struct Room {
    pub app: Arc<App>,
    pub fake: FakeTelegram,
    pub clock: ManualClock,
    pub db: Db,
    shutdown: CancellationToken,
    polling: JoinHandle<()>,
    guard: Guard,
}

impl Room {
    /// The demo organisation at a local time, receiving from a fake Telegram.
    pub async fn open(engine: Engine, at: &str) -> Self {
        let (db, guard) = fresh_db(engine).await;
        Self::reopen(db, guard, FakeTelegram::start().await, at, true).await
    }

    async fn reopen(db: Db, guard: Guard, fake: FakeTelegram, at: &str, fresh: bool) -> Self {
        let settings = settings(&fake);
        let start = "2018-11-26T00:00:00Z".parse().expect("an instant");
        if fresh {
            let mut tx = db.begin().await.unwrap();
            seed::demo(&mut tx, start).await.unwrap();
            tx.commit().await.unwrap();
        }
        let practice = app::practice(&settings, &db, start).await.expect("the practice");
        let clock = ManualClock::new(practice.instant(local(at)));
        let telegram = telegram::from_settings(&settings.telegram, None, || 0.0)
            .expect("settings")
            .expect("a token");
        let ours = [telegram.clone() as Arc<dyn Channel>];
        let time = Clock::Manual(clock.clone());
        let app = app(&settings, &db, practice, time, ours).await;
        let shutdown = CancellationToken::new();
        let polling = polling::run(telegram, app.inbox.clone(), shutdown.clone());
        Self {
            polling: tokio::spawn(polling),
            app: Arc::new(app),
            fake,
            clock,
            db,
            shutdown,
            guard,
        }
    }

    /// What is left behind when the process dies here, taken over by the next one. The clock goes
    /// on from where it stood.
    pub async fn restart(self) -> Self {
        let at =
            self.app.practice.local(self.clock.now()).format("%Y-%m-%dT%H:%M:%S%.3f").to_string();
        self.shutdown.cancel();
        self.polling.await.expect("polling does not panic");
        let room = Self::reopen(self.db, self.guard, self.fake, &at, false).await;
        room.app.rescue().await.expect("what was left is taken over");
        room
    }

    pub async fn close(self) {
        self.shutdown.cancel();
        self.polling.await.expect("polling does not panic");
        self.app.stop().await.expect("it stops in order");
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Lets the accounts of these people speak for them, without a word.
    pub async fn bind(&self, codes: &[&str]) {
        let mut tx = self.db.begin().await.unwrap();
        for code in codes {
            let person = people::by_code(&mut tx, code).await.unwrap().expect("a person");
            let account = user(code).to_string();
            accounts::bind(&mut tx, BOT, &account, person, &account, self.now()).await.unwrap();
            self.fake.user_unblocks_bot(user(code));
        }
        tx.commit().await.unwrap();
    }

    /// Changes rows behind the program's back.
    pub async fn sql(&self, text: &str) {
        sql(&self.guard.url, text).await;
    }

    /// Takes in what people have said, and does all that is to be done.
    pub async fn settle(&self) {
        self.fake.wait_until_confirmed().await;
        self.work().await;
    }

    /// Handles, plans and sends. The clock goes on while something waits only because a chat may
    /// not be written to faster.
    pub async fn work(&self) {
        loop {
            self.app.settle().await.expect("nothing is in its way");
            match self.app.next_due().await.expect("the database answers") {
                Some(next) if next <= self.now() + BREATH => self.clock.set(next.max(self.now())),
                _ => return,
            }
        }
    }

    /// Moves the clock to a local time, through everything that falls due on the way.
    pub async fn wait_until(&self, at: &str) {
        let to = self.app.practice.instant(local(at));
        while self.now() < to {
            let due = steps::next_due(&mut self.db.read().await.unwrap()).await.unwrap();
            let next = due.map_or(to, |due| due.min(to));
            self.clock.set(next.max(self.now()));
            self.work().await;
        }
    }

    /// Says something in private; what stands last in the chat then.
    pub async fn asks(&self, user: i64, text: &str) -> SentMessage {
        self.fake.user_says(user, user, text);
        self.settle().await;
        self.fake.sent_to(user).pop().unwrap_or_else(|| panic!("no answer to {text:?}"))
    }

    pub fn texts(&self, chat: i64) -> Vec<String> {
        self.fake.sent_to(chat).into_iter().map(|message| message.text).collect()
    }
}

/// An app on a database, with these channels.
pub async fn app<const N: usize>(
    settings: &Config,
    db: &Db,
    practice: Practice,
    clock: Clock,
    channels: [Arc<dyn Channel>; N],
) -> App {
    let bots: Vec<String> = channels.iter().map(|channel| channel.bot().to_owned()).collect();
    App::new(Parts {
        bots: Bots::new(bots.iter().map(String::as_str)),
        lease: None,
        invite_key: app::invite_key(settings, db).await.expect("a key"),
        limits: Limits { retry: steady(&settings.delivery), ..app::limits(&settings.delivery) },
        retention: app::retention(&settings.retention),
        practice: Arc::new(practice),
        channels: channels.map(|channel| (channel.bot().to_owned(), channel)).into(),
        clock,
        db: db.clone(),
    })
}

/// The pauses of the settings at their full length: a second try comes when the clock says so.
fn steady(settings: &config::Delivery) -> Backoff {
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    Backoff::steady(seconds(settings.retry_first_seconds), seconds(settings.retry_longest_seconds))
}

pub fn settings(fake: &FakeTelegram) -> Config {
    let settings = [
        ("DIUDAT__TELEGRAM__TOKEN".to_owned(), fake.token()),
        ("DIUDAT__TELEGRAM__API_URL".to_owned(), fake.url()),
    ];
    Config::load(None, settings).expect("the settings are right")
}

pub fn local(at: &str) -> NaiveDateTime {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"];
    let read = |form: &&str| NaiveDateTime::parse_from_str(at, form).ok();
    forms.iter().find_map(read).expect("a local time")
}
