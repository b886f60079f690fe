//! `/viec`: what I owe, and who owes me.
//!
//! First what is mine to do, by deadline, each with its button: reports to write or to mend,
//! reports to judge, what a meeting gave me, the invitation to answer, the next steps of candidates
//! that are possible now, and the source lists that wait for the committee. Then what others owe: a
//! secretary sees who of the branch has not reported for the next meeting, the committee the
//! branches with overdue reports and then all of them one by one.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome};
use super::engine::feature::Feature;
use crate::domain::ids::UnitId;
use crate::domain::meeting::MeetingState;
use crate::domain::people::Person;
use crate::domain::report::{ReportState, Slot};
use crate::domain::road::Submission;
use crate::domain::units::UnitName;
use crate::message::{Button, Message, Phrase};
use crate::operations::cases::waiting;
use crate::operations::rights::{self, Right};
use crate::operations::timetable;
use crate::phrasing;
use crate::phrasing::road as say;
use crate::store::meetings::{self, Meeting};
use crate::store::reviews::{self, Verdict};
use crate::store::{cases, delivery_status, duties, people, reports, sheets};
use crate::taps::{AttendanceTap, NudgeTap, ReportTap, ReviewTap, RoadTap, SheetTap, Tap};

pub struct Tasks;

/// How long after a meeting began its reports still wait for a verdict.
const KEPT: TimeDelta = TimeDelta::days(31);
/// How many next steps of candidates are listed one by one.
const STEPS: usize = 5;
/// The last minute of a day.
const LAST: NaiveTime = NaiveTime::from_hms_opt(23, 59, 0).expect("it exists");

/// Something to do, and until when. Local time.
struct Task {
    by: NaiveDateTime,
    line: Phrase,
    buttons: Vec<Button>,
}

#[async_trait]
impl Feature for Tasks {
    fn name(&self) -> &'static str {
        "tasks"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "viec",
            words: &["viec cua toi", "viec can lam", "cong viec"],
            needs: &[],
            about: "tasks-about",
            in_groups: false,
            answer: |cx, _| Box::pin(command(cx)),
        }]
    }
}

async fn command(cx: &mut Cx<'_>) -> Outcome {
    let me = cx.me()?.clone();
    let mut message = Message::new().title("tasks-title");
    let before = message.body.len();
    let led = rights::roots(&me, Right::SeeBranchTasks);
    for task in mine(cx, &me, &led).await? {
        message = message.item(task.line).row(task.buttons);
    }
    message = next_steps(cx, message).await?;
    for unit in led {
        message = owed_to_me(cx, unit, message).await?;
    }
    message = branches(cx, message).await?;
    if message.body.len() == before {
        message = message.line("tasks-none");
    }
    cx.reply(message).await
}

/// The person's own duties, the most urgent first.
async fn mine(cx: &mut Cx<'_>, me: &Person, led: &[UnitId]) -> Result<Vec<Task>, Failure> {
    let mut tasks = Vec::new();
    if rights::somewhere(me, Right::Report) {
        tasks.extend(owed_by_me(cx).await?);
    }
    if let Some(unit) = me.unit {
        tasks.extend(invitation(cx, unit).await?);
    }
    for unit in led {
        tasks.extend(to_judge(cx, *unit).await?);
        tasks.extend(to_close(cx, *unit).await?);
    }
    tasks.extend(given_to_me(cx).await?);
    tasks.sort_by_key(|task| task.by);
    Ok(tasks)
}

/// The next regular meeting of a branch, and when its reports are due.
async fn next(cx: &mut Cx<'_>, unit: UnitId) -> Result<Option<(Meeting, NaiveDateTime)>, Failure> {
    let now = cx.judged_now();
    let meeting = meetings::next_regular(cx.tx, unit, now).await?;
    Ok(meeting.map(|meeting| {
        let due = due(cx, &meeting);
        (meeting, due)
    }))
}

fn due(cx: &Cx<'_>, meeting: &Meeting) -> NaiveDateTime {
    timetable::reports_due(cx.practice, meeting)
}

async fn owed_by_me(cx: &mut Cx<'_>) -> Result<Vec<Task>, Failure> {
    let me = cx.me()?.id;
    let today = cx.today();
    let mut tasks = Vec::new();
    for guided in cases::guided_by(cx.tx, me, today).await? {
        let Some((meeting, due)) = next(cx, guided.unit_id).await? else { continue };
        let owed = reports::owed(cx.tx, &meeting, today).await?;
        if !owed.iter().any(|o| o.id == guided.id && o.mentor_id == me) {
            continue;
        }
        let slot = Slot { meeting: meeting.id, case: guided.id, mentor: me };
        let candidate = guided.person;
        let (line, label, by) = match returned_until(cx, slot).await? {
            Some(anew) => ("tasks-returned", "tasks-mend-button", due.max(anew)),
            None => ("tasks-report", "report-about-one", due),
        };
        let choose = ReportTap::Choose { meeting: meeting.id, case: guided.id };
        let label = Phrase::new(label).with("candidate", candidate);
        tasks.push(Task {
            by,
            line: Phrase::new(line).with("candidate", candidate).with("due", by),
            buttons: vec![Button::new(label, Tap::Report(choose))],
        });
    }
    Ok(tasks)
}

