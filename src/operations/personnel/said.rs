//! A change to somebody in sentences: what it is, what follows, and whoever is told.

use super::Foreseen;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::full_name;
use crate::domain::personnel::Change;
use crate::domain::typed::Typed;
use crate::message::{Arg, Message, Phrase};
use crate::operations::work::Work;
use crate::outbound::Addressee;
use crate::phrasing;
use crate::store::{StoreError, people};

/// Tells whoever leads the units that somebody leaves and comes to.
pub(super) async fn tell(
    work: &mut Work<'_>,
    foreseen: &Foreseen,
    change: &Change,
) -> Result<(), StoreError> {
    let units: Vec<UnitId> = match change {
        Change::Rename { .. } | Change::CorrectBirth { .. } | Change::Become { .. } => {
            return Ok(());
        }
        Change::Move { to, .. } => {
            foreseen.was.placed.map(|(unit, _)| unit).into_iter().chain([*to]).collect()
        }
        Change::Leave { .. } => foreseen.was.placed.map(|(unit, _)| unit).into_iter().collect(),
        Change::Return { unit, .. }
        | Change::Appoint { unit, .. }
        | Change::Release { unit, .. } => vec![*unit],
    };
    // Whom an office passes to and from hears of it; who moves or leaves knows.
    let mut ids = foreseen.instead_of.clone();
    if matches!(change, Change::Appoint { .. } | Change::Release { .. }) {
        ids.push(foreseen.person.id);
    }
    ids.retain(|id| !work.is_me(*id));
    let concerned = people::load(work.tx, &ids, work.today()).await?;
    let mut to: Vec<Addressee> = concerned.into_iter().map(Addressee::alone).collect();
    for unit in &units {
        to.extend(work.leader(*unit).await?);
    }
    let mut told: Vec<PersonId> = Vec::new();
    for addressee in to {
        let name = addressee.person.id;
        let is_the_one_who_goes = name == foreseen.person.id && !ids.contains(&name);
        if told.contains(&name) || is_the_one_who_goes {
            continue;
        }
        told.push(name);
        let what = said(work, foreseen, change);
        let told = Phrase::new("personnel-told").with("name", name).with("what", what);
        let mut message = Message::new().line(told);
        for line in follows(work, foreseen) {
            message = message.line(line);
        }
        let unit = units.first().copied();
        work.tell(&addressee, unit, &format!("personnel-{}", name.0), message).await?;
    }
    Ok(())
}

/// A change in a sentence.
pub fn said(work: &Work<'_>, foreseen: &Foreseen, change: &Change) -> Phrase {
    let of = |key: &str| Phrase::new(key).with("who", foreseen.person.id);
    let name = |unit: &UnitId| work.units.name(*unit);
    match change {
        Change::Rename { name } => {
            let name = full_name(name.as_written()).unwrap_or_default();
            of("personnel-rename").with("to", Arg::Typed(Typed::new(name)))
        }
        Change::CorrectBirth { born } => of("personnel-born").with("born", *born),
        Change::Move { to, since } => {
            of("personnel-move").with("unit", name(to)).with("since", *since)
        }
        Change::Leave { on, how, to } => {
            let how = Phrase::new(format!("departure-{how}"));
            let said = match to {
                Some(to) => of("personnel-leave-to").with("to", to),
                None => of("personnel-leave"),
            };
            said.with("since", *on).with("how", how)
        }
        Change::Return { unit, since } => {
            of("personnel-return").with("unit", name(unit)).with("since", *since)
        }
        Change::Become { status, on } => {
            let status = Phrase::new(format!("status-{status}"));
            of("personnel-become").with("status", status).with("since", *on)
        }
        Change::Appoint { office, unit, since } => of("personnel-appoint")
            .with("office", phrasing::office(*office))
            .with("unit", name(unit))
            .with("since", *since),
        Change::Release { office, unit, since } => of("personnel-release")
            .with("office", phrasing::office(*office))
            .with("unit", name(unit))
            .with("since", *since),
    }
}

/// What else follows, a line each.
pub fn follows(work: &Work<'_>, foreseen: &Foreseen) -> Vec<Phrase> {
    let mut lines = Vec::new();
    for (office, unit) in &foreseen.ended {
        lines.push(
            Phrase::new("personnel-ends-office")
                .with("office", phrasing::office(*office))
                .with("unit", work.units.name(*unit)),
        );
    }
    if !foreseen.guided.is_empty() {
        let codes = foreseen.guided.join(", ");
        lines.push(Phrase::new("personnel-ends-guidance").with("codes", Arg::code(&codes)));
    }
    for holder in &foreseen.instead_of {
        lines.push(Phrase::new("personnel-instead").with("name", *holder));
    }
    let (drafts, duties) = foreseen.waiting;
    if drafts > 0 || duties > 0 {
        lines.push(Phrase::new("personnel-waiting").with("drafts", drafts).with("duties", duties));
    }
    lines
}
