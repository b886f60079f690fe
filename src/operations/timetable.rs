//! The meetings of branches with their steps: made from rules, set by hand, moved, cancelled.
//!
//! A meeting and the steps around it change in one transaction, whoever changes them: time, which
//! makes the meetings of the coming months, or a secretary. What a change means to people is told
//! by whoever makes it.

use chrono::{NaiveDateTime, NaiveTime};

use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::due::Fate;
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::meeting::MeetingState;
use crate::domain::month::{self, PlannedStep, Step, StepKind};
use crate::domain::practice::Practice;
use crate::domain::recurrence::Scheduled;
use crate::domain::typed::Typed;
use crate::message::Phrase;
use crate::phrasing::{self, NextMeeting};
use crate::store::meetings::{self, Meeting, MeetingRule};
use crate::store::revisions::{self, Reason};
use crate::store::sheets::{self, OfTheDay};
use crate::store::{StoreError, Tx, people, steps};

/// When and where a meeting is held; local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub starts: NaiveDateTime,
    pub place: Typed,
}

/// A meeting ahead: one that is planned, or one that the rule will bring.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// When and where it is, or will be.
    pub at: Appointment,
    /// The meeting as it is planned.
    pub meeting: Option<Meeting>,
    /// The rule's day for its month; `None` for a thematic one.
    pub scheduled: Option<Scheduled>,
}

impl Ahead {
    /// Whether it stands on the day of the rule.
    pub fn is_by_rule(&self) -> bool {
        self.scheduled.as_ref().is_some_and(|rule| rule.date == self.at.starts.date())
    }

    /// What was changed by hand, and why, if its reason is among these.
    pub fn moved(&self, practice: &Practice, reasons: &[Reason]) -> Option<Phrase> {
        let meeting = self.meeting.as_ref()?;
        let by = reasons.iter().find(|reason| reason.meeting == meeting.id)?;
        phrasing::moved(practice, meeting, by)
    }

    /// How it is told of, with why it falls on its day. Says so where a day of the weekend is worked,
    /// which looks like a mistake otherwise.
    pub fn told(&self, practice: &Practice, why: Phrase) -> NextMeeting {
        let Appointment { starts, place } = self.at.clone();
        let why = match practice.calendar.is_make_up(starts.date()) {
            true => Phrase::new("schedule-make-up").with("why", why),
            false => why,
        };
        NextMeeting { starts, place, why }
    }
}

/// Whether meetings that are planned stay where they are, or go where the rule has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned<'a> {
    Stay,
    /// All but these, which were moved by hand.
    Follow {
        but: &'a [MeetingId],
    },
}

/// Months that are looked through for meetings ahead: a branch may have cancelled some.
const MONTHS: usize = 36;

/// The steps of a meeting. Reports serve the regular ones alone, and the last of those in a quarter
/// is when its thematic meeting is asked for.
pub fn steps_of(practice: &Practice, meeting: &Meeting) -> Vec<PlannedStep> {
    let start = practice.local(meeting.starts_at);
    let mut steps = month::plan(start, &practice.calendar, &practice.leads);
    let usual = month::report_due(start, &practice.calendar, &practice.leads);
    let later = reports_due(practice, meeting) - usual;
    for step in &mut steps {
        if matches!(step.step, Step::Owing | Step::Escalation(_)) {
            step.at += later;
        }
    }
    if meeting.is_regular() {
        steps.extend(month::quarter_step(meeting.month, start, &practice.leads));
        steps.sort_by_key(|step| (step.at, step.step));
    } else {
        steps.retain(|step| step.kind == StepKind::Meeting);
    }
    steps
}

/// When the reports for a meeting are due; local time. Not before it was said: those for a meeting
/// that is put nearer than that are due when it begins.
pub fn reports_due(practice: &Practice, meeting: &Meeting) -> NaiveDateTime {
    let start = practice.local(meeting.starts_at);
    let usual = month::report_due(start, &practice.calendar, &practice.leads);
    match meeting.moved_at {
        Some(moved) if practice.local(moved) >= usual => start,
        _ => usual,
    }
}

/// Whether the first reminder of a meeting would have gone out before `now`, so that whoever is to
/// hear of it in time must be told at once.
pub fn is_first_reminder_past(practice: &Practice, meeting: &Meeting, now: Instant) -> bool {
    let mut reminders =
        steps_of(practice, meeting).into_iter().filter(|step| step.kind == StepKind::Meeting);
    reminders.next().is_none_or(|step| is_past(practice, meeting, practice.instant(step.at), now))
}

