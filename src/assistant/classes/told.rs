//! Who hears of a class: of each branch its secretary, in one message however many are concerned;
//! each mentor, of those they guide; and whoever was sent, where an account of theirs can be reached.

use std::collections::BTreeMap;

use super::{Cx, Desk, Failure, Outcome, Phrase, named, seated};
use crate::domain::class::{self, ClassKind};
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::people::Person;
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message};
use crate::outbound::{self, Addressee};
use crate::store::classes::{Class, Seat};
use crate::store::{people, road};
use crate::taps::{RoadTap, Tap};

/// How many cases of a message get a button.
const BUTTONS: usize = 12;

/// What there is to tell.
#[derive(Clone, Copy)]
pub(super) enum News<'r> {
    Sent,
    /// Who got a certificate and who did not.
    Settled,
    /// With the reason.
    Cancelled(&'r Typed),
}

/// Somebody a class concerns.
#[derive(Clone)]
pub(super) struct About {
    pub case: CaseId,
    pub unit: UnitId,
    pub code: String,
    /// What is said of them.
    pub line: Phrase,
}

impl About {
    /// Only who it is.
    pub fn of(seat: &Seat) -> Self {
        Self::saying(seat, Phrase::new("class-person").with("candidate", seated(seat)))
    }

    pub fn saying(seat: &Seat, line: Phrase) -> Self {
        Self { case: seat.case, unit: seat.unit, code: seat.code.clone(), line }
    }
}

/// What became of somebody, after their code.
pub(super) fn result(seat: &Seat) -> Phrase {
    match (seat.outcome, &seat.certificate) {
        _ if seat.reversed && seat.outcome.is_none_or(class::Outcome::keeps_the_step) => {
            Phrase::new("class-result-withdrawn")
        }
        (Some(class::Outcome::Certified), Some((number, on))) => {
            Phrase::new("class-result-certified")
                .with("number", Arg::Typed(number.clone()))
                .with("on", *on)
        }
        (Some(outcome), _) => Phrase::new(format!("class-outcome-{outcome}")),
        (None, _) => Phrase::new("class-result-open"),
    }
}

pub(super) async fn tell(
    cx: &mut Cx<'_>,
    desk: &Desk,
    class: &Class,
    news: News<'_>,
    about: &[About],
) -> Outcome {
    let told = secretaries(cx, desk, class, news, about).await?;
    mentors(cx, desk, class, news, about, &told).await?;
    if !matches!(news, News::Settled) {
        themselves(cx, desk, class, news, about).await?;
    }
    Ok(())
}

fn head(desk: &Desk, class: &Class, news: News<'_>, person: &Person) -> Phrase {
    let key = match news {
        News::Sent => "class-told-sent",
        News::Settled => "class-told-settled",
        News::Cancelled(_) => "class-told-cancelled",
    };
    filled(key, desk, class, news).with("name", person.id)
}

fn filled(key: &str, desk: &Desk, class: &Class, news: News<'_>) -> Phrase {
    let phrase = Phrase::new(key)
        .with("committee", desk.units.name(class.what.unit))
        .with("class", named(class));
    match news {
        News::Cancelled(reason) => phrase.with("reason", reason),
        _ => phrase,
    }
}

/// Who leads each branch; gives who was told of which branch.
async fn secretaries(
    cx: &mut Cx<'_>,
    desk: &Desk,
    class: &Class,
    news: News<'_>,
    about: &[About],
) -> Result<Vec<(PersonId, UnitId)>, Failure> {
    let (me, today) = (cx.me()?.id, cx.today());
    let mut by_unit: BTreeMap<UnitId, Vec<&About>> = BTreeMap::new();
    for one in about {
        by_unit.entry(one.unit).or_default().push(one);
    }
    let mut told = Vec::new();
    for (unit, theirs) in by_unit {
        let leader = outbound::leader(cx.tx, unit, today).await?;
        let Some(Addressee { person: leader, fallbacks }) = leader else { continue };
        told.push((leader.id, unit));
        if leader.id == me {
            continue;
        }
        let message = list(head(desk, class, news, &leader), &theirs).row(buttons(&theirs));
        let key = format!("{}:{}:{}", cx.once("class"), leader.id.0, unit.0);
        cx.tell(&leader, Some(unit), &fallbacks, key, message).await?;
    }
    Ok(told)
}

fn list(head: Phrase, about: &[&About]) -> Message {
    let lines = about.iter().map(|one| one.line.clone());
    lines.fold(Message::of(head), Message::item).line("reminder-regards")
}

fn buttons(about: &[&About]) -> Vec<Button> {
    let open = |one: &&About| {
        let label = Phrase::new("page-open-button").with("code", Arg::code(&one.code));
        Button::new(label, Tap::Road(RoadTap::Open(one.case)))
    };
    about.iter().take(BUTTONS).map(open).collect()
}

/// Each mentor, unless they were told as the branch's secretary.
async fn mentors(
    cx: &mut Cx<'_>,
    desk: &Desk,
    class: &Class,
    news: News<'_>,
    about: &[About],
    told: &[(PersonId, UnitId)],
) -> Outcome {
    let (me, today) = (cx.me()?.id, cx.today());
    let cases: Vec<CaseId> = about.iter().map(|one| one.case).collect();
    let guides = road::mentors(cx.tx, &cases, today).await?;
    let mut by_mentor: BTreeMap<PersonId, Vec<&About>> = BTreeMap::new();
    for one in about {
        for mentor in guides.get(&one.case).into_iter().flatten() {
            if *mentor != me && !told.contains(&(*mentor, one.unit)) {
                by_mentor.entry(*mentor).or_default().push(one);
            }
        }
    }
    let ids: Vec<PersonId> = by_mentor.keys().copied().collect();
    for mentor in people::load(cx.tx, &ids, today).await? {
        let Some(theirs) = by_mentor.get(&mentor.id) else { continue };
        let message = list(head(desk, class, news, &mentor), theirs);
        let key = format!("{}:{}", cx.once("class:mentor"), mentor.id.0);
        cx.tell(&mentor, theirs.first().map(|one| one.unit), &[], key, message).await?;
    }
    Ok(())
}

/// Those who were sent; who has no account that can be reached hears of it from the branch.
async fn themselves(
    cx: &mut Cx<'_>,
    desk: &Desk,
    class: &Class,
    news: News<'_>,
    about: &[About],
) -> Outcome {
    let today = cx.today();
    let mut units: BTreeMap<PersonId, UnitId> = BTreeMap::new();
    for one in about {
        if let Some(case) = road::get(cx.tx, one.case).await? {
            units.insert(case.person, one.unit);
        }
    }
    let ids: Vec<PersonId> = units.keys().copied().collect();
    let reachable = outbound::reachable(cx.tx, &ids).await?;
    let key = match news {
        News::Cancelled(_) => "class-self-cancelled",
        _ => "class-self-sent",
    };
    for person in people::load(cx.tx, &ids, today).await? {
        if !reachable.contains(&person.id) {
            continue;
        }
        let name = Arg::Who(person.id);
        let whom = match class.what.kind {
            ClassKind::Awareness => Phrase::new("class-self-guest").with("name", name),
            ClassKind::NewMember => Phrase::new("class-self-comrade").with("name", name),
        };
        let message = Message::of(filled(key, desk, class, news).with("whom", whom));
        let key = format!("{}:{}", cx.once("class:self"), person.id.0);
        cx.tell(&person, units.get(&person.id).copied(), &[], key, message).await?;
    }
    Ok(())
}
