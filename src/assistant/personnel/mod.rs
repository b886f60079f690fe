//! `/nhansu`: people who are on no road, kept true: put down, corrected, moved, let go, taken back, given an office
//! and released from one.
//!
//! Grammar: `/nhansu [NS-012 | name]` shows somebody and what can be changed; without a name it asks for one. Each
//! change is asked for in a few questions (buttons, or words: a name, a branch, a day), shown with all that follows,
//! and done when it is confirmed. Whoever leads a branch proposes the same about its people: it goes to the committee's
//! office, which decides.

mod proposals;
mod questions;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::ids::{PersonId, ProposalId, UnitId};
use crate::domain::listed::Departure;
use crate::domain::people::{OfficeKind, Status, full_name};
use crate::domain::personnel::{Change, Changed, Newcomer, Proposed};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units;
use crate::domain::when::{self, Toward};
use crate::message::{Arg, Phrase};
use crate::operations::people::{MEMBERS, must_be_of_age};
use crate::operations::personnel;
use crate::operations::rights::{self, Right};
use crate::operations::{AHEAD, Refused, Work};
use crate::taps::{PersonnelDeed, PersonnelTap, Tap};

pub struct Personnel;

const NAME: &str = "personnel";

/// What waits for an answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    /// Who is meant.
    #[serde(rename = "1")]
    Who,
    /// What is to change about somebody, or who else is meant.
    #[serde(rename = "1p")]
    Somebody { person: PersonId },
    /// What a branch's leader proposed, to be decided on.
    #[serde(rename = "1q")]
    Proposal { id: ProposalId },
    /// What has been answered so far; the first answer that lacks is asked for.
    #[serde(rename = "1a")]
    At(Plan),
}

#[derive(Clone, Serialize, Deserialize)]
struct Plan {
    deed: PersonnelDeed,
    /// `None`: somebody new.
    person: Option<PersonId>,
    #[serde(default)]
    name: Option<Typed>,
    #[serde(default)]
    born: Option<NaiveDate>,
    #[serde(default)]
    unit: Option<UnitId>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    how: Option<Departure>,
    #[serde(default)]
    office: Option<OfficeKind>,
    #[serde(default)]
    day: Option<NaiveDate>,
}

impl Plan {
    fn of(deed: PersonnelDeed, person: Option<PersonId>) -> Self {
        let (office, unit) = match deed {
            PersonnelDeed::Release { office, unit } => (Some(office), Some(unit)),
            _ => (None, None),
        };
        Self {
            deed,
            person,
            name: None,
            born: None,
            unit,
            status: None,
            how: None,
            office,
            day: None,
        }
    }

    /// What is asked for next; `None`: everything is known.
    fn lacks(&self) -> Option<Asks> {
        let in_order: &[Asks] = match self.deed {
            PersonnelDeed::Add => &[Asks::Name, Asks::Born, Asks::Unit, Asks::Status, Asks::Day],
            PersonnelDeed::Rename => &[Asks::Name],
            PersonnelDeed::Born => &[Asks::Born],
            PersonnelDeed::Move | PersonnelDeed::Return => &[Asks::Unit, Asks::Day],
            PersonnelDeed::Leave => &[Asks::How, Asks::Day],
            PersonnelDeed::Become => &[Asks::Status, Asks::Day],
            PersonnelDeed::Appoint => &[Asks::Office, Asks::Unit, Asks::Day],
            PersonnelDeed::Release { .. } => &[Asks::Day],
        };
        in_order.iter().copied().find(|asks| match asks {
            Asks::Name => self.name.is_none(),
            Asks::Born => self.born.is_none(),
            Asks::Unit => self.unit.is_none(),
            Asks::Status => self.status.is_none(),
            Asks::How => self.how.is_none(),
            Asks::Office => self.office.is_none(),
            Asks::Day => self.day.is_none(),
        })
    }

    /// The change, when everything is known; `None` where somebody new is put down.
    fn change(&self) -> Option<Change> {
        let since = self.day;
        Some(match self.deed {
            PersonnelDeed::Add => return None,
            PersonnelDeed::Rename => Change::Rename { name: self.name.clone()? },
            PersonnelDeed::Born => Change::CorrectBirth { born: self.born? },
            PersonnelDeed::Move => Change::Move { to: self.unit?, since: since? },
            PersonnelDeed::Return => Change::Return { unit: self.unit?, since: since? },
            PersonnelDeed::Leave => Change::Leave { on: since?, how: self.how?, to: None },
            PersonnelDeed::Become => Change::Become { status: self.status?, on: since? },
            PersonnelDeed::Appoint => {
                Change::Appoint { office: self.office?, unit: self.unit?, since: since? }
            }
            PersonnelDeed::Release { office, unit } => {
                Change::Release { office, unit, since: since? }
            }
        })
    }

    fn newcomer(&self) -> Option<Newcomer> {
        Some(Newcomer {
            name: self.name.clone()?,
            born: self.born,
            unit: self.unit?,
            since: self.day?,
            status: self.status?,
        })
    }
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Name,
    Born,
    Unit,
    Status,
    How,
    Office,
    Day,
}

