//! `/lop`: the classes of the committee, who is sent to them, and who came back with a certificate.
//!
//! Grammar: `/lop [year]` lists the classes that begin in a year, this one if none is named, with what
//! can be done next. Four dialogues: opening a class (kind, days, place, number); sending people to
//! it, all whom the road's guards let go, by buttons or by typing codes, names or a branch; noting
//! afterwards who got a certificate; and cancelling it with a reason. Each asks, shows everything and
//! asks to confirm; `/huy` leaves it and changes nothing. Being sent is a step on the road of each; the
//! certificate is noted when the class is over, and whoever did not get one has the step reversed. It
//! is for the members of a committee and its office, and reaches the branches below them.

mod cancelling;
mod opening;
mod page;
mod sending;
mod settling;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use super::engine::pages::Page;
use crate::domain::ids::{ClassId, UnitId};
use crate::domain::text::nfc;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::domain::when::{self, PeriodKind, take_period};
use crate::message::{Button, Phrase};
use crate::operations::Refused;
use crate::operations::cases::Dossier;
use crate::operations::classes as operation;
use crate::operations::rights::{self, Right};
use crate::phrasing::class::named;
use crate::store::classes::Class;
use crate::taps::{ClassTap, Tap};

pub struct Classes;

const NAME: &str = "classes";

/// Where the dialogue stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1o")]
    Opening { plan: opening::Plan },
    #[serde(rename = "1s")]
    Sending { plan: sending::Plan },
    #[serde(rename = "1c")]
    Settling { plan: settling::Plan },
    #[serde(rename = "1x")]
    Cancelling { class: ClassId, reason: Option<Typed> },
}

/// What somebody who may hold classes has before them.
struct Desk {
    units: Arc<UnitTree>,
    /// The committees they hold them for, the widest first.
    roots: Vec<UnitId>,
}

impl Desk {
    /// The committee that opens a class.
    fn committee(&self) -> Option<UnitId> {
        self.roots.first().copied()
    }
}

#[async_trait]
impl Feature for Classes {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "lop",
            words: &["lop hoc", "lop boi duong", "classes"],
            needs: &[Right::HoldClasses],
            about: "class-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Class(tap) = tap else { return cx.stale().await };
        let desk = desk(cx).await?;
        match tap {
            ClassTap::Year(year) => page::list(cx, &desk, year).await,
            ClassTap::Look(id) => {
                let class = class(cx, id).await?;
                page::show(cx, &desk, &class, None).await
            }
            ClassTap::Open => opening::ask(cx, &desk, opening::Plan::default()).await,
            ClassTap::Add(id) => {
                let class = class(cx, id).await?;
                sending::begin(cx, &desk, &class, Vec::new()).await
            }
            ClassTap::Again => sending::again(cx, &desk).await,
            ClassTap::Certify(id) => {
                let class = class(cx, id).await?;
                settling::begin(cx, &class).await
            }
            ClassTap::Cancel(id) => {
                let class = class(cx, id).await?;
                cancelling::begin(cx, &class).await
            }
            _ if !is_open(cx) => cx.stale().await,
            _ => answer(cx, &desk, tap).await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let position = cx.position()?;
        let desk = desk(cx).await?;
        let text = nfc(text);
        match position {
            Position::Opening { plan } => opening::text(cx, &desk, plan, &text).await,
            Position::Sending { plan } => sending::text(cx, &desk, plan, &text).await,
            Position::Settling { plan } => settling::text(cx, plan, &text).await,
            Position::Cancelling { class, reason } => {
                cancelling::text(cx, class, reason, &text).await
            }
        }
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let position = cx.position()?;
        let desk = desk(cx).await?;
        repeat(cx, &desk, position).await
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    let desk = desk(cx).await?;
    let year = match take_period(rest, cx.today()) {
        Ok((words, None)) if words.is_empty() => cx.today().year(),
        Ok((words, Some(period))) if words.is_empty() => match period.kind {
            PeriodKind::Year(year) => year,
            _ => return refuse("class-which-year"),
        },
        _ => return refuse("class-which-year"),
    };
    page::list(cx, &desk, year).await
}

async fn repeat(cx: &mut Cx<'_>, desk: &Desk, position: Position) -> Outcome {
    match position {
        Position::Opening { plan } => opening::ask(cx, desk, plan).await,
        Position::Sending { plan } => sending::ask(cx, desk, plan, None).await,
        Position::Settling { plan } => settling::ask(cx, plan).await,
        Position::Cancelling { class, reason } => cancelling::ask(cx, class, reason).await,
    }
}

/// What lies before the person, if they hold classes for any branch today.
async fn desk(cx: &mut Cx<'_>) -> Result<Desk, Failure> {
    let units = cx.units().await?;
    let mut roots = rights::roots(cx.me()?, Right::HoldClasses);
    roots.sort();
    roots.dedup();
    roots.sort_by_key(|root| std::cmp::Reverse(units.subtree(*root).len()));
    let desk = Desk { units, roots };
    let reaches = desk.roots.iter().any(|root| !operation::branches(&desk.units, *root).is_empty());
    if !reaches {
        if is_open(cx) {
            cx.leave();
        }
        return refuse("class-not-allowed");
    }
    Ok(desk)
}

fn is_open(cx: &Cx<'_>) -> bool {
    cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME)
}

async fn class(cx: &mut Cx<'_>, id: ClassId) -> Result<Class, Failure> {
    Ok(operation::find(&mut cx.work().await?, id).await?)
}

/// The class of a dialogue that goes on: it ends where the class was cancelled meanwhile.
async fn held(cx: &mut Cx<'_>, id: ClassId) -> Result<Class, Failure> {
    let held = operation::held(&mut cx.work().await?, id).await;
    or_leave(cx, held)
}

/// Ends the dialogue about something that cannot be done any more.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    Ok(found.inspect_err(|_| cx.leave())?)
}

/// Answers a button of a dialogue. Choosing somebody says the same whenever it is tapped, so those
/// who tap faster than the question changes are understood; the others mean something under the open
/// question alone.
async fn answer(cx: &mut Cx<'_>, desk: &Desk, tap: ClassTap) -> Outcome {
    let position: Position = cx.position()?;
    let chooses = matches!(tap, ClassTap::Pick(_) | ClassTap::Drop(_) | ClassTap::Mark { .. });
    if !chooses && !cx.on_open_question() {
        cx.stale().await?;
        return repeat(cx, desk, position).await;
    }
    match position {
        Position::Opening { plan } => opening::tap(cx, desk, plan, tap).await,
        Position::Sending { plan } => sending::tap(cx, desk, plan, tap).await,
        Position::Settling { plan } => settling::tap(cx, desk, plan, tap).await,
        Position::Cancelling { class, reason } => {
            cancelling::tap(cx, desk, class, reason, tap).await
        }
    }
}

/// A date that was typed; `None`: it is none.
fn typed_date(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    a_date(text, when::nearest_date(text, today))
}

fn button(label: impl Into<Phrase>, tap: ClassTap) -> Button {
    Button::new(label, Tap::Class(tap))
}

/// Buttons to the pages before and after one.
fn beside(page: Page) -> Vec<Button> {
    let keys = ["button-class-previous", "button-class-next"];
    page.beside(keys, |key, to| button(key, ClassTap::Page(to)))
}

/// All cases on the road below a committee, in the order of the branches.
async fn open_cases(cx: &mut Cx<'_>, committee: UnitId) -> Result<Vec<Dossier>, Failure> {
    Ok(operation::open_cases(&mut cx.work().await?, committee).await?)
}
