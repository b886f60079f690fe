//! What a confirmed hand-over changes: who had it ends, who takes it over begins, both are told.

use chrono::{Days, NaiveDate};

use super::{AHEAD, BACK, Plan, Subject, changed, eligible, full, subject};
use crate::assistant::context::Cx;
use crate::assistant::failure::{Failure, Outcome, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::PersonId;
use crate::domain::people::{OfficeKind, Person};
use crate::domain::typed::Typed;
use crate::message::{Button, Message, Phrase};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::people;
use crate::store::tenures::{self, Tenure};
use crate::taps::{Charge, ReportTap, Tap};

/// Refuses a date out of reach, and one before who has it began: nothing ends before it begins.
pub(super) async fn check_since(cx: &mut Cx<'_>, plan: &Plan, since: NaiveDate) -> Outcome {
    let today = cx.today();
    let days = (since - today).num_days();
    if !(-BACK..=AHEAD).contains(&days) {
        let earliest = today - Days::new(BACK.unsigned_abs());
        let latest = today + Days::new(AHEAD.unsigned_abs());
        return refuse(
            Phrase::new("handover-since-range")
                .with("since", since)
                .with("earliest", earliest)
                .with("latest", latest),
        );
    }
    let subject = subject(cx, plan.charge).await?;
    let tenures = tenures(cx, plan, since.min(today)).await?;
    let held = subject.from.as_ref();
    let began = held.and_then(|held| tenures.iter().find(|t| t.person == held.id)).map(|t| t.from);
    if let (Some(began), Some(held)) = (began.filter(|began| since <= *began), held) {
        return refuse(
            Phrase::new("handover-ends-before")
                .with("since", since)
                .with("began", began)
                .with("name", held.id),
        );
    }
    // Somebody may be down for it already, from a later day on.
    let others = tenures.iter().filter(|t| Some(t.person) != held.map(|held| held.id));
    let others: Vec<&Tenure> = others.filter(|t| t.to.is_none_or(|to| to > since)).collect();
    let ahead = others.iter().find(|t| match plan.charge {
        Charge::Office { .. } => t.from > today,
        Charge::Mentor { .. } => t.from > today && Some(t.person) == plan.who,
        Charge::Release { .. } => false,
    });
    if let Some(ahead) = ahead {
        return refuse(Phrase::new("handover-planned-already").with("from", ahead.from));
    }
    let full = full(cx.practice, others.len(), since);
    match full.filter(|_| matches!(plan.charge, Charge::Mentor { .. })) {
        Some(full) => refuse(full),
        None => Ok(()),
    }
}

/// Who has what is to pass, on a date or later.
async fn tenures(cx: &mut Cx<'_>, plan: &Plan, date: NaiveDate) -> Result<Vec<Tenure>, Failure> {
    Ok(match plan.charge {
        Charge::Mentor { case, .. } | Charge::Release { case, .. } => {
            tenures::mentors_from(cx.tx, case, date).await?
        }
        Charge::Office { unit, kind, .. } => tenures::office_from(cx.tx, unit, kind, date).await?,
    })
}

/// The other leading office of the branch that a successor gives up: nobody is secretary and deputy
/// of one branch.
pub(super) async fn gives_up(
    cx: &mut Cx<'_>,
    plan: &Plan,
    subject: &Subject,
    since: NaiveDate,
) -> Result<Option<OfficeKind>, Failure> {
    let (Charge::Office { kind, .. }, Some(who)) = (plan.charge, plan.who) else { return Ok(None) };
    let other = match kind {
        OfficeKind::Secretary => OfficeKind::Deputy,
        _ => OfficeKind::Secretary,
    };
    let holders = people::holders(cx.tx, subject.unit, other, since).await?;
    Ok(holders.contains(&who).then_some(other))
}

pub(super) async fn carry_out(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let (Some(since), Some(paper)) = (plan.since, plan.paper.clone()) else {
        return Err(Failure::Unreadable);
    };
    let subject = subject(cx, plan.charge).await?;
    check_since(cx, &plan, since).await?;
    let to = match plan.who {
        Some(who) => {
            let found = eligible(cx, &subject).await?.into_iter().find(|person| person.id == who);
            let Some(person) = found else { return changed(cx) };
            Some(person)
        }
        None => None,
    };
    let changed_people = write(cx, &plan, &subject, to.as_ref(), since, &paper).await?;
    cx.work().await?.fit_menus(&changed_people).await?;
    cx.leave();
    let done = super::questions::done(cx, &plan, &subject, to.as_ref(), since, &paper).await?;
    cx.reply(done).await?;
    tell(cx, &plan, &subject, to.as_ref(), since, &paper).await
}

/// Ends and begins; gives whose duties changed.
async fn write(
    cx: &mut Cx<'_>,
    plan: &Plan,
    subject: &Subject,
    to: Option<&Person>,
    since: NaiveDate,
    paper: &Typed,
) -> Result<Vec<PersonId>, Failure> {
    let mut whose: Vec<PersonId> = to.iter().map(|to| to.id).collect();
    let ended = match (plan.charge, &subject.from) {
        (_, None) => true,
        (Charge::Mentor { case, .. } | Charge::Release { case, .. }, Some(from)) => {
            whose.push(from.id);
            tenures::end_mentorship(cx.tx, case, from.id, since).await?
        }
        (Charge::Office { unit, kind, .. }, Some(from)) => {
            whose.push(from.id);
            tenures::end_office(cx.tx, unit, kind, from.id, since).await?
        }
    };
    if !ended {
        return changed(cx);
    }
    if let Some(to) = to {
        match plan.charge {
            Charge::Mentor { case, .. } | Charge::Release { case, .. } => {
                tenures::begin_mentorship(cx.tx, case, to.id, paper, since).await?;
            }
            Charge::Office { unit, kind, .. } => {
                if let Some(other) = gives_up(cx, plan, subject, since).await?
                    && !tenures::end_office(cx.tx, unit, other, to.id, since).await?
                {
                    return changed(cx);
                }
                tenures::begin_office(cx.tx, unit, kind, to.id, since).await?;
            }
        }
    }
    note(cx, plan, subject, to, since).await?;
    Ok(whose)
}

async fn note(
    cx: &mut Cx<'_>,
    plan: &Plan,
    subject: &Subject,
    to: Option<&Person>,
    since: NaiveDate,
) -> Outcome {
    let units = cx.units().await?;
    let (entry, who) = match (plan.charge, &subject.case) {
        (Charge::Office { kind, .. }, _) => {
            let entry = Entry::new(Act::OfficePassed, units.code(subject.unit));
            (entry.became(Field::Office, kind), Field::Holder)
        }
        (_, case) => {
            let code = case.as_ref().map(|case| case.code.as_str()).unwrap_or_default();
            (Entry::new(Act::MentorChanged, code), Field::Mentor)
        }
    };
    let entry = entry
        .within(subject.unit)
        .was(who, subject.from.as_ref().map(|from| from.code.as_str()))
        .became(who, to.map(|to| to.code.as_str()))
        .became(Field::Since, since);
    cx.note(entry).await
}

/// Both are told, whoever of them did not do it.
async fn tell(
    cx: &mut Cx<'_>,
    plan: &Plan,
    subject: &Subject,
    to: Option<&Person>,
    since: NaiveDate,
    paper: &Typed,
) -> Outcome {
    let me = cx.me()?.id;
    let units = cx.units().await?;
    let say = |key: &str, person: &Person| {
        Phrase::new(key).with("name", person.id).with("paper", paper).with("since", since)
    };
    let both = [(to, "to"), (subject.from.as_ref(), "from")];
    for (person, side) in both {
        let Some(person) = person.filter(|person| person.id != me) else { continue };
        let takes_over = side == "to";
        let message = match (plan.charge, &subject.case) {
            (Charge::Office { kind, .. }, _) => {
                let key =
                    if takes_over { "handover-office-told" } else { "handover-office-ended-told" };
                let told = say(key, person).with("office", phrasing::office(kind));
                let message = Message::of(told.with("unit", units.name(subject.unit)));
                let tasks = Button::new("button-tasks", Tap::Command("viec".to_owned()));
                if takes_over { message.row(vec![tasks]) } else { message }
            }
            (_, Some(case)) => {
                let key =
                    if takes_over { "handover-mentor-told" } else { "handover-mentor-ended-told" };
                let message =
                    Message::of(say(key, person).with("candidate", super::questions::named(case)));
                let report = Button::new("button-report", Tap::Report(ReportTap::Open));
                if takes_over { message.row(vec![report]) } else { message }
            }
            (_, None) => continue,
        };
        let key = format!("{}:{side}", cx.once("handover"));
        cx.tell(person, Some(subject.unit), &[], key, message).await?;
    }
    Ok(())
}
