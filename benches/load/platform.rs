//! A fake platform that costs as little as it can: HTTP by hand over kept connections, updates
//! serialised before anyone asks, and of what is sent only the chat is read. It checks nothing but
//! the pace; whether the program speaks correctly is what the strict fake of the tests is for.
//!
//! The driver writes commands to standard input and reads one line for each: `wait N` answers when
//! so many messages were sent or a second is over, `look` at once, both with [`Seen`] as JSON.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The most updates in one answer, as on the real one.
const BATCH: usize = 100;
/// What the pace is forgiven: two sends exactly apart do not arrive exactly apart.
const SLACK: Duration = Duration::from_millis(50);
/// Updates at a pace begin this long after the first poll.
const BREATH: Duration = Duration::from_millis(500);
/// The driver is answered at least this often.
const PATIENCE: Duration = Duration::from_secs(1);
const LOOK: Duration = Duration::from_millis(2);

#[derive(Clone, clap::Args)]
pub struct Settings {
    /// Updates to offer: one text a line, as `CHAT TEXT`.
    #[arg(long)]
    updates: Option<std::path::PathBuf>,
    /// How many of them a second; 0 offers all at once.
    #[arg(long, default_value_t = 0.0)]
    rate: f64,
    /// Messages allowed a second; 0 allows all.
    #[arg(long, default_value_t = 0)]
    limit: usize,
}

/// What the platform saw, in seconds since it started and milliseconds of delay.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// When this was said.
    pub now: f64,
    pub first_poll: f64,
    /// When the first update was handed out.
    pub first_update: f64,
    pub first_sent: f64,
    pub last_sent: f64,
    pub sent: usize,
    /// Messages refused because of the pace.
    pub refused: usize,
    /// Messages a second, from the second second on.
    pub rate: f64,
    /// Messages that answered an update, and how long after it was there.
    pub answers: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub worst_ms: f64,
}

struct State {
    started: Instant,
    /// Each with its chat, as JSON.
    updates: Vec<(i64, String)>,
    rate: f64,
    limit: usize,
    first_poll: Option<Instant>,
    first_update: Option<Instant>,
    /// Updates before this one are confirmed.
    confirmed: usize,
    /// Since when updates not answered yet were there, by chat.
    open: HashMap<i64, VecDeque<Instant>>,
    opened: usize,
    delays: Vec<Duration>,
    sent: Vec<Instant>,
    recent: VecDeque<Instant>,
    refused: usize,
}

struct World(Mutex<State>);

impl World {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub async fn serve(settings: Settings) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let world = Arc::new(World(Mutex::new(State::new(&settings))));
    println!("{port}");
    tokio::spawn({
        let world = world.clone();
        async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                tokio::spawn(converse(stream, world.clone()));
            }
        }
    });
    let mut commands = BufReader::new(tokio::io::stdin()).lines();
    while let Ok(Some(command)) = commands.next_line().await {
        if let Some(count) = command.strip_prefix("wait ") {
            let count: usize = count.parse().expect("a number");
            let end = Instant::now() + PATIENCE;
            while world.state().sent.len() < count && Instant::now() < end {
                tokio::time::sleep(LOOK).await;
            }
        }
        println!("{}", serde_json::to_string(&world.state().seen()).expect("JSON"));
    }
}

impl State {
    fn new(settings: &Settings) -> Self {
        let text = settings.updates.as_ref().map(std::fs::read_to_string);
        let text = text.transpose().expect("the updates can be read").unwrap_or_default();
        let updates = text.lines().enumerate().map(|(n, line)| {
            let (chat, said) = line.split_once(' ').expect("CHAT TEXT");
            let chat = chat.parse().expect("a chat");
            (chat, update(n, chat, said))
        });
        Self {
            started: Instant::now(),
            updates: updates.collect(),
            rate: settings.rate,
            limit: settings.limit,
            first_poll: None,
            first_update: None,
            confirmed: 0,
            open: HashMap::new(),
            opened: 0,
            delays: Vec::new(),
            sent: Vec::new(),
            recent: VecDeque::new(),
            refused: 0,
        }
    }

    /// How many updates are there by now; the others come when their time does.
    fn there(&self, now: Instant) -> usize {
        if self.rate == 0.0 {
            return self.updates.len();
        }
        let Some(begin) = self.first_poll.map(|at| at + BREATH) else { return 0 };
        let due = now.saturating_duration_since(begin).as_secs_f64() * self.rate;
        if now < begin { 0 } else { (due as usize + 1).min(self.updates.len()) }
    }

    /// When an update was, or will be, there.
    fn at(&self, n: usize, now: Instant) -> Instant {
        match self.first_poll {
            Some(poll) if self.rate > 0.0 => {
                poll + BREATH + Duration::from_secs_f64(n as f64 / self.rate)
            }
            _ => now,
        }
    }

