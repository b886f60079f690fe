//! The world of a test: the real program on a real database, a clock in the test's hand, and platforms
//! in memory whose people write, tap and read.
//!
//! A conversation reads as a conversation. [`World::finish`] fails if anyone has an unread message
//! or work is left. On the platform candidates may not be named, and every message is searched for
//! their names, with and without accents.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use diudat::app::{App, Parts, Retention};
use diudat::backoff::Backoff;
use diudat::clock::{Clock, Instant, ManualClock};
use diudat::config::Config;
use diudat::delivery::{Channels, Limits};
use diudat::domain::practice::Practice;
use diudat::message::{Accept, Channel, ChatKind, Event, Incoming, Menu, SendError};
use diudat::operations::Door;
use diudat::store::{Bots, Db, accounts, people};

pub use crate::platform::{Platform, Seen, TAPPING, TYPING};
use crate::support::names::{officials, secrets};
use crate::support::{Engine, Guard, demo_db};

/// The key under which the tests' invitation codes are kept.
pub const KEY: &[u8] = b"the key of the tests";

pub struct World {
    pub clock: ManualClock,
    pub practice: Arc<Practice>,
    pub db: Db,
    pub platforms: BTreeMap<&'static str, Arc<Platform>>,
    pub app: App,
    /// The last update that came in.
    pub number: u64,
    /// By account, how often it tapped and how often it typed.
    pub effort: BTreeMap<String, (usize, usize)>,
    pub guard: Guard,
}

/// `2018-11-26 08:00`
pub fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time")
}

impl World {
    /// The demo organisation at a local time, nobody bound to an account yet.
    pub async fn at(engine: Engine, time: &str) -> Self {
        let (db, guard) = demo_db(engine).await;
        Self::holding(db, guard, time).await
    }

    /// Whatever organisation there is in a database.
    pub async fn holding(db: Db, guard: Guard, time: &str) -> Self {
        let clock = ManualClock::new(Instant::default());
        let settings = Config::load(None, []).expect("the defaults are right");
        let practice = diudat::app::practice(&settings, &db, clock.now()).await.unwrap();
        clock.set(practice.instant(local(time)));
        let names = secrets(&db, local(time).date()).await;
        let practice = Arc::new(practice);
        let platforms: BTreeMap<_, _> = [TAPPING, TYPING]
            .map(|bot| (bot, Arc::new(Platform::new(bot, clock.clone(), &names))))
            .into();
        let app = app(&db, &clock, &practice, &platforms);
        app.settle().await.unwrap();
        Self { clock, practice, db, platforms, app, number: 0, effort: BTreeMap::new(), guard }
    }

    /// Where pages and commands come in.
    pub fn door(&self) -> Door {
        let clock = Clock::Manual(self.clock.clone());
        Door { db: self.db.clone(), clock, practice: self.practice.clone() }
    }

    /// The demo organisation with everyone on the platform with buttons.
    pub async fn peopled(engine: Engine, time: &str) -> Self {
        let world = Self::at(engine, time).await;
        let today = world.practice.today(world.clock.now());
        let mut tx = world.db.begin().await.unwrap();
        for person in people::all(&mut tx, today).await.unwrap() {
            let code = &person.code;
            let now = world.clock.now();
            accounts::bind(&mut tx, TAPPING, code, person.id, code, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        world
    }

    /// Lets a person be reached on a platform; later ones are preferred.
    pub async fn join(&self, bot: &'static str, code: &str) {
        let mut tx = self.db.begin().await.unwrap();
        let person = people::by_code(&mut tx, code).await.unwrap().expect("a known code");
        let now = self.clock.now();
        accounts::bind(&mut tx, bot, code, person, code, now).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn as_(&mut self, code: &str) -> Actor<'_> {
        Actor { world: self, bot: TAPPING, code: code.to_owned(), chat: code.to_owned() }
    }

    /// The same person where there are no buttons.
    pub fn typing_as(&mut self, code: &str) -> Actor<'_> {
        Actor { world: self, bot: TYPING, code: code.to_owned(), chat: code.to_owned() }
    }

    /// A person in a group chat.
    pub fn in_group(&mut self, group: &str, code: &str) -> Actor<'_> {
        Actor { world: self, bot: TAPPING, code: code.to_owned(), chat: group.to_owned() }
    }

    /// Does what is due and left to do.
    pub async fn settle(&self) {
        self.app.settle().await.expect("the world settles");
    }

    /// Walks to a local time through every instant at which something falls due.
    pub async fn advance_to(&self, time: &str) {
        let to = self.practice.instant(local(time));
        assert!(to >= self.clock.now(), "{time} is past");
        self.settle().await;
        while let Some(due) = self.app.next_due().await.unwrap().filter(|due| *due <= to) {
            self.clock.set(due.max(self.clock.now()));
            self.settle().await;
        }
        self.clock.set(to);
        self.settle().await;
    }

