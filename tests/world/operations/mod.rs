//! An operation does the same by whatever way it comes, a chat, a page or the command line: the same
//! rows, audit, messages and refusals. Each file beside this one tries an aggregate.

mod accounts;
mod asking;
mod at_once;
mod cases;
mod classes;
mod meetings;
mod notices;
mod offices;
mod people;
mod reports;
mod settings;
mod sheets;
mod targets;
mod unchanged;

use std::sync::Arc;

use diudat::domain::people::Person;
use diudat::domain::target::TargetKind;
use diudat::domain::units::UnitTree;
use diudat::operations::{Actor, Doer, Refused, Work};
use diudat::operations::{cases as dossiers, targets as operation};
use diudat::outbound::Post;
use diudat::store::StoreError;
use diudat::store::audit::COMMAND_LINE;
use diudat::store::people as rows;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, World};

impl World {
    /// What each of these statements counts.
    pub async fn counts(&self, statements: &[&'static str]) -> Vec<i64> {
        let mut counts = Vec::new();
        for sql in statements {
            counts.push(self.count(sql).await);
        }
        counts
    }

    /// A deed that comes by the page: what it gives, once everything is settled.
    pub async fn on_the_page<T>(
        &mut self,
        who: &str,
        deed: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        self.deed(Some(who), "web", deed).await
    }

    /// A deed of the administrator at the command line: what it gives, once everything is settled.
    pub async fn at_the_command_line<T>(
        &mut self,
        deed: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        self.deed(None, COMMAND_LINE, deed).await
    }

    async fn deed<T>(
        &mut self,
        who: Option<&str>,
        channel: &str,
        deed: impl AsyncFnOnce(&mut Work<'_>) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        let (now, today) = (self.clock.now(), self.practice.today(self.clock.now()));
        let mut tx = self.db.begin().await.unwrap();
        let mut me: Option<Person> = None;
        if let Some(code) = who {
            let id = rows::by_code(&mut tx, code).await.unwrap().unwrap();
            me = rows::get(&mut tx, id, today).await.unwrap();
        }
        let units = Arc::new(UnitTree::load(&mut tx).await.unwrap());
        let practice = self.practice.clone();
        let mut post = Post::default();
        self.number += 1;
        let mut work = Work {
            tx: &mut tx,
            by: me.as_ref().map_or(Actor::Administrator, Actor::Person),
            channel,
            practice: &practice,
            now,
            units,
            post: &mut post,
            occasion: format!("{channel}:form-{}", self.number),
        };
        let done = deed(&mut work).await;
        if matches!(done, Err(Refused::Because(_))) {
            let written = work.tx.take_written().beside(&["audit"]);
            assert!(written.is_empty(), "refused after {written:?} had been changed");
        }
        post.flush(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        self.settle().await;
        done
    }
}

/// Whoever asks sees what is, and leaves nothing: neither what they write nor whom they tell.
#[apply(both_engines)]
#[tokio::test]
async fn an_inquiry_changes_nothing(engine: Engine) {
    let w = World::peopled(engine, "2018-11-26 09:00").await;
    let door = w.door();
    let counts = "SELECT (SELECT COUNT(*) FROM audit) + (SELECT COUNT(*) FROM outbox)
        + (SELECT COUNT(*) FROM unit_target)";
    let before = w.count(counts).await;
    let office = Doer::Account { bot: TAPPING, account: "NS-027" };
    let set = async |work: &mut Work<'_>| {
        let unit = work.units.by_code("CB-02").unwrap().id;
        operation::set(work, (unit, 2019, TargetKind::Admissions), None, Some(2)).await
    };
    let mut inquiry = door.inquiry(office).await.unwrap();
    assert_eq!(inquiry.work().me().unwrap().code, "NS-027");
    let tried = set(&mut inquiry.work()).await.map(drop);
    assert!(matches!(tried, Err(Refused::Fault(StoreError::OnlyReading(_)))), "{tried:?}");
    // Nobody's details are shown where it could not be written down who read them.
    let read = dossiers::by_code(&mut inquiry.work(), "QC-014").await.map(drop);
    assert!(matches!(read, Err(Refused::Fault(StoreError::OnlyReading(_)))), "{read:?}");
    drop(inquiry);
    assert_eq!(w.count(counts).await, before);
    assert_eq!(w.audited("read.dossier").await, Vec::<String>::new());
    let mut deed = door.deed(office).await.unwrap();
    set(&mut deed.work()).await.unwrap();
    dossiers::by_code(&mut deed.work(), "QC-014").await.unwrap();
    deed.end().await.unwrap();
    assert!(w.count(counts).await > before, "it was theirs to do");
    assert_eq!(w.audited("read.dossier").await, ["QC-014"]);
    let stranger = door.inquiry(Doer::Account { bot: "web", account: "nobody" }).await;
    assert_eq!(refusal(stranger.map(drop)).as_deref(), Some("start-stranger"));
    w.settle().await;
    w.everyone_reads();
    w.finish().await;
}

/// Two worlds alike, one for the chat and one for the page, where everybody has read what was sent.
pub async fn pair(engine: Engine, at: &str) -> (World, World) {
    let (chat, page) = (World::peopled(engine, at).await, World::peopled(engine, at).await);
    chat.everyone_reads();
    page.everyone_reads();
    (chat, page)
}

/// Ends both.
pub async fn finish(chat: World, page: World) {
    for w in [chat, page] {
        w.everyone_reads();
        w.finish().await;
    }
}

/// Why a deed was refused: the key of the sentence; `None`: it was done.
pub fn refusal<T: std::fmt::Debug>(done: Result<T, Refused>) -> Option<String> {
    match done {
        Ok(_) => None,
        Err(Refused::Because(phrase)) => Some(phrase.key),
        Err(Refused::Fault(error)) => panic!("{error}"),
    }
}
