//! The alerts before a limit of a candidate's case ends: some days before, to the branch's
//! secretary, or the deputy where the secretary cannot be reached; and after it has passed unmet,
//! from the second time on to the committee above, too. What falls due together is one message. A
//! limit that was met or moved meanwhile is not spoken of; of several alerts of one limit, as after
//! downtime, only the last is. Alerts found later than the grace are dropped: which they were is told
//! at once, as what could not be said in time.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use chrono::{Months, NaiveDate, NaiveDateTime, TimeDelta};

use super::Source;
use super::dry_run::{Ahead, PlanLine};
use super::round::Round;
use crate::clock::Instant;
use crate::domain::calendar::Month;
use crate::domain::due::{Fate, Timeliness};
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::practice::Practice;
use crate::domain::road::{Deadline, DeadlineKind, deadlines};
use crate::domain::units::UnitTree;
use crate::message::{Arg, Block, Button, Message, Phrase};
use crate::outbound::{self, Addressee, Notification};
use crate::phrasing::road as say;
use crate::store::alerts::{self, Alert};
use crate::store::road::{self, Case};
use crate::store::{StoreError, Tx};
use crate::taps::{RoadTap, Tap};

/// What the dry run calls it.
const KIND: &str = "deadline";
/// How many cases of a message get a button.
const BUTTONS: usize = 12;

pub(super) struct Limits;

#[async_trait]
impl Source for Limits {
    /// Plans the alerts of every limit that runs today, as far ahead as meetings are planned. What is
    /// past already nobody expects.
    async fn plan(&self, tx: &mut Tx, practice: &Practice, now: Instant) -> Result<(), StoreError> {
        let units = UnitTree::load(tx).await?;
        let branches: Vec<UnitId> = units.branches().map(|unit| unit.id).collect();
        let cases = road::in_units(tx, &branches).await?;
        let ahead = now..now + Months::new(practice.horizon_months);
        let mut planned = alerts_of(practice, &running(tx, practice, &cases, now).await?);
        planned.retain(|alert| ahead.contains(&alert.due_at));
        alerts::plan(tx, &planned).await
    }

    async fn next_due(&self, tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
        alerts::next_due(tx).await
    }

    async fn fire(&self, tx: &mut Tx, round: &mut Round<'_>) -> Result<(), StoreError> {
        let due = alerts::due(tx, round.now).await?;
        if due.is_empty() {
            return Ok(());
        }
        let (practice, now) = (round.practice, round.now);
        let about: Vec<CaseId> = due.iter().map(|alert| alert.case).collect();
        let cases = road::of(tx, &about).await?;
        let limits = running(tx, practice, &cases, now).await?;
        let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
        let told = alerts::told(tx, &ids).await?;
        // The last of each limit stands for those before it.
        let last: BTreeMap<(CaseId, DeadlineKind, NaiveDate), i64> =
            due.iter().map(|alert| ((alert.case, alert.kind, alert.ends), alert.days)).collect();
        let mut by_unit: BTreeMap<(UnitId, Timeliness), Vec<(&Case, &Alert)>> = BTreeMap::new();
        for alert in &due {
            let Some(case) = cases.iter().find(|case| case.id == alert.case) else { continue };
            let runs = limits.get(&alert.case).is_some_and(|limits| {
                limits.iter().any(|limit| limit.kind == alert.kind && limit.on == alert.ends)
            });
            let is_last = last.get(&(alert.case, alert.kind, alert.ends)) == Some(&alert.days);
            let found = round.timeliness(alert.due_at);
            let fate = match found {
                _ if runs && !is_last => Fate::Skipped,
                Timeliness::InTime | Timeliness::Late if runs => Fate::Fired,
                _ => Fate::Dropped,
            };
            if round.leaves_due(fate) {
                continue;
            }
            if alerts::finish(tx, alert, fate, now).await? && runs && is_last {
                by_unit.entry((case.unit, found)).or_default().push((case, alert));
                round.dropped += usize::from(fate == Fate::Dropped);
            }
        }
        for ((unit, found), alerts) in by_unit {
            if found == Timeliness::TooLate {
                tracing::warn!(unit = unit.0, alerts = alerts.len(), "alerts came too late");
            }
            tell(tx, round, (unit, Seat::Branch), found, &alerts, &told).await?;
            let over: Vec<_> =
                alerts.into_iter().filter(|(_, one)| climbs(practice, one)).collect();
            if !over.is_empty() {
                tell(tx, round, (unit, Seat::Above), found, &over, &told).await?;
            }
        }
        Ok(())
    }

