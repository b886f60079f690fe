//! The real command line: a session of the console prints what is for its person, and leaves alone what is
//! for others; what the administrator asks for is answered.
use std::io::Write;
use std::process::{Command, Stdio};

struct Place(tempfile::TempDir);

impl Place {
    fn seeded() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        assert!(place.command(&["seed"]).output().unwrap().status.success());
        place
    }

    fn command(&self, args: &[&str]) -> Command {
        let file = self.0.path().join("data.db");
        let mut command = Command::new(env!("CARGO_BIN_EXE_diudat"));
        command
            .args(args)
            .env("DIUDAT__DATABASE__URL", format!("sqlite://{}", file.display()))
            .env("DIUDAT__LOG__LEVEL", "error");
        command
    }

    /// A session at a chosen time, a message per line; what it prints.
    fn converse(&self, code: &str, at: &str, lines: &[&str]) -> String {
        let mut child = self
            .command(&["chat", "--as", code, "--at", at])
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
}

const SECRETARY: &str = "NS-010";
const MENTOR: &str = "NS-013";

#[test]
fn a_session_prints_what_is_for_its_person_alone() {
    let place = Place::seeded();
    let arrived = "đã gửi báo cáo về";
    // The secretary has sat at the console before, so that it is where they are written to.
    place.converse(SECRETARY, "2018-11-27T09:00", &["/toi"]);
    let report = ["qc-014 tốt khá tốt tốt tốt, đưa vào nguồn", "gửi báo cáo"];
    let mentor = place.converse(MENTOR, "2018-11-27T09:05", &report);
    assert!(mentor.contains("Đã gửi báo cáo"), "{mentor}");
    assert!(!mentor.contains(arrived), "what is for the secretary: {mentor}");

    // Whatever others do meanwhile, it waits until the secretary comes, and then comes once.
    let deputy = place.converse("NS-011", "2018-11-27T09:10", &["/toi"]);
    assert!(!deputy.contains(arrived), "{deputy}");
    let secretary = place.converse(SECRETARY, "2018-11-27T10:00", &["/toi"]);
    assert_eq!(secretary.matches(arrived).count(), 1, "{secretary}");
    assert!(secretary.find(arrived) < secretary.find("(NS-010)"), "first of all: {secretary}");
    let again = place.converse(SECRETARY, "2018-11-27T10:05", &["/toi"]);
    assert!(!again.contains(arrived), "{again}");
}

/// Reminders that fall due while one person sits at the console are for each in their own session.
#[test]
fn reminders_wait_for_who_they_are_for() {
    let place = Place::seeded();
    for code in [MENTOR, "NS-012"] {
        place.converse(code, "2018-11-27T09:00", &["/toi"]);
    }
    let prompt = |name: &str| format!("Kính gửi đồng chí {name}. Đề nghị đồng chí báo cáo");
    let (own, other) = (prompt("Đỗ Thị Kim Oanh"), prompt("Phạm Quang Hợp"));
    let first = place.converse(MENTOR, "2018-11-28T08:01", &["/toi"]);
    assert_eq!((first.matches(&own).count(), first.matches(&other).count()), (1, 0), "{first}");
    let second = place.converse("NS-012", "2018-11-28T08:30", &["/toi"]);
    assert_eq!((second.matches(&own).count(), second.matches(&other).count()), (0, 1), "{second}");
}

/// Whoever runs the program knows everybody by code.
#[test]
fn the_plan_says_whose_limit_ends_by_code() {
    let place = Place::seeded();
    let asked = ["plan", "--month", "2018-12", "--at", "2018-11-28T08:00"];
    let done = place.command(&asked).output().unwrap();
    let (said, complained) =
        (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert!(said.contains("QC-008, C.H.S.: hết thời gian dự bị ngày 02/02/2019"), "{said}");
    assert!(!complained.contains("ERROR"), "{complained}");
    let wrong = place.command(&["people", "--role", "chief"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    let early = place.command(&["thongke", "--year=-5"]).output().unwrap();
    assert_eq!(early.status.code(), Some(2));
}
