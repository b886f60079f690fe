//! Whom and which unit a row means, of those that are there and of those that the lists add.

use std::collections::HashMap;

use super::super::text::fold;
use super::super::typed::Typed;
use super::{FactKind, Known, KnownPerson, PersonTold, UnitRef};

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
        // A name of before means it as long as nobody else is called so.
        let now = units.by_name.clone();
        for unit in &known.units {
            for also in &unit.also {
                if !keys(also).iter().any(|key| now.contains_key(key)) {
                    units.know(also, UnitRef::Known(unit.id));
                }
            }
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

    /// All that a name means.
    pub fn called(&self, called: &str) -> &[UnitRef] {
        let keys = keys(called);
        let mut found = keys.iter().filter_map(|key| self.by_name.get(key));
        found.next().map_or(&[][..], Vec::as_slice)
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
            // Found under the names of before as well.
            for other in &person.also {
                people.by_name.entry(other.folded()).or_default().push(person);
            }
        }
        people
    }

    /// Who bears a name, or once did.
    fn named(&self, name: &str) -> Vec<&'k KnownPerson> {
        let bearers = self.by_name.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        let mut named: Vec<&KnownPerson> =
            bearers.iter().filter(|one| one.is_called(name)).copied().collect();
        named.dedup_by_key(|one| one.id);
        named
    }

    /// By code, where name or birth day agree with it; else by name and birth day; else by name and unit, where
    /// nobody tells a birth day.
    pub fn find(&self, told: &PersonTold, unit: Option<UnitRef>) -> Who<'k> {
        if let Some(them) = told.key.as_ref().and_then(|key| self.by_code.get(&fold(key))) {
            // An office may number its people as we do.
            let is_them =
                them.is_called(&told.name) || told.born.is_some_and(|born| them.born == Some(born));
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
        let here = |one: &KnownPerson| {
            one.unit.is_none_or(|(there, _)| Some(UnitRef::Known(there)) == unit)
        };
        let about = told.facts.get(&FactKind::BornAbout).map(Typed::folded);
        let born_about = |one: &KnownPerson| one.facts.get(&FactKind::BornAbout).map(Typed::folded);
        // Equal in all that is told: the same name, year and branch.
        if told.born.is_none() {
            let same = |one: &&&KnownPerson| {
                one.unit.is_some() && here(one) && one.born.is_none() && born_about(one) == about
            };
            let same: Vec<&KnownPerson> = named.iter().filter(same).copied().collect();
            if let [them] = same[..] {
                return Who::Them(them);
            }
        }
        // Whoever has another birth day is somebody else, unless they are in the branch that is told: then
        // one of the days may have been corrected.
        let may_be = |one: &&&KnownPerson| {
            let other_year =
                about.is_some() && born_about(one).is_some_and(|born| Some(born) != about);
            let unsure = told.born.is_none() || one.born.is_none();
            (unsure && !other_year) || (one.unit.is_some() && here(one) && told.born.is_some())
        };
        let perhaps: Vec<&KnownPerson> = named.iter().filter(may_be).copied().collect();
        match perhaps[..] {
            [] => Who::New,
            [them] if here(them) && (told.born.is_none() || them.born.is_none()) => Who::Them(them),
            _ => Who::Perhaps(perhaps),
        }
    }
}
