//! The branches to which the committee can send a case.

use super::{Cx, Failure};
use crate::domain::ids::UnitId;
use crate::domain::text::fold;
use crate::domain::units::Unit;
use crate::message::{Button, Message, Phrase};
use crate::operations::cases::Sheet;
use crate::operations::cases::taking::within_reach;
use crate::taps::{RoadTap, Tap};

pub(super) async fn offer(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    mut message: Message,
) -> Result<Message, Failure> {
    for unit in within_reach(&cx.work().await?, sheet) {
        let label = Phrase::new("pool-branch-button").with("unit", &unit.name);
        message = message.row(vec![Button::new(label, Tap::Road(RoadTap::To(unit.id)))]);
    }
    Ok(message)
}

/// Whether a branch was offered.
pub(super) async fn is_offered(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    branch: UnitId,
) -> Result<bool, Failure> {
    Ok(within_reach(&cx.work().await?, sheet).iter().any(|unit| unit.id == branch))
}

/// The one branch whose code or name is, or holds, what was typed.
pub(super) async fn meant(
    cx: &mut Cx<'_>,
    sheet: &Sheet,
    text: &str,
) -> Result<Option<UnitId>, Failure> {
    let typed = fold(text);
    let work = cx.work().await?;
    let reach = within_reach(&work, sheet);
    let exact = |unit: &&&Unit| fold(&unit.code) == typed || fold(unit.name.as_str()) == typed;
    if let Some(unit) = reach.iter().find(exact) {
        return Ok(Some(unit.id));
    }
    let found: Vec<&&Unit> =
        reach.iter().filter(|unit| fold(unit.name.as_str()).contains(&typed)).collect();
    Ok(match found[..] {
        [one] => Some(one.id),
        _ => None,
    })
}