    /// Jumps without anything running in between: the service was down.
    pub async fn down_until(&mut self, time: &str) {
        self.app.stop().await.unwrap();
        self.clock.set(self.practice.instant(local(time)));
        self.start_anew().await;
    }

    /// A clean stop and a new start on the same database.
    pub async fn restart(&mut self) {
        self.app.stop().await.unwrap();
        self.start_anew().await;
    }

    /// Candidates may be named on the channels of these bots, from a restart on.
    pub async fn names_on(&mut self, bots: &[&str]) {
        let mut practice = (*self.practice).clone();
        practice.names_on = bots.iter().map(|bot| (*bot).to_owned()).collect();
        self.practice = Arc::new(practice);
        self.restart().await;
    }

    /// The process is killed: nothing is marked, nothing given back.
    pub async fn crash(&mut self) {
        self.start_anew().await;
    }

    async fn start_anew(&mut self) {
        self.app = app(&self.db, &self.clock, &self.practice, &self.platforms);
        self.app.rescue().await.unwrap();
        self.settle().await;
    }

    /// The next sends to a chat fail in this way, one after the other.
    pub fn fail_next(&self, chat: &str, errors: &[SendError]) {
        let platform = &self.platforms[TAPPING];
        platform.shelf().failures.insert(chat.to_owned(), errors.to_vec());
    }

    /// Accepts an update without handling it.
    pub async fn accept(&mut self, incoming: Incoming) {
        let (taps, texts) = self.effort.entry(incoming.sender.clone()).or_default();
        match &incoming.event {
            Event::Tap { .. } => *taps += 1,
            Event::Text { .. } => *texts += 1,
            _ => {}
        }
        self.app.inbox.accept(vec![incoming]).await.unwrap();
    }

    /// How often somebody has tapped, and how often typed.
    pub fn effort_of(&self, code: &str) -> (usize, usize) {
        self.effort.get(code).copied().unwrap_or_default()
    }

    pub fn incoming(&mut self, bot: &str, chat: &str, sender: &str, event: Event) -> Incoming {
        self.number += 1;
        let kind = if chat.starts_with("group") { ChatKind::Group } else { ChatKind::Private };
        Incoming {
            bot: bot.to_owned(),
            external_id: self.number.to_string(),
            chat: chat.to_owned(),
            kind,
            sender: sender.to_owned(),
            language: None,
            event,
        }
    }

    /// Everything a chat was sent, oldest first.
    pub fn sent_to(&self, chat: &str) -> Vec<Seen> {
        self.all_sent().into_iter().filter(|seen| seen.chat == chat).collect()
    }

    pub fn all_sent(&self) -> Vec<Seen> {
        self.platforms.values().flat_map(|p| p.shelf().messages.clone()).collect()
    }

    pub fn toasts(&self) -> Vec<Option<String>> {
        std::mem::take(&mut self.platforms[TAPPING].shelf().toasts)
    }

    pub fn menus(&self) -> Vec<Menu> {
        self.platforms[TAPPING].shelf().menus.clone()
    }

    /// Everyone has seen what there is to see.
    pub fn everyone_reads(&self) {
        for platform in self.platforms.values() {
            for message in &mut platform.shelf().messages {
                message.unread = false;
            }
        }
    }

    /// Changes rows behind the program's back.
    pub async fn damage(&self, sql: &'static str) {
        let url = self.guard.url.as_str();
        if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            sqlx::query(sql).execute(&pool).await.unwrap();
            pool.close().await;
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sqlx::query(sql).execute(&pool).await.unwrap();
            pool.close().await;
        }
    }

    /// What a query counts.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let url = self.guard.url.as_str();
        if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            let count = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
            pool.close().await;
            count
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            let count = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
            pool.close().await;
            count
        }
    }

    /// The subjects of the deeds of one kind that were written down, oldest first.
    pub async fn audited(&self, action: &'static str) -> Vec<String> {
        let sql = "SELECT subject FROM audit WHERE action = $1 ORDER BY done_at, id";
        let url = self.guard.url.as_str();
        if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            let found = sqlx::query_scalar(sql).bind(action).fetch_all(&pool).await.unwrap();
            pool.close().await;
            found
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            let found = sqlx::query_scalar(sql).bind(action).fetch_all(&pool).await.unwrap();
            pool.close().await;
            found
        }
    }

    /// Ends the test: everything was read and nothing is left to do.
    pub async fn finish(self) {
        for platform in self.platforms.values() {
            let leaks = std::mem::take(&mut platform.shelf().leaks);
            for (name, at, leak) in leaks {
                let day = self.practice.today(at);
                assert!(officials(&self.db, day).await.contains(&name), "{leak}");
            }
        }
        let unread: Vec<String> = self
            .all_sent()
            .into_iter()
            .filter(|seen| seen.unread)
            .map(|seen| format!("{}: {}", seen.chat, seen.whole()))
            .collect();
        assert!(unread.is_empty(), "unread:\n{}", unread.join("\n---\n"));
        let before = self.all_sent().len();
        self.settle().await;
        assert_eq!(self.all_sent().len(), before, "work was left");
        self.app.stop().await.unwrap();
    }
}

