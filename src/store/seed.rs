//! The demo organisation: loads `config/demo.toml`, invented people and all, into an empty
//! database. Not for real staff lists, which are imported and checked row by row.

mod organisation;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeZone, Utc};
use serde_json::json;

use self::organisation::{Case, Class, Meeting, Organisation, Person, Report, Step, Target, Unit};
use super::bulk::Rows;
use super::reversals::What;
use super::{StoreError, Tx, codes, installation};
use crate::clock::Instant;
use crate::domain::class::Outcome;
use crate::domain::ids::{CaseStepId, PersonId};
use crate::domain::name::Name;
use crate::domain::people::Status;
use crate::domain::road::{CaseStep, Fellow, Guidance, Place};
use crate::domain::text::{fold, nfc};

const DEMO: &str = include_str!("../../config/demo.toml");

/// The zone of the times in `config/demo.toml`.
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Ho_Chi_Minh;

/// Why the demo organisation was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("the database already holds an organisation")]
    NotEmpty,
    #[error("config/demo.toml: {0}")]
    Unreadable(#[from] config::ConfigError),
    #[error("config/demo.toml: there is no {0}")]
    Unknown(String),
    #[error("config/demo.toml: there is no such time as {0}")]
    Time(NaiveDateTime),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads the demo organisation, as it stood on 26 November 2018, into an empty database and marks
/// that as a demo. A database that holds an organisation is refused.
pub async fn demo(tx: &mut Tx, recorded_at: Instant) -> Result<(), SeedError> {
    if !installation::is_empty(tx).await? {
        return Err(SeedError::NotEmpty);
    }
    let organisation = Organisation::read(DEMO)?;
    let mut ids = Ids { tx, known: HashMap::new(), steps: HashMap::new() };
    let rows = Rows::of(&organisation, &mut ids).await?;
    rows.write(tx, recorded_at).await?;
    codes::go_on(tx).await?;
    installation::mark_demo(tx).await?;
    Ok(())
}

/// The ids of what has a code. Codes of units, persons and cases do not look alike, so that one
/// map holds them all.
struct Ids<'a> {
    tx: &'a mut Tx,
    known: HashMap<String, i64>,
    /// Of the steps of cases, by code of the case, step and day.
    steps: HashMap<(String, CaseStep, NaiveDate), i64>,
}

impl Ids<'_> {
    async fn fresh(&mut self) -> Result<i64, SeedError> {
        Ok(self.tx.new_id().await?)
    }

    /// A new id that the code stands for from now on.
    async fn name(&mut self, code: &str) -> Result<i64, SeedError> {
        let id = self.fresh().await?;
        self.known.insert(code.to_owned(), id);
        Ok(id)
    }

    fn of(&self, code: &str) -> Result<i64, SeedError> {
        self.known.get(code).copied().ok_or_else(|| SeedError::Unknown(code.to_owned()))
    }
}

impl Rows {
    async fn of(organisation: &Organisation, ids: &mut Ids<'_>) -> Result<Self, SeedError> {
        let mut rows = Self::default();
        for unit in &organisation.units {
            rows.unit(unit, ids).await?;
        }
        for person in &organisation.people {
            rows.person(person, ids).await?;
        }
        for case in &organisation.cases {
            rows.case(case, organisation, ids).await?;
        }
        for class in &organisation.classes {
            rows.class(class, organisation, ids).await?;
        }
        for target in &organisation.targets {
            rows.target(target, ids).await?;
        }
        for meeting in &organisation.meetings {
            rows.meeting(meeting, ids).await?;
        }
        Ok(rows)
    }

    async fn unit(&mut self, unit: &Unit, ids: &mut Ids<'_>) -> Result<(), SeedError> {
        let parent = unit.parent.as_deref().map(|code| ids.of(code)).transpose()?;
        let id = ids.name(&unit.code).await?;
        self.units.push(json!({
            "id": id, "code": unit.code, "parent": parent, "kind": unit.kind,
            "name": nfc(&unit.name), "name_key": fold(&unit.name),
            "illustrative": unit.illustrative,
        }));
        if let Some(meets) = &unit.meets {
            self.rules.push(json!({
                "id": ids.fresh().await?, "unit": id, "rule": meets.rule, "at": meets.at,
                "place": meets.place, "day_off": meets.day_off, "from": meets.from,
            }));
        }
        Ok(())
    }

