//! The figures a committee asks for, as values: counted by the store from rows that say when,
//! written by renderers, the same everywhere.

use std::collections::BTreeMap;

use serde::Serialize;

use super::units::UnitName;

/// Members and staff of one unit on a date. The ratio is members ÷ staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Strength {
    /// The unit's code.
    pub unit: String,
    pub name: UnitName,
    /// Probationary and official members placed in the unit.
    pub members: i64,
    /// Everyone placed in the unit.
    pub staff: i64,
    /// Admissions in the period; they count for the unit that admitted, for ever.
    pub admitted: i64,
}

/// Admissions of one branch in a calendar year against what the committee expects of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgainstTarget {
    /// The branch's code.
    pub unit: String,
    pub name: UnitName,
    pub year: i32,
    pub target: i64,
    /// From the first day of the year to the last of the figures, whatever their first is.
    pub admitted: i64,
}

/// What `/thongke` answers, for a unit with everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The unit's code.
    pub unit: String,
    pub name: UnitName,
    /// First day of the period.
    pub from: chrono::NaiveDate,
    /// Last day of the period, not after today.
    pub as_of: chrono::NaiveDate,
    pub members: i64,
    pub staff: i64,
    /// Admissions by calendar year, every year of the period, also those without any.
    pub admitted: BTreeMap<i32, i64>,
    pub admitted_total: i64,
    /// Branches with at least one admission in the period.
    pub branches_with_admissions: i64,
    pub branches: i64,
    /// Members sent to the new-member class in the period.
    pub new_member_class: i64,
    /// Sent to the awareness class in the period and still non-members at its end: who was
    /// admitted since is counted among the admissions.
    pub awareness_class: i64,
    /// The branches, in the order of their codes.
    pub by_branch: Vec<Strength>,
    /// Every target of a branch for a year of the period, by year and then by code.
    pub targets: Vec<AgainstTarget>,
}

/// A percentage in tenths, rounded half up: 50 of 60 is 833. `None` for nothing of nothing.
pub fn permille(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 2000 + whole) / (whole * 2))
}

#[cfg(test)]
mod tests {
    use super::permille;

    #[test]
    fn percentages_round_half_up_in_tenths() {
        assert_eq!(permille(50, 60), Some(833));
        assert_eq!(permille(5, 6), Some(833));
        assert_eq!(permille(6, 7), Some(857));
        assert_eq!(permille(9, 9), Some(1000));
        assert_eq!(permille(1, 2000), Some(1));
        assert_eq!(permille(0, 0), None);
    }
}
