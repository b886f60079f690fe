//! A step that is taken back leaves everything as it was: the road, who guides, what the candidate is,
//! where they work, and every figure.

use std::collections::HashMap;

use chrono::NaiveDate;
use diudat::domain::figures::Figures;
use diudat::domain::ids::{CaseStepId, PersonId, UnitId};
use diudat::domain::people::Status;
use diudat::domain::road::{CaseStep, Evidence, Guidance, Stage, Taken, stage};
use diudat::domain::units::UnitTree;
use diudat::store::reversals::{self, Stands};
use diudat::store::road::{self, Case, TakenStep};
use diudat::store::{Tx, cases, figures, people, tenures};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{at, demo, today};

fn tomorrow() -> NaiveDate {
    today() + chrono::Days::new(1)
}

/// Everything that a step can change, as the program reads it.
#[derive(Debug, PartialEq)]
struct Picture {
    case: Case,
    history: Vec<Taken>,
    mentors: Vec<PersonId>,
    /// Who guides on the day or later.
    tenures: Vec<tenures::Tenure>,
    statuses: HashMap<PersonId, Status>,
    placed: Option<UnitId>,
    members: Vec<PersonId>,
    figures: Option<Figures>,
    open: Vec<cases::Open>,
    free: Vec<road::Free>,
}

async fn picture(tx: &mut Tx, code: &str) -> Picture {
    let case = road::by_code(tx, code).await.unwrap().expect("a known code");
    let units = UnitTree::load(tx).await.unwrap();
    let root = units.root().unwrap().id;
    let all: Vec<UnitId> = units.branches().map(|unit| unit.id).collect();
    let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let (from, to) = (year(2015), year(2019));
    let history = road::histories(tx, &[case.id]).await.unwrap().remove(&case.id);
    let mentors = road::mentors(tx, &[case.id], tomorrow()).await.unwrap().remove(&case.id);
    Picture {
        history: history.unwrap_or_default(),
        mentors: mentors.unwrap_or_default(),
        tenures: tenures::mentors_from(tx, case.id, today()).await.unwrap(),
        statuses: people::statuses(tx, tomorrow()).await.unwrap(),
        placed: people::get(tx, case.person, tomorrow()).await.unwrap().unwrap().unit,
        members: people::members(tx, case.unit, tomorrow()).await.unwrap(),
        figures: figures::figures(tx, &units, root, from, to, tomorrow()).await.unwrap(),
        open: cases::open_in(tx, case.unit, tomorrow()).await.unwrap(),
        free: road::free(tx, &all, tomorrow()).await.unwrap(),
        case,
    }
}

/// A step taken today, with what its guards would let through. The day after it shows what it changed.
async fn takes(tx: &mut Tx, code: &str, step: CaseStep, seconds: i64) -> CaseStepId {
    let case = road::by_code(tx, code).await.unwrap().expect("a known code");
    let by = people::by_code(tx, "NS-010").await.unwrap().unwrap();
    let mut evidence = Evidence { on: Some(today()), ..Evidence::default() };
    if step.guidance() == Guidance::Begins {
        evidence.people = Some(road::fellows(tx, &case, &[by], today()).await.unwrap());
    }
    if step == CaseStep::Received {
        let units = UnitTree::load(tx).await.unwrap();
        evidence.branch = units.branches().find(|unit| unit.code == "CB-05").map(|unit| unit.id);
    }
    let history = road::histories(tx, &[case.id]).await.unwrap().remove(&case.id);
    let was = history.and_then(|history| stage(&history));
    let standing = match step {
        CaseStep::Admitted => Some(Status::Probationary),
        CaseStep::Recognised => Some(Status::Official),
        CaseStep::Dropped if was == Some(Stage::Probationary) => Some(Status::NonMember),
        _ => None,
    };
    let deed = TakenStep {
        step,
        on: today(),
        moves_to: evidence.branch,
        evidence,
        by,
        standing: standing.map(|status| (status, today())),
    };
    road::take(tx, &case, &deed, at(seconds)).await.unwrap();
    reversals::newest(tx, case.id).await.unwrap().expect("it was taken").id
}

async fn takes_back(tx: &mut Tx, code: &str, step: CaseStepId, seconds: i64) -> Option<Stands> {
    let case = road::by_code(tx, code).await.unwrap().unwrap();
    let by = people::by_code(tx, "NS-011").await.unwrap().unwrap();
    let stands = reversals::stands(tx, case.id, step).await.unwrap();
    if stands.is_none() {
        let newest = reversals::newest(tx, case.id).await.unwrap().unwrap();
        reversals::take_back(tx, case.id, &newest, by, at(seconds)).await.unwrap();
    }
    stands
}

