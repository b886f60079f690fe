//! The pages on a real socket, with everything behind them in memory, and a browser reduced to what
//! the tests look at: cookie, form token, event stream.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime, Utc};
use diudat::channels::web::{Line, NewLine, Transcript, TranscriptError, WebChannel};
use diudat::channels::{UpdateError, WebhookSource};
use diudat::clock::{Clock, ManualClock};
use diudat::config::Config;
use diudat::domain::language::Language;
use diudat::domain::practice::Practice;
use diudat::http::{
    Acquaintance, ClockMove, DemoError, DemoMoved, DemoPanel, DemoPerson, Directory,
    DirectoryError, Limits, PartState, Readiness, Site, Webhook, router, serve,
};
use diudat::message::{
    Accept, AcceptError, ChatKind, Disclosure, Event, Incoming, Key, KeyAction, Part, Phrase, Run,
};
use diudat::operations::Door;
use diudat::store::{Statement, accounts, people, seed};
use reqwest::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, SET_COOKIE};
use reqwest::{Client, Response, StatusCode};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::{Engine, Guard, fresh_db, sql};

/// Long enough for a busy machine; a test that reaches it has failed.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn part(text: &str) -> Part {
    Part { runs: vec![Run { text: text.to_owned(), strong: false }], keyboard: vec![] }
}

/// A bold title over two rows of buttons.
pub fn with_buttons() -> Part {
    let key = |label: &str, action| Key { label: label.into(), action };
    Part {
        runs: vec![Run { text: "Báo cáo".into(), strong: true }],
        keyboard: vec![
            vec![key("Tốt & khá", KeyAction::Tap("b\"1".into()))],
            vec![key("Mở", KeyAction::PrivateChat("AB01".into()))],
        ],
    }
}

/// Headers of a request.
pub fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
        .collect()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a local time")
}

/// 08:30 in Hanoi.
fn morning() -> DateTime<Utc> {
    "2018-11-26T01:30:00Z".parse().expect("an instant")
}

/// Different bytes at each call.
fn chance() -> [u8; 16] {
    static CALLS: AtomicU64 = AtomicU64::new(1);
    u128::from(CALLS.fetch_add(1, Ordering::SeqCst)).to_be_bytes()
}

#[derive(Default)]
pub struct Memory {
    lines: Mutex<Vec<(String, String, Line)>>,
    inbox: Mutex<Vec<Incoming>>,
    pub inbox_is_down: AtomicBool,
    pub known: Mutex<HashMap<String, Acquaintance>>,
    pub is_ready: AtomicBool,
}

impl Memory {
    pub fn inbox(&self) -> Vec<Incoming> {
        self.inbox.lock().unwrap().clone()
    }

    pub fn texts_of(&self, chat: &str) -> Vec<String> {
        let lines = self.lines.lock().unwrap();
        lines.iter().filter(|(of, ..)| of == chat).map(|(_, _, line)| line.part.plain()).collect()
    }
}

#[async_trait]
impl Transcript for Memory {
    async fn append(&self, line: NewLine<'_>) -> Result<(Line, bool), TranscriptError> {
        let NewLine { chat, key, from_person, part } = line;
        let mut lines = self.lines.lock().unwrap();
        if let Some((_, _, line)) = lines.iter().find(|(_, known, _)| known == key) {
            return Ok((line.clone(), false));
        }
        let id = 1000 + i64::try_from(lines.len()).unwrap();
        let line = Line { id, from_person, part: part.clone(), shown_at: morning() };
        lines.push((chat.to_owned(), key.to_owned(), line.clone()));
        Ok((line, true))
    }

    async fn replace(&self, chat: &str, line: i64, part: &Part) -> Result<bool, TranscriptError> {
        let mut lines = self.lines.lock().unwrap();
        let found = lines.iter_mut().find(|(of, _, known)| of == chat && known.id == line);
        Ok(found.map(|(_, _, known)| known.part = part.clone()).is_some())
    }

    async fn last(&self, chat: &str, count: u32) -> Result<Vec<Line>, TranscriptError> {
        let lines = self.lines.lock().unwrap();
        let all: Vec<Line> =
            lines.iter().filter(|(of, ..)| of == chat).map(|(_, _, line)| line.clone()).collect();
        Ok(all[all.len().saturating_sub(count as usize)..].to_vec())
    }
}

