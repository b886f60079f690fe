//! `/baocao`: the guided monthly report of a mentor on a candidate.
//!
//! Grammar: `/baocao [QC-014 [ratings…][, recommendation]]`; the line that begins with a
//! candidate's code also works without the command. The dialogue: candidate → five ratings → free
//! text (skippable) → recommendation → preview → send; at each step back, save, or `/huy`. Every
//! answer is kept in the draft at once, so leaving loses nothing. A report can be changed until it
//! is due or accepted; one that was never sent may still be sent late.

mod questions;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::report::{
    Draft, OneLineError, Rating, Slot, leading_case_code, one_line as read_line, rating_from_words,
    recommendation_from_words,
};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::message::{Arg, Message, Phrase};
use crate::operations::Effect;
use crate::operations::reports::{self as operation, Report};
use crate::operations::rights::Right;
use crate::store::reports::{self, Filed};
use crate::taps::{ReportTap, Tap};

pub struct Reports;

const NAME: &str = "report";

/// Where the dialogue stands; everything else is in the draft.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    At {
        #[serde(flatten)]
        slot: Slot,
        step: Step,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// The aspect with this index.
    Rate(usize),
    Strengths,
    Weaknesses,
    Recommend,
    Preview,
    /// Which answer to change.
    Menu,
}

#[async_trait]
impl Feature for Reports {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "baocao",
            words: &["bao cao", "bao cao thang nay", "bc", "report"],
            needs: &[Right::Report],
            about: "report-about",
            in_groups: false,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Report(tap) = tap else { return cx.stale().await };
        match tap {
            ReportTap::Open => open(cx).await,
            ReportTap::Choose { meeting, case } => {
                let mentor = cx.me()?.id;
                choose(cx, Slot { meeting, case, mentor }).await
            }
            ReportTap::Repeat { meeting, case } => {
                let mentor = cx.me()?.id;
                repeat_last(cx, Slot { meeting, case, mentor }).await
            }
            _ => answer(cx, tap).await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let Position::At { slot, step } = cx.position()?;
        let mut report = load(cx, slot).await?;
        let mut draft = report.working();
        let next = match step {
            Step::Rate(aspect) => match rating_from_words(text) {
                Some(rating) => rate(&mut draft, aspect, rating)?,
                None => return Ok(Claim::NotMine),
            },
            Step::Recommend => match recommendation_from_words(text) {
                Some(unfit) if !report.fits(unfit) => {
                    cx.say_aside(operation::unfit(&report, unfit)).await?;
                    Step::Recommend
                }
                Some(recommendation) => {
                    draft.recommendation = Some(recommendation);
                    Step::Preview
                }
                None => return Ok(Claim::NotMine),
            },
            Step::Strengths => {
                draft.strengths = free_text(text);
                Step::Weaknesses
            }
            Step::Weaknesses => {
                draft.weaknesses = free_text(text);
                after_text(&draft)
            }
            Step::Preview | Step::Menu => return Ok(Claim::NotMine),
        };
        keep(cx, &mut report, draft).await?;
        ask(cx, &report, next).await?;
        Ok(Claim::Done)
    }

    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        let position = cx.position();
        position.is_ok_and(|Position::At { step, .. }| {
            matches!(step, Step::Strengths | Step::Weaknesses)
        })
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let Position::At { slot, step } = cx.position()?;
        let report = load(cx, slot).await?;
        ask(cx, &report, step).await
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    if rest.is_empty() {
        return open(cx).await;
    }
    match one_line(cx, rest).await? {
        Claim::Done => Ok(()),
        Claim::NotMine => refuse("report-line-help"),
    }
}

/// Shows what the mentor owes; a single candidate is opened at once.
async fn open(cx: &mut Cx<'_>) -> Outcome {
    let mut mine = mine(cx).await?;
    if mine.len() > 1 {
        let local = cx.judged_local();
        let message = questions::list(cx.practice, &mine, local);
        cx.leave();
        return cx.reply(message).await;
    }
    match mine.pop() {
        Some(one) => begin(cx, one).await,
        None => refuse("report-nobody-guided"),
    }
}

async fn mine(cx: &mut Cx<'_>) -> Result<Vec<Report>, Failure> {
    Ok(operation::mine(&mut cx.work().await?).await?)
}

/// The report of a slot, if it is this person's to write. Otherwise there is nothing to go on with.
async fn load(cx: &mut Cx<'_>, slot: Slot) -> Result<Report, Failure> {
    let found = operation::find(&mut cx.work().await?, slot).await;
    if found.is_err() {
        cx.leave();
    }
    Ok(found?)
}

