//! Every parser of what comes from outside, fed with noise and with sound examples that had an
//! accident: none may panic, hang or break what it promises.
//!
//! Bounded, so that it is part of the tests; a failure prints the smallest input that shows it. The
//! same noise is typed to the whole program in `tests/world/noise.rs`, and sent to its web server in
//! `tests/web/noise.rs`.

#[path = "../support/fake_telegram/mod.rs"]
mod fake_telegram;
mod mangle;

mod rules;
mod telegram;