#[async_trait]
impl Accept for Memory {
    async fn accept(&self, batch: Vec<Incoming>) -> Result<(), AcceptError> {
        if self.inbox_is_down.load(Ordering::SeqCst) {
            return Err(AcceptError);
        }
        let mut inbox = self.inbox.lock().unwrap();
        for incoming in batch {
            if inbox.iter().all(|known| known.external_id != incoming.external_id) {
                inbox.push(incoming);
            }
        }
        Ok(())
    }

    async fn room(&self) {}
}

#[async_trait]
impl Directory for Memory {
    async fn who(&self, account: &str) -> Result<Option<Acquaintance>, DirectoryError> {
        Ok(self.known.lock().unwrap().get(account).cloned())
    }
}

/// Longest file that may go with a notice, in bytes.
pub const FILE_LIMIT: usize = 1000;

#[async_trait]
impl Readiness for Memory {
    async fn parts(&self) -> Vec<PartState> {
        let state = |name: &str, ok| PartState { name: name.into(), ok, detail: "…".into() };
        vec![state("database", true), state("telegram", self.is_ready.load(Ordering::SeqCst))]
    }
}

/// A demo of two people, whose clock knows three instants.
pub struct Panel(Mutex<NaiveDateTime>);

#[async_trait]
impl DemoPanel for Panel {
    async fn people(&self) -> Result<Vec<DemoPerson>, DemoError> {
        let person = |code: &str, name: &str| DemoPerson {
            code: code.into(),
            name: name.into(),
            role: Phrase::new("common-choose"),
        };
        Ok(vec![person("NS-001", "Trần Thị Mai"), person("NS-002", "Lê Văn <b>Hùng</b>")])
    }

    async fn now(&self) -> Result<NaiveDateTime, DemoError> {
        Ok(*self.0.lock().unwrap())
    }

    async fn move_clock(&self, by: ClockMove) -> Result<DemoMoved, DemoError> {
        let now = local(match by {
            ClockMove::NextEvent => "2018-11-27T08:00:00",
            ClockMove::NextDay => "2018-11-28T08:00:00",
            ClockMove::ToMeeting => "2018-12-03T14:00:00",
        });
        *self.0.lock().unwrap() = now;
        Ok(DemoMoved { now, happened: vec![Phrase::new("web-app")] })
    }
}

/// A platform whose secret is `s3cret` and whose updates are plain text; `?` is unreadable.
pub struct Platform;

#[async_trait]
impl WebhookSource for Platform {
    fn header_name(&self) -> &str {
        "x-secret"
    }

    fn verify(&self, value: Option<&[u8]>) -> bool {
        value == Some(b"s3cret")
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Incoming>, UpdateError> {
        if body == b"?" {
            return Err(UpdateError::Unreadable("not an update".into()));
        }
        let text = String::from_utf8_lossy(body).into_owned();
        Ok(vec![Incoming {
            bot: "platform".into(),
            external_id: text.clone(),
            chat: "1".into(),
            kind: ChatKind::Private,
            sender: "1".into(),
            language: None,
            event: Event::Text { text },
        }])
    }

    async fn register(&self, _: &CancellationToken) {}
}

/// A database that nobody stands in yet, in December 2018.
async fn door() -> (Door, Guard) {
    let (db, guard) = fresh_db(Engine::Sqlite).await;
    let clock = ManualClock::new("2018-12-10T01:30:00Z".parse().expect("an instant"));
    let settings = Config::load(None, []).expect("the defaults are right");
    let practice = diudat::app::practice(&settings, &db, clock.now()).await.expect("the ways");
    let notice_file_max = i64::try_from(FILE_LIMIT).unwrap();
    let practice = Arc::new(Practice { notice_file_max, ..practice });
    (Door { db, clock: Clock::Manual(clock), practice }, guard)
}

static ARRIVED: Statement = Statement {
    name: "ARRIVED",
    sqlite: "SELECT id, name, content FROM notice_file WHERE state = 'arrived' ORDER BY id",
    postgres: "",
    takes: &[],
};

static READINGS: Statement = Statement {
    name: "READINGS",
    sqlite: "SELECT 1 FROM audit WHERE read_on IS NOT NULL",
    postgres: "",
    takes: &[],
};

/// What the office is about, and has done.
const BUSINESS: &str = "
    INSERT INTO notice_draft SELECT id, 'Mời họp', '[]', 0 FROM person WHERE code = 'NS-027';
    INSERT INTO notice SELECT 7, p.id, u.id, 'Kế hoạch', 0, NULL, 'none', NULL
        FROM person p, unit u WHERE p.code = 'NS-027' AND u.parent_id IS NULL;
    INSERT INTO notice_unit SELECT 7, id, 0, 0, 0, 0 FROM unit WHERE code = 'CB-02';
    INSERT INTO notice_file SELECT 1, id, 'sent', 'sent', 7, 'Kế hoạch.pdf', 13, 'JVBERiB0aGUgcGxhbg==', 0
        FROM person WHERE code = 'NS-027';
    INSERT INTO meeting (id, unit_id, kind, period, starts_at, place, revision, state)
        SELECT 7, id, 'regular', '2018-12', 1543993200000, 'Phòng họp', 1, 'closed'
        FROM unit WHERE code = 'CB-02';
    INSERT INTO meeting_sheet (meeting_id, opened_at, chair_id, closed_at)
        SELECT 7, 1543993200000, id, 1544000400000 FROM person WHERE code = 'NS-010';
    INSERT INTO paper_number SELECT id, 'minutes', '', 1, 7, 1544000400000
        FROM unit WHERE code = 'CB-02';";

pub struct Stage {
    pub memory: Arc<Memory>,
    pub channel: Arc<WebChannel>,
    pub door: Door,
    guard: Guard,
    pub address: SocketAddr,
    pub shutdown: CancellationToken,
    pub server: JoinHandle<std::io::Result<()>>,
}

impl Stage {
    pub async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn demo() -> Self {
        Self::with(|site| {
            site.demo = Some(Arc::new(Panel(Mutex::new(local("2018-11-26T08:00:00")))));
        })
        .await
    }

