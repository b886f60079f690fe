//! Channels: each translates one platform's wire into `message` and back, and nothing else.
//!
//! A channel knows its platform's limits, errors and habits, so that nobody else has to. It stores
//! nothing, decides nothing about people, and holds no sentence a person reads.

pub mod console;
pub mod telegram;
pub mod web;
