//! The closing of a meeting: shown whole, asked once more, done once. It gives the papers their
//! numbers and tells members what they were given to do.

use std::collections::BTreeMap;

use super::{Cx, Failure, Open, Outcome, button, closed, numbers, open, page, refuse, roll};
use crate::domain::audit::{Act, Field, State};
use crate::domain::ids::{MeetingId, PersonId};
use crate::domain::minutes::{PaperKind, Votes};
use crate::message::{Arg, Button, Link, Message, Phrase};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::duties::{self, Duty};
use crate::store::meetings::Meeting;
use crate::store::numbers as stored_numbers;
use crate::store::{people, sheets};
use crate::taps::SheetTap;

/// What the sheet still needs before the meeting can be closed.
async fn missing(cx: &mut Cx<'_>, open: &Open) -> Result<Vec<Arg>, Failure> {
    let mut missing = Vec::new();
    if !open.sheet.called {
        missing.push(Phrase::new("sheet-missing-roll").into());
    }
    let roll = roll::read(cx, open).await?;
    if roll.chair.is_none() {
        missing.push(Phrase::new("sheet-missing-chair").into());
    }
    if roll.taker.is_none() {
        missing.push(Phrase::new("sheet-missing-taker").into());
    }
    if !open.meeting.is_regular() {
        // What an old sheet of a thematic meeting says of candidates stands: nobody can vote anew.
        return Ok(missing);
    }
    let voters = roll.voters();
    for one in sheets::conclusions(cx.tx, open.id()).await? {
        // The roll was changed after the vote.
        let Some(votes) = one.votes.filter(|votes| votes.sum() != voters) else { continue };
        let candidate = Arg::Who(one.person);
        missing.push(
            Phrase::new("sheet-missing-votes")
                .with("candidate", candidate)
                .with("sum", votes.sum())
                .with("voters", voters)
                .into(),
        );
    }
    Ok(missing)
}

/// The sheet, if nothing stands in the way of closing it.
async fn ready(cx: &mut Cx<'_>, id: MeetingId) -> Result<Open, Failure> {
    let open = open(cx, id).await?;
    if open.meeting.starts_at > cx.now {
        let at = cx.practice.local(open.meeting.starts_at);
        return refuse(Phrase::new("sheet-close-early").with("at", at));
    }
    let missing = missing(cx, &open).await?;
    if missing.is_empty() {
        Ok(open)
    } else {
        refuse(Phrase::new("sheet-close-missing").with("missing", missing))
    }
}

pub(super) async fn ask(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let open = ready(cx, id).await?;
    let message = Message::new().title(page::title(cx, &open).await?);
    let message = page::written(cx, &open, message).await?.gap().line("sheet-ask-close");
    let given = duties::of_meeting(cx.tx, id).await?;
    let papers = papers(cx, &open, &given).await?;
    // First, so that "1" confirms.
    let message = message.row(vec![button("sheet-close-now", SheetTap::CloseNow(id))]);
    let message = numbers::ahead(cx, &open, papers, message)
        .await?
        .row(vec![button("sheet-back", SheetTap::Show(id))]);
    cx.reply(message).await
}

pub(super) async fn close(cx: &mut Cx<'_>, id: MeetingId) -> Outcome {
    let open = ready(cx, id).await?;
    let given = duties::of_meeting(cx.tx, id).await?;
    let papers = papers(cx, &open, &given).await?;
    if let Some(chair) = roll::read(cx, &open).await?.chair {
        // Whoever stepped in for an absent chair signs.
        sheets::set_chair(cx.tx, id, chair).await?;
    }
    let Open { meeting, .. } = open;
    let me = cx.me()?.id;
    if !sheets::close(cx.tx, id, me, cx.now).await? {
        return Err(Failure::Refusal(closed(cx, &meeting).await?));
    }
    for kind in papers.iter().copied() {
        let series = numbers::series(cx, &meeting, kind);
        stored_numbers::give(cx.tx, series, id, cx.now).await?;
    }
    let units = cx.units().await?;
    let entry = Entry::new(Act::MeetingClosed, units.code(meeting.unit))
        .within(meeting.unit)
        .for_meeting(id)
        .was(Field::State, State::Planned)
        .became(Field::State, State::Closed);
    cx.note(entry).await?;
    let message = after(cx, &meeting).await?;
    cx.reply(message).await?;
    tell_duties(cx, &meeting, given).await
}

/// The papers that the closing makes. There is a resolution if there is something to resolve: a
/// proposal was carried, or somebody was given something to do.
async fn papers(
    cx: &mut Cx<'_>,
    open: &Open,
    given: &[Duty],
) -> Result<&'static [PaperKind], Failure> {
    let officials = roll::read(cx, open).await?.officials();
    let percent = cx.practice.majority_percent;
    let conclusions = sheets::conclusions(cx.tx, open.id()).await?;
    let carried = |votes: Votes| votes.carried(officials, percent);
    let decided = conclusions.iter().any(|one| one.votes.is_some_and(carried));
    Ok(match !given.is_empty() || decided {
        true => &[PaperKind::Minutes, PaperKind::Resolution],
        false => &[PaperKind::Minutes],
    })
}

/// A closed meeting: by whom and when, and its papers.
pub(super) async fn after(cx: &mut Cx<'_>, meeting: &Meeting) -> Result<Message, Failure> {
    let mut message = Message::of(closed(cx, meeting).await?);
    for (kind, number) in stored_numbers::of_meeting(cx.tx, meeting.id).await? {
        message = message.item(
            Phrase::new("sheet-paper")
                .with("kind", phrasing::paper(kind))
                .with("number", Arg::unmasked(kind.sign(number))),
        );
        let label = Phrase::new("sheet-fetch").with("kind", phrasing::paper(kind));
        let link = Link::Paper { kind: kind.as_str().to_owned(), meeting: meeting.id.0 };
        message = message.row(vec![Button::link(label, link)]);
    }
    Ok(message)
}

/// Tells everyone what they were given to do, in one message each.
async fn tell_duties(cx: &mut Cx<'_>, meeting: &Meeting, given: Vec<Duty>) -> Outcome {
    let mut by_person: BTreeMap<PersonId, Vec<Duty>> = BTreeMap::new();
    for duty in given {
        by_person.entry(duty.person).or_default().push(duty);
    }
    let today = cx.today();
    let units = cx.units().await?;
    for (id, own) in by_person {
        let Some(person) = people::get(cx.tx, id, today).await? else { continue };
        let mut message = Message::of(
            Phrase::new("duty-told").with("name", person.id).with("unit", units.name(meeting.unit)),
        );
        for duty in own {
            message = message.item(phrasing::duty("tasks-duty", &duty.what, duty.due).0);
        }
        let key = format!("duties:{}:{}", meeting.id.0, person.code);
        cx.tell(&person, Some(meeting.unit), &[], key, message.line("duty-told-how")).await?;
    }
    Ok(())
}
