//! When branches meet, and from which numbers their papers go on.

use super::super::people::UnitKind;
use super::matching::{Meant, Units};
use super::{
    At, Doubt, Known, Mistake, NewNumber, NewRule, NumberTold, Plan, Question, RuleTold, UnitRef,
    Wrong,
};

/// Rules of meetings. One that a branch set, or under which meetings are planned, is not changed by a list: who
/// was told of these would not hear of it.
pub(super) fn rules(told: Vec<RuleTold>, known: &Known, units: &Units, plan: &mut Plan) {
    for row in told {
        let Some(unit) = branch(&row.at, row.unit.as_deref(), known, units, plan) else { continue };
        let now = match unit {
            UnitRef::Known(id) => known.habits.get(&id).map(|habit| (id, habit)),
            UnitRef::New(_) => None,
        };
        let is_again = plan.new_rules.iter().any(|rule| rule.unit == unit);
        match now {
            Some((_, habit)) if *habit == row.habit => plan.same_rules += 1,
            Some((id, _)) if known.meeting.contains(&id) => {
                doubt(plan, row.at, row.unit, Question::MeetsOtherwise);
            }
            _ if is_again => doubt(plan, row.at, row.unit, Question::MeetsOtherwise),
            _ => plan.new_rules.push(NewRule { unit, habit: row.habit }),
        }
    }
}

/// Numbers of papers, which never go back.
pub(super) fn numbers(told: Vec<NumberTold>, known: &Known, units: &Units, plan: &mut Plan) {
    for row in told {
        let Some(kind) = row.kind else {
            doubt(plan, row.at, row.unit, Question::NoNumbersOf);
            continue;
        };
        let Some(unit) = branch(&row.at, row.unit.as_deref(), known, units, plan) else { continue };
        let next = row.last.saturating_add(1);
        let now = match unit {
            UnitRef::Known(id) => known.next_numbers.get(&(id, kind)).copied().unwrap_or(1),
            UnitRef::New(_) => 1,
        };
        if next < now {
            doubt(plan, row.at, row.unit, Question::NumberGiven { next: now });
        } else if next == now {
            plan.same_numbers += 1;
        } else if let Some(told) =
            plan.new_numbers.iter_mut().find(|told| told.unit == unit && told.kind == kind)
        {
            told.next = told.next.max(next);
        } else {
            plan.new_numbers.push(NewNumber { unit, kind, next });
        }
    }
}

/// The branch that a row names.
fn branch(
    at: &At,
    called: Option<&str>,
    known: &Known,
    units: &Units,
    plan: &mut Plan,
) -> Option<UnitRef> {
    let wrong = match called.map_or(Meant::None, |called| units.find(called)) {
        Meant::One(unit) if kind(unit, known, plan) == Some(UnitKind::Branch) => return Some(unit),
        Meant::One(_) => Wrong::NoBranch,
        Meant::Several => Wrong::SeveralUnits,
        Meant::None => Wrong::UnknownUnit,
    };
    let read = called.unwrap_or_default().to_owned();
    plan.mistakes.push(Mistake { at: at.clone(), read, wrong });
    None
}

fn kind(unit: UnitRef, known: &Known, plan: &Plan) -> Option<UnitKind> {
    match unit {
        UnitRef::Known(id) => known.units.iter().find(|unit| unit.id == id).map(|unit| unit.kind),
        UnitRef::New(place) => plan.new_units.get(place).map(|unit| unit.kind),
    }
}

fn doubt(plan: &mut Plan, at: At, read: Option<String>, question: Question) {
    plan.doubts.push(Doubt { at, read: read.unwrap_or_default(), question });
}
