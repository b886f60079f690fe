//! The audit is append-only, whoever writes to the database; and a reading stands once a day.

use diudat::domain::audit::{Act, Cursor, Field, Toward};
use diudat::domain::ids::PersonId;
use diudat::store::audit::{self, Author, Entry, Row, Wanted};
use diudat::store::{Db, Statement, Tx, people};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{at, demo, today};

/// One text for both engines.
const fn same(name: &'static str, sql: &'static str) -> Statement {
    Statement { name, sqlite: sql, postgres: sql, takes: &[] }
}

/// What somebody would try who wants a deed never to have been.
static FORGERIES: [Statement; 8] = [
    same("ACTOR", "UPDATE audit SET person_id = NULL"),
    same("ACTION", "UPDATE audit SET action = 'report.accept'"),
    same("TIME", "UPDATE audit SET done_at = done_at + 1"),
    same("AFTERWARDS", "UPDATE audit SET became = '{}'"),
    same("ERASED_BUT_FOR", "UPDATE audit SET erased_at = 1, was = NULL"),
    same(
        "ERASED_AND_MORE",
        "UPDATE audit SET erased_at = 1, was = NULL, became = NULL, subject = 'QC-001'",
    ),
    same("DELETE", "DELETE FROM audit"),
    Statement {
        name: "WHOLE",
        sqlite: "INSERT OR REPLACE INTO audit
            (id, done_at, action, subject, detail) SELECT id, 0, 'x', 'x', '' FROM audit",
        postgres: "TRUNCATE audit",
        takes: &[],
    },
];
/// The one change there is.
static BLANK: Statement =
    same("BLANK", "UPDATE audit SET erased_at = 1, was = NULL, became = NULL, detail = ''");
static UNBLANK: Statement = same("UNBLANK", "UPDATE audit SET erased_at = NULL");
static AGAIN: Statement = same("AGAIN", "UPDATE audit SET erased_at = 2");

async fn mentor(tx: &mut Tx) -> PersonId {
    people::by_code(tx, "NS-013").await.unwrap().unwrap()
}

fn by(person: PersonId) -> Author<'static> {
    Author { person: Some(person), channel: "web" }
}

async fn written(db: &Db) -> Vec<Row> {
    let wanted =
        Wanted { units: &[], whole: true, between: (at(-10), at(10)), code: None, acts: None };
    let mut tx = db.read().await.unwrap();
    audit::beyond(&mut tx, &wanted, Cursor::NEWEST, Toward::Older, 10).await.unwrap()
}

