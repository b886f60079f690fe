//! The real program on both engines, a clock in the test's hand, conversations as they are held.

#[path = "../support/mod.rs"]
mod support;

#[path = "../fuzz/mangle.rs"]
mod mangle;

mod binding;
mod figures;
mod groups;
mod mishaps;
mod month;
mod noise;
mod report;
mod review;
mod rights;
mod road;
mod world;
