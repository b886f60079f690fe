//! The steps around one meeting: who is reminded when, and by when reports are due.
//!
//! Only instants are worked out here, in the organisation's local time. Whom a step reaches and
//! whether it is still wanted is decided when it falls due.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::{Days, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;

use super::calendar::{Calendar, DayOff, Month};
use super::words;

/// How long before a meeting each step comes. The defaults are the organisation's habit, not a
/// rule of any document, so every value is a setting; an empty list leaves its steps out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Leads {
    /// Calendar days before the meeting on which people are reminded of it.
    pub meeting_days: BTreeSet<u8>,
    /// The time of day of those reminders.
    pub meeting_time: NaiveTime,
    /// Hours before the meeting's start, to the minute.
    pub meeting_hours: BTreeSet<u8>,
    /// Working days before the meeting on which mentors are asked for the reports they owe.
    pub report_working_days: BTreeSet<u8>,
    /// The time of day of those prompts.
    pub report_time: NaiveTime,
    /// Reports are due this many working days before the meeting …
    pub due_working_days: u8,
    /// … at this time of day.
    pub due_time: NaiveTime,
    /// Who is told of reports still owed, and how many hours after they were due.
    pub escalation: BTreeMap<Level, u16>,
    /// Calendar days before the meeting on which the secretary gets the summary and the agenda …
    pub summary_days: u8,
    /// … at this time of day.
    pub summary_time: NaiveTime,
}

words! {
    /// A level of the escalation of a report that is owed.
    Level {
        /// phó bí thư chi bộ
        Deputy = "deputy",
        /// bí thư chi bộ
        Secretary = "secretary",
        /// Văn phòng Đảng ủy
        Committee = "committee",
    }
}

impl Default for Leads {
    fn default() -> Self {
        let eight = NaiveTime::MIN + Duration::hours(8);
        Self {
            meeting_days: [3, 1].into(),
            meeting_time: eight,
            meeting_hours: [2].into(),
            report_working_days: [5, 3, 1].into(),
            report_time: eight,
            due_working_days: 1,
            due_time: NaiveTime::MIN + Duration::hours(17),
            escalation: [(Level::Deputy, 0), (Level::Secretary, 24), (Level::Committee, 72)].into(),
            summary_days: 1,
            summary_time: NaiveTime::MIN + Duration::minutes(17 * 60 + 30),
        }
    }
}

words! {
    /// What a step is about.
    StepKind {
        Meeting = "meeting",
        Report = "report",
        /// Those above a mentor learn what is owed.
        Escalation = "ladder",
        /// What the secretary needs to hold the meeting.
        Summary = "summary",
        /// The thematic meeting that a quarter lacks.
        Thematic = "thematic",
        /// The meeting is not what people were told.
        Change = "change",
    }
}

/// One step around a meeting. Its text form is stored: `days-3`, `hours-2`, `prompt-5`, `owing`,
/// `ladder-deputy`, `summary`, `quarter`, `told`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The meeting is this many days away.
    Days(u8),
    /// The meeting is this many hours away.
    Hours(u8),
    /// The meeting is this many working days away: reports are asked for.
    Prompt(u8),
    /// Reports are due now: the secretary gets the list of who owes.
    Owing,
    /// Reports are overdue: somebody above learns of it, perhaps after the meeting.
    Escalation(Level),
    /// The secretary gets what was reported, and the draft agenda.
    Summary,
    /// The last regular meeting of a quarter is near: the secretary is told if the quarter has no
    /// thematic meeting.
    Quarter,
    /// Whoever had heard of the meeting was told of its change. It is not planned: it is taken by whoever
    /// changes the meeting.
    Told,
}

impl Step {
    pub fn kind(self) -> StepKind {
        match self {
            Self::Days(_) | Self::Hours(_) => StepKind::Meeting,
            Self::Prompt(_) | Self::Owing => StepKind::Report,
            Self::Escalation(_) => StepKind::Escalation,
            Self::Summary => StepKind::Summary,
            Self::Quarter => StepKind::Thematic,
            Self::Told => StepKind::Change,
        }
    }

    /// Whether the step still means something once the meeting has begun.
    pub fn outlives_meeting(self) -> bool {
        matches!(self, Self::Escalation(_))
    }