    pub async fn with(change: impl FnOnce(&mut Site)) -> Self {
        Self::limited(Limits::default(), change).await
    }

    pub async fn limited(limits: Limits, change: impl FnOnce(&mut Site)) -> Self {
        let memory = Arc::new(Memory::default());
        let channel =
            Arc::new(WebChannel::new(memory.clone(), Disclosure::Names, *b"a run of the app"));
        let shutdown = CancellationToken::new();
        let (door, guard) = door().await;
        let mut site = Site {
            organisation: "Đảng bộ & <Cơ quan>".into(),
            lang: Language::Vi,
            zone: chrono_tz::Asia::Ho_Chi_Minh,
            public_url: None,
            channel: channel.clone(),
            accept: memory.clone(),
            directory: memory.clone(),
            door: door.clone(),
            readiness: memory.clone(),
            webhooks: vec![Webhook {
                path: "/platform/webhook".into(),
                source: Arc::new(Platform),
            }],
            metrics: None,
            demo: None,
            chance,
            shutdown: shutdown.clone(),
        };
        change(&mut site);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let server = tokio::spawn(serve(listener, router(site), limits, shutdown.clone()));
        Self { memory, channel, door, guard, address, shutdown, server }
    }

    /// Brings in the invented organisation, with this chat as its office: a notice is being written,
    /// notice 7 has a file, and meeting 7 of Phòng 1 is closed with minutes.
    pub async fn is_the_office(&self, chat: &str) {
        let mut tx = self.door.db.begin().await.unwrap();
        seed::demo(&mut tx, self.door.clock.now()).await.expect("the demo loads");
        let person = people::by_code(&mut tx, "NS-027").await.unwrap().expect("the office");
        let now = self.door.clock.now();
        accounts::bind(&mut tx, "web", chat, person, "office", now).await.unwrap();
        tx.commit().await.unwrap();
        sql(&self.guard.url, BUSINESS).await;
        let mai = Acquaintance { name: "Trần Thị Mai".into(), lang: None };
        self.memory.known.lock().unwrap().insert(chat.to_owned(), mai);
    }

    /// The files that arrived and are not decided on: their ids, names and contents.
    pub async fn files(&self) -> Vec<(i64, String, Vec<u8>)> {
        let rows: Vec<(i64, String, String)> =
            self.door.db.read().await.unwrap().all(&ARRIVED, Vec::new()).await.unwrap();
        let decoded = |content: &str| STANDARD.decode(content).expect("base64");
        rows.into_iter().map(|(id, name, content)| (id, name, decoded(&content))).collect()
    }

