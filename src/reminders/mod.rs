//! What falls due: one file per kind, and the planner that makes each step happen once.
//!
//! A kind says whom a step reaches and what they are told; the planner decides when. The dry run
//! asks the same functions, so that what December will bring can be read in November.

mod deadline;
mod digest;
mod dry_run;
mod ladder;
mod meeting;
mod notice;
mod planner;
mod report;
mod round;
mod summary;
mod thematic;

pub use dry_run::{PlanLine, dry_run};
pub use planner::{Planner, Ticked};

use chrono::NaiveDateTime;

use crate::clock::Instant;
use crate::domain::month::{Step, StepKind};
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::message::{Address, Button, Message};
use crate::outbound::Addressee;
use crate::store::meetings::Meeting;
use crate::store::{StoreError, Tx, alerts, digests, notices, steps};
use crate::taps::{SnoozeTap, Tap};

/// What comes this much after its time is marked as late.
const LATE: chrono::TimeDelta = chrono::TimeDelta::minutes(10);

/// When the next of all that is planned falls due: a step of a meeting, an alert before a limit, a
/// digest, the reminder of a notice.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    let step = steps::next_due(tx).await?;
    let alert = alerts::next_due(tx).await?;
    let digest = digests::next_due(tx).await?;
    let notice = notices::next_due(tx).await?;
    Ok(step.into_iter().chain(alert).chain(digest).chain(notice).min())
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
        StepKind::Ladder => ladder::due(tx, occasion).await,
        StepKind::Thematic => thematic::due(tx, occasion).await,
        StepKind::Summary => summary::due(tx, occasion).await,
    }
}