/// Until when a report is expected again, if it came back.
async fn returned_until(cx: &mut Cx<'_>, slot: Slot) -> Result<Option<NaiveDateTime>, Failure> {
    let filed = reports::get(cx.tx, slot).await?;
    if filed.is_none_or(|filed| filed.state != ReportState::Returned) {
        return Ok(None);
    }
    let review = reviews::latest(cx.tx, slot).await?;
    Ok(review.and_then(|review| match review.verdict {
        Verdict::Returned { due, .. } => Some(cx.practice.local(due)),
        Verdict::Accepted => None,
    }))
}

/// What meetings gave the person to do.
async fn given_to_me(cx: &mut Cx<'_>) -> Result<Vec<Task>, Failure> {
    let (me, today) = (cx.me()?.id, cx.today());
    let given = duties::open_of(cx.tx, me, today).await?;
    let task = |duty: duties::Duty| {
        let key = if duty.due < today { "tasks-duty-overdue" } else { "tasks-duty" };
        let (line, label) = phrasing::duty(key, &duty.what, duty.due);
        let done = Tap::Sheet(SheetTap::Done(duty.id));
        // It can be done until the day is over.
        Task { by: duty.due.and_time(LAST), line, buttons: vec![Button::new(label, done)] }
    };
    Ok(given.into_iter().map(task).collect())
}

/// The meeting ahead, if the person has not said whether they come.
async fn invitation(cx: &mut Cx<'_>, unit: UnitId) -> Result<Option<Task>, Failure> {
    let me = cx.me()?.id;
    let today = cx.today();
    let Some((meeting, _)) = next(cx, unit).await? else { return Ok(None) };
    let first_lead = cx.practice.leads.meeting_days.iter().max().copied().unwrap_or_default();
    let soon =
        meeting.starts_at - cx.judged_now() <= chrono::TimeDelta::days(i64::from(first_lead));
    let asked = people::members(cx.tx, unit, today).await?.contains(&me);
    let answers = meetings::answers(cx.tx, meeting.id).await?;
    if !soon || !asked || answers.iter().any(|answer| answer.person_id == me) {
        return Ok(None);
    }
    let at = cx.practice.local(meeting.starts_at);
    let tap = |t: AttendanceTap| Tap::Attendance(t);
    Ok(Some(Task {
        by: at,
        line: Phrase::new("tasks-answer").with("at", at),
        buttons: vec![
            Button::new("button-coming", tap(AttendanceTap::Coming(meeting.id))),
            Button::new("button-excused", tap(AttendanceTap::Excused(meeting.id))),
        ],
    }))
}

/// The reports that wait for this secretary's or deputy's verdict, until the meeting begins.
async fn to_judge(cx: &mut Cx<'_>, unit: UnitId) -> Result<Vec<Task>, Failure> {
    let (me, today, now) = (cx.me()?.id, cx.today(), cx.judged_now());
    let mut slots = reports::unjudged(cx.tx, unit, now - KEPT).await?;
    slots.retain(|slot| slot.mentor != me);
    let mentors: Vec<_> = slots.iter().map(|slot| slot.mentor).collect();
    let mentors = people::load(cx.tx, &mentors, today).await?;
    let mut tasks = Vec::new();
    for slot in slots {
        let mentor = mentors.iter().find(|mentor| mentor.id == slot.mentor);
        let case = cases::about(cx.tx, slot.case, slot.mentor).await?;
        let meeting = meetings::get(cx.tx, slot.meeting).await?;
        let (Some(mentor), Some(case), Some(meeting)) = (mentor, case, meeting) else { continue };
        let candidate = case.person;
        let label = Phrase::new("tasks-review-button").with("candidate", candidate);
        tasks.push(Task {
            by: cx.practice.local(meeting.starts_at),
            line: Phrase::new("tasks-review")
                .with("mentor", mentor.id)
                .with("candidate", candidate),
            buttons: vec![Button::new(label, Tap::Review(ReviewTap::Open(slot)))],
        });
    }
    Ok(tasks)
}

/// The branch's meeting that has begun and is not closed yet.
async fn to_close(cx: &mut Cx<'_>, unit: UnitId) -> Result<Option<Task>, Failure> {
    let now = cx.judged_now();
    let Some(id) = sheets::latest(cx.tx, unit, now).await? else { return Ok(None) };
    let Some(meeting) = meetings::get(cx.tx, id).await? else { return Ok(None) };
    if meeting.state != MeetingState::Planned || now - meeting.starts_at > KEPT {
        return Ok(None);
    }
    let at = cx.practice.local(meeting.starts_at);
    let units = cx.units().await?;
    let show = Tap::Sheet(SheetTap::Show(meeting.id));
    Ok(Some(Task {
        by: at,
        line: Phrase::new("tasks-sheet").with("unit", units.name(unit)).with("at", at),
        buttons: vec![Button::new(Phrase::new("tasks-sheet-button").with("at", at), show)],
    }))
}

