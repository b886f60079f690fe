//! An organisation that came in from lists is kept true: by commands, and by newer lists.

use rstest_reuse::apply;

use crate::office::{Office, row, sum};
use crate::support::{Engine, both_engines};

#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn people_and_units_are_kept_true_by_commands(engine: Engine) {
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
    let code = office.person("Nguyễn Văn Khải")["code"].as_str().unwrap().to_owned();
    let unit = |name: &str| office.person(name)["unit"].clone();

    // In whose name it is done decides.
    let other = office.person("H'Mai Niê")["code"].as_str().unwrap().to_owned();
    let refused = office.refused(&[
        "person",
        "rename",
        &code,
        "Nguyễn Văn Khải Anh",
        "--as",
        &other,
        "--yes",
    ]);
    assert!(refused.contains("committee"), "{refused}");
    // Without --yes and nobody to ask, nothing is done; what follows is said first.
    let output = office.runs(&["person", "move", &code, "--to", "CB-01"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Ends:") && said.contains("No longer guided"), "{said}");
    assert_eq!(unit("Nguyễn Văn Khải"), "CB-02");
    office.done(&["person", "move", &code, "--to", "CB-01", "--as", "NS-001", "--yes"]);
    assert_eq!(unit("Nguyễn Văn Khải"), "CB-01");
    assert_eq!(office.person("Nguyễn Văn Khải")["offices"], serde_json::json!([]));
    assert!(
        office.refused(&["person", "move", &code, "--to", "CB-01", "--yes"]).contains("already")
    );
    let added = office.done(&[
        "person",
        "add",
        "--name",
        "Kim Thị Sen",
        "--unit",
        "CB-02",
        "--status",
        "official",
    ]);
    office.done(&["person", "appoint", added.trim(), "secretary", "--unit", "CB-02", "--yes"]);
    assert!(office.person("Kim Thị Sen")["offices"].to_string().contains("secretary"));
    let there = office.refused(&["person", "add", "--name", "KIM THỊ SEN", "--unit", "CB-01"]);
    assert!(there.contains(added.trim()), "{there}");
    office.done(&["person", "rename", added.trim(), "Kim Thị Sen Hồng", "--yes"]);
    assert_eq!(office.person("Kim Thị Sen Hồng")["code"], added.trim());

    let founded = office.done(&["unit", "found", "--name", "Chi bộ Kho vận"]);
    assert_eq!(founded.trim(), "CB-03");
    assert!(
        office.refused(&["unit", "found", "--name", "chi bo kho van"]).contains("same committee")
    );
    assert!(
        office
            .refused(&["unit", "found", "--name", "Chi bộ con", "--below", "CB-03"])
            .contains("no units below")
    );
    office.done(&["unit", "rename", "CB-03", "Chi bộ Kho vận và Vận tải"]);
    let years = ["thongke", "--from", "2001", "--to", "2026", "--json"];
    let figures = office.json(&years);
    let refused = office.refused(&["unit", "dissolve", "CB-02", "--yes"]);
    assert!(refused.contains("people"), "{refused}");
    office.done(&["unit", "merge", "CB-02", "--into", "CB-01", "--yes"]);
    assert_eq!(unit("Trịnh Quốc Việt"), "CB-01");
    let after = office.json(&years);
    for figure in ["members", "staff", "admitted_total", "awareness_class"] {
        assert_eq!(after[figure], figures[figure], "{figure}");
    }
    office.done(&["unit", "dissolve", "CB-03", "--yes"]);
    assert!(office.refused(&["unit", "rename", "CB-03", "Chi bộ khác"]).contains("ended"));
    assert!(office.refused(&["person", "move", &code, "--to", "CB-03", "--yes"]).contains("ended"));
    // What the lists say of all that is nothing new.
    office.done(&["export", "all.xlsx"]);
    let again = office.takes("all.xlsx", &["--doubts", "accept", "--gone", "end"]);
    assert_eq!(
        (sum(&again, "added"), sum(&again, "changed"), sum(&again, "ended")),
        (0, 0, 0),
        "{again}"
    );
}

/// Names that differ in their marks alone are different people; a name without any may be either.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn marks_tell_people_apart(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let named = |name: &str, born: &'static str| {
        row(name, &[("Ngày sinh", born), ("Chi bộ", "Chi bộ Một"), ("Trạng thái", "Chính thức")])
    };
    office.lists(
        "all.csv",
        &[
            named("Lê Văn Hùng", "1/1/1980"),
            named("Lê Văn Hưng", "1/1/1980"),
            named("Phạm Thị Thu", "2/3/1981"),
            named("Phạm Thị Thư", "2/3/1981"),
            named("Ngô Thị Thủy", "1975"),
            named("Ngô Thị Thùy", "1975"),
            named("Vi Văn Hòa", "3/3/1975"),
        ],
    );
    let first = office.takes("all.csv", &[]);
    assert_eq!(
        (&first["people"]["added"], &first["doubts"]),
        (&7.into(), &serde_json::json!([])),
        "{first}"
    );
    for more in [&[][..], &["--doubts", "accept"]] {
        let again = office.takes("all.csv", more);
        assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
    }
    // Another place of the mark is the same name.
    office.lists("other.csv", &[named("VI VĂN HOÀ", "3/3/1975"), named("Vi Văn Hóa", "3/3/1975")]);
    let other = office.takes("other.csv", &[]);
    assert_eq!(
        (&other["people"]["added"], &other["people"]["changed"]),
        (&1.into(), &0.into()),
        "{other}"
    );
}

