//! A strict, stateful stand-in for the Telegram Bot API on 127.0.0.1, for tests and load runs.
//!
//! It refuses what the real one refuses, in the real one's words, remembers everything it took, and
//! lets a test act as the people on the other side. It is not a Telegram client library and knows
//! only the methods this program uses. Like a Bot API server of one's own, and unlike the public
//! one, it calls webhooks over plain HTTP and on any port.
//!
//! Acting and reading are plain calls; only `wait_…` are async, and they wake on change.
#![allow(dead_code, unused_imports)] // each test binary uses its own part of it

mod html;
mod methods;
mod pace;
mod server;
mod world;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinHandle;

pub use self::world::{Answer, Fault, Key, Mishap, SentMessage};
use self::world::{Chat, Kind, Membership, State, World};

/// How long a `wait_…` waits before it fails the test: far longer than anything should take.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct FakeTelegram {
    address: SocketAddr,
    world: Arc<World>,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// The platform itself.
impl FakeTelegram {
    pub async fn start() -> Self {
        let world = Arc::new(World::new());
        let (address, tasks) = server::start(world.clone()).await;
        Self { address, world, tasks }
    }

    /// What the program is given as the API's address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn token(&self) -> String {
        self.state().token.clone()
    }

    pub fn username(&self) -> String {
        self.state().username.clone()
    }

    /// From now on the old token gets 401.
    pub fn revoke_token(&self) {
        self.change(|state| state.token = format!("{}new", state.token));
    }

    /// The next call of `method` meets `fault`; calls of it meet their faults in this order.
    pub fn fail_next(&self, method: &str, fault: Fault) {
        self.fail_next_times(method, 1, fault);
    }

    pub fn fail_next_times(&self, method: &str, times: usize, fault: Fault) {
        let faults = std::iter::repeat_n(fault, times);
        let method = method.to_lowercase();
        self.change(|state| state.faults.entry(method).or_default().extend(faults));
    }

    /// The next call of `method` whose text holds these words meets `fault`, before any other.
    pub fn fail_about(&self, method: &str, words: &str, fault: Fault) {
        let pointed = (method.to_lowercase(), words.to_owned(), fault);
        self.change(|state| state.pointed_faults.push(pointed));
    }

    /// Faults nobody has met yet are taken back.
    pub fn be_well(&self) {
        self.change(|state| {
            state.faults.clear();
            state.pointed_faults.clear();
        });
    }

    /// Brings the newest updates once more, under the ids they had.
    pub fn bring_again(&self, count: usize) {
        self.change(|state| {
            let newest: Vec<_> = state.history.iter().rev().take(count).cloned().collect();
            state.updates.extend(newest);
        });
    }

    /// What waits is brought in the opposite order.
    pub fn reverse_updates(&self) {
        self.change(|state| state.updates.make_contiguous().reverse());
    }

    /// Updates get small ids again, as after a week of silence.
    pub fn restart_update_ids_lower(&self) {
        self.change(|state| {
            assert!(state.updates.is_empty(), "ids restart only after a silence");
            state.next_update /= 1000;
        });
    }

    /// Whatever host a webhook names, calls to it go to this address over plain HTTP from now on:
    /// the proxy that ends TLS in front of the program.
    pub fn put_proxy_before(&self, address: SocketAddr) {
        self.change(|state| state.reverse_proxy = Some(format!("http://{address}")));
    }

    /// Callbacks issued until now are too old to be answered.
    pub fn expire_callbacks(&self) {
        self.change(|state| state.open_callbacks.clear());
    }

    /// Whether the bot sees only commands, mentions and replies in groups. On at the start, as at
    /// Telegram.
    pub fn set_privacy(&self, on: bool) {
        self.change(|state| state.privacy = on);
    }

    /// Enforces 30 a second, 1 a second per chat and 20 a minute per group, by a clock that moves
    /// only with [`Self::advance`].
    pub fn limit_by_hand(&self) {
        self.change(|state| state.pace = Some(pace::Limits::by_hand()));
    }

    /// The same by the machine's clock, for load runs.
    pub fn limit_in_real_time(&self) {
        self.change(|state| state.pace = Some(pace::Limits::real()));
    }

    pub fn advance(&self, by: Duration) {
        self.change(|state| state.pace.as_mut().expect("limits are off").advance(by));
    }

    /// How many calls the limits refused.
    pub fn flood_refusals(&self) -> usize {
        self.state().flood_refusals
    }
}

