//! What a feature is: its commands, its dialogue, and how it says no.

use async_trait::async_trait;

use super::context::Cx;
use crate::domain::people::Person;
use crate::message::{OfferedFile, Phrase};
use crate::operations::rights::{self, Right};
use crate::store::StoreError;
use crate::taps::Tap;

/// A command and the words that mean the same.
#[derive(Debug)]
pub struct Command {
    /// Without slash; what menus show.
    pub name: &'static str,
    /// Other spellings, folded. Those of several words also work without a slash.
    pub words: &'static [&'static str],
    /// The rights it is for, any of them; none: it is for everybody. It is shown to whoever holds one
    /// somewhere, as a courtesy: the feature itself checks the right at each call.
    pub needs: &'static [Right],
    /// The key of the line that says what it does.
    pub about: &'static str,
    /// Whether it answers in a branch's group.
    pub in_groups: bool,
}

impl Command {
    pub const fn is_for_everybody(&self) -> bool {
        self.needs.is_empty()
    }

    pub fn is_for(&self, person: &Person) -> bool {
        let held = |right: &Right| rights::somewhere(person, *right);
        self.is_for_everybody() || self.needs.iter().any(held)
    }
}

/// Every command, in the order help shows them.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    super::router::FEATURES.iter().flat_map(|feature| feature.commands())
}

/// One thing the assistant can do.
#[async_trait]
pub trait Feature: Send + Sync {
    /// The name that its dialogue is stored under; never changed after a release.
    fn name(&self) -> &'static str;

    fn commands(&self) -> &'static [Command];

    /// Answers one of its commands; `rest` is what follows the command, as typed.
    async fn command(&self, cx: &mut Cx<'_>, name: &str, rest: &str) -> Outcome;

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

pub type Outcome = Result<(), Failure>;

/// Why there is no answer in the ordinary way.
#[derive(Debug)]
pub enum Failure {
    /// A person's mistake or a rule: what happened, which rule, what to do. A normal result.
    Refusal(Phrase),
    /// The dialogue was kept by another version and cannot be read: it begins anew, with an
    /// apology.
    Unreadable,
    /// Ours.
    Fault(Fault),
}

/// Something that should not have happened; logged under a reference code.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the panic said, if it said something.
    #[error("a feature panicked: {0}")]
    Panic(String),
    #[error("{0}")]
    Other(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Fault(Fault::Store(error))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failure {
    pub fn refusal(phrase: impl Into<Phrase>) -> Self {
        Self::Refusal(phrase.into())
    }
}

/// Ends a feature's call with a refusal.
pub fn refuse<T>(phrase: impl Into<Phrase>) -> Result<T, Failure> {
    Err(Failure::Refusal(phrase.into()))
}
