//! What is done about candidates: steps, lists, papers, what is taken back.

use chrono::NaiveDate;
use diudat::domain::road::{CaseStep, Evidence, Lack, Paper, Place, Reason};
use diudat::operations::cases::lists::{self, Plan};
use diudat::operations::cases::taking::{self, Took};
use diudat::operations::cases::{self, undoing};
use diudat::operations::{Refused, Work};
use diudat::store::{reversals, road};
use rstest_reuse::apply;

use super::{finish, pair, refusal};
use crate::support::{Engine, both_engines};

/// Of Chi bộ Phòng 1.
const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";
/// Secretary of Phòng 7, whose list waits.
const LISTED: &str = "NS-049";

/// What steps, taken and taken back, leave beside the audit.
const ROWS: [&str; 4] = [
    "SELECT COUNT(*) FROM case_step WHERE recorded_by IS NOT NULL",
    "SELECT COUNT(*) FROM case_step WHERE reverses_id IS NOT NULL",
    "SELECT COUNT(*) FROM mentorship WHERE to_on IS NULL",
    "SELECT COUNT(*) FROM case_paper",
];

fn on(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2018, month, day)
}

/// The candidate leaves for another organisation.
async fn leaves(work: &mut Work<'_>, number: &str) -> Result<Took, Refused> {
    let case = road::by_code(work.tx, "QC-009").await?.unwrap().id;
    let told = Evidence { on: on(12, 10), number: Some(number.into()), ..Evidence::default() };
    taking::take(work, case, CaseStep::Transferred, told).await
}

/// The newest step of a candidate was a mistake.
async fn stays(work: &mut Work<'_>) -> Result<undoing::TakenBack, Refused> {
    let case = road::by_code(work.tx, "QC-009").await?.unwrap().id;
    let newest = reversals::newest(work.tx, case).await?.unwrap();
    undoing::take_back(work, case, newest.id).await
}

async fn list(
    work: &mut Work<'_>,
    code: &str,
    step: CaseStep,
    reason: Option<Reason>,
) -> Result<Vec<lists::Judged>, Refused> {
    let unit = work.units.by_code("CB-06").unwrap().id;
    let cases = vec![road::by_code(work.tx, code).await?.unwrap().id];
    let number = Some("08-TB/ĐU".into());
    let told = Evidence { on: on(12, 3), number, reason, ..Evidence::default() };
    lists::settle(work, Plan { unit, step, cases, told }).await
}

