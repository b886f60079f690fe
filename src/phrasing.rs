//! Sentences that features and reminders share: why a meeting falls on its day, its place and time,
//! what stands in a report, and ([`road`]) what stands between a candidate and the next step.

pub mod class;
pub mod lists;
pub mod road;

pub mod summary;
pub mod target;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::attachment::kib;
use crate::domain::calendar::DayOff;
use crate::domain::ids::{MeetingId, NoticeId, PersonId, UnitId};
use crate::domain::language::Language;
use crate::domain::minutes::{AgendaItem, Band, PaperKind, Presence};
use crate::domain::people::OfficeKind;
use crate::domain::practice::Practice;
use crate::domain::recurrence::{Nth, Policy, Rule, Scheduled};
use crate::domain::report::{Aspect, Draft, Rating, Recommendation};
use crate::domain::typed::Typed;
use crate::domain::units::{Unit, UnitName};
use crate::message::{Arg, Button, Link, Message, Phrase};
use crate::store::meetings::{Meeting, MeetingRule};
use crate::store::notice_files::Described;
use crate::store::reports::Tally;
use crate::store::revisions::Reason;
use crate::store::sheets::OfTheDay;
use crate::taps::{AttendanceTap, Tap};

/// Each language is named in itself.
pub fn language(language: Language) -> Phrase {
    Phrase::new(match language {
        Language::Vi => "settings-vietnamese",
        Language::En => "settings-english",
    })
}

/// What a channel is called, by its bot; one the locales do not know by its bot's name.
pub fn channel_name(bot: &str) -> Phrase {
    Phrase::new("channel-name").with("bot", Arg::unmasked(bot))
}

/// A rule in words: "ngày 3 hằng tháng".
pub fn rule(rule: &Rule) -> Phrase {
    match rule {
        Rule::DayOfMonth(day) => Phrase::new("rule-day-of-month").with("day", day.get()),
        Rule::NthWeekday { nth, weekday } => Phrase::new(match nth {
            Nth::First => "rule-first-weekday",
            Nth::Second => "rule-second-weekday",
            Nth::Third => "rule-third-weekday",
            Nth::Fourth => "rule-fourth-weekday",
        })
        .with("weekday", weekday_name(*weekday)),
        Rule::LastWeekday(weekday) => {
            Phrase::new("rule-last-weekday").with("weekday", weekday_name(*weekday))
        }
        Rule::FirstWorkingDay => Phrase::new("rule-first-working-day"),
        Rule::LastWorkingDay => Phrase::new("rule-last-working-day"),
        Rule::Cron(cron) => {
            Phrase::new("rule-cron").with("expression", Arg::unmasked(cron.expression()))
        }
    }
}

/// What becomes of a regular meeting whose day is off.
pub fn policy(policy: Policy) -> Phrase {
    Phrase::new(match policy {
        Policy::Next => "schedule-policy-next",
        Policy::Previous => "schedule-policy-previous",
        Policy::Keep => "schedule-policy-keep",
    })
}

/// The weekday as a word of a rule.
pub fn weekday_name(weekday: chrono::Weekday) -> Phrase {
    Phrase::new(match weekday {
        chrono::Weekday::Mon => "weekday-mon",
        chrono::Weekday::Tue => "weekday-tue",
        chrono::Weekday::Wed => "weekday-wed",
        chrono::Weekday::Thu => "weekday-thu",
        chrono::Weekday::Fri => "weekday-fri",
        chrono::Weekday::Sat => "weekday-sat",
        chrono::Weekday::Sun => "weekday-sun",
    })
}

/// Why a date is no working day.
pub fn day_off(day_off: &DayOff) -> Phrase {
    match day_off {
        DayOff::Saturday => Phrase::new("weekday-sat"),
        DayOff::Sunday => Phrase::new("weekday-sun"),
        DayOff::Holiday { name, .. } => {
            Phrase::new("day-off-holiday").with("name", Arg::unmasked(name.as_str()))
        }
    }
}

/// Why a meeting falls on its day: the rule, and the day off that moved it.
pub fn reason(by: &MeetingRule, scheduled: &Scheduled) -> Phrase {
    let base = rule(&by.habit.rule);
    match &scheduled.moved {
        Some(off) => Phrase::new("schedule-moved")
            .with("rule", base)
            .with("nominal", scheduled.nominal)
            .with("off", day_off(off)),
        None => Phrase::new("schedule-by-rule").with("rule", base),
    }
}

