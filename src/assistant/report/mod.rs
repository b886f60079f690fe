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

use super::command::Command;
use super::context::Cx;
use super::failure::{Failure, Outcome, refuse};
use super::feature::{Claim, Feature};
use crate::clock::Instant;
use crate::domain::audit::{Act, Field, State};
use crate::domain::people::{Person, Status};
use crate::domain::report::{
    Draft, FREE_TEXT_LIMIT, OneLineError, Rating, Recommendation, ReportState, Slot,
    leading_case_code, one_line as read_line, rating_from_words, recommendation_from_words,
};
use crate::domain::text::{fold, nfc};
use crate::domain::typed::Typed;
use crate::message::{Arg, Phrase};
use crate::operations::rights::Right;
use crate::operations::timetable;
use crate::outbound::{self, Addressee};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::cases::{self, Guided};
use crate::store::meetings::{self, Meeting};
use crate::store::proofs;
use crate::store::reports::{self, Filed};
use crate::store::reviews::{self, Review, Verdict};
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

/// One report being looked at: whose, for which meeting, and what there is of it.
struct Case {
    slot: Slot,
    guided: Guided,
    meeting: Meeting,
    due: Instant,
    filed: Option<Filed>,
    draft: Option<Draft>,
    /// Why it came back, while it has not been sent anew.
    returned: Option<Typed>,
    /// What the candidate is today, on which depends what can be proposed.
    status: Status,
}

impl Case {
    /// What the dialogue works on: the draft, else what was sent, else nothing yet.
    fn working(&self) -> Draft {
        self.draft
            .clone()
            .or_else(|| self.filed.as_ref().map(|filed| filed.content.clone().into()))
            .unwrap_or_default()
    }

    fn candidate(&self) -> Arg {
        Arg::Who(self.guided.person)
    }

    fn state(&self) -> Option<ReportState> {
        self.filed.as_ref().map(|filed| filed.state)
    }

    /// Whether this can be proposed of the candidate as they are today.
    fn fits(&self, recommendation: Recommendation) -> bool {
        Recommendation::of(self.status).contains(&recommendation)
    }

    /// What was once said, without a proposal that does not fit any more.
    fn fitted(&self, mut draft: Draft) -> Draft {
        draft.recommendation = draft.recommendation.filter(|one| self.fits(*one));
        draft
    }
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
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, rest: &str) -> Outcome {
        if rest.is_empty() {
            return open(cx).await;
        }
        match one_line(cx, rest).await? {
            Claim::Done => Ok(()),
            Claim::NotMine => refuse("report-line-help"),
        }
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
        let mut case = load(cx, slot).await?;
        let mut draft = case.working();
        let next = match step {
            Step::Rate(aspect) => match rating_from_words(text) {
                Some(rating) => rate(&mut draft, aspect, rating)?,
                None => return Ok(Claim::NotMine),
            },
            Step::Recommend => match recommendation_from_words(text) {
                Some(unfit) if !case.fits(unfit) => {
                    say_unfit(cx, &case, unfit).await?;
                    Step::Recommend
                }
                Some(recommendation) => {
                    draft.recommendation = Some(recommendation);
                    Step::Preview
                }
                None => return Ok(Claim::NotMine),
            },
            Step::Strengths => {
                draft.strengths = free_text(text)?;
                Step::Weaknesses
            }
            Step::Weaknesses => {
                draft.weaknesses = free_text(text)?;
                after_text(&draft)
            }
            Step::Preview | Step::Menu => return Ok(Claim::NotMine),
        };
        keep(cx, &mut case, draft).await?;
        ask(cx, &case, next).await?;
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
        let case = load(cx, slot).await?;
        ask(cx, &case, step).await
    }
}

/// Shows what the mentor owes; a single candidate is opened at once.
async fn open(cx: &mut Cx<'_>) -> Outcome {
    let mut cases = mine(cx).await?;
    if cases.len() > 1 {
        let local = cx.local_now();
        let message = questions::list(cx.practice, &cases, local);
        cx.leave();
        return cx.reply(message).await;
    }
    match cases.pop() {
        Some(one) => begin(cx, one).await,
        None => refuse("report-nobody-guided"),
    }
}

