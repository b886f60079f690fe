//! What passes from one person to another: an office of a branch, and the guidance of a candidate, under a
//! resolution and from a date on. Who had it ends, who takes it over begins, both are told. Duties,
//! reports to judge and reminders follow the date, because they are computed from it.

use chrono::{Days, NaiveDate};

use super::cited;
use super::days::AHEAD;
use super::mentorships::{self, LedCase};
use super::people::official;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::{OfficeKind, Person, UnitKind};
use crate::domain::typed::Typed;
use crate::message::{Button, Message, Phrase};
use crate::outbound::Addressee;
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::road::Case;
use crate::store::tenures::{self, Tenure};
use crate::store::{StoreError, people};
use crate::taps::{Charge, ReportTap, Tap};

/// Longest resolution, in characters: a number and a date, not its text.
const PAPER_LIMIT: usize = 80;
/// How far back a change may be written down, in days.
const BACK: i64 = 31;

/// An office, and who holds it.
pub type Held = (Charge, Option<Person>);

/// What is to pass, which the person asking may decide as it stands now. Only [`subject`] makes one.
#[derive(Debug)]
pub struct Subject {
    charge: Charge,
    unit: UnitId,
    case: Option<LedCase>,
    from: Option<Person>,
}

impl Subject {
    pub fn unit(&self) -> UnitId {
        self.unit
    }

    /// Set where it is a candidate.
    pub fn case(&self) -> Option<&Case> {
        self.case.as_ref().map(LedCase::case)
    }

    /// Who has it now and gives it up.
    pub fn from(&self) -> Option<&Person> {
        self.from.as_ref()
    }
}

/// A hand-over that was decided.
#[derive(Clone, Debug)]
pub struct Change {
    pub charge: Charge,
    /// Who takes it over; nobody where somebody is released.
    pub who: Option<PersonId>,
    /// The resolution.
    pub paper: Typed,
    /// The first day.
    pub since: NaiveDate,
}

/// What was handed over, and to whom.
#[derive(Debug)]
pub struct Passed {
    pub subject: Subject,
    pub to: Option<Person>,
}

/// Their own office; a secretary their deputy's; the committee above any.
fn may_hand_over(work: &Work<'_>, unit: UnitId, kind: OfficeKind, holder: Option<&Person>) -> bool {
    let own = holder.is_some_and(|holder| work.is_me(holder.id));
    own && work.may(Right::PassOwnOffice, unit)
        || kind == OfficeKind::Deputy && work.may(Right::PassDeputysOffice, unit)
        || work.may(Right::PassOffices, unit)
}

/// The offices of a branch that the person asking may hand over, with who holds them.
pub async fn offices_of(work: &mut Work<'_>, unit: UnitId) -> Result<Vec<Held>, StoreError> {
    let mut charges = Vec::new();
    for kind in [OfficeKind::Secretary, OfficeKind::Deputy] {
        let mut holders: Vec<Option<Person>> =
            holders(work, unit, kind).await?.into_iter().map(Some).collect();
        if holders.is_empty() {
            holders.push(None);
        }
        for holder in holders {
            if may_hand_over(work, unit, kind, holder.as_ref()) {
                let held_by = holder.as_ref().map(|holder| holder.id);
                charges.push((Charge::Office { unit, kind, holder: held_by }, holder));
            }
        }
    }
    Ok(charges)
}

async fn holders(
    work: &mut Work<'_>,
    unit: UnitId,
    kind: OfficeKind,
) -> Result<Vec<Person>, StoreError> {
    let today = work.today();
    let ids = people::holders(work.tx, unit, kind, today).await?;
    people::load(work.tx, &ids, today).await
}

/// What a charge is about, looked at now: whether the person may decide it, and whether it is still
/// as it was when it was offered.
pub async fn subject(work: &mut Work<'_>, charge: Charge) -> Result<Subject, Refused> {
    match charge {
        Charge::Mentor { case, instead_of } => {
            let led = mentorships::led_case(work, case).await?;
            let mentors = mentorships::mentors(work, &led).await?;
            let full = mentorships::full(work.practice, mentors.len(), work.today());
            if let (None, Some(full)) = (instead_of, full) {
                return refuse(full);
            }
            let from = still(instead_of, &mentors)?;
            Ok(Subject { charge, unit: led.case().unit, case: Some(led), from })
        }
        Charge::Release { case, mentor } => {
            let led = mentorships::led_case(work, case).await?;
            let mentors = mentorships::mentors(work, &led).await?;
            let from = still(Some(mentor), &mentors)?;
            Ok(Subject { charge, unit: led.case().unit, case: Some(led), from })
        }
        Charge::Office { unit, kind, holder } => {
            let holders = holders(work, unit, kind).await?;
            let leads = matches!(kind, OfficeKind::Secretary | OfficeKind::Deputy);
            let branch = work.units.get(unit).is_some_and(|unit| unit.kind == UnitKind::Branch);
            if !branch || !leads {
                return refuse("handover-no-office");
            }
            let from = still(holder, &holders)?;
            if !may_hand_over(work, unit, kind, from.as_ref()) {
                return refuse("handover-no-office");
            }
            if from.is_none() && kind == OfficeKind::Secretary && !holders.is_empty() {
                return refuse("handover-changed");
            }
            Ok(Subject { charge, unit, case: None, from })
        }
    }
}

