//! The files of a fixture, and the present program on copies of its database.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use chrono::DateTime;
use diudat::store::Db;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tokio::sync::OnceCell;

use crate::platform::NAMING;
use crate::stage::Screens;
use crate::support::{Engine, Guard, copied, empty_place, path_of, sql};
use crate::world::{Seen, TAPPING, TYPING, World};

/// The files of a fixture.
pub const SQLITE: &str = "sqlite.db.gz";
pub const POSTGRES: &str = "postgres.sql.gz";
pub const SCREENS: &str = "screens.json";
pub const AFTERWARDS: &str = "afterwards.txt";
pub const HOLDS: &str = "holds.txt";
pub const FILES: [&str; 6] = [SQLITE, POSTGRES, SCREENS, AFTERWARDS, HOLDS, "talks"];

/// A few minutes after the last of what is in the fixture.
pub const AFTER: &str = "2018-12-03 22:35";

/// A database nobody has open.
#[derive(Clone)]
enum Kept {
    Sqlite(Vec<u8>),
    Postgres(String),
}

/// How a night left its database and its people.
#[derive(Clone)]
pub struct Night {
    database: Kept,
    pub screens: Screens,
}

type Cells = LazyLock<Mutex<BTreeMap<String, Arc<OnceCell<Night>>>>>;

/// As the fixture has it.
pub async fn night(version: &Path, engine: Engine) -> Night {
    static CELLS: Cells = Cells::new(Mutex::default);
    let key = format!("{engine:?} {}", version.display());
    let cell = CELLS.lock().unwrap().entry(key).or_default().clone();
    cell.get_or_init(|| load(version, engine)).await.clone()
}

/// The same once the present program has delivered and handled what waited.
pub async fn rested(version: &Path, engine: Engine) -> Night {
    static CELLS: Cells = Cells::new(Mutex::default);
    let key = format!("{engine:?} {}", version.display());
    let cell = CELLS.lock().unwrap().entry(key).or_default().clone();
    cell.get_or_init(|| rest(version, engine)).await.clone()
}

async fn load(version: &Path, engine: Engine) -> Night {
    let screens = screens(version);
    let database = match engine {
        Engine::Sqlite => Kept::Sqlite(unpacked(&version.join(SQLITE))),
        Engine::Postgres => {
            let dump = String::from_utf8(unpacked(&version.join(POSTGRES))).expect("text");
            let guard = empty_place(engine).await;
            sql(&guard.url, &dump).await;
            Kept::Postgres(guard.url)
        }
    };
    Night { database, screens }
}

async fn rest(version: &Path, engine: Engine) -> Night {
    let w = night(version, engine).await.opened().await;
    w.app.rescue().await.unwrap();
    w.settle().await;
    w.app.stop().await.unwrap();
    w.db.close().await;
    let screens = screens_of(&w);
    let database = match engine {
        Engine::Sqlite => Kept::Sqlite(std::fs::read(path_of(&w.guard.url)).expect("a file")),
        Engine::Postgres => Kept::Postgres(w.guard.url.clone()),
    };
    Night { database, screens }
}

impl Night {
    /// Opens a copy with the present program; nothing has run yet.
    pub async fn opened(&self) -> World {
        let guard = self.copy().await;
        let db = Db::open(&guard.url, 4).await.expect("the present program opens it");
        let mut w = World::on(db, guard, AFTER, self.screens.clone()).await;
        // Updates are told apart by their numbers.
        w.number = 1_000_000;
        w
    }

    /// A copy that the present program has not seen.
    pub async fn copy(&self) -> Guard {
        match &self.database {
            Kept::Sqlite(bytes) => {
                let guard = empty_place(Engine::Sqlite).await;
                std::fs::write(path_of(&guard.url), bytes).expect("a copy");
                guard
            }
            Kept::Postgres(url) => copied(url).await,
        }
    }
}

pub fn screens_of(w: &World) -> Screens {
    let of = |bot: &'static str| (bot.to_owned(), w.platforms[bot].shelf().messages.clone());
    [TAPPING, TYPING, NAMING].map(of).into()
}

/// A message on a screen, as it is written down.
#[derive(Serialize, Deserialize)]
struct Shown {
    /// Counts from 1 on each platform; those that nobody needs any more are left out.
    id: usize,
    chat: String,
    at: i64,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<(String, String)>,
}

fn screens(version: &Path) -> Screens {
    let text = std::fs::read_to_string(version.join(SCREENS)).expect("the screens");
    let shown: BTreeMap<String, Vec<Shown>> = serde_json::from_str(&text).expect("screens");
    shown
        .into_iter()
        .map(|(bot, messages)| {
            let length = messages.last().map_or(0, |last| last.id);
            let mut screen: Vec<Seen> = (1..=length).map(forgotten).collect();
            for Shown { id, chat, at, text, buttons } in messages {
                let at = DateTime::from_timestamp_millis(at).expect("a time");
                screen[id - 1] = Seen { chat, at, text, buttons, ..forgotten(id) };
            }
            (bot, screen)
        })
        .collect()
}

fn forgotten(id: usize) -> Seen {
    Seen {
        id: id.to_string(),
        chat: String::new(),
        at: diudat::clock::Instant::default(),
        text: String::new(),
        buttons: Vec::new(),
        unread: false,
        edited: false,
    }
}

/// The screens as they are written down: of each chat what has buttons or codes to type, and
/// the last message.
pub fn written(screens: &Screens) -> String {
    let shown: BTreeMap<&String, Vec<Shown>> = screens
        .iter()
        .map(|(bot, messages)| {
            let lasts: BTreeMap<&str, &str> =
                messages.iter().map(|seen| (seen.chat.as_str(), seen.id.as_str())).collect();
            let needed = messages.iter().filter(|seen| {
                !seen.buttons.is_empty()
                    || *bot == TYPING
                    || lasts.get(seen.chat.as_str()) == Some(&seen.id.as_str())
            });
            let written = needed.map(|seen| Shown {
                id: seen.id.parse().expect("a number"),
                chat: seen.chat.clone(),
                at: seen.at.timestamp_millis(),
                text: seen.text.clone(),
                buttons: seen.buttons.clone(),
            });
            (bot, written.collect())
        })
        .collect();
    serde_json::to_string_pretty(&shown).expect("screens") + "\n"
}

fn unpacked(file: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let packed = std::fs::File::open(file).expect("a file of the fixture");
    GzDecoder::new(packed).read_to_end(&mut bytes).expect("what was packed");
    bytes
}

pub fn pack(file: &Path, bytes: &[u8]) {
    let packed = std::fs::File::create(file).expect("a file to write");
    let mut packer = GzEncoder::new(packed, Compression::best());
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("a file to write");
}

/// What a query gives that asks for one column of text.
pub async fn column(url: &str, query: &str) -> Vec<String> {
    let query = AssertSqlSafe(query.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.expect("the database opens");
        let found = sqlx::query_scalar(query).fetch_all(&mut connection).await.expect("rows");
        connection.close().await.expect("the database closes");
        found
    } else {
        let mut connection = PgConnection::connect(url).await.expect("the database opens");
        let found = sqlx::query_scalar(query).fetch_all(&mut connection).await.expect("rows");
        connection.close().await.expect("the database closes");
        found
    }
}