    /// How often a paper or a file was written down as read.
    pub async fn readings(&self) -> usize {
        let rows: Vec<(i64,)> =
            self.door.db.read().await.unwrap().all(&READINGS, Vec::new()).await.unwrap();
        rows.len()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A browser that has opened `/`.
    pub async fn visitor(&self) -> Browser {
        self.at("/").await
    }

    /// A browser that has opened this page.
    pub async fn at(&self, path: &str) -> Browser {
        let mut browser = Browser {
            client: client(),
            base: self.url(""),
            path: path.trim_end_matches('/').to_owned(),
            cookie: None,
            form: String::new(),
            after: String::new(),
        };
        browser.open(path).await;
        browser
    }
}

pub fn client() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .build()
        .expect("a client")
}

pub struct Browser {
    pub client: Client,
    base: String,
    /// What stands before `/say`.
    path: String,
    pub cookie: Option<String>,
    pub form: String,
    pub after: String,
}

impl Browser {
    /// Loads a page, keeps its cookie and form token, and gives its HTML.
    pub async fn open(&mut self, path: &str) -> String {
        let mut request = self.client.get(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        if let Some(cookie) = response.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("plain text");
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let html = response.text().await.expect("a page");
        self.form = attribute(&html, "data-form");
        self.after = attribute(&html, "data-after");
        html
    }

    /// The bare answer of an address, asked with the visitor's cookie.
    pub async fn get(&self, path: &str) -> Response {
        let mut request = self.client.get(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.send().await.expect("an answer")
    }

    /// The chat of this visitor, as the inbox and the database know it.
    pub async fn chat(&self, stage: &Stage) -> String {
        self.say("first-word", "xin chào").await;
        let inbox = stage.memory.inbox();
        inbox.last().expect("it was accepted").chat.clone()
    }

    pub async fn say(&self, key: &str, text: &str) -> Response {
        let headers = HeaderMap::from_iter([(ACCEPT, "application/json".parse().unwrap())]);
        self.post("/say", &[("form", &self.form), ("key", key), ("text", text)], headers).await
    }

    pub async fn post(&self, to: &str, form: &[(&str, &str)], headers: HeaderMap) -> Response {
        let to = if to.starts_with("/demo") { to.to_owned() } else { format!("{}{to}", self.path) };
        let mut request =
            self.client.post(format!("{}{to}", self.base)).form(form).headers(headers);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.send().await.expect("an answer")
    }

    /// Asks for the event stream from a bookmark on.
    pub async fn ask_to_follow(&self, after: &str) -> Response {
        let mut request = self
            .client
            .get(format!("{}{}/events", self.base, self.path))
            .query(&[("after", after)]);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.send().await.expect("an answer")
    }

    /// The event stream from where the page was made.
    pub async fn follow(&self) -> Events {
        self.follow_from(&self.after).await
    }

    pub async fn follow_from(&self, after: &str) -> Events {
        let response = self.ask_to_follow(after).await;
        assert_eq!(response.status(), StatusCode::OK);
        Events::of(response)
    }
}

/// The value of the first attribute of this name.
pub fn attribute(html: &str, name: &str) -> String {
    let (_, rest) = html.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("no {name}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

pub struct Events {
    response: Response,
    read: String,
}

#[derive(Debug)]
pub struct Received {
    pub name: String,
    pub id: String,
    pub data: serde_json::Value,
}

impl Events {
    pub fn of(response: Response) -> Self {
        Self { response, read: String::new() }
    }

    /// The next event, whatever it is; panics when none comes.
    pub async fn next(&mut self) -> Received {
        self.maybe_next().await.expect("the stream has ended")
    }

    /// The next event, or `None` when the server has ended the stream.
    pub async fn maybe_next(&mut self) -> Option<Received> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| {
                    let line = event.lines().find_map(|line| line.strip_prefix(name));
                    line.unwrap_or_default().trim().to_owned()
                };
                let data = serde_json::from_str(&field("data:")).unwrap_or_default();
                let received = Received { name: field("event:"), id: field("id:"), data };
                self.read = rest.to_owned();
                return Some(received);
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk())
                .await
                .expect("an event in time");
            let chunk = chunk.ok().flatten()?;
            self.read.push_str(std::str::from_utf8(&chunk).expect("whole letters"));
        }
    }

    /// The next event, which must be of this name.
    pub async fn expect(&mut self, name: &str) -> Received {
        let event = self.next().await;
        assert_eq!(event.name, name, "{event:?}");
        event
    }
}
