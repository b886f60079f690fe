//! The tree of units: committees, and branches below them.
//!
//! Built once from its rows. What stands below what is then a comparison of two numbers, so that a
//! question about one unit costs nothing for all the others, however many there are.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use super::ids::UnitId;
use super::people::UnitKind;
use super::text::{fold, holds_words};

#[derive(Clone, Debug)]
pub struct Unit {
    pub id: UnitId,
    pub code: String,
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    pub name: UnitName,
    /// The name folded.
    pub name_key: String,
    /// The first day without it; `None`: it is there.
    pub ended: Option<NaiveDate>,
}

/// What a unit is called. An organisation writes it down once and it names nobody, so that a sentence may
/// hold it as it is, other than what people type.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct UnitName(String);

impl UnitName {
    pub const fn new(name: String) -> Self {
        Self(name)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Units in the order of their codes.
///
/// A part of the tree is a tree as well: a unit whose parent is not among the units stands at a top.
#[derive(Clone, Debug, Default)]
pub struct UnitTree {
    /// By code.
    units: Vec<Unit>,
    /// Where a unit is in `units`.
    places: HashMap<UnitId, usize>,
    /// Places in preorder: each unit is followed by everything below it.
    preorder: Vec<usize>,
    /// For each place, the part of `preorder` that the unit and everything below it take up.
    spans: Vec<Range<usize>>,
}

impl UnitTree {
    /// The tree of some units, in whatever order they come. Where parents go round in a circle, the
    /// unit of the circle with the first code counts as its top.
    pub fn new(mut units: Vec<Unit>) -> Self {
        units.sort_by(|a, b| a.code.cmp(&b.code));
        let places: HashMap<UnitId, usize> =
            units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
        let mut below = vec![Vec::new(); units.len()];
        let mut tops = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            match unit.parent.and_then(|parent| places.get(&parent)) {
                Some(parent) => below[*parent].push(place),
                None => tops.push(place),
            }
        }
        let mut walk = Walk { below, preorder: Vec::new(), spans: vec![None; units.len()] };
        // After the tops only circles are left.
        for top in tops.into_iter().chain(0..units.len()) {
            walk.down_from(top);
        }
        let spans = walk.spans.into_iter().map(Option::unwrap_or_default).collect();
        Self { units, places, preorder: walk.preorder, spans }
    }

    /// Every unit, in the order of the codes.
    pub fn all(&self) -> &[Unit] {
        &self.units
    }

    pub fn get(&self, id: UnitId) -> Option<&Unit> {
        self.place(id).map(|place| &self.units[place])
    }

    /// How many units come before a unit in the order of the codes.
    pub fn place(&self, id: UnitId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The unit with this code; if there is none, one whose code differs in capital letters alone.
    pub fn by_code(&self, code: &str) -> Option<&Unit> {
        match self.units.binary_search_by(|unit| unit.code.as_str().cmp(code)) {
            Ok(place) => self.units.get(place),
            Err(_) => self.units.iter().find(|unit| unit.code.eq_ignore_ascii_case(code)),
        }
    }

    /// Every code that is or was given, in capital letters.
    pub fn codes(&self) -> impl Iterator<Item = String> {
        self.units.iter().map(|unit| unit.code.to_uppercase())
    }

    /// The unit's name; empty for a unit that is not there.
    pub fn name(&self, id: UnitId) -> &UnitName {
        static NONE: UnitName = UnitName::new(String::new());
        self.get(id).map_or(&NONE, |unit| &unit.name)
    }

    /// The unit's code; empty for a unit that is not there.
    pub fn code(&self, id: UnitId) -> &str {
        self.get(id).map_or("", |unit| unit.code.as_str())
    }

    /// The branches that are there.
    pub fn branches(&self) -> impl Iterator<Item = &Unit> {
        let all = self.units.iter();
        all.filter(|unit| unit.kind == UnitKind::Branch && unit.ended.is_none())
    }

    /// The unit and everything below it, in the order of the codes.
    pub fn subtree(&self, root: UnitId) -> Vec<&Unit> {
        let Some(root) = self.place(root) else { return Vec::new() };
        let mut places = self.preorder[self.spans[root].clone()].to_vec();
        places.sort_unstable();
        places.into_iter().map(|place| &self.units[place]).collect()
    }

    /// Whether `unit` is `root` or stands below it.
    pub fn is_within(&self, unit: UnitId, root: UnitId) -> bool {
        match (self.place(unit), self.place(root)) {
            (Some(unit), Some(root)) => self.spans[root].contains(&self.spans[unit].start),
            _ => unit == root,
        }
    }

    /// The topmost unit.
    pub fn root(&self) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.parent.is_none())
    }
}

/// Longest code of a unit.
const CODE: usize = 12;

