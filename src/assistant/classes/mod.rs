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
mod told;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::context::Cx;
use super::failure::{Failure, Outcome, refuse};
use super::feature::{Claim, Feature};
use crate::domain::class::ClassKind;
use crate::domain::ids::{CaseId, ClassId, UnitId};
use crate::domain::text::nfc;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::domain::when::{self, PeriodKind, WhenError, take_period};
use crate::message::{Arg, Button, Phrase};
use crate::operations::cases::{self, Sheet};
use crate::operations::rights::{self, Right};
use crate::store::classes::{self, Class, Seat};
use crate::taps::{ClassTap, Tap};

pub struct Classes;

const NAME: &str = "classes";

/// People shown at a time.
const PAGE: usize = 10;

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
    fn sees(&self, class: &Class) -> bool {
        self.roots.iter().any(|root| self.units.is_within(class.what.unit, *root))
    }

    /// The branches below a unit, by code.
    fn branches(&self, root: UnitId) -> Vec<UnitId> {
        let below = self.units.branches().filter(|branch| self.units.is_within(branch.id, root));
        below.map(|branch| branch.id).collect()
    }

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
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, rest: &str) -> Outcome {
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

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Class(tap) = tap else { return cx.stale().await };
        let desk = desk(cx).await?;
        match tap {
            ClassTap::Year(year) => page::list(cx, &desk, year).await,
            ClassTap::Look(id) => {
                let class = class(cx, &desk, id).await?;
                page::show(cx, &desk, &class, None).await
            }
            ClassTap::Open => opening::ask(cx, &desk, opening::Plan::default()).await,
            ClassTap::Add(id) => {
                let class = class(cx, &desk, id).await?;
                sending::begin(cx, &desk, &class, Vec::new()).await
            }
            ClassTap::Again => sending::again(cx, &desk).await,
            ClassTap::Certify(id) => {
                let class = class(cx, &desk, id).await?;
                settling::begin(cx, &class).await
            }
            ClassTap::Cancel(id) => {
                let class = class(cx, &desk, id).await?;
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
            Position::Settling { plan } => settling::text(cx, &desk, plan, &text).await,
            Position::Cancelling { class, reason } => {
                cancelling::text(cx, &desk, class, reason, &text).await
            }
        }
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let position = cx.position()?;
        let desk = desk(cx).await?;
        repeat(cx, &desk, position).await
    }
}

async fn repeat(cx: &mut Cx<'_>, desk: &Desk, position: Position) -> Outcome {
    match position {
        Position::Opening { plan } => opening::ask(cx, desk, plan).await,
        Position::Sending { plan } => sending::ask(cx, desk, plan, None).await,
        Position::Settling { plan } => settling::ask(cx, desk, plan).await,
        Position::Cancelling { class, reason } => cancelling::ask(cx, desk, class, reason).await,
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
    let reaches = desk.roots.iter().any(|root| !desk.branches(*root).is_empty());
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

/// A class that the person may see; whether there is another is nobody's business.
async fn class(cx: &mut Cx<'_>, desk: &Desk, id: ClassId) -> Result<Class, Failure> {
    match classes::get(cx.tx, id).await?.filter(|class| desk.sees(class)) {
        Some(class) => Ok(class),
        None => refuse("class-not-yours"),
    }
}

/// The same for a dialogue that goes on: it ends where the class was cancelled meanwhile.
async fn held(cx: &mut Cx<'_>, desk: &Desk, id: ClassId) -> Result<Class, Failure> {
    let class = class(cx, desk, id).await.inspect_err(|_| cx.leave())?;
    if class.cancelled.is_some() {
        cx.leave();
        return refuse("class-is-cancelled");
    }
    Ok(class)
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
    match when::nearest_date(text, today) {
        Ok(date) => Ok(Some(date)),
        Err(WhenError::NoSuchDate { day, month, .. }) => refuse(
            Phrase::new("class-no-such-date").with("date", Arg::figures(format!("{day}/{month}"))),
        ),
        Err(_) => Ok(None),
    }
}

/// Everybody in a class, those taken back too.
async fn seats(cx: &mut Cx<'_>, class: &Class) -> Result<Vec<Seat>, Failure> {
    Ok(classes::seats(cx.tx, &[class.id]).await?)
}

fn button(label: impl Into<Phrase>, tap: ClassTap) -> Button {
    Button::new(label, Tap::Class(tap))
}

/// Buttons to the pages before and after one.
fn pages(page: usize, count: usize) -> Vec<Button> {
    let last = count.saturating_sub(1) / PAGE;
    let back = page.checked_sub(1).map(|to| button("button-class-previous", ClassTap::Page(to)));
    let on = (page < last).then(|| button("button-class-next", ClassTap::Page(page + 1)));
    back.into_iter().chain(on).collect()
}

fn kind(kind: ClassKind) -> Phrase {
    Phrase::new(format!("class-kind-{kind}"))
}

/// A class as sentences name it: kind, days, place, number.
fn named(class: &Class) -> Phrase {
    described(&class.what)
}

fn described(what: &classes::Draft) -> Phrase {
    Phrase::new("class-name")
        .with("kind", kind(what.kind))
        .with("first", what.first)
        .with("last", what.last)
        .with("place", Arg::Typed(what.place.clone()))
        .with("number", Arg::Typed(what.number.clone()))
}

/// The sheets of some cases, in the order of the branches.
fn in_order(desk: &Desk, sheets: &mut [Sheet]) {
    let place = |sheet: &Sheet| desk.units.place(sheet.case.unit);
    sheets.sort_by(|a, b| (place(a), &a.case.code).cmp(&(place(b), &b.case.code)));
}

/// Somebody in a sentence: by code or by name, as the channel has it.
fn seated(seat: &Seat) -> Arg {
    Arg::Who(seat.person)
}

/// All cases on the road below some units.
async fn open_cases(cx: &mut Cx<'_>, desk: &Desk, root: UnitId) -> Result<Vec<Sheet>, Failure> {
    let mut sheets = cases::all(&mut cx.work().await?, &desk.branches(root)).await?;
    sheets.retain(|sheet| sheet.stage().is_open());
    in_order(desk, &mut sheets);
    Ok(sheets)
}

/// Whether a case is among some.
fn find(sheets: &[Sheet], case: CaseId) -> Option<&Sheet> {
    sheets.iter().find(|sheet| sheet.case.id == case)
}