    /// The updates from `offset` on; if there are none, when there will be.
    fn poll(&mut self, offset: Option<usize>, now: Instant) -> Result<String, Option<Instant>> {
        self.first_poll.get_or_insert(now);
        self.confirmed = offset.map_or(self.confirmed, |offset| offset.saturating_sub(1));
        let from = self.confirmed;
        let to = self.there(now).min(from + BATCH);
        if from >= to {
            return Err((from < self.updates.len()).then(|| self.at(from, now)));
        }
        self.first_update.get_or_insert(now);
        for n in self.opened..to {
            let at = self.at(n, now);
            self.open.entry(self.updates[n].0).or_default().push_back(at);
        }
        self.opened = self.opened.max(to);
        let batch: Vec<&str> =
            self.updates[from..to].iter().map(|(_, update)| update.as_str()).collect();
        Ok(format!(r#"{{"ok":true,"result":[{}]}}"#, batch.join(",")))
    }

    fn send(&mut self, chat: i64, now: Instant) -> String {
        if self.limit > 0 {
            while self.recent.front().is_some_and(|at| *at + Duration::from_secs(1) - SLACK <= now)
            {
                self.recent.pop_front();
            }
            if self.recent.len() >= self.limit {
                self.refused += 1;
                return r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}"#.to_owned();
            }
            self.recent.push_back(now);
        }
        self.sent.push(now);
        if let Some(since) = self.open.get_mut(&chat).and_then(VecDeque::pop_front) {
            self.delays.push(now.saturating_duration_since(since));
        }
        let id = self.sent.len();
        format!(
            r#"{{"ok":true,"result":{{"message_id":{id},"date":1543190400,"chat":{{"id":{chat},"type":"private","first_name":"A"}},"text":"x"}}}}"#
        )
    }

    fn seen(&self) -> Seen {
        let since = |at: Option<Instant>| {
            at.map_or(0.0, |at| at.saturating_duration_since(self.started).as_secs_f64())
        };
        let mut delays = self.delays.clone();
        delays.sort_unstable();
        let delay = |share: f64| {
            let at = ((delays.len() as f64 * share) as usize).min(delays.len().saturating_sub(1));
            delays.get(at).map_or(0.0, |delay| delay.as_secs_f64() * 1000.0)
        };
        let steady = self.sent.first().map(|at| *at + Duration::from_secs(1));
        let steady = steady.map_or(0, |from| self.sent.partition_point(|at| *at < from));
        let rate = match (self.sent.get(steady), self.sent.last()) {
            (Some(from), Some(to)) if to > from => {
                (self.sent.len() - steady - 1) as f64 / (*to - *from).as_secs_f64()
            }
            _ => 0.0,
        };
        Seen {
            now: since(Some(Instant::now())),
            first_poll: since(self.first_poll),
            first_update: since(self.first_update),
            first_sent: since(self.sent.first().copied()),
            last_sent: since(self.sent.last().copied()),
            sent: self.sent.len(),
            refused: self.refused,
            rate,
            answers: delays.len(),
            p50_ms: delay(0.5),
            p99_ms: delay(0.99),
            worst_ms: delay(1.0),
        }
    }
}

/// A private text message as the platform would send it.
fn update(n: usize, chat: i64, text: &str) -> String {
    let text = serde_json::Value::from(text);
    let mut update = String::with_capacity(320);
    let person = format!(r#""id":{chat},"first_name":"A""#);
    let _ = write!(
        update,
        r#"{{"update_id":{},"message":{{"message_id":{},"from":{{{person},"is_bot":false,"language_code":"vi"}},"chat":{{{person},"type":"private"}},"date":1543190400,"text":{text}}}}}"#,
        n + 1,
        n + 1,
    );
    update
}

/// Answers the requests of one connection, one after the other.
async fn converse(mut stream: TcpStream, world: Arc<World>) {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        let Some((head, length)) = read_head(&mut stream, &mut buffer).await else { return };
        while buffer.len() < head + length {
            match stream.read_buf(&mut buffer).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
        let method = method(&buffer[..head]);
        let body = std::str::from_utf8(&buffer[head..head + length]).unwrap_or_default();
        let answer = match method.as_str() {
            "sendmessage" | "editmessagetext" => {
                let chat = number(body, "\"chat_id\":").unwrap_or_default();
                world.state().send(chat, Instant::now())
            }
            "getupdates" => poll(&world, body).await,
            "getme" => ME.to_owned(),
            _ => r#"{"ok":true,"result":true}"#.to_owned(),
        };
        let status = if answer.starts_with(r#"{"ok":false"#) { "429 Slow" } else { "200 OK" };
        let response = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
            answer.len()
        );
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
        buffer.drain(..head + length);
    }
}

const ME: &str = r#"{"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"Bot","username":"load_bot","can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,"has_main_web_app":false}}"#;

/// Where the body begins, and how long it is.
async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<(usize, usize)> {
    loop {
        if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = std::str::from_utf8(&buffer[..at]).ok()?.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(Some(0), |length| length.trim().parse().ok())?;
            return Some((at + 4, length));
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// The last part of the path, in small letters.
fn method(head: &[u8]) -> String {
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let path = line.split(' ').nth(1).unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
}

/// The whole number after a key, in quotes or not.
fn number(body: &str, key: &str) -> Option<i64> {
    let rest = body[body.find(key)? + key.len()..].trim_start_matches([' ', '"']);
    let end = rest.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// Holds the request until there is something, as the real one does.
async fn poll(world: &World, body: &str) -> String {
    let offset = number(body, "\"offset\":").and_then(|offset| usize::try_from(offset).ok());
    let patience = number(body, "\"timeout\":").and_then(|wait| u64::try_from(wait).ok());
    let end = Instant::now() + Duration::from_secs(patience.unwrap_or_default().min(50));
    loop {
        let now = Instant::now();
        let polled = world.state().poll(offset, now);
        let next = match polled {
            Ok(answer) => return answer,
            Err(_) if now >= end => return r#"{"ok":true,"result":[]}"#.to_owned(),
            Err(next) => next.unwrap_or(end).min(end),
        };
        tokio::time::sleep(next - now).await;
    }
}
