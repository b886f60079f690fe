//! Takes what waits in the inbox, in groups that share one commit.
//!
//! A refusal is a normal result. On a fault or a panic the group is rolled back and each of its
//! members runs alone; a row that fails three times is dead, and its sender gets a reference code.
//! What fails because the database is away is not counted against anyone.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use tracing::Span;
use tracing::field::Empty;

use super::context::{Cx, CxOut, Facts};
use super::effects::Effects;
use super::failure::{Failure, Fault, WRITTEN_WITH_A_REFUSAL};
use super::router;
use super::strangers::{Patience, Strangers};
use crate::clock::Instant;
use crate::domain::ids::InboxId;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::message::{Arg, ChatKind, Event, Incoming, Message, Phrase};
use crate::operations;
use crate::outbound::{MayTap, Post, Reply};
use crate::spans;
use crate::store::inbox::{self, Waiting};
use crate::store::lease::Fence;
use crate::store::outbox::Held;
use crate::store::sessions::{self, Session, SessionKey};
use crate::store::{Bots, Db, StoreError, Tx, accounts, deeds, menus, people};

/// How many waiting updates share one commit.
const GROUP: u32 = 100;
/// Stands for a feature where none answered.
const NOBODY: &str = "none";
/// How often a row may fail.
const TRIES: i64 = 3;

/// The handling half of the program.
#[derive(Clone)]
pub struct Assistant {
    db: Db,
    practice: Arc<Practice>,
    invite_key: Arc<[u8]>,
    bots: Bots,
    fence: Fence,
    strangers: Arc<Strangers>,
    doubt: Arc<Mutex<Option<Doubt>>>,
}

/// A group whose commit was not answered: nobody knows yet whether it stands.
struct Doubt {
    row: InboxId,
    effects: Effects,
}

impl Assistant {
    /// `bots`: whose updates it handles.
    pub fn new(
        db: Db,
        practice: Arc<Practice>,
        invite_key: Arc<[u8]>,
        bots: Bots,
        fence: Fence,
    ) -> Self {
        Self {
            db,
            practice,
            invite_key,
            bots,
            fence,
            strangers: Arc::default(),
            doubt: Arc::default(),
        }
    }

    /// Handles one group of what waits. Nothing handled means nothing waits. An error means that
    /// the database is away; nothing was lost, and it can be called again.
    pub async fn run_waiting(&self, now: Instant) -> Result<Effects, StoreError> {
        if let Some(effects) = self.settle_doubt().await? {
            return Ok(Effects { more: true, ..effects });
        }
        let mut tx = self.db.begin().await?;
        let waiting = inbox::waiting(&mut tx, &self.bots, GROUP).await?;
        if waiting.readable.is_empty() && waiting.unreadable.is_empty() {
            tx.rollback().await?;
            return Ok(Effects::default());
        }
        self.take_turn(&mut tx).await?;
        if !waiting.unreadable.is_empty() {
            return self.bury(tx, &waiting.unreadable, now).await;
        }
        let rows = waiting.readable;
        match self.group(&mut tx, &rows, now).await {
            Ok(effects) => {
                let more = rows.len() >= GROUP as usize;
                self.commit(tx, &rows, Effects { more, ..effects }).await
            }
            Err(fault) => {
                // A connection that cannot even roll back is closed by the pool.
                if let Err(error) = tx.rollback().await {
                    tracing::warn!(%error, "the rollback failed");
                }
                waits(fault)?;
                self.one_by_one(&rows, now).await
            }
        }
    }

    /// Forgets what was in doubt: whoever begins to work takes over all that is unfinished.
    pub fn begin_anew(&self) {
        *self.doubt() = None;
    }

    fn doubt(&self) -> MutexGuard<'_, Option<Doubt>> {
        self.doubt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits what was made of these rows. Where the answer is lost the commit may stand all the
    /// same; then the rows are done, and their replies are in nobody's hands but ours.
    async fn commit(
        &self,
        tx: Tx,
        rows: &[Waiting],
        effects: Effects,
    ) -> Result<Effects, StoreError> {
        match tx.commit().await {
            Ok(()) => {
                self.doubt().take_if(|doubt| rows.iter().any(|row| row.id == doubt.row));
                Ok(effects)
            }
            Err(error) => {
                if let Some(first) = rows.first() {
                    *self.doubt() = Some(Doubt { row: first.id, effects });
                }
                Err(error)
            }
        }
    }

