//! What is asked and printed: people, the plan of a month, figures.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{Failed, View, open, say as print_line};
use crate::assistant::{figures_message, usual_years};
use crate::config::Config;
use crate::disclosure;
use crate::domain::calendar::Month;
use crate::domain::fit::one_line;
use crate::domain::people::Person;
use crate::domain::units::{Unit, UnitTree};
use crate::message::{Capabilities, Disclosure, Files, Papers, Phrase};
use crate::operations::{Doer, Door, administration};
use crate::reminders::{PlanLine, dry_run};
use crate::render::{Reader, render, say};
use crate::store::{Tx, figures as count, people as store_people};

/// What somebody who guides a candidate is called among the holders of offices.
pub(super) const MENTOR: &str = "mentor";

#[derive(Serialize)]
struct PersonLine {
    code: String,
    name: String,
    unit: Option<String>,
    status: Option<&'static str>,
    offices: Vec<OfficeLine>,
}

#[derive(Serialize)]
struct OfficeLine {
    office: &'static str,
    unit: String,
}

pub(super) async fn people(settings: Config, role: Option<&str>, json: bool) -> Result<(), Failed> {
    let mut deed = open(&settings, None).await?.deed(Doer::Administrator).await?;
    let mut work = deed.work();
    let (units, today) = (work.units.clone(), work.today());
    let statuses = store_people::statuses(work.tx, today).await?;
    let code_of = |unit| units.get(unit).map(|unit: &Unit| unit.code.clone()).unwrap_or_default();
    let offices = |person: &Person| {
        let held = person
            .offices
            .iter()
            .map(|held| OfficeLine { office: held.kind.as_str(), unit: code_of(held.unit) });
        let unit = person.unit.map(code_of).unwrap_or_default();
        held.chain(person.guides.then_some(OfficeLine { office: MENTOR, unit })).collect()
    };
    let lines: Vec<PersonLine> = store_people::all(work.tx, today)
        .await?
        .into_iter()
        .map(|person| PersonLine {
            offices: offices(&person),
            unit: person.unit.map(code_of),
            status: statuses.get(&person.id).map(|status| status.as_str()),
            code: person.code,
            name: person.name.in_full().to_owned(),
        })
        .filter(|line| role.is_none_or(|role| line.offices.iter().any(|o| o.office == role)))
        .collect();
    administration::people_listed(&mut work).await?;
    deed.end().await?;
    if json {
        return print_json(&lines);
    }
    for line in &lines {
        let offices: Vec<String> =
            line.offices.iter().map(|held| format!("{} {}", held.office, held.unit)).collect();
        let unit = line.unit.as_deref().unwrap_or("-");
        let name = one_line(&line.name);
        print_line!("{}\t{name}\t{unit}\t{}", line.code, offices.join(", "));
    }
    Ok(())
}

#[derive(Serialize)]
struct PlannedLine<'a> {
    at: String,
    to: &'a str,
    unit: &'a str,
    kind: &'a str,
    step: &'a str,
    reason: String,
}

