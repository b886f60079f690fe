//! Sending people to a class: those whom the guards of the road let go, several at once.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::notify;
use super::{held, open_cases_on};
use crate::domain::audit::{Act, Field};
use crate::domain::class::sent_on;
use crate::domain::ids::{CaseId, ClassId};
use crate::domain::road::{Evidence, Studied, Verdict};
use crate::message::Arg;
use crate::operations::cases::{Dossier, taking};
use crate::operations::rights::Right;
use crate::operations::work::{Refused, Work, refuse};
use crate::store::audit::Entry;
use crate::store::classes::{self, Class};
use crate::store::road;

/// What came of sending people to a class.
#[derive(Debug)]
pub enum Sending {
    /// So many were sent.
    Done(usize),
    /// Some may not go, so nobody was sent: who could go, and who may not.
    Stay { going: Vec<CaseId>, staying: Vec<Arg> },
}

/// Everybody on the road below the committee, with what stands in the way of sending them, as they are on the
/// day they are sent; in the order of the branches.
pub async fn judged(
    work: &mut Work<'_>,
    class: &Class,
) -> Result<Vec<(Dossier, Verdict)>, Refused> {
    let today = work.today();
    let on = sent_on(class.what.first, today);
    let dossiers = open_cases_on(work, class.what.unit, on).await?;
    let (step, practice) = (class.what.kind.step(), work.practice);
    let judge = |dossier: Dossier| {
        let verdict = dossier.road(practice).judge(step, &evidence(class, today), today);
        (dossier, verdict)
    };
    Ok(dossiers.into_iter().map(judge).collect())
}

/// What the step of everybody who is sent is told.
fn evidence(class: &Class, today: NaiveDate) -> Evidence {
    Evidence {
        on: Some(sent_on(class.what.first, today)),
        number: Some(class.what.number.clone()),
        studied: Some(Studied::Sent),
        ..Evidence::default()
    }
}

/// Who of some may go, and who may not, each once. Nobody's details are opened for it, which would be written
/// down.
async fn split(
    work: &mut Work<'_>,
    class: &Class,
    chosen: &[CaseId],
) -> Result<(Vec<Dossier>, Vec<Arg>), Refused> {
    let step = class.what.kind.step();
    let judged = judged(work, class).await?.into_iter();
    let mut judged: HashMap<CaseId, (Dossier, Verdict)> =
        judged.map(|(dossier, verdict)| (dossier.case.id, (dossier, verdict))).collect();
    let (mut going, mut staying, mut once) = (Vec::new(), Vec::new(), HashSet::new());
    for case in chosen.iter().filter(|case| once.insert(**case)) {
        match judged.remove(case) {
            Some((dossier, verdict)) if verdict.is_possible() && dossier.may(step) => {
                going.push(dossier);
            }
            Some((dossier, _)) => staying.push(dossier.candidate()),
            None => staying.push(off_the_road(work, *case).await?),
        }
    }
    Ok((going, staying))
}

/// Whose case has come to its end, or gone to another committee, since they were chosen.
async fn off_the_road(work: &mut Work<'_>, case: CaseId) -> Result<Arg, Refused> {
    match road::get(work.tx, case).await? {
        Some(case) if work.may(Right::SeeDossiers, case.unit) => Ok(Arg::Who(case.person)),
        _ => refuse("tap-stale"),
    }
}

/// Takes the step for everybody, if all of them may still go. They, their branches and their mentors
/// are told.
pub async fn send(work: &mut Work<'_>, id: ClassId, chosen: &[CaseId]) -> Result<Sending, Refused> {
    let class = held(work, id).await?;
    let (me, today) = (work.me()?.id, work.today());
    if chosen.is_empty() {
        return refuse("class-nobody-chosen");
    }
    let (going, staying) = split(work, &class, chosen).await?;
    let ids: Vec<CaseId> = going.iter().map(|dossier| dossier.case.id).collect();
    if !staying.is_empty() {
        return Ok(Sending::Stay { going: ids, staying });
    }
    let (step, on) = (class.what.kind.step(), sent_on(class.what.first, today));
    for dossier in &going {
        taking::record(work, dossier, step, on, evidence(&class, today)).await?;
        classes::seat(work.tx, &class, dossier.case.id, me, work.now).await?;
    }
    let codes: Vec<&str> = going.iter().map(|dossier| dossier.case.code.as_str()).collect();
    let entry = Entry::new(Act::ClassSent, class.id.code())
        .became(Field::Class, class.what.kind)
        .became(Field::Cases, codes);
    work.note(entry).await?;
    let mut seats = classes::seats(work.tx, &[class.id]).await?;
    seats.retain(|seat| seat.is_open() && ids.contains(&seat.case));
    let about: Vec<notify::About> = seats.iter().map(notify::About::of).collect();
    notify::tell(work, &class, notify::News::Sent, &about).await?;
    Ok(Sending::Done(going.len()))
}