/// Why a meeting is not when or where the rule has it: what was changed by hand, and the reason that
/// was given.
pub fn moved(practice: &Practice, meeting: &Meeting, by: &Reason) -> Option<Phrase> {
    let reason = Arg::Typed(by.reason.clone()?);
    Some(match by.was_at == meeting.starts_at {
        true => Phrase::new("schedule-place-changed").with("reason", reason),
        false => Phrase::new("schedule-changed")
            .with("was", practice.local(by.was_at))
            .with("reason", reason),
    })
}

/// A meeting ahead as people are told of it; local time.
#[derive(Clone, Debug)]
pub struct NextMeeting {
    pub starts: NaiveDateTime,
    pub place: Typed,
    /// Why it falls on its day.
    pub why: Phrase,
}

/// A line for each of the meetings ahead, the next one first.
pub fn meetings_ahead(
    ahead: impl IntoIterator<Item = NextMeeting>,
) -> impl Iterator<Item = Phrase> {
    let keys = std::iter::once("schedule-next").chain(std::iter::repeat("schedule-later"));
    keys.zip(ahead).map(|(key, one)| {
        Phrase::new(key)
            .with("weekday", Arg::Weekday(one.starts.date()))
            .with("date", one.starts.date())
            .with("time", one.starts.time())
            .with("place", &one.place)
            .with("why", one.why)
    })
}

/// "14:00, thứ Tư ngày 05/12/2018, tại …"
pub fn meeting_time(practice: &Practice, meeting: &Meeting) -> Phrase {
    time_and_place(practice.local(meeting.starts_at), &meeting.place)
}

/// The same of a meeting that is not planned yet; local time.
pub fn time_and_place(at: NaiveDateTime, place: &Typed) -> Phrase {
    Phrase::new("meeting-time")
        .with("time", at.time())
        .with("weekday", Arg::Weekday(at.date()))
        .with("date", at.date())
        .with("place", place)
}

/// Which meeting it is: the regular one of a month, or the one on a topic.
pub fn meeting_name(meeting: &Meeting) -> Phrase {
    match &meeting.topic {
        Some(topic) => Phrase::new("meeting-thematic").with("topic", Arg::Typed(topic.clone())),
        None => Phrase::new("meeting-regular").with("month", meeting.month),
    }
}

/// A branch's group is told of a meeting and asked to answer. `when`: [`meeting_time`], with
/// [`on_another_day`] where that is not known yet.
pub fn group_invited(meeting: &Meeting, unit: &UnitName, when: Phrase) -> Phrase {
    on_meeting("reminder-meeting-group", "reminder-thematic-group", meeting, unit, when)
}

/// The same to one member.
pub fn person_invited(meeting: &Meeting, unit: &UnitName, when: Phrase, to: PersonId) -> Phrase {
    on_meeting("reminder-meeting-person", "reminder-thematic-person", meeting, unit, when)
        .with("name", to)
}

/// Time and place of a meeting for who has not heard that it was moved.
pub fn on_another_day(when: Phrase, why: Phrase) -> Phrase {
    Phrase::new("meeting-time-moved").with("when", when).with("why", why)
}

fn on_meeting(
    regular: &str,
    thematic: &str,
    meeting: &Meeting,
    unit: &UnitName,
    when: Phrase,
) -> Phrase {
    let phrase = match &meeting.topic {
        Some(topic) => Phrase::new(thematic).with("topic", Arg::Typed(topic.clone())),
        None => Phrase::new(regular),
    };
    phrase.with("unit", unit).with("when", when)
}

/// What a member answers to a meeting's reminder.
pub fn attendance_buttons(meeting: MeetingId) -> Vec<Button> {
    vec![
        Button::new("button-coming", Tap::Attendance(AttendanceTap::Coming(meeting))),
        Button::new("button-excused", Tap::Attendance(AttendanceTap::Excused(meeting))),
    ]
}

pub fn office(office: OfficeKind) -> Phrase {
    Phrase::new(format!("office-{office}"))
}

/// Who did something, if that is known.
pub fn somebody(id: Option<PersonId>) -> Arg {
    id.map_or_else(|| Phrase::new("format-nobody").into(), Arg::Who)
}