    /// Whether it goes to who holds an office, rather than to whom a duty is theirs.
    pub fn is_for_office(self) -> bool {
        matches!(self, Self::Owing | Self::Escalation(_) | Self::Summary | Self::Quarter)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(n) => write!(f, "days-{n}"),
            Self::Hours(n) => write!(f, "hours-{n}"),
            Self::Prompt(n) => write!(f, "prompt-{n}"),
            Self::Owing => f.write_str("owing"),
            Self::Escalation(level) => write!(f, "ladder-{level}"),
            Self::Summary => f.write_str("summary"),
            Self::Quarter => f.write_str("quarter"),
            Self::Told => f.write_str("told"),
        }
    }
}

/// The text is no step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no step around a meeting")]
pub struct StepError(pub String);

impl FromStr for Step {
    type Err = StepError;

    fn from_str(text: &str) -> Result<Self, StepError> {
        let step = match text.split_once('-') {
            Some(("days", n)) => n.parse().ok().map(Self::Days),
            Some(("hours", n)) => n.parse().ok().map(Self::Hours),
            Some(("prompt", n)) => n.parse().ok().map(Self::Prompt),
            Some(("ladder", level)) => level.parse().ok().map(Self::Escalation),
            _ => match text {
                "owing" => Some(Self::Owing),
                "quarter" => Some(Self::Quarter),
                "summary" => Some(Self::Summary),
                "told" => Some(Self::Told),
                _ => None,
            },
        };
        step.ok_or_else(|| StepError(text.to_owned()))
    }
}

/// A step with its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    pub kind: StepKind,
    pub step: Step,
    /// Local time of the organisation.
    pub at: NaiveDateTime,
    /// The days off between the step and the meeting that were not counted; empty for a step that
    /// counts calendar days or hours.
    pub skipped: Vec<(NaiveDate, DayOff)>,
}

/// The instant by which the reports for a meeting are due: 17:00 one working day before it, unless
/// set otherwise, and never after its start. Local time.
pub fn report_due(start: NaiveDateTime, calendar: &Calendar, leads: &Leads) -> NaiveDateTime {
    let days = u32::from(leads.due_working_days);
    calendar.working_days_before(start.date(), days).and_time(leads.due_time).min(start)
}

/// The steps around a meeting that starts at `start` (local time), in the order they fall due.
/// Settings may put a step at or after the start; such a step is left out, unless it is a level of
/// the escalation.
pub fn plan(start: NaiveDateTime, calendar: &Calendar, leads: &Leads) -> Vec<PlannedStep> {
    let date = start.date();
    let planned = |step: Step, at: NaiveDateTime| PlannedStep {
        kind: step.kind(),
        step,
        at,
        skipped: match step.kind() {
            StepKind::Report => calendar.days_off_between(at.date(), date),
            StepKind::Meeting
            | StepKind::Escalation
            | StepKind::Summary
            | StepKind::Thematic
            | StepKind::Change => Vec::new(),
        },
    };
    let days = leads.meeting_days.iter().map(|&n| {
        let day = date - Days::new(n.into());
        planned(Step::Days(n), day.and_time(leads.meeting_time))
    });
    let hours = leads.meeting_hours.iter().map(|&n| {
        let at = start - Duration::hours(n.into());
        planned(Step::Hours(n), at)
    });
    let prompts = leads.report_working_days.iter().map(|&n| {
        let day = calendar.working_days_before(date, n.into());
        planned(Step::Prompt(n), day.and_time(leads.report_time))
    });
    let due = report_due(start, calendar, leads);
    let levels = leads.escalation.iter().map(|(&level, &hours)| {
        planned(Step::Escalation(level), due + Duration::hours(hours.into()))
    });
    let summary_day = date - Days::new(leads.summary_days.into());
    let summary = planned(Step::Summary, summary_day.and_time(leads.summary_time));

    let mut steps: Vec<_> =
        days.chain(hours).chain(prompts).chain([summary]).filter(|step| step.at < start).collect();
    // Due at the start at the latest: the secretary learns who owes whatever the settings are.
    steps.push(planned(Step::Owing, due));
    steps.extend(levels);
    steps.sort_by_key(|step| (step.at, step.step));
    steps
}

