//! `/hop`: a branch's meeting, from the eve to the closing.
//!
//! Grammar: `/hop`; plain words `họp chi bộ`. For the secretary and the deputy. Before the day it
//! shows the summary of reports and the draft agenda; from the day on the working sheet: roll call,
//! chair and minute-taker, conclusions and votes on each candidate, what members are given to do,
//! the branch's own score, the closing. Everything is kept at once, row by row, so the sheet can be
//! left at any point and continued by either of them anywhere; only the answer to one typed question
//! is a dialogue. After the closing nothing on it changes any more.

mod closing;
mod conclusions;
mod duties;
mod numbers;
mod page;
mod roll;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::minutes::{FULL_SCORE, PaperKind};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::message::{Button, Message, Phrase};
use crate::operations::Refused;
use crate::operations::rights::{self, Right};
use crate::operations::sheets::{self, MeetingRole, OpenSheet, tomorrow};
use crate::phrasing::{self, summary};
use crate::store::{meetings, sheets as rows};
use crate::taps::{SheetTap, Tap};

pub struct Sheets;

const NAME: &str = "sheet";

/// How long before a meeting its summary is offered beside an older sheet that is still open.
const SOON: chrono::TimeDelta = chrono::TimeDelta::days(7);

/// Which question waits for a typed answer.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1c")]
    Conclude { meeting: MeetingId, case: CaseId },
    #[serde(rename = "1v")]
    Vote { meeting: MeetingId, case: CaseId },
    #[serde(rename = "1w")]
    What { meeting: MeetingId, person: PersonId },
    #[serde(rename = "1u")]
    Until { meeting: MeetingId, person: PersonId, what: Typed },
    #[serde(rename = "1s")]
    Score { meeting: MeetingId },
    #[serde(rename = "1m")]
    Whom { meeting: MeetingId },
    #[serde(rename = "1p")]
    Post { meeting: MeetingId, post: MeetingRole },
    #[serde(rename = "1n")]
    Number { meeting: MeetingId, kind: PaperKind },
}

#[async_trait]
impl Feature for Sheets {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "hop",
            words: &["hop chi bo", "phieu hop", "dieu hanh hop"],
            needs: &[Right::RunMeetings],
            about: "sheet-about",
            in_groups: false,
            answer: |cx, _| Box::pin(command(cx)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Sheet(tap) = tap else { return cx.stale().await };
        step_out(cx);
        match tap {
            SheetTap::Branch(unit) => {
                must_lead(cx, unit).await?;
                at_hand(cx, unit).await
            }
            SheetTap::Ahead(unit) => {
                must_lead(cx, unit).await?;
                ahead(cx, unit, None).await
            }
            SheetTap::Show(meeting) => show(cx, meeting).await,
            SheetTap::Roll(meeting) => roll::show(cx, meeting).await,
            SheetTap::AllPresent(meeting) => roll::all_present(cx, meeting).await,
            SheetTap::Mark { meeting, person, from } => roll::mark(cx, meeting, person, from).await,
            SheetTap::SaveRoll(meeting) => roll::save(cx, meeting).await,
            SheetTap::Chairs(meeting) => roll::choose(cx, meeting, MeetingRole::Chair).await,
            SheetTap::Takers(meeting) => roll::choose(cx, meeting, MeetingRole::Taker).await,
            SheetTap::Chair { meeting, person } => {
                roll::chosen(cx, meeting, MeetingRole::Chair, person).await
            }
            SheetTap::Taker { meeting, person } => {
                roll::chosen(cx, meeting, MeetingRole::Taker, person).await
            }
            SheetTap::Case { meeting, case } => conclusions::show(cx, meeting, case).await,
            SheetTap::Conclude { meeting, case } => conclusions::ask(cx, meeting, case).await,
            SheetTap::Propose { meeting, case, recommendation } => {
                conclusions::propose(cx, meeting, case, recommendation).await
            }
            SheetTap::Vote { meeting, case } => conclusions::ask_votes(cx, meeting, case).await,
            SheetTap::Unanimous { meeting, case } => {
                conclusions::unanimous(cx, meeting, case).await
            }
            SheetTap::Duties(meeting) => duties::show(cx, meeting).await,
            SheetTap::Assign { meeting, person } => duties::ask_what(cx, meeting, person).await,
            SheetTap::TakeBack { meeting, duty } => duties::take_back(cx, meeting, duty).await,
            SheetTap::Score(meeting) => ask_score(cx, meeting).await,
            SheetTap::Number { meeting, kind } => numbers::ask(cx, meeting, kind).await,
            SheetTap::Close(meeting) => closing::ask(cx, meeting).await,
            SheetTap::CloseNow(meeting) => closing::close(cx, meeting).await,
            SheetTap::Done(duty) => duties::done(cx, duty).await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        match cx.position()? {
            Position::Conclude { meeting, case } => {
                conclusions::conclude(cx, meeting, case, text).await
            }
            Position::Vote { meeting, case } => conclusions::vote(cx, meeting, case, text).await,
            Position::What { meeting, person } => duties::what(cx, meeting, person, text).await,
            Position::Until { meeting, person, what } => {
                duties::until(cx, meeting, person, what, text).await
            }
            Position::Score { meeting } => score(cx, meeting, text).await,
            Position::Whom { meeting } => duties::whom(cx, meeting, text).await,
            Position::Post { meeting, post } => roll::named(cx, meeting, post, text).await,
            Position::Number { meeting, kind } => numbers::set(cx, meeting, kind, text).await,
        }
    }

    fn wants_number(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|position| {
            matches!(
                position,
                Position::Vote { .. }
                    | Position::Until { .. }
                    | Position::Score { .. }
                    | Position::Number { .. }
            )
        })
    }

