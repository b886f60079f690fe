//! The sheet as a whole: what is written down so far, and a button for each thing there is to do.

use chrono::TimeDelta;

use super::{Cx, Failure, OpenSheet, Outcome, SOON, button, conclusions, duties};
use crate::domain::minutes::Presence;
use crate::message::{Message, Phrase};
use crate::phrasing;
use crate::store::duties as stored_duties;
use crate::store::{cases, meetings, sheets};
use crate::taps::SheetTap;

pub(super) async fn show(cx: &mut Cx<'_>, sheet: &OpenSheet) -> Outcome {
    let message = Message::new().title(title(cx, sheet).await?);
    let message = duties::left_open(cx, sheet.meeting.unit, message).await?;
    let message = written(cx, sheet, message).await?;
    let message = buttons(cx, sheet, message).await?;
    cx.reply(message).await
}

pub(super) async fn title(cx: &mut Cx<'_>, sheet: &OpenSheet) -> Result<Phrase, Failure> {
    let units = cx.units().await?;
    Ok(Phrase::new("sheet-title")
        .with("unit", units.name(sheet.meeting.unit))
        .with("what", phrasing::meeting_name(&sheet.meeting))
        .with("date", cx.practice.local(sheet.meeting.starts_at).date()))
}

/// What stands on the sheet, line by line.
pub(super) async fn written(
    cx: &mut Cx<'_>,
    sheet: &OpenSheet,
    mut message: Message,
) -> Result<Message, Failure> {
    message = absent(sheet, message.gap().item(counted(sheet)));
    for (key, open, holder) in [
        ("sheet-chair", "sheet-chair-open", sheet.chair),
        ("sheet-taker", "sheet-taker-open", sheet.taker),
    ] {
        message = message.item(match holder {
            Some(person) => Phrase::new(key).with("person", person),
            None => Phrase::new(open),
        });
    }
    for one in sheets::conclusions(cx.tx, sheet.id()).await? {
        message = conclusions::lines(cx, sheet, &one, message);
    }
    for duty in stored_duties::of_meeting(cx.tx, sheet.id()).await? {
        if sheet.row(duty.person).is_some() {
            message = message.item(duties::line(&duty));
        }
    }
    Ok(message.item(match sheet.score {
        Some(score) => Phrase::new("sheet-score")
            .with("score", score)
            .with("band", phrasing::band(cx.practice.bands.of(score))),
        None => Phrase::new("sheet-score-open"),
    }))
}

/// How many are there, and how many of them vote. Before the roll is called it says what was
/// answered and what is taken for granted; once a name was tapped, what was noted.
pub(super) fn counted(sheet: &OpenSheet) -> Phrase {
    let key = match (sheet.called, sheet.touched) {
        (true, _) => "sheet-roll",
        (false, true) => "sheet-roll-noted",
        (false, false) => "sheet-roll-open",
    };
    Phrase::new(key)
        .with("present", sheet.marked(Presence::Present))
        .with("all", sheet.roll.len())
        .with("voters", sheet.voters())
        .with("excused", sheet.marked(Presence::Excused))
        .with("unexcused", sheet.marked(Presence::Unexcused))
        .with("silent", sheet.silent)
        .with("coming", sheet.coming)
}

/// A line for each who is not there.
fn absent(sheet: &OpenSheet, mut message: Message) -> Message {
    for row in sheet.roll.iter().filter(|row| row.mark.presence != Presence::Present) {
        let (person, presence) = (row.person.id, phrasing::presence(row.mark.presence));
        message = message.item(match &row.mark.reason {
            Some(reason) => Phrase::new("sheet-absent-reason")
                .with("person", person)
                .with("presence", presence)
                .with("reason", reason),
            None => Phrase::new("sheet-absent").with("person", person).with("presence", presence),
        });
    }
    message
}

async fn buttons(cx: &mut Cx<'_>, sheet: &OpenSheet, message: Message) -> Result<Message, Failure> {
    let id = sheet.id();
    let mut message = message.row(vec![button("sheet-roll-button", SheetTap::Roll(id))]).row(vec![
        button("sheet-chair-button", SheetTap::Chairs(id)),
        button("sheet-taker-button", SheetTap::Takers(id)),
    ]);
    let day = cx.practice.local(sheet.meeting.starts_at).date();
    let mut guided = match sheet.meeting.is_regular() {
        true => cases::guided_in(cx.tx, sheet.meeting.unit, day).await?,
        // Candidates are the regular meetings' business.
        false => Vec::new(),
    };
    guided.sort_by(|a, b| a.code.cmp(&b.code));
    guided.dedup_by_key(|guided| guided.id);
    for case in guided {
        let label = Phrase::new("sheet-case-button").with("candidate", case.person);
        message = message.row(vec![button(label, SheetTap::Case { meeting: id, case: case.id })]);
    }
    message = message.row(vec![
        button("sheet-duties-button", SheetTap::Duties(id)),
        button("sheet-score-button", SheetTap::Score(id)),
    ]);
    let now = cx.judged_now();
    let next = meetings::upcoming(cx.tx, sheet.meeting.unit, now, 1).await?.pop();
    let near = next.filter(|next| {
        next.id != id && next.starts_at - now <= SOON && now - sheet.meeting.starts_at > DAY
    });
    if near.is_some() {
        let unit = sheet.meeting.unit;
        message = message.row(vec![button("sheet-ahead-button", SheetTap::Ahead(unit))]);
    }
    Ok(message.row(vec![button("sheet-close-button", SheetTap::Close(id))]))
}

const DAY: TimeDelta = TimeDelta::days(1);