    /// Waits for the turn of a deed, and then makes sure that this process leads. Not the other way round: the
    /// lease would be held while others are waited for, and nobody could show that they live.
    async fn take_turn(&self, tx: &mut Tx) -> Result<(), StoreError> {
        deeds::take_turn(tx).await?;
        self.fence.check(tx).await
    }

    /// The effects of a group whose commit was in doubt, if it stands. If it does not, or not yet,
    /// the rows wait as before.
    async fn settle_doubt(&self) -> Result<Option<Effects>, StoreError> {
        let Some(row) = self.doubt().as_ref().map(|doubt| doubt.row) else { return Ok(None) };
        let mut tx = self.db.begin().await?;
        self.fence.check(&mut tx).await?;
        let stands = inbox::is_handled(&mut tx, row).await?;
        tx.rollback().await?;
        if !stands {
            return Ok(None);
        }
        tracing::info!("a commit whose answer was lost stands");
        Ok(self.doubt().take().map(|doubt| doubt.effects))
    }

    /// Gives up rows that cannot be read, so that they do not stand in everyone's way.
    async fn bury(
        &self,
        mut tx: Tx,
        rows: &[InboxId],
        now: Instant,
    ) -> Result<Effects, StoreError> {
        for row in rows {
            let reference = reference(*row);
            tracing::error!(reference, "an update of another version cannot be read");
            inbox::dead(&mut tx, *row, &reference, now).await?;
        }
        tx.commit().await?;
        let count = rows.len();
        Ok(Effects { handled: count, faults: count, more: true, ..Effects::default() })
    }

    async fn one_by_one(&self, rows: &[Waiting], now: Instant) -> Result<Effects, StoreError> {
        let mut all = Effects { more: true, ..Effects::default() };
        for row in rows {
            let effects = match self.alone(row, now).await {
                Ok(effects) => effects,
                // What is committed must be answered; the rest still waits, and will be met again.
                Err(error) if all.handled > 0 => {
                    tracing::warn!(%error, "the rest of a group has to wait");
                    break;
                }
                Err(error) => return Err(error),
            };
            all.handled += effects.handled;
            all.faults += effects.faults;
            all.took.extend(effects.took);
            all.replies.extend(effects.replies);
            all.taps.extend(effects.taps);
            all.menus |= effects.menus;
        }
        Ok(all)
    }

    /// Handles one row until it is done or dead.
    async fn alone(&self, row: &Waiting, now: Instant) -> Result<Effects, StoreError> {
        let mut attempts = row.attempts;
        loop {
            let mut tx = self.db.begin().await?;
            self.take_turn(&mut tx).await?;
            let fault = match self.group(&mut tx, std::slice::from_ref(row), now).await {
                Ok(effects) => return self.commit(tx, std::slice::from_ref(row), effects).await,
                Err(fault) => fault,
            };
            tx.rollback().await?;
            let fault = waits(fault)?;
            attempts += 1;
            let reference = reference(row.id);
            tracing::error!(%fault, reference, attempts, bot = row.incoming.bot, "an update failed");
            let mut tx = self.db.begin().await?;
            self.fence.check(&mut tx).await?;
            inbox::tried(&mut tx, row.id).await?;
            if attempts < TRIES {
                tx.commit().await?;
                continue;
            }
            inbox::dead(&mut tx, row.id, &reference, now).await?;
            let replies = self.apologise(&mut tx, row, &reference, now).await?;
            let effects = Effects { handled: 1, faults: 1, replies, ..Effects::default() };
            return self.commit(tx, std::slice::from_ref(row), effects).await;
        }
    }

    /// Tells the sender of a dead row its reference code.
    async fn apologise(
        &self,
        tx: &mut Tx,
        row: &Waiting,
        reference: &str,
        now: Instant,
    ) -> Result<Vec<Held>, StoreError> {
        if row.incoming.sender.is_empty() {
            return Ok(Vec::new());
        }
        let mut post = Post::default();
        post.answering(row.received_at);
        let reply = Reply {
            address: row.incoming.address(),
            person: None,
            may_tap: MayTap::Person(None),
            language: self.practice.language,
            message: Message::of(Phrase::new("fault").with("code", Arg::unmasked(reference))),
            edits: None,
            buttons_until: now,
        };
        post.reply(tx, reply, now).await?;
        post.flush(tx).await
    }