/// Everyone the person guides today, each with the next meeting of the branch. Candidates of a
/// branch that has no meeting ahead are left out: there is nothing to report for.
async fn mine(cx: &mut Cx<'_>) -> Result<Vec<Case>, Failure> {
    let me = cx.me()?.id;
    let today = cx.today();
    let mut cases = Vec::new();
    for guided in cases::guided_by(cx.tx, me, today).await? {
        if let Some(meeting) = meetings::next_regular(cx.tx, guided.unit_id, cx.now).await? {
            cases.push(complete(cx, guided, meeting).await?);
        }
    }
    Ok(cases)
}

async fn complete(cx: &mut Cx<'_>, guided: Guided, meeting: Meeting) -> Result<Case, Failure> {
    let slot = Slot { meeting: meeting.id, case: guided.id, mentor: guided.mentor_id };
    let mut due = due_at(cx, &meeting);
    let filed = reports::get(cx.tx, slot).await?;
    let draft = reports::draft(cx.tx, slot).await?;
    let mut returned = None;
    // Only what was sent can have come back.
    if let Some(filed) = &filed
        && let Some(Review { verdict: Verdict::Returned { reason, due: anew }, .. }) =
            reviews::latest(cx.tx, slot).await?
    {
        // Whoever has to write it again has the time that was given for it.
        due = due.max(anew);
        returned = (filed.state == ReportState::Returned).then_some(reason);
    }
    let today = cx.today();
    let status = cases::status(cx.tx, guided.id, today).await?;
    Ok(Case { slot, guided, meeting, due, filed, draft, returned, status })
}

fn due_at(cx: &Cx<'_>, meeting: &Meeting) -> Instant {
    let practice = cx.practice;
    practice.instant(timetable::reports_due(practice, meeting))
}

/// The case of a slot, if the person guides the candidate today and the meeting is still ahead.
async fn load(cx: &mut Cx<'_>, slot: Slot) -> Result<Case, Failure> {
    let me = cx.me()?.id;
    let today = cx.today();
    let guided = cases::guided_by(cx.tx, me, today)
        .await?
        .into_iter()
        .find(|guided| guided.id == slot.case && slot.mentor == me);
    let Some(guided) = guided else {
        cx.leave();
        return refuse("report-not-mentor");
    };
    match meetings::get(cx.tx, slot.meeting).await? {
        Some(meeting) if meeting.starts_at > cx.now && meeting.unit == guided.unit_id => {
            complete(cx, guided, meeting).await
        }
        _ => {
            cx.leave();
            refuse("report-meeting-over")
        }
    }
}

/// Whether the report can still be changed; says why not.
fn changeable(case: &Case, now: Instant) -> Outcome {
    match case.state() {
        Some(ReportState::Accepted) => refuse("report-accepted"),
        Some(ReportState::Submitted) if now > case.due => refuse("report-closed"),
        // Never sent, it is taken late; returned, it is asked for.
        None | Some(ReportState::Submitted | ReportState::Returned) => Ok(()),
    }
}

async fn choose(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let case = load(cx, slot).await?;
    begin(cx, case).await
}

/// Opens one candidate with what was reported last, so that it only has to be sent. What was begun
/// or sent is left as it is.
async fn repeat_last(cx: &mut Cx<'_>, slot: Slot) -> Outcome {
    let mut case = load(cx, slot).await?;
    if case.filed.is_none()
        && case.draft.is_none()
        && let Some(last) = latest(cx, &case).await?
    {
        let draft = case.fitted(last.content.into());
        keep(cx, &mut case, draft).await?;
    }
    begin(cx, case).await
}