    fn text_confirms(&self, cx: &Cx<'_>) -> bool {
        cx.position().is_ok_and(|position| matches!(position, Position::Vote { .. }))
    }

    async fn show_again(&self, cx: &mut Cx<'_>, tap: &Tap) -> Outcome {
        match tap {
            Tap::Sheet(SheetTap::CloseNow(meeting)) => closing::ask(cx, *meeting).await,
            Tap::Sheet(SheetTap::SaveRoll(meeting) | SheetTap::AllPresent(meeting)) => {
                roll::show(cx, *meeting).await
            }
            Tap::Sheet(SheetTap::Unanimous { meeting, case }) => {
                conclusions::ask_votes(cx, *meeting, *case).await
            }
            _ => self.repeat(cx).await,
        }
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        let position = cx.position();
        position.is_ok_and(|open| matches!(open, Position::Conclude { .. } | Position::What { .. }))
    }

    fn only_lists(&self, cx: &Cx<'_>) -> bool {
        let position = cx.position();
        position.is_ok_and(|open| matches!(open, Position::Whom { .. } | Position::Post { .. }))
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        match cx.position()? {
            Position::Conclude { meeting, case } => conclusions::ask(cx, meeting, case).await,
            Position::Vote { meeting, case } => conclusions::ask_votes(cx, meeting, case).await,
            Position::What { meeting, person } => duties::ask_what(cx, meeting, person).await,
            Position::Until { meeting, person, what } => {
                duties::ask_until(cx, meeting, person, what).await
            }
            Position::Score { meeting } => ask_score(cx, meeting).await,
            Position::Whom { meeting } => duties::show(cx, meeting).await,
            Position::Post { meeting, post } => roll::choose(cx, meeting, post).await,
            Position::Number { meeting, kind } => numbers::ask(cx, meeting, kind).await,
        }
    }
}

async fn command(cx: &mut Cx<'_>) -> Outcome {
    let led = rights::roots(cx.me()?, Right::RunMeetings);
    step_out(cx);
    match led.as_slice() {
        [] => refuse("sheet-not-leader"),
        [unit] => at_hand(cx, *unit).await,
        several => which(cx, several).await,
    }
}

fn button(label: impl Into<Phrase>, tap: SheetTap) -> Button {
    Button::new(label, Tap::Sheet(tap))
}

/// Leaves the typed question of this feature, if one is open: another page was asked for.
fn step_out(cx: &mut Cx<'_>) {
    if cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME) {
        cx.leave();
    }
}

/// Refuses whoever does not run the branch's meetings today.
async fn must_lead(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    if cx.may(Right::RunMeetings, unit).await? { Ok(()) } else { refuse("sheet-not-leader") }
}

