//! What the assistant can do, one file per feature, and how an update finds its feature.
//!
//! [`handling`] takes updates from the inbox in groups that share a commit; [`router`] decides
//! which feature answers; a feature reads and writes through [`Cx`]. A feature never imports
//! another: what two need is in `store` or `domain`, and what they do in `operations`.

mod approval;
mod attendance;
mod audit;
mod classes;
mod command;
mod context;
mod courtesy;
mod doubt;
mod effects;
mod failure;
mod feature;
mod figures;
mod groups;
mod handling;
mod handover;
mod help;
mod introduction;
mod notices;
mod nudges;
mod pages;
mod regulations;
mod report;
mod review;
mod road;
mod router;
mod schedule;
mod settings;
mod sheet;
mod snooze;
mod start;
mod strangers;
mod targets;
mod tasks;
mod typed;

pub use command::Command;
pub use effects::{Effects, TapAnswer};
pub use figures::{figures_message, usual_years};
pub use handling::Assistant;
pub use router::commands;