    /// Handles rows in order inside one transaction, whose turn it is.
    async fn group(&self, tx: &mut Tx, rows: &[Waiting], now: Instant) -> Result<Effects, Fault> {
        let mut known = Known::load(tx, rows, &self.practice, now).await?;
        let mut post = Post::default();
        let mut effects = Effects::default();
        for row in rows {
            post.answering(row.received_at);
            let (bot, kind) = (row.incoming.bot.as_str(), kind(&row.incoming.event));
            let span = tracing::error_span!("handle", bot, kind, feature = Empty);
            let one = self.one(tx, row, &mut known, &mut post, &mut effects, now);
            let (feature, took) = spans::timed(span, one).await;
            effects.took.push((feature?, took));
        }
        effects.replies = post.flush(tx).await?;
        known.save(tx).await?;
        let ids: Vec<InboxId> = rows.iter().map(|row| row.id).collect();
        inbox::done(tx, &ids, now).await?;
        effects.handled = rows.len();
        Ok(effects)
    }

    /// Gives the name of the feature that answered.
    async fn one(
        &self,
        tx: &mut Tx,
        row: &Waiting,
        known: &mut Known,
        post: &mut Post,
        effects: &mut Effects,
        now: Instant,
    ) -> Result<&'static str, Fault> {
        let incoming = &row.incoming;
        let key = session_key(row);
        let mut cx = Cx {
            person: known.person(tx, row, &self.practice, now).await?,
            session: known.session(&key, self.practice.judged_at(now)),
            tx,
            now,
            practice: &self.practice,
            incoming,
            tapped: None,
            remark: None,
            commands: router::commands(),
            invite_key: &self.invite_key,
            facts: &mut known.facts,
            post,
            out: CxOut::default(),
        };
        if cx.person.is_none() && speaks_in_private(incoming) {
            match self.strangers.hear(&incoming.bot, &incoming.sender, now) {
                Patience::Answer => {}
                Patience::LastWord => {
                    refused(&mut cx, Phrase::new("start-slow-down")).await?;
                    effects.taps.extend(cx.answer_to_tap());
                    return Ok(NOBODY);
                }
                Patience::Silence => return Ok(NOBODY),
            }
        }
        let routed = AssertUnwindSafe(router::route(&mut cx)).catch_unwind().await;
        let feature = cx.out.feature.unwrap_or(NOBODY);
        Span::current().record("feature", feature);
        cx.facts.forget(cx.tx.take_written());
        let written = cx.facts.take_written();
        effects.menus |= written.has(menus::TABLE);
        let refusal = match routed {
            Ok(Ok(())) => None,
            Ok(Err(Failure::Refusal(phrase))) => Some(phrase),
            Ok(Err(Failure::Unreadable)) => {
                cx.leave();
                Some(Phrase::new("dialogue-reset"))
            }
            Ok(Err(Failure::Fault(fault))) => return Err(fault),
            Err(panic) => return Err(Fault::Panic(panic_text(panic.as_ref()))),
        };
        if let Some(phrase) = refusal {
            let done = written.beside(WRITTEN_WITH_A_REFUSAL);
            if !done.is_empty() {
                return Err(Fault::HalfDone { refusal: phrase.key, tables: done });
            }
            refused(&mut cx, phrase).await?;
        }
        effects.taps.extend(cx.answer_to_tap());
        if cx.out.session_changed {
            known.sessions.insert(key.clone(), (cx.session, true));
        }
        let bound = cx.out.bound;
        known.facts.forget(tx.take_written());
        if bound {
            known.accounts.remove(&(key.bot, key.sender));
        }
        if known.facts.take_people_changed() {
            known.accounts.clear();
        }
        Ok(feature)
    }
}

/// What happened, in a word.
fn kind(event: &Event) -> &'static str {
    match event {
        Event::Text { .. } => "text",
        Event::Tap { .. } => "tap",
        Event::Upload { .. } => "upload",
        Event::Reachable { .. } => "reachable",
        Event::Present { .. } => "present",
        Event::Moved { .. } => "moved",
    }
}

/// Says no: over the button in a group, as a line in private.
async fn refused(cx: &mut Cx<'_>, phrase: Phrase) -> Result<(), Fault> {
    cx.toast(phrase.clone());
    if cx.in_group() && cx.tapped.is_some() {
        return Ok(());
    }
    match cx.say_aside(phrase).await {
        Err(Failure::Fault(fault)) => Err(fault),
        _ => Ok(()),
    }
}

fn session_key(row: &Waiting) -> SessionKey {
    SessionKey {
        bot: row.incoming.bot.clone(),
        chat: row.incoming.chat.clone(),
        sender: row.incoming.sender.clone(),
    }
}

