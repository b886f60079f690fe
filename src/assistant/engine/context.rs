//! What a feature has at hand while it answers one update: the transaction, the time, who asks,
//! and where the answers go.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::effects::TapAnswer;
use super::failure::{Failure, Outcome};
use crate::clock::Instant;
use crate::domain::figures::Figures;
use crate::domain::ids::{ButtonId, OutboxId, PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::people::{Person, Status};
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Block, ChatKind, Event, Incoming, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::operations::shown::{self, Version};
use crate::operations::{Actor, Effect, Work};
use crate::outbound::{MayTap, Post, Reply, number_prompt};
use crate::store::sessions::{Session, TappedButton};
use crate::store::{StoreError, Tx, Written, figures, outbox, people, personnel, units};
use crate::taps::{Confirms, Tap};

/// One update being answered.
pub struct Cx<'a> {
    pub tx: &'a mut Tx,
    pub now: Instant,
    pub practice: &'a Practice,
    pub incoming: &'a Incoming,
    /// Who the account speaks for; `None` for a stranger.
    pub person: Option<Person>,
    pub session: Session,
    /// The button that was tapped or typed.
    pub tapped: Option<TappedButton>,
    /// What was typed after the word and code that mean that button.
    pub remark: Option<String>,
    /// Every command, in the order help shows them.
    pub commands: &'a [&'static Command],
    pub(in crate::assistant) invite_key: &'a [u8],
    pub(in crate::assistant) facts: &'a mut Facts,
    pub(in crate::assistant) post: &'a mut Post,
    pub(in crate::assistant) out: CxOut,
}

/// What handling takes over when the feature is done.
#[derive(Default)]
pub(in crate::assistant) struct CxOut {
    pub session_changed: bool,
    /// Whether the account was bound, so that what is known of it is out of date.
    pub bound: bool,
    /// Which feature took it up.
    pub feature: Option<&'static str>,
    pub toast: Option<Phrase>,
    /// Whether a dialogue that was put aside is open again and has not asked yet.
    pub resumed: bool,
    /// The message that answered last.
    pub answered: Option<OutboxId>,
    /// Nobody reads what is said: it is only asked what would be.
    pub unseen: bool,
    /// The version of what was shown last to be confirmed.
    pub last_shown: Option<Version>,
    /// The version of what the next message shows, where that is more or less than stands in it.
    shows: Option<Version>,
    replied: bool,
}

impl CxOut {
    /// Of what nobody reads.
    pub fn unseen() -> Self {
        Self { unseen: true, ..Self::default() }
    }
}

/// A dialogue that was put aside, with the question it waits at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Aside {
    feature: String,
    position: serde_json::Value,
    question: Option<OutboxId>,
    options: Vec<ButtonId>,
}

impl Aside {
    /// Whether a message is the question that it waits at.
    pub(in crate::assistant) fn asked_in(&self, message: OutboxId) -> bool {
        self.question == Some(message)
    }
}

/// What all updates of a group see alike, read at most once for all of them: when many ask at once,
/// they mostly ask the same. What a transaction has changed is forgotten.
#[derive(Default)]
pub(in crate::assistant) struct Facts {
    units: Option<Arc<UnitTree>>,
    /// By unit and period.
    figures: HashMap<(UnitId, NaiveDate, NaiveDate), Option<Arc<Figures>>>,
    /// Whether what is known of people is out of date.
    people_changed: bool,
    /// What the update at hand has changed.
    written: Written,
}

impl Facts {
    /// Forgets what is out of date once these tables have changed.
    pub fn forget(&mut self, written: Written) {
        if written.any_of(&units::TABLES) {
            self.units = None;
        }
        if written.any_of(&figures::TABLES) {
            self.figures.clear();
        }
        self.people_changed |= written.any_of(&people::TABLES);
        self.written.add(written);
    }

    /// What was changed since somebody last asked.
    pub fn take_written(&mut self) -> Written {
        std::mem::take(&mut self.written)
    }

    /// Whether people have to be read anew; once.
    pub fn take_people_changed(&mut self) -> bool {
        std::mem::take(&mut self.people_changed)
    }
}

