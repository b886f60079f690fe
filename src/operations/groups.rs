//! The group chats of branches: a code for one, binding it by that, and losing it.

use super::rights::Right;
use super::work::{Actor, Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::audit::{Act, Field};
use crate::domain::ids::UnitId;
use crate::message::Address;
use crate::store::audit::Entry;
use crate::store::invitations::{self, Opens};
use crate::store::{StoreError, accounts};

/// Issues a code, given by its digest, that binds a group chat to a branch; until when it holds.
pub async fn invite(work: &mut Work<'_>, branch: UnitId, digest: &str) -> Result<Instant, Refused> {
    work.must(Right::BindGroup, branch, "group-not-leader")?;
    let expires = work.now + work.practice.invitations.life;
    invitations::issue(work.tx, digest, Opens::Group(branch), work.now, expires).await?;
    let entry = Entry::new(Act::GroupInvited, work.units.code(branch)).within(branch);
    work.note(entry).await?;
    Ok(expires)
}

/// Makes a chat the group of a branch by its code, shown there by whoever leads the branch today.
pub(super) async fn bind(
    work: &mut Work<'_>,
    chat: &Address,
    invitation: i64,
    branch: UnitId,
) -> Result<(), Refused> {
    if matches!(work.by, Actor::Stranger) {
        return refuse("group-stranger");
    }
    work.must(Right::BindGroup, branch, "group-not-leader")?;
    let (me, now) = (work.me()?.id, work.now);
    let bound = accounts::group_at(work.tx, chat).await?;
    if bound.as_ref().is_some_and(|bound| bound.unit_id != branch) {
        return refuse("group-taken");
    }
    if !invitations::spend(work.tx, invitation, now).await? {
        return refuse("start-code-used");
    }
    if bound.is_some() {
        // The code is used up; the group is theirs as before.
        return Ok(());
    }
    accounts::bind_group(work.tx, branch, chat, me, now).await?;
    let entry = Entry::new(Act::GroupBound, work.units.code(branch))
        .within(branch)
        .became(Field::Channel, &chat.bot);
    Ok(work.note(entry).await?)
}

/// Leaves a branch without the group that nobody can write to any more, as a platform tells; who leads it
/// is told.
pub async fn lose(work: &mut Work<'_>, chat: &Address) -> Result<(), StoreError> {
    let Some(group) = accounts::group_at(work.tx, chat).await? else { return Ok(()) };
    let (branch, practice, now) = (group.unit_id, work.practice, work.now);
    accounts::unbind_group(work.tx, branch, now).await?;
    let entry = Entry::new(Act::GroupLost, work.units.code(branch))
        .within(branch)
        .was(Field::Channel, &group.bot);
    work.note(entry).await?;
    let key = work.once("group-lost");
    work.post.tell_group_lost(work.tx, practice, branch, key, now).await
}
