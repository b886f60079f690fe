//! What a person typed, apart from the program's own text: names may stand in it, so that a
//! sentence holds it as [`crate::message::Arg::Typed`], which only the masking shows.
//!
//! Rules may look at it, papers and pages for those who may read all names show it
//! ([`Typed::as_written`]; `tests/architecture.rs` lists where).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{fit, text};

/// Text as somebody typed it, in NFC, without what nobody can have meant ([`fit::meant`]): nothing may be taken
/// out of it once it was looked at for names. So is what an older version stored.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Typed(String);

impl Typed {
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(fit::meant(&text::nfc(text.as_ref())).into_owned())
    }

    /// The text for those who may read all names, and for the database.
    pub fn as_written(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// The key under which it is compared.
    pub fn folded(&self) -> String {
        text::fold(&self.0)
    }
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(fit::meant(&text).into_owned())
    }
}

impl From<Typed> for String {
    fn from(typed: Typed) -> Self {
        typed.0
    }
}

/// Its length: what people type is in no log.
impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typed({})", self.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_shows_the_length_alone() {
        assert_eq!(format!("{:?}", Typed::new("Trần Văn Bình")), "Typed(13)");
    }

    #[test]
    fn it_is_stored_as_the_text_it_is() {
        let typed: Typed = serde_json::from_str("\"phòng  họp \"").expect("text");
        assert_eq!(serde_json::to_string(&typed).expect("text"), "\"phòng  họp \"");
    }
}
