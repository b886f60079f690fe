//! What falls due when, for the oracle: the plan published before the run, and the rules about it
//! that the documents promise. It is fed the clock and asks neither the program nor its database.
//!
//! The promises: a meeting is planned when its month comes within the horizon and it has not begun;
//! what lay in the past then is skipped. A step fires at its instant; found later it is sent within
//! the grace, and of several of one kind only the last; found after the grace or after the meeting
//! began it is dropped, and the secretary is told how many were.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta};
use diudat::reminders::PlanLine;

/// `reminders.grace_hours` and `reminders.horizon_months`.
const GRACE: TimeDelta = TimeDelta::hours(12);
const HORIZON: u32 = 2;
/// Each meeting has three prompts, the list of who owes, the summary, two days and two hours before …
const STEPS: usize = 8;
/// … and the last one of a quarter the question for its thematic meeting.
const STEPS_OF_LAST: usize = 9;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Planned,
    Fired,
    Skipped,
    Dropped,
}

impl State {
    /// As it stands in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Fired => "fired",
            Self::Skipped => "skipped",
            Self::Dropped => "dropped",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Step {
    pub kind: &'static str,
    pub name: String,
    pub at: NaiveDateTime,
    pub to: Vec<String>,
    pub state: State,
}

#[derive(Clone, Debug)]
pub struct Meeting {
    pub unit: String,
    /// The first of its month.
    pub month: NaiveDate,
    pub start: NaiveDateTime,
    pub planned: bool,
    pub steps: Vec<Step>,
}

/// What an instant brings.
#[derive(Clone, Debug)]
pub enum Due {
    Step { meeting: Meeting, step: Step },
    Dropped { meeting: Meeting, count: usize },
}

#[derive(Clone, Default)]
pub struct Plan(pub Vec<Meeting>);

impl Plan {
    /// Adds the published plan of the meetings of one month, in branches that have every step.
    pub fn add(&mut self, month: NaiveDate, lines: Vec<PlanLine>) {
        let mut meetings: BTreeMap<(String, NaiveDateTime), Vec<Step>> = BTreeMap::new();
        // What comes before a limit of a candidate's case is no step of a meeting.
        for line in lines.into_iter().filter(|line| line.kind != "deadline") {
            let steps = meetings.entry((line.unit, line.meeting)).or_default();
            let same = |s: &&mut Step| s.kind == line.kind && s.name == line.step;
            match steps.iter_mut().find(same) {
                Some(step) => step.to.push(line.to),
                None => steps.push(Step {
                    kind: line.kind,
                    name: line.step,
                    at: line.at,
                    to: vec![line.to],
                    state: State::Planned,
                }),
            }
        }
        for ((unit, start), steps) in meetings {
            let expected = if month.month().is_multiple_of(3) { STEPS_OF_LAST } else { STEPS };
            assert_eq!(steps.len(), expected, "a step of {unit} reaches nobody: {steps:?}");
            self.0.push(Meeting { unit, month, start, planned: false, steps });
        }
    }

    /// Everything that `now` brings.
    pub fn advance(&mut self, now: NaiveDateTime) -> Vec<Due> {
        let this_month = month_of(now);
        let from = this_month - Months::new(1);
        let to = this_month + Months::new(HORIZON);
        let mut brought = Vec::new();
        for meeting in &mut self.0 {
            if !meeting.planned && (from..=to).contains(&meeting.month) && meeting.start > now {
                meeting.planned = true;
                for step in meeting.steps.iter_mut().filter(|step| step.at < now) {
                    step.state = State::Skipped;
                }
            }
            if meeting.planned {
                brought.extend(meeting.advance(now));
            }
        }
        brought
    }

    /// The next instant at which something falls due, from `now` on.
    pub fn next(&self, now: NaiveDateTime) -> NaiveDateTime {
        let steps = self.0.iter().flat_map(|meeting| &meeting.steps);
        let next = steps.map(|step| step.at).filter(|at| *at > now).min();
        next.expect("the plan reaches further than the run")
    }

    /// Whether nothing changes in the minutes after `at`: a look a little later sees the same.
    pub fn is_calm_after(&self, at: NaiveDateTime) -> bool {
        let soon = at + TimeDelta::minutes(40);
        let within = |instant: NaiveDateTime| instant > at && instant <= soon;
        !self.0.iter().any(|meeting| {
            let steps = &meeting.steps;
            within(meeting.start) || steps.iter().any(|s| within(s.at) || within(s.at + GRACE))
        }) && month_of(at) == month_of(soon)
    }
}

impl Meeting {
    fn advance(&mut self, now: NaiveDateTime) -> Vec<Due> {
        let is_due = |step: &Step| step.state == State::Planned && step.at <= now;
        let due: Vec<usize> = (0..self.steps.len()).filter(|i| is_due(&self.steps[*i])).collect();
        let mut brought = Vec::new();
        let mut count = 0;
        for &i in &due {
            let Step { kind, at, .. } = self.steps[i].clone();
            let later = |j: &usize| self.steps[*j].kind == kind && self.steps[*j].at > at;
            self.steps[i].state = if self.start <= now || now - at > GRACE {
                State::Dropped
            } else if due.iter().any(later) {
                State::Skipped
            } else {
                State::Fired
            };
            match self.steps[i].state {
                State::Fired => {
                    brought.push(Due::Step { meeting: self.clone(), step: self.steps[i].clone() })
                }
                State::Dropped => count += 1,
                State::Planned | State::Skipped => {}
            }
        }
        if count > 0 {
            brought.push(Due::Dropped { meeting: self.clone(), count });
        }
        brought
    }
}

pub fn month_of(at: NaiveDateTime) -> NaiveDate {
    let first = at.date().format("%Y-%m-01").to_string();
    first.parse().expect("the first of a month")
}
