//! What a person is told once, by themselves and of nobody else.

use super::{Actor, Work};
use crate::store::{StoreError, advice};

/// Notes that whoever does this is told something; `false`: they were before.
pub async fn give(work: &mut Work<'_>, kind: &str) -> Result<bool, StoreError> {
    let Actor::Person(person) = work.by else { return Ok(false) };
    advice::give(work.tx, person.id, kind, work.now).await
}
