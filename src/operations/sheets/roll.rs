//! The roll call (điểm danh), and who is in the chair and takes the minutes.
//!
//! Every member's mark begins with what they answered to the reminder; who did not answer is taken
//! to be there.

use serde::{Deserialize, Serialize};

use super::{OpenSheet, begin};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::PersonId;
use crate::domain::meeting::MeetingAnswer;
use crate::domain::minutes::Presence;
use crate::domain::people::{Person, Status};
use crate::domain::typed::Typed;
use crate::operations::work::{Effect, Refused, Work, refuse};
use crate::store::audit::Entry;
use crate::store::meetings::{self, Meeting};
use crate::store::people;
use crate::store::sheets::{self, Mark, Sheet};

/// A post that a member fills during the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingRole {
    /// chủ trì hội nghị
    Chair,
    /// người ghi biên bản
    Taker,
}

/// Somebody who belongs at a meeting.
#[derive(Debug)]
pub struct Row {
    pub person: Person,
    pub mark: Mark,
    /// Why they excused themself when they were reminded.
    excuse: Option<Typed>,
}

impl Row {
    fn is_there(&self) -> bool {
        self.mark.presence == Presence::Present
    }

    /// Whether the person can have a post. Only an official member presides.
    pub fn can(&self, post: MeetingRole) -> bool {
        match post {
            MeetingRole::Chair => self.is_there() && self.mark.official,
            MeetingRole::Taker => self.is_there(),
        }
    }
}

impl OpenSheet {
    /// Somebody on the roll.
    pub fn row(&self, person: PersonId) -> Option<&Row> {
        self.roll.iter().find(|row| row.person.id == person)
    }

    /// The same; refuses whoever does not belong there.
    pub fn member(&self, person: PersonId) -> Result<&Row, Refused> {
        self.row(person).map_or_else(|| refuse("sheet-no-member"), Ok)
    }

    /// How many are marked so.
    pub fn marked(&self, presence: Presence) -> usize {
        self.roll.iter().filter(|row| row.mark.presence == presence).count()
    }

    /// The official members who are there: only they vote.
    pub fn voters(&self) -> u32 {
        let votes = |row: &&Row| row.mark.official && row.is_there();
        u32::try_from(self.roll.iter().filter(votes).count()).unwrap_or(u32::MAX)
    }

