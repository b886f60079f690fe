//! Meetings, the answers to them, and the reports that serve them.

use std::slice::from_ref;

use chrono::{NaiveDate, NaiveTime};
use diudat::domain::calendar::Month;
use diudat::domain::ids::{CaseId, PersonId, UnitId};
use diudat::domain::meeting::MeetingAnswer;
use diudat::domain::practice::MeetingHabit;
use diudat::domain::recurrence::Policy;
use diudat::domain::report::Slot;
use diudat::domain::report::{Content, Draft, Rating, Recommendation, ReportState};
use diudat::domain::typed::Typed;
use diudat::domain::units::UnitTree;
use diudat::store::reports;
use diudat::store::{Tx, cases, meetings, people, sheets};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{at, demo, today};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Chi bộ Phòng 1, its candidate QC-014 and one of the mentors.
async fn phong_1(tx: &mut Tx) -> (UnitId, CaseId, PersonId) {
    let units = UnitTree::load(tx).await.unwrap();
    let unit = units.branches().find(|unit| unit.code == "CB-02").unwrap().id;
    let mentor = people::by_code(tx, "NS-012").await.unwrap().unwrap();
    let guided = cases::guided_by(tx, mentor, today()).await.unwrap();
    let case = guided.iter().find(|guided| guided.code == "QC-014").unwrap();
    assert_eq!((case.unit_id, case.name.in_full()), (unit, "Trần Văn Bình"));
    (unit, case.id, mentor)
}

#[apply(both_engines)]
#[tokio::test]
async fn a_regular_meeting_is_added_once_a_month(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (unit, ..) = phong_1(&mut tx).await;
    let added = meetings::add_regular(&mut tx, unit, month("2018-12"), at(900), &"P. 3".into())
        .await
        .unwrap();
    let again = meetings::add_regular(&mut tx, unit, month("2018-12"), at(950), &"P. 4".into())
        .await
        .unwrap();
    assert_eq!(again, None);
    let held = meetings::add_regular(&mut tx, unit, month("2018-11"), at(950), &"P. 4".into())
        .await
        .unwrap();
    assert_eq!(held, None, "November's was held already");

    let next = meetings::next_regular(&mut tx, unit, at(0)).await.unwrap().unwrap();
    assert_eq!(Some(next.id), added);
    assert_eq!(
        (next.month, next.starts_at, next.place.as_written()),
        (month("2018-12"), at(900), "P. 3")
    );
    assert_eq!(meetings::upcoming(&mut tx, unit, at(0), 5).await.unwrap(), from_ref(&next));
    assert_eq!(meetings::between(&mut tx, at(900), at(901)).await.unwrap(), from_ref(&next));
    assert_eq!(meetings::between(&mut tx, at(0), at(900)).await.unwrap(), []);
    assert_eq!(meetings::units_with_regular(&mut tx, month("2018-12")).await.unwrap(), [unit]);
    assert_eq!(meetings::get(&mut tx, next.id).await.unwrap(), Some(next));
}

