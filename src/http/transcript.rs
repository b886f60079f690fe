//! The web chats as the database keeps them: their lines, and whom their accounts speak for.

use async_trait::async_trait;
use chrono_tz::Tz;

use super::{Acquaintance, Directory, DirectoryError};
use crate::channels::web::{BOT, Line, NewLine, Transcript, TranscriptError};
use crate::clock::Clock;
use crate::message::{Disclosure, Part};
use crate::store::{Db, StoreError, accounts, faces, people, web};

/// The transcripts and the directory of the web chat, in the database.
#[derive(Clone)]
pub struct StoredChats {
    pub db: Db,
    pub clock: Clock,
    /// The organisation's zone: decides what day it is.
    pub zone: Tz,
    /// Whether the page may name whom it is for.
    pub disclosure: Disclosure,
}

impl StoredChats {
    async fn add(&self, line: NewLine<'_>) -> Result<(Line, bool), StoreError> {
        let NewLine { chat, key, from_person, part } = line;
        let shown_at = self.clock.now();
        let mut tx = self.db.begin().await?;
        let (id, new) = web::add(&mut tx, chat, key, from_person, part, shown_at).await?;
        tx.commit().await?;
        Ok((Line { id, from_person, part: part.clone(), shown_at }, new))
    }

    async fn put(&self, chat: &str, line: i64, part: &Part) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let replaced = web::replace(&mut tx, chat, line, part).await?;
        tx.commit().await?;
        Ok(replaced)
    }

    async fn newest(&self, chat: &str, count: u32) -> Result<Vec<Line>, StoreError> {
        let lines = web::last(&mut self.db.read().await?, chat, count).await?;
        let line = |line: web::Line| Line {
            id: line.id,
            from_person: line.from_person,
            part: line.part,
            shown_at: line.shown_at,
        };
        Ok(lines.into_iter().map(line).collect())
    }

    async fn find(&self, account: &str) -> Result<Option<Acquaintance>, StoreError> {
        let mut tx = self.db.read().await?;
        let Some(found) = accounts::find(&mut tx, &[(BOT, account)]).await?.pop() else {
            return Ok(None);
        };
        let today = self.clock.now().with_timezone(&self.zone).date_naive();
        let person = people::get(&mut tx, found.person_id, today).await?;
        let official = match self.disclosure {
            Disclosure::Names => true,
            // The page may be open where others see it.
            Disclosure::Codes => {
                let faces = faces::of(&mut tx, &[found.person_id], today).await?;
                faces.iter().any(|face| face.official)
            }
        };
        Ok(person.map(|person| Acquaintance {
            name: if official { person.name.in_full().to_owned() } else { String::new() },
            lang: person.language,
        }))
    }
}

#[async_trait]
impl Transcript for StoredChats {
    async fn append(&self, line: NewLine<'_>) -> Result<(Line, bool), TranscriptError> {
        self.add(line).await.map_err(logged)
    }

    async fn replace(&self, chat: &str, line: i64, part: &Part) -> Result<bool, TranscriptError> {
        self.put(chat, line, part).await.map_err(logged)
    }

    async fn last(&self, chat: &str, count: u32) -> Result<Vec<Line>, TranscriptError> {
        self.newest(chat, count).await.map_err(logged)
    }
}

fn logged(error: StoreError) -> TranscriptError {
    tracing::error!(%error, "the transcript of a web chat");
    TranscriptError
}

#[async_trait]
impl Directory for StoredChats {
    async fn who(&self, account: &str) -> Result<Option<Acquaintance>, DirectoryError> {
        self.find(account).await.map_err(|error| {
            tracing::error!(%error, "the directory of the web chat");
            DirectoryError
        })
    }
}
