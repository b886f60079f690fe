//! Ids of rows, one type per kind so that they cannot be mixed up. Nothing is read from an id.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
    )*};
}

ids! {
    UnitId
    PersonId
    /// A candidate's case.
    CaseId
    /// A step of a case.
    CaseStepId
    MeetingId
    ReportId
    /// A row of the outbox.
    OutboxId
    /// A row of the inbox.
    InboxId
    /// A step planned around a meeting.
    StepId
    ButtonId
    /// What a meeting gave somebody to do.
    DutyId
    /// A notice of a committee to branches.
    NoticeId
    /// What a branch's leader proposed about somebody.
    ProposalId
    /// A class that a committee holds.
    ClassId
    /// A place that somebody was given in a class.
    SeatId
}

/// What a button is called on the wire of a channel; what it means is in the database.
impl ButtonId {
    pub fn on_wire(self) -> String {
        format!("b{}", self.0)
    }

    /// Reads back what [`Self::on_wire`] wrote; `None` for anything a button of ours never held.
    pub fn from_wire(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('b')?;
        let plain = !digits.is_empty() && digits.len() < 19 && !digits.starts_with('0');
        if !plain || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().map(Self)
    }
}

/// What a class is called in the audit, where its number, which people type, does not stand: `LH-5`.
impl ClassId {
    pub fn code(self) -> String {
        format!("LH-{}", self.0)
    }

    /// Reads back what [`Self::code`] wrote.
    pub fn from_code(text: &str) -> Option<Self> {
        text.strip_prefix("LH-")?.parse().ok().map(Self)
    }
}
