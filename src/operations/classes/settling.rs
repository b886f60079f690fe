//! After a class: who got a certificate, of which day and number, and who did not attend or did not
//! pass. A certificate is kept by the office and its limit runs from its day; who got none has the step
//! taken back and can be sent again.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{held, must_be_a_number, must_hold, notify, take_back};
use crate::domain::audit::{Act, Field};
use crate::domain::class::Outcome;
use crate::domain::ids::{CaseId, ClassId};
use crate::domain::road::{Facts, Place};
use crate::domain::typed::Typed;
use crate::message::{Arg, Phrase};
use crate::operations::cases;
use crate::operations::work::{Refused, Work, refuse};
use crate::phrasing::class as say;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::classes::{self, Class, Seat};
use crate::store::road::{self, Case};

/// What became of those who were sent to a class; who is not named is not known of yet.
#[derive(Clone, Debug)]
pub struct Results {
    pub outcomes: Vec<(CaseId, Outcome)>,
    /// The day of the certificates.
    pub on: Option<NaiveDate>,
    /// The number of each certificate.
    pub numbers: Vec<(CaseId, Typed)>,
}

/// What came of noting results.
#[derive(Debug)]
pub enum Settled {
    Done {
        certified: usize,
        all: usize,
    },
    /// Somebody was quicker.
    Already,
}

/// Refuses a class that is cancelled or not over.
pub fn must_be_over(class: &Class, today: NaiveDate) -> Result<(), Refused> {
    if class.cancelled.is_some() {
        return refuse("class-is-cancelled");
    }
    if today < class.what.last {
        return refuse(Phrase::new("class-not-over").with("last", class.what.last));
    }
    Ok(())
}

/// Whose result is not known yet; without any there is nothing to note.
pub async fn open_seats(work: &mut Work<'_>, class: &Class) -> Result<Vec<Seat>, Refused> {
    must_hold(work, class.what.unit)?;
    let mut open = classes::seats(work.tx, &[class.id]).await?;
    open.retain(Seat::is_open);
    if open.is_empty() {
        return refuse("class-all-settled");
    }
    Ok(open)
}

/// Refuses a day on which no certificate of the class can have been given.
pub fn must_be_a_day(class: &Class, on: NaiveDate, today: NaiveDate) -> Result<(), Refused> {
    if on < class.what.first || on > today {
        return refuse(
            Phrase::new("class-certified-when")
                .with("first", class.what.first)
                .with("today", today),
        );
    }
    Ok(())
}

/// Refuses certificates that have no number; `certified`: who got one.
pub fn must_all_be_numbered(
    open: &[Seat],
    certified: &[CaseId],
    numbers: &[(CaseId, Typed)],
) -> Result<(), Refused> {
    let got = |case: CaseId| numbers.iter().any(|(of, _)| *of == case);
    let left = open.iter().filter(|seat| certified.contains(&seat.case) && !got(seat.case));
    let left: Vec<Arg> = left.map(|seat| Arg::Who(seat.person)).collect();
    if left.is_empty() {
        return Ok(());
    }
    refuse(Phrase::new("class-numbers-left").with("people", Arg::List(left)))
}

impl Results {
    fn outcome(&self, case: CaseId) -> Option<Outcome> {
        self.outcomes.iter().find(|(of, _)| *of == case).map(|(_, outcome)| *outcome)
    }

    /// Who got a certificate.
    fn certified(&self) -> Vec<CaseId> {
        let certified = self.outcomes.iter().filter(|(_, outcome)| outcome.keeps_the_step());
        certified.map(|(case, _)| *case).collect()
    }

    /// Number and day.
    fn certificate(&self, case: CaseId) -> Option<(&str, NaiveDate)> {
        let number = self.numbers.iter().find(|(of, _)| *of == case);
        number.map(|(_, number)| number.as_written()).zip(self.on)
    }
}

