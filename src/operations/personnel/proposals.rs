//! What whoever leads a branch proposes about its people, and what the committee or its office decides.

use super::{
    Changed, Foreseen, Newcomer, add, can_add, carry_out, foresee, may_keep, may_propose, said,
};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{ProposalId, UnitId};
use crate::domain::personnel::Proposed;
use crate::message::{Button, Message, Phrase};
use crate::operations::work::{Refused, Work, refuse};
use crate::outbound;
use crate::outbound::Addressee;
use crate::store::audit::Entry;
use crate::store::people;
use crate::store::proposals::{self, Proposal};
use crate::taps::{PersonnelTap, Tap};

/// A proposal as it would be carried out today.
#[derive(Clone, Debug)]
pub struct Seen {
    pub proposal: Proposal,
    /// What would follow; `None`: somebody new is put down.
    pub foreseen: Option<Foreseen>,
}

/// What became of a proposal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Accepted,
    Declined,
}

/// Proposes what the committee or its office decides on; the same a second time is refused.
pub async fn propose(work: &mut Work<'_>, proposed: &Proposed) -> Result<ProposalId, Refused> {
    let Some(by) = work.person() else { return refuse("personnel-not-allowed") };
    let (foreseen, unit) = check(work, proposed).await?;
    if !may_propose(work, unit) {
        return refuse("personnel-not-allowed");
    }
    let Some(unit) = unit else { return refuse("personnel-left") };
    let waiting = proposals::waiting(work.tx).await?;
    if waiting.iter().any(|other| other.proposed == *proposed) {
        return refuse("personnel-proposed-already");
    }
    let now = work.now;
    let id = proposals::add(work.tx, unit, proposed, by, now).await?;
    let subject = subject(work, foreseen.as_ref(), unit);
    work.note(Entry::new(Act::PersonProposed, subject).within(Some(unit))).await?;
    tell_the_office(work, id, unit).await?;
    Ok(id)
}

/// What the audit writes down under: the person, or the branch that somebody new is to come to.
fn subject(work: &Work<'_>, foreseen: Option<&Foreseen>, unit: UnitId) -> String {
    match foreseen {
        Some(foreseen) => foreseen.person.code.clone(),
        None => work.units.code(unit).to_owned(),
    }
}

/// Whether it can be carried out, and the unit of whoever it is about.
async fn check(
    work: &mut Work<'_>,
    proposed: &Proposed,
) -> Result<(Option<Foreseen>, Option<UnitId>), Refused> {
    match proposed {
        Proposed::Change(changed) => {
            let foreseen = foresee(work, changed).await?;
            let unit = foreseen.person.unit.or(match changed.change.unit() {
                // Of whoever left: the branch that they are to come back to.
                Some(unit) if foreseen.was.placed.is_none() => Some(unit),
                _ => None,
            });
            Ok((Some(foreseen), unit))
        }
        Proposed::Newcomer(who) => {
            can_add(work, who).await?;
            Ok((None, Some(who.unit)))
        }
    }
}

/// No name is in it: whoever opens it is shown what they may see.
async fn tell_the_office(work: &mut Work<'_>, id: ProposalId, unit: UnitId) -> Result<(), Refused> {
    let today = work.today();
    let above = outbound::above(work.tx, &work.units, unit, today).await?;
    let Some(to) = Addressee::first_of(work.tx, &above, today).await? else { return Ok(()) };
    let look = Button::new("personnel-button-proposal", Tap::Personnel(PersonnelTap::Proposal(id)));
    let told = Phrase::new("personnel-proposed-told")
        .with("name", to.person.id)
        .with("unit", work.units.name(unit));
    let message = Message::new().line(told).row(vec![look]);
    work.tell(&to, unit, &format!("proposal-{}", id.0), message).await?;
    Ok(())
}

/// What waits for whoever is asking, the oldest first.
pub async fn waiting(work: &mut Work<'_>) -> Result<Vec<Proposal>, Refused> {
    let mut waiting = proposals::waiting(work.tx).await?;
    waiting.retain(|proposal| may_keep(work, Some(proposal.unit)));
    Ok(waiting)
}