    async fn restore(&self, tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
        alerts::restore(tx, now, from).await
    }

    async fn foresee(&self, tx: &mut Tx, ahead: &Ahead<'_>) -> Result<Vec<PlanLine>, StoreError> {
        let Ahead { practice, units, month, now, .. } = *ahead;
        let branches: Vec<UnitId> =
            units.branches().map(|unit| unit.id).filter(|unit| ahead.holds(*unit)).collect();
        let cases = road::in_units(tx, &branches).await?;
        let alerts = alerts_of(practice, &running(tx, practice, &cases, now).await?);
        // One message for all that falls due in a branch at a time.
        let mut told: BTreeMap<(NaiveDateTime, UnitId, Seat), Vec<Arg>> = BTreeMap::new();
        for alert in alerts {
            let at = practice.local(alert.due_at);
            let case = cases.iter().find(|case| case.id == alert.case);
            if let Some(case) = case.filter(|_| Month::of(at.date()) == month) {
                let line = line(case, &alert, at.date(), None);
                if climbs(practice, &alert) {
                    told.entry((at, case.unit, Seat::Above)).or_default().push(line.clone().into());
                }
                told.entry((at, case.unit, Seat::Branch)).or_default().push(line.into());
            }
        }
        let mut lines = Vec::new();
        for ((at, unit, seat), limits) in told {
            let leader = seat.holder(tx, units, unit, at.date()).await?;
            let Some(leader) = leader else { continue };
            lines.push(PlanLine {
                at,
                to: leader.person.code,
                unit: units.get(unit).map(|unit| unit.code.clone()).unwrap_or_default(),
                kind: KIND,
                step: KIND.to_owned(),
                reason: Phrase::new("alert-reason").with("limits", Arg::List(limits)),
                held: None,
                meeting: at,
            });
        }
        Ok(lines)
    }
}

/// The alerts of some limits, whenever they are due.
fn alerts_of(practice: &Practice, running: &BTreeMap<CaseId, Vec<Deadline>>) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for (case, limits) in running {
        for limit in limits {
            let before = practice.alert_days.iter().map(|days| i64::from(*days));
            let after = practice.overdue_days.iter().map(|days| -i64::from(*days));
            for days in before.chain(after.filter(|_| limit.kind.can_be_missed())) {
                let Some(on) = limit.on.checked_sub_signed(TimeDelta::days(days)) else {
                    continue;
                };
                let due_at = practice.instant(on.and_time(practice.leads.report_time));
                let (case, kind, ends) = (*case, limit.kind, limit.on);
                alerts.push(Alert { case, kind, ends, days, due_at });
            }
        }
    }
    alerts
}

/// Whether an alert goes to the committee above the branch, too: the limit has passed, and whoever
/// was to keep it was told so before.
fn climbs(practice: &Practice, alert: &Alert) -> bool {
    let first = practice.overdue_days.iter().min().map(|days| -i64::from(*days));
    first.is_some_and(|first| alert.days < first)
}

/// The limits of each of these cases that run now.
async fn running(
    tx: &mut Tx,
    practice: &Practice,
    cases: &[Case],
    now: Instant,
) -> Result<BTreeMap<CaseId, Vec<Deadline>>, StoreError> {
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let histories = road::histories(tx, &ids).await?;
    let facts = road::facts(tx, cases, practice.today(now)).await?;
    Ok(histories
        .into_iter()
        .filter_map(|(id, history)| {
            let papers = &facts.get(&id)?.papers;
            Some((id, deadlines(&history, papers, &practice.regulations, &practice.calendar)))
        })
        .collect())
}

