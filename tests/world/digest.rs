//! The committee's monthly digest: on its day, once, whatever happens in between.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

/// Phòng 1 has met in December and given a task that is overdue by the 10th; one report was late.
async fn until_the_tenth(engine: Engine) -> World {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.as_("NS-013").says("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn").await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    w.advance_to("2018-12-05 09:00").await;
    w.as_("NS-012").says("qc-014 tốt khá tốt tốt tốt, đưa vào nguồn").await;
    w.as_("NS-012").taps("Gửi báo cáo").await;
    w.advance_to("2018-12-05 15:45").await;
    let secretary = "NS-010";
    w.as_(secretary).says("/hop").await;
    w.as_(secretary).taps("Tất cả có mặt").await;
    w.as_(secretary).taps("Người ghi biên bản").await;
    w.as_(secretary).taps("Đỗ Thị Kim Oanh").await;
    w.as_(secretary).taps("Nhiệm vụ").await;
    w.as_(secretary).taps("QC-009").await;
    w.as_(secretary).says("Nộp bài thu hoạch").await;
    w.as_(secretary).says("7/12").await;
    w.as_(secretary).taps("Quay lại").await;
    w.as_(secretary).taps("Kết thúc kỳ họp").await;
    w.as_(secretary).taps("Xác nhận kết thúc").await;
    w.advance_to("2018-12-10 07:59").await;
    w.everyone_reads();
    w
}

#[apply(both_engines)]
#[tokio::test]
async fn the_committee_and_its_office_get_the_digest_of_the_month_once(engine: Engine) {
    let mut w = until_the_tenth(engine).await;
    w.advance_to("2018-12-10 08:00").await;
    let digest = w.as_("NS-027").reads(&["Tổng hợp tình hình sinh hoạt chi bộ tháng 12/2018"]);
    insta::assert_snapshot!("digest", digest);
    w.as_("NS-001").reads(&["Kính gửi đồng chí Đặng Quốc Nhượng", "Đã họp (1/6 chi bộ)"]);
    for not_theirs in ["NS-010", "NS-016", "NS-013", "NS-021"] {
        w.as_(not_theirs).reads_nothing();
    }
    w.everyone_reads();
    let before = w.all_sent().len();
    w.restart().await;
    w.crash().await;
    w.advance_to("2018-12-10 12:00").await;
    assert_eq!(w.all_sent().len(), before, "nothing comes twice");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_digest_that_was_missed_comes_late_while_its_month_lasts(engine: Engine) {
    let mut w = until_the_tenth(engine).await;
    w.down_until("2018-12-12 10:00").await;
    let late = w.sent_to("NS-027").into_iter().rev().find(|m| m.text.contains("Tổng hợp"));
    let late = late.expect("the digest").whole();
    assert!(late.starts_with("Tin này được gửi muộn"), "{late}");
    w.everyone_reads();
    // That of January is found in February: it would tell of a month that is over.
    w.down_until("2019-02-01 07:00").await;
    assert!(w.sent_to("NS-027").iter().all(|m| !m.text.contains("chi bộ tháng 1/2019")));
    w.everyone_reads();
    w.advance_to("2019-02-11 08:00").await;
    assert!(w.sent_to("NS-027").iter().any(|m| m.text.contains("chi bộ tháng 2/2019")));
    w.everyone_reads();
    w.finish().await;
}
