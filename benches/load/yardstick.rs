//! What a loop written by hand would need: the statements of the program, with the same grouping,
//! straight through sqlx, and nothing between them. It decides nothing, renders nothing and knows
//! no order within a chat; its messages are as long as the program's.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use diudat::store::{Statement, registry};
use serde_json::{Value as Json, json};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor, Postgres, Row, Sqlite};
use tokio::sync::{Mutex, Semaphore, mpsc};

/// Updates that share a commit, as in the program.
const GROUP: usize = 100;
/// Units whose figures are asked for in a group: a dozen branches and the whole. Like the program,
/// it counts each once.
const UNITS: usize = 13;
const BOTS: &str = r#"[{"bot":"telegram"},{"bot":"zalo"},{"bot":"web"}]"#;
const TODAY: &str = "2026-11-23";
const NOW: i64 = 1_795_000_000_000;

#[derive(Clone, clap::Args)]
pub struct Settings {
    /// `answer` updates or `drain` what is due.
    what: String,
    database: String,
    platform: String,
    /// Sends on their way at once.
    #[arg(long, default_value_t = 8)]
    parallel: usize,
    /// Messages taken at once.
    #[arg(long, default_value_t = 64)]
    claim: usize,
}

pub async fn run(settings: Settings) {
    match settings.what.as_str() {
        "drain" => drain(&settings).await,
        _ => answer(&settings).await,
    }
}

/// A connection that is opened as the program's are.
enum Line {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

/// The connections of a process. SQLite has one writer, so there one is shared.
#[derive(Clone)]
enum Lines {
    Shared(Arc<Mutex<Line>>),
    Own(String),
}

impl Lines {
    async fn open(url: &str) -> Self {
        match url.starts_with("sqlite:") {
            true => Self::Shared(Arc::new(Mutex::new(Line::open(url).await))),
            false => Self::Own(url.to_owned()),
        }
    }

    /// One for a task to keep, and to lock for as long as a transaction lasts.
    async fn one(&self) -> Arc<Mutex<Line>> {
        match self {
            Self::Shared(line) => line.clone(),
            Self::Own(url) => Arc::new(Mutex::new(Line::open(url).await)),
        }
    }
}

/// An argument of a statement.
enum Arg {
    Text(String),
    Int(i64),
    Nothing,
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<Vec<Json>> for Arg {
    fn from(rows: Vec<Json>) -> Self {
        Self::Text(Json::Array(rows).to_string())
    }
}
impl From<i64> for Arg {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

macro_rules! bound {
    ($engine:ty, $sql:expr, $args:expr) => {{
        let mut query = sqlx::query::<$engine>($sql);
        for arg in $args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(int) => query.bind(int),
                Arg::Nothing => query.bind(None::<String>),
            };
        }
        query
    }};
}

impl Line {
    async fn open(url: &str) -> Self {
        if !url.starts_with("sqlite:") {
            return Self::Postgres(Box::new(PgConnection::connect(url).await.expect("it opens")));
        }
        let options: SqliteConnectOptions = url.parse().expect("an address");
        let connection = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(10))
            .connect()
            .await;
        Self::Sqlite(Box::new(connection.expect("it opens")))
    }

    async fn begin(&mut self) {
        match self {
            Self::Sqlite(line) => line.execute("BEGIN IMMEDIATE").await.map(drop),
            Self::Postgres(line) => line.execute("BEGIN").await.map(drop),
        }
        .expect("a transaction");
        // The proof that nobody else leads.
        self.ask(named("lease", "CHECK"), vec![0.into()]).await;
    }

    async fn commit(&mut self) {
        match self {
            Self::Sqlite(line) => line.execute("COMMIT").await.map(drop),
            Self::Postgres(line) => line.execute("COMMIT").await.map(drop),
        }
        .expect("a commit");
    }