#[apply(both_engines)]
#[tokio::test]
async fn the_database_refuses_to_change_or_delete_a_deed(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let me = mentor(&mut tx).await;
    let entry =
        Entry::new(Act::NoticeSent, "7").was(Field::Recipients, 1).became(Field::Recipients, 2);
    audit::note(&mut tx, at(0), by(me), entry).await.unwrap();
    tx.commit().await.unwrap();

    for forgery in &FORGERIES {
        let mut tx = db.begin().await.unwrap();
        let refused = tx.run(forgery, Vec::new()).await.expect_err(forgery.name);
        assert!(refused.to_string().contains("append-only"), "{}: {refused}", forgery.name);
    }
    let rows = written(&db).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].became.get(Field::Recipients), Some(&2.into()));

    // What a person may demand, once, and never to be undone.
    let mut tx = db.begin().await.unwrap();
    assert_eq!(tx.run(&BLANK, Vec::new()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    for forgery in [&UNBLANK, &AGAIN] {
        db.begin().await.unwrap().run(forgery, Vec::new()).await.expect_err(forgery.name);
    }
    let rows = written(&db).await;
    assert_eq!((rows[0].act, rows[0].actor.as_deref()), (Act::NoticeSent, Some("NS-013")));
    assert!(rows[0].erased && rows[0].was.stored().is_none() && rows[0].became.stored().is_none());
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reading_stands_once_per_person_subject_and_day(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let me = mentor(&mut tx).await;
    let tomorrow = today().succ_opt().unwrap();
    let administrator = Author::ADMINISTRATOR;
    for (code, day, by) in [
        ("QC-014", today(), by(me)),
        ("QC-014", today(), by(me)),
        ("QC-009", today(), by(me)),
        ("QC-014", tomorrow, by(me)),
        ("QC-014", today(), administrator),
        ("QC-014", today(), administrator),
    ] {
        let entry = Entry::new(Act::DossierRead, code);
        audit::note_reading(&mut tx, at(0), day, by, entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(written(&db).await.len(), 4);
}

#[apply(both_engines)]
#[tokio::test]
async fn pages_follow_each_other_without_a_gap_both_ways(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let me = mentor(&mut tx).await;
    // Several in the same instant.
    for n in 0..6 {
        let entry = Entry::new(Act::NoticeSent, n.to_string());
        audit::note(&mut tx, at(n / 4), by(me), entry).await.unwrap();
    }
    let of = |code| Wanted {
        units: &[],
        whole: true,
        between: (at(-10), at(10)),
        code,
        acts: Some(vec![Act::NoticeSent]),
    };
    let subjects = |rows: &[Row]| rows.iter().map(|row| row.subject.clone()).collect::<Vec<_>>();
    let all = of(None);
    let mut page =
        async |from, toward| audit::beyond(&mut tx, &all, from, toward, 2).await.unwrap();
    let first = page(Cursor::NEWEST, Toward::Older).await;
    let second = page(first[1].place, Toward::Older).await;
    let third = page(second[1].place, Toward::Older).await;
    assert!(page(third[1].place, Toward::Older).await.is_empty());
    let pages = [subjects(&first), subjects(&second), subjects(&third)];
    let mut seen = pages.concat();
    assert_eq!(subjects(&page(third[0].place, Toward::Newer).await), pages[1]);
    assert_eq!(subjects(&page(second[0].place, Toward::Newer).await), pages[0]);
    seen.sort();
    assert_eq!(seen, ["0", "1", "2", "3", "4", "5"]);
    assert!(pages[0].iter().all(|one| ["4", "5"].contains(&one.as_str())), "{pages:?}");

    for (code, deeds) in [("NS-013", 6), ("3", 1), ("NS-010", 0)] {
        let wanted = of(Some(code));
        let found = audit::beyond(&mut tx, &wanted, Cursor::NEWEST, Toward::Older, 9).await;
        assert_eq!(found.unwrap().len(), deeds, "{code}");
    }
}

/// A deed of a class stood under the number that somebody typed, with a name in it.
#[apply(both_engines)]
#[tokio::test]
async fn the_number_of_a_class_gives_way_to_its_code_once_and_nothing_else_does(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let me = mentor(&mut tx).await;
    for (act, subject) in [(Act::ClassOpened, "95-CV/Trần Văn Bình"), (Act::NoticeSent, "7")] {
        let entry = Entry::new(act, subject).became(Field::Recipients, 2);
        audit::note(&mut tx, at(0), by(me), entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    static OF_OTHERS: Statement = same("OF_OTHERS", "UPDATE audit SET subject = 'LH-1'");
    static NO_CODE: Statement =
        same("NO_CODE", "UPDATE audit SET subject = 'LH-x' WHERE action = 'class.open'");
    static AND_MORE: Statement = same(
        "AND_MORE",
        "UPDATE audit SET subject = 'LH-1', became = NULL WHERE action = 'class.open'",
    );
    static CODE: Statement =
        same("CODE", "UPDATE audit SET subject = 'LH-1' WHERE action = 'class.open'");
    static OTHER: Statement =
        same("OTHER", "UPDATE audit SET subject = 'LH-2' WHERE action = 'class.open'");
    for forgery in [&OF_OTHERS, &NO_CODE, &AND_MORE] {
        let refused = db.begin().await.unwrap().run(forgery, Vec::new()).await;
        assert!(refused.expect_err(forgery.name).to_string().contains("append-only"));
    }
    let mut tx = db.begin().await.unwrap();
    assert_eq!(tx.run(&CODE, Vec::new()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    db.begin().await.unwrap().run(&OTHER, Vec::new()).await.expect_err("once");
    let mut subjects: Vec<String> = written(&db).await.into_iter().map(|row| row.subject).collect();
    subjects.sort();
    assert_eq!(subjects, ["7", "LH-1"]);
}
