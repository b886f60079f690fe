//! Lists in the styles in which offices keep them, files that are none, and an organisation that comes of lists.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod around;
mod hostile;
mod keeping;
mod kept;
mod making;
mod office;
mod styles;
