//! From settings to parts.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{Datelike, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;

use super::chance::{fraction, sixteen_bytes};
use super::housekeeping::Retention;
use crate::backoff::Backoff;
use crate::channels::{self, Bot, MESSENGERS, Messenger};
use crate::clock::Instant;
use crate::config::{self, Config};
use crate::delivery::Limits;
use crate::domain::calendar::{Calendar, HolidayList, Month};
use crate::domain::doubt::Doubt;
use crate::domain::language::Language;
use crate::domain::minutes::{AgendaItem, Bands};
use crate::domain::month::{Leads, Level};
use crate::domain::practice::{DigestHabit, InvitationLimits, MeetingHabit, Practice};
use crate::domain::quiet::Quiet;
use crate::domain::recurrence::Rule;
use crate::domain::regulations::{RegulationList, Regulations};
use crate::domain::typed::Typed;
use crate::store::{Db, StoreError, file, installation, units};

const HOLIDAYS: &str = include_str!("../../config/holidays.toml");
const REGULATIONS: &str = include_str!("../../config/regulations.toml");

/// Why the program cannot start; read by the administrator.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{file}: {reason}")]
    Listed { file: String, reason: String },
    #[error("meeting.rule: {0:?} is no rule; write for example \"day 3\" or \"weekday 1 mon\"")]
    Rule(String),
    #[error("meeting.agenda: {0:?} is no item of an agenda; see config/default.toml")]
    Agenda(String),
    #[error("{messenger}: {reason}")]
    Messenger { messenger: &'static str, reason: channels::Failure },
    #[error("the address {address} cannot be listened on: {reason}")]
    Listen { address: String, reason: std::io::Error },
    #[error(
        "there is no organisation in the database {database}; \"diudat init\" begins one, and \"diudat import\" \
         then takes in its lists; \"diudat restore\" loads a copy, \"diudat seed\" an invented one"
    )]
    NoOrganisation { database: String },
    #[error("{0}")]
    Other(String),
}

/// An error about the file of a database names it.
pub async fn open_database(settings: &config::Database) -> Result<Db, StoreError> {
    let url = settings.url.expose_secret();
    let opened = Db::open(url, settings.max_connections).await;
    opened.map_err(|error| naming_the_file(url, error))
}

/// A database that is there already and holds an organisation; none is made.
pub async fn open_organisation(settings: &config::Database) -> Result<Db, SetupError> {
    let url = settings.url.expose_secret();
    let nobody = || SetupError::NoOrganisation { database: file::shown_address(url) };
    let opened = Db::open_used(url, settings.max_connections).await;
    let db = opened.map_err(|error| naming_the_file(url, error))?.ok_or_else(nobody)?;
    if installation::is_empty(&mut db.read().await?).await? {
        db.close().await;
        return Err(nobody());
    }
    Ok(db)
}

/// An error about the file of a database, which names it; one that passes stays as it is.
fn naming_the_file(url: &str, error: StoreError) -> StoreError {
    match file::of_address(url) {
        Some(file) if !error.is_away() => StoreError::At { file, why: Box::new(error) },
        _ => error,
    }
}

