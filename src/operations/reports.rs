//! A mentor's report on a candidate for a meeting: its draft, which is kept while it is written, and its
//! submission, of which whoever leads the branch is told. What they say of it is in [`super::reviews`].

use super::meetings::must_stand;
use super::shown::{self, Version};
use super::timetable;
use super::work::{Effect, Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::audit::{Act, Field, State};
use crate::domain::people::{Person, Status};
use crate::domain::practice::Practice;
use crate::domain::report::{Content, Draft, FREE_TEXT_LIMIT, Recommendation, ReportState, Slot};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::outbound;
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::cases::{self, Guided};
use crate::store::meetings::{self, Meeting};
use crate::store::reports::{self, Filed, Tally};
use crate::store::reviews::{self, Review, Verdict};
use crate::store::{StoreError, delivery_status};
use crate::taps::{ReviewTap, Tap};

/// One report, which the person asking may write: whose, for which meeting, and what there is of it. Only
/// [`mine`] and [`find`] make one.
#[derive(Debug)]
pub struct Report {
    slot: Slot,
    guided: Guided,
    meeting: Meeting,
    due: Instant,
    overdue: bool,
    filed: Option<Filed>,
    draft: Option<Draft>,
    returned: Option<Typed>,
    status: Status,
}

impl Report {
    pub fn slot(&self) -> Slot {
        self.slot
    }

    pub fn guided(&self) -> &Guided {
        &self.guided
    }

    pub fn meeting(&self) -> &Meeting {
        &self.meeting
    }

    pub fn due(&self) -> Instant {
        self.due
    }

    /// Whether its time is over.
    pub fn is_overdue(&self) -> bool {
        self.overdue
    }

    /// Whether it was sent once.
    pub fn is_filed(&self) -> bool {
        self.filed.is_some()
    }

    pub fn has_draft(&self) -> bool {
        self.draft.is_some()
    }

    /// Why it came back, while it has not been sent anew.
    pub fn returned(&self) -> Option<&Typed> {
        self.returned.as_ref()
    }

    /// What the candidate is today, on which depends what can be proposed.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What is worked on: the draft, else what was sent, else nothing yet.
    pub fn working(&self) -> Draft {
        self.draft
            .clone()
            .or_else(|| self.filed.as_ref().map(|filed| filed.content.clone().into()))
            .unwrap_or_default()
    }

    /// What its preview shows.
    pub fn shown(&self) -> (&'static str, Slot, Draft) {
        ("report", self.slot, self.working())
    }

    pub fn candidate(&self) -> Arg {
        Arg::Who(self.guided.person)
    }

    pub fn state(&self) -> Option<ReportState> {
        self.filed.as_ref().map(|filed| filed.state)
    }

    /// Whether this can be proposed of the candidate as they are today.
    pub fn fits(&self, recommendation: Recommendation) -> bool {
        Recommendation::of(self.status).contains(&recommendation)
    }
}

/// A sentence about a report: candidate, month of the meeting, due time.
pub fn about(key: &str, practice: &Practice, report: &Report) -> Phrase {
    Phrase::new(key)
        .with("candidate", report.candidate())
        .with("month", report.meeting.month)
        .with("due", practice.local(report.due))
}

/// That a proposal does not fit the candidate, and which do.
pub fn unfit(report: &Report, recommendation: Recommendation) -> Phrase {
    let fitting = Recommendation::of(report.status).iter();
    let fitting: Vec<Arg> = fitting.map(|one| phrasing::recommendation(*one).into()).collect();
    Phrase::new("report-no-such-proposal")
        .with("recommendation", phrasing::recommendation(recommendation))
        .with("candidate", report.candidate())
        .with("status", Phrase::new(format!("status-{}", report.status)))
        .with("fitting", fitting)
}

/// A report on everyone the person guides today, each for the next meeting of the branch. Candidates
/// of a branch that has no meeting ahead are left out: there is nothing to report for.
pub async fn mine(work: &mut Work<'_>) -> Result<Vec<Report>, Refused> {
    let (me, today) = (work.me()?.id, work.today());
    let mut mine = Vec::new();
    for guided in cases::guided_by(work.tx, me, today).await? {
        let judged = work.judged_now();
        if let Some(meeting) = meetings::next_regular(work.tx, guided.unit_id, judged).await? {
            mine.push(complete(work, guided, meeting).await?);
        }
    }
    Ok(mine)
}

/// The report of a slot, if the person guides the candidate today and the meeting is still ahead.
pub async fn find(work: &mut Work<'_>, slot: Slot) -> Result<Report, Refused> {
    let (me, today) = (work.me()?.id, work.today());
    let guided = cases::guided_by(work.tx, me, today)
        .await?
        .into_iter()
        .find(|guided| guided.id == slot.case && slot.mentor == me);
    let Some(guided) = guided else { return refuse("report-not-mentor") };
    let meeting = meetings::get(work.tx, slot.meeting).await?;
    let Some(meeting) = meeting.filter(|meeting| meeting.unit == guided.unit_id) else {
        return refuse("report-meeting-over");
    };
    must_stand(work.practice, &meeting)?;
    match meeting.starts_at > work.judged_now() {
        true => Ok(complete(work, guided, meeting).await?),
        false => refuse("report-meeting-over"),
    }
}

async fn complete(
    work: &mut Work<'_>,
    guided: Guided,
    meeting: Meeting,
) -> Result<Report, StoreError> {
    let slot = Slot { meeting: meeting.id, case: guided.id, mentor: guided.mentor_id };
    let practice = work.practice;
    let mut due = practice.instant(timetable::reports_due(practice, &meeting));
    let filed = reports::get(work.tx, slot).await?;
    let draft = reports::draft(work.tx, slot).await?;
    let mut returned = None;
    // Only what was sent can have come back.
    if let Some(filed) = &filed
        && let Some(Review { verdict: Verdict::Returned { reason, due: anew }, .. }) =
            reviews::latest(work.tx, slot).await?
    {
        // Whoever has to write it again has the time that was given for it.
        due = due.max(anew);
        returned = (filed.state == ReportState::Returned).then_some(reason);
    }
    let today = work.today();
    let status = cases::status(work.tx, guided.id, today).await?;
    let overdue = work.judged_now() > due;
    Ok(Report { slot, guided, meeting, due, overdue, filed, draft, returned, status })
}

/// Refuses a report that cannot be changed any more.
pub fn must_be_changeable(report: &Report) -> Result<(), Refused> {
    match report.state() {
        Some(ReportState::Accepted) => refuse("report-accepted"),
        Some(ReportState::Submitted) if report.overdue => refuse("report-closed"),
        // Never sent, it is taken late; returned, it is asked for.
        None | Some(ReportState::Submitted | ReportState::Returned) => Ok(()),
    }
}

/// Keeps the draft of a report, if it says anything that was not kept
/// before.
pub async fn save(work: &mut Work<'_>, report: &mut Report, draft: Draft) -> Result<(), Refused> {
    if report.working() == draft {
        return Ok(());
    }
    must_be_changeable(report)?;
    for text in [&draft.strengths, &draft.weaknesses].into_iter().flatten() {
        if text.length() > FREE_TEXT_LIMIT {
            return refuse(
                Phrase::new("report-text-too-long")
                    .with("length", text.length())
                    .with("limit", FREE_TEXT_LIMIT),
            );
        }
    }
    reports::save_draft(work.tx, report.slot, &draft, work.now).await?;
    report.draft = Some(draft);
    Ok(())
}

/// Submits a report as its draft stands. Whoever leads the branch is told; a mentor who owes nothing more is
/// not reminded any more. What was sent already and has not come back is not sent again.
pub async fn submit(work: &mut Work<'_>, report: &Report) -> Result<Effect, Refused> {
    must_be_changeable(report)?;
    let Some(content) = report.working().complete() else { return refuse("report-incomplete") };
    if !report.fits(content.recommendation) {
        // The candidate was something else when it was chosen.
        return refuse(unfit(report, content.recommendation));
    }
    let sent = report.filed.as_ref().filter(|filed| filed.state == ReportState::Submitted);
    if sent.is_some_and(|sent| sent.content == content) {
        // What was changed and changed back is no draft any more.
        reports::drop_draft(work.tx, report.slot).await?;
        return Ok(Effect::Same);
    }
    reports::file(work.tx, report.slot, &content, work.now).await?;
    work.note(submitted(report, &content)).await?;
    let (meeting, mentor) = (&report.meeting, report.slot.mentor);
    let today = work.today();
    let tally = reports::tally(work.tx, meeting, today).await?;
    if tally.owed.iter().all(|guided| guided.mentor_id != mentor) {
        delivery_status::settle(work.tx, meeting.id, mentor, work.now).await?;
    }
    tell_leader(work, report, &tally).await?;
    Ok(Effect::Changed)
}

fn submitted(report: &Report, content: &Content) -> Entry {
    let before = report.filed.as_ref();
    Entry::new(Act::ReportSent, report.guided.code.as_str())
        .within(report.guided.unit_id)
        .for_meeting(report.meeting.id)
        .was(Field::State, before.map(|filed| filed.state))
        .was(Field::Ratings, before.map(|filed| filed.content.ratings))
        .was(Field::Recommendation, before.map(|filed| filed.content.recommendation))
        .became(Field::State, State::Submitted)
        .became(Field::Ratings, content.ratings)
        .became(Field::Recommendation, content.recommendation)
}

/// The secretary learns of each report as it arrives, the deputy if the secretary has no account.
async fn tell_leader(
    work: &mut Work<'_>,
    report: &Report,
    tally: &Tally,
) -> Result<(), StoreError> {
    let (unit, mentor, today) = (report.guided.unit_id, report.slot.mentor, work.today());
    // Nobody reviews their own: a secretary's report goes to the deputy.
    let leader = outbound::leader_beside(work.tx, unit, &[mentor], today).await?;
    let Some(leader) = leader else { return Ok(()) };
    let message = arrived(work.practice, report, &leader.person, tally);
    let shown = Version::of(&super::reviews::judged(report.slot, report.working()))?;
    let told = work.tell(&leader, unit, "report", message).await?;
    shown::under(work.tx, told.id(), &shown, work.now).await
}

/// The whole report, so that its reader need not ask for it, and how many there are of how many.
fn arrived(practice: &Practice, report: &Report, leader: &Person, tally: &Tally) -> Message {
    let key = if report.filed.is_some() { "report-arrived-again" } else { "report-arrived" };
    let head =
        about(key, practice, report).with("name", leader.id).with("mentor", report.slot.mentor);
    phrasing::report(Message::of(head), &report.working())
        .line(
            Phrase::new("report-received")
                .with("received", tally.received())
                .with("all", tally.wanted),
        )
        .row(vec![
            Button::new("button-accept", Tap::Review(ReviewTap::Accept(report.slot))),
            Button::new("button-return", Tap::Review(ReviewTap::Return(report.slot))),
        ])
}
