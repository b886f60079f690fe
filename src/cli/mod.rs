//! The command line: one file per command or family of commands.
//!
//! Answers go to standard output, logs to standard error. Exit status: 0 done, 1 refused or failed
//! with the reason on standard error, 2 wrong usage. What the administrator reads here is English;
//! what members read is in `locales/`.

/// Writes a line of the answer, which may hold words of others. A reader that has seen enough is no
/// fault of ours.
macro_rules! say {
    ($($arg:tt)*) => {{
        use std::io::Write;
        let line = format!($($arg)*);
        writeln!(std::io::stdout(), "{}", crate::domain::fit::for_terminal(&line))?
    }};
}
pub(crate) use say;

mod asking;
mod care;
mod chat;
mod clock;
mod copies;
mod erase;
mod init;
mod invite;
mod listing;
mod lists;
mod paper;
mod personnel;
mod server;
mod structure;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDateTime;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};

use crate::app::{self, RunError, SetupError};
use crate::clock::{Clock, ManualClock};
use crate::config::{self, Config};
use crate::domain::fit::for_terminal;
use crate::domain::language::Language;
use crate::domain::people::OfficeKind;
use crate::message::Disclosure;
use crate::operations::{Door, Refused};
use crate::render::{Reader, say as sentence};
use crate::store::{Db, StoreError, installation, seed};

/// Why a command ended without doing what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Config(#[from] config::Error),
    #[error(transparent)]
    Setup(#[from] SetupError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Because(why) => {
                let nobody = Reader::of_no_names();
                Self::Refused(sentence(&why, Language::En, Disclosure::Codes, &nobody))
            }
            Refused::Fault(error) => Self::Store(error),
        }
    }
}

