//! What people did, and who read personal details: kept for ever. The schema refuses to change or
//! delete a row; only the circumstances of one can be blanked, by [`super::erasure`].

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;

use super::types::At;
use super::{StoreError, Tx, args, statements};
use crate::clock::{Instant, from_millis};
use crate::domain::audit::{Act, Cursor, Facts, Field, Toward};
use crate::domain::ids::{MeetingId, PersonId, UnitId};
use crate::domain::people::Status;

statements! {
    NOTE(Int, Int, MaybeInt, Text, Text, Text, MaybeInt, MaybeInt, MaybeText, MaybeText) = ["INSERT INTO audit
        (id, done_at, person_id, channel, action, subject, detail, unit_id, meeting_id, was, became)
        VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10)"];
    /// Once per person, subject and day.
    NOTE_READING(Int, Int, MaybeInt, Text, Text, Text, MaybeInt, MaybeInt, MaybeText, MaybeText, Date) = ["INSERT INTO audit
        (id, done_at, person_id, channel, action, subject, detail, unit_id, meeting_id, was, became, read_on)
        VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING"];
    OLDER(Rows, Bool, Int, Int, MaybeText, MaybeText, Int, Int, Int) = ["SELECT a.id, a.done_at,
            p.code AS actor, a.channel, a.action, a.subject, a.meeting_id, a.was, a.became, a.erased_at
        FROM audit a LEFT JOIN person p ON p.id = a.person_id
        WHERE ((a.unit_id IS NULL AND $2) OR a.unit_id " IDS ")
        AND a.done_at >= $3 AND a.done_at < $4
        AND (CAST($5 AS TEXT) IS NULL OR a.subject = $5 OR p.code = $5)
        AND (CAST($6 AS TEXT) IS NULL OR $6 LIKE '%,' || a.action || ',%')
        AND (a.done_at < $7 OR (a.done_at = $7 AND a.id < $8))
        ORDER BY a.done_at DESC, a.id DESC LIMIT $9"];
    NEWER(Rows, Bool, Int, Int, MaybeText, MaybeText, Int, Int, Int) = ["SELECT a.id, a.done_at,
            p.code AS actor, a.channel, a.action, a.subject, a.meeting_id, a.was, a.became, a.erased_at
        FROM audit a LEFT JOIN person p ON p.id = a.person_id
        WHERE ((a.unit_id IS NULL AND $2) OR a.unit_id " IDS ")
        AND a.done_at >= $3 AND a.done_at < $4
        AND (CAST($5 AS TEXT) IS NULL OR a.subject = $5 OR p.code = $5)
        AND (CAST($6 AS TEXT) IS NULL OR $6 LIKE '%,' || a.action || ',%')
        AND (a.done_at > $7 OR (a.done_at = $7 AND a.id > $8))
        ORDER BY a.done_at, a.id LIMIT $9"];
    /// Persons by code: what they are, and their case if they are no official member.
    PERSONS(Rows, Date) = ["SELECT p.code, p.id, p.name = p.code AS erased, s.status,
            c.code AS case_code
        FROM person p
        LEFT JOIN standing s ON s.person_id = p.id
            AND " (s stands 2) "
        LEFT JOIN candidate_case c ON c.person_id = p.id
            AND (s.status IS NULL OR s.status <> 'official')
        WHERE p.code IN (SELECT value->>'code' FROM " ROWS ")"];
    CASES(Rows) = ["SELECT c.code, p.id, p.name = p.code AS erased FROM candidate_case c JOIN person p ON p.id = c.person_id
        WHERE c.code IN (SELECT value->>'code' FROM " ROWS ")"];
    UNIT_OF(Text, Date) = ["SELECT l.unit_id FROM placement l JOIN person p ON p.id = l.person_id
        WHERE p.code = $1 AND " (l placed 2) "
        UNION ALL SELECT c.unit_id FROM candidate_case c WHERE c.code = $1"];
}

/// The channel of what is done at the command line.
pub const COMMAND_LINE: &str = "command";

/// A deed to be written down.
#[derive(Clone, Debug)]
pub struct Entry {
    act: Act,
    /// The code of the person, case, unit, class or notice it was done to.
    subject: String,
    unit: Option<UnitId>,
    meeting: Option<MeetingId>,
    was: Facts,
    became: Facts,
}

impl Entry {
    /// `subject`: the code of the person, case, unit or class it was done to; the id of a notice. Never what
    /// somebody typed: the row stands for ever.
    pub fn new(act: Act, subject: impl Into<String>) -> Self {
        let (was, became) = (Facts::default(), Facts::default());
        Self { act, subject: subject.into(), unit: None, meeting: None, was, became }
    }

    /// The unit it concerns: the committees above it may read of it. Without one it concerns the
    /// whole organisation.
    pub fn within(mut self, unit: impl Into<Option<UnitId>>) -> Self {
        self.unit = unit.into();
        self
    }

    /// The meeting it was done for.
    pub fn for_meeting(mut self, meeting: MeetingId) -> Self {
        self.meeting = Some(meeting);
        self
    }

    /// How it was before; `None` is left out.
    pub fn was(mut self, field: Field, value: impl Serialize) -> Self {
        self.was.set(field, value);
        self
    }

    /// How it is now; `None` is left out.
    pub fn became(mut self, field: Field, value: impl Serialize) -> Self {
        self.became.set(field, value);
        self
    }
}

/// Who did it, and where.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// `None`: the administrator at the command line, or a platform.
    pub person: Option<PersonId>,
    /// The bot's name, or [`COMMAND_LINE`].
    pub channel: &'a str,
}

impl Author<'static> {
    /// The administrator, who has no name here: whoever may run the program.
    pub const ADMINISTRATOR: Self = Self { person: None, channel: COMMAND_LINE };
}

/// Writes a deed down.
pub async fn note(
    tx: &mut Tx,
    now: Instant,
    by: Author<'_>,
    entry: Entry,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let Entry { act, subject, unit, meeting, was, became } = entry;
    let (was, became) = (was.stored(), became.stored());
    let row =
        args![id, now, by.person, by.channel, act.as_str(), subject, unit, meeting, was, became];
    tx.run(&NOTE, row).await.map(drop)
}

/// Writes down that somebody read personal details: the first time on a day, so that looking often
/// does not bury what else is written down.
pub async fn note_reading(
    tx: &mut Tx,
    now: Instant,
    today: NaiveDate,
    by: Author<'_>,
    entry: Entry,
) -> Result<(), StoreError> {
    let id = tx.new_id().await?;
    let Entry { act, subject, unit, meeting, was, became } = entry;
    let (was, became) = (was.stored(), became.stored());
    let row = args![
        id,
        now,
        by.person,
        by.channel,
        act.as_str(),
        subject,
        unit,
        meeting,
        was,
        became,
        today
    ];
    tx.run(&NOTE_READING, row).await.map(drop)
}

/// Which rows somebody wants to read, and may.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    pub units: &'a [UnitId],
    /// Also what concerns no unit.
    pub whole: bool,
    /// Half-open.
    pub between: (Instant, Instant),
    /// Done by, or to, the person, case or unit with this code.
    pub code: Option<&'a str>,
    /// `None`: all of them.
    pub acts: Option<Vec<Act>>,
}

/// A row of the audit.
#[derive(Clone, Debug)]
pub struct Row {
    pub place: Cursor,
    pub at: Instant,
    /// Code of who did it; `None`: the administrator, or a platform.
    pub actor: Option<String>,
    /// Empty in rows of older versions.
    pub channel: String,
    pub act: Act,
    pub subject: String,
    pub meeting: Option<MeetingId>,
    pub was: Facts,
    pub became: Facts,
    pub erased: bool,
}

#[derive(FromRow)]
struct AuditRow {
    id: i64,
    done_at: i64,
    actor: Option<String>,
    channel: String,
    action: String,
    subject: String,
    meeting_id: Option<MeetingId>,
    was: Option<String>,
    became: Option<String>,
    erased_at: Option<At>,
}

impl TryFrom<AuditRow> for Row {
    type Error = StoreError;
    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        Ok(Self {
            place: Cursor { at: row.done_at, id: row.id },
            at: from_millis(row.done_at),
            actor: row.actor,
            channel: row.channel,
            act: row.action.parse().map_err(StoreError::Unreadable)?,
            subject: row.subject,
            meeting: row.meeting_id,
            was: Facts::read(row.was.as_deref()),
            became: Facts::read(row.became.as_deref()),
            erased: row.erased_at.is_some(),
        })
    }
}

/// At most `limit` rows beyond a place, newest first.
pub async fn beyond(
    tx: &mut Tx,
    wanted: &Wanted<'_>,
    place: Cursor,
    toward: Toward,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    let statement = match toward {
        Toward::Older => &OLDER,
        Toward::Newer => &NEWER,
    };
    let acts = wanted.acts.as_ref().map(|acts| {
        let names: Vec<&str> = acts.iter().map(|act| act.as_str()).collect();
        format!(",{},", names.join(","))
    });
    let (from, to) = wanted.between;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let units = serde_json::to_string(wanted.units)?;
    let args = args![units, wanted.whole, from, to, wanted.code, acts, place.at, place.id, limit];
    let rows = tx.all::<AuditRow>(statement, args).await?;
    let mut rows: Vec<Row> = rows.into_iter().map(Row::try_from).collect::<Result<_, _>>()?;
    if toward == Toward::Newer {
        rows.reverse();
    }
    Ok(rows)
}

/// Who stands behind a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Named with their code.
    Member(PersonId),
    /// On the road to membership, or on none.
    Candidate(PersonId),
    /// Known by the code alone.
    Erased,
}

/// Whom codes of persons and cases mean, as of `today`.
pub async fn known(
    tx: &mut Tx,
    codes: &[&str],
    today: NaiveDate,
) -> Result<HashMap<String, Known>, StoreError> {
    let rows: Vec<_> = codes.iter().map(|code| serde_json::json!({ "code": code })).collect();
    let rows = serde_json::to_string(&rows)?;
    let mut known = HashMap::new();
    type PersonRow = (String, PersonId, bool, Option<Status>, Option<String>);
    for (code, id, erased, status, case) in
        tx.all::<PersonRow>(&PERSONS, args![&rows, today]).await?
    {
        let is_member = matches!(status, Some(Status::Official | Status::Probationary));
        let one = match case {
            _ if erased => Known::Erased,
            None if is_member => Known::Member(id),
            _ => Known::Candidate(id),
        };
        known.insert(code, one);
    }
    for (code, id, erased) in tx.all::<(String, PersonId, bool)>(&CASES, args![&rows]).await? {
        known.insert(code, if erased { Known::Erased } else { Known::Candidate(id) });
    }
    Ok(known)
}

/// The unit that a person is placed in, or that decides a case; by code.
pub async fn unit_of(
    tx: &mut Tx,
    code: &str,
    today: NaiveDate,
) -> Result<Option<UnitId>, StoreError> {
    Ok(tx.all::<(UnitId,)>(&UNIT_OF, args![code, today]).await?.pop().map(|(unit,)| unit))
}
