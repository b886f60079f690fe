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
    let who = office.person("H'Mai Niê")["code"].as_str().unwrap().to_owned();
    for deed in [
        &["found", "--name", "Chi bộ Mới"][..],
        &["rename", "CB-03", "Chi bộ Khác"],
        &["move", "CB-03", "--below", "CB-01"],
        &["merge", "CB-03", "--into", "CB-01", "--yes"],
        &["dissolve", "CB-03", "--yes"],
    ] {
        let refused = office.refused(&[&["unit"], deed, &["--as", &who]].concat());
        assert!(refused.contains("committee"), "{deed:?}: {refused}");
    }
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

/// An import is not taken back over what was decided since, and takes back the numbers that it set.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_not_taken_back_over_decisions(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let unit = ("Chi bộ", "Chi bộ Một");
    let member = ("Trạng thái", "Chính thức");
    office.lists(
        "all.csv",
        &[
            row("Nguyễn Văn An", &[unit, member, ("Chức vụ Đảng", "Bí thư chi bộ")]),
            row("Lê Thị Ba", &[unit, member]),
            row("Cao Văn Lộc", &[unit, ("Ngày họp chi bộ công nhận", "05/03/2026")]),
        ],
    );
    office.takes("all.csv", &["--doubts", "accept"]);
    let numbers = ["Tên chi bộ,Số cuối NQ,Số cuối BB", "Chi bộ Một,11,12"];
    office.keeps("numbers.csv", &numbers);
    let numbered = office.takes("numbers.csv", &[])["import"].to_string();
    office.keeps("higher.csv", &[numbers[0], "Chi bộ Một,21,22"]);
    let higher = office.takes("higher.csv", &[])["import"].to_string();
    office.done(&["import", "--undo", &higher]);
    let again = office.takes("numbers.csv", &[]);
    assert_eq!(again["numbers"]["unchanged"], 2, "{again}");
    office.done(&["import", "--undo", &numbered]);
    assert_eq!(office.takes("numbers.csv", &[])["numbers"]["added"], 2);

    let code = office.person("Lê Thị Ba")["code"].as_str().unwrap().to_owned();
    office.lists("newer.csv", &[row("Lê Thị Ba", &[unit, ("Chức vụ Đảng", "Phó Bí thư")])]);
    let deputy = office.takes("newer.csv", &[])["import"].to_string();
    office.done(&["person", "appoint", &code, "secretary", "--unit", "CB-01", "--yes"]);
    assert!(office.refused(&["import", "--undo", &deputy]).contains("went on"));
}

/// Whoever stands first as secretary is the one, however often the list comes.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn two_secretaries_of_one_list_do_not_take_turns(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let told =
        [("Chi bộ", "Chi bộ Một"), ("Trạng thái", "Chính thức"), ("Chức vụ Đảng", "Bí thư chi bộ")];
    let guided = [("Chi bộ", "Chi bộ Một"), ("Đảng viên giúp đỡ", "Mạc Thị Không Có")];
    office.lists(
        "all.csv",
        &[
            row("Nguyễn Văn An", &told),
            row("Lê Thị Ba", &told),
            row(
                "Cao Văn Lộc",
                &[guided[0], guided[1], ("Ngày họp chi bộ công nhận", "05/03/2026")],
            ),
        ],
    );
    let first = office.takes("all.csv", &["--doubts", "accept"]);
    // A mentor who is nobody does not keep the candidate off the road.
    assert_eq!((&first["cases"]["added"], &first["mentors"]["added"]), (&1.into(), &0.into()));
    let people = office.json(&["people", "--json"]);
    for _ in 0..2 {
        let again = office.takes("all.csv", &["--doubts", "accept"]);
        assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
        assert_eq!(office.json(&["people", "--json"]), people);
    }
}

/// A rule by working days is written and read as one.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn rules_of_working_days_come_back(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let heading = "Tên chi bộ,Loại hình,Ngày họp,Giờ họp";
    let rules = ["ngày làm việc đầu tiên", "ngày làm việc cuối cùng", "thứ hai đầu tiên", "ngày 5"];
    let rows: Vec<String> = rules
        .iter()
        .enumerate()
        .map(|(n, rule)| format!("Chi bộ {n},Chi bộ,{rule},14h30"))
        .collect();
    let lines: Vec<&str> =
        std::iter::once(heading).chain(rows.iter().map(String::as_str)).collect();
    office.keeps("rules.csv", &lines);
    let done = office.takes("rules.csv", &[]);
    assert_eq!((&done["rules"]["added"], &done["errors"]), (&4.into(), &serde_json::json!([])));
    office.done(&["export", "all.xlsx"]);
    let again = office.takes("all.xlsx", &[]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
    let other = Office::open(engine).await;
    other.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    other.copies(&office, "all.xlsx");
    assert_eq!(other.takes("all.xlsx", &[])["rules"]["added"], 4);
}

