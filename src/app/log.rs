//! Logs go to standard error, as text or JSON. Tokens and the bodies of messages never do: nothing
//! in this crate puts them into a field.

use std::io::IsTerminal;
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::{Log, LogFormat};
use crate::spans;

/// Starts logging; a second call changes only what is slow.
pub fn start_logging(settings: &Log) {
    spans::warn_after(Duration::from_millis(settings.slow_ms.into()));
    let filter = EnvFilter::try_new(&settings.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let started = match settings.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