/// Who gives it up, if they still have it.
fn still(wanted: Option<PersonId>, have: &[Person]) -> Result<Option<Person>, Refused> {
    let Some(wanted) = wanted else { return Ok(None) };
    match have.iter().find(|person| person.id == wanted) {
        Some(person) => Ok(Some(person.clone())),
        None => refuse("handover-changed"),
    }
}

/// Who may take it over: official members of the branch, by given name, without those who have it.
pub async fn eligible(work: &mut Work<'_>, subject: &Subject) -> Result<Vec<Person>, StoreError> {
    let today = work.today();
    let (mut members, have) = match subject.case() {
        Some(case) => {
            (mentorships::beside(work, case, today).await?, mentorships::ids(work, case.id).await?)
        }
        None => (
            official(work, subject.unit, today).await?,
            subject.from.iter().map(|from| from.id).collect(),
        ),
    };
    members.retain(|person| !have.contains(&person.id));
    Ok(members)
}

/// Refuses what cannot be the number of a resolution, and one of a day that it cannot be of.
pub fn must_be_a_paper(paper: &Typed, today: NaiveDate) -> Result<(), Refused> {
    let typed = paper.as_written();
    if !typed.chars().any(|c| c.is_ascii_digit()) || paper.length() > PAPER_LIMIT {
        return refuse(Phrase::new("handover-paper-unclear").with("limit", PAPER_LIMIT));
    }
    cited::must_be_of_a_day(paper, today)
}

/// Refuses a date out of reach, one before who has it began (nothing ends before it begins), and one
/// when somebody is down for it already.
pub async fn must_be_a_day(
    work: &mut Work<'_>,
    subject: &Subject,
    who: Option<PersonId>,
    since: NaiveDate,
) -> Result<(), Refused> {
    let (charge, today) = (subject.charge, work.today());
    let days = (since - today).num_days();
    if !(-BACK..=AHEAD).contains(&days) {
        let earliest = today - Days::new(BACK.unsigned_abs());
        let latest = today + Days::new(AHEAD.unsigned_abs());
        return refuse(
            Phrase::new("handover-since-range")
                .with("since", since)
                .with("earliest", earliest)
                .with("latest", latest),
        );
    }
    let tenures = tenures_from(work, charge, since.min(today)).await?;
    let held = subject.from.as_ref().map(|held| held.id);
    if let Some(held) = held {
        must_hold(&tenures, held, since)?;
    }
    // Somebody may be down for it already, from a later day on.
    let others = tenures.iter().filter(|t| Some(t.person) != held);
    let others: Vec<&Tenure> = others.filter(|t| t.to.is_none_or(|to| to > since)).collect();
    let ahead = others.iter().find(|t| match charge {
        Charge::Office { .. } => t.from > today,
        Charge::Mentor { .. } => t.from > today && Some(t.person) == who,
        Charge::Release { .. } => false,
    });
    if let Some(ahead) = ahead {
        return refuse(Phrase::new("handover-planned-already").with("from", ahead.from));
    }
    if let (Charge::Mentor { .. }, Some(case), Some(who)) = (charge, &subject.case, who) {
        let mentors: Vec<PersonId> = others.iter().map(|t| t.person).chain([who]).collect();
        mentorships::must_suit(work, case, &mentors, since).await?;
    }
    Ok(())
}

/// Refuses that somebody gives up on a day what they have only since that day or later, or not any more then.
fn must_hold(tenures: &[Tenure], person: PersonId, since: NaiveDate) -> Result<(), Refused> {
    match tenures.iter().find(|tenure| tenure.person == person) {
        Some(held) if since <= held.from => refuse(
            Phrase::new("handover-ends-before")
                .with("since", since)
                .with("began", held.from)
                .with("name", person),
        ),
        Some(held) if held.to.is_none_or(|to| to > since) => Ok(()),
        _ => refuse("handover-changed"),
    }
}

/// Who has what is to pass, on a date or later.
async fn tenures_from(
    work: &mut Work<'_>,
    charge: Charge,
    date: NaiveDate,
) -> Result<Vec<Tenure>, StoreError> {
    match charge {
        Charge::Mentor { case, .. } | Charge::Release { case, .. } => {
            tenures::mentors_from(work.tx, case, date).await
        }
        Charge::Office { unit, kind, .. } => tenures::office_from(work.tx, unit, kind, date).await,
    }
}

/// The other leading office of the branch that a successor gives up: nobody is secretary and deputy
/// of one branch.
pub async fn gives_up(
    work: &mut Work<'_>,
    subject: &Subject,
    who: Option<PersonId>,
    since: NaiveDate,
) -> Result<Option<OfficeKind>, Refused> {
    let (Charge::Office { unit, kind, .. }, Some(who)) = (subject.charge, who) else {
        return Ok(None);
    };
    let other = match kind {
        OfficeKind::Secretary => OfficeKind::Deputy,
        _ => OfficeKind::Secretary,
    };
    let holders = tenures::office_from(work.tx, unit, other, since).await?;
    if holders.iter().all(|tenure| tenure.person != who || tenure.from > since) {
        return Ok(None);
    }
    must_hold(&holders, who, since)?;
    Ok(Some(other))
}