#[async_trait]
impl Feature for Personnel {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "nhansu",
            words: &["nhan su", "danh sach nhan su", "sua nhan su", "quan ly nhan su"],
            needs: &[Right::KeepStaff, Right::ProposeStaff],
            about: "personnel-about",
            in_groups: false,
            answer: |cx, rest| {
                cx.leave();
                Box::pin(called(cx, rest))
            },
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Personnel(tap) = tap else { return cx.stale().await };
        match tap {
            PersonnelTap::Somebody(person) => somebody(cx, person).await,
            PersonnelTap::Begin { deed, person } => {
                must_keep(cx)?;
                begin(cx, Plan::of(deed, person)).await
            }
            PersonnelTap::Proposal(id) => proposals::show(cx, id).await,
            PersonnelTap::Accept(id) => proposals::accept(cx, id).await,
            PersonnelTap::Decline(id) => proposals::refuse_it(cx, id).await,
            _ if !cx.on_open_question() => cx.stale().await,
            tap => {
                let Position::At(mut plan) = cx.position()? else { return cx.stale().await };
                match tap {
                    PersonnelTap::Unit(unit) => plan.unit = Some(unit),
                    PersonnelTap::Status(status) => plan.status = Some(status),
                    PersonnelTap::How(how) => plan.how = Some(how),
                    PersonnelTap::Office(office) => plan.office = Some(office),
                    PersonnelTap::Day(day) => plan.day = Some(day),
                    PersonnelTap::Anew => plan = Plan::of(plan.deed, plan.person),
                    PersonnelTap::Confirm => return carry_out(cx, plan).await,
                    _ => return cx.stale().await,
                }
                ask(cx, plan).await
            }
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        match cx.position()? {
            Position::Who | Position::Somebody { .. } | Position::Proposal { .. } => {
                called(cx, text).await?;
                Ok(Claim::Done)
            }
            Position::At(plan) => answer(cx, plan, text).await,
        }
    }

    fn only_lists(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|position| !matches!(position, Position::At(_)))
    }

    async fn show_again(&self, cx: &mut Cx<'_>, tap: &Tap) -> Outcome {
        match tap {
            Tap::Personnel(PersonnelTap::Accept(id) | PersonnelTap::Decline(id)) => {
                proposals::show(cx, *id).await
            }
            _ => self.repeat(cx).await,
        }
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match cx.position()? {
            Position::Who => called(cx, "").await,
            Position::Somebody { person } => somebody(cx, person).await,
            Position::Proposal { id } => proposals::show(cx, id).await,
            Position::At(plan) => ask(cx, plan).await,
        }
    }
}

fn must_keep(cx: &mut Cx<'_>) -> Result<(), Failure> {
    let me = cx.me()?;
    if [Right::KeepStaff, Right::ProposeStaff].iter().any(|right| rights::somewhere(me, *right)) {
        return Ok(());
    }
    cx.leave();
    refuse("personnel-not-allowed")
}

/// Whoever words mean, or the question who.
async fn called(cx: &mut Cx<'_>, text: &str) -> Outcome {
    must_keep(cx)?;
    if text.trim().is_empty() {
        let mut message = proposals::below(cx, questions::who()).await?;
        if rights::somewhere(cx.me()?, Right::TakeInLists) {
            message = questions::with_lists(message);
        }
        return cx.ask(NAME, &Position::Who, message).await;
    }
    let found = personnel::find(&mut cx.work().await?, text).await?;
    match &found[..] {
        [] => refuse(Phrase::new("personnel-unknown").with("typed", Arg::Typed(Typed::new(text)))),
        [one] => {
            let person = one.id;
            somebody(cx, person).await
        }
        several => {
            let message = questions::several(several);
            cx.ask(NAME, &Position::Who, message).await
        }
    }
}

/// Somebody as they stand, and what can be changed.
async fn somebody(cx: &mut Cx<'_>, person: PersonId) -> Outcome {
    let looked = personnel::look(&mut cx.work().await?, person).await;
    let looked = or_leave(cx, looked)?;
    let units = cx.units().await?;
    let message = questions::somebody(&units, &looked);
    cx.ask(NAME, &Position::Somebody { person }, message).await
}

/// Ends the dialogue where there is nothing to go on with.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    if found.is_err() {
        cx.leave();
    }
    Ok(found?)
}

/// A full name is typed where names may stand alone.
async fn begin(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let types_a_name = matches!(plan.deed, PersonnelDeed::Add | PersonnelDeed::Rename);
    if types_a_name && !cx.practice.names_on.contains(&cx.incoming.bot) {
        return refuse("personnel-elsewhere");
    }
    ask(cx, plan).await
}

