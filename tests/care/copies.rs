//! What is taken for a copy, what is not, and that nothing is lost, laid open or left lying about.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Child, Stdio};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use super::Place;

impl Place {
    /// The name of everything there, SQLite's own files as well.
    fn everything(&self) -> Vec<String> {
        let all = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn mode(&self, name: &str) -> u32 {
        std::fs::metadata(self.file(name)).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(&self, name: &str, mode: u32) {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.file(name), mode).unwrap();
    }

    pub(super) fn serving(&self) -> Serving {
        let mut command = self.command(&["serve"]);
        command.env("DIUDAT__HTTP__LISTEN", "127.0.0.1:0").env("DIUDAT__LOG__LEVEL", "info");
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = std::io::BufReader::new(child.stderr.take().unwrap());
        let mut lines = std::io::BufRead::lines(log);
        let leads = lines.by_ref().any(|line| line.unwrap().contains("leading"));
        assert!(leads, "the program does not lead");
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Serving(child)
    }
}

/// `diudat serve` on a database, until it is dropped.
pub(super) struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Opens a file as any program does.
async fn opened(file: &str) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    options.connect().await.unwrap()
}

pub(super) async fn changed(file: &str, statements: &[&'static str]) {
    let mut connection = opened(file).await;
    for sql in statements {
        sqlx::raw_sql(AssertSqlSafe(*sql)).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
}

/// Each kind of thing that is no copy: what is said of it, and what to do.
#[tokio::test]
async fn what_is_no_copy_is_named_and_nothing_is_changed() {
    let place = Place::seeded();
    let people = place.done(&["people", "--json"]);
    let whole = place.file("whole.db");
    place.done(&["backup", &whole]);
    let bytes = std::fs::read(&whole).unwrap();

    let made = |name: &str, bytes: &[u8]| std::fs::write(place.file(name), bytes).unwrap();
    made("empty.db", b"");
    made("text.db", "Danh sách đảng viên, không phải cơ sở dữ liệu nào cả".as_bytes());
    made("short.db", &bytes[..100]);
    made("cut.db", &bytes[..bytes.len() / 2]);
    made("log.db-wal", b"\x37\x7f\x06\x82\0\x2d\xe2\x18 and so on");
    made("dump.pg", b"PGDMP\x01\x0e\0 and so on");
    std::fs::create_dir(place.file("folder")).unwrap();
    changed(
        &place.file("other.db"),
        &["CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)"],
    )
    .await;
    changed(&place.file("bare.db"), &["CREATE TABLE t (a)", "DROP TABLE t"]).await;
    // Another program that keeps its migrations in the same way.
    changed(
        &place.file("like.db"),
        &[
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT,
            installed_on TIMESTAMP, success BOOLEAN, checksum BLOB, execution_time BIGINT)",
            "INSERT INTO _sqlx_migrations VALUES (1, 'users', '2026-01-01', TRUE, x'00', 1)",
        ],
    )
    .await;
    made("newer.db", &bytes);
    changed(
        &place.file("newer.db"),
        &[
            "INSERT INTO _sqlx_migrations VALUES (9001, 'later', '2036-01-01', TRUE, x'00', 1)",
            "UPDATE installation SET value = '7.3.0' WHERE name = 'written_by'",
        ],
    )
    .await;
    made("beside.db", &bytes);
    made("beside.db-wal", b"what was not folded in");
    let mut torn = bytes.clone();
    for page in (8..bytes.len() / 4096 - 1).step_by(3) {
        torn[page * 4096..page * 4096 + 2048].fill(0xAA);
    }
    made("torn.db", &torn);

    let before = place.everything();
    for (name, why) in [
        ("absent.db", "there is none"),
        ("empty.db", "an empty file"),
        ("text.db", "no database"),
        ("short.db", "cut off: 100 of"),
        ("cut.db", "cut off: "),
        ("log.db-wal", "the log of a database"),
        ("dump.pg", "pg_restore"),
        ("folder", "a folder"),
        ("other.db", "a database of another program"),
        ("bare.db", "without any table"),
        ("like.db", "a database of another program"),
        ("newer.db", "needs version 7.3.0 or later"),
        ("beside.db", "diudat backup"),
        ("torn.db", "damaged"),
        ("data.db", "the database itself"),
    ] {
        let file = place.file(name);
        let said = place.refused(&["restore", &file]);
        assert!(said.starts_with(&format!("diudat: {file}: ")), "{name}: {said}");
        assert!(said.contains(why), "{name}: {said}");
        assert_eq!(place.everything(), before, "{name} left something");
    }
    // Named as it was given.
    let output =
        place.command(&["restore", "text.db"]).current_dir(place.0.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("diudat: text.db: this is no database"), "{said}");
    assert_eq!(place.done(&["people", "--json"]), people);
}

/// Whatever the command, what is not ours is left as it was.
#[tokio::test]
async fn no_command_touches_what_is_not_ours_or_newer() {
    let place = Place::seeded();
    place.done(&["backup", &place.file("newer.db")]);
    place.done(&["backup", &place.file("whole.db")]);
    changed(
        &place.file("newer.db"),
        &[
            "INSERT INTO _sqlx_migrations VALUES (9001, 'later', '2036-01-01', TRUE, x'00', 1)",
            "DELETE FROM installation WHERE name = 'written_by'",
        ],
    )
    .await;
    changed(&place.file("other.db"), &["CREATE TABLE moz_places (id INTEGER PRIMARY KEY)"]).await;
    std::fs::write(place.file("text.db"), b"no database, and longer than the header of one")
        .unwrap();
    for (name, why) in [
        ("newer.db", "a newer version of this program has used this database"),
        ("other.db", "a database of another program"),
        ("text.db", "but no database"),
    ] {
        let file = place.file(name);
        let before = std::fs::read(&file).unwrap();
        let whole = place.file("whole.db");
        let restore = ["restore", whole.as_str()];
        let mut commands =
            vec![&["serve"][..], &["check"], &["people"], &["seed"], &["backup", "x.db"]];
        // What cannot be used any more, or not by this version, may be replaced by a copy.
        commands.extend((name == "other.db").then_some(&restore[..]));
        for args in commands {
            let mut command = place.command(args);
            command.current_dir(place.0.path());
            let url = format!("sqlite://{file}");
            let output = command.env("DIUDAT__DATABASE__URL", url).output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
            assert!(said.contains(why) && said.contains(name), "{args:?} {name}: {said}");
            assert_eq!(std::fs::read(&file).unwrap(), before, "{args:?} changed {name}");
        }
    }
    let is_left = |name: &String| name.contains("x.db") || name.contains("before-restore");
    assert_eq!(place.everything().into_iter().filter(is_left).count(), 0);
}

/// However often and quickly, what was there is kept.
#[test]
fn every_restore_keeps_what_it_replaces() {
    let place = Place::seeded();
    let copy = place.file("copy.db");
    place.done(&["backup", &copy]);
    for _ in 0..5 {
        place.done(&["restore", &copy]);
    }
    let kept: Vec<String> =
        place.everything().into_iter().filter(|name| name.contains("before-restore")).collect();
    assert_eq!(
        kept,
        [
            "data.db.before-restore",
            "data.db.before-restore-2",
            "data.db.before-restore-3",
            "data.db.before-restore-4",
            "data.db.before-restore-5",
        ]
    );
    // Each of them is a copy.
    place.done(&["restore", &place.file("data.db.before-restore-3")]);

    // What cannot be read any more is kept, too, with its log.
    std::fs::write(place.file("data.db"), b"not a database any more, by a slip of the hand")
        .unwrap();
    std::fs::write(place.file("data.db-wal"), b"and its log").unwrap();
    let said = place.done(&["restore", &copy]);
    assert!(said.contains("data.db.before-restore-7"), "{said}");
    assert!(std::fs::read(place.file("data.db.before-restore-7")).unwrap().starts_with(b"not a"));
    assert!(Path::new(&place.file("data.db.before-restore-7-wal")).exists());
    place.done(&["people"]);
}

#[test]
fn copies_are_as_private_as_what_they_copy() {
    let place = Place::seeded();
    assert_eq!(place.mode("data.db"), 0o600);
    let copy = place.file("copy.db");
    place.done(&["backup", &copy]);
    assert_eq!(place.mode("copy.db"), 0o600);
    // A restore keeps who owns and who may read what it replaces.
    place.set_mode("data.db", 0o640);
    let own = std::fs::metadata(place.file("data.db")).unwrap();
    let given = if own.uid() == 0 { (12_345, 12_346) } else { (own.uid(), own.gid()) };
    chown(place.file("data.db"), Some(given.0), Some(given.1)).unwrap();
    place.set_mode("copy.db", 0o644);
    place.done(&["restore", &copy]);
    let now = std::fs::metadata(place.file("data.db")).unwrap();
    assert_eq!((now.uid(), now.gid(), place.mode("data.db")), (given.0, given.1, 0o640));
    assert_eq!(place.mode("copy.db"), 0o644, "the copy stays as it is");

    // In a new place nobody else reads it, nor the folders made for it.
    let url = format!("sqlite://{}", place.file("new/deep/data.db"));
    let mut restore = place.command(&["restore", &copy]);
    assert!(restore.env("DIUDAT__DATABASE__URL", &url).status().unwrap().success());
    assert_eq!([place.mode("new"), place.mode("new/deep")], [0o700; 2]);
    assert_eq!(place.mode("new/deep/data.db"), 0o600);
    // Nor are folders left where nothing was put.
    let url = format!("sqlite://{}", place.file("never/deep/data.db"));
    std::fs::write(place.file("torn.db"), {
        let mut bytes = std::fs::read(&copy).unwrap();
        bytes[40_960..200_000].fill(0xAA);
        bytes
    })
    .unwrap();
    let mut restore = place.command(&["restore", &place.file("torn.db")]);
    assert!(!restore.env("DIUDAT__DATABASE__URL", &url).status().unwrap().success());
    assert!(!Path::new(&place.file("never")).exists());
}

#[test]
fn nothing_is_replaced_while_the_program_runs() {
    let place = Place::seeded();
    let copy = place.file("copy.db");
    place.done(&["backup", &copy]);
    let serving = place.serving();
    let said = place.refused(&["restore", &copy]);
    assert!(said.contains("is running on this database"), "{said}");
    drop(serving);
    // Whoever has it open without leading is noticed as well.
    let mut chat = place.command(&["chat", "--as", "NS-010"]);
    let mut chat = chat.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut answered = std::io::BufReader::new(chat.stdout.take().unwrap());
    let mut asked = chat.stdin.take().unwrap();
    std::io::Write::write_all(&mut asked, b"/toi\n").unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut answered, &mut line).unwrap();
    let said = place.refused(&["restore", &copy]);
    assert!(said.contains("is running on this database"), "{said}");
    assert!(!place.everything().iter().any(|name| name.contains("before-restore")));
    drop(asked);
    std::thread::spawn(move || std::io::copy(&mut answered, &mut std::io::sink()));
    chat.wait().unwrap();
    place.done(&["restore", &copy]);
}

