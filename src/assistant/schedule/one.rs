//! One meeting: moving it to another day, time or place, cancelling it, or adding a thematic one.
//!
//! Grammar of when: a date and a time as people type them, in any order, or one of the two: `10/12
//! 15h`, `thứ 6`, `9h30`. A day off is warned of and must be meant.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::rule::no_such_time;
use super::{
    NAME, Position, Stage, button, edit_menu, free_text, informed, must_set, or_leave, rule_of,
    verdict_buttons, voided,
};
use crate::assistant::engine::context::Cx;
use crate::assistant::engine::failure::{Failure, Outcome, a_date, refuse};
use crate::assistant::engine::feature::Claim;
use crate::domain::calendar::Month;
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::time_of_day;
use crate::domain::typed::Typed;
use crate::domain::when;
use crate::message::{Arg, Message, Phrase};
use crate::operations::Refused;
use crate::operations::meetings::ahead::LOOKED_AT;
use crate::operations::meetings::{self as operation, Changed, NAME_LIMIT, REASON_LIMIT};
use crate::operations::timetable::{self, Appointment};
use crate::phrasing;
use crate::store::meetings::{self, Meeting};
use crate::taps::{Asked, Given, ScheduleTap};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    Move(MeetingId),
    Cancel(MeetingId),
    /// A thematic one.
    Add(UnitId),
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    what: What,
    /// The revision that was looked at; 0 for one that is added.
    revision: i64,
    stage: Stage,
    topic: Option<Typed>,
    starts: Option<NaiveDateTime>,
    place: Option<Typed>,
    reason: Option<Typed>,
}

impl Draft {
    /// What is asked, in order.
    fn questions(&self) -> &'static [Asked] {
        match self.what {
            What::Move(_) => &[Asked::When, Asked::Place, Asked::Reason],
            What::Cancel(_) => &[Asked::Reason],
            What::Add(_) => &[Asked::Topic, Asked::When, Asked::Place],
        }
    }

    fn is_answered(&self, asked: Asked) -> bool {
        match asked {
            Asked::When => self.starts.is_some(),
            Asked::Place => self.place.is_some(),
            Asked::Reason => self.reason.is_some(),
            _ => self.topic.is_some(),
        }
    }

    pub(super) fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether it waits for a day, which may be typed as a bare number.
    pub(super) fn wants_day(&self) -> bool {
        self.stage == Stage::Answer(Asked::When)
    }

    /// Waits for what is still missing, or shows what will come of it.
    fn next(mut self) -> Self {
        let missing = self.questions().iter().find(|asked| !self.is_answered(**asked));
        self.stage = missing.map_or(Stage::Preview, |asked| Stage::Answer(*asked));
        self
    }
}

/// What the dialogue is about, as it stands now.
struct Subject {
    unit: UnitId,
    /// The meeting that is moved or cancelled.
    meeting: Option<Meeting>,
    /// When and where it is, or a meeting of the branch usually is.
    usual: Appointment,
}

/// The subject, if it is this person's to change and nobody else changed it since it was seen in a
/// revision; `None`: nobody has looked at it yet.
async fn subject(cx: &mut Cx<'_>, what: What, seen: Option<i64>) -> Result<Subject, Failure> {
    let id = match what {
        What::Move(id) | What::Cancel(id) => id,
        What::Add(unit) => {
            must_set(cx, unit).await?;
            let habit = rule_of(cx, unit).await?.habit;
            let usual = Appointment { starts: cx.today().and_time(habit.time), place: habit.place };
            return Ok(Subject { unit, meeting: None, usual });
        }
    };
    let mut work = cx.work().await?;
    let found = match seen {
        Some(seen) => operation::unchanged(&mut work, id, seen).await,
        None => operation::find(&mut work, id).await,
    };
    let meeting = or_leave(cx, found)?;
    let usual = timetable::appointment(cx.practice, &meeting);
    Ok(Subject { unit: meeting.unit, meeting: Some(meeting), usual })
}

