//! What only the administrator does, who may run the program.

use super::work::{Refused, Work};
use crate::clock::Instant;
use crate::domain::audit::Act;
use crate::domain::code::InvitationCode;
use crate::domain::ids::PersonId;
use crate::message::Address;
use crate::store::audit::{self, Entry};
use crate::store::invitations::{self, Opens};
use crate::store::{accounts, clock};

/// A person by their id and their code.
pub type Named<'n> = (PersonId, &'n str);

/// Keeps a one-time code that binds an account to a person, until an instant. `key`: what codes are
/// digested with.
pub async fn invite(
    work: &mut Work<'_>,
    (person, code_of): Named<'_>,
    code: &InvitationCode,
    key: &[u8],
    expires: Instant,
) -> Result<(), Refused> {
    work.must_administer()?;
    invitations::issue(work.tx, &code.digest(key), Opens::Person(person), work.now, expires)
        .await?;
    note(work, Act::Invited, code_of).await
}

/// Opens a chat of the console as a person.
pub async fn open_console(
    work: &mut Work<'_>,
    (person, code): Named<'_>,
    at: &Address,
) -> Result<(), Refused> {
    work.must_administer()?;
    accounts::bind(work.tx, &at.bot, &at.chat, person, &at.chat, work.now).await?;
    note(work, Act::ConsoleOpened, code).await
}

/// Writes down that everybody's names were listed, those of candidates among them.
pub async fn people_listed(work: &mut Work<'_>) -> Result<(), Refused> {
    work.must_administer()?;
    let whole = work.units.root().map(|root| root.code.clone()).unwrap_or_default();
    Ok(work.note_reading(Entry::new(Act::PeopleRead, whole)).await?)
}

/// Says that the clock is right, whatever it leapt by.
pub async fn trust_clock(work: &mut Work<'_>) -> Result<(), Refused> {
    work.must_administer()?;
    clock::trust(work.tx, work.now).await?;
    let whole = work.units.root().map(|root| root.code.clone()).unwrap_or_default();
    Ok(work.note(Entry::new(Act::ClockTrusted, whole)).await?)
}

async fn note(work: &mut Work<'_>, act: Act, person: &str) -> Result<(), Refused> {
    let unit = audit::unit_of(work.tx, person, work.today()).await?;
    Ok(work.note(Entry::new(act, person).within(unit)).await?)
}
