//! What is only asked is checked as a deed is: a page that forgets to ask whose it is shows nothing.

use chrono::NaiveDate;
use diudat::domain::class::ClassKind;
use diudat::domain::target::TargetKind;
use diudat::operations::people::Comes;
use diudat::operations::{cases, classes, meetings, mentorships, people, targets};
use diudat::store::classes::Draft;
use diudat::store::road;
use rstest_reuse::apply;

use super::refusal;
use crate::support::{Engine, both_engines};
use crate::world::{World, local};

/// Guides a candidate of Phòng 1, and leads nothing.
const MEMBER: &str = "NS-012";

#[apply(both_engines)]
#[tokio::test]
async fn what_is_not_ones_own_is_not_shown(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    let rule = w.at_the_command_line(async |work| {
        let unit = work.units.by_code("CB-02").unwrap().id;
        meetings::rule::of(work, unit).await
    });
    let rule = rule.await.unwrap();
    let unit = rule.unit;
    let day = NaiveDate::from_ymd_opt(2018, 12, 20).unwrap();
    let class = Draft {
        unit,
        kind: ClassKind::Awareness,
        first: day,
        last: day,
        place: "Hội trường".into(),
        number: "12-TB/ĐU".into(),
    };
    macro_rules! refused {
        ($($why:literal: $asked:expr;)*) => {$(
            assert_eq!(refusal(w.on_the_page(MEMBER, $asked).await).as_deref(), Some($why));
        )*};
    }
    refused! {
        "pool-not-allowed": async |work| cases::all(work, &[unit]).await;
        "class-not-allowed": async |work| classes::open_cases(work, unit).await;
        "class-not-allowed": async |work| classes::alike(work, &class).await;
        "schedule-not-leader": async |work| meetings::rule::of(work, unit).await;
        "schedule-not-leader": async |work| meetings::rule::foresee(work, &rule).await;
        "schedule-not-leader":
            async |work| meetings::must_fit(work, unit, None, local("2018-12-20 14:00")).await;
        "introduce-not-allowed":
            async |work| people::namesakes(work, Comes::Introduced, &"Lê An".into()).await;
        "arrive-not-allowed":
            async |work| people::namesakes(work, Comes::WithFile, &"Lê An".into()).await;
        "target-not-allowed":
            async |work| targets::newest(work, (unit, 2019, TargetKind::Admissions)).await;
        "handover-not-leader": async |work| {
            let case = road::by_code(work.tx, "QC-014").await?.unwrap().id;
            mentorships::led_case(work, case).await
        };
    }
    // Of two branches both have to be theirs.
    let both = w.on_the_page("NS-010", async |work| {
        let other = work.units.by_code("CB-06").unwrap().id;
        assert!(!cases::all(work, &[unit]).await?.is_empty());
        cases::all(work, &[unit, other]).await
    });
    assert_eq!(refusal(both.await).as_deref(), Some("pool-not-allowed"));
    w.finish().await;
}
