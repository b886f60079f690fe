//! Sending people to a class: those whom the guards of the road let go, several at once.

use chrono::NaiveDate;

use super::notify;
use super::{held, open_cases};
use crate::domain::audit::{Act, Field};
use crate::domain::class::sent_on;
use crate::domain::ids::{CaseId, ClassId};
use crate::domain::road::{Evidence, Studied, Verdict};
use crate::message::Arg;
use crate::operations::cases::{self, Dossier, taking};
use crate::operations::work::{Refused, Work, refuse};
use crate::store::audit::Entry;
use crate::store::classes::{self, Class};

/// What came of sending people to a class.
#[derive(Debug)]
pub enum Sending {
    /// So many were sent.
    Done(usize),
    /// Some may not go, so nobody was sent: who could go, and who may not.
    Stay { going: Vec<CaseId>, staying: Vec<Arg> },
}

/// Everybody on the road below the committee, with what stands in the way of sending them; in the
/// order of the branches.
pub async fn judged(
    work: &mut Work<'_>,
    class: &Class,
) -> Result<Vec<(Dossier, Verdict)>, Refused> {
    let dossiers = open_cases(work, class.what.unit).await?;
    let judge = |dossier| (verdict(work, class, &dossier), dossier);
    Ok(dossiers.into_iter().map(judge).map(|(verdict, dossier)| (dossier, verdict)).collect())
}

fn verdict(work: &Work<'_>, class: &Class, dossier: &Dossier) -> Verdict {
    let today = work.today();
    dossier.road(work.practice).judge(class.what.kind.step(), &evidence(class, today), today)
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

/// Who of some may go, and who may not. Nobody's details are opened for it, which would be written down.
async fn split(
    work: &mut Work<'_>,
    class: &Class,
    chosen: &[CaseId],
) -> Result<(Vec<CaseId>, Vec<Arg>), Refused> {
    let judged = judged(work, class).await?;
    let (mut going, mut staying) = (Vec::new(), Vec::new());
    for case in chosen {
        match judged.iter().find(|(dossier, _)| dossier.case.id == *case) {
            Some((dossier, verdict)) if !verdict.is_possible() => staying.push(dossier.candidate()),
            _ => going.push(*case),
        }
    }
    Ok((going, staying))
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
    if !staying.is_empty() {
        return Ok(Sending::Stay { going, staying });
    }
    let (step, on) = (class.what.kind.step(), sent_on(class.what.first, today));
    let (mut going, mut staying) = (Vec::<Dossier>::new(), Vec::new());
    for case in chosen {
        if going.iter().any(|dossier| dossier.case.id == *case) {
            continue;
        }
        let dossier = cases::on(work, *case, on).await?;
        let may = dossier.may(step)
            && work.units.is_within(dossier.case.unit, class.what.unit)
            && verdict(work, &class, &dossier).is_possible();
        if may { going.push(dossier) } else { staying.push(dossier.candidate()) }
    }
    let ids: Vec<CaseId> = going.iter().map(|dossier| dossier.case.id).collect();
    if !staying.is_empty() {
        return Ok(Sending::Stay { going: ids, staying });
    }
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