/// Opens one candidate: where the draft stopped, at the preview of what was sent, or at the first
/// question.
async fn begin(cx: &mut Cx<'_>, case: Case) -> Outcome {
    if let Err(refusal) = changeable(&case, cx.now) {
        let message = questions::preview(cx.practice, &case, false);
        cx.reply(message).await?;
        return Err(refusal);
    }
    let draft = case.working();
    let step = match draft.next_aspect() {
        Some(aspect) => Step::Rate(aspect),
        None if draft.recommendation.is_some() => Step::Preview,
        None => Step::Strengths,
    };
    ask(cx, &case, step).await
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
    let mut case = load(cx, slot).await?;
    changeable(&case, cx.now)?;
    let mut draft = case.working();
    let next = match (tap, step) {
        (ReportTap::Rate(rating), Step::Rate(aspect)) => rate(&mut draft, aspect, rating)?,
        (ReportTap::Recommend(unfit), Step::Recommend) if !case.fits(unfit) => {
            say_unfit(cx, &case, unfit).await?;
            Step::Recommend
        }
        (ReportTap::Recommend(recommendation), Step::Recommend) => {
            draft.recommendation = Some(recommendation);
            Step::Preview
        }
        (ReportTap::SkipText, Step::Strengths | Step::Weaknesses) => after_text(&draft),
        (ReportTap::AsLastMonth, _) => {
            draft = case.fitted(last_month(cx, &case).await?);
            if draft.recommendation.is_some() { Step::Preview } else { Step::Recommend }
        }
        (ReportTap::Back, step) => match before(step) {
            Some(step) => step,
            None => {
                cx.leave();
                return open(cx).await;
            }
        },
        (ReportTap::SaveDraft, _) => return put_aside(cx, case, draft).await,
        (ReportTap::Edit, Step::Preview) => Step::Menu,
        (ReportTap::EditRating(aspect), Step::Menu) if aspect < draft.ratings.len() => {
            Step::Rate(aspect)
        }
        (ReportTap::EditText, Step::Menu) => Step::Strengths,
        (ReportTap::EditRecommendation, Step::Menu) => Step::Recommend,
        (ReportTap::Send, Step::Preview) => return send(cx, case).await,
        _ => return cx.stale().await,
    };
    keep(cx, &mut case, draft).await?;
    ask(cx, &case, next).await
}

async fn ask(cx: &mut Cx<'_>, case: &Case, step: Step) -> Outcome {
    let with_last_month = step == Step::Rate(0) && latest(cx, case).await?.is_some();
    let late = case.filed.is_none() && cx.now > case.due;
    let message = questions::question(cx.practice, case, step, with_last_month, late);
    cx.ask(NAME, &Position::At { slot: case.slot, step }, message).await
}

