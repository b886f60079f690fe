//! How this organisation works: its zone, calendar, lead times and limits, as one value that is
//! built from the settings at start and handed to whoever decides something.

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::calendar::Calendar;
use super::month::Leads;
use super::recurrence::{Policy, Rule};
use super::regulations::Regulations;

#[derive(Clone, Debug)]
pub struct Practice {
    /// The organisation's name, for greetings.
    pub organisation: String,
    /// `vi` or `en`: for whom no language is known.
    pub language: String,
    pub zone: Tz,
    pub calendar: Calendar,
    pub regulations: Regulations,
    pub leads: Leads,
    /// How many days before a limit of a candidate's case ends its branch is told.
    pub alert_days: Vec<u32>,
    /// How late a step may still be sent after downtime.
    pub grace: TimeDelta,
    /// How many months ahead meetings are planned, the current one not counted.
    pub horizon_months: u32,
    /// How many calendar years `/thongke` shows when no period is named.
    pub figure_years: u32,
    /// How long a dialogue waits for its next answer.
    pub session_life: TimeDelta,
    /// How long the buttons of an answer work.
    pub button_life: TimeDelta,
    pub invitations: InvitationLimits,
    /// When a branch meets that has no rule of its own.
    pub usual_meeting: MeetingHabit,
}

/// When and where meetings are held.
#[derive(Clone, Debug)]
pub struct MeetingHabit {
    pub rule: Rule,
    pub time: NaiveTime,
    pub place: String,
    /// What happens when the day is off.
    pub policy: Policy,
}

/// What guards invitation codes against guessing.
#[derive(Clone, Copy, Debug)]
pub struct InvitationLimits {
    /// How long a code is good.
    pub life: TimeDelta,
    /// Wrong tries an account has in an hour.
    pub per_account: i64,
    /// Wrong tries all accounts together have in an hour before binding pauses.
    pub per_hour: i64,
}

impl Practice {
    /// The wall clock of the organisation.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        self.local(now).date()
    }

    /// The instant of a wall-clock time; where clocks are turned back the earlier one, where they
    /// skip it the first instant after.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
            LocalResult::None => self.instant(local + TimeDelta::hours(1)),
        }
    }
}
