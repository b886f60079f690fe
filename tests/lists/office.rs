//! From an empty database to an organisation, by the commands.

use std::process::{Command, Output};

use rstest_reuse::apply;
use serde_json::Value;

use crate::support::{Engine, Guard, both_engines, empty_place};

struct Office {
    place: Guard,
    folder: tempfile::TempDir,
}

impl Office {
    async fn open(engine: Engine) -> Self {
        Self { place: empty_place(engine).await, folder: tempfile::TempDir::new().unwrap() }
    }

    fn runs(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_diudat"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("DIUDAT__DATABASE__URL", &self.place.url)
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).unwrap()
    }

    fn keeps(&self, name: &str, lines: &[&str]) {
        std::fs::write(self.folder.path().join(name), lines.join("\n")).unwrap();
    }
}

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn without_an_organisation_every_command_says_so_and_makes_nothing(engine: Engine) {
    let office = Office::open(engine).await;
    for command in [
        &["people"][..],
        &["invite", "NS-001"],
        &["plan", "--month", "2026-12"],
        &["thongke"],
        &["chat", "--as", "NS-001"],
        &["erase", "NS-001", "--reason", "Đơn số 1"],
        &["clock"],
    ] {
        let why = office.refused(command);
        assert!(why.contains("there is no organisation in the database"), "{command:?}: {why}");
        assert!(why.contains("diudat init"), "{why}");
    }
    let checked = office.runs(&["check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&checked.stdout).contains("there is no organisation"));
    if engine == Engine::Sqlite {
        assert!(!crate::support::path_of(&office.place.url).exists());
    }
}

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_comes_of_the_template(engine: Engine) {
    let office = Office::open(engine).await;
    let told = office.done(&[
        "init",
        "--name",
        "Đảng bộ Công ty Sao Mai",
        "--officer",
        "Phạm Thu Hằng",
        "--yes",
    ]);
    assert!(told.contains("NS-001"), "{told}");
    assert!(office.refused(&["init", "--name", "Đảng bộ khác", "--yes"]).contains("already"));
    office.done(&["template", "lists.xlsx"]);
    assert!(office.refused(&["template", "lists.xlsx"]).contains("already"));

    let would = office.json(&["import", "lists.xlsx", "--dry-run", "--json"]);
    assert_eq!(would["people"]["added"], 4, "{would}");
    assert_eq!(would["units"]["added"], 2);
    assert_eq!(would["errors"], serde_json::json!([]));
    assert_eq!(office.json(&["people", "--json"]).as_array().unwrap().len(), 1, "only looked at");

    let done = office.json(&["import", "lists.xlsx", "--yes", "--json"]);
    assert_eq!(done["mentors"]["added"], 1, "{done}");
    let people = office.json(&["people", "--json"]);
    let of = |name: &str| {
        let all = people.as_array().unwrap();
        all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name}")).clone()
    };
    assert_eq!(of("Lê Thị Hồng Thắm")["status"], "official");
    assert_eq!(of("Lê Thị Hồng Thắm")["offices"][0]["office"], "secretary");
    assert_eq!(of("H'Mai Niê")["status"], "probationary");
    assert_eq!(of("Trịnh Quốc Việt")["unit"], "CB-02");
    let mentor = of("Nguyễn Văn Khải");
    let guides = mentor["offices"].as_array().unwrap().iter().any(|one| one["office"] == "mentor");
    assert!(guides, "{mentor}");
    let figures = office.json(&["thongke", "--from", "2001", "--to", "2026", "--json"]);
    assert_eq!(figures["members"], 3, "{figures}");
    assert_eq!(figures["staff"], 4);
    assert_eq!(figures["admitted_total"], 3);

    // The same lists again change nothing.
    let again = office.json(&["import", "lists.xlsx", "--yes", "--json"]);
    for part in ["units", "people", "offices", "cases", "mentors", "admissions"] {
        for change in ["added", "changed", "ended"] {
            assert_eq!(again[part][change], 0, "{part} {change}: {again}");
        }
    }
}

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_taken_in_whole_or_not_at_all(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    office.keeps(
        "list.csv",
        &[
            "STT,Họ và tên,Ngày sinh,Chi bộ,Ngày vào Đảng,Ngày chính thức",
            "1,Trần Văn Nam,12/03/1980,Chi bộ 1,19/05/2005,19/05/2006",
            "2,Lê Thị Hoa,31/02/1985,Chi bộ 1,03/02/2010,",
        ],
    );
    let output = office.runs(&["import", "list.csv", "--yes", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let error = &report["errors"][0];
    assert_eq!((&error["row"], &error["column"]), (&Value::from(3), &Value::from("C")), "{report}");
    assert_eq!(office.json(&["people", "--json"]), serde_json::json!([]));

    office.keeps(
        "list.csv",
        &[
            "STT,Họ và tên,Ngày sinh,Chi bộ,Ngày vào Đảng,Ngày chính thức",
            "1,Trần Văn Nam,12/03/1980,Chi bộ 1,19/05/2005,19/05/2006",
            "2,Lê Thị Hoa,28/02/1985,Chi bộ 1,03/02/2010,",
        ],
    );
    office.done(&["import", "list.csv", "--yes"]);
    // A newer list: one has moved, which is in doubt; one is gone, and is kept.
    office.keeps(
        "newer.csv",
        &[
            "STT,Họ và tên,Ngày sinh,Chi bộ,Ngày vào Đảng,Ngày chính thức",
            "1,Trần Văn Nam,12/03/1980,Chi bộ 2,19/05/2005,19/05/2006",
        ],
    );
    let doubted = office.json(&["import", "newer.csv", "--dry-run", "--json"]);
    let doubts = doubted["doubts"].to_string();
    assert!(
        doubts.contains("have they moved") && doubts.contains("in no list any more"),
        "{doubts}"
    );
    assert_eq!(doubted["people"]["changed"], 0, "{doubted}");
    let accepted = office.json(&["import", "newer.csv", "--yes", "--doubts", "accept", "--json"]);
    assert_eq!(accepted["people"]["changed"], 1, "{accepted}");
    let people = office.json(&["people", "--json"]).to_string();
    assert!(people.contains("Lê Thị Hoa"), "{people}");
}
