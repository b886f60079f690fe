//! Reports, and what is said of them.

use diudat::domain::report::{Draft, Rating, Recommendation, Slot};
use diudat::domain::typed::Typed;
use diudat::operations::nudges::{self, Nudged};
use diudat::operations::reports::{self as operation, Report};
use diudat::operations::{Refused, Work, reviews};
use diudat::store::{meetings, people, road};
use rstest_reuse::apply;

use super::{finish, pair, refusal};
use crate::support::{Engine, both_engines};
use crate::world::World;

impl World {
    /// Accepts the report on QC-014; why not.
    async fn accepts_on_the_page(&mut self, who: &str) -> Option<String> {
        let done = self
            .on_the_page(who, async |work| {
                let now = work.now;
                let unit = work.units.by_code("CB-02").unwrap().id;
                let meeting = meetings::next_regular(work.tx, unit, now).await?.unwrap().id;
                let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
                let mentor = people::by_code(work.tx, "NS-012").await?.unwrap();
                reviews::accept(work, Slot { meeting, case, mentor }).await
            })
            .await;
        refusal(done)
    }
}

/// A report that waits is accepted on a page as in a chat.
#[apply(both_engines)]
#[tokio::test]
async fn a_report_is_judged_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-12-03 09:00").await;
    let mut page = World::peopled(engine, "2018-12-03 09:00").await;
    for w in [&mut chat, &mut page] {
        w.as_("NS-012").says("qc-014 tốt khá tốt tốt tốt, tiếp tục").await;
        w.as_("NS-012").taps("Gửi báo cáo").await;
        w.everyone_reads();
    }
    chat.as_("NS-010").taps("Duyệt").await.reads(&["Đã duyệt"]);
    assert_eq!(page.accepts_on_the_page("NS-049").await, Some("review-not-leader".to_owned()));
    assert_eq!(page.accepts_on_the_page("NS-012").await, Some("review-not-leader".to_owned()));
    assert_eq!(page.accepts_on_the_page("NS-010").await, None);
    assert_eq!(page.accepts_on_the_page("NS-011").await, Some("review-was-accepted".to_owned()));
    assert_eq!(chat.audited("report.accept").await, page.audited("report.accept").await);
    let accepted = "SELECT COUNT(*) FROM report_review WHERE verdict = 'accepted'";
    assert_eq!(chat.count(accepted).await, page.count(accepted).await);
    let told = chat.as_("NS-012").reads(&["QC-014, T.V.B."]);
    assert_eq!(page.as_("NS-012").reads(&[]), told);
    finish(chat, page).await;
}

/// Guides QC-014, as NS-012 does.
const MENTOR: &str = "NS-013";

fn written() -> Draft {
    let mut ratings = [Some(Rating::Good); 5];
    ratings[1] = Some(Rating::Fair);
    Draft { ratings, recommendation: Some(Recommendation::Continue), ..Draft::default() }
}

/// The report on QC-014 for the next meeting of Phòng 1.
async fn report(work: &mut Work<'_>) -> Result<Report, Refused> {
    let now = work.now;
    let unit = work.units.by_code("CB-02").unwrap().id;
    let meeting = meetings::next_regular(work.tx, unit, now).await?.unwrap().id;
    let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
    let mentor = work.me()?.id;
    operation::find(work, Slot { meeting, case, mentor }).await
}

async fn writes(work: &mut Work<'_>, draft: Draft) -> Result<(), Refused> {
    let mut report = report(work).await?;
    operation::save(work, &mut report, draft).await
}

async fn submits(work: &mut Work<'_>) -> Result<(), Refused> {
    let report = report(work).await?;
    operation::submit(work, &report).await.map(drop)
}

