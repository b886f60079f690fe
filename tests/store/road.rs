//! A step is written down with its evidence and with what follows from it; papers and alerts count
//! once.

use diudat::domain::due::Fate;
use diudat::domain::ids::PersonId;
use diudat::domain::people::Status;
use diudat::domain::road::{
    CaseStep, DeadlineKind, Evidence, Paper, Place, Reason, Stage, Taken, Votes, stage,
};
use diudat::store::alerts::{self, Alert};
use diudat::store::road::{self, Case, TakenStep};
use diudat::store::{Statement, Tx, people};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{at, demo, today};

async fn case(tx: &mut Tx) -> Case {
    road::by_code(tx, "QC-014").await.unwrap().expect("the demo has it")
}

async fn history(tx: &mut Tx, case: &Case) -> Vec<Taken> {
    road::histories(tx, &[case.id]).await.unwrap().remove(&case.id).unwrap()
}

async fn mentors(tx: &mut Tx, case: &Case) -> Vec<PersonId> {
    road::mentors(tx, &[case.id], today()).await.unwrap().remove(&case.id).unwrap_or_default()
}

async fn person(tx: &mut Tx, code: &str) -> PersonId {
    people::by_code(tx, code).await.unwrap().expect("a known code")
}

fn deed(step: CaseStep, by: PersonId, evidence: Evidence) -> TakenStep {
    TakenStep {
        step,
        on: today(),
        evidence: Evidence { on: Some(today()), ..evidence },
        by,
        standing: None,
        moves_to: None,
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn all_that_a_step_was_told_is_read_back(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = case(&mut tx).await;
    let by = person(&mut tx, "NS-010").await;
    let introducers = [person(&mut tx, "NS-012").await, person(&mut tx, "NS-013").await];
    let introducers = road::fellows(&mut tx, &case, &introducers, today()).await.unwrap();
    assert!(introducers.iter().all(|one| one.official && one.months == 24), "{introducers:?}");
    let told = Evidence {
        on: Some(today()),
        number: Some("05-NQ/CB".into()),
        people: Some(introducers),
        votes: Some(Votes { members: 4, excused: 1, in_favour: 3 }),
        received: Some(today()),
        reason: Some(Reason::Papers),
        consent: Some("12-CV/TU".into()),
        studied: None,
        branch: None,
    };
    road::take(&mut tx, &case, &deed(CaseStep::Dossier, by, told.clone()), at(0)).await.unwrap();
    tx.commit().await.unwrap();
    let history = history(&mut db.read().await.unwrap(), &case).await;
    let expected = Taken { step: CaseStep::Dossier, on: today(), evidence: told, elsewhere: false };
    assert_eq!(history.last(), Some(&expected));
    assert_eq!(stage(&history), Some(Stage::Dossier));
}

#[apply(both_engines)]
#[tokio::test]
async fn guidance_and_standing_follow_the_steps(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = case(&mut tx).await;
    let by = person(&mut tx, "NS-010").await;
    assert_eq!(mentors(&mut tx, &case).await.len(), 2);

    let mut admitted = deed(CaseStep::Admitted, by, Evidence::default());
    admitted.standing = Some((Status::Probationary, today()));
    road::take(&mut tx, &case, &admitted, at(0)).await.unwrap();
    let standing = people::statuses(&mut tx, today()).await.unwrap();
    assert_eq!(standing[&case.person], Status::Probationary);
    assert_eq!(mentors(&mut tx, &case).await.len(), 2, "a probationary member is guided on");

    let dropped = deed(CaseStep::Dropped, by, Evidence::default());
    road::take(&mut tx, &case, &dropped, at(1)).await.unwrap();
    assert!(mentors(&mut tx, &case).await.is_empty());

    let again = road::fellows(&mut tx, &case, &[by], today()).await.unwrap();
    let told = Evidence { people: Some(again), ..Evidence::default() };
    road::take(&mut tx, &case, &deed(CaseStep::Returned, by, told), at(2)).await.unwrap();
    assert_eq!(mentors(&mut tx, &case).await, [by]);
    // Who is a candidate themselves vouches for nobody.
    let own = road::fellows(&mut tx, &case, &[case.person], today()).await.unwrap();
    assert!(!own[0].official);
}

#[apply(both_engines)]
#[tokio::test]
async fn the_newest_note_of_a_paper_counts(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = case(&mut tx).await;
    let by = person(&mut tx, "NS-010").await;
    for kept in [Some(Place::Branch), None, Some(Place::Office), None] {
        road::note_paper(&mut tx, case.id, Paper::Cv, kept, today(), by).await.unwrap();
        let facts = road::facts(&mut tx, std::slice::from_ref(&case), today()).await.unwrap();
        assert_eq!(facts[&case.id].papers.get(&Paper::Cv).copied(), kept);
        assert_eq!((facts[&case.id].official, facts[&case.id].mentors), (4, 2));
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn nobody_is_free_where_everybody_is_on_the_road(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = case(&mut tx).await;
    let by = person(&mut tx, "NS-010").await;
    let units = [case.unit];
    assert_eq!(road::free(&mut tx, &units, today()).await.unwrap(), []);
    // Who was transferred is nowhere; where they come to work they may be introduced, under a code of its own.
    static COMES: Statement = {
        let sql = "INSERT INTO placement (id, person_id, unit_id, from_on)
            SELECT 900001, c.person_id, c.unit_id, k.happened_on
            FROM candidate_case c JOIN case_step k ON k.case_id = c.id AND k.step = 'transferred'
            WHERE c.code = 'QC-014'";
        Statement { name: "COMES", sqlite: sql, postgres: sql, takes: &[] }
    };
    let left = deed(CaseStep::Transferred, by, Evidence::default());
    road::take(&mut tx, &case, &left, at(0)).await.unwrap();
    assert_eq!(road::free(&mut tx, &units, today()).await.unwrap(), []);
    tx.run(&COMES, Vec::new()).await.unwrap();
    let free = road::free(&mut tx, &units, today()).await.unwrap();
    assert_eq!(free.iter().map(|free| free.id).collect::<Vec<_>>(), [case.person]);
    for code in ["QC-023", "QC-024"] {
        let opened = road::open(&mut tx, &free[0], today()).await.unwrap();
        assert_eq!((opened.code.as_str(), opened.unit), (code, case.unit));
        let introduced = deed(CaseStep::Introduced, by, Evidence::default());
        road::take(&mut tx, &opened, &introduced, at(1)).await.unwrap();
        assert_eq!(road::get(&mut tx, opened.id).await.unwrap(), Some(opened));
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn an_alert_is_planned_once_and_ended_once(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = case(&mut tx).await;
    let alert = |days, seconds| Alert {
        case: case.id,
        kind: DeadlineKind::Probation,
        ends: today(),
        days,
        due_at: at(seconds),
    };
    let (early, late) = (alert(30, 10), alert(7, 20));
    for _ in 0..2 {
        alerts::plan(&mut tx, &[late.clone(), early.clone()]).await.unwrap();
    }
    assert_eq!(alerts::next_due(&mut tx).await.unwrap(), Some(at(10)));
    assert_eq!(alerts::due(&mut tx, at(9)).await.unwrap(), []);
    assert_eq!(alerts::due(&mut tx, at(20)).await.unwrap(), [early.clone(), late.clone()]);
    assert!(alerts::finish(&mut tx, &early, Fate::Skipped, at(20)).await.unwrap());
    assert!(!alerts::finish(&mut tx, &early, Fate::Fired, at(20)).await.unwrap());
    alerts::plan(&mut tx, &[early]).await.unwrap();
    assert_eq!(alerts::due(&mut tx, at(20)).await.unwrap(), std::slice::from_ref(&late));
    assert!(alerts::finish(&mut tx, &late, Fate::Fired, at(20)).await.unwrap());
    assert_eq!(alerts::next_due(&mut tx).await.unwrap(), None);
}
