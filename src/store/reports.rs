//! Mentors' monthly reports: what was sent, and what is still being written.

use chrono::NaiveDate;
use sqlx::FromRow;

use super::cases::{self, Guided};
use super::meetings::Meeting;
use super::reviews::{self, Verdict};
use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::report::{Content, Draft, ReportState, Slot};
use crate::domain::typed::Typed;

/// What a report `r` is read from.
macro_rules! columns {
    () => {
        "r.case_id, r.mentor_id, r.state, r.politics, r.ethics, r.work, r.discipline, r.masses,
            r.strengths, r.weaknesses, r.recommendation, r.submitted_at"
    };
}

statements! {
    GET(Int, Int, Int) = ["SELECT " (columns!) "
        FROM report r WHERE r.meeting_id = $1 AND r.case_id = $2 AND r.mentor_id = $3"];
    LATEST(Int, Int, Int) = ["SELECT " (columns!) "
        FROM report r JOIN meeting m ON m.id = r.meeting_id
        WHERE r.case_id = $1 AND r.mentor_id = $2 AND m.starts_at < $3
        ORDER BY m.starts_at DESC LIMIT 1"];
    EARLIER(Int, Int, Int) = ["SELECT m.starts_at, " (columns!) "
        FROM report r JOIN meeting m ON m.id = r.meeting_id
        WHERE r.case_id = $1 AND m.starts_at < $2
        ORDER BY m.starts_at DESC, r.mentor_id LIMIT $3"];
    /// Of a branch's meetings ahead of the moment, those reports that wait for a verdict.
    UNJUDGED(Int, Int) = ["SELECT r.meeting_id, r.case_id, r.mentor_id
        FROM report r JOIN meeting m ON m.id = r.meeting_id
        WHERE m.unit_id = $1 AND m.starts_at > $2 AND m.state = 'planned' AND r.state = 'submitted'
        ORDER BY r.submitted_at, r.id"];
    FILED(Int) = ["SELECT case_id, mentor_id, state, submitted_at FROM report WHERE meeting_id = $1"];
    DRAFTED(Int) = ["SELECT case_id, mentor_id FROM report_draft WHERE meeting_id = $1"];
    FILE(Int, Int, Int, Int, Text, Text, Text, Text, Text, MaybeText, MaybeText, Text, Int) =
        ["INSERT INTO report (id, meeting_id, case_id, mentor_id, state, politics, ethics, work,
            discipline, masses, strengths, weaknesses, recommendation, submitted_at, changed_at)
        VALUES ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
        ON CONFLICT (meeting_id, case_id, mentor_id) DO UPDATE SET
            state = 'submitted', politics = excluded.politics, ethics = excluded.ethics,
            work = excluded.work, discipline = excluded.discipline, masses = excluded.masses,
            strengths = excluded.strengths, weaknesses = excluded.weaknesses,
            recommendation = excluded.recommendation, changed_at = excluded.changed_at"];
    DRAFT(Int, Int, Int) = ["SELECT body FROM report_draft
        WHERE meeting_id = $1 AND case_id = $2 AND mentor_id = $3"];
    SAVE_DRAFT(Int, Int, Int, Text, Int) = ["INSERT INTO report_draft
        (meeting_id, case_id, mentor_id, body, changed_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (meeting_id, case_id, mentor_id) DO UPDATE SET
            body = excluded.body, changed_at = excluded.changed_at"];
    DROP_DRAFT(Int, Int, Int) = ["DELETE FROM report_draft
        WHERE meeting_id = $1 AND case_id = $2 AND mentor_id = $3"];
}

#[derive(FromRow)]
struct ReportRow {
    case_id: CaseId,
    mentor_id: PersonId,
    state: String,
    politics: String,
    ethics: String,
    work: String,
    discipline: String,
    masses: String,
    strengths: Option<Typed>,
    weaknesses: Option<Typed>,
    recommendation: String,
    submitted_at: At,
}

#[derive(FromRow)]
struct DatedRow {
    starts_at: At,
    #[sqlx(flatten)]
    report: ReportRow,
}

/// A report that was sent.
#[derive(Clone, Debug)]
pub struct Filed {
    pub case: CaseId,
    pub mentor: PersonId,
    pub state: ReportState,
    pub content: Content,
    /// When it was sent first.
    pub submitted_at: Instant,
}

impl TryFrom<ReportRow> for Filed {
    type Error = StoreError;
    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let read = |text: &str| text.parse().map_err(StoreError::Unreadable);
        Ok(Self {
            case: row.case_id,
            mentor: row.mentor_id,
            state: row.state.parse().map_err(StoreError::Unreadable)?,
            content: Content {
                ratings: [
                    read(&row.politics)?,
                    read(&row.ethics)?,
                    read(&row.work)?,
                    read(&row.discipline)?,
                    read(&row.masses)?,
                ],
                strengths: row.strengths,
                weaknesses: row.weaknesses,
                recommendation: row.recommendation.parse().map_err(StoreError::Unreadable)?,
            },
            submitted_at: row.submitted_at.0,
        })
    }
}

/// The report that was sent for a slot.
pub async fn get(tx: &mut Tx, slot: Slot) -> Result<Option<Filed>, StoreError> {
    tx.maybe::<ReportRow>(&GET, args![slot.meeting, slot.case, slot.mentor])
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// The mentor's newest report on a candidate for a meeting before `before`.
pub async fn latest_before(
    tx: &mut Tx,
    case: CaseId,
    mentor: PersonId,
    before: Instant,
) -> Result<Option<Filed>, StoreError> {
    tx.maybe::<ReportRow>(&LATEST, args![case, mentor, before])
        .await?
        .map(TryInto::try_into)
        .transpose()
}

/// All mentors' reports on a candidate for meetings before `before`, newest first, each with its
/// meeting's start.
pub async fn earlier(
    tx: &mut Tx,
    case: CaseId,
    before: Instant,
    limit: u32,
) -> Result<Vec<(Instant, Filed)>, StoreError> {
    tx.all::<DatedRow>(&EARLIER, args![case, before, limit])
        .await?
        .into_iter()
        .map(|row| Ok((row.starts_at.0, row.report.try_into()?)))
        .collect()
}

/// The reports for a branch's meetings that begin after `since` and are not closed which wait for a
/// verdict, the first sent first.
pub async fn unjudged(tx: &mut Tx, unit: UnitId, since: Instant) -> Result<Vec<Slot>, StoreError> {
    let rows = tx.all::<(MeetingId, CaseId, PersonId)>(&UNJUDGED, args![unit, since]).await?;
    let slot = |(meeting, case, mentor)| Slot { meeting, case, mentor };
    Ok(rows.into_iter().map(slot).collect())
}

/// Case, mentor and state of everything sent for a meeting.
pub async fn filed(
    tx: &mut Tx,
    meeting: MeetingId,
) -> Result<Vec<(CaseId, PersonId, ReportState)>, StoreError> {
    let rows = tx.all::<(CaseId, PersonId, ReportState, i64)>(&FILED, args![meeting]).await?;
    Ok(rows.into_iter().map(|(case, mentor, state, _)| (case, mentor, state)).collect())
}

/// Case and mentor of every draft for a meeting.
pub async fn drafted(
    tx: &mut Tx,
    meeting: MeetingId,
) -> Result<Vec<(CaseId, PersonId)>, StoreError> {
    tx.all(&DRAFTED, args![meeting]).await
}

/// How many reports a meeting wants, and those still owed.
#[derive(Clone, Debug)]
pub struct Tally {
    pub wanted: usize,
    /// Mentor by mentor: guided on that day, and nothing sent or what was sent was returned.
    pub owed: Vec<Guided>,
}

impl Tally {
    pub fn received(&self) -> usize {
        self.wanted - self.owed.len()
    }
}

/// How the reports for a meeting stand on a day.
pub async fn tally(tx: &mut Tx, meeting: &Meeting, today: NaiveDate) -> Result<Tally, StoreError> {
    let filed = filed(tx, meeting.id).await?;
    let mut owed = cases::guided_in(tx, meeting.unit, today).await?;
    let wanted = owed.len();
    owed.retain(|g| {
        !filed.iter().any(|(case, mentor, state)| {
            *case == g.id && *mentor == g.mentor_id && *state != ReportState::Returned
        })
    });
    Ok(Tally { wanted, owed })
}

/// Who still owes a report for a meeting, as [`Tally::owed`] has them.
pub async fn owed(
    tx: &mut Tx,
    meeting: &Meeting,
    today: NaiveDate,
) -> Result<Vec<Guided>, StoreError> {
    Ok(tally(tx, meeting, today).await?.owed)
}

/// Of those, what is to be asked for now: a report that came back has the time that was given for it.
pub async fn missing(
    tx: &mut Tx,
    meeting: &Meeting,
    today: NaiveDate,
    now: Instant,
) -> Result<Vec<Guided>, StoreError> {
    let mut missing = Vec::new();
    for guided in owed(tx, meeting, today).await? {
        let slot = Slot { meeting: meeting.id, case: guided.id, mentor: guided.mentor_id };
        let verdict = reviews::latest(tx, slot).await?.map(|review| review.verdict);
        if !matches!(verdict, Some(Verdict::Returned { due, .. }) if due > now) {
            missing.push(guided);
        }
    }
    Ok(missing)
}

/// Sends a report, or sends it anew.
pub async fn file(
    tx: &mut Tx,
    slot: Slot,
    content: &Content,
    now: Instant,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let [politics, ethics, work, discipline, masses] = content.ratings.map(|r| r.as_str());
    tx.run(
        &FILE,
        args![
            id,
            slot.meeting,
            slot.case,
            slot.mentor,
            politics,
            ethics,
            work,
            discipline,
            masses,
            content.strengths.as_ref(),
            content.weaknesses.as_ref(),
            content.recommendation.as_str(),
            now
        ],
    )
    .await?;
    drop_draft(tx, slot).await
}

pub async fn draft(tx: &mut Tx, slot: Slot) -> Result<Option<Draft>, StoreError> {
    let row = tx.maybe::<(String,)>(&DRAFT, args![slot.meeting, slot.case, slot.mentor]).await?;
    Ok(row.map(|(body,)| serde_json::from_str(&body)).transpose()?)
}

pub async fn save_draft(
    tx: &mut Tx,
    slot: Slot,
    draft: &Draft,
    now: Instant,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(draft)?;
    tx.run(&SAVE_DRAFT, args![slot.meeting, slot.case, slot.mentor, body, now]).await.map(drop)
}

pub async fn drop_draft(tx: &mut Tx, slot: Slot) -> Result<(), StoreError> {
    tx.run(&DROP_DRAFT, args![slot.meeting, slot.case, slot.mentor]).await.map(drop)
}