/// The subject of a dialogue, if nobody else changed it since that began.
async fn unchanged(cx: &mut Cx<'_>, draft: &Draft) -> Result<Subject, Failure> {
    subject(cx, draft.what, Some(draft.revision)).await
}

/// The meetings that can be moved or cancelled, two buttons for each.
pub(super) async fn list(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    must_set(cx, unit).await?;
    let now = cx.judged_now();
    let planned = meetings::upcoming(cx.tx, unit, now, LOOKED_AT).await?;
    if planned.is_empty() {
        return refuse("schedule-none-ahead");
    }
    let mut message = Message::of("schedule-choose");
    for meeting in &planned {
        let date = cx.practice.local(meeting.starts_at).date();
        let (moving, cancelling) = match meeting.is_regular() {
            true => ("schedule-move-regular", "schedule-cancel-regular"),
            false => ("schedule-move-thematic", "schedule-cancel-thematic"),
        };
        let label = |key: &str| Phrase::new(key).with("date", date);
        message = message.row(vec![
            button(label(moving), ScheduleTap::Move(meeting.id)),
            button(label(cancelling), ScheduleTap::Cancel(meeting.id)),
        ]);
    }
    cx.reply(message).await
}

pub(super) async fn begin(cx: &mut Cx<'_>, what: What) -> Outcome {
    let subject = subject(cx, what, None).await?;
    let draft = Draft {
        what,
        revision: subject.meeting.map_or(0, |meeting| meeting.revision),
        stage: Stage::Preview,
        topic: None,
        starts: None,
        place: None,
        reason: None,
    };
    ask(cx, draft.next()).await
}

pub(super) async fn answer(cx: &mut Cx<'_>, mut draft: Draft, tap: ScheduleTap) -> Outcome {
    let subject = unchanged(cx, &draft).await?;
    match (tap, draft.stage) {
        (ScheduleTap::Give(Given::Same), Stage::Answer(Asked::When)) => {
            draft.starts = Some(subject.usual.starts);
            draft = draft.next();
        }
        (ScheduleTap::Give(Given::Same), Stage::Answer(Asked::Place)) => {
            draft.place = Some(subject.usual.place);
            draft = draft.next();
        }
        (ScheduleTap::Give(Given::Anyway), Stage::DayOff(starts)) => {
            must_fit(cx, &subject, starts).await?;
            draft.starts = Some(starts);
            draft = draft.next();
        }
        (ScheduleTap::Ask(asked), _) if draft.questions().contains(&asked) => {
            draft.stage = Stage::Answer(asked);
        }
        (ScheduleTap::Edit, Stage::Preview) => draft.stage = Stage::Edit,
        (ScheduleTap::Confirm, Stage::Preview) => return confirm(cx, draft).await,
        _ => return cx.stale().await,
    }
    ask(cx, draft).await
}

pub(super) async fn text(cx: &mut Cx<'_>, mut draft: Draft, text: &str) -> Result<Claim, Failure> {
    let subject = unchanged(cx, &draft).await?;
    match draft.stage {
        Stage::Answer(Asked::When) | Stage::DayOff(_) => {
            let Some(starts) = read_when(cx, &subject, text)? else { return Ok(Claim::NotMine) };
            must_fit(cx, &subject, starts).await?;
            let off = cx.practice.calendar.day_off(starts.date()).is_some();
            draft.starts = (!off).then_some(starts);
            draft =
                if off { Draft { stage: Stage::DayOff(starts), ..draft } } else { draft.next() };
        }
        Stage::Answer(Asked::Place) => {
            draft.place = Some(free_text(text, NAME_LIMIT)?);
            draft = draft.next();
        }
        Stage::Answer(Asked::Topic) => {
            draft.topic = Some(free_text(text, NAME_LIMIT)?);
            draft = draft.next();
        }
        Stage::Answer(Asked::Reason) => {
            draft.reason = Some(free_text(text, REASON_LIMIT)?);
            draft = draft.next();
        }
        _ => return Ok(Claim::NotMine),
    }
    ask(cx, draft).await?;
    Ok(Claim::Done)
}

