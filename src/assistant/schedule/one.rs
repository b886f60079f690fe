//! One meeting: moving it to another day, time or place, cancelling it, or adding a thematic one.
//!
//! Grammar of when: a date and a time as people type them, in any order, or one of the two: `10/12
//! 15h`, `thứ 6`, `9h30`. A day off is warned of and must be meant.

use chrono::{Days, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::rule::no_such_time;
use super::{
    LOOKED_AT, NAME, NAME_LIMIT, Position, REASON_LIMIT, Stage, button, edit_menu, free_text,
    must_lead, rule_of, told, verdict_buttons,
};
use crate::assistant::context::Cx;
use crate::assistant::failure::{Failure, Fault, Outcome, refuse};
use crate::assistant::feature::Claim;
use crate::domain::audit::{Act, Field, State};
use crate::domain::calendar::Month;
use crate::domain::ids::{MeetingId, UnitId};
use crate::domain::time_of_day;
use crate::domain::typed::Typed;
use crate::domain::when::{self, WhenError};
use crate::message::{Arg, Message, Phrase};
use crate::operations::timetable::{self, Appointment};
use crate::phrasing;
use crate::store::audit::Entry;
use crate::store::meetings::{self, Meeting};
use crate::store::revisions::{self, Cause};
use crate::taps::{Asked, Given, ScheduleTap};

/// How far ahead a thematic meeting is set, in days.
const FARTHEST: u64 = 183;

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

/// The subject, if the person leads its branch and the meeting is still ahead.
async fn subject(cx: &mut Cx<'_>, what: What) -> Result<Subject, Failure> {
    let (What::Move(id) | What::Cancel(id)) = what else {
        let What::Add(unit) = what else { return Err(Failure::Unreadable) };
        must_lead(cx, unit).await?;
        let habit = rule_of(cx, unit).await?.habit;
        let usual = Appointment { starts: cx.today().and_time(habit.time), place: habit.place };
        return Ok(Subject { unit, meeting: None, usual });
    };
    let Some(meeting) = meetings::get(cx.tx, id).await? else { return refuse("tap-stale") };
    must_lead(cx, meeting.unit).await?;
    if !meeting.is_ahead(cx.now) {
        if super::is_open(cx) {
            cx.leave();
        }
        let key = match meeting.state.as_str() {
            "cancelled" => "schedule-was-cancelled",
            _ => "schedule-is-over",
        };
        let at = cx.practice.local(meeting.starts_at);
        return refuse(Phrase::new(key).with("at", at));
    }
    let usual = timetable::appointment(cx.practice, &meeting);
    Ok(Subject { unit: meeting.unit, meeting: Some(meeting), usual })
}

/// The same, if nobody else changed the meeting since the dialogue began.
async fn unchanged(cx: &mut Cx<'_>, draft: &Draft) -> Result<Subject, Failure> {
    let subject = subject(cx, draft.what).await?;
    if let Some(meeting) = &subject.meeting
        && meeting.revision != draft.revision
    {
        cx.leave();
        let when = phrasing::meeting_time(cx.practice, meeting);
        return refuse(Phrase::new("schedule-overtaken").with("when", when));
    }
    Ok(subject)
}

/// The meetings that can be moved or cancelled, two buttons for each.
pub(super) async fn list(cx: &mut Cx<'_>, unit: UnitId) -> Outcome {
    must_lead(cx, unit).await?;
    let planned = meetings::upcoming(cx.tx, unit, cx.now, LOOKED_AT).await?;
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
    let subject = subject(cx, what).await?;
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
        (ScheduleTap::Confirm, Stage::Preview) => return confirm(cx, draft, subject).await,
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
        let first = match &subject.meeting {
            Some(_) => Month::of(subject.usual.starts.date()).first_day(),
            None => cx.today(),
        };
        let read = when::day_alone(&words, first);
        match read.unwrap_or_else(|| when::nearest_date(&words, cx.today())) {
            Ok(date) => date,
            Err(WhenError::NoSuchDate { day, month, .. }) => {
                let typed = format!("{day}/{month}");
                return refuse(
                    Phrase::new("schedule-no-such-date").with("date", Arg::figures(typed)),
                );
            }
            Err(_) => return Ok(None),
        }
    };
    let said = time.is_some() || !words.is_empty();
    Ok(said.then(|| date.and_time(time.unwrap_or(subject.usual.starts.time()))))
}

