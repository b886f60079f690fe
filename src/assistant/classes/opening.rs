//! Opening a class: its kind, its days, where it is held, and by which document.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Claim, ClassTap, Cx, Desk, Failure, NAME, Outcome, Phrase, Position, button, class, named,
    operation, page, typed_date,
};
use crate::domain::class::ClassKind;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::message::{Arg, Message};
use crate::operations::classes::Opened;
use crate::phrasing::{self, class::kind};
use crate::store::classes::Draft;

/// What is told so far, in the order it is asked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Plan {
    kind: Option<ClassKind>,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    place: Option<Typed>,
    number: Option<Typed>,
}

impl Plan {
    /// The class, once everything is told.
    fn whole(&self, desk: &Desk) -> Option<Draft> {
        Some(Draft {
            unit: desk.committee()?,
            kind: self.kind?,
            first: self.first?,
            last: self.last?,
            place: self.place.clone()?,
            number: self.number.clone()?,
        })
    }
}

/// Asks the next question; everything once more when there is none.
pub(super) async fn ask(cx: &mut Cx<'_>, desk: &Desk, plan: Plan) -> Outcome {
    let message = match (&plan, plan.whole(desk)) {
        (_, Some(what)) => preview(cx, &what).await?,
        (Plan { kind: None, .. }, _) => {
            let choose = |one: &ClassKind| {
                let label = Phrase::new("class-open-kind").with("kind", kind(*one));
                vec![button(label, ClassTap::Kind(*one))]
            };
            ClassKind::ALL.iter().map(choose).fold(Message::of("class-ask-kind"), Message::row)
        }
        (Plan { first: None, .. }, _) => Message::of("class-ask-first"),
        (Plan { first: Some(first), last: None, .. }, _) => {
            let label = Phrase::new("class-day-button").with("on", *first);
            Message::of(Phrase::new("class-ask-last").with("first", *first))
                .row(vec![button(label, ClassTap::Day(*first))])
        }
        (Plan { place: None, .. }, _) => Message::of("class-ask-place"),
        _ => Message::of("class-ask-number"),
    };
    cx.ask(NAME, &Position::Opening { plan }, message).await
}

async fn preview(cx: &mut Cx<'_>, what: &Draft) -> Result<Message, Failure> {
    let mut message = Message::new()
        .title("class-open-preview")
        .item(Phrase::new("class-open-kind").with("kind", kind(what.kind)))
        .item(Phrase::new("class-days").with("first", what.first).with("last", what.last))
        .item(Phrase::new("class-place").with("place", Arg::Typed(what.place.clone())))
        .item(Phrase::new("class-number").with("number", Arg::Typed(what.number.clone())));
    if operation::alike(&mut cx.work().await?, what).await?.is_some() {
        message = message.line("class-open-alike");
    }
    Ok(message.row(vec![
        button("button-class-open-now", ClassTap::Confirm),
        button("button-class-anew", ClassTap::Anew),
    ]))
}

pub(super) async fn tap(cx: &mut Cx<'_>, desk: &Desk, mut plan: Plan, tap: ClassTap) -> Outcome {
    match tap {
        ClassTap::Kind(kind) if plan.kind.is_none() => plan.kind = Some(kind),
        ClassTap::Day(on) if plan.first.is_some() && plan.last.is_none() => {
            return take_day(cx, desk, plan, on).await;
        }
        ClassTap::Anew => plan = Plan::default(),
        ClassTap::Confirm => {
            return match plan.whole(desk) {
                Some(what) => open(cx, desk, &what).await,
                None => cx.stale().await,
            };
        }
        _ => return cx.stale().await,
    }
    ask(cx, desk, plan).await
}

pub(super) async fn text(
    cx: &mut Cx<'_>,
    desk: &Desk,
    mut plan: Plan,
    text: &str,
) -> Result<Claim, Failure> {
    if plan.kind.is_none() {
        let Some(kind) = spoken_kind(&fold(text)) else { return Ok(Claim::NotMine) };
        plan.kind = Some(kind);
    } else if plan.first.is_none() || plan.last.is_none() {
        let Some(on) = typed_date(text, cx.today())? else { return Ok(Claim::NotMine) };
        take_day(cx, desk, plan, on).await?;
        return Ok(Claim::Done);
    } else if plan.place.is_none() {
        let place = Typed::new(text);
        operation::must_be_a_place(&place)?;
        plan.place = Some(place);
    } else if plan.number.is_none() {
        let number = Typed::new(text);
        operation::must_be_a_number(&number, cx.today())?;
        plan.number = Some(number);
    } else {
        return Ok(Claim::NotMine);
    }
    ask(cx, desk, plan).await?;
    Ok(Claim::Done)
}

fn spoken_kind(folded: &str) -> Option<ClassKind> {
    if folded.contains("nhan thuc") {
        return Some(ClassKind::Awareness);
    }
    folded.contains("dang vien moi").then_some(ClassKind::NewMember)
}

/// Takes the first or the last day, if it can be one.
async fn take_day(cx: &mut Cx<'_>, desk: &Desk, mut plan: Plan, on: NaiveDate) -> Outcome {
    match plan.first {
        None => {
            operation::must_be_a_first_day(on, cx.today())?;
            plan.first = Some(on);
        }
        Some(first) => {
            operation::must_be_a_last_day(first, on)?;
            plan.last = Some(on);
        }
    }
    ask(cx, desk, plan).await
}

async fn open(cx: &mut Cx<'_>, desk: &Desk, what: &Draft) -> Outcome {
    let opened = operation::open(&mut cx.work().await?, what).await?;
    cx.leave();
    let (class, head) = match opened {
        Opened::Done(id) => {
            let class = class(cx, id).await?;
            let head = Phrase::new("class-open-done").with("class", named(&class.what));
            (class, head)
        }
        Opened::Already(class) => {
            let by = phrasing::somebody(class.opened_by);
            (class, Phrase::new("class-open-already").with("by", by))
        }
    };
    page::show(cx, desk, &class, Some(head)).await
}
