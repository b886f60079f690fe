//! The group chat of a branch: bound by its secretary with a code, unbound when the bot is removed.
//!
//! Grammar: `/nhom` in private gives the secretary a code; `/start CODE` in the group binds it.

use async_trait::async_trait;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::command::Command;
use super::context::Cx;
use super::failure::{Failure, Outcome, refuse};
use super::feature::Feature;
use crate::domain::audit::{Act, Field};
use crate::domain::code::InvitationCode;
use crate::domain::ids::UnitId;
use crate::message::{Arg, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::store::accounts;
use crate::store::audit::Entry;
use crate::store::invitations::{self, Opens};

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
        }]
    }

    async fn command(&self, cx: &mut Cx<'_>, _: &str, _: &str) -> Outcome {
        let led = rights::roots(cx.me()?, Right::BindGroup);
        let Some(unit) = led.first().copied() else { return refuse("group-not-leader") };
        let code = InvitationCode::draw(&mut cx.chance().await?);
        let digest = code.digest(cx.invite_key);
        let expires = cx.now + cx.practice.invitations.life;
        invitations::issue(cx.tx, &digest, Opens::Group(unit), cx.now, expires).await?;
        let units = cx.units().await?;
        cx.note(Entry::new(Act::GroupInvited, units.code(unit)).within(unit)).await?;
        let message = Message::of(
            Phrase::new("group-code")
                .with("unit", units.name(unit))
                .with("code", Arg::unmasked(code.to_string()))
                .with("until", cx.practice.local(expires)),
        )
        .line("group-code-hint");
        cx.reply(message).await
    }
}

/// Binds this group to a branch; only its secretary's or deputy's own account may.
pub(super) async fn bind(cx: &mut Cx<'_>, invitation: i64, unit: UnitId) -> Outcome {
    let Some(person) = cx.person.clone() else { return refuse("group-stranger") };
    if !cx.may(Right::BindGroup, unit).await? {
        return refuse("group-not-leader");
    }
    let address = cx.incoming.address();
    if let Some(bound) = accounts::group_at(cx.tx, &address).await?
        && bound.unit_id != unit
    {
        return refuse("group-taken");
    }
    if !invitations::spend(cx.tx, invitation, cx.now).await? {
        return refuse("start-code-used");
    }
    accounts::bind_group(cx.tx, unit, &address, person.id, cx.now).await?;
    let units = cx.units().await?;
    let entry = Entry::new(Act::GroupBound, units.code(unit))
        .within(unit)
        .became(Field::Channel, &address.bot);
    cx.note(entry).await?;
    cx.reply(Message::of(Phrase::new("group-bound").with("unit", units.name(unit)))).await
}

/// The bot was added to a group, or removed from it.
pub(super) async fn presence(cx: &mut Cx<'_>, present: bool) -> Outcome {
    let address = cx.incoming.address();
    let bound = accounts::group_at(cx.tx, &address).await?;
    match (present, bound) {
        (true, None) => cx.reply(Message::of("group-hello")).await,
        (false, Some(group)) => {
            accounts::unbind_group(cx.tx, group.unit_id, cx.now).await?;
            let units = cx.units().await?;
            let entry = Entry::new(Act::GroupLost, units.code(group.unit_id))
                .within(group.unit_id)
                .was(Field::Channel, &group.bot);
            cx.note(entry).await?;
            let (practice, unit, key) = (cx.practice, group.unit_id, cx.once("group-lost"));
            Ok(cx.post.tell_group_lost(cx.tx, practice, unit, key, cx.now).await?)
        }
        _ => Ok(()),
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
