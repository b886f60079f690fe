//! What `/nhansu` shows and asks.

use chrono::NaiveDate;

use super::{Asks, Plan};
use crate::domain::ids::UnitId;
use crate::domain::listed::Departure;
use crate::domain::people::{OfficeKind, Person, Status};
use crate::domain::personnel::Newcomer;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::message::{Arg, Button, Link, Message, Phrase};
use crate::operations::personnel::Looked;
use crate::phrasing;
use crate::taps::{PersonnelDeed, PersonnelTap, Tap};

/// Most buttons in one question; others are typed.
const SHOWN: usize = 20;

fn button(label: impl Into<Phrase>, tap: PersonnelTap) -> Button {
    Button::new(label, Tap::Personnel(tap))
}

pub(super) fn who() -> Message {
    let add = PersonnelTap::Begin { deed: PersonnelDeed::Add, person: None };
    Message::new()
        .title("personnel-title")
        .line("personnel-ask-who")
        .row(vec![button("personnel-button-add", add)])
}

/// The way to the page that takes in lists, where the channel has pages.
pub(super) fn with_lists(message: Message) -> Message {
    message.row(vec![Button::link("personnel-button-lists", Link::Lists)])
}

pub(super) fn several(people: &[Person]) -> Message {
    let mut message = Message::new().title("personnel-title").line("personnel-several");
    for one in people.iter().take(SHOWN) {
        let label = Phrase::new("handover-namesake")
            .with("name", one.id)
            .with("code", Arg::code(&one.code));
        message = message.row(vec![button(label, PersonnelTap::Somebody(one.id))]);
    }
    message
}

/// Somebody as they stand, with the changes that can be made.
pub(super) fn somebody(units: &UnitTree, looked: &Looked) -> Message {
    let person = &looked.person;
    let mut message = Message::new()
        .title(Phrase::new("personnel-somebody").with("who", person.id))
        .line(Phrase::new("personnel-code").with("code", Arg::code(&person.code)));
    message = match looked.was.placed {
        Some((unit, since)) => message.line(
            Phrase::new("personnel-placed").with("unit", units.name(unit)).with("since", since),
        ),
        None => message.line("personnel-unplaced"),
    };
    if let Some((status, since)) = looked.was.status {
        message = message.line(
            Phrase::new("personnel-stands")
                .with("status", Phrase::new(format!("status-{status}")))
                .with("since", since),
        );
    }
    for (office, unit, since) in &looked.held {
        message = message.line(
            Phrase::new("personnel-holds")
                .with("office", phrasing::office(*office))
                .with("unit", units.name(*unit))
                .with("since", *since),
        );
    }
    if let Some(case) = &looked.case {
        message = message.line(Phrase::new("personnel-has-road").with("code", Arg::code(case)));
    }
    let begin = |key: &'static str, deed: PersonnelDeed| {
        button(key, PersonnelTap::Begin { deed, person: Some(person.id) })
    };
    let on_road = looked.case.is_some();
    match (looked.was.placed.is_some(), on_road) {
        (true, false) => {
            message = message.row(vec![
                begin("personnel-button-move", PersonnelDeed::Move),
                begin("personnel-button-leave", PersonnelDeed::Leave),
            ]);
        }
        (false, false) => {
            message = message.row(vec![begin("personnel-button-return", PersonnelDeed::Return)]);
        }
        (_, true) => {}
    }
    message = message.row(vec![
        begin("personnel-button-rename", PersonnelDeed::Rename),
        begin("personnel-button-born", PersonnelDeed::Born),
    ]);
    if looked.was.placed.is_some() {
        message = message.row(vec![begin("personnel-button-appoint", PersonnelDeed::Appoint)]);
    }
    if !on_road {
        message = message.row(vec![begin("personnel-button-become", PersonnelDeed::Become)]);
    }
    for (office, unit, _) in &looked.held {
        let label = Phrase::new("personnel-button-release")
            .with("office", phrasing::office(*office))
            .with("unit", units.name(*unit));
        let deed = PersonnelDeed::Release { office: *office, unit: *unit };
        let tap = PersonnelTap::Begin { deed, person: Some(person.id) };
        message = message.row(vec![button(label, tap)]);
    }
    message
}

/// What is being changed, above each question.
pub(super) fn about(plan: &Plan, looked: Option<&Looked>) -> Phrase {
    let key = match plan.deed {
        PersonnelDeed::Add => return Phrase::new("personnel-about-add"),
        PersonnelDeed::Rename => "personnel-about-rename",
        PersonnelDeed::Born => "personnel-about-born",
        PersonnelDeed::Move => "personnel-about-move",
        PersonnelDeed::Leave => "personnel-about-leave",
        PersonnelDeed::Return => "personnel-about-return",
        PersonnelDeed::Become => "personnel-about-become",
        PersonnelDeed::Appoint => "personnel-about-appoint",
        PersonnelDeed::Release { .. } => "personnel-about-release",
    };
    match looked {
        Some(looked) => Phrase::new(key).with("who", looked.person.id),
        None => Phrase::new("personnel-about-add"),
    }
}

