//! Notices: what is found, reminded of and kept of them when their time is over.

use diudat::clock::Instant;
use diudat::domain::due::Fate;
use diudat::domain::ids::{NoticeId, OutboxId, PersonId, UnitId};
use diudat::domain::units::UnitTree;
use diudat::store::Tx;
use diudat::store::notice_files::{self, Described};
use diudat::store::notices::{self, Draft, Recipient, Tally};
use diudat::store::people;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::{at, demo, today};

/// A notice to a branch, sent to all of its members.
async fn sent(tx: &mut Tx, remind_at: Option<Instant>) -> (NoticeId, UnitId, Vec<PersonId>) {
    let units = UnitTree::load(tx).await.unwrap();
    let branch = units.by_code("CB-02").unwrap().id;
    let sender = people::by_code(tx, "NS-027").await.unwrap().unwrap();
    let draft = Draft { body: "Mời họp".into(), units: vec![branch], changed_at: at(0) };
    let committee = units.root().unwrap().id;
    let notice = notices::add(tx, sender, committee, &draft, at(0), remind_at).await.unwrap();
    let members = people::members(tx, branch, today()).await.unwrap();
    let mut recipients = Vec::new();
    for person in &members {
        let outbox = OutboxId(tx.new_id().await.unwrap());
        recipients.push(Recipient { person: *person, unit: branch, outbox });
    }
    notices::add_recipients(tx, notice.id, &recipients).await.unwrap();
    (notice.id, branch, members)
}

#[apply(both_engines)]
#[tokio::test]
async fn counts_outlive_the_text_and_the_names(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (notice, branch, members) = sent(&mut tx, None).await;
    assert_eq!(notices::read(&mut tx, notice, members[0], at(5)).await.unwrap(), Some(at(5)));
    assert_eq!(notices::read(&mut tx, notice, members[0], at(9)).await.unwrap(), Some(at(5)));
    assert_eq!(notices::unread_in(&mut tx, notice, &[branch]).await.unwrap().len(), 4);
    let expected = Tally {
        notice_id: notice,
        unit_id: branch,
        recipients: 5,
        arrived: 1,
        have_read: 1,
        unreachable: 0,
    };
    assert_eq!(notices::tallies(&mut tx, &[notice]).await.unwrap(), [expected]);

    assert_eq!(notices::forget(&mut tx, at(0)).await.unwrap(), 0, "not that old");
    for forgotten in [1, 0] {
        assert_eq!(notices::forget(&mut tx, at(1)).await.unwrap(), forgotten);
        assert_eq!(notices::tallies(&mut tx, &[notice]).await.unwrap(), [expected]);
    }
    assert_eq!(notices::get(&mut tx, notice).await.unwrap().unwrap().body.as_written(), "");
    assert!(notices::unread(&mut tx, notice).await.unwrap().is_empty());
    assert_eq!(notices::read(&mut tx, notice, members[1], at(9)).await.unwrap(), None);
}

#[apply(both_engines)]
#[tokio::test]
async fn a_reminder_ends_once_and_nothing_is_forgotten_before_it(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (notice, ..) = sent(&mut tx, Some(at(60))).await;
    assert_eq!(notices::next_due(&mut tx).await.unwrap(), Some(at(60)));
    assert!(notices::due(&mut tx, at(59)).await.unwrap().is_empty());
    assert_eq!(notices::due(&mut tx, at(60)).await.unwrap()[0].id, notice);
    assert_eq!(notices::forget(&mut tx, at(70)).await.unwrap(), 0, "it is still to be sent");
    assert!(notices::finish(&mut tx, notice, Fate::Dropped, at(61)).await.unwrap());
    assert!(!notices::finish(&mut tx, notice, Fate::Fired, at(61)).await.unwrap());
    assert_eq!(notices::next_due(&mut tx).await.unwrap(), None);
    assert_eq!(notices::count_dropped(&mut tx).await.unwrap(), 1);
    assert_eq!(notices::forget(&mut tx, at(70)).await.unwrap(), 1);
}

/// Only whoever may see every branch of a notice finds it.
#[apply(both_engines)]
#[tokio::test]
async fn a_notice_is_found_by_its_branches(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let (notice, branch, _) = sent(&mut tx, None).await;
    let units = UnitTree::load(&mut tx).await.unwrap();
    let all: Vec<UnitId> = units.branches().map(|unit| unit.id).collect();
    let others: Vec<UnitId> = all.iter().copied().filter(|id| *id != branch).collect();
    let found = async |tx: &mut Tx, branches: &[UnitId]| {
        let recent = notices::recent(tx, branches, 3).await.unwrap();
        recent.into_iter().map(|notice| notice.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&mut tx, &all).await, [notice]);
    assert_eq!(found(&mut tx, &[branch]).await, [notice]);
    assert_eq!(found(&mut tx, &others).await, []);
}

#[apply(both_engines)]
#[tokio::test]
async fn a_file_is_kept_as_long_as_the_text(engine: Engine) {
    let (db, _guard) = demo(engine).await;
    let mut tx = db.begin().await.unwrap();
    let sender = people::by_code(&mut tx, "NS-027").await.unwrap().unwrap();
    // Every byte there is, and more than fits a line.
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let id = notice_files::keep(&mut tx, sender, "form", "a.pdf", &bytes, at(0)).await.unwrap();
    let again = notice_files::keep(&mut tx, sender, "form", "b.pdf", b"", at(0)).await.unwrap();
    assert_eq!(id, again, "the same form");
    let head = notice_files::at_hand(&mut tx, id, sender).await.unwrap();
    assert_eq!(head.as_deref(), Some(&bytes[..16]));
    let other = people::by_code(&mut tx, "NS-001").await.unwrap().unwrap();
    assert_eq!(notice_files::at_hand(&mut tx, id, other).await.unwrap(), None);
    notice_files::attach(&mut tx, id, sender, "a-1.pdf").await.unwrap();
    notice_files::discard(&mut tx, id, sender).await.unwrap();
    let described = Described { name: "a-1.pdf".into(), size: 100_000 };
    let of_draft = notice_files::of_draft(&mut tx, sender).await.unwrap();
    assert_eq!(of_draft, Some(described.clone()), "what was taken is not discarded");

    let (notice, ..) = sent(&mut tx, None).await;
    notice_files::send(&mut tx, sender, notice).await.unwrap();
    assert_eq!(notice_files::of_draft(&mut tx, sender).await.unwrap(), None);
    assert_eq!(notice_files::of_notice(&mut tx, notice).await.unwrap(), Some(described));
    let content = notice_files::content(&mut tx, notice).await.unwrap();
    assert_eq!(content, Some(("a-1.pdf".to_owned(), bytes)));

    notices::forget(&mut tx, at(0)).await.unwrap();
    assert!(notice_files::of_notice(&mut tx, notice).await.unwrap().is_some(), "not that old");
    notices::forget(&mut tx, at(1)).await.unwrap();
    assert_eq!(notice_files::of_notice(&mut tx, notice).await.unwrap(), None);
    // What nobody decided on goes by itself, and nothing else.
    let left =
        notice_files::keep(&mut tx, sender, "form-2", "a.pdf", b"%PDF-", at(5)).await.unwrap();
    assert_eq!(notice_files::expire(&mut tx, at(5)).await.unwrap(), 0);
    let head = notice_files::at_hand(&mut tx, left, sender).await.unwrap();
    assert_eq!(head.as_deref(), Some(b"%PDF-".as_slice()), "shorter than what is looked at");
    assert_eq!(notice_files::expire(&mut tx, at(6)).await.unwrap(), 1);
    tx.commit().await.unwrap();
}
