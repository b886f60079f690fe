//! The roll call (điểm danh), and who is in the chair and takes the minutes.
//!
//! Every member's mark begins with what they answered to the reminder; who did not answer is taken
//! to be there. A tap on a name sets the next mark, and saving makes the roll count.

use serde::{Deserialize, Serialize};

use super::{
    Claim, Cx, Failure, NAME, Open, Outcome, Position, button, duties, open, page, refuse,
    show as show_sheet,
};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{MeetingId, PersonId};
use crate::domain::minutes::Presence;
use crate::domain::people::{Named, Person, Status, named as named_among};
use crate::message::{Arg, Message, Phrase};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::meetings::{self, Answer};
use crate::store::people;
use crate::store::sheets::{self, Mark};
use crate::taps::SheetTap;

/// Everybody who belongs there, by code.
pub(super) struct Roll {
    pub rows: Vec<Row>,
    /// Whether it was saved.
    pub called: bool,
    /// Who may not be named in public messengers.
    /// Who is in the chair: whoever was chosen, else the secretary, else a deputy, as long as they
    /// are there.
    pub chair: Option<PersonId>,
    /// Who was chosen to take the minutes, as long as they are there.
    pub taker: Option<PersonId>,
    /// Whether somebody's mark was changed since the first look.
    pub touched: bool,
    /// How many answered the reminder that they come, and how many did not answer it.
    pub coming: usize,
    pub silent: usize,
}

pub(super) struct Row {
    pub person: Person,
    pub mark: Mark,
}

impl Row {
    fn is_there(&self) -> bool {
        self.mark.presence == Presence::Present
    }

    /// Whether the person can have a post. Only an official member presides.
    fn can(&self, post: Post) -> bool {
        match post {
            Post::Chair => self.is_there() && self.mark.official,
            Post::Taker => self.is_there(),
        }
    }
}

impl Roll {
    /// Whether somebody on the roll can have a post.
    fn can(&self, id: PersonId, post: Post) -> bool {
        self.rows.iter().any(|row| row.person.id == id && row.can(post))
    }

    /// The official members who are there: only they vote.
    pub fn voters(&self) -> u32 {
        let votes = |row: &&Row| row.mark.official && row.is_there();
        u32::try_from(self.rows.iter().filter(votes).count()).unwrap_or(u32::MAX)
    }

    /// The official members of the branch, there or not.
    pub fn officials(&self) -> u32 {
        let count = self.rows.iter().filter(|row| row.mark.official).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// Who is meant by a code, a full name or a given name.
    pub fn called_by(&self, text: &str) -> Result<Option<PersonId>, Failure> {
        let people: Vec<Person> = self.rows.iter().map(|row| row.person.clone()).collect();
        match named_among(&people, text) {
            Named::One(person) => Ok(Some(person.id)),
            Named::Nobody => Ok(None),
            Named::Several(several) => refuse(
                Phrase::new("sheet-namesakes")
                    .with("people", several.iter().map(|p| self.name(p)).collect::<Vec<_>>()),
            ),
        }
    }

    /// The member as the sheet names them.
    pub fn name(&self, person: &Person) -> Arg {
        Arg::Who(person.id)
    }

    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.rows.iter().find(|row| row.person.id == id).map(|row| &row.person)
    }
}

/// The roll as it stands. Once it was saved it holds who belonged to the branch then.
pub(super) async fn read(cx: &mut Cx<'_>, open: &Open) -> Result<Roll, Failure> {
    let day = cx.practice.local(open.meeting.starts_at).date();
    let set = sheets::marks(cx.tx, open.id()).await?;
    let ids = match open.sheet.called {
        true => set.iter().map(|mark| mark.person).collect(),
        false => people::members(cx.tx, open.meeting.unit, day).await?,
    };
    let answers = meetings::answers(cx.tx, open.id()).await?;
    let statuses = people::statuses(cx.tx, day).await?;
    let mut persons = people::load(cx.tx, &ids, day).await?;
    persons.sort_by(|a, b| a.code.cmp(&b.code));
    let official = |id| statuses.get(&id) == Some(&Status::Official);
    let rows = persons.into_iter().map(|person| {
        let mark = set.iter().find(|mark| mark.person == person.id).cloned();
        let mark = mark.unwrap_or_else(|| answered(&answers, person.id, official(person.id)));
        Row { person, mark }
    });
    let answer = |id| answers.iter().find(|answer| answer.person_id == id);
    let coming = |id| answer(id).is_some_and(|answer| answer.answer == "coming");
    let mut roll = Roll {
        rows: rows.collect(),
        called: open.sheet.called,
        chair: None,
        taker: None,
        touched: !set.is_empty(),
        coming: ids.iter().filter(|id| coming(**id)).count(),
        silent: ids.iter().filter(|id| answer(**id).is_none()).count(),
    };
    let mut chairs = vec![open.sheet.chair];
    chairs.extend(people::leaders(cx.tx, open.meeting.unit, day).await?);
    roll.chair = chairs.into_iter().find(|id| roll.can(*id, Post::Chair));
    roll.taker = open.sheet.taker.filter(|id| roll.can(*id, Post::Taker));
    Ok(roll)
}

/// The mark that follows from what a member answered.
fn answered(answers: &[Answer], person: PersonId, official: bool) -> Mark {
    let excused = answers.iter().find(|a| a.person_id == person && a.answer == "excused");
    Mark {
        person,
        presence: if excused.is_some() { Presence::Excused } else { Presence::Present },
        reason: excused.and_then(|answer| answer.reason.clone()),
        official,
    }
}

pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let open = open(cx, id).await?;
    page(cx, &open).await
}

