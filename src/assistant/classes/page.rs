//! The classes of a year, with who could be sent now and whose certificate ends; and one class with
//! everybody who was sent to it.

use chrono::{Datelike, Days, NaiveDate};

use super::sending::{self, Ending};
use super::{Cx, Desk, Failure, Outcome, Phrase, button, open_cases, operation, refuse};
use crate::domain::class::{self, ClassKind};
use crate::domain::ids::ClassId;
use crate::message::{Arg, Button, Message};
use crate::phrasing::class::{self as say, kind};
use crate::store::classes::{self, Class, Seat};
use crate::taps::ClassTap;

/// So many classes get a button; an organisation holds a few a year.
const BUTTONS: usize = 24;
/// So many people are named whose certificate ends.
const NAMED: usize = 20;

/// The classes that begin in a year.
pub(super) async fn list(cx: &mut Cx<'_>, desk: &Desk, year: i32) -> Outcome {
    let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1);
    let (Some(from), Some(to)) = (new_year(year), new_year(year + 1)) else {
        return refuse("class-which-year");
    };
    let all = operation::beginning(&mut cx.work().await?, from, to).await?;
    let ids: Vec<ClassId> = all.iter().map(|class| class.id).collect();
    let seats = classes::seats(cx.tx, &ids).await?;
    // Text, so that no language puts a separator into a year.
    let title = Phrase::new("class-list-title").with("year", Arg::figures(year));
    let mut message = Message::new().title(title);
    for one in ClassKind::ALL {
        let here: Vec<&Class> = all.iter().filter(|class| class.what.kind == *one).collect();
        message = message.line(Phrase::new("class-list-kind").with("kind", kind(*one)));
        if here.is_empty() {
            message = message.item("class-list-none");
        }
        for class in here {
            let own = seats.iter().filter(|seat| seat.class == class.id);
            message = message.item(line(class, own));
        }
    }
    let (message, ending) = outlook(cx, desk, message.gap()).await?;
    let mut message = message;
    for class in all.iter().take(BUTTONS) {
        let label = Phrase::new("class-look-button")
            .with("kind", Phrase::new(format!("class-short-{}", class.what.kind)))
            .with("first", class.what.first);
        message = message.row(vec![button(label, ClassTap::Look(class.id))]);
    }
    if ending {
        message = message.row(vec![button("button-class-again", ClassTap::Again)]);
    }
    let before = Phrase::new("class-year-button").with("year", Arg::figures(year - 1));
    let message = message.row(vec![
        button("button-class-open", ClassTap::Open),
        button(before, ClassTap::Year(year - 1)),
    ]);
    if super::is_open(cx) {
        cx.leave();
    }
    cx.reply(message).await
}

/// A class and how it fares.
fn line<'s>(class: &Class, own: impl Iterator<Item = &'s Seat>) -> Phrase {
    let what = &class.what;
    let own: Vec<&Seat> = own.collect();
    match &class.cancelled {
        Some(cancelled) => Phrase::new("class-list-cancelled")
            .with("first", what.first)
            .with("last", what.last)
            .with("place", Arg::Typed(what.place.clone()))
            .with("number", Arg::Typed(what.number.clone()))
            .with("reason", Arg::Typed(cancelled.reason.clone())),
        None => fared("class-list-line", &own)
            .with("first", what.first)
            .with("last", what.last)
            .with("place", Arg::Typed(what.place.clone()))
            .with("number", Arg::Typed(what.number.clone())),
    }
}

fn fared(key: &str, own: &[&Seat]) -> Phrase {
    let certified = own.iter().filter(|seat| is_certified(seat));
    Phrase::new(key)
        .with("sent", own.iter().filter(|seat| seat.counts()).count())
        .with("certified", certified.count())
        .with("open", own.iter().filter(|seat| seat.is_open()).count())
}

fn is_certified(seat: &Seat) -> bool {
    seat.outcome == Some(class::Outcome::Certified) && !seat.reversed
}

