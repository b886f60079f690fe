//! The classes that a committee holds: opening and cancelling them, sending people ([`sending`]) and
//! noting who got a certificate ([`settling`]). Being sent is a step on the road of each; the certificate
//! is noted when the class is over, and whoever did not get one has the step reversed.

mod notify;
pub mod sending;
pub mod settling;

use chrono::{Days, NaiveDate};

use super::cases::{self, Dossier};
use super::cited;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::class::{NUMBER_LIMIT, Outcome, is_number};
use crate::domain::ids::{ClassId, UnitId};
use crate::domain::people::UnitKind;
use crate::domain::typed::Typed;
use crate::domain::units::UnitTree;
use crate::message::Phrase;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::classes::{self, Class, Draft, Seat};

/// A class cannot begin further away than this, before or after today, in days.
const FARTHEST: u64 = 366;
/// Longest class, in days.
const LONGEST: u64 = 60;
/// Longest place, in characters.
const PLACE_LIMIT: usize = 120;
/// Longest reason of a cancellation, in characters.
const REASON_LIMIT: usize = 300;

/// What came of opening a class.
#[derive(Debug)]
pub enum Opened {
    Done(ClassId),
    /// Somebody was quicker with the same.
    Already(Class),
}

/// The branches that a committee's classes are for, by code.
pub fn branches(units: &UnitTree, committee: UnitId) -> Vec<UnitId> {
    let below = units.branches().filter(|branch| units.is_within(branch.id, committee));
    below.map(|branch| branch.id).collect()
}

/// Refuses whoever does not hold the classes of a committee today.
fn must_hold(work: &Work<'_>, committee: UnitId) -> Result<(), Refused> {
    work.must(Right::HoldClasses, committee, "class-not-allowed")
}

/// A class, if it is theirs; whether there is another is nobody's business.
pub async fn find(work: &mut Work<'_>, id: ClassId) -> Result<Class, Refused> {
    let Some(class) = classes::get(work.tx, id).await? else { return refuse("class-not-yours") };
    work.must(Right::HoldClasses, class.what.unit, "class-not-yours")?;
    Ok(class)
}

