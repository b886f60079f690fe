//! Who would get what, when and why, in a month: the planner's own questions asked beforehand.

use chrono::NaiveDateTime;

use super::{Occasion, Recipient, deadline, due};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::month;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::phrasing;
use crate::store::meetings::{self, Meeting, MeetingRule};
use crate::store::units::UnitTree;
use crate::store::{StoreError, Tx};

/// One message of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// Local time of the organisation.
    pub at: NaiveDateTime,
    /// A person's code, or `group`.
    pub to: String,
    /// The branch's code.
    pub unit: String,
    /// `meeting`, `report` or `deadline`.
    pub kind: &'static str,
    pub step: String,
    /// The meeting's day by which rule, and what moved it.
    pub reason: Phrase,
    /// The meeting itself, local time; of an alert, the alert.
    pub meeting: NaiveDateTime,
}

/// The plan around the regular meetings of `month` and of the alerts in it, in order of time, as things stand at `now`:
/// whoever owes or has not answered now is taken to go on doing so.
pub async fn dry_run(
    tx: &mut Tx,
    practice: &Practice,
    month: Month,
    only: Option<UnitId>,
    now: Instant,
) -> Result<Vec<PlanLine>, StoreError> {
    let units = UnitTree::load(tx).await?;
    let rules = meetings::rules(tx, &practice.usual_meeting, practice.today(now)).await?;
    let mut lines = Vec::new();
    for rule in rules.iter().filter(|rule| only.is_none_or(|unit| unit == rule.unit)) {
        let Some(meeting) = meeting_of(tx, practice, rule, month).await? else { continue };
        let start = practice.local(meeting.starts_at);
        let scheduled = rule.scheduled(month, &practice.calendar);
        let reason = if scheduled.date == start.date() {
            phrasing::reason(rule, &scheduled)
        } else {
            Phrase::new("schedule-by-hand")
        };
        for step in month::plan(start, &practice.calendar, &practice.leads) {
            let occasion = Occasion {
                practice,
                units: &units,
                meeting: &meeting,
                step: step.step,
                now: practice.instant(step.at),
            };
            for one in due(tx, &occasion).await? {
                lines.push(PlanLine {
                    at: step.at,
                    to: match one.to {
                        Recipient::Person { person, .. } => person.code,
                        Recipient::Group(_) => "group".to_owned(),
                    },
                    unit: units.get(rule.unit).map(|u| u.code.clone()).unwrap_or_default(),
                    kind: step.kind.as_str(),
                    step: step.step.to_string(),
                    reason: reason.clone(),
                    meeting: start,
                });
            }
        }
    }
    lines.extend(deadline::lines(tx, practice, &units, month, only, now).await?);
    lines.sort_by(|a, b| (a.at, &a.unit, &a.to).cmp(&(b.at, &b.unit, &b.to)));
    Ok(lines)
}

/// The planned meeting of a month, or the one that will be planned. `None` if it was cancelled or
/// is closed.
async fn meeting_of(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    month: Month,
) -> Result<Option<Meeting>, StoreError> {
    let period = month.to_string();
    let ahead = month.previous().first_day()..month.next().next().first_day();
    let from = practice.instant(ahead.start.and_time(chrono::NaiveTime::MIN));
    let to = practice.instant(ahead.end.and_time(chrono::NaiveTime::MIN));
    let planned = meetings::between(tx, from, to).await?;
    let of_rule = |m: &Meeting| m.unit == rule.unit && m.period == period && m.kind == "regular";
    if let Some(meeting) = planned.into_iter().find(of_rule) {
        return Ok(Some(meeting));
    }
    if meetings::units_with_regular(tx, &period).await?.contains(&rule.unit) {
        return Ok(None);
    }
    let start = rule.scheduled(month, &practice.calendar).date.and_time(rule.habit.time);
    Ok(Some(Meeting {
        // No answers and reports are stored under it, which is how a meeting begins.
        id: MeetingId(0),
        unit: rule.unit,
        kind: "regular".to_owned(),
        period,
        starts_at: practice.instant(start),
        place: rule.habit.place.clone(),
        revision: 1,
    }))
}
