//! Forgets, once a day, what need not be kept: handled updates, texts of sent messages, expired
//! dialogues and buttons. Domain rows and the audit are kept for ever.

use chrono::{NaiveDate, TimeDelta};

use crate::clock::Instant;
use crate::store::installation::Left;
use crate::store::{
    Db, Scrubbed, StoreError, deeds, erasure, inbox, installation, invitations, menus,
    notice_files, notices, outbox, previews, sessions, web,
};

/// How long things are kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    pub inbox: TimeDelta,
    pub outbox_bodies: TimeDelta,
    pub web_lines: TimeDelta,
}

/// What came of forgetting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgot {
    WhatWasOld,
    /// The clock is in doubt, and with it how old anything is.
    NothingInDoubt,
}

/// Forgets what is older than its time. `buttons`: how long those are good under which something is confirmed.
pub(super) async fn forget(
    db: &Db,
    retention: Retention,
    buttons: TimeDelta,
    now: Instant,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let updates = inbox::expire(&mut tx, now - retention.inbox).await?;
    let bodies = outbox::forget_bodies(&mut tx, now - retention.outbox_bodies).await?;
    notices::forget(&mut tx, now - retention.outbox_bodies).await?;
    notice_files::expire(&mut tx, now - TimeDelta::days(1)).await?;
    let lines = web::expire(&mut tx, now - retention.web_lines).await?;
    deeds::expire(&mut tx, now - retention.inbox).await?;
    menus::expire(&mut tx, now - TimeDelta::days(1)).await?;
    sessions::expire(&mut tx, now).await?;
    previews::expire(&mut tx, now - buttons).await?;
    invitations::forget_failures(&mut tx, now - TimeDelta::days(1)).await?;
    tx.commit().await?;
    if updates + bodies + lines > 0 {
        tracing::info!(updates, bodies, lines, "forgot what was kept long enough");
    }
    Ok(())
}

/// Rewrites the database after somebody was erased, so that its files do not hold them any more; and
/// again for as long as something stands in the way, but only what is left. `None`: nothing was erased since.
pub async fn scrub(db: &Db) -> Result<Option<Scrubbed>, StoreError> {
    let Some(due) = installation::to_scrub(&mut db.read().await?).await? else { return Ok(None) };
    let scrubbed = if due.is_log_alone() {
        db.empty_log().await?
    } else {
        db.scrub(&due.among(erasure::tables())).await?
    };
    let left = match &scrubbed {
        Scrubbed::LogHeld => Left::Log,
        Scrubbed::Server { left } if !left.is_empty() => Left::Tables(left),
        Scrubbed::Clean | Scrubbed::Server { .. } => Left::Nothing,
    };
    let mut tx = db.begin().await?;
    installation::note_scrubbed(&mut tx, &due, left).await?;
    tx.commit().await?;
    Ok(Some(scrubbed))
}

/// One process's scrubbing: once a day, and while nothing but the log is left each time.
#[derive(Default)]
pub(super) struct Scrubbing {
    done_on: Option<NaiveDate>,
    log_held: bool,
}

impl Scrubbing {
    pub async fn go_on(&mut self, db: &Db, today: NaiveDate) {
        if self.done_on == Some(today) && !self.log_held {
            return;
        }
        let held = self.log_held;
        match scrub(db).await {
            Ok(None) => self.log_held = false,
            Ok(Some(left)) => {
                self.log_held = left == Scrubbed::LogHeld;
                let is_told = held && self.log_held;
                if !is_told && !left.is_clean() {
                    tracing::warn!(?left, "what was erased is still in the files");
                }
            }
            // Whoever was not there today may be in a minute.
            Err(error) if error.is_away() => return,
            Err(error) => tracing::error!(%error, "what was erased is still in the files"),
        }
        self.done_on = Some(today);
    }
}
