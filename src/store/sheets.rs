//! Working sheets of meetings: the roll, conclusions and votes, the score, the closing.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::minutes::{Presence, Votes};
use crate::domain::name::Name;
use crate::domain::report::Recommendation;
use crate::domain::typed::Typed;

statements! {
    /// The meeting of a unit that was to begin last before an instant.
    LATEST(Int, Int) = ["SELECT id FROM meeting
        WHERE unit_id = $1 AND starts_at < $2 AND state <> 'cancelled'
        ORDER BY starts_at DESC LIMIT 1"];
    GET(Int) = ["SELECT chair_id, taker_id, called_at, score, closed_at, closed_by
        FROM meeting_sheet WHERE meeting_id = $1"];
    OPEN(Int, Int, Int) = ["INSERT INTO meeting_sheet (meeting_id, opened_at, chair_id)
        VALUES ($1, $2, $3) ON CONFLICT (meeting_id) DO NOTHING"];
    CHAIR(Int, Int) = ["UPDATE meeting_sheet SET chair_id = $2
        WHERE meeting_id = $1 AND closed_at IS NULL"];
    TAKER(Int, Int) = ["UPDATE meeting_sheet SET taker_id = $2
        WHERE meeting_id = $1 AND closed_at IS NULL"];
    SCORE(Int, Int) = ["UPDATE meeting_sheet SET score = $2
        WHERE meeting_id = $1 AND closed_at IS NULL"];
    CALLED(Int, Int) = ["UPDATE meeting_sheet SET called_at = $2
        WHERE meeting_id = $1 AND closed_at IS NULL"];
    MARKS(Int) = ["SELECT person_id, presence, reason, official FROM roll_mark
        WHERE meeting_id = $1"];
    MARK(Rows) = ["INSERT INTO roll_mark (meeting_id, person_id, presence, reason, official)
        SELECT CAST(value->>'meeting' AS BIGINT), CAST(value->>'person' AS BIGINT),
            value->>'presence', value->>'reason', value->>'official' = 'yes'
        FROM " ROWS " WHERE TRUE
        ON CONFLICT (meeting_id, person_id) DO UPDATE SET presence = excluded.presence,
            reason = excluded.reason, official = excluded.official"];
    UNMARK(Int) = ["DELETE FROM roll_mark WHERE meeting_id = $1"];
    CONCLUSIONS(Int) = ["SELECT k.case_id, c.code, c.person_id, p.name, k.conclusion, k.recommendation,
            k.in_favour, k.against, k.otherwise
        FROM case_conclusion k JOIN candidate_case c ON c.id = k.case_id
        JOIN person p ON p.id = c.person_id
        WHERE k.meeting_id = $1 ORDER BY c.code"];
    CONCLUDE(Int, Int, Text) = ["INSERT INTO case_conclusion (meeting_id, case_id, conclusion)
        VALUES ($1, $2, $3)
        ON CONFLICT (meeting_id, case_id) DO UPDATE SET conclusion = excluded.conclusion"];
    /// Another proposal makes the votes on the one before void.
    PROPOSE(Int, Int, Text) = ["INSERT INTO case_conclusion (meeting_id, case_id, recommendation)
        VALUES ($1, $2, $3)
        ON CONFLICT (meeting_id, case_id) DO UPDATE SET recommendation = excluded.recommendation,
            in_favour = NULL, against = NULL, otherwise = NULL"];
    VOTE(Int, Int, Int, Int, Int) = ["UPDATE case_conclusion
        SET in_favour = $3, against = $4, otherwise = $5
        WHERE meeting_id = $1 AND case_id = $2 AND recommendation IS NOT NULL"];
    /// The score and who has a post are of the day; the conclusions are not.
    VOID(Int) = ["DELETE FROM meeting_sheet WHERE meeting_id = $1 AND closed_at IS NULL"];
    UNVOTE(Int) = ["UPDATE case_conclusion SET in_favour = NULL, against = NULL, otherwise = NULL
        WHERE meeting_id = $1 AND in_favour IS NOT NULL"];
    CLOSE(Int) = ["UPDATE meeting SET state = 'closed' WHERE id = $1 AND state = 'planned'"];
    CLOSED(Int, Int, Int, Int) = ["UPDATE meeting_sheet
        SET closed_at = $2, closed_by = $3, chair_id = $4 WHERE meeting_id = $1"];
}

#[derive(FromRow)]
struct SheetRow {
    chair_id: PersonId,
    taker_id: Option<PersonId>,
    called_at: Option<At>,
    score: Option<i64>,
    closed_at: Option<At>,
    closed_by: Option<PersonId>,
}

/// The sheet of one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub chair: PersonId,
    pub taker: Option<PersonId>,
    /// Whether the roll was saved.
    pub called: bool,
    /// 0 to 100.
    pub score: Option<u32>,
    /// When the meeting was closed, and by whom.
    pub closed: Option<(Instant, PersonId)>,
}

impl From<SheetRow> for Sheet {
    fn from(row: SheetRow) -> Self {
        Self {
            chair: row.chair_id,
            taker: row.taker_id,
            called: row.called_at.is_some(),
            score: row.score.and_then(|score| score.try_into().ok()),
            closed: row.closed_at.map(|at| at.0).zip(row.closed_by),
        }
    }
}

/// What on a sheet is of the day its meeting is held on, and void once that is another: whether there is any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfTheDay {
    pub roll: bool,
    pub votes: bool,
    /// That somebody else presides than does so anyhow; where nobody does, that somebody presides.
    pub chair: bool,
    pub taker: bool,
    pub score: bool,
}

impl OfTheDay {
    /// What there is on either of two sheets.
    pub fn or(self, other: Self) -> Self {
        Self {
            roll: self.roll || other.roll,
            votes: self.votes || other.votes,
            chair: self.chair || other.chair,
            taker: self.taker || other.taker,
            score: self.score || other.score,
        }
    }
}

/// Whether somebody was there.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Mark {
    #[sqlx(rename = "person_id")]
    pub person: PersonId,
    pub presence: Presence,
    pub reason: Option<Typed>,
    /// Whether they vote.
    pub official: bool,
}

#[derive(FromRow)]
struct ConclusionRow {
    case_id: CaseId,
    code: String,
    person_id: PersonId,
    name: Name,
    conclusion: Option<Typed>,
    recommendation: Option<String>,
    in_favour: Option<i64>,
    against: Option<i64>,
    otherwise: Option<i64>,
}

/// What a meeting said of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    pub case: CaseId,
    pub code: String,
    pub person: PersonId,
    pub name: Name,
    pub conclusion: Option<Typed>,
    /// What the votes are about.
    pub recommendation: Option<Recommendation>,
    pub votes: Option<Votes>,
}

/// The meeting of a unit, regular or thematic, that was to begin last before an instant.
pub async fn latest(
    tx: &mut Tx,
    unit: UnitId,
    before: Instant,
) -> Result<Option<MeetingId>, StoreError> {
    Ok(tx.maybe::<(MeetingId,)>(&LATEST, args![unit, before]).await?.map(|(id,)| id))
}

pub async fn get(tx: &mut Tx, meeting: MeetingId) -> Result<Option<Sheet>, StoreError> {
    Ok(tx.maybe::<SheetRow>(&GET, args![meeting]).await?.map(Into::into))
}

/// Begins the sheet of a meeting; one that was begun stays as it is.
pub async fn begin(
    tx: &mut Tx,
    meeting: MeetingId,
    chair: PersonId,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&OPEN, args![meeting, now, chair]).await.map(drop)
}

pub async fn set_chair(
    tx: &mut Tx,
    meeting: MeetingId,
    person: PersonId,
) -> Result<(), StoreError> {
    tx.run(&CHAIR, args![meeting, person]).await.map(drop)
}

pub async fn set_taker(
    tx: &mut Tx,
    meeting: MeetingId,
    person: PersonId,
) -> Result<(), StoreError> {
    tx.run(&TAKER, args![meeting, person]).await.map(drop)
}

pub async fn set_score(tx: &mut Tx, meeting: MeetingId, score: u32) -> Result<(), StoreError> {
    tx.run(&SCORE, args![meeting, score]).await.map(drop)
}

/// The marks that were set, in no particular order.
pub async fn marks(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Mark>, StoreError> {
    tx.all(&MARKS, args![meeting]).await
}

/// Sets marks, in place of earlier ones of the same persons.
pub async fn set_marks(tx: &mut Tx, meeting: MeetingId, marks: &[Mark]) -> Result<(), StoreError> {
    let rows: Vec<_> = marks
        .iter()
        .map(|mark| {
            serde_json::json!({
                "meeting": meeting.0.to_string(),
                "person": mark.person.0.to_string(),
                "presence": mark.presence.as_str(),
                "reason": mark.reason,
                "official": if mark.official { "yes" } else { "no" },
            })
        })
        .collect();
    tx.run(&MARK, args![serde_json::to_string(&rows)?]).await.map(drop)
}

/// Saves the whole roll, in place of what was marked before.
pub async fn set_roll(
    tx: &mut Tx,
    meeting: MeetingId,
    marks: &[Mark],
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&UNMARK, args![meeting]).await?;
    set_marks(tx, meeting, marks).await?;
    tx.run(&CALLED, args![meeting, now]).await.map(drop)
}

/// What was said of candidates, by code.
pub async fn conclusions(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Conclusion>, StoreError> {
    let count = |n: i64| u32::try_from(n).map_err(|_| StoreError::Unreadable(n.to_string()));
    tx.all::<ConclusionRow>(&CONCLUSIONS, args![meeting])
        .await?
        .into_iter()
        .map(|row| {
            let votes = match (row.in_favour, row.against, row.otherwise) {
                (Some(yes), Some(no), Some(other)) => Some(Votes {
                    in_favour: count(yes)?,
                    against: count(no)?,
                    other: count(other)?,
                }),
                _ => None,
            };
            let recommendation = row.recommendation.map(|word| word.parse());
            Ok(Conclusion {
                case: row.case_id,
                code: row.code,
                person: row.person_id,
                name: row.name,
                conclusion: row.conclusion,
                recommendation: recommendation.transpose().map_err(StoreError::Unreadable)?,
                votes,
            })
        })
        .collect()
}

pub async fn set_conclusion(
    tx: &mut Tx,
    meeting: MeetingId,
    case: CaseId,
    text: &Typed,
) -> Result<(), StoreError> {
    tx.run(&CONCLUDE, args![meeting, case, text]).await.map(drop)
}

/// Sets what is voted on; votes on something else are forgotten.
pub async fn set_proposal(
    tx: &mut Tx,
    meeting: MeetingId,
    case: CaseId,
    recommendation: Recommendation,
) -> Result<(), StoreError> {
    tx.run(&PROPOSE, args![meeting, case, recommendation.as_str()]).await.map(drop)
}

/// Notes the votes; `false` if nothing was proposed.
pub async fn set_votes(
    tx: &mut Tx,
    meeting: MeetingId,
    case: CaseId,
    votes: Votes,
) -> Result<bool, StoreError> {
    let Votes { in_favour, against, other } = votes;
    Ok(tx.run(&VOTE, args![meeting, case, in_favour, against, other]).await? == 1)
}

/// What is written down of the day of a meeting, where `presides` is in the chair unless another is chosen; `None`:
/// nobody leads the branch.
pub async fn of_the_day(
    tx: &mut Tx,
    meeting: MeetingId,
    presides: Option<PersonId>,
) -> Result<OfTheDay, StoreError> {
    let sheet = get(tx, meeting).await?;
    let sheet = sheet.as_ref();
    Ok(OfTheDay {
        roll: !marks(tx, meeting).await?.is_empty(),
        votes: conclusions(tx, meeting).await?.iter().any(|one| one.votes.is_some()),
        chair: sheet.is_some_and(|sheet| presides != Some(sheet.chair)),
        taker: sheet.is_some_and(|sheet| sheet.taker.is_some()),
        score: sheet.is_some_and(|sheet| sheet.score.is_some()),
    })
}

/// Forgets what a sheet that is not closed says of the day; what was concluded and proposed stays.
pub async fn void(tx: &mut Tx, meeting: MeetingId) -> Result<(), StoreError> {
    tx.run(&VOID, args![meeting]).await?;
    tx.run(&UNMARK, args![meeting]).await?;
    tx.run(&UNVOTE, args![meeting]).await.map(drop)
}

/// Closes a meeting that this person presided over; `false` if somebody else was quicker.
pub async fn set_closed(
    tx: &mut Tx,
    meeting: MeetingId,
    chair: PersonId,
    by: PersonId,
    now: Instant,
) -> Result<bool, StoreError> {
    if tx.run(&CLOSE, args![meeting]).await? == 0 {
        return Ok(false);
    }
    tx.run(&CLOSED, args![meeting, now, by, chair]).await?;
    Ok(true)
}