/// A question with the answers that buttons give.
pub(super) fn ask(
    about: Phrase,
    asks: Asks,
    plan: &Plan,
    (units, may): (&UnitTree, &[UnitId]),
    looked: Option<&Looked>,
    today: NaiveDate,
) -> Message {
    let mut message = Message::new().title(about);
    let here = looked.and_then(|looked| looked.was.placed).map(|(unit, _)| unit);
    match asks {
        Asks::Name => message.line("introduce-new-name"),
        Asks::Born => message.line("introduce-new-born"),
        Asks::Unit => {
            message = message.line("personnel-ask-unit");
            let moves = plan.deed == PersonnelDeed::Move;
            let offered = may.iter().filter(|unit| !moves || Some(**unit) != here);
            for unit in offered.take(SHOWN) {
                let label = Phrase::new("introduce-unit").with("unit", units.name(*unit));
                message = message.row(vec![button(label, PersonnelTap::Unit(*unit))]);
            }
            message
        }
        Asks::Status => {
            message = message.line("personnel-ask-status");
            for status in Status::ALL {
                let label = Phrase::new(format!("status-{status}"));
                message = message.row(vec![button(label, PersonnelTap::Status(*status))]);
            }
            message
        }
        Asks::How => {
            message = message.line("personnel-ask-how");
            for how in Departure::ALL {
                let label = Phrase::new(format!("departure-{how}"));
                message = message.row(vec![button(label, PersonnelTap::How(*how))]);
            }
            message
        }
        Asks::Office => {
            message = message.line("personnel-ask-office");
            for office in OfficeKind::ALL {
                let label = phrasing::office(*office);
                message = message.row(vec![button(label, PersonnelTap::Office(*office))]);
            }
            message
        }
        Asks::Day => {
            let label = Phrase::new("handover-since-today").with("date", today);
            message.line("personnel-ask-day").row(vec![button(label, PersonnelTap::Day(today))])
        }
    }
}

/// What words answer where buttons are offered.
pub(super) fn by_words(plan: &Plan, text: &str) -> Option<Plan> {
    let typed = fold(text);
    let mut plan = plan.clone();
    match plan.lacks()? {
        Asks::Status => {
            plan.status = Some(match typed.as_str() {
                "quan chung" => Status::NonMember,
                "du bi" | "dang vien du bi" => Status::Probationary,
                "chinh thuc" | "dang vien chinh thuc" => Status::Official,
                _ => return None,
            });
        }
        Asks::How => {
            plan.how = Some(match typed.as_str() {
                "chuyen di" | "ngoai dang bo" | "chuyen di dang bo khac" | "chuyen ra ngoai" => {
                    Departure::Outside
                }
                "trong dang bo" | "chuyen di trong dang bo" => Departure::Within,
                "tu tran" | "mat" | "da mat" => Departure::Died,
                "khai tru" => Departure::Expelled,
                "xoa ten" => Departure::StruckOff,
                "xin ra" | "xin ra khoi dang" => Departure::Withdrew,
                _ => return None,
            });
        }
        Asks::Office => {
            plan.office = Some(match typed.as_str() {
                "bi thu" => OfficeKind::Secretary,
                "pho bi thu" => OfficeKind::Deputy,
                "cap uy vien" | "chi uy vien" | "dang uy vien" => OfficeKind::Committee,
                "van phong" | "van phong dang uy" => OfficeKind::Office,
                "doan the" | "dau moi doan the" | "doan thanh nien" | "cong doan" => {
                    OfficeKind::Union
                }
                _ => return None,
            });
        }
        _ => return None,
    }
    Some(plan)
}

pub(super) fn newcomer(units: &UnitTree, who: &Newcomer) -> Phrase {
    let key = if who.born.is_some() { "personnel-add-born" } else { "personnel-add" };
    let said = Phrase::new(key)
        .with("name", Arg::Typed(who.name.clone()))
        .with("unit", units.name(who.unit))
        .with("status", Phrase::new(format!("status-{}", who.status)))
        .with("since", who.since);
    match who.born {
        Some(born) => said.with("born", born),
        None => said,
    }
}

pub(super) fn confirm(about: Phrase, lines: Vec<Phrase>) -> Message {
    let mut message = Message::new().title(about);
    for line in lines {
        message = message.line(line);
    }
    message.row(vec![
        button("button-confirm", PersonnelTap::Confirm),
        button("button-edit", PersonnelTap::Anew),
    ])
}

pub(super) fn done(said: Phrase) -> Message {
    Message::new().line(Phrase::new("personnel-done").with("what", said))
}

pub(super) fn renamed(name: &Typed) -> Message {
    Message::new().line(Phrase::new("personnel-renamed").with("name", Arg::Typed(name.clone())))
}

pub(super) fn added(code: &str) -> Message {
    Message::new().line(Phrase::new("personnel-added").with("code", Arg::code(code)))
}
