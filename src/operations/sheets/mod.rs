//! The sheet of a meeting: what is written down while it is held, from its day on until it is closed.
//!
//! Each deed takes the [`OpenSheet`] that [`open`] gave in the same transaction, and so is done only by
//! whoever may, on a sheet that may be written on.

mod closing;
mod conclusions;
mod duties;
mod roll;

use chrono::{Days, NaiveTime};

pub use closing::{Closing, close, closed, go_on_from, ready, series};
pub use conclusions::{Ballot, ballot, conclude, guided, proposals, propose, vote};
pub use duties::{give, must_be_a_duty, settle, take_back};
pub use roll::{MeetingRole, Row, appoint, mark, save_all_present, save_roll};

use super::meetings::must_stand;
use super::rights::Right;
use super::work::{Effect, Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::audit::{Act, Field};
use crate::domain::ids::{MeetingId, PersonId};
use crate::domain::minutes::FULL_SCORE;
use crate::domain::practice::Practice;
use crate::message::Phrase;
use crate::store::audit::Entry;
use crate::store::meetings::{self, Meeting};
use crate::store::people;
use crate::store::sheets;

/// A meeting and its sheet, while it can be written on. Only [`open`] makes one.
#[derive(Debug)]
pub struct OpenSheet {
    pub meeting: Meeting,
    /// Everybody who belongs there, by code.
    pub roll: Vec<Row>,
    /// Whether the roll was saved.
    pub called: bool,
    /// Whether somebody was marked, or the roll saved.
    pub touched: bool,
    /// How many answered the reminder that they come, and how many did not answer it.
    pub coming: usize,
    pub silent: usize,
    /// Who is in the chair: whoever was chosen, else the secretary, else a deputy, as long as they
    /// are there.
    pub chair: Option<PersonId>,
    /// Who was chosen to take the minutes, as long as they are there.
    pub taker: Option<PersonId>,
    /// The branch's own, 0 to 100.
    pub score: Option<u32>,
    /// Whether anything was written down.
    begun: bool,
    /// Who presides unless another is chosen, there or not.
    presides: Option<PersonId>,
}

impl OpenSheet {
    pub fn id(&self) -> MeetingId {
        self.meeting.id
    }

    /// Something that was done to it.
    fn entry(&self, work: &Work<'_>, act: Act) -> Entry {
        self.about(act, work.units.code(self.meeting.unit))
    }

    fn about(&self, act: Act, subject: &str) -> Entry {
        Entry::new(act, subject).within(self.meeting.unit).for_meeting(self.id())
    }
}

/// The first instant of tomorrow: a sheet is written from the meeting's day on.
pub fn tomorrow(practice: &Practice, now: Instant) -> Instant {
    practice.instant((practice.today(now) + Days::new(1)).and_time(NaiveTime::MIN))
}

/// The meeting, for whoever runs those of its branch today.
pub async fn meeting(work: &mut Work<'_>, id: MeetingId) -> Result<Meeting, Refused> {
    match meetings::get(work.tx, id).await? {
        Some(meeting) if work.may(Right::RunMeetings, meeting.unit) => Ok(meeting),
        _ => refuse("sheet-not-leader"),
    }
}

/// The meeting with its sheet, if it may be written on: by who leads the branch, from the meeting's
/// day until it is closed. It is begun by what is written first.
pub async fn open(work: &mut Work<'_>, id: MeetingId) -> Result<OpenSheet, Refused> {
    let meeting = meeting(work, id).await?;
    let at = work.practice.local(meeting.starts_at);
    must_stand(work.practice, &meeting)?;
    if meeting.is_closed() {
        return refuse(closed(work, &meeting).await?);
    }
    if meeting.starts_at >= tomorrow(work.practice, work.judged_now()) {
        return refuse(Phrase::new("sheet-too-early").with("at", at));
    }
    let sheet = sheets::get(work.tx, id).await?;
    let presides = match &sheet {
        Some(sheet) => Some(sheet.chair),
        None => {
            let today = work.today();
            let presides = people::presides(work.tx, meeting.unit, today).await?;
            presides.or_else(|| work.person())
        }
    };
    roll::read(work, meeting, sheet, presides).await
}

/// Begins the sheet, if nothing was written on it yet: the secretary is in the chair unless another is
/// chosen.
async fn begin(work: &mut Work<'_>, sheet: &OpenSheet) -> Result<(), Refused> {
    if sheet.begun {
        return Ok(());
    }
    let chair = sheet.presides.map_or_else(|| work.me().map(|me| me.id), Ok)?;
    Ok(sheets::begin(work.tx, sheet.id(), chair, work.now).await?)
}

/// Notes the branch's own score of its meeting, 0 to 100.
pub async fn score(work: &mut Work<'_>, sheet: &OpenSheet, score: u32) -> Result<Effect, Refused> {
    if score > FULL_SCORE {
        return refuse(Phrase::new("sheet-score-range").with("full", FULL_SCORE));
    }
    if sheet.score == Some(score) {
        return Ok(Effect::Same);
    }
    begin(work, sheet).await?;
    sheets::set_score(work.tx, sheet.id(), score).await?;
    let entry = sheet.entry(work, Act::SheetFilled);
    work.note(entry.was(Field::Score, sheet.score).became(Field::Score, score)).await?;
    Ok(Effect::Changed)
}
