//! `/viec`: what I owe, and who owes me.
//!
//! A mentor sees the reports still to be written, with a button to begin; whom a meeting gave
//! something to do sees it with its deadline; a secretary sees who of
//! the branch has not reported for the next meeting and who has not answered its invitation; the
//! committee sees the branches one by one.

use async_trait::async_trait;

use super::context::Cx;
use super::feature::{Audience, Command, Failure, Feature, Outcome};
use crate::domain::ids::UnitId;
use crate::domain::month::report_due;
use crate::message::{Arg, Button, Message, Phrase};
use crate::phrasing;
use crate::store::meetings::{self, Meeting};
use crate::store::{cases, duties, people, reports};
use crate::taps::{AttendanceTap, ReportTap, ReviewTap, SheetTap, Tap};

pub struct Tasks;

#[async_trait]
impl Feature for Tasks {
    fn name(&self) -> &'static str {
        "tasks"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "viec",
            words: &["viec cua toi", "viec can lam", "cong viec"],
            audience: Audience::Everyone,
            about: "tasks-about",
            in_groups: false,
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, _: &str) -> Outcome {
        let me = cx.me()?.clone();
        let mut message = Message::new().title("tasks-title");
        let before = message.body.len();
        if me.mentor {
            message = owed_by_me(cx, message).await?;
        }
        if let Some(unit) = me.unit {
            message = invitation(cx, unit, message).await?;
        }
        message = given_to_me(cx, message).await?;
        let led: Vec<UnitId> = me.leads().collect();
        for unit in led {
            message = to_judge(cx, unit, message).await?;
            message = owed_to_me(cx, unit, message).await?;
        }
        let watched: Vec<UnitId> = me.oversees().collect();
        if !watched.is_empty() {
            message = branches(cx, &watched, message).await?;
        }
        if message.body.len() == before {
            message = message.line("tasks-none");
        }
        cx.reply(message).await
    }
}

/// The next regular meeting of a branch, and when its reports are due.
async fn next(cx: &mut Cx<'_>, unit: UnitId) -> Result<Option<(Meeting, Arg)>, Failure> {
    let meeting = meetings::next_regular(cx.tx, unit, cx.now).await?;
    let practice = cx.practice;
    Ok(meeting.map(|meeting| {
        let start = practice.local(meeting.starts_at);
        (meeting, Arg::DateTime(report_due(start, &practice.calendar, &practice.leads)))
    }))
}

async fn owed_by_me(cx: &mut Cx<'_>, mut message: Message) -> Result<Message, Failure> {
    let me = cx.me()?.id;
    let today = cx.today();
    let mut found = false;
    for guided in cases::guided_by(cx.tx, me, today).await? {
        let Some((meeting, due)) = next(cx, guided.unit_id).await? else { continue };
        let owed = reports::owed(cx.tx, &meeting, today).await?;
        if owed.iter().any(|o| o.id == guided.id && o.mentor_id == me) {
            let candidate = phrasing::candidate(&guided);
            message = message
                .item(Phrase::new("tasks-report").with("candidate", candidate).with("due", due));
            found = true;
        }
    }
    if found {
        let open = Button::new("button-report", Tap::Report(ReportTap::Open));
        message = message.row(vec![open]);
    }
    Ok(message)
}

/// What meetings gave the person to do, a button for each.
async fn given_to_me(cx: &mut Cx<'_>, mut message: Message) -> Result<Message, Failure> {
    let (me, today) = (cx.me()?.id, cx.today());
    for duty in duties::open_of(cx.tx, me).await? {
        let key = if duty.due < today { "tasks-duty-overdue" } else { "tasks-duty" };
        let (line, button) = phrasing::duty(key, &duty.what, duty.due);
        message =
            message.item(line).row(vec![Button::new(button, Tap::Sheet(SheetTap::Done(duty.id)))]);
    }
    Ok(message)
}