/// Hands over; both are told, whoever of them did not do it.
pub async fn hand_over(work: &mut Work<'_>, change: &Change) -> Result<Passed, Refused> {
    let Change { charge, who, since, .. } = *change;
    let subject = subject(work, charge).await?;
    must_be_a_paper(&change.paper, work.today())?;
    must_be_a_day(work, &subject, who, since).await?;
    let to = eligible(work, &subject).await?.into_iter().find(|person| Some(person.id) == who);
    if to.is_some() == matches!(charge, Charge::Release { .. }) {
        return refuse("handover-changed");
    }
    let other = gives_up(work, &subject, who, since).await?;
    if let Some(from) = &subject.from {
        end(work, charge, from.id, since).await?;
    }
    if let Some(to) = &to {
        begin(work, change, other, to.id).await?;
    }
    note(work, &subject, to.as_ref(), since).await?;
    let whose: Vec<PersonId> = to.iter().chain(&subject.from).map(|person| person.id).collect();
    work.fit_menus(&whose).await?;
    let passed = Passed { subject, to };
    tell(work, change, &passed).await?;
    Ok(passed)
}

async fn end(
    work: &mut Work<'_>,
    charge: Charge,
    from: PersonId,
    since: NaiveDate,
) -> Result<(), StoreError> {
    match charge {
        Charge::Mentor { case, .. } | Charge::Release { case, .. } => {
            tenures::end_mentorship(work.tx, case, from, since).await?
        }
        Charge::Office { unit, kind, .. } => {
            tenures::end_office(work.tx, unit, kind, from, since).await?
        }
    };
    Ok(())
}

/// `other`: the office that is given up for this one.
async fn begin(
    work: &mut Work<'_>,
    Change { charge, paper, since, .. }: &Change,
    other: Option<OfficeKind>,
    to: PersonId,
) -> Result<(), StoreError> {
    match *charge {
        Charge::Mentor { case, .. } | Charge::Release { case, .. } => {
            tenures::begin_mentorship(work.tx, case, to, Some(paper), *since).await.map(drop)
        }
        Charge::Office { unit, kind, .. } => {
            if let Some(other) = other {
                tenures::end_office(work.tx, unit, other, to, *since).await?;
            }
            tenures::begin_office(work.tx, unit, kind, to, *since).await
        }
    }
}

async fn note(
    work: &mut Work<'_>,
    subject: &Subject,
    to: Option<&Person>,
    since: NaiveDate,
) -> Result<(), StoreError> {
    let (entry, who) = match (subject.charge, subject.case()) {
        (Charge::Office { kind, .. }, _) => {
            let entry = Entry::new(Act::OfficePassed, work.units.code(subject.unit));
            (entry.became(Field::Office, kind), Field::Holder)
        }
        (_, case) => {
            let code = case.map(|case| case.code.as_str()).unwrap_or_default();
            (Entry::new(Act::MentorChanged, code), Field::Mentor)
        }
    };
    let entry = entry
        .within(subject.unit)
        .was(who, subject.from.as_ref().map(|from| from.code.as_str()))
        .became(who, to.map(|to| to.code.as_str()))
        .became(Field::Since, since);
    work.note(entry).await
}

/// Both are told, whoever of them did not do it.
async fn tell(work: &mut Work<'_>, change: &Change, passed: &Passed) -> Result<(), StoreError> {
    let Passed { subject, to } = passed;
    for (person, side) in [(to, "to"), (&subject.from, "from")] {
        let Some(person) = person.as_ref().filter(|person| !work.is_me(person.id)) else {
            continue;
        };
        let takes_over = side == "to";
        let say = |to: &'static str, from: &'static str| {
            Phrase::new(if takes_over { to } else { from })
                .with("name", person.id)
                .with("paper", &change.paper)
                .with("since", change.since)
        };
        let (told, button) = match (change.charge, subject.case()) {
            (Charge::Office { kind, .. }, _) => {
                let told = say("handover-office-told", "handover-office-ended-told")
                    .with("office", phrasing::office(kind))
                    .with("unit", work.units.name(subject.unit));
                (told, Button::new("button-tasks", Tap::Command("viec".to_owned())))
            }
            (_, Some(case)) => {
                let told = say("handover-mentor-told", "handover-mentor-ended-told")
                    .with("candidate", case.person);
                (told, Button::new("button-report", Tap::Report(ReportTap::Open)))
            }
            (_, None) => continue,
        };
        let message = Message::of(told);
        let message = if takes_over { message.row(vec![button]) } else { message };
        let to = Addressee::alone(person.clone());
        work.tell(&to, subject.unit, &format!("handover:{side}"), message).await?;
    }
    Ok(())
}
