//! Days as people type them: what no calendar has is said to be no date, in the same words wherever one is
//! asked for, and what is said to have happened has not happened tomorrow.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";

/// Ways to a question that takes a date: who, and what they type or (in brackets) tap.
const ASKED: [(&str, &str, &[&str]); 10] = [
    ("a list", OFFICE, &["/duyet", "[Duyệt danh sách: Chi bộ Phòng 7", "[Duyệt cả danh sách"]),
    ("a step", SECRETARY, &["/hoso qc-009", "[Việc khác", "[Chuyển sang đơn vị khác"]),
    ("an office", OFFICE, &["/bangiao phòng 1", "[Phó bí thư", "NS-012", "41-QĐ/ĐU"]),
    ("a mentor", SECRETARY, &["/phancong qc-014", "[Thôi giúp đỡ: Đỗ Thị Kim Oanh", "06-NQ/CB"]),
    ("a class", OFFICE, &["/lop", "[Mở lớp", "nhận thức"]),
    ("a birthday", OFFICE, &["/hoso", "[Tiếp nhận hồ sơ", "Hoàng Văn Dũng"]),
    (
        "a file",
        OFFICE,
        &[
            "/hoso",
            "[Tiếp nhận hồ sơ",
            "Hoàng Văn Dũng",
            "2/9/1990",
            "phong 1",
            "1/12/2018",
            "[Đảng viên dự bị",
        ],
    ),
    (
        "an introduction",
        SECRETARY,
        &["/gioithieu", "[Người chưa có", "Hoàng Văn Dũng", "2/9/1990", "9/2016"],
    ),
    ("a meeting", SECRETARY, &["/lichhop", "[Đổi, hủy một kỳ", "[Đổi kỳ 05/12/2018"]),
    ("the audit", OFFICE, &[]),
];

impl World {
    async fn goes(&mut self, who: &str, way: &[&str]) {
        for one in way {
            match one.strip_prefix('[') {
                Some(label) => self.as_(who).taps(label.trim_end_matches(']')).await,
                None => self.as_(who).says(one).await,
            };
            self.everyone_reads();
        }
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_no_date_is_said_in_the_same_words_everywhere(engine: Engine) {
    for (what, who, way) in ASKED {
        let mut w = World::peopled(engine, "2018-12-03 09:00").await;
        w.names_on(&[TAPPING]).await;
        w.everyone_reads();
        w.goes(who, way).await;
        for typed in ["32/13", "31/2/2018", "3/12/208"] {
            let typed_there = match what {
                "the audit" => format!("/nhatky {typed}"),
                _ => typed.to_owned(),
            };
            let said = w.as_(who).says(&typed_there).await.reads(&[]);
            assert!(
                said.contains(&format!("Không có ngày {typed}. Ngày gõ trước, tháng gõ sau")),
                "{what}: {said}"
            );
        }
        w.everyone_reads();
        w.finish().await;
    }
}

/// Ways to a question that takes a paper.
const PAPERS: [(&str, &str, &[&str]); 5] = [
    ("an office", OFFICE, &["/bangiao phòng 1", "[Phó bí thư", "NS-012"]),
    ("a mentor", SECRETARY, &["/phancong qc-014", "[Thôi giúp đỡ: Đỗ Thị Kim Oanh"]),
    (
        "a list",
        OFFICE,
        &["/duyet", "[Duyệt danh sách: Chi bộ Phòng 7", "[Duyệt cả danh sách", "hôm nay"],
    ),
    ("a step", SECRETARY, &["/hoso qc-009", "[Việc khác", "[Chuyển sang đơn vị khác", "hôm nay"]),
    ("a class", OFFICE, &["/lop", "[Mở lớp", "nhận thức", "10/12", "12/12", "Trung tâm"]),
];

#[apply(both_engines)]
#[tokio::test]
async fn a_paper_is_not_of_a_day_to_come(engine: Engine) {
    for (what, who, way) in PAPERS {
        let mut w = World::peopled(engine, "2018-12-03 09:00").await;
        w.everyone_reads();
        w.goes(who, way).await;
        for typed in ["06-NQ/CB ngày 04/12/2018", "06-NQ/CB ngày 5/12", "06-NQ/CB, 1/1/2099"] {
            let said = w.as_(who).says(typed).await.reads(&[]);
            assert!(said.contains("chưa tới (hôm nay là 03/12/2018)"), "{what}: {said}");
        }
        let said = w.as_(who).says("06-NQ/CB ngày 31/2/2018").await.reads(&[]);
        assert!(said.contains("Không có ngày 31/2/2018"), "{what}: {said}");
        let said = w.as_(who).says("06-NQ/CB ngày 03/12/2018").await.reads(&[]);
        assert!(!said.contains("chưa tới"), "{what}: {said}");
        w.everyone_reads();
        w.finish().await;
    }
}