/// The look at the quarter that comes with the first reminder of the last regular meeting in it,
/// the one of `month`; `None` in other months, and where nobody is reminded days before.
///
/// Source: a thematic meeting (sinh hoạt chuyên đề) at least once a quarter, Hướng dẫn
/// 42-HD/BTCTW (28/10/2025).
pub fn quarter_step(month: Month, start: NaiveDateTime, leads: &Leads) -> Option<PlannedStep> {
    let days = *leads.meeting_days.last()?;
    let at = (start.date() - Days::new(days.into())).and_time(leads.meeting_time);
    let last = month.number().is_multiple_of(3) && at < start;
    last.then_some(PlannedStep {
        kind: StepKind::Thematic,
        step: Step::Quarter,
        at,
        skipped: Vec::new(),
    })
}

/// The quarter that ends with `month`: its first day, and the first day after it.
pub fn quarter_to(month: Month) -> (NaiveDate, NaiveDate) {
    (month.previous().previous().first_day(), month.next().first_day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::fixture::{day, shipped};
    use proptest::prelude::*;

    fn at(date: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
        date.and_hms_opt(hour, minute, 0).unwrap()
    }

    fn leads(toml: &str) -> Result<Leads, config::ConfigError> {
        config::Config::builder()
            .add_source(config::File::from_str(toml, config::FileFormat::Toml))
            .build()?
            .try_deserialize()
    }

    fn written(steps: &[PlannedStep]) -> Vec<String> {
        steps
            .iter()
            .map(|step| format!("{} {} {}", step.at.format("%d/%m %H:%M"), step.kind, step.step))
            .collect()
    }

    #[test]
    fn the_month_of_december_2018() {
        let start = at(day(2018, 12, 5), 14, 0);
        let steps = plan(start, &shipped(), &Leads::default());
        assert_eq!(
            written(&steps),
            [
                "28/11 08:00 report prompt-5",
                "30/11 08:00 report prompt-3",
                "02/12 08:00 meeting days-3",
                "04/12 08:00 meeting days-1",
                "04/12 08:00 report prompt-1",
                "04/12 17:00 report owing",
                "04/12 17:00 ladder ladder-deputy",
                "04/12 17:30 summary summary",
                "05/12 12:00 meeting hours-2",
                "05/12 17:00 ladder ladder-secretary",
                "07/12 17:00 ladder ladder-committee",
            ]
        );
        let due = report_due(start, &shipped(), &Leads::default());
        assert_eq!(due, at(day(2018, 12, 4), 17, 0));
    }

    #[test]
    fn a_step_tells_which_days_off_it_did_not_count() {
        let steps = plan(at(day(2018, 9, 5), 14, 0), &shipped(), &Leads::default());
        let of = |wanted: Step| steps.iter().find(|step| step.step == wanted).unwrap();
        assert_eq!(of(Step::Prompt(3)).at, at(day(2018, 8, 30), 8, 0));
        let skipped: Vec<_> = of(Step::Prompt(3)).skipped.iter().map(|(date, _)| *date).collect();
        assert_eq!(skipped, [day(2018, 9, 1), day(2018, 9, 2), day(2018, 9, 3)]);
        assert_eq!(of(Step::Prompt(3)).skipped[0].1, DayOff::Saturday);
        assert!(of(Step::Prompt(1)).skipped.is_empty());
        assert!(of(Step::Days(3)).skipped.is_empty(), "calendar days skip nothing");
    }

    #[test]
    fn a_meeting_on_a_day_off_counts_back_from_it() {
        let start = at(day(2018, 12, 2), 9, 0); // a Sunday, set by hand
        assert_eq!(report_due(start, &shipped(), &Leads::default()), at(day(2018, 11, 30), 17, 0));
    }

    #[test]
    fn each_lead_is_a_setting() {
        let leads = leads(
            "meeting_days = [7]\nmeeting_time = '07:30'\nmeeting_hours = []\n\
             report_working_days = [2]\nreport_time = '09:00'\n\
             due_working_days = 2\ndue_time = '11:15'\nescalation = { committee = 30 }\n\
              summary_days = 3\nsummary_time = '10:00'",
        )
        .unwrap();
        let steps = plan(at(day(2018, 12, 5), 14, 0), &shipped(), &leads);
        assert_eq!(
            written(&steps),
            [
                "28/11 07:30 meeting days-7",
                "02/12 10:00 summary summary",
                "03/12 09:00 report prompt-2",
                "03/12 11:15 report owing",
                "04/12 17:15 ladder ladder-committee",
            ]
        );
    }

    #[test]
    fn settings_left_out_keep_their_defaults_and_unknown_ones_are_refused() {
        assert_eq!(leads("").unwrap(), Leads::default());
        let hours = leads("meeting_hours = [4, 1]").unwrap();
        assert_eq!(hours, Leads { meeting_hours: [1, 4].into(), ..Leads::default() });
        assert!(leads("meeting_hour = [4]").is_err());
        assert!(leads("due_time = '25:00'").is_err());
        assert!(leads("meeting_days = [-1]").is_err());
    }

    #[test]
    fn nothing_is_planned_after_the_meeting_began() {
        let leads = leads("meeting_days = [0]\ndue_working_days = 0\nescalation = {}").unwrap();
        let start = at(day(2018, 12, 5), 7, 0);
        let steps = plan(start, &shipped(), &leads);
        assert!(steps.iter().all(|step| step.step != Step::Days(0)));
        assert_eq!(report_due(start, &shipped(), &leads), start);
        assert_eq!(steps.last().unwrap().step, Step::Owing);
    }

    #[test]
    fn what_is_no_step_is_refused() {
        for wrong in
            ["", "owing-1", "summary-1", "days", "days-", "days-300", "hours--2", "prompt-x"]
                .into_iter()
                .chain(["ladder-x"])
        {
            assert_eq!(wrong.parse::<Step>(), Err(StepError(wrong.into())));
        }
    }

    #[test]
    fn the_quarter_is_looked_at_once_with_the_first_reminder_of_its_last_month() {
        let start = at(day(2018, 12, 5), 14, 0);
        let leads = Leads::default();
        let step = quarter_step(Month::of(start.date()), start, &leads).unwrap();
        assert_eq!(written(&[step]), ["02/12 08:00 thematic quarter"]);
        let asked = |month| quarter_step(Month::new(2018, month).unwrap(), start, &leads).is_some();
        assert_eq!((1..=12).filter(|month| asked(*month)).collect::<Vec<_>>(), [3, 6, 9, 12]);
        let nobody = Leads { meeting_days: BTreeSet::new(), ..Leads::default() };
        assert_eq!(quarter_step(Month::of(start.date()), start, &nobody), None);
        let (from, to) = quarter_to(Month::of(start.date()));
        assert_eq!((from, to), (day(2018, 10, 1), day(2019, 1, 1)));
    }

    proptest! {
        #[test]
        fn a_step_survives_being_written(n in any::<u8>()) {
            for step in [
                Step::Days(n),
                Step::Hours(n),
                Step::Prompt(n),
                Step::Owing,
                Step::Summary,
                Step::Quarter,
            ] {
                prop_assert_eq!(step.to_string().parse::<Step>(), Ok(step));
            }
            for level in Level::ALL {
                let step = Step::Escalation(*level);
                prop_assert_eq!(step.to_string().parse::<Step>(), Ok(step));
            }
        }

        #[test]
        fn a_plan_is_in_order_and_each_step_is_there_once(offset in 0u64..4000, hour in 9u32..20) {
            let start = at(day(2018, 1, 10) + Days::new(offset), hour, 30);
            let steps = plan(start, &shipped(), &Leads::default());
            prop_assert!(steps.is_sorted_by_key(|step| step.at));
            let before = |s: &PlannedStep| s.at < start || s.step.outlives_meeting();
            prop_assert!(steps.iter().all(before));
            let names: BTreeSet<_> = steps.iter().map(|step| step.step).collect();
            prop_assert_eq!(names.len(), 11);
            prop_assert_eq!(steps.len(), 11);
        }

        #[test]
        fn prompts_come_on_working_days_that_many_before(offset in 0u64..4000) {
            let calendar = shipped();
            let date = day(2018, 1, 10) + Days::new(offset);
            for step in plan(at(date, 14, 0), &calendar, &Leads::default()) {
                let Step::Prompt(n) = step.step else { continue };
                let on = step.at.date();
                prop_assert!(calendar.is_working_day(on));
                let gap = (date - on).num_days() - 1 - step.skipped.len() as i64;
                prop_assert_eq!(gap, i64::from(n) - 1);
            }
        }
    }
}
