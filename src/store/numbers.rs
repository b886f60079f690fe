//! Numbers of papers: they run per branch and kind from the beginning of a term, are never given
//! twice, and may go on from papers that the branch had before it began here.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{StoreError, Tx, args, statements};
use crate::clock::Instant;
use crate::domain::ids::{MeetingId, PersonId, UnitId};
use crate::domain::minutes::PaperKind;

statements! {
    LAST(Int, Text, Text) = ["SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT)
        FROM paper_number WHERE unit_id = $1 AND kind = $2 AND term = $3"];
    START(Int, Text, Text) = ["SELECT number FROM paper_start
        WHERE unit_id = $1 AND kind = $2 AND term = $3"];
    SET_START(Int, Text, Text, Int, MaybeInt, Int) = ["INSERT INTO paper_start
        (unit_id, kind, term, number, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (unit_id, kind, term) DO UPDATE SET number = excluded.number,
            set_by = excluded.set_by, set_at = excluded.set_at"];
    GIVE(Int, Text, Text, Int, Int, Int) = ["INSERT INTO paper_number
        (unit_id, kind, term, number, meeting_id, given_at) VALUES ($1, $2, $3, $4, $5, $6)"];
    /// What the next paper of each branch and kind is to be, where it is not the first.
    ALL_NEXT(Text) = ["SELECT unit_id, kind, CAST(MAX(next) AS BIGINT) FROM (
            SELECT unit_id, kind, number AS next FROM paper_start WHERE term = $1
            UNION ALL SELECT unit_id, kind, number + 1 AS next FROM paper_number WHERE term = $1
        ) AS n GROUP BY unit_id, kind"];
    OF_MEETING(Int) = ["SELECT kind, number FROM paper_number WHERE meeting_id = $1"];
}

/// The papers of one kind that a branch has in one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    pub unit: UnitId,
    pub kind: PaperKind,
    /// The term's first day; `None`: no term is set.
    pub term: Option<NaiveDate>,
}

impl Series {
    fn term(self) -> String {
        term_text(self.term)
    }
}

fn term_text(term: Option<NaiveDate>) -> String {
    term.map(|day| day.to_string()).unwrap_or_default()
}

/// The highest number that was given; 0: none was.
pub async fn last(tx: &mut Tx, series: Series) -> Result<u32, StoreError> {
    let Series { unit, kind, .. } = series;
    number(tx.one::<(i64,)>(&LAST, args![unit, kind.as_str(), series.term()]).await?.0)
}

/// From which number a series was set to go on, if it was.
pub(super) async fn start(tx: &mut Tx, series: Series) -> Result<Option<u32>, StoreError> {
    let Series { unit, kind, .. } = series;
    let start = tx.maybe::<(i64,)>(&START, args![unit, kind.as_str(), series.term()]).await?;
    start.map(|(start,)| number(start)).transpose()
}

/// The number that the next paper gets.
pub async fn next(tx: &mut Tx, series: Series) -> Result<u32, StoreError> {
    let start = start(tx, series).await?.unwrap_or(1);
    Ok(start.max(last(tx, series).await? + 1))
}

/// The number that the next paper of each branch and kind gets in a term, where it is not the first.
pub async fn all_next(
    tx: &mut Tx,
    term: Option<NaiveDate>,
) -> Result<BTreeMap<(UnitId, PaperKind), u32>, StoreError> {
    let rows = tx.all::<(UnitId, String, i64)>(&ALL_NEXT, args![term_text(term)]).await?;
    let read = |(unit, kind, next): (UnitId, String, i64)| {
        let kind = kind.parse().map_err(StoreError::Unreadable)?;
        Ok(((unit, kind), number(next)?))
    };
    rows.into_iter().map(read).collect()
}

/// Lets the series go on from a number, higher than any that was given.
pub async fn go_on_from(
    tx: &mut Tx,
    series: Series,
    number: u32,
    by: Option<PersonId>,
    now: Instant,
) -> Result<(), StoreError> {
    let Series { unit, kind, .. } = series;
    tx.run(&SET_START, args![unit, kind.as_str(), series.term(), number, by.map(|by| by.0), now])
        .await
        .map(drop)
}

/// Gives a paper of a meeting the next number. Called once for each paper, by whoever closed the
/// meeting.
pub async fn give(
    tx: &mut Tx,
    series: Series,
    meeting: MeetingId,
    now: Instant,
) -> Result<u32, StoreError> {
    let number = next(tx, series).await?;
    let Series { unit, kind, .. } = series;
    tx.run(&GIVE, args![unit, kind.as_str(), series.term(), number, meeting, now]).await?;
    Ok(number)
}

/// The papers a meeting has, with their numbers.
pub async fn of_meeting(
    tx: &mut Tx,
    meeting: MeetingId,
) -> Result<Vec<(PaperKind, u32)>, StoreError> {
    tx.all::<(String, i64)>(&OF_MEETING, args![meeting])
        .await?
        .into_iter()
        .map(|(kind, given)| Ok((kind.parse().map_err(StoreError::Unreadable)?, number(given)?)))
        .collect()
}

fn number(stored: i64) -> Result<u32, StoreError> {
    u32::try_from(stored).map_err(|_| StoreError::Unreadable(stored.to_string()))
}