/// Writes the results down, if nobody was quicker. Branches and mentors are told.
pub async fn settle(
    work: &mut Work<'_>,
    id: ClassId,
    results: &Results,
) -> Result<Settled, Refused> {
    let class = held(work, id).await?;
    work.me()?;
    must_be_over(&class, work.today())?;
    let mut seats = open_seats(work, &class).await?;
    let certified = results.certified();
    must_all_be_numbered(&seats, &certified, &results.numbers)?;
    must_be_whole(work, &class, results, &certified)?;
    seats.retain(|seat| results.outcome(seat.case).is_some());
    if seats.len() < results.outcomes.len() {
        return Ok(Settled::Already);
    }
    let known = known_of(work, &seats, &certified).await?;
    for seat in &seats {
        settle_one(work, &class, seat, results, &known).await?;
    }
    let kept = seats.iter().filter(|seat| certified.contains(&seat.case));
    let codes: Vec<&str> = kept.map(|seat| seat.code.as_str()).collect();
    let entry = Entry::new(Act::ClassSettled, class.id.code())
        .became(Field::Class, class.what.kind)
        .became(Field::On, results.on)
        .became(Field::Cases, codes);
    work.note(entry).await?;
    let mut after = classes::seats(work.tx, &[class.id]).await?;
    after.retain(|seat| seats.iter().any(|before| before.id == seat.id));
    let about: Vec<notify::About> =
        after.iter().map(|seat| notify::About::saying(seat, say::seat(seat))).collect();
    notify::tell(work, &class, notify::News::Settled, &about).await?;
    Ok(Settled::Done { certified: certified.len(), all: seats.len() })
}

/// Refuses results that say nothing, and certificates without a day or with a number that is none.
fn must_be_whole(
    work: &Work<'_>,
    class: &Class,
    results: &Results,
    certified: &[CaseId],
) -> Result<(), Refused> {
    if results.outcomes.is_empty() {
        return refuse("class-nothing-marked");
    }
    if certified.is_empty() {
        return Ok(());
    }
    let Some(on) = results.on else { return refuse("class-ask-certified-on") };
    must_be_a_day(class, on, work.today())?;
    let today = work.today();
    results.numbers.iter().try_for_each(|(_, number)| must_be_a_number(number, today))
}

/// A case with what is known of it.
type Known = HashMap<CaseId, (Case, Facts)>;

/// The cases of those who got a certificate, looked up once for all.
async fn known_of(
    work: &mut Work<'_>,
    seats: &[Seat],
    certified: &[CaseId],
) -> Result<Known, StoreError> {
    let ids = seats.iter().map(|seat| seat.case).filter(|case| certified.contains(case));
    let cases = road::of(work.tx, &ids.collect::<Vec<_>>()).await?;
    let today = work.today();
    let mut facts = road::facts(work.tx, &cases, today).await?;
    let known = |case: Case| {
        let facts = facts.remove(&case.id).unwrap_or_default();
        (case.id, (case, facts))
    };
    Ok(cases.into_iter().map(known).collect())
}

/// A certificate is a paper at the office; without one the step is taken back.
async fn settle_one(
    work: &mut Work<'_>,
    class: &Class,
    seat: &Seat,
    results: &Results,
    known: &Known,
) -> Result<(), Refused> {
    let me = work.me()?.id;
    let Some(outcome) = results.outcome(seat.case) else { return Ok(()) };
    let certificate = results.certificate(seat.case);
    if !classes::settle(work.tx, seat.id, outcome, certificate, me, work.now).await? {
        return Ok(());
    }
    if !outcome.keeps_the_step() {
        return take_back(work, class, seat).await;
    }
    let Some((case, facts)) = known.get(&seat.case) else { return refuse("tap-stale") };
    let (paper, kept) = (class.what.kind.paper(), Some(Place::Office));
    cases::note_paper(work, case, facts, paper, kept).await.map(drop)
}
