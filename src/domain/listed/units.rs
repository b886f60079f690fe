//! Units that a list adds, each below one that is there or is added before it.

use std::collections::HashMap;

use super::super::people::UnitKind;
use super::super::text::fold;
use super::matching::{Meant, Units};
use super::{At, Known, Mistake, NewUnit, Plan, UnitRef, UnitTold, Wrong};

/// Finds or adds every unit that is told, and puts the new ones in order.
pub(super) fn units(told: &[UnitTold], known: &Known, units: &mut Units, plan: &mut Plan) {
    let mut rows: Vec<(&UnitTold, UnitRef)> = Vec::new();
    // The codes that the list gives to each name.
    let mut coded: HashMap<String, Vec<String>> = HashMap::new();
    for unit in told {
        coded.entry(fold(&unit.name)).or_default().extend(unit.key.as_deref().map(fold));
    }
    for unit in told {
        let own = unit.key.as_deref().map(fold);
        let of_name = coded.get(&fold(&unit.name)).map_or(&[][..], Vec::as_slice);
        let others: Vec<&str> = match &own {
            Some(own) => of_name.iter().map(String::as_str).filter(|key| key != own).collect(),
            None => Vec::new(),
        };
        let Some(meant) = meant(unit, &others, known, units, plan) else { continue };
        for called in unit.key.iter().chain([&unit.name]) {
            units.know(called, meant);
        }
        rows.push((unit, meant));
    }
    for (unit, meant) in rows {
        let (Some(parent), UnitRef::New(place)) = (&unit.parent, meant) else { continue };
        let wrong = match units.find(parent) {
            Meant::One(parent) if parent == meant => Wrong::Circle,
            Meant::One(parent) => {
                plan.new_units[place].parent = Some(parent);
                continue;
            }
            Meant::Several => Wrong::SeveralUnits,
            Meant::None => Wrong::UnknownParent,
        };
        mistake(plan, &unit.at, &unit.name, wrong);
    }
    check(known, plan);
}

/// Adds a unit below the organisation itself.
pub(super) fn add(
    (at, key, name): (&At, Option<&String>, &str),
    kind: UnitKind,
    known: &Known,
    units: &mut Units,
    plan: &mut Plan,
) -> UnitRef {
    let top = known.units.iter().find(|unit| unit.parent.is_none());
    let place = UnitRef::New(plan.new_units.len());
    units.know(name, place);
    plan.new_units.push(NewUnit {
        at: at.clone(),
        key: key.cloned(),
        name: name.trim().to_owned(),
        kind,
        parent: top.map(|unit| UnitRef::Known(unit.id)),
    });
    place
}

/// `others`: the codes, folded, under which the list has other units of the same name.
fn meant(
    unit: &UnitTold,
    others: &[&str],
    known: &Known,
    units: &mut Units,
    plan: &mut Plan,
) -> Option<UnitRef> {
    let by_key = unit.key.as_ref().map_or(Meant::None, |key| units.find(key));
    // Of several of one name the code tells which; a code that nobody has is of one more.
    if let (Meant::One(coded), true) = (&by_key, units.called(&unit.name).len() > 1)
        && units.called(&unit.name).contains(coded)
    {
        plan.same_units += usize::from(matches!(coded, UnitRef::Known(_)));
        return Some(*coded);
    }
    let is_anothers = |meant: &UnitRef| {
        let code = match meant {
            UnitRef::New(place) => plan.new_units[*place].key.as_deref(),
            UnitRef::Known(id) => {
                let known = known.units.iter().find(|unit| unit.id == *id);
                known.map(|unit| unit.code.as_str())
            }
        };
        code.is_some_and(|code| others.iter().any(|other| *other == fold(code)))
    };
    let named = units.called(&unit.name);
    if matches!(by_key, Meant::None) && !named.is_empty() && named.iter().all(is_anothers) {
        let row = (&unit.at, unit.key.as_ref(), unit.name.as_str());
        return Some(add(row, unit.kind, known, units, plan));
    }
    let wrong = match (units.find(&unit.name), by_key) {
        (Meant::Several, _) | (_, Meant::Several) => Wrong::SeveralUnits,
        (Meant::One(named), Meant::One(coded)) if named != coded => Wrong::CodeOfAnother,
        (Meant::One(meant), _) => {
            plan.same_units += usize::from(matches!(meant, UnitRef::Known(_)));
            return Some(meant);
        }
        // A code that is ours or of the list, with a name that nobody has.
        (Meant::None, Meant::One(_)) => Wrong::CodeOfAnother,
        (Meant::None, Meant::None) => {
            let row = (&unit.at, unit.key.as_ref(), unit.name.as_str());
            return Some(add(row, unit.kind, known, units, plan));
        }
    };
    mistake(plan, &unit.at, &unit.name, wrong);
    None
}

/// No unit stands above itself, and no branch above another unit.
fn check(known: &Known, plan: &mut Plan) {
    let mut mistakes = Vec::new();
    for unit in &plan.new_units {
        let kind = match unit.parent {
            Some(UnitRef::New(place)) => Some(plan.new_units[place].kind),
            Some(UnitRef::Known(id)) => {
                known.units.iter().find(|unit| unit.id == id).map(|unit| unit.kind)
            }
            None => None,
        };
        let wrong = match kind {
            _ if is_above_itself(unit, &plan.new_units) => Wrong::Circle,
            Some(UnitKind::Branch) => Wrong::BelowBranch,
            _ => continue,
        };
        mistakes.push((unit.at.clone(), unit.name.clone(), wrong));
    }
    for (at, name, wrong) in mistakes {
        mistake(plan, &at, &name, wrong);
    }
}

fn is_above_itself(unit: &NewUnit, all: &[NewUnit]) -> bool {
    let mut above = unit.parent;
    for _ in 0..=all.len() {
        match above {
            Some(UnitRef::New(place)) => above = all[place].parent,
            _ => return false,
        }
    }
    true
}

fn mistake(plan: &mut Plan, at: &At, read: &str, wrong: Wrong) {
    // Of one row one mistake is enough.
    let is_told = |one: &Mistake| one.at == *at && fold(&one.read) == fold(read);
    if !plan.mistakes.iter().any(is_told) {
        plan.mistakes.push(Mistake { at: at.clone(), read: read.to_owned(), wrong });
    }
}