/// Refuses a time at which the meeting cannot be.
async fn must_fit(cx: &mut Cx<'_>, subject: &Subject, starts: NaiveDateTime) -> Outcome {
    if starts <= cx.local_now() {
        return refuse(Phrase::new("schedule-past").with("at", starts));
    }
    let meeting = subject.meeting.as_ref();
    if meeting.is_some() && starts == subject.usual.starts {
        return refuse(Phrase::new("schedule-same-time").with("at", starts));
    }
    if let Some(meeting) = meeting.filter(|meeting| meeting.is_regular()) {
        let rule = rule_of(cx, subject.unit).await?;
        let (from, to) = timetable::room_for(cx.tx, cx.practice, &rule, meeting).await?;
        if starts < from || starts >= to {
            let first = from.date().max(cx.today());
            return refuse(
                Phrase::new("schedule-out-of-range")
                    .with("at", starts)
                    .with("from", first)
                    .with("to", to.date() - Days::new(1)),
            );
        }
    } else if starts.date() > cx.today() + Days::new(FARTHEST) {
        let to = cx.today() + Days::new(FARTHEST);
        return refuse(Phrase::new("schedule-too-far").with("to", to));
    }
    let others = meetings::upcoming(cx.tx, subject.unit, cx.now, LOOKED_AT).await?;
    let taken = others.iter().any(|other| {
        Some(other.id) != meeting.map(|meeting| meeting.id)
            && cx.practice.local(other.starts_at) == starts
    });
    if taken { refuse(Phrase::new("schedule-taken").with("at", starts)) } else { Ok(()) }
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
    Ok(message)
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

async fn confirm(cx: &mut Cx<'_>, mut draft: Draft, subject: Subject) -> Outcome {
    // The day may have gone by, or been taken, since it was chosen.
    if let Some(starts) = draft.starts.filter(|starts| *starts != subject.usual.starts)
        && let Err(refusal) = must_fit(cx, &subject, starts).await
    {
        if let Failure::Refusal(phrase) = refusal {
            cx.say_aside(phrase).await?;
            draft.starts = None;
            return ask(cx, draft.next()).await;
        }
        return Err(refusal);
    }
    match (draft.what, subject.meeting) {
        (What::Move(_), Some(meeting)) => move_it(cx, draft, &meeting).await,
        (What::Cancel(_), Some(meeting)) => cancel(cx, draft, &meeting).await,
        (What::Add(unit), _) => add(cx, draft, unit).await,
        _ => Err(Failure::Unreadable),
    }
}

async fn move_it(cx: &mut Cx<'_>, draft: Draft, before: &Meeting) -> Outcome {
    let (at, reason) = (appointment(&draft)?, draft.reason.unwrap_or_default());
    let (me, practice, now) = (cx.me()?.id, cx.practice, cx.now);
    let after = timetable::move_to(cx.tx, practice, before, &at, now).await?;
    let after = after.ok_or_else(overtaken)?;
    revisions::note(cx.tx, before, Cause::Moved(&reason), me, now).await?;
    let informed = told::moved(cx, before, &after, Arg::Typed(reason)).await?;
    let entry = entry(cx, Act::MeetingMoved, before)
        .await?
        .was(Field::Starts, practice.local(before.starts_at))
        .became(Field::Starts, at.starts);
    cx.note(entry).await?;
    let done = Phrase::new("schedule-moved-done")
        .with("what", phrasing::meeting_name(before))
        .with("when", phrasing::meeting_time(practice, &after));
    finish(cx, done, informed).await
}

async fn cancel(cx: &mut Cx<'_>, draft: Draft, meeting: &Meeting) -> Outcome {
    let reason = draft.reason.unwrap_or_default();
    let (me, practice, now) = (cx.me()?.id, cx.practice, cx.now);
    if !timetable::cancel(cx.tx, meeting, now).await? {
        return Err(overtaken());
    }
    revisions::note(cx.tx, meeting, Cause::Cancelled(&reason), me, now).await?;
    let informed = told::cancelled(cx, meeting, Arg::Typed(reason)).await?;
    let entry = entry(cx, Act::MeetingCancelled, meeting)
        .await?
        .was(Field::State, State::Planned)
        .was(Field::Starts, practice.local(meeting.starts_at))
        .became(Field::State, State::Cancelled);
    cx.note(entry).await?;
    let done = Phrase::new("schedule-cancelled-done")
        .with("what", phrasing::meeting_name(meeting))
        .with("when", phrasing::meeting_time(practice, meeting));
    finish(cx, done, informed).await
}

async fn add(cx: &mut Cx<'_>, draft: Draft, unit: UnitId) -> Outcome {
    let (at, topic) = (appointment(&draft)?, draft.topic.unwrap_or_default());
    let (practice, now) = (cx.practice, cx.now);
    let added = timetable::add_thematic(cx.tx, practice, unit, &at, &topic, now).await?;
    let added = added.ok_or_else(overtaken)?;
    let informed = told::added(cx, &added).await?;
    let entry = entry(cx, Act::MeetingAdded, &added).await?.became(Field::Starts, at.starts);
    cx.note(entry).await?;
    let done = Phrase::new("schedule-added-done")
        .with("topic", Arg::Typed(topic))
        .with("when", phrasing::meeting_time(practice, &added));
    finish(cx, done, informed).await
}

/// What the audit says of a meeting.
async fn entry(cx: &mut Cx<'_>, act: Act, meeting: &Meeting) -> Result<Entry, Failure> {
    let units = cx.units().await?;
    Ok(Entry::new(act, units.code(meeting.unit)).within(meeting.unit).for_meeting(meeting.id))
}

/// Says what was done, and how many were told of it.
async fn finish(cx: &mut Cx<'_>, done: Phrase, informed: usize) -> Outcome {
    cx.leave();
    let mut message = Message::of(done);
    if informed > 0 {
        message = message.line(Phrase::new("schedule-informed").with("count", informed));
    }
    cx.reply(message).await
}

/// It was read in the same transaction, so this is for the log.
fn overtaken() -> Failure {
    Failure::Fault(Fault::Other("a meeting changed in the same moment".to_owned()))
}
