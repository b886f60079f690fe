//! An operation does the same by whatever way it comes: the same rows, audit, messages and refusals.

use std::sync::Arc;

use diudat::domain::people::Person;
use diudat::domain::report::Slot;
use diudat::domain::target::TargetKind;
use diudat::domain::units::UnitTree;
use diudat::operations::targets::{self, Set};
use diudat::operations::{Actor, Refused, Work, reviews};
use diudat::outbound::Post;
use diudat::store::targets::{Change, changes};
use diudat::store::{meetings, people, road};
use rstest::rstest;

use crate::support::Engine;
use crate::world::World;

const OFFICE: &str = "NS-027";
/// Of Chi bộ Phòng 7.
const SECRETARY: &str = "NS-049";

impl World {
    /// A deed that comes by the page: what it gives, once everything is settled.
    async fn on_the_page<T>(
        &mut self,
        who: &str,
        deed: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        let (now, today) = (self.clock.now(), self.practice.today(self.clock.now()));
        let mut tx = self.db.begin().await.unwrap();
        let id = people::by_code(&mut tx, who).await.unwrap().unwrap();
        let me: Person = people::get(&mut tx, id, today).await.unwrap().unwrap();
        let units = Arc::new(UnitTree::load(&mut tx).await.unwrap());
        let practice = self.practice.clone();
        let mut post = Post::default();
        self.number += 1;
        let mut work = Work {
            tx: &mut tx,
            by: Actor::Person(&me),
            channel: "web",
            practice: &practice,
            now,
            units,
            post: &mut post,
            occasion: format!("web:form-{}", self.number),
        };
        let done = deed(&mut work).await;
        post.flush(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        self.settle().await;
        done
    }

    async fn sets_on_the_page(&mut self, who: &str, given: Option<i64>) -> Result<Set, Refused> {
        self.on_the_page(who, async |work| {
            let unit = work.units.by_code("CB-06").unwrap().id;
            targets::set(work, (unit, 2019, TargetKind::Admissions), None, given).await
        })
        .await
    }

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
        match done {
            Ok(_) => None,
            Err(Refused::Because(phrase)) => Some(phrase.key),
            Err(Refused::Fault(error)) => panic!("{error}"),
        }
    }

    /// Every setting of a target of Phòng 7 for 2019, without who and when.
    async fn settings(&self) -> Vec<(TargetKind, Option<i64>)> {
        let mut tx = self.db.read().await.unwrap();
        let unit = UnitTree::load(&mut tx).await.unwrap().by_code("CB-06").unwrap().id;
        let all: Vec<Change> = changes(&mut tx, &[unit], 2019, 2019).await.unwrap();
        all.into_iter().map(|change| (change.kind, change.amount)).collect()
    }
}

#[rstest]
#[tokio::test]
async fn a_target_is_set_alike_in_a_chat_and_on_a_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut chat = World::peopled(engine, "2018-12-03 09:00").await;
    let mut page = World::peopled(engine, "2018-12-03 09:00").await;
    for w in [&chat, &page] {
        w.everyone_reads();
    }
    chat.as_(OFFICE).says("/chitieu phong 7 2019 2").await.reads(&["Đã đặt"]);
    let done = page.sets_on_the_page(OFFICE, Some(2)).await;
    assert!(matches!(done, Ok(Set::Done { was: None })), "{done:?}");
    assert_eq!(chat.settings().await, page.settings().await);
    assert_eq!(chat.audited("target.set").await, page.audited("target.set").await);
    let told = chat.as_(SECRETARY).reads(&["kết nạp năm 2019: 2", "[Xem chỉ tiêu]"]);
    assert_eq!(page.as_(SECRETARY).reads(&[]), told);
    let by_page = "SELECT COUNT(*) FROM audit WHERE action = 'target.set' AND channel = 'web'";
    assert_eq!((chat.count(by_page).await, page.count(by_page).await), (0, 1));

    // Who may not, may not; what was set meanwhile is shown; what cannot be is refused.
    let before = page.settings().await;
    let wrong = [(SECRETARY, Some(3)), (OFFICE, Some(3)), (OFFICE, Some(-1)), (OFFICE, Some(2))];
    let mut said = Vec::new();
    for (who, given) in wrong {
        said.push(match page.sets_on_the_page(who, given).await {
            Err(Refused::Because(phrase)) => phrase.key,
            Ok(Set::Meanwhile(change)) => format!("meanwhile {:?}", change.amount),
            Ok(Set::Same) => "same".to_owned(),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(said, ["target-not-yours", "meanwhile Some(2)", "target-negative", "same"]);
    assert_eq!(page.settings().await, before, "a refusal writes nothing");
    chat.as_(SECRETARY).says("/chitieu phong 7 2019 3").await.reads(&["do cấp ủy viên"]);
    for w in [chat, page] {
        w.everyone_reads();
        w.finish().await;
    }
}

/// A report that waits is accepted on a page as in a chat.
#[rstest]
#[tokio::test]
async fn a_report_is_judged_alike_in_a_chat_and_on_a_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
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
