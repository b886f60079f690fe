//! `serve` and `demo`: the program with its web pages, until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::NaiveDateTime;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Failed, say as print_line};
use crate::app::{
    self, App, Demo, FileDesk, PaperDesk, Parts, SetupError, Times, sixteen_bytes,
    until_told_to_stop,
};
use crate::channels::telegram::Telegram;
use crate::channels::telegram::webhook::{self as telegram_webhook, WebhookError};
use crate::channels::web::WebChannel;
use crate::clock::{Clock, ManualClock};
use crate::config::{Config, TelegramMode};
use crate::delivery::Channels;
use crate::http::{
    self, Counts, Limits, Metrics, PartState, Readiness, Site, StoredChats, UpdateError, Webhook,
    WebhookSource,
};
use crate::message::{Channel, Incoming};
use crate::render::Lang;
use crate::store::{Bots, Db, seed};

/// Where the demo listens if it can.
const DEMO_PORT: u16 = 8080;

/// How long stopping in order may take before it is done the hard way.
const GRACE: Duration = Duration::from_secs(20);

/// The bots a server answers for, whether or not they are switched on; the console has its own
/// process.
const SERVED: [&str; 3] = ["telegram", "zalo", "web"];

/// The real thing.
pub(super) async fn serve(settings: Config) -> Result<(), Failed> {
    let db = app::open_database(&settings.database).await?;
    let clock = Clock::System;
    let telegram = app::telegram(&settings.telegram, settings.http.public_url.as_ref())?;
    let house = house(&settings, db, clock, telegram.clone(), Some(Times::default())).await?;
    let shutdown = CancellationToken::new();
    let listener = match settings.http.enabled {
        true => Some(listen(&settings.http.listen.to_string()).await?),
        false => None,
    };
    if telegram.is_none() {
        tracing::info!("no telegram.token: Telegram is off");
    }
    let work = TaskTracker::new();
    if let Some(listener) = listener {
        let address = listener.local_addr()?;
        let router = http::router(house.site(&settings, None, &telegram, &shutdown));
        work.spawn(http::serve(listener, router, Limits::default(), shutdown.clone()));
        tracing::info!(%address, "listening");
    }
    if let Some(telegram) = telegram {
        receive(&settings, telegram, &house, &work, &shutdown);
    }
    house.run(work, shutdown).await
}

/// An invented organisation in a database that is thrown away, in the browser.
pub(super) async fn demo(
    mut settings: Config,
    port: Option<u16>,
    at: NaiveDateTime,
) -> Result<(), Failed> {
    let folder = tempfile::Builder::new().prefix("diudat-demo-").tempdir()?;
    let file = folder.path().join("demo.db");
    settings.org.name = None;
    settings.http.enabled = true;
    settings.web.enabled = true;
    let db = Db::open(&format!("sqlite://{}", file.display()), 4).await?;
    let mut tx = db.begin().await?;
    seed::demo(&mut tx, Clock::System.now()).await.map_err(|e| Failed::Refused(e.to_string()))?;
    tx.commit().await?;

    let zone = app::practice(&settings, &db, Clock::System.now()).await?;
    let manual = ManualClock::new(zone.instant(at));
    let house = house(&settings, db, Clock::Manual(manual.clone()), None, None).await?;
    let panel = Demo::prepare(house.app.clone(), house.web.clone(), manual).await?;
    let shutdown = CancellationToken::new();
    // A visitor who did not ask for a port does not care which it is.
    let listener = match listen(&format!("127.0.0.1:{}", port.unwrap_or(DEMO_PORT))).await {
        Err(_) if port.is_none() => listen("127.0.0.1:0").await?,
        listened => listened?,
    };
    let address = listener.local_addr()?;
    let router = http::router(house.site(&settings, Some(Arc::new(panel)), &None, &shutdown));
    let work = TaskTracker::new();
    work.spawn(http::serve(listener, router, Limits::default(), shutdown.clone()));
    print_line!("Dìu Dắt: http://{address}/");
    print_line!("An invented organisation; Ctrl-C ends it and forgets everything.");
    house.run(work, shutdown).await
}

async fn listen(address: &str) -> Result<TcpListener, SetupError> {
    TcpListener::bind(address)
        .await
        .map_err(|reason| SetupError::Listen { address: address.to_owned(), reason })
}

/// The app and its web channel, before anything runs.
struct House {
    app: Arc<App>,
    web: Arc<WebChannel>,
    chats: StoredChats,
}

async fn house(
    settings: &Config,
    db: Db,
    clock: Clock,
    telegram: Option<Arc<Telegram>>,
    lease: Option<Times>,
) -> Result<House, Failed> {
    let practice = Arc::new(app::practice(settings, &db, clock.now()).await?);
    let chats = StoredChats { db: db.clone(), clock: clock.clone(), zone: practice.zone };
    let disclosure = app::disclosure(settings.web.disclosure);
    let web = Arc::new(WebChannel::new(Arc::new(chats.clone()), disclosure, sixteen_bytes()));
    let mut channels = Channels::new();
    if settings.web.enabled && settings.http.enabled {
        channels.insert(web.bot().to_owned(), web.clone());
    }
    if let Some(telegram) = telegram {
        channels.insert(telegram.bot().to_owned(), telegram);
    }
    let app = Arc::new(App::new(Parts {
        invite_key: app::invite_key(settings, &db).await?,
        limits: app::limits(&settings.delivery),
        retention: app::retention(&settings.retention),
        bots: Bots::new(SERVED),
        lease,
        practice,
        channels,
        clock,
        db,
    }));
    Ok(House { app, web, chats })
}

