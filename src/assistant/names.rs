//! What a writer is told once of given names alone: which of them stay as they were typed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::engine::context::Cx;
use super::engine::failure::Outcome;
use crate::disclosure::has_unhidden;
use crate::domain::typed::Typed;
use crate::operations::advice;
use crate::store::erasure;

/// Where what is typed is kept.
static KEPT: LazyLock<BTreeSet<&str>> = LazyLock::new(erasure::typed_tables);

/// What was told, as it is remembered.
const KIND: &str = "given_name";

/// Tells whoever has just had something kept, if a given name may stand in it that is not hidden; once, and in
/// the same words whoever bears it, or these would tell who is a candidate.
pub async fn advise(cx: &mut Cx<'_>, text: &str) -> Outcome {
    let Some(writer) = cx.person.as_ref().map(|person| person.id) else { return Ok(()) };
    if cx.in_group() || !(cx.has_written(&KEPT) || is_in_draft(cx, text)) {
        return Ok(());
    }
    if advice::was_given(&mut cx.work().await?, KIND).await? {
        return Ok(());
    }
    let today = cx.today();
    if !has_unhidden(cx.tx, writer, text, today).await? {
        return Ok(());
    }
    match advice::give(&mut cx.work().await?, KIND).await? {
        true => cx.say_aside("names-given").await,
        false => Ok(()),
    }
}

/// Whether the open dialogue keeps what was typed until it is confirmed.
fn is_in_draft(cx: &Cx<'_>, text: &str) -> bool {
    let Some((_, position)) = &cx.session.dialogue else { return false };
    let Ok(typed) = serde_json::to_string(&Typed::new(text)) else { return false };
    let inside = typed.trim_matches('"');
    !inside.is_empty() && position.contains(inside)
}
