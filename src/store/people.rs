//! People with what they may do on a date: placement, standing, offices, mentorships.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use chrono::NaiveDate;
use sqlx::FromRow;

use super::codes::{self, Coded};
use super::types::Day;
use super::{StoreError, Tx, args, name_variants, statements, tables_read};
use crate::clock::Instant;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::listed::Arrival;
use crate::domain::name::Name;
use crate::domain::people::{Office, OfficeKind, Person, Status, UnitKind};

statements! {
    /// Persons by id, with the unit they are placed in on the date.
    LOAD(Rows, Date) = ["SELECT p.id, p.code, p.name, p.language, l.unit_id
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id
            AND " (l placed 2) "
        WHERE p.id " IDS];
    OFFICES(Rows, Date) = ["SELECT o.person_id, o.kind, o.unit_id, u.kind AS unit_kind
        FROM office o JOIN unit u ON u.id = o.unit_id
        WHERE " (o on 2) " AND " (o still 2) "
        AND o.person_id " IDS "
        ORDER BY o.from_on, o.id"];
    MENTORS(Rows, Date) = ["SELECT DISTINCT m.person_id FROM mentorship m
        WHERE " (m on 2) " AND " (m still 2) "
        AND m.person_id " IDS];
    BY_CODE(Text) = ["SELECT id FROM person WHERE code = $1"];
    ALL_IDS() = ["SELECT id FROM person ORDER BY code"];
    HOLDERS(Int, Text, Date) = ["SELECT o.person_id FROM office o
        WHERE o.unit_id = $1 AND o.kind = $2
        AND " (o on 3) " AND " (o still 3) " ORDER BY o.from_on, o.id"];
    MEMBERS(Int, Date) = ["SELECT l.person_id FROM placement l
        JOIN standing s ON s.person_id = l.person_id
        AND " (s stands 2) "
        JOIN person p ON p.id = l.person_id
        WHERE l.unit_id = $1 AND " (l placed 2) "
        AND s.status IN ('probationary', 'official') ORDER BY p.code"];
    MEMBERS_OF(Rows, Date) = ["SELECT l.person_id, l.unit_id FROM placement l
        JOIN standing s ON s.person_id = l.person_id
        AND " (s stands 2) "
        JOIN person p ON p.id = l.person_id
        WHERE l.unit_id " IDS " AND " (l placed 2) "
        AND s.status IN ('probationary', 'official') ORDER BY p.code"];
    NAMESAKES(Text, Date) = ["SELECT p.code, p.id, p.born_on, l.unit_id
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id
            AND " (l placed 2) "
        WHERE p.name_key = $1 ORDER BY p.code"];
    ADD(Int, Text, Text, Text, MaybeText) = ["INSERT INTO person (id, code, name, name_key, born_on)
        VALUES ($1, $2, $3, $4, $5)"];
    PLACE(Int, Int, Int, Date, MaybeText, Int, MaybeInt) = ["INSERT INTO placement
        (id, person_id, unit_id, from_on, came, recorded_at, recorded_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)"];
    STAND(Int, Int, Text, Date, Int, MaybeInt) = ["INSERT INTO standing
        (id, person_id, status, from_on, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)"];
    STATUSES(Date) = ["SELECT s.person_id, s.status FROM standing s
        WHERE " (s stands 1)];
}

/// The tables behind a [`Person`].
pub static TABLES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| tables_read(&[STATEMENTS]));

#[derive(FromRow)]
struct PersonRow {
    id: PersonId,
    code: String,
    name: Name,
    language: Option<Language>,
    unit_id: Option<UnitId>,
}

#[derive(FromRow)]
struct OfficeRow {
    person_id: PersonId,
    kind: OfficeKind,
    unit_id: UnitId,
    unit_kind: UnitKind,
}

/// The persons with these ids, as of `today`, in no particular order; unknown ids are left out.
pub async fn load(
    tx: &mut Tx,
    ids: &[PersonId],
    today: NaiveDate,
) -> Result<Vec<Person>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = serde_json::to_string(ids)?;
    let people = tx.all::<PersonRow>(&LOAD, args![&list, today]).await?;
    let mut offices: HashMap<PersonId, Vec<Office>> = HashMap::new();
    for row in tx.all::<OfficeRow>(&OFFICES, args![&list, today]).await? {
        let office = Office { kind: row.kind, unit: row.unit_id, unit_kind: row.unit_kind };
        let held = offices.entry(row.person_id).or_default();
        if !held.contains(&office) {
            held.push(office);
        }
    }
    let mentors: HashSet<PersonId> = tx
        .all::<(PersonId,)>(&MENTORS, args![&list, today])
        .await?
        .into_iter()
        .map(|(id,)| id)
        .collect();
    Ok(people
        .into_iter()
        .map(|row| Person {
            offices: offices.remove(&row.id).unwrap_or_default(),
            guides: mentors.contains(&row.id),
            id: row.id,
            code: row.code,
            name: row.name,
            language: row.language,
            unit: row.unit_id,
        })
        .collect())
}

/// One person, as of `today`.
pub async fn get(
    tx: &mut Tx,
    id: PersonId,
    today: NaiveDate,
) -> Result<Option<Person>, StoreError> {
    Ok(load(tx, &[id], today).await?.pop())
}

/// The person with this code, `NS-001`.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.maybe::<(PersonId,)>(&BY_CODE, args![code]).await?.map(|(id,)| id))
}

/// Everyone, in the order of their codes.
pub async fn all(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Person>, StoreError> {
    let ids: Vec<PersonId> =
        tx.all::<(PersonId,)>(&ALL_IDS, args![]).await?.into_iter().map(|(id,)| id).collect();
    let mut people = load(tx, &ids, today).await?;
    people.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(people)
}

/// Who holds an office in a unit on a date, longest in office first.
pub async fn holders(
    tx: &mut Tx,
    unit: UnitId,
    kind: OfficeKind,
    today: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&HOLDERS, args![unit, kind.as_str(), today]).await?;
    Ok(each_once(rows.into_iter().map(|(id,)| id)))
}

/// Them in their order, and whoever is among them twice where they stand first.
fn each_once(persons: impl IntoIterator<Item = PersonId>) -> Vec<PersonId> {
    let mut seen = HashSet::new();
    persons.into_iter().filter(|person| seen.insert(*person)).collect()
}

/// The secretary of a unit and then its deputies, of each the longest in office first.
pub async fn leaders(
    tx: &mut Tx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let mut leaders = holders(tx, unit, OfficeKind::Secretary, today).await?;
    leaders.extend(holders(tx, unit, OfficeKind::Deputy, today).await?);
    Ok(each_once(leaders))
}

/// Who presides over a unit's meeting on a date unless another is chosen; `None`: nobody leads it.
pub async fn presides(
    tx: &mut Tx,
    unit: UnitId,
    date: NaiveDate,
) -> Result<Option<PersonId>, StoreError> {
    Ok(leaders(tx, unit, date).await?.first().copied())
}

/// The members, probationary and official, placed in a unit on a date, by code.
pub async fn members(
    tx: &mut Tx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all::<(PersonId,)>(&MEMBERS, args![unit, today]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The members, probationary and official, of several units on a date, each with their unit, by
/// code.
pub async fn members_of(
    tx: &mut Tx,
    units: &[UnitId],
    today: NaiveDate,
) -> Result<Vec<(PersonId, UnitId)>, StoreError> {
    tx.all(&MEMBERS_OF, args![serde_json::to_string(units)?, today]).await
}

/// What everyone is on a date.
pub async fn statuses(
    tx: &mut Tx,
    today: NaiveDate,
) -> Result<HashMap<PersonId, Status>, StoreError> {
    Ok(tx.all::<(PersonId, Status)>(&STATUSES, args![today]).await?.into_iter().collect())
}

/// Somebody who bears a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// `NS-061`
    pub code: String,
    pub id: PersonId,
    pub born: Option<NaiveDate>,
    /// Where they are placed on the day asked about.
    pub unit: Option<UnitId>,
}

/// Everybody whose folded name is this, by code.
pub async fn namesakes(
    tx: &mut Tx,
    name_key: &str,
    on: NaiveDate,
) -> Result<Vec<Namesake>, StoreError> {
    let rows = tx
        .all::<(String, PersonId, Option<Day>, Option<UnitId>)>(&NAMESAKES, args![name_key, on])
        .await?;
    let namesake = |(code, id, born, unit): (String, PersonId, Option<Day>, Option<UnitId>)| {
        Namesake { code, id, born: born.map(|day| day.0), unit }
    };
    Ok(rows.into_iter().map(namesake).collect())
}

/// Who writes something down, and when.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    pub now: Instant,
    pub by: Option<PersonId>,
}

/// Puts somebody on the list of a unit, where they are since a day, under the next code. `stands` is what they are,
/// and from when.
pub async fn add(
    tx: &mut Tx,
    name: &Name,
    born: Option<NaiveDate>,
    at: (UnitId, NaiveDate),
    stands: (Status, NaiveDate),
    recorded: Recorded,
) -> Result<(PersonId, String), StoreError> {
    let (id, code) = add_unplaced(tx, name, born).await?;
    begin_placement(tx, id, at, None, recorded).await?;
    begin_standing(tx, id, stands, recorded).await?;
    Ok((id, code))
}

/// Begins where somebody is placed.
pub(super) async fn begin_placement(
    tx: &mut Tx,
    person: PersonId,
    (unit, since): (UnitId, NaiveDate),
    came: Option<Arrival>,
    recorded: Recorded,
) -> Result<(), StoreError> {
    let (id, by) = (tx.new_id().await?, recorded.by.map(|by| by.0));
    let came = came.map(Arrival::as_str);
    tx.run(&PLACE, args![id, person, unit, since, came, recorded.now, by]).await.map(drop)
}

/// Begins what somebody is to the Party.
pub(super) async fn begin_standing(
    tx: &mut Tx,
    person: PersonId,
    (status, on): (Status, NaiveDate),
    recorded: Recorded,
) -> Result<(), StoreError> {
    let (id, by) = (tx.new_id().await?, recorded.by.map(|by| by.0));
    tx.run(&STAND, args![id, person, status.as_str(), on, recorded.now, by]).await.map(drop)
}

/// Puts somebody down of whom it is not known yet where they are placed, under the next code.
pub async fn add_unplaced(
    tx: &mut Tx,
    name: &Name,
    born: Option<NaiveDate>,
) -> Result<(PersonId, String), StoreError> {
    let (id, code) = (PersonId(tx.new_id().await?), codes::next(tx, Coded::Person).await?);
    tx.run(&ADD, args![id, &code, name, name.folded(), born]).await?;
    name_variants::keep(tx, [(id, name)]).await?;
    Ok((id, code))
}
