//! From an empty database to an organisation, by the commands.

use std::process::{Command, Output};

use rstest_reuse::apply;
use serde_json::Value;

use crate::support::{Engine, Guard, both_engines, empty_place};

pub struct Office {
    place: Guard,
    folder: tempfile::TempDir,
}

impl Office {
    pub async fn open(engine: Engine) -> Self {
        Self { place: empty_place(engine).await, folder: tempfile::TempDir::new().unwrap() }
    }

    pub fn runs(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_diudat"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("DIUDAT__DATABASE__URL", &self.place.url)
            .output()
            .unwrap()
    }

    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).unwrap()
    }

    /// A file of another office.
    pub fn copies(&self, of: &Self, name: &str) {
        std::fs::copy(of.folder.path().join(name), self.folder.path().join(name)).unwrap();
    }

    pub fn keeps(&self, name: &str, lines: &[&str]) {
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
        &["export", "all.xlsx"],
        &["person", "leave", "NS-001", "--how", "died", "--yes"],
        &["unit", "found", "--name", "Chi bộ Kho"],
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

const HEADINGS: &str = "Họ và tên,Ngày sinh,Chi bộ,Chức vụ Đảng,Ngày vào Đảng,Ngày chính thức,Trạng thái,\
                        Ngày chuyển đi,Hình thức chuyển đi,Đảng viên giúp đỡ,Ngày họp chi bộ công nhận";

/// A row of [`HEADINGS`] from what is told of it, by the first letters of the headings.
pub fn row(name: &str, told: &[(&str, &str)]) -> String {
    let headings = HEADINGS.split(',').map(str::trim);
    let cells = headings.map(|heading| match heading {
        "Họ và tên" => name,
        heading => told.iter().find(|(begins, _)| heading == *begins).map_or("", |(_, cell)| cell),
    });
    cells.collect::<Vec<_>>().join(",")
}

pub fn sum(report: &Value, change: &str) -> u64 {
    let parts = report.as_object().unwrap().values();
    parts.filter_map(|part| part[change].as_u64()).sum()
}

impl Office {
    pub fn lists(&self, name: &str, rows: &[String]) {
        let lines: Vec<&str> =
            std::iter::once(HEADINGS).chain(rows.iter().map(String::as_str)).collect();
        self.keeps(name, &lines);
    }

    pub fn takes(&self, name: &str, more: &[&str]) -> Value {
        let command = ["import", name, "--yes", "--json"];
        self.json(&[&command[..], more].concat())
    }

    pub fn person(&self, name: &str) -> Value {
        let people = self.json(&["people", "--json"]);
        let found = people.as_array().unwrap().iter().find(|one| one["name"] == name);
        found.cloned().unwrap_or(Value::Null)
    }
}

/// Whatever a list leaves open, the second time nothing of it is new.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn the_same_list_again_changes_nothing_whatever_it_leaves_open(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let unit = ("Chi bộ", "Chi bộ 1");
    office.lists(
        "all.csv",
        &[
            row(
                "Trần Văn Nam",
                &[
                    unit,
                    ("Chức vụ Đảng", "Bí thư chi bộ"),
                    ("Ngày vào Đảng", "2005"),
                    ("Trạng thái", "Chính thức"),
                ],
            ),
            row("Lê Thị Hoa", &[unit, ("Trạng thái", "Chính thức")]),
            row("Phạm Văn Bình", &[unit, ("Trạng thái", "Dự bị")]),
            row("Đỗ Thị Sáu", &[unit, ("Ngày chính thức", "19/05/2011")]),
            row("Ngô Văn Tư", &[unit, ("Trạng thái", "Quần chúng")]),
            row(
                "Hồ Thị Mai",
                &[unit, ("Trạng thái", "Quần chúng"), ("Đảng viên giúp đỡ", "Trần Văn Nam")],
            ),
            row(
                "Cao Văn Lộc",
                &[
                    unit,
                    ("Đảng viên giúp đỡ", "Trần Văn Nam"),
                    ("Ngày họp chi bộ công nhận", "05/03/2026"),
                ],
            ),
            row(
                "Vũ Thị Đào",
                &[
                    unit,
                    ("Ngày vào Đảng", "03/02/2001"),
                    ("Ngày chuyển đi", "01/06/2020"),
                    ("Hình thức chuyển đi", "Ngoài đảng bộ"),
                ],
            ),
            row("Bùi Văn Cả", &[unit, ("Trạng thái", "Từ trần")]),
        ],
    );
    let first = office.takes("all.csv", &["--doubts", "accept"]);
    assert_eq!(first["people"]["added"], 8, "who left at no day is not listed as present: {first}");
    assert_eq!(office.person("Phạm Văn Bình")["status"], "probationary");
    assert_eq!(office.person("Lê Thị Hoa")["status"], "official");
    assert_eq!(office.person("Cao Văn Lộc")["status"], "non_member");
    assert_eq!(office.person("Vũ Thị Đào")["unit"], Value::Null);
    let figures = office.json(&["thongke", "--json"]);
    assert_eq!(figures["members"], 4, "{figures}");
    for more in [&[][..], &["--doubts", "accept"], &["--doubts", "accept", "--gone", "end"]] {
        let again = office.takes("all.csv", more);
        assert_eq!(
            (sum(&again, "added"), sum(&again, "changed"), sum(&again, "ended")),
            (0, 0, 0),
            "{more:?}: {again}"
        );
    }
    assert_eq!(office.json(&["thongke", "--json"]), figures);
}