/// An escape in a name reaches no terminal.
#[tokio::test]
async fn what_others_typed_gives_a_terminal_no_orders() {
    let place = Place::seeded();
    changed(&place.file("data.db"), &[
        "UPDATE person SET name = 'An' || char(27) || '[2J' || char(155) || char(9) || char(10) || 'NS-999'
            WHERE code = 'NS-005'",
    ])
    .await;
    let listed = place.done(&["people"]);
    assert!(!listed.contains(['\u{1b}', '\u{9b}']), "{listed:?}");
    let line = listed.lines().find(|line| line.starts_with("NS-005")).unwrap();
    assert_eq!(line.matches('\t').count(), 3, "{line:?}");
    let listed = place.done(&["people", "--json"]);
    assert!(!listed.contains(['\u{1b}', '\u{9b}']));
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let named = |one: &&serde_json::Value| one["code"] == "NS-005";
    let name = listed.as_array().unwrap().iter().find(named).unwrap()["name"].as_str().unwrap();
    assert_eq!(name, "An\u{1b}[2J\u{9b}\t\nNS-999", "JSON keeps it as it is");
    let said = place.refused(&["chat", "--as", "\u{1b}]0;x\u{7}"]);
    assert!(!said.contains('\u{1b}'), "{said:?}");
}