/// What the program did.
impl FakeTelegram {
    /// Every message taken, in order, with its present text.
    pub fn sent(&self) -> Vec<SentMessage> {
        self.state().ledger.clone()
    }

    pub fn sent_count(&self) -> usize {
        self.state().ledger.len()
    }

    pub fn sent_to(&self, chat: i64) -> Vec<SentMessage> {
        self.state().ledger.iter().filter(|message| message.chat == chat).cloned().collect()
    }

    pub fn answers(&self) -> Vec<Answer> {
        self.state().answers.clone()
    }

    /// The commands of `scope` (`all_private_chats`, `all_group_chats`, `chat:42`), with their
    /// descriptions.
    pub fn menu(&self, scope: &str, language: Option<&str>) -> Option<Vec<(String, String)>> {
        let key = (scope.to_owned(), language.unwrap_or_default().to_owned());
        self.state().menus.get(&key).cloned()
    }

    /// Every call that went wrong, in order.
    pub fn mishaps(&self) -> Vec<Mishap> {
        self.state().mishaps.clone()
    }

    /// How often `method` was called, refused calls included.
    pub fn calls(&self, method: &str) -> usize {
        self.state().calls.get(&method.to_lowercase()).copied().unwrap_or_default()
    }

    /// What the last call of `method` carried.
    pub fn last_call(&self, method: &str) -> Option<Value> {
        self.state().last_calls.get(&method.to_lowercase()).cloned()
    }

    /// Updates the program has not confirmed.
    pub fn unconfirmed(&self) -> usize {
        self.state().updates.len()
    }

    pub fn webhook_url(&self) -> Option<String> {
        self.state().webhook.as_ref().map(|webhook| webhook.url.clone())
    }

    /// Waits until `n` messages are taken, and returns all of them.
    pub async fn wait_for_sent(&self, n: usize) -> Vec<SentMessage> {
        self.wait_until(&format!("{n} messages"), |fake| fake.sent_count() >= n).await;
        self.sent()
    }

    pub async fn wait_for_calls(&self, method: &str, n: usize) {
        self.wait_until(&format!("{n} × {method}"), |fake| fake.calls(method) >= n).await;
    }

    /// Waits until every update is confirmed.
    pub async fn wait_until_confirmed(&self) {
        self.wait_until("every update confirmed", |fake| fake.unconfirmed() == 0).await;
    }

    /// Waits until something changes, but not longer than this.
    pub async fn stirs(&self, at_most: Duration) {
        let mut changed = self.world.changed.subscribe();
        let _ = tokio::time::timeout(at_most, changed.changed()).await;
    }

    /// Waits until `holds`, looking again after every change.
    pub async fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let mut changed = self.world.changed.subscribe();
        let wait = async {
            while !holds(self) {
                changed.changed().await.expect("the world outlives the wait");
            }
        };
        if tokio::time::timeout(PATIENCE, wait).await.is_err() {
            let state = self.state();
            panic!("waited in vain for {what}; calls so far: {:?}", state.calls);
        }
    }
}

/// What people do. Each returns after the update is queued, if the bot gets one.
impl FakeTelegram {
    /// Someone Telegram knows, who never wrote to the bot.
    pub fn add_user(&self, user: i64, language: Option<&str>) {
        self.change(|state| state.add_person(user, language));
    }

