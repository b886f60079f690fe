//! Papers of closed meetings: made when somebody asks for them, for those who may read them then.

use std::sync::Arc;

use async_trait::async_trait;

use super::SetupError;
use crate::channels::web::BOT;
use crate::clock::Clock;
use crate::domain::ids::MeetingId;
use crate::domain::minutes::PaperKind;
use crate::domain::practice::Practice;
use crate::http::{DirectoryError, PaperFile, PaperRoom};
use crate::message::Disclosure;
use crate::operations::{Deed, Doer, Refused, documents};
use crate::papers;
use crate::store::{Db, StoreError, Tx, accounts, people, records};

/// Makes a paper, in the organisation's language.
pub async fn paper(
    tx: &mut Tx,
    practice: &Practice,
    meeting: MeetingId,
    kind: PaperKind,
) -> Result<Option<PaperFile>, SetupError> {
    let Some(record) = records::of(tx, practice, meeting).await? else { return Ok(None) };
    let bytes = papers::docx(&record, kind, practice.language)
        .map_err(|error| SetupError::Other(error.to_string()))?;
    let name = papers::file_name(&record, kind);
    Ok(bytes.map(|bytes| PaperFile { name, bytes }))
}

/// Gives papers to those who may read them at that moment.
pub struct PaperDesk {
    pub db: Db,
    pub clock: Clock,
    pub practice: Arc<Practice>,
    /// The web chat's.
    pub disclosure: Disclosure,
}

impl PaperDesk {
    async fn find(
        &self,
        account: &str,
        meeting: MeetingId,
        kind: &str,
    ) -> Result<Option<PaperFile>, SetupError> {
        let Ok(kind) = kind.parse::<PaperKind>() else { return Ok(None) };
        // Papers name people in full.
        if self.disclosure != Disclosure::Names {
            return Ok(None);
        }
        let mut tx = self.db.read().await?;
        let today = self.practice.today(self.clock.now());
        let Some(found) = accounts::find(&mut tx, &[(BOT, account)]).await?.pop() else {
            return Ok(None);
        };
        let Some(reader) = people::get(&mut tx, found.person_id, today).await? else {
            return Ok(None);
        };
        if !documents::may_read(&mut tx, &reader, meeting).await? {
            return Ok(None);
        }
        let made = paper(&mut tx, &self.practice, meeting, kind).await?;
        tx.rollback().await?;
        if made.is_some() {
            // No paper leaves before it is written down who fetched it.
            let doer = Doer::Account { bot: BOT, account };
            let deed = Deed::begin(&self.db, &self.practice, self.clock.now(), doer, None).await;
            let Some(mut deed) = allowed(deed)?.flatten() else { return Ok(None) };
            if allowed(documents::fetch(&mut deed.work(), meeting, kind).await)?.is_none() {
                return Ok(None);
            }
            deed.end().await?;
        }
        Ok(made)
    }
}

/// What was refused is not there for whoever asked.
fn allowed<T>(done: Result<T, Refused>) -> Result<Option<T>, StoreError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Refused::Because(_)) => Ok(None),
        Err(Refused::Fault(error)) => Err(error),
    }
}

#[async_trait]
impl PaperRoom for PaperDesk {
    async fn fetch(
        &self,
        account: &str,
        meeting: i64,
        kind: &str,
    ) -> Result<Option<PaperFile>, DirectoryError> {
        self.find(account, MeetingId(meeting), kind).await.map_err(|error| {
            tracing::error!(%error, meeting, "a paper cannot be made");
            DirectoryError
        })
    }
}
