//! What the committee expects of a branch in a year. Nothing is overwritten: each change says who made
//! it, and when.

use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::target::AT_MOST;
use crate::message::{Button, Message, Phrase};
use crate::phrasing::target as say;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::targets::{self, Change, Key};
use crate::taps::{Tap, TargetTap};

/// What came of setting a target.
#[derive(Debug)]
pub enum Set {
    /// It stands; `was`: what stood before.
    Done { was: Option<i64> },
    /// It stood already.
    Same,
    /// Somebody else has set it since it was shown: who sees what it is now decides anew.
    Meanwhile(Change),
}

/// The newest change of a target, for whoever may see it.
pub async fn newest(work: &mut Work<'_>, key: Key) -> Result<Option<Change>, Refused> {
    work.must(Right::SeeTargets, key.0, "target-not-allowed")?;
    let all = targets::changes(work.tx, &[key.0], key.1, key.1).await?;
    Ok(all.into_iter().rev().find(|change| (change.unit, change.year, change.kind) == key))
}

/// Refuses an amount that cannot be.
pub fn must_be_possible(given: Option<i64>) -> Result<(), Refused> {
    match given {
        Some(n) if n < 0 => refuse("target-negative"),
        Some(n) if n > AT_MOST => refuse(Phrase::new("target-too-many").with("limit", AT_MOST)),
        _ => Ok(()),
    }
}

/// Sets a target, or (`None`) withdraws it, if it is still what was `shown`; who leads the branch is told.
pub async fn set(
    work: &mut Work<'_>,
    key: Key,
    shown: Option<i64>,
    given: Option<i64>,
) -> Result<Set, Refused> {
    let (unit, year, kind) = key;
    work.must(Right::SetTargets, unit, "target-not-yours")?;
    let me = work.me()?.id;
    must_be_possible(given)?;
    let newest = newest(work, key).await?;
    let was = newest.as_ref().and_then(|change| change.amount);
    if was == given {
        return Ok(Set::Same);
    }
    if let Some(change) = newest.filter(|_| was != shown) {
        return Ok(Set::Meanwhile(change));
    }
    targets::set(work.tx, key, given, me, work.now).await?;
    let entry = Entry::new(Act::TargetSet, work.units.code(unit))
        .within(unit)
        .became(Field::Target, kind)
        .became(Field::Year, year.to_string())
        .was(Field::Amount, was)
        .became(Field::Amount, given);
    work.note(entry).await?;
    tell(work, key, was, given).await?;
    Ok(Set::Done { was })
}

/// Tells who leads the branch what is expected of it now.
async fn tell(
    work: &mut Work<'_>,
    (unit, year, kind): Key,
    was: Option<i64>,
    now: Option<i64>,
) -> Result<(), StoreError> {
    let Some(leader) = work.leader(unit).await? else { return Ok(()) };
    let key = if now.is_some() { "target-told" } else { "target-told-withdrawn" };
    let mut told = say::about(key, work.units.name(unit), year, kind)
        .with("name", leader.person.id)
        .with("from", say::amount(was));
    if now.is_some() {
        told = told.with("to", say::amount(now));
    }
    let look = Button::new("target-look-button", Tap::Target(TargetTap::Year(year)));
    work.tell(&leader, unit, "target", Message::of(told).row(vec![look])).await.map(drop)
}
