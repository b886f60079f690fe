//! Recording an approval or a return for each of a list, and the one message to the branch.

use super::casework::taking;
use super::list::{Judged, Plan, able};
use super::{Cx, Outcome};
use crate::domain::road::{CaseStep, Lack};
use crate::message::{Arg, Button, Message, Phrase};
use crate::outbound::{self, Addressee};
use crate::phrasing::road as say;
use crate::store::reversals;
use crate::taps::{RoadTap, Tap};

/// Records the step for everybody for whom it is still possible, and names the others.
pub(super) async fn record(cx: &mut Cx<'_>, plan: &Plan, judged: Vec<Judged>) -> Outcome {
    let mut message = Message::new();
    let done = able(&judged);
    if let (Some(on), false) = (plan.told.on, done.is_empty()) {
        for one in judged.iter().filter(|one| one.verdict.is_possible()) {
            taking::record(cx, &one.sheet, plan.step, on, plan.told.clone()).await?;
        }
        message = message.line(
            Phrase::new("approve-done")
                .with("step", say::step(plan.step))
                .with("count", done.len())
                .with("candidates", Arg::List(done.clone())),
        );
    }
    for one in judged.iter().filter(|one| !one.verdict.is_possible()) {
        message = left_out(cx, message, one).await?;
    }
    let more = Button::new("approve-again-button", Tap::Command("duyet".to_owned()));
    cx.reply(message.row(vec![more])).await?;
    if done.is_empty() { Ok(()) } else { tell(cx, plan, done).await }
}

/// Why somebody was left out: somebody else was quicker, or something is lacking.
async fn left_out(
    cx: &mut Cx<'_>,
    message: Message,
    one: &Judged,
) -> Result<Message, super::Failure> {
    let gone = one.verdict.0.iter().any(|missing| missing.lack == Lack::NotNext);
    let newest = reversals::newest(cx.tx, one.sheet.case.id).await?;
    if let Some(newest) = newest.filter(|_| gone) {
        return Ok(message.item(
            Phrase::new("approve-gone")
                .with("candidate", one.sheet.candidate())
                .with("step", say::step(newest.step))
                .with("on", newest.on)
                .with("by", crate::phrasing::somebody(newest.by)),
        ));
    }
    Ok(super::list::lacking(message, std::slice::from_ref(one)))
}

/// Tells who leads the branch, unless they did it themselves.
async fn tell(cx: &mut Cx<'_>, plan: &Plan, done: Vec<Arg>) -> Outcome {
    let (me, today) = (cx.me()?.id, cx.today());
    let leader = outbound::leader(cx.tx, plan.unit, today).await?;
    let Some(Addressee { person: leader, fallbacks }) = leader.filter(|to| to.person.id != me)
    else {
        return Ok(());
    };
    let units = cx.units().await?;
    let key = match plan.step {
        CaseStep::SentBack => "approve-returned-told",
        _ => "approve-told",
    };
    let mut message = Message::of(
        Phrase::new(key)
            .with("name", leader.id)
            .with("unit", units.name(plan.unit))
            .with("count", done.len())
            .with("candidates", Arg::List(done)),
    );
    if let Some(on) = plan.told.on {
        message = message.item(Phrase::new("told-on").with("on", on));
    }
    for told in say::told(plan.step, &plan.told, &units) {
        message = message.item(told);
    }
    let look = Button::new("approve-pool-button", Tap::Road(RoadTap::Branch(plan.unit)));
    let once = cx.once("approval");
    cx.tell(&leader, Some(plan.unit), &fallbacks, once, message.row(vec![look])).await?;
    Ok(())
}
