//! `/start CODE`: binds a channel account to a person. Without a code it says what this is and
//! whom to ask; to a stranger it shows nothing else.
//!
//! Grammar: `/start [CODE]`; a stranger may also send the bare code.

use async_trait::async_trait;

use super::engine::command::{Command, START};
use super::engine::context::Cx;
use super::engine::failure::Outcome;
use super::engine::feature::Feature;
use crate::domain::code::InvitationCode;
use crate::message::{Arg, Message, Phrase};
use crate::operations::accounts::{self, Opened, Visitor};

pub struct Start;

#[async_trait]
impl Feature for Start {
    fn name(&self) -> &'static str {
        "start"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: START,
            words: &["bat dau"],
            needs: &[],
            about: "start-about",
            in_groups: true,
            answer: |cx, rest| Box::pin(command(cx, rest)),
        }]
    }
}

async fn command(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    if rest.is_empty() {
        return if cx.in_group() { Ok(()) } else { welcome(cx).await };
    }
    try_code(cx, rest).await
}

/// What this is and whom to ask; for somebody we know, what they can do.
pub(super) async fn welcome(cx: &mut Cx<'_>) -> Outcome {
    cx.taken_up_by(Start.name());
    let organisation = cx.practice.organisation.clone();
    let message = match cx.person.as_ref().map(|person| person.id) {
        Some(me) => {
            let known = cx.addressed(me, ["start-known", "start-known-guest"]).await?;
            Message::of(known).line("start-known-hint")
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
    let (incoming, key) = (cx.incoming, cx.invite_key);
    let chat = incoming.address();
    let visitor = Visitor { sender: &incoming.sender, chat: &chat, kind: incoming.kind };
    let opened = accounts::open(&mut cx.work().await?, visitor, typed, key).await?;
    let units = cx.units().await?;
    match opened {
        Opened::Account(person) => {
            cx.leave();
            let bound = cx.addressed(person.id, ["start-bound", "start-bound-guest"]).await?;
            let mut message = Message::of(bound);
            if let Some(unit) = person.unit {
                let unit = Phrase::new("start-bound-unit").with("unit", units.name(unit));
                message = message.line(unit);
            }
            cx.rebound(person);
            cx.reply(message.line("start-known-hint")).await
        }
        Opened::Group(unit) => {
            let bound = Phrase::new("group-bound").with("unit", units.name(unit));
            cx.reply(Message::of(bound)).await
        }
        Opened::Nothing(why) => cx.say_aside(why).await,
    }
}
