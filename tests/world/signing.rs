//! Who signs a resolution: the secretary, and where there is none at the meeting the deputy.

use diudat::domain::minutes::PaperKind;
use rstest_reuse::apply;

use crate::papers::text;
use crate::sheet::on_the_day;
use crate::support::{Engine, both_engines};
use crate::world::World;

/// The deputy gives a member something to do and closes the meeting.
async fn closed_by_the_deputy(w: &mut World) -> String {
    w.as_("NS-011").taps("Nhiệm vụ").await.reads(&["Giao nhiệm vụ"]);
    w.as_("NS-011").taps("Đỗ Thị Kim Oanh").await.reads(&["việc gì"]);
    w.as_("NS-011").says("Soạn chương trình năm 2019").await.reads(&["Hạn đến ngày nào"]);
    w.as_("NS-011").says("20/12").await.reads(&["hạn 20/12/2018"]);
    w.as_("NS-011").taps("Quay lại").await.reads(&["Phiếu họp"]);
    w.closes("NS-011", "Đỗ Thị Kim Oanh").await;
    w.everyone_reads();
    let meeting = w.meeting("CB-02", "2018-12").await;
    text(&w.paper(meeting, PaperKind::Resolution).await.expect("a resolution"))
}

#[apply(both_engines)]
#[tokio::test]
async fn the_deputy_signs_where_the_secretary_is_absent(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.advance_to("2018-12-05 14:05").await;
    w.as_("NS-011").says("/hop").await.reads(&["[Lê Đức Thuận – có mặt]"]);
    w.as_("NS-011").taps("Lê Đức Thuận").await.reads(&["[Lê Đức Thuận – vắng có lý do]"]);
    w.as_("NS-011").taps("Lưu").await.reads(&["Chủ trì: đồng chí Nguyễn Thị Thanh Mai"]);
    let paper = closed_by_the_deputy(&mut w).await;
    let end = "T/M CHI BỘ\nPHÓ BÍ THƯ\n\nNguyễn Thị Thanh Mai";
    assert!(paper.ends_with(end), "{paper}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_deputy_signs_where_nobody_is_secretary(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.damage(
        "UPDATE office SET to_on = '2018-12-01' WHERE kind = 'secretary' AND person_id =
            (SELECT id FROM person WHERE code = 'NS-010')",
    )
    .await;
    w.advance_to("2018-12-05 14:05").await;
    w.as_("NS-011").says("/hop").await.reads(&["Chưa điểm danh"]);
    w.as_("NS-011").taps("Lưu").await.reads(&["Chủ trì: đồng chí Nguyễn Thị Thanh Mai"]);
    // Another is in the chair; the office that is filled signs all the same.
    w.as_("NS-011").taps("Chủ trì").await.reads(&["[Lê Đức Thuận]"]);
    w.as_("NS-011").taps("Lê Đức Thuận").await.reads(&["Chủ trì: đồng chí Lê Đức Thuận"]);
    let paper = closed_by_the_deputy(&mut w).await;
    let end = "T/M CHI BỘ\nPHÓ BÍ THƯ\n\nNguyễn Thị Thanh Mai";
    assert!(paper.ends_with(end), "{paper}");
    w.finish().await;
}

/// Who stands in for nobody does not sign.
#[apply(both_engines)]
#[tokio::test]
async fn the_secretary_who_was_there_signs_whoever_presided(engine: Engine) {
    let mut w = on_the_day(engine).await;
    w.advance_to("2018-12-05 14:05").await;
    w.as_("NS-011").says("/hop").await.reads(&["Chưa điểm danh"]);
    w.as_("NS-011").taps("Lưu").await.reads(&["Chủ trì: đồng chí Lê Đức Thuận"]);
    w.as_("NS-011").taps("Chủ trì").await.reads(&["[Nguyễn Thị Thanh Mai]"]);
    w.as_("NS-011").taps("Nguyễn Thị Thanh Mai").await.reads(&["Chủ trì: đồng chí Nguyễn"]);
    let paper = closed_by_the_deputy(&mut w).await;
    assert!(paper.ends_with("T/M CHI BỘ\nBÍ THƯ\n\nLê Đức Thuận"), "{paper}");
    w.finish().await;
}
