//! Pure rules: no I/O, no async, no clock. Everything here is a question about values.

pub mod attachment;
pub mod audit;
pub mod calendar;
pub mod class;
pub mod code;
pub mod doubt;
pub mod due;
pub mod figures;
pub mod fit;
pub mod ids;
pub mod language;
pub mod listed;
pub mod meeting;
pub mod minutes;
pub mod month;
pub mod name;
pub mod people;
pub mod personnel;
pub mod practice;
pub mod quiet;
pub mod recurrence;
pub mod regulations;
pub mod report;
pub mod road;
pub mod spelling;
pub mod target;
pub mod text;
pub mod time_of_day;
pub mod typed;
pub mod unit_history;
pub mod units;
pub mod when;
pub mod written;

/// Declares an enum whose values have one stable text form, in the database and in buttons.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable text form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            /// The error is the text itself.
            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text).ok_or_else(|| text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;
