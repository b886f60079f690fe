//! Dìu Dắt keeps the work of developing Party members turning every month.
//!
//! Two rivers, one bed:
//!
//! ```text
//!  people ──▶ channels ──▶ inbox ──▶ assistant ──┐
//!                                                ├──▶ outbound ──▶ outbox ──▶ delivery ──▶ channels ──▶ people
//!  time   ──▶ reminders ─────────────────────────┘
//! ```
//!
//! The modules in reading order follow; `docs/architecture.md` holds the map and the rules, and
//! `tests/architecture.rs` the table of who may import whom.

pub mod app;
pub mod assistant;
pub mod backoff;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod disclosure;
pub mod domain;
pub mod http;
pub mod lists;
pub mod message;
pub mod meters;
pub mod operations;
pub mod outbound;
pub mod papers;
pub mod phrasing;
pub mod reminders;
pub mod render;
pub mod spans;
pub mod store;
pub mod taps;
