//! What can be done and asked, without talk: an operation checks the right, applies the rules, writes,
//! notes it in the audit and tells whom it concerns, for a chat as for a page. It never replies and knows no
//! dialogue.

pub mod accounts;
pub mod administration;
pub mod advice;
pub mod attendance;
pub mod cases;
pub mod cited;
pub mod classes;
mod days;
mod deed;
pub mod documents;
pub mod erasure;
pub mod groups;
pub mod imports;
pub mod meetings;
pub mod mentorships;
pub mod notice_files;
pub mod notices;
pub mod nudges;
pub mod offices;
pub mod organisation;
pub mod people;
pub mod personnel;
pub mod reports;
pub mod reviews;
pub mod rights;
pub mod settings;
pub mod sheets;
pub mod shown;
pub mod snoozes;
pub mod structure;
pub mod targets;
pub mod timetable;
mod work;

pub use days::AHEAD;
pub use deed::{Deed, Doer, Door, Inquiry};
pub use work::{Actor, Effect, Refused, Work, refuse};
