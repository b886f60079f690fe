//! What people have chosen for themselves: language, quiet hours, the account written to first.

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::quiet::Rest;
use crate::message::Address;

statements! {
    SET_LANGUAGE(Int, Text) = ["UPDATE person SET language = $2 WHERE id = $1"];
    SET(Int, Text, MaybeInt, Int) = ["INSERT INTO person_setting
        (person_id, quiet, account_id, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (person_id) DO UPDATE SET quiet = excluded.quiet,
            account_id = excluded.account_id, changed_at = excluded.changed_at"];
    GET(Int) = ["SELECT quiet, account_id FROM person_setting WHERE person_id = $1"];
    /// Only what is not an answer, and in nobody's hands yet.
    RESETTLE(Int, Text, Text, Text, Int, Int) = ["UPDATE outbox SET language = $2, bot = $3,
            chat = $4, not_before = CASE WHEN not_before > $6 THEN $5 ELSE not_before END
        WHERE person_id = $1 AND state = 'ready' AND lane > 0"];
}

/// A person's choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub rest: Rest,
    /// [`super::accounts::Account::id`]; `None`: the newest.
    pub account: Option<i64>,
}

pub async fn get(tx: &mut Tx, person: PersonId) -> Result<Choices, StoreError> {
    match tx.maybe::<(String, Option<i64>)>(&GET, args![person]).await? {
        Some((rest, account)) => {
            Ok(Choices { rest: rest.parse().map_err(StoreError::Unreadable)?, account })
        }
        None => Ok(Choices::default()),
    }
}

pub async fn set(
    tx: &mut Tx,
    person: PersonId,
    choices: Choices,
    now: Instant,
) -> Result<(), StoreError> {
    let rest = choices.rest.to_string();
    tx.run(&SET, args![person, rest, choices.account, now]).await.map(drop)
}

pub async fn set_language(
    tx: &mut Tx,
    person: PersonId,
    language: Language,
) -> Result<(), StoreError> {
    tx.run(&SET_LANGUAGE, args![person, language]).await.map(drop)
}

/// Lets what waits for a person follow their choices: it goes to this address in this language, and
/// what was held for quiet hours goes at `from`.
pub async fn resettle(
    tx: &mut Tx,
    person: PersonId,
    language: Language,
    to: &Address,
    from: Instant,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&RESETTLE, args![person, language, &to.bot, &to.chat, from, now]).await.map(drop)
}
