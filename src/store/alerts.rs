//! The alerts before a limit of a case ends, and after it has passed unmet: when each is due and
//! what became of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;
use sqlx::FromRow;

use super::types::{At, Day};
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::due::Fate;
use crate::domain::ids::CaseId;
use crate::domain::road::DeadlineKind;

statements! {
    PLAN(Rows) = ["INSERT INTO case_alert (case_id, kind, ends_on, days, due_at, state)
        SELECT CAST(value->>'case' AS BIGINT), value->>'kind', value->>'ends',
            CAST(value->>'days' AS BIGINT), CAST(value->>'due' AS BIGINT), 'planned'
        FROM " ROWS " WHERE TRUE
        ON CONFLICT (case_id, kind, ends_on, days) DO NOTHING"];
    DUE(Int) = ["SELECT case_id, kind, ends_on, days, due_at FROM case_alert
        WHERE state = 'planned' AND due_at <= $1 ORDER BY due_at, case_id, kind"];
    RESTORE(Int, Int) = ["UPDATE case_alert SET state = 'planned', done_at = NULL
        WHERE state IN ('skipped', 'dropped') AND done_at > $1 AND due_at > $2"];
    NEXT_DUE() = ["SELECT due_at FROM case_alert WHERE state = 'planned' ORDER BY due_at LIMIT 1"];
    /// For which last days of their limits alerts went out, the latest last.
    TOLD(Rows) = ["SELECT case_id, kind, ends_on FROM case_alert
        WHERE state = 'fired' AND case_id " IDS " ORDER BY done_at, ends_on"];
    FINISH(Int, Text, Date, Int, Text, Int) = ["UPDATE case_alert SET state = $5, done_at = $6
        WHERE case_id = $1 AND kind = $2 AND ends_on = $3 AND days = $4 AND state = 'planned'"];
}

/// An alert so many days before a limit ends, or after.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Alert {
    #[sqlx(rename = "case_id")]
    pub case: CaseId,
    pub kind: DeadlineKind,
    /// The last day of the limit.
    #[sqlx(rename = "ends_on", try_from = "Day")]
    pub ends: NaiveDate,
    /// Before that day; negative: after it.
    pub days: i64,
    #[sqlx(try_from = "At")]
    pub due_at: Instant,
}

/// Plans again what fell away later than it is now, and is not due before `from`; how many.
pub async fn restore(tx: &mut Tx, now: Instant, from: Instant) -> Result<u64, StoreError> {
    tx.run(&RESTORE, args![now, from]).await
}

/// Plans alerts; doing it twice changes nothing.
pub async fn plan(tx: &mut Tx, alerts: &[Alert]) -> Result<(), StoreError> {
    let rows: Vec<_> = alerts
        .iter()
        .map(|alert| {
            json!({
                "case": alert.case, "kind": alert.kind, "ends": alert.ends, "days": alert.days,
                "due": alert.due_at.timestamp_millis(),
            })
        })
        .collect();
    tx.run(&PLAN, args![serde_json::to_string(&rows)?]).await.map(drop)
}

/// The planned alerts that are due, earliest first.
pub async fn due(tx: &mut Tx, now: Instant) -> Result<Vec<Alert>, StoreError> {
    tx.all(&DUE, args![now]).await
}

/// When the next alert falls due.
pub async fn next_due(tx: &mut Tx) -> Result<Option<Instant>, StoreError> {
    Ok(tx.maybe::<(At,)>(&NEXT_DUE, args![]).await?.map(|(at,)| at.0))
}

/// The last day that was told of each of these cases' limits last.
pub async fn told(
    tx: &mut Tx,
    cases: &[CaseId],
) -> Result<HashMap<(CaseId, DeadlineKind), NaiveDate>, StoreError> {
    let cases = serde_json::to_string(cases)?;
    let rows = tx.all::<(CaseId, DeadlineKind, Day)>(&TOLD, args![cases]).await?;
    Ok(rows.into_iter().map(|(case, kind, ends)| ((case, kind), ends.0)).collect())
}

/// Ends a planned alert; `false` if it was ended already.
pub async fn finish(
    tx: &mut Tx,
    alert: &Alert,
    fate: Fate,
    now: Instant,
) -> Result<bool, StoreError> {
    let Alert { case, kind, ends, days, .. } = alert;
    let arguments = args![*case, kind.as_str(), *ends, *days, fate.as_str(), now];
    Ok(tx.run(&FINISH, arguments).await? == 1)
}
