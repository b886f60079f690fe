//! The figures a committee reads in its chat: those of the command line, and those of the article.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::house::{House, user};
use crate::room::Room;
use crate::{each, on_both_engines};

const OFFICE: &str = "NS-027";

/// 833 of 1000 is 83,3%.
fn share(part: &Value, whole: &Value) -> String {
    let (part, whole) = (part.as_i64().unwrap(), whole.as_i64().unwrap());
    let tenths = (part * 2000 + whole) / (whole * 2);
    format!("{},{}%", tenths / 10, tenths % 10)
}

/// What must stand in the chat, by the figures the command line prints.
fn expected(figures: &Value) -> Vec<String> {
    let (members, staff) = (&figures["members"], &figures["staff"]);
    let mut lines = vec![format!("Đảng viên: {members}/{staff} ")];
    lines.push(format!("({})", share(members, staff)));
    for (year, count) in figures["admitted"].as_object().unwrap() {
        lines.push(format!("Kết nạp năm {year}: {count}"));
    }
    lines.push(format!("Tổng cộng kết nạp: {}", figures["admitted_total"]));
    lines.push(format!("học lớp đảng viên mới: {}", figures["new_member_class"]));
    lines.push(format!("học lớp nhận thức về Đảng: {}", figures["awareness_class"]));
    let branches = figures["by_branch"].as_array().unwrap();
    if branches.len() > 1 {
        let (with, all) = (&figures["branches_with_admissions"], &figures["branches"]);
        lines.push(format!("{with}/{all} chi bộ"));
        for branch in branches {
            let (name, members) = (branch["name"].as_str().unwrap(), &branch["members"]);
            lines.push(format!("{name}: {members}/{}", branch["staff"]));
        }
    }
    lines
}

fn holds(text: &str, lines: &[String]) {
    for line in lines {
        assert!(text.contains(line.as_str()), "{line:?} is not in\n{text}");
    }
}

#[tokio::test]
async fn the_committees_office_reads_the_figures_the_command_line_prints() {
    on_both_engines(async |house| {
        let house = house.open(&[OFFICE, "NS-010", "NS-037", "NS-014"]).await;
        let whole = ["thongke", "--from", "2015", "--to", "2018", "--json"];
        let whole = expected(&house.json(&whole).await);
        let branch = ["thongke", "--unit", "CB-02", "--year", "2018", "--json"];
        let branch = expected(&house.json(&branch).await);

        let answer = house.asks(user(OFFICE), "/thongke 2015-2018").await;
        holds(&answer.text, &whole);
        assert!(answer.text.contains("tính đến ngày 31/12/2018"), "{}", answer.text);
        // Each branch is a tap away, and comes in its place.
        let tapped = house.taps(user(OFFICE), &answer, "Chi bộ Phòng 2").await;
        assert!(tapped.text.contains("Chi bộ Phòng 2"), "{}", tapped.text);
        assert_eq!(tapped.earlier, [answer.text]);

        // In plain words, without accents, and as some keyboards send them.
        let decomposed: String = "Thống kê Phòng 1 2018".nfd().collect();
        assert_ne!(decomposed, "Thống kê Phòng 1 2018");
        for text in ["thong ke phong 1 2018", &decomposed] {
            let answer = house.asks(user(OFFICE), text).await;
            assert!(answer.text.contains("Chi bộ Phòng 1"), "{}", answer.text);
            holds(&answer.text, &branch);
        }
        // A secretary has the branch in hand, and no other.
        let answer = house.asks(user("NS-010"), "/thongke 2018").await;
        holds(&answer.text, &branch);
        let other = house.asks(user("NS-010"), "/thongke phòng 3").await;
        assert!(other.text.contains("không có đơn vị nào ứng với “phòng 3”"), "{}", other.text);
        // Who sits on the committee as well sees the whole; who does neither, nothing.
        holds(&house.asks(user("NS-037"), "/thongke 2015-2018").await.text, &whole);
        let refused = house.asks(user("NS-014"), "/thongke").await;
        assert!(refused.text.contains("Chỉ bí thư, phó bí thư"), "{}", refused.text);
        names_no_candidate(&house).await;
    })
    .await;
}

async fn names_no_candidate(house: &House) {
    let mut names = house.candidates().await;
    // The one who was refused is one of them, and is called by name.
    names.retain(|name| name != "Vũ Tiến Lâm");
    for text in house.everything_said() {
        for name in &names {
            assert!(!text.contains(name.as_str()), "{name} stands in\n{text}");
        }
    }
}

#[tokio::test]
async fn on_the_articles_morning_its_figures_stand_in_the_chat() {
    each(async |engine| {
        let room = Room::open(engine, "2018-11-26T08:00").await;
        room.bind(&[OFFICE]).await;
        let answer = room.asks(user(OFFICE), "/thongke 2015-2018").await.text;
        let lines = [
            "Đảng viên: 50/60 cán bộ, công chức (83,3%)",
            "Kết nạp năm 2015: 2",
            "Kết nạp năm 2016: 2",
            "Kết nạp năm 2017: 3",
            "Kết nạp năm 2018: 5",
            "Tổng cộng kết nạp: 12, ở 6/6 chi bộ",
            "học lớp đảng viên mới: 10",
            "học lớp nhận thức về Đảng: 8",
            "Chi bộ Phòng Tổ chức, Thống kê, Khiếu tố: 9/9 (100,0%)",
            "Chi bộ Phòng 1: 5/6 (83,3%)",
            "Chi bộ Phòng 3 – Thanh tra: 6/7 (85,7%)",
        ];
        holds(&answer, &lines.map(str::to_owned));
        // The same without a period, for these are the usual years.
        let usual = room.asks(user(OFFICE), "thống kê").await.text;
        assert_eq!(usual, answer);
        room.close().await;
    })
    .await;
}