/// The meeting with its sheet, if it may be written on. Otherwise there is nothing to go on with.
async fn open(cx: &mut Cx<'_>, id: MeetingId) -> Result<OpenSheet, Failure> {
    let found = sheets::open(&mut cx.work().await?, id).await;
    or_leave(cx, found)
}

/// Ends the typed question about what cannot be written down any more.
fn or_leave<T>(cx: &mut Cx<'_>, found: Result<T, Refused>) -> Result<T, Failure> {
    if found.is_err() {
        step_out(cx);
    }
    Ok(found?)
}

/// Who leads several branches says which.
async fn which(cx: &mut Cx<'_>, several: &[UnitId]) -> Outcome {
    let units = cx.units().await?;
    let mut message = Message::of("sheet-which");
    for unit in several {
        let label = Phrase::new("sheet-branch").with("unit", units.name(*unit));
        message = message.row(vec![button(label, SheetTap::Branch(*unit))]);
    }
    cx.reply(message).await
}

/// The sheet of the branch's meeting of today or the last one, until it is closed; then the summary
/// for the next.
async fn at_hand(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    let before = tomorrow(cx.practice, cx.judged_now());
    let Some(last) = rows::latest(cx.tx, unit, before).await? else {
        return ahead(cx, unit, None).await;
    };
    match sheets::meeting(&mut cx.work().await?, last).await? {
        meeting if meeting.is_closed() => ahead(cx, unit, Some(last)).await,
        _ => show(cx, last).await,
    }
}

/// The sheet, or what became of it, or before the day the summary.
async fn show(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let meeting = sheets::meeting(&mut cx.work().await?, id).await;
    let meeting = or_leave(cx, meeting)?;
    if meeting.is_closed() {
        let message = closing::after(cx, &meeting).await?;
        return cx.reply(message).await;
    }
    if meeting.starts_at >= tomorrow(cx.practice, cx.judged_now()) {
        return ahead(cx, meeting.unit, None).await;
    }
    let sheet = open(cx, id).await?;
    if sheet.called { page::show(cx, &sheet).await } else { roll::page(cx, &sheet).await }
}

/// What the next meeting needs: its summary, and what earlier ones left open.
async fn ahead(cx: &mut Cx<'_>, unit: UnitId, last: Option<MeetingId>) -> Outcome {
    let from = tomorrow(cx.practice, cx.judged_now()) - chrono::TimeDelta::milliseconds(1);
    let next = meetings::upcoming(cx.tx, unit, from, 1).await?.pop();
    let units = cx.units().await?;
    let Some(meeting) = next else {
        return refuse(Phrase::new("sheet-no-meeting").with("unit", units.name(unit)));
    };
    let title = Phrase::new("sheet-ahead")
        .with("unit", units.name(unit))
        .with("when", phrasing::meeting_time(cx.practice, &meeting));
    let message = duties::left_open(cx, unit, Message::new().title(title)).await?;
    let today = cx.today();
    let mut message = summary::append(cx.tx, cx.practice, &meeting, today, message).await?;
    if let Some(last) = last {
        message = message.row(vec![button("sheet-last-button", SheetTap::Show(last))]);
    }
    cx.reply(message).await
}

async fn ask_score(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    open(cx, id).await?;
    let bands = cx.practice.bands;
    let question = Phrase::new("sheet-ask-score")
        .with("full", FULL_SCORE)
        .with("good", bands.good_from)
        .with("fair", bands.fair_from)
        .with("average", bands.average_from);
    cx.ask_number(NAME, &Position::Score { meeting: id }, Message::of(question)).await
}

/// Takes `92`, `92 điểm` or `92/100`.
async fn score(cx: &mut Cx<'_>, id: MeetingId, text: &str) -> Result<Claim, Failure> {
    let sheet = open(cx, id).await?;
    let folded = fold(text);
    let digits = folded.trim_end_matches(" diem").trim_end_matches("/100");
    let Ok(score) = digits.parse::<u32>() else {
        return match digits.starts_with('-') {
            true => refuse(Phrase::new("sheet-score-range").with("full", FULL_SCORE)),
            false => Ok(Claim::NotMine),
        };
    };
    // The sheet shows it, new or not.
    let _ = sheets::score(&mut cx.work().await?, &sheet, score).await?;
    cx.leave();
    show(cx, id).await?;
    Ok(Claim::Done)
}
