//! People kept true at the command line: what follows is shown first, and done when it is confirmed.

use chrono::NaiveDate;

use super::asking::Asking;
use super::structure::unit_of;
use super::{Failed, open, say as print_line};
use crate::config::Config;
use crate::disclosure;
use crate::domain::language::Language;
use crate::domain::listed::Departure;
use crate::domain::people::{OfficeKind, Status};
use crate::domain::personnel::{Change, Changed, Newcomer};
use crate::domain::typed::Typed;
use crate::message::{Disclosure, Phrase};
use crate::operations::{Refused, Work, personnel};
use crate::render::say as sentence;
use crate::store::people;

#[derive(clap::Args)]
pub(super) struct PersonArgs {
    #[command(subcommand)]
    deed: Deed,
    #[command(flatten)]
    asking: Asking,
}

#[derive(clap::Subcommand)]
enum Deed {
    /// Puts somebody down.
    Add {
        /// Full name.
        #[arg(long)]
        name: String,
        /// YYYY-MM-DD
        #[arg(long)]
        born: Option<NaiveDate>,
        /// Code of the unit.
        #[arg(long)]
        unit: String,
        /// Since when they are there, YYYY-MM-DD; without it today.
        #[arg(long)]
        since: Option<NaiveDate>,
        /// non_member, probationary or official
        #[arg(long, default_value = "non_member")]
        status: Status,
    },
    /// Another name; the one of before is still found.
    Rename { code: String, name: String },
    /// Another birth date.
    Born { code: String, day: NaiveDate },
    /// To another unit.
    Move {
        code: String,
        #[arg(long)]
        to: String,
        #[arg(long)]
        since: Option<NaiveDate>,
    },
    /// They are here no more.
    Leave {
        code: String,
        /// within, outside, died, expelled, struck_off or withdrew
        #[arg(long)]
        how: Departure,
        /// The first day without them.
        #[arg(long)]
        on: Option<NaiveDate>,
        /// Where they go.
        #[arg(long)]
        to: Option<String>,
    },
    /// They are back.
    Return {
        code: String,
        #[arg(long)]
        unit: String,
        #[arg(long)]
        since: Option<NaiveDate>,
    },
    /// What they are to the Party: non_member, probationary or official.
    Become {
        code: String,
        status: Status,
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// An office: secretary, deputy, committee, office or union.
    Appoint {
        code: String,
        office: OfficeKind,
        #[arg(long)]
        unit: String,
        #[arg(long)]
        since: Option<NaiveDate>,
    },
    /// They leave an office.
    Release {
        code: String,
        office: OfficeKind,
        #[arg(long)]
        unit: String,
        #[arg(long)]
        since: Option<NaiveDate>,
    },
}

pub(super) async fn person(settings: Config, asked: PersonArgs) -> Result<(), Failed> {
    let door = open(&settings, None).await?;
    let doer = asked.asking.doer();
    if let Deed::Add { name, born, unit, since, status } = &asked.deed {
        let mut deed = door.deed(doer).await?;
        let mut work = deed.work();
        let who = Newcomer {
            name: Typed::new(name.as_str()),
            born: *born,
            unit: unit_of(&work, unit)?,
            since: since.unwrap_or(work.today()),
            status: *status,
        };
        let (_, code) = personnel::add(&mut work, &who).await?;
        deed.end().await?;
        door.db.close().await;
        print_line!("{code}");
        return Ok(());
    }
    let mut inquiry = door.inquiry(doer).await?;
    let mut work = inquiry.work();
    let changed = changed(&mut work, &asked.deed).await?;
    let foreseen = personnel::foresee(&mut work, &changed).await?;
    let said = personnel::said(&work, &foreseen, &changed.change);
    let follows = personnel::follows(&work, &foreseen);
    let lines: Vec<&Phrase> = std::iter::once(&said).chain(&follows).collect();
    let reader = disclosure::administrator(work.tx, lines, work.today()).await?;
    drop(inquiry);
    for line in std::iter::once(&said).chain(&follows) {
        print_line!("{}", sentence(line, Language::En, Disclosure::Codes, &reader));
    }
    asked.asking.must_confirm()?;
    let mut deed = door.deed(doer).await?;
    personnel::carry_out(&mut deed.work(), &changed).await?;
    deed.end().await?;
    door.db.close().await;
    Ok(())
}

async fn changed(work: &mut Work<'_>, deed: &Deed) -> Result<Changed, Failed> {
    let today = work.today();
    let day = |on: &Option<NaiveDate>| on.unwrap_or(today);
    let (code, change) = match deed {
        Deed::Add { .. } => return Err(Failed::Refused("nobody is changed".to_owned())),
        Deed::Rename { code, name } => (code, Change::Rename { name: Typed::new(name.as_str()) }),
        Deed::Born { code, day } => (code, Change::CorrectBirth { born: *day }),
        Deed::Move { code, to, since } => {
            (code, Change::Move { to: unit_of(work, to)?, since: day(since) })
        }
        Deed::Leave { code, how, on, to } => {
            let to = to.as_deref().map(Typed::new);
            (code, Change::Leave { on: day(on), how: *how, to })
        }
        Deed::Return { code, unit, since } => {
            (code, Change::Return { unit: unit_of(work, unit)?, since: day(since) })
        }
        Deed::Become { code, status, on } => {
            (code, Change::Become { status: *status, on: day(on) })
        }
        Deed::Appoint { code, office, unit, since } => {
            let unit = unit_of(work, unit)?;
            (code, Change::Appoint { office: *office, unit, since: day(since) })
        }
        Deed::Release { code, office, unit, since } => {
            let unit = unit_of(work, unit)?;
            (code, Change::Release { office: *office, unit, since: day(since) })
        }
    };
    match people::by_code(work.tx, code).await? {
        Some(person) => Ok(Changed { person, change }),
        None => Err(Refused::Because("personnel-nobody".into()).into()),
    }
}
