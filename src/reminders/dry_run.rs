//! Who would get what, when and why, in a month: the sources' own questions asked beforehand.

use chrono::NaiveDateTime;

use super::{Recipient, SOURCES};
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::ids::UnitId;
use crate::domain::practice::Practice;
use crate::domain::quiet::Rest;
use crate::domain::units::UnitTree;
use crate::message::Phrase;
use crate::store::{StoreError, Tx};

/// One message of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// Local time of the organisation.
    pub at: NaiveDateTime,
    /// A person's code, or `group`.
    pub to: String,
    /// The branch's code; of a digest, the committee's.
    pub unit: String,
    /// What it is about, by the word of its source: `meeting`, `digest`.
    pub kind: &'static str,
    pub step: String,
    /// The meeting's day by which rule, and what moved it.
    pub reason: Phrase,
    /// Why it goes later than its step: it falls into the quiet hours of whom it is for.
    pub held: Option<Phrase>,
    /// The meeting itself, local time; of whatever is about no meeting, that itself.
    pub meeting: NaiveDateTime,
}

/// What is looked at beforehand: a month of the organisation, or of one unit, as things stand at `now`.
pub(super) struct Ahead<'a> {
    pub practice: &'a Practice,
    pub units: &'a UnitTree,
    pub month: Month,
    pub only: Option<UnitId>,
    pub now: Instant,
}

impl Ahead<'_> {
    pub fn holds(&self, unit: UnitId) -> bool {
        self.only.is_none_or(|only| only == unit)
    }
}

/// What falls due in `month`, in order of time, as things stand at `now`: whoever owes or has not answered
/// now is taken to go on doing so.
pub async fn dry_run(
    tx: &mut Tx,
    practice: &Practice,
    month: Month,
    only: Option<UnitId>,
    now: Instant,
) -> Result<Vec<PlanLine>, StoreError> {
    let units = UnitTree::load(tx).await?;
    let ahead = Ahead { practice, units: &units, month, only, now };
    let mut lines = Vec::new();
    for source in SOURCES {
        lines.extend(source.foresee(tx, &ahead).await?);
    }
    lines.sort_by(|a, b| (a.at, &a.unit, &a.to).cmp(&(b.at, &b.unit, &b.to)));
    Ok(lines)
}

/// Whom a message reaches, by code, and the end of the quiet hours that hold it.
pub(super) async fn arrival(
    tx: &mut Tx,
    practice: &Practice,
    to: Recipient,
    now: Instant,
) -> Result<(String, Option<Instant>), StoreError> {
    Ok(match to {
        Recipient::Person(to) => {
            let held = to.route(tx).await?.held_until(practice, now);
            (to.person.code, held)
        }
        Recipient::Group(_) => ("group".to_owned(), practice.held_until(Rest::Usual, now)),
    })
}