/// When a text says: a date, a time, or both; what it leaves out stays as it is, and a day alone is
/// of the month the meeting is in. `None` if it says neither.
fn read_when(cx: &Cx<'_>, subject: &Subject, text: &str) -> Result<Option<NaiveDateTime>, Failure> {
    let (time, words) = match time_of_day::take(text) {
        Ok(read) => read,
        Err(error) => return refuse(no_such_time(error)),
    };
    let date = if words.is_empty() && subject.meeting.is_some() {
        subject.usual.starts.date()
    } else {
        let today = cx.judged_local().date();
        let first = match &subject.meeting {
            Some(_) => Month::of(subject.usual.starts.date()).first_day(),
            None => today,
        };
        let read = when::day_alone(&words, first);
        let read = read.unwrap_or_else(|| when::nearest_date(&words, today));
        let Some(date) = a_date(&words, read)? else { return Ok(None) };
        date
    };
    let said = time.is_some() || !words.is_empty();
    Ok(said.then(|| date.and_time(time.unwrap_or(subject.usual.starts.time()))))
}

/// Refuses a time at which the meeting cannot be.
async fn must_fit(cx: &mut Cx<'_>, subject: &Subject, starts: NaiveDateTime) -> Outcome {
    let mut work = cx.work().await?;
    Ok(operation::must_fit(&mut work, subject.unit, subject.meeting.as_ref(), starts).await?)
}

/// Asks what the dialogue waits for.
pub(super) async fn ask(cx: &mut Cx<'_>, mut draft: Draft) -> Outcome {
    let subject = unchanged(cx, &draft).await?;
    if draft.stage == Stage::Preview && is_nothing(&draft, &subject) {
        cx.say_aside("schedule-nothing-new").await?;
        (draft.starts, draft.place) = (None, None);
        draft = draft.next();
    }
    let message = match draft.stage {
        Stage::Answer(asked) => question(cx, &subject, asked),
        Stage::DayOff(starts) => day_off(cx, starts),
        Stage::Preview => preview(cx, &draft, &subject).await?.row(verdict_buttons()),
        Stage::Edit => edit_menu(draft.questions()),
    };
    if draft.wants_day() {
        return cx.ask_number(NAME, &Position::One(draft), message).await;
    }
    cx.ask(NAME, &Position::One(draft), message).await
}

/// Whether a meeting would be moved to where it is.
fn is_nothing(draft: &Draft, subject: &Subject) -> bool {
    let same_time = draft.starts == Some(subject.usual.starts);
    let same_place = draft.place.as_ref() == Some(&subject.usual.place);
    matches!(draft.what, What::Move(_)) && same_time && same_place
}

fn question(cx: &Cx<'_>, subject: &Subject, asked: Asked) -> Message {
    let same = vec![button("schedule-same", ScheduleTap::Give(Given::Same))];
    match (asked, &subject.meeting) {
        (Asked::When, Some(meeting)) => Message::of(
            Phrase::new("schedule-ask-when")
                .with("when", phrasing::meeting_time(cx.practice, meeting)),
        )
        .row(same),
        (Asked::When, None) => Message::of(
            Phrase::new("schedule-ask-when-new").with("time", subject.usual.starts.time()),
        ),
        (Asked::Place, _) => {
            let place = &subject.usual.place;
            Message::of(Phrase::new("schedule-ask-place").with("place", place)).row(same)
        }
        (Asked::Topic, _) => Message::of("schedule-ask-topic"),
        _ => Message::of(Phrase::new("schedule-ask-reason").with("limit", REASON_LIMIT)),
    }
}

