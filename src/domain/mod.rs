//! Pure rules: no I/O, no async, no clock. Everything here is a question about values.

pub mod calendar;
pub mod ids;
pub mod month;
pub mod recurrence;
pub mod text;
pub mod when;