/// The classes that are theirs and begin in `from..to`, cancelled ones too, the earliest first.
pub async fn beginning(
    work: &mut Work<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Class>, StoreError> {
    let mut all = classes::beginning(work.tx, from, to).await?;
    all.retain(|class| work.may(Right::HoldClasses, class.what.unit));
    Ok(all)
}

/// A class that is theirs, if it was not cancelled.
pub async fn held(work: &mut Work<'_>, id: ClassId) -> Result<Class, Refused> {
    let class = find(work, id).await?;
    match class.cancelled {
        Some(_) => refuse("class-is-cancelled"),
        None => Ok(class),
    }
}

/// All cases on the road below a committee with what is known of them today, in the order of the branches.
pub async fn open_cases(work: &mut Work<'_>, committee: UnitId) -> Result<Vec<Dossier>, Refused> {
    let today = work.today();
    open_cases_on(work, committee, today).await
}

/// The same with what is known of them on a date.
async fn open_cases_on(
    work: &mut Work<'_>,
    committee: UnitId,
    date: NaiveDate,
) -> Result<Vec<Dossier>, Refused> {
    must_hold(work, committee)?;
    let units = work.units.clone();
    let mut dossiers = cases::all_on(work, &branches(&units, committee), date).await?;
    dossiers.retain(|dossier| dossier.stage().is_open());
    let place = |dossier: &Dossier| units.place(dossier.case.unit);
    dossiers.sort_by(|a, b| (place(a), &a.case.code).cmp(&(place(b), &b.case.code)));
    Ok(dossiers)
}

/// A class that stands, of the same committee and kind, that begins on the same day.
pub async fn alike(work: &mut Work<'_>, what: &Draft) -> Result<Option<Class>, Refused> {
    must_hold(work, what.unit)?;
    let same_day = classes::beginning(work.tx, what.first, what.first + Days::new(1)).await?;
    Ok(same_day.into_iter().find(|class| {
        class.cancelled.is_none() && class.what.kind == what.kind && class.what.unit == what.unit
    }))
}

/// Refuses a day on which no class can begin.
pub fn must_be_a_first_day(first: NaiveDate, today: NaiveDate) -> Result<(), Refused> {
    if (first - today).num_days().unsigned_abs() > FARTHEST {
        return refuse(Phrase::new("class-day-far").with("on", first));
    }
    Ok(())
}

/// Refuses a day on which a class that begins on `first` cannot end.
pub fn must_be_a_last_day(first: NaiveDate, last: NaiveDate) -> Result<(), Refused> {
    if last < first {
        return refuse(Phrase::new("class-day-backwards").with("first", first));
    }
    if last > first + Days::new(LONGEST) {
        return refuse(Phrase::new("class-too-long").with("limit", LONGEST.cast_signed()));
    }
    Ok(())
}

/// Refuses a place that is none, or too long.
pub fn must_be_a_place(place: &Typed) -> Result<(), Refused> {
    if !(2..=PLACE_LIMIT).contains(&place.length()) {
        return refuse(Phrase::new("class-place-length").with("limit", PLACE_LIMIT));
    }
    Ok(())
}

/// Refuses what is no number of a document, and a document of a day that it cannot be of.
pub fn must_be_a_number(number: &Typed, today: NaiveDate) -> Result<(), Refused> {
    if !is_number(number.as_written()) {
        return refuse(Phrase::new("class-number-wrong").with("limit", NUMBER_LIMIT));
    }
    cited::must_be_of_a_day(number, today)
}

/// Opens a class, unless somebody was quicker with the same.
pub async fn open(work: &mut Work<'_>, what: &Draft) -> Result<Opened, Refused> {
    must_hold(work, what.unit)?;
    if work.units.get(what.unit).is_none_or(|unit| unit.kind == UnitKind::Branch) {
        return refuse("class-not-allowed");
    }
    must_be_a_first_day(what.first, work.today())?;
    must_be_a_last_day(what.first, what.last)?;
    must_be_a_place(&what.place)?;
    must_be_a_number(&what.number, work.today())?;
    if let Some(class) = alike(work, what).await?.filter(|class| class.what == *what) {
        return Ok(Opened::Already(class));
    }
    let me = work.me().ok().map(|me| me.id);
    let id = classes::add(work.tx, what, me, work.now).await?;
    let entry = Entry::new(Act::ClassOpened, id.code())
        .became(Field::Class, what.kind)
        .became(Field::On, what.first);
    work.note(entry).await?;
    Ok(Opened::Done(id))
}

/// Everybody who is called back where a class is cancelled. One that somebody came back from with a
/// certificate was held.
pub async fn called_back(work: &mut Work<'_>, class: &Class) -> Result<Vec<Seat>, Refused> {
    must_hold(work, class.what.unit)?;
    if class.cancelled.is_some() {
        return refuse("class-is-cancelled");
    }
    let seats = classes::seats(work.tx, &[class.id]).await?;
    if seats.iter().any(|seat| seat.outcome == Some(Outcome::Certified)) {
        return refuse("class-was-held");
    }
    Ok(seats.into_iter().filter(Seat::is_open).collect())
}

/// Refuses a reason that is none, or too long.
pub fn must_be_a_reason(reason: &Typed) -> Result<(), Refused> {
    let says_something = reason.as_written().contains(char::is_alphabetic);
    if !says_something || reason.length() > REASON_LIMIT {
        return refuse(Phrase::new("class-reason-wrong").with("limit", REASON_LIMIT));
    }
    Ok(())
}

/// Cancels a class: it stays in the list, and whoever was sent is called back and told, as are their
/// branches and mentors. Gives how many they are.
pub async fn cancel(work: &mut Work<'_>, id: ClassId, reason: &Typed) -> Result<usize, Refused> {
    let class = find(work, id).await?;
    let me = work.me()?.id;
    must_be_a_reason(reason)?;
    let called_back = called_back(work, &class).await?;
    classes::cancel(work.tx, id, reason, me, work.now).await?;
    for seat in &called_back {
        take_back(work, &class, seat).await?;
    }
    let codes: Vec<&str> = called_back.iter().map(|seat| seat.code.as_str()).collect();
    let entry = Entry::new(Act::ClassCancelled, class.id.code())
        .became(Field::Class, class.what.kind)
        .was(Field::Cases, codes);
    work.note(entry).await?;
    let about: Vec<notify::About> = called_back.iter().map(notify::About::of).collect();
    notify::tell(work, &class, notify::News::Cancelled(reason), &about).await?;
    Ok(about.len())
}

/// Reverses the step behind a seat.
async fn take_back(work: &mut Work<'_>, class: &Class, seat: &Seat) -> Result<(), Refused> {
    let (me, today) = (work.me()?.id, work.today());
    classes::reverse(work.tx, seat.id, today, me, work.now).await?;
    let entry = Entry::new(Act::StepTakenBack, seat.code.as_str())
        .within(seat.unit)
        .was(Field::Step, class.what.kind.step());
    Ok(work.note(entry).await?)
}
