//! Logs go to standard error, as text or JSON. Tokens and the bodies of messages never do: nothing
//! in this crate puts them into a field.

use std::io::IsTerminal;
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, registry};

use crate::config::{Log, LogFormat};
use crate::spans;

/// Starts logging; a second call changes only what is slow.
pub fn start_logging(settings: &Log) {
    spans::warn_after(Duration::from_millis(settings.slow_ms.into()));
    let usual = || Targets::new().with_default(LevelFilter::INFO);
    let filtered = registry().with(settings.level.parse().unwrap_or_else(|_| usual()));
    let lines =
        fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    let started = match settings.format {
        LogFormat::Text => filtered.with(lines).try_init(),
        LogFormat::Json => filtered.with(lines.json()).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
