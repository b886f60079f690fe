//! Reports, and what is said of them.

use diudat::domain::report::Slot;
use diudat::operations::reviews;
use diudat::store::{meetings, people, road};
use rstest_reuse::apply;

use super::refusal;
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
    for w in [chat, page] {
        w.everyone_reads();
        w.finish().await;
    }
}
