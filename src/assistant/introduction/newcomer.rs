//! Somebody who is not on the staff list yet: name, birth date, branch, and since when they work
//! there are asked one after the other. Whoever bears the same name is looked for first, so that
//! nobody is on the list twice.
//!
//! A full name with what it is asked for is not typed into a messenger of others: where candidates
//! may not be named, the way to the organisation's own page is shown instead.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    Claim, Cx, Failure, NAME, Outcome, Position, Who, a_date, arrival, ask_when, or_leave, refuse,
};
use crate::domain::ids::UnitId;
use crate::domain::people::full_name;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::named;
use crate::domain::when::{self, Toward};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::people::{self, Added, Comes};
use crate::taps::{IntroductionTap, Tap};

/// What is known of a newcomer so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Newcomer {
    pub name: Option<Typed>,
    pub born: Option<NaiveDate>,
    pub unit: Option<UnitId>,
    /// Since when they work in the branch's unit.
    pub since: Option<NaiveDate>,
    #[serde(default)]
    pub comes: Comes,
}

impl Newcomer {
    /// A newcomer of whom everything is known.
    pub fn whole(&self) -> Result<Added, Failure> {
        match (&self.name, self.born, self.unit, self.since) {
            (Some(name), Some(born), Some(unit), Some(since)) => {
                Ok(Added { name: name.clone(), born, unit, since })
            }
            _ => refuse(self.comes.says("introduce-gone", "arrive-gone")),
        }
    }
}

/// The button that begins it.
pub(super) fn button() -> Button {
    Button::new("introduce-new-button", Tap::Introduction(IntroductionTap::New))
}

/// The branches in which the person asking may put them on the list.
async fn branches(cx: &mut Cx<'_>, comes: Comes) -> Result<Vec<UnitId>, Failure> {
    let found = people::branches(&cx.work().await?, comes);
    or_leave(cx, found)
}

/// Begins to ask.
pub(super) async fn begin(cx: &mut Cx<'_>, comes: Comes) -> Outcome {
    // Whoever lost the right is told so rather than asked.
    branches(cx, comes).await?;
    if !cx.practice.names_on.contains(&cx.incoming.bot) {
        return refuse(comes.says("introduce-new-elsewhere", "arrive-elsewhere"));
    }
    go_on(cx, Newcomer { comes, ..Newcomer::default() }).await
}

/// A newcomer who may be put on the list now.
pub(super) async fn whole(cx: &mut Cx<'_>, so_far: &Newcomer) -> Result<Added, Failure> {
    let whole = so_far.whole()?;
    let addable = people::addable(&mut cx.work().await?, so_far.comes, whole).await;
    or_leave(cx, addable)
}

/// Asks for what is not known yet, and then for the day of the introduction or for the file.
pub(super) async fn go_on(cx: &mut Cx<'_>, mut so_far: Newcomer) -> Outcome {
    let units = cx.units().await?;
    let may = branches(cx, so_far.comes).await?;
    if let [only] = &may[..] {
        so_far.unit = so_far.unit.or(Some(*only));
    }
    let title = so_far.comes.says("introduce-new-title", "arrive-title");
    let mut message = Message::new().title(title);
    message = match &so_far {
        Newcomer { name: None, .. } => message.line("introduce-new-name"),
        Newcomer { born: None, .. } => message.line("introduce-new-born"),
        Newcomer { unit: None, .. } => {
            message = message.line("introduce-new-unit");
            for unit in may {
                let label = Phrase::new("introduce-unit").with("unit", units.name(unit));
                let choose = Tap::Introduction(IntroductionTap::In(unit));
                message = message.row(vec![Button::new(label, choose)]);
            }
            message
        }
        Newcomer { since: None, .. } => message.line("introduce-new-since"),
        Newcomer { comes: Comes::WithFile, .. } => return arrival::go_on(cx, so_far, None).await,
        _ => return ask_when(cx, Who::New(so_far)).await,
    };
    cx.ask(NAME, &Position::New { so_far }, message).await
}

/// The branch by its button.
pub(super) async fn chosen(cx: &mut Cx<'_>, mut so_far: Newcomer, unit: UnitId) -> Outcome {
    if !branches(cx, so_far.comes).await?.contains(&unit) {
        return refuse(so_far.comes.says("introduce-gone", "arrive-gone"));
    }
    so_far.unit = Some(unit);
    go_on(cx, so_far).await
}

/// A text as the answer to what is asked.
pub(super) async fn text(
    cx: &mut Cx<'_>,
    mut so_far: Newcomer,
    text: &str,
) -> Result<Claim, Failure> {
    let today = cx.today();
    match &so_far {
        Newcomer { name: None, .. } => {
            let Some(name) = full_name(text) else { return refuse("introduce-new-name-wrong") };
            so_far.name = Some(Typed::new(name));
        }
        Newcomer { born: None, .. } => {
            let Some(born) = a_date(text, when::date(text, today, Toward::Past))? else {
                return refuse("introduce-new-born-wrong");
            };
            let mut work = cx.work().await?;
            people::must_be_of_age(&work, born, people::STAFF)?;
            let name = so_far.name.clone().unwrap_or_default();
            let new = people::must_be_new(&mut work, so_far.comes, &name, born).await;
            or_leave(cx, new)?;
            so_far.born = Some(born);
        }
        Newcomer { unit: None, .. } => {
            let (units, may) = (cx.units().await?, branches(cx, so_far.comes).await?);
            let may = may.iter().filter_map(|unit| units.get(*unit));
            let [one] = named(may, &fold(text))[..] else { return Ok(Claim::NotMine) };
            so_far.unit = Some(one.id);
        }
        _ => {
            let Some(since) = month_or_day(text, today)? else {
                return refuse("introduce-new-since-wrong");
            };
            let born = so_far.born.unwrap_or(since);
            people::must_have_begun(&cx.work().await?, born, since)?;
            so_far.since = Some(since);
        }
    }
    go_on(cx, so_far).await?;
    Ok(Claim::Done)
}

/// "9/2016" is the month's first day.
fn month_or_day(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    let day = when::date(text, today, Toward::Past);
    match when::take_period(text, today) {
        Ok((rest, Some(period))) if day.is_err() && (rest.is_empty() || rest == "tu") => {
            Ok(Some(period.from))
        }
        _ => a_date(text, day),
    }
}

/// The preview's lines: everything that was told, and who bears the same name.
pub(super) async fn told(
    cx: &mut Cx<'_>,
    comes: Comes,
    whole: &Added,
) -> Result<Vec<Phrase>, Failure> {
    let units = cx.units().await?;
    let mut lines = vec![
        Phrase::new("introduce-new-told")
            .with("name", Arg::Typed(whole.name.clone()))
            .with("born", whole.born),
        Phrase::new("introduce-new-told-since")
            .with("unit", units.name(whole.unit))
            .with("since", whole.since),
    ];
    for other in people::namesakes(&mut cx.work().await?, comes, &whole.name).await? {
        let unit = other.unit.map(|unit| units.name(unit).clone()).unwrap_or_default();
        let key =
            if other.born.is_some() { "introduce-namesake" } else { "introduce-namesake-bare" };
        let line = Phrase::new(key).with("code", Arg::code(&other.code)).with("unit", &unit);
        lines.push(match other.born {
            Some(born) => line.with("year", Arg::figures(born.year())),
            None => line,
        });
    }
    Ok(lines)
}
