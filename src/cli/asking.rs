//! Who does something at the command line, and whether they are asked before it is done.

use std::io::{BufRead, IsTerminal, Write};

use super::Failed;
use crate::operations::Doer;

/// What every command has that changes people or units.
#[derive(clap::Args)]
pub(super) struct Asking {
    /// In whose name: the code of an officer of the committee's office.
    #[arg(long = "as", value_name = "CODE", global = true)]
    author: Option<String>,
    /// Does it without asking.
    #[arg(long, global = true)]
    yes: bool,
}

impl Asking {
    pub fn doer(&self) -> Doer<'_> {
        doer(self.author.as_deref())
    }

    /// Refuses where nobody says that it shall be done.
    pub fn must_confirm(&self) -> Result<(), Failed> {
        match self.yes || confirmed("Do this?")? {
            true => Ok(()),
            false => Err(Failed::Refused("nothing was changed".to_owned())),
        }
    }
}

pub(super) fn doer(author: Option<&str>) -> Doer<'_> {
    author.map_or(Doer::Administrator, |code| Doer::InName { code })
}

/// Whether somebody at the terminal says yes; where nobody can be asked it is no.
pub(super) fn confirmed(what: &str) -> Result<bool, Failed> {
    let stdin = std::io::stdin();
    let mut terminal = std::io::stderr();
    write!(terminal, "{what} [y/N] ")?;
    terminal.flush()?;
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    if !stdin.is_terminal() {
        writeln!(terminal)?;
    }
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}