/// A button for everyone, and on the first look what earlier meetings left to do.
pub(super) async fn page(cx: &mut Cx<'_>, open: &Open) -> Outcome {
    let roll = read(cx, open).await?;
    let mut message = Message::new().title(page::title(cx, open).await?);
    if !roll.called {
        message = duties::left_open(cx, open.meeting.unit, message).await?;
    }
    message = message.gap().line(page::counted(&roll)).line("sheet-roll-hint");
    let meeting = open.id();
    message = message.row(vec![
        button("sheet-all-present", SheetTap::AllPresent(meeting)),
        button("sheet-save-roll", SheetTap::SaveRoll(meeting)),
    ]);
    for row in &roll.rows {
        let label = Phrase::new("sheet-mark")
            .with("person", roll.name(&row.person))
            .with("presence", phrasing::presence(row.mark.presence));
        let tap = SheetTap::Mark { meeting, person: row.person.id };
        message = message.row(vec![button(label, tap)]);
    }
    cx.reply(message).await
}

/// Sets the next mark of one member; a reason they gave stands beside an excused absence.
pub(super) async fn mark(cx: &mut Cx<'_>, id: MeetingId, person: PersonId) -> Outcome {
    let open = open(cx, id).await?;
    let roll = read(cx, &open).await?;
    let Some(row) = roll.rows.iter().find(|row| row.person.id == person) else {
        return refuse("sheet-no-member");
    };
    let answers = meetings::answers(cx.tx, id).await?;
    let presence = row.mark.presence.next();
    let given = answered(&answers, person, row.mark.official);
    let reason = given.reason.filter(|_| presence == Presence::Excused);
    sheets::mark(cx.tx, id, &[Mark { presence, reason, ..row.mark.clone() }]).await?;
    page(cx, &open).await
}

pub(super) async fn all_present(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let open = open(cx, id).await?;
    let roll = read(cx, &open).await?;
    let marks = roll.rows.into_iter().map(|row| Mark {
        presence: Presence::Present,
        reason: None,
        ..row.mark
    });
    keep(cx, &open, &marks.collect::<Vec<_>>()).await
}

pub(super) async fn save(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let open = open(cx, id).await?;
    let roll = read(cx, &open).await?;
    let marks: Vec<Mark> = roll.rows.into_iter().map(|row| row.mark).collect();
    keep(cx, &open, &marks).await
}

async fn keep(cx: &mut Cx<'_>, open: &Open, marks: &[Mark]) -> Outcome {
    let (id, unit) = (open.id(), open.meeting.unit);
    let units = cx.units().await?;
    let mut entry = Entry::new(Act::RollSaved, units.code(unit)).within(unit).for_meeting(id);
    let saved = match open.sheet.called {
        true => Some(sheets::marks(cx.tx, id).await?),
        false => None,
    };
    let counted = [
        (Field::Present, Presence::Present),
        (Field::Excused, Presence::Excused),
        (Field::Unexcused, Presence::Unexcused),
    ];
    for (field, presence) in counted {
        let count = |marks: &[Mark]| marks.iter().filter(|mark| mark.presence == presence).count();
        entry = entry.was(field, saved.as_deref().map(count)).became(field, count(marks));
    }
    sheets::save_roll(cx.tx, id, marks, cx.now).await?;
    cx.note(entry).await?;
    show_sheet(cx, id).await
}

/// A post that a member fills during the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Post {
    /// chủ trì hội nghị
    Chair,
    /// người ghi biên bản
    Taker,
}

/// Everyone who can have the post, to choose from.
pub(super) async fn choose(cx: &mut Cx<'_>, id: MeetingId, post: Post) -> Outcome {
    let open = open(cx, id).await?;
    let roll = read(cx, &open).await?;
    let mut message = Message::of(match post {
        Post::Chair => "sheet-ask-chair",
        Post::Taker => "sheet-ask-taker",
    });
    for row in roll.rows.iter().filter(|row| row.can(post)) {
        let label = Phrase::new("sheet-person").with("person", roll.name(&row.person));
        let (meeting, person) = (id, row.person.id);
        message = message.row(vec![button(
            label,
            match post {
                Post::Chair => SheetTap::Chair { meeting, person },
                Post::Taker => SheetTap::Taker { meeting, person },
            },
        )]);
    }
    let message = message.row(vec![button("sheet-back", SheetTap::Show(id))]);
    cx.ask(NAME, &Position::Post { meeting: id, post }, message).await
}

/// Who is meant by a name that was typed instead.
pub(super) async fn named(
    cx: &mut Cx<'_>,
    id: MeetingId,
    post: Post,
    text: &str,
) -> Result<Claim, Failure> {
    let open = open(cx, id).await?;
    let roll = read(cx, &open).await?;
    let Some(person) = roll.called_by(text)? else { return Ok(Claim::NotMine) };
    if roll.can(person, post) {
        cx.leave();
    }
    chosen(cx, id, post, person).await?;
    Ok(Claim::Done)
}

pub(super) async fn chosen(
    cx: &mut Cx<'_>,
    id: MeetingId,
    post: Post,
    person: PersonId,
) -> Outcome {
    let open = open(cx, id).await?;
    let roll = read(cx, &open).await?;
    if roll.person(person).is_none() {
        return refuse("sheet-no-member");
    }
    if !roll.can(person, post) {
        return refuse(match post {
            Post::Chair => "sheet-cannot-chair",
            Post::Taker => "sheet-cannot-take",
        });
    }
    match post {
        Post::Chair => sheets::set_chair(cx.tx, id, person).await?,
        Post::Taker => sheets::set_taker(cx.tx, id, person).await?,
    }
    show_sheet(cx, id).await
}
