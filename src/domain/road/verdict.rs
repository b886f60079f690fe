//! What can stand between a case and a step: each lack with the rule it follows from, and who can
//! mend it.

use chrono::NaiveDate;

use super::{Ask, Deadline, Fellow, Paper, Votes, Who};
use crate::domain::regulations::{Share, Source, Version};

/// A vote with what it needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub votes: Votes,
    pub share: Share,
    /// Those who count: all less the excused.
    pub counted: u32,
    /// The fewest in favour that are enough.
    pub needed: u32,
}

impl Tally {
    pub(super) fn of(votes: Votes, share: Share) -> Self {
        let counted = votes.members.saturating_sub(votes.excused);
        Self { votes, share, counted, needed: share.of(counted) }
    }

    pub fn is_enough(&self) -> bool {
        self.votes.in_favour >= self.needed
    }
}

/// Something that a step lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The case does not stand where this step begins.
    NotNext,
    /// The answer to a question.
    Unanswered(Ask),
    /// The day has not come yet.
    InFuture,
    /// The day lies before what was recorded last.
    BeforeLast {
        last: NaiveDate,
    },
    /// The decision cannot be received before it is made, nor after today.
    OddReceipt,
    /// The date of birth is not known.
    NoBirthday,
    /// Too young until this day.
    TooYoung {
        until: NaiveDate,
    },
    /// Too old since this day.
    TooOld {
        since: NaiveDate,
    },
    NoMentor,
    TooManyMentors {
        most: u32,
    },
    /// Not an official member of the branch.
    NotOfficial(Fellow),
    IntroducersTooFew {
        needed: u32,
    },
    /// Has worked with the candidate for less than these months.
    KnownTooShort {
        who: Fellow,
        needed: u32,
    },
    /// The committee has not approved the source list since this day.
    NotApproved {
        since: NaiveDate,
    },
    NoCertificate,
    CertificateExpired {
        on: NaiveDate,
    },
    Papers(Vec<Paper>),
    /// More in favour than there are.
    OddVotes,
    /// The branch has another number of official members.
    OtherMembers {
        known: u32,
    },
    TooFewVotes(Tally),
    CeremonyLate {
        limit: NaiveDate,
    },
    ProbationUntil {
        ends: NaiveDate,
    },
    NoNewMemberClass,
    /// Struck off, and not to be considered before this day.
    ReadmissionFrom {
        on: NaiveDate,
    },
    /// A reason that this step cannot have.
    OtherReason,
}

impl Lack {
    /// Who can mend it.
    pub fn mender(&self) -> Who {
        match self {
            Self::TooYoung { .. }
            | Self::InFuture
            | Self::ProbationUntil { .. }
            | Self::ReadmissionFrom { .. } => Who::Time,
            Self::TooOld { .. } | Self::CeremonyLate { .. } => Who::Superior,
            Self::NotApproved { .. }
            | Self::NoCertificate
            | Self::CertificateExpired { .. }
            | Self::NoNewMemberClass => Who::Committee,
            Self::TooFewVotes(_) => Who::Branch,
            _ => Who::Secretary,
        }
    }

    /// Whether the superior committee's consent mends it at once.
    pub fn is_mended_by_consent(&self) -> bool {
        matches!(self, Self::TooOld { .. } | Self::CeremonyLate { .. })
    }
}

/// A lack, and the rule it follows from, if it follows from one that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub lack: Lack,
    pub source: Option<Source>,
}

/// What a step lacks; nothing: it is possible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict(pub Vec<Missing>);

impl Verdict {
    pub fn is_possible(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn lacks(&mut self, lack: Lack) {
        self.0.push(Missing { lack, source: None });
    }

    pub(super) fn by<T>(&mut self, rule: &Version<T>, lack: Lack) {
        self.0.push(Missing { lack, source: Some(rule.source.clone()) });
    }

    pub(super) fn by_limit(&mut self, limit: Deadline, lack: Lack) {
        self.0.push(Missing { lack, source: Some(limit.source) });
    }
}