/// A list of one branch says nothing of another; what has ended keeps its code; who was renamed is known.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn a_list_speaks_of_its_own_branches_and_of_names_of_before(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let of = |name: &str, unit: &'static str, born: &'static str| {
        row(name, &[("Ngày sinh", born), ("Chi bộ", unit), ("Trạng thái", "Chính thức")])
    };
    office.lists(
        "all.csv",
        &[
            of("Nguyễn Văn An", "Chi bộ Một", "1/1/1980"),
            of("Lê Thị Ba", "Chi bộ Một", "1/2/1980"),
            of("Nguyễn Văn An", "Chi bộ Hai", "1/1/1990"),
            of("Đỗ Thị Tư", "Chi bộ Hai", "1/3/1980"),
            of("Quàng Thị Đôi", "Chi bộ Hai", "1988"),
        ],
    );
    office.takes("all.csv", &[]);
    office.lists(
        "one.csv",
        &[of("Lê Thị Ba", "Chi bộ Một", "1/2/1980"), of("Nguyễn Văn An", "Chi bộ Một", "")],
    );
    let report = office.takes("one.csv", &["--gone", "end"]);
    assert_eq!(sum(&report, "ended"), 0, "{report}");
    // Somebody told by a year alone is known again, also where all doubts are accepted.
    let again = office.takes("all.csv", &["--doubts", "accept"]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");

    let code = office.person("Lê Thị Ba")["code"].as_str().unwrap().to_owned();
    office.done(&["person", "rename", &code, "Lê Thị Bảo", "--yes"]);
    let again = office.takes("all.csv", &[]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
    assert_eq!(office.person("Lê Thị Bảo")["code"], code);
    let tu = office.person("Đỗ Thị Tư")["code"].as_str().unwrap().to_owned();
    office.done(&["person", "born", &tu, "1980-03-11", "--yes"]);
    let again = office.takes("all.csv", &[]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");

    office.done(&["unit", "merge", "CB-02", "--into", "CB-01", "--yes"]);
    office.lists("new.csv", &[of("Vừ Mí Pó", "Chi bộ Ba", "1/1/1991")]);
    let report = office.takes("new.csv", &[]);
    assert_eq!(
        (&report["units"]["added"], &report["people"]["added"]),
        (&1.into(), &1.into()),
        "{report}"
    );
    assert_eq!(office.person("Vừ Mí Pó")["unit"], "CB-03");
    office.keeps("none.csv", &["a,b", "c,d"]);
    assert!(office.refused(&["import", "none.csv", "--yes"]).contains("no row of headings"));
    // The dead who were none.
    office.done(&["person", "leave", &tu, "--how", "died", "--yes"]);
    office.done(&["person", "return", &tu, "--unit", "CB-01", "--yes"]);
    assert_eq!(office.person("Đỗ Thị Tư")["status"], "official");
}
