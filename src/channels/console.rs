//! The console as a channel: what is sent is written to a stream, options as numbers.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use crate::domain::fit::for_terminal;
use crate::message::{Capabilities, Channel, Disclosure, Files, Papers, Part, SendError, Sent};

/// The bot's name in addresses.
pub const BOT: &str = "console";

pub struct Console {
    capabilities: Capabilities,
    out: Mutex<Box<dyn Write + Send>>,
}

impl Console {
    pub fn new(out: Box<dyn Write + Send>, disclosure: Disclosure) -> Self {
        let capabilities = Capabilities {
            buttons: false,
            edit: false,
            groups: false,
            text_limit: None,
            disclosure,
            papers: Papers::Command,
            files: Files::Elsewhere(None),
        };
        Self { capabilities, out: Mutex::new(out) }
    }
}

#[async_trait]
impl Channel for Console {
    fn bot(&self) -> &str {
        BOT
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Writes the text and an empty line. A stream that is closed takes no more messages.
    async fn send(&self, _: &str, part: &Part, _: &str) -> Result<Sent, SendError> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(out, "{}\n", for_terminal(part.plain().trim_end()))
            .and_then(|()| out.flush())
            .map_err(|_| SendError::Unreachable)?;
        Ok(Sent { external_id: None })
    }
}