/// How this organisation works, by the settings, the lists of holidays and of rules and, for its
/// name, the database.
pub async fn practice(settings: &Config, db: &Db, now: Instant) -> Result<Practice, SetupError> {
    let organisation = match &settings.org.name {
        Some(name) => name.clone(),
        None => {
            let root = units::root_name(&mut db.read().await?).await?;
            root.unwrap_or_else(|| "Dìu Dắt".to_owned())
        }
    };
    let kept = Kept::of(settings, db).await?;
    let zone = kept.zone;
    let meeting = &settings.meeting;
    let month = Month::of(now.with_timezone(&zone).date_naive());
    let rule =
        Rule::parse(&meeting.rule, month).map_err(|_| SetupError::Rule(meeting.rule.clone()))?;
    let policy = meeting.day_off.parse().map_err(|_| SetupError::Rule(meeting.day_off.clone()))?;
    let practice = Practice {
        organisation,
        locality: kept.locality,
        language: kept.language,
        names_on: names_on(settings),
        zone,
        calendar: calendar(settings)?,
        regulations: regulations(settings)?,
        leads: leads(&settings.reminders),
        quiet: settings.reminders.quiet_hours.and_then(|span| Quiet::new(span.from, span.to)),
        snooze_time: settings.reminders.snooze_afternoon,
        alert_days: settings.reminders.limit_days.clone(),
        overdue_days: settings.reminders.limit_overdue_days.clone(),
        grace: TimeDelta::hours(settings.reminders.grace_hours.into()),
        horizon_months: settings.reminders.horizon_months,
        notice_reminder: settings.notices.remind_after_working_days,
        notice_file_max: i64::from(settings.notices.file_max_kib) * 1024,
        figure_years: settings.figures.years,
        session_life: TimeDelta::hours(settings.retention.session_hours.into()),
        button_life: TimeDelta::hours(settings.retention.button_hours.into()),
        invitations: InvitationLimits {
            life: TimeDelta::hours(settings.invite.hours.into()),
            per_account: settings.invite.failures_per_account_per_hour.into(),
            per_hour: settings.invite.failures_per_hour.into(),
        },
        excused_in_row: meeting.excused_in_row,
        usual_meeting: MeetingHabit {
            rule,
            time: meeting.time,
            place: Typed::new(&meeting.place),
            policy,
        },
        agenda: agenda(meeting)?,
        bands: Bands {
            good_from: meeting.score_good,
            fair_from: meeting.score_fair,
            average_from: meeting.score_average,
        },
        majority_percent: meeting.majority_percent,
        term_start: kept.term_start,
        digest: DigestHabit {
            day: settings.reminders.digest_day,
            time: settings.reminders.digest_hour,
        },
        doubt: Doubt::default(),
    };
    let year = practice.today(now).year();
    if !practice.calendar.has_year(year) {
        tracing::warn!(year, "no list of holidays: only weekends are days off");
    }
    Ok(practice)
}

/// What is known of the organisation: what whoever runs the program chose, else what the database holds, else
/// the built-in defaults.
struct Kept {
    locality: String,
    zone: Tz,
    language: Language,
    term_start: Option<NaiveDate>,
}

impl Kept {
    async fn of(settings: &Config, db: &Db) -> Result<Self, SetupError> {
        let (org, kept) = (&settings.org, installation::organisation(&mut db.read().await?).await?);
        let of = |name: &str, kept: Option<String>| kept.filter(|_| !org.chose(name));
        let unreadable = |what: String| StoreError::Unreadable(what);
        Ok(Self {
            locality: of("locality", kept.locality).unwrap_or_else(|| org.locality.clone()),
            zone: match of("timezone", kept.zone) {
                Some(zone) => zone.parse().map_err(|_| unreadable(zone))?,
                None => org.timezone,
            },
            language: match of("language", kept.language) {
                Some(language) => language.parse().map_err(unreadable)?,
                None => language(org.language),
            },
            term_start: match of("term_start", kept.term_start) {
                Some(day) => Some(day.parse().map_err(|_| unreadable(day))?),
                None => org.term_start,
            },
        })
    }
}

fn language(chosen: config::Language) -> Language {
    match chosen {
        config::Language::Vi => Language::Vi,
        config::Language::En => Language::En,
    }
}

/// The bots on whose channels candidates may be named.
fn names_on(settings: &Config) -> BTreeSet<String> {
    let ours = [
        (channels::web::BOT, settings.web.disclosure),
        (channels::console::BOT, settings.console.disclosure),
    ];
    let messengers = MESSENGERS.iter().map(|one| (one.name, (one.disclosure)(settings)));
    let named = messengers.chain(ours).filter(|(_, shows)| *shows == config::Disclosure::Names);
    named.map(|(bot, _)| bot.to_owned()).collect()
}

fn calendar(settings: &Config) -> Result<Calendar, SetupError> {
    let list = Listed::read(settings.org.holidays.as_deref(), "config/holidays.toml", HOLIDAYS)?;
    Calendar::new(list.parse::<HolidayList>()?).map_err(|error| list.wrong(&error))
}