/// What on a sheet is of the day, by name; `None`: nothing.
pub fn of_the_day(what: OfTheDay) -> Option<Arg> {
    let OfTheDay { roll, votes, chair, taker, score } = what;
    let parts = [
        (roll, "void-roll"),
        (votes, "void-votes"),
        (chair, "void-chair"),
        (taker, "void-taker"),
        (score, "void-score"),
    ];
    let parts = parts.into_iter().filter(|(there, _)| *there);
    let parts: Vec<Arg> = parts.map(|(_, key)| Phrase::new(key).into()).collect();
    (!parts.is_empty()).then_some(Arg::List(parts))
}

/// Longest part of a duty's words that stands on a button, in characters.
const DUTY_LABEL: usize = 24;

/// A line about something to do by a day, and the label of the button that says it is done.
pub fn duty(key: &str, what: &Typed, due: NaiveDate) -> (Phrase, Phrase) {
    let line = Phrase::new(key).with("what", what).with("due", due);
    (line, Phrase::new("duty-done-button").with("what", short(what)))
}

/// As much of what somebody is to do as fits a button.
pub fn short(what: &Typed) -> Arg {
    Arg::Excerpt { text: what.clone(), length: DUTY_LABEL }
}

pub fn presence(presence: Presence) -> Phrase {
    Phrase::new(format!("presence-{presence}"))
}

pub fn band(band: Band) -> Phrase {
    Phrase::new(format!("band-{band}"))
}

pub fn paper(kind: PaperKind) -> Phrase {
    Phrase::new(format!("paper-{kind}"))
}

/// Number and sign of a paper, as they stand on it.
pub fn number(kind: PaperKind, number: u32) -> Arg {
    Arg::unmasked(kind.sign(number))
}

pub fn agenda_item(item: AgendaItem) -> Phrase {
    Phrase::new(format!("agenda-{item}"))
}

pub fn rating(rating: Rating) -> Phrase {
    Phrase::new(format!("rating-{rating}"))
}

pub fn aspect(aspect: Aspect) -> Phrase {
    Phrase::new(format!("aspect-{aspect}"))
}

pub fn recommendation(recommendation: Recommendation) -> Phrase {
    Phrase::new(format!("recommendation-{recommendation}"))
}

/// What a report says, an item for each answer that was given.
pub fn report(mut message: Message, draft: &Draft) -> Message {
    for (name, given) in Aspect::ALL.iter().zip(draft.ratings) {
        if let Some(given) = given {
            message = message.item(
                Phrase::new("report-line-rating")
                    .with("aspect", aspect(*name))
                    .with("rating", rating(given)),
            );
        }
    }
    for (key, text) in
        [("report-line-strengths", &draft.strengths), ("report-line-weaknesses", &draft.weaknesses)]
    {
        if let Some(text) = text {
            message = message.item(Phrase::new(key).with("text", Arg::Typed(text.clone())));
        }
    }
    if let Some(proposal) = draft.recommendation {
        message = message.item(
            Phrase::new("report-line-recommendation")
                .with("recommendation", recommendation(proposal)),
        );
    }
    message
}

/// A notice of a committee as it reaches a member: who speaks, the greeting, the text, and the file
/// that goes with it.
pub fn letter(
    (committee, name): (UnitId, &UnitName),
    greeting: Phrase,
    body: &Typed,
    file: Option<(NoticeId, &Described)>,
) -> Message {
    let message = Message::new()
        .title(Phrase::new("notice-letter-title").with("unit", name))
        .line(greeting)
        .gap()
        // Whoever gets it is near to one branch, and it was written for all of them.
        .line(Phrase::new("notice-text").with("text", body).with("near", Arg::Near(committee)));
    let Some((notice, file)) = file else { return message.gap() };
    message.line(notice_file("notice-file", file)).gap().row(vec![fetch_file(notice)])
}

/// A sentence that names a file and its size.
pub fn notice_file(key: &str, file: &Described) -> Phrase {
    let size = Phrase::new("notice-file-size").with("kib", kib(file.size));
    Phrase::new(key).with("name", Arg::Typed(file.name.clone())).with("size", size)
}

/// Fetches the file of a notice.
pub fn fetch_file(notice: NoticeId) -> Button {
    Button::link("button-notice-file", Link::NoticeFile(notice.0))
}

/// How many reports a branch has for a meeting, of how many.
pub fn reported(practice: &Practice, branch: &Unit, meeting: &Meeting, tally: &Tally) -> Phrase {
    Phrase::new("tasks-branch")
        .with("unit", &branch.name)
        .with("received", tally.received())
        .with("all", tally.wanted)
        .with("date", practice.local(meeting.starts_at).date())
}
