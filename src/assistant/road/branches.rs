//! The branches to which the committee can send a case.

use super::{Cx, Failure};
use crate::domain::ids::UnitId;
use crate::domain::text::fold;
use crate::domain::units::named;
use crate::message::{Button, Message, Phrase};
use crate::operations::cases::taking::within_reach;
use crate::taps::{RoadTap, Tap};

pub(super) async fn offer(cx: &mut Cx<'_>, mut message: Message) -> Result<Message, Failure> {
    for unit in within_reach(&cx.work().await?) {
        let label = Phrase::new("pool-branch-button").with("unit", &unit.name);
        message = message.row(vec![Button::new(label, Tap::Road(RoadTap::To(unit.id)))]);
    }
    Ok(message)
}

/// Whether a branch was offered.
pub(super) async fn is_offered(cx: &mut Cx<'_>, branch: UnitId) -> Result<bool, Failure> {
    Ok(within_reach(&cx.work().await?).iter().any(|unit| unit.id == branch))
}

/// The one branch that was typed.
pub(super) async fn meant(cx: &mut Cx<'_>, text: &str) -> Result<Option<UnitId>, Failure> {
    let work = cx.work().await?;
    Ok(match named(within_reach(&work), &fold(text))[..] {
        [one] => Some(one.id),
        _ => None,
    })
}