#[apply(both_engines)]
#[tokio::test]
async fn a_step_is_taken_and_taken_back_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-12-10 09:00").await;
    // Who may not, may not; what is missing is said; nothing is written.
    let before = page.counts(&ROWS).await;
    let tried = page.on_the_page("NS-012", async |work| leaves(work, "31-CV/CB").await).await;
    assert_eq!(refusal(tried), Some("page-not-yours".to_owned()));
    let tried = page.on_the_page(OFFICE, async |work| leaves(work, "31-CV/CB").await).await;
    assert_eq!(refusal(tried), Some("take-not-yours".to_owned()));
    let tried = page.at_the_command_line(async |work| leaves(work, "31-CV/CB").await).await;
    assert_eq!(refusal(tried), Some("deed-needs-a-person".to_owned()));
    let tried = page.on_the_page(SECRETARY, async |work| leaves(work, "3/12/2018").await).await;
    let Ok(Took::Lacking(_, verdict)) = tried else { panic!("a date is no number: {tried:?}") };
    assert!(matches!(verdict.0[..], [ref one] if matches!(one.lack, Lack::Unanswered(_))));
    assert_eq!(page.counts(&ROWS).await, before, "a refusal writes nothing");

    chat.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Việc khác]"]);
    chat.as_(SECRETARY).taps("Việc khác").await.reads(&["[Chuyển sang đơn vị khác]"]);
    chat.as_(SECRETARY).taps("Chuyển sang").await.reads(&["Ngày thực hiện?"]);
    chat.as_(SECRETARY).says("hôm nay").await.reads(&["Số, ký hiệu"]);
    chat.as_(SECRETARY).says("31-CV/CB").await.reads(&["Xem lại"]);
    chat.as_(SECRETARY).taps("Ghi nhận").await.reads(&["đã chuyển sang đơn vị khác"]);
    let took = page.on_the_page(SECRETARY, async |work| leaves(work, "31-CV/CB").await).await;
    assert!(matches!(took, Ok(Took::Done(_))), "{took:?}");
    assert_eq!(chat.counts(&ROWS).await, page.counts(&ROWS).await);
    assert_eq!(chat.audited("case.step").await, page.audited("case.step").await);
    let told = chat.as_(OFFICE).reads(&["QC-009", "[Xem hồ sơ]"]);
    assert_eq!(page.as_(OFFICE).reads(&[]), told);

    let tried = page.at_the_command_line(async |work| stays(work).await).await;
    assert_eq!(refusal(tried), Some("deed-needs-a-person".to_owned()));
    chat.as_(SECRETARY).says("/hoso qc-009").await.reads(&["[Ghi nhầm]"]);
    chat.as_(SECRETARY).taps("Ghi nhầm").await.reads(&["Gỡ bước ghi nhầm"]);
    chat.as_(SECRETARY).taps("Gỡ bước này").await.reads(&["Đã gỡ"]);
    assert_eq!(refusal(page.on_the_page(SECRETARY, async |work| stays(work).await).await), None);
    assert_eq!(chat.counts(&ROWS).await, page.counts(&ROWS).await);
    assert_eq!(chat.audited("case.back").await, page.audited("case.back").await);
    let told = chat.as_(OFFICE).reads(&["QC-009", "ghi nhầm"]);
    assert_eq!(page.as_(OFFICE).reads(&[]), told);
    let after = page.counts(&ROWS).await;
    let tried = page.on_the_page(SECRETARY, async |work| stays(work).await).await;
    assert_eq!(refusal(tried), Some("back-not-yours".to_owned()), "the step before is not theirs");
    assert_eq!(page.counts(&ROWS).await, after);
    finish(chat, page).await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_list_is_approved_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-12-03 09:00").await;
    let approved = CaseStep::SourceApproved;
    let before = page.counts(&ROWS).await;
    let tried =
        page.on_the_page(LISTED, async |work| list(work, "QC-021", approved, None).await).await;
    assert_eq!(refusal(tried), Some("approve-not-allowed".to_owned()));
    let tried =
        page.at_the_command_line(async |work| list(work, "QC-021", approved, None).await).await;
    assert_eq!(refusal(tried), Some("deed-needs-a-person".to_owned()));
    // Nobody voted on a place on a list, and whoever has gone on is on none.
    for (code, reason, lack) in [
        ("QC-021", Reason::Votes, Lack::OtherReason),
        ("QC-020", Reason::Reconsider, Lack::NotNext),
    ] {
        let judged = page
            .on_the_page(OFFICE, async |work| {
                list(work, code, CaseStep::SentBack, Some(reason)).await
            })
            .await
            .unwrap();
        assert!(judged[0].verdict.0.iter().any(|missing| missing.lack == lack), "{judged:?}");
    }
    assert_eq!(page.counts(&ROWS).await, before, "a refusal writes nothing");

    chat.as_(OFFICE).says("/duyet").await.reads(&["[Duyệt danh sách: Chi bộ Phòng 7]"]);
    chat.as_(OFFICE).taps("Duyệt danh sách").await.reads(&["QC-021"]);
    chat.as_(OFFICE).taps("Duyệt cả danh sách").await.reads(&["Ngày thực hiện?"]);
    chat.as_(OFFICE).says("3/12/2018").await.reads(&["Số, ký hiệu văn bản"]);
    chat.as_(OFFICE).says("08-TB/ĐU").await.reads(&["Ghi nhận cho: QC-021"]);
    chat.as_(OFFICE).taps("Ghi nhận").await.reads(&["Duyệt danh sách nguồn – 1 người"]);
    let judged = page
        .on_the_page(OFFICE, async |work| list(work, "QC-021", approved, None).await)
        .await
        .unwrap();
    assert_eq!(lists::able(&judged).len(), 1);
    assert_eq!(chat.counts(&ROWS).await, page.counts(&ROWS).await);
    assert_eq!(chat.audited("case.step").await, page.audited("case.step").await);
    let told = chat.as_(LISTED).reads(&["08-TB/ĐU", "[Xem nguồn]"]);
    assert_eq!(page.as_(LISTED).reads(&[]), told);
    finish(chat, page).await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_paper_is_noted_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-12-03 09:00").await;
    let keeps = async |work: &mut Work<'_>| {
        let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
        cases::keep_paper(work, case, Paper::Application, Some(Place::Office)).await
    };
    let before = page.counts(&ROWS).await;
    let tried = page.on_the_page("NS-003", keeps).await;
    assert_eq!(refusal(tried), Some("page-not-yours".to_owned()));
    let tried = page.at_the_command_line(keeps).await;
    assert_eq!(refusal(tried), Some("deed-needs-a-person".to_owned()));
    assert_eq!(page.counts(&ROWS).await, before, "a refusal writes nothing");

    chat.as_(SECRETARY).says("/hoso qc-014").await.reads(&["[Giấy tờ]"]);
    chat.as_(SECRETARY).taps("Giấy tờ").await.reads(&["Giấy tờ"]);
    let shown = chat.sent_to(SECRETARY).last().map(|seen| seen.whole()).unwrap();
    let mark = if shown.contains("✓ Đơn xin vào Đảng") { "✓" } else { "○" };
    chat.as_(SECRETARY).taps(&format!("{mark} Đơn xin vào Đảng")).await.reads(&[]);
    chat.as_(SECRETARY).taps("Có, lưu tại Văn phòng").await.reads(&["Đã ghi"]);
    for _ in 0..2 {
        // The same twice is noted once.
        assert_eq!(refusal(page.on_the_page(SECRETARY, keeps).await), None);
    }
    assert_eq!(chat.counts(&ROWS).await, page.counts(&ROWS).await);
    assert_eq!(chat.audited("case.paper").await, page.audited("case.paper").await);
    finish(chat, page).await;
}
