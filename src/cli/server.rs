//! `serve` and `demo`: the program with its web pages, until it is told to stop.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::NaiveDateTime;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Failed, say as print_line};
use crate::app::{self, App, Demo, Parts, SetupError, Times, sixteen_bytes, until_told_to_stop};
use crate::channels::web::WebChannel;
use crate::channels::{Bot, MESSENGERS, web};
use crate::clock::{Clock, ManualClock};
use crate::config::Config;
use crate::delivery::Channels;
use crate::domain::code::InvitationCode;
use crate::http::{
    self, Counts, Limits, Metrics, PartState, Readiness, Site, StoredChats, Webhook, setup,
};
use crate::message::Channel;
use crate::operations::Door;
use crate::store::{Bots, Db, StoreError, file, installation, seed};

/// Where the demo listens if it can.
const DEMO_PORT: u16 = 8080;

/// How long stopping in order may take before it is done the hard way.
const GRACE: Duration = Duration::from_secs(20);

/// The real thing.
pub(super) async fn serve(settings: Config) -> Result<(), Failed> {
    let db = app::open_database(&settings.database).await?;
    let clock = Clock::System;
    let bots = bots(&settings)?;
    let mut listener = match settings.http.enabled {
        true => Some(listen(&settings.http.listen.to_string()).await?),
        false => None,
    };
    if !has_organisation(&db).await? {
        listener = match listener {
            Some(listener) => match begin(&settings, &db, clock.clone(), listener).await? {
                Some(listener) => Some(listener),
                None => return Ok(()),
            },
            None => {
                tracing::warn!("the database has no organisation yet: diudat init begins one");
                None
            }
        };
    }
    let house = house(&settings, db, clock, bots, Some(Times::default())).await?;
    let shutdown = CancellationToken::new();
    let work = TaskTracker::new();
    if let Some(listener) = listener {
        let address = listener.local_addr()?;
        let router = http::router(house.site(&settings, None, &shutdown));
        work.spawn(http::serve(listener, router, Limits::default(), shutdown.clone()));
        tracing::info!(%address, "listening");
    }
    house.receive(&work, &shutdown);
    house.run(work, shutdown).await
}

/// How often it is looked whether an organisation began otherwise.
const LOOKS: Duration = Duration::from_secs(2);

async fn has_organisation(db: &Db) -> Result<bool, StoreError> {
    Ok(!installation::is_empty(&mut db.read().await?).await?)
}

/// Serves the page on which an organisation begins until there is one, here or by another process; gives the
/// listener back. `None`: told to stop before.
async fn begin(
    settings: &Config,
    db: &Db,
    clock: Clock,
    listener: TcpListener,
) -> Result<Option<TcpListener>, Failed> {
    let practice = Arc::new(app::practice(settings, db, clock.now()).await?);
    let invite_key = app::invite_key(settings, db).await?;
    let code = InvitationCode::of_purpose(&invite_key, "setup");
    let (lang, zone, begun) = (practice.language, practice.zone, CancellationToken::new());
    // Those who come while one router takes the other's place wait at the door.
    let listener = listener.into_std()?;
    let kept = listener.try_clone()?;
    let listener = TcpListener::from_std(listener)?;
    let address = match &settings.http.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{}", listener.local_addr()?),
    };
    print_line!(
        "The database has no organisation yet: {}",
        file::shown_address(settings.database.url.expose_secret())
    );
    print_line!("Begin one at {address}/?ma={code}");
    print_line!("(code {code}; or in another terminal: diudat init)");
    let router = setup::router(setup::Setup {
        door: Door { db: db.clone(), clock, practice },
        lang,
        zone,
        code,
        invite_key,
        draw: || InvitationCode::draw(&mut app::generator()),
        begun: begun.clone(),
    });
    let mut serving = tokio::spawn(http::serve(listener, router, Limits::default(), begun.clone()));
    let told_to_stop = async {
        tokio::select! {
            () = until_told_to_stop() => true,
            () = begun.cancelled() => false,
            () = begun_elsewhere(db) => false,
        }
    };
    let stopped = told_to_stop.await;
    begun.cancel();
    (&mut serving).await.map_err(|error| Failed::Refused(error.to_string()))??;
    if stopped {
        db.close().await;
        return Ok(None);
    }
    print_line!("The organisation begins.");
    Ok(Some(TcpListener::from_std(kept)?))
}

/// Until another process made an organisation.
async fn begun_elsewhere(db: &Db) {
    loop {
        tokio::time::sleep(LOOKS).await;
        match has_organisation(db).await {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the database is out of reach"),
        }
    }
}

