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
use crate::papers;
use crate::store::units::UnitTree;
use crate::store::{Db, StoreError, Tx, accounts, people, records};

/// Makes a paper, in the organisation's language.
pub async fn paper(
    tx: &mut Tx,
    practice: &Practice,
    meeting: MeetingId,
    kind: PaperKind,
) -> Result<Option<PaperFile>, SetupError> {
    let Some(record) = records::of(tx, practice, meeting).await? else { return Ok(None) };
    let lang = practice.language.parse().unwrap_or_default();
    let bytes =
        papers::docx(&record, kind, lang).map_err(|error| SetupError::Other(error.to_string()))?;
    let name = papers::file_name(&record, kind);
    Ok(bytes.map(|bytes| PaperFile { name, bytes }))
}

/// Gives papers to those who may read them at that moment: who leads the branch, and who watches
/// over it.
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
        if !self.may(&mut tx, account, meeting).await? {
            return Ok(None);
        }
        paper(&mut tx, &self.practice, meeting, kind).await
    }

    async fn may(
        &self,
        tx: &mut Tx,
        account: &str,
        meeting: MeetingId,
    ) -> Result<bool, StoreError> {
        let today = self.practice.today(self.clock.now());
        let Some(unit) = records::unit(tx, meeting).await? else { return Ok(false) };
        let Some(account) = accounts::find(tx, &[(BOT, account)]).await?.pop() else {
            return Ok(false);
        };
        let Some(person) = people::get(tx, account.person_id, today).await? else {
            return Ok(false);
        };
        let units = UnitTree::load(tx).await?;
        Ok(person.leads().any(|led| led == unit)
            || person.oversees().any(|watched| units.is_within(unit, watched)))
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
