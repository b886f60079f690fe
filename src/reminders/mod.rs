//! What falls due: one file per kind, and the planner that makes each step happen once.
//!
//! A kind says whom a step reaches and what they are told; the planner decides when. The dry run
//! asks the same functions, so that what December will bring can be read in November.

mod deadline;
mod dry_run;
mod meeting;
mod planner;
mod report;

pub use dry_run::{PlanLine, dry_run};
pub use planner::{Planner, Ticked};

use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::month::{Step, StepKind};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::message::{Address, Message};
use crate::store::meetings::Meeting;
use crate::store::units::UnitTree;
use crate::store::{StoreError, Tx, alerts, steps};

/// When the next of all that is planned falls due: a step of a meeting, an alert before a limit.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    let step = steps::next_due(tx).await?;
    let alert = alerts::next_due(tx).await?;
    Ok(step.into_iter().chain(alert).min())
}

/// Whom a step reaches.
enum Recipient {
    Person {
        person: Person,
        /// Who is told instead if the person has no account that can be reached.
        fallbacks: Vec<PersonId>,
    },
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

/// The messages of a step, as things stand now.
async fn due(tx: &mut Tx, occasion: &Occasion<'_>) -> Result<Vec<Due>, StoreError> {
    match occasion.step.kind() {
        StepKind::Meeting => meeting::due(tx, occasion).await,
        StepKind::Report => report::due(tx, occasion).await,
    }
}
