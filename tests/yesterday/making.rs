//! Makes a fixture: plays the evening of every tale in one organisation, in the order of time, and
//! leaves everything open.
//!
//! `scripts/fixture VERSION` runs it; the talks must be there. It writes, beside them:
//!
//! - `sqlite.db.gz`, `postgres.sql.gz`: the databases;
//! - `screens.json`: what stands on people's screens;
//! - `afterwards.txt`: what this program says when it goes on;
//! - `holds.txt`: what there is of each kind.
//!
//! From ten o'clock on nothing is delivered any more, from half past ten on nothing is handled; then
//! the program is killed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{NaiveDateTime, TimeDelta};
use diudat::clock::ManualClock;
use diudat::store::{accounts, people, seed};

use crate::fixture::{POSTGRES, SCREENS, SQLITE, night, pack, screens_of, written};
use crate::holds;
use crate::stage::Screens;
use crate::support::{Engine, fresh_db, postgres, sql};
use crate::talk::{Line, Place, Tale, What, home, tales};
use crate::world::{TAPPING, World, local};
use crate::{afterwards, talk};

const BEGIN: &str = "2018-11-26 08:00";
const UNDELIVERED: &str = "2018-12-03 22:00";
const UNHANDLED: &str = "2018-12-03 22:30";

/// What the demo organisation is too small for: more branches and candidates than stand on one page,
/// two on a list that waits, and two
/// non-members whom nobody has introduced.
const MORE: &str = "
    INSERT INTO unit (id, code, parent_id, kind, name, name_key, illustrative)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)
    SELECT 900 + i, 'KV-' || i, (SELECT id FROM unit WHERE code = 'DB'), 'branch',
        'Chi bộ Khu vực ' || i, 'chi bo khu vuc ' || i, TRUE FROM n;
    INSERT INTO person (id, code, name, name_key, born_on)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 17)
    SELECT 900 + i, 'NS-0' || (60 + i), 'Lường Thị ' || SUBSTR('ABCDEGHIKLMNOPQRS', i, 1) || 'ân',
        'luong thi ' || SUBSTR('abcdeghiklmnopqrs', i, 1) || 'an', '1994-04-01' FROM n;
    INSERT INTO placement (id, person_id, unit_id, from_on)
    SELECT id, id, CASE WHEN id > 915 THEN (SELECT id FROM unit WHERE code = 'CB-02')
        ELSE 901 END, '2016-03-01' FROM person WHERE id BETWEEN 901 AND 917;
    INSERT INTO standing (id, person_id, status, from_on)
    SELECT id, id, 'non_member', '2016-03-01' FROM person WHERE id BETWEEN 901 AND 917;
    INSERT INTO candidate_case (id, code, person_id, unit_id, opened_on)
    SELECT id, 'QC-0' || (id - 878), id, 901, '2018-01-10' FROM person
        WHERE id BETWEEN 901 AND 915;
    INSERT INTO case_step (id, case_id, step, happened_on, recorded_at)
    SELECT 900 + (c.id - 901) * 4 + s.n, c.id, s.step, s.happened_on, 0 FROM candidate_case c,
        (SELECT 0 AS n, 'introduced' AS step, '2018-01-10' AS happened_on
        UNION ALL SELECT 1, 'mentored', '2018-02-12' UNION ALL SELECT 2, 'sourced', '2018-06-11'
        UNION ALL SELECT 3, 'source_approved', '2018-07-09') s
        WHERE c.id BETWEEN 901 AND 915 AND (s.n < 3 OR c.id < 914);
";

