//! Targets.

use diudat::domain::target::TargetKind;
use diudat::domain::units::UnitTree;
use diudat::operations::Refused;
use diudat::operations::targets::{self, Set};
use diudat::store::targets::{Change, changes};
use rstest_reuse::apply;

use super::{finish, pair, refusal};
use crate::support::{Engine, both_engines};
use crate::world::World;

const OFFICE: &str = "NS-027";
/// Of Chi bộ Phòng 7.
const SECRETARY: &str = "NS-049";

impl World {
    async fn sets_on_the_page(&mut self, who: &str, given: Option<i64>) -> Result<Set, Refused> {
        self.on_the_page(who, async |work| {
            let unit = work.units.by_code("CB-06").unwrap().id;
            targets::set(work, (unit, 2019, TargetKind::Admissions), None, given).await
        })
        .await
    }

    /// Every setting of a target of Phòng 7 for 2019, without who and when.
    async fn settings(&self) -> Vec<(TargetKind, Option<i64>)> {
        let mut tx = self.db.read().await.unwrap();
        let unit = UnitTree::load(&mut tx).await.unwrap().by_code("CB-06").unwrap().id;
        let all: Vec<Change> = changes(&mut tx, &[unit], 2019, 2019).await.unwrap();
        all.into_iter().map(|change| (change.kind, change.amount)).collect()
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_target_is_set_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let (mut chat, mut page) = pair(engine, "2018-12-03 09:00").await;
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
    let nobody = page
        .at_the_command_line(async |work| {
            let unit = work.units.by_code("CB-06").unwrap().id;
            targets::set(work, (unit, 2019, TargetKind::Admissions), Some(2), Some(4)).await
        })
        .await;
    assert_eq!(refusal(nobody), Some("deed-needs-a-person".to_owned()));
    assert_eq!(page.settings().await, before, "whoever has no name sets no target");
    finish(chat, page).await;
}
