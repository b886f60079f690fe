//! Who reads a message, and so how the people in it are named to them: the one place that looks up
//! names for sentences.
//!
//! A sentence holds ids ([`Arg::Who`]). What is shown for each is decided in `render`, from the
//! channel's disclosure and the [`Reader`] made here; a feature cannot choose, and so cannot choose
//! wrongly.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::ids::{PersonId, UnitId};
use crate::domain::name::Name;
use crate::domain::people::Person;
use crate::domain::units::UnitTree;
use crate::domain::written::{Form, Keys, Names, keys_in};
use crate::message::{Address, Arg, Disclosure, Phrase};
use crate::operations::rights::{Right, may, roots};
use crate::render::{Apart, Called, Face, KnownNames, Reader};
use crate::store::faces::{self, CalledBy};
use crate::store::{StoreError, Tx, accounts, people};

/// Something to be read: by whom, where, and the sentences in it.
pub struct Reading<'a> {
    /// `None`: a group, or somebody who is nobody's account.
    pub reader: Option<PersonId>,
    /// The group it stands in, whoever it answers.
    pub group: Option<Address>,
    pub disclosure: Disclosure,
    pub phrases: Vec<&'a Phrase>,
}

/// Whether anything in it has to be looked up.
pub fn names_somebody(readings: &[Reading<'_>]) -> bool {
    readings.iter().map(Held::of).any(|held| !held.typed.is_empty() || !held.who.is_empty())
}

/// The readers of what is read together, in its order. Names are one statement for all of it, one more if
/// something was typed, and a few where a given name stands after a title.
pub async fn readers(
    tx: &mut Tx,
    readings: &[Reading<'_>],
    today: NaiveDate,
) -> Result<Vec<Reader>, StoreError> {
    let held: Vec<Held> = readings.iter().map(Held::of).collect();
    let keys: Vec<Keys> =
        readings.iter().zip(&held).map(|(reading, held)| held.keys(reading)).collect();
    let mut typed = typed(tx, &keys).await?;
    let named = held.iter().flat_map(|held| held.who.iter().copied()).chain(typed.iter().copied());
    let mut known = known(tx, named.collect(), today).await?;
    let mut units = Units::default();
    let called = called(tx, &mut units, readings, &held, &keys, &known, today).await?;
    let new: HashSet<PersonId> = called.iter().flatten().copied().collect();
    let new: HashSet<PersonId> =
        new.into_iter().filter(|id| known.iter().all(|one| one.id != *id)).collect();
    if !new.is_empty() {
        known.extend(self::known(tx, new, today).await?);
    }
    typed.extend(called.iter().flatten());
    let faces: HashMap<PersonId, Face> = known.iter().map(|one| (one.id, face(one))).collect();
    let faces = Arc::new(faces);
    let codes = codes(tx, &mut units, readings, &held, &typed, &known, today).await?;
    let mut beside = Vec::with_capacity(held.len());
    for (reading, held) in readings.iter().zip(&held) {
        beside.push(apart(tx, &mut units, reading.disclosure, held, &known).await?);
    }
    let mut made = Vec::with_capacity(readings.len());
    for (((reading, held), called), apart) in readings.iter().zip(&held).zip(&called).zip(beside) {
        let mut reader = Reader {
            person: reading.reader,
            group: reading.group.is_some(),
            faces: faces.clone(),
            ..Reader::default()
        };
        let known = reading.reader.and_then(|id| codes.get(&id));
        if let Some(known) = known {
            reader.codes = known.codes.clone();
        }
        reader.apart = Arc::new(apart);
        if held.hides(reading) {
            reader.names = hidden(&reader, known, &typed, called);
        }
        made.push(reader);
    }
    Ok(made)
}

/// The units, read when they are first asked for.
#[derive(Default)]
struct Units(Option<UnitTree>);

impl Units {
    async fn get(&mut self, tx: &mut Tx) -> Result<&UnitTree, StoreError> {
        let tree = match self.0.take() {
            Some(tree) => tree,
            None => UnitTree::load(tx).await?,
        };
        Ok(self.0.insert(tree))
    }
}

/// What tells those apart who are named in one message and bear one name: members by their branch, others by the
/// code that stands beside the name.
async fn apart(
    tx: &mut Tx,
    units: &mut Units,
    disclosure: Disclosure,
    held: &Held<'_>,
    known: &[faces::Face],
) -> Result<HashMap<PersonId, Apart>, StoreError> {
    let mut of_name: HashMap<String, Vec<&faces::Face>> = HashMap::new();
    let is_named = |one: &&faces::Face| one.official || disclosure == Disclosure::Names;
    for one in known.iter().filter(is_named).filter(|one| held.who.contains(&one.id)) {
        of_name.entry(one.name.folded()).or_default().push(one);
    }
    of_name.retain(|_, bearers| bearers.len() > 1);
    let mut apart = HashMap::new();
    if of_name.is_empty() {
        return Ok(apart);
    }
    let units = units.get(tx).await?;
    for bearers in of_name.values() {
        for one in bearers {
            let alike = bearers.iter().filter(|other| other.unit_id == one.unit_id).count();
            let unit = one.unit_id.filter(|_| alike == 1 && one.official);
            let by = match unit.and_then(|unit| units.get(unit)) {
                Some(unit) => unit.name.as_str().to_owned(),
                None if one.official => one.code.clone(),
                None => code(one).to_owned(),
            };
            let born = one.born_on.as_ref().and_then(|born| born.get(..4)).map(str::to_owned);
            apart.insert(one.id, Apart { by, born });
        }
    }
    Ok(apart)
}

/// Whom names in what was typed could mean, where these are hidden.
async fn typed(tx: &mut Tx, keys: &[Keys]) -> Result<HashSet<PersonId>, StoreError> {
    let keys: HashSet<&String> = keys.iter().flat_map(|keys| &keys.names).collect();
    Ok(faces::named(tx, &keys.into_iter().collect::<Vec<_>>()).await?.into_iter().collect())
}

/// Whom a given name alone may mean in each of these: everybody who bears it in the branches that the message
/// is about, whatever their standing, so that nobody learns from it who is a candidate. These branches are
/// where those stand whom it names, what it was written for, those near to the reader ([`near`]), and of a group its
/// own. What a group reads is looked through for given names without a title as well.
async fn called(
    tx: &mut Tx,
    units: &mut Units,
    readings: &[Reading<'_>],
    held: &[Held<'_>],
    keys: &[Keys],
    known: &[faces::Face],
    today: NaiveDate,
) -> Result<Vec<HashSet<PersonId>>, StoreError> {
    let mut called = vec![HashSet::new(); readings.len()];
    let given: Vec<HashSet<&String>> = readings
        .iter()
        .zip(keys)
        .map(|(reading, keys)| {
            let alone = keys.untitled.iter().filter(|_| reading.group.is_some());
            keys.titled.iter().chain(alone).collect()
        })
        .collect();
    let asked: Vec<usize> = (0..readings.len()).filter(|at| !given[*at].is_empty()).collect();
    if asked.is_empty() {
        return Ok(called);
    }
    let readers: Vec<PersonId> = asked.iter().filter_map(|at| readings[*at].reader).collect();
    let near = near(tx, units, &readers, today).await?;
    let mut groups: HashMap<&Address, Option<UnitId>> = HashMap::new();
    let mut abouts: Vec<HashSet<UnitId>> = Vec::with_capacity(asked.len());
    for at in &asked {
        let theirs = readings[*at].reader.and_then(|reader| near.get(&reader));
        let named = known.iter().filter(|one| held[*at].who.contains(&one.id));
        let stand = named.flat_map(|one| [one.case_unit_id, one.unit_id]).flatten();
        let mut about: HashSet<UnitId> =
            theirs.into_iter().flatten().copied().chain(stand).collect();
        for root in &held[*at].near {
            about.extend(units.get(tx).await?.subtree(*root).into_iter().map(|unit| unit.id));
        }
        if let Some(group) = &readings[*at].group {
            let unit = match groups.get(group) {
                Some(unit) => *unit,
                None => accounts::group_at(tx, group).await?.map(|group| group.unit_id),
            };
            groups.insert(group, unit);
            about.extend(unit);
        }
        abouts.push(about);
    }
    let all: HashSet<UnitId> = abouts.iter().flatten().copied().collect();
    let all: Vec<UnitId> = all.into_iter().collect();
    let wanted: HashSet<&String> = asked.iter().flat_map(|at| &given[*at]).copied().collect();
    let wanted: Vec<&String> = wanted.into_iter().collect();
    let found = faces::called(tx, &wanted, &all, today).await?;
    for (at, about) in asked.into_iter().zip(abouts) {
        let near = |one: &&CalledBy| about.contains(&one.unit_id) && given[at].contains(&one.key);
        called[at].extend(found.iter().filter(near).map(|one| one.person_id));
    }
    Ok(called)
}

/// Rights through which somebody looks into units, and so reads and writes of those there.
const LOOKS_INTO: [Right; 3] = [Right::SeeDossiers, Right::Introduce, Right::WriteNotices];

/// The units near to each of these: where they are placed, where those stand whom they guide, and what they may look
/// into.
async fn near(
    tx: &mut Tx,
    units: &mut Units,
    persons: &[PersonId],
    today: NaiveDate,
) -> Result<HashMap<PersonId, HashSet<UnitId>>, StoreError> {
    let mut near: HashMap<PersonId, HashSet<UnitId>> = HashMap::new();
    for (person, unit) in faces::near(tx, persons, today).await? {
        near.entry(person).or_default().insert(unit);
    }
    for person in people::load(tx, persons, today).await? {
        let units = units.get(tx).await?;
        let roots = LOOKS_INTO.iter().flat_map(|right| roots(&person, *right));
        let below = roots.flat_map(|root| units.subtree(root)).map(|unit| unit.id);
        near.entry(person.id).or_default().extend(below);
    }
    Ok(near)
}

/// Whether a given name in a text is not hidden wherever it is read, or does not tell who is meant: one that
/// somebody near to the writer bears stands without a title, or several of them bear it. What counts as one is
/// what is withheld from a group.
pub async fn has_unhidden(
    tx: &mut Tx,
    writer: PersonId,
    text: &str,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    let keys = keys_in(text);
    let both: Vec<&String> = keys.titled.union(&keys.untitled).collect();
    if both.is_empty() {
        return Ok(false);
    }
    let near = near(tx, &mut Units::default(), &[writer], today).await?;
    let near: Vec<UnitId> = near.into_values().flatten().collect();
    let found = faces::called(tx, &both, &near, today).await?;
    let bearers = known(tx, found.iter().map(|one| one.person_id).collect(), today).await?;
    let bearers = bearers.iter().filter(|one| !one.erased);
    let bearers: Vec<(PersonId, Name)> = bearers
        .flat_map(|one| one.also().into_iter().chain([one.name.clone()]).map(|name| (one.id, name)))
        .collect();
    let names = bearers.iter().map(|(_, name)| name.in_full());
    let names = Names::new(names).alone(0..bearers.len());
    let persons = |whose: &[usize]| {
        let persons: HashSet<PersonId> = whose.iter().map(|at| bearers[*at].0).collect();
        persons.len()
    };
    Ok(names.find(text).iter().any(|found| match found.form {
        Form::Full | Form::Part => false,
        Form::Titled => found.goes_on || persons(&found.whose) > 1,
        Form::Alone => true,
    }))
}

/// What stands for names in what was typed: the code where the reader may see the case today, else
/// initials, of whomever, so that nobody learns from it who has a case. Nobody is told of their own, and
/// of namesakes it is not known who is meant.
fn hidden(
    reader: &Reader,
    known: Option<&Known>,
    typed: &HashSet<PersonId>,
    called: &HashSet<PersonId>,
) -> KnownNames {
    let mut bearers: HashMap<String, usize> = HashMap::new();
    let named: Vec<(PersonId, &Face, &Name)> = typed
        .iter()
        .filter_map(|id| {
            reader.faces.get(id).and_then(|face| Some((*id, face, face.name.as_ref()?)))
        })
        .collect();
    for (_, face, name) in &named {
        for name in face.also.iter().chain([*name]) {
            *bearers.entry(name.folded()).or_default() += 1;
        }
    }
    KnownNames::with_called(named.into_iter().flat_map(|(id, face, name)| {
        let sees = known.filter(|known| known.today.contains(&id) && reader.person != Some(id));
        let alone = bearers.get(&name.folded()) == Some(&1);
        let code = sees.and_then(|known| known.codes.get(&id)).filter(|_| face.has_case && alone);
        let is = match called.contains(&id) {
            true if reader.group => Called::Alone,
            true => Called::ByGivenName,
            false => Called::InFull,
        };
        let all = std::iter::once(name).chain(&face.also);
        // A name of before is not told by the initials of today's.
        let shown = |name: &Name| code.cloned().unwrap_or_else(|| name.initials());
        all.map(|name| (shown(name), name.in_full(), is)).collect::<Vec<_>>()
    }))
}

/// The reader of one thing.
pub async fn reader(
    tx: &mut Tx,
    reading: Reading<'_>,
    today: NaiveDate,
) -> Result<Reader, StoreError> {
    Ok(readers(tx, &[reading], today).await?.pop().unwrap_or_default())
}

/// The administrator, who knows everybody by code.
pub async fn administrator(
    tx: &mut Tx,
    phrases: Vec<&Phrase>,
    today: NaiveDate,
) -> Result<Reader, StoreError> {
    let reading = Reading { reader: None, group: None, disclosure: Disclosure::Codes, phrases };
    let mut reader = reader(tx, reading, today).await?;
    let codes = reader.faces.iter().map(|(id, face)| (*id, face.code.clone()));
    reader.codes = Arc::new(codes.collect());
    Ok(reader)
}

/// What sentences hold that has to be looked up.
struct Held<'a> {
    who: HashSet<PersonId>,
    /// Below which units those may stand who are called by a given name alone.
    near: Vec<UnitId>,
    /// Texts in which names may stand.
    typed: Vec<&'a str>,
}

impl<'a> Held<'a> {
    fn of(reading: &Reading<'a>) -> Self {
        let mut held = Self { who: HashSet::new(), near: Vec::new(), typed: Vec::new() };
        for phrase in &reading.phrases {
            phrase.every_arg(&mut |arg| match arg {
                Arg::Who(id) => drop(held.who.insert(*id)),
                Arg::Near(unit) => held.near.push(*unit),
                Arg::Typed(text) | Arg::Excerpt { text, .. } => held.typed.push(text.as_written()),
                Arg::StoredPerson(name) => held.typed.push(name),
                _ => {}
            });
        }
        held
    }

    /// The keys of names that may stand in what was typed; none where these are not hidden.
    fn keys(&self, reading: &Reading<'_>) -> Keys {
        let mut keys = Keys::default();
        for text in self.typed.iter().filter(|_| self.hides(reading)) {
            keys.add(keys_in(text));
        }
        keys
    }

    /// Whether names are hidden in what was typed.
    fn hides(&self, reading: &Reading<'_>) -> bool {
        (reading.disclosure == Disclosure::Codes || reading.group.is_some())
            && !self.typed.is_empty()
    }
}

async fn known(
    tx: &mut Tx,
    named: HashSet<PersonId>,
    today: NaiveDate,
) -> Result<Vec<faces::Face>, StoreError> {
    let mut ids: Vec<PersonId> = named.into_iter().collect();
    ids.sort();
    faces::of(tx, &ids, today).await
}

/// The code of their case, or else their own.
fn code(known: &faces::Face) -> &str {
    known.case_code.as_ref().unwrap_or(&known.code)
}

fn face(known: &faces::Face) -> Face {
    Face {
        name: (!known.erased).then(|| known.name.clone()),
        code: code(known).to_owned(),
        official: known.official,
        has_case: known.case_code.is_some(),
        also: if known.erased { Vec::new() } else { known.also() },
    }
}

/// What a reader on a channel set to codes knows of others.
struct Known {
    codes: Arc<HashMap<PersonId, String>>,
    /// Whose case they may see today.
    today: HashSet<PersonId>,
}

/// By which codes each reader on a channel set to codes knows those in their sentences: whose case
/// they may see by its code, whom they may introduce by the person's. Who once guided somebody, or
/// led the branch that a case has left, has known the code.
async fn codes(
    tx: &mut Tx,
    units: &mut Units,
    readings: &[Reading<'_>],
    held: &[Held<'_>],
    typed: &HashSet<PersonId>,
    known: &[faces::Face],
    today: NaiveDate,
) -> Result<HashMap<PersonId, Known>, StoreError> {
    let hidden: HashMap<PersonId, &faces::Face> =
        known.iter().filter(|one| !one.official).map(|one| (one.id, one)).collect();
    let mut wanted: HashMap<PersonId, HashSet<PersonId>> = HashMap::new();
    for (reading, held) in readings.iter().zip(held) {
        if let (Some(reader), Disclosure::Codes) = (reading.reader, reading.disclosure) {
            let wanted = wanted.entry(reader).or_default();
            wanted.extend(held.who.iter().filter(|id| hidden.contains_key(id)));
            if held.hides(reading) {
                wanted.extend(typed.iter().filter(|id| hidden.contains_key(id)));
            }
        }
    }
    wanted.retain(|_, subjects| !subjects.is_empty());
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let mut ids: Vec<PersonId> = wanted.keys().copied().collect();
    ids.sort();
    let guided = faces::guided(tx, &ids, today).await?;
    let subjects: Vec<PersonId> = hidden.keys().copied().collect();
    let mut left: HashMap<PersonId, Vec<UnitId>> = HashMap::new();
    for (person, unit) in faces::moved_from(tx, &subjects).await? {
        left.entry(person).or_default().push(unit);
    }
    let readers = people::load(tx, &ids, today).await?;
    let units = units.get(tx).await?;
    let mut codes = HashMap::new();
    for reader in readers {
        let code_of = |one: &faces::Face| {
            let guides = guided.contains_key(&(reader.id, one.id));
            let was_in = left.get(&one.id).map_or(&[][..], Vec::as_slice);
            let mut stood = was_in.iter().chain(&one.case_unit_id);
            let sees = guides || stood.any(|unit| knows_of(&reader, *unit, units));
            match &one.case_code {
                Some(code) if sees => Some(code.clone()),
                _ => one
                    .unit_id
                    .filter(|unit| knows_of(&reader, *unit, units))
                    .map(|_| one.code.clone()),
            }
        };
        let subjects = wanted.remove(&reader.id).unwrap_or_default();
        let known = subjects.iter().filter_map(|id| Some((*id, code_of(hidden.get(id)?)?)));
        let known = Arc::new(known.collect());
        let sees_today = |id: &&PersonId| {
            // Whoever introduces people of a branch sees no cases there.
            let in_reach = |one: &&faces::Face| {
                let sees = |unit| may(&reader, Right::SeeDossiers, unit, units);
                one.case_unit_id.is_some_and(sees)
            };
            guided.get(&(reader.id, **id)) == Some(&true) || hidden.get(*id).is_some_and(in_reach)
        };
        let today = subjects.iter().filter(sees_today).copied().collect();
        codes.insert(reader.id, Known { codes: known, today });
    }
    Ok(codes)
}

/// Whether somebody may see the cases of a unit, or introduce its people.
fn knows_of(reader: &Person, unit: UnitId, units: &UnitTree) -> bool {
    [Right::SeeDossiers, Right::Introduce].iter().any(|right| may(reader, *right, unit, units))
}
