//! When branches meet, and who comes.
