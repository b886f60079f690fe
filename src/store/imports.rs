//! Lists of an office: what is known to compare them with, and the rows that come of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sqlx::FromRow;

use super::bulk::Rows;
use super::codes::{self, Coded};
use super::leaving::{self, Leaving};
use super::numbers::{self, Series};
use super::people::Recorded;
use super::personnel;
use super::reversals::What as Ends;
use super::types::{At, Day};
use super::undoing::{Log, What};
use super::{StoreError, Tx, args, meetings, statements};
use crate::clock::Instant;
use crate::domain::class::{ClassKind, Outcome};
use crate::domain::ids::{CaseId, CaseStepId, ClassId, PersonId, UnitId};
use crate::domain::listed::{
    FactKind, Known, KnownClass, KnownPerson, KnownUnit, NewClass, Period, Placed, RoadStep, Seat,
};
use crate::domain::minutes::PaperKind;
use crate::domain::name::Name;
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::practice::{MeetingHabit, Practice};
use crate::domain::road::{Paper, Place};
use crate::domain::text::fold;
use crate::domain::time_of_day;
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitTree};

statements! {
    /// Names of units by their periods, and code and name of such as went into another.
    CALLED() = ["SELECT unit_id, name FROM unit_period
        UNION SELECT id, name FROM unit WHERE merged_into IS NOT NULL
        UNION SELECT id, code FROM unit WHERE merged_into IS NOT NULL ORDER BY 1, 2"];
    MAPPINGS(Rows) = ["SELECT m.signature, m.columns FROM list_mapping m JOIN (
        SELECT DISTINCT value->>'signature' AS signature FROM " ROWS ") AS e ON e.signature = m.signature"];
    KEEP_MAPPING(Text, Text, Int) = ["INSERT INTO list_mapping (signature, columns, used_at) VALUES ($1, $2, $3)
        ON CONFLICT (signature) DO UPDATE SET columns = excluded.columns, used_at = excluded.used_at"];
    MERGED() = ["SELECT id, merged_into FROM unit WHERE merged_into IS NOT NULL"];
    PEOPLE(Date) = ["SELECT p.id, p.code, p.name, p.born_on, l.unit_id, l.from_on AS placed_on, s.status,
            EXISTS (SELECT 1 FROM placement e WHERE e.person_id = p.id
                AND (e.to_on IS NULL OR e.to_on > e.from_on)) AS was_placed,
            EXISTS (SELECT 1 FROM candidate_case c WHERE c.person_id = p.id) AS has_case
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id AND " (l placed 1) "
        LEFT JOIN standing s ON s.person_id = p.id AND " (s stands 1) "
        WHERE p.name <> p.code ORDER BY p.code"];
    SINCE() = ["SELECT person_id, status, MIN(from_on) FROM standing
        WHERE status IN ('probationary', 'official') AND (to_on IS NULL OR to_on > from_on)
        GROUP BY person_id, status"];
    POSTS(Date) = ["SELECT person_id, kind, unit_id FROM office WHERE " (until 1)];
    FACTS() = ["SELECT person_id, kind, value FROM person_fact WHERE to_on IS NULL"];
    END_FACTS(Rows) = ["UPDATE person_fact SET to_on = e.on_day
        FROM (SELECT CAST(value->>'person' AS BIGINT) AS person, value->>'kind' AS kind,
            value->>'on' AS on_day FROM " ROWS ") AS e
        WHERE person_fact.person_id = e.person AND person_fact.kind = e.kind
        AND person_fact.to_on IS NULL"];
    SET_BORN(Rows) = ["UPDATE person SET born_on = e.on_day
        FROM (SELECT CAST(value->>'person' AS BIGINT) AS person, value->>'on' AS on_day FROM " ROWS ") AS e
        WHERE person.id = e.person"];
    /// Deeds, without what was only read.
    DONE_SINCE(Int) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE done_at >= $1
        AND action NOT LIKE 'read.%'"];
    CLASSES() = ["SELECT id, number, first_on FROM study_class WHERE cancelled_at IS NULL"];
    RULED(Date) = ["SELECT unit_id FROM meeting_rule WHERE " (until 1)];
    PLANNED() = ["SELECT DISTINCT unit_id FROM meeting WHERE state = 'planned'"];
    /// The newest that were not taken back.
    LATEST(Int) = ["SELECT id, done_at, done_by FROM list_import WHERE undone_at IS NULL
        ORDER BY done_at DESC, id DESC LIMIT $1"];
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
    placed_on: Option<Day>,
    status: Option<Status>,
    was_placed: bool,
    has_case: bool,
}

impl From<PersonRow> for KnownPerson {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            also: Vec::new(),
            born: row.born_on.map(|day| day.0),
            unit: row.unit_id.zip(row.placed_on.map(|day| day.0)),
            was_placed: row.was_placed,
            status: row.status,
            admitted: None,
            official: None,
            posts: Vec::new(),
            facts: BTreeMap::new(),
            has_case: row.has_case,
        }
    }
}

/// What columns were taken for below headings with these signatures, as it was kept.
pub async fn mappings(
    tx: &mut Tx,
    signatures: &[&str],
) -> Result<HashMap<String, String>, StoreError> {
    let rows = signatures.iter().map(|signature| json!({ "signature": signature }));
    let rows = Json::from_iter(rows).to_string();
    let found = tx.all::<(String, String)>(&MAPPINGS, args![rows]).await?;
    Ok(found.into_iter().collect())
}

/// Keeps what columns below some headings were taken for.
pub async fn keep_mapping(
    tx: &mut Tx,
    signature: &str,
    columns: &str,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&KEEP_MAPPING, args![signature, columns, now]).await.map(drop)
}

/// What units were called before, and what those are and were called that went into them.
async fn called(tx: &mut Tx) -> Result<HashMap<UnitId, Vec<String>>, StoreError> {
    let merged: HashMap<UnitId, UnitId> =
        tx.all::<(UnitId, UnitId)>(&MERGED, args![]).await?.into_iter().collect();
    let mut called: HashMap<UnitId, Vec<String>> = HashMap::new();
    for (unit, name) in tx.all::<(UnitId, String)>(&CALLED, args![]).await? {
        let mut now = unit;
        // As often as there are mergers: nothing goes into what it came from.
        for _ in 0..merged.len() {
            now = merged.get(&now).copied().unwrap_or(now);
        }
        called.entry(now).or_default().push(name);
    }
    Ok(called)
}

/// Everybody and every unit, as they are on a day.
pub async fn known(tx: &mut Tx, practice: &Practice, day: NaiveDate) -> Result<Known, StoreError> {
    let units = UnitTree::load(tx).await?;
    let mut called = called(tx).await?;
    let mut unit = |unit: &Unit| KnownUnit {
        id: unit.id,
        code: unit.code.clone(),
        name: unit.name.as_str().to_owned(),
        also: called.remove(&unit.id).unwrap_or_default(),
        kind: unit.kind,
        parent: unit.parent,
    };
    let units = units.all().iter().filter(|unit| unit.ended.is_none()).map(&mut unit).collect();
    let rows = tx.all::<PersonRow>(&PEOPLE, args![day]).await?;
    let mut people: Vec<KnownPerson> = rows.into_iter().map(KnownPerson::from).collect();
    let mut by_id: HashMap<PersonId, &mut KnownPerson> =
        people.iter_mut().map(|person| (person.id, person)).collect();
    for (id, status, on) in tx.all::<(PersonId, Status, Day)>(&SINCE, args![]).await? {
        let Some(person) = by_id.get_mut(&id) else { continue };
        match status {
            Status::Official => person.official = Some(on.0),
            Status::Probationary | Status::NonMember => person.admitted = Some(on.0),
        }
    }
    for (id, kind, unit) in tx.all::<(PersonId, OfficeKind, UnitId)>(&POSTS, args![day]).await? {
        if let Some(person) = by_id.get_mut(&id) {
            person.posts.push((kind, unit));
        }
    }
    for (id, kind, value) in tx.all::<(PersonId, String, String)>(&FACTS, args![]).await? {
        let kind: FactKind = kind.parse().map_err(StoreError::Unreadable)?;
        if let Some(person) = by_id.get_mut(&id) {
            if kind == FactKind::OtherNames {
                person.also = Name::each(&value);
            }
            person.facts.insert(kind, Typed::new(value));
        }
    }
    drop(by_id);
    let classes = tx.all::<(ClassId, String, Day)>(&CLASSES, args![]).await?;
    let class =
        |(id, number, first): (ClassId, String, Day)| KnownClass { id, number, first: first.0 };
    let rules = meetings::rules(tx, &practice.usual_meeting, day).await?;
    let ruled = tx.all::<(UnitId,)>(&RULED, args![day]).await?;
    let ruled: BTreeSet<UnitId> = ruled.into_iter().map(|(unit,)| unit).collect();
    let planned = tx.all::<(UnitId,)>(&PLANNED, args![]).await?;
    Ok(Known {
        units,
        people,
        classes: classes.into_iter().map(class).collect(),
        habits: rules.into_iter().map(|rule| (rule.unit, rule.habit)).collect(),
        meeting: ruled.iter().copied().chain(planned.into_iter().map(|(unit,)| unit)).collect(),
        ruled,
        next_numbers: numbers::all_next(tx, practice.term_start).await?,
    })
}

/// How many deeds are written down since an instant, readings left out. What is written down stays, so that
/// another number is another state of what lists are compared with.
pub async fn done_since(tx: &mut Tx, since: Instant) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(&DONE_SINCE, args![since]).await?.0)
}

/// The rows that come of one list, by whom and when.
pub struct Batch {
    rows: Rows,
    by: Option<PersonId>,
    now: Instant,
    /// What of whom ends when.
    ends: Vec<(PersonId, Ends, NaiveDate)>,
    /// Who leaves which unit for another, when.
    units_left: Vec<(PersonId, (UnitId, NaiveDate))>,
    posts_left: Vec<(PersonId, (OfficeKind, UnitId), NaiveDate)>,
    facts_left: Vec<Json>,
    /// Who gets another name: the one of before, and the new one.
    renamed: Vec<(PersonId, String, String)>,
    born: Vec<Json>,
    departed: Vec<(PersonId, Leaving)>,
    numbers: Vec<(Series, u32)>,
    changed: Vec<PersonId>,
    term: Option<NaiveDate>,
    today: NaiveDate,
}

impl Batch {
    /// Rows by somebody, at a time and on its day, in a term.
    pub fn new(
        by: Option<PersonId>,
        (now, today): (Instant, NaiveDate),
        term: Option<NaiveDate>,
    ) -> Self {
        Self {
            rows: Rows::default(),
            by,
            now,
            ends: Vec::new(),
            units_left: Vec::new(),
            posts_left: Vec::new(),
            facts_left: Vec::new(),
            renamed: Vec::new(),
            born: Vec::new(),
            departed: Vec::new(),
            numbers: Vec::new(),
            changed: Vec::new(),
            term,
            today,
        }
    }

    /// A unit under a code that no other has.
    pub fn unit(
        &mut self,
        id: UnitId,
        (code, name): (&str, &str),
        kind: UnitKind,
        parent: Option<UnitId>,
    ) {
        self.rows.units.push(json!({
            "id": id, "code": code, "parent": parent, "kind": kind, "name": name,
            "name_key": fold(name), "illustrative": false,
        }));
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

    pub async fn place(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        unit: UnitId,
        placed: &Placed,
    ) -> Result<(), StoreError> {
        let Period { from, to } = placed.period;
        self.rows.placements.push(json!({
            "id": tx.new_id().await?, "person": person, "unit": unit, "label": placed.label,
            "from": from, "to": to, "came": placed.came, "came_from": placed.came_from,
            "left": placed.left, "left_to": placed.left_to,
        }));
        Ok(())
    }

    /// Ends where somebody is placed, before they are placed elsewhere, and what they have in the unit.
    pub fn moves(&mut self, person: PersonId, unit: Option<UnitId>, on: NaiveDate) {
        self.ends.push((person, Ends::Placement, on));
        self.units_left.extend(unit.map(|unit| (person, (unit, on))));
    }

    /// Somebody leaves.
    pub fn leaves(&mut self, person: PersonId, leaving: Leaving) {
        self.departed.push((person, leaving));
    }

    /// When a branch without a rule of its own meets from a day on.
    pub async fn rule(
        &mut self,
        tx: &mut Tx,
        unit: UnitId,
        habit: &MeetingHabit,
        from: NaiveDate,
    ) -> Result<(), StoreError> {
        self.rows.rules.push(json!({
            "id": tx.new_id().await?, "unit": unit, "rule": habit.rule.to_string(),
            "at": time_of_day::stored(habit.time), "place": habit.place,
            "day_off": habit.policy.as_str(), "from": from,
        }));
        Ok(())
    }

    /// The number that the next paper of a branch gets.
    pub fn number(&mut self, unit: UnitId, kind: PaperKind, next: u32) {
        self.numbers.push((Series { unit, kind, term: self.term }, next));
    }

    pub async fn class(
        &mut self,
        tx: &mut Tx,
        unit: UnitId,
        class: &NewClass,
    ) -> Result<ClassId, StoreError> {
        let id = ClassId(tx.new_id().await?);
        self.rows.classes.push(json!({
            "id": id, "unit": unit, "kind": ClassKind::Awareness, "first": class.first,
            "last": class.last, "place": class.place.as_ref().map_or(json!("…"), |place| json!(place)),
            "number": class.number,
        }));
        Ok(id)
    }

    pub async fn seat(
        &mut self,
        tx: &mut Tx,
        class: ClassId,
        (case, step): (CaseId, CaseStepId),
        seat: &Seat,
    ) -> Result<(), StoreError> {
        let certificate = seat.certificate.as_ref();
        self.rows.seats.push(json!({
            "id": tx.new_id().await?, "class": class, "case": case, "step": step,
            "outcome": certificate.map(|_| Outcome::Certified),
            "number": certificate.and_then(|paper| paper.number.clone()),
            "on": certificate.map(|paper| paper.on),
        }));
        Ok(())
    }

    pub async fn paper(
        &mut self,
        tx: &mut Tx,
        case: CaseId,
        paper: Paper,
        on: NaiveDate,
    ) -> Result<(), StoreError> {
        self.rows.papers.push(json!({
            "id": tx.new_id().await?, "case": case, "paper": paper, "kept": Place::Office, "on": on,
        }));
        Ok(())
    }

    pub async fn stand(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        status: Status,
        Period { from, to }: Period,
    ) -> Result<(), StoreError> {
        self.rows.standings.push(json!({
            "id": tx.new_id().await?, "person": person, "status": status, "from": from, "to": to,
        }));
        Ok(())
    }

    /// Ends what somebody is from a day on, before they are something else.
    pub fn stood(&mut self, person: PersonId, on: NaiveDate) {
        self.ends.push((person, Ends::Standing, on));
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
            "to": null,
        }));
        Ok(())
    }

    pub fn office_ends(&mut self, person: PersonId, office: (OfficeKind, UnitId), on: NaiveDate) {
        self.posts_left.push((person, office, on));
    }

    pub async fn fact(
        &mut self,
        tx: &mut Tx,
        person: PersonId,
        kind: FactKind,
        value: &Typed,
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
        self.facts_left.push(json!({ "person": person, "kind": kind, "on": on }));
    }

    /// Somebody of whom anything changes.
    pub fn changes(&mut self, person: PersonId) {
        self.changed.push(person);
    }

    pub fn rename(&mut self, person: PersonId, was: &str, name: &str) {
        self.renamed.push((person, was.to_owned(), name.to_owned()));
    }

    pub fn born(&mut self, person: PersonId, on: NaiveDate) {
        self.born.push(json!({ "person": person, "on": on }));
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

    pub async fn step(
        &mut self,
        tx: &mut Tx,
        case: CaseId,
        RoadStep { step, on, number, elsewhere, .. }: &RoadStep,
    ) -> Result<CaseStepId, StoreError> {
        let id = CaseStepId(tx.new_id().await?);
        self.rows.steps.push(json!({
            "id": id, "case": case, "step": step, "on": on, "by": self.by, "elsewhere": elsewhere,
        }));
        self.rows.evidence.push(json!({
            "step": id, "number": number, "received": null, "in_favour": null, "members": null,
            "excused": null,
        }));
        Ok(id)
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
            "from": from, "to": null,
        }));
        Ok(())
    }

    /// Writes all of it: what ends before what begins.
    pub async fn write(mut self, tx: &mut Tx, import: i64) -> Result<(), StoreError> {
        let codes = codes::reserve(tx, Coded::Case, self.rows.cases.len()).await?;
        for (case, code) in self.rows.cases.iter_mut().zip(codes) {
            case["code"] = code.into();
        }
        let mut log = Log::default();
        for (what, rows) in [
            (What::Unit, &self.rows.units),
            (What::Rule, &self.rows.rules),
            (What::Person, &self.rows.people),
            (What::Placement, &self.rows.placements),
            (What::Standing, &self.rows.standings),
            (What::Office, &self.rows.tenures),
            (What::Fact, &self.rows.facts),
            (What::Case, &self.rows.cases),
            (What::Step, &self.rows.steps),
            (What::Paper, &self.rows.papers),
            (What::Mentorship, &self.rows.mentorships),
            (What::Class, &self.rows.classes),
            (What::Seat, &self.rows.seats),
        ] {
            log.brings(what, rows);
        }
        for person in &self.changed {
            log.changes(What::Changed, person.0, None);
        }
        let others = self.renamed.iter();
        let others = others.map(|(person, ..)| json!({ "person": person, "kind": "other_names" }));
        let facts: Vec<Json> = self.facts_left.iter().cloned().chain(others).collect();
        log.facts(tx, facts).await?;
        let ids: Vec<PersonId> = self.renamed.iter().map(|(person, ..)| *person).collect();
        log.named(tx, &ids, &self.born).await?;
        for (statement, rows) in [(&END_FACTS, self.facts_left), (&SET_BORN, self.born)] {
            tx.run(statement, args![Json::Array(rows).to_string()]).await?;
        }
        let mut ended = Vec::new();
        for (person, what, on) in &self.ends {
            ended.extend(leaving::end_all(tx, *person, *what, *on).await?);
        }
        for (person, of) in &self.units_left {
            ended.extend(leaving::leave_unit(tx, *person, *of).await?);
        }
        for (person, office, on) in &self.posts_left {
            ended.extend(leaving::leave_office(tx, *person, *office, *on).await?);
        }
        for (person, leaving) in &self.departed {
            ended.extend(leaving::depart(tx, *person, leaving, self.now).await?);
        }
        log.ended(ended);
        let recorded = Recorded { now: self.now, by: self.by };
        for (person, was, name) in &self.renamed {
            let names = (was.as_str(), &Name::new(name.as_str()));
            if let Some(row) = personnel::rename(tx, *person, names, self.today, recorded).await? {
                log.changes(What::Fact, row, None);
            }
        }
        self.rows.write(tx, self.now).await?;
        for (series, next) in self.numbers {
            let what = match series.kind {
                PaperKind::Minutes => What::NextMinutes,
                PaperKind::Resolution => What::NextResolution,
            };
            let was = numbers::start(tx, series).await?.map(|was| was.to_string());
            log.changes(what, series.unit.0, was);
            numbers::go_on_from(tx, series, next, self.by, self.now).await?;
        }
        log.write(tx, import).await
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

/// The newest imports that were not taken back: their ids, when each was, and whose it was, if not the
/// administrator's.
pub async fn latest(
    tx: &mut Tx,
    most: u32,
) -> Result<Vec<(i64, Instant, Option<PersonId>)>, StoreError> {
    let rows = tx.all::<(i64, At, Option<PersonId>)>(&LATEST, args![most]).await?;
    Ok(rows.into_iter().map(|(id, at, by)| (id, at.0, by)).collect())
}
