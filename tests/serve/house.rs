//! The program as a process: its commands, its settings, its start and its ends; and the people
//! who write to it.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::fake_telegram::{FakeTelegram, SentMessage};
use crate::support::{Engine, Guard, empty_place, sql};

/// Far longer than anything should take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The demo organisation, a Telegram and the program between them.
pub struct House {
    pub engine: Engine,
    pub fake: FakeTelegram,
    place: Guard,
    settings: Vec<(String, String)>,
    running: Option<Running>,
}

/// `diudat serve`.
struct Running {
    /// `None` once it has ended.
    child: Option<Child>,
    log: Arc<Log>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A process that somebody else waits for, and that must not outlive the test.
struct KilledInTheEnd(Option<u32>);

impl Drop for KilledInTheEnd {
    fn drop(&mut self) {
        if let Some(process) = self.0 {
            let _ = Command::new("kill").args(["-KILL", &process.to_string()]).status();
        }
    }
}

#[derive(Default)]
struct Log {
    text: Mutex<String>,
    grown: watch::Sender<()>,
}

impl Log {
    fn text(&self) -> String {
        self.text.lock().expect("no panic in the log").clone()
    }

    /// Takes down what comes out of a pipe, until the program ends.
    fn hear(self: &Arc<Self>, pipe: impl std::io::Read + Send + 'static) {
        let log = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                let _ = writeln!(log.text.lock().expect("no panic in the log"), "{line}");
                log.grown.send_replace(());
            }
        });
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the program said:\n{}", self.log());
        }
    }
}

/// Each person has one account on Telegram: NS-012 is 7000012.
pub fn user(code: &str) -> i64 {
    let number: i64 = code.trim_start_matches("NS-").parse().expect("a code like NS-012");
    7_000_000 + number
}

/// The database, the settings and the commands.
impl House {
    /// With the demo organisation in a fresh database and its meetings planned; nothing is running.
    pub async fn new(engine: Engine) -> Self {
        let house = Self::empty(engine).await;
        house.run(&["seed"]).await;
        // A conversation in which nobody says anything plans what is ahead.
        house.run(&["chat", "--as", "NS-060"]).await;
        house
    }

    /// On an empty database; nothing is running.
    pub async fn empty(engine: Engine) -> Self {
        let fake = FakeTelegram::start().await;
        let place = empty_place(engine).await;
        let settings = [
            ("DATABASE__URL", place.url.as_str()),
            ("TELEGRAM__TOKEN", &fake.token()),
            ("TELEGRAM__API_URL", &fake.url()),
            ("HTTP__LISTEN", "127.0.0.1:0"),
            // The machine's clock may stand anywhere: no reminder comes into these stories.
            ("REMINDERS__MEETING_DAYS", ""),
            ("REMINDERS__MEETING_HOURS", ""),
            ("REMINDERS__PROMPT_WORKING_DAYS", ""),
            ("REMINDERS__LADDER_DEPUTY_HOURS", ""),
            ("REMINDERS__LADDER_SECRETARY_HOURS", ""),
            ("REMINDERS__LADDER_COMMITTEE_HOURS", ""),
            // Nor is anything held for the night.
            ("REMINDERS__QUIET_HOURS", ""),
        ];
        let settings =
            settings.map(|(key, value)| (format!("DIUDAT__{key}"), value.to_owned())).to_vec();
        Self { engine, fake, place, settings, running: None }
    }

    /// The same, with the program running and these people's accounts bound.
    pub async fn open(mut self, codes: &[&str]) -> Self {
        self.start().await;
        self.bind(codes).await;
        self
    }

    pub fn set(&mut self, key: &str, value: &str) {
        self.settings.push((format!("DIUDAT__{key}"), value.to_owned()));
    }

    /// The settings as they are now, to come back to.
    pub fn mark(&self) -> usize {
        self.settings.len()
    }

    pub fn back_to(&mut self, mark: usize) {
        self.settings.truncate(mark);
    }

    pub fn database(&self) -> &str {
        &self.place.url
    }

    /// Changes rows behind the program's back.
    pub async fn sql(&self, text: &str) {
        sql(&self.place.url, text).await;
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diudat"));
        command.args(arguments).env_clear().stdin(Stdio::null());
        for (name, value) in &self.settings {
            command.env(name, value);
        }
        command
    }

    pub async fn outcome(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        let output = spawn_blocking(move || command.output());
        let done = tokio::time::timeout(PATIENCE, output).await;
        let done = done.unwrap_or_else(|_| panic!("{arguments:?} does not end"));
        done.expect("no panic").expect("the program runs")
    }

    /// Standard output of a command that must succeed.
    pub async fn run(&self, arguments: &[&str]) -> String {
        let output = self.outcome(arguments).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    pub async fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(arguments).await).expect("JSON")
    }

    /// A one-time code for each of these people.
    pub async fn invite(&self, codes: &[&str]) -> Vec<String> {
        let invited = self.json(&[&["invite", "--json"], codes].concat()).await;
        let invited = invited.as_array().expect("a list").iter();
        invited.map(|one| one["code"].as_str().expect("a code").to_owned()).collect()
    }

    /// The names of everyone who is no official member: none of them may be named to anybody.
    pub async fn candidates(&self) -> Vec<String> {
        let people = self.json(&["people", "--json"]).await;
        let people = people.as_array().expect("a list").iter();
        let names: Vec<String> = people
            .filter(|person| person["status"] != "official")
            .map(|person| person["name"].as_str().expect("a name").to_owned())
            .collect();
        assert!(names.iter().any(|name| name == "Trần Văn Bình"), "{names:?}");
        names
    }
}