    async fn person(&mut self, person: &Person, ids: &mut Ids<'_>) -> Result<(), SeedError> {
        let id = ids.name(&person.code).await?;
        self.people.push(json!({
            "id": id, "code": person.code, "name": nfc(&person.name),
            "name_key": fold(&person.name), "born": person.born,
        }));
        self.names.push((PersonId(id), Name::new(nfc(&person.name))));
        for place in &person.places {
            self.placements.push(json!({
                "id": ids.fresh().await?, "person": id, "unit": ids.of(&place.unit)?,
                "label": place.label, "from": place.from, "to": place.to,
            }));
        }
        for (status, from, to) in standings(person) {
            let row = ids.name(&standing_key(&person.code, status)).await?;
            self.standings.push(json!({
                "id": row, "person": id, "status": status, "from": from, "to": to,
            }));
        }
        for office in &person.offices {
            self.tenures.push(json!({
                "id": ids.fresh().await?, "person": id, "kind": office.kind,
                "unit": ids.of(&office.unit)?, "from": office.from, "to": office.to,
            }));
        }
        Ok(())
    }

    async fn case(
        &mut self,
        case: &Case,
        organisation: &Organisation,
        ids: &mut Ids<'_>,
    ) -> Result<(), SeedError> {
        let id = ids.name(&case.code).await?;
        let opened = case.steps.first().map(|step| step.on);
        self.cases.push(json!({
            "id": id, "code": case.code, "person": ids.of(&case.person)?,
            "unit": ids.of(&case.unit)?, "opened": opened,
        }));
        let mut taken = Vec::new();
        for step in &case.steps {
            let row = ids.fresh().await?;
            ids.steps.insert((case.code.clone(), step.step, step.on), row);
            self.steps.push(json!({ "id": row, "case": id, "step": step.step, "on": step.on }));
            let row = CaseStepId(row);
            self.standing_changed(case, step, row, ids)?;
            taken.push((step, row));
            self.evidence.push(json!({
                "step": row, "number": step.number, "received": step.received,
                "in_favour": step.votes.map(|[in_favour, _]| in_favour),
                "members": step.votes.map(|[_, members]| members),
                "excused": step.votes.map(|_| 0),
            }));
            for code in named(case, step) {
                let (official, months) = organisation.together(code, case, step.on)?;
                self.fellows.push(json!({
                    "step": row, "person": ids.of(code)?, "official": official, "months": months,
                }));
            }
        }
        for kept in &case.papers {
            for paper in &kept.present {
                self.papers.push(json!({
                    "id": ids.fresh().await?, "case": id, "paper": paper, "kept": kept.kept,
                    "on": kept.on,
                }));
            }
        }
        for mentor in &case.mentors {
            let row = ids.fresh().await?;
            for (step, id) in &taken {
                if step.step.guidance() == Guidance::Begins && step.on == mentor.from {
                    self.effects.begins(*id, What::Mentorship, row);
                }
                if step.step.guidance() == Guidance::Ends && Some(step.on) == mentor.to {
                    self.effects.ends(*id, What::Mentorship, row, None);
                }
            }
            self.mentorships.push(json!({
                "id": row, "case": id, "person": ids.of(&mentor.person)?,
                "resolution": mentor.resolution, "from": mentor.from, "to": mentor.to,
            }));
        }
        Ok(())
    }

    /// A class with those who were sent; a certificate is a paper at the office, unless it is listed
    /// among those of the case.
    async fn class(
        &mut self,
        class: &Class,
        organisation: &Organisation,
        ids: &mut Ids<'_>,
    ) -> Result<(), SeedError> {
        let id = ids.fresh().await?;
        self.classes.push(json!({
            "id": id, "unit": ids.of(&class.unit)?, "kind": class.kind, "first": class.first,
            "last": class.last, "place": nfc(&class.place), "number": nfc(&class.number),
        }));
        for seat in &class.seats {
            let taken = (seat.case.clone(), class.kind.step(), class.first);
            let step = ids.steps.get(&taken).copied();
            let step = step.ok_or_else(|| SeedError::Unknown(format!("{taken:?}")))?;
            let certified = seat.certificate.as_ref().zip(class.certified);
            let paper = class.kind.paper();
            let case = organisation.cases.iter().find(|case| case.code == seat.case);
            let listed = case
                .is_some_and(|case| case.papers.iter().any(|kept| kept.present.contains(&paper)));
            if let Some((_, on)) = certified.filter(|_| !listed) {
                self.papers.push(json!({
                    "id": ids.fresh().await?, "case": ids.of(&seat.case)?, "paper": paper,
                    "kept": Place::Office, "on": on,
                }));
            }
            self.seats.push(json!({
                "id": ids.fresh().await?, "class": id, "case": ids.of(&seat.case)?, "step": step,
                "outcome": certified.map(|_| Outcome::Certified),
                "number": certified.map(|(number, _)| number),
                "on": certified.map(|(_, on)| on),
            }));
        }
        Ok(())
    }

    async fn target(&mut self, target: &Target, ids: &mut Ids<'_>) -> Result<(), SeedError> {
        self.targets.push(json!({
            "id": ids.fresh().await?, "unit": ids.of(&target.unit)?, "year": target.year,
            "kind": target.kind, "amount": target.amount, "set": millis(target.set)?,
            "by": ids.of(&target.by)?,
        }));
        Ok(())
    }

