//! From "tell X about Y" to rows of the outbox: whom a message reaches and by which account, when
//! quiet hours let it go, the ids of its buttons and the number of its prompt. Features, reminders
//! and delivery all write to people through here; sending is delivery's.
//!
//! [`Post`] gathers the messages of one transaction and queues them in two statements.

mod recipients;
mod route;
mod unreachable;

use std::collections::HashMap;

use crate::clock::Instant;
use crate::domain::ids::{ButtonId, OutboxId, PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::quiet::Rest;
use crate::message::{Address, Block, Message, Phrase};
use crate::store::accounts::{self, Account};
use crate::store::outbox::{self, Begin, Held, Lane, NewMessage};
use crate::store::sessions::{self, NewButton};
use crate::store::{StoreError, Tx};
use chrono::TimeDelta;
pub use recipients::{Addressee, above, committee, leader, leader_beside, office};
pub use route::{Route, account_of, follow_choices, reachable};
pub use unreachable::{Obstacle, Way};

/// How long the buttons of a notification work that does not expire.
const BUTTONS_LAST: TimeDelta = TimeDelta::days(40);

/// How long any button may work under which something is confirmed.
pub fn buttons_last(practice: &Practice) -> TimeDelta {
    practice.button_life.max(BUTTONS_LAST)
}

/// Who may tap the buttons of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayTap {
    /// Only this person; `None`: nobody we know, as in a stranger's chat.
    Person(Option<PersonId>),
    /// Any member of this branch, in its group.
    MembersOf(UnitId),
}

/// A message nobody asked for.
#[derive(Clone, Debug)]
pub struct Notification {
    pub message: Message,
    pub unit: Option<UnitId>,
    /// Makes queueing it twice harmless.
    pub dedupe_key: String,
    /// After this instant it is not sent any more.
    pub expires_at: Option<Instant>,
    pub lane: Lane,
}

impl Notification {
    /// A reminder that never expires.
    pub fn new(message: Message, unit: impl Into<Option<UnitId>>, dedupe_key: String) -> Self {
        Self { message, unit: unit.into(), dedupe_key, expires_at: None, lane: Lane::Reminder }
    }
}

/// What became of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// Queued under this id.
    Queued(OutboxId),
    /// Queued, to go at this instant, when quiet hours end.
    Held(OutboxId, Instant),
    /// Nobody asked for can be reached; kept under this id as proof.
    Unreachable(OutboxId),
    /// Quiet hours end only after it has lost its meaning; kept under this id as proof.
    TooLate(OutboxId),
}

impl Posted {
    pub fn id(self) -> OutboxId {
        match self {
            Self::Queued(id) | Self::Held(id, _) => id,
            Self::Unreachable(id) | Self::TooLate(id) => id,
        }
    }

    fn begin(self) -> Begin {
        match self {
            Self::Queued(_) | Self::Held(..) => Begin::Ready,
            Self::Unreachable(_) => Begin::Unreachable,
            Self::TooLate(_) => Begin::TooLate,
        }
    }
}

/// Where a notification goes, and in which language.
struct Destination {
    /// `None`: nobody asked for can be reached.
    address: Option<Address>,
    person: Option<PersonId>,
    fallbacks: Vec<PersonId>,
    may_tap: MayTap,
    language: Language,
    /// The end of the quiet hours there.
    held_until: Option<Instant>,
}

/// The messages of one transaction.
#[derive(Default)]
pub struct Post {
    messages: Vec<NewMessage>,
    buttons: Vec<NewButton>,
    asked_at: Option<Instant>,
}

/// The answer to what somebody wrote or tapped.
pub struct Reply {
    pub address: Address,
    pub person: Option<PersonId>,
    pub may_tap: MayTap,
    pub language: Language,
    pub message: Message,
    /// The message on the screen that it replaces.
    pub edits: Option<OutboxId>,
    pub buttons_until: Instant,
}

impl Post {
    /// The answers that follow are to what came in then.
    pub fn answering(&mut self, received_at: Instant) {
        self.asked_at = Some(received_at);
    }

    /// Adds an answer; it will be handed to delivery in memory. Gives its id and its buttons'.
    pub async fn reply(
        &mut self,
        tx: &mut Tx,
        mut reply: Reply,
        now: Instant,
    ) -> Result<(OutboxId, Vec<ButtonId>), StoreError> {
        let id = OutboxId(tx.new_id().await?);
        let buttons =
            self.label(tx, id, &mut reply.message, reply.may_tap, reply.buttons_until).await?;
        self.messages.push(NewMessage {
            id,
            lane: Lane::Reply,
            address: Some(reply.address),
            person: reply.person,
            unit: None,
            language: reply.language,
            message: reply.message,
            begin: Begin::Claimed,
            dedupe_key: None,
            edits: reply.edits,
            fallbacks: Vec::new(),
            created_at: now,
            not_before: now,
            expires_at: None,
            asked_at: self.asked_at,
        });
        Ok((id, buttons))
    }

    /// Adds a notification to a person, on the account they are written to, or to the first of the
    /// fallbacks who has one. In the quiet hours of whom it reaches it waits until they end.
    pub async fn notify(
        &mut self,
        tx: &mut Tx,
        to: &Addressee,
        practice: &Practice,
        notification: Notification,
        now: Instant,
    ) -> Result<Posted, StoreError> {
        let route = to.route(tx).await?;
        self.notify_by(tx, route, &to.person, practice, notification, now).await
    }

