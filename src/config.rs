//! The settings of one installation, read and checked once at start.
//!
//! Every key stands with its default in `config/default.toml`; this file gives it a type. Whoever
//! needs a setting is handed its section. Rules of the Party are not settings: they live in
//! `config/regulations.toml` with their citations. Errors here are read by the administrator on a
//! terminal, so they are plain English.

mod fields;
mod sources;
mod telegram;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

pub use fields::{Disclosure, Language, LogFormat, Receiving, Span};
pub use sources::{Error, Origin};
pub use telegram::Telegram;

/// All settings. Its `Debug` form shows no secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub org: Org,
    pub database: Database,
    pub http: Http,
    pub telegram: Telegram,
    pub web: Web,
    pub console: Console,
    pub invite: Invite,
    pub reminders: Reminders,
    pub meeting: Meeting,
    pub notices: Notices,
    pub figures: Figures,
    pub delivery: Delivery,
    pub log: Log,
    pub retention: Retention,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Org {
    /// `None`: the name of the topmost unit.
    #[serde(deserialize_with = "fields::optional")]
    pub name: Option<String>,
    /// Empty: left open on papers.
    pub locality: String,
    #[serde(deserialize_with = "fields::parsed")]
    pub timezone: Tz,
    #[serde(deserialize_with = "fields::parsed")]
    pub language: Language,
    /// A list of holidays in place of the built-in one.
    #[serde(deserialize_with = "fields::optional")]
    pub holidays: Option<PathBuf>,
    /// `None`: the numbers of papers never begin anew.
    #[serde(deserialize_with = "fields::optional")]
    pub term_start: Option<NaiveDate>,
    /// A list of rules in place of the built-in one.
    #[serde(deserialize_with = "fields::optional")]
    pub regulations: Option<PathBuf>,
    /// Which of these were set anywhere but in the built-in file: they go before what the database holds of
    /// the organisation.
    #[serde(skip)]
    pub chosen: BTreeSet<String>,
}

impl Org {
    /// Whether a setting of this section was chosen by whoever runs the program.
    pub fn chose(&self, name: &str) -> bool {
        self.chosen.contains(name)
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:…`, `postgres://…` or `postgresql://…`; may hold a password.
    #[serde(deserialize_with = "fields::parsed")]
    pub url: SecretString,
    #[serde(deserialize_with = "fields::count")]
    pub max_connections: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    pub enabled: bool,
    #[serde(deserialize_with = "fields::parsed")]
    pub listen: SocketAddr,
    #[serde(deserialize_with = "fields::optional")]
    pub public_url: Option<Url>,
    /// `None`: there is no `/metrics`.
    #[serde(deserialize_with = "fields::optional")]
    pub metrics_token: Option<SecretString>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    pub enabled: bool,
    #[serde(deserialize_with = "fields::parsed")]
    pub disclosure: Disclosure,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    #[serde(deserialize_with = "fields::parsed")]
    pub disclosure: Disclosure,
}

/// One-time codes that bind an account to a person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    #[serde(deserialize_with = "fields::count")]
    pub hours: u32,
    #[serde(deserialize_with = "fields::count")]
    pub failures_per_account_per_hour: u32,
    #[serde(deserialize_with = "fields::count")]
    pub failures_per_hour: u32,
    /// The HMAC key. `None`: one is made and kept in the database.
    #[serde(deserialize_with = "fields::optional")]
    pub secret: Option<SecretString>,
}

/// When reminders go out. Lists hold different numbers of at least 1, the largest first; an empty
/// one sends nothing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// Calendar days before a meeting.
    #[serde(deserialize_with = "fields::leads")]
    pub meeting_days: Vec<u32>,
    /// Hours before a meeting.
    #[serde(deserialize_with = "fields::leads")]
    pub meeting_hours: Vec<u32>,
    /// Working days before a meeting.
    #[serde(deserialize_with = "fields::leads")]
    pub prompt_working_days: Vec<u32>,
    /// Days before a limit of a candidate's case ends.
    #[serde(deserialize_with = "fields::leads")]
    pub limit_days: Vec<u32>,
    /// Days after such a limit has passed unmet.
    #[serde(deserialize_with = "fields::leads")]
    pub limit_overdue_days: Vec<u32>,
    #[serde(deserialize_with = "fields::parsed")]
    pub hour: NaiveTime,
    #[serde(deserialize_with = "fields::parsed")]
    pub report_due: NaiveTime,
    pub report_due_working_days: u32,
    /// From and to; `None`: whatever the hour.
    #[serde(deserialize_with = "fields::optional")]
    pub quiet_hours: Option<Span>,
    #[serde(deserialize_with = "fields::parsed")]
    pub snooze_afternoon: NaiveTime,
    /// Hours after the reports' deadline; `None`: never, as in the next two.
    #[serde(deserialize_with = "fields::optional")]
    pub ladder_deputy_hours: Option<u16>,
    #[serde(deserialize_with = "fields::optional")]
    pub ladder_secretary_hours: Option<u16>,
    #[serde(deserialize_with = "fields::optional")]
    pub ladder_committee_hours: Option<u16>,
    /// Calendar days before a meeting.
    pub summary_days: u32,
    #[serde(deserialize_with = "fields::parsed")]
    pub summary_hour: NaiveTime,
    /// Day of the month; beyond its end, its last day.
    #[serde(deserialize_with = "fields::count")]
    pub digest_day: u32,
    #[serde(deserialize_with = "fields::parsed")]
    pub digest_hour: NaiveTime,
    pub grace_hours: u32,
    #[serde(deserialize_with = "fields::count")]
    pub horizon_months: u32,
}