    /// What a step made of the candidate.
    fn standing_changed(
        &mut self,
        case: &Case,
        step: &Step,
        row: CaseStepId,
        ids: &Ids<'_>,
    ) -> Result<(), SeedError> {
        let Some(is) = step.step.makes() else { return Ok(()) };
        let was = match is {
            Status::Official => Status::Probationary,
            Status::Probationary | Status::NonMember => Status::NonMember,
        };
        let of = |status| ids.of(&standing_key(&case.person, status));
        self.effects.ends(row, What::Standing, of(was)?, None);
        self.effects.begins(row, What::Standing, of(is)?);
        Ok(())
    }

    async fn meeting(&mut self, meeting: &Meeting, ids: &mut Ids<'_>) -> Result<(), SeedError> {
        let id = ids.fresh().await?;
        self.meetings.push(json!({
            "id": id, "unit": ids.of(&meeting.unit)?, "period": meeting.period,
            "starts": millis(meeting.starts)?, "place": meeting.place,
        }));
        for report in &meeting.reports {
            self.report(id, report, ids).await?;
        }
        Ok(())
    }

    async fn report(
        &mut self,
        meeting: i64,
        report: &Report,
        ids: &mut Ids<'_>,
    ) -> Result<(), SeedError> {
        let [politics, ethics, work, discipline, masses] = report.ratings;
        self.reports.push(json!({
            "id": ids.fresh().await?, "meeting": meeting, "case": ids.of(&report.case)?,
            "mentor": ids.of(&report.mentor)?, "state": report.state,
            "politics": politics, "ethics": ethics, "work": work, "discipline": discipline,
            "masses": masses, "strengths": report.strengths, "weaknesses": report.weaknesses,
            "recommendation": report.recommendation, "sent": millis(report.sent)?,
        }));
        Ok(())
    }
}

/// What stands for the row of a person's standing among the codes.
fn standing_key(code: &str, status: Status) -> String {
    format!("{code} {status}")
}

/// Who is named in a step: the mentors it begins with, or the introducers.
fn named<'c>(case: &'c Case, step: &'c Step) -> Vec<&'c str> {
    let mentors = case.mentors.iter().filter(|mentor| mentor.from == step.on);
    match step.step.guidance() == Guidance::Begins {
        true => mentors.map(|mentor| mentor.person.as_str()).collect(),
        false => step.introducers.iter().map(String::as_str).collect(),
    }
}

impl Organisation {
    /// Whether a person was an official member on a date, and for how many whole months they had
    /// worked in the case's branch together with the candidate.
    fn together(&self, code: &str, case: &Case, on: NaiveDate) -> Result<(bool, u32), SeedError> {
        let person = |code: &str| {
            let found = self.people.iter().find(|person| person.code == code);
            found.ok_or_else(|| SeedError::Unknown(code.to_owned()))
        };
        let (who, candidate) = (person(code)?, person(&case.person)?);
        let since = |person: &Person| {
            let mut here = person.places.iter().filter(|place| place.unit == case.unit);
            here.find(|place| place.from <= on && place.to.is_none_or(|to| on < to))
                .map(|place| place.from)
        };
        let official = standings(who).into_iter().any(|(status, from, to)| {
            status == Status::Official && from <= on && to.is_none_or(|to| on < to)
        });
        let from = since(who).zip(since(candidate)).map(|(one, other)| one.max(other));
        let months = from.map_or(0, |from| Fellow::months_between(from, on));
        Ok((official && since(who).is_some(), months))
    }
}

/// What a person was and is, period by period. Someone who came as a member has no time as a
/// non-member here.
fn standings(person: &Person) -> Vec<(Status, NaiveDate, Option<NaiveDate>)> {
    let came = person.places.first().map(|place| place.from);
    let starts = [
        (Status::NonMember, came.filter(|came| person.admitted.is_none_or(|on| *came < on))),
        (Status::Probationary, person.admitted),
        (Status::Official, person.official),
    ];
    let starts: Vec<(Status, NaiveDate)> =
        starts.into_iter().filter_map(|(status, from)| Some((status, from?))).collect();
    let ends = starts.iter().skip(1).map(|(_, from)| Some(*from)).chain([None]);
    starts.iter().zip(ends).map(|((status, from), to)| (*status, *from, to)).collect()
}

/// The instant of a local time, in epoch milliseconds.
fn millis(local: NaiveDateTime) -> Result<i64, SeedError> {
    let at = ZONE.from_local_datetime(&local).single().ok_or(SeedError::Time(local))?;
    Ok(at.with_timezone(&Utc).timestamp_millis())
}

#[cfg(test)]
mod tests;
