//! Both engines count alike, whatever is asked of them.

use chrono::NaiveDate;
use diudat::domain::figures::Figures;
use diudat::domain::people::{OfficeKind, Person, Status};
use diudat::domain::units::UnitTree;
use diudat::operations::rights::{Right, roots};
use diudat::store::figures::figures;
use diudat::store::people;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{demo, today};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The figures of every unit for several periods.
async fn all_figures(engine: Engine) -> Vec<Figures> {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.read().await.unwrap();
    let units = UnitTree::load(&mut tx).await.unwrap();
    let mut all = Vec::new();
    for unit in units.all() {
        for (from, to) in [(2015, 2019), (2018, 2019), (2013, 2016)] {
            let (from, to) = (day(from, 1, 1), day(to, 1, 1));
            let counted = figures(&mut tx, &units, unit.id, from, to, today()).await.unwrap();
            all.push(counted.unwrap());
        }
    }
    all
}

#[tokio::test]
async fn both_engines_give_the_same_figures() {
    let (sqlite, postgres) =
        (all_figures(Engine::Sqlite).await, all_figures(Engine::Postgres).await);
    assert_eq!(sqlite, postgres);
    let whole = sqlite.iter().find(|figures| figures.unit == "DB").unwrap();
    assert_eq!((whole.members, whole.staff, whole.admitted_total), (50, 60, 12));
    let of_the_branches: i64 = whole.by_branch.iter().map(|branch| branch.staff).sum();
    assert_eq!(of_the_branches, whole.staff);
}

#[apply(both_engines)]
#[tokio::test]
async fn an_admission_counts_for_the_branch_that_admitted(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.read().await.unwrap();
    let units = UnitTree::load(&mut tx).await.unwrap();
    // NS-008 was admitted by Chi bộ Phòng 7 in 2015 and works in another branch since 2017.
    let moved = people::by_code(&mut tx, "NS-008").await.unwrap().unwrap();
    let now_in = people::get(&mut tx, moved, today()).await.unwrap().unwrap().unit.unwrap();
    let admitted_by = units.branches().find(|unit| unit.code == "CB-06").unwrap().id;
    assert_ne!(now_in, admitted_by);
    for (unit, count) in [(now_in, 0), (admitted_by, 1)] {
        let year = figures(&mut tx, &units, unit, day(2015, 1, 1), day(2016, 1, 1), today())
            .await
            .unwrap();
        assert_eq!(year.unwrap().admitted_total, count);
    }
    let as_it_was = people::get(&mut tx, moved, day(2016, 1, 4)).await.unwrap().unwrap();
    assert_eq!(as_it_was.unit, Some(admitted_by));
}

#[apply(both_engines)]
#[tokio::test]
async fn people_are_what_they_are_on_a_date(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.read().await.unwrap();
    let units = UnitTree::load(&mut tx).await.unwrap();
    let branch = units.branches().find(|unit| unit.code == "CB-02").unwrap().id;

    let everyone = people::all(&mut tx, today()).await.unwrap();
    assert_eq!(everyone.len(), 60);
    assert!(everyone.is_sorted_by_key(|person| person.code.clone()));
    let by_code =
        |code: &str| -> &Person { everyone.iter().find(|person| person.code == code).unwrap() };
    assert!(by_code("NS-012").guides && !by_code("NS-010").guides);
    assert_eq!(roots(by_code("NS-010"), Right::RunMeetings), [branch]);
    let root = units.root().unwrap().id;
    assert_eq!(roots(by_code("NS-023"), Right::SeeFigures), [root]);

    let leaders = people::leaders(&mut tx, branch, today()).await.unwrap();
    assert_eq!(leaders, [by_code("NS-010").id, by_code("NS-011").id]);
    let members = people::members(&mut tx, branch, today()).await.unwrap();
    assert_eq!(members.len(), 5);
    let statuses = people::statuses(&mut tx, today()).await.unwrap();
    assert_eq!(statuses.len(), 60);
    assert_eq!(statuses[&by_code("NS-015").id], Status::NonMember);
    assert_eq!(statuses[&by_code("NS-014").id], Status::Probationary);

    let seventh = units.branches().find(|unit| unit.code == "CB-06").unwrap().id;
    let then =
        people::holders(&mut tx, seventh, OfficeKind::Deputy, day(2016, 1, 4)).await.unwrap();
    let now = people::holders(&mut tx, seventh, OfficeKind::Deputy, today()).await.unwrap();
    assert_eq!((then, now), (vec![by_code("NS-049").id], vec![by_code("NS-050").id]));
    assert_eq!(units.subtree(root).len(), 7);
}
