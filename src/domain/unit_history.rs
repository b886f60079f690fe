//! What units were called and where they stood, so that what is counted of a day is counted by the tree of that day.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::ids::UnitId;
use super::text::fold;
use super::units::{Unit, UnitName, UnitTree};

/// How a unit was from a day on.
#[derive(Clone, Debug)]
pub struct UnitPeriod {
    pub unit: UnitId,
    pub parent: Option<UnitId>,
    pub name: UnitName,
    pub from: NaiveDate,
    /// The first day on which it was so no more; `None`: it still is.
    pub to: Option<NaiveDate>,
}

/// All units, with the periods of those that ever changed.
pub struct UnitHistory {
    now: Vec<Unit>,
    /// Oldest first.
    periods: HashMap<UnitId, Vec<UnitPeriod>>,
    /// Days on which anything changed, in order.
    changes: Vec<NaiveDate>,
    /// The trees asked for so far, by how many changes came before.
    trees: HashMap<usize, UnitTree>,
}

impl UnitHistory {
    pub fn new(now: &UnitTree, all: Vec<UnitPeriod>) -> Self {
        let mut changes: Vec<NaiveDate> = all
            .iter()
            .flat_map(|period| [Some(period.from), period.to])
            .chain(now.all().iter().map(|unit| unit.ended))
            .flatten()
            .collect();
        changes.sort_unstable();
        changes.dedup();
        let mut periods: HashMap<UnitId, Vec<UnitPeriod>> = HashMap::new();
        for period in all {
            periods.entry(period.unit).or_default().push(period);
        }
        periods.values_mut().for_each(|of| of.sort_by_key(|period| period.from));
        Self { now: now.all().to_vec(), periods, changes, trees: HashMap::new() }
    }

    /// The tree of a day. A unit is in it before its first day and after its last as well, as it was then: people
    /// were placed in it and steps were taken there by days that lists told.
    pub fn on(&mut self, day: NaiveDate) -> &UnitTree {
        let before = self.changes.partition_point(|change| *change <= day);
        if !self.trees.contains_key(&before) {
            let tree = self.tree(day);
            self.trees.insert(before, tree);
        }
        &self.trees[&before]
    }

    /// Whether a unit was founded later than on a day. Of one that was there before periods were kept nobody knows.
    pub fn is_founded_after(&self, unit: UnitId, day: NaiveDate) -> bool {
        let first = self.periods.get(&unit).and_then(|of| of.first());
        first.is_some_and(|first| first.from > day)
    }

    fn tree(&self, day: NaiveDate) -> UnitTree {
        let units = self.now.iter().map(|unit| {
            let of = self.periods.get(&unit.id).map_or(&[][..], Vec::as_slice);
            let at = of.partition_point(|period| period.from <= day);
            let mut unit = unit.clone();
            if let Some(period) = of.get(at.saturating_sub(1)) {
                unit.name_key = fold(period.name.as_str());
                unit.name = period.name.clone();
                unit.parent = period.parent;
            }
            unit.ended = unit.ended.filter(|on| *on <= day);
            unit
        });
        UnitTree::new(units.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::UnitKind;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn unit(id: i64, parent: Option<i64>, name: &str) -> Unit {
        Unit {
            id: UnitId(id),
            code: format!("CB-{id:02}"),
            parent: parent.map(UnitId),
            kind: UnitKind::Branch,
            name: UnitName::new(name.to_owned()),
            name_key: fold(name),
            ended: None,
        }
    }

    #[test]
    fn a_day_has_its_own_tree() {
        let mut third = unit(3, Some(2), "Chi bộ Kho");
        third.ended = Some(day("2024-01-01"));
        let now =
            UnitTree::new(vec![unit(1, None, "Đảng bộ"), unit(2, Some(1), "Đảng bộ Hai"), third]);
        let period = |parent, name: &str, from: &str, to: &str| UnitPeriod {
            unit: UnitId(3),
            parent: Some(UnitId(parent)),
            name: UnitName::new(name.to_owned()),
            from: day(from),
            to: Some(day(to)),
        };
        let mut history = UnitHistory::new(
            &now,
            vec![
                period(2, "Chi bộ Kho", "2022-07-01", "2024-01-01"),
                period(1, "Chi bộ Bãi", "2020-05-01", "2022-07-01"),
            ],
        );
        let seen =
            ["2019-01-01", "2022-06-30", "2022-07-01", "2023-12-31", "2024-01-01"].map(|on| {
                let tree = history.on(day(on));
                let unit = tree.get(UnitId(3)).unwrap();
                (unit.name.to_string(), tree.is_within(unit.id, UnitId(2)), unit.ended.is_some())
            });
        let expected = [
            ("Chi bộ Bãi", false, false),
            ("Chi bộ Bãi", false, false),
            ("Chi bộ Kho", true, false),
            ("Chi bộ Kho", true, false),
            ("Chi bộ Kho", true, true),
        ];
        assert!(history.is_founded_after(UnitId(3), day("2020-04-30")));
        assert!(!history.is_founded_after(UnitId(3), day("2020-05-01")));
        assert!(!history.is_founded_after(UnitId(2), day("1900-01-01")));
        assert_eq!(seen, expected.map(|(name, within, ended)| (name.to_owned(), within, ended)));
    }
}