/// Who is told of a limit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seat {
    /// Who leads the branch.
    Branch,
    /// The committee above it.
    Above,
}

impl Seat {
    /// Whoever holds it on a day, and those told in their place.
    async fn holder(
        self,
        tx: &mut Tx,
        units: &UnitTree,
        unit: UnitId,
        day: NaiveDate,
    ) -> Result<Option<Addressee>, StoreError> {
        match self {
            Self::Branch => outbound::leader(tx, unit, day).await,
            Self::Above => {
                let holders = outbound::above(tx, units, unit, day).await?;
                Addressee::first_of(tx, &holders, day).await
            }
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Branch => "alert",
            Self::Above => "alert_above",
        }
    }
}

/// The last day that was told of a limit before.
type Told = HashMap<(CaseId, DeadlineKind), NaiveDate>;

/// Tells somebody what ends soon in a branch, or has passed.
async fn tell(
    tx: &mut Tx,
    round: &mut Round<'_>,
    (unit, seat): (UnitId, Seat),
    found: Timeliness,
    alerts: &[(&Case, &Alert)],
    told: &Told,
) -> Result<(), StoreError> {
    let (practice, now) = (round.practice, round.now);
    let today = practice.today(now);
    let leader = seat.holder(tx, &round.units, unit, today).await?;
    let Some(leader) = leader else { return Ok(()) };
    let over = alerts.iter().all(|(_, alert)| alert.ends < today);
    let head = match found {
        Timeliness::TooLate => "alert-head-lost",
        _ if over => "alert-head-over",
        _ => "alert-head",
    };
    let head =
        Phrase::new(head).with("name", leader.person.id).with("unit", round.units.name(unit));
    let mut message = Message::of(head);
    if found == Timeliness::Late {
        message.body.insert(0, Block::Line(Phrase::new("reminder-late")));
    }
    for (case, alert) in alerts {
        let was = told.get(&(alert.case, alert.kind)).copied();
        message = message.item(line(case, alert, today, was));
    }
    let limits = alerts.iter().map(|(_, alert)| (alert.kind, alert.ends));
    if let Some(unlisted) = say::unlisted(&practice.calendar, today, limits) {
        message = message.line(unlisted);
    }
    message = message.line("reminder-regards");
    let mut shown: Vec<&Case> = alerts.iter().map(|(case, _)| *case).collect();
    shown.dedup();
    for case in shown.into_iter().take(BUTTONS) {
        let label = Phrase::new("page-open-button").with("code", Arg::code(&case.code));
        message = message.row(vec![Button::new(label, Tap::Road(RoadTap::Open(case.id)))]);
    }
    let Some((_, Alert { case, kind, ends, days, .. })) = alerts.first() else { return Ok(()) };
    // Named by an alert, which is fired once.
    let key = format!("{}:{}:{kind}:{ends}:{days}", seat.key(), case.0);
    let notification = Notification::new(message, unit, key);
    round.post.notify(tx, &leader, practice, notification, now).await?;
    round.queued += 1;
    Ok(())
}

/// What is said of a limit; `was`: its last day as it was told before.
fn line(case: &Case, alert: &Alert, today: NaiveDate, was: Option<NaiveDate>) -> Phrase {
    let left = (alert.ends - today).num_days();
    let line = Phrase::new(if left < 0 { "alert-over" } else { "alert-line" })
        .with("candidate", case.person)
        .with("kind", say::deadline(alert.kind))
        .with("on", alert.ends)
        .with("days", left.abs());
    match was.filter(|was| *was != alert.ends) {
        Some(was) => Phrase::new("alert-moved").with("line", line).with("was", was),
        None => line,
    }
}