    /// Writes in `chat`: `user` itself for the private chat, or a group. Whoever blocked the bot
    /// unblocks it by writing, as the real app does.
    pub fn user_says(&self, user: i64, chat: i64, text: &str) -> i64 {
        self.change(|state| {
            state.open_private(user, chat);
            state.user_message(user, chat, json!({ "text": text }))
        })
    }

    pub fn group_says(&self, user: i64, group: i64, text: &str) -> i64 {
        assert!(group < 0, "groups have negative ids");
        self.user_says(user, group, text)
    }

    /// Answers a message the bot sent.
    pub fn user_replies(&self, user: i64, message_id: i64, text: &str) -> i64 {
        self.change(|state| {
            let earlier = state.message(message_id).expect("no such message").clone();
            let original = state.message_json(&earlier);
            let content = json!({ "text": text, "reply_to_message": original });
            state.user_message(user, earlier.chat, content)
        })
    }

    /// Sends something that is not text: `photo`, `document`, `voice`, `sticker` or `location`.
    pub fn user_uploads(&self, user: i64, chat: i64, kind: &str, caption: Option<&str>) -> i64 {
        self.change(|state| {
            state.open_private(user, chat);
            let mut content = world::upload(kind);
            if let Some(caption) = caption {
                content["caption"] = json!(caption);
            }
            state.user_message(user, chat, content)
        })
    }

    /// Taps the button of this label under a message; returns the callback's id.
    pub fn user_taps(&self, user: i64, message_id: i64, label: &str) -> String {
        self.change(|state| state.tap(user, message_id, label))
    }

    /// Sends a tap that carries this data, as a tampered client can: any data, but only on a
    /// message that stands in a chat of its own.
    pub fn user_forges_tap(&self, user: i64, message_id: i64, data: &str) -> String {
        self.change(|state| {
            let message = state.message(message_id).expect("no such message").clone();
            assert!(message.chat == user || message.chat < 0, "not in that person's chat");
            state.tap_with(user, &message, data)
        })
    }

    pub fn user_blocks_bot(&self, user: i64) {
        self.change(|state| state.set_private_membership(user, Membership::Out));
    }

    pub fn user_unblocks_bot(&self, user: i64) {
        self.change(|state| state.set_private_membership(user, Membership::In));
    }

    /// Closes the account. The bot is not told.
    pub fn user_deletes_account(&self, user: i64) {
        self.change(|state| state.person(user).deactivated = true);
    }

    /// Adds the bot to a basic group, which is made if need be.
    pub fn add_bot_to_group(&self, group: i64, by: i64) {
        assert!(group < 0, "groups have negative ids");
        self.change(|state| {
            state.add_person(by, None);
            state.chats.entry(group).or_insert(Chat::new(Kind::Group));
            state.set_group_membership(group, by, Membership::In, "member");
        });
    }

    pub fn promote_bot_in_group(&self, group: i64, by: i64) {
        self.change(|state| {
            state.set_group_membership(group, by, Membership::In, "administrator");
        });
    }

    pub fn remove_bot_from_group(&self, group: i64, by: i64) {
        self.change(|state| state.set_group_membership(group, by, Membership::Out, "kicked"));
    }

    /// Makes a supergroup of a group; returns the new id. Both service messages are sent.
    pub fn migrate_group(&self, group: i64, by: i64) -> i64 {
        self.change(|state| state.migrate(group, by))
    }

    /// Queues an update with this content, whatever it is, bypassing `allowed_updates`.
    pub fn push_raw_update(&self, content: Value) -> i64 {
        self.change(|state| state.push_raw(content))
    }
}

impl FakeTelegram {
    fn state(&self) -> MutexGuard<'_, State> {
        self.world.state()
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let done = change(&mut self.state());
        self.world.changed.send_replace(());
        done
    }
}

/// Counters by method, lower case.
type Counters = BTreeMap<String, usize>;