/// Where nobody leads a branch, whoever is in the chair was chosen for the day.
#[apply(both_engines)]
#[tokio::test]
async fn a_chair_is_of_the_day_unless_they_preside_anyhow(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (unit, _, chair) = phong_1(&mut tx).await;
    let other = people::by_code(&mut tx, "NS-010").await.unwrap();
    let meeting = meetings::add_regular(&mut tx, unit, month("2018-12"), at(900), &"P. 3".into())
        .await
        .unwrap()
        .unwrap();
    let empty = sheets::of_the_day(&mut tx, meeting, None).await.unwrap();
    assert_eq!(empty, sheets::OfTheDay::default());
    sheets::begin(&mut tx, meeting, chair, at(900)).await.unwrap();
    for (presides, of_the_day) in [(Some(chair), false), (other, true), (None, true)] {
        let what = sheets::of_the_day(&mut tx, meeting, presides).await.unwrap();
        assert_eq!(what.chair, of_the_day, "{presides:?}");
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_branch_meets_by_its_own_rule_or_else_as_is_usual(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.read().await.unwrap();
    let (unit, ..) = phong_1(&mut tx).await;
    let usual = MeetingHabit {
        rule: "day 28".parse().unwrap(),
        time: NaiveTime::from_hms_opt(17, 0, 0).unwrap(),
        place: "P. 0".into(),
        policy: Policy::Keep,
    };
    let rules = meetings::rules(&mut tx, &usual, today()).await.unwrap();
    assert_eq!(rules.len(), 6);
    assert!(rules.iter().all(|rule| rule.habit.rule != usual.rule), "all have their own");
    let own = &rules.iter().find(|rule| rule.unit == unit).unwrap().habit;
    assert_eq!((own.rule.to_string(), own.policy), ("day 5".into(), Policy::Next));
    assert_eq!(
        (own.time.to_string(), own.place.as_written()),
        ("14:00:00".into(), "Phòng họp tầng 3")
    );

    let before = NaiveDate::from_ymd_opt(2015, 1, 5).unwrap();
    let rules = meetings::rules(&mut tx, &usual, before).await.unwrap();
    assert_eq!(rules.len(), 6);
    assert!(rules.iter().all(|rule| rule.habit.rule == usual.rule), "no rule was made yet");
}

#[apply(both_engines)]
#[tokio::test]
async fn a_second_answer_replaces_the_first(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (unit, _, mentor) = phong_1(&mut tx).await;
    let meeting = meetings::add_regular(&mut tx, unit, month("2018-12"), at(900), &"P. 3".into())
        .await
        .unwrap()
        .unwrap();
    for (answer, reason) in
        [(MeetingAnswer::Excused, Some("đi công tác")), (MeetingAnswer::Coming, None)]
    {
        let typed = reason.map(Typed::new);
        meetings::answer(&mut tx, meeting, mentor, answer, typed.as_ref(), at(0)).await.unwrap();
        let answers = meetings::answers(&mut tx, meeting).await.unwrap();
        assert_eq!(answers.len(), 1);
        assert_eq!(
            (answers[0].answer, answers[0].reason.as_ref().map(Typed::as_written)),
            (answer, reason)
        );
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_report_is_drafted_sent_and_sent_anew(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (unit, case, mentor) = phong_1(&mut tx).await;
    let meeting = meetings::add_regular(&mut tx, unit, month("2018-12"), at(900), &"P. 3".into())
        .await
        .unwrap()
        .unwrap();
    let slot = Slot { meeting, case, mentor };
    assert_eq!(reports::draft(&mut tx, slot).await.unwrap(), None);

    let planned = meetings::get(&mut tx, meeting).await.unwrap().unwrap();
    let owed = reports::owed(&mut tx, &planned, today()).await.unwrap();
    let owes = |owed: &[cases::Guided]| owed.iter().any(|g| (g.id, g.mentor_id) == (case, mentor));
    assert!(owed.len() == 3 && owes(&owed), "three pairs of mentor and candidate");

    let begun = Draft { ratings: [Some(Rating::Good), None, None, None, None], ..Draft::default() };
    reports::save_draft(&mut tx, slot, &begun, at(0)).await.unwrap();
    let more = Draft { strengths: Some("Ham học \"hỏi\"".into()), ..begun };
    reports::save_draft(&mut tx, slot, &more, at(1)).await.unwrap();
    assert_eq!(reports::draft(&mut tx, slot).await.unwrap(), Some(more));
    assert_eq!(reports::drafted(&mut tx, meeting).await.unwrap(), [(case, mentor)]);

    let mut content = Content {
        ratings: [Rating::Good, Rating::Fair, Rating::Average, Rating::Weak, Rating::Good],
        strengths: Some("Ham học hỏi".into()),
        weaknesses: None,
        recommendation: Recommendation::Source,
    };
    reports::file(&mut tx, slot, &content, at(2)).await.unwrap();
    assert_eq!(reports::draft(&mut tx, slot).await.unwrap(), None, "sending ends the draft");
    content.strengths = None;
    content.recommendation = Recommendation::Dossier;
    reports::file(&mut tx, slot, &content, at(3)).await.unwrap();

    let filed = reports::get(&mut tx, slot).await.unwrap().unwrap();
    assert_eq!((filed.case, filed.mentor), (case, mentor));
    assert_eq!(filed.content, content);
    assert_eq!(filed.submitted_at, at(2), "when it was sent first");
    let all = reports::filed(&mut tx, meeting).await.unwrap();
    assert_eq!(all, [(case, mentor, ReportState::Submitted)]);
    let owed = reports::owed(&mut tx, &planned, today()).await.unwrap();
    assert!(owed.len() == 2 && !owes(&owed));
}

#[apply(both_engines)]
#[tokio::test]
async fn last_months_report_is_there(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.read().await.unwrap();
    let (_, case, _) = phong_1(&mut tx).await;
    for (code, state) in [("NS-012", ReportState::Accepted), ("NS-013", ReportState::Submitted)] {
        let mentor = people::by_code(&mut tx, code).await.unwrap().unwrap();
        let last = reports::latest_before(&mut tx, case, mentor, at(0)).await.unwrap().unwrap();
        assert_eq!(last.state, state);
        assert_eq!(last.content.recommendation, Recommendation::Dossier, "November's");
    }
    let stranger = people::by_code(&mut tx, "NS-001").await.unwrap().unwrap();
    assert!(reports::latest_before(&mut tx, case, stranger, at(0)).await.unwrap().is_none());
}
