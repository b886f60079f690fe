//! Minutes and resolutions of closed meetings: who may have them, and who had them.

use super::rights::{self, Right};
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::minutes::PaperKind;
use crate::domain::people::Person;
use crate::domain::units::UnitTree;
use crate::store::audit::Entry;
use crate::store::{StoreError, Tx, records};

/// Whether a person may have the documents of a meeting, today.
pub async fn may_read(
    tx: &mut Tx,
    person: &Person,
    meeting: MeetingId,
) -> Result<bool, StoreError> {
    let Some(unit) = records::unit(tx, meeting).await? else { return Ok(false) };
    let units = UnitTree::load(tx).await?;
    Ok(rights::may(person, Right::ReadPapers, unit, &units))
}

/// Writes down that a document of a meeting was fetched, before it leaves.
pub async fn fetch(
    work: &mut Work<'_>,
    meeting: MeetingId,
    kind: PaperKind,
) -> Result<(), Refused> {
    let Some(unit): Option<UnitId> = records::unit(work.tx, meeting).await? else {
        return refuse("tap-stale");
    };
    work.must(Right::ReadPapers, unit, "tap-stale")?;
    let entry = Entry::new(Act::DocumentRead, work.units.code(unit))
        .within(unit)
        .for_meeting(meeting)
        .became(Field::Document, kind);
    Ok(work.note_reading(entry).await?)
}