/// The meeting ahead, if the person has not said whether they come.
async fn invitation(cx: &mut Cx<'_>, unit: UnitId, message: Message) -> Result<Message, Failure> {
    let me = cx.me()?.id;
    let today = cx.today();
    let Some((meeting, _)) = next(cx, unit).await? else { return Ok(message) };
    let first_lead = cx.practice.leads.meeting_days.iter().max().copied().unwrap_or_default();
    let soon = meeting.starts_at - cx.now <= chrono::TimeDelta::days(i64::from(first_lead));
    let asked = people::members(cx.tx, unit, today).await?.contains(&me);
    let answers = meetings::answers(cx.tx, meeting.id).await?;
    if !soon || !asked || answers.iter().any(|answer| answer.person_id == me) {
        return Ok(message);
    }
    let at = cx.practice.local(meeting.starts_at);
    let tap = |t: AttendanceTap| Tap::Attendance(t);
    Ok(message.item(Phrase::new("tasks-answer").with("at", at)).row(vec![
        Button::new("button-coming", tap(AttendanceTap::Coming(meeting.id))),
        Button::new("button-excused", tap(AttendanceTap::Excused(meeting.id))),
    ]))
}

/// The reports that wait for this secretary's or deputy's verdict, a button for each.
async fn to_judge(cx: &mut Cx<'_>, unit: UnitId, mut message: Message) -> Result<Message, Failure> {
    let (me, today) = (cx.me()?.id, cx.today());
    let mut slots = reports::unjudged(cx.tx, unit, cx.now).await?;
    slots.retain(|slot| slot.mentor != me);
    let mentors: Vec<_> = slots.iter().map(|slot| slot.mentor).collect();
    let mentors = people::load(cx.tx, &mentors, today).await?;
    let guided = cases::guided_in(cx.tx, unit, today).await?;
    for slot in slots {
        let mentor = mentors.iter().find(|mentor| mentor.id == slot.mentor);
        let case = guided.iter().find(|g| g.id == slot.case && g.mentor_id == slot.mentor);
        let (Some(mentor), Some(case)) = (mentor, case) else { continue };
        let candidate = phrasing::candidate(case);
        let label = Phrase::new("tasks-review-button").with("candidate", candidate.clone());
        message = message
            .item(
                Phrase::new("tasks-review")
                    .with("mentor", Arg::Person(mentor.name.clone()))
                    .with("candidate", candidate),
            )
            .row(vec![Button::new(label, Tap::Review(ReviewTap::Open(slot)))]);
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
    let ids: Vec<_> = owed.iter().map(|owed| owed.mentor_id).collect();
    let mentors = people::load(cx.tx, &ids, today).await?;
    for owed in owed {
        let Some(mentor) = mentors.iter().find(|person| person.id == owed.mentor_id) else {
            continue;
        };
        message = message.item(
            Phrase::new("owing-line")
                .with("mentor", Arg::Person(mentor.name.clone()))
                .with("candidate", phrasing::candidate(&owed)),
        );
    }
    Ok(message)
}

async fn branches(
    cx: &mut Cx<'_>,
    roots: &[UnitId],
    mut message: Message,
) -> Result<Message, Failure> {
    let today = cx.today();
    let units = cx.units().await?;
    for branch in units.branches() {
        if !roots.iter().any(|root| units.is_within(branch.id, *root)) {
            continue;
        }
        let Some((meeting, _)) = next(cx, branch.id).await? else { continue };
        let all = cases::guided_in(cx.tx, branch.id, today).await?.len();
        let owed = reports::owed(cx.tx, &meeting, today).await?.len();
        message = message.item(
            Phrase::new("tasks-branch")
                .with("unit", branch.name.as_str())
                .with("received", all.saturating_sub(owed))
                .with("all", all)
                .with("date", cx.practice.local(meeting.starts_at).date()),
        );
    }
    Ok(message)
}
