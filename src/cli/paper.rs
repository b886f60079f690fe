//! The papers of closed meetings as files, for the administrator.

use std::io::Write;
use std::path::Path;

use super::{Failed, copies, open, say as print_line};
use crate::config::Config;
use crate::domain::calendar::Month;
use crate::domain::ids::MeetingId;
use crate::domain::minutes::PaperKind;
use crate::domain::units::UnitTree;
use crate::operations::{Doer, documents};
use crate::papers;
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
    let mut deed = opened.deed(Doer::Administrator).await?;
    let meeting = match wanted {
        Wanted::Meeting(id) => MeetingId(id),
        Wanted::Month { unit, month } => of_month(deed.work().tx, &unit, &month).await?,
    };
    let record = documents::read(&mut deed.work(), meeting, kind).await?;
    let made = record.map(|record| papers::docx(&record, kind, opened.practice.language));
    let made = made.transpose().map_err(|error| Failed::Refused(error.to_string()))?.flatten();
    let Some(made) = made else {
        return Err(Failed::Refused(format!(
            "the meeting has no {kind}: it is not closed on its sheet, or decided nothing"
        )));
    };
    documents::note_fetched(&mut deed.work(), meeting, kind).await?;
    deed.end().await?;
    // It names people in full, so it is nobody else's to read.
    copies::private_file(file)?.write_all(&made)?;
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