/// What somebody takes a column for is kept for the next list with the same headings.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_column_is_known_next_time(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let heading = "Họ tên,Chi bộ,Mốc 1,Ngày sinh";
    office.keeps("a.csv", &[heading, "Ngô Thị Lụa,Chi bộ Một,3/2/2010,1/1/1980"]);
    let proposed = office.takes("a.csv", &["--dry-run"]);
    assert!(proposed["unused"].to_string().contains("Mốc 1"), "{proposed}");
    for (wrong, why) in [
        ("Z=born", "no list has a column Z"),
        ("C=cân nặng", "neither a heading"),
        ("Mốc 1", "COLUMN=MEANING"),
        ("C=paper_kind", "in this kind of list"),
    ] {
        let output = office.runs(&["import", "a.csv", "--yes", "--column", wrong]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(why), "{wrong}: {said}");
    }
    let taken = office.takes("a.csv", &["--column", "C=Ngày vào Đảng"]);
    assert_eq!(taken["admissions"]["added"], 1, "{taken}");
    assert_eq!(office.person("Ngô Thị Lụa")["status"], "official");
    office.keeps("b.csv", &[heading, "Vừ Mí Pó,Chi bộ Một,3/2/2026,1/1/1990"]);
    let next = office.takes("b.csv", &[]);
    assert_eq!(
        (&next["admissions"]["added"], &next["unused"]),
        (&1.into(), &serde_json::json!([]))
    );
    assert_eq!(office.person("Vừ Mí Pó")["status"], "probationary");
}

/// An old list names units as they were called then; it founds none of them again.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn an_old_list_means_units_by_their_names_of_before(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let of = |name: &str, unit: &'static str| {
        row(name, &[("Chi bộ", unit), ("Trạng thái", "Chính thức"), ("Ngày sinh", "1/1/1980")])
    };
    let list = [of("Nguyễn Văn An", "Chi bộ Kho"), of("Lê Thị Ba", "Chi bộ Bến Bãi")];
    office.lists("all.csv", &list);
    office.takes("all.csv", &[]);
    office.done(&["unit", "rename", "CB-01", "Chi bộ Kho vận"]);
    let again = office.takes("all.csv", &["--doubts", "accept"]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
    office.done(&["unit", "merge", "CB-02", "--into", "CB-01", "--yes"]);
    let again = office.takes("all.csv", &["--doubts", "accept"]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
    assert_eq!(office.person("Lê Thị Ba")["unit"], "CB-01");
    // As soon as another is called so, it is that one.
    office.done(&["unit", "found", "--name", "Chi bộ Kho"]);
    let moved = office.takes("all.csv", &["--dry-run"]);
    assert!(moved["doubts"].to_string().contains("have they moved"), "{moved}");
}

/// Codes tell units of one name apart, and people of one name and birth date.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn codes_tell_namesakes_apart(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    office.keeps(
        "units.csv",
        &[
            "Mã đơn vị,Tên đơn vị,Loại tổ chức,Trực thuộc",
            "DU-01,Đảng bộ Khối 1,Đảng bộ,",
            "DU-02,Đảng bộ Khối 2,Đảng bộ,",
            "CB-01,Chi bộ 1,Chi bộ,DU-01",
            "CB-02,Chi bộ 1,Chi bộ,DU-02",
        ],
    );
    office.keeps(
        "people.csv",
        &[
            "Mã,Họ và tên,Ngày sinh,Chi bộ,Ngày vào Đảng,Ngày chính thức",
            "A1,Lê Văn Một,01/01/1980,CB-01,01/01/2010,01/01/2011",
            "A2,Lê Văn Một,01/01/1980,CB-02,01/01/2010,01/01/2011",
        ],
    );
    let both = ["import", "units.csv", "people.csv", "--yes", "--json"];
    let first = office.json(&both);
    assert_eq!((&first["units"]["added"], &first["people"]["added"]), (&4.into(), &2.into()));
    let people = office.json(&["people", "--json"]);
    let mut units: Vec<&str> =
        people.as_array().unwrap().iter().map(|one| one["unit"].as_str().unwrap()).collect();
    units.sort_unstable();
    assert_eq!(units, ["CB-01", "CB-02"]);
    office.done(&["export", "all.xlsx"]);
    let again = office.takes("all.xlsx", &["--doubts", "accept"]);
    assert_eq!((sum(&again, "added"), sum(&again, "changed")), (0, 0), "{again}");
    let other = Office::open(engine).await;
    other.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    other.copies(&office, "all.xlsx");
    other.takes("all.xlsx", &[]);
    assert_eq!(other.json(&["people", "--json"]), people);
}

/// Whoever has not moved as a list says gets no office of it where they are.
#[apply(both_engines)]
#[tokio::test(flavor = "multi_thread")]
async fn a_doubtful_move_brings_no_office(engine: Engine) {
    let office = Office::open(engine).await;
    office.done(&["init", "--name", "Đảng bộ Công ty Sao Mai", "--yes"]);
    let of = |unit: &'static str, post: &'static str| {
        let told = [
            ("Chi bộ", unit),
            ("Ngày sinh", "03/01/1980"),
            ("Trạng thái", "Chính thức"),
            ("Chức vụ Đảng", post),
        ];
        row("Lê Văn Ba", &told)
    };
    office.lists("one.csv", &[of("Chi bộ A", ""), row("Vừ Mí Pó", &[("Chi bộ", "Chi bộ B")])]);
    office.takes("one.csv", &[]);
    office.lists("two.csv", &[of("Chi bộ B", "Phó bí thư")]);
    let doubted = office.takes("two.csv", &[]);
    assert!(doubted["doubts"].to_string().contains("have they moved"), "{doubted}");
    assert_eq!(office.person("Lê Văn Ba")["offices"], serde_json::json!([]));
    office.takes("two.csv", &["--doubts", "accept"]);
    assert_eq!(office.person("Lê Văn Ba")["unit"], "CB-02");
}