/// Every kind of step, in an order in which each changes what it can: taken, taken back, and taken
/// again, all on one day.
#[apply(both_engines)]
#[tokio::test]
async fn what_is_taken_back_leaves_everything_as_it_was(engine: Engine) {
    use CaseStep::*;
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let walks: [&[CaseStep]; 3] = [
        &[
            Dropped,
            Returned,
            Sourced,
            SourceApproved,
            AwarenessClass,
            Dossier,
            BranchVote,
            SentBack,
        ],
        &[BranchVote, CommitteeDecision, Admitted, Transferred, Received, NewMemberClass, Dropped],
        &[Introduced, Mentored, Admitted, RecognitionVote, Recognised, Died],
    ];
    let tried: std::collections::BTreeSet<_> = walks.concat().into_iter().collect();
    assert_eq!(tried.len(), CaseStep::ALL.len(), "every kind of step");
    let mut seconds = 1;
    for (walk, code) in walks.iter().zip(["QC-014", "QC-016", "QC-022"]) {
        for step in *walk {
            let before = picture(&mut tx, code).await;
            let id = takes(&mut tx, code, *step, seconds).await;
            assert_ne!(picture(&mut tx, code).await, before, "{step} changes something");
            assert_eq!(takes_back(&mut tx, code, id, seconds + 1).await, None, "{step}");
            let after = picture(&mut tx, code).await;
            assert_eq!(after, before, "{step} of {code}");
            let again = takes_back(&mut tx, code, id, seconds + 2).await;
            assert_eq!(again, Some(Stands::NotNewest), "{step} is taken back once");
            takes(&mut tx, code, *step, seconds + 3).await;
            seconds += 4;
        }
        // And the whole way back.
        for _ in 0..walk.len() {
            let case = road::by_code(&mut tx, code).await.unwrap().unwrap();
            let newest = reversals::newest(&mut tx, case.id).await.unwrap().unwrap();
            assert_eq!(takes_back(&mut tx, code, newest.id, seconds).await, None, "{newest:?}");
            seconds += 1;
        }
    }
    let (fresh, _other) = demo(engine).await;
    let mut untouched = fresh.begin().await.unwrap();
    for code in ["QC-014", "QC-016", "QC-022"] {
        assert_eq!(picture(&mut tx, code).await, picture(&mut untouched, code).await, "{code}");
    }
}

/// The steps that the demo brought know what they changed as well.
#[apply(both_engines)]
#[tokio::test]
async fn a_recognition_of_the_demo_is_taken_back(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = road::by_code(&mut tx, "QC-007").await.unwrap().unwrap();
    for (step, status, mentors) in [
        (CaseStep::Recognised, Status::Probationary, 1),
        (CaseStep::RecognitionVote, Status::Probationary, 1),
        (CaseStep::NewMemberClass, Status::Probationary, 1),
        (CaseStep::Admitted, Status::NonMember, 1),
    ] {
        let newest = reversals::newest(&mut tx, case.id).await.unwrap().unwrap();
        assert_eq!((newest.step, newest.by), (step, None));
        assert_eq!(takes_back(&mut tx, "QC-007", newest.id, 1).await, None);
        let now = picture(&mut tx, "QC-007").await;
        assert_eq!(now.statuses[&case.person], status, "{step}");
        assert_eq!(now.mentors.len(), mentors, "{step}");
    }
    let admitted = picture(&mut tx, "QC-007").await.figures.unwrap().admitted_total;
    assert_eq!(admitted, 11);
}

#[apply(both_engines)]
#[tokio::test]
async fn only_the_newest_step_goes_and_not_under_newer_mentors(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = road::by_code(&mut tx, "QC-014").await.unwrap().unwrap();
    takes(&mut tx, "QC-014", CaseStep::Dropped, 1).await;
    let returned = takes(&mut tx, "QC-014", CaseStep::Returned, 2).await;
    let other = people::by_code(&mut tx, "NS-013").await.unwrap().unwrap();
    tenures::begin_mentorship(&mut tx, case.id, other, Some(&"09-NQ/CB".into()), today())
        .await
        .unwrap();
    let refused = takes_back(&mut tx, "QC-014", returned, 3).await;
    assert_eq!(refused, Some(Stands::GuidedSince));
    tenures::end_mentorship(&mut tx, case.id, other, tomorrow()).await.unwrap();
    takes(&mut tx, "QC-014", CaseStep::Sourced, 4).await;
    let refused = takes_back(&mut tx, "QC-014", returned, 5).await;
    assert_eq!(refused, Some(Stands::NotNewest));
}

/// Who was introduced by mistake may be introduced again, under the code they had.
#[apply(both_engines)]
#[tokio::test]
async fn an_introduction_taken_back_can_be_made_again(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let case = road::by_code(&mut tx, "QC-022").await.unwrap().unwrap();
    for seconds in 1..3 {
        let newest = reversals::newest(&mut tx, case.id).await.unwrap().unwrap();
        assert_eq!(takes_back(&mut tx, "QC-022", newest.id, seconds).await, None);
    }
    assert_eq!(reversals::newest(&mut tx, case.id).await.unwrap(), None);
    let free = road::free(&mut tx, &[case.unit], today()).await.unwrap();
    assert_eq!(free.iter().map(|free| free.id).collect::<Vec<_>>(), [case.person]);
    let opened = road::open(&mut tx, &free[0], today()).await.unwrap();
    assert_eq!(opened, case);
}

/// The admission stays with the branch that decided it, wherever the file goes.
#[apply(both_engines)]
#[tokio::test]
async fn an_admission_counts_for_its_branch_for_ever(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let before = picture(&mut tx, "QC-009").await;
    takes(&mut tx, "QC-009", CaseStep::Transferred, 1).await;
    takes(&mut tx, "QC-009", CaseStep::Received, 2).await;
    let after = picture(&mut tx, "QC-009").await;
    assert_ne!(after.case.unit, before.case.unit);
    assert_eq!(after.placed, Some(after.case.unit));
    assert_eq!(after.history.last().unwrap().evidence.branch, Some(after.case.unit));
    assert!(after.mentors.is_empty());
    let of = |picture: &Picture| -> Vec<(String, i64, i64)> {
        let figures = picture.figures.as_ref().unwrap().by_branch.iter();
        figures.map(|b| (b.unit.clone(), b.admitted, b.staff)).collect()
    };
    for (was, is) in of(&before).into_iter().zip(of(&after)) {
        let moved = match was.0.as_str() {
            "CB-02" => -1,
            "CB-05" => 1,
            _ => 0,
        };
        assert_eq!(is, (was.0, was.1, was.2 + moved));
    }
    assert_eq!(after.figures.unwrap().new_member_class, before.figures.unwrap().new_member_class);
}
