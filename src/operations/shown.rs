//! What somebody was shown before they confirm it. Only that is done: what has changed since is shown again.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::clock::Instant;
use crate::domain::ids::OutboxId;
use crate::store::{StoreError, Tx, previews};

/// How many bytes of the digest are kept: enough that no two things shown are taken for each other.
const KEPT: usize = 12;

/// The version of what is shown: the same for the same, in every process and every release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// Of whatever is shown, as it is stored.
    pub fn of(shown: &impl Serialize) -> Result<Self, StoreError> {
        let digest = Sha256::digest(serde_json::to_vec(shown)?);
        Ok(Self(hex::encode(&digest[..KEPT])))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Notes that a message shows this.
pub async fn under(
    tx: &mut Tx,
    message: OutboxId,
    version: &Version,
    now: Instant,
) -> Result<(), StoreError> {
    previews::put(tx, message, version.as_str(), now).await
}
