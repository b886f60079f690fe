//! Counting: figures as questions about a date or a period, answered from rows that say when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};

use super::types::Day;
use super::{StoreError, Tx, args, statements, tables_read, targets, units};
use crate::domain::figures::{AgainstTarget, Figures, Strength};
use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;
use crate::domain::road::CaseStep;
use crate::domain::target::TargetKind;
use crate::domain::unit_history::UnitHistory;
use crate::domain::units::{Unit, UnitTree};

statements! {
    /// Staff and members of every unit on a date. All are counted before the first is handed over:
    /// where rows come one by one, SQLite's thread and ours wake each other for each.
    STRENGTH(Date) = ["WITH counted AS MATERIALIZED (
            SELECT l.unit_id AS unit_id, CAST(COUNT(*) AS BIGINT) AS staff, CAST(SUM(
                CASE WHEN s.status IN ('probationary', 'official') THEN 1 ELSE 0 END) AS BIGINT) AS members
            FROM placement l LEFT JOIN standing s ON s.person_id = l.person_id
                AND " (s stands 1) "
            WHERE " (l placed 1) "
            GROUP BY l.unit_id)
        SELECT unit_id, staff, members FROM counted"];
    /// The same of some units.
    STRENGTH_OF(Rows, Date) = ["SELECT l.unit_id, CAST(COUNT(*) AS BIGINT),
            CAST(SUM(CASE WHEN s.status IN ('probationary', 'official') THEN 1 ELSE 0 END) AS BIGINT)
        FROM placement l LEFT JOIN standing s ON s.person_id = l.person_id
            AND " (s stands 2) "
        WHERE l.unit_id " IDS " AND " (l placed 2) "
        GROUP BY l.unit_id"];
    /// Admissions and new-member classes here that were not reversed, per unit and date, in a period.
    STEPS(Date, Date) = ["SELECT k.step, COALESCE(k.unit_id, c.unit_id), k.happened_on, CAST(COUNT(*) AS BIGINT)
        FROM case_step k JOIN candidate_case c ON c.id = k.case_id
        WHERE k.step IN ('admitted', 'new_member_class')
        AND k.happened_on >= $1 AND k.happened_on < $2 AND k.reverses_id IS NULL AND NOT k.elsewhere
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        GROUP BY k.step, COALESCE(k.unit_id, c.unit_id), k.happened_on"];
    /// The awareness class, taken here in a period, of those still non-members on its last day ($3), by unit and the
    /// day on which they last took it.
    AWARENESS(Date, Date, Date) = ["SELECT unit_id, last_on, CAST(COUNT(*) AS BIGINT) FROM (
        SELECT COALESCE(k.unit_id, c.unit_id) AS unit_id, c.person_id, MAX(k.happened_on) AS last_on
        FROM case_step k JOIN candidate_case c ON c.id = k.case_id
        JOIN standing s ON s.person_id = c.person_id
            AND " (s stands 3) "
        WHERE k.step = 'awareness_class' AND k.happened_on >= $1 AND k.happened_on < $2
        AND s.status = 'non_member' AND k.reverses_id IS NULL AND NOT k.elsewhere
        AND NOT EXISTS (SELECT 1 FROM case_step r WHERE r.case_id = k.case_id AND r.reverses_id = k.id)
        GROUP BY COALESCE(k.unit_id, c.unit_id), c.person_id) taken GROUP BY unit_id, last_on"];
}

/// The tables that [`figures`] are counted from, with the units they are counted by.
pub static TABLES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| tables_read(&[STATEMENTS, targets::STATEMENTS, units::STATEMENTS]));

/// The figures of `root` and everything below it for `from..to` (half-open), as of the last day of
/// the period or `today`, whichever is earlier. `None` if there is no such unit. People are counted by the tree of
/// that day; admissions and classes for whoever stood above on theirs.
pub async fn figures(
    tx: &mut Tx,
    units: &UnitTree,
    root: UnitId,
    from: NaiveDate,
    to: NaiveDate,
    today: NaiveDate,
) -> Result<Option<Figures>, StoreError> {
    let as_of = (to - Days::new(1)).min(today);
    let until = as_of + Days::new(1);
    let mut history = UnitHistory::load(tx, units).await?;
    let units = &history.on(as_of).clone();
    let Some(unit) = units.get(root) else { return Ok(None) };
    let below = units.subtree(root);
    let ids: Vec<UnitId> = below.iter().map(|unit| unit.id).collect();
    let mut strengths: BTreeMap<UnitId, Strength> =
        below.into_iter().map(|unit| (unit.id, nobody(unit))).collect();

    // To go through everybody once is faster than through all units one after the other.
    let strength: Vec<(UnitId, i64, i64)> = match unit.parent {
        None => tx.all(&STRENGTH, args![as_of]).await?,
        Some(_) => tx.all(&STRENGTH_OF, args![serde_json::to_string(&ids)?, as_of]).await?,
    };
    for (unit, staff, members) in strength {
        if let Some(strength) = strengths.get_mut(&unit) {
            strength.staff += staff;
            strength.members += members;
        }
    }
    let mut admitted: BTreeMap<i32, i64> =
        (from.year()..=as_of.year()).map(|year| (year, 0)).collect();
    let mut new_member_class = 0;
    let steps = tx.all::<(CaseStep, UnitId, Day, i64)>(&STEPS, args![from, until]).await?;
    for (step, unit, on, count) in steps {
        let Some(unit) = units.get(unit) else { continue };
        if !history.on(on.0).is_within(unit.id, root) {
            continue;
        }
        if step == CaseStep::Admitted {
            // What a branch did before it went elsewhere stays here with it.
            strengths.entry(unit.id).or_insert_with(|| nobody(unit)).admitted += count;
            *admitted.entry(on.0.year()).or_default() += count;
        } else {
            new_member_class += count;
        }
    }
    let mut awareness_class = 0;
    for (unit, on, count) in
        tx.all::<(UnitId, Day, i64)>(&AWARENESS, args![from, until, as_of]).await?
    {
        if history.on(on.0).is_within(unit, root) {
            awareness_class += count;
        }
    }

    let is_branch = |id: &UnitId| units.get(*id).is_some_and(|u| u.kind == UnitKind::Branch);
    // A branch that has ended, was founded later or stood elsewhere counts for what it did.
    let counts = |id: &UnitId, of: &Strength| {
        let is_there = units.is_within(*id, root)
            && units.get(*id).is_some_and(|unit| unit.ended.is_none())
            && !history.is_founded_after(*id, as_of);
        is_there || of.staff > 0 || of.admitted > 0
    };
    let of_branches = strengths.iter().filter(|(id, of)| is_branch(id) && counts(id, of));
    let mut by_branch: Vec<Strength> = of_branches.map(|(_, of)| of.clone()).collect();
    by_branch.sort_by(|a, b| a.unit.cmp(&b.unit));
    let targets = against_targets(tx, units, &ids, from, as_of).await?;
    Ok(Some(Figures {
        unit: unit.code.clone(),
        name: unit.name.clone(),
        from,
        as_of,
        members: strengths.values().map(|s| s.members).sum(),
        staff: strengths.values().map(|s| s.staff).sum(),
        admitted_total: admitted.values().sum(),
        admitted,
        branches_with_admissions: by_branch.iter().filter(|b| b.admitted > 0).count() as i64,
        branches: by_branch.len() as i64,
        new_member_class,
        awareness_class,
        by_branch,
        targets,
    }))
}

/// A unit in which nobody was counted yet.
fn nobody(unit: &Unit) -> Strength {
    let (code, name) = (unit.code.clone(), unit.name.clone());
    Strength { unit: code, name, members: 0, staff: 0, admitted: 0 }
}

/// The targets of some branches for the years of `from..=as_of`, and what has come of them.
async fn against_targets(
    tx: &mut Tx,
    units: &UnitTree,
    ids: &[UnitId],
    from: NaiveDate,
    as_of: NaiveDate,
) -> Result<Vec<AgainstTarget>, StoreError> {
    let (first, last) = (from.year(), as_of.year());
    let mut standing = targets::standing(&targets::changes(tx, ids, first, last).await?);
    standing.retain(|(_, _, kind), _| *kind == TargetKind::Admissions);
    if standing.is_empty() {
        return Ok(Vec::new());
    }
    let done = targets::done(tx, first, last, as_of).await?;
    let mut against: Vec<AgainstTarget> = standing
        .into_iter()
        .filter_map(|(key, target)| {
            let unit = units.get(key.0)?;
            let admitted = done.get(&key).copied().unwrap_or_default();
            let (code, name) = (unit.code.clone(), unit.name.clone());
            Some(AgainstTarget { unit: code, name, year: key.1, target, admitted })
        })
        .collect();
    against.sort_by(|a, b| (a.year, &a.unit).cmp(&(b.year, &b.unit)));
    Ok(against)
}