async fn get(work: &mut Work<'_>, id: ProposalId) -> Result<Proposal, Refused> {
    match proposals::get(work.tx, id).await? {
        Some(proposal) if may_keep(work, Some(proposal.unit)) => Ok(proposal),
        _ => refuse("personnel-no-proposal"),
    }
}

/// A proposal with what would follow; refused where it cannot be carried out any more.
pub async fn see(work: &mut Work<'_>, id: ProposalId) -> Result<Seen, Refused> {
    let proposal = get(work, id).await?;
    if let Some(accepted) = proposal.accepted {
        let key = if accepted { "personnel-accepted-before" } else { "personnel-declined-before" };
        return refuse(key);
    }
    let (foreseen, unit) = check(work, &proposal.proposed).await?;
    // Whoever is in another branch by now is no longer that leader's to propose about.
    if unit != Some(proposal.unit) {
        return refuse("personnel-proposal-stale");
    }
    Ok(Seen { proposal, foreseen })
}

/// Carries out what was proposed.
pub async fn accept(work: &mut Work<'_>, id: ProposalId) -> Result<Seen, Refused> {
    let seen = see(work, id).await?;
    match &seen.proposal.proposed {
        Proposed::Change(changed) => carry_out(work, changed).await.map(drop)?,
        Proposed::Newcomer(who) => add(work, who).await.map(drop)?,
    }
    decide(work, &seen.proposal, Decision::Accepted).await?;
    Ok(seen)
}

/// Declines it, also where it could not be carried out any more.
pub async fn decline(work: &mut Work<'_>, id: ProposalId) -> Result<(), Refused> {
    let proposal = get(work, id).await?;
    if proposal.accepted.is_some() {
        return see(work, id).await.map(drop);
    }
    let person = match proposal.proposed.person() {
        Some(id) => people::get(work.tx, id, work.today()).await?,
        None => None,
    };
    let code = person.map_or_else(|| work.units.code(proposal.unit).to_owned(), |one| one.code);
    let entry = Entry::new(Act::ProposalDeclined, code).within(Some(proposal.unit));
    let by = people::get(work.tx, proposal.by, work.today()).await?;
    work.note(entry.was(Field::Holder, by.map(|by| by.code))).await?;
    decide(work, &proposal, Decision::Declined).await
}

async fn decide(
    work: &mut Work<'_>,
    proposal: &Proposal,
    decision: Decision,
) -> Result<(), Refused> {
    let accepted = decision == Decision::Accepted;
    let (by, now) = (work.person(), work.now);
    proposals::decide(work.tx, proposal.id, accepted, by, now).await?;
    let Some(proposer) = people::get(work.tx, proposal.by, work.today()).await? else {
        return Ok(());
    };
    if work.is_me(proposer.id) {
        return Ok(());
    }
    let key = if accepted { "personnel-accepted-told" } else { "personnel-declined-told" };
    let told =
        Phrase::new(key).with("name", proposer.id).with("unit", work.units.name(proposal.unit));
    let message = Message::new().line(told);
    let what = format!("decided-{}", proposal.id.0);
    work.tell(&Addressee::alone(proposer), proposal.unit, &what, message).await?;
    Ok(())
}

/// What is proposed and what follows, a line each; `newcomer` says it of somebody new.
pub fn lines(work: &Work<'_>, seen: &Seen, newcomer: impl Fn(&Newcomer) -> Phrase) -> Vec<Phrase> {
    match (&seen.proposal.proposed, &seen.foreseen) {
        (Proposed::Change(Changed { change, .. }), Some(foreseen)) => {
            let mut lines = vec![said::said(work, foreseen, change)];
            lines.extend(said::follows(work, foreseen));
            lines
        }
        (Proposed::Newcomer(who), _) => vec![newcomer(who)],
        (Proposed::Change(_), None) => Vec::new(),
    }
}