impl House {
    fn site(
        &self,
        settings: &Config,
        demo: Option<Arc<dyn http::DemoPanel>>,
        telegram: &Option<Arc<Telegram>>,
        shutdown: &CancellationToken,
    ) -> Site {
        let practice = &self.app.practice;
        let source = telegram.clone().filter(|_| settings.telegram.mode == TelegramMode::Webhook);
        let webhooks = source.map(|telegram| Webhook {
            path: "/telegram/webhook",
            source: Arc::new(TelegramDoor(telegram)),
        });
        Site {
            organisation: practice.organisation.clone(),
            lang: practice.language.parse().unwrap_or(Lang::Vi),
            zone: practice.zone,
            public_url: settings.http.public_url.as_ref().map(ToString::to_string),
            channel: self.web.clone(),
            accept: self.app.inbox.clone(),
            directory: Arc::new(self.chats.clone()),
            papers: Arc::new(PaperDesk {
                db: self.app.db.clone(),
                clock: self.app.clock.clone(),
                practice: practice.clone(),
                disclosure: app::disclosure(settings.web.disclosure),
            }),
            files: Arc::new(FileDesk {
                db: self.app.db.clone(),
                clock: self.app.clock.clone(),
                practice: practice.clone(),
            }),
            readiness: Arc::new(Ready { db: self.app.db.clone(), telegram: telegram.clone() }),
            webhooks: webhooks.into_iter().collect(),
            metrics: settings
                .http
                .metrics_token
                .clone()
                .map(|token| Metrics { token, counts: Arc::new(Counted(self.app.clone())) }),
            demo,
            chance: sixteen_bytes,
            shutdown: shutdown.clone(),
        }
    }

    /// Runs until a signal, then stops in order: no new updates, handled ones answered, what is
    /// in flight brought home.
    async fn run(self, work: TaskTracker, shutdown: CancellationToken) -> Result<(), Failed> {
        let mut running = tokio::spawn(self.app.clone().run(shutdown.clone()));
        tokio::select! {
            () = until_told_to_stop() => tracing::info!("stopping"),
            ended = &mut running => {
                shutdown.cancel();
                return match ended {
                    Ok(outcome) => Ok(outcome?),
                    Err(error) => Err(Failed::Refused(error.to_string())),
                };
            }
        }
        shutdown.cancel();
        work.close();
        let orderly = async {
            work.wait().await;
            running.await
        };
        let stopped = tokio::select! {
            stopped = tokio::time::timeout(GRACE, orderly) => stopped,
            () = until_told_to_stop() => {
                return Err(Failed::Refused("told twice to stop: stopped at once".to_owned()));
            }
        };
        self.app.db.close().await;
        match stopped {
            Ok(Ok(outcome)) => Ok(outcome?),
            Ok(Err(error)) => Err(Failed::Refused(error.to_string())),
            Err(_) => Err(Failed::Refused("stopping took too long: stopped at once".to_owned())),
        }
    }
}

/// Starts receiving from Telegram in the way the settings say.
fn receive(
    settings: &Config,
    telegram: Arc<Telegram>,
    house: &House,
    work: &TaskTracker,
    shutdown: &CancellationToken,
) {
    let shutdown = shutdown.clone();
    match (&settings.telegram.mode, &settings.telegram.webhook_url) {
        (TelegramMode::Webhook, Some(url)) => {
            let url = url.to_string();
            work.spawn(async move { telegram_webhook::run(&telegram, &url, &shutdown).await });
        }
        _ => {
            work.spawn(app::poll_while_leading(telegram, house.app.clone(), shutdown));
        }
    }
}

/// Telegram's updates as the web server takes them in.
struct TelegramDoor(Arc<Telegram>);

impl WebhookSource for TelegramDoor {
    fn header_name(&self) -> &str {
        "X-Telegram-Bot-Api-Secret-Token"
    }

    fn verify(&self, value: Option<&[u8]>) -> bool {
        self.0.verify_secret(value)
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Incoming>, UpdateError> {
        self.0.webhook_body(body).map_err(|error| match error {
            WebhookError::NotReady => UpdateError::TooEarly(error.to_string()),
            WebhookError::Malformed => UpdateError::Unreadable(error.to_string()),
        })
    }
}

/// What the app counts.
struct Counted(Arc<App>);

#[async_trait]
impl Counts for Counted {
    async fn text(&self) -> Option<String> {
        let text = self.0.metrics().await;
        text.inspect_err(|error| tracing::warn!(%error, "what waits cannot be counted")).ok()
    }
}

/// Whether the database answers, and Telegram knows us.
struct Ready {
    db: Db,
    telegram: Option<Arc<Telegram>>,
}

#[async_trait]
impl Readiness for Ready {
    async fn parts(&self) -> Vec<PartState> {
        let database = self.db.ping().await;
        let mut parts = vec![PartState {
            name: "database".to_owned(),
            ok: database.is_ok(),
            detail: if database.is_ok() { "answers" } else { "does not answer" }.to_owned(),
        }];
        if let Some(telegram) = &self.telegram {
            let known = telegram.identity().await;
            parts.push(PartState {
                name: "telegram".to_owned(),
                ok: known.is_ok(),
                detail: match known {
                    Ok(me) => format!("@{}", me.username),
                    Err(_) => "does not answer".to_owned(),
                },
            });
        }
        parts
    }
}