/// The code under which a fault is logged and told; it says nothing but where to look.
fn reference(row: InboxId) -> String {
    format!("E-{:06}", row.0 % 1_000_000)
}

/// Gives a fault back that is the update's; where the database is away the update waits.
fn waits(fault: Fault) -> Result<Fault, StoreError> {
    match fault {
        Fault::Store(error) if error.is_away() => Err(error),
        fault => Ok(fault),
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_default()
}

/// Who and where everybody in a group of updates is: read in a few statements, changed in memory,
/// written in one.
struct Known {
    /// By (bot, sender).
    accounts: HashMap<(String, String), Behind>,
    /// With a mark for those that changed.
    sessions: HashMap<SessionKey, (Session, bool)>,
    facts: Facts,
}

impl Known {
    async fn load(
        tx: &mut Tx,
        rows: &[Waiting],
        practice: &Practice,
        now: Instant,
    ) -> Result<Self, StoreError> {
        let mut keys: Vec<SessionKey> = rows.iter().map(session_key).collect();
        keys.sort();
        keys.dedup();
        let senders: Vec<(&str, &str)> =
            keys.iter().map(|key| (key.bot.as_str(), key.sender.as_str())).collect();
        let accounts = behind(tx, &senders, practice, now).await?;
        let sessions = sessions::find(tx, &keys)
            .await?
            .into_iter()
            .map(|(key, session)| (key, (session, false)))
            .collect();
        Ok(Self { accounts, sessions, facts: Facts::default() })
    }

    /// The person behind a row; read again after an account was bound in the same group.
    async fn person(
        &mut self,
        tx: &mut Tx,
        row: &Waiting,
        practice: &Practice,
        now: Instant,
    ) -> Result<Option<Person>, StoreError> {
        let key = (row.incoming.bot.clone(), row.incoming.sender.clone());
        if !self.accounts.contains_key(&key) {
            let fresh = behind(tx, &[(key.0.as_str(), key.1.as_str())], practice, now).await?;
            self.accounts.extend(fresh);
        }
        let Some(behind) = self.accounts.get_mut(&key) else { return Ok(None) };
        if behind.cut_off && speaks_in_private(&row.incoming) {
            // Whoever writes to us can be written to, whatever a platform once said.
            operations::accounts::reachable(tx, &row.incoming.address()).await?;
            behind.cut_off = false;
        }
        Ok(behind.person.clone())
    }

    /// The session under a key; an expired one is as good as none.
    fn session(&self, key: &SessionKey, now: Instant) -> Session {
        self.sessions
            .get(key)
            .map(|(session, _)| session.clone())
            .filter(|session| session.expires_at > now)
            .unwrap_or_default()
    }

    async fn save(self, tx: &mut Tx) -> Result<(), StoreError> {
        let changed: Vec<_> = self
            .sessions
            .into_iter()
            .filter_map(|(key, (session, changed))| changed.then_some((key, session)))
            .collect();
        if changed.is_empty() { Ok(()) } else { sessions::save(tx, &changed).await }
    }
}

/// Who is behind an account, and whether it was switched off as unreachable.
struct Behind {
    person: Option<Person>,
    cut_off: bool,
}

fn speaks_in_private(incoming: &Incoming) -> bool {
    let speaks =
        matches!(incoming.event, Event::Text { .. } | Event::Tap { .. } | Event::Upload { .. });
    speaks && incoming.kind == ChatKind::Private
}

async fn behind(
    tx: &mut Tx,
    senders: &[(&str, &str)],
    practice: &Practice,
    now: Instant,
) -> Result<HashMap<(String, String), Behind>, StoreError> {
    let accounts = accounts::find(tx, senders).await?;
    let mut ids: Vec<_> = accounts.iter().map(|account| account.person_id).collect();
    ids.sort();
    ids.dedup();
    let people = people::load(tx, &ids, practice.today(now)).await?;
    Ok(senders
        .iter()
        .map(|(bot, sender)| {
            let account = accounts
                .iter()
                .find(|account| account.bot == *bot && account.external_id == *sender);
            let person = account
                .and_then(|account| people.iter().find(|p| p.id == account.person_id))
                .cloned();
            let cut_off = account.is_some_and(|account| !account.reachable);
            (((*bot).to_owned(), (*sender).to_owned()), Behind { person, cut_off })
        })
        .collect())
}
