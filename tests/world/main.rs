//! The real program on both engines, a clock in the test's hand, conversations as they are held.

#[path = "../support/mod.rs"]
mod support;

#[path = "../fuzz/mangle.rs"]
mod mangle;

mod approval;
mod binding;
mod digest;
mod figures;
mod groups;
mod handover;
mod meeting;
mod meeting_answers;
mod mishaps;
mod month;
mod noise;
mod notice_files;
mod notices;
mod nudges;
mod papers;
mod report;
mod review;
mod rights;
mod road;
mod settings;
mod sheet;
mod story;
mod take_back;
mod world;