fn regulations(settings: &Config) -> Result<Regulations, SetupError> {
    let own = settings.org.regulations.as_deref();
    let list = Listed::read(own, "config/regulations.toml", REGULATIONS)?;
    Regulations::new(list.parse::<RegulationList>()?).map_err(|error| list.wrong(&error))
}

/// A list that an office may replace by its own file.
struct Listed {
    file: String,
    text: String,
}

impl Listed {
    /// The office's own list, or the built-in one.
    fn read(own: Option<&Path>, name: &str, built_in: &str) -> Result<Self, SetupError> {
        let Some(path) = own else {
            return Ok(Self { file: name.to_owned(), text: built_in.to_owned() });
        };
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => Err(SetupError::Listed { file, reason: error.to_string() }),
        }
    }

    fn parse<T: DeserializeOwned>(&self) -> Result<T, SetupError> {
        ::config::Config::builder()
            .add_source(::config::File::from_str(&self.text, ::config::FileFormat::Toml))
            .build()
            .and_then(::config::Config::try_deserialize)
            .map_err(|error| self.wrong(&error))
    }

    fn wrong(&self, reason: &dyn std::fmt::Display) -> SetupError {
        SetupError::Listed { file: self.file.clone(), reason: reason.to_string() }
    }
}

fn agenda(settings: &config::Meeting) -> Result<Vec<AgendaItem>, SetupError> {
    settings.agenda.iter().map(|item| item.parse().map_err(SetupError::Agenda)).collect()
}

fn leads(settings: &config::Reminders) -> Leads {
    let small = |list: &[u32]| -> BTreeSet<u8> {
        list.iter().filter_map(|n| u8::try_from(*n).ok()).collect()
    };
    Leads {
        meeting_days: small(&settings.meeting_days),
        meeting_time: settings.hour,
        meeting_hours: small(&settings.meeting_hours),
        report_working_days: small(&settings.prompt_working_days),
        report_time: settings.hour,
        due_working_days: u8::try_from(settings.report_due_working_days).unwrap_or(u8::MAX),
        due_time: settings.report_due,
        escalation: [
            (Level::Deputy, settings.ladder_deputy_hours),
            (Level::Secretary, settings.ladder_secretary_hours),
            (Level::Committee, settings.ladder_committee_hours),
        ]
        .into_iter()
        .filter_map(|(level, hours)| Some((level, hours?)))
        .collect(),
        summary_days: u8::try_from(settings.summary_days).unwrap_or(u8::MAX),
        summary_time: settings.summary_hour,
    }
}

/// The key of the invitations' digests: the one of the settings, or the one in the database, made
/// at the first start.
pub async fn invite_key(settings: &Config, db: &Db) -> Result<Arc<[u8]>, StoreError> {
    if let Some(secret) = &settings.invite.secret {
        return Ok(secret.expose_secret().as_bytes().into());
    }
    let fresh = hex::encode([sixteen_bytes(), sixteen_bytes()].concat());
    let mut tx = db.begin().await?;
    let key = installation::invite_key(&mut tx, &fresh).await?;
    tx.commit().await?;
    Ok(key.into_bytes().into())
}

pub fn limits(settings: &config::Delivery) -> Limits {
    Limits {
        parallel: settings.parallel as usize,
        held: settings.claim as usize * 16,
        claim: settings.claim,
        attempts: settings.attempts.into(),
        retry: Backoff {
            first: Duration::from_secs(settings.retry_first_seconds.into()),
            longest: Duration::from_secs(settings.retry_longest_seconds.into()),
            chance: fraction,
        },
    }
}

pub fn retention(settings: &config::Retention) -> Retention {
    Retention {
        inbox: TimeDelta::days(settings.inbox_days.into()),
        outbox_bodies: TimeDelta::days(settings.outbox_body_days.into()),
        web_lines: TimeDelta::days(settings.web_line_days.into()),
    }
}

/// A messenger's bot; `None`: its settings have no token.
pub fn bot(messenger: &Messenger, settings: &Config) -> Result<Option<Arc<dyn Bot>>, SetupError> {
    let refused = |reason| SetupError::Messenger { messenger: messenger.name, reason };
    (messenger.bot)(settings, fraction).map_err(refused)
}
