//! How this organisation works: its zone, calendar, lead times and limits, as one value that is
//! built from the settings at start and handed to whoever decides something.

use std::collections::BTreeSet;

use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::calendar::{Calendar, Month};
use super::doubt::Doubt;
use super::language::Language;
use super::minutes::{AgendaItem, Bands};
use super::month::Leads;
use super::people::Person;
use super::quiet::{Quiet, Rest};
use super::recurrence::{Policy, Rule};
use super::regulations::Regulations;
use crate::domain::typed::Typed;

#[derive(Clone, Debug)]
pub struct Practice {
    /// The organisation's name, for greetings.
    pub organisation: String,
    /// Town or province, for the line of place and date on papers; empty: left open.
    pub locality: String,
    /// For whom no language is known.
    pub language: Language,
    /// The bots on whose channels candidates may be named.
    pub names_on: BTreeSet<String>,
    pub zone: Tz,
    pub calendar: Calendar,
    pub regulations: Regulations,
    pub leads: Leads,
    /// Hours in which nobody is written to unasked, unless they chose others; `None`: there are none.
    pub quiet: Option<Quiet>,
    /// The afternoon's time of day to which a reminder can be put off; in the morning it is that of
    /// the reminders themselves.
    pub snooze_time: NaiveTime,
    /// How many days before a limit of a candidate's case ends its branch is told.
    pub alert_days: Vec<u32>,
    /// How many days after it has passed unmet; from the second of them on the committee is told, too.
    pub overdue_days: Vec<u32>,
    /// How late a step may still be sent after downtime.
    pub grace: TimeDelta,
    /// How many months ahead meetings are planned, the current one not counted.
    pub horizon_months: u32,
    /// How many working days after a notice those who have not read it are reminded; 0: never.
    pub notice_reminder: u32,
    /// Longest file of a notice, in bytes; 0: notices carry none.
    pub notice_file_max: i64,
    /// How many calendar years `/thongke` shows when no period is named.
    pub figure_years: u32,
    /// How long a dialogue waits for its next answer.
    pub session_life: TimeDelta,
    /// How long the buttons of an answer work.
    pub button_life: TimeDelta,
    pub invitations: InvitationLimits,
    /// After how many excused absences in a row the secretary is told; 0: never.
    pub excused_in_row: u32,
    /// When a branch meets that has no rule of its own.
    pub usual_meeting: MeetingHabit,
    /// The draft agenda of every meeting.
    pub agenda: Vec<AgendaItem>,
    pub bands: Bands,
    /// A proposal is carried by more than this percentage of all official members.
    pub majority_percent: u32,
    /// When the papers' numbers began anew; `None`: never.
    pub term_start: Option<NaiveDate>,
    pub digest: DigestHabit,
    /// Whether the clock is in doubt, and since when.
    pub doubt: Doubt,
}

/// When the committee gets its monthly digest.
#[derive(Clone, Copy, Debug)]
pub struct DigestHabit {
    /// Day of the month; beyond its end, its last day.
    pub day: u32,
    pub time: NaiveTime,
}

/// When and where meetings are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingHabit {
    pub rule: Rule,
    pub time: NaiveTime,
    pub place: Typed,
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
    /// The language somebody chose, or else the organisation's.
    pub fn language_of(&self, person: &Person) -> Language {
        person.language.unwrap_or(self.language)
    }

    /// By what time it is judged what has run out: now, or while the clock is in doubt the last time
    /// beyond doubt, if that was earlier.
    pub fn judged_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.doubt.now().map_or(now, |doubted| doubted.sure.min(now))
    }

    /// The wall clock of the organisation.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// The months that are planned at an instant: the current one and those in the horizon.
    pub fn months_ahead(&self, now: DateTime<Utc>) -> impl Iterator<Item = Month> {
        let this = Month::of(self.today(now));
        let next = |month: &Month| Some(month.next());
        std::iter::successors(Some(this), next).take(self.horizon_months as usize + 1)
    }

    /// When the digest of a month is due, local time.
    pub fn digest_due(&self, month: Month) -> NaiveDateTime {
        month.day_or_last(self.digest.day).and_time(self.digest.time)
    }

    /// The first day of the term that a day falls into, if one is set.
    pub fn term_of(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.term_start.filter(|start| *start <= day)
    }

    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        self.local(now).date()
    }

    /// Until when a message that falls due at `at` is held for somebody who rests like this; `None`:
    /// it may go.
    pub fn held_until(&self, rest: Rest, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let end = rest.hours(self.quiet)?.until(self.local(at))?;
        Some(self.instant(end))
    }

    /// When a reminder that is put off at `now` can come again: this afternoon and tomorrow morning, if
    /// that is before the deadline. Local times.
    pub fn snooze_times(&self, now: NaiveDateTime, deadline: NaiveDateTime) -> Vec<NaiveDateTime> {
        let tomorrow = now.date() + Days::new(1);
        let times =
            [now.date().and_time(self.snooze_time), tomorrow.and_time(self.leads.report_time)];
        times.into_iter().filter(|at| *at > now && *at < deadline).collect()
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
