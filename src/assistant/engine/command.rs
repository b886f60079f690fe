//! A command: what it is called, whom it is for, and what help says of it.

use std::pin::Pin;

use super::context::Cx;
use super::failure::Outcome;
use crate::domain::people::Person;
use crate::operations::rights::{self, Right};

/// The command that strangers may give, and that no menu shows.
pub const START: &str = "start";
/// The command that leaves whatever is open.
pub const LEAVE: &str = "huy";

/// Answers a command; the text is what follows it, as typed.
pub(in crate::assistant) type Answer =
    for<'c> fn(&'c mut Cx<'_>, &'c str) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'c>>;

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
    pub(in crate::assistant) answer: Answer,
}

impl Command {
    /// Whether it is the one with which everything begins.
    pub fn is_start(&self) -> bool {
        self.name == START
    }

    pub const fn is_for_everybody(&self) -> bool {
        self.needs.is_empty()
    }

    pub fn is_for(&self, person: &Person) -> bool {
        let held = |right: &Right| rights::somewhere(person, *right);
        self.is_for_everybody() || self.needs.iter().any(held)
    }
}
