//! A thematic meeting on its day: its sheet, its minutes, and nothing about candidates.

use diudat::domain::ids::MeetingId;
use diudat::domain::minutes::PaperKind;
use rstest_reuse::apply;

use crate::papers::text;
use crate::sheet::called;
use crate::support::{Engine, both_engines};
use crate::world::World;

/// Phòng 1 on the day of its meeting on a topic, an hour after it began.
async fn on_the_day(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-06 09:00").await;
    w.everyone_reads();
    w.as_("NS-010").says("/lichhop").await.reads(&[]);
    w.as_("NS-010").taps("Thêm chuyên đề").await.reads(&[]);
    w.as_("NS-010").says("Học tập và làm theo Bác").await.reads(&[]);
    w.as_("NS-010").says("13/12 15h").await.reads(&[]);
    w.as_("NS-010").taps("Giữ nguyên").await.reads(&[]);
    w.as_("NS-010").taps("Xác nhận").await.reads(&["Đã thêm"]);
    w.advance_to("2018-12-13 16:00").await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_thematic_meeting_is_held_without_a_word_on_candidates(engine: Engine) {
    let mut w = on_the_day(engine).await;
    let first = w.as_("NS-010").says("/hop").await.reads(&[
        "buổi sinh hoạt chuyên đề “Học tập và làm theo Bác” (kỳ họp ngày 13/12/2018)",
        "Chưa điểm danh",
    ]);
    assert!(!first.contains("Kết luận"), "{first}");
    let sheet = w.as_("NS-010").taps("Tất cả có mặt").await.reads(&["có mặt 5/5", "[Nhiệm vụ]"]);
    assert!(!sheet.contains("Kết luận") && !sheet.contains("QC-014"), "{sheet}");
    w.as_("NS-010").taps("Nhiệm vụ").await.reads(&["Giao nhiệm vụ"]);
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await.reads(&["việc gì"]);
    w.as_("NS-010").says("Viết bài thu hoạch").await.reads(&["Hạn đến ngày nào"]);
    w.as_("NS-010").says("20/12").await.reads(&["hạn 20/12/2018"]);
    w.as_("NS-010").taps("Quay lại").await.reads(&["Phiếu họp"]);
    let done = w.closes("NS-010", "Nguyễn Thị Thanh Mai").await;
    assert!(done.contains("01-BB/CB") && done.contains("01-NQ/CB"), "{done}");
    w.as_("NS-013").reads(&["Viết bài thu hoạch – hạn 20/12/2018"]);

    let id = w.count("SELECT id FROM meeting WHERE kind = 'thematic'").await;
    let minutes = w.paper(MeetingId(id), PaperKind::Minutes).await.expect("its minutes");
    insta::assert_snapshot!("thematic_minutes", text(&minutes));
    w.finish().await;
}

/// Buttons, and a question left open, from before candidates were left to the regular meetings.
#[apply(both_engines)]
#[tokio::test]
async fn what_is_left_of_candidates_on_a_thematic_sheet_is_refused(engine: Engine) {
    let mut w = called(engine).await;
    w.as_("NS-010").says("/hop").await.reads(&["[Kết luận về QC-014"]);
    let (old, sheet) = w.as_("NS-010").button("Kết luận về QC-014");
    w.as_("NS-010").taps("Kết luận về QC-014").await.reads(&[]);
    let (propose, page) = w.as_("NS-010").button("Kiến nghị: Đưa vào nguồn");
    w.as_("NS-010").taps("Ghi kết luận").await.reads(&["gõ kết luận của chi bộ"]);
    w.damage(
        "UPDATE meeting SET kind = 'thematic', topic = 'Nghị quyết Trung ương 8'
        WHERE period = '2018-12' AND unit_id = (SELECT id FROM unit WHERE code = 'CB-02')",
    )
    .await;
    let not_here = "Buổi sinh hoạt chuyên đề không kết luận về quần chúng";
    w.as_("NS-010").says("Có nhiều tiến bộ").await.reads(&[not_here, "/hop"]);
    w.as_("NS-010").says("/huy").await.reads(&["không có việc nào"]);
    w.as_("NS-010").taps_id(&old, &sheet).await.reads(&[not_here]);
    w.as_("NS-010").taps_id(&propose, &page).await.reads(&[not_here]);
    let now = w.as_("NS-010").says("/hop").await.reads(&["“Nghị quyết Trung ương 8”"]);
    assert!(!now.contains("QC-014") && !now.contains("Kết luận"), "{now}");
    assert_eq!(w.count("SELECT CAST(COUNT(*) AS BIGINT) FROM case_conclusion").await, 0);
    w.finish().await;
}