pub(super) async fn plan(
    settings: Config,
    month: &str,
    unit: Option<&str>,
    view: &View,
) -> Result<(), Failed> {
    let Door { db, clock, practice } = open(&settings, view.at).await?;
    let month: Month = month
        .parse()
        .map_err(|_| Failed::Refused(format!("{month:?} is no month; write it like 2026-12")))?;
    let mut tx = db.read().await?;
    let units = UnitTree::load(&mut tx).await?;
    let only = unit.map(|code| find(&units, code)).transpose()?.map(|unit| unit.id);
    let lines = dry_run(&mut tx, &practice, month, only, clock.now()).await?;
    let lang = practice.language;
    let phrases = lines.iter().flat_map(|line| line.held.iter().chain([&line.reason])).collect();
    let reader = disclosure::administrator(&mut tx, phrases, practice.today(clock.now())).await?;
    let words = |phrase: &Phrase| say(phrase, lang, Disclosure::Codes, &reader);
    let held = |line: &PlanLine| line.held.as_ref().map(words);
    if view.json {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| PlannedLine {
                at: line.at.format("%Y-%m-%dT%H:%M").to_string(),
                to: &line.to,
                unit: &line.unit,
                kind: line.kind,
                step: &line.step,
                reason: [Some(words(&line.reason)), held(line)]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("; "),
            })
            .collect();
        return print_json(&lines);
    }
    let mut last = None;
    for line in &lines {
        if last != Some((&line.unit, line.meeting)) {
            print_line!(
                "{}  {}  {}",
                line.unit,
                line.meeting.format("%d/%m/%Y %H:%M"),
                words(&line.reason)
            );
            last = Some((&line.unit, line.meeting));
        }
        let at = line.at.format("%d/%m/%Y %H:%M");
        let held = held(line).map(|why| format!("  ({why})")).unwrap_or_default();
        print_line!("  {at}  {:<8} {:<16} {}{held}", line.kind, line.step, line.to);
    }
    Ok(())
}

pub(super) async fn figures(
    settings: Config,
    unit: Option<&str>,
    years: Option<(i32, i32)>,
    view: &View,
) -> Result<(), Failed> {
    let Door { db, clock, practice } = open(&settings, view.at).await?;
    let today = practice.today(clock.now());
    let (from, to) = match years {
        Some((first, _)) if first > today.year() => {
            return Err(Failed::Refused(format!("{first} has not begun")));
        }
        Some((first, last)) if first > last => {
            return Err(Failed::Refused(format!("{first} is after {last}")));
        }
        Some((first, last)) => (new_year(first)?, new_year(last + 1)?),
        None => usual_years(&practice, today),
    };
    let mut tx = db.read().await?;
    let units = part(&mut tx, unit).await?;
    let unit = match unit {
        Some(code) => find(&units, code)?,
        None => units
            .root()
            .ok_or_else(|| Failed::Refused("the database holds no organisation".to_owned()))?,
    };
    let Some(found) = count::figures(&mut tx, &units, unit.id, from, to, today).await? else {
        return Err(Failed::Refused(format!("there is no unit {}", unit.code)));
    };
    if view.json {
        return print_json(&found);
    }
    let lang = practice.language;
    let plain = Capabilities {
        buttons: true,
        edit: false,
        groups: false,
        text_limit: None,
        disclosure: Disclosure::Codes,
        papers: Papers::Command,
        files: Files::Elsewhere(None),
    };
    for part in render(&figures_message(&found), lang, &plain, &Reader::of_no_names()) {
        print_line!("{}", part.plain().trim_end());
    }
    Ok(())
}

/// The unit with a code and what stands below it; all units where none is named, or none has this code
/// as it was typed.
async fn part(tx: &mut Tx, code: Option<&str>) -> Result<UnitTree, Failed> {
    if let Some(code) = code {
        let below = UnitTree::below(tx, code).await?;
        if !below.all().is_empty() {
            return Ok(below);
        }
    }
    Ok(UnitTree::load(tx).await?)
}

/// Before it there is nothing to count.
pub(super) const FIRST_YEAR: i32 = 1930;

fn new_year(year: i32) -> Result<NaiveDate, Failed> {
    NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(|| Failed::Refused(format!("{year} is no year")))
}

fn find<'u>(units: &'u UnitTree, code: &str) -> Result<&'u Unit, Failed> {
    units.by_code(code).ok_or_else(|| {
        let known: Vec<&str> = units.all().iter().map(|unit| unit.code.as_str()).collect();
        Failed::Refused(format!("no unit has the code {code}; there are {}", known.join(", ")))
    })
}

fn print_json(value: &impl Serialize) -> Result<(), Failed> {
    print_line!("{}", serde_json::to_string_pretty(value).map_err(std::io::Error::from)?);
    Ok(())
}
