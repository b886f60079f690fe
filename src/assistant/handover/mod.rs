//! `/phancong` and `/bangiao`: who guides a candidate, and who holds an office of a branch, pass
//! from one person to another under a resolution, from a date on.
//!
//! Grammar: `/phancong [QC-014 | name]` shows the branch's candidates, or one; `/bangiao [branch]`
//! shows the offices the person may hand over. What a list shows is chosen by a button, or by typing
//! its code, its name or a part of it. Then: who takes it over (a button, or a name or code) → under which
//! resolution (text with its number) → from when (a button or a date) → confirm. Nothing is written
//! before the confirmation, and everything is looked at once more when it comes: two may be at it.
//! Duties, reports to judge and reminders follow the date, because they are computed from it.

mod lists;
mod questions;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::people::{Named, Person, Status, named};
use crate::domain::text::nfc;
use crate::domain::typed::Typed;
use crate::domain::when;
use crate::message::{Arg, Phrase};
use crate::operations::offices::{self, Change, Subject};
use crate::operations::rights::Right;
use crate::operations::{AHEAD, Refused};
use crate::store::people;
use crate::taps::{Charge, HandoverTap, Tap};

pub struct Handover;

const NAME: &str = "handover";

/// What waits for an answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    /// What has been answered so far; the first answer that lacks is asked for.
    #[serde(rename = "1")]
    At(Plan),
    /// Which candidate is meant.
    #[serde(rename = "1c")]
    Candidates,
    /// What is to change about one, or which other is meant.
    #[serde(rename = "1k")]
    Candidate { case: CaseId },
    /// Which office, of one branch or of all that may be handed over; or which branch.
    #[serde(rename = "1o")]
    Offices { unit: Option<UnitId> },
}

#[derive(Clone, Serialize, Deserialize)]
struct Plan {
    charge: Charge,
    who: Option<PersonId>,
    paper: Option<Typed>,
    since: Option<NaiveDate>,
}

impl Plan {
    fn of(charge: Charge) -> Self {
        Self { charge, who: None, paper: None, since: None }
    }

    fn needs_somebody(&self) -> bool {
        !matches!(self.charge, Charge::Release { .. })
    }
}

#[async_trait]
impl Feature for Handover {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[
            Command {
                name: "phancong",
                words: &["phan cong", "phan cong giup do", "thay nguoi giup do"],
                needs: &[Right::AssignMentors],
                about: "handover-mentors-about",
                in_groups: false,
                answer: |cx, rest| {
                    cx.leave();
                    Box::pin(lists::candidates_called(cx, rest))
                },
            },
            Command {
                name: "bangiao",
                words: &["ban giao", "ban giao nhiem vu"],
                needs: &[Right::PassOwnOffice, Right::PassOffices],
                about: "handover-offices-about",
                in_groups: false,
                answer: |cx, rest| {
                    cx.leave();
                    Box::pin(lists::offices_called(cx, rest))
                },
            },
        ]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Handover(tap) = tap else { return cx.stale().await };
        match tap {
            HandoverTap::Candidate(case) => lists::candidate(cx, case).await,
            HandoverTap::Branch(unit) => lists::branch(cx, unit).await,
            HandoverTap::Begin(charge) => ask(cx, Plan::of(charge)).await,
            _ if !cx.on_open_question() => cx.stale().await,
            tap => {
                let Position::At(plan) = cx.position()? else { return cx.stale().await };
                match tap {
                    HandoverTap::Who(who) => take_who(cx, plan, who).await,
                    HandoverTap::Since(since) => take_since(cx, plan, since).await,
                    HandoverTap::Anew => ask(cx, Plan::of(plan.charge)).await,
                    HandoverTap::Confirm => carry_out(cx, plan).await,
                    _ => cx.stale().await,
                }
            }
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let plan = match cx.position()? {
            Position::At(plan) => plan,
            Position::Candidates | Position::Candidate { .. } => {
                return lists::choose_candidate(cx, text).await;
            }
            Position::Offices { unit } => return lists::choose_office(cx, unit, text).await,
        };
        if plan.needs_somebody() && plan.who.is_none() {
            who_called(cx, plan, text).await?;
        } else if plan.paper.is_none() {
            take_paper(cx, plan, text).await?;
        } else if plan.since.is_none() {
            let Some(since) = a_date(text, when::near(text, cx.today(), AHEAD))? else {
                return Ok(Claim::NotMine);
            };
            take_since(cx, plan, since).await?;
        } else {
            return Ok(Claim::NotMine);
        }
        Ok(Claim::Done)
    }

    fn only_lists(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|position| !matches!(position, Position::At(_)))
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match cx.position()? {
            Position::At(plan) => ask(cx, plan).await,
            Position::Candidates => lists::candidates_called(cx, "").await,
            Position::Candidate { case } => lists::candidate(cx, case).await,
            Position::Offices { unit: Some(unit) } => lists::branch(cx, unit).await,
            Position::Offices { unit: None } => lists::offices_called(cx, "").await,
        }
    }
}