    /// The numbers in the first column of the answer, where there are any.
    async fn ask(&mut self, statement: &Statement, args: Vec<Arg>) -> Vec<i64> {
        assert_eq!(args.len(), statement.takes.len(), "{} has changed", statement.name);
        match self {
            Self::Sqlite(line) => {
                let query = bound!(Sqlite, statement.sqlite, args);
                let rows = query.fetch_all(&mut **line).await.expect(statement.name);
                rows.iter().filter_map(|row| row.try_get(0).ok()).collect()
            }
            Self::Postgres(line) => {
                let query = bound!(Postgres, statement.postgres, args);
                let rows = query.fetch_all(&mut **line).await.expect(statement.name);
                rows.iter().filter_map(|row| row.try_get(0).ok()).collect()
            }
        }
    }
}

/// A statement of the program.
fn named(module: &str, name: &str) -> &'static Statement {
    let all = registry().into_iter().find(|(known, _)| *known == module);
    let found = all.and_then(|(_, all)| all.iter().find(|statement| statement.name == name));
    found.unwrap_or_else(|| panic!("there is no statement {module}::{name}"))
}

/// Sends over kept connections, so many at once.
#[derive(Clone)]
struct Wire {
    http: reqwest::Client,
    url: String,
    free: Arc<Semaphore>,
}

impl Wire {
    fn new(settings: &Settings) -> Self {
        Self {
            http: reqwest::Client::builder().no_proxy().build().expect("a client"),
            url: format!("{}/bot{}", settings.platform, super::process::TOKEN),
            free: Arc::new(Semaphore::new(settings.parallel)),
        }
    }

    async fn call(&self, method: &str, body: &Json) -> Json {
        let sent = self.http.post(format!("{}/{method}", self.url)).json(body).send().await;
        sent.expect("the platform answers").json().await.expect("JSON")
    }

    /// Sends a message, and hands on its row once it was taken.
    async fn send(&self, chat: i64, text: String, row: i64, taken: mpsc::UnboundedSender<Json>) {
        let free = self.free.clone().acquire_owned().await.expect("open for ever");
        let wire = self.clone();
        tokio::spawn(async move {
            let body = json!({ "chat_id": chat, "text": text, "parse_mode": "HTML" });
            let answer = wire.call("sendMessage", &body).await;
            drop(free);
            let _ = taken.send(json!({
                "id": row, "state": "sent", "bot": "telegram", "chat": chat.to_string(),
                "external_id": answer["result"]["message_id"].to_string(), "fallbacks": "[]",
                "attempts": 1, "parts_sent": 1, "repeated": 0, "not_before": NOW, "done_at": NOW,
            }));
        });
    }
}

/// Marks what was taken, as much as there is at a time.
async fn mark(settings: Settings, lines: Lines, mut taken: mpsc::UnboundedReceiver<Json>) {
    let line = lines.one().await;
    let finish = named("outbox", "FINISH");
    let mut rows = Vec::new();
    while taken.recv_many(&mut rows, settings.claim).await > 0 {
        let mut line = line.lock().await;
        line.begin().await;
        line.ask(finish, vec![std::mem::take(&mut rows).into()]).await;
        line.commit().await;
    }
}

/// A text as long as the program's.
fn text(letters: usize) -> String {
    "Kính gửi đồng chí ".chars().cycle().take(letters).collect()
}

async fn drain(settings: &Settings) {
    let wire = Wire::new(settings);
    let (taken, marked) = mpsc::unbounded_channel();
    let lines = Lines::open(&settings.database).await;
    let marking = tokio::spawn(mark(settings.clone(), lines.clone(), marked));
    let line = lines.one().await;
    let claim = named("outbox", "CLAIM");
    loop {
        let mut line = line.lock().await;
        line.begin().await;
        let limit = i64::try_from(settings.claim).expect("a limit");
        let claimed =
            line.ask(claim, vec![BOTS.into(), NOW.into(), limit.into(), Arg::Nothing]).await;
        line.commit().await;
        drop(line);
        if claimed.is_empty() {
            break;
        }
        for row in claimed {
            wire.send(9_000_000 + row % 3000, text(180), row, taken.clone()).await;
        }
    }
    drop(taken);
    marking.await.expect("everything is marked");
    std::future::pending().await
}

