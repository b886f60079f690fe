//! The steps around meetings: planned with the meetings of the coming months, fired when they are due.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::NaiveDateTime;

use super::dry_run::{Ahead, PlanLine, arrival};
use super::round::Round;
use super::{Occasion, Source, due};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::due::{Fate, Timeliness};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{MeetingKind, MeetingState};
use crate::domain::month::PlannedStep;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::operations::timetable;
use crate::phrasing;
use crate::store::meetings::{self, Meeting, MeetingRule};
use crate::store::steps::{self, DueStep};
use crate::store::{StoreError, Tx, revisions};

pub(super) struct Steps;

#[async_trait]
impl Source for Steps {
    /// Makes the meetings of the coming months, and their steps.
    async fn plan(&self, tx: &mut Tx, practice: &Practice, now: Instant) -> Result<(), StoreError> {
        let today = practice.today(now);
        for month in practice.months_ahead(now) {
            if !practice.calendar.has_year(month.year()) {
                tracing::warn!(
                    year = month.year(),
                    "no list of holidays: only weekends are counted"
                );
            }
        }
        let rules = meetings::rules(tx, &practice.usual_meeting, today).await?;
        timetable::plan_ahead(tx, practice, &rules, now).await
    }

    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
        steps::next_due(tx).await
    }

    /// Fires due steps meeting by meeting.
    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError> {
        let mut by_meeting: BTreeMap<MeetingId, Vec<DueStep>> = BTreeMap::new();
        for step in steps::due(tx, round.window()).await? {
            by_meeting.entry(step.meeting).or_default().push(step);
        }
        for (id, steps) in by_meeting {
            let Some(meeting) = meetings::get(tx, id).await? else { continue };
            let mut lost = Vec::new();
            for (i, step) in steps.iter().enumerate() {
                let fate = fate(round, step, &meeting, &steps[i + 1..]);
                if round.leaves_due(fate) {
                    continue;
                }
                if !steps::finish(tx, step.id, fate, round.now).await? {
                    continue;
                }
                match fate {
                    Fate::Fired => round.send(tx, &meeting, step).await?,
                    Fate::Dropped => lost.push(step.id),
                    Fate::Skipped => {}
                }
            }
            if !lost.is_empty() {
                tracing::warn!(
                    unit = meeting.unit.0,
                    steps = lost.len(),
                    "reminders came too late"
                );
                round.tell_dropped(tx, &meeting, &lost).await?;
                round.dropped += lost.len();
            }
        }
        Ok(())
    }

    async fn restore(&self, tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
        steps::restore(tx, now, from).await
    }

    async fn foresee(&self, tx: &mut Tx, ahead: &Ahead<'_>) -> Result<Vec<PlanLine>, StoreError> {
        let Ahead { practice, month, now, .. } = *ahead;
        let rules = meetings::rules(tx, &practice.usual_meeting, practice.today(now)).await?;
        let planned = around(tx, practice, month).await?;
        let mut lines = Vec::new();
        for rule in rules.iter().filter(|rule| ahead.holds(rule.unit)) {
            let own = |m: &&Meeting| m.unit == rule.unit && m.month == month;
            let thematic = planned.iter().filter(own).filter(|m| !m.is_regular()).cloned();
            let regular = meeting_of(tx, practice, rule, month, &planned).await?;
            for meeting in regular.into_iter().chain(thematic) {
                let reason = why(tx, practice, rule, &meeting, month, now).await?;
                lines.extend(lines_of(tx, ahead, &meeting, &reason).await?);
            }
        }
        Ok(lines)
    }
}

/// What becomes of a step that is due, and of those of its meeting that fall due after it.
fn fate(round: &Round<'_>, step: &DueStep, meeting: &Meeting, later: &[DueStep]) -> Fate {
    // Each level of the escalation is somebody else.
    let lasting = step.step.outlives_meeting();
    let over = meeting.starts_at <= round.now && !lasting;
    let kind = step.step.kind();
    let superseded = !lasting && later.iter().any(|later| later.step.kind() == kind);
    if over || round.timeliness(step.due_at) == Timeliness::TooLate {
        Fate::Dropped
    } else if superseded {
        Fate::Skipped
    } else {
        Fate::Fired
    }
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
    ahead: &Ahead<'_>,
    meeting: &Meeting,
    reason: &Phrase,
) -> Result<Vec<PlanLine>, StoreError> {
    let Ahead { practice, units, .. } = *ahead;
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

/// Whether a step that comes to somebody only at `at` says nothing new by then.
pub(super) fn is_overtaken(
    practice: &Practice,
    meeting: &Meeting,
    step: &DueStep,
    at: NaiveDateTime,
) -> bool {
    let steps = timetable::steps_of(practice, meeting);
    let planned = steps.iter().find(|planned| planned.step == step.step);
    planned.is_some_and(|planned| is_lost(&steps, planned, at, practice.local(meeting.starts_at)))
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
    let of_rule = |m: &&Meeting| m.unit == rule.unit && m.month == month && m.is_regular();
    if let Some(meeting) = planned.iter().find(of_rule) {
        return Ok(Some(meeting.clone()));
    }
    if meetings::units_with_regular(tx, month).await?.contains(&rule.unit) {
        return Ok(None);
    }
    let start = rule.scheduled(month, &practice.calendar).date.and_time(rule.habit.time);
    Ok(Some(Meeting {
        // No answers and reports are stored under it, which is how a meeting begins.
        id: MeetingId(0),
        unit: rule.unit,
        kind: MeetingKind::Regular,
        month,
        starts_at: practice.instant(start),
        place: rule.habit.place.clone(),
        topic: None,
        revision: 1,
        state: MeetingState::Planned,
        moved_at: None,
    }))
}
