//! Care of an installation: copies that can be trusted, and a verdict on each part.

use std::path::{Path, PathBuf};

use chrono::Datelike;
use secrecy::ExposeSecret;
use serde::Serialize;

use super::{Failed, say as print_line};
use crate::app;
use crate::channels::{MESSENGERS, Messenger};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::units::UnitTree;
use crate::store::Db;

/// What PostgreSQL's own tools are for.
const POSTGRES: &str = "this database is PostgreSQL, whose own tools copy it while it is in use:\n  \
    pg_dump --format=custom --file=FILE \"$URL\"\n  \
    pg_restore --clean --if-exists --single-transaction --dbname=\"$URL\" FILE\n\
    and after a restore: diudat check";

pub(super) async fn backup(settings: Config, file: &Path) -> Result<(), Failed> {
    if file.exists() {
        return Err(Failed::Refused(format!("{} is there already", file.display())));
    }
    let db = app::open_database(&settings.database).await?;
    // Written beside its place, so that nobody takes half a copy for a whole one.
    let part = beside(file, "part");
    if part.exists() {
        std::fs::remove_file(&part)?;
    }
    if !db.copy_to(&part).await? {
        return Err(Failed::Refused(POSTGRES.to_owned()));
    }
    db.close().await;
    let copied = verify(&part).await;
    if let Err(error) = copied {
        std::fs::remove_file(&part)?;
        return Err(error);
    }
    let size = std::fs::metadata(&part)?.len();
    std::fs::File::open(&part)?.sync_all()?;
    std::fs::rename(&part, file)?;
    print_line!("{}: {} KiB, checked", file.display(), size.div_ceil(1024));
    Ok(())
}

pub(super) async fn restore(settings: Config, file: &Path) -> Result<(), Failed> {
    let url = settings.database.url.expose_secret();
    let Some(place) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) else {
        return Err(Failed::Refused(POSTGRES.to_owned()));
    };
    let place = PathBuf::from(place.split('?').next().unwrap_or(place));
    // The copy is checked, and brought up to date, before anything is replaced: in a copy of its
    // own, so that the file given stays as it was made.
    let part = beside(&place, "restore");
    if let Some(folder) = place.parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::copy(file, &part)
        .map_err(|error| Failed::Refused(format!("{}: {error}", file.display())))?;
    if let Err(error) = verify(&part).await {
        std::fs::remove_file(&part)?;
        return Err(error);
    }
    let mut kept = None;
    if place.exists() {
        let db = app::open_database(&settings.database).await?;
        let Some(_lock) = db.lock_alone() else {
            std::fs::remove_file(&part)?;
            return Err(Failed::Refused(
                "the server is running on this database; stop it first".to_owned(),
            ));
        };
        // Closing folds the write-ahead log into the file, so that it can be kept as one.
        db.close().await;
        let old = beside(&place, "before-restore");
        std::fs::rename(&place, &old)?;
        for log in ["-wal", "-shm"] {
            let mut name = place.clone().into_os_string();
            name.push(log);
            if Path::new(&name).exists() {
                std::fs::remove_file(&name)?;
            }
        }
        kept = Some(old);
    }
    std::fs::rename(&part, &place)?;
    print_line!("{} is in the place of {}", file.display(), place.display());
    if let Some(old) = kept {
        print_line!("what was there before is kept as {}", old.display());
    }
    Ok(())
}

/// Whether a file is a whole database of ours. Opening it brings its schema up to date.
async fn verify(file: &Path) -> Result<(), Failed> {
    let refused = |why: String| Failed::Refused(format!("{}: {why}", file.display()));
    let db = Db::open(&format!("sqlite://{}", file.display()), 1)
        .await
        .map_err(|error| refused(format!("no database of this program: {error}")))?;
    let verdict = db.integrity().await;
    let units = match db.read().await {
        Ok(mut tx) => UnitTree::load(&mut tx).await,
        Err(error) => Err(error),
    };
    db.close().await;
    match (verdict, units) {
        (Ok(None), Ok(_)) => Ok(()),
        (Ok(Some(words)), _) => Err(refused(format!("damaged: {words}"))),
        (Err(error), _) | (_, Err(error)) => Err(refused(error.to_string())),
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

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
    match app::open_database(&settings.database).await {
        Ok(db) => {
            verdicts.push(database(&db).await);
            verdicts.push(clock(&settings, &db).await);
            verdicts.push(calendar(&settings, &db).await);
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

async fn clock(settings: &Config, db: &Db) -> Verdict {
    let now = Clock::System.now();
    let checked = match app::practice(settings, db, now).await {
        Ok(practice) => super::clock::checked(db, &practice, now).await,
        Err(error) => Err(error.to_string()),
    };
    Verdict { part: "clock", ok: checked.is_ok(), detail: checked.unwrap_or_else(|why| why) }
}

async fn calendar(settings: &Config, db: &Db) -> Verdict {
    let now = Clock::System.now();
    let (ok, detail) = match app::practice(settings, db, now).await {
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
        Err(error) => (false, error.to_string()),
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