/// Ends the dialogue where there is nothing to go on with.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    if found.is_err() {
        cx.leave();
    }
    Ok(found?)
}

/// What a charge is about, if the person asking may still decide it.
async fn subject(cx: &mut Cx<'_>, charge: Charge) -> Result<Subject, Failure> {
    let found = offices::subject(&mut cx.work().await?, charge).await;
    or_leave(cx, found)
}

async fn eligible(cx: &mut Cx<'_>, subject: &Subject) -> Result<Vec<Person>, Failure> {
    Ok(offices::eligible(&mut cx.work().await?, subject).await?)
}

/// Asks for the first answer that lacks.
async fn ask(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let subject = subject(cx, plan.charge).await?;
    let about = questions::about(cx, &plan, &subject).await?;
    let message = if plan.needs_somebody() && plan.who.is_none() {
        let eligible = eligible(cx, &subject).await?;
        if eligible.is_empty() {
            cx.leave();
            return refuse("handover-nobody-eligible");
        }
        questions::who(about, &eligible)
    } else if plan.paper.is_none() {
        questions::paper(about)
    } else if let Some(since) = plan.since {
        let also = offices::gives_up(&mut cx.work().await?, &subject, plan.who, since).await?;
        questions::confirm(cx, about, &plan, also.as_ref()).await?
    } else {
        questions::since(about, cx.today())
    };
    cx.ask(NAME, &Position::At(plan), message).await
}

async fn who_called(cx: &mut Cx<'_>, plan: Plan, text: &str) -> Outcome {
    let subject = subject(cx, plan.charge).await?;
    let eligible = eligible(cx, &subject).await?;
    match named(&eligible, text) {
        Named::One(person) => {
            let who = person.id;
            take_who(cx, plan, who).await
        }
        Named::Several(several) => {
            let names = several
                .iter()
                .map(|p| {
                    Phrase::new("handover-namesake")
                        .with("name", p.id)
                        .with("code", Arg::code(&p.code))
                        .into()
                })
                .collect();
            refuse(Phrase::new("handover-several").with("people", Arg::List(names)))
        }
        Named::Nobody => not_eligible(cx, &subject, text).await,
    }
}

/// Says why a person of the branch cannot take it over, or that there is no such person.
async fn not_eligible(cx: &mut Cx<'_>, subject: &Subject, text: &str) -> Outcome {
    let today = cx.today();
    let mut placed = people::all(cx.tx, today).await?;
    placed.retain(|person| person.unit == Some(subject.unit()));
    match named(&placed, text) {
        Named::One(person) => refuse_person(cx, subject, person).await,
        _ => refuse(Phrase::new("handover-unknown").with("typed", Arg::Typed(Typed::new(text)))),
    }
}

async fn refuse_person(cx: &mut Cx<'_>, subject: &Subject, person: &Person) -> Outcome {
    let statuses = people::statuses(cx.tx, cx.today()).await?;
    let key = match statuses.get(&person.id) {
        Some(Status::Official) if subject.case().is_some() => "handover-guides-already",
        Some(Status::Official) => "handover-holds-already",
        Some(Status::Probationary) => "handover-probationary",
        _ => return refuse("handover-not-member"),
    };
    refuse(Phrase::new(key).with("name", person.id))
}

async fn take_who(cx: &mut Cx<'_>, plan: Plan, who: PersonId) -> Outcome {
    let subject = subject(cx, plan.charge).await?;
    let eligible = eligible(cx, &subject).await?;
    if eligible.iter().all(|person| person.id != who) {
        return match people::get(cx.tx, who, cx.today()).await? {
            Some(person) => refuse_person(cx, &subject, &person).await,
            None => cx.stale().await,
        };
    }
    ask(cx, Plan { who: Some(who), ..plan }).await
}

async fn take_paper(cx: &mut Cx<'_>, plan: Plan, text: &str) -> Outcome {
    let paper = Typed::new(nfc(text));
    offices::must_be_a_paper(&paper, cx.today())?;
    ask(cx, Plan { paper: Some(paper), ..plan }).await
}

async fn take_since(cx: &mut Cx<'_>, plan: Plan, since: NaiveDate) -> Outcome {
    let subject = subject(cx, plan.charge).await?;
    let mut work = cx.work().await?;
    offices::must_be_a_day(&mut work, &subject, plan.who, since).await?;
    ask(cx, Plan { since: Some(since), ..plan }).await
}

/// Hands over, and says what came of it.
async fn carry_out(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let Plan { charge, who, paper: Some(paper), since: Some(since) } = plan else {
        return Err(Failure::Unreadable);
    };
    let change = Change { charge, who, paper, since };
    let passed = offices::hand_over(&mut cx.work().await?, &change).await;
    let passed = or_leave(cx, passed)?;
    cx.leave();
    let done = questions::done(cx, &change, &passed).await?;
    cx.reply(done).await
}
