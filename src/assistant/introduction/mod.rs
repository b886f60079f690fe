//! `/gioithieu`: a union's contact, or who leads a branch, introduces an outstanding person
//! (quần chúng ưu tú). The candidate gets a case with a code of its own, and the branch is told.
//!
//! Grammar: `/gioithieu [name or code]` → who, of those placed there who are on no road, or somebody
//! who is not on the staff list yet ([`newcomer`]) → the day → everything once more → recorded. Who
//! comes from another organisation with their file is taken in by the committee ([`arrival`]), from a
//! button below the list of dossiers. `/huy` leaves either and changes nothing. A person without a
//! case is shown as a candidate is: by code and initials where names may not be said.

mod arrival;
mod newcomer;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use newcomer::Newcomer;

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::audit::Act;
use crate::domain::ids::PersonId;
use crate::domain::name::best;
use crate::domain::people::called;
use crate::domain::road::Arrival;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::when::{self, Toward};
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::Refused;
use crate::operations::people::{self, Comes, Whom};
use crate::operations::rights::Right;
use crate::store::audit::Entry;
use crate::store::road::Free;
use crate::taps::{IntroductionTap, Tap};

pub struct Introductions;

const NAME: &str = "introduction";

/// Plain words that mean the command.
const WORDS: &[&str] = &["gioi thieu", "gioi thieu quan chung"];

/// How many persons get a button; the others are typed.
const BUTTONS: usize = 20;

/// Where the dialogue stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    Who,
    /// Somebody new is being asked about.
    #[serde(rename = "2n")]
    New { so_far: Newcomer },
    #[serde(rename = "2d")]
    When { who: Who },
    #[serde(rename = "2p")]
    Preview { who: Who, on: NaiveDate },
    /// The newcomer has come with a file, which is being asked about; and, when everything is told,
    /// shown. `None`: where they stand is asked.
    #[serde(rename = "3")]
    Arriving { who: Newcomer, file: Option<Arrival> },
}

/// Who is being introduced.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Who {
    /// Somebody on the staff list.
    Listed(PersonId),
    /// Somebody who is put on it.
    New(Newcomer),
}

#[async_trait]
impl Feature for Introductions {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "gioithieu",
            words: WORDS,
            needs: &[Right::Introduce],
            about: "introduce-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Introduction(tap) = tap else { return cx.stale().await };
        if tap == IntroductionTap::Arrive {
            return newcomer::begin(cx, Comes::WithFile).await;
        }
        if !cx.on_open_question() {
            return cx.stale().await;
        }
        match (position(cx)?, tap) {
            (Position::Who, IntroductionTap::Choose(person)) => {
                ask_when(cx, Who::Listed(person)).await
            }
            (Position::Who, IntroductionTap::New) => newcomer::begin(cx, Comes::Introduced).await,
            (Position::New { so_far }, IntroductionTap::In(unit)) => {
                newcomer::chosen(cx, so_far, unit).await
            }
            (Position::When { who }, IntroductionTap::On(on)) => preview(cx, who, on).await,
            (Position::Preview { who, on }, IntroductionTap::Record) => record(cx, who, on).await,
            (Position::Arriving { who, file }, tap) => arrival::tap(cx, who, file, tap).await,
            _ => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        match position(cx)? {
            // Whoever says the command once more begins anew, and introduces nobody of that name.
            Position::Who if WORDS.contains(&fold(text).as_str()) => ask_who(cx).await?,
            Position::Who => meant(cx, text).await?,
            Position::New { so_far } => return newcomer::text(cx, so_far, text).await,
            Position::When { who } => {
                let on = a_date(text, when::date(text, cx.today(), Toward::Past))?;
                let Some(on) = on else { return Ok(Claim::NotMine) };
                preview(cx, who, on).await?;
            }
            Position::Preview { .. } => return Ok(Claim::NotMine),
            Position::Arriving { who, file } => return arrival::text(cx, who, file, text).await,
        }
        Ok(Claim::Done)
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match position(cx)? {
            Position::Who => ask_who(cx).await,
            Position::New { so_far } => newcomer::go_on(cx, so_far).await,
            Position::When { who } => ask_when(cx, who).await,
            Position::Preview { who, on } => preview(cx, who, on).await,
            Position::Arriving { who, file } => arrival::go_on(cx, who, file).await,
        }
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    if rest.is_empty() { ask_who(cx).await } else { meant(cx, rest).await }
}

/// The open question. Names and birth dates of newcomers wait where they were typed: a channel that may not
/// show names neither repeats them nor takes more.
fn position(cx: &mut Cx<'_>) -> Result<Position, Failure> {
    let position = cx.position()?;
    let comes = match &position {
        Position::New { so_far } | Position::Arriving { who: so_far, .. } => Some(so_far.comes),
        Position::When { who: Who::New(so_far) }
        | Position::Preview { who: Who::New(so_far), .. } => Some(so_far.comes),
        _ => None,
    };
    match comes.filter(|_| !cx.practice.names_on.contains(&cx.incoming.bot)) {
        Some(comes) => refuse(comes.says("introduce-new-elsewhere", "arrive-elsewhere")),
        None => Ok(position),
    }
}

/// Ends the dialogue where there is nothing to go on with.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    if found.is_err() {
        cx.leave();
    }
    Ok(found?)
}

