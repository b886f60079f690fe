//! What branches propose about their people, as the committee and its office see and decide it.

use super::{NAME, Position, questions};
use crate::assistant::engine::context::Cx;
use crate::assistant::engine::failure::{Failure, Outcome, refuse};
use crate::domain::ids::ProposalId;
use crate::domain::personnel::{Change, Proposed};
use crate::message::{Button, Message, Phrase};
use crate::operations::personnel::{self, Seen};
use crate::taps::{PersonnelTap, Tap};

/// Most of those that wait as buttons.
const SHOWN: usize = 10;

/// Sends what was answered to whoever decides on it.
pub(super) async fn propose(cx: &mut Cx<'_>, proposed: &Proposed, said: Phrase) -> Outcome {
    let sent = personnel::propose(&mut cx.work().await?, proposed).await;
    cx.leave();
    sent?;
    cx.reply(Message::new().line(Phrase::new("personnel-proposed").with("what", said))).await
}

/// Below the question who is meant: what waits for whoever asks.
pub(super) async fn below(cx: &mut Cx<'_>, mut message: Message) -> Result<Message, Failure> {
    let waiting = personnel::waiting(&mut cx.work().await?).await?;
    if waiting.is_empty() {
        return Ok(message);
    }
    let units = cx.units().await?;
    message = message.line(Phrase::new("personnel-proposals").with("count", waiting.len()));
    for proposal in waiting.iter().take(SHOWN) {
        let label = Phrase::new("personnel-button-proposal-of")
            .with("unit", units.name(proposal.unit))
            .with("on", cx.practice.local(proposal.at).date());
        let tap = Tap::Personnel(PersonnelTap::Proposal(proposal.id));
        message = message.row(vec![Button::new(label, tap)]);
    }
    Ok(message)
}

/// A proposal with all that would follow.
pub(super) async fn show(cx: &mut Cx<'_>, id: ProposalId) -> Outcome {
    let units = cx.units().await?;
    let mut work = cx.work().await?;
    let seen = match personnel::see(&mut work, id).await {
        Ok(seen) => seen,
        // What cannot be carried out any more can still be declined.
        Err(crate::operations::Refused::Because(why)) => {
            let message = Message::new().line(why).row(vec![decline(id)]);
            return cx.ask(NAME, &Position::Proposal { id }, message).await;
        }
        Err(fault) => return Err(fault.into()),
    };
    let lines = personnel::lines(&work, &seen, |who| questions::newcomer(&units, who));
    if names_somebody_new(&seen) && !cx.practice.names_on.contains(&cx.incoming.bot) {
        return refuse("personnel-elsewhere");
    }
    let proposal = &seen.proposal;
    let title = Phrase::new("personnel-proposal")
        .with("unit", units.name(proposal.unit))
        .with("who", proposal.by)
        .with("on", cx.practice.local(proposal.at).date());
    let mut message = Message::new().title(title);
    for line in lines {
        message = message.line(line);
    }
    let accept = Button::new("personnel-button-accept", Tap::Personnel(PersonnelTap::Accept(id)));
    cx.ask(NAME, &Position::Proposal { id }, message.row(vec![accept, decline(id)])).await
}

fn decline(id: ProposalId) -> Button {
    Button::new("personnel-button-decline", Tap::Personnel(PersonnelTap::Decline(id)))
}

/// Whether a name stands in it that nobody bears yet, and that no masking knows.
fn names_somebody_new(seen: &Seen) -> bool {
    match &seen.proposal.proposed {
        Proposed::Newcomer(_) => true,
        Proposed::Change(changed) => matches!(changed.change, Change::Rename { .. }),
    }
}

pub(super) async fn accept(cx: &mut Cx<'_>, id: ProposalId) -> Outcome {
    personnel::accept(&mut cx.work().await?, id).await?;
    cx.leave();
    cx.reply(Message::of("personnel-accepted")).await
}

pub(super) async fn refuse_it(cx: &mut Cx<'_>, id: ProposalId) -> Outcome {
    personnel::decline(&mut cx.work().await?, id).await?;
    cx.leave();
    cx.reply(Message::of("personnel-declined")).await
}
