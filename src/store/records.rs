//! The record of a closed meeting: everything its papers say, read anew each time they are made.

use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, duties, numbers, people, sheets, statements};
use crate::domain::calendar::Month;
use crate::domain::ids::{CaseId, MeetingId, PersonId, UnitId};
use crate::domain::meeting::MeetingKind;
use crate::domain::minutes::{Attendee, Concluded, Given, Presence, Record};
use crate::domain::people::{OfficeKind, Person};
use crate::domain::practice::Practice;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;

statements! {
    CLOSED(Int) = ["SELECT m.unit_id, m.kind, m.topic, m.starts_at, m.place, s.chair_id, s.taker_id, s.score,
            s.closed_at
        FROM meeting m JOIN meeting_sheet s ON s.meeting_id = m.id
        WHERE m.id = $1 AND m.state = 'closed' AND s.closed_at IS NOT NULL"];
    /// The regular meeting of a branch in a month.
    REGULAR(Int, Text) = ["SELECT id FROM meeting
        WHERE unit_id = $1 AND period = $2 AND kind = 'regular'"];
    PERSON_OF(Int) = ["SELECT person_id FROM candidate_case WHERE id = $1"];
}

#[derive(FromRow)]
struct ClosedRow {
    unit_id: UnitId,
    kind: MeetingKind,
    topic: Option<Typed>,
    starts_at: At,
    place: Typed,
    chair_id: PersonId,
    taker_id: Option<PersonId>,
    score: Option<i64>,
    closed_at: At,
}

/// The regular meeting of a branch in a month, in any state.
pub async fn regular(
    tx: &mut Tx,
    unit: UnitId,
    month: Month,
) -> Result<Option<MeetingId>, StoreError> {
    Ok(tx.maybe::<(MeetingId,)>(&REGULAR, args![unit, month]).await?.map(|(id,)| id))
}

/// The branch of a meeting that was closed on its sheet; `None` for every other meeting.
pub async fn unit(tx: &mut Tx, meeting: MeetingId) -> Result<Option<UnitId>, StoreError> {
    Ok(tx.maybe::<ClosedRow>(&CLOSED, args![meeting]).await?.map(|row| row.unit_id))
}

/// What the papers of a meeting say; `None` if it was not closed on its sheet. People are what they
/// were on the day of the meeting.
pub async fn of(
    tx: &mut Tx,
    practice: &Practice,
    meeting: MeetingId,
) -> Result<Option<Record>, StoreError> {
    let Some(row) = tx.maybe::<ClosedRow>(&CLOSED, args![meeting]).await? else {
        return Ok(None);
    };
    let began = practice.local(row.starts_at.0);
    let day = began.date();
    let units = UnitTree::load(tx).await?;
    let above = units.get(row.unit_id).and_then(|unit| unit.parent);
    let given = duties::of_meeting(tx, meeting).await?;
    let marks = sheets::marks(tx, meeting).await?;
    let secretary = people::holders(tx, row.unit_id, OfficeKind::Secretary, day).await?;
    let deputies = people::holders(tx, row.unit_id, OfficeKind::Deputy, day).await?;
    let secretary = secretary.first().copied();
    let absent = |id| marks.iter().any(|m| m.person == id && m.presence != Presence::Present);
    let stand_in = stand_in(&deputies, row.chair_id, absent);
    let stood_in = secretary.is_none_or(absent) && stand_in.is_some();
    let signer = if stood_in { stand_in } else { secretary };
    let known = {
        let mut ids: Vec<PersonId> = marks.iter().map(|mark| mark.person).collect();
        ids.extend(given.iter().map(|duty| duty.person));
        ids.extend(signer);
        ids.push(row.chair_id);
        ids.extend(row.taker_id);
        ids.sort();
        ids.dedup();
        let mut known = people::load(tx, &ids, day).await?;
        known.sort_by(|a, b| a.code.cmp(&b.code));
        known
    };
    let find = |id: PersonId| known.iter().find(|person| person.id == id);
    let name = |id: PersonId| find(id).map(|person| person.name.clone()).unwrap_or_default();
    let attendee = |person: &Person| {
        let mark = marks.iter().find(|mark| mark.person == person.id)?;
        Some(Attendee {
            name: person.name.clone(),
            presence: mark.presence,
            reason: mark.reason.clone(),
            official: mark.official,
        })
    };
    let roll: Vec<Attendee> = known.iter().filter_map(attendee).collect();
    let score = row.score.and_then(|score| u32::try_from(score).ok());
    let members: Vec<PersonId> = marks.iter().map(|mark| mark.person).collect();
    Ok(Some(Record {
        above: above.map(|id| units.name(id).clone()).unwrap_or_default(),
        unit: units.name(row.unit_id).clone(),
        topic: (row.kind == MeetingKind::Thematic).then(|| row.topic.unwrap_or_default()),
        locality: practice.locality.clone(),
        place: row.place,
        began,
        ended: practice.local(row.closed_at.0),
        conclusions: conclusions(tx, practice, meeting, &roll, &members).await?,
        roll,
        chair: name(row.chair_id),
        taker: row.taker_id.map(name).unwrap_or_default(),
        signer: signer.map(name).unwrap_or_default(),
        signed_by_deputy: stood_in,
        duties: given
            .iter()
            .map(|duty| Given { name: name(duty.person), what: duty.what.clone(), due: duty.due })
            .collect(),
        score: score.map(|score| (score, practice.bands.of(score))),
        papers: numbers::of_meeting(tx, meeting).await?,
    }))
}

/// The deputy who signs where the secretary was not there or there was none: who was in the chair,
/// else the first who was there.
fn stand_in(
    deputies: &[PersonId],
    chair: PersonId,
    absent: impl Fn(PersonId) -> bool,
) -> Option<PersonId> {
    let mut there = deputies.iter().copied().filter(|id| !absent(*id));
    deputies.iter().copied().find(|id| *id == chair).or_else(|| there.next())
}

async fn conclusions(
    tx: &mut Tx,
    practice: &Practice,
    meeting: MeetingId,
    roll: &[Attendee],
    members: &[PersonId],
) -> Result<Vec<Concluded>, StoreError> {
    let officials = roll.iter().filter(|one| one.official).count();
    let officials = u32::try_from(officials).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for one in sheets::conclusions(tx, meeting).await? {
        let person = person_of(tx, one.case).await?;
        let carried =
            one.votes.is_some_and(|votes| votes.carried(officials, practice.majority_percent));
        all.push(Concluded {
            name: one.name,
            member: person.is_some_and(|person| members.contains(&person)),
            conclusion: one.conclusion,
            recommendation: one.recommendation,
            votes: one.votes,
            carried,
        });
    }
    Ok(all)
}

async fn person_of(tx: &mut Tx, case: CaseId) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.maybe::<(PersonId,)>(&PERSON_OF, args![case]).await?.map(|(id,)| id))
}
