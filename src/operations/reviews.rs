//! What a secretary or deputy says of a report: accepted, or returned with a reason and a new deadline.

use chrono::NaiveDateTime;

use super::meetings::must_stand;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::people::Person;
use crate::domain::report::{Draft, ReportState, Slot};
use crate::domain::typed::Typed;
use crate::message::{Button, Message, Phrase};
use crate::outbound::Addressee;
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::cases::{self, Guided};
use crate::store::meetings::{self, Meeting};
use crate::store::reports::{self, Filed};
use crate::store::reviews::{self, Verdict};
use crate::store::{StoreError, people};
use crate::taps::{ReportTap, Tap};

/// Longest reason of a return, in characters.
const REASON_LIMIT: usize = 500;

/// A report somebody wants to judge.
#[derive(Debug)]
pub struct Submission {
    pub slot: Slot,
    pub guided: Guided,
    pub meeting: Meeting,
    pub mentor: Person,
    /// Whether the mentor still guides the candidate; only then can a report go back to them.
    pub still: bool,
    pub filed: Filed,
}

/// What a verdict is about: the report as it was sent.
pub fn judged(slot: Slot, sent: Draft) -> (&'static str, Slot, Draft) {
    ("review", slot, sent)
}

/// A sentence about a report.
pub fn about(key: &str, submission: &Submission) -> Phrase {
    Phrase::new(key)
        .with("mentor", submission.mentor.id)
        .with("candidate", submission.guided.person)
        .with("month", submission.meeting.month)
}

/// The report, if it is this person's to judge: they may in the branch, and did not write it.
pub async fn find(work: &mut Work<'_>, slot: Slot) -> Result<Submission, Refused> {
    let today = work.today();
    let Some(meeting) = meetings::get(work.tx, slot.meeting).await? else {
        return refuse("review-not-leader");
    };
    work.must(Right::ReviewReports, meeting.unit, "review-not-leader")?;
    if work.is_me(slot.mentor) {
        return refuse("review-own");
    }
    let guided = cases::about(work.tx, slot.case, slot.mentor).await?;
    let pairs = cases::guided_in(work.tx, meeting.unit, today).await?;
    let still = pairs.iter().any(|g| g.id == slot.case && g.mentor_id == slot.mentor);
    let filed = reports::get(work.tx, slot).await?;
    let mentor = people::get(work.tx, slot.mentor, today).await?;
    match (guided, filed, mentor) {
        (Some(guided), Some(filed), Some(mentor)) => {
            Ok(Submission { slot, guided, meeting, mentor, still, filed })
        }
        _ => refuse("review-gone"),
    }
}

/// The same, if it waits for a verdict.
pub async fn waiting(work: &mut Work<'_>, slot: Slot) -> Result<Submission, Refused> {
    let submission = find(work, slot).await?;
    must_stand(work.practice, &submission.meeting)?;
    let key = match submission.filed.state {
        ReportState::Submitted => return Ok(submission),
        ReportState::Accepted => "review-was-accepted",
        ReportState::Returned => "review-was-returned",
    };
    let by = reviews::latest(work.tx, slot).await?.map(|review| review.reviewer);
    refuse(Phrase::new(key).with("by", phrasing::somebody(by)))
}

/// The same, if there is somebody to return it to.
pub async fn returnable(work: &mut Work<'_>, slot: Slot) -> Result<Submission, Refused> {
    let submission = waiting(work, slot).await?;
    if submission.still {
        return Ok(submission);
    }
    let gone = Phrase::new("review-mentor-gone")
        .with("mentor", submission.mentor.id)
        .with("candidate", submission.guided.person);
    refuse(gone)
}

/// Refuses a reason that is none, or too long.
pub fn must_be_a_reason(reason: &Typed) -> Result<(), Refused> {
    if reason.is_empty() || reason.length() > REASON_LIMIT {
        return refuse(Phrase::new("review-reason-length").with("limit", REASON_LIMIT));
    }
    Ok(())
}

/// Accepts a report, and tells its mentor.
pub async fn accept(work: &mut Work<'_>, slot: Slot) -> Result<Submission, Refused> {
    let submission = waiting(work, slot).await?;
    judge(work, &submission, &Verdict::Accepted).await?;
    let told = about("review-accepted-told", &submission).with("name", submission.mentor.id);
    tell_mentor(work, &submission, Message::of(told)).await?;
    Ok(submission)
}

/// Returns a report until a local time, which is ahead and not after the meeting has begun; its mentor is
/// told.
pub async fn send_back(
    work: &mut Work<'_>,
    slot: Slot,
    reason: Typed,
    due: NaiveDateTime,
) -> Result<Submission, Refused> {
    let submission = returnable(work, slot).await?;
    must_be_a_reason(&reason)?;
    let practice = work.practice;
    let start = practice.local(submission.meeting.starts_at);
    if due <= practice.local(work.judged_now()) || due > start {
        return refuse(Phrase::new("review-until-range").with("due", due).with("start", start));
    }
    let verdict = Verdict::Returned { reason: reason.clone(), due: practice.instant(due) };
    judge(work, &submission, &verdict).await?;
    let told = about("review-returned-told", &submission)
        .with("name", submission.mentor.id)
        .with("reason", reason)
        .with("due", due);
    let choose = ReportTap::Choose { meeting: slot.meeting, case: slot.case };
    let message =
        Message::of(told).row(vec![Button::new("button-mend-report", Tap::Report(choose))]);
    tell_mentor(work, &submission, message).await?;
    Ok(submission)
}

/// Gives the verdict, and writes down whose it is.
async fn judge(
    work: &mut Work<'_>,
    submission: &Submission,
    verdict: &Verdict,
) -> Result<(), Refused> {
    let me = work.me()?.id;
    if !reviews::judge(work.tx, submission.slot, me, verdict, work.now).await? {
        return refuse("review-gone");
    }
    let (act, state, due) = match verdict {
        Verdict::Accepted => (Act::ReportAccepted, ReportState::Accepted, None),
        Verdict::Returned { due, .. } => (Act::ReportReturned, ReportState::Returned, Some(*due)),
    };
    let entry = Entry::new(act, submission.guided.code.as_str())
        .within(submission.meeting.unit)
        .for_meeting(submission.meeting.id)
        .was(Field::State, submission.filed.state)
        .became(Field::State, state)
        .became(Field::Mentor, &submission.mentor.code)
        .became(Field::Due, due.map(|due| work.practice.local(due)));
    Ok(work.note(entry).await?)
}

async fn tell_mentor(
    work: &mut Work<'_>,
    submission: &Submission,
    message: Message,
) -> Result<(), StoreError> {
    let to = Addressee::alone(submission.mentor.clone());
    work.tell(&to, submission.meeting.unit, "review", message).await.map(drop)
}
