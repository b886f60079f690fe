//! What can be done and asked, without talk: no channel, no sentence, no dialogue.

pub mod rights;
