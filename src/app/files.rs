//! The files of notices, as the page takes and gives them.

use std::sync::Arc;

use async_trait::async_trait;

use crate::channels::web::BOT;
use crate::clock::Clock;
use crate::disclosure::{self, Reading};
use crate::domain::ids::NoticeId;
use crate::domain::language::Language;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::typed::Typed;
use crate::http::{DirectoryError, FileRoom, NoticeFile};
use crate::message::{Disclosure, Phrase};
use crate::operations::{Deed, Doer, Refused, notice_files};
use crate::render::say;
use crate::store::{Db, StoreError, Tx, accounts, notice_files as rows, people};

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

    async fn limit_of(&self, account: &str) -> Result<Option<usize>, StoreError> {
        let mut tx = self.db.read().await?;
        let Some(person) = self.person(&mut tx, account).await? else { return Ok(None) };
        let awaited = notice_files::is_awaited(&mut tx, &self.practice, &person).await?;
        Ok(usize::try_from(self.practice.notice_file_max).ok().filter(|_| awaited))
    }

    async fn begin(&self, account: &str, key: Option<&str>) -> Result<Option<Deed>, Refused> {
        let doer = Doer::Account { bot: BOT, account };
        Deed::begin(&self.db, &self.practice, self.clock.now(), doer, key).await
    }

    async fn store(
        &self,
        account: &str,
        form_key: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Option<i64>, Refused> {
        let Some(mut deed) = self.begin(account, Some(form_key)).await? else {
            return Ok(rows::by_form(&mut self.db.read().await?, form_key).await?);
        };
        let id = notice_files::keep(&mut deed.work(), form_key, name, bytes).await?;
        deed.end().await?;
        Ok(Some(id))
    }

    async fn find(&self, account: &str, notice: NoticeId) -> Result<Option<NoticeFile>, Refused> {
        let mut tx = self.db.read().await?;
        let Some(person) = self.person(&mut tx, account).await? else { return Ok(None) };
        if !notice_files::may_read(&mut tx, &person, notice).await? {
            return Ok(None);
        }
        let Some((name, bytes)) = rows::content(&mut tx, notice).await? else { return Ok(None) };
        let name = self.shown(&mut tx, &person, &name).await?;
        tx.rollback().await?;
        let Some(mut deed) = self.begin(account, None).await? else { return Ok(None) };
        notice_files::fetch(&mut deed.work(), notice).await?;
        deed.end().await?;
        Ok(Some(NoticeFile { name, bytes }))
    }

    /// The name of a file as its reader may see it.
    async fn shown(&self, tx: &mut Tx, to: &Person, name: &str) -> Result<String, StoreError> {
        let phrase = Phrase::new("format-typed").with("text", Typed::new(name));
        let disclosure = self.disclosure;
        let reading = Reading { reader: Some(to.id), disclosure, phrases: vec![&phrase] };
        let today = self.practice.today(self.clock.now());
        let reader = disclosure::reader(tx, reading, today).await?;
        Ok(say(&phrase, Language::Vi, disclosure, &reader))
    }
}

/// What was refused is not there for whoever asked.
fn answer<T>(done: Result<Option<T>, Refused>) -> Result<Option<T>, DirectoryError> {
    match done {
        Ok(answer) => Ok(answer),
        Err(Refused::Because(_)) => Ok(None),
        Err(Refused::Fault(error)) => Err(away(error)),
    }
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
        answer(self.store(account, form_key, name, bytes).await)
    }

    async fn fetch(
        &self,
        account: &str,
        notice: i64,
    ) -> Result<Option<NoticeFile>, DirectoryError> {
        answer(self.find(account, NoticeId(notice)).await)
    }
}
