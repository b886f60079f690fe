//! Rows of several files that tell of one person, put together: what one leaves open another tells.

use std::collections::HashMap;

use super::super::text::fold;
use super::{At, Doubt, PersonTold, Question};

/// Every person once, in the order in which they are first named.
pub(super) fn people(told: Vec<PersonTold>, doubts: &mut Vec<Doubt>) -> Vec<PersonTold> {
    let mut merged: Vec<PersonTold> = Vec::with_capacity(told.len());
    let mut found = Found::default();
    for row in told {
        match found.same(&merged, &row) {
            Some(at) => {
                if let Some(other) = merge(&mut merged[at], row.clone()) {
                    let question = Question::Contradicts { other };
                    doubts.push(Doubt { at: row.at.clone(), read: row.name.clone(), question });
                }
                found.know(at, &merged[at]);
            }
            None => {
                found.know(merged.len(), &row);
                merged.push(row);
            }
        }
    }
    merged
}

/// Where those are who were named already.
#[derive(Default)]
struct Found {
    by_key: HashMap<String, usize>,
    by_number: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Found {
    fn know(&mut self, at: usize, row: &PersonTold) {
        if let Some(key) = &row.key {
            self.by_key.insert(fold(key), at);
        }
        for number in &row.numbers {
            self.by_number.insert(number.clone(), at);
        }
        let named = self.by_name.entry(fold(&row.name)).or_default();
        if !named.contains(&at) {
            named.push(at);
        }
    }

    fn same(&self, merged: &[PersonTold], row: &PersonTold) -> Option<usize> {
        let by_number = row.numbers.iter().find_map(|number| self.by_number.get(number));
        // Another file may number its rows as this one does: who bears another name is somebody else.
        let by_key = row.key.as_ref().and_then(|key| self.by_key.get(&fold(key)));
        let by_key = by_key.filter(|at| fold(&merged[**at].name) == fold(&row.name));
        if let Some(at) = by_number.or(by_key) {
            return Some(*at);
        }
        let named = self.by_name.get(&fold(&row.name))?;
        let alike = |at: &&usize| is_same(&merged[**at], row);
        let mut same = named.iter().filter(alike);
        let first = same.next()?;
        // Of two namesakes it cannot be told which is meant.
        same.next().is_none().then_some(*first)
    }
}

/// Whether two rows with one name tell of one person: the birth day decides, where both have one, and else that
/// they tell of one unit, or one of them of none. Two rows of one sheet are two people.
fn is_same(one: &PersonTold, other: &PersonTold) -> bool {
    let apart = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty();
    if apart(&one.numbers, &other.numbers) && one.numbers.iter().all(|n| !other.numbers.contains(n))
    {
        return false;
    }
    match (one.born, other.born) {
        (Some(one), Some(other)) => one == other,
        _ if (&one.at.file, &one.at.sheet) == (&other.at.file, &other.at.sheet) => false,
        _ => match (&one.unit, &other.unit) {
            (Some(one), Some(other)) => fold(one) == fold(other),
            _ => true,
        },
    }
}

/// What the second row tells beside the first; where that stands if it tells otherwise, of which the first counts.
fn merge(into: &mut PersonTold, row: PersonTold) -> Option<At> {
    let mut contradicts = false;
    let mut keep = |contradiction: bool| contradicts |= contradiction;
    keep(fill(&mut into.born, row.born));
    keep(fill_text(&mut into.unit, row.unit));
    keep(fill(&mut into.status, row.status));
    keep(fill(&mut into.admitted, row.admitted));
    keep(fill(&mut into.official, row.official));
    keep(fill(&mut into.came, row.came));
    keep(fill(&mut into.left, row.left));
    if into.key.is_none() {
        into.key = row.key;
    }
    into.numbers.extend(row.numbers);
    into.numbers.sort();
    into.numbers.dedup();
    for office in row.posts {
        if !into.posts.contains(&office) {
            into.posts.push(office);
        }
    }
    for (kind, value) in row.facts {
        into.facts.entry(kind).or_insert(value);
    }
    if into.candidate.is_none() {
        into.candidate = row.candidate;
    }
    contradicts.then(|| into.at.clone())
}

/// Fills what is open; whether both tell, and not the same.
fn fill<T: PartialEq>(into: &mut Option<T>, told: Option<T>) -> bool {
    match (&into, told) {
        (_, None) => false,
        (None, told) => {
            *into = told;
            false
        }
        (Some(one), Some(other)) => *one != other,
    }
}

fn fill_text(into: &mut Option<String>, told: Option<String>) -> bool {
    match (&into, told) {
        (_, None) => false,
        (None, told) => {
            *into = told;
            false
        }
        (Some(one), Some(other)) => fold(one) != fold(&other),
    }
}
