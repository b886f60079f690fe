//! A part of the tree of units answers like the whole, and a broken tree hangs nothing.

use chrono::NaiveDate;
use diudat::domain::units::UnitTree;
use diudat::store::Statement;
use diudat::store::figures::figures;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{demo, today};

/// The root below one of its branches.
const CIRCLE: &str = "UPDATE unit SET parent_id = (SELECT id FROM unit WHERE code = 'CB-05')
    WHERE code = 'DB'";
static CLOSE_A_CIRCLE: Statement =
    Statement { name: "CLOSE_A_CIRCLE", sqlite: CIRCLE, postgres: CIRCLE, takes: &[] };

fn codes(tree: &UnitTree) -> Vec<&str> {
    tree.all().iter().map(|unit| unit.code.as_str()).collect()
}

#[apply(both_engines)]
#[tokio::test]
async fn the_figures_of_a_part_are_those_of_the_whole_tree(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.read().await.unwrap();
    let whole = UnitTree::load(&mut tx).await.unwrap();
    let [from, to] = [2015, 2019].map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
    for unit in whole.all() {
        let part = UnitTree::below(&mut tx, &unit.code).await.unwrap();
        let below: Vec<&str> = whole.subtree(unit.id).iter().map(|u| u.code.as_str()).collect();
        assert_eq!(codes(&part), below);
        let mut counted = Vec::new();
        for units in [&whole, &part] {
            counted.push(figures(&mut tx, units, unit.id, from, to, today()).await.unwrap());
        }
        assert_eq!(counted[0], counted[1], "{}", unit.code);
        assert!(counted[0].as_ref().is_some_and(|figures| figures.staff > 0));
    }
    assert_eq!(codes(&whole).len(), 7);
    assert!(UnitTree::below(&mut tx, "CB-99").await.unwrap().all().is_empty());
}

#[apply(both_engines)]
#[tokio::test]
async fn a_circle_of_parents_ends(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    tx.run(&CLOSE_A_CIRCLE, Vec::new()).await.unwrap();
    let whole = UnitTree::load(&mut tx).await.unwrap();
    for top in ["DB", "CB-05"] {
        assert_eq!(codes(&UnitTree::below(&mut tx, top).await.unwrap()), codes(&whole));
    }
    assert_eq!(codes(&UnitTree::below(&mut tx, "CB-02").await.unwrap()), ["CB-02"]);
    tx.rollback().await.unwrap();
}
