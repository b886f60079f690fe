//! An organisation begins: what it must know is asked, unless it is given.

use std::io::{BufRead, IsTerminal, Write};

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Failed, door, invite, say as print_line};
use crate::app;
use crate::config::Config;
use crate::domain::language::Language;
use crate::domain::typed::Typed;
use crate::message::{Disclosure, Phrase};
use crate::operations::Doer;
use crate::operations::organisation::{self, Founding};
use crate::render::{Reader, say as sentence};

/// What may be given at the command line.
#[derive(clap::Args)]
pub(super) struct Given {
    /// Name of the organisation, at the head of pages and papers.
    #[arg(long)]
    name: Option<String>,
    /// Town or province, for the line of place and date on papers.
    #[arg(long)]
    place: Option<String>,
    /// Zone of every date and time people read.
    #[arg(long, value_name = "IANA NAME")]
    zone: Option<Tz>,
    /// vi or en
    #[arg(long)]
    language: Option<Language>,
    /// First day of the term in which papers are numbered from 01 on, YYYY-MM-DD.
    #[arg(long)]
    term: Option<NaiveDate>,
    /// Full name of the first officer of the committee's office, who gets an invitation.
    #[arg(long)]
    officer: Option<String>,
    /// Asks nothing: what is not given stays open.
    #[arg(long)]
    yes: bool,
}

pub(super) async fn init(settings: Config, given: Given) -> Result<(), Failed> {
    let asks = !given.yes;
    let nobody = Reader::of_no_names();
    let usual = Phrase::new("init-usual-name");
    let usual = sentence(&usual, Language::Vi, Disclosure::Codes, &nobody);
    // Before anything is made: whoever leaves the questions leaves nothing behind.
    let name = ask(asks, given.name, "Name of the organisation", &usual)?;
    let place = ask(asks, given.place, "Town or province, for papers", "")?;
    let officer =
        ask(asks, given.officer, "Full name of the first officer of the committee's office", "")?;
    let db = app::open_database(&settings.database).await?;
    let door = door(&settings, db, None).await?;
    let mut deed = door.deed(Doer::Administrator).await?;
    let mut work = deed.work();
    let founding = Founding {
        name: Typed::new(name),
        locality: Typed::new(place),
        zone: given.zone,
        language: given.language,
        term_start: given.term,
    };
    let unit = organisation::found(&mut work, &founding).await?;
    let code = match officer.trim() {
        "" => None,
        name => Some(organisation::first_officer(&mut work, unit, &Typed::new(name)).await?.1),
    };
    deed.end().await?;
    door.db.close().await;
    print_line!("{} begins.", founding.name.as_written());
    match code {
        Some(code) => {
            print_line!("Its first officer gets in with this code:");
            invite::show(&settings, code).await?;
        }
        None => print_line!("Nobody is let in yet: \"diudat import\" brings people and offices."),
    }
    print_line!("Next: \"diudat template lists.xlsx\", fill it in, \"diudat import lists.xlsx\".");
    Ok(())
}

/// What was given; else what is typed, if anybody can be asked; else `otherwise`.
fn ask(asks: bool, given: Option<String>, what: &str, otherwise: &str) -> Result<String, Failed> {
    if let Some(given) = given {
        return Ok(given);
    }
    let stdin = std::io::stdin();
    if !asks {
        return Ok(otherwise.to_owned());
    }
    let hint = if otherwise.is_empty() { "may stay open".to_owned() } else { otherwise.to_owned() };
    if stdin.is_terminal() {
        let mut terminal = std::io::stderr();
        write!(terminal, "{what} [{hint}]: ")?;
        terminal.flush()?;
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    match line.trim() {
        "" => Ok(otherwise.to_owned()),
        typed => Ok(typed.to_owned()),
    }
}
