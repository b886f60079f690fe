//! What falls due: a source for each kind, and the planner that makes each thing happen once.
//!
//! A source knows the rows of its kind: when the next falls due, what they send, and what they will bring. A
//! new kind is a file with its source, named in [`SOURCES`]. Steps of meetings come in kinds of their own,
//! each of which says whom a step reaches and what they are told. The dry run asks the same sources, so that
//! what December will bring can be read in November.

mod deadline;
mod deferral;
mod digest;
mod dry_run;
mod escalation;
mod meeting;
mod notice;
mod planner;
mod report;
mod round;
mod steps;
mod summary;
mod thematic;

pub use dry_run::{PlanLine, dry_run};
pub use planner::{Planner, Ticked};

use async_trait::async_trait;
use chrono::NaiveDateTime;

use self::dry_run::Ahead;
use self::round::Round;
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::month::{Step, StepKind};
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Address, Button, Message};
use crate::outbound::Addressee;
use crate::store::meetings::Meeting;
use crate::store::{StoreError, Tx};
use crate::taps::{SnoozeTap, Tap};

/// Things of one kind that fall due.
#[async_trait]
trait Source: Sync {
    /// Plans ahead, once a day. Calling it again changes nothing.
    async fn plan(&self, _: &mut Tx, _: &Practice, _: Instant) -> Result<(), StoreError> {
        Ok(())
    }

    /// When the next of them falls due.
    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError>;

    /// Ends those that are due, and queues what they send.
    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError>;

    /// Plans again what fell away later than it is now, so by a clock that was wrong, and is not due
    /// before `from`; how many.
    async fn restore(&self, tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError>;

    /// From whom quiet hours keep some of them until after an instant.
    async fn kept_from(&self, _: &mut Tx, _: Instant) -> Result<Vec<PersonId>, StoreError> {
        Ok(Vec::new())
    }

    /// Brings nearer what was put off by a clock that showed more than it does now; how many.
    async fn bring_nearer(&self, _: &mut Tx, _: &Practice, _: Instant) -> Result<u64, StoreError> {
        Ok(0)
    }

    /// What they will send in a month, in any order.
    async fn foresee(&self, tx: &mut Tx, ahead: &Ahead<'_>) -> Result<Vec<PlanLine>, StoreError>;
}

/// All there are, in the order in which a tick fires them.
const SOURCES: &[&dyn Source] = &[
    &steps::Steps,
    &deferral::Deferrals,
    &deadline::Limits,
    &digest::Digests,
    &notice::NoticeReminders,
];

/// When the next of all that is planned falls due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    let mut next = None;
    for source in SOURCES {
        next = next.into_iter().chain(source.next_due(tx).await?).min();
    }
    Ok(next)
}

/// Whom a step reaches.
enum Recipient {
    Person(Addressee),
    /// The group chat of the meeting's branch.
    Group(Address),
}

/// One message of a step.
struct Due {
    to: Recipient,
    message: Message,
}

/// What a kind needs to know to say whom it reaches.
struct Occasion<'a> {
    practice: &'a Practice,
    units: &'a UnitTree,
    meeting: &'a Meeting,
    step: Step,
    now: Instant,
}

impl Occasion<'_> {
    /// The button to be reminded again of a duty, if there is time for it before the deadline.
    fn later(&self, duty: StepKind, deadline: NaiveDateTime) -> Vec<Button> {
        let now = self.practice.local(self.now);
        if self.practice.snooze_times(now, deadline).is_empty() {
            return Vec::new();
        }
        let ask = SnoozeTap::Ask { meeting: self.meeting.id, duty };
        vec![Button::new("button-snooze", Tap::Snooze(ask))]
    }
}

/// The messages of a step, as things stand now.
async fn due(tx: &mut Tx, occasion: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    match occasion.step.kind() {
        StepKind::Meeting => meeting::due(tx, occasion).await,
        StepKind::Report => report::due(tx, occasion).await,
        StepKind::Escalation => escalation::due(tx, occasion).await,
        StepKind::Thematic => thematic::due(tx, occasion).await,
        StepKind::Summary => summary::due(tx, occasion).await,
        // Told by whoever changes the meeting.
        StepKind::Change => Ok(Vec::new()),
    }
}
