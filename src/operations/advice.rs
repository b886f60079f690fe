//! What a person is told once, by themselves and of nobody else.

use super::work::{Refused, Work};
use crate::store::advice;

/// Notes that whoever does this is told something; `false`: they were before.
pub async fn give(work: &mut Work<'_>, kind: &str) -> Result<bool, Refused> {
    let me = work.me()?.id;
    Ok(advice::give(work.tx, me, kind, work.now).await?)
}

/// Whether whoever does this was told something.
pub async fn was_given(work: &mut Work<'_>, kind: &str) -> Result<bool, Refused> {
    let me = work.me()?.id;
    Ok(advice::was_given(work.tx, me, kind).await?)
}
