//! What arrives is made fit for everything behind the door, whichever channel brings it.

use super::{Event, Incoming, OfferedFile};
use crate::domain::fit::meant;

impl Incoming {
    /// The same with nothing in it that no person means. What the channel calls things by is its own.
    pub fn meant(self) -> Self {
        Self {
            bot: self.bot,
            external_id: self.external_id,
            chat: self.chat,
            kind: self.kind,
            sender: self.sender,
            language: self.language.map(fit),
            event: self.event.meant(),
        }
    }
}

impl Event {
    fn meant(self) -> Self {
        match self {
            Self::Text { text } => Self::Text { text: fit(text) },
            Self::Tap { button, message, callback } => {
                Self::Tap { button: fit(button), message, callback }
            }
            Self::Upload { caption, file } => Self::Upload {
                caption: caption.map(fit),
                file: file.map(|file| OfferedFile { name: fit(file.name), ..file }),
            },
            same @ (Self::Moved { .. } | Self::Reachable { .. } | Self::Present { .. }) => same,
        }
    }
}

fn fit(text: String) -> String {
    meant(&text).into_owned()
}
