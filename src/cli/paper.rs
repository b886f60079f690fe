//! The papers of closed meetings as files, for the administrator.

use std::path::Path;

use super::{Failed, open, say as print_line};
use crate::app;
use crate::config::Config;
use crate::domain::calendar::Month;
use crate::domain::ids::MeetingId;
use crate::domain::minutes::PaperKind;
use crate::domain::units::UnitTree;
use crate::operations::documents;
use crate::store::{Tx, records};

/// Whose papers.
pub(super) enum Wanted {
    Meeting(i64),
    /// The regular meeting of a branch in a month.
    Month {
        unit: String,
        month: String,
    },
}

pub(super) async fn paper(
    settings: Config,
    wanted: Wanted,
    kind: &str,
    file: &Path,
) -> Result<(), Failed> {
    let opened = open(&settings, None).await?;
    let kind: PaperKind = kind
        .parse()
        .map_err(|_| Failed::Refused(format!("{kind:?} is no paper: minutes or resolution")))?;
    if file.exists() {
        return Err(Failed::Refused(format!("{} is there already", file.display())));
    }
    let mut deed = opened.deed().await?;
    let meeting = match wanted {
        Wanted::Meeting(id) => MeetingId(id),
        Wanted::Month { unit, month } => of_month(deed.work().tx, &unit, &month).await?,
    };
    let Some(made) = app::paper(deed.work().tx, &opened.practice, meeting, kind).await? else {
        return Err(Failed::Refused(format!(
            "the meeting has no {kind}: it is not closed on its sheet, or decided nothing"
        )));
    };
    documents::fetch(&mut deed.work(), meeting, kind).await?;
    deed.end().await?;
    std::fs::write(file, made.bytes)?;
    print_line!("{}", file.display());
    Ok(())
}

async fn of_month(tx: &mut Tx, unit: &str, month: &str) -> Result<MeetingId, Failed> {
    let month: Month = month
        .parse()
        .map_err(|_| Failed::Refused(format!("{month:?} is no month; write it like 2026-12")))?;
    let units = UnitTree::load(tx).await?;
    let found = units.by_code(unit);
    let found = found.ok_or_else(|| Failed::Refused(format!("no unit has the code {unit}")))?;
    records::regular(tx, found.id, month)
        .await?
        .ok_or_else(|| Failed::Refused(format!("{unit} has no regular meeting in {month}")))
}
