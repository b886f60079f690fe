//! The HTTP side: our own chat page, the platforms' webhooks and the questions a supervisor asks.
//!
//! It turns requests into `message::Incoming` or asks `operations` what a guest wants to know or do, turns
//! lines and answers into HTML, and decides nothing about people. [`Site`] is all it needs to be given.

mod assets;
mod chat;
mod demo;
mod events;
mod files;
mod guard;
mod guest;
mod health;
mod lists;
mod metrics;
mod pace;
mod papers;
mod serve;
pub mod setup;
mod transcript;
mod view;
mod webhook;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::Redirect;
use axum::routing::{get, post};
use chrono_tz::Tz;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::channels::web::WebChannel;
use crate::disclosure::{self, Reading};
use crate::domain::language::Language;
use crate::message::{Accept, Channel, Disclosure, Phrase};
use crate::operations::{Door, Work};
use crate::render::say;

use guard::Trouble;

pub use demo::{ClockMove, DemoError, DemoMoved, DemoPanel, DemoPerson, demo_chat};
pub use health::{PartState, Readiness};
pub use metrics::{Counts, Metrics};
pub use serve::{Limits, serve};
pub use transcript::StoredChats;
pub use webhook::Webhook;

/// Longest body of a form: a text of 5,000 Vietnamese letters, each of which can take thirteen
/// bytes in a form, goes through.
const FORM_LIMIT: usize = 64 * 1024;
/// Longest body of a platform's update.
const UPDATE_LIMIT: usize = 1024 * 1024;
/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long handing over a file may take: five megabytes on a poor line.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(120);
/// How long moving the demo's clock may take: it runs everything that falls due on the way.
const MOVE_PATIENCE: Duration = Duration::from_secs(120);

/// What the pages need to know and to reach.
pub struct Site {
    /// Name of the organisation, as shown on top.
    pub organisation: String,
    /// The language of strangers.
    pub lang: Language,
    /// The zone in which times are shown.
    pub zone: Tz,
    /// Where browsers find us, `https://chat.example.vn`, if it is known.
    pub public_url: Option<String>,
    pub channel: Arc<WebChannel>,
    pub accept: Arc<dyn Accept>,
    pub directory: Arc<dyn Directory>,
    /// What a guest asks and does that is no talk.
    pub door: Door,
    pub readiness: Arc<dyn Readiness>,
    pub webhooks: Vec<Webhook>,
    /// `None`: there is no `/metrics`.
    pub metrics: Option<Metrics>,
    /// Set on a demo organisation only: opens the bar that moves the clock and lets a visitor be
    /// anyone.
    pub demo: Option<Arc<dyn DemoPanel>>,
    /// Sixteen unpredictable bytes at each call.
    pub chance: fn() -> [u8; 16],
    /// Ends the open event streams; give the same token to [`serve`].
    pub shutdown: CancellationToken,
}

/// Who is behind an account of the web chat.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The person the account speaks for; `None` for a stranger.
    async fn who(&self, account: &str) -> Result<Option<Acquaintance>, DirectoryError>;
}

/// A person the program knows, as far as a page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquaintance {
    pub name: String,
    /// `None`: the organisation's.
    pub lang: Option<Language>,
}

/// The directory could not be read; the cause is already logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the directory is out of reach now")]
pub struct DirectoryError;

/// A [`Site`] at work.
struct Desk {
    site: Site,
    streams: Arc<events::Streams>,
    pace: pace::Pace,
    /// Places for those who hand over files.
    uploads: Semaphore,
    demo: Option<demo::DemoDesk>,
    /// Makes the form tokens of demo pages, which have no cookie to make them from.
    secret: [u8; 16],
}

type Shared = Arc<Desk>;

impl Desk {
    /// How pages name people.
    fn disclosure(&self) -> Disclosure {
        self.site.channel.capabilities().disclosure
    }

    /// Sentences as whoever asks may read them.
    async fn say(
        &self,
        work: &mut Work<'_>,
        lang: Language,
        phrases: &[Phrase],
    ) -> Result<Vec<String>, Trouble> {
        let disclosure = self.disclosure();
        let reader = Some(work.me()?.id);
        let reading =
            Reading { reader, group: None, disclosure, phrases: phrases.iter().collect() };
        let today = work.today();
        let reader = disclosure::reader(work.tx, reading, today).await?;
        Ok(phrases.iter().map(|phrase| say(phrase, lang, disclosure, &reader)).collect())
    }
}

/// All routes of the program.
pub fn router(mut site: Site) -> Router {
    let webhooks = webhook::routes(std::mem::take(&mut site.webhooks), site.accept.clone())
        .layer(DefaultBodyLimit::max(UPDATE_LIMIT));
    let counts = metrics::routes(site.metrics.take());
    let demo = site.demo.clone().map(demo::DemoDesk::new);
    let desk: Shared = Arc::new(Desk {
        streams: Arc::default(),
        pace: Default::default(),
        uploads: Semaphore::new(files::AT_ONCE),
        secret: (site.chance)(),
        demo,
        site,
    });
    let pages = Router::new()
        .route("/", get(chat::page))
        // Whoever sends the form of the first page again.
        .route("/bat-dau", get(to_the_chat).post(to_the_chat))
        .route("/say", post(chat::say))
        .route("/tap", post(chat::tap))
        .route("/nguoi/{code}", get(chat::page))
        .route("/nguoi/{code}/say", post(chat::say))
        .route("/nguoi/{code}/tap", post(chat::tap))
        .route("/giay/{meeting}/{kind}", get(papers::fetch))
        .route("/nguoi/{code}/giay/{meeting}/{kind}", get(papers::fetch_as))
        .route("/tep/{notice}", get(files::fetch))
        .route("/nguoi/{code}/tep/{notice}", get(files::fetch_as))
        .route("/assets/{name}", get(assets::serve))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .merge(webhooks)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(counts)
        .layer(timeout(PATIENCE));
    let slow = Router::new().route("/demo/clock", post(demo::turn)).layer(timeout(MOVE_PATIENCE));
    let uploads = Router::new()
        .route("/tep", get(files::page).post(files::take))
        .route("/nguoi/{code}/tep", get(files::page).post(files::take))
        .layer(DefaultBodyLimit::max(files::BODY_LIMIT))
        .layer(timeout(UPLOAD_PATIENCE));
    let lists = Router::new()
        .route("/danh-sach", get(lists::page).post(lists::take))
        .route("/nguoi/{code}/danh-sach", get(lists::page).post(lists::take))
        .route("/danh-sach/mau", get(lists::template))
        .route("/nguoi/{code}/danh-sach/mau", get(lists::template))
        .layer(DefaultBodyLimit::max(lists::BODY_LIMIT))
        .layer(timeout(UPLOAD_PATIENCE));
    let streams = Router::new()
        .route("/events", get(events::follow))
        .route("/nguoi/{code}/events", get(events::follow));
    pages
        .merge(slow)
        .merge(uploads)
        .merge(lists)
        .merge(streams)
        .layer(middleware::from_fn_with_state(desk.clone(), guard::dress))
        .layer(TraceLayer::new_for_http().make_span_with(
            // Without the query: an invitation's code may stand in it.
            |request: &axum::extract::Request| {
                tracing::debug_span!("http", method = %request.method(), path = request.uri().path())
            },
        ))
        .with_state(desk)
}

async fn to_the_chat() -> Redirect {
    Redirect::to("/")
}

fn timeout(patience: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience)
}
