//! Minutes and resolutions of closed meetings: who may have them, and who had them.

use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::minutes::{PaperKind, Record};
use crate::store::audit::Entry;
use crate::store::records;

/// What a document of a meeting is made from; `None` if the meeting has none of that kind.
pub async fn read(
    work: &mut Work<'_>,
    meeting: MeetingId,
    kind: PaperKind,
) -> Result<Option<Record>, Refused> {
    if branch(work, meeting).await?.is_none() {
        return Ok(None);
    }
    let record = records::of(work.tx, work.practice, meeting).await?;
    Ok(record.filter(|record| record.number(kind).is_some()))
}

/// Writes down that a document of a meeting was fetched, before it leaves.
pub async fn note_fetched(
    work: &mut Work<'_>,
    meeting: MeetingId,
    kind: PaperKind,
) -> Result<(), Refused> {
    let Some(unit) = branch(work, meeting).await? else { return refuse("tap-stale") };
    let entry = Entry::new(Act::DocumentRead, work.units.code(unit))
        .within(unit)
        .for_meeting(meeting)
        .became(Field::Document, kind);
    Ok(work.note_reading(entry).await?)
}

/// The branch of a meeting that was closed on its sheet, if it was; refuses whoever may not have its
/// documents today.
async fn branch(work: &mut Work<'_>, meeting: MeetingId) -> Result<Option<UnitId>, Refused> {
    let unit = records::unit(work.tx, meeting).await?;
    if let Some(unit) = unit {
        work.must(Right::ReadPapers, unit, "tap-stale")?;
    }
    Ok(unit)
}
