//! What the dialogue of a step asks, how typed answers are read, and what changing one undoes.

use chrono::NaiveDate;

use super::steps::Plan;
use super::{Cx, Failure, branches, people};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::road::{Ask, CaseStep, Evidence, Fellow, Reason, Votes};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::Dossier;
use crate::phrasing::road as say;
use crate::taps::{RoadTap, Tap};

/// An answer to a question.
pub(super) enum Answer {
    Day(NaiveDate),
    Number(Typed),
    People(Vec<PersonId>),
    Votes(Votes),
    Reason(Reason),
    Branch(UnitId),
}

impl Answer {
    /// Puts the answer where its question wants it.
    pub fn put_into(self, told: &mut Evidence, ask: Ask) {
        match self {
            Self::Day(day) if ask == Ask::Received => told.received = Some(day),
            Self::Day(day) => told.on = Some(day),
            Self::Number(number) if ask == Ask::Consent => told.consent = Some(number),
            Self::Number(number) => told.number = Some(number),
            // What they were on the day is looked up when the plan is judged.
            Self::People(ids) => {
                let unknown = |id| Fellow { id, official: false, months: 0 };
                told.people = Some(ids.into_iter().map(unknown).collect());
            }
            Self::Votes(votes) => told.votes = Some(votes),
            Self::Branch(unit) => told.branch = Some(unit),
            Self::Reason(reason) => told.reason = Some(reason),
        }
    }
}

/// Reads a vote that was typed; what else is typed is read elsewhere. `None`: it is none.
pub(super) fn read(dossier: &Dossier, ask: Ask, text: &str) -> Option<Answer> {
    match ask {
        Ask::BranchVotes => Votes::read(text, Some(dossier.facts.official)).map(Answer::Votes),
        Ask::CommitteeVotes => Votes::read(text, None).map(Answer::Votes),
        _ => None,
    }
}

/// The questions of a plan that were answered, in order.
pub(super) fn asked_of(plan: &Plan) -> Vec<Ask> {
    let received = plan.told.received.is_some();
    let asks = plan.step.asks().iter().copied().filter(|ask| received || *ask != Ask::Received);
    asks.chain(plan.told.consent.is_some().then_some(Ask::Consent)).collect()
}

/// Forgets an answer and those after it, which may depend on it. Who was named stays named.
pub(super) fn forget(plan: &mut Plan, ask: Ask) {
    let from = plan.step.asks().iter().position(|asked| *asked == ask);
    plan.told.consent = None;
    for later in plan.step.asks().iter().skip(from.unwrap_or(usize::MAX)) {
        match later {
            Ask::On => plan.told.on = None,
            Ask::Number => plan.told.number = None,
            Ask::Branch => plan.told.branch = None,
            Ask::Mentors | Ask::Introducers => plan.told.people = None,
            Ask::BranchVotes | Ask::CommitteeVotes => plan.told.votes = None,
            Ask::Received => plan.told.received = None,
            Ask::Reason => plan.told.reason = None,
            Ask::Consent => {}
        }
    }
}

/// A question with its options, below what is said already.
pub(super) async fn question(
    cx: &mut Cx<'_>,
    dossier: &Dossier,
    plan: &Plan,
    ask: Ask,
    head: Message,
) -> Result<Message, Failure> {
    let step = plan.step;
    let message = head.title(
        Phrase::new("take-title")
            .with("step", say::step(step))
            .with("candidate", dossier.candidate()),
    );
    Ok(match ask {
        Ask::On => day(message.line("ask-on"), cx.today()),
        Ask::Received => day(message.line("ask-received"), plan.told.on.unwrap_or(cx.today())),
        Ask::Number => message.line(Phrase::new("ask-number").with("step", say::step(step))),
        Ask::Consent => message.line("ask-consent"),
        Ask::BranchVotes => message.line(branch_votes(cx, dossier, plan)),
        Ask::CommitteeVotes => message.line(committee_votes(cx, dossier, plan)),
        Ask::Branch => branches::offer(cx, message.line("ask-branch")).await?,
        Ask::Reason => reasons(message.line("ask-reason"), step),
        Ask::Mentors | Ask::Introducers => people::offer(cx, dossier, plan, ask, message).await?,
    })
}

fn day(message: Message, offered: NaiveDate) -> Message {
    let label =
        Phrase::new("ask-on-button").with("weekday", Arg::Weekday(offered)).with("on", offered);
    message.row(vec![Button::new(label, Tap::Road(RoadTap::On(offered)))])
}

fn reasons(mut message: Message, step: CaseStep) -> Message {
    for reason in step.reasons() {
        let tap = Tap::Road(RoadTap::Because(*reason));
        message = message.row(vec![Button::new(say::dropped_for(*reason), tap)]);
    }
    message
}

/// How many there are, and how many are enough if nobody is excused. It has no buttons: a bare
/// number is an answer here.
fn branch_votes(cx: &Cx<'_>, dossier: &Dossier, plan: &Plan) -> Phrase {
    let members = dossier.facts.official;
    let all = Votes { members, excused: 0, in_favour: members };
    let told = Evidence { votes: Some(all), ..plan.told.clone() };
    let question = Phrase::new("ask-branch-votes").with("members", members);
    match dossier.road(cx.practice).tally(plan.step, &told) {
        Some((tally, source)) => Phrase::new("ask-votes-by-rule")
            .with("question", question)
            .with("needed", tally.needed)
            .with("members", members)
            .with("source", say::source(&source)),
        None => question,
    }
}

fn committee_votes(cx: &Cx<'_>, dossier: &Dossier, plan: &Plan) -> Phrase {
    let some = Votes { members: 1, excused: 0, in_favour: 1 };
    let told = Evidence { votes: Some(some), ..plan.told.clone() };
    let question = Phrase::new("ask-committee-votes");
    match dossier.road(cx.practice).tally(plan.step, &told) {
        Some((tally, source)) => Phrase::new("ask-votes-by-share")
            .with("question", question)
            .with("part", tally.share.part())
            .with("whole", tally.share.whole())
            .with("source", say::source(&source)),
        None => question,
    }
}
