//! `/lichhop`: the next meeting of the branch, why it falls on that day, and the three after it.
//!
//! Grammar: `/lichhop`; plain words `lịch họp`. Anyone of the branch may ask, in its group too.

use async_trait::async_trait;

use super::context::Cx;
use super::feature::{Audience, Command, Failure, Feature, Outcome, refuse};
use crate::domain::calendar::Month;
use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;
use crate::message::{Arg, Message, Phrase};
use crate::phrasing;
use crate::store::accounts;
use crate::store::meetings::{self, MeetingRule};

pub struct Schedule;

/// How many meetings are shown.
const SHOWN: usize = 4;

#[async_trait]
impl Feature for Schedule {
    fn name(&self) -> &'static str {
        "schedule"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "lichhop",
            words: &["lich hop", "lich sinh hoat", "hop khi nao"],
            audience: Audience::Members,
            about: "schedule-about",
            in_groups: true,
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, _: &str) -> Outcome {
        let unit = branch(cx).await?;
        let rules =
            meetings::rules(cx.tx, &cx.practice.usual_meeting, cx.practice.today(cx.now)).await?;
        let Some(rule) = rules.into_iter().find(|rule| rule.unit == unit) else {
            return refuse("schedule-no-rule");
        };
        let units = cx.units().await?;
        let title = Phrase::new("schedule-title").with("unit", units.name(unit));
        let lines = meetings_ahead(cx, &rule).await?;
        let message = lines.into_iter().fold(Message::new().title(title), Message::item);
        cx.reply(message).await
    }
}

/// The branch a person asks about: the one whose group this is, or their own.
async fn branch(cx: &mut Cx<'_>) -> Result<UnitId, Failure> {
    if cx.in_group() {
        let address = cx.incoming.address();
        return match accounts::group_at(cx.tx, &address).await? {
            Some(group) => Ok(group.unit_id),
            None => refuse("group-not-bound"),
        };
    }
    let (led, placed) = {
        let me = cx.me()?;
        (me.leads().next(), me.unit)
    };
    let units = cx.units().await?;
    let is_branch = |id: &UnitId| units.get(*id).is_some_and(|u| u.kind == UnitKind::Branch);
    match led.or(placed).filter(is_branch) {
        Some(unit) => Ok(unit),
        None => refuse("schedule-no-branch"),
    }
}

/// What is planned, and then what follows from the rule for the months not planned yet.
async fn meetings_ahead(cx: &mut Cx<'_>, rule: &MeetingRule) -> Result<Vec<Phrase>, Failure> {
    let planned = meetings::upcoming(cx.tx, rule.unit, cx.now, SHOWN as u32).await?;
    let mut lines = Vec::new();
    let mut month = Month::of(cx.today());
    for meeting in &planned {
        month = meeting.period.parse().unwrap_or(month);
        let starts = cx.practice.local(meeting.starts_at);
        let scheduled = rule.scheduled(month, &cx.practice.calendar);
        let why = if scheduled.date == starts.date() {
            phrasing::reason(rule, &scheduled)
        } else {
            // Set by hand, or planned under an earlier rule.
            Phrase::new("schedule-by-hand")
        };
        let why = worked(cx, starts, why);
        lines.push(line(lines.is_empty(), starts, &meeting.place, why));
    }
    if planned.is_empty() {
        month = month.previous();
    }
    while lines.len() < SHOWN {
        month = month.next();
        let scheduled = rule.scheduled(month, &cx.practice.calendar);
        let starts = scheduled.date.and_time(rule.habit.time);
        if starts > cx.local_now() {
            let why = worked(cx, starts, phrasing::reason(rule, &scheduled));
            lines.push(line(lines.is_empty(), starts, &rule.habit.place, why));
        }
    }
    Ok(lines)
}

/// Says so where a day of the weekend is worked, which looks like a mistake otherwise.
fn worked(cx: &Cx<'_>, starts: chrono::NaiveDateTime, why: Phrase) -> Phrase {
    if cx.practice.calendar.is_make_up(starts.date()) {
        Phrase::new("schedule-make-up").with("why", why)
    } else {
        why
    }
}

fn line(first: bool, starts: chrono::NaiveDateTime, place: &str, why: Phrase) -> Phrase {
    Phrase::new(if first { "schedule-next" } else { "schedule-later" })
        .with("weekday", Arg::Weekday(starts.date()))
        .with("date", starts.date())
        .with("time", starts.time())
        .with("place", place)
        .with("why", why)
}
