//! A text that could be the content of an answer or something else: "lịch họp" typed where a reason is
//! asked for. It is neither taken over nor obeyed in silence; two buttons ask which is meant.
//!
//! Which texts these are, and what becomes of the answer, the router knows: only it knows all that a
//! text can mean.

use super::engine::context::Cx;
use super::engine::failure::{Outcome, refuse};
use crate::domain::text::nfc;
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::taps::{DoubtTap, Tap};

/// Asks beside the open question, which stays as it is; `instead` names what else the text means.
pub(super) async fn ask(cx: &mut Cx<'_>, text: &str, instead: Phrase) -> Outcome {
    let Some(question) = cx.session.question else { return refuse("tap-stale") };
    let text = nfc(text);
    let message =
        Message::of(Phrase::new("doubt-ask").with("typed", Arg::Typed(Typed::new(&text))));
    let content = Tap::Doubt(DoubtTap::Content { question, text: text.clone() });
    let otherwise = Tap::Doubt(DoubtTap::Instead { text });
    cx.ask_beside(
        message
            .row(vec![Button::new("doubt-content", content)])
            .row(vec![Button::new(Phrase::new("doubt-instead").with("what", instead), otherwise)]),
    )
    .await
}
