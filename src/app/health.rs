//! Whether the database takes what is written, as this process knows.

use std::time::Duration;

use super::App;
use crate::clock::Stopwatch;

/// How old the leader's last beat may be.
const BEAT: Duration = Duration::from_secs(10);
/// How long a probe may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Whoever asks more often than this gets the last answer: a probe costs a commit.
const FRESH: Duration = Duration::from_secs(1);

/// The last probe: when it ended, and what it found.
pub(super) type Probed = tokio::sync::Mutex<Option<(Stopwatch, Result<String, String>)>>;

impl App {
    /// Whether what is written is committed, and how that is known; in words that anyone may read. The
    /// leader commits a beat every few seconds; whoever stands by commits a row for the asking.
    pub async fn takes_writes(&self) -> Result<String, String> {
        let beat = self.leader.as_ref().filter(|_| *self.leading.borrow());
        if let Some(leader) = beat {
            let age = leader.licence().age();
            return match age.filter(|age| *age <= BEAT) {
                Some(age) => Ok(format!("leads, wrote {} s ago", age.as_secs())),
                None => Err("leads, and cannot write".to_owned()),
            };
        }
        let mut probed = self.probed.lock().await;
        if let Some((at, found)) = probed.as_ref()
            && at.elapsed() < FRESH
        {
            return found.clone();
        }
        let found = match tokio::time::timeout(PATIENCE, self.db.probe()).await {
            Ok(Ok(())) => Ok("takes what is written".to_owned()),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database takes nothing");
                Err("takes nothing that is written".to_owned())
            }
            Err(_) => {
                self.db.distrust();
                Err("does not answer".to_owned())
            }
        };
        *probed = Some((Stopwatch::start(), found.clone()));
        found
    }
}