/// Whether nobody expects a step any more. One that falls due in the moment of a change is what is
/// told of the change. A clock in doubt skips none: it would be missing when the clock is right again.
fn is_past(practice: &Practice, meeting: &Meeting, due: Instant, now: Instant) -> bool {
    let judged = practice.judged_at(now);
    due < judged || meeting.revision > 1 && due == judged
}

/// The next regular meetings of a branch by `rule`, month by month; while the clock is in doubt, after the
/// last time beyond doubt.
pub(super) async fn ahead(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    planned: Planned<'_>,
    count: usize,
    now: Instant,
) -> Result<Vec<Ahead>, StoreError> {
    let now = practice.judged_at(now);
    let mut month = Month::of(practice.today(now)).previous();
    let rows = meetings::regular_from(tx, rule.unit, month).await?;
    let mut ahead = Vec::new();
    for _ in 0..MONTHS {
        let row = rows.iter().find(|row| row.month == month);
        ahead.extend(ahead_in(practice, rule, planned, month, row, now));
        if ahead.len() >= count {
            break;
        }
        month = month.next();
    }
    Ok(ahead)
}

/// The meeting of one month, if there is one still to be held.
fn ahead_in(
    practice: &Practice,
    rule: &MeetingRule,
    planned: Planned<'_>,
    month: Month,
    row: Option<&Meeting>,
    now: Instant,
) -> Option<Ahead> {
    let scheduled = rule.scheduled(month, &practice.calendar);
    let by_rule = Appointment {
        starts: scheduled.date.and_time(rule.habit.time),
        place: rule.habit.place.clone(),
    };
    let in_time = practice.instant(by_rule.starts) > now;
    let at = match row {
        Some(row) if !row.is_ahead(now) => return None,
        // A day that has gone by cannot be met on.
        Some(row) if !in_time => appointment(practice, row),
        Some(row) => match planned {
            Planned::Follow { but } if !but.contains(&row.id) => by_rule,
            Planned::Stay | Planned::Follow { .. } => appointment(practice, row),
        },
        None => in_time.then_some(by_rule)?,
    };
    Some(Ahead { at, meeting: row.cloned(), scheduled: Some(scheduled) })
}

/// When and where a meeting is held.
pub fn appointment(practice: &Practice, meeting: &Meeting) -> Appointment {
    Appointment { starts: practice.local(meeting.starts_at), place: meeting.place.clone() }
}

/// Makes sure that every branch with a rule has its regular meetings up to the horizon, each with
/// its steps. A meeting that would already have begun is left alone, and so is a month whose
/// meeting was moved or cancelled.
pub async fn plan_ahead(
    tx: &mut Tx,
    practice: &Practice,
    rules: &[MeetingRule],
    now: Instant,
) -> Result<(), StoreError> {
    // The month before is looked at too: its meeting may have been moved into this one.
    let mut month = Month::of(practice.today(now)).previous();
    for _ in 0..practice.horizon_months + 2 {
        let have = meetings::units_with_regular(tx, month).await?;
        for rule in rules.iter().filter(|rule| !have.contains(&rule.unit)) {
            add_regular(tx, practice, rule, month, now).await?;
        }
        month = month.next();
    }
    Ok(())
}

async fn add_regular(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    month: Month,
    now: Instant,
) -> Result<(), StoreError> {
    let start = rule.scheduled(month, &practice.calendar).date.and_time(rule.habit.time);
    let starts_at = practice.instant(start);
    if starts_at <= now {
        return Ok(());
    }
    let added = meetings::add_regular(tx, rule.unit, month, starts_at, &rule.habit.place).await?;
    match added {
        Some(id) => plan_steps(tx, practice, id, now).await.map(drop),
        None => Ok(()),
    }
}

/// Adds a thematic meeting.
pub(super) async fn add_thematic(
    tx: &mut Tx,
    practice: &Practice,
    unit: UnitId,
    at: &Appointment,
    topic: &Typed,
    now: Instant,
) -> Result<Option<Meeting>, StoreError> {
    let (starts_at, month) = (practice.instant(at.starts), Month::of(at.starts.date()));
    let id = revisions::add_thematic(tx, unit, month, starts_at, &at.place, topic).await?;
    plan_steps(tx, practice, id, now).await
}

/// A meeting that was moved.
pub(super) struct Moved {
    /// As it is now.
    pub meeting: Meeting,
    /// What was noted for the time before and is void.
    pub voids: OfTheDay,
}