/// The next steps of candidates that are possible and the person's own to take, by the limit that
/// runs; and the source lists, if they are the committee.
async fn next_steps(cx: &mut Cx<'_>, mut message: Message) -> Result<Message, Failure> {
    let today = cx.today();
    let (lists, mut steps): (Vec<_>, Vec<_>) = waiting::for_me(&mut cx.work().await?)
        .await?
        .into_iter()
        .filter(|one| one.verdict.is_possible() || one.presses(today))
        .partition(|one| one.step.submission() == Some(Submission::SourceList));
    if !lists.is_empty() {
        let branches: BTreeSet<UnitId> = lists.iter().map(|one| one.dossier.case.unit).collect();
        let line =
            Phrase::new("tasks-lists").with("branches", branches.len()).with("count", lists.len());
        let look = Button::new("tasks-lists-button", Tap::Command("duyet".to_owned()));
        message = message.item(line).row(vec![look]);
    }
    steps.sort_by_key(|one| one.limit.as_ref().map_or(NaiveDate::MAX, |limit| limit.on));
    for one in steps.iter().take(STEPS) {
        let ready = one.verdict.is_possible();
        let line = Phrase::new(if ready { "tasks-step" } else { "tasks-step-lacking" })
            .with("step", say::step(one.step))
            .with("candidate", one.dossier.candidate());
        message = message.item(match &one.limit {
            Some(limit) if limit.on < today => Phrase::new("tasks-step-late")
                .with("line", line)
                .with("kind", say::deadline(limit.kind))
                .with("on", limit.on)
                .with("days", (today - limit.on).num_days()),
            Some(limit) => Phrase::new("tasks-step-by")
                .with("line", line)
                .with("kind", say::deadline(limit.kind))
                .with("on", limit.on),
            None => line,
        });
        let label = Phrase::new("tasks-step-button").with("candidate", one.dossier.candidate());
        let case = one.dossier.case.id;
        let begin =
            if ready { RoadTap::Begin { case, step: one.step } } else { RoadTap::Open(case) };
        message = message.row(vec![Button::new(label, Tap::Road(begin))]);
    }
    if steps.len() > STEPS {
        let line = Phrase::new("tasks-more-steps").with("count", steps.len() - STEPS);
        let look = Button::new("tasks-pool-button", Tap::Command("nguon".to_owned()));
        message = message.item(line).row(vec![look]);
    }
    Ok(message)
}

async fn owed_to_me(
    cx: &mut Cx<'_>,
    unit: UnitId,
    mut message: Message,
) -> Result<Message, Failure> {
    let today = cx.today();
    let Some((meeting, due)) = next(cx, unit).await? else { return Ok(message) };
    let owed = reports::owed(cx.tx, &meeting, today).await?;
    if owed.is_empty() {
        return Ok(message);
    }
    let units = cx.units().await?;
    message = message
        .line(Phrase::new("tasks-owed-to-me").with("unit", units.name(unit)).with("due", due));
    for owed in owed {
        message = message.item(
            Phrase::new("owing-line").with("mentor", owed.mentor_id).with("candidate", owed.person),
        );
    }
    Ok(message.row(vec![proof(units.name(unit), &meeting)]))
}

/// The button to what became of a meeting's reminders.
fn proof(unit: &UnitName, meeting: &Meeting) -> Button {
    let label = Phrase::new("nudge-unit-button").with("unit", unit);
    Button::new(label, Tap::Nudge(NudgeTap::Proof(meeting.id)))
}

/// The branches below: those with overdue reports, the oldest deadline first, and then each.
async fn branches(cx: &mut Cx<'_>, mut message: Message) -> Result<Message, Failure> {
    let today = cx.today();
    let units = cx.units().await?;
    let now = cx.judged_now();
    let (mut overdue, mut all) = (Vec::new(), Vec::new());
    for branch in rights::branches(cx.me()?, Right::CompareBranches, &units) {
        if let Some(meeting) = delivery_status::current_meeting(cx.tx, branch.id, now).await? {
            let (by, owed) = (due(cx, &meeting), reports::owed(cx.tx, &meeting, today).await?);
            if by <= cx.practice.local(now) && !owed.is_empty() {
                let line = Phrase::new("tasks-overdue")
                    .with("unit", &branch.name)
                    .with("count", owed.len())
                    .with("due", by);
                overdue.push(Task { by, line, buttons: vec![proof(&branch.name, &meeting)] });
            }
        }
        let Some((meeting, _)) = next(cx, branch.id).await? else { continue };
        let tally = reports::tally(cx.tx, &meeting, today).await?;
        all.push(phrasing::reported(cx.practice, branch, &meeting, &tally));
    }
    overdue.sort_by_key(|task| task.by);
    for task in overdue {
        message = message.item(task.line).row(task.buttons);
    }
    Ok(all.into_iter().fold(message, Message::item))
}
