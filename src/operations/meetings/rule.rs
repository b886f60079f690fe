//! When a branch meets: its rule, what would come of another one, and setting it. What was planned under
//! the old rule and is not held yet follows the new one.

use chrono::NaiveDateTime;

use super::{NAME_LIMIT, must_be_text, must_set, notify};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::practice::{MeetingHabit, Practice};
use crate::domain::time_of_day;
use crate::message::{Arg, Phrase};
use crate::operations::timetable::{self, Ahead, Planned};
use crate::operations::work::{Refused, Work, refuse};
use crate::phrasing;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::meetings::{self, MeetingRule};
use crate::store::revisions::{self, Cause, Reason};
use crate::store::sheets::OfTheDay;

/// How many dates are shown before a rule is set.
pub const PREVIEWED: usize = 6;

/// What would come of a rule.
#[derive(Debug)]
pub struct Foreseen {
    /// The regular meetings ahead.
    pub ahead: Vec<Ahead>,
    /// Those among them that were moved by hand, and keep their days.
    pub by_hand: Vec<Reason>,
}

impl Foreseen {
    /// The meeting that keeps its day and so would stand in the way of the next one.
    pub fn in_the_way(&self) -> Option<&Ahead> {
        let pairs = self.ahead.windows(2);
        pairs.filter(|pair| pair[0].at.starts >= pair[1].at.starts).map(|pair| &pair[0]).next()
    }

    /// The planned meetings that the rule puts elsewhere.
    pub fn moves(&self, practice: &Practice) -> Vec<&Ahead> {
        let is_elsewhere = |one: &&Ahead| {
            let meeting = one.meeting.as_ref();
            meeting.is_some_and(|meeting| timetable::appointment(practice, meeting) != one.at)
        };
        self.ahead.iter().filter(is_elsewhere).collect()
    }
}

/// What came of setting a rule.
#[derive(Debug)]
pub enum Set {
    /// It holds from today on; `informed`: how many were told of meetings that follow it, a group as one;
    /// `voids`: what was noted for the time before of one of these and is void.
    Done { informed: usize, voids: OfTheDay },
    /// It held already.
    Same,
    /// A meeting that keeps its day, at this local time, would come after the next one.
    InTheWay(NaiveDateTime),
}

/// When a branch meets today, for whoever sets it.
pub async fn of(work: &mut Work<'_>, branch: UnitId) -> Result<MeetingRule, Refused> {
    must_set(work, branch)?;
    stands(work, branch).await
}

/// The same for any deed.
pub(super) async fn stands(work: &mut Work<'_>, branch: UnitId) -> Result<MeetingRule, Refused> {
    let (usual, today) = (&work.practice.usual_meeting, work.today());
    match meetings::rule_of(work.tx, branch, usual, today).await? {
        Some(rule) => Ok(rule),
        None => refuse("schedule-no-rule"),
    }
}

/// The meetings ahead under another rule, for whoever may set it.
pub async fn foresee(work: &mut Work<'_>, rule: &MeetingRule) -> Result<Foreseen, Refused> {
    must_set(work, rule.unit)?;
    let (practice, now) = (work.practice, work.judged_now());
    // As many as may be planned, and at least what is shown.
    let count = PREVIEWED.max(practice.horizon_months as usize + 2);
    let by_hand = revisions::reasons(work.tx, rule.unit, now).await?;
    let but: Vec<MeetingId> = by_hand.iter().map(|moved| moved.meeting).collect();
    let planned = Planned::Follow { but: &but };
    let ahead = timetable::ahead(work.tx, practice, rule, planned, count, now).await?;
    Ok(Foreseen { ahead, by_hand })
}

/// What stands where a branch is to get this rule; refused where it is neither that rule nor as it was `shown` to
/// whoever sets it.
async fn as_shown(
    work: &mut Work<'_>,
    rule: &MeetingRule,
    shown: &MeetingHabit,
) -> Result<MeetingHabit, Refused> {
    let now = of(work, rule.unit).await?.habit;
    if now == rule.habit || now == *shown {
        return Ok(now);
    }
    refuse(
        Phrase::new("schedule-rule-overtaken")
            .with("unit", work.units.name(rule.unit))
            .with("rule", phrasing::rule(&now.rule))
            .with("time", now.time)
            .with("place", &now.place)
            .with("policy", phrasing::policy(now.policy)),
    )
}

/// Ends the old rule of a branch, begins this one, and lets what is planned follow it; refused where the rule
/// is not as it was `shown` to whoever sets it.
pub async fn set(
    work: &mut Work<'_>,
    rule: &MeetingRule,
    shown: &MeetingHabit,
) -> Result<Set, Refused> {
    let (unit, habit) = (rule.unit, &rule.habit);
    must_set(work, unit)?;
    let before = as_shown(work, rule, shown).await?;
    if before == *habit {
        return Ok(Set::Same);
    }
    if before.place != habit.place {
        must_be_text(&habit.place, NAME_LIMIT)?;
    }
    let foreseen = foresee(work, rule).await?;
    if let Some(stays) = foreseen.in_the_way() {
        return Ok(Set::InTheWay(stays.at.starts));
    }
    let moves = foreseen.moves(work.practice);
    // Each that follows says who put it there.
    if !moves.is_empty() {
        work.me()?;
    }
    // By a clock that is a year ahead the rule would hold from next year on, and next year's meetings be made.
    let (practice, now, judged) = (work.practice, work.now, work.judged_now());
    revisions::set_rule(work.tx, unit, habit, practice.today(judged)).await?;
    let (mut informed, mut voids) = (0, OfTheDay::default());
    for one in moves {
        let Some(before) = &one.meeting else { continue };
        let after = timetable::move_to(work.tx, practice, before, &one.at, now).await?;
        let after = after.ok_or(StoreError::Outrun)?;
        voids = voids.or(after.voids);
        let after = after.meeting;
        revisions::note(work.tx, before, Cause::Rule, work.me()?.id, now).await?;
        let why = Arg::from(Phrase::new("change-by-rule"));
        informed += notify::moved(work, before, &after, why).await?;
    }
    timetable::plan_ahead(work.tx, practice, std::slice::from_ref(rule), judged).await?;
    let entry = Entry::new(Act::RuleSet, work.units.code(unit))
        .within(unit)
        .was(Field::Rule, before.rule.to_string())
        .was(Field::Time, time_of_day::stored(before.time))
        .was(Field::DayOff, before.policy.as_str())
        .became(Field::Rule, habit.rule.to_string())
        .became(Field::Time, time_of_day::stored(habit.time))
        .became(Field::DayOff, habit.policy.as_str())
        .became(Field::PlaceChanged, (habit.place != before.place).then_some(true));
    work.note(entry).await?;
    Ok(Set::Done { informed, voids })
}