    /// Adds a notification to each of many, in as few statements as to one; gives what became of each,
    /// in their order. There are no fallbacks.
    pub async fn notify_each(
        &mut self,
        tx: &mut Tx,
        to: &[Person],
        practice: &Practice,
        now: Instant,
        compose: impl Fn(&Person) -> Notification + Send,
    ) -> Result<Vec<Posted>, StoreError> {
        let ids: Vec<PersonId> = to.iter().map(|person| person.id).collect();
        let mut accounts: HashMap<PersonId, Vec<Account>> = HashMap::new();
        for account in accounts::of_persons(tx, &ids).await? {
            accounts.entry(account.person_id).or_default().push(account);
        }
        let mut posted = Vec::with_capacity(to.len());
        for person in to {
            let own = accounts.get(&person.id).map_or(&[][..], Vec::as_slice);
            let (route, notification) = (Route::among(own, &[person.id]), compose(person));
            posted.push(self.notify_by(tx, route, person, practice, notification, now).await?);
        }
        Ok(posted)
    }

    /// The same as [`Self::notify`] by a route that was found before.
    pub async fn notify_by(
        &mut self,
        tx: &mut Tx,
        route: Route,
        to: &Person,
        practice: &Practice,
        mut notification: Notification,
        now: Instant,
    ) -> Result<Posted, StoreError> {
        let id = OutboxId(tx.new_id().await?);
        if route.person != to.id {
            say_instead(&mut notification.message, to.id);
        }
        number_prompt(&mut notification.message, id);
        let destination = Destination {
            held_until: route.held_until(practice, now),
            address: route.address,
            person: Some(route.person),
            fallbacks: route.fallbacks,
            may_tap: MayTap::Person(Some(route.person)),
            language: practice.language_of(to),
        };
        self.queue(tx, id, destination, notification, now).await
    }

    /// Adds a notification to the group chat of a branch; in the organisation's quiet hours it waits.
    pub async fn notify_group(
        &mut self,
        tx: &mut Tx,
        address: Address,
        unit: UnitId,
        practice: &Practice,
        notification: Notification,
        now: Instant,
    ) -> Result<Posted, StoreError> {
        let id = OutboxId(tx.new_id().await?);
        let destination = Destination {
            held_until: practice.held_until(Rest::Usual, now),
            address: Some(address),
            person: None,
            fallbacks: Vec::new(),
            may_tap: MayTap::MembersOf(unit),
            language: practice.language,
        };
        self.queue(tx, id, destination, notification, now).await
    }

    async fn queue(
        &mut self,
        tx: &mut Tx,
        id: OutboxId,
        to: Destination,
        mut notification: Notification,
        now: Instant,
    ) -> Result<Posted, StoreError> {
        let until = notification.expires_at.unwrap_or(now + BUTTONS_LAST);
        self.label(tx, id, &mut notification.message, to.may_tap, until).await?;
        let not_before = to.held_until.unwrap_or(now);
        let posted = match notification.expires_at {
            _ if to.address.is_none() => Posted::Unreachable(id),
            Some(end) if end <= not_before => Posted::TooLate(id),
            _ if not_before > now => Posted::Held(id, not_before),
            _ => Posted::Queued(id),
        };
        self.messages.push(NewMessage {
            id,
            lane: notification.lane,
            address: to.address,
            person: to.person,
            unit: notification.unit,
            language: to.language,
            message: notification.message,
            begin: posted.begin(),
            dedupe_key: Some(notification.dedupe_key),
            edits: None,
            fallbacks: to.fallbacks,
            created_at: now,
            not_before,
            expires_at: notification.expires_at,
            asked_at: None,
        });
        Ok(posted)
    }

    /// Gives each button of a message its id.
    async fn label(
        &mut self,
        tx: &mut Tx,
        outbox: OutboxId,
        message: &mut Message,
        may_tap: MayTap,
        until: Instant,
    ) -> Result<Vec<ButtonId>, StoreError> {
        let (person, unit) = match may_tap {
            MayTap::Person(person) => (person, None),
            MayTap::MembersOf(unit) => (None, Some(unit)),
        };
        let prompt_code = message.prompt_code;
        let mut ids = Vec::new();
        for button in message.keyboard.iter_mut().flatten().filter(|b| b.link.is_none()) {
            let id = ButtonId(tx.new_id().await?);
            button.id = id.on_wire();
            self.buttons.push(NewButton {
                id,
                outbox,
                person,
                unit,
                tap: button.tap.to_string(),
                label: serde_json::to_string(&button.label)?,
                prompt_code,
                expires_at: until.timestamp_millis(),
            });
            ids.push(id);
        }
        Ok(ids)
    }

    /// A message that is among these.
    pub fn said(&self, id: OutboxId) -> Option<Message> {
        let said = self.messages.iter().rev().find(|message| message.id == id);
        said.map(|said| said.message.clone())
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Queues everything; gives what delivery takes over in memory after the commit.
    pub async fn flush(self, tx: &mut Tx) -> Result<Vec<Held>, StoreError> {
        outbox::insert(tx, &self.messages).await?;
        if !self.buttons.is_empty() {
            sessions::add_buttons(tx, &self.buttons).await?;
        }
        Ok(self.messages.iter().filter_map(NewMessage::held).collect())
    }
}

/// Says on top of a message that it was meant for somebody else.
fn say_instead(message: &mut Message, person: PersonId) {
    let line = Phrase::new("delivery-instead").with("person", person);
    message.body.insert(0, Block::Line(line));
}

/// Gives a message with options the code that is typed after a word where there are no buttons:
/// three digits, so that two prompts alive at once do not share one in practice.
pub fn number_prompt(message: &mut Message, id: OutboxId) {
    if message.buttons().next().is_some() {
        message.prompt_code = u32::try_from(100 + id.0 % 900).ok();
    }
}