/// What will be void if a meeting goes to another local time.
pub(super) async fn voids(
    tx: &mut Tx,
    practice: &Practice,
    meeting: &Meeting,
    starts: NaiveDateTime,
    now: Instant,
) -> Result<OfTheDay, StoreError> {
    if !is_another_time(practice, meeting, starts) {
        return Ok(OfTheDay::default());
    }
    let presides = people::presides(tx, meeting.unit, practice.today(now)).await?;
    sheets::of_the_day(tx, meeting.id, presides).await
}

/// Whether a meeting is not held at this local time now, so that what was noted of its day is void at it.
fn is_another_time(practice: &Practice, meeting: &Meeting, starts: NaiveDateTime) -> bool {
    practice.instant(starts) != meeting.starts_at
}

/// Moves a planned meeting and plans its steps anew; `None` if it was changed by somebody else since it was
/// read. What was queued and is not on its way is taken back. Who was there and how they voted is of the time
/// before: at another one the roll is called anew.
pub(super) async fn move_to(
    tx: &mut Tx,
    practice: &Practice,
    meeting: &Meeting,
    at: &Appointment,
    now: Instant,
) -> Result<Option<Moved>, StoreError> {
    let month = if meeting.is_regular() { meeting.month } else { Month::of(at.starts.date()) };
    let starts_at = practice.instant(at.starts);
    let voids = voids(tx, practice, meeting, at.starts, now).await?;
    // When it was moved decides which answers count and when reports are due.
    let moved_at = practice.judged_at(now);
    if !revisions::move_to(tx, meeting, starts_at, &at.place, month, moved_at).await? {
        return Ok(None);
    }
    withdraw(tx, meeting.id, now).await?;
    if is_another_time(practice, meeting, at.starts) {
        sheets::void(tx, meeting.id).await?;
    }
    let planned = plan_steps(tx, practice, meeting.id, now).await?;
    Ok(planned.map(|meeting| Moved { meeting, voids }))
}

/// Cancels a planned meeting with its steps; `false` if it was changed by somebody else since it
/// was read.
pub(super) async fn cancel(
    tx: &mut Tx,
    meeting: &Meeting,
    now: Instant,
) -> Result<bool, StoreError> {
    let cancelled = revisions::cancel(tx, meeting).await?;
    if cancelled {
        withdraw(tx, meeting.id, now).await?;
    }
    Ok(cancelled)
}

async fn withdraw(tx: &mut Tx, meeting: MeetingId, now: Instant) -> Result<(), StoreError> {
    steps::cancel(tx, meeting, now).await?;
    revisions::unsend(tx, meeting, now).await
}

/// Plans the steps of a meeting in its revision; gives it.
async fn plan_steps(
    tx: &mut Tx,
    practice: &Practice,
    id: MeetingId,
    now: Instant,
) -> Result<Option<Meeting>, StoreError> {
    let Some(meeting) = meetings::get(tx, id).await? else { return Ok(None) };
    let quarter_told = steps::was_fired(tx, id, Step::Quarter).await?;
    for step in steps_of(practice, &meeting) {
        let due = practice.instant(step.at);
        // The quarter is the same, wherever its meeting was moved.
        let done =
            is_past(practice, &meeting, due, now) || step.step == Step::Quarter && quarter_told;
        // Nobody expected what was past when it was planned.
        let ended = done.then_some((Fate::Skipped, now));
        steps::plan(tx, id, meeting.revision, step.step, due, ended).await?;
    }
    Ok(Some(meeting))
}

/// The days between which the meeting of a month can be moved: after the regular meeting before it
/// and before the one after it, and not beyond the months beside its own. Neither day is in.
pub(super) async fn room_for(
    tx: &mut Tx,
    practice: &Practice,
    rule: &MeetingRule,
    meeting: &Meeting,
) -> Result<(NaiveDateTime, NaiveDateTime), StoreError> {
    let (before, after) = (meeting.month.previous(), meeting.month.next());
    let rows = meetings::regular_from(tx, rule.unit, before).await?;
    let beside = |beside: Month| match rows.iter().find(|row| row.month == beside) {
        Some(row) if row.state == MeetingState::Cancelled => None,
        Some(row) => Some(practice.local(row.starts_at).date()),
        None => Some(rule.scheduled(beside, &practice.calendar).date),
    };
    let midnight = |date: chrono::NaiveDate| date.and_time(NaiveTime::MIN);
    let first = beside(before).map(|date| date.succ_opt().unwrap_or(date));
    let from = first.unwrap_or_else(|| before.first_day()).max(before.first_day());
    let to = beside(after).unwrap_or_else(|| after.next().first_day());
    Ok((midnight(from), midnight(to.min(after.next().first_day()))))
}