/// Reminds those who owe a report to Phòng 1.
async fn reminds(work: &mut Work<'_>) -> Result<Vec<Nudged>, Refused> {
    let now = work.now;
    let unit = work.units.by_code("CB-02").unwrap().id;
    let meeting = meetings::next_regular(work.tx, unit, now).await?.unwrap().id;
    let nudged = nudges::remind(work, meeting).await?;
    Ok(nudged.into_iter().map(|(_, came)| came).collect())
}

#[apply(both_engines)]
#[tokio::test]
async fn a_report_is_submitted_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-11-27 09:00").await;
    chat.as_(MENTOR).says("qc-014 tốt khá tốt tốt tốt, tiếp tục").await.reads(&["[Gửi báo cáo]"]);
    chat.as_(MENTOR).taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);

    // Who may not, may not; what is not complete, or does not fit, is refused.
    let long = Draft { strengths: Some(Typed::new("a".repeat(2001))), ..written() };
    let mut said = Vec::new();
    for (who, draft) in [("NS-010", written()), (MENTOR, long)] {
        said.push(refusal(page.on_the_page(who, async |work| writes(work, draft).await).await));
    }
    let incomplete = Draft { recommendation: None, ..written() };
    let unfit = Draft { recommendation: Some(Recommendation::Official), ..written() };
    for draft in [incomplete, unfit] {
        page.on_the_page(MENTOR, async |work| writes(work, draft).await).await.unwrap();
        said.push(refusal(page.on_the_page(MENTOR, async |work| submits(work).await).await));
    }
    said.push(refusal(page.at_the_command_line(async |work| submits(work).await).await));
    let expected = [
        "report-not-mentor",
        "report-text-too-long",
        "report-incomplete",
        "report-no-such-proposal",
        "deed-needs-a-person",
    ];
    assert_eq!(said, expected.map(|key| Some(key.to_owned())));
    let filed = "SELECT COUNT(*) FROM report WHERE state = 'submitted'";
    let before = page.count(filed).await;
    assert_eq!(page.audited("report.send").await, Vec::<String>::new());
    page.as_("NS-010").reads_nothing();

    page.on_the_page(MENTOR, async |work| writes(work, written()).await).await.unwrap();
    page.on_the_page(MENTOR, async |work| submits(work).await).await.unwrap();
    assert_eq!(page.count(filed).await, before + 1);
    assert_eq!(page.count(filed).await, chat.count(filed).await);
    assert_eq!(page.audited("report.send").await, ["QC-014"]);
    assert_eq!(chat.audited("report.send").await, ["QC-014"]);
    let told = chat.as_("NS-010").reads(&["đã gửi báo cáo", "[Duyệt]"]);
    assert_eq!(page.as_("NS-010").reads(&[]), told);
    finish(chat, page).await;
}

#[apply(both_engines)]
#[tokio::test]
async fn those_who_owe_are_reminded_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-11-27 09:00").await;
    chat.as_("NS-010").says("/nhac").await.reads(&["[Nhắc"]);
    chat.as_("NS-010").taps("Nhắc").await.reads(&["đã nhắc"]);
    let wrong = page.on_the_page("NS-049", async |work| reminds(work).await).await;
    assert_eq!(refusal(wrong), Some("nudge-not-allowed".to_owned()));
    let nobody = page.at_the_command_line(async |work| reminds(work).await).await;
    assert_eq!(refusal(nobody), Some("deed-needs-a-person".to_owned()));
    let done = page.on_the_page("NS-010", async |work| reminds(work).await).await.unwrap();
    assert_eq!(done, [Nudged::Sent; 2]);
    let again = page.on_the_page("NS-001", async |work| reminds(work).await).await.unwrap();
    assert!(matches!(again[..], [Nudged::Before(_), Nudged::Before(_)]), "{again:?}");
    assert_eq!(page.audited("report.nudge").await, chat.audited("report.nudge").await);
    for mentor in ["NS-012", MENTOR] {
        let told = chat.as_(mentor).reads(&["báo cáo"]);
        assert_eq!(page.as_(mentor).reads(&[]), told);
    }
    finish(chat, page).await;
}