/// Asks for the first answer that lacks, or shows what is to be done.
async fn ask(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    let units = cx.units().await?;
    let today = cx.today();
    let person = match plan.person {
        Some(person) => {
            let looked = personnel::look(&mut cx.work().await?, person).await;
            Some(or_leave(cx, looked)?)
        }
        None => None,
    };
    let about = questions::about(&plan, person.as_ref());
    let message = match plan.lacks() {
        Some(asks) => {
            let work = cx.work().await?;
            let may = offered(&work, &plan);
            questions::ask(about, asks, &plan, (&units, &may), person.as_ref(), today)
        }
        None => {
            let lines = foresee(cx, &plan).await?;
            questions::confirm(about, lines)
        }
    };
    cx.ask(NAME, &Position::At(plan), message).await
}

/// What is to be done and all that follows. Where it is refused, the last question stays open.
async fn foresee(cx: &mut Cx<'_>, plan: &Plan) -> Result<Vec<Phrase>, Failure> {
    let mut work = cx.work().await?;
    match (plan.person, plan.change(), plan.newcomer()) {
        (Some(person), Some(change), _) => {
            let changed = Changed { person, change };
            let foreseen = personnel::foresee(&mut work, &changed).await?;
            let mut lines = vec![personnel::said(&work, &foreseen, &changed.change)];
            lines.extend(personnel::follows(&work, &foreseen));
            if !personnel::does(&work, foreseen.person.unit, changed.change.unit()) {
                lines.push(Phrase::new("personnel-proposes"));
            }
            Ok(lines)
        }
        (None, _, Some(who)) => {
            let mut lines = vec![questions::newcomer(&work.units, &who)];
            if !personnel::does(&work, Some(who.unit), None) {
                lines.push(Phrase::new("personnel-proposes"));
            }
            Ok(lines)
        }
        _ => Err(Failure::Unreadable),
    }
}

/// The units that can be answered.
fn offered(work: &Work<'_>, plan: &Plan) -> Vec<UnitId> {
    match plan.deed {
        PersonnelDeed::Move => personnel::destinations(work),
        _ => personnel::units(work),
    }
}

async fn carry_out(cx: &mut Cx<'_>, plan: Plan) -> Outcome {
    match (plan.person, plan.change(), plan.newcomer()) {
        (Some(person), Some(change), _) => {
            let changed = Changed { person, change };
            let mut work = cx.work().await?;
            let foreseen = personnel::foresee(&mut work, &changed).await;
            if let Ok(foreseen) = &foreseen
                && !personnel::does(&work, foreseen.person.unit, changed.change.unit())
            {
                let said = personnel::said(&work, foreseen, &changed.change);
                return proposals::propose(cx, &Proposed::Change(changed), said).await;
            }
            let done = personnel::carry_out(&mut cx.work().await?, &changed).await;
            let foreseen = or_leave(cx, done)?;
            let said = match &changed.change {
                // By now the sentence would say the new name twice.
                Change::Rename { name } => questions::renamed(name),
                change => {
                    let work = cx.work().await?;
                    questions::done(personnel::said(&work, &foreseen, change))
                }
            };
            cx.leave();
            cx.reply(said).await
        }
        (None, _, Some(who)) => {
            let work = cx.work().await?;
            if !personnel::does(&work, Some(who.unit), None) {
                let said = questions::newcomer(&work.units, &who);
                return proposals::propose(cx, &Proposed::Newcomer(who), said).await;
            }
            let added = personnel::add(&mut cx.work().await?, &who).await;
            let (_, code) = or_leave(cx, added)?;
            cx.leave();
            cx.reply(questions::added(&code)).await
        }
        _ => Err(Failure::Unreadable),
    }
}

/// A text as the answer to what is asked.
async fn answer(cx: &mut Cx<'_>, mut plan: Plan, text: &str) -> Result<Claim, Failure> {
    let today = cx.today();
    match plan.lacks() {
        Some(Asks::Name) => {
            let Some(name) = full_name(text) else { return refuse("introduce-new-name-wrong") };
            plan.name = Some(Typed::new(name));
        }
        Some(Asks::Born) => {
            let Some(born) = a_date(text, when::date(text, today, Toward::Past))? else {
                return refuse("introduce-new-born-wrong");
            };
            must_be_of_age(&cx.work().await?, born, MEMBERS)?;
            plan.born = Some(born);
        }
        Some(Asks::Unit) => {
            let units = cx.units().await?;
            let may = offered(&cx.work().await?, &plan);
            let all = may.iter().filter_map(|unit| units.get(*unit));
            let [one] = units::named(all, &fold(text))[..] else { return Ok(Claim::NotMine) };
            plan.unit = Some(one.id);
        }
        Some(Asks::Day) => {
            let Some(day) = a_date(text, when::near(text, today, AHEAD))? else {
                return Ok(Claim::NotMine);
            };
            plan.day = Some(day);
        }
        Some(Asks::Status | Asks::How | Asks::Office) => {
            let Some(told) = questions::by_words(&plan, text) else { return Ok(Claim::NotMine) };
            plan = told;
        }
        None => return Ok(Claim::NotMine),
    }
    ask(cx, plan).await?;
    Ok(Claim::Done)
}