/// A code as somebody gives it, in its stored form; `None`: it can be none.
pub fn own_code(text: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let named = code.starts_with(|c: char| c.is_ascii_alphabetic());
    (plain && named && code.len() <= CODE).then_some(code)
}

/// The next code of a kind that nobody has: `CB-09`.
pub fn free_code(kind: UnitKind, taken: &HashSet<String>) -> String {
    let prefix = match kind {
        UnitKind::Branch => "CB",
        UnitKind::Committee => "DB",
    };
    let free = (1..).map(|n| format!("{prefix}-{n:02}")).find(|code| !taken.contains(code));
    free.unwrap_or_default()
}

/// Numbers units in preorder.
struct Walk {
    /// The places right below each place.
    below: Vec<Vec<usize>>,
    preorder: Vec<usize>,
    /// `None`: not reached yet.
    spans: Vec<Option<Range<usize>>>,
}

impl Walk {
    /// Goes through a unit and everything below it that was not reached yet. A list of what is still
    /// to do stands in for recursion, because nobody promises that a tree is shallow.
    fn down_from(&mut self, top: usize) {
        enum Next {
            Enter(usize),
            Leave(usize),
        }
        let mut ahead = vec![Next::Enter(top)];
        while let Some(next) = ahead.pop() {
            match next {
                // Reached from elsewhere: here a circle closes.
                Next::Enter(place) if self.spans[place].is_some() => {}
                Next::Enter(place) => {
                    let start = self.preorder.len();
                    self.preorder.push(place);
                    self.spans[place] = Some(start..start);
                    ahead.push(Next::Leave(place));
                    ahead.extend(self.below[place].iter().rev().copied().map(Next::Enter));
                }
                Next::Leave(place) => {
                    if let Some(span) = &mut self.spans[place] {
                        span.end = self.preorder.len();
                    }
                }
            }
        }
    }
}

/// The units among some that folded words mean: by code, by the whole name, or by words of it side by
/// side. A whole match beats a part.
pub fn called<'u>(units: impl IntoIterator<Item = &'u Unit>, words: &str) -> Vec<&'u Unit> {
    let holds = |unit: &&Unit| holds_words(&unit.name_key, words);
    let (whole, others): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|unit| unit.name_key == words || fold(&unit.code) == words);
    if whole.is_empty() { others.into_iter().filter(holds).collect() } else { whole }
}

/// The same, and if there is none those whose names have words that begin so, in their order.
pub fn named<'u>(units: impl IntoIterator<Item = &'u Unit>, words: &str) -> Vec<&'u Unit> {
    let units: Vec<&Unit> = units.into_iter().collect();
    let found = called(units.iter().copied(), words);
    if !found.is_empty() {
        return found;
    }
    units.into_iter().filter(|unit| in_order(&unit.name_key, words)).collect()
}

