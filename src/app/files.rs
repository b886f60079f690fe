//! The files of notices: handed over by who has the draft of one open, fetched by whom the notice
//! went to and by the committees above, each as the offices are at that moment.

use std::sync::Arc;

use async_trait::async_trait;

use crate::channels::web::BOT;
use crate::clock::Clock;
use crate::disclosure::{self, Reading};
use crate::domain::audit::Act;
use crate::domain::ids::{NoticeId, PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::http::{DirectoryError, FileRoom, NoticeFile};
use crate::message::{Disclosure, Phrase};
use crate::operations::rights::{self, Right};
use crate::render::{Lang, say};
use crate::store::audit::{self, Author, Entry};
use crate::store::{Db, StoreError, Tx, accounts, notice_files, notices, people};

/// Keeps the files of notices in the database.
pub struct FileDesk {
    pub db: Db,
    pub clock: Clock,
    pub practice: Arc<Practice>,
    /// Whether the page may show names that stand in the name of a file.
    pub disclosure: Disclosure,
}

impl FileDesk {
    async fn person(&self, tx: &mut Tx, account: &str) -> Result<Option<Person>, StoreError> {
        let today = self.practice.today(self.clock.now());
        match accounts::find(tx, &[(BOT, account)]).await?.pop() {
            Some(account) => people::get(tx, account.person_id, today).await,
            None => Ok(None),
        }
    }

    /// Who is behind an account, if a file is waited for from them: they may write notices today,
    /// and have the draft of one.
    async fn writer(&self, tx: &mut Tx, account: &str) -> Result<Option<Person>, StoreError> {
        if self.practice.notice_file_max == 0 {
            return Ok(None);
        }
        let Some(person) = self.person(tx, account).await? else { return Ok(None) };
        let writes = rights::somewhere(&person, Right::WriteNotices)
            && notices::draft(tx, person.id).await?.is_some();
        Ok(writes.then_some(person))
    }

    async fn limit_of(&self, account: &str) -> Result<Option<usize>, StoreError> {
        let mut tx = self.db.read().await?;
        let writer = self.writer(&mut tx, account).await?;
        Ok(writer.and_then(|_| usize::try_from(self.practice.notice_file_max).ok()))
    }

    async fn store(
        &self,
        account: &str,
        form_key: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Option<i64>, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some(writer) = self.writer(&mut tx, account).await? else { return Ok(None) };
        let now = self.clock.now();
        let id = notice_files::keep(&mut tx, writer.id, form_key, name, bytes, now).await?;
        tx.commit().await?;
        Ok(Some(id))
    }

    async fn find(
        &self,
        account: &str,
        notice: NoticeId,
    ) -> Result<Option<NoticeFile>, StoreError> {
        let mut tx = self.db.read().await?;
        let Some(person) = self.person(&mut tx, account).await? else { return Ok(None) };
        if !may_read(&mut tx, &person, notice).await? {
            return Ok(None);
        }
        let found = match notice_files::content(&mut tx, notice).await? {
            Some((name, bytes)) => Some((self.shown(&mut tx, &person, &name).await?, bytes)),
            None => None,
        };
        tx.rollback().await?;
        if found.is_some() {
            self.note(person.id, notice).await?;
        }
        Ok(found.map(|(name, bytes)| NoticeFile { name, bytes }))
    }

    /// The name of a file as its reader may see it.
    async fn shown(&self, tx: &mut Tx, to: &Person, name: &str) -> Result<String, StoreError> {
        let phrase = Phrase::new("format-typed").with("text", Typed::new(name));
        let disclosure = self.disclosure;
        let reading = Reading { reader: Some(to.id), disclosure, phrases: vec![&phrase] };
        let today = self.practice.today(self.clock.now());
        let reader = disclosure::reader(tx, reading, today).await?;
        Ok(say(&phrase, Lang::Vi, disclosure, &reader))
    }

    /// Writes down who fetched the file of a notice.
    async fn note(&self, reader: PersonId, notice: NoticeId) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let unit = notices::get(&mut tx, notice).await?.map(|sent| sent.unit);
        let entry = Entry::new(Act::NoticeFileRead, notice.0.to_string()).within(unit);
        let by = Author { person: Some(reader), channel: BOT };
        audit::note_reading(&mut tx, now, self.practice.today(now), by, entry).await?;
        tx.commit().await
    }
}

/// Whom a notice went to, and who may read it in all of its branches.
async fn may_read(tx: &mut Tx, person: &Person, notice: NoticeId) -> Result<bool, StoreError> {
    if notices::went_to(tx, notice, person.id).await? {
        return Ok(true);
    }
    if !rights::somewhere(person, Right::ReadNoticeFiles) {
        return Ok(false);
    }
    let units = UnitTree::load(tx).await?;
    let branches = notices::tallies(tx, &[notice]).await?;
    let may = |unit: UnitId| rights::may(person, Right::ReadNoticeFiles, unit, &units);
    Ok(!branches.is_empty() && branches.iter().all(|branch| may(branch.unit_id)))
}

fn away(error: StoreError) -> DirectoryError {
    tracing::error!(%error, "the files of notices are out of reach");
    DirectoryError
}

#[async_trait]
impl FileRoom for FileDesk {
    async fn limit(&self, account: &str) -> Result<Option<usize>, DirectoryError> {
        self.limit_of(account).await.map_err(away)
    }

    async fn keep(
        &self,
        account: &str,
        form_key: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Option<i64>, DirectoryError> {
        self.store(account, form_key, name, bytes).await.map_err(away)
    }

    async fn fetch(
        &self,
        account: &str,
        notice: i64,
    ) -> Result<Option<NoticeFile>, DirectoryError> {
        self.find(account, NoticeId(notice)).await.map_err(away)
    }
}
