//! `/baocao`: the mentor's report in taps, in words and in one line, and the secretary who reads
//! it.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

const SECRETARY: &str = "NS-010";
/// Guides QC-014 and QC-009.
const MENTOR: &str = "NS-012";
/// Guides QC-014.
const OTHER: &str = "NS-013";

#[apply(both_engines)]
#[tokio::test]
async fn a_full_report_takes_nine_taps_and_no_typing(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let mut mentor = w.as_(MENTOR);
    mentor.says("/baocao").await.reads(&["QC-014, T.V.B.", "QC-009", "chưa báo cáo"]);
    let taps =
        ["QC-014", "Tốt", "Khá", "Tốt", "Tốt", "Tốt", "Bỏ qua nhận xét", "Đưa vào nguồn", "Gửi"];
    let mut seen = Vec::new();
    for tap in taps {
        mentor.taps(tap).await;
        seen.push(mentor.reads(&[]));
    }
    assert_eq!(w.effort_of(MENTOR), (9, 1), "nine taps, and the command");
    insta::assert_snapshot!("report_in_taps", seen.join("\n\n—\n\n"));
    let questions = w.sent_to(MENTOR);
    assert!(questions.iter().filter(|m| m.edited).count() == 1, "one message, edited in place");

    let notice = w.as_(SECRETARY).reads(&["QC-014, T.V.B.", "Đưa vào nguồn", "1/3"]);
    insta::assert_snapshot!("report_arrives", notice);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn as_last_month_files_in_two_taps(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let mut mentor = w.as_(OTHER);
    mentor.says("bao cao").await.reads(&["1/5", "[Như tháng trước]"]);
    mentor.taps("Như tháng trước").await.reads(&["Báo cáo theo dõi", "[Gửi báo cáo]"]);
    mentor.taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_(SECRETARY).reads(&["QC-014"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn one_line_says_it_all(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let mut mentor = w.as_(OTHER);
    mentor.says("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn").await.reads(&[
        "Khá",
        "Đưa vào nguồn",
        "[Gửi báo cáo]",
    ]);
    mentor.says("gui bao cao").await.reads(&["Đã gửi"]);
    mentor.says("qc-014 tốt tuyệt").await.reads(&["tuyet"]);
    mentor.says("qc-014 t t t t t t").await.reads(&["năm"]);
    mentor.says("qc-009 t t t t t, tiếp tục").await.reads(&["QC-009"]);
    w.as_(SECRETARY).reads(&["QC-014"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn leaving_and_restarting_lose_nothing(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let mut mentor = w.as_(OTHER);
    mentor.says("/baocao").await.reads(&["1/5"]);
    mentor.taps("Tốt").await.reads(&["2/5"]);
    mentor.taps("Khá").await.reads(&["3/5"]);
    w.restart().await;
    let mut mentor = w.as_(OTHER);
    mentor.says("yếu").await.reads(&["4/5"]);
    mentor.says("/huy").await.reads(&["được giữ"]);
    mentor.says("/huy").await.reads(&[]);
    w.crash().await;
    let mut mentor = w.as_(OTHER);
    mentor.says("/baocao").await.reads(&["4/5"]);
    mentor.taps("Quay lại").await.reads(&["3/5", "Đang chọn: Yếu"]);
    mentor.taps("Trung bình").await.reads(&["4/5"]);
    mentor.taps("Lưu nháp").await.reads(&["Đã lưu nháp", "[Tiếp tục]"]);
    mentor.taps("Tiếp tục").await.reads(&["4/5"]);
    mentor.taps("Tốt").await.reads(&["5/5"]);
    mentor.taps("Tốt").await.reads(&["Ưu điểm"]);
    mentor.says("Chăm chỉ, <b>gương mẫu</b> 🙂").await.reads(&["Hạn chế"]);
    mentor.taps("Bỏ qua").await.reads(&["Kiến nghị"]);
    mentor.says("lap ho so").await.reads(&["<b>gương mẫu</b> 🙂", "Trung bình", "Lập hồ sơ"]);
    mentor.taps("Sửa").await.reads(&["sửa mục nào"]);
    mentor.taps("Quan hệ quần chúng").await.reads(&["5/5", "Đang chọn: Tốt"]);
    mentor.taps("Yếu").await.reads(&["Quan hệ quần chúng: Yếu"]);
    mentor.taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_(SECRETARY).reads(&["gương mẫu"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_sent_report_changes_until_it_is_due_and_never_after(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_(OTHER).says("qc-014 t t t t t, tiếp tục").await.reads(&[]);
    w.as_(OTHER).taps("Gửi").await.reads(&["Đã gửi", "[Sửa]"]);
    w.as_(SECRETARY).reads(&["đã gửi báo cáo"]);
    w.as_(OTHER).taps("Sửa").await.reads(&["[Gửi báo cáo]"]);
    w.as_(OTHER).says("qc-014 y y y y y").await.reads(&["Yếu"]);
    w.as_(OTHER).taps("Gửi").await.reads(&["Đã gửi"]);
    w.as_(SECRETARY).reads(&["gửi lại", "Yếu"]);

    w.advance_to("2018-12-04 17:01").await;
    w.everyone_reads();
    let shown = w.as_(OTHER).says("/baocao").await.reads(&["Yếu"]);
    assert!(!shown.contains("[Gửi"), "{shown}");
    w.as_(OTHER).reads(&["quá hạn"]);
    // The one who has not reported may still do so, late.
    w.as_(MENTOR).says("qc-014 t t t t t, tiếp tục").await.reads(&[]);
    w.as_(MENTOR).taps("Gửi").await.reads(&["sau hạn"]);
    w.as_(SECRETARY).reads(&["QC-014"]);
    w.advance_to("2018-12-05 14:01").await;
    w.everyone_reads();
    w.as_(OTHER).says("/baocao").await.reads(&["tháng 1/2019"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn free_text_names_nobody_in_a_messenger(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.as_(OTHER).says("qc-014 t t t t t").await.reads(&["Kiến nghị"]);
    w.as_(OTHER).taps("Quay lại").await.reads(&["Ưu điểm"]);
    let typed = "Tran Van Binh hăng hái; anh Trần Văn Bình chăm học";
    w.as_(OTHER).says(typed).await.reads(&["Hạn chế"]);
    w.as_(OTHER).says("TRẦN VĂN BÌNH còn rụt rè").await.reads(&["Kiến nghị"]);
    // The platform itself searches every message for the names.
    w.as_(OTHER).taps("Tiếp tục theo dõi").await.reads(&["QC-014 hăng hái; anh QC-014 chăm học"]);
    w.as_(OTHER).taps("Gửi").await.reads(&["Đã gửi"]);
    w.as_(SECRETARY).reads(&["QC-014 còn rụt rè"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn wrong_input_gets_a_clear_answer_and_the_dialogue_stays(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let mut mentor = w.as_(OTHER);
    mentor.says("12").await.reads(&["/viec"]);
    mentor.says("/baocao").await.reads(&["1/5"]);
    let (old, message) = mentor.button("Tốt");
    mentor.says("9").await.reads(&[]);
    mentor.says("2").await.reads(&["2/5"]);
    mentor.says("hay lắm").await.reads(&["/huy"]);
    mentor.reads(&["2/5"]);
    // A button of the first question, which is answered already.
    mentor.taps_id(&old, &message).await.reads(&[]);
    mentor.reads(&["2/5"]);
    for _ in 0..4 {
        mentor.says("tốt").await.reads(&[]);
    }
    mentor.says(&"a".repeat(5000)).await.reads(&["5.000", "2.000"]);
    mentor.says("vừa đủ").await.reads(&["Hạn chế"]);
    mentor.uploads().await.reads(&[]);
    mentor.taps_id("b999999999", "1").await.reads(&[]);
    mentor.taps_id("rm -rf", "1").await.reads(&[]);
    mentor.taps_id("", "1").await.reads(&[]);
    mentor.says("/khongco").await.reads(&["/trogiup"]);
    mentor.says("/huy").await.reads(&["được giữ"]);
    // Somebody else's candidate, and one that does not exist.
    mentor.says("qc-001 t t t t t").await.reads(&["QC-001"]);
    mentor.says("qc-999 t t t t t").await.reads(&["QC-999"]);
    w.as_("NS-027").says("/baocao").await.reads(&[]);
    w.finish().await;
}
