//! The real program on both engines, a clock in the test's hand, conversations as they are held.

#[path = "../support/mod.rs"]
mod support;

#[path = "../fuzz/mangle.rs"]
mod mangle;

mod approval;
mod arrival;
mod audit;
mod binding;
mod classes;
mod clock;
mod dates;
mod digest;
mod erasure;
mod figures;
mod groups;
mod handover;
mod hiding;
mod limits;
mod lists;
mod long_road;
mod meeting;
mod meeting_answers;
mod mishaps;
mod month;
mod moving;
mod names;
mod noise;
mod notice_files;
mod notices;
mod nudges;
mod numbers;
mod operations;
mod over;
mod own;
mod papers;
mod personnel;
mod platform;
mod proposals;
mod proposing;
mod report;
mod review;
mod rights;
mod road;
mod settings;
mod sheet;
mod shown;
mod signing;
mod story;
mod take_back;
mod targets;
mod thematic;
mod words;
mod world;
