//! What the assistant can do, one file per feature, and how an update finds its feature.
//!
//! [`engine`] takes updates from the inbox, finds the feature that answers and hands it what it
//! reads and answers through. A feature never imports another: what two need is in `store` or
//! `domain`, and what they do in `operations`.

mod approval;
mod attendance;
mod audit;
mod classes;
mod courtesy;
mod doubt;
mod engine;
mod figures;
mod groups;
mod handover;
mod help;
mod introduction;
mod names;
mod notices;
mod nudges;
mod personnel;
mod regulations;
mod report;
mod review;
mod road;
mod schedule;
mod settings;
mod sheet;
mod snooze;
mod start;
mod targets;
mod tasks;
mod typed;

pub use engine::{Assistant, Command, Effects, TapAnswer, commands};
pub use figures::{figures_message, usual_years};
