//! Whom a message reaches, by which of their accounts, and until when quiet hours hold it.

use std::collections::HashSet;

use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::practice::Practice;
use crate::domain::quiet::Rest;
use crate::message::Address;
use crate::store::accounts::{self, Account};
use crate::store::{StoreError, Tx, deferrals, settings};

/// Whom a message reaches, and where.
#[derive(Clone, Debug)]
pub struct Route {
    /// Who is written to: the one it is for, or the first of the fallbacks who can be.
    pub person: PersonId,
    /// `None`: none of them can be reached.
    pub(super) address: Option<Address>,
    /// Those after them.
    pub(super) fallbacks: Vec<PersonId>,
    rest: Rest,
}

impl Route {
    /// When the quiet hours end in which a message would arrive now; `None` if it may go.
    pub fn held_until(&self, practice: &Practice, now: Instant) -> Option<Instant> {
        self.address.as_ref().and_then(|_| practice.held_until(self.rest, now))
    }

    /// To the first of these persons who can be reached; where nobody can be, to the first of them
    /// in vain. There is at least one person.
    pub(super) fn among(accounts: &[Account], wanted: &[PersonId]) -> Self {
        match next_account(accounts, wanted, |_| true) {
            Some((place, account)) => Self {
                person: wanted[place],
                address: Some(account.address()),
                fallbacks: wanted[place + 1..].to_vec(),
                rest: account.rest(),
            },
            None => {
                Self { person: wanted[0], address: None, fallbacks: Vec::new(), rest: Rest::Usual }
            }
        }
    }
}

/// The account a person is written to.
pub fn account_of(accounts: &[Account], person: PersonId) -> Option<&Account> {
    next_account(accounts, &[person], |_| true).map(|(_, account)| account)
}

/// Which of these persons can be written to.
pub async fn reachable(tx: &mut Tx, persons: &[PersonId]) -> Result<HashSet<PersonId>, StoreError> {
    let accounts = accounts::of_persons(tx, persons).await?;
    let reached = |person: &PersonId| account_of(&accounts, *person).is_some();
    Ok(persons.iter().copied().filter(reached).collect())
}

/// Lets what waits for a person follow what they have just chosen: it goes to the account they are
/// written to, in this language, and no later than their quiet hours end.
pub async fn follow_choices(
    tx: &mut Tx,
    practice: &Practice,
    person: PersonId,
    language: Language,
    now: Instant,
) -> Result<(), StoreError> {
    let choices = settings::get(tx, person).await?;
    let from = practice.held_until(choices.rest, now).unwrap_or(now);
    deferrals::resettle(tx, person, from).await?;
    let accounts = accounts::of_persons(tx, &[person]).await?;
    match account_of(&accounts, person) {
        Some(to) => settings::resettle(tx, person, language, &to.address(), from, now).await,
        None => Ok(()),
    }
}

/// The account that is written to next: of the first of these persons who has one that can be
/// reached and serves, the one they chose or else the newest, as [`accounts::of_persons`] orders them.
/// Gives the person's place among them, too.
pub(super) fn next_account<'a>(
    accounts: &'a [Account],
    wanted: &[PersonId],
    serves: impl Fn(&Account) -> bool,
) -> Option<(usize, &'a Account)> {
    wanted.iter().enumerate().find_map(|(place, person)| {
        let of_person = |account: &&Account| account.person_id == *person && account.reachable;
        accounts.iter().filter(of_person).find(|account| serves(account)).map(|a| (place, a))
    })
}
