//! What a mentor proposes must fit what the candidate is; what does not is refused with what does.

use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TYPING, World};

/// Guides QC-009, a probationary member, and QC-014, who is none.
const MENTOR: &str = "NS-012";

#[apply(both_engines)]
#[tokio::test]
async fn a_proposal_that_does_not_fit_is_refused_with_those_that_do(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    let refused = "không phù hợp với QC-009, V.T.L., hiện là đảng viên dự bị";
    let fitting = "Có thể kiến nghị: Tiếp tục theo dõi, Công nhận chính thức";
    // In one line the ratings are kept and only the proposal is asked for.
    w.as_(MENTOR).says("qc-009 tốt khá tốt tốt tốt, đưa vào nguồn").await.reads(&[
        "“Đưa vào nguồn”",
        refused,
        fitting,
    ]);
    let question = w.as_(MENTOR).reads(&["Kiến nghị", "[Công nhận chính thức]"]);
    assert!(!question.contains("nguồn"), "{question}");
    w.restart().await;
    w.as_(MENTOR).says("lap ho so").await.reads(&["“Lập hồ sơ”", refused, fitting]);
    w.as_(MENTOR).reads(&["[Tiếp tục theo dõi]"]);
    w.as_(MENTOR).says("công nhận chính thức").await.reads(&["Khá", "[Gửi báo cáo]"]);
    w.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_("NS-010").reads(&["Công nhận chính thức"]);
    // The other way round.
    w.as_(MENTOR)
        .says("qc-014 t t t t t, công nhận chính thức")
        .await
        .reads(&["không phù hợp với QC-014, T.V.B., hiện là quần chúng", "Đưa vào nguồn"]);
    w.as_(MENTOR).reads(&["[Lập hồ sơ]"]);
    w.as_(MENTOR).says("/huy").await.reads(&["được giữ"]);
    w.finish().await;
}

/// Between the choice and the sending the candidate was admitted.
#[apply(both_engines)]
#[tokio::test]
async fn a_proposal_that_fits_no_more_is_not_sent(engine: Engine) {
    let mut w = World::at(engine, "2018-11-27 09:00").await;
    w.join(TYPING, MENTOR).await;
    let mut mentor = w.typing_as(MENTOR);
    mentor.says("qc-014 t t t t t, đưa vào nguồn").await.reads(&["1. Gửi báo cáo"]);
    w.damage(
        "UPDATE standing SET status = 'probationary' WHERE to_on IS NULL AND person_id =
            (SELECT id FROM person WHERE code = 'NS-015')",
    )
    .await;
    let mut mentor = w.typing_as(MENTOR);
    mentor.says("1").await.reads(&["“Đưa vào nguồn” không phù hợp", "đảng viên dự bị"]);
    let question = mentor.reads(&["1. Tiếp tục theo dõi", "2. Công nhận chính thức"]);
    assert!(!question.contains("Lập hồ sơ"), "{question}");
    mentor.says("1").await.reads(&["Tiếp tục theo dõi", "1. Gửi báo cáo"]);
    mentor.says("1").await.reads(&["Đã gửi"]);
    w.finish().await;
}

/// What was said of the candidate before they were admitted is asked anew; the rest is taken over.
#[apply(both_engines)]
#[tokio::test]
async fn last_months_proposal_is_asked_anew_where_it_fits_no_more(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-27 09:00").await;
    w.everyone_reads();
    w.damage(
        "UPDATE standing SET status = 'probationary' WHERE to_on IS NULL AND person_id =
            (SELECT id FROM person WHERE code = 'NS-015')",
    )
    .await;
    w.as_("NS-013").says("/baocao").await.reads(&["1/5", "[Như tháng trước]"]);
    w.as_("NS-013").taps("Như tháng trước").await.reads(&["[Công nhận chính thức]"]);
    w.as_("NS-013").taps("Công nhận chính thức").await.reads(&["[Gửi báo cáo]"]);
    w.as_("NS-013").taps("Gửi báo cáo").await.reads(&["Đã gửi"]);
    w.as_("NS-010").reads(&["Công nhận chính thức"]);
    w.finish().await;
}
