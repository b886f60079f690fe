//! The languages the program speaks.

use super::words;

words! {
    /// Its text form stands in the database and in settings, and is the name of its folder of sentences.
    Language {
        Vi = "vi",
        En = "en",
    }
}
