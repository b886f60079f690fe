//! `/start CODE`: binds a channel account to a person. Without a code it says what this is and
//! whom to ask; to a stranger it shows nothing else.
//!
//! Grammar: `/start [CODE]`; a stranger may also send the bare code.

use async_trait::async_trait;
use chrono::TimeDelta;

use super::command::Command;
use super::context::Cx;
use super::failure::{Outcome, refuse};
use super::feature::Feature;
use super::groups;
use crate::domain::audit::{Act, Field};
use crate::domain::code::InvitationCode;
use crate::domain::ids::PersonId;
use crate::message::{Arg, Message, Phrase};
use crate::store::audit::Entry;
use crate::store::invitations::{self, Opens};
use crate::store::{accounts, people};

pub struct Start;

#[async_trait]
impl Feature for Start {
    fn name(&self) -> &'static str {
        "start"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "start",
            words: &["bat dau"],
            needs: &[],
            about: "start-about",
            in_groups: true,
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, rest: &str) -> Outcome {
        if rest.is_empty() {
            return if cx.in_group() { Ok(()) } else { welcome(cx).await };
        }
        try_code(cx, rest).await
    }
}

/// What this is and whom to ask; for somebody we know, what they can do.
pub(super) async fn welcome(cx: &mut Cx<'_>) -> Outcome {
    cx.taken_up_by(Start.name());
    let organisation = cx.practice.organisation.clone();
    let message = match &cx.person {
        Some(person) => {
            Message::of(Phrase::new("start-known").with("name", person.id)).line("start-known-hint")
        }
        None => Message::of(
            Phrase::new("start-welcome").with("organisation", Arg::unmasked(organisation)),
        )
        .line("start-stranger"),
    };
    cx.reply(message).await
}

/// A stranger may send the code alone; anything else gets the welcome.
pub(super) async fn stranger_says(cx: &mut Cx<'_>, text: &str) -> Outcome {
    cx.taken_up_by(Start.name());
    if InvitationCode::parse(text).is_some() { try_code(cx, text).await } else { welcome(cx).await }
}

async fn try_code(cx: &mut Cx<'_>, typed: &str) -> Outcome {
    guard(cx).await?;
    let Some(code) = InvitationCode::parse(typed) else {
        return wrong(cx, "start-code-malformed").await;
    };
    let digest = code.digest(cx.invite_key);
    let Some(invitation) = invitations::find(cx.tx, &digest).await? else {
        return wrong(cx, "start-code-unknown").await;
    };
    if invitation.used {
        return wrong(cx, "start-code-used").await;
    }
    if invitation.expires_at <= cx.now {
        return wrong(cx, "start-code-expired").await;
    }
    match (invitation.opens, cx.in_group()) {
        (Opens::Person(person), false) => bind(cx, invitation.id, person).await,
        (Opens::Group(unit), true) => groups::bind(cx, invitation.id, unit).await,
        // A personal code shown in a group is known to everybody there.
        (Opens::Person(_), true) => {
            invitations::spend(cx.tx, invitation.id, cx.now).await?;
            refuse("start-code-shown")
        }
        (Opens::Group(_), false) => refuse("start-code-for-group"),
    }
}

/// Guessing is stopped per account and for the whole installation.
async fn guard(cx: &mut Cx<'_>) -> Outcome {
    let limits = cx.practice.invitations;
    let since = cx.now - TimeDelta::hours(1);
    let (bot, sender) = (&cx.incoming.bot, &cx.incoming.sender);
    let (mine, all) = invitations::failures_since(cx.tx, bot, sender, since).await?;
    if mine >= limits.per_account {
        return refuse("start-too-many");
    }
    if all >= limits.per_hour {
        tracing::warn!(failures = all, "binding is paused: too many wrong codes in an hour");
        return refuse("start-paused");
    }
    Ok(())
}

async fn wrong(cx: &mut Cx<'_>, key: &str) -> Outcome {
    invitations::failed(cx.tx, &cx.incoming.bot, &cx.incoming.sender, cx.now).await?;
    refuse(key)
}

async fn bind(cx: &mut Cx<'_>, invitation: i64, id: PersonId) -> Outcome {
    if !invitations::spend(cx.tx, invitation, cx.now).await? {
        return wrong(cx, "start-code-used").await;
    }
    let today = cx.today();
    let Some(person) = people::get(cx.tx, id, today).await? else {
        return refuse("start-code-unknown");
    };
    let incoming = cx.incoming;
    accounts::bind(cx.tx, &incoming.bot, &incoming.sender, id, &incoming.chat, cx.now).await?;
    cx.leave();
    cx.rebound(Some(person.clone())).await?;
    let entry = Entry::new(Act::AccountBound, person.code.as_str())
        .within(person.unit)
        .became(Field::Channel, &incoming.bot);
    cx.note(entry).await?;
    let units = cx.units().await?;
    let mut message = Message::of(Phrase::new("start-bound").with("name", person.id));
    if let Some(unit) = person.unit {
        message = message.line(Phrase::new("start-bound-unit").with("unit", units.name(unit)));
    }
    cx.reply(message.line("start-known-hint")).await
}
