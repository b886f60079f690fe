//! Several processes on one database: one leads, the others accept and stand by.

#[path = "../support/mod.rs"]
mod support;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use diudat::app::{App, Parts, Retention, RunError, Times};
use diudat::backoff::Backoff;
use diudat::clock::Clock;
use diudat::config::Config;
use diudat::delivery::Limits;
use diudat::message::{
    Accept, Capabilities, Channel, ChatKind, Disclosure, Event, Files, Incoming, Papers, Part,
    SendError, Sent,
};
use diudat::store::lease::{self, Fence};
use diudat::store::{Bots, Db, StoreError, accounts, people, seed};
use rstest_reuse::apply;
use support::{Engine, both_engines, fresh_db};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Quick enough for a test, slow enough for a busy machine.
const TIMES: Times = Times {
    beat: Duration::from_millis(150),
    trust: Duration::from_millis(600),
    patience: Duration::from_millis(1200),
};
/// Anything that should happen happens long before.
const PATIENCE: Duration = Duration::from_secs(30);

/// A platform that all replicas share; it writes down who sent what.
#[derive(Clone)]
struct Platform {
    replica: &'static str,
    sent: Arc<watch::Sender<Vec<(&'static str, String)>>>,
    capabilities: Arc<Capabilities>,
    /// Held by a test to keep a send in flight.
    gate: Arc<tokio::sync::RwLock<()>>,
    started: Arc<watch::Sender<usize>>,
}

#[async_trait]
impl Channel for Platform {
    fn bot(&self) -> &str {
        "shared"
    }
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }
    async fn send(&self, _: &str, part: &Part, _: &str) -> Result<Sent, SendError> {
        self.started.send_modify(|n| *n += 1);
        let _open = self.gate.read().await;
        self.sent.send_modify(|sent| sent.push((self.replica, part.plain())));
        Ok(Sent { external_id: Some(String::new()) })
    }
}

/// A process: its own runtime and its own connections, so that it can die as a process does.
struct Replica {
    app: Arc<App>,
    shutdown: CancellationToken,
    runtime: Runtime,
    running: tokio::task::JoinHandle<Result<(), RunError>>,
}

impl Replica {
    async fn start(s: &Shared, name: &'static str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let platform = Platform { replica: name, ..s.platform.clone() };
        let url = s.guard.url.clone();
        let app = runtime.spawn(async move { Arc::new(app(&url, platform).await) }).await.unwrap();
        let shutdown = CancellationToken::new();
        let running = runtime.spawn(app.clone().run(shutdown.clone()));
        Self { app, shutdown, runtime, running }
    }

    async fn leads(&self) {
        let mut leads = self.app.leads();
        let led = tokio::time::timeout(PATIENCE, leads.wait_for(|leads| *leads)).await;
        led.expect("leads in time").expect("the app lives");
    }

    async fn accepts(&self, id: &str, text: &str) {
        let incoming = Incoming {
            bot: "shared".to_owned(),
            external_id: id.to_owned(),
            chat: "NS-012".to_owned(),
            kind: ChatKind::Private,
            sender: "NS-012".to_owned(),
            language: None,
            event: Event::Text { text: text.to_owned() },
        };
        let app = self.app.clone();
        let accepted = self.runtime.spawn(async move { app.inbox.accept(vec![incoming]).await });
        accepted.await.unwrap().unwrap();
    }

    async fn stop(self) {
        self.shutdown.cancel();
        let stopped = tokio::time::timeout(PATIENCE, self.running).await;
        self.runtime.shutdown_background();
        stopped.expect("stops").unwrap().unwrap();
    }

    /// Dies without a word.
    fn dies(self) {
        self.runtime.shutdown_background();
    }
}

async fn app(url: &str, platform: Platform) -> App {
    let db = Db::open(url, 4).await.unwrap();
    let settings = Config::load(None, []).unwrap();
    let practice = diudat::app::practice(&settings, &db, Clock::System.now()).await.unwrap();
    App::new(Parts {
        db,
        clock: Clock::System,
        practice: Arc::new(practice),
        channels: [("shared".to_owned(), Arc::new(platform) as Arc<dyn Channel>)].into(),
        bots: Bots::new(["shared"]),
        invite_key: b"key".as_slice().into(),
        limits: Limits {
            parallel: 4,
            held: 100,
            claim: 20,
            attempts: 4,
            retry: Backoff::steady(Duration::from_secs(1), Duration::from_secs(5)),
        },
        retention: Retention {
            inbox: TimeDelta::days(7),
            outbox_bodies: TimeDelta::days(90),
            web_lines: TimeDelta::days(90),
        },
        lease: Some(TIMES),
    })
}

struct Shared {
    platform: Platform,
    guard: support::Guard,
}

