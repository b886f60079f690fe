//! The roll call, and who is in the chair and takes the minutes. A tap on a name sets the next mark, and
//! saving makes the roll count.

use super::{
    Claim, Cx, Failure, MeetingId, MeetingRole, NAME, OpenSheet, Outcome, PersonId, Phrase,
    Position, button, duties, open, page, refuse, sheets, show as show_sheet,
};
use crate::domain::minutes::Presence;
use crate::domain::people::{Named, Person, named as named_among};
use crate::message::{Arg, Message};
use crate::phrasing;
use crate::taps::SheetTap;

/// Who is meant by a code, a full name or a given name.
pub(super) fn called_by(sheet: &OpenSheet, text: &str) -> Result<Option<PersonId>, Failure> {
    let people: Vec<Person> = sheet.roll.iter().map(|row| row.person.clone()).collect();
    match named_among(&people, text) {
        Named::One(person) => Ok(Some(person.id)),
        Named::Nobody => Ok(None),
        Named::Several(several) => {
            let people: Vec<Arg> = several.iter().map(|person| Arg::Who(person.id)).collect();
            refuse(Phrase::new("sheet-namesakes").with("people", people))
        }
    }
}

pub(super) async fn show(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let sheet = open(cx, id).await?;
    page(cx, &sheet).await
}

/// A button for everyone, and on the first look what earlier meetings left to do.
pub(super) async fn page(cx: &mut Cx<'_>, sheet: &OpenSheet) -> Outcome {
    let mut message = Message::new().title(page::title(cx, sheet).await?);
    if !sheet.called {
        message = duties::left_open(cx, sheet.meeting.unit, message).await?;
    }
    message = message.gap().line(page::counted(sheet)).line("sheet-roll-hint");
    let meeting = sheet.id();
    message = message.row(vec![
        button("sheet-all-present", SheetTap::AllPresent(meeting)),
        button("sheet-save-roll", SheetTap::SaveRoll(meeting)),
    ]);
    let mut marks = Vec::new();
    for row in &sheet.roll {
        let person = row.person.id;
        marks.push((person, row.mark.presence.as_str()));
        let label = Phrase::new("sheet-mark")
            .with("person", person)
            .with("presence", phrasing::presence(row.mark.presence));
        let from = Some(row.mark.presence);
        message = message.row(vec![button(label, SheetTap::Mark { meeting, person, from })]);
    }
    cx.shows(&("roll", meeting, marks))?;
    cx.reply(message).await
}

/// Sets the next mark of one member after the one that was shown. Where that is another by now, it is shown.
/// Buttons of a version before do not say what was shown: they set the mark after the one that stands, and the
/// roll is shown with it.
pub(super) async fn mark(
    cx: &mut Cx<'_>,
    id: MeetingId,
    person: PersonId,
    from: Option<Presence>,
) -> Outcome {
    let sheet = open(cx, id).await?;
    let presence = sheet.member(person)?.mark.presence;
    if from.is_none_or(|from| from == presence) {
        sheets::mark(&mut cx.work().await?, &sheet, person, presence.next()).await?;
    }
    show(cx, id).await
}

pub(super) async fn all_present(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let sheet = open(cx, id).await?;
    // The sheet says how it stands, whether that is new or not: marks on it may have counted before.
    let _ = sheets::save_all_present(&mut cx.work().await?, &sheet).await?;
    show_sheet(cx, id).await
}

pub(super) async fn save(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let sheet = open(cx, id).await?;
    let _ = sheets::save_roll(&mut cx.work().await?, &sheet).await?;
    show_sheet(cx, id).await
}

/// Everyone who can have the post, to choose from.
pub(super) async fn choose(cx: &mut Cx<'_>, meeting: MeetingId, post: MeetingRole) -> Outcome {
    let sheet = open(cx, meeting).await?;
    let mut message = Message::of(match post {
        MeetingRole::Chair => "sheet-ask-chair",
        MeetingRole::Taker => "sheet-ask-taker",
    });
    for row in sheet.roll.iter().filter(|row| row.can(post)) {
        let person = row.person.id;
        let label = Phrase::new("sheet-person").with("person", person);
        let tap = match post {
            MeetingRole::Chair => SheetTap::Chair { meeting, person },
            MeetingRole::Taker => SheetTap::Taker { meeting, person },
        };
        message = message.row(vec![button(label, tap)]);
    }
    let message = message.row(vec![button("sheet-back", SheetTap::Show(meeting))]);
    cx.ask(NAME, &Position::Post { meeting, post }, message).await
}

/// Who is meant by a name that was typed instead.
pub(super) async fn named(
    cx: &mut Cx<'_>,
    id: MeetingId,
    post: MeetingRole,
    text: &str,
) -> Result<Claim, Failure> {
    let sheet = open(cx, id).await?;
    let Some(person) = called_by(&sheet, text)? else { return Ok(Claim::NotMine) };
    let _ = sheets::appoint(&mut cx.work().await?, &sheet, post, person).await?;
    cx.leave();
    show_sheet(cx, id).await?;
    Ok(Claim::Done)
}

pub(super) async fn chosen(
    cx: &mut Cx<'_>,
    id: MeetingId,
    post: MeetingRole,
    person: PersonId,
) -> Outcome {
    let sheet = open(cx, id).await?;
    let _ = sheets::appoint(&mut cx.work().await?, &sheet, post, person).await?;
    show_sheet(cx, id).await
}
