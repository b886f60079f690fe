//! What people choose for themselves: the language, the quiet hours, and which of their accounts is
//! written to first. What waits for them follows at once.

use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::language::Language;
use crate::domain::people::Person;
use crate::domain::quiet::Rest;
use crate::outbound;
use crate::store::StoreError;
use crate::store::accounts::{self, Account};
use crate::store::audit::Entry;
use crate::store::settings::{self, Choices};

/// What somebody has chosen, and their accounts in the order in which they are tried.
pub async fn mine(work: &mut Work<'_>) -> Result<(Choices, Vec<Account>), Refused> {
    let me = work.me()?.id;
    let choices = settings::get(work.tx, me).await?;
    Ok((choices, accounts::of_persons(work.tx, &[me]).await?))
}

/// Chooses a language; menus follow, too. What was chosen already is not chosen again, here and below.
pub async fn speak(work: &mut Work<'_>, language: Language) -> Result<(), Refused> {
    let me = work.me()?;
    if me.language == Some(language) {
        return Ok(());
    }
    settings::set_language(work.tx, me.id, language).await?;
    work.fit_menus(&[me.id]).await?;
    let entry = entry(me, Act::LanguageChosen)
        .was(Field::Language, work.practice.language_of(me))
        .became(Field::Language, language);
    Ok(follow(work, me, language, entry).await?)
}

/// Chooses when not to be written to.
pub async fn rest(work: &mut Work<'_>, rest: Rest) -> Result<(), Refused> {
    let me = work.me()?;
    let before = settings::get(work.tx, me.id).await?;
    if before.rest == rest {
        return Ok(());
    }
    settings::set(work.tx, me.id, Choices { rest, ..before }, work.now).await?;
    let entry = entry(me, Act::RestChosen)
        .was(Field::Quiet, before.rest.to_string())
        .became(Field::Quiet, rest.to_string());
    Ok(follow(work, me, work.practice.language_of(me), entry).await?)
}

/// Chooses the account that is written to first, by [`Account::id`]; it must be one's own and in reach.
pub async fn prefer(work: &mut Work<'_>, account: i64) -> Result<(), Refused> {
    let me = work.me()?;
    let (choices, accounts) = mine(work).await?;
    let chosen = accounts.iter().find(|one| one.id == account && one.reachable);
    let Some(chosen) = chosen else { return refuse("settings-account-gone") };
    if choices.account == Some(account) {
        return Ok(());
    }
    let was = outbound::account_of(&accounts, me.id).map(|account| account.bot.as_str());
    let choices = Choices { account: Some(account), ..choices };
    settings::set(work.tx, me.id, choices, work.now).await?;
    let entry = entry(me, Act::AccountPreferred)
        .was(Field::Channel, was)
        .became(Field::Channel, &chosen.bot);
    Ok(follow(work, me, work.practice.language_of(me), entry).await?)
}

fn entry(me: &Person, act: Act) -> Entry {
    Entry::new(act, me.code.as_str()).within(me.unit)
}

/// Writes a choice down, and lets what waits for the person follow it.
async fn follow(
    work: &mut Work<'_>,
    me: &Person,
    language: Language,
    entry: Entry,
) -> Result<(), StoreError> {
    work.note(entry).await?;
    outbound::follow_choices(work.tx, work.practice, me.id, language, work.now).await
}
