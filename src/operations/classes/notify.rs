//! Who hears of a class: of each branch its secretary, in one message however many are concerned;
//! each mentor, of those they guide; and whoever was sent, where an account of theirs can be reached.

use std::collections::BTreeMap;

use crate::domain::class::ClassKind;
use crate::domain::ids::{CaseId, PersonId, UnitId};
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::work::Work;
use crate::outbound::{self, Addressee};
use crate::phrasing::class as say;
use crate::store::classes::{Class, Seat};
use crate::store::{StoreError, people, road};
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
pub(super) struct About {
    case: CaseId,
    person: PersonId,
    unit: UnitId,
    code: String,
    /// What is said of them.
    line: Phrase,
}

impl About {
    /// Only who it is.
    pub fn of(seat: &Seat) -> Self {
        Self::saying(seat, Phrase::new("class-person").with("candidate", seat.person))
    }

    pub fn saying(seat: &Seat, line: Phrase) -> Self {
        Self {
            case: seat.case,
            person: seat.person,
            unit: seat.unit,
            code: seat.code.clone(),
            line,
        }
    }
}

pub(super) async fn tell(
    work: &mut Work<'_>,
    class: &Class,
    news: News<'_>,
    about: &[About],
) -> Result<(), StoreError> {
    let told = secretaries(work, class, news, about).await?;
    mentors(work, class, news, about, &told).await?;
    match news {
        News::Settled => Ok(()),
        News::Sent | News::Cancelled(_) => themselves(work, class, news, about).await,
    }
}

fn head(work: &Work<'_>, class: &Class, news: News<'_>, to: PersonId) -> Phrase {
    let key = match news {
        News::Sent => "class-told-sent",
        News::Settled => "class-told-settled",
        News::Cancelled(_) => "class-told-cancelled",
    };
    filled(key, work, class, news).with("name", to)
}

fn filled(key: &str, work: &Work<'_>, class: &Class, news: News<'_>) -> Phrase {
    let phrase = Phrase::new(key)
        .with("committee", work.units.name(class.what.unit))
        .with("class", say::named(&class.what));
    match news {
        News::Cancelled(reason) => phrase.with("reason", reason),
        _ => phrase,
    }
}

/// Who leads each branch; gives who was told of which branch.
async fn secretaries(
    work: &mut Work<'_>,
    class: &Class,
    news: News<'_>,
    about: &[About],
) -> Result<Vec<(PersonId, UnitId)>, StoreError> {
    let mut by_unit: BTreeMap<UnitId, Vec<&About>> = BTreeMap::new();
    for one in about {
        by_unit.entry(one.unit).or_default().push(one);
    }
    let mut told = Vec::new();
    for (unit, theirs) in by_unit {
        let Some(to) = work.leader(unit).await? else { continue };
        let leader = to.person.id;
        told.push((leader, unit));
        let message = list(head(work, class, news, leader), &theirs).row(buttons(&theirs));
        work.tell(&to, unit, &format!("class:{}:{}", leader.0, unit.0), message).await?;
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
    work: &mut Work<'_>,
    class: &Class,
    news: News<'_>,
    about: &[About],
    told: &[(PersonId, UnitId)],
) -> Result<(), StoreError> {
    let today = work.today();
    let cases: Vec<CaseId> = about.iter().map(|one| one.case).collect();
    let guides = road::mentors(work.tx, &cases, today).await?;
    let mut by_mentor: BTreeMap<PersonId, Vec<&About>> = BTreeMap::new();
    for one in about {
        for mentor in guides.get(&one.case).into_iter().flatten() {
            if !work.is_me(*mentor) && !told.contains(&(*mentor, one.unit)) {
                by_mentor.entry(*mentor).or_default().push(one);
            }
        }
    }
    let ids: Vec<PersonId> = by_mentor.keys().copied().collect();
    for mentor in people::load(work.tx, &ids, today).await? {
        let Some(theirs) = by_mentor.get(&mentor.id) else { continue };
        let (unit, key) = (theirs.first().map(|one| one.unit), format!("class:{}", mentor.id.0));
        let message = list(head(work, class, news, mentor.id), theirs);
        work.tell(&Addressee::alone(mentor), unit, &key, message).await?;
    }
    Ok(())
}

/// Those who were sent; who has no account that can be reached hears of it from the branch.
async fn themselves(
    work: &mut Work<'_>,
    class: &Class,
    news: News<'_>,
    about: &[About],
) -> Result<(), StoreError> {
    let mut ids: Vec<PersonId> = about.iter().map(|one| one.person).collect();
    ids.sort();
    let reachable = outbound::reachable(work.tx, &ids).await?;
    ids.retain(|id| reachable.contains(id));
    let key = match news {
        News::Cancelled(_) => "class-self-cancelled",
        _ => "class-self-sent",
    };
    let today = work.today();
    for person in people::load(work.tx, &ids, today).await? {
        let name = Arg::Who(person.id);
        let whom = match class.what.kind {
            ClassKind::Awareness => Phrase::new("class-self-guest").with("name", name),
            ClassKind::NewMember => Phrase::new("class-self-comrade").with("name", name),
        };
        let message = Message::of(filled(key, work, class, news).with("whom", whom));
        let unit = about.iter().find(|one| one.person == person.id).map(|one| one.unit);
        let what = format!("class:self:{}", person.id.0);
        work.tell(&Addressee::alone(person), unit, &what, message).await?;
    }
    Ok(())
}
