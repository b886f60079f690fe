//! The administrator's commands on a real file: copies, restoring, verdicts.

#[path = "care/copies.rs"]
mod copies;
#[path = "care/erased.rs"]
mod erased;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

struct Place(tempfile::TempDir);

impl Place {
    fn seeded() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.done(&["seed"]);
        place
    }

    fn file(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diudat"));
        command
            .args(args)
            .env("DIUDAT__DATABASE__URL", format!("sqlite://{}", self.file("data.db")))
            .env("DIUDAT__LOG__LEVEL", "error");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command that works says.
    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// A conversation on the console at a chosen time, a message per line.
    fn converse(&self, code: &str, at: &str, lines: &[&str]) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_diudat"))
            .args(["chat", "--as", code, "--at", at])
            .env("DIUDAT__DATABASE__URL", format!("sqlite://{}", self.file("data.db")))
            .env("DIUDAT__LOG__LEVEL", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(lines.join("\n").as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    }

    /// Why a command refuses, with the status that says so.
    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            // SQLite's own, which come and go.
            .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_copy_brings_back_what_was_there() {
    let place = Place::seeded();
    let copy = place.file("copy.db");
    let people = place.done(&["people", "--json"]);
    place.done(&["backup", &copy]);
    assert!(place.refused(&["backup", &copy]).contains("there already"));

    std::fs::write(place.file("data.db"), b"not a database any more, by a slip of the hand")
        .unwrap();
    place.refused(&["people"]);
    // The damaged file stands in the way of nothing.
    std::fs::remove_file(place.file("data.db")).unwrap();
    place.done(&["restore", &copy]);
    assert_eq!(place.done(&["people", "--json"]), people);
    assert!(Path::new(&copy).exists());

    let said = place.done(&["restore", &copy]);
    assert!(said.contains("before-restore"), "{said}");
    assert_eq!(place.done(&["people", "--json"]), people);
    assert_eq!(place.names(), ["copy.db", "data.db", "data.db.before-restore"]);
}

#[test]
fn what_is_no_copy_replaces_nothing() {
    let place = Place::seeded();
    let people = place.done(&["people", "--json"]);
    let junk = place.file("junk.db");
    std::fs::write(&junk, b"no database").unwrap();
    assert!(place.refused(&["restore", &junk]).contains("no database"));
    assert!(place.refused(&["restore", &place.file("absent.db")]).contains("absent.db"));
    let copy = place.file("copy.db");
    place.done(&["backup", &copy]);
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xAA);
    std::fs::write(&copy, bytes).unwrap();
    place.refused(&["restore", &copy]);
    assert_eq!(place.done(&["people", "--json"]), people);
    let left: Vec<_> = place.names().into_iter().filter(|n| n.contains("restore")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_check_gives_each_part_its_verdict() {
    let place = Place::seeded();
    let said = place.done(&["check", "--json"]);
    let verdicts: serde_json::Value = serde_json::from_str(&said).unwrap();
    let parts: Vec<&str> =
        verdicts.as_array().unwrap().iter().map(|v| v["part"].as_str().unwrap()).collect();
    assert_eq!(parts, ["settings", "database", "clock", "calendar", "telegram"]);
    assert!(verdicts.as_array().unwrap().iter().all(|v| v["ok"] == true), "{said}");
}

#[test]
fn the_figures_and_the_plan_are_read_from_the_command_line() {
    let place = Place::seeded();
    let at = ["--at", "2018-11-26T08:00", "--json"];
    let figures: serde_json::Value =
        serde_json::from_str(&place.done(&[&["thongke"][..], &at].concat())).unwrap();
    assert_eq!((figures["members"].as_i64(), figures["staff"].as_i64()), (Some(50), Some(60)));
    assert_eq!(figures["admitted"]["2018"], 5);
    let plan = [&["plan", "--month", "2018-12", "--unit", "CB-02"][..], &at].concat();
    let plan: serde_json::Value = serde_json::from_str(&place.done(&plan)).unwrap();
    assert_eq!(plan[0]["at"], "2018-11-28T08:00");
    assert_eq!(plan[0]["kind"], "report");
    assert!(place.refused(&["plan", "--month", "2018-13"]).contains("2018-13"));
    assert!(place.refused(&["seed"]).contains("already"));
    assert!(place.refused(&["chat", "--as", "NS-999"]).contains("NS-999"));
    assert_eq!(place.run(&["nonsense"]).status.code(), Some(2));
}

/// A meeting held on the console: it names the command that makes the minutes, and that makes them.
#[test]
fn the_papers_of_a_closed_meeting_are_made_by_a_command() {
    let place = Place::seeded();
    place.converse("NS-010", "2018-12-03T09:00", &["/viec"]);
    let by_month = ["paper", "--unit", "cb-02", "--month", "2018-12", "--kind", "minutes"];
    let to = place.file("a.docx");
    let early = place.refused(&[&by_month[..], &[&to]].concat());
    assert!(early.contains("not closed on its sheet"), "{early}");
    let said = place.converse(
        "NS-010",
        "2018-12-05T15:00",
        &[
            "/hop",
            "tat ca co mat",
            "nguoi ghi bien ban",
            "nguyen thi thanh mai",
            "ket thuc ky hop",
            "xac nhan ket thuc",
        ],
    );
    let (_, command) = said.split_once("diudat paper --meeting ").expect("the command");
    let meeting = command.split(' ').next().unwrap();
    assert!(command.starts_with(&format!("{meeting} --kind minutes")), "{command}");

    place.done(&["paper", "--meeting", meeting, "--kind", "minutes", &to]);
    let other = place.file("b.docx");
    place.done(&[&by_month[..], &[&other]].concat());
    let (one, two) = (std::fs::read(&to).unwrap(), std::fs::read(&other).unwrap());
    assert!(one.starts_with(b"PK") && one == two, "the same paper is the same bytes");

    let again = place.refused(&["paper", "--meeting", meeting, "--kind", "minutes", &to]);
    assert!(again.contains("is there already"), "{again}");
    let nothing = place.file("c.docx");
    for (args, why) in [
        (["--meeting", meeting, "--kind", "resolution"], "decided nothing"),
        (["--meeting", meeting, "--kind", "letter"], "is no paper"),
        (["--meeting", "1", "--kind", "minutes"], "not closed on its sheet"),
    ] {
        let refused = place.refused(&[&["paper"], &args[..], &[&nothing]].concat());
        assert!(refused.contains(why), "{refused}");
        assert!(!Path::new(&nothing).exists());
    }
}

/// Nobody is let in who is not here any more; and of several that were asked for none is.
#[tokio::test]
async fn whoever_left_gets_no_code() {
    let place = Place::seeded();
    let left = "UPDATE placement SET to_on = '2018-12-01'
        WHERE person_id = (SELECT id FROM person WHERE code = 'NS-005')";
    copies::changed(&place.file("data.db"), &[left]).await;
    let said = place.refused(&["invite", "NS-003", "NS-005"]);
    assert!(said.contains("NS-005 died or went elsewhere") && said.contains("no code"), "{said}");
    place.done(&["invite", "NS-003"]);
}

/// Said first, done when it is confirmed, and written down.
#[test]
fn a_person_is_erased_by_a_command_that_asks_first() {
    let place = Place::seeded();
    let erase = ["erase", "ns-003", "--reason", "Đơn đề nghị số 3"];
    let first = place.run(&erase);
    assert_eq!(first.status.code(), Some(1));
    let said = String::from_utf8(first.stdout).unwrap();
    assert!(said.contains("name and date of birth"), "{said}");
    assert!(String::from_utf8_lossy(&first.stderr).contains("--yes"));
    let line = |code: &str| {
        let all = place.done(&["people"]);
        all.lines().find(|line| line.starts_with(code)).expect("the person").to_owned()
    };
    let before = line("NS-003");
    assert!(!before.starts_with("NS-003\tNS-003"), "{before}");
    place.done(&[&erase[..], &["--yes"]].concat());
    let after = line("NS-003");
    assert!(after.starts_with("NS-003\tNS-003\t"), "{after}");
    assert!(place.refused(&[&erase[..], &["--yes"]].concat()).contains("erased already"));
    assert!(place.refused(&["erase", "NS-010", "--reason", "x"]).contains("secretary of CB-02"));
    assert_eq!(place.run(&["erase", "NS-004"]).status.code(), Some(2), "a reason is needed");
    let audit = place.converse("NS-027", "2018-12-03T09:00", &["/nhatky ns-003"]);
    assert!(audit.contains("Luật 91/2025/QH15"), "{audit}");
}
