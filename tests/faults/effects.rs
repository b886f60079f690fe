//! What a run must have left in the database: each effect exactly once.

use crate::stage::Stage;
use crate::town::WATCHED;

const REPORTS: &str = "SELECT p.code || ' ' || c.code || ' ' || m.period FROM report r
    JOIN person p ON p.id = r.mentor_id JOIN candidate_case c ON c.id = r.case_id
    JOIN meeting m ON m.id = r.meeting_id WHERE m.period >= '2018-12'";
const AUDIT: &str = "SELECT p.code || ' ' || a.subject || ' ' || m.period FROM audit a
    JOIN person p ON p.id = a.person_id
    JOIN meeting m ON m.id = a.meeting_id
    WHERE a.action = 'report.send'";
const STEPS: &str = "SELECT u.code || ' ' || m.period || ' ' || s.step || ' ' || s.state
    FROM planned_step s JOIN meeting m ON m.id = s.meeting_id JOIN unit u ON u.id = m.unit_id
    WHERE m.period < '2019-05'";
const ACTS: &str = "SELECT action FROM audit WHERE action <> 'report.send'";
const DEAD_UPDATES: &str =
    "SELECT external_id || ' ' || COALESCE(fault, '') FROM inbox WHERE state = 'dead'";
const DEAD_MESSAGES: &str = "SELECT COALESCE(outcome, '') || ' ' || CAST(id AS TEXT) FROM outbox
    WHERE state = 'dead' AND outcome <> 'unreachable'";
const UNFINISHED: &str = "SELECT state FROM inbox WHERE state = 'waiting'
    UNION ALL SELECT state FROM outbox WHERE state IN ('ready', 'sending', 'retry')";
/// The proof of each reminder: one row for each person and step.
const TWICE_REMINDED: &str = "SELECT CAST(step_id AS TEXT) FROM reminder
    GROUP BY step_id, person_id, unit_id HAVING COUNT(*) > 1";

/// Everything that is not as it should be, in words.
pub async fn wrong(stage: &mut Stage) -> Vec<String> {
    let reports = stage.oracle.reports.iter();
    let reports: Vec<String> = reports
        .map(|(mentor, case, month)| format!("{mentor} {case} {}", month.format("%Y-%m")))
        .collect();
    let steps = stage.oracle.steps().into_iter();
    let steps: Vec<String> = steps
        .map(|(unit, month, step, state)| format!("{unit} {month} {step} {}", state.word()))
        .collect();
    let mut wrong = Vec::new();
    wrong.extend(compare(stage, "reports", REPORTS, reports.clone()).await);
    wrong.extend(compare(stage, "the audit", AUDIT, reports).await);
    wrong.extend(compare(stage, "other acts", ACTS, Vec::new()).await);
    wrong.extend(compare(stage, "steps", STEPS, steps).await);
    wrong.extend(compare(stage, "dead updates", DEAD_UPDATES, Vec::new()).await);
    wrong.extend(compare(stage, "dead messages", DEAD_MESSAGES, Vec::new()).await);
    wrong.extend(compare(stage, "unfinished rows", UNFINISHED, Vec::new()).await);
    wrong.extend(compare(stage, "proofs twice", TWICE_REMINDED, Vec::new()).await);
    wrong
}

/// Row by row: one too many is as wrong as one too few.
async fn compare(
    stage: &mut Stage,
    what: &str,
    sql: &str,
    mut wanted: Vec<String>,
) -> Option<String> {
    let Some(mut found) = stage.eye().texts(sql).await else {
        return Some(format!("{what}: the database does not answer"));
    };
    let elsewhere =
        |row: &String| row.starts_with("CB-") && !WATCHED.iter().any(|unit| row.starts_with(unit));
    found.retain(|row| !elsewhere(row));
    found.sort_unstable();
    wanted.sort_unstable();
    let without = |from: &[String], gone: &[String]| {
        let mut left = from.to_vec();
        for row in gone {
            if let Some(at) = left.iter().position(|one| one == row) {
                left.swap_remove(at);
            }
        }
        left
    };
    let (lacking, surplus) = (without(&wanted, &found), without(&found, &wanted));
    let same = lacking.is_empty() && surplus.is_empty();
    (!same).then(|| format!("{what}: lacking {lacking:?}, too many {surplus:?}"))
}
