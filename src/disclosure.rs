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
use crate::domain::people::Person;
use crate::domain::units::UnitTree;
use crate::message::{Arg, Disclosure, Phrase};
use crate::operations::rights::{Right, may};
use crate::render::{Face, KnownNames, Reader, possible_names};
use crate::store::{StoreError, Tx, faces, people};

/// Something to be read: by whom, where, and the sentences in it.
pub struct Reading<'a> {
    /// `None`: a group, or somebody who is nobody's account.
    pub reader: Option<PersonId>,
    /// Whether it stands in a group, whoever it answers.
    pub group: bool,
    pub disclosure: Disclosure,
    pub phrases: Vec<&'a Phrase>,
}

/// Whether anything in it has to be looked up.
pub fn names_somebody(readings: &[Reading<'_>]) -> bool {
    readings.iter().map(Held::of).any(|held| !held.typed.is_empty() || !held.who.is_empty())
}

/// The readers of what is read together, in its order. Names are one statement for all of it, and
/// one more if something was typed.
pub async fn readers(
    tx: &mut Tx,
    readings: &[Reading<'_>],
    today: NaiveDate,
) -> Result<Vec<Reader>, StoreError> {
    let held: Vec<Held> = readings.iter().map(Held::of).collect();
    let typed = typed(tx, readings, &held).await?;
    let named = held.iter().flat_map(|held| held.who.iter().copied()).chain(typed.iter().copied());
    let known = known(tx, named.collect(), today).await?;
    let faces: HashMap<PersonId, Face> = known.iter().map(|one| (one.id, face(one))).collect();
    let faces = Arc::new(faces);
    let codes = codes(tx, readings, &held, &typed, &known, today).await?;
    let mut made = Vec::with_capacity(readings.len());
    for (reading, held) in readings.iter().zip(&held) {
        let mut reader = Reader {
            person: reading.reader,
            group: reading.group,
            faces: faces.clone(),
            codes: Arc::default(),
            names: KnownNames::default(),
        };
        let known = reading.reader.and_then(|id| codes.get(&id));
        if let Some(known) = known {
            reader.codes = known.codes.clone();
        }
        if held.hides(reading) {
            reader.names = hidden(&reader, known, &typed);
        }
        made.push(reader);
    }
    Ok(made)
}

/// Whom names in what was typed could mean, where these are hidden.
async fn typed(
    tx: &mut Tx,
    readings: &[Reading<'_>],
    held: &[Held<'_>],
) -> Result<HashSet<PersonId>, StoreError> {
    let hiding = readings.iter().zip(held).filter(|(reading, held)| held.hides(reading));
    let texts = hiding.flat_map(|(_, held)| &held.typed);
    let keys: HashSet<String> = texts.flat_map(|text| possible_names(text)).collect();
    Ok(faces::named(tx, &keys.into_iter().collect::<Vec<_>>()).await?.into_iter().collect())
}

/// What stands for names in what was typed: the code where the reader may see the case today, else
/// initials, of whomever, so that nobody learns from it who has a case. Nobody is told of their own, and
/// of namesakes it is not known who is meant.
fn hidden(reader: &Reader, known: Option<&Known>, typed: &HashSet<PersonId>) -> KnownNames {
    let mut shown: HashMap<String, (String, String)> = HashMap::new();
    for id in typed {
        let Some(face) = reader.faces.get(id) else { continue };
        let Some(name) = &face.name else { continue };
        let sees = known.filter(|known| known.today.contains(id) && reader.person != Some(*id));
        let code = sees.and_then(|known| known.codes.get(id)).filter(|_| face.has_case);
        let initials = name.initials();
        let entry = (code.cloned().unwrap_or_else(|| initials.clone()), name.in_full().to_owned());
        shown
            .entry(name.folded())
            .and_modify(|(shown, _)| initials.clone_into(shown))
            .or_insert(entry);
    }
    KnownNames::new(shown.into_values())
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
    let reading = Reading { reader: None, group: false, disclosure: Disclosure::Codes, phrases };
    let mut reader = reader(tx, reading, today).await?;
    let codes = reader.faces.iter().map(|(id, face)| (*id, face.code.clone()));
    reader.codes = Arc::new(codes.collect());
    Ok(reader)
}

/// What sentences hold that has to be looked up.
struct Held<'a> {
    who: Vec<PersonId>,
    /// Texts in which names may stand.
    typed: Vec<&'a str>,
}

impl<'a> Held<'a> {
    fn of(reading: &Reading<'a>) -> Self {
        let mut held = Self { who: Vec::new(), typed: Vec::new() };
        for phrase in &reading.phrases {
            phrase.every_arg(&mut |arg| match arg {
                Arg::Who(id) => held.who.push(*id),
                Arg::Typed(text) | Arg::Excerpt { text, .. } => held.typed.push(text.as_written()),
                Arg::StoredPerson(name) => held.typed.push(name),
                _ => {}
            });
        }
        held
    }

    /// Whether names are hidden in what was typed.
    fn hides(&self, reading: &Reading<'_>) -> bool {
        (reading.disclosure == Disclosure::Codes || reading.group) && !self.typed.is_empty()
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

fn face(known: &faces::Face) -> Face {
    Face {
        name: (!known.erased).then(|| known.name.clone()),
        code: known.case_code.clone().unwrap_or_else(|| known.code.clone()),
        official: known.official,
        has_case: known.case_code.is_some(),
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
    let units = UnitTree::load(tx).await?;
    let mut codes = HashMap::new();
    for reader in people::load(tx, &ids, today).await? {
        let code_of = |one: &faces::Face| {
            let guides = guided.contains_key(&(reader.id, one.id));
            let was_in = left.get(&one.id).map_or(&[][..], Vec::as_slice);
            let mut stood = was_in.iter().chain(&one.case_unit_id);
            let sees = guides || stood.any(|unit| knows_of(&reader, *unit, &units));
            match &one.case_code {
                Some(code) if sees => Some(code.clone()),
                _ => one
                    .unit_id
                    .filter(|unit| knows_of(&reader, *unit, &units))
                    .map(|_| one.code.clone()),
            }
        };
        let subjects = wanted.remove(&reader.id).unwrap_or_default();
        let known = subjects.iter().filter_map(|id| Some((*id, code_of(hidden.get(id)?)?)));
        let known = Arc::new(known.collect());
        let sees_today = |id: &&PersonId| {
            let in_reach = |one: &&faces::Face| {
                one.case_unit_id.is_some_and(|unit| knows_of(&reader, unit, &units))
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
