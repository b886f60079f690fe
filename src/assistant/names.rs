//! What a writer is told once of given names alone: which of them stay as they were typed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::engine::context::Cx;
use super::engine::failure::Outcome;
use crate::disclosure::{Unhidden, unhidden};
use crate::operations::advice;
use crate::store::erasure;

/// Where what is typed is kept.
static KEPT: LazyLock<BTreeSet<&str>> = LazyLock::new(erasure::typed_tables);

/// Tells whoever has just had something kept, if a given name stands in it that is not hidden; once for each
/// kind.
pub async fn advise(cx: &mut Cx<'_>, text: &str) -> Outcome {
    let Some(writer) = cx.person.as_ref().map(|person| person.id) else { return Ok(()) };
    if cx.in_group() || !cx.has_written(&KEPT) {
        return Ok(());
    }
    let today = cx.today();
    let Some(kind) = unhidden(cx.tx, writer, text, today).await? else { return Ok(()) };
    let (kind, sentence) = match kind {
        Unhidden::Untitled => ("untitled_name", "names-untitled"),
        Unhidden::Shared => ("shared_name", "names-shared"),
    };
    match advice::give(&mut cx.work().await?, kind).await? {
        true => cx.say_aside(sentence).await,
        false => Ok(()),
    }
}