impl Cx<'_> {
    pub fn today(&self) -> NaiveDate {
        self.practice.today(self.now)
    }

    /// By what time it is judged what is over: while the clock is in doubt by the last time beyond doubt.
    pub fn judged_now(&self) -> Instant {
        self.practice.judged_at(self.now)
    }

    /// The same on the organisation's wall clock.
    pub fn judged_local(&self) -> NaiveDateTime {
        self.practice.local(self.judged_now())
    }

    /// The person asking; strangers never get as far as a feature that asks.
    pub fn me(&self) -> Result<&Person, Failure> {
        self.person.as_ref().ok_or_else(|| Failure::refusal("start-stranger"))
    }

    /// A sentence that greets or names the reader: the first one those in the Party, the other whoever is not.
    pub async fn addressed(
        &mut self,
        person: PersonId,
        [comrade, guest]: [&'static str; 2],
    ) -> Result<Phrase, Failure> {
        let today = self.today();
        let stands = personnel::stands(self.tx, person, today).await?;
        let status = stands.and_then(|stands| stands.status).map(|(status, _)| status);
        let in_party = matches!(status, Some(Status::Official | Status::Probationary));
        Ok(Phrase::new(if in_party { comrade } else { guest }).with("name", person))
    }

    /// Whether the person asking holds a right in a unit, today.
    pub async fn may(&mut self, right: Right, unit: UnitId) -> Result<bool, Failure> {
        let units = self.units().await?;
        Ok(rights::may(self.me()?, right, unit, &units))
    }

    pub fn in_group(&self) -> bool {
        self.incoming.kind == ChatKind::Group
    }

    /// The language as the person chose, their platform says, or the organisation has it.
    pub fn language(&self) -> Language {
        // Only a stranger's platform is asked: an office that chose Vietnamese for its people
        // should not be overruled by the language of a telephone.
        match (&self.person, self.incoming.language.as_deref()) {
            (Some(person), _) => self.practice.language_of(person),
            (None, Some(hint)) if hint.starts_with("en") => Language::En,
            (None, _) => self.practice.language,
        }
    }

    /// Whether this update has changed any of these tables so far.
    pub fn has_written(&mut self, tables: &BTreeSet<&'static str>) -> bool {
        self.facts.forget(self.tx.take_written());
        self.facts.written.any_of(tables)
    }

    pub async fn units(&mut self) -> Result<Arc<UnitTree>, StoreError> {
        self.facts.forget(self.tx.take_written());
        if let Some(units) = &self.facts.units {
            return Ok(units.clone());
        }
        let units = Arc::new(UnitTree::load(self.tx).await?);
        Ok(self.facts.units.insert(units).clone())
    }

    /// The figures of a unit for `from..to`; `None` if there is no such unit.
    pub async fn figures(
        &mut self,
        unit: UnitId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Option<Arc<Figures>>, StoreError> {
        self.facts.forget(self.tx.take_written());
        if let Some(known) = self.facts.figures.get(&(unit, from, to)) {
            return Ok(known.clone());
        }
        let (units, today) = (self.units().await?, self.today());
        let figures = figures::figures(self.tx, &units, unit, from, to, today).await?.map(Arc::new);
        self.facts.figures.insert((unit, from, to), figures.clone());
        Ok(figures)
    }

    /// What an operation has at hand: who asks or tells, here and now.
    pub async fn work(&mut self) -> Result<Work<'_>, StoreError> {
        let units = self.units().await?;
        Ok(Work {
            tx: self.tx,
            by: self.person.as_ref().map_or(Actor::Stranger, Actor::Person),
            channel: &self.incoming.bot,
            practice: self.practice,
            now: self.now,
            units,
            post: self.post,
            occasion: format!("{}:{}", self.incoming.bot, self.incoming.external_id),
        })
    }

    /// Notes which feature answers, for whoever measures; the last one counts.
    pub(in crate::assistant) fn taken_up_by(&mut self, feature: &'static str) {
        self.out.feature = Some(feature);
    }

    /// Answers in the chat. Under a tapped button the message on the screen is replaced.
    pub async fn reply(&mut self, message: Message) -> Outcome {
        if self.session.dialogue.is_some() {
            return self.send_coded(message).await.map(drop);
        }
        let (question, options) = self.send(message).await?;
        if !options.is_empty() {
            self.session.question = Some(question);
            self.session.options = options;
            self.keep_session();
        }
        Ok(())
    }

    /// Says something beside whatever was asked last: the options in front of the person stay what
    /// numbers and labels mean, and those of this message are a word and a code. Where nothing stands
    /// in front of them it is an ordinary answer.
    pub async fn reply_beside(&mut self, message: Message) -> Outcome {
        if self.session.options.is_empty() {
            return self.reply(message).await;
        }
        self.send_coded(message).await.map(drop)
    }

    /// Asks something beside the open question, which stays. Where that offers nothing, bare numbers mean what is
    /// offered here.
    pub async fn ask_beside(&mut self, message: Message) -> Outcome {
        let (_, options) = self.send_coded(message).await?;
        if self.session.options.is_empty() {
            self.session.options = options;
            self.keep_session();
        }
        Ok(())
    }

    /// Asks the next question of a dialogue: its position is kept, and bare numbers mean its
    /// options.
    pub async fn ask(
        &mut self,
        feature: &str,
        position: &impl Serialize,
        message: Message,
    ) -> Outcome {
        let sent = self.send(message).await?;
        self.hold(feature, position, sent)
    }

    /// The same where the answer is a number: its options are a word and a code, so that a bare
    /// number is the answer everywhere.
    pub async fn ask_number(
        &mut self,
        feature: &str,
        position: &impl Serialize,
        message: Message,
    ) -> Outcome {
        let sent = self.send_coded(message).await?;
        self.hold(feature, position, sent)
    }

    /// Keeps what was asked, and where in its dialogue.
    fn hold(
        &mut self,
        feature: &str,
        position: &impl Serialize,
        (question, options): (OutboxId, Vec<ButtonId>),
    ) -> Outcome {
        let position = serde_json::to_string(position).map_err(StoreError::from)?;
        self.session.dialogue = Some((feature.to_owned(), position));
        self.session.question = Some(question);
        self.session.options = options;
        self.keep_session();
        Ok(())
    }

    /// Numbers belong to the open dialogue, so the options of anything said beside it are a word and
    /// a code.
    async fn send_coded(
        &mut self,
        mut message: Message,
    ) -> Result<(OutboxId, Vec<ButtonId>), Failure> {
        number_prompt(&mut message, OutboxId(self.tx.new_id().await?));
        self.send(message).await
    }

    async fn send(&mut self, message: Message) -> Result<(OutboxId, Vec<ButtonId>), Failure> {
        let first = !self.out.replied && self.tapped_on_screen();
        let edits = self
            .tapped
            .as_ref()
            .filter(|button| first && !button.unsolicited)
            .map(|button| button.shown_as);
        self.say(message, edits).await
    }

    /// Whether the button was really tapped; one that was typed stands above the typed text, and
    /// replacing it there would go unseen.
    fn tapped_on_screen(&self) -> bool {
        matches!(self.incoming.event, Event::Tap { .. })
    }

    /// Puts `whole` in place of the message whose button was tapped, also of one nobody asked for.
    /// Where the button was typed, or nothing is left to show, only `short` is said.
    pub async fn amend(&mut self, whole: Option<Message>, short: impl Into<Phrase>) -> Outcome {
        let tapped = self.tapped.as_ref().filter(|_| self.tapped_on_screen());
        let (Some(message), Some(button)) = (whole, tapped) else {
            return self.say_aside(short).await;
        };
        let edits = Some(button.shown_as);
        self.say(message, edits).await.map(drop)
    }

    /// A short toast over the tapped button; shown only where a platform has such a thing.
    pub fn toast(&mut self, toast: impl Into<Phrase>) {
        self.out.toast = Some(toast.into());
    }

    /// Whether the tapped button belongs to the question that is open.
    pub fn on_open_question(&self) -> bool {
        self.tapped.as_ref().is_some_and(|button| self.session.question == Some(button.outbox))
    }

    /// Answers a button that means nothing any more.
    pub async fn stale(&mut self) -> Outcome {
        self.toast("tap-stale");
        if self.in_group() { Ok(()) } else { self.say_aside("tap-stale").await }
    }

    /// A line of its own, never in place of the message that was tapped.
    pub async fn say_aside(&mut self, phrase: impl Into<Phrase>) -> Outcome {
        self.say(Message::of(phrase), None).await.map(drop)
    }

    /// Says it of a deed that changed nothing, above what stands.
    pub async fn say_if_same(&mut self, effect: Effect) -> Outcome {
        match effect {
            Effect::Changed => Ok(()),
            Effect::Same => self.say_aside("deed-same").await,
        }
    }

    /// What the next message shows for a confirmation, where that is more or less than stands in it: who gets
    /// something although only their number is told, or not how late it is.
    pub fn shows(&mut self, what: &impl Serialize) -> Result<(), Failure> {
        self.out.shows = Some(Version::of(what)?);
        Ok(())
    }

    /// Whether this update has changed a table beside these.
    pub(super) fn has_written_beside(&mut self, tables: &[&str]) -> bool {
        self.facts.forget(self.tx.take_written());
        !self.facts.written.beside(tables).is_empty()
    }

    /// A message that was said, also just now.
    pub(super) async fn said(&mut self, message: OutboxId) -> Result<Option<Message>, StoreError> {
        match self.post.said(message) {
            Some(said) => Ok(Some(said)),
            None => outbox::said(self.tx, message).await,
        }
    }

    /// A message of its own, never in place of the one that was tapped.
    pub(super) async fn say_beside(&mut self, message: Message) -> Outcome {
        self.say(message, None).await.map(drop)
    }

    /// The version of what a message shows, if something is confirmed under it.
    fn version(&mut self, message: &Message) -> Result<Option<Version>, Failure> {
        match self.out.shows.take() {
            None if !is_confirmed(message) => Ok(None),
            None => version_of(message).map(Some),
            shows => Ok(shows),
        }
    }

    /// Puts a message into the chat, or in place of one there; gives its id and its buttons'.
    async fn say(
        &mut self,
        message: Message,
        edits: Option<OutboxId>,
    ) -> Result<(OutboxId, Vec<ButtonId>), Failure> {
        let version = self.version(&message)?;
        if self.out.unseen {
            self.out.last_shown = version.or(self.out.last_shown.take());
            return Ok((OutboxId(0), Vec::new()));
        }
        self.out.replied = true;
        let person = self.person.as_ref().map(|person| person.id);
        let reply = Reply {
            address: self.incoming.address(),
            person,
            may_tap: MayTap::Person(person),
            language: self.language(),
            message,
            edits,
            buttons_until: self.now + self.practice.button_life,
        };
        let (id, buttons) = self.post.reply(self.tx, reply, self.now).await?;
        self.out.answered = Some(id);
        if let Some(version) = version {
            shown::under(self.tx, id, &version, self.now).await?;
        }
        Ok((id, buttons))
    }

    /// The position of the open dialogue, as its feature kept it.
    pub fn position<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let (_, position) = self.session.dialogue.as_ref().ok_or(Failure::Unreadable)?;
        serde_json::from_str(position).map_err(|_| Failure::Unreadable)
    }

    /// Ends the open dialogue. Drafts are kept: they are rows of their own.
    pub fn leave(&mut self) {
        self.session.dialogue = None;
        self.session.question = None;
        self.session.options.clear();
        self.keep_session();
    }

    fn keep_session(&mut self) {
        self.session.expires_at = self.now + self.practice.session_life;
        self.out.session_changed = true;
    }

    /// The dialogue that is open, to be put aside for the question of another.
    pub fn aside(&self) -> Option<Aside> {
        let (feature, position) = self.session.dialogue.clone()?;
        let position = serde_json::from_str(&position).ok()?;
        let (question, options) = (self.session.question, self.session.options.clone());
        Some(Aside { feature, position, question, options })
    }

    /// Opens a dialogue that was put aside. Its question is asked once more when the update is answered.
    pub fn go_on_with(&mut self, aside: Option<Aside>) {
        let Some(aside) = aside else { return };
        self.out.resumed = true;
        self.reopen(aside);
    }

    /// Opens a dialogue that was put aside, whose question was answered where it stood.
    pub(in crate::assistant) fn reopen(&mut self, aside: Aside) {
        self.session.dialogue = Some((aside.feature, aside.position.to_string()));
        self.session.question = aside.question;
        self.session.options = aside.options;
        self.keep_session();
    }

    /// Notes that the account in this chat speaks for somebody else from now on.
    pub fn rebound(&mut self, person: Person) {
        self.out.bound = true;
        self.person = Some(person);
    }

    pub fn answer_to_tap(&self) -> Option<TapAnswer> {
        let Event::Tap { callback, .. } = &self.incoming.event else { return None };
        Some(TapAnswer {
            bot: self.incoming.bot.clone(),
            callback: callback.clone(),
            toast: self.out.toast.clone(),
            reader: self.person.as_ref().map(|person| person.id).filter(|_| !self.in_group()),
            language: self.language(),
        })
    }
}

/// The version of a message: all that stands in it, and what its buttons do.
fn version_of(message: &Message) -> Result<Version, Failure> {
    let buttons: Vec<_> = message.buttons().map(|button| (&button.label, &button.tap)).collect();
    let body: &[Block] = &message.body;
    Ok(Version::of(&(body, buttons))?)
}

/// Whether something is confirmed under a message.
fn is_confirmed(message: &Message) -> bool {
    message.buttons().any(|button| {
        let tap = serde_json::from_value::<Tap>(button.tap.clone());
        tap.is_ok_and(|tap| tap.confirms() != Confirms::Nothing)
    })
}
