//! The web chat and the other addresses, as a browser, a platform and a supervisor see them.

mod demo;
mod doors;
mod files;
mod limits;
mod lists;
#[path = "../fuzz/mangle.rs"]
mod mangle;
mod noise;
mod page;
mod saying;
mod stage;
mod stream;
#[path = "../support/mod.rs"]
mod support;
