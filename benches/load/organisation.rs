//! What the databases hold: the demo organisation with more mentors and many accounts, the texts
//! their owners send, and messages that are due or long finished.

use diudat::clock::Clock;
use diudat::message::{Arg, Button, Message, Phrase};
use diudat::store::{Db, seed};

use super::tables::{Database, Engine, Ground};

/// Mentors beside those of the demo, each with one candidate.
const MENTORS: i64 = 100;
/// Accounts that ask who they are.
const MEMBERS: i64 = 600;
/// Accounts of office holders, who ask for figures.
const WATCHERS: i64 = 300;
/// Chats that due messages go to.
const CHATS: i64 = 3000;

const MENTOR: i64 = 8_000_000;
const MEMBER: i64 = 8_100_000;
const WATCHER: i64 = 8_200_000;
const CHAT: i64 = 9_000_000;

/// Ids below are the program's, above ours.
const OURS: i64 = 50_000_000;

/// An organisation that has just planned its meetings.
pub async fn found(ground: &Ground, name: &str) -> Database {
    let database = ground.make(name, None).await;
    let db = Db::open(&database.url, 2).await.expect("the database opens");
    let mut tx = db.begin().await.expect("a transaction");
    seed::demo(&mut tx, Clock::System.now()).await.expect("the demo organisation");
    tx.commit().await.expect("a commit");
    db.close().await;
    let branches = database.numbers("SELECT id FROM unit WHERE kind = 'branch' ORDER BY id").await;
    let people = database.numbers("SELECT id FROM person ORDER BY id").await;
    let watchers = database
        .numbers("SELECT person_id FROM office WHERE to_on IS NULL AND kind IN ('secretary', 'committee', 'office') ORDER BY id")
        .await;
    let mut sql = String::from("BEGIN;");
    for n in 0..MENTORS {
        sql += &guided(n, branches[n as usize % branches.len()]);
    }
    for (first, count, of) in [(MEMBER, MEMBERS, &people), (WATCHER, WATCHERS, &watchers)] {
        for n in 0..count {
            sql += &account(first + n, of[n as usize % of.len()]);
        }
    }
    sql += "COMMIT;";
    database.run(&sql).await;
    settle(ground.engine(), &database).await;
    database
}

/// A mentor of a branch with an account, and the candidate they guide.
fn guided(n: i64, branch: i64) -> String {
    let (mentor, candidate, case) = (OURS + n * 10, OURS + n * 10 + 1, OURS + n * 10 + 2);
    let mut sql = String::new();
    for (person, code, name, status) in [
        (mentor, "D", "Nguyễn Văn Hướng", "official"),
        (candidate, "Q", "Trần Thị Phấn Đấu", "non_member"),
    ] {
        sql += &format!(
            "INSERT INTO person (id, code, name, name_key) VALUES ({person}, 'NS-{code}{n:03}', '{name} {n}', 'x {n}');
            INSERT INTO placement (id, person_id, unit_id, from_on) VALUES ({person}, {person}, {branch}, '2010-01-01');
            INSERT INTO standing (id, person_id, status, from_on) VALUES ({person}, {person}, '{status}', '2010-01-01');"
        );
    }
    sql += &format!(
        "INSERT INTO candidate_case (id, code, person_id, unit_id, opened_on) VALUES ({case}, 'QC-9{n:03}', {candidate}, {branch}, '2017-01-01');
        INSERT INTO mentorship (id, case_id, person_id, from_on) VALUES ({case}, {case}, {mentor}, '2017-01-01');"
    );
    sql + &account(MENTOR + n, mentor)
}

fn account(chat: i64, person: i64) -> String {
    format!(
        "INSERT INTO account (id, bot, external_id, person_id, chat, reachable, bound_at)
        VALUES ({}, 'telegram', '{chat}', {person}, '{chat}', TRUE, 0);",
        OURS + chat
    )
}

/// Leaves a server nothing to tidy up while something is measured.
async fn settle(engine: Engine, database: &Database) {
    if engine == Engine::Postgres {
        database.run("VACUUM ANALYZE").await;
    }
}