    /// The official members of the branch, there or not.
    pub fn officials(&self) -> u32 {
        let count = self.roll.iter().filter(|row| row.mark.official).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// The sheet with its roll as it stands. Once that was saved it holds who belonged to the branch then.
pub(super) async fn read(
    work: &mut Work<'_>,
    meeting: Meeting,
    sheet: Option<Sheet>,
    presides: Option<PersonId>,
) -> Result<OpenSheet, Refused> {
    let day = work.practice.local(meeting.starts_at).date();
    let called = sheet.as_ref().is_some_and(|sheet| sheet.called);
    let set = sheets::marks(work.tx, meeting.id).await?;
    let ids = match called {
        true => set.iter().map(|mark| mark.person).collect(),
        false => people::members(work.tx, meeting.unit, day).await?,
    };
    let answers = meetings::answers(work.tx, meeting.id).await?;
    let statuses = people::statuses(work.tx, day).await?;
    let mut persons = people::load(work.tx, &ids, day).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let answer = |id| answers.iter().find(|answer| answer.person_id == id);
    let coming = |id| answer(id).is_some_and(|answer| answer.answer == MeetingAnswer::Coming);
    let row = |person: Person| {
        let excused = answer(person.id).filter(|answer| answer.answer == MeetingAnswer::Excused);
        let excuse = excused.and_then(|answer| answer.reason.clone());
        let mark = set.iter().find(|mark| mark.person == person.id).cloned();
        let mark = mark.unwrap_or_else(|| Mark {
            person: person.id,
            presence: if excused.is_some() { Presence::Excused } else { Presence::Present },
            reason: excuse.clone(),
            official: statuses.get(&person.id) == Some(&Status::Official),
        });
        Row { person, mark, excuse }
    };
    let roll: Vec<Row> = persons.into_iter().map(row).collect();
    let can = |id: PersonId, post| roll.iter().any(|row| row.person.id == id && row.can(post));
    let mut chairs = Vec::from_iter(presides);
    chairs.extend(people::leaders(work.tx, meeting.unit, day).await?);
    let taker = sheet.as_ref().and_then(|sheet| sheet.taker);
    Ok(OpenSheet {
        called,
        touched: !set.is_empty(),
        coming: ids.iter().filter(|id| coming(**id)).count(),
        silent: ids.iter().filter(|id| answer(**id).is_none()).count(),
        chair: chairs.into_iter().find(|id| can(*id, MeetingRole::Chair)),
        taker: taker.filter(|id| can(*id, MeetingRole::Taker)),
        score: sheet.as_ref().and_then(|sheet| sheet.score),
        begun: sheet.is_some(),
        presides,
        roll,
        meeting,
    })
}

/// Marks one member; the reason they gave stands beside an excused absence. On a roll that was saved a mark
/// counts at once, and so is written down as saving is.
pub async fn mark(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    person: PersonId,
    presence: Presence,
) -> Result<(), Refused> {
    let row = sheet.member(person)?;
    let reason = row.excuse.clone().filter(|_| presence == Presence::Excused);
    let mark = Mark { presence, reason, ..row.mark.clone() };
    if !sheet.called {
        begin(work, sheet).await?;
        return Ok(sheets::set_marks(work.tx, sheet.id(), &[mark]).await?);
    }
    if mark == row.mark {
        return Ok(());
    }
    let after = sheet.roll.iter().map(|row| &row.mark).filter(|one| one.person != person);
    let entry = called(work, sheet, after.chain([&mark]));
    sheets::set_marks(work.tx, sheet.id(), std::slice::from_ref(&mark)).await?;
    Ok(work.note(entry).await?)
}

/// Saves the roll with everybody there.
pub async fn save_all_present(work: &mut Work<'_>, sheet: &OpenSheet) -> Result<Effect, Refused> {
    let there = |row: &Row| Mark { presence: Presence::Present, reason: None, ..row.mark.clone() };
    save(work, sheet, sheet.roll.iter().map(there).collect()).await
}

/// Saves the roll as it is marked; it counts from then on.
pub async fn save_roll(work: &mut Work<'_>, sheet: &OpenSheet) -> Result<Effect, Refused> {
    save(work, sheet, sheet.roll.iter().map(|row| row.mark.clone()).collect()).await
}

async fn save(work: &mut Work<'_>, sheet: &OpenSheet, marks: Vec<Mark>) -> Result<Effect, Refused> {
    if sheet.called && sheet.roll.iter().map(|row| &row.mark).eq(&marks) {
        return Ok(Effect::Same);
    }
    let entry = called(work, sheet, marks.iter());
    begin(work, sheet).await?;
    sheets::set_roll(work.tx, sheet.id(), &marks, work.now).await?;
    work.note(entry).await?;
    Ok(Effect::Changed)
}

/// How many were there, and are with these marks.
fn called<'m>(
    work: &Work<'_>,
    sheet: &OpenSheet,
    marks: impl Iterator<Item = &'m Mark> + Clone,
) -> Entry {
    let mut entry = sheet.entry(work, Act::RollSaved);
    for (field, presence) in [
        (Field::Present, Presence::Present),
        (Field::Excused, Presence::Excused),
        (Field::Unexcused, Presence::Unexcused),
    ] {
        let now = marks.clone().filter(|mark| mark.presence == presence).count();
        entry = entry.was(field, sheet.called.then(|| sheet.marked(presence))).became(field, now);
    }
    entry
}

/// Gives a member a post.
pub async fn appoint(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    post: MeetingRole,
    person: PersonId,
) -> Result<Effect, Refused> {
    let (held, field) = match post {
        MeetingRole::Chair => (sheet.presides, Field::Chair),
        MeetingRole::Taker => (sheet.taker, Field::Taker),
    };
    if !sheet.member(person)?.can(post) {
        return refuse(match post {
            MeetingRole::Chair => "sheet-cannot-chair",
            MeetingRole::Taker => "sheet-cannot-take",
        });
    }
    if held == Some(person) {
        return Ok(Effect::Same);
    }
    let code = |id: PersonId| sheet.member(id).map(|row| row.person.code.clone()).ok();
    let entry = sheet
        .entry(work, Act::SheetFilled)
        .was(field, held.and_then(code))
        .became(field, code(person));
    begin(work, sheet).await?;
    match post {
        MeetingRole::Chair => sheets::set_chair(work.tx, sheet.id(), person).await?,
        MeetingRole::Taker => sheets::set_taker(work.tx, sheet.id(), person).await?,
    }
    work.note(entry).await?;
    Ok(Effect::Changed)
}
