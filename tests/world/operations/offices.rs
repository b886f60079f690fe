//! Offices that are handed over.