/// How many could be sent to each kind of class now, and whose certificate ends; also whether anybody
/// of those may study again.
async fn outlook(
    cx: &mut Cx<'_>,
    desk: &Desk,
    mut message: Message,
) -> Result<(Message, bool), Failure> {
    let Some(root) = desk.committee() else { return Ok((message, false)) };
    let dossiers = open_cases(cx, root).await?;
    let today = cx.today();
    for one in ClassKind::ALL {
        let ready = dossiers.iter().filter(|dossier| {
            let possible = dossier.road(cx.practice).possible(today);
            possible.iter().any(|(step, verdict)| *step == one.step() && verdict.is_possible())
        });
        let line = Phrase::new("class-ready").with("kind", kind(*one)).with("count", ready.count());
        message = message.line(line);
    }
    let ending: Vec<Ending<'_>> = dossiers
        .iter()
        .filter(|dossier| dossier.stage().needs_certificate())
        .filter_map(|dossier| sending::ending(cx.practice, dossier, today))
        .collect();
    if !ending.is_empty() {
        message = message.gap().line("class-ending");
    }
    for one in ending.iter().take(NAMED) {
        let left = (one.on - today).num_days();
        let key = if left < 0 { "class-ending-over" } else { "class-ending-line" };
        message = message.item(
            Phrase::new(key)
                .with("candidate", one.dossier.case.person)
                .with("unit", desk.units.name(one.dossier.case.unit))
                .with("on", one.on)
                .with("days", left.abs()),
        );
    }
    Ok((message, !ending.is_empty()))
}

/// One class, below what is said already.
pub(super) async fn show(
    cx: &mut Cx<'_>,
    desk: &Desk,
    class: &Class,
    head: Option<Phrase>,
) -> Outcome {
    let all = classes::seats(cx.tx, &[class.id]).await?;
    let own: Vec<&Seat> = all.iter().collect();
    let mut message = match head {
        Some(head) => Message::of(head).gap(),
        None => Message::new(),
    };
    let what = &class.what;
    message = message
        .title(Phrase::new("class-title").with("kind", kind(what.kind)))
        .line(Phrase::new("class-days").with("first", what.first).with("last", what.last))
        .line(Phrase::new("class-place").with("place", Arg::Typed(what.place.clone())))
        .line(Phrase::new("class-number").with("number", Arg::Typed(what.number.clone())));
    message = signatures(cx, class, message);
    message = message.line(match own.is_empty() {
        true => Phrase::new("class-empty"),
        false => fared("class-counts", &own),
    });
    message = by_branch(desk, &own, message);
    if class.cancelled.is_none() {
        message = actions(cx.today(), class, &own, message);
    }
    cx.reply(message.row(vec![back(class)])).await
}

/// Who opened it, and who cancelled it and why.
fn signatures(cx: &Cx<'_>, class: &Class, mut message: Message) -> Message {
    if let Some(by) = class.opened_by {
        message = message.line(Phrase::new("class-opened-by").with("by", by));
    }
    if let Some(cancelled) = &class.cancelled {
        message = message.line(
            Phrase::new("class-cancelled-by")
                .with("at", cx.practice.local(cancelled.at))
                .with("by", cancelled.by)
                .with("reason", Arg::Typed(cancelled.reason.clone())),
        );
    }
    message
}

/// Everybody who was sent, branch by branch, with what became of them.
fn by_branch(desk: &Desk, own: &[&Seat], mut message: Message) -> Message {
    for unit in desk.units.all() {
        let mut here = own.iter().filter(|seat| seat.unit == unit.id).peekable();
        if here.peek().is_some() {
            message = message.line(Phrase::new("class-unit").with("unit", &unit.name));
        }
        for seat in here {
            message = message.item(say::seat(seat));
        }
    }
    message
}

/// What can be done about a class that stands.
fn actions(today: NaiveDate, class: &Class, own: &[&Seat], message: Message) -> Message {
    let id = class.id;
    let mut first = vec![button("button-class-add", ClassTap::Add(id))];
    if own.iter().any(|seat| seat.is_open()) && today >= class.what.last {
        first.insert(0, button("button-class-certify", ClassTap::Certify(id)));
    }
    let held = own.iter().any(|seat| seat.outcome == Some(class::Outcome::Certified));
    let cancel = (!held).then(|| button("button-class-cancel", ClassTap::Cancel(id)));
    message.row(first).row(cancel.into_iter().collect())
}

/// Back to the list of the class's year.
fn back(class: &Class) -> Button {
    button("button-class-list", ClassTap::Year(class.what.first.year()))
}

/// How long before today and after it a class that is not over can begin, in days.
const BEGAN: u64 = 60;
const BEGINS: u64 = 400;

/// The next class of the kind that is not over, if there is one.
pub(super) async fn next(cx: &mut Cx<'_>, kind: ClassKind) -> Result<Option<Class>, Failure> {
    let today = cx.today();
    let (from, to) = (today - Days::new(BEGAN), today + Days::new(BEGINS));
    let ahead = operation::beginning(&mut cx.work().await?, from, to).await?;
    Ok(ahead.into_iter().find(|class| {
        class.cancelled.is_none() && class.what.kind == kind && class.what.last >= today
    }))
}
