//! Accounts on channels: whom each speaks for, since it showed a code that opens it once, and what
//! platforms tell of the chats. The code of a group binds that ([`super::groups`]).

use chrono::TimeDelta;

use super::groups;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::code::InvitationCode;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::Person;
use crate::message::{Address, ChatKind};
use crate::store::audit::{self, Author, Entry};
use crate::store::invitations::{self, Opens};
use crate::store::{StoreError, Tx, accounts, menus, people};

/// Where a code is shown.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// The account that shows it.
    pub sender: &'a str,
    pub chat: &'a Address,
    pub kind: ChatKind,
}

/// What a code opened.
#[derive(Debug)]
pub enum Opened {
    /// The account speaks for this person from now on.
    Account(Person),
    /// The chat is this branch's group from now on.
    Group(UnitId),
    /// Nothing, for the reason of this sentence; that it was tried is written down.
    Nothing(&'static str),
}

/// Takes a code as it was typed, kept under `key`: binds the account to a person, or the group to a branch.
pub async fn open(
    work: &mut Work<'_>,
    visitor: Visitor<'_>,
    typed: &str,
    key: &[u8],
) -> Result<Opened, Refused> {
    guard(work, visitor).await?;
    let Some(code) = InvitationCode::parse(typed) else {
        return wrong(work, visitor, "start-code-malformed").await;
    };
    let Some(invitation) = invitations::find(work.tx, &code.digest(key)).await? else {
        return wrong(work, visitor, "start-code-unknown").await;
    };
    if invitation.used {
        return wrong(work, visitor, "start-code-used").await;
    }
    if invitation.expires_at <= work.judged_now() {
        return wrong(work, visitor, "start-code-expired").await;
    }
    match (invitation.opens, visitor.kind) {
        (Opens::Person(person), ChatKind::Private) => {
            bind(work, visitor, invitation.id, person).await
        }
        (Opens::Group(branch), ChatKind::Group) => {
            groups::bind(work, visitor.chat, invitation.id, branch).await?;
            Ok(Opened::Group(branch))
        }
        // A personal code shown in a group is known to everybody there.
        (Opens::Person(_), ChatKind::Group) => {
            invitations::spend(work.tx, invitation.id, work.now).await?;
            Ok(Opened::Nothing("start-code-shown"))
        }
        (Opens::Group(_), ChatKind::Private) => refuse("start-code-for-group"),
    }
}

/// Guessing is stopped per account and for the whole installation.
async fn guard(work: &mut Work<'_>, visitor: Visitor<'_>) -> Result<(), Refused> {
    let (limits, since) = (work.practice.invitations, work.now - TimeDelta::hours(1));
    let (mine, all) =
        invitations::failures_since(work.tx, &visitor.chat.bot, visitor.sender, since).await?;
    if mine >= limits.per_account {
        return refuse("start-too-many");
    }
    if all >= limits.per_hour {
        tracing::warn!(failures = all, "binding is paused: too many wrong codes in an hour");
        return refuse("start-paused");
    }
    Ok(())
}

async fn wrong(
    work: &mut Work<'_>,
    visitor: Visitor<'_>,
    why: &'static str,
) -> Result<Opened, Refused> {
    invitations::failed(work.tx, &visitor.chat.bot, visitor.sender, work.now).await?;
    Ok(Opened::Nothing(why))
}

/// Lets an account speak for a person, whose deed it is: the code was theirs.
async fn bind(
    work: &mut Work<'_>,
    visitor: Visitor<'_>,
    invitation: i64,
    id: PersonId,
) -> Result<Opened, Refused> {
    let (now, Address { bot, chat }) = (work.now, visitor.chat);
    let Some(person) = people::get(work.tx, id, work.today()).await? else {
        return refuse("start-code-unknown");
    };
    if !invitations::spend(work.tx, invitation, now).await? {
        return wrong(work, visitor, "start-code-used").await;
    }
    let before = accounts::find(work.tx, &[(bot, visitor.sender)]).await?;
    accounts::bind(work.tx, bot, visitor.sender, id, chat, now).await?;
    menus::of_chat(work.tx, visitor.chat, now).await?;
    if before.iter().any(|account| account.person_id == id) {
        return Ok(Opened::Account(person));
    }
    let entry = Entry::new(Act::AccountBound, person.code.as_str())
        .within(person.unit)
        .became(Field::Channel, bot);
    let by = Author { person: Some(id), channel: work.channel };
    audit::note(work.tx, now, by, entry).await?;
    Ok(Opened::Account(person))
}

/// Notes that a private chat can be written to: a platform says so, or somebody wrote there.
pub async fn reachable(tx: &mut Tx, chat: &Address) -> Result<(), StoreError> {
    accounts::set_reachable(tx, chat).await.map(drop)
}

/// Notes what a platform tells: that a private chat cannot be written to any more.
pub async fn unreachable(tx: &mut Tx, chat: &Address) -> Result<(), StoreError> {
    accounts::set_unreachable(tx, chat).await.map(drop)
}

/// Notes what a platform tells: that a chat, private or group, goes on under another id.
pub async fn rename(work: &mut Work<'_>, chat: &Address, to: &str) -> Result<(), StoreError> {
    accounts::follow(work.tx, chat, to, work.now).await
}
