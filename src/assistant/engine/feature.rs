//! What a feature is: its commands, its dialogue, its buttons.

use async_trait::async_trait;

use super::command::Command;
use super::context::{Aside, Cx};
use super::failure::{Failure, Outcome};
use crate::message::OfferedFile;
use crate::taps::Tap;

/// One thing the assistant can do.
#[async_trait]
pub trait Feature: Send + Sync {
    /// The name that its dialogue is stored under; never changed after a release.
    fn name(&self) -> &'static str;

    fn commands(&self) -> &'static [Command] {
        &[]
    }

    /// Answers a button that was made for it.
    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let _ = tap;
        cx.stale().await
    }

    /// Takes text typed while its dialogue is open.
    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        let _ = (cx, text);
        Ok(Claim::NotMine)
    }

    /// Takes a file sent while its dialogue is open.
    async fn upload(&self, cx: &mut Cx<'_>, file: &OfferedFile) -> Result<Claim, Failure> {
        let _ = (cx, file);
        Ok(Claim::NotMine)
    }

    /// Whether its open question is answered by a number: then a bare number is the answer, and never
    /// one of the options below the question. Such a question is asked by [`Cx::ask_number`].
    fn wants_number(&self, cx: &Cx<'_>) -> bool {
        let _ = cx;
        false
    }

    /// Whether its open question takes any text as it is typed: a reason, a task, an opinion. Then
    /// words that mean something by themselves are asked about before they become its content.
    fn takes_prose(&self, cx: &Cx<'_>) -> bool {
        let _ = cx;
        false
    }

    /// Whether its open question is a list to choose from with nothing answered before it: whoever turns
    /// to something else has left it, and is not asked it once more.
    fn only_lists(&self, cx: &Cx<'_>) -> bool {
        let _ = cx;
        false
    }

    /// The dialogue that was put aside for its open question, and is gone on with afterwards.
    fn put_aside(&self, cx: &Cx<'_>) -> Option<Aside> {
        let _ = cx;
        None
    }

    /// Whether what is typed now does what the open question shows, as a button under it would: then it is
    /// only done where that stands as it was shown ([`Cx::shows`]).
    fn text_confirms(&self, cx: &Cx<'_>) -> bool {
        let _ = cx;
        false
    }

    /// Shows again what this tap confirms, where that is no dialogue's open question.
    async fn show_again(&self, cx: &mut Cx<'_>, tap: &Tap) -> Outcome {
        let _ = tap;
        self.repeat(cx).await
    }

    /// Asks its open question again.
    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        let _ = cx;
        Ok(())
    }
}

/// Whether a dialogue understood what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    Done,
    NotMine,
}