/// Starting and ending.
impl House {
    /// Starts `serve` and waits until it receives.
    pub async fn start(&mut self) {
        let polls = self.fake.calls("getUpdates");
        self.spawn();
        self.fake.wait_for_calls("getUpdates", polls + 1).await;
    }

    /// Starts `serve` and waits for nothing.
    pub fn spawn(&mut self) {
        assert!(self.running.is_none(), "it is running");
        let mut command = self.command(&["serve"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let log = Arc::new(Log::default());
        log.hear(child.stdout.take().expect("the pipe asked for"));
        log.hear(child.stderr.take().expect("the pipe asked for"));
        self.running = Some(Running { child: Some(child), log });
    }

    /// What the running program has written.
    pub fn log(&self) -> String {
        self.running.as_ref().map(|running| running.log.text()).unwrap_or_default()
    }

    /// Where the running program's web server listens.
    pub async fn address(&self) -> SocketAddr {
        self.says("listening address=").await.parse().expect("an address")
    }

    /// Waits until the program has written something; the word behind it.
    pub async fn says(&self, what: &str) -> String {
        let log = self.running.as_ref().expect("it is running").log.clone();
        let mut grown = log.grown.subscribe();
        let said = async {
            loop {
                if let Some((_, after)) = self.log().split_once(what) {
                    return after.split_whitespace().next().unwrap_or_default().to_owned();
                }
                grown.changed().await.expect("the log outlives the wait");
            }
        };
        tokio::time::timeout(PATIENCE, said).await.unwrap_or_else(|_| panic!("it says {what}"))
    }

    /// Waits for the program to end by itself; the exit status, and what it wrote.
    pub async fn ends(&mut self) -> (ExitStatus, String) {
        let mut running = self.running.take().expect("it is running");
        let mut child = running.child.take().expect("it has not ended");
        let mut guard = KilledInTheEnd(Some(child.id()));
        let ended = spawn_blocking(move || child.wait());
        let Ok(ended) = tokio::time::timeout(PATIENCE, ended).await else {
            panic!("it does not end:\n{}", running.log.text())
        };
        guard.0 = None;
        // The thread that reads lets go of the log at its end.
        while Arc::strong_count(&running.log) > 1 {
            tokio::task::yield_now().await;
        }
        (ended.expect("no panic").expect("a status"), running.log.text())
    }

    /// `kill -9`.
    pub async fn kill(&mut self) {
        drop(self.running.take().expect("it is running"));
    }

    /// SIGTERM; the exit status, and everything it wrote to standard error.
    pub async fn terminate(&mut self) -> (ExitStatus, String) {
        let running = self.running.as_ref().expect("it is running");
        let process = running.child.as_ref().expect("it has not ended").id().to_string();
        let sent = Command::new("kill").args(["-TERM", &process]).status();
        assert!(sent.expect("there is a kill").success());
        self.ends().await
    }
}

/// People.
impl House {
    /// Binds the account of each of these people with a code, as they would.
    pub async fn bind(&self, codes: &[&str]) {
        if codes.is_empty() {
            return;
        }
        for (person, code) in codes.iter().zip(self.invite(codes).await) {
            self.fake.user_says(user(person), user(person), &format!("/start {code}"));
        }
        let bound =
            |person: &&str| self.has(user(person), "Tài khoản của đồng chí đã được xác nhận");
        self.fake.wait_until("everyone bound", |_| codes.iter().all(bound)).await;
    }

    /// Whether a message with these words stands in a chat.
    pub fn has(&self, chat: i64, words: &str) -> bool {
        self.fake.sent_to(chat).iter().any(|message| message.text.contains(words))
    }

    /// Waits until a message with these words stands in a chat; the newest of them.
    pub async fn sees(&self, chat: i64, words: &str) -> SentMessage {
        let what = format!("{words:?} in {chat}");
        self.fake.wait_until(&what, |_| self.has(chat, words)).await;
        let mut seen = self.fake.sent_to(chat);
        seen.retain(|message| message.text.contains(words));
        seen.pop().expect("it stands there")
    }

    /// Says something in private; the next message that comes.
    pub async fn asks(&self, user: i64, text: &str) -> SentMessage {
        self.says_in(user, user, text).await
    }

    /// Says something in a chat; the next message that comes there.
    pub async fn says_in(&self, user: i64, chat: i64, text: &str) -> SentMessage {
        let before = self.fake.sent_to(chat).len();
        self.fake.user_says(user, chat, text);
        self.next(chat, before, text).await
    }

    /// The message after the first `before` of a chat.
    pub async fn next(&self, chat: i64, before: usize, to: &str) -> SentMessage {
        let what = format!("an answer to {to:?} in {chat}");
        self.fake.wait_until(&what, |fake| fake.sent_to(chat).len() > before).await;
        self.fake.sent_to(chat).swap_remove(before)
    }

    /// Taps a button; the message after it was replaced in place.
    pub async fn taps(&self, user: i64, message: &SentMessage, label: &str) -> SentMessage {
        self.fake.user_taps(user, message.message_id, label);
        let what = format!("the message replaced after {label:?}");
        let now = |fake: &FakeTelegram| {
            let same = |m: &SentMessage| m.message_id == message.message_id;
            fake.sent().into_iter().find(same).expect("messages stay")
        };
        self.fake.wait_until(&what, |fake| now(fake).earlier.len() > message.earlier.len()).await;
        now(&self.fake)
    }

    /// Every text that stands or ever stood in a chat.
    pub fn everything_said(&self) -> Vec<String> {
        let texts = |message: SentMessage| {
            let labels = message.keyboard.into_iter().flatten().map(|key| key.label);
            message.earlier.into_iter().chain([message.text]).chain(labels).collect::<Vec<_>>()
        };
        self.fake.sent().into_iter().flat_map(texts).collect()
    }
}
