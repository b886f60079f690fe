//! What becomes of a report: accepted, or returned and sent anew.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

const LINE: &str = "qc-014 tốt khá tốt tốt tốt, tiếp tục";

async fn with_a_report(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.as_("NS-013").says(LINE).await.reads(&["Gửi báo cáo"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_report_is_returned_with_a_reason_sent_anew_and_accepted(engine: Engine) {
    let mut w = with_a_report(engine).await;
    let arrived = w.as_("NS-010").reads(&["Đỗ Thị Kim Oanh", "[Duyệt]", "[Trả lại]"]);
    assert!(arrived.contains("Đạo đức, lối sống: Khá"), "{arrived}");

    w.as_("NS-010").taps("Trả lại").await.reads(&["lý do trả lại", "QC-014"]);
    w.as_("NS-010").says(&"quá dài ".repeat(100)).await.reads(&["không dài quá 500 ký tự"]);
    w.as_("NS-010").says("Cần nêu rõ kết quả công tác").await.reads(&["Hạn gửi lại"]);
    w.as_("NS-010").says("1/12/2018").await.reads(&["phải sau thời điểm này"]);
    w.as_("NS-010").says("7/12").await.reads(&["không muộn hơn giờ họp"]);
    w.as_("NS-010").says("mười giờ").await.reads(&["chưa hiểu"]);
    w.as_("NS-010").reads(&["Hạn gửi lại"]);
    w.as_("NS-010").says("31/2").await.reads(&["Không có ngày 31/2"]);
    w.restart().await;
    w.as_("NS-010").says("mai").await.reads(&["Đã trả lại", "17:00 ngày 04/12/2018"]);

    // The mentor reads why, above what they wrote, and sends it again.
    w.as_("NS-013").reads(&["“Cần nêu rõ kết quả công tác”", "[Sửa báo cáo]"]);
    w.as_("NS-010").says("/viec").await.reads(&["Đỗ Thị Kim Oanh – QC-014"]);
    let preview = w.as_("NS-013").taps("Sửa báo cáo").await.reads(&["được trả lại", "[Sửa]"]);
    assert!(preview.contains("Cần nêu rõ kết quả công tác"), "{preview}");
    w.as_("NS-013").taps("Sửa").await.reads(&["muốn sửa mục nào"]);
    w.as_("NS-013").taps("Kết quả công tác").await.reads(&["3/5"]);
    w.as_("NS-013").taps("Trung bình").await.reads(&["Kết quả công tác: Trung bình"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);

    w.as_("NS-010").reads(&["đã sửa và gửi lại", "Kết quả công tác: Trung bình"]);
    let tasks = w.as_("NS-010").says("/viec").await.reads(&["Chờ duyệt"]);
    assert!(tasks.contains("[Xem QC-014, T.V.B.]"), "{tasks}");
    w.as_("NS-010").taps("Xem QC-014").await.reads(&["[Duyệt]", "[Các báo cáo trước]"]);
    w.as_("NS-010").taps("Các báo cáo trước").await.reads(&["Các báo cáo trước về QC-014"]);
    w.as_("NS-010").taps("Quay lại báo cáo").await.reads(&["[Duyệt]"]);
    w.as_("NS-010").taps("Duyệt").await.reads(&["Đã duyệt báo cáo"]);
    w.as_("NS-013").reads(&["đã được chi bộ duyệt"]);
    w.as_("NS-013").says("/baocao qc-014").await.reads(&["Tiếp tục theo dõi"]);
    w.as_("NS-013").reads(&["đã được duyệt nên không sửa được nữa"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn one_verdict_counts(engine: Engine) {
    let mut w = with_a_report(engine).await;
    w.as_("NS-010").reads(&["[Duyệt]"]);
    // The deputy sees it in the list of things to do, and is quicker.
    w.as_("NS-011").says("/viec").await.reads(&["Chờ duyệt", "QC-014"]);
    w.as_("NS-011").taps("Xem QC-014").await.reads(&["[Duyệt]"]);
    w.as_("NS-011").taps("Duyệt").await.reads(&["Đã duyệt"]);
    w.as_("NS-013").reads(&["đã được chi bộ duyệt"]);
    w.as_("NS-010").taps("Trả lại").await.reads(&["đã được đồng chí Nguyễn Thị Thanh Mai duyệt"]);
    w.finish().await;
}

/// What is done beside an open question stands, also where that cannot be asked again.
#[apply(both_engines)]
#[tokio::test]
async fn what_is_done_beside_a_question_that_is_settled_meanwhile_stands(engine: Engine) {
    let mut w = with_a_report(engine).await;
    w.as_("NS-010").reads(&["[Duyệt]"]);
    w.as_("NS-010").taps("Trả lại").await.reads(&["lý do"]);
    w.as_("NS-010").says("có mặt").await.reads(&["[Ghi làm nội dung]"]);
    w.as_("NS-011").says("/viec").await;
    w.as_("NS-011").taps("Xem QC-014").await;
    w.as_("NS-011").taps("Duyệt").await.reads(&["Đã duyệt"]);
    w.as_("NS-013").reads(&["đã được chi bộ duyệt"]);
    w.everyone_reads();
    w.as_("NS-010").taps("Làm việc khác").await.reads(&["ghi nhận đồng chí có mặt"]);
    w.as_("NS-010").reads(&["đã được đồng chí Nguyễn Thị Thanh Mai duyệt"]);
    assert_eq!(w.count("SELECT COUNT(*) FROM attendance_answer").await, 1);
    w.finish().await;
}

/// A deputy of Phòng 7 guides somebody: the secretary judges, not the deputy.
#[apply(both_engines)]
#[tokio::test]
async fn nobody_judges_their_own(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    let question = w.as_("NS-050").says("/baocao").await.reads(&["QC-0"]);
    let at = question.find("QC-0").expect("a code");
    let code = question[at..at + 6].to_owned();
    w.as_("NS-050").says(&format!("{code} tốt tốt tốt tốt tốt, tiếp tục")).await.reads(&["Gửi"]);
    w.as_("NS-050").taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_("NS-049").reads(&[&code, "[Duyệt]"]);
    let own = w.as_("NS-050").says("/viec").await.reads(&[]);
    assert!(!own.contains("Chờ duyệt"), "{own}");
    w.as_("NS-049").taps("Duyệt").await.reads(&["Đã duyệt"]);
    w.as_("NS-050").reads(&["đã được chi bộ duyệt"]);
    w.finish().await;
}
