//! Papers of closed meetings: made when somebody asks for them, for those who may read them then.

use std::sync::Arc;

use async_trait::async_trait;

use chrono::NaiveDate;

use super::SetupError;
use crate::channels::web::BOT;
use crate::clock::{Clock, Instant};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{MeetingId, PersonId, UnitId};
use crate::domain::minutes::PaperKind;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::http::{DirectoryError, PaperFile, PaperRoom};
use crate::message::Disclosure;
use crate::operations::rights::{self, Right};
use crate::papers;
use crate::store::audit::{self, Author, Entry};
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

/// Writes down that a paper of a meeting was fetched: the meeting with its branch, and which paper.
pub async fn note_document(
    tx: &mut Tx,
    now: Instant,
    today: NaiveDate,
    by: Author<'_>,
    of: (MeetingId, UnitId),
    kind: PaperKind,
) -> Result<(), StoreError> {
    let (meeting, unit) = of;
    let units = UnitTree::load(tx).await?;
    let entry = Entry::new(Act::DocumentRead, units.code(unit))
        .within(unit)
        .for_meeting(meeting)
        .became(Field::Document, kind);
    audit::note_reading(tx, now, today, by, entry).await
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
        let Some((reader, unit)) = self.reader(&mut tx, account, meeting).await? else {
            return Ok(None);
        };
        let made = paper(&mut tx, &self.practice, meeting, kind).await?;
        tx.rollback().await?;
        if made.is_some() {
            // No paper leaves before it is written down who fetched it.
            let by = Author { person: Some(reader), channel: BOT };
            let mut tx = self.db.begin().await?;
            let (now, today) = (self.clock.now(), self.practice.today(self.clock.now()));
            note_document(&mut tx, now, today, by, (meeting, unit), kind).await?;
            tx.commit().await?;
        }
        Ok(made)
    }

    /// Who is behind the account and may have the papers of the meeting, and its branch.
    async fn reader(
        &self,
        tx: &mut Tx,
        account: &str,
        meeting: MeetingId,
    ) -> Result<Option<(PersonId, UnitId)>, StoreError> {
        let today = self.practice.today(self.clock.now());
        let Some(unit) = records::unit(tx, meeting).await? else { return Ok(None) };
        let Some(account) = accounts::find(tx, &[(BOT, account)]).await?.pop() else {
            return Ok(None);
        };
        let Some(person) = people::get(tx, account.person_id, today).await? else {
            return Ok(None);
        };
        let units = UnitTree::load(tx).await?;
        let may = rights::may(&person, Right::ReadPapers, unit, &units);
        Ok(may.then_some((person.id, unit)))
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
