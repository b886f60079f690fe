//! Who would get what, when and why, in a month: the planner's own questions asked beforehand.

use chrono::NaiveDateTime;

use super::{Occasion, Recipient, deadline, digest, due};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::month::PlannedStep;
use crate::domain::practice::Practice;
use crate::domain::quiet::Rest;
use crate::domain::units::UnitTree;
use crate::message::Phrase;
use crate::outbound::{Addressee, route};
use crate::store::meetings::{self, Meeting, MeetingRule};
use crate::store::{StoreError, Tx, revisions};
use crate::{phrasing, timetable};

/// One message of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// Local time of the organisation.
    pub at: NaiveDateTime,
    /// A person's code, or `group`.
    pub to: String,
    /// The branch's code; of a digest, the committee's.
    pub unit: String,
    /// `meeting`, `report`, `ladder`, `summary`, `thematic`, `digest` or `deadline`.
    pub kind: &'static str,
    pub step: String,
    /// The meeting's day by which rule, and what moved it.
    pub reason: Phrase,
    /// Why it goes later than its step: it falls into the quiet hours of whom it is for.
    pub held: Option<Phrase>,
    /// The meeting itself, local time; of a digest or an alert, that itself.
    pub meeting: NaiveDateTime,
}

/// The plan around the meetings of `month` and of the alerts in it, in order of time, as things
/// stand at `now`: whoever owes or has not answered now is taken to go on doing so.
pub async fn dry_run(
    tx: &mut Tx,
    practice: &Practice,
    month: Month,
    only: Option<UnitId>,
    now: Instant,
) -> Result<Vec<PlanLine>, StoreError> {
    let units = UnitTree::load(tx).await?;
    let rules = meetings::rules(tx, &practice.usual_meeting, practice.today(now)).await?;
    let planned = around(tx, practice, month).await?;
    let mut lines = Vec::new();
    for rule in rules.iter().filter(|rule| only.is_none_or(|unit| unit == rule.unit)) {
        let own = |m: &&Meeting| m.unit == rule.unit && m.period == month.to_string();
        let thematic = planned.iter().filter(own).filter(|m| !m.is_regular()).cloned();
        let regular = meeting_of(tx, practice, rule, month, &planned).await?;
        for meeting in regular.into_iter().chain(thematic) {
            let reason = why(tx, practice, rule, &meeting, month, now).await?;
            lines.extend(lines_of(tx, practice, &units, &meeting, &reason).await?);
        }
    }
    lines.extend(digest::lines(tx, practice, &units, month, only).await?);
    lines.extend(deadline::lines(tx, practice, &units, month, only, now).await?);
    lines.sort_by(|a, b| (a.at, &a.unit, &a.to).cmp(&(b.at, &b.unit, &b.to)));
    Ok(lines)
}

/// Why a meeting falls on its day: the rule, or why it was moved by hand.
async fn why(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    meeting: &Meeting,
    month: Month,
    now: Instant,
) -> Result<Phrase, StoreError> {
    let scheduled = rule.scheduled(month, &practice.calendar);
    let reasons = revisions::reasons(tx, meeting.unit, now).await?;
    let by = reasons.iter().find(|reason| reason.meeting == meeting.id);
    if let Some(moved) = by.and_then(|by| phrasing::moved(practice, meeting, by)) {
        return Ok(moved);
    }
    Ok(if meeting.is_regular() && scheduled.date == practice.local(meeting.starts_at).date() {
        phrasing::reason(rule, &scheduled)
    } else {
        Phrase::new("schedule-by-hand")
    })
}

async fn lines_of(
    tx: &mut Tx,
    practice: &Practice,
    units: &UnitTree,
    meeting: &Meeting,
    reason: &Phrase,
) -> Result<Vec<PlanLine>, StoreError> {
    let start = practice.local(meeting.starts_at);
    let steps = timetable::steps_of(practice, meeting);
    let mut lines = Vec::new();
    for step in &steps {
        let now = practice.instant(step.at);
        let occasion = Occasion { practice, units, meeting, step: step.step, now };
        for one in due(tx, &occasion).await? {
            let (to, held) = arrival(tx, practice, one.to, now).await?;
            let at = practice.local(held.unwrap_or(now));
            if is_lost(&steps, step, at, start) {
                continue;
            }
            lines.push(PlanLine {
                at,
                to,
                unit: units.get(meeting.unit).map(|u| u.code.clone()).unwrap_or_default(),
                kind: step.kind.as_str(),
                step: step.step.to_string(),
                reason: reason.clone(),
                held: held.map(|_| Phrase::new("plan-held").with("due", step.at)),
                meeting: start,
            });
        }
    }
    Ok(lines)
}

/// The meetings planned in a month and those beside it.
async fn around(
    tx: &mut Tx,
    practice: &Practice,
    month: Month,
) -> Result<Vec<Meeting>, StoreError> {
    let ahead = month.previous().first_day()..month.next().next().first_day();
    let from = practice.instant(ahead.start.and_time(chrono::NaiveTime::MIN));
    let to = practice.instant(ahead.end.and_time(chrono::NaiveTime::MIN));
    meetings::between(tx, from, to).await
}

/// Whom a message reaches, by code, and the end of the quiet hours that hold it.
async fn arrival(
    tx: &mut Tx,
    practice: &Practice,
    to: Recipient,
    now: Instant,
) -> Result<(String, Option<Instant>), StoreError> {
    Ok(match to {
        Recipient::Person(Addressee { person, fallbacks }) => {
            let route = route(tx, person.id, &fallbacks).await?;
            (person.code, route.held_until(practice, now))
        }
        Recipient::Group(_) => ("group".to_owned(), practice.held_until(Rest::Usual, now)),
    })
}

/// Whether a step that is held until `at` comes to nothing: the meeting has begun by then, or a
/// later step of its kind says the same.
fn is_lost(
    steps: &[PlannedStep],
    step: &PlannedStep,
    at: NaiveDateTime,
    start: NaiveDateTime,
) -> bool {
    let overtaken =
        |later: &PlannedStep| later.kind == step.kind && later.at > step.at && later.at <= at;
    !step.step.outlives_meeting() && (at >= start || steps.iter().any(overtaken))
}

/// The planned meeting of a month, or the one that will be planned. `None` if it was cancelled or
/// is closed.
async fn meeting_of(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    month: Month,
    planned: &[Meeting],
) -> Result<Option<Meeting>, StoreError> {
    let period = month.to_string();
    let of_rule = |m: &&Meeting| m.unit == rule.unit && m.period == period && m.is_regular();
    if let Some(meeting) = planned.iter().find(of_rule) {
        return Ok(Some(meeting.clone()));
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
        topic: None,
        revision: 1,
        state: "planned".to_owned(),
        moved_at: None,
    }))
}
