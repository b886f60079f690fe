//! Who speaks for the committee above a branch.

use chrono::NaiveDate;

use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::{OfficeKind, UnitKind};
use crate::domain::units::UnitTree;
use crate::store::{StoreError, Tx, people};

/// The office of the committee above a branch, and where it has none its secretary, deputy and
/// members, in the order they are told; nobody where there is no committee above.
pub(super) async fn of(
    tx: &mut Tx,
    units: &UnitTree,
    branch: UnitId,
    day: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let above = units.get(branch).and_then(|unit| units.get(unit.parent?));
    let Some(above) = above.filter(|above| above.kind == UnitKind::Committee) else {
        return Ok(Vec::new());
    };
    let kinds =
        [OfficeKind::Office, OfficeKind::Secretary, OfficeKind::Deputy, OfficeKind::Committee];
    let mut all = Vec::new();
    for kind in kinds {
        for holder in people::holders(tx, above.id, kind, day).await? {
            if !all.contains(&holder) {
                all.push(holder);
            }
        }
    }
    Ok(all)
}
