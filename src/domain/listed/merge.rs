//! Rows of several files that tell of one person, put together: what one leaves open another tells.

use std::collections::HashMap;

use super::super::name::Name;
use super::super::text::fold;
use super::super::typed::Typed;
use super::{At, CandidateTold, Doubt, FactKind, PersonTold, Question};

/// Every person once, in the order in which they are first named.
pub(super) fn people(told: Vec<PersonTold>, doubts: &mut Vec<Doubt>) -> Vec<PersonTold> {
    let mut merged: Vec<PersonTold> = Vec::with_capacity(told.len());
    let mut found = Found::default();
    for row in told {
        match found.same(&merged, &row) {
            Some(at) => {
                let (here, read) = (row.at.clone(), row.name.clone());
                if let Some(other) = merge(&mut merged[at], row) {
                    doubts.push(Doubt {
                        at: here,
                        read,
                        question: Question::Contradicts { other },
                    });
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
    by_number: HashMap<usize, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Found {
    fn know(&mut self, at: usize, row: &PersonTold) {
        if let Some(key) = &row.key {
            self.by_key.insert(fold(key), at);
        }
        for number in &row.numbers {
            self.by_number.insert(*number, at);
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
        let by_key = by_key.filter(|at| is_one_name(&merged[**at], row));
        if let Some(at) = by_number.or(by_key) {
            return Some(*at);
        }
        let named = self.by_name.get(&fold(&row.name))?;
        let mut same = named.iter().filter(|at| is_same(&merged[**at], row));
        let first = same.next()?;
        // Of two namesakes it cannot be told which is meant.
        same.next().is_none().then_some(*first)
    }
}

fn is_one_name(one: &PersonTold, other: &PersonTold) -> bool {
    Name::new(one.name.as_str()).is_same(&Name::new(other.name.as_str()))
}

/// Whether two rows with one name tell of one person: the birth day decides, where both have one, and else that
/// they tell of one unit, or one of them of none. Two rows of one sheet are two people, unless the year agrees
/// as well.
fn is_same(one: &PersonTold, other: &PersonTold) -> bool {
    let numbered = !one.numbers.is_empty() && !other.numbers.is_empty();
    if numbered && one.numbers.iter().all(|number| !other.numbers.contains(number)) {
        return false;
    }
    if !is_one_name(one, other) {
        return false;
    }
    // The office's own codes tell people of one list apart.
    let of_one_file = one.at.file == other.at.file;
    if of_one_file
        && one.key.as_ref().zip(other.key.as_ref()).is_some_and(|(a, b)| fold(a) != fold(b))
    {
        return false;
    }
    let about = |row: &PersonTold| row.facts.get(&FactKind::BornAbout).map(Typed::folded);
    let same_year = about(one).is_some() && about(one) == about(other);
    let unit = |row: &PersonTold| row.unit.as_ref().map(|(unit, _)| fold(unit));
    let of_one_sheet = (&one.at.file, &one.at.sheet) == (&other.at.file, &other.at.sheet);
    match (one.born, other.born) {
        (Some(one), Some(other)) => one == other,
        _ if same_year && unit(one) == unit(other) => true,
        _ if of_one_sheet => false,
        _ => unit(one).zip(unit(other)).is_none_or(|(one, other)| one == other),
    }
}

/// What the second row tells beside the first; where that stands if it tells otherwise, of which the first counts.
fn merge(into: &mut PersonTold, row: PersonTold) -> Option<At> {
    let folded = |one: &(String, _), other: &(String, _)| fold(&one.0) == fold(&other.0);
    let mut contradicts = [
        fill(&mut into.born, row.born, PartialEq::eq),
        fill(&mut into.unit, row.unit, folded),
        fill(&mut into.status, row.status, PartialEq::eq),
        fill(&mut into.admitted, row.admitted, PartialEq::eq),
        fill(&mut into.official, row.official, PartialEq::eq),
        fill(&mut into.came.on, row.came.on, PartialEq::eq),
        fill(&mut into.came.from, row.came.from, |one, other| fold(one) == fold(other)),
        fill(&mut into.left, row.left, PartialEq::eq),
    ]
    .contains(&true);
    into.key = into.key.take().or(row.key);
    into.numbers.extend(row.numbers);
    into.came.how = into.came.how.or(row.came.how);
    into.left_how = into.left_how.or(row.left_how);
    into.left_to = into.left_to.take().or(row.left_to);
    into.department = into.department.take().or(row.department);
    into.is_gone |= row.is_gone;
    for post in row.posts {
        if !into.posts.contains(&post) {
            into.posts.push(post);
        }
    }
    for (kind, value) in row.facts {
        let told = into.facts.entry(kind).or_insert_with(|| value.clone());
        contradicts |= told.folded() != value.folded();
    }
    match (&mut into.candidate, row.candidate) {
        (Some(into), Some(row)) => contradicts |= merge_road(into, row),
        (into, row) => *into = into.take().or(row),
    }
    contradicts.then(|| into.at.clone())
}

fn merge_road(into: &mut CandidateTold, row: CandidateTold) -> bool {
    let mut contradicts = false;
    for step in row.steps {
        match into.steps.iter().find(|known| known.step == step.step) {
            Some(known) => contradicts |= *known != step,
            None => into.steps.push(step),
        }
    }
    if into.mentors.is_empty() {
        into.mentors = row.mentors;
    } else {
        contradicts |= !row.mentors.is_empty() && into.mentors != row.mentors;
    }
    for paper in row.papers {
        if !into.papers.contains(&paper) {
            into.papers.push(paper);
        }
    }
    contradicts |= fill(&mut into.class, row.class, |one, other| fold(one) == fold(other));
    contradicts |= fill(&mut into.class_days, row.class_days, PartialEq::eq);
    contradicts |= fill(&mut into.certificate, row.certificate, PartialEq::eq);
    contradicts |= fill(&mut into.mentors_since, row.mentors_since, PartialEq::eq);
    contradicts | fill(&mut into.resolution, row.resolution, PartialEq::eq)
}

/// Fills what is open; whether both tell, and not the same.
fn fill<T>(into: &mut Option<T>, told: Option<T>, is_same: impl Fn(&T, &T) -> bool) -> bool {
    match (&into, told) {
        (_, None) => false,
        (None, told) => {
            *into = told;
            false
        }
        (Some(one), Some(other)) => !is_same(one, &other),
    }
}
