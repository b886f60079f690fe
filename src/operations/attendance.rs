//! Whether members come to a meeting: what each answers, until it begins, and who has answered what.

use super::meetings::must_stand;
use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::{MeetingAnswer, MeetingState};
use crate::domain::people::Person;
use crate::domain::typed::Typed;
use crate::message::{Message, Phrase};
use crate::outbound::{self, Notification};
use crate::store::meetings::{self, Answer, Meeting};
use crate::store::revisions::{self, Heard};
use crate::store::{StoreError, people};

/// Longest reason of an absence, in characters.
const REASON_LIMIT: usize = 300;

/// What a member says of their coming.
#[derive(Clone, Copy, Debug)]
pub enum Coming<'a> {
    Yes,
    /// Excused, perhaps with the reason.
    No(Option<&'a Typed>),
    /// The reason of an absence they told of before.
    Because(&'a Typed),
}

impl<'a> Coming<'a> {
    /// Why they do not come, if they say so.
    pub fn reason(self) -> Option<&'a Typed> {
        match self {
            Coming::Yes => None,
            Coming::No(reason) => reason,
            Coming::Because(reason) => Some(reason),
        }
    }
}

/// What came of an answer.
#[derive(Debug)]
pub enum Answered {
    /// It counts for the meeting as it stands.
    Noted(Meeting),
    /// The meeting was put to another time since it was asked about, so the answer was meant for the time before;
    /// it is not noted.
    Moved(Meeting),
    /// They gave the reason of an absence, and have said since that they come; it is not noted.
    Comes(Meeting),
}

/// Takes an answer of a Party member of the branch to a meeting that has not begun, in place of an earlier
/// one; a reason that was given stands until there is another. `asked`: when they were asked what they answer;
/// `None`, if they say so of their own accord. When the same member is excused for so many meetings in a row as
/// the settings say, the secretary is told.
pub async fn answer(
    work: &mut Work<'_>,
    id: MeetingId,
    coming: Coming<'_>,
    asked: Option<Instant>,
) -> Result<Answered, Refused> {
    let (me, today, now) = (work.me()?, work.today(), work.now);
    let judged = work.judged_now();
    let Some(meeting) = meetings::get(work.tx, id).await? else { return refuse("tap-stale") };
    if !people::members(work.tx, meeting.unit, today).await?.contains(&me.id) {
        return refuse("attendance-not-member");
    }
    if meeting.state == MeetingState::Cancelled {
        return refuse("attendance-cancelled");
    }
    if meeting.is_closed() || meeting.starts_at <= judged {
        return refuse("attendance-too-late");
    }
    if meeting.moved_at.zip(asked).is_some_and(|(moved, asked)| moved > asked) {
        return Ok(Answered::Moved(meeting));
    }
    let reason = coming.reason();
    let answer = match coming {
        Coming::Yes => MeetingAnswer::Coming,
        Coming::No(_) | Coming::Because(_) => MeetingAnswer::Excused,
    };
    if reason.is_some_and(|reason| reason.is_empty() || reason.length() > REASON_LIMIT) {
        return refuse(Phrase::new("attendance-reason-length").with("limit", REASON_LIMIT));
    }
    let before = meetings::answers(work.tx, id).await?;
    let before = before.into_iter().find(|before| before.person_id == me.id);
    if let Coming::Because(_) = coming {
        match before.as_ref().map(|before| before.answer) {
            Some(MeetingAnswer::Excused) => {}
            Some(MeetingAnswer::Coming) => return Ok(Answered::Comes(meeting)),
            // An answer counts for the time it was given for.
            None => return Ok(Answered::Moved(meeting)),
        }
    }
    let says_so = |before: Answer| {
        before.answer == answer
            && reason.is_none_or(|reason| before.reason.as_ref() == Some(reason))
    };
    if before.is_some_and(says_so) {
        return Ok(Answered::Noted(meeting));
    }
    meetings::answer(work.tx, id, me.id, answer, reason, now).await?;
    if answer == MeetingAnswer::Excused {
        point_out_row(work, me, &meeting).await?;
    }
    Ok(Answered::Noted(meeting))
}

/// Tells the secretary, or whoever leads beside them, of the last absence that makes a row. Of one
/// that goes on nothing more is said.
async fn point_out_row(
    work: &mut Work<'_>,
    me: &Person,
    meeting: &Meeting,
) -> Result<(), StoreError> {
    let (unit, at, row) = (meeting.unit, meeting.starts_at, work.practice.excused_in_row);
    if row == 0 {
        return Ok(());
    }
    let answers = meetings::answered_up_to(work.tx, unit, at, me.id, row + 1).await?;
    let excused = |answer: &&Option<_>| **answer == Some(MeetingAnswer::Excused);
    let excused = answers.iter().take_while(excused).count();
    if excused != row as usize {
        return Ok(());
    }
    let today = work.today();
    let leader = outbound::leader_beside(work.tx, unit, &[me.id], today).await?;
    let Some(leader) = leader else { return Ok(()) };
    let message = Message::of(
        Phrase::new("attendance-in-row")
            .with("name", leader.person.id)
            .with("member", me.id)
            .with("count", row)
            .with("unit", work.units.name(unit))
            .with("at", work.practice.local(at)),
    );
    // Whoever changes their mind twice is not told of twice.
    let key = format!("excused:{}:{}", meeting.id.0, me.code);
    work.notify(&leader, Notification::new(message, unit, key)).await.map(drop)
}

/// Who answered what to a meeting.
#[derive(Debug)]
pub struct Roll {
    pub meeting: Meeting,
    /// The members of its branch by name.
    pub seats: Vec<Seat>,
}

/// A member with what is known of their coming.
#[derive(Debug)]
pub struct Seat {
    pub person: Person,
    pub answer: Option<Answer>,
    heard: Option<Heard>,
}

impl Seat {
    /// Whether this is what they answered.
    pub fn said(&self, what: MeetingAnswer) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.answer == what)
    }

    /// Has not answered, but tapped something under a message about this meeting.
    pub fn has_seen(&self) -> bool {
        self.answer.is_none() && self.heard.as_ref().is_some_and(|heard| heard.acknowledged)
    }

    /// Has not answered, and the last message about this meeting did not reach them.
    pub fn is_out_of_reach(&self) -> bool {
        let lost = |heard: &Heard| heard.unreachable && !heard.acknowledged;
        self.answer.is_none() && self.heard.as_ref().is_some_and(lost)
    }
}

/// Who comes to a meeting, who is excused and who has not said, for whoever may see that.
pub async fn roll(work: &mut Work<'_>, id: MeetingId) -> Result<Roll, Refused> {
    let Some(meeting) = meetings::get(work.tx, id).await? else { return refuse("tap-stale") };
    work.must(Right::SeeAnswers, meeting.unit, "schedule-not-leader")?;
    must_stand(work.practice, &meeting)?;
    let today = work.today();
    let members = people::members(work.tx, meeting.unit, today).await?;
    let answers = meetings::answers(work.tx, id).await?;
    let heard = revisions::heard(work.tx, id).await?;
    let mut seats: Vec<Seat> = people::load(work.tx, &members, today)
        .await?
        .into_iter()
        .map(|person| Seat {
            answer: answers.iter().find(|answer| answer.person_id == person.id).cloned(),
            heard: heard.iter().find(|heard| heard.person == person.id).cloned(),
            person,
        })
        .collect();
    seats.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    Ok(Roll { meeting, seats })
}