async fn shared(engine: Engine) -> Shared {
    let (db, guard) = fresh_db(engine).await;
    let now = Clock::System.now();
    let mut tx = db.begin().await.unwrap();
    seed::demo(&mut tx, now).await.unwrap();
    let person = people::by_code(&mut tx, "NS-012").await.unwrap().unwrap();
    accounts::bind(&mut tx, "shared", "NS-012", person, "NS-012", now).await.unwrap();
    tx.commit().await.unwrap();
    let platform = Platform {
        replica: "",
        sent: Arc::default(),
        capabilities: Arc::new(Capabilities {
            buttons: true,
            edit: false,
            groups: false,
            text_limit: None,
            disclosure: Disclosure::Codes,
            papers: Papers::Elsewhere,
            files: Files::Elsewhere(None),
        }),
        gate: Arc::default(),
        started: Arc::default(),
    };
    db.close().await;
    Shared { platform, guard }
}

impl Shared {
    /// Who sent what, once there are this many messages.
    async fn sent(&self, count: usize) -> Vec<(&'static str, String)> {
        let mut sent = self.platform.sent.subscribe();
        let enough = sent.wait_for(|sent| sent.len() >= count);
        let all = tokio::time::timeout(PATIENCE, enough).await.expect("sent in time").unwrap();
        all.clone()
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn one_leads_and_what_the_other_accepts_is_answered_once(engine: Engine) {
    let s = shared(engine).await;
    let first = Replica::start(&s, "first").await;
    first.leads().await;
    let second = Replica::start(&s, "second").await;
    second.accepts("1", "/toi").await;
    second.accepts("1", "/toi").await;
    first.accepts("1", "/toi").await;
    assert_eq!(s.sent(1).await.len(), 1);
    assert!(!*second.app.leads().borrow());

    // A clean stop hands over at once, and nothing is answered again.
    first.stop().await;
    second.leads().await;
    second.accepts("2", "/toi").await;
    let sent = s.sent(2).await;
    assert_eq!(sent.iter().map(|(who, _)| *who).collect::<Vec<_>>(), ["first", "second"]);
    second.stop().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn when_the_leader_dies_a_standby_takes_over(engine: Engine) {
    let s = shared(engine).await;
    let first = Replica::start(&s, "first").await;
    first.leads().await;
    let second = Replica::start(&s, "second").await;
    first.dies();
    second.accepts("1", "/toi").await;
    second.leads().await;
    assert_eq!(s.sent(1).await[0].0, "second");
    second.stop().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn only_what_was_in_flight_comes_twice_after_a_death(engine: Engine) {
    let s = shared(engine).await;
    let first = Replica::start(&s, "first").await;
    first.leads().await;
    let shut = s.platform.gate.write().await;
    first.accepts("1", "/toi").await;
    let mut started = s.platform.started.subscribe();
    tokio::time::timeout(PATIENCE, started.wait_for(|n| *n == 1)).await.unwrap().unwrap();
    // The request is out; nobody will hear the answer.
    first.dies();
    drop(shut);
    let second = Replica::start(&s, "second").await;
    second.leads().await;
    second.accepts("2", "/trogiup").await;
    // The one that was in flight may have arrived; it comes once more, and so does nothing else.
    let mut sent = s.platform.sent.subscribe();
    let by = |sent: &[(&str, String)], name| sent.iter().filter(|(who, _)| *who == name).count();
    let both = sent.wait_for(|sent| by(sent, "second") == 2);
    let sent = tokio::time::timeout(PATIENCE, both).await.expect("sent in time").unwrap().clone();
    assert!(by(&sent, "first") <= 1, "{sent:?}");
    second.stop().await;
    assert_eq!(by(&s.sent(2).await, "second"), 2, "nothing came after");
}

/// A leader that slept through its deposition changes nothing.
#[apply(both_engines)]
#[tokio::test]
async fn a_deposed_leader_commits_nothing(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let take = async |name: &str| {
        let seen = lease::read(&mut db.read().await.unwrap()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let term = lease::take(&mut tx, name, &seen).await.unwrap().expect("free to take");
        tx.commit().await.unwrap();
        term
    };
    let fence = Fence::standing_by();
    let refused = fence.check(&mut db.begin().await.unwrap()).await;
    assert!(matches!(refused, Err(StoreError::Deposed)));
    let term = take("first").await;
    fence.raise(term);
    fence.check(&mut db.begin().await.unwrap()).await.unwrap();

    let seen = lease::read(&mut db.read().await.unwrap()).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    assert!(lease::beat(&mut tx, "first", term).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let stolen = lease::take(&mut tx, "second", &seen).await.unwrap();
    assert_eq!(stolen, None, "a beat that came in between is seen");
    tx.rollback().await.unwrap();

    assert_eq!(take("second").await, term + 1);
    let refused = fence.check(&mut db.begin().await.unwrap()).await;
    assert!(matches!(refused, Err(StoreError::Deposed)));
    let mut tx = db.begin().await.unwrap();
    assert!(!lease::beat(&mut tx, "first", term).await.unwrap());
    lease::give_back(&mut tx, "first", term).await.unwrap();
    tx.commit().await.unwrap();
    let seen = lease::read(&mut db.read().await.unwrap()).await.unwrap();
    assert_eq!(seen.holder, "second", "what is not held cannot be given back");
}