fn day_off(cx: &Cx<'_>, starts: NaiveDateTime) -> Message {
    let off = cx.practice.calendar.day_off(starts.date());
    let off = off.map_or_else(|| Phrase::new("schedule-by-hand"), |off| phrasing::day_off(&off));
    Message::of(Phrase::new("schedule-day-off").with("date", starts.date()).with("off", off)).row(
        vec![
            button("button-anyway", ScheduleTap::Give(Given::Anyway)),
            button("button-another-day", ScheduleTap::Ask(Asked::When)),
        ],
    )
}

/// What will be done, and how many will be told.
async fn preview(cx: &mut Cx<'_>, draft: &Draft, subject: &Subject) -> Result<Message, Failure> {
    let units = cx.units().await?;
    let unit = units.name(subject.unit);
    let phrase = match (&subject.meeting, draft.what) {
        (Some(meeting), What::Cancel(_)) => Phrase::new("schedule-preview-cancel")
            .with("unit", unit)
            .with("what", phrasing::meeting_name(meeting))
            .with("when", phrasing::meeting_time(cx.practice, meeting)),
        (Some(meeting), _) => Phrase::new("schedule-preview-move")
            .with("unit", unit)
            .with("what", phrasing::meeting_name(meeting))
            .with("before", phrasing::meeting_time(cx.practice, meeting))
            .with("when", time_and_place(draft)?),
        (None, _) => Phrase::new("schedule-preview-add")
            .with("unit", unit)
            .with("topic", Arg::Typed(draft.topic.clone().unwrap_or_default()))
            .with("when", time_and_place(draft)?),
    };
    let mut message = Message::of(phrase);
    if let Some(reason) = &draft.reason {
        let reason = Arg::Typed(reason.clone());
        message = message.line(Phrase::new("schedule-preview-reason").with("reason", reason));
    }
    let (What::Move(_), Some(meeting)) = (draft.what, &subject.meeting) else { return Ok(message) };
    let starts = appointment(draft)?.starts;
    let voids = operation::voids(&mut cx.work().await?, meeting, starts).await?;
    Ok(voided(message, "schedule-preview-void", voids))
}

fn time_and_place(draft: &Draft) -> Result<Phrase, Failure> {
    let at = appointment(draft)?;
    Ok(phrasing::time_and_place(at.starts, &at.place))
}

fn appointment(draft: &Draft) -> Result<Appointment, Failure> {
    match (draft.starts, &draft.place) {
        (Some(starts), Some(place)) => Ok(Appointment { starts, place: place.clone() }),
        _ => Err(Failure::Unreadable),
    }
}

async fn confirm(cx: &mut Cx<'_>, mut draft: Draft) -> Outcome {
    let (seen, reason) = (draft.revision, draft.reason.clone().unwrap_or_default());
    let topic = draft.topic.clone().unwrap_or_default();
    let mut work = cx.work().await?;
    let (key, changed) = match draft.what {
        What::Move(id) => {
            let at = appointment(&draft)?;
            let moved = operation::move_to(&mut work, id, seen, &at, &reason).await;
            ("schedule-moved-done", moved)
        }
        What::Cancel(id) => {
            let cancelled = operation::cancel(&mut work, id, seen, &reason).await;
            ("schedule-cancelled-done", cancelled)
        }
        What::Add(unit) => {
            let at = appointment(&draft)?;
            ("schedule-added-done", operation::add(&mut work, unit, &at, &topic).await)
        }
    };
    let Changed { meeting, informed: count, voids } = match changed {
        // The day has gone by, or was taken, since it was chosen.
        Err(Refused::Because(why)) if draft.starts.is_some() => {
            cx.say_aside(why).await?;
            draft.starts = None;
            return ask(cx, draft.next()).await;
        }
        changed => changed?,
    };
    cx.leave();
    let done = Phrase::new(key).with("when", phrasing::meeting_time(cx.practice, &meeting));
    let done = match draft.what {
        What::Add(_) => done.with("topic", topic),
        _ => done.with("what", phrasing::meeting_name(&meeting)),
    };
    cx.reply(informed(Message::of(done), count, voids)).await
}
