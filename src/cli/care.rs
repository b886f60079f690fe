//! Care of an installation: a verdict on each part.

use chrono::Datelike;
use serde::Serialize;

use super::{Failed, say as print_line};
use crate::app;
use crate::channels::{MESSENGERS, Messenger};
use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::store::Db;

#[derive(Serialize)]
struct Verdict {
    part: &'static str,
    ok: bool,
    detail: String,
}

/// The settings are right, or the program would not have come this far.
pub(super) async fn check(settings: Config, json: bool) -> Result<(), Failed> {
    let mut verdicts =
        vec![Verdict { part: "settings", ok: true, detail: "read and consistent".to_owned() }];
    match app::open_organisation(&settings.database).await {
        Ok(db) => {
            verdicts.push(database(&db).await);
            let now = Clock::System.now();
            let practice = app::practice(&settings, &db, now).await;
            let practice = practice.map_err(|error| error.to_string());
            verdicts.push(clock(&db, practice.as_ref(), now).await);
            verdicts.push(calendar(practice.as_ref(), now));
            db.close().await;
        }
        Err(error) => {
            verdicts.push(Verdict { part: "database", ok: false, detail: error.to_string() });
        }
    }
    for one in MESSENGERS {
        verdicts.push(messenger(one, &settings).await);
    }
    let well = verdicts.iter().all(|verdict| verdict.ok);
    if json {
        let all = serde_json::to_string_pretty(&verdicts).map_err(std::io::Error::from)?;
        print_line!("{all}");
    } else {
        for Verdict { part, ok, detail } in &verdicts {
            let word = if *ok { "ok" } else { "NOT OK" };
            print_line!("{part:<10} {word:<7} {detail}");
        }
    }
    if well { Ok(()) } else { Err(Failed::Refused("not everything is well".to_owned())) }
}

async fn database(db: &Db) -> Verdict {
    let engine = if db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    let looked = async {
        let damage = db.integrity().await?;
        // A database that only reads, or whose disk is full, answers as if nothing were wrong.
        db.probe().await?;
        let units = UnitTree::load(&mut db.read().await?).await?;
        Ok::<_, crate::store::StoreError>((damage, units.all().len()))
    };
    let (ok, detail) = match looked.await {
        Ok((None, 0)) => (true, format!("{engine}, up to date, empty")),
        Ok((None, units)) => (true, format!("{engine}, up to date, {units} units")),
        Ok((Some(damage), _)) => (false, format!("{engine}, damaged: {damage}")),
        Err(error) => (false, error.to_string()),
    };
    Verdict { part: "database", ok, detail }
}

async fn clock(db: &Db, practice: Result<&Practice, &String>, now: Instant) -> Verdict {
    let checked = match practice {
        Ok(practice) => super::clock::checked(db, practice, now).await,
        Err(error) => Err(error.clone()),
    };
    Verdict { part: "clock", ok: checked.is_ok(), detail: checked.unwrap_or_else(|why| why) }
}

fn calendar(practice: Result<&Practice, &String>, now: Instant) -> Verdict {
    let (ok, detail) = match practice {
        Ok(practice) => {
            let year = practice.today(now).year();
            let lacking: Vec<String> = [year, year + 1]
                .iter()
                .filter(|year| !practice.calendar.has_year(**year))
                .map(ToString::to_string)
                .collect();
            match lacking.is_empty() {
                true => (true, format!("holidays of {year} and {} are listed", year + 1)),
                false => (false, format!("no list of holidays for {}", lacking.join(", "))),
            }
        }
        Err(error) => (false, error.clone()),
    };
    Verdict { part: "calendar", ok, detail }
}

async fn messenger(messenger: &Messenger, settings: &Config) -> Verdict {
    let (ok, detail) = match app::bot(messenger, settings) {
        Ok(None) => (true, "off: no token".to_owned()),
        Ok(Some(bot)) => match bot.account().await {
            Ok(account) => (true, account),
            Err(error) => (false, error.to_string()),
        },
        Err(error) => (false, error.to_string()),
    };
    Verdict { part: messenger.name, ok, detail }
}