pub fn app(
    db: &Db,
    clock: &ManualClock,
    practice: &Arc<Practice>,
    platforms: &BTreeMap<&'static str, Arc<Platform>>,
) -> App {
    let channels: Channels = platforms
        .iter()
        .map(|(bot, platform)| ((*bot).to_owned(), platform.clone() as Arc<dyn Channel>))
        .collect();
    App::new(Parts {
        db: db.clone(),
        clock: Clock::Manual(clock.clone()),
        practice: practice.clone(),
        channels,
        bots: Bots::new(platforms.keys().copied()),
        lease: None,
        invite_key: KEY.into(),
        limits: Limits {
            parallel: 4,
            held: 200,
            claim: 20,
            attempts: 4,
            retry: Backoff::steady(Duration::from_secs(5), Duration::from_secs(15 * 60)),
        },
        retention: Retention {
            inbox: TimeDelta::days(7),
            outbox_bodies: TimeDelta::days(90),
            web_lines: TimeDelta::days(365),
        },
    })
}

/// A person at a chat.
pub struct Actor<'w> {
    world: &'w mut World,
    bot: &'static str,
    code: String,
    chat: String,
}

impl Actor<'_> {
    async fn does(&mut self, event: Event) {
        let (chat, code) = (self.chat.clone(), self.code.clone());
        let incoming = self.world.incoming(self.bot, &chat, &code, event);
        self.world.accept(incoming).await;
        self.world.settle().await;
    }

    pub async fn says(&mut self, text: &str) -> &mut Self {
        self.does(Event::Text { text: text.to_owned() }).await;
        self
    }

    pub async fn uploads(&mut self) -> &mut Self {
        self.does(Event::Upload { caption: None, file: None }).await;
        self
    }

    pub async fn happens(&mut self, event: Event) -> &mut Self {
        self.does(event).await;
        self
    }

    /// Taps the newest button with this label in the chat.
    pub async fn taps(&mut self, label: &str) -> &mut Self {
        let messages = self.world.platforms[self.bot].shelf().messages.clone();
        let found = messages.iter().rev().filter(|m| m.chat == self.chat).find_map(|m| {
            let button = m.buttons.iter().find(|(shown, _)| shown.starts_with(label))?;
            Some((m.id.clone(), button.1.clone()))
        });
        let Some((message, button)) = found else {
            let last = messages.iter().rev().find(|m| m.chat == self.chat).map(Seen::whole);
            panic!("no button {label:?}; the chat ends with {last:?}");
        };
        self.taps_id(&button, &message).await
    }

    /// Taps a button by its id, which may be forged.
    pub async fn taps_id(&mut self, button: &str, message: &str) -> &mut Self {
        self.does(Event::Tap {
            button: button.to_owned(),
            message: Some(message.to_owned()),
            callback: format!("cb{}", self.world.number),
        })
        .await;
        self
    }

    /// Reads the next unread message of the chat; it must contain every one of the pieces.
    pub fn reads(&mut self, pieces: &[&str]) -> String {
        let mut shelf = self.world.platforms[self.bot].shelf();
        let next = shelf.messages.iter_mut().find(|m| m.unread && m.chat == self.chat);
        let Some(next) = next else {
            panic!("{} has nothing to read; wanted {pieces:?}", self.chat)
        };
        next.unread = false;
        let whole = next.whole();
        for piece in pieces {
            assert!(whole.contains(piece), "{} reads:\n{whole}\nwhich lacks {piece:?}", self.chat);
        }
        whole
    }

    pub fn reads_nothing(&mut self) {
        let shelf = self.world.platforms[self.bot].shelf();
        if let Some(next) = shelf.messages.iter().find(|m| m.unread && m.chat == self.chat) {
            panic!("{} has something to read: {}", self.chat, next.whole());
        }
    }

    /// The id of the newest button with this label.
    pub fn button(&self, label: &str) -> (String, String) {
        let shelf = self.world.platforms[self.bot].shelf();
        let mine = shelf.messages.iter().rev().filter(|m| m.chat == self.chat);
        mine.clone()
            .find_map(|m| {
                let button = m.buttons.iter().find(|(shown, _)| shown.starts_with(label))?;
                Some((button.1.clone(), m.id.clone()))
            })
            .expect("such a button")
    }
}