/// What a newer list tells otherwise is done where it can be known, and asked where it cannot.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_list_tells_is_asked_before_anybody_loses_anything(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let unit = ("Chi bộ", "Chi bộ 1");
    let member = ("Trạng thái", "Chính thức");
    let secretary = ("Chức vụ Đảng", "Bí thư chi bộ");
    office.lists(
        "first.csv",
        &[
            row("Trần Văn Nam", &[unit, member, secretary, ("Ngày sinh", "12/03/1970")]),
            row(
                "Lê Thị Hoa",
                &[
                    unit,
                    member,
                    ("Ngày vào Đảng", "03/02/2010"),
                    ("Ngày chính thức", "03/02/2011"),
                    ("Ngày sinh", "01/02/1980"),
                ],
            ),
            row(
                "Hồ Thị Mai",
                &[unit, ("Trạng thái", "Quần chúng"), ("Đảng viên giúp đỡ", "Lê Thị Hoa")],
            ),
        ],
    );
    office.takes("first.csv", &[]);

    // Another secretary: of two who are named one is, and which is asked.
    office.lists(
        "second.csv",
        &[
            row("Trần Văn Nam", &[unit, member, ("Ngày sinh", "12/03/1970")]),
            row("Lê Thị Hoa", &[unit, member, secretary, ("Ngày sinh", "01/02/1980")]),
        ],
    );
    let asked = office.takes("second.csv", &[]);
    assert!(asked["doubts"].to_string().contains("is Secretary there"), "{asked}");
    let holds = |name: &str| office.person(name)["offices"].to_string().contains("secretary");
    assert!(holds("Trần Văn Nam") && !holds("Lê Thị Hoa"));
    let done = office.takes("second.csv", &["--doubts", "accept"]);
    assert_eq!(
        (&done["offices"]["added"], &done["offices"]["ended"]),
        (&1.into(), &1.into()),
        "{done}"
    );
    assert!(!holds("Trần Văn Nam") && holds("Lê Thị Hoa"));

    // A list of candidates says nothing of the members that it does not name.
    office.keeps(
        "candidates.csv",
        &[
            "Họ và tên,Ngày sinh,Chi bộ công nhận,Đảng viên giúp đỡ",
            "Hồ Thị Mai,,Chi bộ 1,Lê Thị Hoa",
        ],
    );
    let report = office.takes("candidates.csv", &["--doubts", "accept", "--gone", "end"]);
    assert_eq!(sum(&report, "ended"), 0, "{report}");
    assert_eq!(office.person("Trần Văn Nam")["unit"], "CB-01");

    // A code that is ours by chance means nobody of another name.
    office.keeps(
        "coded.csv",
        &["Mã,Họ và tên,Chi bộ,Trạng thái", "NS-001,Đinh Văn Khoa,Chi bộ 1,Chính thức"],
    );
    let report = office.takes("coded.csv", &["--doubts", "accept"]);
    assert_eq!(
        (&report["people"]["added"], &report["people"]["changed"]),
        (&1.into(), &0.into()),
        "{report}"
    );

    // Who left leaves the office as well.
    office.lists(
        "left.csv",
        &[row(
            "Lê Thị Hoa",
            &[unit, ("Ngày sinh", "01/02/1980"), ("Ngày chuyển đi", "01/09/2026")],
        )],
    );
    office.takes("left.csv", &[]);
    let gone = office.person("Lê Thị Hoa");
    assert_eq!(
        (&gone["unit"], gone["offices"].as_array().map(Vec::len)),
        (&Value::Null, Some(0)),
        "{gone}"
    );
    let again = office.takes("left.csv", &["--doubts", "accept"]);
    assert_eq!((sum(&again, "added"), sum(&again, "ended")), (0, 0), "{again}");
}

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn branches_meet_and_go_on_numbering_as_their_lists_say(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    office.done(&["template", "lists.xlsx"]);
    let done = office.takes("lists.xlsx", &[]);
    assert_eq!(
        (&done["rules"]["added"], &done["classes"]["added"]),
        (&2.into(), &1.into()),
        "{done}"
    );
    office.keeps(
        "numbers.csv",
        &[
            "Tên chi bộ,Ngày họp,Giờ họp,Số cuối NQ,Số cuối BB",
            "Chi bộ Văn phòng,ngày 5 hằng tháng,8h,11,12",
        ],
    );
    let done = office.takes("numbers.csv", &["--doubts", "accept"]);
    assert_eq!(done["numbers"]["added"], 2, "{done}");
    assert!(done["doubts"].to_string().contains("/lichhop"), "a rule that is set stays: {done}");
    let again = office.takes("numbers.csv", &[]);
    assert_eq!(
        (&again["numbers"]["added"], &again["numbers"]["unchanged"]),
        (&0.into(), &2.into()),
        "{again}"
    );
    office.keeps("back.csv", &["Tên chi bộ,Số cuối NQ", "Chi bộ Văn phòng,3"]);
    assert!(office.takes("back.csv", &[])["doubts"].to_string().contains("never go back"));
    office.keeps("none.csv", &["Tên chi bộ,Ngày họp", "Đảng bộ Công ty Sao Mai,ngày 5"]);
    let output = office.runs(&["import", "none.csv", "--yes", "--json"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("only a branch"), "{output:?}");
}

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_exported_comes_in_again_and_changes_nothing(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&[
        "init",
        "--name",
        "Đảng bộ Công ty Sao Mai",
        "--officer",
        "Phạm Thu Hằng",
        "--yes",
    ]);
    office.done(&["template", "lists.xlsx"]);
    office.takes("lists.xlsx", &[]);
    office.done(&["export", "all.xlsx", "--as", "NS-001"]);
    assert!(office.refused(&["export", "all.xlsx"]).contains("already"));
    assert!(office.refused(&["export", "b.xlsx", "--as", "NS-003"]).contains("committee"));
    assert!(!office.folder.path().join("b.xlsx").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(office.folder.path().join("all.xlsx")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o077, 0);
    }
    let again = office.takes("all.xlsx", &["--doubts", "accept", "--gone", "end"]);
    assert_eq!(
        (sum(&again, "added"), sum(&again, "changed"), sum(&again, "ended")),
        (0, 0, 0),
        "{again}"
    );
    assert_eq!(again["doubts"], serde_json::json!([]), "{again}");

    // In an empty place it makes the same organisation.
    let other = Office::open(engine).await;
    other.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    other.copies(&office, "all.xlsx");
    other.takes("all.xlsx", &["--doubts", "accept"]);
    assert_eq!(other.json(&["people", "--json"]), office.json(&["people", "--json"]));
    let years = ["thongke", "--from", "2001", "--to", "2026", "--json"];
    assert_eq!(other.json(&years), office.json(&years));
}

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_taken_back_while_nobody_went_on_from_it(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&[
        "init",
        "--name",
        "Đảng bộ Công ty Sao Mai",
        "--officer",
        "Phạm Thu Hằng",
        "--yes",
    ]);
    office.done(&["template", "lists.xlsx"]);
    let unit = ("Chi bộ", "CB-01");
    let first = office.takes("lists.xlsx", &[])["import"].to_string();
    let before = office.json(&["people", "--json"]);
    office.lists(
        "newer.csv",
        &[
            row(
                "Lê Thị Hồng Thắm",
                &[("Ngày sinh", "12/03/1975"), unit, ("Ngày chuyển đi", "01/09/2026")],
            ),
            row(
                "H'Mai Niê",
                &[("Ngày sinh", "21/11/1993"), unit, ("Ngày chính thức", "20/05/2026")],
            ),
            row(
                "Kim Thị Sen",
                &[unit, ("Chức vụ Đảng", "Bí thư chi bộ"), ("Trạng thái", "Chính thức")],
            ),
        ],
    );
    let second = office.takes("newer.csv", &["--doubts", "accept"])["import"].to_string();
    assert_ne!(office.json(&["people", "--json"]), before);
    office.done(&["import", "--undo", &second]);
    assert_eq!(office.json(&["people", "--json"]), before);
    assert!(office.refused(&["import", "--undo", &second]).contains("already"));
    assert!(office.refused(&["import", "--undo", "1"]).contains("no import"));

    // Somebody was invited meanwhile.
    let code = office.person("Trịnh Quốc Việt")["code"].as_str().unwrap().to_owned();
    office.done(&["invite", &code]);
    assert!(office.refused(&["import", "--undo", &first]).contains("went on"));
    assert_eq!(office.json(&["people", "--json"]), before);

    // All of it goes, and codes are not given again.
    let other = Office::open(engine).await;
    other.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    other.done(&["template", "lists.xlsx"]);
    let first = other.takes("lists.xlsx", &[])["import"].to_string();
    other.done(&["import", "--undo", &first]);
    assert_eq!(other.json(&["people", "--json"]), serde_json::json!([]));
    let again = other.takes("lists.xlsx", &[]);
    assert_eq!(again["people"]["added"], 4, "{again}");
    assert_eq!(other.person("Trịnh Quốc Việt")["code"], "NS-008");
}
