//! The demo as its visitor meets it: the real program, in a real Chromium.
//!
//! What each answer says in full is for the tests of conversations; here it is whether a person at
//! the page gets to it. The tests need `chromedriver` and Chromium, and fail without them.

mod leash;
mod story;
mod window;
