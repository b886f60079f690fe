//! What somebody is to the Party by what a list tells, period by period.

use chrono::{Months, NaiveDate};

use super::super::people::Status;
use super::PersonTold;

/// From the first day to the first day after; `None`: still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

impl From<(NaiveDate, Option<NaiveDate>)> for Period {
    fn from((from, to): (NaiveDate, Option<NaiveDate>)) -> Self {
        Self { from, to }
    }
}

/// Months of probation (Điều lệ Đảng, Điều 5), after which somebody was recognised if no day is told.
const PROBATION: u32 = 12;

/// Months after the admission, from which on whoever is not said to be on probation is not: none lasts so long,
/// however late the branch recognised somebody.
const NO_LONGER_ON_PROBATION: u32 = 24;

/// What somebody is and was, oldest first; no period is empty, none overlaps another.
pub(super) struct Membership {
    pub periods: Vec<(Status, Period)>,
    /// Whether the day of recognition is not told, and the end of the probation is taken for it.
    pub assumed: bool,
}

impl Membership {
    /// Of somebody who is here since `from`.
    pub fn told(row: &PersonTold, from: NaiveDate, today: NaiveDate) -> Self {
        let long_ago = |on: NaiveDate| {
            on.checked_add_months(Months::new(NO_LONGER_ON_PROBATION))
                .is_some_and(|end| end <= today)
        };
        let is_official = match row.status {
            _ if row.official.is_some() => true,
            Some(status) => status == Status::Official,
            None => row.admitted.is_some_and(long_ago),
        };
        let probation_ends = |on: NaiveDate| {
            on.checked_add_months(Months::new(PROBATION)).unwrap_or(today).min(today)
        };
        let assumed = row.official.is_none() && is_official && row.admitted.is_some();
        let official = match (row.official, row.admitted) {
            (Some(on), _) => Some(on),
            (None, Some(admitted)) if is_official => Some(probation_ends(admitted)),
            (None, _) => is_official.then_some(from),
        };
        let probationary = match row.status {
            Some(Status::Probationary) if official.is_none() => Some(row.admitted.unwrap_or(from)),
            _ => row.admitted,
        };
        let member = probationary.or(official);
        // Who came as an official member, of whose admission nothing is told, was no non-member here.
        let before = match (member, probationary) {
            (None, _) => Some(from),
            (Some(_), Some(on)) => Some(from).filter(|from| *from < on),
            (Some(_), None) => None,
        };
        let begins = [
            (Status::NonMember, before),
            (Status::Probationary, probationary),
            (Status::Official, official),
        ];
        let begins: Vec<(Status, NaiveDate)> =
            begins.into_iter().filter_map(|(status, on)| Some((status, on?))).collect();
        let ends = begins.iter().skip(1).map(|(_, on)| Some(*on)).chain([None]);
        let periods = begins
            .iter()
            .zip(ends)
            .map(|((status, from), to)| (*status, Period { from: *from, to }));
        let periods =
            periods.filter(|(_, period)| period.to.is_none_or(|to| period.from < to)).collect();
        Self { periods, assumed }
    }

    /// What they are.
    pub fn now(&self) -> Status {
        self.periods.last().map_or(Status::NonMember, |(status, _)| *status)
    }

    /// Since when they were or are this.
    pub fn since(&self, status: Status) -> Option<NaiveDate> {
        self.periods.iter().find(|(one, _)| *one == status).map(|(_, period)| period.from)
    }

    /// The periods in which they were more than this.
    pub fn above(&self, status: Status) -> Vec<(Status, Period)> {
        self.periods.iter().filter(|(one, _)| rank(*one) > rank(status)).copied().collect()
    }
}

/// The order in which somebody becomes what they are.
pub(super) const fn rank(status: Status) -> u8 {
    match status {
        Status::NonMember => 0,
        Status::Probationary => 1,
        Status::Official => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn told(
        status: Option<Status>,
        admitted: Option<&str>,
        official: Option<&str>,
        from: &str,
    ) -> Vec<String> {
        let row = PersonTold {
            status,
            admitted: admitted.map(day),
            official: official.map(day),
            ..PersonTold::of_name("Lê Thị Hoa")
        };
        let membership = Membership::told(&row, day(from), day("2026-11-30"));
        let text = |(status, period): &(Status, Period)| {
            let to = period.to.map(|to| to.to_string()).unwrap_or_default();
            format!("{status} {}–{to}", period.from)
        };
        membership.periods.iter().map(text).collect()
    }

    #[test]
    fn what_is_told_becomes_periods() {
        use Status::*;
        for (status, admitted, official, from, periods) in [
            (None, None, None, "2020-01-01", &["non_member 2020-01-01–"][..]),
            (
                None,
                Some("2010-05-19"),
                Some("2011-05-19"),
                "2010-05-19",
                &["probationary 2010-05-19–2011-05-19", "official 2011-05-19–"],
            ),
            (
                None,
                Some("2024-12-19"),
                None,
                "2005-01-01",
                &["non_member 2005-01-01–2024-12-19", "probationary 2024-12-19–"],
            ),
            // Nobody is on probation for years who is not said to be.
            (
                None,
                Some("2010-05-19"),
                None,
                "2010-05-19",
                &["probationary 2010-05-19–2011-05-19", "official 2011-05-19–"],
            ),
            (
                Some(Probationary),
                Some("2010-05-19"),
                None,
                "2010-05-19",
                &["probationary 2010-05-19–"],
            ),
            // The day of recognition is not told: the end of the probation.
            (
                Some(Official),
                Some("2010-05-19"),
                None,
                "2008-01-01",
                &[
                    "non_member 2008-01-01–2010-05-19",
                    "probationary 2010-05-19–2011-05-19",
                    "official 2011-05-19–",
                ],
            ),
            (
                Some(Official),
                Some("2026-06-01"),
                None,
                "2026-06-01",
                &["probationary 2026-06-01–2026-11-30", "official 2026-11-30–"],
            ),
            // Came as an official member.
            (None, None, Some("2010-05-19"), "2020-01-01", &["official 2010-05-19–"]),
            (Some(Official), None, None, "2020-01-01", &["official 2020-01-01–"]),
            (Some(Probationary), None, None, "2020-01-01", &["probationary 2020-01-01–"]),
            (Some(NonMember), None, None, "2020-01-01", &["non_member 2020-01-01–"]),
        ] {
            assert_eq!(told(status, admitted, official, from), periods);
        }
    }
}
