//! Units founded, renamed, moved, merged and dissolved at the command line.

use chrono::NaiveDate;

use super::asking::Asking;
use super::{Failed, open, say as print_line};
use crate::config::Config;
use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;
use crate::domain::typed::Typed;
use crate::operations::Work;
use crate::operations::structure::{self, Founded};

#[derive(clap::Args)]
pub(super) struct UnitArgs {
    #[command(subcommand)]
    deed: Deed,
    #[command(flatten)]
    asking: Asking,
}

#[derive(clap::Subcommand)]
enum Deed {
    /// Founds a unit.
    Found {
        #[arg(long)]
        name: String,
        /// branch or committee
        #[arg(long, default_value = "branch")]
        kind: UnitKind,
        /// Code of the unit above; without it the organisation itself.
        #[arg(long)]
        below: Option<String>,
        #[arg(long)]
        code: Option<String>,
        /// The first day, YYYY-MM-DD; without it today.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Another name.
    Rename {
        code: String,
        name: String,
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Below another committee.
    Move {
        code: String,
        #[arg(long)]
        below: String,
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// A branch goes on in another: its people and open cases.
    Merge {
        code: String,
        #[arg(long)]
        into: String,
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// It ends; nobody and nothing open is in it any more.
    Dissolve {
        code: String,
        #[arg(long)]
        on: Option<NaiveDate>,
    },
}

pub(super) async fn unit(settings: Config, asked: UnitArgs) -> Result<(), Failed> {
    let door = open(&settings, None).await?;
    let doer = asked.asking.doer();
    if let Deed::Merge { code, into, on } = &asked.deed {
        let mut inquiry = door.inquiry(doer).await?;
        let mut work = inquiry.work();
        let (units, on) =
            ((unit_of(&work, code)?, unit_of(&work, into)?), on.unwrap_or(work.today()));
        let held = structure::foresee_merge(&mut work, units, on).await?;
        drop(inquiry);
        let (people, cases, meetings) = (held.people, held.cases.len(), held.meetings.len());
        print_line!("{people} people and {cases} open cases of {code} go on in {into}.");
        print_line!("Its {meetings} planned meetings are called off, its offices end.");
    }
    if matches!(asked.deed, Deed::Merge { .. } | Deed::Dissolve { .. }) {
        asked.asking.must_confirm()?;
    }
    let mut deed = door.deed(doer).await?;
    let mut work = deed.work();
    let today = work.today();
    match &asked.deed {
        Deed::Found { name, kind, below, code, on } => {
            let parent = match below {
                Some(below) => unit_of(&work, below)?,
                None => work.units.root().map(|top| top.id).unwrap_or(UnitId(0)),
            };
            let what = Founded {
                code: code.as_deref().map(Typed::new),
                name: Typed::new(name.as_str()),
                kind: *kind,
                parent,
                on: on.unwrap_or(today),
            };
            let (_, code) = structure::found(&mut work, &what).await?;
            print_line!("{code}");
        }
        Deed::Rename { code, name, on } => {
            let unit = unit_of(&work, code)?;
            let name = Typed::new(name.as_str());
            structure::rename(&mut work, unit, &name, on.unwrap_or(today)).await?;
        }
        Deed::Move { code, below, on } => {
            let (unit, below) = (unit_of(&work, code)?, unit_of(&work, below)?);
            structure::hang(&mut work, unit, below, on.unwrap_or(today)).await?;
        }
        Deed::Merge { code, into, on } => {
            let units = (unit_of(&work, code)?, unit_of(&work, into)?);
            structure::merge(&mut work, units, on.unwrap_or(today)).await?;
        }
        Deed::Dissolve { code, on } => {
            let unit = unit_of(&work, code)?;
            structure::dissolve(&mut work, unit, on.unwrap_or(today)).await?;
        }
    }
    deed.end().await?;
    door.db.close().await;
    Ok(())
}

pub(super) fn unit_of(work: &Work<'_>, code: &str) -> Result<UnitId, Failed> {
    match work.units.by_code(code) {
        Some(unit) => Ok(unit.id),
        None => Err(Failed::Refused(format!("there is no unit {code}"))),
    }
}
