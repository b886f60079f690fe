//! Dialogues, buttons, planned steps and the web page's lines come back as they were kept.

use diudat::domain::due::Fate;
use diudat::domain::ids::{ButtonId, MeetingId, OutboxId, PersonId, UnitId};
use diudat::domain::month::Step;
use diudat::domain::report::Rating;
use diudat::domain::units::UnitTree;
use diudat::message::{Part, Phrase, Run};
use diudat::store::sessions::{self, NewButton, Session, SessionKey};
use diudat::store::steps;
use diudat::store::{Tx, meetings, web};
use diudat::taps::{AttendanceTap, ReportTap, Tap};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines, fresh_db};
use crate::{at, demo};

fn key(chat: &str) -> SessionKey {
    SessionKey { bot: "web".into(), chat: chat.into(), sender: "NS-012".into() }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_session_is_kept_under_its_key(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let open = Session {
        dialogue: Some(("report".into(), r#"{"v":1,"at":"rating"}"#.into())),
        question: Some(OutboxId(7)),
        options: vec![ButtonId(3), ButtonId(1)],
        expires_at: at(100),
    };
    let options_only = Session { expires_at: at(200), ..Session::default() };
    let both = [(key("1"), open.clone()), (key("2"), options_only.clone())];
    sessions::save(&mut tx, &both).await.unwrap();

    let mut found = sessions::find(&mut tx, &[key("1"), key("2"), key("3")]).await.unwrap();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(found, both);
    assert_eq!(sessions::find(&mut tx, &[]).await.unwrap(), []);

    let closed = Session { dialogue: None, question: None, options: vec![], ..open };
    sessions::save(&mut tx, &[(key("1"), closed.clone())]).await.unwrap();
    assert_eq!(sessions::find(&mut tx, &[key("1")]).await.unwrap(), [(key("1"), closed)]);

    sessions::expire(&mut tx, at(101)).await.unwrap();
    assert_eq!(
        sessions::find(&mut tx, &[key("1"), key("2")]).await.unwrap(),
        [(key("2"), options_only)]
    );
}

async fn button(tx: &mut Tx, tap: &Tap, label: &Phrase, prompt_code: Option<u32>) -> NewButton {
    NewButton {
        id: ButtonId(tx.new_id().await.unwrap()),
        outbox: OutboxId(5),
        person: Some(PersonId(12)),
        unit: None,
        tap: serde_json::to_string(tap).unwrap(),
        label: serde_json::to_string(label).unwrap(),
        prompt_code,
        expires_at: at(100).timestamp_millis(),
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn a_button_means_what_it_meant(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let good = Tap::Report(ReportTap::Rate(Rating::Good));
    let coming = Tap::Attendance(AttendanceTap::Coming(MeetingId(8)));
    let label = Phrase::new("rating").with("value", "tốt");
    let mine = button(&mut tx, &good, &label, None).await;
    let prompted = button(&mut tx, &coming, &label, Some(47)).await;
    let group = NewButton {
        person: None,
        unit: Some(UnitId(2)),
        ..button(&mut tx, &coming, &label, None).await
    };
    let ids = [mine.id, prompted.id, group.id];
    sessions::add_buttons(&mut tx, &[mine, prompted, group]).await.unwrap();

    let tapped = sessions::button(&mut tx, ids[0]).await.unwrap().unwrap();
    assert_eq!((tapped.tap, tapped.label), (good, label));
    assert_eq!((tapped.person, tapped.unit), (Some(PersonId(12)), None));
    assert_eq!((tapped.outbox, tapped.shown_as), (OutboxId(5), OutboxId(5)));
    assert_eq!((tapped.expires_at, tapped.unsolicited), (at(100), false));

    let offered = sessions::buttons(&mut tx, &[ids[2], ids[0]]).await.unwrap();
    assert_eq!(offered.iter().map(|b| b.id).collect::<Vec<_>>(), [ids[0], ids[2]]);
    assert_eq!((offered[1].person, offered[1].unit), (None, Some(UnitId(2))));

    for (person, code, seconds, expected) in [
        (12, 47, 99, vec![ids[1]]),
        (12, 47, 100, vec![]),
        (12, 48, 0, vec![]),
        (13, 47, 0, vec![]),
    ] {
        let found = sessions::prompted(&mut tx, PersonId(person), code, at(seconds)).await.unwrap();
        assert_eq!(found.iter().map(|b| b.id).collect::<Vec<_>>(), expected);
    }
    sessions::expire(&mut tx, at(101)).await.unwrap();
    assert!(sessions::button(&mut tx, ids[0]).await.unwrap().is_none());
}

#[apply(both_engines)]
#[tokio::test]
async fn a_step_is_planned_once_and_ends_once(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let unit = UnitTree::load(&mut tx).await.unwrap().branches().next().unwrap().id;
    let meeting =
        meetings::add_regular(&mut tx, unit, "2019-01".parse().unwrap(), at(9000), &"P. 2".into())
            .await
            .unwrap()
            .unwrap();
    for (step, due) in [(Step::Prompt(3), 50), (Step::Prompt(5), 20), (Step::Prompt(5), 30)] {
        steps::plan(&mut tx, meeting, 1, step, at(due), None).await.unwrap();
    }
    steps::plan(&mut tx, meeting, 1, Step::Days(3), at(10), Some((Fate::Skipped, at(1))))
        .await
        .unwrap();
    assert_eq!(steps::next_due(&mut tx).await.unwrap(), Some(at(20)));
    let due = steps::due(&mut tx, at(40)).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].meeting, due[0].step, due[0].due_at), (meeting, Step::Prompt(5), at(20)));

    assert!(steps::finish(&mut tx, due[0].id, Fate::Fired, at(41)).await.unwrap());
    assert!(!steps::finish(&mut tx, due[0].id, Fate::Dropped, at(42)).await.unwrap());
    steps::remind(&mut tx, due[0].id, None, Some(unit), OutboxId(5)).await.unwrap();
    steps::acknowledge(&mut tx, OutboxId(5), at(43)).await.unwrap();

    steps::cancel(&mut tx, meeting, at(44)).await.unwrap();
    assert_eq!(steps::next_due(&mut tx).await.unwrap(), None);
}

#[apply(both_engines)]
#[tokio::test]
async fn a_line_is_shown_once(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut tx = db.begin().await.unwrap();
    let part = |text: &str| Part {
        runs: vec![Run { text: text.into(), strong: true }],
        ..Part::default()
    };
    let (first, new) = web::add(&mut tx, "c", "o1/0", false, &part("một"), at(0)).await.unwrap();
    assert!(new);
    let again = web::add(&mut tx, "c", "o1/0", false, &part("hai"), at(1)).await.unwrap();
    assert_eq!(again, (first, false));
    web::add(&mut tx, "c", "i1", true, &part("ba"), at(2)).await.unwrap();
    web::add(&mut tx, "other", "i2", true, &part("không"), at(3)).await.unwrap();

    assert!(web::replace(&mut tx, "c", first, &part("bốn")).await.unwrap());
    assert!(!web::replace(&mut tx, "other", first, &part("năm")).await.unwrap());
    let lines = web::last(&mut tx, "c", 10).await.unwrap();
    let seen: Vec<_> = lines.iter().map(|l| (l.part.plain(), l.from_person, l.shown_at)).collect();
    assert_eq!(seen, [("bốn".into(), false, at(0)), ("ba".into(), true, at(2))]);
    assert_eq!(web::last(&mut tx, "c", 1).await.unwrap()[0].part.plain(), "ba");
    assert_eq!(web::expire(&mut tx, at(2)).await.unwrap(), 1);
}