/// The regular meeting of a branch that has no rule of its own, and answers to any.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// In the words of the domain's recurrence rules, which parse it.
    pub rule: String,
    #[serde(deserialize_with = "fields::parsed")]
    pub time: NaiveTime,
    pub place: String,
    /// `next`, `previous` or `keep`.
    #[serde(deserialize_with = "fields::day_off")]
    pub day_off: String,
    /// 0: the secretary is never told.
    pub excused_in_row: u32,
    /// In the words of the domain, which parses them.
    pub agenda: Vec<String>,
    /// From which score on; each not more than the one before.
    pub score_good: u32,
    pub score_fair: u32,
    pub score_average: u32,
    pub majority_percent: u32,
}

/// Notices of the committee to branches.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// 0: nobody is reminded.
    pub remind_after_working_days: u32,
    /// Longest file of a notice, in KiB; 0: notices carry none.
    #[serde(deserialize_with = "fields::file_kib")]
    pub file_max_kib: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    #[serde(deserialize_with = "fields::count")]
    pub years: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    #[serde(deserialize_with = "fields::count")]
    pub parallel: u32,
    #[serde(deserialize_with = "fields::count")]
    pub attempts: u32,
    #[serde(deserialize_with = "fields::count")]
    pub claim: u32,
    #[serde(deserialize_with = "fields::count")]
    pub retry_first_seconds: u32,
    /// Not shorter than the first.
    #[serde(deserialize_with = "fields::count")]
    pub retry_longest_seconds: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    #[serde(deserialize_with = "fields::parsed")]
    pub format: LogFormat,
    /// What `tracing_subscriber::filter::Targets` takes.
    #[serde(deserialize_with = "fields::log_level")]
    pub level: String,
    pub slow_ms: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    #[serde(deserialize_with = "fields::count")]
    pub inbox_days: u32,
    #[serde(deserialize_with = "fields::count")]
    pub outbox_body_days: u32,
    #[serde(deserialize_with = "fields::count")]
    pub web_line_days: u32,
    #[serde(deserialize_with = "fields::count")]
    pub session_hours: u32,
    #[serde(deserialize_with = "fields::count")]
    pub button_hours: u32,
}

/// Keys whose values never appear in a message.
const SECRETS: [&[&str]; 2] =
    [&["database.url", "http.metrics_token", "invite.secret"], Telegram::SECRETS];

/// Whether something holds, the key that is wrong if it does not, and what was expected.
type Check = (bool, &'static str, &'static str);

impl Config {
    /// Reads the built-in defaults, then `file`, then those of `variables` that begin with
    /// `DIUDAT__` (the caller hands in the process environment). The first thing wrong ends it.
    pub fn load(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        let settings = sources::gather(file, variables)?;
        let mut config: Config = settings.read()?;
        config.org.chosen = settings.chosen("org");
        match config.contradiction() {
            Some((key, reason)) => Err(settings.wrong(key, reason)),
            None => Ok(config),
        }
    }

    /// The first setting that does not fit the others, or whose form its type cannot say.
    fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        let checks = [
            (
                is_database_url(self.database.url.expose_secret()),
                "database.url",
                "expected sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME",
            ),
            (
                is_absent_or(&self.http.metrics_token, |s| s.len() >= 16 && is_token_text(s)),
                "http.metrics_token",
                "expected at least 16 of A-Z a-z 0-9 _ -",
            ),
            (
                self.meeting.score_good >= self.meeting.score_fair
                    && self.meeting.score_fair >= self.meeting.score_average,
                "meeting.score_fair",
                "expected score_good, score_fair and score_average in falling order",
            ),
            (
                self.meeting.majority_percent < 100,
                "meeting.majority_percent",
                "expected a percentage below 100, because more than it is needed",
            ),
            (
                self.delivery.retry_first_seconds <= self.delivery.retry_longest_seconds,
                "delivery.retry_longest_seconds",
                "must not be less than delivery.retry_first_seconds",
            ),
        ];
        let checks = checks.into_iter().chain(self.telegram.checks(&self.http));
        checks.into_iter().find_map(|(holds, key, reason)| (!holds).then_some((key, reason)))
    }
}

fn is_absent_or(secret: &Option<SecretString>, test: impl Fn(&str) -> bool) -> bool {
    secret.as_ref().is_none_or(|secret| test(secret.expose_secret()))
}

fn is_database_url(url: &str) -> bool {
    let server = url.starts_with("postgres://") || url.starts_with("postgresql://");
    url.strip_prefix("sqlite:").is_some_and(|path| !path.trim_matches('/').is_empty())
        // Without a host, the query names a socket.
        || server && Url::parse(url).is_ok_and(|url| url.has_host() || url.query().is_some())
}

fn is_token_text(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
