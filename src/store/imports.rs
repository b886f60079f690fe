//! Lists of an office: what is known to compare them with, and the rows that come of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::json;
use sqlx::FromRow;

use super::bulk::Rows;
use super::codes::{self, Coded};
use super::types::Day;
use super::{StoreError, Tx, args, name_variants, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::listed::{FactKind, Known, KnownPerson, KnownUnit};
use crate::domain::name::Name;
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::road::CaseStep;
use crate::domain::text::fold;
use crate::domain::units::UnitTree;

statements! {
    PEOPLE(Date) = ["SELECT p.id, p.code, p.name, p.born_on, l.unit_id, s.status
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id AND " (l placed 1) "
        LEFT JOIN standing s ON s.person_id = p.id AND " (s stands 1) "
        WHERE p.name <> p.code ORDER BY p.code"];
    SINCE() = ["SELECT person_id, status, MIN(from_on) FROM standing
        WHERE status IN ('probationary', 'official') AND (to_on IS NULL OR to_on > from_on)
        GROUP BY person_id, status"];
    OFFICES(Date) = ["SELECT person_id, kind, unit_id FROM office WHERE " (until 1)];
    FACTS() = ["SELECT person_id, kind, value FROM person_fact WHERE to_on IS NULL"];
    HAVE_CASES() = ["SELECT DISTINCT person_id FROM candidate_case"];
    END_PLACEMENTS(Rows, Date) = ["UPDATE placement SET to_on = $2
        WHERE person_id " IDS " AND from_on < $2 AND " (until 2)];
    /// Of a period that would begin then or later.
    VOID_PLACEMENTS(Rows, Date) = ["UPDATE placement SET to_on = from_on
        WHERE person_id " IDS " AND from_on >= $2"];
    END_STANDINGS(Rows, Date) = ["UPDATE standing SET to_on = $2
        WHERE person_id " IDS " AND from_on < $2 AND " (until 2)];
    VOID_STANDINGS(Rows, Date) = ["UPDATE standing SET to_on = from_on
        WHERE person_id " IDS " AND from_on >= $2"];
    END_FACT(Int, Text, Date) = ["UPDATE person_fact SET to_on = $3
        WHERE person_id = $1 AND kind = $2 AND to_on IS NULL"];
    RENAME(Int, Text, Text) = ["UPDATE person SET name = $2, name_key = $3 WHERE id = $1"];
    FORGET_VARIANTS(Int) = ["DELETE FROM name_variant WHERE person_id = $1"];
    SET_BORN(Int, Date) = ["UPDATE person SET born_on = $2 WHERE id = $1"];
    /// What a list that has changed somebody since it was compared is told by.
    VERSION() = ["SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM audit WHERE action NOT LIKE 'read.%'"];
    NOTE(Int, Text, Text, Int, MaybeInt) = ["INSERT INTO list_import (id, digest, counts, done_at, done_by)
        VALUES ($1, $2, $3, $4, $5)"];
}

#[derive(FromRow)]
struct PersonRow {
    id: PersonId,
    code: String,
    name: String,
    born_on: Option<Day>,
    unit_id: Option<UnitId>,
    status: Option<Status>,
}

/// Everybody and every unit, as they are on a day.
pub async fn known(tx: &mut Tx, day: NaiveDate) -> Result<Known, StoreError> {
    let units = UnitTree::load(tx).await?;
    let unit = |unit: &crate::domain::units::Unit| KnownUnit {
        id: unit.id,
        code: unit.code.clone(),
        name: unit.name.as_str().to_owned(),
        kind: unit.kind,
        parent: unit.parent,
    };
    let units = units.all().iter().map(unit).collect();
    let mut people: Vec<KnownPerson> = Vec::new();
    let mut places: HashMap<PersonId, usize> = HashMap::new();
    for row in tx.all::<PersonRow>(&PEOPLE, args![day]).await? {
        let PersonRow { id, code, name, born_on, unit_id, status } = row;
        places.insert(id, people.len());
        let born = born_on.map(|day| day.0);
        let person = KnownPerson {
            id,
            code,
            name,
            born,
            unit: unit_id,
            status,
            admitted: None,
            official: None,
            posts: Vec::new(),
            facts: BTreeMap::new(),
            has_case: false,
        };
        people.push(person);
    }
    let mut of = |id: PersonId, change: &mut dyn FnMut(&mut KnownPerson)| {
        if let Some(person) = places.get(&id).and_then(|at| people.get_mut(*at)) {
            change(person);
        }
    };
    for (id, status, on) in tx.all::<(PersonId, Status, Day)>(&SINCE, args![]).await? {
        of(id, &mut |person| match status {
            Status::Official => person.official = Some(on.0),
            Status::Probationary | Status::NonMember => person.admitted = Some(on.0),
        });
    }
    for (id, kind, unit) in tx.all::<(PersonId, OfficeKind, UnitId)>(&OFFICES, args![day]).await? {
        of(id, &mut |person| person.posts.push((kind, unit)));
    }
    for (id, kind, value) in tx.all::<(PersonId, String, String)>(&FACTS, args![]).await? {
        let kind: FactKind = kind.parse().map_err(StoreError::Unreadable)?;
        of(id, &mut |person| drop(person.facts.insert(kind, value.clone())));
    }
    for (id,) in tx.all::<(PersonId,)>(&HAVE_CASES, args![]).await? {
        of(id, &mut |person| person.has_case = true);
    }
    Ok(Known { units, people })
}

/// Whether anything was done since: another version is another state of what lists are compared with.
pub async fn version(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(&VERSION, args![]).await?.0)
}

/// The rows that come of one list, by whom and when.
pub struct Batch {
    rows: Rows,
    by: Option<PersonId>,
    now: Instant,
    moved: BTreeMap<NaiveDate, Vec<PersonId>>,
    stood: BTreeMap<NaiveDate, Vec<PersonId>>,
    left: BTreeMap<NaiveDate, Vec<PersonId>>,
    renamed: Vec<(PersonId, Name)>,
    born: Vec<(PersonId, NaiveDate)>,
    told_otherwise: Vec<(PersonId, FactKind, NaiveDate)>,
}

impl Batch {
    pub fn new(by: Option<PersonId>, now: Instant) -> Self {
        Self {
            rows: Rows::default(),
            by,
            now,
            moved: BTreeMap::new(),
            stood: BTreeMap::new(),
            left: BTreeMap::new(),
            renamed: Vec::new(),
            born: Vec::new(),
            told_otherwise: Vec::new(),
        }
    }

    /// A unit under a code that no other has.
    pub async fn unit(
        &mut self,
        tx: &mut Tx,
        (code, name): (&str, &str),
        kind: UnitKind,
        parent: Option<UnitId>,
    ) -> Result<UnitId, StoreError> {
        let id = UnitId(tx.new_id().await?);
        self.rows.units.push(json!({
            "id": id, "code": code, "parent": parent, "kind": kind, "name": name,
            "name_key": fold(name), "illustrative": false,
        }));
        Ok(id)
    }

    pub async fn person(
        &mut self,
        tx: &mut Tx,
        (code, name): (&str, &str),
        born: Option<NaiveDate>,
    ) -> Result<PersonId, StoreError> {
        let id = PersonId(tx.new_id().await?);
        self.rows.people.push(json!({
            "id": id, "code": code, "name": name, "name_key": fold(name), "born": born,
        }));
        self.rows.names.push((id, Name::new(name)));
        Ok(id)
    }

    /// Places somebody in a unit from a day on; where they were ends.
    pub async fn place(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        unit: UnitId,
        (from, to): (NaiveDate, Option<NaiveDate>),
    ) -> Result<(), StoreError> {
        self.rows.placements.push(json!({
            "id": tx.new_id().await?, "person": person, "unit": unit, "label": null,
            "from": from, "to": to, "at": self.now.timestamp_millis(), "by": self.by,
        }));
        Ok(())
    }

    /// Ends where somebody is placed, before they are placed elsewhere.
    pub fn moves(&mut self, person: PersonId, on: NaiveDate) {
        self.moved.entry(on).or_default().push(person);
    }

    /// Ends where somebody is placed, and they are placed nowhere.
    pub fn leaves(&mut self, person: PersonId, on: NaiveDate) {
        self.left.entry(on).or_default().push(person);
    }

    pub async fn stand(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        status: Status,
        (from, to): (NaiveDate, Option<NaiveDate>),
    ) -> Result<(), StoreError> {
        self.rows.standings.push(json!({
            "id": tx.new_id().await?, "person": person, "status": status, "from": from, "to": to,
            "at": self.now.timestamp_millis(), "by": self.by,
        }));
        Ok(())
    }

    /// Ends what somebody is from a day on, before they are something else.
    pub fn stood(&mut self, person: PersonId, on: NaiveDate) {
        self.stood.entry(on).or_default().push(person);
    }

    pub async fn office(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        (kind, unit): (OfficeKind, UnitId),
        from: NaiveDate,
    ) -> Result<(), StoreError> {
        self.rows.tenures.push(json!({
            "id": tx.new_id().await?, "person": person, "kind": kind, "unit": unit, "from": from,
            "to": null, "at": self.now.timestamp_millis(), "by": self.by,
        }));
        Ok(())
    }

    pub async fn fact(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        (kind, value): (FactKind, &str),
        from: NaiveDate,
    ) -> Result<(), StoreError> {
        self.rows.facts.push(json!({
            "id": tx.new_id().await?, "person": person, "kind": kind, "value": value, "from": from,
            "at": self.now.timestamp_millis(), "by": self.by,
        }));
        Ok(())
    }

    /// What was told of somebody until now ends.
    pub fn fact_ends(&mut self, person: PersonId, kind: FactKind, on: NaiveDate) {
        self.told_otherwise.push((person, kind, on));
    }

    pub fn rename(&mut self, person: PersonId, name: &str) {
        self.renamed.push((person, Name::new(name)));
    }

    pub fn born(&mut self, person: PersonId, on: NaiveDate) {
        self.born.push((person, on));
    }

    pub async fn case(
        &mut self,
        tx: &mut Tx,
        (person, unit): (PersonId, UnitId),
        opened: NaiveDate,
    ) -> Result<CaseId, StoreError> {
        let id = CaseId(tx.new_id().await?);
        self.rows.cases.push(json!({
            "id": id, "code": null, "person": person, "unit": unit, "opened": opened,
        }));
        Ok(id)
    }

    /// A step of a case; `elsewhere`: figures here leave it out.
    pub async fn step(
        &mut self,
        tx: &mut Tx,
        case: CaseId,
        (step, on, number): (CaseStep, NaiveDate, Option<&str>),
        elsewhere: bool,
    ) -> Result<(), StoreError> {
        let id = tx.new_id().await?;
        self.rows.steps.push(json!({
            "id": id, "case": case, "step": step, "on": on, "by": self.by, "elsewhere": elsewhere,
        }));
        self.rows.evidence.push(json!({
            "step": id, "number": number, "received": null, "in_favour": null, "members": null,
            "excused": null,
        }));
        Ok(())
    }

    pub async fn mentor(
        &mut self,
        tx: &mut Tx,
        (case, person): (CaseId, PersonId),
        resolution: Option<&str>,
        from: NaiveDate,
    ) -> Result<(), StoreError> {
        self.rows.mentorships.push(json!({
            "id": tx.new_id().await?, "case": case, "person": person, "resolution": resolution,
            "from": from, "to": null, "at": self.now.timestamp_millis(), "by": self.by,
        }));
        Ok(())
    }

    /// Writes all of it.
    pub async fn write(mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let codes = codes::reserve(tx, Coded::Case, self.rows.cases.len()).await?;
        for (case, code) in self.rows.cases.iter_mut().zip(codes) {
            case["code"] = code.into();
        }
        for (day, persons) in self.moved.iter().chain(&self.left) {
            let persons = serde_json::to_string(persons)?;
            tx.run(&VOID_PLACEMENTS, args![&persons, *day]).await?;
            tx.run(&END_PLACEMENTS, args![&persons, *day]).await?;
        }
        for (day, persons) in &self.stood {
            let persons = serde_json::to_string(persons)?;
            tx.run(&VOID_STANDINGS, args![&persons, *day]).await?;
            tx.run(&END_STANDINGS, args![&persons, *day]).await?;
        }
        for (person, kind, on) in &self.told_otherwise {
            tx.run(&END_FACT, args![*person, kind.as_str(), *on]).await?;
        }
        for (person, name) in &self.renamed {
            tx.run(&RENAME, args![*person, name, name.folded()]).await?;
            tx.run(&FORGET_VARIANTS, args![*person]).await?;
        }
        name_variants::keep(tx, self.renamed.iter().map(|(person, name)| (*person, name))).await?;
        for (person, on) in &self.born {
            tx.run(&SET_BORN, args![*person, *on]).await?;
        }
        self.rows.write(tx, self.now).await
    }
}

/// Writes down that lists were taken in; gives the import's id.
pub async fn note(
    tx: &mut Tx,
    (digest, counts): (&str, &str),
    by: Option<PersonId>,
    now: Instant,
) -> Result<i64, StoreError> {
    let id = tx.new_id().await?;
    tx.run(&NOTE, args![id, digest, counts, now, by.map(|by| by.0)]).await?;
    Ok(id)
}

/// Codes of units that are taken.
pub fn unit_codes(known: &Known) -> HashSet<String> {
    known.units.iter().map(|unit| unit.code.to_uppercase()).collect()
}