async fn choose(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let report = load(cx, slot).await?;
    begin(cx, report).await
}

/// Opens one candidate with what was reported last, so that it only has to be sent. What was begun
/// or sent is left as it is.
async fn repeat_last(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let mut report = load(cx, slot).await?;
    if !report.is_filed()
        && !report.has_draft()
        && let Some(last) = latest(cx, &report).await?
    {
        let draft = fitted(&report, last.content.into());
        keep(cx, &mut report, draft).await?;
    }
    begin(cx, report).await
}

/// Opens one candidate: where the draft stopped, at the preview of what was sent, or at the first
/// question.
async fn begin(cx: &mut Cx<'_>, report: Report) -> Outcome {
    if let Err(refusal) = operation::must_be_changeable(&report) {
        cx.reply(questions::shown(cx.practice, &report)).await?;
        return Err(refusal.into());
    }
    let draft = report.working();
    let step = match draft.next_aspect() {
        Some(aspect) => Step::Rate(aspect),
        None if draft.recommendation.is_some() => Step::Preview,
        None => Step::Strengths,
    };
    ask(cx, &report, step).await
}

/// Answers a button of the dialogue. Only the open question's buttons mean anything.
async fn answer(cx: &mut Cx<'_>, tap: ReportTap) -> Outcome {
    if !cx.on_open_question() {
        cx.stale().await?;
        return match &cx.session.dialogue {
            Some((feature, _)) if feature == NAME => Reports.repeat(cx).await,
            _ => Ok(()),
        };
    }
    let Position::At { slot, step } = cx.position()?;
    let mut report = load(cx, slot).await?;
    operation::must_be_changeable(&report)?;
    let mut draft = report.working();
    let next = match (tap, step) {
        (ReportTap::Rate(rating), Step::Rate(aspect)) => rate(&mut draft, aspect, rating)?,
        (ReportTap::Recommend(unfit), Step::Recommend) if !report.fits(unfit) => {
            cx.say_aside(operation::unfit(&report, unfit)).await?;
            Step::Recommend
        }
        (ReportTap::Recommend(recommendation), Step::Recommend) => {
            draft.recommendation = Some(recommendation);
            Step::Preview
        }
        (ReportTap::SkipText, Step::Strengths | Step::Weaknesses) => after_text(&draft),
        (ReportTap::AsLastMonth, _) => {
            draft = fitted(&report, last_month(cx, &report).await?);
            if draft.recommendation.is_some() { Step::Preview } else { Step::Recommend }
        }
        (ReportTap::Back, step) => match before(step) {
            Some(step) => step,
            None => {
                cx.leave();
                return open(cx).await;
            }
        },
        (ReportTap::SaveDraft, _) => return put_aside(cx, report, draft).await,
        (ReportTap::Edit, Step::Preview) => Step::Menu,
        (ReportTap::EditRating(aspect), Step::Menu) if aspect < draft.ratings.len() => {
            Step::Rate(aspect)
        }
        (ReportTap::EditText, Step::Menu) => Step::Strengths,
        (ReportTap::EditRecommendation, Step::Menu) => Step::Recommend,
        (ReportTap::Send, Step::Preview) => return send(cx, report).await,
        _ => return cx.stale().await,
    };
    keep(cx, &mut report, draft).await?;
    ask(cx, &report, next).await
}

async fn ask(cx: &mut Cx<'_>, report: &Report, step: Step) -> Outcome {
    let with_last_month = step == Step::Rate(0) && latest(cx, report).await?.is_some();
    let late = !report.is_filed() && report.is_overdue();
    let message = questions::question(cx.practice, report, step, with_last_month, late);
    if step == Step::Preview {
        // Not how late it is.
        cx.shows(&report.shown())?;
    }
    cx.ask(NAME, &Position::At { slot: report.slot(), step }, message).await
}

/// What was once said, without a proposal that does not fit any more.
fn fitted(report: &Report, mut draft: Draft) -> Draft {
    draft.recommendation = draft.recommendation.filter(|one| report.fits(*one));
    draft
}

fn rate(draft: &mut Draft, aspect: usize, rating: Rating) -> Result<Step, Failure> {
    let slot = draft.ratings.get_mut(aspect).ok_or(Failure::Unreadable)?;
    *slot = Some(rating);
    Ok(match draft.next_aspect() {
        Some(next) => Step::Rate(next),
        None if draft.recommendation.is_some() => Step::Preview,
        None => Step::Strengths,
    })
}

