//! The closing of a meeting, done once: it gives the papers their numbers and tells members what they were
//! given to do. A branch that begins in the middle of a term says where the numbers go on from.

use std::collections::BTreeMap;

use super::OpenSheet;
use crate::domain::audit::{Act, Field, State};
use crate::domain::ids::PersonId;
use crate::domain::minutes::{PaperKind, Votes};
use crate::domain::practice::Practice;
use crate::message::{Arg, Message, Phrase};
use crate::operations::rights::Right;
use crate::operations::work::{Effect, Refused, Work, refuse};
use crate::outbound::{Addressee, Notification};
use crate::phrasing;
use crate::store::duties::{self, Duty};
use crate::store::meetings::Meeting;
use crate::store::numbers::{self, Series};
use crate::store::sheets::{self, Conclusion};
use crate::store::{StoreError, people};

/// What a closing will bring, if nothing stands in its way.
#[derive(Debug)]
pub struct Closing {
    /// The papers it makes.
    pub papers: &'static [PaperKind],
    given: Vec<Duty>,
    /// Whoever stepped in for an absent chair signs.
    chair: PersonId,
}

/// What will come of closing a meeting; refuses before it has begun, and while the sheet lacks something.
pub async fn ready(work: &mut Work<'_>, sheet: &OpenSheet) -> Result<Closing, Refused> {
    if sheet.meeting.starts_at > work.judged_now() {
        let at = work.practice.local(sheet.meeting.starts_at);
        return refuse(Phrase::new("sheet-close-early").with("at", at));
    }
    let conclusions = sheets::conclusions(work.tx, sheet.id()).await?;
    let missing = missing(sheet, &conclusions);
    let Some(chair) = sheet.chair.filter(|_| missing.is_empty()) else {
        return refuse(Phrase::new("sheet-close-missing").with("missing", missing));
    };
    let given = duties::of_meeting(work.tx, sheet.id()).await?;
    // There is a resolution if there is something to resolve: a proposal was carried, or somebody
    // was given something to do.
    let (officials, percent) = (sheet.officials(), work.practice.majority_percent);
    let carried = |votes: Votes| votes.carried(officials, percent);
    let decided = conclusions.iter().any(|one| one.votes.is_some_and(carried));
    let papers: &[PaperKind] = match !given.is_empty() || decided {
        true => &[PaperKind::Minutes, PaperKind::Resolution],
        false => &[PaperKind::Minutes],
    };
    Ok(Closing { papers, given, chair })
}

/// What the sheet still needs before the meeting can be closed.
fn missing(sheet: &OpenSheet, conclusions: &[Conclusion]) -> Vec<Arg> {
    let needed = [
        (sheet.called, "sheet-missing-roll"),
        (sheet.chair.is_some(), "sheet-missing-chair"),
        (sheet.taker.is_some(), "sheet-missing-taker"),
    ];
    let lacking = needed.into_iter().filter(|(there, _)| !there);
    let mut missing: Vec<Arg> = lacking.map(|(_, key)| Phrase::new(key).into()).collect();
    if !sheet.meeting.is_regular() {
        // What an old sheet of a thematic meeting says of candidates stands: nobody can vote anew.
        return missing;
    }
    let voters = sheet.voters();
    for one in conclusions {
        // The roll was changed after the vote.
        let Some(votes) = one.votes.filter(|votes| votes.sum() != voters) else { continue };
        missing.push(
            Phrase::new("sheet-missing-votes")
                .with("candidate", one.person)
                .with("sum", votes.sum())
                .with("voters", voters)
                .into(),
        );
    }
    missing
}

/// Closes a meeting; who was given something to do is told.
pub async fn close(work: &mut Work<'_>, sheet: &OpenSheet) -> Result<(), Refused> {
    let me = work.me()?.id;
    let Closing { papers, given, chair } = ready(work, sheet).await?;
    let meeting = &sheet.meeting;
    if !sheets::set_closed(work.tx, meeting.id, chair, me, work.now).await? {
        return refuse(closed(work, meeting).await?);
    }
    for kind in papers.iter().copied() {
        let series = series(work.practice, meeting, kind);
        numbers::give(work.tx, series, meeting.id, work.now).await?;
    }
    let entry = sheet
        .entry(work, Act::MeetingClosed)
        .was(Field::State, State::Planned)
        .became(Field::State, State::Closed);
    work.note(entry).await?;
    Ok(tell_duties(work, meeting, given).await?)
}

/// That a meeting is closed: by whom and when; for whoever runs those of its branch.
pub async fn closed(work: &mut Work<'_>, meeting: &Meeting) -> Result<Phrase, Refused> {
    work.must(Right::RunMeetings, meeting.unit, "sheet-not-leader")?;
    let month = Arg::Month(work.practice.local(meeting.starts_at).date());
    let sheet = sheets::get(work.tx, meeting.id).await?;
    let Some((at, by)) = sheet.and_then(|sheet| sheet.closed) else {
        return Ok(Phrase::new("sheet-was-closed-before").with("month", month));
    };
    Ok(Phrase::new("sheet-was-closed")
        .with("month", month)
        .with("by", by)
        .with("at", work.practice.local(at)))
}

/// Tells everyone what they were given to do, in one message each.
async fn tell_duties(
    work: &mut Work<'_>,
    meeting: &Meeting,
    given: Vec<Duty>,
) -> Result<(), StoreError> {
    let mut by_person: BTreeMap<PersonId, Vec<Duty>> = BTreeMap::new();
    for duty in given {
        by_person.entry(duty.person).or_default().push(duty);
    }
    let today = work.today();
    for (id, own) in by_person {
        let Some(person) = people::get(work.tx, id, today).await? else { continue };
        let unit = work.units.name(meeting.unit);
        let told = Phrase::new("duty-told").with("name", person.id).with("unit", unit);
        let mut message = Message::of(told);
        for duty in own {
            message = message.item(phrasing::duty("tasks-duty", &duty.what, duty.due).0);
        }
        let key = format!("duties:{}:{}", meeting.id.0, person.code);
        let notification = Notification::new(message.line("duty-told-how"), meeting.unit, key);
        work.notify(&Addressee::alone(person), notification).await?;
    }
    Ok(())
}

/// The series that a meeting's paper belongs to.
pub fn series(practice: &Practice, meeting: &Meeting, kind: PaperKind) -> Series {
    let term = practice.term_of(practice.local(meeting.starts_at).date());
    Series { unit: meeting.unit, kind, term }
}

/// Lets a series go on from a number, for this meeting's paper and those after it.
pub async fn go_on_from(
    work: &mut Work<'_>,
    sheet: &OpenSheet,
    kind: PaperKind,
    number: u32,
) -> Result<Effect, Refused> {
    let me = work.me()?.id;
    let series = series(work.practice, &sheet.meeting, kind);
    let last = numbers::last(work.tx, series).await?;
    if number <= last {
        return refuse(
            Phrase::new("sheet-number-used")
                .with("kind", phrasing::paper(kind))
                .with("number", phrasing::number(kind, number))
                .with("last", phrasing::number(kind, last))
                .with("next", phrasing::number(kind, last + 1)),
        );
    }
    let before = numbers::next(work.tx, series).await?;
    if before == number {
        return Ok(Effect::Same);
    }
    numbers::go_on_from(work.tx, series, number, Some(me), work.now).await?;
    let entry = sheet
        .entry(work, Act::NumberSet)
        .became(Field::Document, kind)
        .was(Field::Number, before)
        .became(Field::Number, number);
    work.note(entry).await?;
    Ok(Effect::Changed)
}
