//! Where the numbers of a branch's papers go on that began in the middle of a term.

use diudat::domain::minutes::PaperKind;
use rstest_reuse::apply;

use crate::papers::text;
use crate::sheet::called;
use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

/// The sheet of a meeting with something to resolve, ready to be closed.
async fn ready(engine: Engine) -> World {
    let mut w = called(engine).await;
    w.as_("NS-010").says("/hop").await;
    w.as_("NS-010").taps("Nhiệm vụ").await;
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await;
    w.as_("NS-010").says("Hoàn thiện hồ sơ nguồn").await;
    w.as_("NS-010").says("20/12").await;
    w.as_("NS-010").taps("Quay lại").await;
    w.as_("NS-010").taps("Người ghi biên bản").await;
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn a_branch_that_had_papers_says_which_number_is_next(engine: Engine) {
    let mut w = ready(engine).await;
    w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&[
        "Biên bản số 01-BB/CB",
        "Nghị quyết số 01-NQ/CB",
        "[Số Nghị quyết]",
    ]);
    w.as_("NS-010").taps("Số Nghị quyết").await.reads(&["mang số mấy", "01-NQ/CB", "[Quay lại]"]);
    for typed in ["năm", "0", "05-BB/CB", "-5"] {
        w.as_("NS-010").says(typed).await.reads(&["chưa hiểu"]);
        w.as_("NS-010").reads(&["mang số mấy"]);
    }
    w.restart().await;
    w.as_("NS-010").says("05").await.reads(&["Nghị quyết số 05-NQ/CB", "Biên bản số 01-BB/CB"]);
    // Typed wrongly it can be set back as long as it was not given.
    w.as_("NS-010").taps("Số Nghị quyết").await.reads(&["Theo thứ tự: 05-NQ/CB"]);
    w.as_("NS-010").says("so 4").await.reads(&["Nghị quyết số 04-NQ/CB"]);
    assert_eq!(w.audited("meeting.number").await, ["CB-02", "CB-02"]);
    w.as_("NS-010").taps("Xác nhận kết thúc").await.reads(&["04-NQ/CB", "01-BB/CB"]);
    let meeting = w.meeting("CB-02", "2018-12").await;
    let paper = text(&w.paper(meeting, PaperKind::Resolution).await.expect("a resolution"));
    assert!(paper.contains("Số 04-NQ/CB"), "{paper}");
    w.everyone_reads();

    // A month later the series goes on, and no number is given twice.
    w.advance_to("2019-01-05 15:00").await;
    w.everyone_reads();
    w.calls("NS-010").await;
    w.as_("NS-010").taps("Nhiệm vụ").await;
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await;
    w.as_("NS-010").says("Báo cáo quý 1").await;
    w.as_("NS-010").says("31/1").await;
    w.as_("NS-010").taps("Quay lại").await;
    w.as_("NS-010").taps("Người ghi biên bản").await;
    w.as_("NS-010").taps("Đỗ Thị Kim Oanh").await;
    w.everyone_reads();
    w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&["số 02-BB/CB", "số 05-NQ/CB"]);
    w.as_("NS-010").taps("Số Nghị quyết").await.reads(&["mang số mấy"]);
    for used in ["4", "03-NQ/CB"] {
        w.as_("NS-010").says(used).await.reads(&["đã lấy số đến 04-NQ/CB", "từ 05-NQ/CB trở đi"]);
    }
    w.as_("NS-010").taps("Quay lại").await.reads(&["số 05-NQ/CB"]);
    assert_eq!(w.audited("meeting.number").await.len(), 2);
    w.as_("NS-010").taps("Xác nhận kết thúc").await.reads(&["02-BB/CB", "05-NQ/CB"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn the_number_is_typed_where_there_are_no_buttons_and_only_by_who_leads_today(
    engine: Engine,
) {
    let mut w = ready(engine).await;
    w.join(TYPING, "NS-011").await;
    w.typing_as("NS-011").says("/hop").await.reads(&["Phiếu họp"]);
    w.typing_as("NS-011").says("kết thúc kỳ họp").await.reads(&["Số Biên bản"]);
    w.typing_as("NS-011").says("số biên bản").await.reads(&["mang số mấy"]);
    // A bare number is the answer, and none of the options below the question.
    w.typing_as("NS-011").says("3").await.reads(&["Biên bản số 03-BB/CB"]);
    w.typing_as("NS-011").says("số biên bản").await.reads(&["mang số mấy"]);
    w.typing_as("NS-011").says("/huy").await.reads(&[]);
    w.as_("NS-010").taps("Kết thúc kỳ họp").await.reads(&["[Số Biên bản]"]);
    w.as_("NS-010").taps("Số Biên bản").await.reads(&["mang số mấy"]);
    w.damage(
        "UPDATE office SET to_on = '2018-12-05' WHERE kind = 'secretary' AND person_id =
            (SELECT id FROM person WHERE code = 'NS-010')",
    )
    .await;
    w.as_("NS-010").says("7").await.reads(&["do bí thư hoặc phó bí thư của chi bộ ghi"]);
    assert_eq!(w.audited("meeting.number").await.len(), 1);
    w.finish().await;
}
