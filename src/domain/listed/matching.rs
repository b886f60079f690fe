//! Whom and which unit a row means, of those that are there and of those that the lists add.

use std::collections::HashMap;

use super::super::text::fold;
use super::{Known, KnownPerson, PersonTold, UnitRef};

/// The units by all that they are called.
#[derive(Default)]
pub(super) struct Units {
    by_name: HashMap<String, Vec<UnitRef>>,
}

/// What a name of a unit means.
pub(super) enum Meant {
    One(UnitRef),
    Several,
    None,
}

impl Units {
    pub fn of(known: &Known) -> Self {
        let mut units = Self::default();
        for unit in &known.units {
            units.know(&unit.code, UnitRef::Known(unit.id));
            units.know(&unit.name, UnitRef::Known(unit.id));
        }
        units
    }

    pub fn know(&mut self, called: &str, unit: UnitRef) {
        for key in keys(called) {
            let named = self.by_name.entry(key).or_default();
            if !named.contains(&unit) {
                named.push(unit);
            }
        }
    }

    pub fn find(&self, called: &str) -> Meant {
        for key in keys(called) {
            match self.by_name.get(&key).map(Vec::as_slice) {
                Some([one]) => return Meant::One(*one),
                Some([_, ..]) => return Meant::Several,
                _ => {}
            }
        }
        Meant::None
    }
}

/// How lists shorten the kind of a unit before its name.
const KINDS: [(&str, &str); 6] = [
    ("chi bo co so", "chi bo"),
    ("cb", "chi bo"),
    ("c b", "chi bo"),
    ("dang bo bo phan", "dang bo"),
    ("du", "dang uy"),
    ("db", "dang bo"),
];

/// A name in one form, and without the word for its kind.
fn keys(called: &str) -> Vec<String> {
    let folded = fold(called).replace(['-', '/', ':'], " ");
    let mut name = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    for (short, long) in KINDS {
        if let Some(rest) = name.strip_prefix(short).and_then(|rest| rest.strip_prefix(' ')) {
            name = format!("{long} {rest}");
            break;
        }
    }
    let bare = name.strip_prefix("chi bo ").unwrap_or_default().to_owned();
    // "Chi bộ 1" is not what somebody means by "1".
    let is_name = bare.chars().any(char::is_alphabetic);
    [Some(name), is_name.then_some(bare)].into_iter().flatten().filter(|k| !k.is_empty()).collect()
}

/// Who of those that are there a row means.
pub(super) enum Who<'k> {
    Them(&'k KnownPerson),
    /// These bear the name; it may be one of them or somebody else.
    Perhaps(Vec<&'k KnownPerson>),
    New,
}

/// Those who are there, by code and name.
pub(super) struct People<'k> {
    by_code: HashMap<String, &'k KnownPerson>,
    by_name: HashMap<String, Vec<&'k KnownPerson>>,
}

impl<'k> People<'k> {
    pub fn of(known: &'k Known) -> Self {
        let mut people = Self { by_code: HashMap::new(), by_name: HashMap::new() };
        for person in &known.people {
            people.by_code.insert(fold(&person.code), person);
            people.by_name.entry(fold(&person.name)).or_default().push(person);
        }
        people
    }

    /// Who bears a name.
    pub fn named(&self, name: &str) -> &[&'k KnownPerson] {
        self.by_name.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// By code, where name or birth day agree with it; else by name and birth day; else by name and unit, where
    /// nobody tells a birth day.
    pub fn find(&self, told: &PersonTold, unit: Option<UnitRef>) -> Who<'k> {
        if let Some(them) = told.key.as_ref().and_then(|key| self.by_code.get(&fold(key))) {
            // An office may number its people as we do.
            let is_them = fold(&them.name) == fold(&told.name)
                || told.born.is_some_and(|born| them.born == Some(born));
            if is_them {
                return Who::Them(them);
            }
        }
        let named = self.named(&told.name);
        if let Some(born) = told.born {
            let born_then: Vec<_> =
                named.iter().filter(|one| one.born == Some(born)).copied().collect();
            match born_then[..] {
                [them] => return Who::Them(them),
                [] => {}
                _ => return Who::Perhaps(born_then),
            }
        }
        // Whoever has another birth day is somebody else.
        let may_be = |one: &&&KnownPerson| told.born.is_none() || one.born.is_none();
        let perhaps: Vec<&KnownPerson> = named.iter().filter(may_be).copied().collect();
        let here = |one: &KnownPerson| {
            one.unit.is_none_or(|(there, _)| Some(UnitRef::Known(there)) == unit)
        };
        match perhaps[..] {
            [] => Who::New,
            [them] if here(them) => Who::Them(them),
            _ => Who::Perhaps(perhaps),
        }
    }
}
