//! How single values are read from their text: words of a fixed choice, times, addresses, secrets,
//! counts. What several settings must be together is checked in the parent.

use std::fmt;
use std::net::SocketAddr;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use reqwest::Url;
use secrecy::SecretString;
use serde::de::{Deserialize, Deserializer, Error};
use tracing_subscriber::filter::Targets;

/// A type that is written as a text in the settings. The reason of a failure says what was
/// expected and never repeats the text, which may be a secret.
pub(super) trait Setting: Sized {
    fn from_text(text: &str) -> Result<Self, String>;
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($variant),+ }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $word),+ })
            }
        }

        impl Setting for $name {
            fn from_text(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("expected one of {}", [$($word),+].join(", "))),
                }
            }
        }
    )*};
}

choices! {
    Language { Vi = "vi", En = "en" }
    /// How a messenger's updates come in: we ask, or its platform calls.
    Receiving { Polling = "polling", Webhook = "webhook" }
    /// Whether a channel shows candidates by code and initials or by name.
    Disclosure { Codes = "codes", Names = "names" }
    LogFormat { Text = "text", Json = "json" }
}

impl Setting for String {
    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl Setting for std::path::PathBuf {
    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.into())
    }
}

impl Setting for SecretString {
    fn from_text(text: &str) -> Result<Self, String> {
        Ok(text.into())
    }
}

impl Setting for Tz {
    fn from_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "expected the name of a zone, like Asia/Ho_Chi_Minh".to_owned())
    }
}

impl Setting for NaiveDate {
    fn from_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "expected a date, like 2025-03-15".to_owned())
    }
}

impl Setting for NaiveTime {
    fn from_text(text: &str) -> Result<Self, String> {
        NaiveTime::parse_from_str(text, "%H:%M")
            .map_err(|_| "expected a time of day, like 08:00".to_owned())
    }
}

/// A part of the day: two different times, the second possibly on the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

impl Setting for Span {
    fn from_text(text: &str) -> Result<Self, String> {
        let wrong = || "expected two different times of day, like 21:00-06:30".to_owned();
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let time = |text: &str| NaiveTime::from_text(text.trim()).map_err(|_| wrong());
        let span = Self { from: time(from)?, to: time(to)? };
        if span.from == span.to { Err(wrong()) } else { Ok(span) }
    }
}

impl Setting for u16 {
    fn from_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "expected a number from 0 to 65535, or nothing".to_owned())
    }
}

impl Setting for SocketAddr {
    fn from_text(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "expected an IP address and a port, like 127.0.0.1:8080".to_owned())
    }
}

impl Setting for Url {
    fn from_text(text: &str) -> Result<Self, String> {
        web_address(text)
    }
}

pub(super) const WEB_ADDRESS: &str = "expected an address that begins with http:// or https://";

pub(super) fn web_address(text: &str) -> Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| WEB_ADDRESS.to_owned())
}

pub(super) fn parsed<'de, D: Deserializer<'de>, T: Setting>(from: D) -> Result<T, D::Error> {
    T::from_text(&String::deserialize(from)?).map_err(D::Error::custom)
}

/// An empty text is `None`.
pub(super) fn optional<'de, D: Deserializer<'de>, T: Setting>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(from)?;
    match text.as_str() {
        "" => Ok(None),
        text => T::from_text(text).map(Some).map_err(D::Error::custom),
    }
}

/// A number of at least 1.
pub(super) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    match u32::deserialize(from)? {
        0 => Err(D::Error::custom("expected a number of at least 1")),
        n => Ok(n),
    }
}

/// Kibibytes of a file; the pages take no longer ones.
pub(super) fn file_kib<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    match u32::deserialize(from)? {
        n @ 0..=20_480 => Ok(n),
        _ => Err(D::Error::custom("expected a number from 0 to 20480")),
    }
}

/// Different numbers of at least 1, returned with the largest first.
pub(super) fn leads<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u32>, D::Error> {
    let mut numbers = Vec::<u32>::deserialize(from)?;
    let given = numbers.len();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    if numbers.len() < given || numbers.contains(&0) {
        return Err(D::Error::custom("expected different numbers of at least 1"));
    }
    Ok(numbers)
}

pub(super) fn day_off<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if !matches!(text.as_str(), "next" | "previous" | "keep") {
        return Err(D::Error::custom("expected one of next, previous, keep"));
    }
    Ok(text)
}

pub(super) fn log_level<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let directives: Vec<&str> = text.split(',').map(str::trim).collect();
    // The filter takes any single word for the name of a module: "inof" would log everything of a
    // module that is not there, and nothing else.
    let known = directives.iter().all(|directive| {
        directive.contains('=')
            || ["off", "error", "warn", "info", "debug", "trace"].contains(directive)
    });
    let text = directives.join(",");
    if !known || text.parse::<Targets>().is_err() {
        return Err(D::Error::custom(
            "expected off, error, warn, info, debug or trace, also per module: info,diudat=debug",
        ));
    }
    Ok(text)
}
