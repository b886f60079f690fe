//! A command: what it is called, whom it is for, and what help says of it.

use crate::domain::people::Person;
use crate::operations::rights::{self, Right};

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
