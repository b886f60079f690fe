//! A span around each piece of work: an update, a tick, a send. It says what is done, never for whom
//! or in which words, and on its end how long it took: at level debug, or as a warning where that was
//! too long.
//!
//! The spans are of the highest level, so that whatever is logged inside one says where it belongs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tracing::{Instrument, Span};

use crate::clock::Stopwatch;

/// Milliseconds after which something is slow: of the process, like the level of its log.
static SLOW: AtomicU64 = AtomicU64::new(1_000);

/// Warns from now on of whatever takes as long as this.
pub fn warn_after(slow: Duration) {
    SLOW.store(millis(slow), Ordering::Relaxed);
}

/// Does a piece of work inside its span; gives what came of it, and how long it took.
pub fn timed<'w, T: Send>(
    span: Span,
    work: impl Future<Output = T> + Send + 'w,
) -> impl Future<Output = (T, Duration)> + Send + 'w {
    // Boxed, or whoever waits would hold the whole of it several times over.
    let work = Box::pin(work.instrument(span.clone()));
    async move {
        let watch = Stopwatch::start();
        let done = work.await;
        let elapsed = watch.elapsed();
        let elapsed_ms = millis(elapsed);
        span.in_scope(|| match elapsed_ms >= SLOW.load(Ordering::Relaxed) {
            true => tracing::warn!(elapsed_ms, "slow"),
            false => tracing::debug!(elapsed_ms, "done"),
        });
        (done, elapsed)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