pub async fn make(version: &Path) {
    let tales = tales(version);
    let mut wrong = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        wrong.extend(evening(version, engine, &tales).await);
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
    let mut said = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let night = night(version, engine).await;
        let mut w = night.opened().await;
        let counts = holds::of(&w.guard.url).await;
        let told = afterwards::account(&mut w).await;
        if engine == Engine::Sqlite {
            let lacking = holds::lacking(&counts).into_iter();
            wrong.extend(lacking.map(|kind| format!("there is no {kind}")));
            holds::write(version, &counts);
            afterwards::write(version, &told);
            said = told;
        } else {
            wrong.extend(afterwards::missing(&said, &told));
            wrong.extend(afterwards::missing(&told, &said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Plays every evening on one engine and writes what is there then.
async fn evening(version: &Path, engine: Engine, tales: &[Tale]) -> Vec<String> {
    let mut w = organisation(engine, tales).await;
    let mut wrong = Vec::new();
    for (time, lines) in in_order(tales) {
        if time > w.practice.local(w.clock.now()) {
            pass(&mut w, time).await;
        }
        if time < local(UNHANDLED) {
            wrong.extend(w.plays(lines, &Screens::new()).await);
            continue;
        }
        let [Line { what: What::Does(place, deed), .. }] = lines else {
            panic!("{}: nobody answers so late", lines[0].at);
        };
        w.does(place, deed, &Screens::new()).await.expect("a late deed");
    }
    pass(&mut w, local(UNHANDLED)).await;
    let screens = written(&screens_of(&w));
    match engine {
        Engine::Sqlite => std::fs::write(version.join(SCREENS), screens).expect("a file to write"),
        Engine::Postgres => {
            let others = std::fs::read_to_string(version.join(SCREENS)).expect("the screens");
            assert!(screens == others, "people see something else on PostgreSQL");
        }
    }
    // Killed: nothing is given back.
    w.db.close().await;
    write_database(version, engine, &w.guard.url).await;
    wrong
}

/// What each person does with what they read upon it, in the order of time.
fn in_order(tales: &[Tale]) -> Vec<(NaiveDateTime, &[Line])> {
    let mut scenes = Vec::new();
    for tale in tales {
        let mut time = local(BEGIN);
        let mut lines = tale.evening.as_slice();
        while let Some((first, rest)) = lines.split_first() {
            if let What::Until(until) = first.what {
                (time, lines) = (until, rest);
                continue;
            }
            let more =
                rest.iter().take_while(|line| matches!(line.what, What::Reads(_) | What::Lacks(_)));
            let (scene, rest) = lines.split_at(1 + more.count());
            scenes.push((time, scene));
            lines = rest;
        }
    }
    scenes.sort_by_key(|(time, _)| *time);
    scenes
}

/// Lets time pass. Nothing is tried again while nothing is delivered: what is given up is lost.
async fn pass(w: &mut World, time: NaiveDateTime) {
    let text = |time: NaiveDateTime| time.format("%Y-%m-%d %H:%M").to_string();
    if time < local(UNDELIVERED) {
        w.advance_to(&text(time)).await;
        return;
    }
    if !w.platforms[TAPPING].shelf().down {
        w.advance_to(&text(local(UNDELIVERED) - TimeDelta::minutes(1))).await;
        w.platforms.values().for_each(|platform| platform.shelf().down = true);
    }
    w.clock.set(w.practice.instant(time));
}

/// The demo organisation with an account of each person for each of their tales, and one at home.
async fn organisation(engine: Engine, tales: &[Tale]) -> World {
    let (db, guard) = fresh_db(engine).await;
    let clock = ManualClock::new(diudat::clock::Instant::default());
    let mut tx = db.begin().await.unwrap();
    seed::demo(&mut tx, clock.now()).await.expect("the demo loads");
    tx.commit().await.unwrap();
    sql(&guard.url, MORE).await;
    let w = World::on(db, guard, BEGIN, Screens::new()).await;
    let places: BTreeSet<&Place> =
        tales.iter().flat_map(Tale::places).filter(|place| place.account == place.chat).collect();
    let (homes, own): (Vec<&Place>, Vec<&Place>) =
        places.into_iter().partition(|place| place.account == place.code);
    for place in own {
        bind(&w, place).await;
    }
    drop(homes);
    w.clock.advance(TimeDelta::minutes(1));
    let mut tx = w.db.read().await.unwrap();
    let everybody = people::all(&mut tx, local(BEGIN).date()).await.unwrap();
    drop(tx);
    for person in everybody {
        bind(&w, &home(&person.code)).await;
    }
    w.settle().await;
    w
}

async fn bind(w: &World, place: &Place) {
    let now = w.clock.now();
    let mut tx = w.db.begin().await.unwrap();
    // Somebody nobody knows stays a stranger.
    if let Some(person) = people::by_code(&mut tx, &place.code).await.unwrap() {
        let (account, chat) = (&place.account, &place.chat);
        accounts::bind(&mut tx, place.bot, account, person, chat, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Packs the database that nobody has open.
async fn write_database(version: &Path, engine: Engine, url: &str) {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("whole.db");
            sql(url, &format!("VACUUM INTO '{}'", file.display())).await;
            pack(&version.join(SQLITE), &std::fs::read(file).expect("a database"));
        }
        Engine::Postgres => pack(&version.join(POSTGRES), dump(url).as_bytes()),
    }
}

/// The database as SQL that any server and any client understands.
fn dump(url: &str) -> String {
    // Beside the server, wherever a link on the PATH leads.
    let server = std::fs::canonicalize(postgres::programs().join("postgres")).expect("a server");
    let output = Command::new(server.with_file_name("pg_dump"))
        .args(["--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges", "-d", url])
        .output()
        .expect("pg_dump");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let dump = String::from_utf8(output.stdout).expect("text");
    let foreign = ["\\restrict", "\\unrestrict", "--", "SET transaction_timeout"];
    let kept = dump.lines().filter(|line| !foreign.iter().any(|start| line.starts_with(start)));
    kept.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// The folder of the fixture that is to be made, if one is.
pub fn wanted() -> Option<PathBuf> {
    let version = std::env::var_os("DIUDAT_MAKE_FIXTURE")?;
    let found = talk::versions().into_iter().find(|folder| folder.file_name() == Some(&version));
    Some(found.unwrap_or_else(|| panic!("there is no folder tests/yesterday/{version:?}")))
}