/// Messages that are due, to many chats in turn.
pub async fn due(ground: &Ground, database: &Database, count: usize) {
    let first = OURS + 20_000_000;
    fill(ground.engine(), database, first, count, "'ready'", "NULL", "NULL").await;
    settle(ground.engine(), database).await;
}

/// Messages that were sent long ago.
pub async fn history(ground: &Ground, database: &Database, count: usize) {
    let first = OURS + 1_000_000;
    fill(ground.engine(), database, first, count, "'sent'", "1543190400000", "'77'").await;
    settle(ground.engine(), database).await;
}

async fn fill(
    engine: Engine,
    database: &Database,
    first: i64,
    count: usize,
    state: &str,
    done: &str,
    external: &str,
) {
    let body = serde_json::to_string(&reminder()).expect("JSON").replace('\'', "''");
    let numbers = match engine {
        Engine::Sqlite => format!(
            "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})"
        ),
        Engine::Postgres => {
            format!("WITH n AS (SELECT i FROM generate_series(0, {count} - 1) AS i)")
        }
    };
    database
        .run(&format!(
            "{numbers} INSERT INTO outbox (id, lane, bot, chat, language, body, state, dedupe_key,
                fallbacks, attempts, parts_sent, repeated, created_at, not_before, done_at, external_id)
            SELECT {first} + i, 1, 'telegram', CAST({CHAT} + i % {CHATS} AS TEXT), 'vi', '{body}',
                {state}, 'load:' || CAST({first} + i AS TEXT), '[]', 0, 0, 0, 1543190400000,
                1543190400000, {done}, {external}
            FROM n"
        ))
        .await;
}

/// A reminder of a meeting, as the planner queues it.
fn reminder() -> Message {
    let date = chrono::NaiveDate::from_ymd_opt(2018, 12, 3).expect("a date");
    let when = Phrase::new("meeting-time")
        .with("time", chrono::NaiveTime::MIN)
        .with("weekday", Arg::Weekday(date))
        .with("date", date)
        .with("place", "Phòng họp cơ quan");
    let mut buttons = vec![Button::new("button-coming", ()), Button::new("button-excused", ())];
    for (n, button) in buttons.iter_mut().enumerate() {
        button.id = format!("b{}", 1000 + n);
    }
    Message::of(
        Phrase::new("reminder-meeting-person")
            .with("name", diudat::domain::ids::PersonId(OURS))
            .with("unit", "Chi bộ Phòng Tổ chức – Hành chính")
            .with("when", when),
    )
    .row(buttons)
}

/// The texts of a backlog, as the platform reads them: of ten, four `/toi`, three `/thongke` and
/// three steps of reports, each mentor's in order. Each is answered by one message.
pub fn backlog(count: usize) -> String {
    let mut steps = vec![0_usize; MENTORS as usize];
    let mut turn = [0_i64; 3];
    let mut next = |of: usize, count: i64| {
        turn[of] += 1;
        turn[of] % count
    };
    let mut text = String::new();
    for n in 0..count {
        let (chat, said) = match n % 10 {
            0 | 3 | 6 | 9 => (MEMBER + next(0, MEMBERS), "/toi"),
            1 | 4 | 7 => (WATCHER + next(1, WATCHERS), "/thongke"),
            _ => {
                let mentor = next(2, MENTORS);
                let step = &mut steps[mentor as usize];
                *step += 1;
                (MENTOR + mentor, report_step(*step - 1))
            }
        };
        text += &format!("{chat} {said}\n");
    }
    text
}

/// What a mentor types: the whole report up to its preview, and then one rating changed after
/// another.
fn report_step(step: usize) -> &'static str {
    const FIRST: [&str; 9] =
        ["/baocao", "1", "2", "1", "2", "1", "chăm chỉ, cầu thị", "còn rụt rè", "1"];
    const AGAIN: [&str; 3] = ["2", "1", "2"];
    FIRST.get(step).copied().unwrap_or_else(|| AGAIN[(step - FIRST.len()) % AGAIN.len()])
}

/// Questions of members alone: whose chats no due message goes to.
pub fn questions(count: usize) -> String {
    let chats = (0..MEMBERS).cycle().take(count);
    chats.map(|n| format!("{} /toi\n", MEMBER + n)).collect()
}