/// An update as it waits to be handled.
struct Waiting {
    row: i64,
    chat: i64,
    text: String,
}

async fn answer(settings: &Settings) {
    let wire = Wire::new(settings);
    let ids = Arc::new(AtomicI64::new(100_000_000));
    let (taken, marked) = mpsc::unbounded_channel();
    let lines = Lines::open(&settings.database).await;
    tokio::spawn(mark(settings.clone(), lines.clone(), marked));
    let (accepted, mut waiting) = mpsc::channel::<Waiting>(5000);
    tokio::spawn(accept(lines.clone(), wire.clone(), ids.clone(), accepted));
    let line = lines.one().await;
    let meeting =
        line.lock().await.ask(&MEETING, vec![]).await.first().copied().expect("a meeting");
    let mut group = Vec::new();
    while waiting.recv_many(&mut group, GROUP).await > 0 {
        let replies = handle(&mut *line.lock().await, &group, meeting, &ids).await;
        for (reply, update) in replies.into_iter().zip(group.drain(..)) {
            let letters = if update.text == "/thongke" { 700 } else { 180 };
            wire.send(update.chat, text(letters), reply, taken.clone()).await;
        }
    }
}

/// Receives and stores, and asks for more only then.
async fn accept(lines: Lines, wire: Wire, ids: Arc<AtomicI64>, accepted: mpsc::Sender<Waiting>) {
    let line = lines.one().await;
    let mut offset = 0;
    loop {
        let body = json!({ "offset": offset, "timeout": 30 });
        let answer = wire.call("getUpdates", &body).await;
        let updates = answer["result"].as_array().cloned().unwrap_or_default();
        let mut rows = Vec::new();
        let mut waiting = Vec::new();
        for update in &updates {
            let row = ids.fetch_add(1, Ordering::Relaxed);
            let number = update["update_id"].as_i64().unwrap_or_default();
            let chat = update["message"]["chat"]["id"].as_i64().unwrap_or_default();
            let text = update["message"]["text"].as_str().unwrap_or_default().to_owned();
            offset = number + 1;
            let incoming = json!({
                "bot": "telegram", "external_id": number.to_string(), "chat": chat.to_string(),
                "kind": "private", "sender": chat.to_string(), "language": "vi",
                "event": { "type": "text", "text": text },
            });
            rows.push(json!({
                "id": row, "bot": "telegram", "external_id": number.to_string(),
                "body": incoming.to_string(),
            }));
            waiting.push(Waiting { row, chat, text });
        }
        let mut line = line.lock().await;
        line.begin().await;
        line.ask(named("inbox", "ACCEPT"), vec![rows.into(), NOW.into()]).await;
        line.commit().await;
        drop(line);
        for one in waiting {
            if accepted.send(one).await.is_err() {
                return;
            }
        }
    }
}

/// A meeting that reports can be written for.
const MEETING: Statement = Statement {
    name: "MEETING",
    sqlite: "SELECT MIN(id) FROM meeting",
    postgres: "SELECT MIN(id) FROM meeting",
    takes: &[],
};

