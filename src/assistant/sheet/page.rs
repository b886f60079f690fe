//! The sheet as a whole: what is written down so far, and a button for each thing there is to do.

use chrono::TimeDelta;

use super::roll::Roll;
use super::{Cx, Failure, Open, Outcome, SOON, button, conclusions, duties, roll};
use crate::domain::minutes::Presence;
use crate::message::{Arg, Message, Phrase};
use crate::phrasing;
use crate::store::duties as stored_duties;
use crate::store::{cases, meetings, people, sheets};
use crate::taps::SheetTap;

pub(super) async fn show(cx: &mut Cx<'_>, open: &Open) -> Outcome {
    let message = Message::new().title(title(cx, open).await?);
    let message = duties::left_open(cx, open.meeting.unit, message).await?;
    let message = written(cx, open, message).await?;
    let message = buttons(cx, open, message).await?;
    cx.reply(message).await
}

pub(super) async fn title(cx: &mut Cx<'_>, open: &Open) -> Result<Phrase, Failure> {
    let units = cx.units().await?;
    Ok(Phrase::new("sheet-title")
        .with("unit", units.name(open.meeting.unit))
        .with("what", phrasing::meeting_name(&open.meeting))
        .with("date", cx.practice.local(open.meeting.starts_at).date()))
}

/// What stands on the sheet, line by line.
pub(super) async fn written(
    cx: &mut Cx<'_>,
    open: &Open,
    mut message: Message,
) -> Result<Message, Failure> {
    let roll = roll::read(cx, open).await?;
    message = absent(&roll, message.gap().item(counted(&roll)));
    for (key, open, holder) in [
        ("sheet-chair", "sheet-chair-open", roll.chair),
        ("sheet-taker", "sheet-taker-open", roll.taker),
    ] {
        let today = cx.today();
        let person = match holder {
            Some(id) => people::get(cx.tx, id, today).await?,
            None => None,
        };
        message = message.item(match person {
            Some(person) => Phrase::new(key).with("person", roll.name(&person)),
            None => Phrase::new(open),
        });
    }
    for one in sheets::conclusions(cx.tx, open.id()).await? {
        message = conclusions::lines(cx, &roll, &one, message);
    }
    for duty in stored_duties::of_meeting(cx.tx, open.id()).await? {
        let Some(person) = roll.person(duty.person) else { continue };
        message = message.item(
            Phrase::new("sheet-duty")
                .with("person", roll.name(person))
                .with("what", Arg::Typed(duty.what))
                .with("due", duty.due),
        );
    }
    Ok(message.item(match open.sheet.score {
        Some(score) => Phrase::new("sheet-score")
            .with("score", score)
            .with("band", phrasing::band(cx.practice.bands.of(score))),
        None => Phrase::new("sheet-score-open"),
    }))
}

/// How many are there, and how many of them vote. Before the roll is called it says what was
/// answered and what is taken for granted; once a name was tapped, what was noted.
pub(super) fn counted(roll: &Roll) -> Phrase {
    let with = |presence| roll.rows.iter().filter(|row| row.mark.presence == presence).count();
    let key = match (roll.called, roll.touched) {
        (true, _) => "sheet-roll",
        (false, true) => "sheet-roll-noted",
        (false, false) => "sheet-roll-open",
    };
    Phrase::new(key)
        .with("present", with(Presence::Present))
        .with("all", roll.rows.len())
        .with("voters", roll.voters())
        .with("excused", with(Presence::Excused))
        .with("unexcused", with(Presence::Unexcused))
        .with("silent", roll.silent)
        .with("coming", roll.coming)
}

/// A line for each who is not there.
fn absent(roll: &Roll, mut message: Message) -> Message {
    for row in roll.rows.iter().filter(|row| row.mark.presence != Presence::Present) {
        let person = roll.name(&row.person);
        let presence = phrasing::presence(row.mark.presence);
        message = message.item(match &row.mark.reason {
            Some(reason) => Phrase::new("sheet-absent-reason")
                .with("person", person)
                .with("presence", presence)
                .with("reason", Arg::Typed(reason.clone())),
            None => Phrase::new("sheet-absent").with("person", person).with("presence", presence),
        });
    }
    message
}

async fn buttons(cx: &mut Cx<'_>, open: &Open, message: Message) -> Result<Message, Failure> {
    let id = open.id();
    let mut message = message.row(vec![button("sheet-roll-button", SheetTap::Roll(id))]).row(vec![
        button("sheet-chair-button", SheetTap::Chairs(id)),
        button("sheet-taker-button", SheetTap::Takers(id)),
    ]);
    let day = cx.practice.local(open.meeting.starts_at).date();
    let mut guided = match open.meeting.is_regular() {
        true => cases::guided_in(cx.tx, open.meeting.unit, day).await?,
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
    let next = meetings::upcoming(cx.tx, open.meeting.unit, cx.now, 1).await?.pop();
    let near = next.filter(|next| {
        next.id != id && next.starts_at - cx.now <= SOON && cx.now - open.meeting.starts_at > DAY
    });
    if near.is_some() {
        let unit = open.meeting.unit;
        message = message.row(vec![button("sheet-ahead-button", SheetTap::Ahead(unit))]);
    }
    Ok(message.row(vec![button("sheet-close-button", SheetTap::Close(id))]))
}

const DAY: TimeDelta = TimeDelta::days(1);