fn after_text(draft: &Draft) -> Step {
    if draft.recommendation.is_some() { Step::Preview } else { Step::Recommend }
}

fn before(step: Step) -> Option<Step> {
    match step {
        Step::Rate(aspect) => aspect.checked_sub(1).map(Step::Rate),
        Step::Strengths => Some(Step::Rate(4)),
        Step::Weaknesses | Step::Recommend => Some(Step::Strengths),
        Step::Preview => Some(Step::Recommend),
        Step::Menu => Some(Step::Preview),
    }
}

fn free_text(text: &str) -> Option<Typed> {
    let text = Typed::new(text);
    (!text.is_empty()).then_some(text)
}

async fn keep(cx: &mut Cx<'_>, report: &mut Report, draft: Draft) -> Outcome {
    Ok(operation::save(&mut cx.work().await?, report, draft).await?)
}

async fn last_month(cx: &mut Cx<'_>, report: &Report) -> Result<Draft, Failure> {
    match latest(cx, report).await? {
        Some(filed) => Ok(filed.content.into()),
        None => refuse("report-no-last-month"),
    }
}

/// What the mentor reported on the candidate last, for a meeting before this one.
async fn latest(cx: &mut Cx<'_>, report: &Report) -> Result<Option<Filed>, Failure> {
    let slot = report.slot();
    Ok(reports::latest_before(cx.tx, slot.case, slot.mentor, report.meeting().starts_at).await?)
}

async fn put_aside(cx: &mut Cx<'_>, mut report: Report, draft: Draft) -> Outcome {
    keep(cx, &mut report, draft).await?;
    cx.leave();
    cx.reply(questions::saved(cx.practice, &report)).await
}

async fn send(cx: &mut Cx<'_>, report: Report) -> Outcome {
    if let Some(unfit) = report.working().recommendation.filter(|one| !report.fits(*one)) {
        // The candidate was something else when it was chosen.
        cx.say_aside(operation::unfit(&report, unfit)).await?;
        return ask(cx, &report, Step::Recommend).await;
    }
    let sent = operation::submit(&mut cx.work().await?, &report).await?;
    cx.leave();
    if sent == Effect::Same {
        return cx
            .reply(Message::of(operation::about("report-sent-same", cx.practice, &report)))
            .await;
    }
    let mut owed = mine(cx).await?;
    owed.retain(|report| !report.is_filed());
    let (practice, now) = (cx.practice, cx.judged_local());
    cx.reply(questions::sent(practice, &report, &owed, now)).await
}

/// Reads a report typed in one line and shows its preview, or asks for what is missing.
pub(super) async fn one_line(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let Some(line) = read_line(text) else { return Ok(Claim::NotMine) };
    let code = match &line {
        Ok(line) => line.case.clone(),
        Err(_) => leading_case_code(&fold(text)).map(|(code, _)| code).unwrap_or_default(),
    };
    let mine = mine(cx).await?;
    let Some(mut report) = mine.into_iter().find(|report| report.guided().code == code) else {
        return refuse(Phrase::new("report-code-not-yours").with("code", Arg::code(&code)));
    };
    let line = match line {
        Ok(line) => line,
        Err(OneLineError::Word(word)) => {
            return refuse(
                Phrase::new("report-line-word").with("word", Arg::Typed(Typed::new(word))),
            );
        }
        Err(OneLineError::TooMany) => return refuse("report-line-too-many"),
    };
    let empty = line.draft == Draft::default();
    if empty {
        return begin(cx, report).await.map(|()| Claim::Done);
    }
    operation::must_be_changeable(&report)?;
    let mut draft = report.working();
    for (slot, rating) in draft.ratings.iter_mut().zip(line.draft.ratings) {
        *slot = rating.or(*slot);
    }
    let (fitting, unfit): (Option<_>, Option<_>) = match line.draft.recommendation {
        Some(unfit) if !report.fits(unfit) => (None, Some(unfit)),
        fitting => (fitting, None),
    };
    draft.recommendation = fitting.or(draft.recommendation);
    let step = match draft.next_aspect() {
        Some(aspect) => Step::Rate(aspect),
        None if unfit.is_some() || draft.recommendation.is_none() => Step::Recommend,
        None => Step::Preview,
    };
    keep(cx, &mut report, draft).await?;
    if let Some(unfit) = unfit {
        cx.say_aside(operation::unfit(&report, unfit)).await?;
    }
    ask(cx, &report, step).await?;
    Ok(Claim::Done)
}