/// The bots of the messengers that are switched on.
fn bots(settings: &Config) -> Result<Vec<Arc<dyn Bot>>, SetupError> {
    let mut bots = Vec::new();
    for messenger in MESSENGERS {
        match app::bot(messenger, settings)? {
            Some(bot) => bots.push(bot),
            None => tracing::info!("no {0}.token: {0} is off", messenger.name),
        }
    }
    Ok(bots)
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
    let house = house(&settings, db, Clock::Manual(manual.clone()), Vec::new(), None).await?;
    let panel = Demo::prepare(house.app.clone(), house.web.clone(), manual).await?;
    let shutdown = CancellationToken::new();
    // A visitor who did not ask for a port does not care which it is.
    let listener = match listen(&format!("127.0.0.1:{}", port.unwrap_or(DEMO_PORT))).await {
        Err(_) if port.is_none() => listen("127.0.0.1:0").await?,
        listened => listened?,
    };
    let address = listener.local_addr()?;
    let router = http::router(house.site(&settings, Some(Arc::new(panel)), &shutdown));
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
    bots: Vec<Arc<dyn Bot>>,
}

async fn house(
    settings: &Config,
    db: Db,
    clock: Clock,
    bots: Vec<Arc<dyn Bot>>,
    lease: Option<Times>,
) -> Result<House, Failed> {
    let practice = Arc::new(app::practice(settings, &db, clock.now()).await?);
    let disclosure = settings.web.disclosure.into();
    let chats =
        StoredChats { db: db.clone(), clock: clock.clone(), zone: practice.zone, disclosure };
    let web = Arc::new(WebChannel::new(Arc::new(chats.clone()), disclosure, sixteen_bytes()));
    let mut channels = Channels::new();
    if settings.web.enabled && settings.http.enabled {
        channels.insert(web.bot().to_owned(), web.clone());
    }
    for bot in &bots {
        channels.insert(bot.bot().to_owned(), bot.clone());
    }
    // Whether or not they are switched on; the console has its own process.
    let served = MESSENGERS.iter().map(|messenger| messenger.name).chain([web::BOT]);
    let app = Arc::new(App::new(Parts {
        invite_key: app::invite_key(settings, &db).await?,
        limits: app::limits(&settings.delivery),
        retention: app::retention(&settings.retention),
        bots: Bots::new(served),
        lease,
        practice,
        channels,
        clock,
        db,
    }));
    Ok(House { app, web, chats, bots })
}

impl House {
    fn site(
        &self,
        settings: &Config,
        demo: Option<Arc<dyn http::DemoPanel>>,
        shutdown: &CancellationToken,
    ) -> Site {
        let practice = &self.app.practice;
        let webhooks = self.bots.iter().filter_map(|bot| {
            let path = format!("/{}/webhook", bot.bot());
            Some(Webhook { path, source: bot.clone().webhook()? })
        });
        Site {
            organisation: practice.organisation.clone(),
            lang: practice.language,
            zone: practice.zone,
            public_url: settings.http.public_url.as_ref().map(ToString::to_string),
            channel: self.web.clone(),
            accept: self.app.inbox.clone(),
            directory: Arc::new(self.chats.clone()),
            door: Door {
                db: self.app.db.clone(),
                clock: self.app.clock.clone(),
                practice: practice.clone(),
            },
            readiness: Arc::new(Ready { app: self.app.clone(), bots: self.bots.clone() }),
            webhooks: webhooks.collect(),
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

    /// Starts receiving from each messenger in the way its settings say.
    fn receive(&self, work: &TaskTracker, shutdown: &CancellationToken) {
        for bot in &self.bots {
            let (bot, shutdown) = (bot.clone(), shutdown.clone());
            match bot.clone().webhook() {
                Some(source) => work.spawn(async move { source.register(&shutdown).await }),
                None => work.spawn(app::poll_while_leading(bot, self.app.clone(), shutdown)),
            };
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

/// What the app counts.
struct Counted(Arc<App>);

#[async_trait]
impl Counts for Counted {
    async fn text(&self) -> Option<String> {
        let text = self.0.metrics().await;
        text.inspect_err(|error| tracing::warn!(%error, "what waits cannot be counted")).ok()
    }
}

/// Whether the database takes what is written, and each messenger knows us.
struct Ready {
    app: Arc<App>,
    bots: Vec<Arc<dyn Bot>>,
}

#[async_trait]
impl Readiness for Ready {
    async fn parts(&self) -> Vec<PartState> {
        let database = self.app.takes_writes().await;
        let mut parts = vec![PartState {
            name: "database".to_owned(),
            ok: database.is_ok(),
            detail: database.unwrap_or_else(|why| why),
        }];
        // Messages come and go all the same, so it is told and is no reason to be not ready.
        if self.app.practice.doubt.now().is_some() {
            parts.push(PartState {
                name: "clock".to_owned(),
                ok: true,
                detail: "in doubt: nothing is deleted or dropped; see diudat clock".to_owned(),
            });
        }
        for bot in &self.bots {
            let account = bot.account().await;
            parts.push(PartState {
                name: bot.bot().to_owned(),
                ok: account.is_ok(),
                detail: account.unwrap_or_else(|_| "does not answer".to_owned()),
            });
        }
        parts
    }
}
