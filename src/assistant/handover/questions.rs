//! What `/phancong` and `/bangiao` show and ask.

use chrono::NaiveDate;

use super::Plan;
use crate::assistant::engine::context::Cx;
use crate::assistant::engine::failure::Failure;
use crate::domain::people::{OfficeKind, Person};
use crate::domain::units::{Unit, UnitTree};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::offices::{Change, Held, Passed, Subject};
use crate::phrasing;
use crate::store::cases::{self, Open};
use crate::store::people;
use crate::store::road::Case;
use crate::taps::{Charge, HandoverTap, Tap};

fn button(label: impl Into<Phrase>, tap: HandoverTap) -> Button {
    Button::new(label, Tap::Handover(tap))
}

/// A candidate as sentences name them.
fn named(case: &Case) -> Arg {
    Arg::Who(case.person)
}

fn person(person: &Person) -> Arg {
    Arg::Who(person.id)
}

/// The candidates, each with how many guide them.
pub(super) fn candidates(all: &[(Open, usize)]) -> Message {
    let mut message = Message::new().title("handover-candidates-title");
    if all.is_empty() {
        return message.line("handover-candidates-none");
    }
    message = message.line("handover-type-candidate");
    for (case, mentors) in all {
        message = message
            .item(
                Phrase::new("handover-candidates-line")
                    .with("candidate", Arg::Who(case.person))
                    .with("mentors", *mentors),
            )
            .row(vec![button(
                Phrase::new("handover-candidate-button").with("candidate", Arg::Who(case.person)),
                HandoverTap::Candidate(case.id),
            )]);
    }
    message
}

pub(super) fn candidate(case: &Case, mentors: &[Person], room: bool) -> Message {
    let title = Phrase::new("handover-candidate-title").with("candidate", named(case));
    let mut message = Message::new().title(title);
    if mentors.is_empty() {
        message = message.line("handover-no-mentor");
    }
    for mentor in mentors {
        let replace = Charge::Mentor { case: case.id, instead_of: Some(mentor.id) };
        let release = Charge::Release { case: case.id, mentor: mentor.id };
        let label = |key: &str| Phrase::new(key).with("name", person(mentor));
        message = message
            .item(Phrase::new("handover-mentor").with("name", person(mentor)))
            .row(vec![button(label("handover-replace"), HandoverTap::Begin(replace))])
            .row(vec![button(label("handover-release"), HandoverTap::Begin(release))]);
    }
    if room {
        let beside = Charge::Mentor { case: case.id, instead_of: None };
        message = message.row(vec![button("handover-assign", HandoverTap::Begin(beside))]);
    }
    message
}

/// Offices with who holds them, and branches to look into.
pub(super) fn offices(units: &UnitTree, charges: &[Held], branches: &[Unit]) -> Message {
    let mut message = Message::new().title("handover-offices-title");
    for (charge, holder) in charges {
        let Charge::Office { unit, kind, .. } = charge else { continue };
        let office = phrasing::office(*kind);
        let line = match holder {
            Some(holder) => Phrase::new("handover-office-line")
                .with("office", office.clone())
                .with("unit", units.name(*unit))
                .with("name", person(holder)),
            None => Phrase::new("handover-office-vacant")
                .with("office", office.clone())
                .with("unit", units.name(*unit)),
        };
        let label = match holder {
            Some(holder) => Phrase::new("handover-office-button")
                .with("office", office)
                .with("name", person(holder)),
            None => Phrase::new("handover-office-fill").with("office", office),
        };
        message = message.item(line).row(vec![button(label, HandoverTap::Begin(*charge))]);
    }
    for branch in branches {
        let label = Phrase::new("handover-branch-button").with("unit", &branch.name);
        message = message.row(vec![button(label, HandoverTap::Branch(branch.id))]);
    }
    match charges {
        [] => message.line("handover-which-branch"),
        _ => message.line("handover-which-office"),
    }
}

