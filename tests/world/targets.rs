//! `/chitieu`: what is expected of the branches, who set it, and how far they are.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

const OFFICE: &str = "NS-027";
const COMMITTEE: &str = "NS-001";
/// Of Chi bộ Phòng 7, which has three non-members.
const SECRETARY: &str = "NS-049";

async fn at(engine: Engine, time: &str) -> World {
    let w = World::peopled(engine, time).await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_target_is_set_in_one_line_and_keeps_its_history(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    let table = w.as_(OFFICE).says("/chitieu").await.reads(&["Chỉ tiêu phát triển đảng năm 2018"]);
    insta::assert_snapshot!("targets", table);
    w.as_(OFFICE).says("chỉ tiêu 2019").await.reads(&["năm 2019", "Chưa có chỉ tiêu: Chi bộ"]);
    let set = w
        .as_(OFFICE)
        .says("/chitieu phong 7 2019 2")
        .await
        .reads(&["Đã đặt", "(trước đó: chưa có)"]);
    assert!(set.contains("Chi bộ Phòng 7: ▯▯ đã kết nạp 0/2"), "{set}");
    w.as_(SECRETARY).reads(&["Đảng ủy giao Chi bộ Phòng 7 chỉ tiêu kết nạp năm 2019: 2"]);
    w.clock.advance(chrono::TimeDelta::minutes(5));
    w.as_(COMMITTEE).says("chỉ tiêu 2019: Chi bộ Phòng 7: 3").await.reads(&["3 (trước đó: 2)"]);
    w.as_(SECRETARY).reads(&["năm 2019: 3 (trước đó: 2)", "[Xem chỉ tiêu]"]);
    w.as_(COMMITTEE).says("/chitieu Phòng 7 năm sau 3 đồng chí").await.reads(&["đã là 3"]);
    w.as_(OFFICE).says("/chitieu phòng 7 nguồn 2019 1").await.reads(&["Chỉ tiêu đưa vào nguồn:"]);
    w.as_(SECRETARY).reads(&["chỉ tiêu đưa vào nguồn năm 2019: 1"]);
    let one =
        w.as_(OFFICE).says("/chitieu phong 7 2019").await.reads(&["Chỉ tiêu năm 2019 – Chi bộ"]);
    for change in
        ["09:00 ngày 03/12/2018", "09:05 ngày 03/12/2018", "kết nạp năm 2019: 3 (đồng chí"]
    {
        assert!(one.contains(change), "{one}");
    }
    w.as_(OFFICE)
        .says("/chitieu phòng 7 2019 bỏ")
        .await
        .reads(&["Đã bỏ chỉ tiêu", "(trước đó: 3)"]);
    w.as_(SECRETARY).reads(&["không giao chỉ tiêu", "năm 2019"]);
    w.as_(OFFICE).taps("Lịch sử thay đổi").await.reads(&["kết nạp năm 2019: 2", "2019: chưa có"]);
    w.as_(OFFICE)
        .says("/chitieu phòng 1")
        .await
        .reads(&["năm 2018 – Chi bộ Phòng 1", "▮ đã kết nạp 1/1"]);
    assert_eq!(w.audited("target.set").await, ["CB-06"; 4]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn what_is_odd_is_refused_or_asked_about(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    for (typed, answer) in [
        ("/chitieu phòng 7 2019 -2", "không thể là số âm"),
        ("/chitieu phòng 7 2019 1,5", "không phải là một số nguyên"),
        ("/chitieu phòng 7 2019 5000", "không quá 200"),
        ("/chitieu phòng 7 2019 99999999999999999999", "không phải là một số nguyên"),
        ("/chitieu phòng 99x 2019 2", "không có chi bộ nào ứng với “phòng 99x”"),
        ("/chitieu phòng 2019 2", "Có nhiều chi bộ phù hợp"),
        ("/chitieu 2019 2", "ghi cả tên chi bộ"),
        ("/chitieu phòng 7 2090 2", "chỉ từ năm 1990 đến năm 2023"),
    ] {
        let said = w.as_(OFFICE).says(typed).await.reads(&[]);
        assert!(said.contains(answer), "{typed}: {said}");
    }
    // More than there are non-members, and a year that is over.
    w.as_(OFFICE)
        .says("/chitieu phòng 7 2019 4")
        .await
        .reads(&["hiện có 3 quần chúng", "[Vẫn đặt]"]);
    w.restart().await;
    w.as_(OFFICE).taps("Gõ số khác").await.reads(&["kết nạp năm 2019", "là bao nhiêu?"]);
    w.as_(OFFICE).says("nhiều").await.reads(&["chưa hiểu"]);
    w.as_(OFFICE).reads(&["là bao nhiêu?"]);
    w.as_(OFFICE).says("-1").await.reads(&["số âm"]);
    w.as_(OFFICE).says("4").await.reads(&["lớn hơn số người có thể"]);
    w.as_(OFFICE).taps("Vẫn đặt").await.reads(&["Đã đặt", "0/4"]);
    w.as_(SECRETARY).reads(&["năm 2019: 4"]);
    w.as_(OFFICE).says("/chitieu phòng 7 2017 1").await.reads(&["năm 2017 đã qua", "[Vẫn đặt]"]);
    w.as_(OFFICE).says("/huy").await.reads(&["Đã dừng"]);
    w.as_(OFFICE).says("/chitieu phòng 7 2017").await.reads(&["Chưa có chỉ tiêu kết nạp"]);
    assert_eq!(w.audited("target.set").await.len(), 1);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_secretary_sees_the_own_branch_and_sets_nothing(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    let own = w.as_("NS-010").says("/chitieu").await.reads(&["Chi bộ Phòng 1: ▮ đã kết nạp 1/1"]);
    assert!(!own.contains("Văn phòng") && !own.contains("[Đặt chỉ tiêu]"), "{own}");
    w.as_("NS-010")
        .says("/chitieu văn phòng")
        .await
        .reads(&["Trong phạm vi đồng chí được xem không có chi bộ nào ứng với “văn phòng”"]);
    w.as_("NS-010").says("/chitieu phòng 1 2019 1").await.reads(&["do cấp ủy viên, Văn phòng"]);
    w.as_("NS-012").says("/chitieu").await.reads(&["Chỉ bí thư"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_figures_say_how_far_a_year_is(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    let line = "So với chỉ tiêu kết nạp năm 2018 của 5 chi bộ: 5/6 (83,3%)";
    w.as_(OFFICE).says("/thongke").await.reads(&[line]);
    let one =
        w.as_(OFFICE).says("/thongke văn phòng 2018").await.reads(&["của 1 chi bộ: 1/2 (50,0%)"]);
    assert!(one.contains("Kết nạp năm 2018: 1"), "{one}");
    // The whole year counts, whatever part of it is asked about; a year without targets is passed over.
    w.as_(OFFICE).says("/thongke quý 4").await.reads(&[line]);
    let before = w.as_(OFFICE).says("/thongke 2017").await.reads(&["Kết nạp năm 2017: 3"]);
    assert!(!before.contains("chỉ tiêu"), "{before}");
    w.as_(OFFICE).says("/chitieu thanh tra 1").await.reads(&["Đã đặt"]);
    w.as_(OFFICE).says("/thongke").await.reads(&["năm 2018 của 6 chi bộ: 5/7 (71,4%)"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn two_who_set_the_same_target_see_each_other(engine: Engine) {
    let mut w = at(engine, "2018-12-03 09:00").await;
    w.join(TYPING, COMMITTEE).await;
    w.as_(OFFICE).says("/chitieu 2019").await.reads(&["[Đặt chỉ tiêu]"]);
    w.as_(OFFICE)
        .taps("Đặt chỉ tiêu")
        .await
        .reads(&["năm 2019 cho chi bộ nào", "[Chi bộ Phòng 7]"]);
    w.as_(OFFICE).taps("Chi bộ Phòng 7").await.reads(&["(hiện nay: chưa có) là bao nhiêu?"]);
    // Without buttons the branch is a number, and the target too.
    w.typing_as(COMMITTEE).says("chi tieu 2019").await.reads(&["1. Đặt chỉ tiêu"]);
    w.typing_as(COMMITTEE).says("1").await.reads(&["6. Chi bộ Phòng 7"]);
    w.typing_as(COMMITTEE).says("6").await.reads(&["là bao nhiêu?"]);
    w.typing_as(COMMITTEE).says("1").await.reads(&["Đã đặt", "0/1"]);
    w.as_(SECRETARY).reads(&["năm 2019: 1"]);
    w.restart().await;
    let again = w.as_(OFFICE).says("2").await.reads(&["Trong lúc đó, đồng chí", "Chưa ghi số"]);
    assert!(again.contains("(hiện nay: 1) là bao nhiêu?"), "{again}");
    w.as_(OFFICE).says("2").await.reads(&["2 (trước đó: 1)"]);
    w.as_(SECRETARY).reads(&["năm 2019: 2 (trước đó: 1)"]);
    w.finish().await;
}

/// Of several words only those that were meant as the unit are said to be none.
#[apply(both_engines)]
#[tokio::test]
async fn only_the_words_of_the_unit_are_quoted(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    for (typed, quoted) in [
        ("/chitieu phòng 99 2019 2", "“phòng 99”"),
        ("/chitieu 2019: Chi bộ Phòng 99: 2", "“Chi bộ Phòng 99”"),
        ("/chitieu Ban Xe nguồn 2019 2 đồng chí", "“Ban Xe”"),
        ("/thongke phòng 99 2018", "“phòng 99”"),
        ("/thongke Ban Xe quý 3/2018", "“Ban Xe”"),
    ] {
        w.as_("NS-027").says(typed).await.reads(&[quoted]);
    }
    w.finish().await;
}
