//! Rows of people who are put down, move, leave, come back and take offices.

use chrono::NaiveDate;

use super::leaving;
use super::people::{self, Recorded};
use super::reversals::What;
use super::types::Day;
use super::{StoreError, Tx, args, name_variants, statements};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::listed::{Arrival, Departure};
use crate::domain::name::{Name, parted};
use crate::domain::people::{OfficeKind, Status};

statements! {
    /// Where somebody is placed on a day, and what they are.
    STANDS(Int, Date) = ["SELECT p.name, p.born_on, l.unit_id, l.from_on, s.status, s.from_on AS stands_from
        FROM person p
        LEFT JOIN placement l ON l.person_id = p.id AND " (l placed 2) "
        LEFT JOIN standing s ON s.person_id = p.id AND " (s stands 2) "
        WHERE p.id = $1 AND p.name <> p.code"];
    /// What somebody was last, before they died or left.
    WAS(Int) = ["SELECT status FROM standing WHERE person_id = $1
        ORDER BY CASE WHEN to_on IS NULL OR to_on > from_on THEN 0 ELSE 1 END, from_on DESC, id DESC LIMIT 1"];
    LEFT_LAST(Int) = ["SELECT to_on, left_how FROM placement WHERE person_id = $1
        ORDER BY from_on DESC, id DESC LIMIT 1"];
    /// Whether anybody is down to be placed elsewhere, or nowhere, from a later day on.
    AHEAD(Int, Date) = ["SELECT CAST(COUNT(*) AS BIGINT) FROM placement
        WHERE person_id = $1 AND (to_on IS NULL OR to_on > from_on) AND (from_on > $2 OR to_on > $2)"];
    GUIDED(Int, Date) = ["SELECT c.id, c.code, c.unit_id FROM mentorship m
        JOIN candidate_case c ON c.id = m.case_id
        WHERE m.person_id = $1 AND " (m until 2) " AND " (m still 2) " ORDER BY c.code"];
    HELD(Int, Date) = ["SELECT o.kind, o.unit_id, o.from_on FROM office o
        WHERE o.person_id = $1 AND " (o until 2) " AND " (o still 2) " ORDER BY o.unit_id, o.kind"];
    WAITING(Int) = ["SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM report_draft WHERE mentor_id = $1),
        (SELECT CAST(COUNT(*) AS BIGINT) FROM duty WHERE person_id = $1 AND done_at IS NULL)"];
    RENAME(Int, Text, Text) = ["UPDATE person SET name = $2, name_key = $3 WHERE id = $1"];
    OTHER_NAMES(Int) = ["SELECT value FROM person_fact
        WHERE person_id = $1 AND kind = 'other_names' AND to_on IS NULL"];
    END_OTHER_NAMES(Int, Date) = ["UPDATE person_fact SET to_on = $2
        WHERE person_id = $1 AND kind = 'other_names' AND to_on IS NULL"];
    TELL_OTHER_NAMES(Int, Int, Text, Date, Int, MaybeInt) = ["INSERT INTO person_fact
        (id, person_id, kind, value, from_on, recorded_at, recorded_by)
        VALUES ($1, $2, 'other_names', $3, $4, $5, $6)"];
    SET_BORN(Int, Date) = ["UPDATE person SET born_on = $2 WHERE id = $1"];
    LEFT_HOW(Int, MaybeText) = ["UPDATE placement SET left_how = $2 WHERE id = $1"];
}

/// What somebody is on a day.
#[derive(Clone, Debug)]
pub struct Stands {
    pub name: String,
    pub born: Option<NaiveDate>,
    /// Where they are placed, and since when.
    pub placed: Option<(UnitId, NaiveDate)>,
    /// What they are to the Party, and since when.
    pub status: Option<(Status, NaiveDate)>,
}

/// `None`: there is nobody, or they were erased.
pub async fn stands(
    tx: &mut Tx,
    person: PersonId,
    day: NaiveDate,
) -> Result<Option<Stands>, StoreError> {
    type Row = (String, Option<Day>, Option<UnitId>, Option<Day>, Option<Status>, Option<Day>);
    let row = tx.maybe::<Row>(&STANDS, args![person, day]).await?;
    Ok(row.map(|(name, born, unit, from, status, since)| Stands {
        name,
        born: born.map(|day| day.0),
        placed: unit.zip(from.map(|day| day.0)),
        status: status.zip(since.map(|day| day.0)),
    }))
}

/// Whether somebody is down for another place from a later day on.
pub async fn moves_ahead(
    tx: &mut Tx,
    person: PersonId,
    day: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(tx.one::<(i64,)>(&AHEAD, args![person, day]).await?.0 > 0)
}

/// A case that somebody guides.
pub type Guided = (crate::domain::ids::CaseId, String, UnitId);

/// Whom somebody guides on a day or later, with the unit of each case.
pub async fn guided(
    tx: &mut Tx,
    person: PersonId,
    day: NaiveDate,
) -> Result<Vec<Guided>, StoreError> {
    tx.all(&GUIDED, args![person, day]).await
}

/// What somebody holds on a day or later, and since when.
pub async fn held(
    tx: &mut Tx,
    person: PersonId,
    day: NaiveDate,
) -> Result<Vec<(OfficeKind, UnitId, NaiveDate)>, StoreError> {
    let rows = tx.all::<(OfficeKind, UnitId, Day)>(&HELD, args![person, day]).await?;
    Ok(rows.into_iter().map(|(kind, unit, from)| (kind, unit, from.0)).collect())
}

/// How many drafts of reports somebody has begun, and how many tasks they have not done.
pub async fn waiting(tx: &mut Tx, person: PersonId) -> Result<(i64, i64), StoreError> {
    tx.one(&WAITING, args![person]).await
}

/// Gives somebody another name; the one of before is kept among their other names, and the row that holds them,
/// if there are any, is given.
pub async fn rename(
    tx: &mut Tx,
    person: PersonId,
    (was, name): (&str, &Name),
    today: NaiveDate,
    recorded: Recorded,
) -> Result<Option<i64>, StoreError> {
    tx.run(&RENAME, args![person, name, name.folded()]).await?;
    let others = tx.maybe::<(String,)>(&OTHER_NAMES, args![person]).await?.map(|(names,)| names);
    let others = others.iter().flat_map(|names| parted(names));
    let mut others: Vec<&str> = others.filter(|other| Name::new(*other) != *name).collect();
    // Only the marks were wrong: no other name.
    if !others.contains(&was) && !Name::new(was).is_same(name) {
        others.push(was);
    }
    let (mut row, by) = (None, recorded.by.map(|by| by.0));
    tx.run(&END_OTHER_NAMES, args![person, today]).await?;
    if !others.is_empty() {
        let (id, told) = (tx.new_id().await?, others.join("; "));
        tx.run(&TELL_OTHER_NAMES, args![id, person, told, today, recorded.now, by]).await?;
        row = Some(id);
    }
    name_variants::keep_of(tx, &[person]).await?;
    Ok(row)
}

pub async fn set_born(tx: &mut Tx, person: PersonId, born: NaiveDate) -> Result<(), StoreError> {
    tx.run(&SET_BORN, args![person, born]).await.map(drop)
}

/// Places somebody somewhere from a day on, after wherever they were.
pub async fn place(
    tx: &mut Tx,
    person: PersonId,
    (unit, since): (UnitId, NaiveDate),
    came: Option<Arrival>,
    recorded: Recorded,
) -> Result<(), StoreError> {
    // Whoever comes from another branch leaves it for this one.
    let how = came.filter(|came| *came == Arrival::Within).map(|_| Departure::Within.as_str());
    for (_, row, _) in leaving::end_all(tx, person, What::Placement, since).await? {
        tx.run(&LEFT_HOW, args![row, how]).await?;
    }
    people::begin_placement(tx, person, (unit, since), came, recorded).await
}

/// What somebody is from a day on, after whatever they were.
pub async fn stand(
    tx: &mut Tx,
    person: PersonId,
    (status, on): (Status, NaiveDate),
    recorded: Recorded,
) -> Result<(), StoreError> {
    leaving::end_all(tx, person, What::Standing, on).await?;
    people::begin_standing(tx, person, (status, on), recorded).await
}

/// When somebody left last, and how; `None`: they are somewhere, or never were.
pub async fn left_last(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Option<(NaiveDate, Option<Departure>)>, StoreError> {
    let row = tx.maybe::<(Option<Day>, Option<Departure>)>(&LEFT_LAST, args![person]).await?;
    Ok(row.and_then(|(on, how)| Some((on?.0, how))))
}

/// What somebody was last to the Party.
pub async fn was_last(tx: &mut Tx, person: PersonId) -> Result<Option<Status>, StoreError> {
    Ok(tx.maybe::<(Status,)>(&WAS, args![person]).await?.map(|(status,)| status))
}
