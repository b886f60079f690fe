//! The group chat of a branch: bound by its secretary with a code, unbound when the bot is removed.
//!
//! Grammar: `/nhom` in private gives the secretary a code; `/start CODE` in the group binds it.

use async_trait::async_trait;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, refuse};
use super::engine::feature::Feature;
use crate::domain::code::InvitationCode;
use crate::message::{Arg, Message, Phrase};
use crate::operations::groups;
use crate::operations::rights::{self, Right};
use crate::store::accounts;

pub struct Groups;

#[async_trait]
impl Feature for Groups {
    fn name(&self) -> &'static str {
        "groups"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "nhom",
            words: &["nhom chi bo"],
            needs: &[Right::BindGroup],
            about: "group-about",
            in_groups: false,
            answer: |cx, _| Box::pin(command(cx)),
        }]
    }
}

async fn command(cx: &mut Cx<'_>) -> Outcome {
    let led = rights::roots(cx.me()?, Right::BindGroup);
    let Some(unit) = led.first().copied() else { return refuse("group-not-leader") };
    let code = InvitationCode::draw(&mut cx.chance().await?);
    let digest = code.digest(cx.invite_key);
    let expires = groups::invite(&mut cx.work().await?, unit, &digest).await?;
    let units = cx.units().await?;
    let message = Message::of(
        Phrase::new("group-code")
            .with("unit", units.name(unit))
            .with("code", Arg::unmasked(code.to_string()))
            .with("until", cx.practice.local(expires)),
    )
    .line("group-code-hint");
    cx.reply(message).await
}

/// The bot was added to a group, or removed from it.
pub(super) async fn presence(cx: &mut Cx<'_>, present: bool) -> Outcome {
    let chat = cx.incoming.address();
    if !present {
        return Ok(groups::lose(&mut cx.work().await?, &chat).await?);
    }
    match accounts::group_at(cx.tx, &chat).await? {
        None => cx.reply(Message::of("group-hello")).await,
        Some(_) => Ok(()),
    }
}

impl Cx<'_> {
    /// A generator for codes: seeded from the installation's secret key and an id that is never
    /// used twice, so that codes cannot be guessed and tests stay the same in every run.
    async fn chance(&mut self) -> Result<StdRng, Failure> {
        use hmac::{Hmac, KeyInit, Mac};
        let id = self.tx.new_id().await?;
        let mut seed = [0; 32];
        if let Ok(mut mac) = Hmac::<sha2::Sha256>::new_from_slice(self.invite_key) {
            mac.update(b"group code");
            mac.update(&id.to_be_bytes());
            seed.copy_from_slice(&mac.finalize().into_bytes());
        }
        Ok(StdRng::from_seed(seed))
    }
}
