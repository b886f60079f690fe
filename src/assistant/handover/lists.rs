//! The lists to choose from, candidates or offices, and what a text typed under one of them means: a
//! code, a name or words of it, the title of an office. Of several that fit only those are shown
//! again.

use super::{NAME, Plan, Position, ask, or_leave, questions};
use crate::assistant::engine::context::Cx;
use crate::assistant::engine::failure::{Failure, Outcome, refuse};
use crate::assistant::engine::feature::Claim;
use crate::domain::ids::{CaseId, UnitId};
use crate::domain::name::{Fit, best};
use crate::domain::people::{OfficeKind, Person};
use crate::domain::report::leading_case_code;
use crate::domain::text::fold;
use crate::domain::typed::Typed;
use crate::domain::units::{self, Unit};
use crate::message::{Arg, Message, Phrase};
use crate::operations::mentorships;
use crate::operations::offices::{self, Held};
use crate::operations::rights::{self, Right};
use crate::store::cases::{self, Open};
use crate::taps::Charge;

/// A candidate, and how many guide them.
type Guided = (Open, usize);

/// Shows a list that waits for a choice. Where something else is asked it is only shown beside that.
async fn offer(cx: &mut Cx<'_>, position: Position, message: Message) -> Outcome {
    let open = cx.session.dialogue.as_ref().map(|(feature, _)| feature == NAME);
    let free = match open {
        None => true,
        Some(mine) => mine && !matches!(cx.position(), Ok(Position::At(_))),
    };
    if free { cx.ask(NAME, &position, message).await } else { cx.reply(message).await }
}

/// The candidates, or those that words mean.
pub(super) async fn candidates_called(cx: &mut Cx<'_>, text: &str) -> Outcome {
    if text.trim().is_empty() {
        let all = candidates(cx).await?;
        let message = questions::candidates(&all);
        return if all.is_empty() {
            cx.reply(message).await
        } else {
            offer(cx, Position::Candidates, message).await
        };
    }
    match choose_candidate(cx, text).await? {
        Claim::Done => Ok(()),
        Claim::NotMine => {
            let typed = Arg::Typed(Typed::new(text));
            refuse(Phrase::new("handover-which-candidate").with("typed", typed))
        }
    }
}

/// Goes on with the candidate that a text means; of several shows those.
pub(super) async fn choose_candidate(cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
    let all = candidates(cx).await?;
    let typed = fold(text);
    let found: Vec<Guided> = match leading_case_code(&typed) {
        Some((code, "")) => {
            let found = all.into_iter().filter(|(case, _)| case.code == code).collect::<Vec<_>>();
            if found.is_empty() {
                return refuse(Phrase::new("handover-no-candidate").with("code", Arg::code(&code)));
            }
            found
        }
        // The beginning of a report in one line.
        Some(_) => return Ok(Claim::NotMine),
        None => called(all, text),
    };
    match &found[..] {
        [] => return Ok(Claim::NotMine),
        [(case, _)] => candidate(cx, case.id).await?,
        several => offer(cx, Position::Candidates, questions::candidates(several)).await?,
    }
    Ok(Claim::Done)
}

/// The candidates whose whole name these words are, or else who have them in their name or are shown by these
/// initials.
fn called(all: Vec<Guided>, text: &str) -> Vec<Guided> {
    let letters = |text: &str| fold(text).replace(' ', "");
    best(all, |(case, _)| match case.name.fit(text) {
        Some(fit @ (Fit::Exactly | Fit::Whole)) => Some(fit),
        Some(_) => Some(Fit::Within),
        None if letters(&case.name.initials()) == letters(text) => Some(Fit::Within),
        None => None,
    })
}

/// The candidates of the branches whose mentors the person assigns.
async fn candidates(cx: &mut Cx<'_>) -> Result<Vec<Guided>, Failure> {
    let led = rights::roots(cx.me()?, Right::AssignMentors);
    if led.is_empty() {
        cx.leave();
        return refuse("handover-not-leader");
    }
    let today = cx.today();
    let mut all = Vec::new();
    for unit in led {
        let guided = cases::guided_in(cx.tx, unit, today).await?;
        for case in cases::open_in(cx.tx, unit, today).await? {
            let mentors = guided.iter().filter(|guided| guided.id == case.id).count();
            all.push((case, mentors));
        }
    }
    Ok(all)
}

