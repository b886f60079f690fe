//! Who guides a candidate (người được phân công theo dõi, giúp đỡ). Two deeds assign mentors: a step of the
//! road, which names all of them, and a change of one ([`super::offices`]). Who can be named, what
//! speaks against it and whose menus change is the same for both.

use chrono::NaiveDate;

use super::cases::Dossier;
use super::people::official;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::people::{Person, Status};
use crate::domain::practice::Practice;
use crate::domain::road::{Lack, Missing, Stage, guided_by, stage, too_many_mentors};
use crate::message::Phrase;
use crate::phrasing::road as say;
use crate::store::road::Case;
use crate::store::{StoreError, cases, people, road};

/// A case on the road whose mentors the person asking assigns. Only [`led_case`] makes one.
#[derive(Debug)]
pub struct LedCase(Case);

impl LedCase {
    pub fn case(&self) -> &Case {
        &self.0
    }
}

/// A case of a branch whose mentors the person asking assigns.
pub async fn led_case(work: &mut Work<'_>, id: CaseId) -> Result<LedCase, Refused> {
    let today = work.today();
    if let Some(case) = road::get(work.tx, id).await?
        && work.may(Right::AssignMentors, case.unit)
        && cases::status(work.tx, id, today).await? != Status::Official
    {
        let histories = road::histories(work.tx, &[id]).await?;
        if histories.get(&id).and_then(|history| stage(history)).is_some_and(Stage::is_open) {
            return Ok(LedCase(case));
        }
    }
    refuse("handover-not-leader")
}

/// Who guides a candidate today, longest first.
pub async fn mentors(work: &mut Work<'_>, led: &LedCase) -> Result<Vec<Person>, StoreError> {
    let ids = ids(work, led.0.id).await?;
    let mut mentors = people::load(work.tx, &ids, work.today()).await?;
    mentors.sort_by_key(|mentor| ids.iter().position(|id| *id == mentor.id));
    Ok(mentors)
}

/// The same of any case, as ids.
pub(super) async fn ids(work: &mut Work<'_>, case: CaseId) -> Result<Vec<PersonId>, StoreError> {
    let today = work.today();
    Ok(road::mentors(work.tx, &[case], today).await?.remove(&case).unwrap_or_default())
}

/// Who can be named mentor, or introducer, of a candidate on a day: the official members of the branch without
/// the candidate, by given name.
pub async fn eligible(
    work: &mut Work<'_>,
    dossier: &Dossier,
    on: NaiveDate,
) -> Result<Vec<Person>, StoreError> {
    beside(work, &dossier.case, on).await
}

/// The same of any case.
pub(super) async fn beside(
    work: &mut Work<'_>,
    case: &Case,
    on: NaiveDate,
) -> Result<Vec<Person>, StoreError> {
    let mut members = official(work, case.unit, on).await?;
    members.retain(|member| member.id != case.person);
    Ok(members)
}

/// Why nobody more can be assigned on a day, if as many guide the candidate as the rule in force on
/// that day allows.
pub fn full(practice: &Practice, mentors: usize, on: NaiveDate) -> Option<Phrase> {
    too_many_mentors(mentors + 1, &practice.regulations, on).as_ref().map(said)
}

/// Refuses what speaks against a candidate being guided by these from a day on; a step of the road is held
/// against the same rule.
pub(super) async fn must_suit(
    work: &mut Work<'_>,
    led: &LedCase,
    mentors: &[PersonId],
    on: NaiveDate,
) -> Result<(), Refused> {
    let fellows = road::fellows(work.tx, &led.0, mentors, on).await?;
    match guided_by(&fellows, &work.practice.regulations, on).0.first() {
        Some(missing) => refuse(said(missing)),
        None => Ok(()),
    }
}

fn said(missing: &Missing) -> Phrase {
    match (&missing.lack, &missing.source) {
        (Lack::TooManyMentors { most }, Some(source)) => Phrase::new("handover-mentors-full")
            .with("limit", *most)
            .with("source", say::source(source)),
        _ => say::missing(missing),
    }
}

/// Lets the menus fit of those who guided a candidate before a deed, and of those who do after it.
pub(super) async fn fit_menus(
    work: &mut Work<'_>,
    case: CaseId,
    mut before: Vec<PersonId>,
) -> Result<(), StoreError> {
    before.extend(ids(work, case).await?);
    work.fit_menus(&before).await
}