/// One group in one commit; gives the ids of the replies.
async fn handle(line: &mut Line, group: &[Waiting], meeting: i64, ids: &AtomicI64) -> Vec<i64> {
    let id = || ids.fetch_add(1, Ordering::Relaxed);
    line.begin().await;
    let limit = i64::try_from(GROUP).expect("a limit");
    line.ask(named("inbox", "WAITING"), vec![BOTS.into(), limit.into(), Arg::Nothing]).await;
    let key = |update: &Waiting| {
        let chat = update.chat.to_string();
        json!({ "bot": "telegram", "chat": chat, "sender": chat })
    };
    let keys: Vec<Json> = group.iter().map(key).collect();
    line.ask(named("accounts", "FIND"), vec![keys.clone().into()]).await;
    let people: Vec<Json> = (1000..1000 + 100).map(Json::from).collect();
    for name in ["LOAD", "OFFICES", "MENTORS"] {
        line.ask(named("people", name), vec![people.clone().into(), TODAY.into()]).await;
    }
    line.ask(named("sessions", "FIND"), vec![keys.into()]).await;

    line.ask(named("units", "ALL"), vec![]).await;
    let mut counted = 0;
    let mut messages = Vec::new();
    let mut buttons = Vec::new();
    // A chat has one session, however often it wrote.
    let mut sessions = BTreeMap::new();
    for update in group {
        let reply = id();
        let (letters, keys) = match update.text.as_str() {
            "/toi" => (300, 0),
            "/thongke" => {
                if counted < UNITS {
                    figures(line).await;
                    counted += 1;
                }
                (1500, 8)
            }
            _ => {
                report(line, meeting, update.row).await;
                (900, 6)
            }
        };
        let chat = update.chat.to_string();
        messages.push(json!({
            "id": reply, "lane": 0, "bot": "telegram", "chat": chat, "language": "vi",
            "body": text(letters), "state": "sending", "fallbacks": "[]", "created_at": NOW,
            "not_before": NOW,
        }));
        for _ in 0..keys {
            buttons.push(json!({
                "id": id(), "outbox": reply, "person": 1001, "tap": text(60), "label": text(60),
                "expires_at": NOW,
            }));
        }
        if keys > 0 {
            let session = json!({
                "bot": "telegram", "chat": chat, "sender": chat, "feature": "report",
                "position": text(80), "question": reply, "options": "[]", "expires_at": NOW,
            });
            sessions.insert(chat, session);
        }
    }
    let sessions: Vec<Json> = sessions.into_values().collect();
    let replies = messages.iter().filter_map(|message| message["id"].as_i64()).collect();
    line.ask(named("outbox", "INSERT"), vec![messages.into()]).await;
    line.ask(named("sessions", "ADD_BUTTONS"), vec![buttons.into()]).await;
    line.ask(named("sessions", "SAVE"), vec![sessions.into()]).await;
    let done: Vec<Json> = group.iter().map(|update| update.row.into()).collect();
    line.ask(named("inbox", "DONE"), vec![done.into(), NOW.into()]).await;
    line.commit().await;
    replies
}

/// The statements of `/thongke`, apart from the units.
async fn figures(line: &mut Line) {
    let (from, to) = ("2023-01-01", "2026-11-24");
    line.ask(named("figures", "STRENGTH"), vec![TODAY.into()]).await;
    line.ask(named("figures", "STEPS"), vec![from.into(), to.into()]).await;
    line.ask(named("figures", "AWARENESS"), vec![from.into(), to.into(), TODAY.into()]).await;
}

/// The statements of one step of a report.
async fn report(line: &mut Line, meeting: i64, salt: i64) {
    let mentor = 50_000_000 + salt % 100 * 10;
    let options: Vec<Json> = (0..6).map(|n| (100_000_000 + n).into()).collect();
    line.ask(named("sessions", "BUTTONS"), vec![options.into()]).await;
    line.ask(named("outbox", "STATE"), vec![100_000_000.into()]).await;
    line.ask(named("cases", "GUIDED_BY"), vec![mentor.into(), TODAY.into()]).await;
    line.ask(named("meetings", "BY_ID"), vec![meeting.into()]).await;
    let slot = || vec![meeting.into(), (mentor + 2).into(), mentor.into()];
    line.ask(named("reports", "GET"), slot()).await;
    line.ask(named("reports", "DRAFT"), slot()).await;
    let mut kept = slot();
    kept.extend([text(200).as_str().into(), NOW.into()]);
    line.ask(named("reports", "SAVE_DRAFT"), kept).await;
}