/// One candidate with their mentors, and what can be changed.
pub(super) async fn candidate(cx: &mut Cx<'_>, case: CaseId) -> Outcome {
    let led = mentorships::led_case(&mut cx.work().await?, case).await;
    let led = or_leave(cx, led)?;
    let mentors = mentorships::mentors(&mut cx.work().await?, &led).await?;
    let room = mentorships::full(cx.practice, mentors.len(), cx.today()).is_none();
    let message = questions::candidate(led.case(), &mentors, room);
    offer(cx, Position::Candidate { case }, message).await
}

/// The offices the person may hand over, and the branches they may look into; or what of them words
/// mean.
pub(super) async fn offices_called(cx: &mut Cx<'_>, text: &str) -> Outcome {
    if !text.trim().is_empty() {
        return match choose_office(cx, None, text).await? {
            Claim::Done => Ok(()),
            Claim::NotMine => {
                let typed = Arg::Typed(Typed::new(text));
                refuse(Phrase::new("handover-no-such-office").with("typed", typed))
            }
        };
    }
    let (charges, branches) = within_reach(cx, None).await?;
    show(cx, None, &charges, &branches).await
}

pub(super) async fn branch(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    let charges = offices::offices_of(&mut cx.work().await?, unit).await?;
    if charges.is_empty() {
        return refuse("handover-no-office");
    }
    show(cx, Some(unit), &charges, &[]).await
}

async fn show(
    cx: &mut Cx<'_>,
    unit: Option<UnitId>,
    charges: &[Held],
    branches: &[Unit],
) -> Outcome {
    let units = cx.units().await?;
    let message = questions::offices(&units, charges, branches);
    offer(cx, Position::Offices { unit }, message).await
}

/// Goes on with the office or the branch that a text means; of several shows those.
pub(super) async fn choose_office(
    cx: &mut Cx<'_>,
    unit: Option<UnitId>,
    text: &str,
) -> Result<Claim, Failure> {
    let (mut charges, branches) = within_reach(cx, unit).await?;
    let typed = fold(text);
    charges.retain(|(charge, holder)| is_office(*charge, holder.as_ref(), text));
    let branches: Vec<Unit> = units::called(&branches, &typed).into_iter().cloned().collect();
    match (&charges[..], &branches[..]) {
        ([], []) => return Ok(Claim::NotMine),
        ([(charge, _)], []) => ask(cx, Plan::of(*charge)).await?,
        ([], [only]) => branch(cx, only.id).await?,
        _ => show(cx, unit, &charges, &branches).await?,
    }
    Ok(Claim::Done)
}

/// Whether words mean this office: its title, or who holds it.
fn is_office(charge: Charge, holder: Option<&Person>, text: &str) -> bool {
    let Charge::Office { kind, .. } = charge else { return false };
    let typed = &fold(text);
    let title = match typed.strip_suffix(" chi bo").unwrap_or(typed) {
        "bi thu" => Some(OfficeKind::Secretary),
        "pho bi thu" => Some(OfficeKind::Deputy),
        _ => None,
    };
    title == Some(kind)
        || holder
            .is_some_and(|holder| fold(&holder.code) == *typed || holder.name.fit(text).is_some())
}

/// The offices the person may hand over, of one branch or their own, a secretary also the deputy's;
/// and the branches below a committee, which it first chooses from.
async fn within_reach(
    cx: &mut Cx<'_>,
    unit: Option<UnitId>,
) -> Result<(Vec<Held>, Vec<Unit>), Failure> {
    let me = cx.me()?.clone();
    let looked_into: Vec<UnitId> = match unit {
        Some(unit) => vec![unit],
        None => rights::roots(&me, Right::PassOwnOffice),
    };
    let mut charges = Vec::new();
    for unit in looked_into {
        charges.extend(offices::offices_of(&mut cx.work().await?, unit).await?);
    }
    let units = cx.units().await?;
    let below: Vec<Unit> =
        rights::branches(&me, Right::PassOffices, &units).into_iter().cloned().collect();
    if charges.is_empty() && below.is_empty() {
        cx.leave();
        return refuse("handover-no-office");
    }
    Ok((charges, below))
}