/// What is being handed over, as a phrase that stands above each question.
pub(super) async fn about(
    cx: &mut Cx<'_>,
    plan: &Plan,
    subject: &Subject,
) -> Result<Phrase, Failure> {
    let units = cx.units().await?;
    let from = subject.from().map(person);
    Ok(match (plan.charge, subject.case(), from) {
        (Charge::Office { kind, .. }, _, from) => {
            let (office, unit) = (phrasing::office(kind), units.name(subject.unit()));
            match from {
                Some(from) => Phrase::new("handover-about-office")
                    .with("office", office)
                    .with("unit", unit)
                    .with("from", from),
                None => {
                    Phrase::new("handover-about-vacancy").with("office", office).with("unit", unit)
                }
            }
        }
        (Charge::Release { .. }, Some(case), Some(from)) => {
            Phrase::new("handover-about-release").with("candidate", named(case)).with("from", from)
        }
        (_, Some(case), Some(from)) => {
            Phrase::new("handover-about-replace").with("candidate", named(case)).with("from", from)
        }
        (_, Some(case), None) => {
            Phrase::new("handover-about-assign").with("candidate", named(case))
        }
        (_, None, _) => return Err(Failure::Unreadable),
    })
}

/// Most buttons with names in one question; others are typed.
const SHOWN: usize = 20;

pub(super) fn who(about: Phrase, eligible: &[Person]) -> Message {
    let mut message = Message::new().title(about).line("handover-ask-who");
    for one in eligible.iter().take(SHOWN) {
        let label = Phrase::new("handover-who").with("name", person(one));
        message = message.row(vec![button(label, HandoverTap::Who(one.id))]);
    }
    message
}

pub(super) fn paper(about: Phrase) -> Message {
    Message::new().title(about).line("handover-ask-paper")
}

pub(super) fn since(about: Phrase, today: NaiveDate) -> Message {
    let label = Phrase::new("handover-since-today").with("date", today);
    Message::new()
        .title(about)
        .line("handover-ask-since")
        .row(vec![button(label, HandoverTap::Since(today))])
}

pub(super) async fn confirm(
    cx: &mut Cx<'_>,
    about: Phrase,
    plan: &Plan,
    also: Option<&OfficeKind>,
) -> Result<Message, Failure> {
    let mut message = Message::new().title(about);
    if let Some(who) = plan.who
        && let Some(who) = people::get(cx.tx, who, cx.today()).await?
    {
        message = message.line(Phrase::new("handover-confirm-who").with("name", person(&who)));
        if let Some(office) = also {
            message = message.line(
                Phrase::new("handover-confirm-also")
                    .with("name", person(&who))
                    .with("office", phrasing::office(*office)),
            );
        }
    }
    if let (Some(paper), Some(since)) = (&plan.paper, plan.since) {
        message = message
            .line(Phrase::new("handover-confirm-paper").with("paper", Arg::Typed(paper.clone())))
            .line(Phrase::new("handover-confirm-since").with("since", since));
    }
    Ok(message.row(vec![
        button("button-confirm", HandoverTap::Confirm),
        button("button-edit", HandoverTap::Anew),
    ]))
}

pub(super) async fn done(
    cx: &mut Cx<'_>,
    Change { charge, paper, since, .. }: &Change,
    Passed { subject, to }: &Passed,
) -> Result<Message, Failure> {
    let units = cx.units().await?;
    let phrase = match (*charge, subject.case(), to) {
        (Charge::Office { kind, .. }, _, Some(to)) => Phrase::new("handover-office-done")
            .with("office", phrasing::office(kind))
            .with("unit", units.name(subject.unit()))
            .with("name", person(to))
            .with("since", *since)
            .with("paper", paper),
        (_, Some(case), Some(to)) => Phrase::new("handover-mentor-done")
            .with("candidate", named(case))
            .with("name", person(to))
            .with("since", *since)
            .with("paper", paper),
        (_, Some(case), None) => Phrase::new("handover-release-done")
            .with("candidate", named(case))
            .with("since", *since)
            .with("paper", paper),
        (_, None, _) => return Err(Failure::Unreadable),
    };
    let mut message = Message::of(phrase);
    if let (Some(case), None) = (subject.case(), to)
        && !cases::guided_in(cx.tx, case.unit, *since).await?.iter().any(|g| g.id == case.id)
    {
        message = message.line(Phrase::new("handover-nobody-left").with("candidate", named(case)));
    }
    Ok(message)
}
