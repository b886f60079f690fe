//! One process of the program: the real [`App`] with the real Telegram channel, on a clock that the
//! harness moves by lines on standard input. It is this very executable, started once more, and
//! does nothing by itself that `serve` would not do.

use std::io::BufRead;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use diudat::app::{self, App, Parts, Times};
use diudat::backoff::Backoff;
use diudat::channels::telegram::{Telegram, TelegramSettings};
use diudat::clock::{Clock, ManualClock, from_millis};
use diudat::config::Config;
use diudat::delivery::Limits;
use diudat::message::{Channel, Disclosure, Pace};
use diudat::store::{Bots, Db};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

/// Messages on their way at once.
pub const PARALLEL: usize = 8;
/// A take-over within a second or two, and yet no deposition because the machine is busy.
const TIMES: Times = Times {
    beat: Duration::from_millis(150),
    trust: Duration::from_millis(700),
    patience: Duration::from_millis(1200),
};
const SLOW: Duration = Duration::from_secs(2);

/// What a node is told at its start.
#[derive(Clone, Serialize, Deserialize)]
pub struct Orders {
    pub database: String,
    pub api: String,
    pub token: String,
    /// Where its clock stands, epoch milliseconds.
    pub at: i64,
    /// Whether it asks for the lease; one that does not is a planted bug.
    pub lease: bool,
    /// Whether its clock is watched; one that is not is a planted bug.
    pub watched: bool,
}

/// The settings of a run, for the program and for its oracle. A dialogue outlives the jumps of the
/// clock, there are no quiet hours and no ladder: what becomes of these is for the tests of
/// conversations, and the oracle's rules stay those of what a meeting always brings.
pub fn settings() -> Config {
    let variables = [
        ("DIUDAT__RETENTION__SESSION_HOURS", "20000"),
        ("DIUDAT__REMINDERS__QUIET_HOURS", ""),
        ("DIUDAT__REMINDERS__LADDER_DEPUTY_HOURS", ""),
        ("DIUDAT__REMINDERS__LADDER_SECRETARY_HOURS", ""),
        ("DIUDAT__REMINDERS__LADDER_COMMITTEE_HOURS", ""),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Config::load(None, variables).expect("the settings are right")
}

/// Serves until it is told to stop or its harness is gone.
pub fn run(orders: Orders) -> ExitCode {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
    let done = runtime.block_on(serve(orders));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the node ends: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(orders: Orders) -> Result<(), Box<dyn std::error::Error>> {
    let settings = settings();
    app::start_logging(&settings.log);
    let manual = ManualClock::new(from_millis(orders.at));
    if orders.watched {
        manual.let_go();
    }
    let clock = Clock::Manual(manual.clone());
    let shutdown = CancellationToken::new();
    obey(manual, shutdown.clone());
    let db = Db::open(&orders.database, 6).await?;
    let telegram = Arc::new(telegram(&orders)?);
    let app = Arc::new(App::new(Parts {
        practice: Arc::new(app::practice(&settings, &db, clock.now()).await?),
        channels: [("telegram".to_owned(), telegram.clone() as Arc<dyn Channel>)].into(),
        bots: Bots::new(["telegram"]),
        invite_key: b"harness".as_slice().into(),
        limits: Limits {
            parallel: PARALLEL,
            held: 1024,
            claim: 64,
            attempts: 60,
            retry: Backoff::steady(Duration::from_secs(1), Duration::from_secs(8)),
        },
        retention: app::retention(&settings.retention),
        lease: orders.lease.then_some(TIMES),
        db: db.clone(),
        clock,
    }));
    let telling = tokio::spawn(tell_accessions(app.clone()));
    let polling = tokio::spawn(app::poll_while_leading(telegram, app.clone(), shutdown.clone()));
    let outcome = app.run(shutdown.clone()).await;
    shutdown.cancel();
    polling.await?;
    telling.abort();
    db.close().await;
    Ok(outcome?)
}

/// `clock MILLIS`, `leap MILLIS` and `stop`; the end of the input is the end of the harness.
fn obey(clock: ManualClock, shutdown: CancellationToken) {
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            match line.split_once(' ') {
                Some(("clock", millis)) => {
                    clock.set(from_millis(millis.parse().expect("milliseconds")));
                }
                Some(("leap", millis)) => {
                    clock.leap(from_millis(millis.parse().expect("milliseconds")));
                }
                _ => shutdown.cancel(),
            }
        }
        std::process::exit(3);
    });
}

fn telegram(orders: &Orders) -> Result<Telegram, impl std::error::Error + 'static> {
    Telegram::new(TelegramSettings {
        bot: "telegram".to_owned(),
        token: orders.token.clone().into(),
        api_url: orders.api.clone(),
        proxy: None,
        poll_timeout: Duration::from_secs(5),
        request_timeout: SLOW,
        connect_timeout: SLOW / 2,
        backoff: Backoff::steady(Duration::from_millis(40), Duration::from_millis(300)),
        conflict_pause: Duration::from_millis(200),
        webhook_url: None,
        webhook_secret: None,
        disclosure: Disclosure::Codes,
        page: None,
        pace: Pace { per_second: 30, per_chat_second: 1, per_group_minute: 20 },
    })
}

/// Tells the harness of each accession.
async fn tell_accessions(app: Arc<App>) {
    let mut leads = app.leads();
    while leads.wait_for(|leads| *leads).await.is_ok() {
        println!("leading");
        if leads.wait_for(|leads| !*leads).await.is_err() {
            return;
        }
    }
}