/// Everybody on the staff list who may be introduced.
async fn free(cx: &mut Cx<'_>) -> Result<Vec<Free>, Failure> {
    let found = people::free(&mut cx.work().await?).await;
    or_leave(cx, found)
}

/// One of them; they may have been introduced by somebody else meanwhile.
async fn one(cx: &mut Cx<'_>, id: PersonId) -> Result<Free, Failure> {
    let found = people::one(&mut cx.work().await?, id).await;
    or_leave(cx, found)
}

async fn ask_who(cx: &mut Cx<'_>) -> Outcome {
    let found = free(cx).await?;
    let ask = if found.is_empty() { "introduce-nobody" } else { "introduce-who" };
    let mut message = Message::new().title("introduce-title").line(ask);
    for free in found.iter().take(BUTTONS) {
        let label = Phrase::new("introduce-person").with("person", free.id);
        let choose = Tap::Introduction(IntroductionTap::Choose(free.id));
        message = message.row(vec![Button::new(label, choose)]);
    }
    cx.ask(NAME, &Position::Who, message.row(vec![newcomer::button()])).await
}

/// Takes a name or a code.
async fn meant(cx: &mut Cx<'_>, text: &str) -> Outcome {
    let typed = fold(text);
    let found = free(cx).await?;
    let coded = found.iter().find(|free| fold(&free.code) == typed);
    let by_name = || best(&found, |free| called(&free.name, text));
    let named = coded.map_or_else(by_name, |free| vec![free]);
    match &named[..] {
        [one] => ask_when(cx, Who::Listed(one.id)).await,
        [] => refuse(Phrase::new("introduce-unknown").with("typed", Arg::Typed(Typed::new(text)))),
        many => {
            let people = Arg::List(many.iter().map(|free| Arg::Who(free.id)).collect());
            refuse(Phrase::new("introduce-many").with("people", people))
        }
    }
}

/// What the messages say of somebody: a line for each thing, and the branch.
async fn described(cx: &mut Cx<'_>, who: &Who) -> Result<Vec<Phrase>, Failure> {
    match who {
        Who::Listed(person) => {
            let free = one(cx, *person).await?;
            let units = cx.units().await?;
            Ok(vec![
                Phrase::new("introduce-person").with("person", free.id),
                Phrase::new("introduce-unit").with("unit", units.name(free.unit)),
            ])
        }
        Who::New(so_far) => {
            let whole = newcomer::whole(cx, so_far).await?;
            newcomer::told(cx, Comes::Introduced, &whole).await
        }
    }
}

async fn ask_when(cx: &mut Cx<'_>, who: Who) -> Outcome {
    let today = cx.today();
    let described = described(cx, &who).await?;
    if let Who::Listed(person) = &who {
        let free = one(cx, *person).await?;
        let entry = Entry::new(Act::PersonRead, free.code.as_str()).within(free.unit);
        cx.work().await?.note_reading(entry).await?;
    }
    let label = Phrase::new("ask-on-button").with("weekday", Arg::Weekday(today)).with("on", today);
    let message = Message::new()
        .title(described.into_iter().next().unwrap_or_else(|| Phrase::new("introduce-title")))
        .line("introduce-when")
        .row(vec![Button::new(label, Tap::Introduction(IntroductionTap::On(today)))]);
    cx.ask(NAME, &Position::When { who }, message).await
}

/// What speaks against the day, or everything once more.
async fn preview(cx: &mut Cx<'_>, who: Who, on: NaiveDate) -> Outcome {
    let described = described(cx, &who).await?;
    let since = match &who {
        Who::New(so_far) => so_far.since,
        Who::Listed(_) => None,
    };
    people::must_be_a_day(&cx.work().await?, since, on)?;
    let message = Message::new().title("introduce-preview");
    let message = described
        .into_iter()
        .fold(message, Message::item)
        .item(Phrase::new("told-on").with("on", on))
        .line("introduce-hint")
        .row(vec![Button::new("take-button", Tap::Introduction(IntroductionTap::Record))]);
    cx.ask(NAME, &Position::Preview { who, on }, message).await
}

async fn record(cx: &mut Cx<'_>, who: Who, on: NaiveDate) -> Outcome {
    let whom = match who {
        Who::Listed(person) => Whom::Listed(person),
        Who::New(so_far) => Whom::New(so_far.whole()?),
    };
    let introduced = people::introduce(&mut cx.work().await?, whom, on).await;
    let case = or_leave(cx, introduced)?;
    cx.leave();
    let units = cx.units().await?;
    let done = Phrase::new("introduce-done")
        .with("candidate", case.person)
        .with("unit", units.name(case.unit));
    cx.reply(Message::of(done)).await
}
