//! `/caidat`: what a person chooses for themselves: the language, the quiet hours, and which of
//! their accounts is written to first.
//!
//! Grammar: `/caidat`, and then buttons; the hours may also be typed, `22h-6h`, `không` for none,
//! `mặc định` for the organisation's. What waits to be sent follows at once. `/huy` leaves
//! everything as it is.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::language::Language;
use crate::domain::quiet::{LONGEST_HOURS, Quiet, QuietError, Rest};
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::settings as operation;
use crate::store::accounts::Account;
use crate::store::settings::Choices;
use crate::taps::{SettingsTap, Tap};
use crate::{outbound, phrasing};

pub struct Settings;

const NAME: &str = "settings";

/// Where the dialogue stands: the quiet hours were asked for.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "v")]
enum Position {
    #[serde(rename = "1")]
    Hours,
}

#[async_trait]
impl Feature for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "caidat",
            words: &["cai dat", "settings", "thiet lap"],
            needs: &[],
            about: "settings-about",
            in_groups: false,
            answer: |cx, _| Box::pin(show(cx)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Settings(tap) = tap else { return cx.stale().await };
        match tap {
            SettingsTap::Open => {
                leave(cx);
                show(cx).await
            }
            SettingsTap::Language(language) => speak(cx, language).await,
            SettingsTap::Hours => ask_hours(cx).await,
            SettingsTap::Rest(rest) => set_rest(cx, rest).await,
            SettingsTap::Accounts => choose_account(cx).await,
            SettingsTap::Account(account) => prefer(cx, account).await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let Position::Hours = cx.position()?;
        let rest = match fold(text).as_str() {
            "khong" | "khong co" | "none" => Rest::None,
            "mac dinh" | "theo don vi" | "usual" => Rest::Usual,
            _ => Rest::Own(Quiet::typed(text).or_else(|error| refuse(misread(error, text)))?),
        };
        set_rest(cx, rest).await?;
        Ok(Claim::Done)
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        ask_hours(cx).await
    }
}

/// How much of what was typed is shown again, in characters.
const ECHOED: usize = 60;

/// What is wrong with hours that were typed, and what to type.
fn misread(error: QuietError, text: &str) -> Phrase {
    match error {
        QuietError::NotHours => {
            let typed = Arg::Excerpt { text: Typed::new(text), length: ECHOED };
            Phrase::new("settings-hours-unclear").with("typed", typed)
        }
        QuietError::OneTime(from) => Phrase::new("settings-hours-one").with("from", from),
        QuietError::NoSuchTime(typed) => {
            Phrase::new("settings-hours-no-time").with("typed", Arg::Typed(Typed::new(typed)))
        }
        QuietError::TooLong(quiet) => Phrase::new("settings-hours-too-long")
            .with("from", quiet.from())
            .with("to", quiet.to())
            .with("limit", LONGEST_HOURS),
        QuietError::Same(time) => Phrase::new("settings-hours-same").with("time", time),
    }
}

fn button(label: impl Into<Phrase>, tap: SettingsTap) -> Button {
    Button::new(label, Tap::Settings(tap))
}

async fn mine(cx: &mut Cx<'_>) -> Result<(Choices, Vec<Account>), Failure> {
    Ok(operation::mine(&mut cx.work().await?).await?)
}

/// Everything chosen, and a button to change each.
async fn show(cx: &mut Cx<'_>) -> Outcome {
    let (choices, accounts) = mine(cx).await?;
    let me = cx.me()?.id;
    let other = match cx.language() {
        Language::Vi => Language::En,
        Language::En => Language::Vi,
    };
    let mut message = Message::new()
        .title("settings-title")
        .item(Phrase::new("settings-language").with("language", phrasing::language(cx.language())))
        .item(Phrase::new("settings-rest").with("hours", hours(cx, choices.rest)));
    if let Some(account) = outbound::account_of(&accounts, me) {
        message = message.item(
            Phrase::new("settings-account").with("account", account_name(account, &accounts)),
        );
    }
    message = message
        .row(vec![button(
            Phrase::new("settings-speak").with("language", phrasing::language(other)),
            SettingsTap::Language(other),
        )])
        .row(vec![button("settings-change-hours", SettingsTap::Hours)]);
    if accounts.iter().filter(|account| account.reachable).count() > 1 {
        message = message.row(vec![button("settings-change-account", SettingsTap::Accounts)]);
    }
    cx.reply(message).await
}

fn hours(cx: &Cx<'_>, rest: Rest) -> Phrase {
    let key = match rest {
        Rest::Usual => "settings-hours-usual",
        Rest::None | Rest::Own(_) => "settings-hours-own",
    };
    match rest.hours(cx.practice.quiet) {
        None => Phrase::new("settings-hours-none"),
        Some(quiet) => Phrase::new(key).with("from", quiet.from()).with("to", quiet.to()),
    }
}

/// Where an account is; its number where there are several in the same place.
fn account_name(account: &Account, all: &[Account]) -> Arg {
    let place = phrasing::channel_name(&account.bot);
    let mut alike: Vec<i64> =
        all.iter().filter(|other| other.bot == account.bot).map(|other| other.id).collect();
    alike.sort();
    match alike.iter().position(|id| *id == account.id) {
        Some(at) if alike.len() > 1 => {
            Phrase::new("settings-at-number").with("place", place).with("number", at + 1).into()
        }
        _ => place.into(),
    }
}

async fn speak(cx: &mut Cx<'_>, language: Language) -> Outcome {
    operation::speak(&mut cx.work().await?, language).await?;
    if let Some(me) = &mut cx.person {
        me.language = Some(language);
    }
    show(cx).await
}

async fn ask_hours(cx: &mut Cx<'_>) -> Outcome {
    let (choices, _) = mine(cx).await?;
    let usual = hours(cx, Rest::Usual);
    let message = Message::new()
        .line(Phrase::new("settings-ask-hours").with("hours", hours(cx, choices.rest)))
        .row(vec![button(
            Phrase::new("settings-as-usual").with("hours", usual),
            SettingsTap::Rest(Rest::Usual),
        )])
        .row(vec![button("settings-no-hours", SettingsTap::Rest(Rest::None))]);
    cx.ask(NAME, &Position::Hours, message).await
}

async fn set_rest(cx: &mut Cx<'_>, rest: Rest) -> Outcome {
    operation::rest(&mut cx.work().await?, rest).await?;
    leave(cx);
    show(cx).await
}

async fn choose_account(cx: &mut Cx<'_>) -> Outcome {
    let (_, accounts) = mine(cx).await?;
    let mut message = Message::of("settings-ask-account");
    for account in accounts.iter().filter(|account| account.reachable) {
        let label = Phrase::new("settings-account-button")
            .with("account", account_name(account, &accounts));
        message = message.row(vec![button(label, SettingsTap::Account(account.id))]);
    }
    cx.reply(message).await
}

async fn prefer(cx: &mut Cx<'_>, account: i64) -> Outcome {
    operation::prefer(&mut cx.work().await?, account).await?;
    show(cx).await
}

/// Ends this dialogue, and no other.
fn leave(cx: &mut Cx<'_>) {
    if cx.session.dialogue.as_ref().is_some_and(|(feature, _)| feature == NAME) {
        cx.leave();
    }
}
