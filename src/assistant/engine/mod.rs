//! How an update is handled, whichever feature answers it.
//!
//! [`handling`] takes updates from the inbox in groups that share a commit; [`router`] decides
//! which feature answers, and is the only file here that knows one; [`context`] is what a feature
//! reads and answers through; [`confirming`] lets only that be done which was shown.

pub(super) mod command;
mod confirming;
pub(super) mod context;
mod effects;
pub(super) mod failure;
pub(super) mod feature;
mod handling;
pub(super) mod pages;
mod router;
mod strangers;

pub use command::Command;
pub use effects::{Effects, TapAnswer};
pub use handling::Assistant;
pub use router::commands;