/// Whether each word begins a word of the name, in order: "to chuc" and "tc tk" style fragments.
fn in_order(name: &str, words: &str) -> bool {
    let mut rest = name.split(' ');
    words.split(' ').all(|word| rest.any(|part| part.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(id: i64, parent: Option<i64>, kind: UnitKind) -> Unit {
        Unit {
            id: UnitId(id),
            code: format!("CB-{id:02}"),
            parent: parent.map(UnitId),
            kind,
            name: UnitName::new(format!("Chi bộ {id}")),
            name_key: format!("chi bo {id}"),
            ended: None,
        }
    }

    fn branch(id: i64, name: &str) -> Unit {
        Unit {
            name: UnitName::new(name.to_owned()),
            name_key: fold(name),
            ..unit(id, None, UnitKind::Branch)
        }
    }

    /// Units 1, 2, 3 …, each with the parent given for it.
    fn tree(parents: &[Option<i64>]) -> UnitTree {
        let units = (1..).zip(parents);
        UnitTree::new(units.map(|(id, above)| unit(id, *above, UnitKind::Committee)).collect())
    }

    fn below(tree: &UnitTree, root: i64) -> Vec<i64> {
        tree.subtree(UnitId(root)).iter().map(|unit| unit.id.0).collect()
    }

    #[test]
    fn a_unit_stands_within_itself_and_all_that_is_above_it() {
        // 5 is the root; 1 and 3 stand below it, 4 below 1, 2 below 4.
        let tree = tree(&[Some(5), Some(4), Some(5), Some(1), None]);
        assert_eq!(below(&tree, 5), [1, 2, 3, 4, 5], "in the order of the codes");
        assert_eq!(below(&tree, 1), [1, 2, 4]);
        assert_eq!(below(&tree, 3), [3]);
        assert_eq!(tree.root().unwrap().id, UnitId(5));
        assert_eq!(tree.place(UnitId(4)), Some(3));
    }

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let tree = tree(&[None, Some(1), Some(1)]);
        for (typed, id) in [("CB-02", Some(2)), ("cb-03", Some(3)), ("CB-04", None), ("", None)] {
            assert_eq!(tree.by_code(typed).map(|unit| unit.id.0), id, "{typed}");
        }
    }

    #[test]
    fn units_that_are_not_there_stand_within_nothing() {
        let tree = tree(&[None, Some(1)]);
        let (one, nobody) = (UnitId(1), UnitId(9));
        assert!(!tree.is_within(nobody, one) && !tree.is_within(one, nobody));
        assert!(tree.subtree(nobody).is_empty());
        assert_eq!((tree.name(nobody).as_str(), tree.code(nobody)), ("", ""));
    }

    #[test]
    fn a_part_of_a_tree_is_a_tree() {
        // The parents of 1 and 3 are missing.
        let tree = tree(&[Some(8), Some(1), Some(9)]);
        assert_eq!((below(&tree, 1), below(&tree, 3)), (vec![1, 2], vec![3]));
        assert!(!tree.is_within(UnitId(3), UnitId(1)));
    }

    #[test]
    fn a_circle_is_cut_where_it_closes() {
        // 2 → 4 → 3 → 2, with 5 below 3; 1 is its own parent.
        let tree = tree(&[Some(1), Some(3), Some(4), Some(2), Some(3)]);
        assert_eq!(below(&tree, 1), [1]);
        assert_eq!(below(&tree, 2), [2, 3, 4, 5]);
        assert_eq!((below(&tree, 4), below(&tree, 3)), (vec![3, 4, 5], vec![3, 5]));
        assert!(tree.root().is_none());
    }

    #[test]
    fn a_chain_may_be_as_long_as_it_likes() {
        let long: Vec<_> = (0..50_000).map(|above| (above > 0).then_some(above)).collect();
        let tree = tree(&long);
        assert_eq!(tree.subtree(UnitId(2)).len(), 49_999);
        assert!(tree.is_within(UnitId(50_000), UnitId(1)));
    }

    /// From parent to parent, as one does it by hand.
    fn climbs(parents: &[Option<i64>], unit: i64, root: i64) -> bool {
        let mut at = Some(unit);
        for _ in 0..=parents.len() {
            match at {
                Some(id) if id == root => return true,
                Some(id) => at = parents[id as usize - 1],
                None => return false,
            }
        }
        false
    }

    proptest! {
        /// Each unit's parent is one of those before it, the first has none.
        #[test]
        fn ranges_say_what_climbing_says(above in proptest::collection::vec(0_i64..20, 0..20)) {
            let parents: Vec<Option<i64>> = std::iter::once(None)
                .chain(above.iter().zip(1..).map(|(above, before)| Some(above % before + 1)))
                .collect();
            let tree = tree(&parents);
            let ids: Vec<i64> = (1..=parents.len() as i64).collect();
            for root in &ids {
                let climbed: Vec<i64> =
                    ids.iter().copied().filter(|unit| climbs(&parents, *unit, *root)).collect();
                prop_assert_eq!(&below(&tree, *root), &climbed);
                for unit in &ids {
                    let within = tree.is_within(UnitId(*unit), UnitId(*root));
                    prop_assert_eq!(within, climbed.contains(unit));
                }
            }
        }

        /// However broken, each unit is reached once and stands within itself.
        #[test]
        fn nothing_is_lost_and_nothing_hangs(
            parents in proptest::collection::vec(proptest::option::of(1_i64..25), 0..20)
        ) {
            let tree = tree(&parents);
            let mut reached = tree.preorder.clone();
            reached.sort_unstable();
            prop_assert_eq!(reached, (0..parents.len()).collect::<Vec<_>>());
            for unit in tree.all() {
                prop_assert!(tree.is_within(unit.id, unit.id));
                prop_assert!(tree.subtree(unit.id).iter().any(|below| below.id == unit.id));
            }
        }
    }

    #[test]
    fn units_are_found_by_fragments_of_their_names() {
        let units = [
            branch(1, "Chi bộ Phòng 1"),
            branch(2, "Chi bộ Phòng 3 – Thanh tra"),
            branch(3, "Chi bộ Phòng Tổ chức, Thống kê, Khiếu tố"),
            branch(11, "Chi bộ Phòng 11"),
        ];
        let found = |words: &str| named(&units, words).iter().map(|u| u.id.0).collect::<Vec<_>>();
        assert_eq!(found("phong 1"), [1], "whole words beat a beginning");
        assert_eq!(found("thanh tra"), [2]);
        assert_eq!(found("to chuc"), [3]);
        assert_eq!(found("cb-02"), [2]);
        assert_eq!(found("phong 3 thanh"), [2]);
        assert_eq!(found("khieu"), [3]);
        assert_eq!(found("phong"), [1, 2, 3, 11]);
        assert!(found("phong 9").is_empty());
    }
}