/// Says that a proposal does not fit the candidate, and which do; the question that offers those
/// follows.
async fn say_unfit(cx: &mut Cx<'_>, case: &Case, unfit: Recommendation) -> Outcome {
    let fitting = Recommendation::of(case.status).iter();
    let fitting: Vec<Arg> = fitting.map(|one| phrasing::recommendation(*one).into()).collect();
    cx.say_aside(
        Phrase::new("report-no-such-proposal")
            .with("recommendation", phrasing::recommendation(unfit))
            .with("candidate", case.candidate())
            .with("status", Phrase::new(format!("status-{}", case.status)))
            .with("fitting", fitting),
    )
    .await
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

fn free_text(text: &str) -> Result<Option<Typed>, Failure> {
    let text = nfc(text);
    let length = text.chars().count();
    if length > FREE_TEXT_LIMIT {
        return refuse(
            Phrase::new("report-text-too-long")
                .with("length", length)
                .with("limit", FREE_TEXT_LIMIT),
        );
    }
    Ok((!text.is_empty()).then(|| Typed::new(text)))
}

/// Keeps the draft if it says anything that was not kept before.
async fn keep(cx: &mut Cx<'_>, case: &mut Case, draft: Draft) -> Outcome {
    if case.working() != draft {
        reports::save_draft(cx.tx, case.slot, &draft, cx.now).await?;
        case.draft = Some(draft);
    }
    Ok(())
}

async fn last_month(cx: &mut Cx<'_>, case: &Case) -> Result<Draft, Failure> {
    match latest(cx, case).await? {
        Some(filed) => Ok(filed.content.into()),
        None => refuse("report-no-last-month"),
    }
}

/// What the mentor reported on the candidate last, for a meeting before this one.
async fn latest(cx: &mut Cx<'_>, case: &Case) -> Result<Option<Filed>, Failure> {
    let slot = case.slot;
    Ok(reports::latest_before(cx.tx, slot.case, slot.mentor, case.meeting.starts_at).await?)
}

async fn put_aside(cx: &mut Cx<'_>, mut case: Case, draft: Draft) -> Outcome {
    keep(cx, &mut case, draft).await?;
    cx.leave();
    cx.reply(questions::saved(cx.practice, &case)).await
}

async fn send(cx: &mut Cx<'_>, case: Case) -> Outcome {
    let Some(content) = case.working().complete() else { return Err(Failure::Unreadable) };
    if !case.fits(content.recommendation) {
        // The candidate was something else when it was chosen.
        say_unfit(cx, &case, content.recommendation).await?;
        return ask(cx, &case, Step::Recommend).await;
    }
    reports::file(cx.tx, case.slot, &content, cx.now).await?;
    let me = cx.me()?.clone();
    let before = case.filed.as_ref();
    let entry = Entry::new(Act::ReportSent, case.guided.code.as_str())
        .within(case.guided.unit_id)
        .for_meeting(case.meeting.id)
        .was(Field::State, before.map(|filed| filed.state))
        .was(Field::Ratings, before.map(|filed| filed.content.ratings))
        .was(Field::Recommendation, before.map(|filed| filed.content.recommendation))
        .became(Field::State, State::Submitted)
        .became(Field::Ratings, content.ratings)
        .became(Field::Recommendation, content.recommendation);
    cx.note(entry).await?;
    cx.leave();
    let owed: Vec<Case> = mine(cx).await?.into_iter().filter(|case| case.filed.is_none()).collect();
    let today = cx.today();
    let open = reports::owed(cx.tx, &case.meeting, today).await?;
    if open.iter().all(|guided| guided.mentor_id != me.id) {
        proofs::settle(cx.tx, case.slot.meeting, me.id, cx.now).await?;
    }
    let (practice, now) = (cx.practice, cx.local_now());
    cx.reply(questions::sent(practice, &case, &owed, now)).await?;
    tell_secretary(cx, &case, &me).await
}

/// The secretary learns of each report as it arrives, the deputy if the secretary has no account.
async fn tell_secretary(cx: &mut Cx<'_>, case: &Case, me: &Person) -> Outcome {
    let today = cx.today();
    // Nobody reviews their own: a secretary's report goes to the deputy.
    let leader = outbound::leader_beside(cx.tx, case.guided.unit_id, &[me.id], today).await?;
    let Some(Addressee { person: secretary, fallbacks }) = leader else { return Ok(()) };
    let all = cases::guided_in(cx.tx, case.guided.unit_id, today).await?;
    let received = all.len() - reports::owed(cx.tx, &case.meeting, today).await?.len();
    let message = questions::arrived(cx.practice, case, me, &secretary, received, all.len());
    let key = cx.once("report");
    cx.tell(&secretary, Some(case.guided.unit_id), &fallbacks, key, message).await?;
    Ok(())
}

/// Reads a report typed in one line and shows its preview, or asks for what is missing.
pub(super) async fn one_line(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let Some(line) = read_line(text) else { return Ok(Claim::NotMine) };
    let code = match &line {
        Ok(line) => line.case.clone(),
        Err(_) => leading_case_code(&fold(text)).map(|(code, _)| code).unwrap_or_default(),
    };
    let cases = mine(cx).await?;
    let Some(mut case) = cases.into_iter().find(|case| case.guided.code == code) else {
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
        return begin(cx, case).await.map(|()| Claim::Done);
    }
    changeable(&case, cx.now)?;
    let mut draft = case.working();
    for (slot, rating) in draft.ratings.iter_mut().zip(line.draft.ratings) {
        *slot = rating.or(*slot);
    }
    let (fitting, unfit): (Option<_>, Option<_>) = match line.draft.recommendation {
        Some(unfit) if !case.fits(unfit) => (None, Some(unfit)),
        fitting => (fitting, None),
    };
    draft.recommendation = fitting.or(draft.recommendation);
    let step = match draft.next_aspect() {
        Some(aspect) => Step::Rate(aspect),
        None if unfit.is_some() || draft.recommendation.is_none() => Step::Recommend,
        None => Step::Preview,
    };
    keep(cx, &mut case, draft).await?;
    if let Some(unfit) = unfit {
        say_unfit(cx, &case, unfit).await?;
    }
    ask(cx, &case, step).await?;
    Ok(Claim::Done)
}
