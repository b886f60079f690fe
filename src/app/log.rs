//! Logs go to standard error, as text or JSON. Tokens and the bodies of messages never do: nothing
//! in this crate puts them into a field.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, registry};

use crate::config::{Log, LogFormat};
use crate::domain::fit::for_log;
use crate::spans;

/// Starts logging; a second call changes only what is slow.
pub fn start_logging(settings: &Log) {
    spans::warn_after(Duration::from_millis(settings.slow_ms.into()));
    let usual = || Targets::new().with_default(LevelFilter::INFO);
    let filtered = registry().with(settings.level.parse().unwrap_or_else(|_| usual()));
    let colours = std::io::stderr().is_terminal();
    let lines = fmt::layer().with_ansi(colours).with_writer(move || Events { colours });
    let started = match settings.format {
        LogFormat::Text => filtered.with(lines).try_init(),
        LogFormat::Json => filtered.with(lines.json()).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// Standard error, an event a line: what a platform or the database says may have line breaks.
struct Events {
    colours: bool,
}

impl Write for Events {
    /// Takes a whole event: the layer writes each in one piece.
    fn write(&mut self, event: &[u8]) -> std::io::Result<usize> {
        let line = for_log(&String::from_utf8_lossy(event), self.colours);
        std::io::stderr().write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().flush()
    }
}