#[derive(Parser)]
#[command(
    name = "diudat",
    version,
    about = "Keeps the work of developing Party members turning every month."
)]
struct Cli {
    /// A file of settings laid over the built-in ones.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// An invented organisation in the browser, with its clock in your hand.
    Demo {
        /// Port on 127.0.0.1; 0 takes a free one. Without it 8080, or a free one if that is taken.
        #[arg(long)]
        port: Option<u16>,
        /// Where the clock starts, local time.
        #[arg(long, default_value = "2018-11-26T08:00", value_parser = local_time)]
        at: NaiveDateTime,
    },
    /// The real thing: channels that have a token, reminders, web pages.
    Serve,
    /// Begins an organisation in a new database: asks for what is not given.
    Init {
        #[command(flatten)]
        given: init::Given,
    },
    /// Writes a filled example of the lists that "diudat import" takes.
    Template { file: PathBuf },
    /// Takes in the lists of an office: units, members, candidates.
    Import {
        #[command(flatten)]
        asked: lists::ImportArgs,
    },
    /// Writes the organisation into a new file, in the form of the template.
    Export {
        file: PathBuf,
        /// In whose name: the code of an officer of the committee's office.
        #[arg(long = "as", value_name = "CODE")]
        author: Option<String>,
    },
    /// Loads the invented organisation into an empty database.
    Seed,
    /// Code, name, unit and offices of each person.
    People {
        /// Only holders of this office: secretary, deputy, committee, office, union or mentor.
        #[arg(long, value_parser = a_role())]
        role: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Keeps people true: adds, corrects, moves, lets go, takes back, appoints, releases.
    Person {
        #[command(flatten)]
        asked: personnel::PersonArgs,
    },
    /// Keeps units true: founds, renames, moves, merges, dissolves.
    Unit {
        #[command(flatten)]
        asked: structure::UnitArgs,
    },
    /// One-time codes that bind an account to a person.
    Invite {
        /// Codes of persons, NS-001 …
        #[arg(required = true)]
        codes: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// The console channel: a message per line of standard input.
    Chat {
        /// Whose conversation it is: NS-001.
        #[arg(long = "as", value_name = "CODE")]
        code: String,
        /// What time it is, local; only on an invented organisation.
        #[arg(long, value_parser = local_time)]
        at: Option<NaiveDateTime>,
    },
    /// Who would be reminded of what in a month, when and why.
    Plan {
        /// YYYY-MM
        #[arg(long)]
        month: String,
        /// Code of a branch.
        #[arg(long)]
        unit: Option<String>,
        #[command(flatten)]
        view: View,
    },
    /// Writes a consistent copy of the database to a new file, also while it is in use.
    Backup { file: PathBuf },
    /// Puts a copy in the place of the database, after checking it; the server must not run.
    Restore { file: PathBuf },
    /// What is thought of the clock, which is doubted after a leap.
    Clock {
        /// It is right: what waits for the end of the doubt goes on.
        #[arg(long)]
        trust: bool,
    },
    /// Tests settings, database, clock, calendar and channels, with a verdict for each.
    Check {
        #[arg(long)]
        json: bool,
    },
    /// The minutes or the resolution of a closed meeting, as a Word file.
    Paper {
        /// The meeting's id, as the console names it.
        #[arg(long, required_unless_present = "unit", conflicts_with_all = ["unit", "month"])]
        meeting: Option<i64>,
        /// Code of a branch, for its regular meeting …
        #[arg(long, requires = "month")]
        unit: Option<String>,
        /// … of this month, YYYY-MM.
        #[arg(long, requires = "unit")]
        month: Option<String>,
        /// minutes or resolution
        #[arg(long)]
        kind: String,
        file: PathBuf,
    },
    /// Erases what is known of a person, at their demand: says what, and does it with --yes.
    Erase {
        /// NS-001
        code: String,
        /// Who demanded it and under which paper; kept for ever, so without the name.
        #[arg(long)]
        reason: String,
        #[arg(long)]
        yes: bool,
    },
    /// The figures of /thongke.
    Thongke {
        /// Code of a unit; without it the whole organisation.
        #[arg(long)]
        unit: Option<String>,
        /// One year, such as 2018.
        #[arg(long, conflicts_with_all = ["from", "to"], value_parser = a_year())]
        year: Option<i32>,
        /// The first of several years.
        #[arg(long, requires = "to", value_parser = a_year())]
        from: Option<i32>,
        /// The last of several years.
        #[arg(long, requires = "from", value_parser = a_year())]
        to: Option<i32>,
        #[command(flatten)]
        view: View,
    },
}

/// What somebody may be beside a member: an office, or a mentor.
fn a_role() -> PossibleValuesParser {
    OfficeKind::ALL
        .iter()
        .map(|kind| kind.as_str())
        .chain([listing::MENTOR])
        .collect::<Vec<_>>()
        .into()
}

/// A year of which there may be figures.
fn a_year() -> impl clap::builder::TypedValueParser<Value = i32> {
    clap::value_parser!(i32).range(listing::FIRST_YEAR.into()..=9999)
}

#[derive(Args)]
struct View {
    /// One JSON value instead of text.
    #[arg(long)]
    json: bool,
    /// As of this local time; only on an invented organisation.
    #[arg(long, value_parser = local_time)]
    at: Option<NaiveDateTime>,
}

fn local_time(text: &str) -> Result<NaiveDateTime, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .ok_or_else(|| "write it like 2018-11-26T08:00".to_owned())
}

/// Runs the command that the process was given; the exit status.
pub async fn run() -> i32 {
    let cli = Cli::parse();
    match dispatch(cli).await {
        Ok(()) => 0,
        Err(Failed::Io(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            eprintln!("diudat: {}", for_terminal(&error.to_string()));
            1
        }
    }
}

async fn dispatch(cli: Cli) -> Result<(), Failed> {
    // A variable that is not UTF-8 cannot be one of ours.
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let settings = Config::load(cli.config.as_deref(), variables)?;
    app::start_logging(&settings.log);
    match cli.command {
        Command::Demo { port, at } => server::demo(settings, port, at).await,
        Command::Serve => server::serve(settings).await,
        Command::Init { given } => init::init(settings, given).await,
        Command::Template { file } => lists::template(&file),
        Command::Import { asked } => lists::import(settings, asked).await,
        Command::Export { file, author } => lists::export(settings, &file, author.as_deref()).await,
        Command::Seed => seed(settings).await,
        Command::People { role, json } => listing::people(settings, role.as_deref(), json).await,
        Command::Person { asked } => personnel::person(settings, asked).await,
        Command::Unit { asked } => structure::unit(settings, asked).await,
        Command::Invite { codes, json } => invite::invite(settings, &codes, json).await,
        Command::Chat { code, at } => chat::chat(settings, &code, at).await,
        Command::Plan { month, unit, view } => {
            listing::plan(settings, &month, unit.as_deref(), &view).await
        }
        Command::Backup { file } => copies::backup(settings, &file).await,
        Command::Restore { file } => copies::restore(settings, &file).await,
        Command::Clock { trust } => clock::clock(settings, trust).await,
        Command::Check { json } => care::check(settings, json).await,
        Command::Paper { meeting, unit, month, kind, file } => {
            let wanted = match (meeting, unit, month) {
                (Some(meeting), ..) => paper::Wanted::Meeting(meeting),
                (_, Some(unit), Some(month)) => paper::Wanted::Month { unit, month },
                _ => return Err(Failed::Refused("name a meeting, or a unit and a month".into())),
            };
            paper::paper(settings, wanted, &kind, &file).await
        }
        Command::Erase { code, reason, yes } => erase::erase(settings, &code, &reason, yes).await,
        Command::Thongke { unit, year, from, to, view } => {
            let years = year.map(|year| (year, year)).or(from.zip(to));
            listing::figures(settings, unit.as_deref(), years, &view).await
        }
    }
}

async fn seed(settings: Config) -> Result<(), Failed> {
    let db = app::open_database(&settings.database).await?;
    let mut tx = db.begin().await?;
    if !installation::is_empty(&mut tx).await? {
        return Err(Failed::Refused(
            "the database already holds an organisation; the invented one goes into an empty one"
                .to_owned(),
        ));
    }
    seed::demo(&mut tx, Clock::System.now()).await.map_err(|e| Failed::Refused(e.to_string()))?;
    tx.commit().await?;
    db.close().await;
    say!("The invented organisation is loaded. Try: diudat people --role secretary");
    Ok(())
}

/// Opens the database of an organisation; a chosen time is only for invented organisations, because it
/// would put wrong dates on what real people do.
async fn open(settings: &Config, at: Option<NaiveDateTime>) -> Result<Door, Failed> {
    let db = app::open_organisation(&settings.database).await?;
    door(settings, db, at).await
}

/// The way in to a database that is open.
async fn door(settings: &Config, db: Db, at: Option<NaiveDateTime>) -> Result<Door, Failed> {
    let practice = Arc::new(app::practice(settings, &db, Clock::System.now()).await?);
    let clock = match at {
        None => Clock::System,
        Some(at) => {
            if !installation::is_demo(&mut db.read().await?).await? {
                return Err(Failed::Refused(
                    "--at works only on the invented organisation (diudat seed)".to_owned(),
                ));
            }
            Clock::Manual(ManualClock::new(practice.instant(at)))
        }
    };
    Ok(Door { db, clock, practice })
}
